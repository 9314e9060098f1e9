package rule

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
)

// Roots and powers.

// Sqrt has the derivative 1/(2√x). Adding 0 turns a result of -0 into +0, so
// that the one-sided derivative at -0 is +Inf too.
//
//rule:value math.Sqrt
//rule:doc the square root of x
//rule:domain 0 Inf
//rule:edge At 0 the derivative is +Inf.
func Sqrt[T Real[T]](_, y T) T { return y.AddConst(0).Scale(2).Inv() }

// Cbrt has the derivative 1/(3y²); 1/(3·cbrt(x²)) would underflow.
//
//rule:value math.Cbrt
//rule:doc the cube root of x
//rule:domain -Inf Inf
//rule:edge At 0 the derivative is +Inf.
func Cbrt[T Real[T]](_, y T) T { return y.Sqr().Scale(3).Inv() }

// PowReal has the derivative p·x^(p-1). A zero exponent is no variable, so
// that x⁰ is constant at every x.
//
//rule:value powReal
//rule:doc x raised to the constant power p
//rule:domain 0 Inf
//rule:edge At 0 the derivative is that of the limit from above: 0 for p > 1 and for p = 0, 1 for p = 1, and infinite for the rest. A negative x has a real power for integer p only.
func PowReal[T Real[T]](p float64, x, _ T) T {
	if p == 0 {
		return x.Const(0)
	}
	return x.PowReal(p - 1).Scale(p)
}

// PowInt has the derivative n·x^(n-1).
//
//rule:value powInt
//rule:doc x raised to the integer power n
//rule:domain -Inf Inf
//rule:edge At 0 the derivative of x⁰ is 0 and that of x¹ is 1.
func PowInt[T Real[T]](n int, x, _ T) T {
	if n == 0 {
		return x.Const(0)
	}
	return x.PowInt(n - 1).Scale(float64(n))
}

// Exponentials and logarithms.

// Exp is its own derivative.
//
//rule:value math.Exp
//rule:doc e raised to the power x
//rule:domain -Inf Inf
func Exp[T Real[T]](_, y T) T { return y }

// Exp2 has the derivative ln 2·2^x.
//
//rule:value math.Exp2
//rule:doc 2 raised to the power x
//rule:domain -Inf Inf
func Exp2[T Real[T]](_, y T) T { return y.Scale(math.Ln2) }

// Expm1 has the derivative e^x; 1+y would lose it for x below -37.
//
//rule:value math.Expm1
//rule:doc e^x - 1, accurate also near 0
//rule:domain -Inf Inf
func Expm1[T Real[T]](x, _ T) T { return x.Exp() }

// Log has the derivative 1/x, taken from above at ±0.
//
//rule:value log
//rule:doc the natural logarithm of x
//rule:domain 0 Inf
//rule:edge At 0 the derivative is +Inf.
func Log[T Real[T]](x, _ T) T { return x.AddConst(0).Inv() }

// Log2 has the derivative 1/(x ln 2).
//
//rule:value math.Log2
//rule:doc the binary logarithm of x
//rule:domain 0 Inf
//rule:edge At 0 the derivative is +Inf.
func Log2[T Real[T]](x, _ T) T { return x.AddConst(0).Inv().Scale(1 / math.Ln2) }

// Log10 has the derivative 1/(x ln 10).
//
//rule:value log10
//rule:doc the decimal logarithm of x
//rule:domain 0 Inf
//rule:edge At 0 the derivative is +Inf.
func Log10[T Real[T]](x, _ T) T { return x.AddConst(0).Inv().Scale(1 / math.Ln10) }

// Log1p has the derivative 1/(1+x).
//
//rule:value math.Log1p
//rule:doc the natural logarithm of 1+x, accurate also near 0
//rule:domain -1 Inf
//rule:edge At -1 the derivative is +Inf.
func Log1p[T Real[T]](x, _ T) T { return x.AddConst(1).Inv() }

// Trigonometric functions.

// Sin has the derivative cos x.
//
//rule:value math.Sin
//rule:doc the sine of x (radians)
//rule:domain -Inf Inf
func Sin[T Real[T]](x, _ T) T { return x.Cos() }

