package problems

import "github.com/dualjet/dualjet/dual"

// Arrow returns ARWHEAD of CUTEst, Σ (xᵢ²+z²)² - 4xᵢ + 3 over all elements but the
// last, which is z. Its Hessian is diagonal but for the last row and column.
func Arrow(x []float64) float64 {
	x, z2 := arrowSplit("Arrow", x)
	s := 0.0
	for _, v := range x {
		t := v*v + z2
		s += t*t - 4*v + 3
	}
	return s
}

func arrowSplit(name string, x []float64) (head []float64, z2 float64) {
	n := len(x) - 1
	if n < 0 {
		fail("%s: len(x) = 0, want at least 1", name)
	}
	return x[:n], x[n] * x[n]
}

// ArrowValue is [Arrow] for any number type.
func ArrowValue[T dual.Real[T]](x []T) T {
	n := len(x) - 1
	var s T
	z2 := x[n].Sqr()
	for _, v := range x[:n] {
		s = s.Add(v.Sqr().Add(z2).Sqr()).Sub(v.Scale(4)).AddConst(3)
	}
	return s
}

// ArrowGradient puts the gradient of [Arrow] at x, by formulas, into dst and
// returns it. A nil dst is allocated.
func ArrowGradient(dst, x []float64) []float64 {
	dst = destination("ArrowGradient", dst, len(x))
	head, z2 := arrowSplit("ArrowGradient", x)
	n := len(head)
	for i, v := range head {
		t := 4 * (v*v + z2)
		dst[i] = t*v - 4
		dst[n] += t * x[n]
	}
	return dst
}

// ArrowHVP puts the product of the Hessian of [Arrow] at x with v, by formulas,
// into dst and returns it. A nil dst is allocated.
func ArrowHVP(dst, x, v []float64) []float64 {
	checkLen("ArrowHVP", "v", len(v), len(x))
	dst = destination("ArrowHVP", dst, len(x))
	head, z2 := arrowSplit("ArrowHVP", x)
	n := len(head)
	for i, t := range head {
		cross := 8 * t * x[n]
		dst[i] = (12*t*t+4*z2)*v[i] + cross*v[n]
		dst[n] += cross*v[i] + (4*t*t+12*z2)*v[n]
	}
	return dst
}
