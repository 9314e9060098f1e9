package dual

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)

// A Number3 is a dual number with three tangents: the derivatives of the value
// in three directions, for the price of little more than one. Its four words
// stay in registers, which makes it the fastest forward mode for gradients.
// The zero value is the constant 0.
//
// As with [Number], the products Mul, Sqr and Scale are plain IEEE arithmetic:
// an infinite factor times a tangent of 0 is NaN.
type Number3 struct {
	V, D1, D2, D3 float64
}

var _ Real[Number3] = Number3{}

// Const returns the constant c.
func (x Number3) Const(c float64) Number3 { return Number3{V: c} }

// Value returns the value of x.
func (x Number3) Value() float64 { return x.V }

// Lead returns the order and the sign of the leading term of x; see [Real].
func (x Number3) Lead() (order, sign int) {
	if x.V != 0 {
		return 0, signum(x.V)
	}
	if !x.active() {
		return -1, 0
	}
	return 1, agree(agree(signum(x.D1), signum(x.D2)), signum(x.D3))
}

func (x Number3) active() bool { return x.D1 != 0 || x.D2 != 0 || x.D3 != 0 }

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 1.
func (x Number3) Apply(f func(k int, v float64) float64) Number3 {
	if !x.active() {
		return Number3{V: f(0, x.V)}
	}
	return x.chain(f(0, x.V), f(1, x.V))
}

func (x Number3) chain(y, d float64) Number3 {
	if y != y {
		d = y
	}
	return Number3{y, az(x.D1, d), az(x.D2, d), az(x.D3, d)}
}

func (x Number3) chain2(y Number3, z, dx, dy float64) Number3 {
	if z != z {
		dx, dy = z, z
	}
	return Number3{z,
		az(x.D1, dx) + az(y.D1, dy),
		az(x.D2, dx) + az(y.D2, dy),
		az(x.D3, dx) + az(y.D3, dy),
	}
}

// Add returns x+y.
func (x Number3) Add(y Number3) Number3 {
	return Number3{x.V + y.V, x.D1 + y.D1, x.D2 + y.D2, x.D3 + y.D3}
}

// Sub returns x-y.
func (x Number3) Sub(y Number3) Number3 {
	return Number3{x.V - y.V, x.D1 - y.D1, x.D2 - y.D2, x.D3 - y.D3}
}

// Mul returns x·y.
func (x Number3) Mul(y Number3) Number3 {
	return Number3{x.V * y.V, x.D1*y.V + x.V*y.D1, x.D2*y.V + x.V*y.D2, x.D3*y.V + x.V*y.D3}
}

// AZMul returns x·y, where a value or tangent of x that is exactly 0 makes its
// products 0, also if y is infinite or NaN.
func (x Number3) AZMul(y Number3) Number3 {
	return Number3{
		az(x.V, y.V),
		az(x.D1, y.V) + az(x.V, y.D1),
		az(x.D2, y.V) + az(x.V, y.D2),
		az(x.D3, y.V) + az(x.V, y.D3),
	}
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Number3) FMA(y, z Number3) Number3 {
	return Number3{
		azfma(x.V, y.V, z.V),
		azfma(x.V, y.D1, azfma(x.D1, y.V, z.D1)),
		azfma(x.V, y.D2, azfma(x.D2, y.V, z.D2)),
		azfma(x.V, y.D3, azfma(x.D3, y.V, z.D3)),
	}
}

// Div returns x/y.
func (x Number3) Div(y Number3) Number3 {
	v := x.V / y.V
	lo := rule.Residual(x.V, v, y.V)
	return Number3{v, quo(x.D1, v, lo, y.D1, y.V), quo(x.D2, v, lo, y.D2, y.V), quo(x.D3, v, lo, y.D3, y.V)}
}

// Neg returns -x.
func (x Number3) Neg() Number3 { return Number3{-x.V, -x.D1, -x.D2, -x.D3} }

// Inv returns 1/x.
func (x Number3) Inv() Number3 {
	v := 1 / x.V
	return Number3{v, inv(x.D1, v), inv(x.D2, v), inv(x.D3, v)}
}

// Scale returns c·x.
func (x Number3) Scale(c float64) Number3 { return Number3{c * x.V, c * x.D1, c * x.D2, c * x.D3} }

// AddConst returns x+c.
func (x Number3) AddConst(c float64) Number3 { return Number3{x.V + c, x.D1, x.D2, x.D3} }

// Sqr returns x².
func (x Number3) Sqr() Number3 {
	return Number3{x.V * x.V, x.V * (2 * x.D1), x.V * (2 * x.D2), x.V * (2 * x.D3)}
}

// Sincos returns sin x and cos x.
func (x Number3) Sincos() (sin, cos Number3) {
	s, c := math.Sincos(x.V)
	return x.chain(s, c), x.chain(c, -s)
}

// Abs returns |x|. At 0 the derivative is 0.
func (x Number3) Abs() Number3 {
	switch {
	case x.V > 0:
		return x
	case x.V < 0:
		return x.Neg()
	}
	return x.chain(math.Abs(x.V), 0)
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Number3) Sign() Number3 { return x.chain(sign(x.V), 0) }

// Max returns the larger of x and y. At a tie the derivative is the mean of
// the two.
func (x Number3) Max(y Number3) Number3 {
	switch {
	case x.V > y.V:
		return x
	case x.V < y.V:
		return y
	}
	z := math.Max(x.V, y.V)
	dx, dy := share(x.V, y.V, z)
	return x.chain2(y, z, dx, dy)
}

// Min returns the smaller of x and y. At a tie the derivative is the mean of
// the two.
func (x Number3) Min(y Number3) Number3 {
	switch {
	case x.V < y.V:
		return x
	case x.V > y.V:
		return y
	}
	z := math.Min(x.V, y.V)
	dx, dy := share(x.V, y.V, z)
	return x.chain2(y, z, dx, dy)
}

// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half that of
// x; where lo ≥ hi the result is the constant hi.
func (x Number3) Clamp(lo, hi float64) Number3 { return clamp(x, lo, hi) }

// Mod returns the remainder of x/y with the sign of x.
func (x Number3) Mod(y Number3) Number3 {
	r := math.Mod(x.V, y.V)
	return x.chain2(y, r, 1, -modQuotient(x.V, y.V, r))
}

// Copysign returns |x| with the sign of the value of y.
func (x Number3) Copysign(y Number3) Number3 { return copysign(x, y) }

// Format implements [fmt.Formatter]: a verb for floats applies to the value
// and to each tangent, as in (1+2ε₁+3ε₂+4ε₃).
func (x Number3) Format(s fmt.State, verb rune) {
	formatSum(s, verb, x, []string{"V", "D1", "D2", "D3"}, []string{"", "ε₁", "ε₂", "ε₃"}, x.V, x.D1, x.D2, x.D3)
}
