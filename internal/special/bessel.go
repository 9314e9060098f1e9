package special

import "math"

// BesselJ returns the Bessel function of the first kind Jₙ(x).
//
// Special cases are:
//
//	BesselJ(0, 0) = 1
//	BesselJ(n, 0) = 0 for n ≠ 0
//	BesselJ(n, ±Inf) = 0
//	BesselJ(n, NaN) = NaN
//
// For |n| ≤ 1 BesselJ calls [math.J0] and [math.J1]. Otherwise it uses, with
// x and n positive, forward recurrence (NIST DLMF 10.6.1) for x ≥ n, the
// power series NIST DLMF 10.2.2 for x² ≤ 4(n+1), and in between backward
// recurrence, a method of J. C. P. Miller (NIST DLMF 3.6(iii)), normalized
// with the larger one of |J₀(x)| and |J₁(x)|.
// Near its zeros the error is small only compared to √(2/(πx)).
func BesselJ(n int, x float64) float64 {
	switch n {
	case 0:
		return math.J0(x)
	case 1:
		return besselJ1(x)
	case -1:
		return -besselJ1(x)
	}
	switch {
	case math.IsNaN(x):
		return x
	case x == 0 || math.IsInf(x, 0):
		return 0
	}
	// Jₙ(-x) = J₋ₙ(x) = (-1)ⁿ Jₙ(x).
	neg := n&1 == 1 && (n < 0) != (x < 0)
	x = math.Abs(x)
	if n < 0 {
		n = -n
		if n < 0 {
			n = math.MaxInt
		}
	}
	var r float64
	switch fn := float64(n); {
	case x >= fn:
		r = besselJForward(n, x)
	case x*x <= 4*(fn+1):
		r = besselJSeries(n, x)
	default:
		r = besselJMiller(n, x)
	}
	if neg {
		return -r
	}
	return r
}

// besselJForward returns Jₙ(x) for n ≥ 2, x ≥ n.
func besselJForward(n int, x float64) float64 {
	a, b := math.J0(x), besselJ1(x)
	for k := 1; k < n; k++ {
		a, b = b, float64(2*k)/x*b-a
	}
	return b
}

// besselJSeries returns Jₙ(x) for n ≥ 2, 0 < x ≤ 2√(n+1).
func besselJSeries(n int, x float64) float64 {
	h := 0.5 * x
	p := besselPowFact(n, h)
	if p == 0 {
		return 0
	}
	q := -h * h
	fn := float64(n)
	sum, t := 0.0, 1.0
	for k := 1.0; ; k++ {
		t *= q / (k * (k + fn))
		sum += t
		if math.Abs(t) < 0x1p-57 {
			break
		}
	}
	return p + p*sum
}

// besselJMiller returns Jₙ(x) for n ≥ 2, 2√(n+1) < x < n.
func besselJMiller(n int, x float64) float64 {
	// Jₙ(n sech α) < exp(-n(α - tanh α)), NIST DLMF 10.14.4 and 10.19.3.
	fn := float64(n)
	if t := x / fn; fn*(math.Acosh(1/t)-math.Sqrt((1-t)*(1+t))) > 760 {
		return 0
	}
	// J(N)Y(n)/(J(n)Y(N)) is below 2⁻⁵⁶ if N - x exceeds about 7 cbrt(x),
	// the Airy function of the transition region being that small.
	start := n + 12 + int(8*math.Cbrt(x))
	// r is the ratio J(k)/J(k-1).
	r := 0.0
	for k := start; k > n; k-- {
		r = 1 / (float64(2*k)/x - r)
	}
	// a and b are multiples of J(k+1) and J(k), f of J(n).
	a, b, f := r, 1.0, 1.0
	for k := n; k > 0; k-- {
		a, b = b, float64(2*k)/x*b-a
		if math.Abs(b) > 0x1p500 {
			a *= 0x1p-500
			b *= 0x1p-500
			f *= 0x1p-500
		}
	}
	j := besselJ1(x)
	if j0 := math.J0(x); math.Abs(j0) > math.Abs(j) {
		a, j = b, j0
	}
	return f / a * j
}

// BesselY returns the Bessel function of the second kind Yₙ(x).
//
// Special cases are:
//
//	BesselY(n, +Inf) = 0
//	BesselY(n, 0) = -Inf for n ≥ 0 or even n
//	BesselY(n, 0) = +Inf for odd n < 0
//	BesselY(n, x) = NaN for x < 0
//	BesselY(n, NaN) = NaN
//
// For |n| ≤ 1 BesselY calls [math.Y0] and [math.Y1], otherwise it uses
// forward recurrence (NIST DLMF 10.6.1).
// Near its zeros the error is small only compared to √(2/(πx)).
func BesselY(n int, x float64) float64 {
	switch n {
	case 0:
		return besselY0(x)
	case 1:
		return math.Y1(x)
	case -1:
		return -math.Y1(x)
	}
	switch {
	case x < 0 || math.IsNaN(x):
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	}
	neg := false
	if n < 0 {
		neg = n&1 == 1
		n = -n
		if n < 0 {
			n = math.MaxInt
		}
	}
	b := math.Inf(-1)
	if x != 0 {
		a := besselY0(x)
		b = math.Y1(x)
		for k := 1; k < n && b >= -math.MaxFloat64; k++ {
			a, b = b, float64(2*k)/x*b-a
		}
	}
	if neg {
		return -b
	}
	return b
}

// besselY0 returns Y₀(x). math.Y0 is not accurate for subnormal x on
// platforms where math.Log is not.
func besselY0(x float64) float64 {
	if x > 0 && x < 0x1p-1000 {
		return 2 / math.Pi * (gammaLog(x) + (besselEuler - math.Ln2))
	}
	return math.Y0(x)
}

// besselJ1 returns J₁(x). math.J1 has the wrong sign for -2⁻²⁷ < x < 0.
func besselJ1(x float64) float64 {
	if math.Abs(x) < 0x1p-27 {
		return 0.5 * x
	}
	return math.J1(x)
}
