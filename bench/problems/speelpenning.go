package problems

import "github.com/dualjet/dualjet/dual"

// Speelpenning returns the product of the elements of x.
func Speelpenning(x []float64) float64 {
	p := 1.0
	for _, v := range x {
		p *= v
	}
	return p
}

// SpeelpenningValue is [Speelpenning] for any number type, one multiplication
// after the other. [dual.Prod] does it in one step.
func SpeelpenningValue[T dual.Real[T]](x []T) T {
	var p T
	for i, v := range x {
		if i == 0 {
			p = v
			continue
		}
		p = p.Mul(v)
	}
	return p
}

// SpeelpenningGradient puts the gradient of [Speelpenning] at x, by formulas,
// into dst and returns it. A nil dst is allocated.
func SpeelpenningGradient(dst, x []float64) []float64 {
	dst = destination("SpeelpenningGradient", dst, len(x))
	p := 1.0
	for i, v := range x {
		dst[i] = p
		p *= v
	}
	p = 1
	for i := len(x) - 1; i >= 0; i-- {
		dst[i] *= p
		p *= x[i]
	}
	return dst
}
