package numpy

import (
	"math"
	"math/cmplx"

	"github.com/dualjet/dualjet/internal/rule"
	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
)

// The elementary functions. For real numbers the first derivative is that of
// package rule, which is accurate also where the textbook formula cancels, and
// the higher ones are those of jets. For complex numbers the derivative is a
// formula in array operations.

var (
	expFunc = elementwise(function{
		name: "Exp", f: math.Exp, d: func(_, y float64) float64 { return y }, jet: jet.Jet64.Exp, c: cmplx.Exp,
		pull:   func(dst, v, _, y []float64) { azMulFloats.loop(dst, v, y) },
		simple: true,
	})
	exp2Func = elementwise(function{
		name: "Exp2", f: math.Exp2, d: func(_, y float64) float64 { return y * math.Ln2 }, jet: jet.Jet64.Exp2,
		c:      func(z complex128) complex128 { return cmplx.Exp(complex(real(z)*math.Ln2, imag(z)*math.Ln2)) },
		simple: true,
	})
	expm1Func = elementwise(function{
		name: "Expm1", f: math.Expm1, d: rule.Expm1Float, jet: jet.Jet64.Expm1, c: complexExpm1,
	})
	logFunc = elementwise(function{
		name: "Log", f: realLog, d: rule.LogFloat, jet: jet.Jet64.Log, c: cmplx.Log,
	})
	log2Func = elementwise(function{
		name: "Log2", f: math.Log2, d: rule.Log2Float, jet: jet.Jet64.Log2,
		c: func(z complex128) complex128 {
			z = cmplx.Log(z)
			return complex(real(z)/math.Ln2, imag(z)/math.Ln2)
		},
	})
	log10Func = elementwise(function{
		name: "Log10", f: realLog10, d: rule.Log10Float, jet: jet.Jet64.Log10, c: cmplx.Log10,
	})
	log1pFunc = elementwise(function{
		name: "Log1p", f: math.Log1p, d: rule.Log1pFloat, jet: jet.Jet64.Log1p, c: complexLog1p,
	})
	sqrtFunc = elementwise(function{
		name: "Sqrt", f: math.Sqrt, d: rule.SqrtFloat, jet: jet.Jet64.Sqrt, c: cmplx.Sqrt,
		loop: func(dst, x []float64) {
			for i, v := range x {
				dst[i] = math.Sqrt(v)
			}
		},
	})
	cbrtFunc = elementwise(function{name: "Cbrt", f: math.Cbrt, d: rule.CbrtFloat, jet: jet.Jet64.Cbrt})

	sinFunc = elementwise(function{
		name: "Sin", f: math.Sin, d: func(x, _ float64) float64 { return math.Cos(x) }, jet: jet.Jet64.Sin, c: cmplx.Sin,
		simple: true,
	})
	cosFunc = elementwise(function{
		name: "Cos", f: math.Cos, d: func(x, _ float64) float64 { return -math.Sin(x) }, jet: jet.Jet64.Cos, c: cmplx.Cos,
		simple: true,
	})
	tanFunc = elementwise(function{
		name: "Tan", f: math.Tan, d: rule.TanFloat, jet: jet.Jet64.Tan, c: cmplx.Tan,
	})
	asinFunc = elementwise(function{
		name: "Arcsin", f: math.Asin, d: rule.AsinFloat, jet: jet.Jet64.Asin, c: cmplx.Asin,
	})
	acosFunc = elementwise(function{
		name: "Arccos", f: math.Acos, d: rule.AcosFloat, jet: jet.Jet64.Acos, c: cmplx.Acos,
	})
	atanFunc = elementwise(function{
		name: "Arctan", f: math.Atan, d: rule.AtanFloat, jet: jet.Jet64.Atan, c: cmplx.Atan,
	})
	sinhFunc = elementwise(function{
		name: "Sinh", f: math.Sinh, d: func(x, _ float64) float64 { return math.Cosh(x) }, jet: jet.Jet64.Sinh, c: cmplx.Sinh,
		simple: true,
	})
	coshFunc = elementwise(function{
		name: "Cosh", f: math.Cosh, d: func(x, _ float64) float64 { return math.Sinh(x) }, jet: jet.Jet64.Cosh, c: cmplx.Cosh,
		simple: true,
	})
	tanhFunc = elementwise(function{
		name: "Tanh", f: math.Tanh, d: rule.TanhFloat, jet: jet.Jet64.Tanh, c: cmplx.Tanh,
	})
	asinhFunc = elementwise(function{
		name: "Arcsinh", f: math.Asinh, d: rule.AsinhFloat, jet: jet.Jet64.Asinh, c: cmplx.Asinh,
	})
	acoshFunc = elementwise(function{
		name: "Arccosh", f: math.Acosh, d: rule.AcoshFloat, jet: jet.Jet64.Acosh, c: cmplx.Acosh,
	})
	atanhFunc = elementwise(function{
		name: "Arctanh", f: math.Atanh, d: rule.AtanhFloat, jet: jet.Jet64.Atanh, c: cmplx.Atanh,
	})

	logisticFunc = elementwise(function{
		name: "Sigmoid", f: special.Logistic, d: rule.LogisticFloat, jet: jet.Jet64.Logistic,
		c: func(z complex128) complex128 { return 1 / (1 + cmplx.Exp(-z)) },
	})
	softplusFunc = elementwise(function{
		name: "Softplus", f: special.Softplus, d: func(x, _ float64) float64 { return special.Logistic(x) }, jet: jet.Jet64.Softplus,
		c:      func(z complex128) complex128 { return cmplx.Log(1 + cmplx.Exp(z)) },
		simple: true,
	})
	squareFunc = elementwise(function{
		name: "Square", f: func(x float64) float64 { return x * x }, d: func(x, _ float64) float64 { return 2 * x }, jet: jet.Jet64.Sqr,
		loop: func(dst, x []float64) {
			for i, v := range x {
				dst[i] = v * v
			}
		},
		pull: func(dst, v, x, _ []float64) {
			v, x = v[:len(dst)], x[:len(dst)]
			for i, w := range v {
				if w != 0 {
					w *= 2 * x[i]
				}
				dst[i] = w
			}
		},
		c:      func(z complex128) complex128 { return z * z },
		simple: true,
	})
	sincFunc = elementwise(function{
		name: "Sinc", f: special.Sinc, d: rule.SincFloat, jet: jet.Jet64.Sinc,
		c: func(z complex128) complex128 {
			if z == 0 {
				return 1
			}
			return cmplx.Sin(z) / z
		},
	})
)

