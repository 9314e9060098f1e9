package jet_test

import (
	"errors"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"gonum.org/v1/gonum/mat"
)

type num3 = jet.Nested[dual.Number3]

func sensitivity(t *testing.T, f func(dst []num3, t num3, y, p []num3), y0, p []float64, t0, t1 float64, s *jet.ODESettings) *jet.ODESensitivity {
	t.Helper()
	sol, err := jet.SolveODESensitivity(f, y0, p, t0, t1, s)
	if err != nil {
		t.Fatal(err)
	}
	return sol
}

func checkMatrix(t *testing.T, name string, got, want *mat.Dense, tol float64) {
	t.Helper()
	var d mat.Dense
	d.Sub(got, want)
	if e := mat.Norm(&d, 2); !(e <= tol*mat.Norm(want, 2)) {
		t.Errorf("%s: error %v\ngot\n%v\nwant\n%v", name, e, mat.Formatted(got), mat.Formatted(want))
	}
}

// TestSensitivityLinear compares y' = Ay with the matrix exponential, for
// dimensions that need one to three passes.
func TestSensitivityLinear(t *testing.T) {
	for n := 1; n <= 7; n++ {
		a := mat.NewDense(n, n, nil)
		y0 := make([]float64, n)
		for i := range n {
			y0[i] = 1 / float64(1+i)
			for j := range n {
				a.Set(i, j, math.Sin(float64(3*i+5*j+n)))
			}
		}
		f := func(dst []num3, _ num3, y, _ []num3) {
			for i := range dst {
				for j := range y {
					dst[i] = dst[i].Add(y[j].Scale(a.At(i, j)))
				}
			}
		}
		sol := sensitivity(t, f, y0, nil, 1, 2, nil)
		for _, at := range []float64{1, 1.3, 2} {
			var want mat.Dense
			want.Scale(at-1, a)
			want.Exp(&want)
			checkMatrix(t, "initial state", sol.InitialAt(nil, at), &want, 1e-13)
			var y mat.VecDense
			y.MulVec(&want, mat.NewVecDense(n, y0))
			if d := distance(sol.At(nil, at), y.RawVector().Data); !(d <= 1e-13*mat.Norm(&y, 2)) {
				t.Errorf("dimension %d: state off by %v", n, d)
			}
		}
		if !sol.ParamsAt(nil, 1.5).IsEmpty() {
			t.Error("derivatives for no parameters")
		}
	}
}

// growth is y' = p0·y·(1-y/p1) + p2·t + p3, of which the last two are 0.
func growth[T dual.Real[T]](dst []T, t T, y, p []T) {
	dst[0] = p[0].Mul(y[0]).Mul(y[0].Div(p[1]).Neg().AddConst(1)).Add(p[2].Mul(t)).Add(p[3])
}

func TestSensitivityParams(t *testing.T) {
	y0, p := []float64{0.2}, []float64{1.3, 4, 0, 0}
	sol := sensitivity(t, growth, y0, p, 0, 3, nil)
	for _, at := range []float64{0, 0.7, 3} {
		// The logistic function, by dual numbers.
		var want [3]float64
		for i := range want {
			x := []dual.Number64{{V: y0[0]}, {V: p[0]}, {V: p[1]}}
			x[i].D = 1
			e := x[1].Scale(-at).Exp()
			y := x[2].Div(x[2].Div(x[0]).AddConst(-1).Mul(e).AddConst(1))
			want[i] = y.D
		}
		if got := sol.InitialAt(nil, at).At(0, 0); !(math.Abs(got-want[0]) <= 1e-14) {
			t.Errorf("initial state at %v: got %v, want %v", at, got, want[0])
		}
		got := sol.ParamsAt(nil, at)
		for j := range 2 {
			if !(math.Abs(got.At(0, j)-want[1+j]) <= 1e-14) {
				t.Errorf("parameter %d at %v: got %v, want %v", j, at, got.At(0, j), want[1+j])
			}
		}
	}
	// The others, by differences.
	got := sol.ParamsAt(nil, 3)
	for j := range p {
		const h = 1e-5
		end := func(h float64) float64 {
			q := append([]float64(nil), p...)
			q[j] += h
			s := solve(t, func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) {
				growth(dst, t, y, []jet.Jet64{jet.New(q[0]), jet.New(q[1]), jet.New(q[2]), jet.New(q[3])})
			}, y0, 0, 3, nil)
			return s.Final(nil)[0]
		}
		want := (end(h) - end(-h)) / (2 * h)
		if !(math.Abs(got.At(0, j)-want) <= 1e-8) {
			t.Errorf("parameter %d: got %v, want %v", j, got.At(0, j), want)
		}
	}
}

