package dual

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)

// A Number is a dual number V + D·ε with ε² = 0: a value and one tangent, the
// derivative of the value in the direction that the inputs were given. The
// zero value is the constant 0.
//
// Its arithmetic is native and inlines. The price is that the products Mul,
// Sqr and Scale are plain IEEE arithmetic: an infinite factor times a tangent
// of 0 is NaN. Everything else, and [Nested] throughout, keeps such a 0.
type Number[F ~float32 | ~float64] struct {
	V, D F
}

// Number64 is a dual number of float64, the type of the drivers for functions
// of one variable or in one direction.
type Number64 = Number[float64]

var (
	_ Real[Number64]        = Number64{}
	_ Real[Number[float32]] = Number[float32]{}
)

// Const returns the constant c.
func (x Number[F]) Const(c float64) Number[F] { return Number[F]{V: F(c)} }

// Value returns the value of x.
func (x Number[F]) Value() float64 { return float64(x.V) }

// Lead returns the order and the sign of the leading term of x; see [Real].
func (x Number[F]) Lead() (order, sign int) {
	switch {
	case x.V != 0:
		return 0, signum(float64(x.V))
	case x.D != 0:
		return 1, signum(float64(x.D))
	}
	return -1, 0
}

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 1.
func (x Number[F]) Apply(f func(k int, v float64) float64) Number[F] {
	v := float64(x.V)
	if x.D == 0 {
		return Number[F]{V: F(f(0, v))}
	}
	return x.chain(f(0, v), f(1, v))
}

// chain returns the number of value y whose derivative for x is d. A y of NaN
// makes the derivative NaN, for the formulas do not look at the domain.
func (x Number[F]) chain(y, d float64) Number[F] {
	if y != y {
		d = y
	}
	return Number[F]{F(y), F(az(float64(x.D), d))}
}

// chain2 is chain for two arguments with the partial derivatives dx and dy.
func (x Number[F]) chain2(y Number[F], z, dx, dy float64) Number[F] {
	if z != z {
		dx, dy = z, z
	}
	return Number[F]{F(z), F(az(float64(x.D), dx) + az(float64(y.D), dy))}
}

func (x Number[F]) active() bool { return x.D != 0 }

// Add returns x+y.
func (x Number[F]) Add(y Number[F]) Number[F] { return Number[F]{x.V + y.V, x.D + y.D} }

// Sub returns x-y.
func (x Number[F]) Sub(y Number[F]) Number[F] { return Number[F]{x.V - y.V, x.D - y.D} }

// Mul returns x·y.
func (x Number[F]) Mul(y Number[F]) Number[F] {
	return Number[F]{x.V * y.V, x.D*y.V + x.V*y.D}
}

// AZMul returns x·y, where a value or tangent of x that is exactly 0 makes its
// products 0, also if y is infinite or NaN.
func (x Number[F]) AZMul(y Number[F]) Number[F] {
	xv, xd, yv, yd := float64(x.V), float64(x.D), float64(y.V), float64(y.D)
	return Number[F]{F(az(xv, yv)), F(az(xd, yv) + az(xv, yd))}
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Number[F]) FMA(y, z Number[F]) Number[F] {
	xv, xd, yv, yd := float64(x.V), float64(x.D), float64(y.V), float64(y.D)
	return Number[F]{F(azfma(xv, yv, float64(z.V))), F(azfma(xv, yd, azfma(xd, yv, float64(z.D))))}
}

// Div returns x/y.
func (x Number[F]) Div(y Number[F]) Number[F] {
	a, b := float64(x.V), float64(y.V)
	v := a / b
	return Number[F]{F(v), F(quo(float64(x.D), v, rule.Residual(a, v, b), float64(y.D), b))}
}

// Neg returns -x.
func (x Number[F]) Neg() Number[F] { return Number[F]{-x.V, -x.D} }

// Inv returns 1/x.
func (x Number[F]) Inv() Number[F] {
	v := 1 / x.V
	return Number[F]{v, F(inv(float64(x.D), float64(v)))}
}

// Scale returns c·x.
func (x Number[F]) Scale(c float64) Number[F] { return Number[F]{F(c) * x.V, F(c) * x.D} }

// AddConst returns x+c.
func (x Number[F]) AddConst(c float64) Number[F] { return Number[F]{x.V + F(c), x.D} }

// Sqr returns x².
func (x Number[F]) Sqr() Number[F] { return Number[F]{x.V * x.V, x.V * (2 * x.D)} }

// Sincos returns sin x and cos x.
func (x Number[F]) Sincos() (sin, cos Number[F]) {
	s, c := math.Sincos(float64(x.V))
	return x.chain(s, c), x.chain(c, -s)
}

// Abs returns |x|. At 0 the derivative is 0.
func (x Number[F]) Abs() Number[F] {
	switch {
	case x.V > 0:
		return x
	case x.V < 0:
		return x.Neg()
	}
	return x.chain(math.Abs(float64(x.V)), 0)
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Number[F]) Sign() Number[F] { return x.chain(sign(float64(x.V)), 0) }

// Max returns the larger of x and y. At a tie the derivative is the mean of
// the two.
func (x Number[F]) Max(y Number[F]) Number[F] {
	switch {
	case x.V > y.V:
		return x
	case x.V < y.V:
		return y
	}
	v, w := float64(x.V), float64(y.V)
	z := math.Max(v, w)
	dx, dy := share(v, w, z)
	return x.chain2(y, z, dx, dy)
}

// Min returns the smaller of x and y. At a tie the derivative is the mean of
// the two.
func (x Number[F]) Min(y Number[F]) Number[F] {
	switch {
	case x.V < y.V:
		return x
	case x.V > y.V:
		return y
	}
	v, w := float64(x.V), float64(y.V)
	z := math.Min(v, w)
	dx, dy := share(v, w, z)
	return x.chain2(y, z, dx, dy)
}

// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half that of
// x; where lo ≥ hi the result is the constant hi.
func (x Number[F]) Clamp(lo, hi float64) Number[F] { return clamp(x, lo, hi) }

// Mod returns the remainder of x/y with the sign of x.
func (x Number[F]) Mod(y Number[F]) Number[F] {
	v, w := float64(x.V), float64(y.V)
	r := math.Mod(v, w)
	return x.chain2(y, r, 1, -modQuotient(v, w, r))
}

// Copysign returns |x| with the sign of the value of y.
func (x Number[F]) Copysign(y Number[F]) Number[F] { return copysign(x, y) }

// Format implements [fmt.Formatter]: a verb for floats applies to the value
// and to the tangent, as in (1+2ε).
func (x Number[F]) Format(s fmt.State, verb rune) {
	formatSum(s, verb, x, []string{"V", "D"}, []string{"", "ε"}, x.V, x.D)
}
