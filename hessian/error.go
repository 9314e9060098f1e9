package hessian

import "fmt"

// An Error is the value of every panic by which this package reports a
// mistake of the program: lengths or sizes that differ, an index out of range,
// a nil function. Its text names the function, the argument and the sizes.
// What data decide is an error that is returned.
type Error string

// Error returns the text of e.
func (e Error) Error() string { return string(e) }

func fail(format string, args ...any) { panic(Error("hessian: " + fmt.Sprintf(format, args...))) }

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
