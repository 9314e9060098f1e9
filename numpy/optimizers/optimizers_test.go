package optimizers

import (
	"math"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	np "github.com/dualjet/dualjet/numpy"
)

type params struct {
	A np.Array
	B []np.Array
	N int
}

// rosenbrock is the function of that name, of x = A and y = B[0].
func rosenbrock(p params) np.Array {
	x, y := p.A, p.B[0]
	u := x.AddConst(-1)
	v := np.Sub(y, np.Mul(x, x))
	return np.Add(np.Mul(u, u), np.Mul(v, v).Scale(100))
}

func start() params { return params{A: np.Scalar(-1), B: []np.Array{np.Scalar(2)}, N: 7} }

// TestSteps compares the way with that of autograd's optimizers from the same
// point, as NumPy computes it.
func TestSteps(t *testing.T) {
	for _, c := range []struct {
		name string
		m    Method
		want [2]float64
	}{
		{"SGD", NewSGD(0.0005), [2]float64{-1.5035436974944805, 1.7563085980916695}},
		{"RMSProp", NewRMSProp(0.1), [2]float64{-1.2880642744703052, 1.6719610582154691}},
		{"Adam", NewAdam(0.001), [2]float64{-1.0099932728160212, 1.9900099275527525}},
	} {
		seen := 0
		p := Minimize(c.m, Full(rosenbrock), start(), 10, func(step int, x, g params) bool {
			if step != seen || g.N != 7 {
				t.Errorf("%s: step %d, want %d", c.name, step, seen)
			}
			seen++
			return true
		})
		if seen != 10 {
			t.Errorf("%s: %d steps, want 10", c.name, seen)
		}
		got := [2]float64{p.A.Float64(), p.B[0].Float64()}
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-13*math.Abs(c.want[i]) {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			}
		}
	}
}

func TestMinimize(t *testing.T) {
	for name, m := range map[string]Method{
		"SGD": NewSGD(0.002), "RMSProp": NewRMSProp(0.002), "Adam": NewAdam(0.02),
	} {
		p := Minimize(m, Full(rosenbrock), start(), 8000, func(step int, x, g params) bool {
			return math.Hypot(g.A.Float64(), g.B[0].Float64()) > 1e-3
		})
		if math.Abs(p.A.Float64()-1) > 0.01 || math.Abs(p.B[0].Float64()-1) > 0.01 {
			t.Errorf("%s: at (%v, %v), want (1, 1)", name, p.A.Float64(), p.B[0].Float64())
		}
	}
	if p := start(); p.A.Float64() != -1 {
		t.Error("the start has changed")
	}
}

// TestComplex minimises |z-c|² over complex numbers.
func TestComplex(t *testing.T) {
	c := np.FromComplex([]complex128{1 + 2i, -3 - 1i})
	f := func(z np.Array) np.Array {
		// d² has the real part (Re d)² - (Im d)².
		d := np.Sub(z, c)
		re := np.Real(d)
		im := np.Real(np.Mul(d, np.ComplexScalar(-1i)))
		return np.Sum(np.Add(np.Mul(re, re), np.Mul(im, im)))
	}
	for name, m := range map[string]Method{"SGD": NewSGD(0.1), "Adam": NewAdam(0.05)} {
		z := Minimize(m, Full(f), np.FromComplex([]complex128{0, 0}), 500, nil)
		if v := f(z).Float64(); v > 1e-6 {
			t.Errorf("%s: %v at %v", name, v, z.Complex128s())
		}
	}
}

func TestPanics(t *testing.T) {
	one, two := np.Scalar(1), np.FromSlice([]float64{1, 2})
	for _, c := range []struct {
		text string
		f    func()
	}{
		{"optimizers: Step: a gradient of 1 arrays for parameters of 2", func() { Step(NewSGD(1), []np.Array{one, one}, []np.Array{one}) }},
		{"optimizers: Step: a gradient of shape [2] for an array of shape [] at [0]", func() { Step(NewSGD(1), []np.Array{one}, []np.Array{two}) }},
		{"optimizers: Adam: 2 parameters, a gradient of 2, steps before of 1", func() {
			m := NewAdam(1)
			Step(m, one, one)
			Step(m, two, two)
		}},
		{"optimizers: TreeProblem: the tree holds complex arrays", func() {
			TreeProblem(func(z np.Array) np.Array { return np.Real(z) }, np.ComplexScalar(1))
		}},
		{"optimizers: Problem: the value of the function has shape [2], want one real number", func() {
			Problem(func(x np.Array) np.Array { return x }).Func([]float64{1, 2})
		}},
	} {
		if err := np.Maybe(c.f); err == nil || !strings.Contains(err.Error(), c.text) {
			t.Errorf("got %v, want %q", err, c.text)
		}
	}
}

