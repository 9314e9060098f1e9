package numpy

import (
	"fmt"
	"strings"
)

// An Error is the value of every panic by which the numpy packages report a
// mistake of the program: shapes that do not fit, an axis that is not there, a
// derivative that has no rule. Its text names the operation and the shapes.
// What data decide never panics; NaN and Inf flow through.
type Error string

// Error returns the text of e.
func (e Error) Error() string { return string(e) }

// Maybe calls f and returns as an error the [Error] it panics with, and nil if
// it does not panic. Other panics pass through.
func Maybe(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case Error:
			err = r
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// Fail panics with an [Error] of the given text, formatted as by
// [fmt.Sprintf]: for new operations that find a mistake of their caller.
// Write the text as "package: Operation: what is wrong".
func Fail(format string, args ...any) { panic(Error(fmt.Sprintf(format, args...))) }

func fail(format string, args ...any) { panic(Error("numpy: " + fmt.Sprintf(format, args...))) }

// shapeString writes a shape as messages have it: (3,4), and () for a scalar.
func shapeString(shape []int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, n := range shape {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprint(&b, n)
	}
	b.WriteByte(')')
	return b.String()
}
