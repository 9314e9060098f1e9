package dual

import "fmt"

// An Error is the value of every panic by which this package reports a
// mistake of the program: lengths that differ, a nil function, a negative
// order. Its text names the function, the argument and the sizes. What data
// decide never panics; NaN and Inf flow through.
type Error string

// Error returns the text of e.
func (e Error) Error() string { return string(e) }

func fail(format string, args ...any) { panic(Error("dual: " + fmt.Sprintf(format, args...))) }

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
