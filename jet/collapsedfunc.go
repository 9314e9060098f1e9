package jet

import (
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)

// The functions of a collapsed number. Each computes its Taylor coefficients at
// the value of its argument, by a formula or by a jet.

// Inv returns 1/x.
func (x Collapsed) Inv() Collapsed {
	r := 1 / x.v
	return x.compose(&coefs{r, -r * r, r * r * r, -r * r * r * r, r * r * r * r * r})
}

// Sqrt returns the square root of x. At 0 the derivative is +Inf.
func (x Collapsed) Sqrt() Collapsed { return x.power(math.Sqrt(x.v), 0.5) }

// Cbrt returns the cube root of x. At 0 the derivative is +Inf.
func (x Collapsed) Cbrt() Collapsed { return x.power(math.Cbrt(x.v), 1./3) }

// power returns x^p of value head, for a power that is infinite in all its
// derivatives at 0.
func (x Collapsed) power(head, p float64) Collapsed {
	d := coefs{head}
	switch inf := math.Inf(1); {
	case x.v == 0:
		d = coefs{head, inf, -inf, inf, -inf}
	case !math.IsInf(x.v, 0): // at infinity the derivatives are 0
		d.falling(x.v, p)
	}
	return x.compose(&d)
}

// falling sets the coefficients of x^p at v ≠ 0 but the first.
func (d *coefs) falling(v, p float64) {
	for k := 1; k < len(d); k++ {
		d[k] = d[k-1] / v * ((p - float64(k-1)) / float64(k))
	}
}

// PowReal returns x raised to the constant power p. The power 0 is the
// constant 1 at every x.
func (x Collapsed) PowReal(p float64) Collapsed {
	d := coefs{rule.PowRealValue(p, x.v)}
	switch {
	case p == 0:
		return x.Const(1)
	case x.constant():
	case p == math.Trunc(p) && math.Abs(p) <= maxPowInt:
		return x.PowInt(int(p)).withValue(d[0])
	default:
		d.binomial(x.v, p)
	}
	return x.compose(&d)
}

// PowInt returns x raised to the integer power n.
func (x Collapsed) PowInt(n int) Collapsed {
	d := coefs{rule.PowIntValue(n, x.v)}
	switch {
	case n == 0:
		return x.Const(1)
	case n == 1 && d[0] == d[0]:
		return x
	case n == 2:
		d[1], d[2] = 2*x.v, 1
	case !x.constant():
		d.binomial(x.v, float64(n))
	}
	return x.compose(&d)
}

// binomial sets the coefficients of x^p at v but the first.
func (d *coefs) binomial(v, p float64) {
	if h := math.Abs(d[0]); h > 1e-200 && h < 1e200 && v-v == 0 {
		d.falling(v, p)
		return
	}
	c := 1.0
	for k := 1; k < len(d); k++ {
		c *= (p - float64(k-1)) / float64(k)
		d[k] = product(c, math.Pow(v, p-float64(k)))
	}
}

// Pow returns x raised to the power y. An exponent that does not vary acts like
// that of PowReal.
func (x Collapsed) Pow(y Collapsed) Collapsed {
	switch {
	case y.constant() || y.flat():
		return x.PowReal(y.v)
	case x.constant() || x.flat():
		// A power of 0 absorbs the infinite logarithm.
		h, l := math.Pow(x.v, y.v), math.Log(x.v)
		d := coefs{h, product(h, l)}
		for k := 2; k < len(d); k++ {
			d[k] = product(d[k-1], l) / float64(k)
		}
		return y.compose(&d)
	case x.v > 0 && !math.IsInf(x.v, 1):
		h := math.Pow(x.v, y.v)
		return x.Log().Mul(y).compose(&coefs{h, h, h / 2, h / 6, h / 24})
	}
	// What y does at x ≤ 0 is nothing for high powers of 0 and is not known
	// otherwise, but to first order.
	h := math.Pow(x.v, y.v)
	z := x.PowReal(y.v).span().copy(y.s)
	if x.v == 0 && y.v > float64(z.w.order) {
		return Collapsed{h, z}
	}
	first := 0.0
	if x.v != 0 || y.v <= 0 {
		first = rule.PowYFloat(x.v, y.v, h)
	}
	for k := 1; k < z.w.order; k++ {
		out := z.row(k)[y.s.lo-z.lo:]
		for i, t := range y.s.row(k) {
			if k > 1 && y.s.row(1)[i] != 0 {
				out[i] = math.NaN()
			} else {
				out[i] += product(t, first)
			}
		}
	}
	z.top = math.NaN()
	return Collapsed{h, z}
}