// Cos has the derivative -sin x.
//
//rule:value math.Cos
//rule:doc the cosine of x (radians)
//rule:domain -Inf Inf
func Cos[T Real[T]](x, _ T) T { return x.Sin().Neg() }

// Tan has the derivative 1+tan² x.
//
//rule:value math.Tan
//rule:doc the tangent of x (radians)
//rule:domain -Inf Inf
func Tan[T Real[T]](_, y T) T { return y.Sqr().AddConst(1) }

// Asin has the derivative 1/√((1-x)(1+x)), which does not cancel near ±1.
//
//rule:value math.Asin
//rule:doc the arcsine of x, in radians
//rule:domain -1 1
//rule:edge At ±1 the derivative is +Inf.
func Asin[T Real[T]](x, _ T) T { return oneMinusSqr(x).Sqrt().Inv() }

// Acos has the derivative -1/√((1-x)(1+x)).
//
//rule:value math.Acos
//rule:doc the arccosine of x, in radians
//rule:domain -1 1
//rule:edge At ±1 the derivative is -Inf.
func Acos[T Real[T]](x, _ T) T { return oneMinusSqr(x).Sqrt().Inv().Neg() }

// Atan has the derivative 1/(1+x²), arranged so that x² cannot overflow. The
// Taylor series of 1/x would lose digits for an x nearer to 0.
//
//rule:value math.Atan
//rule:doc the arctangent of x, in radians
//rule:domain -Inf Inf
func Atan[T Real[T]](x, _ T) T {
	switch v := x.Value(); {
	case v < -large || v > large:
		r := x.Inv().Sqr()
		return r.Div(r.AddConst(1))
	case v != v:
		return x.Hypot(x.Const(1)).Inv().Sqr()
	}
	return x.Sqr().AddConst(1).Inv()
}

// Hyperbolic functions.

// Sinh has the derivative cosh x.
//
//rule:value math.Sinh
//rule:doc the hyperbolic sine of x
//rule:domain -Inf Inf
func Sinh[T Real[T]](x, _ T) T { return x.Cosh() }

// Cosh has the derivative sinh x.
//
//rule:value math.Cosh
//rule:doc the hyperbolic cosine of x
//rule:domain -Inf Inf
func Cosh[T Real[T]](x, _ T) T { return x.Sinh() }

// Tanh has the derivative sech² x = 4e/(1+e)² with e = exp(-2|x|). The form
// 1-y² loses every digit for |x| > 19, but near 0 its derivative is better.
//
//rule:value math.Tanh
//rule:doc the hyperbolic tangent of x
//rule:domain -Inf Inf
func Tanh[T Real[T]](x, y T) T {
	v := x.Value()
	if v > -0.5 && v < 0.5 {
		return y.Sqr().Neg().AddConst(1)
	}
	z := bump(x.Scale(2)).Scale(4)
	if v != v {
		return where(x, func(v float64) bool { return v > -0.5 && v < 0.5 }, y.Sqr().Neg().AddConst(1), z)
	}
	return z
}

// Asinh has the derivative 1/√(1+x²), arranged so that x² cannot overflow; see
// Atan.
//
//rule:value math.Asinh
//rule:doc the inverse hyperbolic sine of x
//rule:domain -Inf Inf
func Asinh[T Real[T]](x, _ T) T {
	switch v := x.Value(); {
	case v < -large || v > large:
		r := x.Inv()
		if v < 0 {
			r = r.Neg()
		}
		return r.Div(r.Sqr().AddConst(1).Sqrt())
	case v != v:
		return x.Hypot(x.Const(1)).Inv()
	}
	return x.Sqr().AddConst(1).Sqrt().Inv()
}

// Acosh has the derivative 1/(√(x-1)·√(x+1)): two roots, for x² may overflow.
//
//rule:value math.Acosh
//rule:doc the inverse hyperbolic cosine of x
//rule:domain 1 Inf
//rule:edge At 1 the derivative is +Inf.
func Acosh[T Real[T]](x, _ T) T {
	return x.AddConst(-1).Sqrt().Inv().Mul(x.AddConst(1).Sqrt().Inv())
}

