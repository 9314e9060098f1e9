package jet

import "fmt"

// An Error is the value of every panic by which this package reports a
// mistake of the program: a negative order, lengths that differ, a nil
// function. Its text names the function, the argument and the sizes. What data
// decide is an error or a NaN.
type Error string

// Error returns the text of e.
func (e Error) Error() string { return string(e) }

func fail(format string, args ...any) { panic(Error("jet: " + fmt.Sprintf(format, args...))) }

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

func checkOrder(name string, k int) {
	if k < 0 {
		fail("%s: order %d is negative", name, k)
	}
}