// Hypot returns √(x²+y²) without undue overflow or underflow. At the origin the
// derivative is 0.
func (x Collapsed) Hypot(y Collapsed) Collapsed {
	h := math.Hypot(x.v, y.v)
	switch {
	case x.constant() && y.constant() || h == 0:
		return Collapsed{h, x.span().constant(y.span())}
	case h != h:
		return x.undefined(y, h)
	case math.IsInf(h, 1):
		p, q := 0.0, 0.0
		if math.IsInf(x.v, 0) {
			p = math.Copysign(1, x.v)
		}
		if math.IsInf(y.v, 0) {
			q = math.Copysign(1, y.v)
		}
		return x.linear(p, y, q, h)
	}
	// A power of two scales exactly; two steps, for its inverse may overflow.
	_, e := math.Frexp(h)
	down, up := math.Ldexp(1, -e/2), math.Ldexp(1, e/2)
	down2, up2 := math.Ldexp(1, e/2-e), math.Ldexp(1, e-e/2)
	x, y = x.Scale(down).Scale(down2), y.Scale(down).Scale(down2)
	return x.Sqr().Add(y.Sqr()).Sqrt().Scale(up).Scale(up2).withValue(h)
}

// Atan2 returns the angle of the point with ordinate y, the receiver, and
// abscissa x. At the origin the derivative is NaN.
//
// The change of the angle is the arctangent of the point turned back.
func (y Collapsed) Atan2(x Collapsed) Collapsed {
	head := math.Atan2(y.v, x.v)
	if x.constant() && y.constant() {
		return x.linear(1, y, 1, head)
	}
	h := math.Hypot(x.v, y.v)
	if head != head || h == 0 {
		return x.undefined(y, math.NaN()).withValue(head)
	}
	c, s := x.v/h, y.v/h
	up := y.linear(c, x, -s, 0)
	along := x.linear(c, y, s, h)
	return up.Div(along).withValue(0).compose(&coefs{head, 1, 0, -1. / 3, 0})
}

// Exp returns e raised to the power x.
func (x Collapsed) Exp() Collapsed {
	h := math.Exp(x.v)
	return x.compose(&coefs{h, h, h / 2, h / 6, h / 24})
}

// Exp2 returns 2 raised to the power x.
func (x Collapsed) Exp2() Collapsed {
	const c = math.Ln2
	h := math.Exp2(x.v)
	return x.compose(&coefs{h, c * h, c * c / 2 * h, c * c * c / 6 * h, c * c * c * c / 24 * h})
}

// Expm1 returns e^x - 1, accurate also near 0.
func (x Collapsed) Expm1() Collapsed {
	h := math.Exp(x.v)
	return x.compose(&coefs{math.Expm1(x.v), h, h / 2, h / 6, h / 24})
}

// Log returns the natural logarithm of x. At 0 the derivative is +Inf.
func (x Collapsed) Log() Collapsed { return x.log(rule.LogValue(x.v), x.v, 1) }

// Log2 returns the binary logarithm of x.
func (x Collapsed) Log2() Collapsed { return x.log(math.Log2(x.v), x.v, 1/math.Ln2) }

// Log10 returns the decimal logarithm of x.
func (x Collapsed) Log10() Collapsed { return x.log(rule.Log10Value(x.v), x.v, 1/math.Ln10) }

// Log1p returns log(1+x), accurate also near 0.
func (x Collapsed) Log1p() Collapsed { return x.log(math.Log1p(x.v), 1+x.v, 1) }

// log returns the function of x with the value head and the derivative c/r.
func (x Collapsed) log(head, r, c float64) Collapsed {
	r = 1 / (r + 0)
	return x.compose(&coefs{head, c * r, -c * r * r / 2, c * r * r * r / 3, -c * r * r * r * r / 4})
}

// Sin returns the sine of x (radians).
func (x Collapsed) Sin() Collapsed {
	s, c := math.Sincos(x.v)
	return x.compose(&coefs{s, c, -s / 2, -c / 6, s / 24})
}

// Cos returns the cosine of x (radians).
func (x Collapsed) Cos() Collapsed {
	s, c := math.Sincos(x.v)
	return x.compose(&coefs{c, -s, -c / 2, s / 6, c / 24})
}