// Atanh has the derivative 1/((1-x)(1+x)).
//
//rule:value math.Atanh
//rule:doc the inverse hyperbolic tangent of x
//rule:domain -1 1
//rule:edge At ±1 the derivative is +Inf.
func Atanh[T Real[T]](x, _ T) T { return oneMinusSqr(x).Inv() }

// Error functions and the normal distribution.

// Erf has the derivative 2/√π·exp(-x²).
//
//rule:value math.Erf
//rule:doc the error function of x
//rule:domain -Inf Inf
func Erf[T Real[T]](x, _ T) T { return expNegSqr(x, 1).Scale(2 / sqrtPi) }

// Erfc has the derivative -2/√π·exp(-x²).
//
//rule:value special.Erfc
//rule:doc the complementary error function 1 - erf x, accurate also in its tail
//rule:domain -Inf Inf
func Erfc[T Real[T]](x, _ T) T { return expNegSqr(x, 1).Scale(-2 / sqrtPi) }

// Erfcx has the derivative 2xy - 2/√π, which cancels for large x; the
// repeated integrals of erfc (DLMF 7.18) do not.
//
//rule:value special.Erfcx
//rule:doc the scaled complementary error function exp(x²)·erfc x
//rule:domain -Inf Inf
func Erfcx[T Real[T]](x, _ T) T {
	return x.Apply(func(k int, x float64) float64 { return special.ErfcxDerivative(k+1, x) })
}

// Erfinv has the derivative √π/2·exp(y²).
//
//rule:value special.Erfinv
//rule:doc the inverse of the error function
//rule:domain -1 1
//rule:edge At ±1 the derivative is +Inf.
func Erfinv[T Real[T]](_, y T) T { return y.Sqr().Exp().Scale(sqrtPi / 2) }

// NormCDF has the derivative φ(x) = exp(-x²/2)/√(2π).
//
//rule:value special.NormCDF
//rule:doc the distribution function Φ of the standard normal distribution
//rule:domain -Inf Inf
func NormCDF[T Real[T]](x, _ T) T { return expNegSqr(x, 0.5).Scale(1 / sqrt2Pi) }

// LogNormCDF has the derivative φ(x)/Φ(x), in the lower tail through erfcx.
// Far out the higher derivatives of that form cancel, but not those of
// Laplace's continued fraction u + 1/(u + 2/(u + …)) with u = -x (Abramowitz
// and Stegun 26.2.14); 14 terms give the fourth derivative at -20 to 20 digits.
//
//rule:value special.LogNormCDF
//rule:doc log Φ(x), accurate in both tails
//rule:domain -Inf Inf
func LogNormCDF[T Real[T]](x, _ T) T {
	switch v := x.Value(); {
	case v < -20:
		return millsFar(x)
	case v < 0:
		return millsNear(x)
	case v != v:
		z := expNegSqr(x, 0.5).Scale(1 / sqrt2Pi).Div(x.NormCDF())
		z = where(x, func(v float64) bool { return v < 0 }, millsNear(x), z)
		return where(x, func(v float64) bool { return v < -20 }, millsFar(x), z)
	}
	return expNegSqr(x, 0.5).Scale(1 / sqrt2Pi).Div(x.NormCDF())
}

// millsNear returns φ(x)/Φ(x) for negative x.
func millsNear[T Real[T]](x T) T {
	return x.Scale(-math.Sqrt2 / 2).Erfcx().Inv().Scale(2 / sqrt2Pi)
}

// millsFar returns φ(x)/Φ(x) for x below -20.
func millsFar[T Real[T]](x T) T {
	u := x.Neg()
	m := u
	for k := 14.0; k > 0; k-- {
		m = m.Inv().Scale(k).Add(u)
	}
	return m
}

// The gamma family.

// Gamma has the derivative Γ(x)ψ(x).
//
//rule:value special.Gamma
//rule:doc the gamma function of x
//rule:domain -Inf Inf
func Gamma[T Real[T]](x, y T) T { return y.Mul(x.Digamma()) }

