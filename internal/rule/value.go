package rule

import "math"

// powReal is math.Pow without its cost for the commonest powers.
func powReal(p, x float64) float64 {
	switch p {
	case -2, -1, 1, 2, 3, 4:
		return powInt(int(p), x)
	}
	return math.Pow(x, p)
}

// log is math.Log, which on amd64 is wrong for subnormal x (Go 1.26).
func log(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x)
}

// log10 is math.Log10, with the same remedy.
func log10(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log10(x*0x1p54) - 54*(math.Ln2/math.Ln10)
	}
	return math.Log10(x)
}

func powInt(n int, x float64) float64 {
	switch n {
	case -2:
		return 1 / (x * x)
	case -1:
		return 1 / x
	case 1:
		return x
	case 2:
		return x * x
	case 3:
		return x * x * x
	case 4:
		x *= x
		return x * x
	}
	return math.Pow(x, float64(n))
}

// Residual returns what the rounded quotient v lacks of x/y, and 0 if that
// cannot be told.
func Residual(x, v, y float64) float64 {
	r := math.FMA(-v, y, x) / y
	if r-r != 0 {
		return 0
	}
	return r
}

// A Primitive is a function of one argument: its value, its derivative at x
// where the value is y, and the interval on which it is defined.
type Primitive struct {
	Name   string
	Value  func(x float64) float64
	Deriv  func(x, y float64) float64
	Lo, Hi float64
}
