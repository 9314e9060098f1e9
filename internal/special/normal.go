package special

import "math"

// Two-word constants; each pair sums to the constant named to about 2**-107.
const (
	normInvSqrt2Hi = 0.7071067811865476 // 1/√2
	normInvSqrt2Lo = -4.833646656726457e-17
)

// normErfcx returns erfcx(x/√2) as the sum hi+lo for finite x >= 0. The
// rounding of x/√2 is compensated by the derivative of erfcx.
func normErfcx(x float64) (hi, lo float64) {
	a := float64(x * normInvSqrt2Hi)
	r := math.FMA(x, normInvSqrt2Hi, -a) + x*normInvSqrt2Lo
	hi, lo = erfcxPair(a)
	if a < 64 {
		lo += (2*a*hi - erfTwoInvSqrtPiHi) * r
	} else {
		// Here the derivative of erfcx is -erfcx(a)/a but for a factor of
		// 1-O(1/a²).
		lo -= hi * (r / a)
	}
	return hi, lo
}

// normExp returns exp(-x²/2) as (hi+lo)·2**k for |x| < 2**9.
func normExp(x float64) (hi, lo float64, k int) {
	h, l := erfSqr(x)
	return erfExp(-0.5*h, -0.5*l)
}

// normTail returns the upper tail probability Φ(-x) as (hi+lo)·2**k for
// 0 <= x < 2**9.
func normTail(x float64) (hi, lo float64, k int) {
	fh, fl := normErfcx(x)
	eh, el, k := normExp(x)
	p := float64(eh * fh)
	q := math.FMA(eh, fh, -p) + (eh*fl + el*fh)
	return p, q, k - 1
}

// NormCDF returns the distribution function Φ(x) of the standard normal
// distribution, erfc(-x/√2)/2.
//
// The lower tail is computed as exp(-x²/2)·erfcx(-x/√2)/2 (see Erfcx) with the
// roundings of x² and of x/√2 compensated, and keeps its relative accuracy
// down to the smallest subnormal numbers.
//
// Special cases are:
//
//	NormCDF(+Inf) = 1
//	NormCDF(-Inf) = 0
//	NormCDF(NaN) = NaN
func NormCDF(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x < -38.6:
		return 0
	case x > 9:
		return 1
	case x <= 0:
		return erfScaleSum(normTail(-x))
	}
	s, e := normUpper(x)
	return s + e
}

// normUpper returns Φ(x) as the sum hi+lo for 0 <= x < 2**9.
func normUpper(x float64) (hi, lo float64) {
	p, q, k := normTail(x)
	if k < -200 {
		return 1, 0
	}
	scale := math.Float64frombits(uint64(k+1023) << 52)
	p *= scale
	q *= scale
	hi = 1 - p
	return hi, ((1 - hi) - p) - q
}

// LogNormCDF returns log(Φ(x)), the logarithm of NormCDF(x), with relative
// accuracy for every x.
//
// It is log(erfcx(-x/√2)/2) - x²/2 for x < 0 and log(1-Φ(-x)) for x >= 0.
//
// Special cases are:
//
//	LogNormCDF(+Inf) = -0
//	LogNormCDF(-Inf) = -Inf
//	LogNormCDF(NaN) = NaN
func LogNormCDF(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x < -1e10:
		return -0.5 * x * x
	case x < 0:
		fh, fl := normErfcx(-x)
		h, l := erfSqr(x)
		g := math.Log(0.5 * fh)
		h *= -0.5
		c := fl/fh - 0.5*l
		s := h + g
		v := s - h
		return s + (((h - (s - v)) + (g - v)) + c)
	case x > 38.6:
		return math.Copysign(0, -1)
	}
	p, q, k := normTail(x)
	if x > 9 {
		// log(1-t) = -t to machine precision.
		return -erfScaleSum(p, q, k)
	}
	t := erfScale(p, k)
	return math.Log1p(-t) - erfScale(q, k)/(1-t)
}
