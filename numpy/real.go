package numpy

import (
	"math"
	"math/cmplx"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/rule"
	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
)

// An Array is a real number to functions that are written for dual.Real: they
// act on each element.
var _ dual.Real[Array] = Array{}

// Functions of package dual that NumPy does not have.
var (
	erfFunc        = elementwise(function{name: "Erf", f: math.Erf, d: rule.ErfFloat, jet: jet.Jet64.Erf})
	erfcFunc       = elementwise(function{name: "Erfc", f: special.Erfc, d: rule.ErfcFloat, jet: jet.Jet64.Erfc})
	erfcxFunc      = elementwise(function{name: "Erfcx", f: special.Erfcx, d: rule.ErfcxFloat, jet: jet.Jet64.Erfcx})
	erfinvFunc     = elementwise(function{name: "Erfinv", f: special.Erfinv, d: rule.ErfinvFloat, jet: jet.Jet64.Erfinv})
	normCDFFunc    = elementwise(function{name: "NormCDF", f: special.NormCDF, d: rule.NormCDFFloat, jet: jet.Jet64.NormCDF})
	logNormCDFFunc = elementwise(function{name: "LogNormCDF", f: special.LogNormCDF, d: rule.LogNormCDFFloat, jet: jet.Jet64.LogNormCDF})
	gammaFunc      = elementwise(function{name: "Gamma", f: special.Gamma, d: rule.GammaFloat, jet: jet.Jet64.Gamma})
	lgammaFunc     = elementwise(function{name: "Lgamma", f: special.Lgamma, d: rule.LgammaFloat, jet: jet.Jet64.Lgamma})
	digammaFunc    = elementwise(function{name: "Digamma", f: special.Digamma, d: rule.DigammaFloat, jet: jet.Jet64.Digamma})
	lambertWFunc   = elementwise(function{name: "LambertW", f: special.LambertW, d: rule.LambertWFloat, jet: jet.Jet64.LambertW})
)

// Const returns the constant c in the shape of x.
func (x Array) Const(c float64) Array { return BroadcastTo(Scalar(c), x.Shape()...) }

// Lead returns the order and the sign of the leading term of x, as dual.Real
// has it: order 0 where an element is not 0, and -1 where all are the constant
// 0. The sign is 0 where the elements disagree. Of zeros that vary the order is
// 1, for their derivatives may not be known yet.
func (x Array) Lead() (order, sign int) {
	b := x.live()
	var all []float64
	switch {
	case b.complex():
		return 0, 0
	case len(b.re) == 1:
		all = b.re
	default:
		all = b.reals()
	}
	order = -1
	for i, v := range all {
		s := 0
		switch {
		case v > 0:
			s = 1
		case v < 0:
			s = -1
		}
		if v != 0 {
			order = 0
		}
		if i == 0 {
			sign = s
		} else if s != sign {
			sign = 0
		}
	}
	if order < 0 && x.n != nil {
		return 1, 0
	}
	return order, sign
}

// Apply returns f(x), element by element, for a smooth function that is given
// by its derivatives: f(k, v) is the k-th derivative at v, and f(0, v) the
// value. Large arrays call f from several goroutines at once.
func (x Array) Apply(f func(k int, v float64) float64) Array {
	return elementwise(function{name: "Apply", f: func(v float64) float64 { return f(0, v) }, deriv: f}).of(x)
}

// FMA returns x·y+z. As in [AZMul] a 0 in x absorbs.
func (x Array) FMA(y, z Array) Array { return FMA(x, y, z) }

// Sqr returns x².
func (x Array) Sqr() Array { return Square(x) }

// Sqrt returns the square root of x.
func (x Array) Sqrt() Array { return Sqrt(x) }

// Cbrt returns the cube root of x.
func (x Array) Cbrt() Array { return Cbrt(x) }

// Hypot returns √(x²+y²); see the function [Hypot].
func (x Array) Hypot(y Array) Array { return Hypot(x, y) }

// Pow returns x raised to the power y; see the function [Pow].
func (x Array) Pow(y Array) Array { return Pow(x, y) }

