package dual

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)

// A Hyper is a hyperdual number V + D1·ε₁ + D2·ε₂ + D12·ε₁ε₂ with ε₁² = ε₂² = 0:
// a value, its derivatives in two directions, and the second derivative in
// both. Its four words stay in registers. The zero value is the constant 0.
//
// As with [Number], the products Mul, Sqr and Scale are plain IEEE arithmetic:
// an infinite factor times a tangent of 0 is NaN.
type Hyper struct {
	V, D1, D2, D12 float64
}

var _ Real[Hyper] = Hyper{}

// Const returns the constant c.
func (x Hyper) Const(c float64) Hyper { return Hyper{V: c} }

// Value returns the value of x.
func (x Hyper) Value() float64 { return x.V }

// Lead returns the order and the sign of the leading term of x; see [Real].
func (x Hyper) Lead() (order, sign int) {
	switch {
	case x.V != 0:
		return 0, signum(x.V)
	case x.D1 != 0 || x.D2 != 0:
		return 1, agree(signum(x.D1), signum(x.D2))
	case x.D12 != 0:
		return 2, signum(x.D12)
	}
	return -1, 0
}

func (x Hyper) active() bool { return x.D1 != 0 || x.D2 != 0 || x.D12 != 0 }

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 2.
func (x Hyper) Apply(f func(k int, v float64) float64) Hyper {
	if !x.active() {
		return Hyper{V: f(0, x.V)}
	}
	return x.chain(f(0, x.V), f(1, x.V), f(2, x.V))
}

// chain returns the number of value y whose first and second derivatives for x
// are d and dd.
func (x Hyper) chain(y, d, dd float64) Hyper {
	if y != y {
		d, dd = y, y
	}
	return Hyper{y, az(x.D1, d), az(x.D2, d), az(x.D12, d) + az(tt(x.D1, x.D2), dd)}
}

// chain2 is chain for two arguments. The duals dx and dy hold the partial
// derivatives and their derivatives in the second direction.
func (x Hyper) chain2(y Hyper, z float64, dx, dy Number64) Hyper {
	if z != z {
		dx, dy = Number64{z, z}, Number64{z, z}
	}
	return Hyper{z,
		az(x.D1, dx.V) + az(y.D1, dy.V),
		az(x.D2, dx.V) + az(y.D2, dy.V),
		az(x.D12, dx.V) + az(y.D12, dy.V) + az(x.D1, dx.D) + az(y.D1, dy.D),
	}
}

// second returns x as a dual number in the second direction.
func (x Hyper) second() Number64 { return Number64{x.V, x.D2} }

// Add returns x+y.
func (x Hyper) Add(y Hyper) Hyper { return Hyper{x.V + y.V, x.D1 + y.D1, x.D2 + y.D2, x.D12 + y.D12} }

// Sub returns x-y.
func (x Hyper) Sub(y Hyper) Hyper { return Hyper{x.V - y.V, x.D1 - y.D1, x.D2 - y.D2, x.D12 - y.D12} }

// Mul returns x·y.
func (x Hyper) Mul(y Hyper) Hyper {
	return Hyper{
		x.V * y.V,
		x.D1*y.V + x.V*y.D1,
		x.D2*y.V + x.V*y.D2,
		x.D12*y.V + x.D1*y.D2 + x.D2*y.D1 + x.V*y.D12,
	}
}

// AZMul returns x·y, where a value or tangent of x that is exactly 0 makes its
// products 0, also if y is infinite or NaN.
func (x Hyper) AZMul(y Hyper) Hyper {
	return Hyper{
		az(x.V, y.V),
		az(x.D1, y.V) + az(x.V, y.D1),
		az(x.D2, y.V) + az(x.V, y.D2),
		az(x.D12, y.V) + az(x.D1, y.D2) + az(x.D2, y.D1) + az(x.V, y.D12),
	}
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Hyper) FMA(y, z Hyper) Hyper {
	return Hyper{
		azfma(x.V, y.V, z.V),
		azfma(x.V, y.D1, azfma(x.D1, y.V, z.D1)),
		azfma(x.V, y.D2, azfma(x.D2, y.V, z.D2)),
		azfma(x.V, y.D12, azfma(x.D1, y.D2, azfma(x.D2, y.D1, azfma(x.D12, y.V, z.D12)))),
	}
}

