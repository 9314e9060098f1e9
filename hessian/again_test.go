package hessian

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/dual"
)

// everything returns all that a point of f has to say, and the methods of its
// program, in one slice. The destinations are full of others' numbers.
func everything(p *Program, x []float64, h *Sym, j *Jac) []float64 {
	n := len(x)
	u, v := make([]float64, n), make([]float64, n)
	for i := range n {
		u[i], v[i] = math.Sin(float64(i+1)), math.Cos(float64(2*i))
	}
	full := func() []float64 { return repeated(n, 7e77) }
	q := p.At(x)
	defer q.Close()
	_, m := q.at().Dims()
	out := []float64{q.Value(), q.Laplacian(), q.Quad(u, v)}
	collect := func(x []float64) { out = append(out, x...) }
	collect(q.Gradient(full()))
	q.Weigh(u[:m])
	collect([]float64{q.Value()})
	collect(q.Gradient(full()))
	collect(q.Diag(full()))
	collect(q.D3(full(), u, v))
	w := full()
	q.HVP(w, v)
	collect(w)
	w = full()
	q.GaussNewton(w, v)
	collect(w)
	collect(q.Values(make([]float64, m)))
	_, _, val := q.Sparse(h).RawCSC()
	collect(val)
	_, _, val = q.SparseD3(h, u).RawCSC()
	collect(val)
	_, _, val = q.Jacobian(j).RawCSR()
	collect(val)
	_, _, val = j.Gram(h, nil).RawCSC()
	collect(val)
	dense, block, jac := mat.NewSymDense(n, repeated(n*n, 7e77)), mat.NewDense(2, n, repeated(2*n, 7e77)), mat.NewDense(m, n, repeated(m*n, 7e77))
	q.Dense(dense)
	all := make([]int, n)
	for i := range n {
		all[i] = i
		for k := i; k < n; k++ {
			collect([]float64{dense.At(i, k)})
		}
	}
	collect(q.Block(block, []int{1, 0}, all).RawMatrix().Data)
	collect(q.DenseJacobian(jac).RawMatrix().Data)
	// The memo, at another point in between.
	w = full()
	p.HVP(w, u, v)
	p.HVP(w, x, v)
	collect(w)
	if m > 1 {
		return out
	}
	problem := p.Problem()
	problem.Func(u)
	out = append(out, problem.Func(x))
	problem.Grad(w, x)
	collect(w)
	problem.Hess(dense, x)
	for i := range n {
		collect([]float64{dense.At(i, i), dense.At(0, i)})
	}
	return out
}

// TestTwoPoints takes everything at several points from one program, in turn and
// by several goroutines, and from a program of its own for each.
func TestTwoPoints(t *testing.T) {
	const n = 6
	kinked := func(x []Var) Var {
		s := rosenbrockVar(x).Add(x[0].Abs().Mul(x[1]))
		if dual.Less(x[2], x[3]) {
			s = s.Add(x[2].Mul(x[5]).Sin())
		}
		return s.Add(x[1].Max(x[4]).Sqr())
	}
	several := func(x []Var) []Var {
		return []Var{kinked(x), dual.Prod(x[:3]), x[4].Exp().Mul(x[5]), dual.SumSq(x[2:])}
	}
	for name, compile := range map[string]func(x []float64, opts ...Option) *Program{
		"one result":      func(x []float64, opts ...Option) *Program { return Compile(kinked, x, opts...) },
		"several results": func(x []float64, opts ...Option) *Program { return CompileVector(several, x, opts...) },
	} {
		for _, method := range []Method{"", EdgePushing, DirectColoring, SubstitutionColoring, DenseProducts} {
			var opts []Option
			if method != "" {
				opts = []Option{Using(method)}
			}
			t.Run(fmt.Sprintf("%s %s", name, method), func(t *testing.T) {
				rnd := rand.New(rand.NewPCG(6, 15))
				points := make([][]float64, 6)
				want := make([][]float64, len(points))
				for k := range points {
					points[k] = make([]float64, n)
					for i := range n {
						points[k][i] = rnd.NormFloat64()
					}
					if k == 3 {
						points[k][0] = 0 // a kink
					}
					want[k] = everything(compile(points[k], opts...), points[k], new(Sym), new(Jac))
				}
				check := func(p *Program, k int, h *Sym, j *Jac) {
					got := everything(p, points[k], h, j)
					if len(got) != len(want[k]) {
						t.Errorf("point %d: %d numbers, want %d", k, len(got), len(want[k]))
						return
					}
					for i, w := range want[k] {
						if !(math.Abs(got[i]-w) <= 1e-11*(1+math.Abs(w))) {
							t.Errorf("point %d: number %d is %v, want %v", k, i, got[i], w)
							return
						}
					}
				}
				p := compile(points[0], opts...)
				var h Sym
				var j Jac
				for _, k := range []int{0, 1, 2, 3, 4, 5, 5, 3, 0, 1} {
					check(p, k, &h, &j)
				}
				var wg sync.WaitGroup
				for g := range 8 {
					wg.Go(func() {
						var h Sym
						var j Jac
						for i := range 12 {
							check(p, (g+i*(1+g%3))%len(points), &h, &j)
						}
					})
				}
				wg.Wait()
			})
		}
	}
}

