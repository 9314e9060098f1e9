package jet

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/rule"
)

// A Jet3 is a [Jet64] of order 3 in four words, C0 + C1·t + C2·t² + C3·t³ + O(t⁴),
// which stay in registers: the value, and the first three derivatives divided by
// 1, 2 and 6. The variable x + t is Jet3{C0: x, C1: 1}; the zero value is the constant 0.
//
// Its arithmetic is native and inlines. Mul, Sqr and Scale are plain IEEE
// arithmetic: an infinite or unknown factor times a coefficient of 0 is NaN. All
// numbers, constants too, are known to order 3. Everything else is as with Jet64:
// at singular points a Jet3 computes as one, and allocates.
type Jet3 struct {
	C0, C1, C2, C3 float64
}

var _ dual.Real[Jet3] = Jet3{}

// Jet3 returns x up to order 3. Coefficients beyond the order of an x that
// varies are unknown, and NaN.
func (x Jet[F]) Jet3() Jet3 { return Jet3{x.coeff(0), x.coeff(1), x.coeff(2), x.coeff(3)} }

// Jet returns x as a jet of any order, 3.
func (x Jet3) Jet() Jet64 { return New(x.C0, x.C1, x.C2, x.C3) }

// Derivative returns the k-th derivative, k!·Ck. It panics with an [Error] unless
// k is 0, 1, 2 or 3.
func (x Jet3) Derivative(k int) float64 {
	if k < 0 || k > 3 {
		fail("Derivative: order %d of a Jet3, want 0 to 3", k)
	}
	return [...]float64{x.C0, x.C1, 2 * x.C2, 6 * x.C3}[k]
}

// Const returns the constant c.
func (x Jet3) Const(c float64) Jet3 { return Jet3{C0: c} }

// Value returns the value of x.
func (x Jet3) Value() float64 { return x.C0 }

// Lead returns the order and the sign of the leading term of x; see
// [dual.Real].
func (x Jet3) Lead() (order, sign int) {
	for k, c := range [...]float64{x.C0, x.C1, x.C2, x.C3} {
		if c != 0 {
			return k, signOfFloat(c)
		}
	}
	return -1, 0
}

// flat reports whether x does not vary.
func (x Jet3) flat() bool { return x.C1 == 0 && x.C2 == 0 && x.C3 == 0 }

// finite reports whether all coefficients are finite. It may fail for large ones.
func (x Jet3) finite() bool { s := x.C0 + x.C1 + x.C2 + x.C3; return s-s == 0 }

// via returns f(x), by arithmetic on jets of any order.
func (x Jet3) via(f func(Jet64) Jet64) Jet3 { return f(x.Jet()).Jet3() }

// via2 returns f(x, y), by arithmetic on jets of any order.
func (x Jet3) via2(y Jet3, f func(x, y Jet64) Jet64) Jet3 { return f(x.Jet(), y.Jet()).Jet3() }

// chain returns f(x), whose value is y; d is f'(x) to second order. The function
// itself is there for singular points.
func (x Jet3) chain(y float64, d Jet2, f func(Jet64) Jet64) Jet3 {
	z := Jet3{y, d.C0 * x.C1, d.C0*x.C2 + 0.5*d.C1*x.C1, d.C0*x.C3 + (2*d.C1*x.C2+d.C2*x.C1)*(1./3)}
	if !d.finite() || !z.finite() {
		return x.via(f)
	}
	return z
}

// step returns a piecewise constant function of x with the value y. A NaN
// makes what varies NaN.
func (x Jet3) step(y float64) Jet3 {
	if y != y && !x.flat() {
		return Jet3{y, y, y, y}
	}
	return Jet3{C0: y}
}

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 3.
func (x Jet3) Apply(f func(k int, v float64) float64) Jet3 {
	y := f(0, x.C0)
	if x.flat() {
		return Jet3{C0: y}
	}
	d := f(2, x.C0)
	return x.chain(y, Jet2{f(1, x.C0), d * x.C1, d*x.C2 + 0.5*(f(3, x.C0)*x.C1)*x.C1}, func(x Jet64) Jet64 { return x.Apply(f) })
}

// Add returns x+y.
func (x Jet3) Add(y Jet3) Jet3 {
	return Jet3{x.C0 + y.C0, x.C1 + y.C1, x.C2 + y.C2, x.C3 + y.C3}
}

