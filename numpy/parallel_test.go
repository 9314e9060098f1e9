package numpy

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/internal/rule"
)

// TestSplit checks loops that are split over goroutines against loops here.
func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name string
		n    int
		f    func(Array) Array
		want func(v float64) float64
	}{
		{"Add", grain + 3, func(x Array) Array { return Add(x, x) }, func(v float64) float64 { return v + v }},
		{"Mul by a number", grain + 3, func(x Array) Array { return Mul(Scalar(3), x) }, func(v float64) float64 { return 3 * v }},
		{"Scale", grain + 3, func(x Array) Array { return x.Scale(3) }, func(v float64) float64 { return 3 * v }},
		{"AddConst", grain + 3, func(x Array) Array { return x.AddConst(3) }, func(v float64) float64 { return v + 3 }},
		{"Tanh", funGrain + 3, Tanh, math.Tanh},
		{"gradient of Tanh", funGrain + 3, ElementwiseGrad(Tanh), func(v float64) float64 { return rule.TanhFloat(v, math.Tanh(v)) }},
		{"gradient of Square", grain + 3, ElementwiseGrad(Square), func(v float64) float64 { return 2 * v }},
		{"series of Sin", funGrain + 3, func(x Array) Array { return ElementwiseDerivatives(Sin, 2)(x)[2] }, func(v float64) float64 { return -math.Sin(v) }},
	} {
		x := Linspace(-3, 2, c.n)
		got := c.f(x).Float64s()
		for i, v := range x.Float64s() {
			if want := c.want(v); math.Abs(got[i]-want) > 1e-15*(1+math.Abs(want)) {
				t.Errorf("%s: element %d of %d: got %v, want %v", c.name, i, c.n, got[i], want)
				break
			}
		}
	}
}