// TestStale puts results where other numbers are.
func TestStale(t *testing.T) {
	arrow := NewSym(arrowPattern(5), nil)
	full := mat.NewSymDense(5, repeated(25, 3))
	if arrow.ToSymDense(full); full.At(1, 2) != 0 {
		t.Errorf("ToSymDense leaves %v", full.At(1, 2))
	}
	at := []float64{1, 2, 3}
	p := CompileVector(func(x []Var) []Var { return []Var{x[0].Sin(), x[1].Mul(x[2])} }, at)
	q := p.At(at)
	defer q.Close()
	dense := mat.NewDense(2, 3, repeated(6, 3))
	if q.Jacobian(nil).ToDense(dense); dense.At(0, 1) != 0 || dense.At(1, 0) != 0 {
		t.Errorf("ToDense leaves\n%v", mat.Formatted(dense))
	}
	for i, d := range q.Diag(repeated(3, 9)) {
		if want := []float64{-math.Sin(1), 0, 0}[i]; d != want {
			t.Errorf("Diag: %v, want %v", d, want)
		}
	}
	// A branch that has less than the structure.
	l := CompileVector(func(x []Var) []Var {
		if dual.Less(x[0], x[0].Const(0)) {
			return []Var{x[0].Sqr(), x[1]}
		}
		return []Var{x[0].Mul(x[1]).Exp(), x[0].Mul(x[1])}
	}, at).Lagrangian(at)
	vals := repeated(l.NNZ(), 9)
	if err := l.Values(vals, []float64{-1, 1, 1}, 1, []float64{0}); err != nil || floats.Sum(vals) != 2 {
		t.Errorf("Values: %v, %v", vals, err)
	}
	vals = repeated(l.JacobianNNZ(), 9)
	if err := l.JacobianValues(vals, []float64{-1, 1, 1}); err != nil || floats.Sum(vals) != 1 {
		t.Errorf("JacobianValues: %v, %v", vals, err)
	}
}

// TestKinksUsing finds the Hessian at a kink by edge pushing, whatever the plan.
func TestKinksUsing(t *testing.T) {
	f := func(x []Var) Var {
		return x[0].Abs().Mul(x[1]).Add(x[1].Mul(x[2]).Sin()).Add(x[0].Sqr().Abs())
	}
	at := []float64{0, 1, 0.5}
	for _, m := range []Method{EdgePushing, DirectColoring, SubstitutionColoring, DenseProducts} {
		q := Compile(f, []float64{1, 2, 3}, Using(m)).At(at)
		if h := q.Sparse(nil); h.At(0, 0) != 0 || h.At(0, 1) != 0 || h.At(1, 0) != 0 || h.At(1, 1) != -0.25*math.Sin(0.5) {
			t.Errorf("%s: got\n%v", m, mat.Formatted(h))
		}
		q.Close()
	}
	// In one go, where products would be cheaper.
	full := func(x []Var) Var { return closedForms[10].f(x).Add(f(x)) }
	at = repeated(300, 0, 1, 0.5)
	if pl := Compile(full, repeated(300, 1)).Plan(); pl.Method == EdgePushing {
		t.Errorf("the plan is %v", pl)
	}
	smooth := Dense(nil, closedForms[10].f, at).At(0, 0)
	for name, h := range map[string]mat.Symmetric{"Dense": Dense(nil, full, at), "Sparse": Sparse(nil, full, at)} {
		if !near(h.At(0, 0), smooth, 1e-14) || h.At(0, 1) != 0 || !near(h.At(1, 2), 4*2*3*0.5+math.Cos(0.5)-0.5*math.Sin(0.5), 1e-14) {
			t.Errorf("%s at a kink: (0, 1) is %v and (1, 2) is %v", name, h.At(0, 1), h.At(1, 2))
		}
	}
}

