package hessian

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/dual"
)

func TestUsing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 1))
	for name, f := range recorded {
		n := 4
		if name != "Wood" && name != "Rosenbrock" && name != "Powell singular" {
			n = 30
		}
		x := make([]float64, n)
		auto := Compile(f, x)
		for _, m := range []Method{EdgePushing, DirectColoring, SubstitutionColoring, DenseProducts} {
			p := Compile(f, x, Using(m))
			plan := p.Plan()
			if plan.Method != m || plan.NNZ != auto.Plan().NNZ || plan.Reason != forced {
				t.Errorf("%s: %v, want %v", name, plan, m)
			}
			switch {
			case m == EdgePushing && plan.Products != 0,
				m == DirectColoring && plan.Products != NewColoring(p.Pattern(), Direct).Colors(),
				m == SubstitutionColoring && plan.Products != NewColoring(p.Pattern(), Substitution).Colors(),
				m == DenseProducts && (plan.Products < n-1 || plan.Products > n):
				t.Errorf("%s by %s: %d products", name, m, plan.Products)
			}
			var h *Sym
			for range 2 {
				for i := range x {
					x[i] = rnd.NormFloat64()
				}
				q, r := p.At(x), auto.At(x)
				h = q.Sparse(h)
				want := r.Sparse(nil)
				scale := 1 + max(mat.Max(want), -mat.Min(want))
				for k, v := range h.val {
					if math.Abs(v-want.val[k]) > 1e-13*scale {
						t.Errorf("%s by %s: entry %d is %v, want %v", name, m, k, v, want.val[k])
						break
					}
				}
				if !mat.EqualApprox(q.Dense(nil), want, 1e-12*scale) {
					t.Errorf("%s by %s: the dense one differs", name, m)
				}
				q.Close()
				r.Close()
			}
		}
	}
	wantPanic(t, `Using: unknown method "none"`, func() { Using("none") })
}

func TestPlanReason(t *testing.T) {
	dense := func(x []Var) Var { return dual.Sum(x).Sqr().Sqr() }
	for _, c := range []struct {
		f            func([]Var) Var
		nnz          int
		edges, color string // the reason for the method
	}{
		{rosenbrockVar, 199, "3 products are estimated to take ", "edge pushing is estimated to take "},
		{dense, 5050, "100 products are estimated to take ", "edge pushing is estimated to take "},
		{dual.Sum[Var], 0, "", "the Hessian is zero"},
	} {
		pl := Compile(c.f, make([]float64, 100)).Plan()
		want := c.color
		if pl.Method == EdgePushing {
			want = c.edges
		}
		if pl.NNZ != c.nnz || want == "" || !strings.HasPrefix(pl.Reason, want) {
			t.Errorf("%v", pl)
		}
	}
	pl := Plan{DirectColoring, 3, 199, "why"}
	if got, want := pl.String(), "coloring with 3 products, 199 nonzeros: why"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestUsingBranches takes the choice to new recordings, and the coloring where the
// pattern is the same.
func TestUsingBranches(t *testing.T) {
	f := func(x []Var) Var {
		if dual.Less(x[0], x[1]) {
			return x[0].Mul(x[1]).Sin()
		}
		if dual.Less(x[0], x[0].Const(0)) {
			return x[0].Sqr().Add(x[2].Exp())
		}
		return x[0].Mul(x[1]).Exp()
	}
	for _, m := range []Method{"", EdgePushing, DirectColoring, SubstitutionColoring, DenseProducts} {
		var opts []Option
		if m != "" {
			opts = append(opts, Using(m))
		}
		p := Compile(f, []float64{0, 1, 2}, opts...)
		for _, x := range [][]float64{{0.5, 1, 2}, {1, 0.5, 2}, {0.25, 1, 2}, {-1, -2, 3}, {1, 0.5, 1}} {
			q := p.At(x)
			if err := checkHessian(q, 3, 1e-14); err != nil {
				t.Errorf("%q at %v: %v", m, x, err)
			}
			if m != "" && p.Plan().Method != m {
				t.Errorf("%q at %v: %v", m, x, p.Plan())
			}
			q.Close()
		}
	}
}

// TestProblemNaN ends runs whose Hessian is not finite, sparse or dense, through
// Status.
func TestProblemNaN(t *testing.T) {
	// The second derivative of this is NaN left of 0.5, the others are right.
	f := func(x []Var) Var {
		return x[0].Apply(func(k int, v float64) float64 {
			switch {
			case k == 0:
				return v * v
			case k == 1:
				return 2 * v
			case v < 0.5:
				return math.NaN()
			}
			return 20
		}).Add(x[1].Sqr())
	}
	p := Compile(f, []float64{1, 1})
	res, err := optimize.Minimize(p.Problem(), []float64{1, 1}, nil, &optimize.Newton{})
	var nf *NonFiniteError
	if !errors.As(err, &nf) || nf.What != "Hessian" || nf.Index != 0 || res.Status != optimize.Failure {
		t.Errorf("Newton: %v: %v", res.Status, err)
	}
	for name, m := range map[string]optimize.Method{"NewtonCG": &NewtonCG{HVP: p.HVP}, "TrustRegion": &TrustRegion{HVP: p.HVP}} {
		res, err := optimize.Minimize(p.Problem(), []float64{1, 1}, nil, m)
		if !errors.As(err, &nf) || nf.What != "product" || res.Status != optimize.Failure {
			t.Errorf("%s: %v: %v", name, res.Status, err)
		}
	}
	// The next problem starts afresh.
	problem := p.Problem()
	if s, err := problem.Status(); s != optimize.NotTerminated || err != nil {
		t.Errorf("%v: %v", s, err)
	}
	problem.Hess(mat.NewSymDense(2, nil), []float64{0, 0})
	if s, err := problem.Status(); s != optimize.Failure || err == nil {
		t.Errorf("%v: %v", s, err)
	}
}
