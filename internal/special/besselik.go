package special

import "math"

// besselPowFact returns hⁿ/n! for n ≥ 0, 0 ≤ h ≤ max(10, √(n+1)).
func besselPowFact(n int, h float64) float64 {
	switch {
	case n == 0:
		return 1
	case n < len(gammaFact):
		return polyPow(h, n) / gammaFact[n]
	case n > 400:
		return 0 // underflow for all h
	}
	const m = len(gammaFact) - 1
	p := polyPow(h, m) / gammaFact[m]
	for i := m + 1; i <= n; i++ {
		p *= h / float64(i)
	}
	return p
}

// besselScale returns v * e**x * 2**k, where v is not near overflow or
// underflow and only the product counts.
func besselScale(v, x float64, k int) float64 {
	if math.Abs(x) < 700 && k == 0 {
		return v * math.Exp(x)
	}
	// ln2Hi has 21 trailing zero bits.
	const (
		ln2Hi = 6.93147180369123816490e-01
		ln2Lo = math.Ln2 - ln2Hi
	)
	m := math.Round(x / math.Ln2)
	f := (x - m*ln2Hi) - m*ln2Lo
	switch {
	case m+float64(k) > 1e5:
		return math.Inf(1)
	case m+float64(k) < -1e5:
		return 0
	}
	return math.Ldexp(v*math.Exp(f), int(m)+k)
}

// besselISeries returns Iₙ(x) for n ≥ 0, 0 < x ≤ 20 by its power series
// NIST DLMF 10.25.2.
func besselISeries(n int, x float64) float64 {
	h := 0.5 * x
	p := besselPowFact(n, h)
	if p == 0 {
		return 0
	}
	q := h * h
	fn := float64(n)
	sum, t := 0.0, 1.0
	for k := 1.0; ; k++ {
		t *= q / (k * (k + fn))
		sum += t
		if t <= 0x1p-57*sum {
			break
		}
	}
	return p + p*sum
}

// besselIAsym returns √(2πx)·e**-x·Iₙ(x) for x ≥ 20, n ≤ √(2x), by the
// asymptotic expansion NIST DLMF 10.40.1.
func besselIAsym(n int, x float64) float64 {
	mu := 4 * float64(n) * float64(n)
	z := -0.125 / x
	sum, t := 0.0, 1.0
	for k := 1.0; k < 60; k++ {
		m := 2*k - 1
		t *= (mu - m*m) / k * z
		sum += t
		if math.Abs(t) < 0x1p-57 {
			break
		}
	}
	return 1 + sum
}

// BesselI returns the modified Bessel function of the first kind Iₙ(x).
//
// Special cases are:
//
//	BesselI(0, 0) = 1
//	BesselI(n, 0) = 0 for n ≠ 0
//	BesselI(n, +Inf) = +Inf
//	BesselI(n, -Inf) = +Inf for even n, -Inf for odd n
//	BesselI(n, NaN) = NaN
//
// For |x| ≤ 20 BesselI sums the power series NIST DLMF 10.25.2, for larger
// |x| ≥ n²/2 the asymptotic expansion NIST DLMF 10.40.1. In between it
// computes the ratios of functions of consecutive order by backward
// recurrence, a method of J. C. P. Miller (NIST DLMF 3.6(iii)), and
// normalizes them with I₀(x).
func BesselI(n int, x float64) float64 {
	if math.IsNaN(x) {
		return x
	}
	odd := n&1 == 1
	if n < 0 {
		n = -n
		if n < 0 {
			n = math.MaxInt // I is zero or infinite alike
		}
	}
	r := besselIPos(n, math.Abs(x))
	if odd && x < 0 {
		return -r
	}
	return r
}

// besselIPos returns Iₙ(x) for n ≥ 0, x ≥ 0.
func besselIPos(n int, x float64) float64 {
	switch {
	case x == 0:
		if n == 0 {
			return 1
		}
		return 0
	case math.IsInf(x, 1):
		return x
	case x <= 20:
		return besselISeries(n, x)
	}
	fn := float64(n)
	if 0.5*fn*fn > x {
		// Estimate log I by the first term of Debye's expansion for large
		// orders, NIST DLMF 10.41.3, to save work where the result is out of
		// range.
		z := x / fn
		w := math.Hypot(1, z)
		l := fn*(w-math.Asinh(1/z)) - 0.5*math.Log(2*math.Pi*fn*w)
		switch {
		case l > 715:
			return math.Inf(1)
		case l < -755:
			return 0
		}
	}
	return besselScale(besselIScaled(n, x))
}