// TestSensitivityKepler checks differences, the symplectic form, and that the
// steps are those of SolveODE.
func TestSensitivityKepler(t *testing.T) {
	const t1 = 20.0
	y0 := keplerStart(0.6)
	f := func(dst []num3, t num3, y, _ []num3) { kepler(dst, t, y) }
	sol := sensitivity(t, f, y0, nil, 0, t1, nil)
	plain := solve(t, kepler, y0, 0, t1, nil)
	if sol.Len() != plain.Len() || distance(sol.Final(nil), plain.Final(nil)) > 1e-11 {
		t.Errorf("%d steps to %v, SolveODE %d to %v", sol.Len(), sol.Final(nil), plain.Len(), plain.Final(nil))
	}
	m := sol.InitialAt(nil, t1)
	const h = 1e-6
	want := mat.NewDense(4, 4, nil)
	for j := range 4 {
		col := make([]float64, 4)
		for _, s := range []float64{h, -h} {
			y := append([]float64(nil), y0...)
			y[j] += s
			for i, v := range solve(t, kepler, y, 0, t1, nil).Final(nil) {
				col[i] += v / (2 * s)
			}
		}
		want.SetCol(j, col)
	}
	checkMatrix(t, "differences", m, want, 1e-6)
	form := mat.NewDense(4, 4, []float64{0, 0, 1, 0, 0, 0, 0, 1, -1, 0, 0, 0, 0, -1, 0, 0})
	var s mat.Dense
	s.Product(m.T(), form, m)
	checkMatrix(t, "symplectic form", &s, form, 1e-10)
}

func TestSensitivityDst(t *testing.T) {
	f := func(dst []num3, _ num3, y, p []num3) { dst[0], dst[1] = y[1], y[0].Mul(p[0]) }
	sol := sensitivity(t, f, []float64{1, 2}, []float64{-1}, 0, 1, nil)
	dst := mat.NewDense(2, 2, nil)
	if sol.InitialAt(dst, 0) != dst || dst.At(0, 0) != 1 || dst.At(0, 1) != 0 {
		t.Errorf("at the start: %v", mat.Formatted(dst))
	}
	if !math.IsNaN(sol.ParamsAt(nil, 2).At(1, 0)) {
		t.Error("outside: not NaN")
	}
	none := sensitivity(t, func(dst []num3, _ num3, y, p []num3) {}, nil, []float64{1, 2}, 0, 1, nil)
	if !none.InitialAt(nil, 1).IsEmpty() || !none.ParamsAt(nil, 1).IsEmpty() {
		t.Error("dimension 0: derivatives")
	}
	for want, call := range map[string]func(){
		"jet: InitialAt: dst is 1×2, want 2×2":     func() { sol.InitialAt(mat.NewDense(1, 2, nil), 1) },
		"jet: ParamsAt: dst is 2×2, want 2×1":      func() { sol.ParamsAt(mat.NewDense(2, 2, nil), 1) },
		"jet: ParamsAt: dst is 2×2, want it empty": func() { none.ParamsAt(mat.NewDense(2, 2, nil), 1) },
		"jet: SolveODESensitivity: nil function":   func() { jet.SolveODESensitivity(nil, nil, nil, 0, 1, nil) },
		"jet: SolveODESensitivity: Order = 1, want at least 2": func() {
			jet.SolveODESensitivity(f, nil, nil, 0, 1, &jet.ODESettings{Order: 1})
		},
	} {
		func() {
			defer func() {
				if got, _ := recover().(jet.Error); string(got) != want {
					t.Errorf("got panic %q, want %q", got, want)
				}
			}()
			call()
			t.Errorf("no panic %q", want)
		}()
	}
}

