package hessian

import (
	"errors"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
)

func TestCheck(t *testing.T) {
	for _, p := range problems {
		f, ok := recorded[p.name]
		if !ok {
			continue
		}
		prog := Compile(f, p.x)
		for seed := range uint64(3) {
			x := repeated(len(p.x), 0.3, -0.7, 1.1)
			if err := prog.Check(x, Seed(seed)); err != nil {
				t.Errorf("%s: %v", p.name, err)
			}
		}
	}
	if err := Compile(func(x []Var) Var { return Var{} }, nil).Check(nil); err != nil {
		t.Error(err)
	}
	var nf *NonFiniteError
	err := Compile(func(x []Var) Var { return x[0].Log() }, []float64{1}).Check([]float64{-1})
	if !errors.As(err, &nf) || nf.What != "value" {
		t.Errorf("log -1: %v", err)
	}
	err = Compile(func(x []Var) Var { return x[0].Sqrt() }, []float64{1}).Check([]float64{0})
	if !errors.As(err, &nf) || nf.What != "gradient" {
		t.Errorf("sqrt 0: %v", err)
	}
}

// TestCheckFinds has derivatives that are wrong.
func TestCheckFinds(t *testing.T) {
	wrong := func(f0, f1, f2 func(x float64) float64) func([]Var) Var {
		return func(x []Var) Var {
			return x[0].Apply(func(k int, x float64) float64 {
				return []func(float64) float64{f0, f1, f2}[k](x)
			}).Mul(x[1])
		}
	}
	sin, cos, minus := math.Sin, math.Cos, func(x float64) float64 { return -math.Sin(x) }
	var bad *CheckError
	if err := Compile(wrong(sin, cos, minus), []float64{1, 2}).Check([]float64{1, 2}); err != nil {
		t.Error(err)
	}
	err := Compile(wrong(sin, sin, minus), []float64{1, 2}).Check([]float64{1, 2})
	if !errors.As(err, &bad) || !strings.Contains(err.Error(), "differences of the value") {
		t.Errorf("wrong first derivative: %v", err)
	}
	err = Compile(wrong(sin, cos, sin), []float64{1, 2}).Check([]float64{1, 2})
	if !errors.As(err, &bad) || !strings.Contains(err.Error(), "differences of the gradient") {
		t.Errorf("wrong second derivative: %v", err)
	}
	// At a kink products depend on the direction.
	kinked := Compile(func(x []Var) Var { return x[0].Mul(x[1]).Abs().Add(x[2].Sqr()) }, []float64{1, 2, 3})
	asymmetric := 0
	for seed := range uint64(10) {
		err = kinked.Check([]float64{0, 0, 3}, Seed(seed))
		if errors.As(err, &bad) && bad.What == "uᵀHv" {
			asymmetric++
		}
	}
	if asymmetric < 2 {
		t.Errorf("the products at a kink are symmetric but for %d of 10 times", asymmetric)
	}
	// A plan for another pattern.
	p := Compile(rosenbrockVar, []float64{1, 2, 3, 4})
	wrongPlan := Compile(func(x []Var) Var { return dual.SumSq(x) }, []float64{1, 2, 3, 4}, Using(DirectColoring)).plan.Load()
	other := &plan{pattern: wrongPlan.pattern, coloring: wrongPlan.coloring}
	other.prog.Store(p.f.Program())
	p.plan.Store(other)
	if err = p.Check([]float64{1, 2, 3, 4}); !errors.As(err, &bad) || bad.What != "the sparse Hessian times v" {
		t.Errorf("wrong pattern: %v", err)
	}
	var nf *NonFiniteError
	err = Compile(wrong(sin, cos, math.Log), []float64{1, 2}).Check([]float64{-1, 2})
	if !errors.As(err, &nf) || nf.What != "product" || nf.Index != 0 {
		t.Errorf("second derivative that is NaN: %v", err)
	}
}

// TestKinks checks that the Hessian at kinks is symmetric and the one of the
// branch that the gradient takes, however it is found.
func TestKinks(t *testing.T) {
	p := Compile(func(x []Var) Var {
		return x[0].Abs().Mul(x[1]).Add(x[1].Max(x[2]).Sqr()).Add(x[2].Mul(x[3]).Sin())
	}, []float64{1, 2, 3, 4})
	q := p.At([]float64{0, 1, 1, 0.5})
	h := q.Sparse(nil)
	for _, e := range []struct {
		i, j int
		want float64
	}{{0, 0, 0}, {0, 1, 0}, {1, 1, 0.5}, {1, 2, 0.5}, {2, 2, 0.5 - 0.25*math.Sin(0.5)}} {
		if got := h.At(e.i, e.j); math.Abs(got-e.want) > 1e-15 {
			t.Errorf("(%d, %d) is %v, want %v", e.i, e.j, got, e.want)
		}
	}
}

// TestGoroutines uses one program from many goroutines, at points where it
// branches too.
func TestGoroutines(t *testing.T) {
	f := func(x []Var) Var {
		s := rosenbrockVar(x)
		if mixed.Var.Value(x[0]) > 0 {
			s = s.Add(x[0].Mul(x[len(x)-1]))
		}
		return s
	}
	for name, f := range map[string]func(x []Var) Var{"plain": rosenbrockVar, "branches": f} {
		p := Compile(f, make([]float64, 30))
		var wg sync.WaitGroup
		for k := range 4 {
			wg.Go(func() {
				var h *Sym
				for i := range 20 {
					x := repeated(30, float64(k*i%3)-1, 0.5)
					q := p.At(x)
					h = q.Sparse(h)
					want := columns(q, 30)
					for j, i := range h.Pattern().All() {
						if math.Abs(h.At(i, j)-want.At(i, j)) > 1e-12*(1+math.Abs(want.At(i, j))) {
							t.Errorf("%s: (%d, %d) is %v, want %v", name, i, j, h.At(i, j), want.At(i, j))
						}
					}
					v := make([]float64, 30)
					p.HVP(v, x, x)
					q.Close()
				}
			})
		}
		wg.Wait()
	}
}

func TestUnsteered(t *testing.T) {
	calls, seen := 0, 0.0
	p := Compile(func(x []Var) Var {
		calls++
		seen = x[0].Value()
		return rosenbrockVar(x)
	}, make([]float64, 5), Unsteered())
	for k := range 4 {
		q := p.At(repeated(5, float64(k)))
		if l, want := q.Laplacian(), 0.0; k == 0 {
			for i := range 5 {
				want += q.Dense(nil).At(i, i)
			}
			if l != want {
				t.Errorf("Laplacian %v, want %v", l, want)
			}
		}
		q.Close()
	}
	if calls != 1 || seen != 0 {
		t.Errorf("%d calls, want 1", calls)
	}
}
