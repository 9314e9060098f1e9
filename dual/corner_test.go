package dual_test

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// TestCorners holds derivatives in which other libraries for Go lose digits
// or the sign, or return NaN.
func TestCorners(t *testing.T) {
	inf := math.Inf(1)
	type number = dual.Number64
	type hyper = dual.Hyper
	first := []struct {
		name string
		got  number
		v, d float64
	}{
		{"Pow(-2, 2) of dual numbers", number{V: -2, D: 1}.Pow(number{V: 2}), 4, -4},
		{"Pow(0, 2) of dual numbers", number{V: 0, D: 1}.Pow(number{V: 2}), 0, 0},
		{"PowReal(0, 2)", number{V: 0, D: 1}.PowReal(2), 0, 0},
		{"PowReal(1e-16, 2)", number{V: 1e-16, D: 1}.PowReal(2), 1e-32, 2e-16},
		{"PowReal(0, 0.5)", number{V: 0, D: 1}.PowReal(0.5), 0, inf},
		{"Sqrt(1e-20)", number{V: 1e-20, D: 1}.Sqrt(), 1e-10, 5e9},
		{"Sqrt(1e-300)", number{V: 1e-300, D: 1}.Sqrt(), 1e-150, 5e149},
		{"Tanh(20)", number{V: 20, D: 1}.Tanh(), 1, 1.6993417021166356e-17},
		{"Asinh(1e200)", number{V: 1e200, D: 1}.Asinh(), 461.21016577936908, 1e-200},
		{"Acosh(1e200)", number{V: 1e200, D: 1}.Acosh(), 461.21016577936908, 1e-200},
		{"Inv(1e200 + 1e200ε)", number{V: 1e200, D: 1e200}.Inv(), 1e-200, -1e-200},
		{"1e200/y at 1e200", number{V: 1e200}.Div(number{V: 1e200, D: 1}), 1, -1e-200},
		{"Log(0 - 2ε)", number{V: 0, D: -2}.Log(), -inf, -inf},
		{"Sqrt of the constant 0", number{}.Sqrt(), 0, 0},
	}
	for _, c := range first {
		if !near(c.got.V, c.v, 1e-15) || !near(c.got.D, c.d, 1e-15) {
			t.Errorf("%s = %v, want (%g+%gε)", c.name, c.got, c.v, c.d)
		}
	}
	second := []struct {
		name string
		got  hyper
		d12  float64
	}{
		{"Sqrt(1e-20)", hyper{V: 1e-20, D1: 1, D2: 1}.Sqrt(), -2.5e29},
		{"Pow(-2, 3)", hyper{V: -2, D1: 1, D2: 1}.Pow(hyper{V: 3}), -12},
	}
	for _, c := range second {
		if !near(c.got.D12, c.d12, 1e-15) {
			t.Errorf("%s: second derivative %g, want %g", c.name, c.got.D12, c.d12)
		}
	}
	// What differences with a fixed step miss.
	if d := dual.Derivative(dual.Number64.Sqr, 1e9); d != 2e9 {
		t.Errorf("derivative of x² at 1e9 = %g, want 2e9", d)
	}
	if d := dual.Derivative(dual.Number64.Log, 1e-10); !near(d, 1e10, 1e-15) {
		t.Errorf("derivative of log at 1e-10 = %g, want 1e10", d)
	}
}

// near reports whether got is want to a relative error of tol.
func near(got, want, tol float64) bool {
	return got == want || math.Abs(got-want) <= tol*math.Abs(want) || math.IsNaN(got) && math.IsNaN(want)
}