// Sub returns x-y.
func (x Jet3) Sub(y Jet3) Jet3 {
	return Jet3{x.C0 - y.C0, x.C1 - y.C1, x.C2 - y.C2, x.C3 - y.C3}
}

// Mul returns x·y.
func (x Jet3) Mul(y Jet3) Jet3 {
	return Jet3{
		x.C0 * y.C0,
		x.C1*y.C0 + x.C0*y.C1,
		x.C2*y.C0 + x.C1*y.C1 + x.C0*y.C2,
		x.C3*y.C0 + x.C2*y.C1 + x.C1*y.C2 + x.C0*y.C3,
	}
}

// AZMul returns x·y, and 0 where a coefficient of x is exactly 0, also if that
// of y is infinite or NaN.
func (x Jet3) AZMul(y Jet3) Jet3 {
	z := x.Mul(y)
	if !z.finite() {
		return x.via2(y, Jet64.AZMul)
	}
	return z
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Jet3) FMA(y, z Jet3) Jet3 {
	p := x.Mul(y).Add(z)
	p.C0 = math.FMA(x.C0, y.C0, z.C0)
	if !p.finite() {
		return x.Jet().FMA(y.Jet(), z.Jet()).Jet3()
	}
	return p
}

// Div returns x/y. Where the value of y is 0 and x vanishes at least as fast,
// the powers of t cancel, and as many of the highest orders are unknown.
func (x Jet3) Div(y Jet3) Jet3 {
	z := Jet3{C0: x.C0 / y.C0}
	lo := rule.Residual(x.C0, z.C0, y.C0)
	z.C1 = (math.FMA(-z.C0, y.C1, x.C1) - lo*y.C1) / y.C0
	z.C2 = (math.FMA(-z.C0, y.C2, x.C2) - lo*y.C2 - z.C1*y.C1) / y.C0
	z.C3 = (math.FMA(-z.C0, y.C3, x.C3) - lo*y.C3 - z.C1*y.C2 - z.C2*y.C1) / y.C0
	if !z.finite() {
		return x.via2(y, Jet64.Div)
	}
	return z
}

// Neg returns -x.
func (x Jet3) Neg() Jet3 { return Jet3{-x.C0, -x.C1, -x.C2, -x.C3} }

// Inv returns 1/x.
func (x Jet3) Inv() Jet3 {
	z := Jet3{C0: 1 / x.C0}
	z.C1 = -(x.C1 * z.C0) * z.C0
	z.C2 = -(x.C2*z.C0 + x.C1*z.C1) * z.C0
	z.C3 = -(x.C3*z.C0 + x.C2*z.C1 + x.C1*z.C2) * z.C0
	if !z.finite() {
		return x.via(Jet64.Inv)
	}
	return z
}

// Scale returns c·x.
func (x Jet3) Scale(c float64) Jet3 { return Jet3{c * x.C0, c * x.C1, c * x.C2, c * x.C3} }

// AddConst returns x+c.
func (x Jet3) AddConst(c float64) Jet3 { return Jet3{x.C0 + c, x.C1, x.C2, x.C3} }

// Sqr returns x².
func (x Jet3) Sqr() Jet3 {
	v := 2 * x.C0
	return Jet3{x.C0 * x.C0, v * x.C1, v*x.C2 + x.C1*x.C1, v*x.C3 + 2*x.C1*x.C2}
}

// Sqrt returns the square root of x. Where x is t^2m·u, as x² is at 0, this is
// t^m·√u, known to m orders less.
func (x Jet3) Sqrt() Jet3 {
	z := Jet3{C0: math.Sqrt(x.C0)}
	if x.flat() {
		return z
	}
	r := 0.5 / z.C0
	z.C1 = x.C1 * r
	z.C2 = (x.C2 - z.C1*z.C1) * r
	z.C3 = (x.C3 - 2*z.C1*z.C2) * r
	if !z.finite() {
		return x.via(Jet64.Sqrt)
	}
	return z
}

