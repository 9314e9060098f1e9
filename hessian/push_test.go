package hessian

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// TestLeastColors compares the bound with colorings.
func TestLeastColors(t *testing.T) {
	for _, c := range []struct {
		name string
		p    *Pattern
		want int
	}{
		{"empty", NewPattern(3, nil), 0},
		{"diagonal", bordered(9, 0, 0), 1},
		{"tridiagonal", bordered(9, 1, 0), 3},
		{"arrow", bordered(9, 0, 1), 2},
		{"pair", bordered(2, 1, 0), 2},
		{"triangle", bordered(3, 2, 0), 3},
		{"without diagonal", NewPattern(2, entries([2]int{1, 0})), 1},
		{"band", bordered(100, 5, 0), 6},
		{"dense", bordered(9, 8, 0), 6},
	} {
		if got := leastColors(c.p); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		n := 1 + r.IntN(12)
		m := r.IntN(3 * n)
		p := NewPattern(n, func(yield func(int, int) bool) {
			for range m {
				if !yield(r.IntN(n), r.IntN(n)) {
					return
				}
			}
		})
		if least, colors := leastColors(p), NewColoring(p, Direct).Colors(); least > colors {
			t.Fatalf("%d colors are enough, not %d:\n%v", colors, least, p)
		}
	}
}

// TestSteeredPlan wants a function that is recorded at each point to keep its plan
// as long as it does the same operations.
func TestSteeredPlan(t *testing.T) {
	f := func(x []Var) Var {
		c := x[0].Value() // of the constants
		y := x[0].Mul(x[1]).Scale(c).AddConst(c)
		if c < 0 {
			y = y.PowInt(2)
		} else if c > 10 {
			y = y.PowInt(1)
		}
		return y
	}
	p := Compile(f, []float64{1, 1})
	plans := map[*plan]bool{}
	for _, c := range []struct{ x, plans, nnz float64 }{{2, 1, 1}, {3, 1, 1}, {-1, 2, 3}, {-2, 2, 3}, {11, 3, 1}, {12, 3, 1}, {4, 4, 1}} {
		q := p.At([]float64{c.x, 1})
		plans[q.getPlan()] = true
		if float64(len(plans)) != c.plans || float64(q.Pattern().NNZ()) != c.nnz {
			t.Errorf("x = %v: %d plans, %v", c.x, len(plans), q.Pattern())
		}
		if err := checkHessian(q, 2, 1e-14); err != nil {
			t.Errorf("x = %v: %v", c.x, err)
		}
		q.Close()
	}
}

// TestPushNaN wants NaN and infinities nowhere but where products have them.
func TestPushNaN(t *testing.T) {
	for name, f := range map[string]func(x []Var) []Var{
		"hs071": hs071,
		"sum": func(x []Var) []Var {
			return []Var{dual.Sum(x[1:]).Mul(x[0].Log()), x[2].Sqr(), x[3].Sqr()}
		},
	} {
		for _, bad := range []float64{math.NaN(), math.Inf(1), 0} {
			x := []float64{bad, 5, 5, 1}
			p, c := CompileVector(f, x, Using(EdgePushing)), CompileVector(f, x, Using(DirectColoring))
			q, r := p.At(x), c.At(x)
			q.Weigh([]float64{1, 0, 0})
			r.Weigh([]float64{1, 0, 0})
			h, want := q.Sparse(nil), r.Sparse(nil)
			for k, v := range h.val {
				if w := want.val[k]; v != w && !(math.IsNaN(v) && math.IsNaN(w)) {
					t.Errorf("%s at %v: entry %d is %v, want %v", name, bad, k, v, w)
				}
			}
			q.Close()
			r.Close()
		}
	}
}