func TestProblem(t *testing.T) {
	p, x, unflatten := TreeProblem(rosenbrock, start())
	if p.Func(x) != rosenbrock(start()).Float64() {
		t.Errorf("value %v", p.Func(x))
	}
	g := make([]float64, 2)
	p.Grad(g, x)
	if want := []float64{2*(-1-1) - 400*(-1)*(2-1), 200 * (2 - 1)}; g[0] != want[0] || g[1] != want[1] {
		t.Errorf("gradient %v, want %v", g, want)
	}
	var h mat.SymDense
	p.Hess(&h, x)
	if want := []float64{2 - 400*(2-3), 400, 200}; h.At(0, 0) != want[0] || h.At(0, 1) != want[1] || h.At(1, 1) != want[2] {
		t.Errorf("Hessian %v, want %v", mat.Formatted(&h), want)
	}
	for name, m := range map[string]optimize.Method{"BFGS": &optimize.BFGS{}, "Newton": &optimize.Newton{}, "CG": &optimize.CG{}} {
		r, err := optimize.Minimize(p, x, nil, m)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		q := unflatten(r.X)
		if math.Abs(q.A.Float64()-1) > 1e-4 || math.Abs(q.B[0].Float64()-1) > 1e-4 || q.N != 7 {
			t.Errorf("%s: at (%v, %v)", name, q.A.Float64(), q.B[0].Float64())
		}
	}
}

// Value and gradient at one point take one evaluation.
func TestEvaluations(t *testing.T) {
	evals := 0
	f := func(x np.Array) np.Array {
		evals++
		return rosenbrock(params{A: x.At(0), B: []np.Array{x.At(1)}})
	}
	p := Problem(f)
	g := make([]float64, 2)
	x := []float64{-1, 2}
	for i, c := range []struct {
		call func()
		want int
	}{
		{func() { p.Func(x) }, 1},
		{func() { p.Grad(g, x) }, 1},
		{func() { p.Func(x) }, 1},
		{func() { x[0] = 3; p.Grad(g, x) }, 2}, // in the caller's slice
		{func() { p.Func(x) }, 2},
		{func() { p.Func([]float64{-1, 2}) }, 3},
	} {
		c.call()
		if evals != c.want {
			t.Errorf("call %d: %d evaluations, want %d", i, evals, c.want)
		}
	}
	if want := []float64{2*(3-1) - 400*3*(2-9), 200 * (2 - 9)}; g[0] != want[0] || g[1] != want[1] {
		t.Errorf("gradient %v, want %v", g, want)
	}
	evals = 0
	r, err := optimize.Minimize(p, []float64{-1, 2}, nil, &optimize.BFGS{})
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Stats; s.GradEvaluations < 10 || evals > s.FuncEvaluations {
		t.Errorf("%d evaluations for %d values and %d gradients", evals, s.FuncEvaluations, s.GradEvaluations)
	}
	// A point that is not a number is equal to none.
	nan := []float64{math.NaN(), 0}
	p.Func(nan)
	if p.Grad(g, nan); g[0] == g[0] {
		t.Errorf("gradient at NaN: %v", g)
	}
	// Several goroutines at different points.
	p = Problem(func(x np.Array) np.Array { return np.Sum(np.Square(x)) })
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			x, g := []float64{float64(i), 1}, make([]float64, 2)
			for range 100 {
				v := p.Func(x)
				p.Grad(g, x)
				if v != x[0]*x[0]+1 || g[0] != 2*x[0] || g[1] != 2 {
					t.Errorf("at %v: value %v, gradient %v", x, v, g)
				}
			}
		})
	}
	wg.Wait()
}
