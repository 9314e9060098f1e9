package special

import "math"

// sincSmall is the bound on |x| below which the power series is used. There it
// loses no accuracy to cancellation.
const sincSmall = 1.5

// Sinc returns the unnormalized cardinal sine sin(x)/x.
//
// Special cases are:
//
//	Sinc(±0) = 1
//	Sinc(±Inf) = 0
//	Sinc(NaN) = NaN
func Sinc(x float64) float64 {
	switch {
	case math.IsInf(x, 0):
		return 0
	case -1 < x && x < 1:
		// The Taylor series, DLMF 4.19.1, truncated where it contributes
		// less than 2**-60.
		z := x * x
		return 1 - z*(1.0/6-z*(1.0/120-z*(1.0/5040-z*(1.0/362880-z*(1.0/39916800-
			z*(1.0/6227020800-z*(1.0/1307674368000-z*(1.0/355687428096000))))))))
	}
	return math.Sin(x) / x
}

// SincDerivative returns the k-th derivative of Sinc at x. It panics if k is
// negative.
//
// The derivatives are s_k = ∫₀¹ tᵏ·cos(xt+kπ/2) dt and satisfy
// x·s_k + k·s_{k-1} = sin(x+kπ/2). The recurrence is stable in the forward
// direction while k <= |x|. Otherwise its solution by backward recurrence (W.
// Gautschi, Computational aspects of three-term recurrence relations, SIAM Rev.
// 9 (1967), 24-82) is summed as a series, and the power series is used for
// small |x|. The relative error is small except near the zeros of s_k, where
// the absolute error is small relative to min(1/(k+1), 1/|x|).
//
// Special cases are:
//
//	SincDerivative(0, x) = Sinc(x)
//	SincDerivative(k, ±Inf) = 0
//	SincDerivative(k, NaN) = NaN
func SincDerivative(k int, x float64) float64 {
	switch {
	case k < 0:
		panic("special: negative order of derivative")
	case k == 0:
		return Sinc(x)
	case math.IsNaN(x):
		return x
	case math.IsInf(x, 0):
		return 0
	}
	a := math.Abs(x)
	var y float64
	switch {
	case a <= sincSmall:
		y = sincSeries(k, a)
	case float64(k) <= a:
		sin, cos := math.Sincos(a)
		y = sin / a
		for j := 1; j <= k; j++ {
			sin, cos = cos, -sin
			y = (sin - float64(j)*y) / a
		}
	default:
		y = sincBackward(k, a)
	}
	if k&1 == 1 && x < 0 {
		y = -y
	}
	return y
}

// sincSeries returns the k-th derivative of Sinc at x from its power series
// Σ cos((n+k)π/2)·xⁿ/(n!·(n+k+1)), in which only the n of the parity of k
// contribute, with alternating signs.
func sincSeries(k int, x float64) float64 {
	z := x * x
	n := k & 1
	t := 1.0 // xⁿ/n! up to the leading power and the sign
	if n == 1 {
		t = x
	}
	if (n+k)&2 != 0 {
		t = -t
	}
	first := t / float64(n+k+1)
	if z == 0 {
		return first
	}
	eps := math.Abs(t) * 0x1p-60
	sum := 0.0
	for math.Abs(t) > eps {
		n += 2
		t *= -z / float64(n*(n-1))
		sum += t / float64(n+k+1)
	}
	return first + sum
}

// sincBackward returns the k-th derivative of Sinc at x, 0 < x < k+1, from the
// series
//
//	s_k = Σ (-x)ʲ·sin(x+(k+1+j)π/2) / ((k+1)(k+2)...(k+1+j)),
//
// that is the recurrence relation solved for s_{k-1} and iterated.
func sincBackward(k int, x float64) float64 {
	// a and b are the sums over the even and the odd j, which multiply
	// sin(x+(k+1)π/2) and -cos(x+(k+1)π/2).
	var a, b float64
	n := float64(k + 1)
	t := 1 / n
	eps := t * 0x1p-57
	for math.Abs(t) > eps {
		a += t
		n++
		t *= x / n
		b += t
		n++
		t *= -x / n
	}
	sin, cos := math.Sincos(x)
	switch (k + 1) & 3 {
	case 0:
		return sin*a - cos*b
	case 1:
		return cos*a + sin*b
	case 2:
		return cos*b - sin*a
	default:
		return -(cos*a + sin*b)
	}
}
