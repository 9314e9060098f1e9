package hessian

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
)

type Var = mixed.Var

// recorded has the problems of the list that are written with variables too.
var recorded = map[string]func(x []Var) Var{
	"Rosenbrock":         rosenbrockVar,
	"chained Rosenbrock": rosenbrockVar,
	"Wood": func(x []Var) Var {
		sq := func(s float64, r Var) Var { return r.Sqr().Scale(s) }
		return dual.Sum([]Var{
			sq(100, x[1].Sub(x[0].Sqr())), sq(1, x[0].Neg().AddConst(1)),
			sq(90, x[3].Sub(x[2].Sqr())), sq(1, x[2].Neg().AddConst(1)),
			sq(10, x[1].Add(x[3]).AddConst(-2)), sq(0.1, x[1].Sub(x[3])),
		})
	},
	"ARWHEAD": func(x []Var) Var {
		var s Var
		n := len(x) - 1
		for i := range n {
			s = s.Add(x[i].Sqr().Add(x[n].Sqr()).Sqr()).Sub(x[i].Scale(4)).AddConst(3)
		}
		return s
	},
	"Powell singular": func(x []Var) Var {
		return dual.Sum([]Var{
			x[0].Add(x[1].Scale(10)).Sqr(), x[2].Sub(x[3]).Sqr().Scale(5),
			x[1].Sub(x[2].Scale(2)).PowInt(4), x[0].Sub(x[3]).PowInt(4).Scale(10),
		})
	},
	"LIARWHD": func(x []Var) Var {
		var s Var
		for _, y := range x {
			s = s.Add(y.Sqr().Sub(x[0]).Sqr().Scale(4)).Add(y.AddConst(-1).Sqr())
		}
		return s
	},
	"NONDIA": func(x []Var) Var {
		s := x[0].AddConst(-1).Sqr()
		for _, y := range x[1:] {
			s = s.Add(x[0].Sub(y.Sqr()).Sqr().Scale(100))
		}
		return s
	},
	"TRIDIA": func(x []Var) Var {
		s := x[0].AddConst(-1).Sqr()
		for i := 1; i < len(x); i++ {
			s = s.Add(x[i].Scale(2).Sub(x[i-1]).Sqr().Scale(float64(i + 1)))
		}
		return s
	},
	"ENGVAL1": func(x []Var) Var {
		var s Var
		for i := range len(x) - 1 {
			s = s.Add(x[i].Sqr().Add(x[i+1].Sqr()).Sqr()).Sub(x[i].Scale(4)).AddConst(3)
		}
		return s
	},
	"COSINE": func(x []Var) Var {
		var s Var
		for i := range len(x) - 1 {
			s = s.Add(x[i].Sqr().Sub(x[i+1].Scale(0.5)).Cos())
		}
		return s
	},
	"DQRTIC": func(x []Var) Var {
		var s Var
		for i := range x {
			s = s.Add(x[i].AddConst(-float64(i + 1)).PowInt(4))
		}
		return s
	},
}

func rosenbrockVar(x []Var) Var {
	var s Var
	for i := range len(x) - 1 {
		s = s.Add(x[i+1].Sub(x[i].Sqr()).Sqr().Scale(100)).Add(x[i].Neg().AddConst(1).Sqr())
	}
	return s
}

// columns returns the Hessian at q by products with unit vectors.
func columns(q *Point, n int) *mat.Dense {
	h := mat.NewDense(n, n, nil)
	v, w := make([]float64, n), make([]float64, n)
	for j := range n {
		v[j] = 1
		q.HVP(w, v)
		v[j] = 0
		h.SetCol(j, w)
	}
	return h
}

func near(got, want, tol float64) bool {
	return got == want || math.Abs(got-want) <= tol*max(1, math.Abs(want)) || got != got && want != want
}

// checkHessian compares all ways to the Hessian at q with each other.
func checkHessian(q *Point, n int, tol float64) error {
	want := columns(q, n)
	scale := max(1, mat.Max(want), -mat.Min(want))
	pat := q.Pattern()
	dense := q.Dense(nil)
	pl := q.getPlan()
	pushed := NewSym(pat, nil)
	new(pusher).values(pushed, q.q)
	for how, got := range map[string]mat.Matrix{
		"Sparse":       q.Sparse(nil),
		"Dense":        dense,
		"edge pushing": pushed,
		"direct":       NewColoring(pat, Direct).Sparse(nil, q.HVP),
		"substitution": NewColoring(pat, Substitution).Sparse(nil, q.HVP),
		"blocks":       NewColoring(pat, Direct).blocks(new(Sym), q.q),
	} {
		for i := range n {
			for j := range n {
				if w := want.At(i, j); w != 0 && !pat.Has(i, j) {
					return fmt.Errorf("(%d, %d) is %v, but not in the pattern\n%v", i, j, w, pat)
				}
				if !near(got.At(i, j)/scale, want.At(i, j)/scale, tol) {
					return fmt.Errorf("%s (%v): (%d, %d) is %v, want %v", how, pl.public, i, j, got.At(i, j), want.At(i, j))
				}
			}
		}
	}
	for i, d := range q.Diag(nil) {
		if d != dense.At(i, i) {
			return fmt.Errorf("diagonal entry %d is %v, want %v", i, d, dense.At(i, i))
		}
	}
	return nil
}

