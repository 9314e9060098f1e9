package main

import (
	"errors"
	"fmt"
	"io"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/num/hyperdual"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/hessian"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
)

// A claim is a figure with a target that docs/performance.md promises to keep.
type claim struct {
	name   string
	what   string
	unit   string
	target float64 // 0 for a figure without one
	least  bool    // the target is a lower bound
	// measure returns the figure. The ones it is the ratio of are timed in turns.
	measure func(m *meter) (spread, error)
}

// A claimResult is what was measured of a claim.
type claimResult struct {
	Name     string  `json:"name"`
	What     string  `json:"what"`
	Unit     string  `json:"unit"`
	Target   float64 `json:"target"`
	Least    bool    `json:"least"`
	Measured spread  `json:"measured"`
	Met      bool    `json:"met"`
	Command  string  `json:"command"` // that measures it alone
}

// claims returns all claims.
func claims() []claim {
	return []claim{
		{"reverse/rosenbrock", "gradient, 1000 variables, recorded", "× plain", 50, false, claimRosenbrock(false)},
		{"reverse/rosenbrock-op", "the same for an operation", "ns/op", 6, false, claimRosenbrock(true)},
		{"reverse/logistic-scalar", "gradient, 1000×50, in plain loops", "× plain", 7, false, claimLogistic(problems.LogisticScalar)},
		{"reverse/logistic-fused", "gradient, 1000×50, fused statements", "× plain", 2.6, false, claimLogistic(problems.LogisticVar)},
		{"reverse/gmm", "gradient, d = 10, k = 25, n = 1000, whole", "× plain", 8.5, false, claimGradient("gmm-d10-k25", reverseTape)},
		{"reverse/gmm-terms", "the same term by term", "× plain", 7, false, claimGradient("gmm-d10-k25", reverseTerms)},
		{"reverse/gmm-terms-tape", "memory of that tape", "bytes", 256 << 10, false, claimTermsTape},
		{"reverse/lstm", "gradient, 2 layers, 1024 characters", "× plain", 3.6, false, claimGradient("lstm", reverseTape)},
		{"reverse/ba", "2×15 Jacobian of an observation", "× plain", 21, false, claimGradient("ba", reverseGeneric)},
		{"reverse/memory", "tape and adjoint of an operation", "bytes", 32, false, claimMemory},

		{"jet/order6", "series of order 6 against six nested duals", "times as fast", 20, true, claimOrder6},
		{"jet/laplacian", "Laplacian, network of 50 variables, against 50 HVPs at a new point of a program", "times as fast", 3, true, claimLaplacian},

		{"mixed/hvp-gmm", "HVP, d = 10, k = 25, n = 1000, at a new point of a program", "gradients", 2, false, claimGMM(false)},
		{"mixed/hvp-gmm-recorded", "the same, recorded each time", "gradients", 0, false, claimGMM(true)},
		{"mixed/hvp-rosenbrock", "HVP, 100 variables, at a new point of a program", "µs", 13, false, claimHVP(false)},
		{"mixed/hvp-rosenbrock-recorded", "the same, recorded each time", "µs", 0, false, claimHVP(true)},

		{"hessian/dense-fd", "dense Hessian, Rosenbrock, 100 variables, against fd.Hessian", "times as fast", 100, true, claimDenseFD},
		{"hessian/dense-hyperdual", "the same against gonum's hyperduals", "times as fast", 3, true, claimDenseGonum},
		{"hessian/dense-hyper", "the same against dual.Hessian", "times as fast", 3, true, claimDenseHyper},
		{"hessian/sparse", "value, gradient, sparse Hessian, Rosenbrock, 10⁶ variables", "gradients", 10, false, claimSparse(rosenbrock, 1_000_000)},
		{"hessian/arrow", "the same, ARWHEAD, 10⁵ variables", "gradients", 8, false, claimSparse(arrow, 100_000)},
		{"hessian/coloring", "star colouring, band of 5 and 5 dense rows, n = 10⁵", "s", 1, false, claimColoring},
	}
}

// instanceOf returns a problem at its default size.
func instanceOf(name string) (*instance, error) {
	p := find(name)
	return p.build(p.n)
}

// once is the spread of a number that does not vary.
func once(v float64) spread { return spread{v, v, v, 1} }