// PowReal returns x raised to the constant power p. The power 0 is the constant
// 1.
func (x Array) PowReal(p float64) Array {
	if p == 0 {
		return x.Const(1)
	}
	return elementwise(function{
		name: "PowReal",
		f:    func(v float64) float64 { return power(v, p) },
		d:    func(v, y float64) float64 { return rule.PowRealFloat(p, v, y) },
		jet:  func(v jet.Jet64) jet.Jet64 { return v.PowReal(p) },
		c:    func(z complex128) complex128 { return complexPower(z, complex(p, 0)) },
		form: func(x, _ Array) Array { return x.PowReal(p - 1).Scale(p) },
	}).of(x)
}

// PowInt returns x raised to the integer power n.
func (x Array) PowInt(n int) Array {
	if n == 0 {
		return x.Const(1)
	}
	p := float64(n)
	return elementwise(function{
		name: "PowInt",
		f:    func(v float64) float64 { return power(v, p) },
		d:    func(v, y float64) float64 { return rule.PowIntFloat(n, v, y) },
		jet:  func(v jet.Jet64) jet.Jet64 { return v.PowInt(n) },
		c:    func(z complex128) complex128 { return cmplx.Pow(z, complex(p, 0)) },
		form: func(x, _ Array) Array { return x.PowInt(n - 1).Scale(p) },
	}).of(x)
}

// Exp returns e raised to the power x.
func (x Array) Exp() Array { return Exp(x) }

// Exp2 returns 2 raised to the power x.
func (x Array) Exp2() Array { return Exp2(x) }

// Expm1 returns e^x - 1, accurate also near 0.
func (x Array) Expm1() Array { return Expm1(x) }

// Log returns the natural logarithm of x.
func (x Array) Log() Array { return Log(x) }

// Log2 returns the binary logarithm of x.
func (x Array) Log2() Array { return Log2(x) }

// Log10 returns the decimal logarithm of x.
func (x Array) Log10() Array { return Log10(x) }

// Log1p returns log(1+x), accurate also near 0.
func (x Array) Log1p() Array { return Log1p(x) }

// Sin returns the sine of x (radians).
func (x Array) Sin() Array { return Sin(x) }

// Cos returns the cosine of x (radians).
func (x Array) Cos() Array { return Cos(x) }

// Sincos returns sin x and cos x.
func (x Array) Sincos() (sin, cos Array) { return Sin(x), Cos(x) }

// Tan returns the tangent of x (radians).
func (x Array) Tan() Array { return Tan(x) }

// Asin returns the arcsine of x.
func (x Array) Asin() Array { return Arcsin(x) }

// Acos returns the arccosine of x.
func (x Array) Acos() Array { return Arccos(x) }

// Atan returns the arctangent of x.
func (x Array) Atan() Array { return Arctan(x) }

// Atan2 returns the angle of the point with ordinate y, the receiver, and
// abscissa x.
func (y Array) Atan2(x Array) Array { return Arctan2(y, x) }

// Sinh returns the hyperbolic sine of x.
func (x Array) Sinh() Array { return Sinh(x) }

// Cosh returns the hyperbolic cosine of x.
func (x Array) Cosh() Array { return Cosh(x) }

// Tanh returns the hyperbolic tangent of x.
func (x Array) Tanh() Array { return Tanh(x) }

// Asinh returns the inverse hyperbolic sine of x.
func (x Array) Asinh() Array { return Arcsinh(x) }

// Acosh returns the inverse hyperbolic cosine of x.
func (x Array) Acosh() Array { return Arccosh(x) }

// Atanh returns the inverse hyperbolic tangent of x.
func (x Array) Atanh() Array { return Arctanh(x) }

// Erf returns the error function of x.
func (x Array) Erf() Array { return erfFunc.of(x) }

// Erfc returns 1 - erf x, accurate also in its tail.
func (x Array) Erfc() Array { return erfcFunc.of(x) }

// Erfcx returns exp(x²)·erfc x.
func (x Array) Erfcx() Array { return erfcxFunc.of(x) }

// Erfinv returns the inverse of the error function.
func (x Array) Erfinv() Array { return erfinvFunc.of(x) }

// NormCDF returns the distribution function of the standard normal
// distribution.
func (x Array) NormCDF() Array { return normCDFFunc.of(x) }

// LogNormCDF returns the logarithm of NormCDF, accurate in both tails.
func (x Array) LogNormCDF() Array { return logNormCDFFunc.of(x) }