// Div returns x/y.
func (x Hyper) Div(y Hyper) Hyper {
	z := Hyper{V: x.V / y.V}
	lo := rule.Residual(x.V, z.V, y.V)
	z.D1 = quo(x.D1, z.V, lo, y.D1, y.V)
	z.D2 = quo(x.D2, z.V, lo, y.D2, y.V)
	// x.D12 and z·y.D12 may cancel, so the other terms come after.
	z.D12 = quo(x.D12, z.V, lo, y.D12, y.V) - over(tt(z.D1, y.D2)+tt(z.D2, y.D1), y.V)
	return z
}

// Neg returns -x.
func (x Hyper) Neg() Hyper { return Hyper{-x.V, -x.D1, -x.D2, -x.D12} }

// Inv returns 1/x.
func (x Hyper) Inv() Hyper {
	v := 1 / x.V
	return Hyper{v, inv(x.D1, v), inv(x.D2, v), inv(x.D12-2*tt(az(x.D1, v), x.D2), v)}
}

// Scale returns c·x.
func (x Hyper) Scale(c float64) Hyper { return Hyper{c * x.V, c * x.D1, c * x.D2, c * x.D12} }

// AddConst returns x+c.
func (x Hyper) AddConst(c float64) Hyper { return Hyper{x.V + c, x.D1, x.D2, x.D12} }

// Sqr returns x².
func (x Hyper) Sqr() Hyper {
	return Hyper{x.V * x.V, x.V * (2 * x.D1), x.V * (2 * x.D2), 2 * (x.V*x.D12 + x.D1*x.D2)}
}

// Sincos returns sin x and cos x.
func (x Hyper) Sincos() (sin, cos Hyper) {
	s, c := math.Sincos(x.V)
	return x.chain(s, c, -s), x.chain(c, -s, -c)
}

// Abs returns |x|. Where x is 0 with first derivatives that are not, the
// derivatives are 0; where only the second derivative is not 0, x keeps its
// sign and |x| is smooth.
func (x Hyper) Abs() Hyper {
	switch rampSign(x.Lead()) {
	case 1:
		return x
	case -1:
		return Hyper{math.Abs(x.V), -x.D1, -x.D2, -x.D12}
	}
	return x.chain(math.Abs(x.V), 0, 0)
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Hyper) Sign() Hyper { return x.chain(sign(x.V), 0, 0) }

// Max returns the larger of x and y. At a tie the derivatives are the mean of
// the two, unless the first derivatives agree and the second do not: then one
// is larger on both sides.
func (x Hyper) Max(y Hyper) Hyper {
	switch {
	case x.V > y.V:
		return x
	case x.V < y.V:
		return y
	}
	return x.tie(y, math.Max(x.V, y.V), 1)
}

// Min returns the smaller of x and y; at ties see Max.
func (x Hyper) Min(y Hyper) Hyper {
	switch {
	case x.V < y.V:
		return x
	case x.V > y.V:
		return y
	}
	return x.tie(y, math.Min(x.V, y.V), -1)
}

// tie returns the Max (side 1) or Min (side -1) of value z for two numbers of
// which neither has the larger value.
func (x Hyper) tie(y Hyper, z float64, side int) Hyper {
	wx, wy := share(x.V, y.V, z)
	d := Hyper{D1: x.D1 - y.D1, D2: x.D2 - y.D2, D12: x.D12 - y.D12}
	switch side * rampSign(d.Lead()) {
	case 1:
		wx, wy = 1, 0
	case -1:
		wx, wy = 0, 1
	}
	return x.chain2(y, z, Number64{V: wx}, Number64{V: wy})
}

// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half that of
// x; where lo ≥ hi the result is the constant hi.
func (x Hyper) Clamp(lo, hi float64) Hyper { return clamp(x, lo, hi) }

// Mod returns the remainder of x/y with the sign of x.
func (x Hyper) Mod(y Hyper) Hyper {
	r := math.Mod(x.V, y.V)
	return x.chain2(y, r, Number64{V: 1}, Number64{V: -modQuotient(x.V, y.V, r)})
}

// Copysign returns |x| with the sign of the value of y.
func (x Hyper) Copysign(y Hyper) Hyper { return copysign(x, y) }

// Format implements [fmt.Formatter]: a verb for floats applies to each part,
// as in (1+2ε₁+3ε₂+4ε₁ε₂).
func (x Hyper) Format(s fmt.State, verb rune) {
	formatSum(s, verb, x, []string{"V", "D1", "D2", "D12"}, []string{"", "ε₁", "ε₂", "ε₁ε₂"}, x.V, x.D1, x.D2, x.D12)
}
