package problems

import (
	"math"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
)

// gradbench are the evals of GradBench that need no data and have one output.
func gradbench() []scalar {
	type tapes = map[string]func(x []reverse.Var) reverse.Var
	generic := func(f func(x []reverse.Var) reverse.Var) tapes { return tapes{"generic": f} }
	llsq, ode, kmeans := &LeastSquares{N: 200, M: 16}, ODE{Steps: 20}, NewKMeans(200, 5, 3, 1)
	return []scalar{
		{"Det", matrix(6), Det, DetGradient, DetValue[dual.Float], DetValue[dual.Number64], generic(DetValue[reverse.Var])},
		{"LeastSquares", sines(16), llsq.Value, llsq.Gradient,
			func(x []dual.Float) dual.Float { return LeastSquaresValue(llsq, x) },
			func(x []dual.Number64) dual.Number64 { return LeastSquaresValue(llsq, x) },
			generic(func(x []reverse.Var) reverse.Var { return LeastSquaresValue(llsq, x) })},
		{"LSE", sines(500), LSE, LSEGradient, LSEValue[dual.Float], LSEValue[dual.Number64],
			tapes{"fused": LSEValue[reverse.Var], "scalar": LSEScalar[reverse.Var]}},
		{"ODE", []float64{0.9, 1.2, 0.7, 1.1, 1.5, 0.8}, ode.Value, ode.Gradient,
			func(x []dual.Float) dual.Float { return ODEValue(ode, x) },
			func(x []dual.Number64) dual.Number64 { return ODEValue(ode, x) },
			generic(func(x []reverse.Var) reverse.Var { return ODEValue(ode, x) })},
		{"KMeans", kmeans.Params(), kmeans.Value, kmeans.Gradient,
			func(x []dual.Float) dual.Float { return KMeansValue(kmeans, x) },
			func(x []dual.Number64) dual.Number64 { return KMeansValue(kmeans, x) },
			generic(func(x []reverse.Var) reverse.Var { return KMeansValue(kmeans, x) })},
	}
}

// matrix returns an n×n matrix that is far from singular.
func matrix(n int) []float64 {
	a := sines(n * n)
	for i := range n {
		a[i*n+i] += 2
	}
	return a
}

func TestDet(t *testing.T) {
	for n := 1; n <= 7; n++ {
		a := matrix(n)
		m := mat.NewDense(n, n, a)
		det := mat.Det(m)
		near(t, "determinant", []float64{Det(a)}, []float64{det}, 1e-12)
		// The gradient is det·A⁻ᵀ.
		var inv mat.Dense
		if err := inv.Inverse(m); err != nil {
			t.Fatal(err)
		}
		want := mat.NewDense(n, n, nil)
		want.Scale(det, inv.T())
		near(t, "cofactors", DetGradient(nil, a), want.RawMatrix().Data, 1e-11)
	}
	near(t, "singular", DetGradient(nil, []float64{1, 2, 2, 4}), []float64{4, -2, -2, 1}, 0)
}

func TestLSE(t *testing.T) {
	for _, x := range [][]float64{{3}, {1000, 1000}, {-1000, -1001, -1e5}} {
		want := LSE(x)
		near(t, "scalar", []float64{float64(LSEScalar(floats(x)))}, []float64{want}, 1e-15)
		near(t, "fused", []float64{float64(LSEValue(floats(x)))}, []float64{want}, 1e-15)
		near(t, "gradient", reverse.Gradient(nil, LSEScalar[reverse.Var], x), LSEGradient(nil, x), 1e-12)
	}
	if v := LSE([]float64{1000, 1000}); math.Abs(v-1000-math.Ln2) > 1e-12 {
		t.Errorf("LSE = %v", v)
	}
}

