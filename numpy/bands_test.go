package numpy

import (
	"fmt"
	"math"
	"testing"
)

// TestBands compares reductions along axes, their gradients and tangents, with
// those of one vector after the other.
func TestBands(t *testing.T) {
	functions := map[string]func(Array, ...ReduceOption) Array{
		"Sum": Sum, "Mean": Mean, "Prod": Prod, "Max": Max, "Min": Min, "Var": Var, "Std": Std, "LogSumExp": LogSumExp,
	}
	shape := []int{3, 4, 1, 5}
	ties := make([]float64, 60)
	for i := range ties {
		ties[i] = float64(i * i % 7)
	}
	holes := append([]float64(nil), ties...)
	holes[7], holes[30], holes[31] = math.NaN(), math.Inf(1), math.Inf(-1)
	large := append([]float64(nil), ties...)
	for i := range large {
		large[i] *= 1e200
	}
	same := make([]float64, 60)
	for name, f := range functions {
		for kind, data := range map[string][]float64{"ties": ties, "NaN": holes, "large": large, "same": same} {
			x := FromSlice(data, shape...)
			v := Sin(Reshape(Arange(0, 60, 1), shape...))
			for _, axes := range [][]int{{0}, {1}, {2}, {3}, {0, 1}, {1, 3}, {0, 3}, {1, 2}, {0, 1, 3}, {}} {
				t.Run(fmt.Sprint(name, " ", kind, axes), func(t *testing.T) {
					got := f(x, Axis(axes...))
					w := Cos(Reshape(Arange(0, float64(got.Size()), 1), got.Shape()...))
					w = Where(Greater(w, Scalar(0.8)), Array{}, w)
					grad := Grad(func(x Array) Array { return Sum(AZMul(w, f(x, Axis(axes...)))) })
					g := grad(x)
					_, dot := JVP(func(x Array) Array { return f(x, Axis(axes...)) }, x, v)
					hvp := HVP(func(x Array) Array { return Sum(AZMul(w, f(x, Axis(axes...)))) })(x, v)

					r := newReduction("", x, []ReduceOption{Axis(axes...)})
					lines, tangents := r.lines(x), r.lines(v)
					for i := range r.rest() {
						line := lines.At(i)
						w := w.Float64s()[i]
						weighted := func(x Array) Array { return AZMul(Scalar(w), f(x)) }
						value, tangent := JVP(func(x Array) Array { return f(x) }, line, tangents.At(i))
						sameNumbers(t, "value", Scalar(got.Float64s()[i]), value)
						sameNumbers(t, "tangent", Scalar(dot.Float64s()[i]), tangent)
						sameNumbers(t, "gradient", r.lines(g).At(i), Grad(weighted)(line))
						sameNumbers(t, "product", r.lines(hvp).At(i), HVP(weighted)(line, tangents.At(i)))
					}
				})
			}
		}
	}
}

// TestLongBands compares sums and variances of many numbers, which are added up
// in parts, with those added up one by one.
func TestLongBands(t *testing.T) {
	for _, n := range []int{127, 128, 129, 131, 136, 255, 256, 263, 1000} {
		x := Sin(Square(Arange(0, float64(2*n), 1)))
		rows := Reshape(x, 2, n)
		want := map[string][]float64{}
		for i := range 2 {
			sum, squares := 0.0, 0.0
			line := x.Float64s()[i*n : (i+1)*n]
			for _, v := range line {
				sum += v
			}
			mean := sum / float64(n)
			for _, v := range line {
				squares += (v - mean) * (v - mean)
			}
			variance := squares / float64(n)
			for name, v := range map[string]float64{"Sum": sum, "Mean": mean, "Var": variance, "Std": math.Sqrt(variance)} {
				want[name] = append(want[name], v)
			}
		}
		for name, f := range map[string]func(Array, ...ReduceOption) Array{"Sum": Sum, "Mean": Mean, "Var": Var, "Std": Std} {
			near(t, fmt.Sprint(name, " of ", n), f(rows, Axis(1)), want[name], 2)
			near(t, fmt.Sprint(name, " of ", n, ", columns"), f(Transpose(rows), Axis(0)), want[name], 2)
			columns := FromSlice(Transpose(rows).Float64s(), n, 2)
			near(t, fmt.Sprint(name, " of ", n, ", rows added up"), f(columns, Axis(0)), want[name], 2)
		}
	}
}

