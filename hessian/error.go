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

// A NonFiniteError tells that a number which had to be finite was not.
type NonFiniteError struct {
	What  string  // such as "gradient" or "product"
	Index int     // of the entry
	Value float64 // NaN or an infinity
}

// Error returns the text of e.
func (e *NonFiniteError) Error() string {
	return fmt.Sprintf("hessian: entry %d of the %s is %v", e.Index, e.What, e.Value)
}

// finite returns a [*NonFiniteError] for the first entry of x that is not.
func finite(what string, x []float64) error {
	sum := 0.0
	for _, v := range x {
		sum += v - v // NaN as soon as one is not finite
	}
	if sum == 0 {
		return nil
	}
	for i, v := range x {
		if v-v != 0 {
			return &NonFiniteError{what, i, v}
		}
	}
	return nil
}
