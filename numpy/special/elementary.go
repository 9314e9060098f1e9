package special

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

// Error functions and the normal distribution.

// Erf returns the error function of x.
func Erf(x np.Array) np.Array { return x.Erf() }

// Erfc returns 1 - erf x, accurate also in its tail.
func Erfc(x np.Array) np.Array { return x.Erfc() }

// Erfcx returns exp(x²)·erfc x.
func Erfcx(x np.Array) np.Array { return x.Erfcx() }

// Erfinv returns the inverse of the error function.
func Erfinv(x np.Array) np.Array { return x.Erfinv() }

// Erfcinv returns the inverse of the function erfc, accurate also for small x.
func Erfcinv(x np.Array) np.Array { return NDTRI(x.Scale(0.5)).Scale(-1 / math.Sqrt2) }

// NDTR returns the distribution function of the standard normal distribution.
func NDTR(x np.Array) np.Array { return x.NormCDF() }

// LogNDTR returns the logarithm of [NDTR], accurate in both tails.
func LogNDTR(x np.Array) np.Array { return x.LogNormCDF() }

// Logistic functions and logarithms.

// Expit returns the logistic function 1/(1+e^-x).
func Expit(x np.Array) np.Array { return np.Sigmoid(x) }

// Logit returns log(x/(1-x)), the inverse of [Expit].
func Logit(x np.Array) np.Array { return np.Log(x).Sub(np.Log1p(x.Neg())) }

// LogSumExp returns log Σ exp(x) without overflow; see [np.LogSumExp].
func LogSumExp(x np.Array, opts ...np.ReduceOption) np.Array { return np.LogSumExp(x, opts...) }

// XLogY returns x·log y, and 0 where x is 0.
func XLogY(x, y np.Array) np.Array { return np.AZMul(x, np.Log(y)) }

// XLog1PY returns x·log(1+y), and 0 where x is 0.
func XLog1PY(x, y np.Array) np.Array { return np.AZMul(x, np.Log1p(y)) }

// Entr returns -x·log x, 0 at 0 and -Inf for negative x.
func Entr(x np.Array) np.Array {
	low := np.Less(x, np.Array{})
	y := np.Where(low, x.Const(1), x)
	return np.Where(low, np.Scalar(math.Inf(-1)), np.AZMul(y, np.Log(y)).Neg())
}

// LambertW returns the principal branch of the Lambert function, y ≥ -1 with
// y·e^y = x.
func LambertW(x np.Array) np.Array { return x.LambertW() }

// The gamma family.

// Gamma returns the gamma function of x.
func Gamma(x np.Array) np.Array { return x.Gamma() }

// GammaLn returns the logarithm of |Γ(x)|.
func GammaLn(x np.Array) np.Array { return x.Lgamma() }

// RGamma returns 1/Γ(x), 0 at the poles of Γ.
func RGamma(x np.Array) np.Array {
	pole := np.LogicalAnd(np.LessEqual(x, np.Array{}), np.Equal(np.Floor(x), x))
	return np.Where(pole, np.Array{}, np.Where(pole, x.Const(1), x).Gamma().Inv())
}

// GammaSgn returns the sign of Γ(x), without a derivative, NaN at its poles.
func GammaSgn(x np.Array) np.Array {
	even := np.Equal(np.Mod(np.Floor(x), np.Scalar(2)), np.Array{})
	sign := np.Where(np.LogicalOr(np.Greater(x, np.Array{}), even), np.Scalar(1), np.Scalar(-1))
	pole := np.LogicalAnd(np.Less(x, np.Array{}), np.Equal(np.Floor(x), x))
	return np.Where(pole, np.Scalar(math.NaN()), sign)
}

// Digamma returns the derivative of log Γ(x).
func Digamma(x np.Array) np.Array { return x.Digamma() }

// Psi is another name of [Digamma].
func Psi(x np.Array) np.Array { return x.Digamma() }

// Polygamma returns the n-th derivative of [Digamma], for n ≥ 0.
func Polygamma(n int, x np.Array) np.Array { return x.Polygamma(n) }

// MultiGammaLn returns the logarithm of the multivariate gamma function of
// dimension d.
func MultiGammaLn(a np.Array, d int) np.Array {
	if d < 1 {
		np.Fail("special: MultiGammaLn: dimension %d is not positive", d)
	}
	y := a.Const(float64(d*(d-1)) / 4 * math.Log(math.Pi))
	for j := range d {
		y = np.Add(y, a.AddConst(-float64(j)/2).Lgamma())
	}
	return y
}

// Bessel functions.

// J0 returns the Bessel function J₀(x).
func J0(x np.Array) np.Array { return x.BesselJ(0) }

// J1 returns the Bessel function J₁(x).
func J1(x np.Array) np.Array { return x.BesselJ(1) }

// JN returns the Bessel function J_n(x) of integer order.
func JN(n int, x np.Array) np.Array { return x.BesselJ(n) }

// Y0 returns the Bessel function Y₀(x).
func Y0(x np.Array) np.Array { return x.BesselY(0) }

// Y1 returns the Bessel function Y₁(x).
func Y1(x np.Array) np.Array { return x.BesselY(1) }

// YN returns the Bessel function Y_n(x) of integer order.
func YN(n int, x np.Array) np.Array { return x.BesselY(n) }

// I0 returns the modified Bessel function I₀(x).
func I0(x np.Array) np.Array { return x.BesselI(0) }

// I1 returns the modified Bessel function I₁(x).
func I1(x np.Array) np.Array { return x.BesselI(1) }

// K0 returns the modified Bessel function K₀(x).
func K0(x np.Array) np.Array { return x.BesselK(0) }

// K1 returns the modified Bessel function K₁(x).
func K1(x np.Array) np.Array { return x.BesselK(1) }

// KN returns the modified Bessel function K_n(x) of integer order.
func KN(n int, x np.Array) np.Array { return x.BesselK(n) }