// Sincos returns sin x and cos x.
func (x Collapsed) Sincos() (sin, cos Collapsed) {
	s, c := math.Sincos(x.v)
	return x.compose(&coefs{s, c, -s / 2, -c / 6, s / 24}), x.compose(&coefs{c, -s, -c / 2, s / 6, c / 24})
}

// Sinh returns the hyperbolic sine of x.
func (x Collapsed) Sinh() Collapsed {
	s, c := math.Sinh(x.v), math.Cosh(x.v)
	return x.compose(&coefs{s, c, s / 2, c / 6, s / 24})
}

// Cosh returns the hyperbolic cosine of x.
func (x Collapsed) Cosh() Collapsed {
	s, c := math.Sinh(x.v), math.Cosh(x.v)
	return x.compose(&coefs{c, s, c / 2, s / 6, c / 24})
}

// Tanh returns the hyperbolic tangent of x.
func (x Collapsed) Tanh() Collapsed {
	h := math.Tanh(x.v)
	g := rule.TanhFloat(x.v, h)
	return x.compose(&coefs{h, g, -h * g, (2*h*h*g - g*g) / 3, (2*h*g*g - h*h*h*g) / 3})
}

// Tan returns the tangent of x (radians).
func (x Collapsed) Tan() Collapsed { return x.unary(Jet64.Tan) }

// Asin returns the arcsine of x. At ±1 the derivative is +Inf.
func (x Collapsed) Asin() Collapsed { return x.unary(Jet64.Asin) }

// Acos returns the arccosine of x. At ±1 the derivative is -Inf.
func (x Collapsed) Acos() Collapsed { return x.unary(Jet64.Acos) }

// Atan returns the arctangent of x.
func (x Collapsed) Atan() Collapsed { return x.unary(Jet64.Atan) }

// Asinh returns the inverse hyperbolic sine of x.
func (x Collapsed) Asinh() Collapsed { return x.unary(Jet64.Asinh) }

// Acosh returns the inverse hyperbolic cosine of x. At 1 the derivative is
// +Inf.
func (x Collapsed) Acosh() Collapsed { return x.unary(Jet64.Acosh) }

// Atanh returns the inverse hyperbolic tangent of x. At ±1 the derivative is
// +Inf.
func (x Collapsed) Atanh() Collapsed { return x.unary(Jet64.Atanh) }

// Erf returns the error function of x.
func (x Collapsed) Erf() Collapsed { return x.unary(Jet64.Erf) }

// Erfc returns 1 - erf x, accurate also in its tail.
func (x Collapsed) Erfc() Collapsed { return x.unary(Jet64.Erfc) }

// Erfcx returns exp(x²)·erfc x.
func (x Collapsed) Erfcx() Collapsed { return x.unary(Jet64.Erfcx) }

// Erfinv returns the inverse of the error function. At ±1 the derivative is
// +Inf.
func (x Collapsed) Erfinv() Collapsed { return x.unary(Jet64.Erfinv) }

// NormCDF returns the distribution function Φ of the standard normal
// distribution.
func (x Collapsed) NormCDF() Collapsed { return x.unary(Jet64.NormCDF) }

// LogNormCDF returns log Φ(x), accurate in both tails.
func (x Collapsed) LogNormCDF() Collapsed { return x.unary(Jet64.LogNormCDF) }

// Gamma returns the gamma function of x.
func (x Collapsed) Gamma() Collapsed { return x.unary(Jet64.Gamma) }

// Lgamma returns the natural logarithm of |Γ(x)|.
func (x Collapsed) Lgamma() Collapsed { return x.unary(Jet64.Lgamma) }

// Digamma returns ψ(x), the derivative of log Γ(x).
func (x Collapsed) Digamma() Collapsed { return x.unary(Jet64.Digamma) }

// Polygamma returns the n-th derivative of ψ at x, for n ≥ 0. It panics with an
// [Error] if n is negative.
func (x Collapsed) Polygamma(n int) Collapsed {
	return x.unary(func(x Jet64) Jet64 { return x.Polygamma(n) })
}

// BesselJ returns the Bessel function of the first kind J_n(x).
func (x Collapsed) BesselJ(n int) Collapsed {
	return x.unary(func(x Jet64) Jet64 { return x.BesselJ(n) })
}

// BesselY returns the Bessel function of the second kind Y_n(x).
func (x Collapsed) BesselY(n int) Collapsed {
	return x.unary(func(x Jet64) Jet64 { return x.BesselY(n) })
}

// BesselI returns the modified Bessel function of the first kind I_n(x).
func (x Collapsed) BesselI(n int) Collapsed {
	return x.unary(func(x Jet64) Jet64 { return x.BesselI(n) })
}

