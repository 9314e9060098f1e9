package rule

import "math"

// HypotX is x/h, and 0 at the origin: the subgradient of least norm. For an
// infinite x it is the limit.
//
//rule:value math.Hypot
//rule:args x y
//rule:doc √(x²+y²) without undue overflow or underflow
//rule:edge At the origin the derivative is 0.
func HypotX[T Real[T]](x, _, h T) T {
	switch v := h.Value(); {
	case v == 0:
		return h.Const(0)
	case math.IsInf(v, 1) && math.IsInf(x.Value(), 0):
		return h.Const(math.Copysign(1, x.Value()))
	case v != v:
		return where(h, func(v float64) bool { return v == 0 }, h.Const(0), x.Div(h))
	}
	return x.Div(h)
}

// HypotY is y/h, and 0 at the origin.
func HypotY[T Real[T]](_, y, h T) T { return HypotX(y, y, h) }

// Atan2X is the derivative for the receiver, the ordinate: (y/h)/h with h the
// distance from the origin, for a square may overflow or underflow.
//
//rule:value math.Atan2
//rule:args y x
//rule:doc the angle of the point with ordinate y and abscissa x, in [-π, π]
//rule:edge At the origin the derivative is NaN.
func Atan2X[T Real[T]](x, y, _ T) T {
	h := x.Hypot(y)
	return y.Div(h).Div(h)
}

// Atan2Y is the derivative for the argument, the abscissa: -(x/h)/h.
func Atan2Y[T Real[T]](x, y, _ T) T { return Atan2X(y, x, x).Neg() }

// PowX is y·x^(y-1). A zero y absorbs an infinite power, for x⁰ is constant.
//
//rule:value math.Pow
//rule:args x y
//rule:doc x raised to the power y
//rule:edge The derivative for y at x = 0 is 0 where y > 0 and -Inf where y ≤ 0, and NaN where x < 0. An exponent that does not vary acts like that of PowReal.
func PowX[T Real[T]](x, y, _ T) T { return y.AZMul(x.Pow(y.AddConst(-1))) }

// PowY is x^y·log x. A zero power absorbs an infinite logarithm.
func PowY[T Real[T]](x, _, z T) T { return z.AZMul(x.Log()) }