// Gamma returns the gamma function of x.
func (x Array) Gamma() Array { return gammaFunc.of(x) }

// Lgamma returns the natural logarithm of |Γ(x)|.
func (x Array) Lgamma() Array { return lgammaFunc.of(x) }

// Digamma returns the derivative of log Γ(x).
func (x Array) Digamma() Array { return digammaFunc.of(x) }

// Polygamma returns the n-th derivative of the digamma function, for n ≥ 0.
func (x Array) Polygamma(n int) Array {
	if n < 0 {
		fail("Polygamma: order %d is negative", n)
	}
	return elementwise(function{
		name:  "Polygamma",
		f:     func(v float64) float64 { return special.Polygamma(n, v) },
		deriv: func(k int, v float64) float64 { return special.Polygamma(n+k, v) },
	}).of(x)
}

// BesselJ returns the Bessel function of the first kind J_n(x).
func (x Array) BesselJ(n int) Array {
	return bessel("BesselJ", n, special.BesselJ, rule.BesselJFloat, jet.Jet64.BesselJ).of(x)
}

// BesselY returns the Bessel function of the second kind Y_n(x).
func (x Array) BesselY(n int) Array {
	return bessel("BesselY", n, special.BesselY, rule.BesselYFloat, jet.Jet64.BesselY).of(x)
}

// BesselI returns the modified Bessel function of the first kind I_n(x).
func (x Array) BesselI(n int) Array {
	return bessel("BesselI", n, special.BesselI, rule.BesselIFloat, jet.Jet64.BesselI).of(x)
}

// BesselK returns the modified Bessel function of the second kind K_n(x).
func (x Array) BesselK(n int) Array {
	return bessel("BesselK", n, special.BesselK, rule.BesselKFloat, jet.Jet64.BesselK).of(x)
}

func bessel(name string, n int, f func(int, float64) float64, d func(n int, x, y float64) float64, j func(jet.Jet64, int) jet.Jet64) *function {
	return elementwise(function{
		name: name,
		f:    func(v float64) float64 { return f(n, v) },
		d:    func(v, y float64) float64 { return d(n, v, y) },
		jet:  func(v jet.Jet64) jet.Jet64 { return j(v, n) },
	})
}

// Logistic returns 1/(1+e^-x).
func (x Array) Logistic() Array { return Sigmoid(x) }

// Softplus returns log(1+e^x), accurate in both tails.
func (x Array) Softplus() Array { return Softplus(x) }

// Sinc returns sin(x)/x, and 1 at 0. The function [Sinc] is that of NumPy, with
// πx in place of x.
func (x Array) Sinc() Array { return sincFunc.of(x) }

// LambertW returns the principal branch of the Lambert function.
func (x Array) LambertW() Array { return lambertWFunc.of(x) }

// Abs returns |x|.
func (x Array) Abs() Array { return Abs(x) }

// Sign returns the signs of x: -1, 0 or 1.
func (x Array) Sign() Array { return Sign(x) }

// Max returns the larger of x and y, element by element. The function [Max] is
// the largest element.
func (x Array) Max(y Array) Array { return Maximum(x, y) }

// Min returns the smaller of x and y, element by element. The function [Min] is
// the smallest element.
func (x Array) Min(y Array) Array { return Minimum(x, y) }

// Clamp returns Min(Max(x, lo), hi).
func (x Array) Clamp(lo, hi float64) Array {
	if lo >= hi {
		return Where(IsNaN(x), x, Scalar(hi))
	}
	return Clip(x, Scalar(lo), Scalar(hi))
}

// Floor returns the greatest integers ≤ x.
func (x Array) Floor() Array { return Floor(x) }

// Ceil returns the least integers ≥ x.
func (x Array) Ceil() Array { return Ceil(x) }

// Round returns the nearest integers, halves away from zero. The function
// [Round] is that of NumPy.
func (x Array) Round() Array { return roundOp.apply1(nil, x) }

// Trunc returns the integer parts of x.
func (x Array) Trunc() Array { return Trunc(x) }

// Mod returns the remainder of x/y with the sign of x. The function [Mod] has
// the sign of y.
func (x Array) Mod(y Array) Array { return FMod(x, y) }

// Copysign returns |x| with the sign of y.
func (x Array) Copysign(y Array) Array { return Copysign(x, y) }