// TestSensitivityErrors checks that derivatives reach as far as the error says,
// and that one that is not finite is an error.
func TestSensitivityErrors(t *testing.T) {
	f := func(dst []num3, _ num3, y, p []num3) { dst[0] = y[0].Sqr().Mul(p[0]) }
	sol, err := jet.SolveODESensitivity(f, []float64{1}, []float64{1}, 0, 2, nil)
	if !errors.Is(err, jet.ErrODEStepTooSmall) {
		t.Fatalf("got error %v", err)
	}
	// y = 1/(1/y0 - p·t)
	if got := sol.InitialAt(nil, 0.5).At(0, 0); math.Abs(got-4) > 1e-13 {
		t.Errorf("initial state: got %v, want 4", got)
	}
	if got := sol.ParamsAt(nil, 0.5).At(0, 0); math.Abs(got-2) > 1e-13 {
		t.Errorf("parameter: got %v, want 2", got)
	}
	root := func(dst []num3, _ num3, y, p []num3) { dst[0] = y[0].Sqrt() }
	if _, err := jet.SolveODESensitivity(root, []float64{0}, nil, 0, 2, nil); !errors.Is(err, jet.ErrODENonFinite) {
		t.Errorf("got error %v, want not finite", err)
	}
	// The solution is constant, but its derivative is infinite.
	e := &jet.ODEError{}
	edge := func(dst []num3, _ num3, y, p []num3) { dst[1] = y[1].AddConst(-1).Sqrt() }
	if _, err := jet.SolveODESensitivity(edge, []float64{0, 1}, nil, 0, 2, nil); !errors.Is(err, jet.ErrODENonFinite) || !errors.As(err, &e) || e.Component != 1 {
		t.Errorf("infinite derivative: got error %v", err)
	}
	if _, err := jet.SolveODESensitivity(root, []float64{math.NaN()}, nil, 0, 2, nil); !errors.As(err, &e) || e.Component != 0 {
		t.Errorf("got error %v", err)
	}
}

func TestSensitivityEvents(t *testing.T) {
	f := func(dst []num3, t num3, y, _ []num3) { oscillator(dst, t, y) }
	sol := sensitivity(t, f, []float64{1, 0}, nil, 0, 5, &jet.ODESettings{Events: []jet.ODEEvent{{G: first, Terminal: true}}})
	if !sol.Terminated() || math.Abs(sol.End()-math.Pi/2) > 1e-15 {
		t.Fatalf("ends at %v", sol.End())
	}
	checkMatrix(t, "at the event", sol.InitialAt(nil, sol.End()), mat.NewDense(2, 2, []float64{0, 1, -1, 0}), 1e-14)
}

func TestSensitivityAllocations(t *testing.T) {
	f := func(dst []num3, t num3, y, _ []num3) { kepler(dst, t, y) }
	allocs := func(t1 float64) float64 {
		return testing.AllocsPerRun(3, func() {
			sensitivity(t, f, keplerStart(0.6), nil, 0, t1, &jet.ODESettings{Discard: true})
		})
	}
	if a, b := allocs(10), allocs(100); a != b {
		t.Errorf("%v allocations to t = 10, %v to 100", a, b)
	}
}

// BenchmarkODESensitivity differentiates an orbit for its four initial values,
// in two passes, beside the plain solution.
func BenchmarkODESensitivity(b *testing.B) {
	f := func(dst []num3, t num3, y, _ []num3) { kepler(dst, t, y) }
	s := &jet.ODESettings{Discard: true}
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			jet.SolveODE(kepler, keplerStart(0.6), 0, 20, s)
		}
	})
	b.Run("derivatives", func(b *testing.B) {
		for b.Loop() {
			jet.SolveODESensitivity(f, keplerStart(0.6), nil, 0, 20, s)
		}
	})
}
