package mixed

import (
	"errors"
	"fmt"
)

// An Error is the value of every panic by which this package reports a
// mistake of the program: lengths that differ, a nil function, a variable of
// another recording, a point that is closed.
type Error string

// Error returns the text of e.
func (e Error) Error() string { return string(e) }

const (
	errForeign Error = "mixed: operation on a variable that does not belong to this recording: it is of another one, or of one that has ended, or the program has more than 2³¹ operations"
	errLimit   Error = "mixed: the program is too large: it has more than 2³¹ operations or operands"
	errClosed  Error = "mixed: use of a Point after its Close"
	badCode    Error = "mixed: unknown operation"
)

// ErrBranch is the error, for [errors.Is], of a program that does not hold at
// a point: f would have done something else there. See [BranchError].
var ErrBranch = errors.New("mixed: the program does not hold at this point")

// A BranchError tells why a [Program] does not hold at a point. It is an
// [ErrBranch] for [errors.Is].
type BranchError struct {
	// Op is what was done with a number: "Less", a comparison that comes out
	// differently, or "Value" or "Lead", by which the function looked at it.
	Op string
	// Of is the operation that made the number, such as "Sub", and "input" for
	// a variable.
	Of string
	// Index is the index of the number in the program.
	Index int
	// X and Y are the numbers compared, at the new point. For Value and Lead
	// both are the number looked at, in the recording.
	X, Y float64
}

// Error returns a text like
//
//	mixed: Less(2, 1) of Sub (operation 7) comes out differently than when the program was recorded
//	mixed: the function looked at a value of Sub (operation 7), 0.5 then, by Value: record it again, or say Unsteered
func (e *BranchError) Error() string {
	if e.Op == "Less" {
		return fmt.Sprintf("mixed: Less(%v, %v) of %s (operation %d) comes out differently than when the program was recorded", e.X, e.Y, e.Of, e.Index)
	}
	return fmt.Sprintf("mixed: the function looked at a value of %s (operation %d), %v then, by %s: record it again, or say Unsteered", e.Of, e.Index, e.X, e.Op)
}

// Unwrap returns [ErrBranch].
func (e *BranchError) Unwrap() error { return ErrBranch }

func fail(format string, args ...any) { panic(Error("mixed: " + fmt.Sprintf(format, args...))) }

func checkFunc(name string, isNil bool) {
	if isNil {
		fail("%s: nil function", name)
	}
}

func checkLen(name, arg string, got int, ref string, want int) {
	if got != want {
		fail("%s: len(%s) = %d, want %s = %d", name, arg, got, ref, want)
	}
}

func checkOrder(name string, n int) {
	if n < 0 {
		fail("%s: order %d is negative", name, n)
	}
}