// Hypot returns √(x²+y²) without undue overflow or underflow. Where both are
// 0 it follows the first terms that are not.
func (x Jet3) Hypot(y Jet3) Jet3 {
	z := Jet3{C0: math.Hypot(x.C0, y.C0)}
	a, b := x.C0/z.C0, y.C0/z.C0
	c := b*x.C1 - a*y.C1
	z.C1 = a*x.C1 + b*y.C1
	e := 0.5 * (c / z.C0)
	z.C2 = a*x.C2 + b*y.C2 + e*c
	z.C3 = a*x.C3 + b*y.C3 + 2*e*(b*x.C2-a*y.C2) - z.C1*(c/z.C0)*e
	if z.C0 < minRadius || !z.finite() {
		return x.via2(y, Jet64.Hypot)
	}
	return z
}

// Atan2 returns the angle of the point with ordinate y, the receiver, and
// abscissa x. At the origin the derivatives are those of the direction in which
// the point leaves it.
func (y Jet3) Atan2(x Jet3) Jet3 {
	z := Jet3{C0: math.Atan2(y.C0, x.C0)}
	h := math.Hypot(x.C0, y.C0)
	a, b := x.C0/h, y.C0/h
	// The point in the frame that turns with it, in units of its distance.
	u1, v1 := (a*x.C1+b*y.C1)/h, (a*y.C1-b*x.C1)/h
	u2, v2 := (a*x.C2+b*y.C2)/h, (a*y.C2-b*x.C2)/h
	z.C1 = v1
	z.C2 = v2 - u1*v1
	z.C3 = (a*y.C3-b*x.C3)/h - u1*v2 - v1*u2 + (u1*u1-v1*v1*(1./3))*v1
	if h < minRadius || !z.finite() {
		return y.via2(x, Jet64.Atan2)
	}
	return z
}

// Pow returns x raised to the power y. An exponent that does not vary acts like
// that of PowReal.
func (x Jet3) Pow(y Jet3) Jet3 {
	if y.flat() && y.C0-y.C0 == 0 {
		return x.PowReal(y.C0)
	}
	z := x.Log().Mul(y).exp(math.Pow(x.C0, y.C0))
	if !z.finite() {
		return x.via2(y, Jet64.Pow)
	}
	return z
}

// PowReal returns x raised to the constant power p.
func (x Jet3) PowReal(p float64) Jet3 {
	z := Jet3{C0: rule.PowRealValue(p, x.C0)}
	switch {
	case x.flat():
		return z
	case p == math.Trunc(p) && math.Abs(p) <= maxPowInt:
		y := x.PowInt(int(p))
		y.C0 = z.C0
		return y
	}
	z.C1 = p * x.C1 * z.C0 / x.C0
	z.C2 = (0.5*(p-1)*x.C1*z.C1 + p*x.C2*z.C0) / x.C0
	z.C3 = ((p-2)/3*x.C1*z.C2 + (2*p-1)/3*x.C2*z.C1 + p*x.C3*z.C0) / x.C0
	if !z.finite() {
		return x.via(func(x Jet64) Jet64 { return x.PowReal(p) })
	}
	return z
}

// PowInt returns x raised to the integer power n.
func (x Jet3) PowInt(n int) Jet3 {
	head := rule.PowIntValue(n, x.C0)
	z, y := Jet3{C0: 1}, x
	m := max(n, -n)
	for i := m; i > 0; i >>= 1 {
		if i&1 != 0 {
			z = z.Mul(y)
		}
		y = y.Sqr()
	}
	if n < 0 {
		z = z.Inv()
	}
	z.C0 = head
	if m > maxPowInt || !z.finite() {
		return x.via(func(x Jet64) Jet64 { return x.PowInt(n) })
	}
	return z
}

// exp returns e^x if its value is y.
func (x Jet3) exp(y float64) Jet3 {
	z := Jet3{C0: y, C1: x.C1 * y}
	z.C2 = x.C2*y + 0.5*x.C1*z.C1
	z.C3 = x.C3*y + (2*x.C2*z.C1+x.C1*z.C2)*(1./3)
	return z
}

// Exp returns e raised to the power x.
func (x Jet3) Exp() Jet3 {
	z := x.exp(math.Exp(x.C0))
	if !z.finite() {
		return x.via(Jet64.Exp)
	}
	return z
}

// Log returns the natural logarithm of x.
func (x Jet3) Log() Jet3 {
	z := Jet3{C0: rule.LogValue(x.C0), C1: x.C1 / x.C0}
	z.C2 = (x.C2 - 0.5*x.C1*z.C1) / x.C0
	z.C3 = (x.C3 - (x.C2*z.C1+2*x.C1*z.C2)*(1./3)) / x.C0
	if !z.finite() {
		return x.via(Jet64.Log)
	}
	return z
}

