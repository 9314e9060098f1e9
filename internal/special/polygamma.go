package special

import "math"

// polyMax is the largest order for which Polygamma evaluates the derivatives
// of the cotangent as polynomials in the cotangent.
const polyMax = 120

// Digamma returns the digamma function ψ(x) = d/dx log|Γ(x)|.
//
// Special cases are:
//
//	Digamma(+Inf) = +Inf
//	Digamma(-Inf) = NaN
//	Digamma(+0) = -Inf
//	Digamma(-0) = +Inf
//	Digamma(x) = NaN for integer x < 0
//	Digamma(NaN) = NaN
//
// On [1, 2] Digamma is a product of x - x₀, with the zero x₀ in double
// precision, and a polynomial obtained by Chebyshev interpolation.
// Otherwise it uses the recurrence, reflection and asymptotic formulas NIST
// DLMF 5.5.2, 5.5.4 and 5.11.2.
// Near its negative zeros, which lie between consecutive poles, the error is
// a few ulp of ψ(1-x) and not of the result.
func Digamma(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case math.IsInf(x, -1):
		return math.NaN()
	case x == 0:
		return math.Copysign(math.Inf(1), -x)
	case x >= 10:
		z := 1 / x
		return math.Log(x) - (0.5*z - polyTail(z*z))
	case x >= 2:
		s := 0.0
		for x > 2 {
			x-- // exact
			s += 1 / x
		}
		return s + polyUnit(x)
	case x >= 1:
		return polyUnit(x)
	case x > 0:
		return polyUnit(1+x) - 1/x
	case x == math.Floor(x):
		return math.NaN()
	case x > -1:
		// ψ(x) = ψ(x+2) - 1/x - 1/(x+1); x+1 is exact for x ≤ -½.
		if x <= -0.5 {
			y := 1 + x
			return polyUnit(1+y) - 1/y - 1/x
		}
	}
	return Digamma(1-x) - math.Pi*polyCot(x)
}

// polyUnit returns ψ(x) for 1 ≤ x ≤ 2.
func polyUnit(x float64) float64 {
	t := 2*x - 3
	p := 0.0
	for i := len(polyDigamma) - 1; i >= 0; i-- {
		p = p*t + polyDigamma[i]
	}
	return ((x - polyRoot) - polyRootLo) * p
}

// polyTail returns ψ(x) - log(x) + 1/(2x) for x ≥ 10 and y = x**-2.
func polyTail(y float64) float64 {
	p := 0.0
	for i := len(polyStirling) - 1; i >= 0; i-- {
		p = p*y + polyStirling[i]
	}
	return p * y
}

// polyCot returns cot(πx) for non-integer x with a relative error of a few
// ulp, near the zeros and poles too.
func polyCot(x float64) float64 {
	// The quotient of sine and cosine rather than math.Tan, which drops
	// terms of relative size up to 3e-15 for arguments near 1e-7.
	r := x - math.Round(x) // exact
	switch {
	case r > 0.25:
		s, c := math.Sincos(math.Pi * (0.5 - r))
		return s / c
	case r < -0.25:
		s, c := math.Sincos(math.Pi * (0.5 + r))
		return -s / c
	}
	s, c := math.Sincos(math.Pi * r)
	return c / s
}

// Polygamma returns the polygamma function ψ⁽ⁿ⁾(x), the derivative of order
// n of the digamma function, so that Polygamma(0, x) is [Digamma] of x.
// It panics if n < 0.
//
// Special cases for n > 0 are:
//
//	Polygamma(n, +Inf) = +0 for odd n, -0 for even n
//	Polygamma(n, -Inf) = NaN
//	Polygamma(n, ±0) = +Inf for odd n, ∓Inf for even n
//	Polygamma(n, x) = +Inf for odd n and integer x < 0
//	Polygamma(n, x) = NaN for even n and integer x < 0
//	Polygamma(n, NaN) = NaN
//
// For x > 0 Polygamma sums the series NIST DLMF 5.15.1 with the
// Euler-Maclaurin formula; all its terms but those of the rapidly decreasing
// remainder are of the same sign. For x < 0 it uses the reflection formula
// NIST DLMF 5.15.6, with the derivatives of the cotangent written as a
// polynomial in the cotangent with coefficients of one sign.
// For even n the function has negative zeros, near which the error is small
// only compared to the terms of the reflection formula.
func Polygamma(n int, x float64) float64 {
	if n < 0 {
		panic("special: negative order of Polygamma")
	}
	if n == 0 {
		return Digamma(x)
	}
	odd := n&1 == 1
	switch {
	case math.IsNaN(x):
		return x
	case math.IsInf(x, -1):
		return math.NaN()
	case math.IsInf(x, 1):
		if odd {
			return 0
		}
		return math.Copysign(0, -1)
	case x == 0:
		if odd {
			return math.Inf(1)
		}
		return math.Copysign(math.Inf(1), -x)
	case x > 0:
		p := polyPos(n, x)
		if !odd {
			p = -p
		}
		return p
	case x == math.Floor(x):
		if odd {
			return math.Inf(1)
		}
		return math.NaN()
	}
	// ψ⁽ⁿ⁾(x) = -Dⁿ(π cot(πx)) + (-1)ⁿ ψ⁽ⁿ⁾(1-x), and the sign of
	// ψ⁽ⁿ⁾(1-x) is (-1)ⁿ⁺¹.
	c := polyCotDeriv(n, x)
	return c - polyPos(n, 1-x)
}