// besselIScaled returns v and k with Iₙ(x) = v * e**x * 2**k for n ≥ 0, x > 20.
func besselIScaled(n int, x float64) (v, ex float64, k int) {
	v = besselInvSqrt2Pi / math.Sqrt(x)
	fn := float64(n)
	if 0.5*fn*fn <= x {
		return v * besselIAsym(n, x), x, 0
	}
	p, k := besselIRatio(n, x)
	return v * besselIAsym(0, x) * p, x, k
}

// besselInvSqrt2Pi is 1/√(2π).
const besselInvSqrt2Pi = 0.39894228040143267793994605993438186848

// besselIRatio returns p and k with Iₙ(x)/I₀(x) = p * 2**k for n ≥ 1, x > 0.
func besselIRatio(n int, x float64) (p float64, k int) {
	// I(N)K(n)/(I(n)K(N)) is below 2⁻⁵⁶ for N² ≈ n² + 40x.
	fn := float64(n)
	m := math.Ceil(math.Sqrt(fn*fn+42*x)) + 10
	h := 2 / x
	r := 0.0
	for ; m > fn; m-- {
		r = 1 / (m*h + r)
	}
	p = 1
	for ; m > 0; m-- {
		r = 1 / (2*m/x + r) // m*h would add up the error of h
		p *= r
		if p < 0x1p-500 {
			p *= 0x1p500
			k -= 500
		}
	}
	return p, k
}

// besselPoly evaluates a polynomial in s.
func besselPoly(c []float64, s float64) float64 {
	p := 0.0
	for i := len(c) - 1; i >= 0; i-- {
		p = p*s + c[i]
	}
	return p
}

// besselK01 returns K₀(x) and K₁(x), multiplied by e**x if x ≥ 1 and then
// scaled is true.
func besselK01(x float64) (k0, k1 float64, scaled bool) {
	if x < 1 {
		h := 0.5 * x
		q := h * h
		l := gammaLog(x) + (besselEuler - math.Ln2)
		k0 = besselPoly(besselK0q[:], q) - l*besselISeries(0, x)
		k1 = 1/x + (l*besselISeries(1, x) - 0.5*h*besselPoly(besselK1q[:], q))
		return k0, k1, false
	}
	t := 1 / x
	switch {
	case x < 2:
		s := 4*t - 3
		k0, k1 = besselPoly(besselK0from1[:], s), besselPoly(besselK1from1[:], s)
	case x < 4:
		s := 8*t - 3
		k0, k1 = besselPoly(besselK0from2[:], s), besselPoly(besselK1from2[:], s)
	case x < 8:
		s := 16*t - 3
		k0, k1 = besselPoly(besselK0from4[:], s), besselPoly(besselK1from4[:], s)
	default:
		s := 16*t - 1
		k0, k1 = besselPoly(besselK0from8[:], s), besselPoly(besselK1from8[:], s)
	}
	r := 1 / math.Sqrt(x)
	return k0 * r, k1 * r, true
}

// besselEuler is Euler's constant γ.
const besselEuler = 0.57721566490153286060651209008240243104

// BesselK returns the modified Bessel function of the second kind Kₙ(x).
//
// Special cases are:
//
//	BesselK(n, 0) = +Inf
//	BesselK(n, +Inf) = 0
//	BesselK(n, x) = NaN for x < 0
//	BesselK(n, NaN) = NaN
//
// K₀ and K₁ are computed by the power series NIST DLMF 10.31.1 and 10.31.2
// for x < 1, otherwise by Chebyshev interpolants in 1/x. The other orders
// follow by forward recurrence (NIST DLMF 10.29.1), which is stable as all of
// its terms are positive.
func BesselK(n int, x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(1)
	case math.IsInf(x, 1):
		return 0
	}
	if n < 0 {
		n = -n
		if n < 0 {
			n = math.MaxInt
		}
	}
	a, b, scaled := besselK01(x)
	if n == 0 {
		b = a
	}
	e := 0
	for k := 1; k < n && b <= math.MaxFloat64; k++ {
		a, b = b, float64(2*k)/x*b+a
		if scaled && b > 0x1p500 {
			a *= 0x1p-500
			b *= 0x1p-500
			if e += 500; float64(e) > 1.5*x+2000 {
				return math.Inf(1) // even after multiplication by e**-x
			}
		}
	}
	if scaled {
		return besselScale(b, -x, e)
	}
	return b
}
