package special

import "math"

// ExpN returns the exponential integral Eₙ(x), the integral of e**(-xt)/tⁿ from
// t = 1, for n ≥ 0.
//
// Special cases are:
//
//	ExpN(n, 0) = 1/(n-1) for n > 1, +Inf otherwise
//	ExpN(n, +Inf) = 0
//	ExpN(n, x) = NaN for x < 0
//	ExpN(n, NaN) = NaN
//
// For x ≤ 1 it uses the power series NIST DLMF 8.19.8, else the even part of
// the continued fraction NIST DLMF 8.19.17.
func ExpN(n int, x float64) float64 {
	switch {
	case !(x >= 0):
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	case x == 0:
		if n > 1 {
			return 1 / float64(n-1)
		}
		return math.Inf(1)
	case n == 0:
		return math.Exp(-x) / x
	case x > 1 || n > 100:
		fn := float64(n)
		t := 0.0
		for k := math.Ceil(20 + 100/math.Max(x, 1)); k > 0; k-- {
			t = k * (fn + k - 1) / (x + fn + 2*k - t)
		}
		return math.Exp(-x) / (x + fn - t)
	}
	sum, p := 0.0, 1.0 // p is (-x)ᵏ/k!
	for k := 0; k < n+2 || math.Abs(p) > 0x1p-60*math.Abs(sum); k++ {
		if k == n-1 {
			sum += p * (Digamma(float64(n)) - gammaLog(x))
		} else {
			sum -= p / float64(k+1-n)
		}
		p *= -x / float64(k+1)
	}
	return sum
}

// ExpI returns the exponential integral Ei(x), the principal value of that of
// e**t/t from -Inf to x. Near its zero at 0.3725 the error is as small compared
// to 1.
//
// Special cases are:
//
//	ExpI(±0) = -Inf
//	ExpI(-Inf) = -0
//	ExpI(+Inf) = +Inf
//	ExpI(NaN) = NaN
//
// For positive x it uses the power series NIST DLMF 6.6.1 and, from 40 on, the
// asymptotic expansion 6.12.2.
func ExpI(x float64) float64 {
	switch {
	case x <= 0:
		return -ExpN(1, -x)
	case x < 40:
		sum, p := 0.0, 1.0
		for k := 1.0; k < 5 || p > 0x1p-56*sum*k; k++ {
			p *= x / k
			sum += p / k
		}
		return besselEuler + gammaLog(x) + sum
	case math.IsInf(x, 1):
		return x
	}
	sum, t := 1.0, 1.0
	for k := 1.0; k < x && t > 0x1p-57; k++ {
		t *= k / x
		sum += t
	}
	e := math.Exp(0.5 * x)
	return e / x * sum * e
}

// SiCi returns the sine integral Si(x) = ∫₀ˣ sin(t)/t dt and the cosine integral
// Ci(|x|) = γ + log |x| + ∫₀ˣ (cos(t)-1)/t dt. Near a zero of Ci the error is as
// small compared to 1/x.
//
// Special cases are:
//
//	SiCi(±0) = ±0, -Inf
//	SiCi(±Inf) = ±π/2, 0
//	SiCi(NaN) = NaN, NaN
//
// For |x| ≤ 2 it uses the power series NIST DLMF 6.6.5 and 6.6.6, else the
// continued fraction 6.9.1 of E₁(ix) = i(Si(x)-π/2) - Ci(x).
func SiCi(x float64) (si, ci float64) {
	a := math.Abs(x)
	switch {
	case x == 0:
		return x, math.Inf(-1)
	case math.IsInf(a, 1):
		return math.Copysign(math.Pi/2, x), 0
	case a <= 2:
		ci = besselEuler + gammaLog(a)
		p := 1.0
		for k := 1.0; math.Abs(p) > 0x1p-60; k += 2 {
			p *= a / k
			si += p / k
			p *= -a / (k + 1)
			ci += p / (k + 1)
		}
	default:
		t := complex(0, 0)
		for k := math.Ceil(20 + 200/a); k > 0; k-- {
			t = complex(k*k, 0) / (complex(1+2*k, a) - t)
		}
		s, c := math.Sincos(a)
		e := complex(c, -s) / (complex(1, a) - t)
		si, ci = math.Pi/2+imag(e), -real(e)
	}
	return math.Copysign(si, x), ci
}