// Lgamma has the derivative ψ(x).
//
//rule:value special.Lgamma
//rule:doc the natural logarithm of |Γ(x)|
//rule:domain -Inf Inf
func Lgamma[T Real[T]](x, _ T) T { return x.Digamma() }

// Digamma has the derivative ψ′(x).
//
//rule:value special.Digamma
//rule:doc ψ(x), the derivative of log Γ(x)
//rule:domain -Inf Inf
func Digamma[T Real[T]](x, _ T) T { return x.Polygamma(1) }

// Polygamma of order n has the derivative of order n+1.
//
//rule:value special.Polygamma
//rule:order required
//rule:doc the n-th derivative of ψ at x, for n ≥ 0
//rule:domain -Inf Inf
func Polygamma[T Real[T]](n int, x, _ T) T { return x.Polygamma(n + 1) }

// Bessel functions, DLMF 10.6 and 10.29.

// BesselJ has the derivative (J_{n-1} - J_{n+1})/2.
//
//rule:value special.BesselJ
//rule:doc the Bessel function of the first kind J_n(x)
//rule:domain -Inf Inf
func BesselJ[T Real[T]](n int, x, _ T) T {
	if n == 0 {
		return x.BesselJ(1).Neg()
	}
	return x.BesselJ(n - 1).Sub(x.BesselJ(n + 1)).Scale(0.5)
}

// BesselY has the derivative (Y_{n-1} - Y_{n+1})/2.
//
//rule:value special.BesselY
//rule:doc the Bessel function of the second kind Y_n(x)
//rule:domain 0 Inf
func BesselY[T Real[T]](n int, x, _ T) T {
	if n == 0 {
		return x.BesselY(1).Neg()
	}
	if x.Value() == 0 {
		return x.BesselY(n + 1).Scale(-0.5) // the other term is infinitely smaller
	}
	return x.BesselY(n - 1).Sub(x.BesselY(n + 1)).Scale(0.5)
}

// BesselI has the derivative (I_{n-1} + I_{n+1})/2.
//
//rule:value special.BesselI
//rule:doc the modified Bessel function of the first kind I_n(x)
//rule:domain -Inf Inf
func BesselI[T Real[T]](n int, x, _ T) T {
	if n == 0 {
		return x.BesselI(1)
	}
	return x.BesselI(n - 1).Add(x.BesselI(n + 1)).Scale(0.5)
}

// BesselK has the derivative -(K_{n-1} + K_{n+1})/2.
//
//rule:value special.BesselK
//rule:doc the modified Bessel function of the second kind K_n(x)
//rule:domain 0 Inf
func BesselK[T Real[T]](n int, x, _ T) T {
	if n == 0 {
		return x.BesselK(1).Neg()
	}
	return x.BesselK(n - 1).Add(x.BesselK(n + 1)).Scale(-0.5)
}

// Others.

// Logistic has the derivative y(1-y), which cancels; see bump.
//
//rule:value special.Logistic
//rule:doc the logistic function 1/(1+e^-x)
//rule:domain -Inf Inf
func Logistic[T Real[T]](x, _ T) T { return bump(x) }

// Softplus has the derivative 1/(1+e^-x).
//
//rule:value special.Softplus
//rule:doc log(1+e^x), accurate in both tails
//rule:domain -Inf Inf
func Softplus[T Real[T]](x, _ T) T { return x.Logistic() }

// Sinc has the derivative (cos x - y)/x, which cancels near 0.
//
//rule:value special.Sinc
//rule:doc sin(x)/x, and 1 at 0
//rule:domain -Inf Inf
func Sinc[T Real[T]](x, _ T) T {
	return x.Apply(func(k int, x float64) float64 { return special.SincDerivative(k+1, x) })
}

// LambertW has the derivative exp(-y)/(1+y) = (1-1/(1+y))/x. The first form is
// right at 0, the second does not amplify the rounding of a large y.
//
//rule:value special.LambertW
//rule:doc the principal branch of the Lambert function, the solution y ≥ -1 of y·e^y = x
//rule:domain -0.36787944117144233 Inf
//rule:edge At the branch point -1/e the derivative is infinite.
func LambertW[T Real[T]](x, y T) T {
	v := x.Value()
	if v > 1 {
		return y.AddConst(1).Inv().Neg().AddConst(1).Div(x)
	}
	z := y.Neg().Exp().Div(y.AddConst(1))
	if v != v {
		return where(x, func(v float64) bool { return v > 1 }, y.AddConst(1).Inv().Neg().AddConst(1).Div(x), z)
	}
	return z
}

