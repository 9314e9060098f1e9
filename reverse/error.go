package reverse

import "fmt"

// An Error is the value of every panic by which this package reports a
// mistake of the program: lengths that differ, a nil function, a variable of
// another tape or of an earlier recording.
type Error string

// Error returns the text of e.
func (e Error) Error() string { return string(e) }

// errForeign is what operations panic with: one constant for all reasons, so
// that they can be inlined.
const errForeign Error = "reverse: operation on a variable that is not on the tape: " +
	"it is of another tape or an earlier recording, a rewind took it back, or the tape has more than 2³¹ records"

func fail(format string, args ...any) { panic(Error("reverse: " + fmt.Sprintf(format, args...))) }

func checkFunc(name string, isNil bool) {
	if isNil {
		fail("%s: nil function", name)
	}
}

func checkLen(name, arg string, got int, ref string, want int) {
	if got != want {
		fail("%s: len(%s) = %d, want len(%s) = %d", name, arg, got, ref, want)
	}
}

func checkOrder(name string, n int) {
	if n < 0 {
		fail("%s: order %d is negative", name, n)
	}
}