// The formulas use the functions, so that they cannot stand in the table.
func init() {
	expFunc.form = func(_, y Array) Array { return y }
	exp2Func.form = func(_, y Array) Array { return y.Scale(math.Ln2) }
	expm1Func.form = func(x, _ Array) Array { return Exp(x) }
	logFunc.form = func(x, _ Array) Array { return x.Inv() }
	log2Func.form = func(x, _ Array) Array { return x.Inv().Scale(1 / math.Ln2) }
	log10Func.form = func(x, _ Array) Array { return x.Inv().Scale(1 / math.Ln10) }
	log1pFunc.form = func(x, _ Array) Array { return x.AddConst(1).Inv() }
	sqrtFunc.form = func(_, y Array) Array { return y.Scale(2).Inv() }
	sinFunc.form = func(x, _ Array) Array { return Cos(x) }
	cosFunc.form = func(x, _ Array) Array { return Sin(x).Neg() }
	tanFunc.form = func(_, y Array) Array { return Square(y).AddConst(1) }
	asinFunc.form = func(x, _ Array) Array { return Sqrt(Square(x).Neg().AddConst(1)).Inv() }
	acosFunc.form = func(x, _ Array) Array { return Sqrt(Square(x).Neg().AddConst(1)).Inv().Neg() }
	atanFunc.form = func(x, _ Array) Array { return Square(x).AddConst(1).Inv() }
	sinhFunc.form = func(x, _ Array) Array { return Cosh(x) }
	coshFunc.form = func(x, _ Array) Array { return Sinh(x) }
	tanhFunc.form = func(_, y Array) Array { return Square(y).Neg().AddConst(1) }
	asinhFunc.form = func(x, _ Array) Array { return Sqrt(Square(x).AddConst(1)).Inv() }
	acoshFunc.form = func(x, _ Array) Array { return Mul(Sqrt(x.AddConst(-1)), Sqrt(x.AddConst(1))).Inv() }
	atanhFunc.form = func(x, _ Array) Array { return Square(x).Neg().AddConst(1).Inv() }
	logisticFunc.form = func(_, y Array) Array { return Mul(y, y.Neg().AddConst(1)) }
	softplusFunc.form = func(x, _ Array) Array { return Sigmoid(x) }
	squareFunc.form = func(x, _ Array) Array { return x.Scale(2) }
	sincFunc.form = func(x, y Array) Array { return azDiv(Cos(x).Sub(y), x) }
}

// realLog is math.Log, which on amd64 is wrong for subnormal numbers.
func realLog(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x)
}

// realLog10 is math.Log10, with the same remedy.
func realLog10(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log10(x*0x1p54) - 54*(math.Ln2/math.Ln10)
	}
	return math.Log10(x)
}