const (
	large   = 1e10 // beyond it 1+x² is x² to rounding
	sqrtPi  = 1.77245385090551602729816748334114518
	sqrt2Pi = 2.50662827463100050241576528481104525
)

// A Value of NaN stands for a NaN or for an array whose elements differ. So
// what depends on the size of x has a third branch for it, which is right for
// each element.

// where returns a where in holds for x, element by element, and b elsewhere. A
// NaN in x stays one.
func where[T Real[T]](x T, in func(v float64) bool, a, b T) T {
	w := indicator(x, in)
	return w.AZMul(a).Add(w.Neg().AddConst(1).AZMul(b))
}

// indicator returns 1 where in holds for x, 0 elsewhere and NaN for NaN, a
// constant.
func indicator[T Real[T]](x T, in func(v float64) bool) T {
	return x.Apply(func(k int, v float64) float64 {
		switch {
		case v != v:
			return v
		case k == 0 && in(v):
			return 1
		}
		return 0
	})
}

// oneMinusSqr returns 1-x². The product does not cancel near ±1, while the
// derivative of the plain form does not near 0.
func oneMinusSqr[T Real[T]](x T) T {
	v := x.Value()
	if v > -0.5 && v < 0.5 {
		return x.Sqr().Neg().AddConst(1)
	}
	z := x.Neg().AddConst(1).Mul(x.AddConst(1))
	if v != v {
		return where(x, func(v float64) bool { return v > -0.5 && v < 0.5 }, x.Sqr().Neg().AddConst(1), z)
	}
	return z
}

// bump returns e/(1+e)² with e = exp(-|x|), the derivative of the logistic
// function. Near 0 it is (1-t²)/4 with t = tanh(x/2), whose derivative does not
// cancel.
func bump[T Real[T]](x T) T {
	switch v := x.Value(); {
	case v > -1 && v < 1:
		return bumpNear(x)
	case v > 0:
		x = x.Neg()
	case v != v:
		positive := indicator(x, func(v float64) bool { return v > 0 })
		z := bumpFar(positive.Scale(-2).AddConst(1).Mul(x))
		return where(x, func(v float64) bool { return v > -1 && v < 1 }, bumpNear(x), z)
	}
	return bumpFar(x)
}

// bumpNear returns bump for an x near 0.
func bumpNear[T Real[T]](x T) T {
	return x.Scale(0.5).Tanh().Sqr().Neg().AddConst(1).Scale(0.25)
}

// bumpFar returns bump for an x that is not positive.
func bumpFar[T Real[T]](x T) T {
	e := x.Exp()
	return e.Div(e.AddConst(1).Sqr())
}

// expNegSqr returns exp(-c·x²) for c of at most 1 with a relative error of a
// few units in the last place also where x² is large: x is split into a head h
// of 26 bits, whose square is exact, and the rest.
func expNegSqr[T Real[T]](x T, c float64) T {
	v := x.Value()
	switch {
	case v < -40 || v > 40:
		return x.Const(0) // below the smallest subnormal, with all its derivatives
	case v != v:
		h := x.Apply(func(k int, v float64) float64 {
			if k > 0 && v == v {
				return 0
			}
			return math.Float64frombits(math.Float64bits(v) &^ (1<<27 - 1))
		})
		z := x.Sub(h).Mul(x.Add(h)).Scale(-c).Exp()
		return where(x, func(v float64) bool { return v >= -40 && v <= 40 }, z.Mul(h.Sqr().Scale(-c).Exp()), x.Const(0))
	}
	h := math.Float64frombits(math.Float64bits(v) &^ (1<<27 - 1))
	return x.AddConst(-h).Mul(x.AddConst(h)).Scale(-c).Exp().Scale(math.Exp(-c * h * h))
}
