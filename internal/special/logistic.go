package special

import "math"

// Logistic returns the logistic function 1/(1+exp(-x)), with relative accuracy
// where it is small.
//
// It is 1/(1+e) for x >= 0 and e/(1+e) for x < 0 with e = exp(-|x|), where the
// roundings of e and of 1+e are compensated.
//
// Special cases are:
//
//	Logistic(±0) = 0.5
//	Logistic(+Inf) = 1
//	Logistic(-Inf) = 0
//	Logistic(NaN) = NaN
func Logistic(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x < erfExpMin:
		return 0
	case x < -40:
		// The factor 1/(1+e) is 1 to machine precision.
		return erfScaleSum(erfExp(x, 0))
	case x > 40:
		return 1
	}
	hi, lo, k := erfExp(-math.Abs(x), 0)
	scale := math.Float64frombits(uint64(k+1023) << 52)
	hi *= scale
	lo *= scale
	d := 1 + hi
	dl := ((1 - d) + hi) + lo
	if x < 0 {
		q := hi / d
		return q + (math.FMA(-q, d, hi)+(lo-q*dl))/d
	}
	q := 1 / d
	return q + (math.FMA(-q, d, 1)-q*dl)/d
}

// Softplus returns log(1+exp(x)), the integral of Logistic, with relative
// accuracy for every x.
//
// It is max(x, 0) + log1p(exp(-|x|)).
//
// Special cases are:
//
//	Softplus(+Inf) = +Inf
//	Softplus(-Inf) = 0
//	Softplus(NaN) = NaN
func Softplus(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x < erfExpMin:
		return 0
	case x > 40:
		// exp(-x) is below half an ulp of x.
		return x
	}
	hi, lo, k := erfExp(-math.Abs(x), 0)
	if x < -40 {
		// The next term, -exp(2x)/2, is negligible.
		return erfScaleSum(hi, lo, k)
	}
	scale := math.Float64frombits(uint64(k+1023) << 52)
	hi *= scale
	lo *= scale
	y := math.Log1p(hi)
	c := lo / (1 + hi)
	if x > 0 {
		s := x + y
		if x >= y {
			c += (x - s) + y
		} else {
			c += (y - s) + x
		}
		return s + c
	}
	return y + c
}