// complexExpm1 returns exp(z)-1 without cancellation near 0.
func complexExpm1(z complex128) complex128 {
	x, y := real(z), imag(z)
	s := math.Sin(y / 2)
	return complex(math.Expm1(x)*math.Cos(y)-2*s*s, math.Exp(x)*math.Sin(y))
}

// complexLog1p returns log(1+z) without cancellation near 0.
func complexLog1p(z complex128) complex128 {
	x, y := real(z), imag(z)
	if math.Abs(x) < 0.5 && math.Abs(y) < 0.5 {
		return complex(0.5*math.Log1p(x*(2+x)+y*y), math.Atan2(y, 1+x))
	}
	return cmplx.Log(1 + z)
}

// Exp returns e raised to the power x.
func Exp(x Array) Array { return expFunc.of(x) }

// Exp2 returns 2 raised to the power x.
func Exp2(x Array) Array { return exp2Func.of(x) }

// Expm1 returns e^x - 1, accurate also near 0.
func Expm1(x Array) Array { return expm1Func.of(x) }

// Log returns the natural logarithm of x, NaN for a negative real number. At 0
// the derivative is +Inf.
func Log(x Array) Array { return logFunc.of(x) }

// Log2 returns the binary logarithm of x.
func Log2(x Array) Array { return log2Func.of(x) }

// Log10 returns the decimal logarithm of x.
func Log10(x Array) Array { return log10Func.of(x) }

// Log1p returns log(1+x), accurate also near 0.
func Log1p(x Array) Array { return log1pFunc.of(x) }

// Sqrt returns the square root of x, NaN for a negative real number. At 0 the
// derivative is +Inf, unless x does not vary there.
func Sqrt(x Array) Array { return sqrtFunc.of(x) }

// Cbrt returns the real cube root of x. At 0 the derivative is +Inf.
func Cbrt(x Array) Array { return cbrtFunc.of(x) }

// Square returns x².
func Square(x Array) Array { return squareFunc.of(x) }

// Sin returns the sine of x (radians).
func Sin(x Array) Array { return sinFunc.of(x) }

// Cos returns the cosine of x (radians).
func Cos(x Array) Array { return cosFunc.of(x) }

// Tan returns the tangent of x (radians).
func Tan(x Array) Array { return tanFunc.of(x) }

// Arcsin returns the arcsine of x.
func Arcsin(x Array) Array { return asinFunc.of(x) }

// Arccos returns the arccosine of x.
func Arccos(x Array) Array { return acosFunc.of(x) }

// Arctan returns the arctangent of x.
func Arctan(x Array) Array { return atanFunc.of(x) }

// Sinh returns the hyperbolic sine of x.
func Sinh(x Array) Array { return sinhFunc.of(x) }

// Cosh returns the hyperbolic cosine of x.
func Cosh(x Array) Array { return coshFunc.of(x) }

// Tanh returns the hyperbolic tangent of x.
func Tanh(x Array) Array { return tanhFunc.of(x) }

// Arcsinh returns the inverse hyperbolic sine of x.
func Arcsinh(x Array) Array { return asinhFunc.of(x) }

// Arccosh returns the inverse hyperbolic cosine of x.
func Arccosh(x Array) Array { return acoshFunc.of(x) }

// Arctanh returns the inverse hyperbolic tangent of x.
func Arctanh(x Array) Array { return atanhFunc.of(x) }

// Sigmoid returns the logistic function 1/(1+e^-x).
func Sigmoid(x Array) Array { return logisticFunc.of(x) }

// Softplus returns log(1+e^x), accurate in both tails.
func Softplus(x Array) Array { return softplusFunc.of(x) }

// Sinc returns sin(πx)/(πx), and 1 at 0.
func Sinc(x Array) Array { return sincFunc.of(x.Scale(math.Pi)) }

// Reciprocal returns 1/x.
func Reciprocal(x Array) Array { return x.Inv() }

// Neg returns -x.
func Neg(x Array) Array { return x.Neg() }

// Deg2Rad turns degrees into radians.
func Deg2Rad(x Array) Array { return x.Scale(math.Pi / 180) }

// Rad2Deg turns radians into degrees.
func Rad2Deg(x Array) Array { return x.Scale(180 / math.Pi) }

// Negative is another name of [Neg].
func Negative(x Array) Array { return x.Neg() }

// Positive returns x.
func Positive(x Array) Array { return x }

// Degrees is another name of [Rad2Deg].
func Degrees(x Array) Array { return Rad2Deg(x) }

// Radians is another name of [Deg2Rad].
func Radians(x Array) Array { return Deg2Rad(x) }
