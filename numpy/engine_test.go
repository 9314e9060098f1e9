package numpy

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/jet"
)

func tanhReadme(x Array) Array {
	y := Exp(x.Scale(-2))
	return Div(y.Neg().AddConst(1), y.AddConst(1))
}

func linspace(lo, hi float64, n int) Array {
	x := make([]float64, n)
	for i := range x {
		x[i] = lo + (hi-lo)*float64(i)/float64(n-1)
	}
	return FromSlice(x)
}

func TestNestedTanh(t *testing.T) {
	x := linspace(-7, 7, 200)
	f := tanhReadme
	taylor := ElementwiseDerivatives(tanhReadme, 6)(x)
	for k := range 7 {
		y := f(x).Float64s()
		z := taylor[k].Float64s()
		for i, v := range x.Float64s() {
			want := jet.Variable(v, k).Tanh().Derivative(k)
			if e := math.Abs(y[i]-want) / math.Max(math.Abs(want), 1e-8); e > 1e-6 {
				t.Fatalf("order %d at %g: got %g, want %g", k, v, y[i], want)
			}
			if e := math.Abs(z[i]-want) / math.Max(math.Abs(want), 1e-8); e > 1e-6 {
				t.Fatalf("Taylor order %d at %g: got %g, want %g", k, v, z[i], want)
			}
		}
		f = ElementwiseGrad(f)
	}
}

func TestMixes(t *testing.T) {
	fwd := func(f func(Array) Array) func(Array) Array {
		return func(x Array) Array { _, d := JVP(f, x, Scalar(1)); return d }
	}
	tay := func(f func(Array) Array) func(Array) Array {
		return func(x Array) Array { return ElementwiseDerivatives(f, 1)(x)[1] }
	}
	rev := ElementwiseGrad
	modes := []func(func(Array) Array) func(Array) Array{fwd, rev, tay}
	f := func(x Array) Array { return Div(Mul(x, Tanh(x)), x.AddConst(3)).Exp() }
	x := 0.7
	want := jet.Variable(x, 3)
	w := want.Mul(want.Tanh()).Div(want.AddConst(3)).Exp().Derivative(3)
	for i, a := range modes {
		for j, b := range modes {
			for k, c := range modes {
				if got := a(b(c(f)))(Scalar(x)).Float64(); math.Abs(got-w) > 1e-12*math.Abs(w) {
					t.Errorf("modes %d %d %d: got %g, want %g", i, j, k, got, w)
				}
			}
		}
	}
	if got := tay(func(x Array) Array {
		return Mul(x, tay(func(y Array) Array { return Add(x, y) })(Scalar(1)))
	})(Scalar(2)).Float64(); got != 1 {
		t.Errorf("confusion: got %g", got)
	}
}

func TestAt(t *testing.T) {
	x := linspace(1, 2, 10)
	f := func(x Array) Array {
		var s Array
		for i := range 9 {
			s = s.Add(Mul(x.At(i), Mul(x.At(i), x.At(i+1))))
		}
		return s
	}
	g := func(x Array) Array { return Sum(Mul(Grad(f)(x), Grad(f)(x))) }
	h := Grad(g)(x).Float64s()
	v := x.Float64s()
	gf := make([]float64, 10)
	for i := range 9 {
		gf[i] += 2 * v[i] * v[i+1]
		gf[i+1] += v[i] * v[i]
	}
	for i := range 10 {
		want := 0.0
		if i < 9 {
			want += gf[i]*2*v[i+1] + gf[i+1]*2*v[i]
		}
		if i > 0 {
			want += gf[i-1] * 2 * v[i-1]
		}
		want *= 2
		if math.Abs(h[i]-want) > 1e-12*want {
			t.Errorf("%d: got %g, want %g", i, h[i], want)
		}
	}
}
