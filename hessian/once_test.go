package hessian

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/dual"
)

// generic is Σ exp(x_i x_{i+1}) for any real numbers.
func generic[T dual.Real[T]](x []T) T {
	var s T
	for i := range len(x) - 1 {
		s = s.Add(x[i].Mul(x[i+1]).Exp())
	}
	return s
}

func TestOnce(t *testing.T) {
	for n := range 12 {
		x, v := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i], v[i] = math.Sin(float64(i+1)), float64(i-3)
		}
		want := mat.NewDense(max(n, 1), max(n, 1), nil)
		for i := range n - 1 {
			a, b, e := x[i], x[i+1], math.Exp(x[i]*x[i+1])
			want.Set(i, i, want.At(i, i)+b*b*e)
			want.Set(i+1, i+1, want.At(i+1, i+1)+a*a*e)
			want.Set(i, i+1, (1+a*b)*e)
			want.Set(i+1, i, (1+a*b)*e)
		}
		d := Dense(nil, generic, x)
		s := Sparse(nil, generic, x)
		hv := HVP(nil, generic, x, v)
		if d.SymmetricDim() != n || s.SymmetricDim() != n || len(hv) != n {
			t.Fatalf("n = %d: sizes %d, %d and %d", n, d.SymmetricDim(), s.SymmetricDim(), len(hv))
		}
		if n > 1 && s.Pattern().NNZ() != 2*n-1 {
			t.Errorf("n = %d: pattern\n%v", n, s.Pattern())
		}
		for i := range n {
			sum := 0.0
			for j := range n {
				sum += want.At(i, j) * v[j]
				if !near(d.At(i, j), want.At(i, j), 1e-14) || !near(s.At(i, j), want.At(i, j), 1e-14) {
					t.Errorf("n = %d: (%d, %d) is %v and %v, want %v", n, i, j, d.At(i, j), s.At(i, j), want.At(i, j))
				}
			}
			if !near(hv[i], sum, 1e-13) {
				t.Errorf("n = %d: product %v, want %v", n, hv[i], sum)
			}
		}
		// Into the same ones, at another point and with another function.
		for i := range x {
			x[i] = -x[i]
		}
		if got := Dense(d, generic, x); got != d || n > 0 && !mat.EqualApprox(d, want, 1e-13) {
			t.Errorf("n = %d: again %v", n, mat.Formatted(d))
		}
		if got := Sparse(s, dual.SumSq, x); got != s || s.NNZ() != n {
			t.Errorf("n = %d: %d entries of a diagonal", n, s.NNZ())
		}
	}
}

// TestOnceDense has a function that is faster by products with unit vectors.
func TestOnceDense(t *testing.T) {
	power := func(x []Var) Var { return dual.Sum(x).Sqr().Sqr() }
	for _, n := range []int{1, 2, 7, 90} {
		x := make([]float64, n)
		s := 0.0
		for i := range x {
			x[i] = math.Cos(float64(i))
			s += x[i]
		}
		d, h := Dense(nil, power, x), Sparse(nil, power, x)
		for i := range n {
			for j := range n {
				if want := 12 * s * s; !near(d.At(i, j), want, 1e-13) || !near(h.At(i, j), want, 1e-13) {
					t.Fatalf("n = %d: (%d, %d) is %v and %v, want %v", n, i, j, d.At(i, j), h.At(i, j), want)
				}
			}
		}
	}
	nan := []float64{math.NaN(), 1}
	if d := Dense(nil, power, nan); !math.IsNaN(d.At(0, 1)) {
		t.Errorf("NaN gives %v", mat.Formatted(d))
	}
}

func TestOnceMistakes(t *testing.T) {
	x := []float64{1, 2}
	wantPanic(t, "Dense: nil function", func() { Dense(nil, nil, x) })
	wantPanic(t, "Sparse: nil function", func() { Sparse(nil, nil, x) })
	wantPanic(t, "HVP: nil function", func() { HVP(nil, nil, x, x) })
	wantPanic(t, "dst is 3×3, want 2×2", func() { Dense(mat.NewSymDense(3, nil), generic, x) })
	wantPanic(t, "dst is 3×3, want 2×2", func() { Dense(mat.NewSymDense(3, nil), dual.Prod, x) })
	wantPanic(t, "HVP: len(v) = 1, want len(x) = 2", func() { HVP(nil, generic, x, x[:1]) })
	wantPanic(t, "HVP: len(dst) = 1, want len(x) = 2", func() { HVP(x[:1], generic, x, x) })
	if raceEnabled {
		return
	}
	dst, f := make([]float64, 2), generic[Var]
	if n := testing.AllocsPerRun(20, func() { HVP(dst, f, x, x) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