// polyPos returns |ψ⁽ⁿ⁾(x)| = n! Σ (x+k)**-(n+1), k = 0, 1, …, for n ≥ 1,
// x > 0.
func polyPos(n int, x float64) float64 {
	// The sum relative to its first term. The direct terms are taken up to
	// a point where the asymptotic series converges to full precision.
	lim := 10 + 0.5*float64(n)
	sum := 0.0
	k := 0.0
	y := x
	r := 1.0
	for y < lim {
		t := r
		sum += t
		k++
		y = x + k
		r = polyPow(x/y, n+1)
		if r < 0x1p-56*sum/float64(n+1)/y {
			return polyScale(n, x) / x * sum
		}
	}
	// Remainder: y**-s * (y/n + ½ + Σ B(2j)/(2j)! (s)_(2j-1) y**(1-2j)).
	fn := float64(n)
	t := fn + 1
	z := 1 / y
	t *= z
	p := 0.0
	for j, b := range polyBernoulli {
		u := t * b
		p += u
		if math.Abs(u) < 0x1p-56 {
			break
		}
		m := fn + float64(2*j+2)
		t *= m * z * (m + 1) * z
	}
	p += 0.5
	if r == 1 {
		// No direct terms, x may be so large that n! x**-(n+1) underflows.
		return polyScale(n, x) * (1/fn + p*z)
	}
	return polyScale(n, x) / x * (sum + r*(y/fn+p))
}

// polyScale returns n! x**-n for n ≥ 1.
func polyScale(n int, x float64) float64 {
	if n < 60 && x > 1e-3 && x < 1e3 {
		return gammaFact[n] / polyPow(x, n)
	}
	p := 1.0
	for i := 1; i <= n; i++ {
		p *= float64(i) / x
	}
	return p
}

// polyPow returns x**n for n ≥ 1, with an error of about an ulp due to
// carrying the rounding errors of the products.
func polyPow(x float64, n int) float64 {
	// hi+lo is the power, bh+bl the square.
	hi, lo := 1.0, 0.0
	bh, bl := x, 0.0
	for {
		if n&1 == 1 {
			h := hi * bh
			lo = math.FMA(hi, bh, -h) + (hi*bl + lo*bh)
			hi = h
		}
		n >>= 1
		if n == 0 {
			return hi + lo
		}
		h := bh * bh
		bl = math.FMA(bh, bh, -h) + 2*bh*bl
		bh = h
	}
}

// polyCotDeriv returns -Dⁿ(π cot(πx)) for n ≥ 1 and non-integer x.
func polyCotDeriv(n int, x float64) float64 {
	c := polyCot(x)
	if n > polyMax {
		// The partial fractions, n! times Σ (x+k)**-(n+1) over all k.
		r := x - math.Floor(x)
		u, v := polyPos(n, r), polyPos(n, 1-r)
		if n&1 == 1 {
			return u + v
		}
		return v - u
	}
	// Dⁿ cot(u) = (-1)ⁿ P(c) with P of degree n+1 in c = cot(u), of the
	// parity of n+1: P₀ = c, P' (1+c²) for the next one.
	// a[i] is the coefficient of c**i.
	var a [polyMax + 2]float64
	a[1] = 1
	for k := 1; k <= n; k++ {
		// The coefficients of degree ≤ k, parity k, become those of degree
		// ≤ k+1, parity k+1.
		for i := k & 1; i <= k; i += 2 {
			if i > 0 {
				a[i-1] += float64(i) * a[i]
				a[i+1] += float64(i) * a[i]
			}
			a[i] = 0
		}
	}
	c2 := c * c
	p := a[n+1]
	for i := n - 1; i >= 0; i -= 2 {
		p = p*c2 + a[i]
	}
	if n&1 == 0 {
		p *= c
		p = -p
	}
	for i := 0; i <= n; i++ {
		p *= math.Pi
	}
	return p
}