// BesselK returns the modified Bessel function of the second kind K_n(x).
func (x Collapsed) BesselK(n int) Collapsed {
	return x.unary(func(x Jet64) Jet64 { return x.BesselK(n) })
}

// Logistic returns 1/(1+e^-x).
func (x Collapsed) Logistic() Collapsed { return x.unary(Jet64.Logistic) }

// Softplus returns log(1+e^x), accurate in both tails.
func (x Collapsed) Softplus() Collapsed { return x.unary(Jet64.Softplus) }

// Sinc returns sin(x)/x, and 1 at 0.
func (x Collapsed) Sinc() Collapsed { return x.unary(Jet64.Sinc) }

// LambertW returns the principal branch of the Lambert function.
func (x Collapsed) LambertW() Collapsed { return x.unary(Jet64.LambertW) }

// Abs returns |x|. At a zero where x changes its sign the derivatives are 0;
// where it keeps it, |x| is smooth.
func (x Collapsed) Abs() Collapsed {
	if x.v != x.v {
		return x.step(x.v)
	}
	switch ramp(x.Lead()) {
	case 1:
		return x.withValue(math.Abs(x.v))
	case -1:
		return x.Neg().withValue(math.Abs(x.v))
	}
	return x.Const(math.Abs(x.v))
}

// ramp returns the factor that turns x into |x| near a zero of x with the
// leading term given: ±1 where x keeps its sign, 0 at a kink.
func ramp(order, sign int) int {
	if order&1 == 0 {
		return sign
	}
	return 0
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Collapsed) Sign() Collapsed {
	if x.v > 0 || x.v < 0 {
		return x.step(math.Copysign(1, x.v))
	}
	return x.step(x.v)
}

// Max returns the larger of x and y. At a tie the derivatives are the mean of
// the two, unless the leading term of x-y has an even order: then one is larger
// on both sides.
func (x Collapsed) Max(y Collapsed) Collapsed {
	switch {
	case x.v > y.v:
		return x
	case x.v < y.v:
		return y
	}
	return x.tie(y, math.Max(x.v, y.v), 1)
}

// Min returns the smaller of x and y; at ties see Max.
func (x Collapsed) Min(y Collapsed) Collapsed {
	switch {
	case x.v < y.v:
		return x
	case x.v > y.v:
		return y
	}
	return x.tie(y, math.Min(x.v, y.v), -1)
}

// tie returns the Max (side 1) or Min (side -1) of value v for two numbers of
// which neither is larger.
func (x Collapsed) tie(y Collapsed, v float64, side int) Collapsed {
	switch {
	case v != v:
		return x.undefined(y, v)
	case x.v != y.v: // the other one is NaN
		if x.v == v {
			return x
		}
		return y
	}
	d := x.linear(1, y, -1, 0)
	switch side * ramp(d.Lead()) {
	case 1:
		return x.withValue(v)
	case -1:
		return y.withValue(v)
	}
	return x.linear(0.5, y, 0.5, v)
}

// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half that of
// x; where lo ≥ hi the result is the constant hi.
func (x Collapsed) Clamp(lo, hi float64) Collapsed {
	if lo >= hi {
		return x.Const(hi)
	}
	return x.Max(x.Const(lo)).Min(x.Const(hi))
}

// Floor returns the greatest integer ≤ x, a constant.
func (x Collapsed) Floor() Collapsed { return x.step(math.Floor(x.v)) }

// Ceil returns the least integer ≥ x, a constant.
func (x Collapsed) Ceil() Collapsed { return x.step(math.Ceil(x.v)) }

// Round returns the nearest integer, halves away from zero, a constant.
func (x Collapsed) Round() Collapsed { return x.step(math.Round(x.v)) }

// Trunc returns the integer part of x, a constant.
func (x Collapsed) Trunc() Collapsed { return x.step(math.Trunc(x.v)) }

// Mod returns the remainder of x/y with the sign of x, x - q·y for an integer q
// that counts as constant.
func (x Collapsed) Mod(y Collapsed) Collapsed {
	r := math.Mod(x.v, y.v)
	if r != r {
		return x.undefined(y, r)
	}
	return x.linear(1, y, -math.Round((x.v-r)/y.v), r)
}

// Copysign returns |x| with the sign of the value of y.
func (x Collapsed) Copysign(y Collapsed) Collapsed {
	z := x.Abs()
	if math.Signbit(y.v) {
		return z.Neg()
	}
	return z
}