// TestTooLarge has a program whose pattern is said to be too large to look at.
func TestTooLarge(t *testing.T) {
	f := func(x []Var) Var { return dual.SumSq(x).Sqr().Add(x[0].Mul(x[1]).Log()) }
	x := []float64{0.5, 2, -1, 1}
	want := Dense(nil, f, x)
	p := Compile(f, x)
	large := &plan{public: Plan{Method: DenseProducts}}
	large.prog.Store(p.f.Program())
	p.plan.Store(large)
	q := p.At(x)
	defer q.Close()
	if q.Pattern() != nil || p.Pattern() != nil {
		t.Fatal("there is a pattern")
	}
	if h := q.Dense(mat.NewSymDense(4, repeated(16, 9))); !mat.EqualApprox(h, want, 1e-13) {
		t.Errorf("Dense:\n%v\nwant\n%v", mat.Formatted(h), mat.Formatted(want))
	}
	trace := 0.0
	for i, d := range q.Diag(repeated(4, 9)) {
		trace += want.At(i, i)
		if !near(d, want.At(i, i), 1e-13) {
			t.Errorf("Diag: entry %d is %v, want %v", i, d, want.At(i, i))
		}
	}
	if got := q.Laplacian(); !near(got, trace, 1e-13) {
		t.Errorf("Laplacian %v, want %v", got, trace)
	}
	if err := p.Check(x); err != nil {
		t.Error(err)
	}
	wantPanic(t, "Sparse: the Hessian of 4 variables is dense", func() { q.Sparse(nil) })
	wantPanic(t, "SparseD3: the Hessian of 4 variables is dense", func() { q.SparseD3(nil, x) })
	wantPanic(t, "Lagrangian: the Hessian of 4 variables is dense", func() { p.Lagrangian(x) })
	problem := p.Problem()
	h := mat.NewSymDense(4, nil)
	if problem.Hess(h, x); !mat.EqualApprox(h, want, 1e-13) {
		t.Errorf("Problem:\n%v", mat.Formatted(h))
	}
	if _, err := problem.Status(); err != nil {
		t.Error(err)
	}
	problem.Hess(h, []float64{0, 1, 1, 1})
	var nf *NonFiniteError
	if _, err := problem.Status(); !errors.As(err, &nf) || nf.What != "Hessian" {
		t.Errorf("error %v", err)
	}
}

// TestGramInfinite has infinite entries that a weight or an entry of 0 absorbs.
func TestGramInfinite(t *testing.T) {
	p := CompileVector(func(x []Var) []Var {
		return []Var{x[0].Sqrt(), x[1].Mul(x[2]), x[0].Sqrt().Add(x[1].Sqr())}
	}, []float64{1, 1, 1})
	q := p.At([]float64{0, 0, 5})
	defer q.Close()
	j := q.Jacobian(nil)
	g := j.Gram(nil, []float64{0, 3, 0})
	if !slices.Equal(g.val, []float64{0, 0, 75, 0, 0}) {
		t.Errorf("with weights of 0:\n%v", mat.Formatted(g))
	}
	g = j.Gram(g, nil)
	if inf := math.Inf(1); !slices.Equal(g.val, []float64{inf, 0, 25, 0, 0}) {
		t.Errorf("without weights:\n%v", mat.Formatted(g))
	}
}

// TestBandLimit has bands that are just full enough and just too empty.
func TestBandLimit(t *testing.T) {
	for _, c := range []struct {
		b  int
		ok bool
	}{{31, true}, {32, false}} { // 1000·(b+1) numbers, 16·(1000+1001)
		p := NewPattern(1000, func(yield func(int, int) bool) {
			for i := range 1000 {
				if !yield(i, i) {
					return
				}
			}
			yield(c.b, 0)
		})
		if _, err := NewSym(p, nil).ToBand(); errors.Is(err, ErrNotBand) == c.ok {
			t.Errorf("bandwidth %d: %v", c.b, err)
		}
	}
}
