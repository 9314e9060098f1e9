package problems

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// LSE is GradBench's log Σ exp xᵢ, computed without overflow.
func LSE(x []float64) float64 {
	if len(x) == 0 {
		fail("LSE: len(x) = 0, want at least 1")
	}
	return logSumExp(x)
}

// LSEValue is [LSE] for any number type, in one statement.
func LSEValue[T dual.Real[T]](x []T) T { return dual.LogSumExp(x) }

// LSEScalar is [LSEValue] in plain loops, with a record for each operation. The
// largest element is looked for by Max, as in GradBench.
func LSEScalar[T dual.Real[T]](x []T) T {
	top := x[0]
	for _, v := range x[1:] {
		top = top.Max(v)
	}
	var s T
	for _, v := range x {
		s = s.Add(v.Sub(top).Exp())
	}
	return s.Log().Add(top)
}

// LSEGradient puts the gradient of [LSE] at x, exp(xᵢ)/Σ exp xⱼ, into dst and
// returns it. A nil dst is allocated.
func LSEGradient(dst, x []float64) []float64 {
	dst = destination("LSEGradient", dst, len(x))
	y := LSE(x)
	for i, v := range x {
		dst[i] = math.Exp(v - y)
	}
	return dst
}
