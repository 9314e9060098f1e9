package numpy

import (
	"math"
	"testing"
)

// TestNumbers checks that the derivatives of numbers, which are computed
// without arrays, are those of arrays of one element to the last bit.
func TestNumbers(t *testing.T) {
	functions := map[string]func(x, y Array) Array{
		"add":       Add,
		"sub":       Sub,
		"mul":       Mul,
		"div":       Div,
		"scale":     func(x, y Array) Array { return Add(x.Scale(-3), y.AddConst(2)) },
		"same":      func(x, y Array) Array { return Sub(Mul(x, x), Div(y, y)) },
		"no weight": func(x, y Array) Array { return Div(Mul(x, y), Div(x, y)).Scale(0) },
		"reused":    func(x, y Array) Array { z := Mul(x, y); return Add(Sub(z, Exp(z)), Mul(z, x)) },
		"exp":       func(x, y Array) Array { return Mul(Exp(x), Exp2(y)) },
		"waves":     func(x, y Array) Array { return Mul(Sin(x), Cos(y)) },
		"cosh":      func(x, y Array) Array { return Div(Sinh(x), Cosh(y)) },
		"square":    func(x, y Array) Array { return Sub(Square(x), Softplus(Square(y))) },
		"tanh":      func(x, y Array) Array { return Mul(Tanh(x), Log(y)) },
		"maximum":   func(x, y Array) Array { return Mul(Maximum(x, y), x) },
	}
	values := []float64{0, math.Copysign(0, -1), 1, 1.5, -2, 1e-310, 1e200, math.Inf(1), math.Inf(-1), math.NaN()}
	for name, f := range functions {
		grads := GradArgs(func(a ...Array) Array { return Sum(f(a[0], a[1])) })
		for _, x := range values {
			for _, y := range values {
				got := grads(Scalar(x), Scalar(y))
				want := grads(FromSlice([]float64{x}), FromSlice([]float64{y}))
				for i := range want {
					g, w := got[i].Float64(), want[i].Float64()
					if g != w && (g == g || w == w) {
						t.Errorf("%s at %v, %v: derivative %d is %v, of an array %v", name, x, y, i, g, w)
					}
				}
			}
		}
	}
}

// TestMixedSums checks sums of cotangents that come as numbers, as parts and as
// arrays that vary, in any order.
func TestMixedSums(t *testing.T) {
	x := FromSlice([]float64{1, 2, 3})
	terms := []func(x, y Array) Array{
		func(x, y Array) Array { return Mul(x.At(1), x.At(2)) },
		func(x, y Array) Array { return Sum(Mul(x, y)) },
		func(x, y Array) Array { return Mul(x.At(0), y.At(0)) },
		func(x, y Array) Array { return Sum(Square(x.Index(From(1)))) },
		func(x, y Array) Array { return Sum(Square(x.Index(Step(-2)))) },
		func(x, y Array) Array { return Sum(Add(x, y)) },
	}
	// By x: x₂ and x₁; y; y₀; 2x from 1 on; 2x at 0 and 2; 1.
	want := []float64{1 + 1 + 2 + 1, 3 + 2 + 4 + 1, 2 + 3 + 6 + 6 + 1}
	for k := range 2 * len(terms) { // from each on, forwards and backwards
		step := 1 + k%2*(len(terms)-2)
		value := func(x, y Array) Array {
			var sum Array
			for i := range terms {
				sum = Add(sum, terms[(step*i+k/2)%len(terms)](x, y))
			}
			return sum
		}
		near(t, "gradient", Grad(func(x Array) Array { return value(x, FromSlice([]float64{1, 2, 3})) })(x), want, 3)
		h := Grad(func(y Array) Array {
			return Sum(Grad(func(x Array) Array { return value(x, y) })(x))
		})(x)
		near(t, "gradient of the gradient", h, []float64{2, 1, 1}, 3)
	}
}

// TestPartsOfNumber checks sums of cotangents of a number that come as numbers
// and as parts.
func TestPartsOfNumber(t *testing.T) {
	terms := []func(x Array) Array{
		func(x Array) Array { return Mul(x, x) },
		func(x Array) Array { return Sum(x.Index(NewAxis, NewAxis)) },
		func(x Array) Array { return x.At() },
	}
	for k := range terms {
		f := func(x Array) Array {
			var sum Array
			for i := range terms {
				sum = Add(sum, terms[(i+k)%len(terms)](x))
			}
			return sum
		}
		near(t, "gradient", Grad(f)(Scalar(3)), []float64{8})
		near(t, "second derivative", Grad(Grad(f))(Scalar(3)), []float64{2})
	}
}

// TestSliceAllocations checks that gradients of slices allocate arrays, not
// something for each element, and those of elements none on the way back.
func TestSliceAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	count := func(f func(Array) Array, n int) float64 {
		g, x := Grad(f), linspace(1, 2, n)
		return testing.AllocsPerRun(20, func() { g(x) })
	}
	slices := func(x Array) Array { return Sum(Square(Sub(x.Index(From(1)), x.Index(To(-1))))) }
	if a, b := count(slices, 50), count(slices, 500); a != b || a > 60 {
		t.Errorf("slices of 50 and 500 elements: %v and %v allocations, want at most 60 of either", a, b)
	}
	elements := func(x Array) Array {
		var sum Array
		for i := range x.Len() {
			v := x.At(i)
			sum = Add(sum, Mul(Sub(v, Exp(v)), v))
		}
		return sum
	}
	// The index of an element, and now and then memory for more operations.
	if n := count(elements, 1000); n > 1200 {
		t.Errorf("1000 elements: %v allocations, want at most 1200", n)
	}
}