func sameNumbers(t *testing.T, what string, got, want Array) {
	t.Helper()
	for i, g := range got.Float64s() {
		w := want.Float64s()[i]
		if !(math.Abs(g-w) <= 1e-12*(1+math.Abs(w))) && g != w && !(math.IsNaN(g) && math.IsNaN(w)) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

// TestBandsOfKinks checks shares of ties, NaN and deviations of 0.
func TestBandsOfKinks(t *testing.T) {
	nan := math.NaN()
	columns := FromSlice([]float64{
		1, 3, nan, 5,
		2, 3, 7, 5,
		2, 0, nan, 5,
	}, 3, 4)
	for name, c := range map[string]struct {
		f    func(Array, ...ReduceOption) Array
		want []float64
	}{
		"Max": {Max, []float64{0, 0.5, 0.5, 1. / 3, 0.5, 0.5, 0, 1. / 3, 0.5, 0, 0.5, 1. / 3}},
		"Min": {Min, []float64{1, 0, 0.5, 1. / 3, 0, 0, 0, 1. / 3, 0, 1, 0.5, 1. / 3}},
	} {
		sameNumbers(t, name+" of columns", Grad(func(x Array) Array { return Sum(c.f(x, Axis(0))) })(columns), FromSlice(c.want, 3, 4))
		sameNumbers(t, name+" of rows", Grad(func(x Array) Array { return Sum(c.f(Transpose(x), Axis(1))) })(columns), FromSlice(c.want, 3, 4))
	}
	small := FromSlice([]float64{1e-160, 3e-160, 5e-160}, 1, 3)
	sameNumbers(t, "Std of small", Std(small, Axis(1)).Scale(1e160), FromSlice([]float64{math.Sqrt(8. / 3)}))
	tiny := FromSlice([]float64{1e-200, 3e-200, 0, 4}, 2, 2)
	sameNumbers(t, "Std of tiny", Std(tiny, Axis(1)).Scale(1e200), FromSlice([]float64{1, 2e200}))
	sameNumbers(t, "Std of rest", Grad(func(x Array) Array { return Sum(Std(x, Axis(0))) })(Ones(2, 3)), Zeros(2, 3))
	// Infinite and NaN elements do not matter where the cotangent is 0.
	first := func(x Array) Array { return Var(x, Axis(0)).At(0) }
	sameNumbers(t, "Var", Grad(first)(FromSlice([]float64{1, nan, 3, 4}, 2, 2)), FromSlice([]float64{-1, 0, 1, 0}, 2, 2))
}

// TestBandsAgain checks programs, which outlive the derivative that they were
// made in.
func TestBandsAgain(t *testing.T) {
	x := Sin(Reshape(Arange(0, 60, 1), 3, 4, 5))
	v := Cos(x.Scale(3))
	for name, f := range map[string]func(Array, ...ReduceOption) Array{
		"Prod": Prod, "CumProd": CumProd, "Max": Max, "Min": Min, "Var": Var, "Std": Std,
	} {
		g := func(x Array) Array { return f(Exp(x), Axis(1)) }
		sum := func(x Array) Array { return Sum(Square(g(x))) }
		_, push := Linearize(g, x)
		_, pull := VJP(g, x)
		_, _, hvp := HVPFunc(sum, x)
		hessian := Hessian(sum)(x)
		for range 3 {
			y, dot := JVP(g, x, v)
			sameNumbers(t, name+", tangent", push(v), dot)
			sameNumbers(t, name+", cotangent", pull(y), Grad(sum)(x).Scale(0.5))
			product := HVP(sum)(x, v)
			sameNumbers(t, name+", product", hvp(v), product)
			sameNumbers(t, name+", Hessian", MatMul(Reshape(hessian, 60, 60), Reshape(v, 60)), product)
		}
	}
}