// TestODE checks the components that the method finds exactly, and that the others
// converge as a method of order 4 does.
func TestODE(t *testing.T) {
	x := []float64{0.9, 1.2, 0.7, 1.1, 1.5}
	exact := make([]float64, len(x))
	y := 1.0
	for i, v := range x {
		y *= v * 2 / float64(i+1)
		exact[i] = y
	}
	near(t, "first components", ODE{Steps: 3}.Solve(nil, x)[:4], exact[:4], 1e-14)
	e1 := math.Abs(ODE{Steps: 8}.Value(x) - exact[4])
	e2 := math.Abs(ODE{Steps: 16}.Value(x) - exact[4])
	if r := math.Log2(e1 / e2); math.Abs(r-4) > 0.1 {
		t.Errorf("order %.2f, want 4", r)
	}
	for _, n := range []int{1, 2} {
		grad := ODE{Steps: 5}.Gradient(nil, x[:n])
		want := []float64{2, 0}
		if n == 2 {
			want = []float64{2 * x[1], 2 * x[0]}
		}
		near(t, "gradient", grad, want[:n], 1e-14)
	}
}

// TestKMeans checks the Hessian: its product with the vector of ones is its
// diagonal, and so is each entry.
func TestKMeans(t *testing.T) {
	for _, m := range []*KMeans{NewKMeans(100, 4, 3, 2), NewKMeans(7, 1, 2, 3), NewKMeans(50, 6, 1, 4)} {
		c := m.Params()
		want := m.Diagonal(nil, c)
		ones := make([]float64, len(c))
		for i := range ones {
			ones[i] = 1
		}
		f := func(x []mixed.Var) mixed.Var { return KMeansValue(m, x) }
		near(t, "HVP", mixed.HVP(nil, f, c, ones), want, 1e-14)
		h := dual.Hessian(nil, func(x []dual.Hyper) dual.Hyper { return KMeansValue(m, x) }, c)
		for i := range c {
			for j := range c {
				v := 0.0
				if i == j {
					v = want[i]
				}
				if h.At(i, j) != v {
					t.Errorf("H[%d,%d] = %v, want %v", i, j, h.At(i, j), v)
				}
			}
		}
		// A recorded program holds for other centroids.
		prog := mixed.Record(f, c)
		for i := range c {
			c[i] += 0.5 * math.Cos(float64(i))
		}
		p, err := prog.At(c)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "replay", p.HVP(nil, ones), m.Diagonal(nil, c), 1e-14)
		p.Close()
		if s := m.Diagonal(nil, c); sum(s) != 2*float64(m.N*m.D) {
			t.Errorf("diagonal %v", s)
		}
	}
	if a, b := NewKMeans(5, 2, 2, 1), NewKMeans(5, 2, 2, 2); !slices.Equal(a.X, NewKMeans(5, 2, 2, 1).X) || slices.Equal(a.X, b.X) {
		t.Error("the points are not those of the seed")
	}
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

func TestGradBenchPanics(t *testing.T) {
	m := NewKMeans(3, 2, 2, 1)
	x := make([]float64, 3)
	for name, f := range map[string]func(){
		"Det":                   func() { Det(x) },
		"DetValue":              func() { DetValue(floats(nil)) },
		"DetGradient":           func() { DetGradient(x, make([]float64, 4)) },
		"LeastSquares.Value":    func() { (&LeastSquares{N: 1, M: 3}).Value(x) },
		"LeastSquares.Gradient": func() { (&LeastSquares{N: 2, M: 2}).Gradient(nil, x) },
		"LeastSquaresValue":     func() { LeastSquaresValue(&LeastSquares{N: 2, M: 2}, floats(x)) },
		"LSE":                   func() { LSE(nil) },
		"LSEGradient":           func() { LSEGradient(x[:1], x) },
		"ODE.Solve":             func() { ODE{}.Solve(nil, x) },
		"ODE.Value":             func() { ODE{Steps: 1}.Value(nil) },
		"ODE.Gradient":          func() { ODE{Steps: 1}.Gradient(x[:1], x) },
		"ODESolve":              func() { ODESolve(ODE{Steps: 1}, floats(x[:1]), floats(x)) },
		"KMeans.Value":          func() { m.Value(x) },
		"KMeans.Gradient":       func() { m.Gradient(x, make([]float64, 4)) },
		"KMeans.Diagonal":       func() { m.Diagonal(nil, x) },
		"KMeansValue":           func() { KMeansValue(m, floats(x)) },
		"NewKMeans":             func() { NewKMeans(1, 0, 1, 1) },
	} {
		panicsWith(t, name, f)
	}
}