func claimGradient(name string, prepare func(in *instance) (*job, string)) func(m *meter) (spread, error) {
	return func(m *meter) (spread, error) {
		in, err := instanceOf(name)
		if err != nil {
			return spread{}, err
		}
		j, _ := prepare(in)
		r, err := m.versus(in.evaluate(), j.run)
		return r.Ratio, err
	}
}

func claimRosenbrock(perOp bool) func(m *meter) (spread, error) {
	return func(m *meter) (spread, error) {
		in, err := rosenbrock(1000)
		if err != nil {
			return spread{}, err
		}
		j, _ := reverseTape(in)
		r, err := m.versus(in.evaluate(), j.run)
		if perOp {
			return r.NS.scale(1 / float64(in.operations().count)), err
		}
		return r.Ratio, err
	}
}

func claimLogistic(f func(l *problems.Logistic, p []rev) rev) func(m *meter) (spread, error) {
	return func(m *meter) (spread, error) {
		l := problems.NewLogistic(1000, 50, 1)
		p, dst := l.Params(), make([]float64, 50)
		r, err := m.versus(func() { *sink = l.Value(p) }, func() { reverse.Gradient(dst, on(l, f), p) })
		return r.Ratio, err
	}
}

func claimTermsTape(*meter) (spread, error) {
	p := find("gmm-d10-k25")
	g, err := readGMM("gmm_d10_K25.txt", p.n)
	if err != nil {
		return spread{}, err
	}
	t := gmmTerms{g: g, p: g.Params()}
	t.gradient(make([]float64, len(t.p)))
	return once(float64(t.tape.Bytes())), nil
}

// claimMemory counts the bytes that each more operation of a chain takes.
func claimMemory(*meter) (spread, error) {
	const n = 100_000
	used := func(n int) float64 {
		var t reverse.Tape
		x := t.Var(0.5)
		y := x
		for range n {
			y = y.Mul(x)
		}
		t.Backward(y)
		return float64(t.Stats().Used)
	}
	return once((used(2*n) - used(n)) / n), nil
}

func claimOrder6(m *meter) (spread, error) {
	const x = 0.7
	var w jet.Workspace[float64]
	r, err := m.versus(func() {
		w.Reset()
		*sink = sinExp(w.Variable(x, 6)).Coeff(6)
	}, nestings(x)[5])
	return r.Ratio, err
}

func claimLaplacian(m *meter) (spread, error) {
	f, x := newNet(50, 20, 1), wave(50, 0, 1)
	c := first(netOf[coll](f))
	p := mixed.Record(first(netOf[mix](f)), x)
	v, hv := make([]float64, len(x)), make([]float64, len(x))
	var failed error
	r, err := m.versus(func() { *sink = jet.Laplacian(c, x) }, func() {
		q, err := p.At(x)
		if err != nil {
			failed = err
			return
		}
		*sink = 0
		for i := range v {
			v[i] = 1
			*sink += q.HVP(hv, v)[i]
			v[i] = 0
		}
		q.Close()
	})
	return r.Ratio, errors.Join(err, failed)
}

// onTape returns a gradient on a tape of its own, which it keeps: the garbage
// collector may take from the drivers of package reverse what they do not use for a
// while, and a large tape is slow to come by.
func onTape(f func(x []rev) rev, x []float64) func() {
	var t reverse.Tape
	vars, dst := make([]rev, len(x)), make([]float64, len(x))
	return func() {
		t.Reset()
		t.Backward(f(t.Vars(vars, x)))
		for i, v := range vars {
			dst[i] = t.Adjoint(v)
		}
	}
}

// hvp returns products with the Hessian, at a new point or recorded anew.
func hvp(in *instance, recorded bool) func() {
	prepare := productReplay
	if recorded {
		prepare = productMixed
	}
	j, _ := prepare(in)
	return j.run
}

func claimGMM(recorded bool) func(m *meter) (spread, error) {
	return func(m *meter) (spread, error) {
		in, err := instanceOf("gmm-d10-k25")
		if err != nil {
			return spread{}, err
		}
		r, err := m.versus(onTape(in.generic, in.x), hvp(in, recorded))
		return r.Ratio, err
	}
}

func claimHVP(recorded bool) func(m *meter) (spread, error) {
	return func(m *meter) (spread, error) {
		in, err := rosenbrock(100)
		if err != nil {
			return spread{}, err
		}
		r, err := m.versus(in.evaluate(), hvp(in, recorded))
		return r.NS.scale(1e-3), err
	}
}

