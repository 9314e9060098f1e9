package adtest

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// A Mode tells the runners how to differentiate with the number type T.
type Mode[T dual.Real[T]] struct {
	Name string

	// Order is the highest order of derivative, at least 1.
	Order int

	// Derivatives returns f(x), f'(x), … up to Order.
	Derivatives func(f func(T) T, x float64) []float64

	// Gradient returns the value and the gradient of f at x.
	Gradient func(f func([]T) T, x []float64) (y float64, grad []float64)

	// Hessian returns the second derivatives of f at x by row. It is nil for
	// a mode without.
	Hessian func(f func([]T) T, x []float64) [][]float64

	// Directional says that the mode knows a direction t → 0+ and so decides
	// at a kink by the sign of the first coefficient, as Taylor series do.
	Directional bool

	// Fixed says that all numbers are known to one order, constants too, so that
	// 0 is like t^(Order+1).
	Fixed bool

	// PlainProducts says that Mul, Sqr and Scale are plain IEEE arithmetic, in
	// which an infinite factor times a tangent of 0 is NaN.
	PlainProducts bool

	// PlainQuotients says that the derivative of a quotient does not make up
	// for the rounding of its value, so that a quotient like (1-y)/(1+y) loses
	// digits for large y.
	PlainQuotients bool
}

// relErr returns |got-want|/|want|, 0 if both are NaN or equal, and |got| if
// want is 0.
func relErr(got, want float64) float64 {
	switch {
	case got == want || math.IsNaN(got) && math.IsNaN(want):
		return 0
	case math.IsNaN(got) || math.IsNaN(want) || math.IsInf(got, 0) || math.IsInf(want, 0):
		return math.Inf(1)
	case want == 0:
		return math.Abs(got)
	}
	return math.Abs(got-want) / math.Abs(want)
}
