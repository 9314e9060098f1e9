package rule

import "math"

func powReal(p, x float64) float64 { return math.Pow(x, p) }

func powInt(n int, x float64) float64 { return math.Pow(x, float64(n)) }

// A Primitive is a function of one argument: its value, its derivative at x
// where the value is y, and the interval on which it is defined.
type Primitive struct {
	Name   string
	Value  func(x float64) float64
	Deriv  func(x, y float64) float64
	Lo, Hi float64
}