// dense times f, that puts a Hessian of 100 variables into h, beside that of
// package hessian.
func dense(m *meter, f func(in *instance, h *mat.SymDense) func()) (spread, error) {
	in, err := rosenbrock(100)
	if err != nil {
		return spread{}, err
	}
	j, _ := hessianDense(in)
	r, err := m.versus(j.run, f(in, mat.NewSymDense(len(in.x), nil)))
	return r.Ratio, err
}

func claimDenseFD(m *meter) (spread, error) {
	return dense(m, func(in *instance, h *mat.SymDense) func() {
		return func() { fd.Hessian(h, in.plain, in.x, nil) }
	})
}

func claimDenseHyper(m *meter) (spread, error) {
	return dense(m, func(in *instance, h *mat.SymDense) func() {
		return func() { dual.Hessian(h, in.hyper, in.x) }
	})
}

func claimDenseGonum(m *meter) (spread, error) {
	return dense(m, func(in *instance, h *mat.SymDense) func() {
		x := make([]hyperdual.Number, len(in.x))
		for i, v := range in.x {
			x[i].Real = v
		}
		return func() { hyperdualHessian(h, in.gonumHess, x) }
	})
}

// claimSparse times value, gradient and sparse Hessian from one recording beside a
// gradient by package reverse.
func claimSparse(build func(n int) (*instance, error), n int) func(m *meter) (spread, error) {
	return func(m *meter) (spread, error) {
		in, err := build(n)
		if err != nil {
			return spread{}, err
		}
		f := in.tape
		if f == nil {
			f = in.generic
		}
		g := make([]float64, n)
		p := hessian.Compile(in.mix, in.x)
		h := hessian.NewSym(p.Pattern(), nil)
		r, err := m.versus(onTape(f, in.x), func() {
			q := p.At(in.x)
			q.Value()
			q.Gradient(g)
			q.Sparse(h)
			q.Close()
		})
		return r.Ratio, err
	}
}

func claimColoring(m *meter) (spread, error) {
	const n, band, rows = 100_000, 5, 5
	p := hessian.NewPattern(n, func(yield func(i, j int) bool) {
		for i := range n {
			for j := max(0, i-band); j <= i; j++ {
				if !yield(i, j) {
					return
				}
			}
			for k := range rows {
				if !yield(i, k*n/rows) {
					return
				}
			}
		}
	})
	r, err := m.versus(func() { *sink++ }, func() { hessian.NewColoring(p, hessian.Direct) })
	return r.NS.scale(1e-9), err
}

// run measures the claim.
func (c claim) run(m *meter) (r claimResult, err error) {
	r = claimResult{Name: c.name, What: c.what, Unit: c.unit, Target: c.target, Least: c.least,
		Command: fmt.Sprintf("go run ./bench -suite targets -claim %s", c.name)}
	r.Measured, err = c.measure(m)
	r.Met = c.target == 0 || c.least && r.Measured.Median >= c.target || !c.least && r.Measured.Median <= c.target
	return r, err
}

// bound returns the target as text.
func (r claimResult) bound() string {
	switch {
	case r.Target == 0:
		return "-"
	case r.Least:
		return fmt.Sprintf("≥ %.6g", r.Target)
	}
	return fmt.Sprintf("≤ %.6g", r.Target)
}

// verdict returns whether the target is met, as text.
func (r claimResult) verdict() string {
	switch {
	case r.Target == 0:
		return ""
	case r.Met:
		return "met"
	}
	return "MISSED"
}

const claimColumns = "%-30s %-13s %-9s %-24s %-7s %s\n"

func printClaimHead(w io.Writer) {
	fmt.Fprintf(w, claimColumns, "claim", "unit", "target", "median [quartiles]", "", "what")
}

func (r claimResult) print(w io.Writer) {
	fmt.Fprintf(w, claimColumns, r.Name, r.Unit, r.bound(), r.Measured, r.verdict(), r.What)
}

// markdownClaims writes the claims as a table.
func markdownClaims(w io.Writer, claims []claimResult) {
	fmt.Fprintln(w, "| claim | unit | target | median [quartiles] | | `go run ./bench -suite targets -claim …` |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|")
	for _, r := range claims {
		fmt.Fprintf(w, "| %s | %s | %s | %v | %s | `%s` |\n", r.What, r.Unit, r.bound(), r.Measured, r.verdict(), r.Name)
	}
}