// Sin returns the sine of x (radians).
func (x Jet3) Sin() Jet3 {
	s, _ := x.Sincos()
	return s
}

// Cos returns the cosine of x (radians).
func (x Jet3) Cos() Jet3 {
	_, c := x.Sincos()
	return c
}

// Sincos returns sin x and cos x.
func (x Jet3) Sincos() (sin, cos Jet3) {
	s, c := math.Sincos(x.C0)
	sin, cos = x.sincos(s, c, -1)
	if !sin.finite() || !cos.finite() {
		s, c := x.Jet().Sincos()
		return s.Jet3(), c.Jet3()
	}
	return sin, cos
}

// Sinh returns the hyperbolic sine of x.
func (x Jet3) Sinh() Jet3 {
	s, _ := x.sincos(math.Sinh(x.C0), math.Cosh(x.C0), 1)
	if !s.finite() {
		return x.via(Jet64.Sinh)
	}
	return s
}

// Cosh returns the hyperbolic cosine of x.
func (x Jet3) Cosh() Jet3 {
	_, c := x.sincos(math.Sinh(x.C0), math.Cosh(x.C0), 1)
	if !c.finite() {
		return x.via(Jet64.Cosh)
	}
	return c
}

// sincos returns the pair of functions with the values s and c and the
// derivatives c and sign·s.
func (x Jet3) sincos(s, c, sign float64) (sin, cos Jet3) {
	s1, c1 := x.C1*c, sign*x.C1*s
	s2, c2 := x.C2*c+0.5*x.C1*c1, sign*(x.C2*s+0.5*x.C1*s1)
	return Jet3{s, s1, s2, x.C3*c + (2*x.C2*c1+x.C1*c2)*(1./3)},
		Jet3{c, c1, c2, sign * (x.C3*s + (2*x.C2*s1+x.C1*s2)*(1./3))}
}

// Abs returns |x|. Where the value is 0, the first term that is not decides.
func (x Jet3) Abs() Jet3 {
	switch {
	case x.C0 > 0:
		return x
	case x.C0 < 0:
		return x.Neg()
	}
	return x.via(Jet64.Abs)
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Jet3) Sign() Jet3 { return x.step(dual.Float(x.C0).Sign().Value()) }

// Max returns the larger of x and y. At a tie the first terms that differ
// decide; if none do, the result is the mean.
func (x Jet3) Max(y Jet3) Jet3 {
	switch {
	case x.C0 > y.C0:
		return x
	case x.C0 < y.C0:
		return y
	}
	return x.via2(y, Jet64.Max)
}

// Min returns the smaller of x and y; at ties see Max.
func (x Jet3) Min(y Jet3) Jet3 {
	switch {
	case x.C0 < y.C0:
		return x
	case x.C0 > y.C0:
		return y
	}
	return x.via2(y, Jet64.Min)
}

// Clamp returns Min(Max(x, lo), hi); where lo ≥ hi the result is the constant
// hi.
func (x Jet3) Clamp(lo, hi float64) Jet3 {
	if lo >= hi {
		return Jet3{C0: hi}
	}
	return x.Max(Jet3{C0: lo}).Min(Jet3{C0: hi})
}

// Mod returns the remainder of x/y with the sign of x, x - q·y for an integer q
// that counts as constant.
func (x Jet3) Mod(y Jet3) Jet3 {
	r := math.Mod(x.C0, y.C0)
	z := x.Sub(y.Scale(math.Round((x.C0 - r) / y.C0)))
	z.C0 = r
	if !z.finite() {
		return x.via2(y, Jet64.Mod)
	}
	return z
}

// Copysign returns |x| with the sign of the value of y.
func (x Jet3) Copysign(y Jet3) Jet3 {
	z := x.Abs()
	if math.Signbit(y.C0) {
		return z.Neg()
	}
	return z
}

// Format implements [fmt.Formatter], as the method of [Jet] does.
func (x Jet3) Format(s fmt.State, verb rune) {
	if verb == 'v' && s.Flag('#') {
		formatFields(s, "jet.Jet3", x.C0, x.C1, x.C2, x.C3)
		return
	}
	x.Jet().Format(s, verb)
}