// TestPatternTight checks that patterns have nothing that is always zero.
func TestPatternTight(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(x []Var) Var
		want *Pattern
	}{
		{"constant", func(x []Var) Var { return x[0].Const(3) }, NewPattern(4, nil)},
		{"no variable", func(x []Var) Var { return Var{} }, NewPattern(4, nil)},
		{"linear", func(x []Var) Var { return dual.Sum(x).Scale(3).AddConst(1).Neg() }, NewPattern(4, nil)},
		{"linear combination", func(x []Var) Var { return dual.LinComb([]float64{1, 2, 3, 4}, x) }, NewPattern(4, nil)},
		{"variable", func(x []Var) Var { return x[2] }, NewPattern(4, nil)},
		{"bilinear", func(x []Var) Var { return x[0].Mul(x[1]) }, NewPattern(4, entries([2]int{0, 1}))},
		{"square", func(x []Var) Var { return x[3].Mul(x[3]) }, NewPattern(4, entries([2]int{3, 3}))},
		{"dot", func(x []Var) Var { return dual.Dot(x[:2], x[2:]) }, NewPattern(4, entries([2]int{0, 2}, [2]int{1, 3}))},
		{"sum of squares", dual.SumSq[Var], bandPattern(4, 0)},
		{"quotient", func(x []Var) Var { return x[0].Div(x[1]) }, NewPattern(4, entries([2]int{0, 1}, [2]int{1, 1}))},
		{"product", dual.Prod[Var], NewPattern(4, entries([2]int{1, 0}, [2]int{2, 0}, [2]int{3, 0}, [2]int{2, 1}, [2]int{3, 1}, [2]int{3, 2}))},
		{"norm", dual.Norm[Var], bandPattern(4, 3)},
		{"maximum", func(x []Var) Var { return x[0].Max(x[1]).Add(x[2].Abs()) }, NewPattern(4, nil)},
		{"steps", func(x []Var) Var { return x[0].Floor().Mul(x[1].Sin()) }, NewPattern(4, entries([2]int{1, 1}))},
		{"choice", func(x []Var) Var { return dual.Where(x[0], x[1].Sqr(), x[2].Sqr()) }, NewPattern(4, entries([2]int{1, 1}, [2]int{2, 2}))},
		{"unused", func(x []Var) Var { x[0].Mul(x[1]); return x[2].Exp() }, NewPattern(4, entries([2]int{2, 2}))},
		{"polynomial", func(x []Var) Var { return dual.Poly(x[0], []float64{1, 2}).Add(dual.Poly(x[1], []float64{1, 2, 3})) }, NewPattern(4, entries([2]int{1, 1}))},
		{"powers", func(x []Var) Var { return x[0].PowInt(1).Add(x[1].PowInt(2)).Add(x[2].PowReal(1)).Add(x[3].PowReal(0)) }, NewPattern(4, entries([2]int{1, 1}))},
		{"sign of y", func(x []Var) Var { return x[0].Copysign(x[1]).Mul(x[2]) }, NewPattern(4, entries([2]int{0, 2}))},
	} {
		p := Compile(c.f, []float64{0.5, 1.5, 2.5, 3.5})
		if !p.Pattern().Equal(c.want) {
			t.Errorf("%s: got\n%v\nwant\n%v", c.name, p.Pattern(), c.want)
		}
		q := p.At([]float64{0.25, 0.5, 0.75, 1})
		if err := checkHessian(q, 4, 1e-14); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// randomProgram builds a function of n variables out of random operations.
func randomProgram(seed uint64, n, length int) func(x []Var) Var {
	return func(x []Var) Var {
		rnd := rand.New(rand.NewPCG(seed, 3))
		nodes := slices.Clone(x)
		pick := func() Var {
			// Mostly recent ones, to be deep.
			if rnd.IntN(2) == 0 {
				return nodes[rnd.IntN(len(nodes))]
			}
			return nodes[len(nodes)-1-rnd.IntN(min(len(nodes), 4))]
		}
		several := func() []Var {
			v := make([]Var, 1+rnd.IntN(4))
			for i := range v {
				v[i] = pick().Tanh()
			}
			if rnd.IntN(3) == 0 {
				v[0] = v[0].Const(0.5)
			}
			return v
		}
		var sum Var
		for range length {
			a, b := pick(), pick()
			var z Var
			switch rnd.IntN(24) {
			case 0:
				z = a.Add(b)
			case 1:
				z = a.Sub(b)
			case 2, 3:
				z = a.Mul(b)
			case 4:
				z = a.Div(b.Sqr().AddConst(1))
			case 5:
				z = a.Sin()
			case 6:
				z = a.Tanh().Exp()
			case 7:
				z = a.Sqr()
			case 8:
				z = a.Scale(0.7).AddConst(0.3)
			case 9:
				z = a.Hypot(b.Exp().AddConst(0.1))
			case 10:
				z = a.Atan2(b.Sqr().AddConst(0.5))
			case 11:
				z = a.Max(b.AddConst(0.25))
			case 12:
				z = dual.Sum(several())
			case 13:
				v := several()
				z = dual.Dot(v, append([]Var{pick()}, v[1:]...))
			case 14:
				z = dual.SumSq(several())
			case 15:
				z = dual.Norm(append(several(), a.Const(1)))
			case 16:
				z = dual.LogSumExp(several())
			case 17:
				z = dual.Prod(several())
			case 18:
				z = a.Sqr().AddConst(0.5).Pow(b.Tanh())
			case 19:
				z = dual.Where(a, b, a.Sin())
			case 20:
				z = a.Mul(a.Const(2)).Abs()
			case 21:
				z = dual.Poly(a.Tanh(), []float64{1, -2, 0.5, 0.25})
			case 22:
				z = a.FMA(b.Tanh(), a)
			case 23:
				z = a.Neg().Softplus()
			}
			z = z.Tanh()
			nodes = append(nodes, z)
			if rnd.IntN(3) == 0 {
				sum = sum.Add(z)
			}
		}
		return sum.Add(nodes[len(nodes)-1])
	}
}

func FuzzProgram(f *testing.F) {
	for seed := range uint64(80) {
		f.Add(seed, uint8(seed%9), uint8(3*seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n, length uint8) {
		m := 1 + int(n)%12
		fun := randomProgram(seed, m, 1+int(length)%100)
		rnd := rand.New(rand.NewPCG(seed, 4))
		x := make([]float64, m)
		p := Compile(fun, x)
		for range 2 {
			for i := range x {
				x[i] = rnd.NormFloat64()
			}
			q := p.At(x)
			if q.q.Kinks() > 0 {
				return
			}
			if err := checkHessian(q, m, 1e-8); err != nil {
				t.Error(err)
			}
			checkProperties(t, fun, p, q, x, rnd)
			q.Close()
		}
	})
}

func TestBlock(t *testing.T) {
	p := Compile(rosenbrockVar, make([]float64, 6))
	q := p.At([]float64{1, 2, 3, 4, 5, 6})
	h := q.Dense(nil)
	for _, c := range [][2][]int{{{1, 2}, {0, 3, 2}}, {{5, 0, 1}, {2}}, {{}, {1}}, {{3}, {3}}} {
		b := q.Block(nil, c[0], c[1])
		for a, i := range c[0] {
			for k, j := range c[1] {
				if !near(b.At(a, k), h.At(i, j), 1e-14) {
					t.Errorf("block %v: (%d, %d) is %v, want %v", c, a, k, b.At(a, k), h.At(i, j))
				}
			}
		}
	}
	wantPanic(t, "index 6 of 6", func() { q.Block(nil, []int{6}, []int{0}) })
	wantPanic(t, "dst is 1×1, want 1×2", func() { q.Block(mat.NewDense(1, 1, nil), []int{0}, []int{0, 1}) })
	wantPanic(t, "len(dst) = 1", func() { q.Diag(make([]float64, 1)) })
	wantPanic(t, "len(x) = 1, want Dim() = 6", func() { p.At([]float64{1}) })
	wantPanic(t, "nil function", func() { Compile(nil, nil) })
	q.Close()
	wantPanic(t, "closed", func() { q.Value() })
	wantPanic(t, "closed", func() { q.Pattern() })
	wantPanic(t, "closed", func() { q.Close() })
}

// TestBranches has functions whose pattern depends on where they are.
func TestBranches(t *testing.T) {
	for name, f := range map[string]func(x []Var) Var{
		"Less": func(x []Var) Var {
			if dual.Less(x[0], x[1]) {
				return x[0].Mul(x[1])
			}
			return x[2].Sqr().Add(x[0].Exp())
		},
		"Value": func(x []Var) Var {
			if x[0].Value() < x[1].Value() {
				return x[0].Mul(x[1])
			}
			return x[2].Sqr().Add(x[0].Exp())
		},
	} {
		p := Compile(f, []float64{0, 1, 2})
		for _, x := range [][]float64{{0, 1, 2}, {1, 0, 2}, {0.5, 1, 3}, {2, -1, 1}, {2, -2, 1}} {
			q := p.At(x)
			if err := checkHessian(q, 3, 1e-14); err != nil {
				t.Errorf("%s at %v: %v", name, x, err)
			}
			want := NewPattern(3, entries([2]int{0, 1}))
			if x[0] > x[1] {
				want = NewPattern(3, entries([2]int{0, 0}, [2]int{2, 2}))
			}
			if !q.Pattern().Equal(want) || !p.Pattern().Equal(want) {
				t.Errorf("%s at %v:\n%v", name, x, q.Pattern())
			}
			q.Close()
		}
	}
}

// TestPlan checks the choice where one way is clearly the best.
func TestPlan(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(x []Var) Var
		n    int
		want string
	}{
		{"long chain", rosenbrockVar, 500_000, "edge pushing, 999999 nonzeros"},
		{"neighbours", windows[Var](3), 1000, "edge pushing, 2994 nonzeros"},
		{"diagonal", recorded["DQRTIC"], 1000, "edge pushing, 1000 nonzeros"},
		{"dense column", recorded["NONDIA"], 1000, "coloring with 2 products, 1999 nonzeros"},
		{"dense", closedForms[10].f, 500, "coloring with 500 products, 125250 nonzeros"},
		{"linear", dual.Sum[Var], 10, "coloring, 0 nonzeros"},
	} {
		if c.n > 10_000 && testing.Short() {
			continue
		}
		got, _, _ := strings.Cut(Compile(c.f, make([]float64, c.n)).Plan().String(), ":")
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestProgramAllocs checks that nothing is allocated when a program is evaluated
// again, in each way to the Hessian.
func TestProgramAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	const n = 100
	x, g := repeated(n, -1.2, 1), make([]float64, n)
	dense := mat.NewSymDense(n, nil)
	methods := map[Method]bool{}
	for name, f := range map[string]func(x []Var) Var{
		"Rosenbrock": rosenbrockVar, "ARWHEAD": recorded["ARWHEAD"], "window": windows[Var](3), "DQRTIC": recorded["DQRTIC"],
		"POWER": closedForms[10].f, "log-sum-exp": dual.LogSumExp[Var], "product": dual.Prod[Var],
	} {
		p := Compile(f, x)
		methods[p.Plan().Method] = true
		var h, pushed, blocks *Sym
		direct := NewColoring(p.Pattern(), Direct)
		s := new(pusher)
		run := func() {
			q := p.At(x)
			q.Value()
			q.Gradient(g)
			q.HVP(g, x)
			q.D3(g, x, x)
			q.Quad(x, x)
			h = q.Sparse(h)
			q.Dense(dense)
			q.Diag(g)
			if pushed == nil {
				pushed, blocks = NewSym(p.Pattern(), nil), new(Sym)
			}
			s.values(pushed, q.q)
			direct.blocks(blocks, q.q)
			q.Close()
		}
		run()
		run()
		if n := testing.AllocsPerRun(20, run); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
	if len(methods) != 2 {
		t.Errorf("the methods are %v", methods)
	}
}

func TestProblem(t *testing.T) {
	ref := rosenbrock(20)
	calls := 0
	p := Compile(func(x []Var) Var { calls++; return rosenbrockVar(x) }, ref.x)
	for name, m := range map[string]optimize.Method{
		"Newton": &optimize.Newton{}, "NewtonCG": &NewtonCG{HVP: p.HVP}, "TrustRegion": &TrustRegion{HVP: p.HVP}, "LBFGS": &optimize.LBFGS{},
	} {
		res, err := optimize.Minimize(p.Problem(), ref.x, &optimize.Settings{GradientThreshold: 1e-6}, m)
		if err != nil || res.Status != optimize.GradientThreshold {
			t.Errorf("%s: %v: %v", name, res.Status, err)
		}
	}
	if calls != 1 {
		t.Errorf("the function was called %d times, want once", calls)
	}

	// A Hessian that is infinite away from the start.
	bad := Compile(func(x []Var) Var { return x[0].PowReal(1.5).Add(x[1].Sqr()) }, []float64{1, 1})
	_, err := optimize.Minimize(bad.Problem(), []float64{0, 1}, nil, &optimize.Newton{})
	var nf *NonFiniteError
	if !errors.As(err, &nf) || nf.What != "Hessian" {
		t.Errorf("%v", err)
	}
}
