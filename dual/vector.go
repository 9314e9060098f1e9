package dual

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
)

// Sum returns the sum of the elements of x, and 0 for an empty x.
func Sum[T Real[T]](x []T) T {
	var s T
	for i, v := range x {
		if i == 0 {
			s = v
			continue
		}
		s = s.Add(v)
	}
	return s
}

// Dot returns the sum of x[i]·y[i]. It panics with an [Error] if the lengths
// differ.
func Dot[T Real[T]](x, y []T) T {
	checkLen("Dot", "y", len(y), "x", len(x))
	var s T
	for i, v := range x {
		if p := v.Mul(y[i]); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s
}

// LinComb returns the sum of c[i]·x[i]. It panics with an [Error] if the
// lengths differ.
func LinComb[T Real[T]](c []float64, x []T) T {
	checkLen("LinComb", "x", len(x), "c", len(c))
	var s T
	for i, v := range x {
		if p := v.Scale(c[i]); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s
}

// SumSq returns the sum of x[i]².
func SumSq[T Real[T]](x []T) T {
	var s T
	for i, v := range x {
		if p := v.Sqr(); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s
}

// Norm returns the Euclidean length of x without undue overflow or underflow.
// Where all elements are 0 the derivatives are 0.
func Norm[T Real[T]](x []T) T {
	if len(x) == 1 {
		return x[0].Abs()
	}
	big := 0.0
	for _, v := range x {
		big = max(big, math.Abs(v.Value())) // NaN if any is
	}
	switch {
	case len(x) == 0:
		var zero T
		return zero
	case big == 0:
		return x[0].Const(0)
	case math.IsInf(big, 1):
		s := x[0]
		for _, v := range x[1:] {
			s = s.Hypot(v)
		}
		return s
	}
	// A power of two scales exactly; two steps, for its inverse may overflow.
	_, e := math.Frexp(big)
	down, up := math.Ldexp(1, -e/2), math.Ldexp(1, e/2)
	var s T
	for i, v := range x {
		if p := v.Scale(down).Scale(down).Sqr(); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s.Sqrt().Scale(up).Scale(up)
}

// LogSumExp returns log Σ exp(x[i]) without overflow or underflow of the
// exponentials, and -Inf for an empty x. An element of -Inf contributes
// nothing, to the derivative neither.
func LogSumExp[T Real[T]](x []T) T {
	top, at := math.Inf(-1), -1
	for i, v := range x {
		if v := v.Value(); v > top || v != v {
			top, at = v, i
		}
		if top != top {
			break
		}
	}
	switch {
	case at < 0: // all are -Inf
		var zero T
		return zero.Const(top)
	case math.IsInf(top, 1):
		s := x[at]
		for _, v := range x[at+1:] {
			s = s.Max(v)
		}
		return s
	}
	var s T
	for i, v := range x {
		if p := v.AddConst(-top).Exp(); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s.Log().AddConst(top)
}

// Poly returns the polynomial c[0] + c[1]·x + c[2]·x² + … by Horner's rule,
// and 0 for an empty c.
func Poly[T Real[T]](x T, c []float64) T {
	if len(c) == 0 {
		return x.Const(0)
	}
	s := x.Const(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		s = s.Mul(x).AddConst(c[i])
	}
	return s
}

// Where returns x where the value of c is positive, and y otherwise. What is
// not chosen contributes nothing, neither to the value nor to a derivative,
// NaN included. A type for which the choice is more than an if, such as an
// array, does it in a method Where(x, y T) T of its own.
func Where[T Real[T]](c, x, y T) T {
	if c, ok := any(c).(interface{ Where(x, y T) T }); ok {
		return c.Where(x, y)
	}
	if c.Value() > 0 {
		return x
	}
	return y
}

// Lbeta returns the natural logarithm of |B(x, y)|, the beta function. Its
// derivatives are differences of digamma functions, which lose accuracy where
// one argument is much larger than the other.
func Lbeta[T Real[T]](x, y T) T {
	z := x.Lgamma().Add(y.Lgamma()).Sub(x.Add(y).Lgamma())
	// The sum cancels for large arguments; a constant mends its value.
	if v, w := x.Value(), y.Value(); v > 0 && w > 0 {
		if d := special.Lbeta(v, w) - z.Value(); !math.IsNaN(d) && !math.IsInf(d, 0) {
			return z.AddConst(d)
		}
	}
	return z
}

// Beta returns the beta function B(x, y) = Γ(x)Γ(y)/Γ(x+y).
func Beta[T Real[T]](x, y T) T {
	if v, w := x.Value(), y.Value(); v > 0 && w > 0 && v+w > 20 {
		return Lbeta(x, y).Exp()
	}
	return x.Gamma().Mul(y.Gamma()).Div(x.Add(y).Gamma())
}
