package mixed_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/mixed"
	"gonum.org/v1/gonum/mat"
)

// A function is one in all the arithmetics of the tests below, on vectors of n
// elements. It must not look at values.
type function struct {
	name   string
	n      int
	mixed  func([]mixed.Var) mixed.Var
	float  func([]dual.Float) dual.Float
	hyper  func([]dual.Hyper) dual.Hyper
	nested func([]hyperDual) hyperDual
	jets   func([]jet.Nested[dual.Number64]) jet.Nested[dual.Number64]
}

// mix is a function with every operation that takes several operands, and
// constants among them.
func mix[T dual.Real[T]](x []T) T {
	c := x[0].Const(0.7)
	zero, two := x[0].Const(0), x[0].Const(2)
	list := []T{
		dual.Dot(x, []T{x[1], c, x[3], x[0]}),
		dual.Dot([]T{c, two, c, c}, x),
		dual.Dot([]T{c, two}, []T{c, c}),
		dual.LinComb([]float64{1, -2, 3, 0.5}, []T{x[0], c, x[2], x[2]}),
		dual.Sum([]T{x[0], c, x[3], x[0]}),
		dual.SumSq([]T{x[2], c, x[2], x[3]}),
		dual.Norm([]T{x[0], c, x[1], x[0]}),
		dual.LogSumExp([]T{x[3], c, x[1], x[3]}),
		dual.Prod([]T{x[0], x[1], c, x[0]}).Scale(0.3),
		dual.Prod(x),
		dual.Poly(x[1], []float64{1, -1, 0.5, 0.25}),
		dual.Where(x[0], x[1].Sin(), x[2].Exp()),
		dual.Where(x[0].Neg(), x[1].Sin(), x[2].Exp()),
		x[0].FMA(x[1], x[2]), x[0].FMA(c, x[0]), c.FMA(x[1], two), zero.FMA(x[0], x[1]),
		x[0].AZMul(x[1]), x[2].AZMul(c), c.AZMul(x[3]),
		x[0].Max(x[1]), x[2].Min(x[3]), x[2].Max(c), two.Min(x[1]), x[1].Clamp(-0.5, 0.6),
		x[0].Abs().Mul(x[1]), x[1].Copysign(x[2]).Mul(x[0]), x[0].Sign().Mul(x[2]).Sqr(),
		x[0].Floor().Mul(x[1].Sqr()), x[3].Scale(3).Mod(two).Sqr(), two.Mod(x[3].Sqr().AddConst(0.3)).Sqr(),
		x[0].Sub(c).Mul(c.Sub(x[1])), c.Div(x[3].Sqr().AddConst(1)), x[1].Div(c),
		x[0].Hypot(c), c.Hypot(x[2]), x[1].Atan2(two), two.Atan2(x[2]),
		x[0].Sqr().AddConst(1).Pow(c), two.Pow(x[1]), x[2].PowInt(3), x[0].Hypot(x[1]).Inv(),
		x[0].Mul(x[0]), x[0].Sub(x[0]), x[1].Div(x[1]), x[2].Sqr().AddConst(0.1).Pow(x[2]),
		x[3].Apply(func(k int, v float64) float64 { return math.Sin(v + float64(k)*math.Pi/2) }),
	}
	return dual.Sum(list)
}

func rosenbrock[T dual.Real[T]](x []T) T {
	var s T
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}

// saddle chooses by a comparison that is recorded.
func saddle[T dual.Real[T]](x []T) T {
	if dual.Less(x[0].Mul(x[1]), x[0].Const(0)) {
		return x[0].Sqr().Mul(x[1].Sin())
	}
	return x[0].Exp().Mul(x[1].PowInt(3))
}

func functions() []function {
	return []function{
		{"mix", 4, mix[mixed.Var], mix[dual.Float], mix[dual.Hyper], mix[hyperDual], mix[jet.Nested[dual.Number64]]},
		{"rosenbrock", 5, rosenbrock[mixed.Var], rosenbrock[dual.Float], rosenbrock[dual.Hyper], rosenbrock[hyperDual], rosenbrock[jet.Nested[dual.Number64]]},
		{"saddle", 2, saddle[mixed.Var], saddle[dual.Float], saddle[dual.Hyper], saddle[hyperDual], saddle[jet.Nested[dual.Number64]]},
	}
}

func random(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

// TestManyPoints evaluates one program at many points and compares everything
// with forward modes there.
func TestManyPoints(t *testing.T) {
	for _, f := range functions() {
		t.Run(f.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			prog := mixed.Record(f.mixed, random(r, f.n))
			fast := prog.Optimize()
			held := 0
			for range 50 {
				x, u, v := random(r, f.n), random(r, f.n), random(r, f.n)
				for _, p := range []*mixed.Program{prog, fast} {
					q, err := p.At(x)
					if errors.Is(err, mixed.ErrBranch) && f.name == "saddle" {
						continue
					}
					if err != nil {
						t.Fatal(err)
					}
					held++
					check(t, f, q, x, u, v)
					q.Close()
				}
				q := mixed.NewFunc(f.mixed).At(x)
				check(t, f, q, x, u, v)
				q.Close()
				if t.Failed() {
					t.Fatalf("at %v", x)
				}
			}
			if held < 20 || f.name == "saddle" && held > 80 {
				t.Errorf("the program held at %d points", held)
			}
		})
	}
}

// check compares a point with forward modes.
func check(t *testing.T, f function, q *mixed.Point, x, u, v []float64) {
	t.Helper()
	n := len(x)
	scale := 1.0
	near := func(what string, got, want, tol float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tol*scale) {
			t.Errorf("%s: %s = %.17g, want %.17g", f.name, what, got, want)
		}
	}
	z := make([]dual.Float, n)
	for i := range x {
		z[i] = dual.Float(x[i])
	}
	y := float64(f.float(z))
	near("value", q.Value(), y, 1e-14*max(1, math.Abs(y)))
	h := dual.Hessian(nil, f.hyper, x)
	for i := range n {
		for j := range n {
			scale = max(scale, math.Abs(h.At(i, j)))
		}
	}
	hv, want := q.HVP(nil, v), mat.NewVecDense(n, nil)
	want.MulVec(h, mat.NewVecDense(n, v))
	for i, h := range hv {
		near("HVP", h, want.AtVec(i), 1e-13)
	}
	near("Quad", q.Quad(u, v), mat.Dot(mat.NewVecDense(n, u), want), 1e-12)
	d := make([]hyperDual, n)
	for i := range d {
		d[i].V = dual.Hyper{V: x[i], D1: u[i], D2: v[i]}
	}
	d3, grad := q.D3(nil, u, v), q.Gradient(nil)
	for i := range d {
		d[i].D.V = 1
		w := f.nested(d).D
		d[i].D.V = 0
		scale = max(scale, math.Abs(w.D12))
		near("gradient", grad[i], w.V, 1e-13)
		near("D3", d3[i], w.D12, 1e-12)
	}
	for order := range highest + 1 {
		line := make([]jet.Nested[dual.Number64], n)
		got := q.DirectionalGradient(nil, v, order)
		along := q.Directional(nil, v, order)
		for i := range n {
			for j := range n {
				c := make([]dual.Number64, order+1)
				c[0].V = x[j]
				if order > 0 {
					c[1].V = v[j]
				}
				if i == j {
					c[0].D = 1
				}
				line[j] = jet.NewNested(c...)
			}
			w := f.jets(line)
			for k := range order + 1 {
				scale = max(scale, math.Abs(w.Derivative(k).D), math.Abs(w.Derivative(k).V))
			}
			near("DirectionalGradient", got[i], w.Derivative(order).D, 1e-11)
			near("Directional", along[order], w.Derivative(order).V, 1e-11)
		}
	}
}

// TestEval replays a program in other arithmetics.
func TestEval(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	p := mixed.Record(mix[mixed.Var], random(r, 4))
	x := random(r, 4)
	z := make([]dual.Number3, 4)
	for i := range z {
		z[i] = dual.Number3{V: x[i], D1: r.NormFloat64(), D2: r.NormFloat64()}
	}
	got, err := mixed.Eval(p, z)
	if err != nil {
		t.Fatal(err)
	}
	if want := mix(z); math.Abs(got.D1-want.D1) > 1e-12*math.Abs(want.D1) || math.Abs(got.V-want.V) > 1e-13*math.Abs(want.V) {
		t.Errorf("got %v, want %v", got, want)
	}
	s := mixed.Record(saddle, []float64{1, 2})
	if _, err := mixed.Eval(s, []dual.Float{1, -2}); !errors.Is(err, mixed.ErrBranch) {
		t.Errorf("error %v on the other branch", err)
	}
	// A program can itself be recorded, or differentiated as one of dual
	// numbers of variables.
	again := mixed.Record(func(x []mixed.Var) mixed.Var {
		y, err := mixed.Eval(p, x)
		if err != nil {
			t.Fatal(err)
		}
		return y
	}, x, mixed.Unsteered())
	q, _ := p.At(x)
	w, err := again.At(x)
	if err != nil {
		t.Fatal(err)
	}
	if q.Value() != w.Value() {
		t.Errorf("recorded twice: %v, want %v", w.Value(), q.Value())
	}
}

// TestBranches checks that a branch taken is noticed in each way.
func TestBranches(t *testing.T) {
	steered := func(x []mixed.Var) mixed.Var {
		y := x[0].Sub(x[1])
		if y.Value() > 0 {
			return y.Sqr()
		}
		return y.Exp()
	}
	lead := func(x []mixed.Var) mixed.Var {
		if order, _ := x[1].Lead(); order < 0 {
			return x[0]
		}
		return x[1]
	}
	for _, c := range []struct {
		name   string
		f      func([]mixed.Var) mixed.Var
		x, y   []float64
		op, of string
		text   string
	}{
		{"Value", steered, []float64{2, 1}, []float64{1, 2}, "Value", "Sub", "looked at a value of Sub (operation 3), 1 then, by Value"},
		{"Lead", lead, []float64{2, 1}, []float64{1, 2}, "Lead", "input", "looked at a value of input (operation 2), 1 then, by Lead"},
		{"Less", saddle[mixed.Var], []float64{2, 1}, []float64{-1, 2}, "Less", "Mul", "Less(-2, 0) of Mul (operation 3)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := mixed.Record(c.f, c.x)
			for _, p := range []*mixed.Program{p, p.Optimize()} {
				q, err := p.At(c.x)
				if err != nil {
					t.Fatalf("where it was recorded: %v", err)
				}
				q.Close()
				_, err = p.At(c.y)
				var e *mixed.BranchError
				if !errors.Is(err, mixed.ErrBranch) || !errors.As(err, &e) {
					t.Fatalf("elsewhere: error %v", err)
				}
				if e.Op != c.op || e.Of != c.of || !strings.Contains(err.Error(), c.text) {
					t.Errorf("error %+v: %v", *e, err)
				}
			}
			f := mixed.NewFunc(c.f)
			for _, x := range [][]float64{c.x, c.y, c.x, c.x} {
				q := f.At(x)
				y := mixed.Record(c.f, x)
				w, _ := y.At(x)
				if q.Value() != w.Value() || q.HVP(nil, []float64{1, 1})[0] != w.HVP(nil, []float64{1, 1})[0] {
					t.Errorf("by a Func at %v: %v, want %v", x, q.Value(), w.Value())
				}
				q.Close()
				w.Close()
			}
		})
	}
	calls := 0
	unsteered := func(x []mixed.Var) mixed.Var {
		calls++
		_ = x[0].Value()
		return x[0].Sqr()
	}
	p := mixed.Record(unsteered, []float64{1}, mixed.Unsteered())
	if q, err := p.At([]float64{3}); err != nil || q.Value() != 9 {
		t.Errorf("unsteered: %v", err)
	}
	calls = 0
	f, g := mixed.NewFunc(unsteered, mixed.Unsteered()), mixed.NewFunc(unsteered)
	for i := range 5 {
		f.At([]float64{float64(i)}).Close()
	}
	if calls != 1 || f.Program() == nil {
		t.Errorf("%d calls by an unsteered Func, want 1", calls)
	}
	calls = 0
	for i := range 5 {
		g.At([]float64{float64(i)}).Close()
	}
	if calls != 5 || g.Program() != nil {
		t.Errorf("%d calls by a Func that looks at values, want 5", calls)
	}
}

// TestVector checks programs with several results.
func TestVector(t *testing.T) {
	f := func(x []mixed.Var) []mixed.Var {
		return []mixed.Var{x[0].Mul(x[1]), x[0].Const(3), x[1], x[0].Sqr().Mul(x[1].Exp())}
	}
	p := mixed.RecordVector(f, []float64{1, 1})
	if n, m := p.Dims(); n != 2 || m != 4 {
		t.Errorf("dimensions %d, %d", n, m)
	}
	x := []float64{2, 0.5}
	q, err := p.At(x)
	if err != nil {
		t.Fatal(err)
	}
	e := math.Exp(0.5)
	want := []float64{1, 3, 0.5, 4 * e}
	vals := q.Values(nil)
	for i, v := range vals {
		if math.Abs(v-want[i]) > 1e-15*want[i] {
			t.Errorf("result %d = %v, want %v", i, v, want[i])
		}
	}
	if got := q.Value(); math.Abs(got-(4.5+4*e)) > 1e-14 {
		t.Errorf("sum %v", got)
	}
	q.Weigh([]float64{2, 7, 0, -1})
	if got := q.Value(); math.Abs(got-(2+21-4*e)) > 1e-14 {
		t.Errorf("weighted sum %v", got)
	}
	for i, g := range q.Gradient(nil) {
		if want := []float64{1 - 4*e, 4 - 4*e}[i]; math.Abs(g-want) > 1e-14*10 {
			t.Errorf("gradient %v, want %v", g, want)
		}
	}
	for i, g := range q.HVP(nil, []float64{1, -1}) {
		if want := []float64{-2*e - 2 + 4*e, 2 - 4*e + 4*e}[i]; math.Abs(g-want) > 1e-13 {
			t.Errorf("HVP %v, want %v", g, want)
		}
	}
	for i, d := range q.JVP(nil, []float64{1, -1}) {
		if want := []float64{0.5 - 2, 0, -1, 4*e - 4*e}[i]; math.Abs(d-want) > 1e-14 {
			t.Errorf("JVP: result %d changes by %v, want %v", i, d, want)
		}
	}
	q.Close()
	if q, err = p.At([]float64{math.Inf(1), 0}); err != nil {
		t.Fatal(err)
	}
	if d := q.JVP(nil, []float64{0, 0}); d[0] != 0 || d[3] != 0 {
		t.Errorf("JVP of no direction at infinity: %v", d)
	}
	z, err := mixed.EvalVector(nil, p, []dual.Number64{{V: 2, D: 1}, {V: 0.5}})
	if err != nil || z[0] != (dual.Number64{V: 1, D: 0.5}) || z[1] != (dual.Number64{V: 3}) {
		t.Errorf("EvalVector: %v, %v", z, err)
	}
}

// TestHVPs compares products in several directions with single ones, for all
// numbers of columns and workers.
func TestHVPs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, f := range functions()[:2] {
		x := random(r, f.n)
		q := mixed.NewFunc(f.mixed).At(x)
		for cols := 1; cols <= 11; cols++ {
			v := mat.NewDense(f.n, cols, random(r, f.n*cols))
			want := mat.NewDense(f.n, cols, nil)
			for j := range cols {
				want.SetCol(j, q.HVP(nil, mat.Col(nil, j, v)))
			}
			one := q.HVPs(nil, v)
			if !mat.EqualApprox(one, want, 1e-13) {
				t.Errorf("%s: %d columns:\n%v\nwant\n%v", f.name, cols, mat.Formatted(one), mat.Formatted(want))
			}
			for _, workers := range []int{2, 3, 8} {
				if got := q.HVPs(nil, v, mixed.Workers(workers)); !mat.Equal(got, one) {
					t.Errorf("%s: %d columns, %d workers: another result", f.name, cols, workers)
				}
			}
			if q.HVPs(v, v); !mat.Equal(v, one) {
				t.Errorf("%s: %d columns: another result where dst is v", f.name, cols)
			}
		}
		q.Close()
	}
}

// TestHVPsNonFinite takes several directions at once where derivatives are
// infinite: what does not vary stays 0.
func TestHVPsNonFinite(t *testing.T) {
	f := func(x []mixed.Var) mixed.Var { return x[0].Sqrt().Add(x[1].Sqr()).Add(dual.Prod(x)) }
	q := mixed.NewFunc(f).At([]float64{0, 3, 2})
	h := q.HVPs(nil, mat.NewDiagDense(3, []float64{1, 1, 1}))
	inf := math.Inf(-1)
	want := mat.NewDense(3, 3, []float64{inf, 2, 3, 2, 2, 0, 3, 0, 0})
	for i := range 3 {
		for j := range 3 {
			if got := h.At(i, j); got != want.At(i, j) {
				t.Errorf("(%d,%d) = %v, want %v", i, j, got, want.At(i, j))
			}
		}
	}
	if got := q.Quad([]float64{0, 1, 0}, []float64{0, 1, 0}); got != 2 {
		t.Errorf("Quad away from the singular variable: %v, want 2", got)
	}
	if got := q.Quad([]float64{1, 0, 0}, []float64{1, 0, 0}); got != inf {
		t.Errorf("Quad at the singular variable: %v, want %v", got, inf)
	}
}

// TestLookBits looks at the sign of a zero and at NaN: programs hold where the
// bits are the same.
func TestLookBits(t *testing.T) {
	f := func(x []mixed.Var) mixed.Var {
		if math.Signbit(x[0].Value()) {
			return x[0].Neg()
		}
		return x[0].Sqr()
	}
	zero, negative, nan := []float64{0}, []float64{math.Copysign(0, -1)}, []float64{math.NaN()}
	for _, c := range []struct {
		at, x []float64
		holds bool
	}{
		{zero, zero, true}, {negative, negative, true}, {nan, nan, true},
		{zero, negative, false}, {negative, zero, false}, {nan, zero, false}, {zero, nan, false},
	} {
		if _, err := mixed.Record(f, c.at).At(c.x); errors.Is(err, mixed.ErrBranch) == c.holds {
			t.Errorf("recorded at %v, at %v: error %v", c.at, c.x, err)
		}
	}
}

// TestLookLate looks at a variable of a recording that has ended, which steers
// nothing in the next one.
func TestLookLate(t *testing.T) {
	var kept mixed.Var
	for range 5 { // recordings share memory
		mixed.Record(func(x []mixed.Var) mixed.Var { kept = x[1]; return x[0].Sin() }, []float64{1, 2})
		p := mixed.Record(func(x []mixed.Var) mixed.Var {
			if kept.Value() != 2 {
				t.Errorf("the value is %v", kept.Value())
			}
			return x[0].Mul(x[1])
		}, []float64{3, 4})
		if q, err := p.At([]float64{5, 6}); err != nil || q.Value() != 30 {
			t.Errorf("elsewhere: %v", err)
		}
	}
}

// TestOptimizeZero keeps the sign of zeros.
func TestOptimizeZero(t *testing.T) {
	negative := math.Copysign(0, -1)
	p := mixed.RecordVector(func(x []mixed.Var) []mixed.Var {
		return []mixed.Var{x[0].AddConst(0), x[0].AddConst(negative), x[0].Scale(1), x[0].Neg().Neg(), x[0].Sub(x[0].Const(0)), x[0].Scale(-1)}
	}, []float64{1})
	q, _ := p.At([]float64{negative})
	fast, _ := p.Optimize().At([]float64{negative})
	w := fast.Values(nil)
	for i, v := range q.Values(nil) {
		if math.Float64bits(w[i]) != math.Float64bits(v) {
			t.Errorf("result %d is %v, want %v", i, w[i], v)
		}
	}
}

// TestOptimizeGuards compares with numbers that nothing else needs, on either side.
func TestOptimizeGuards(t *testing.T) {
	for name, f := range map[string]func(x []mixed.Var) mixed.Var{
		"left": func(x []mixed.Var) mixed.Var {
			if dual.Less(x[1].Sqr(), x[0]) {
				return x[0]
			}
			return x[1]
		},
		"right": func(x []mixed.Var) mixed.Var {
			if dual.Less(x[0], x[1].Sqr()) {
				return x[1]
			}
			return x[0]
		},
	} {
		p := mixed.Record(f, []float64{3, 1}).Optimize()
		for _, c := range []struct {
			x     []float64
			holds bool
		}{{[]float64{3, 1}, true}, {[]float64{3, -1.7}, true}, {[]float64{3, 1.8}, false}, {[]float64{1, -2}, false}, {[]float64{-1, 0}, false}} {
			if _, err := p.At(c.x); errors.Is(err, mixed.ErrBranch) == c.holds {
				t.Errorf("%s at %v: error %v", name, c.x, err)
			}
		}
	}
}

// TestOptimizeLook looks at a number that nothing else needs.
func TestOptimizeLook(t *testing.T) {
	p := mixed.Record(func(x []mixed.Var) mixed.Var {
		if x[0].Exp().Value() > 2 {
			return x[0].Sqr()
		}
		return x[0]
	}, []float64{1}).Optimize()
	if _, err := p.At([]float64{0}); !errors.Is(err, mixed.ErrBranch) {
		t.Errorf("elsewhere: error %v", err)
	}
	q, err := p.At([]float64{1})
	if err != nil {
		t.Fatal(err)
	}
	q.Weigh([]float64{3})
	if q.Value() != 3 || q.Gradient(nil)[0] != 6 || q.Values(nil)[0] != 1 {
		t.Errorf("with a weight of 3: value %v, gradient %v, result %v", q.Value(), q.Gradient(nil), q.Values(nil))
	}
	q.Weigh([]float64{0})
	if q.Value() != 0 || q.Gradient(nil)[0] != 0 {
		t.Errorf("with a weight of 0: value %v, gradient %v", q.Value(), q.Gradient(nil))
	}
	q.Close()
}

// TestWeightsOfZero leaves out results that are not finite.
func TestWeightsOfZero(t *testing.T) {
	p := mixed.RecordVector(func(x []mixed.Var) []mixed.Var { return []mixed.Var{x[0].Inv(), x[0].Sin(), x[0].Log()} }, []float64{1})
	q, err := p.At([]float64{0})
	if err != nil {
		t.Fatal(err)
	}
	v := []float64{1}
	q.Weigh([]float64{0, 2, 0})
	if y, g, h := q.Value(), q.Gradient(nil)[0], q.HVP(nil, v)[0]; y != 0 || g != 2 || h != 0 {
		t.Errorf("value %v, gradient %v, product %v", y, g, h)
	}
	if d := q.Directional(nil, v, 3); d[0] != 0 || d[1] != 2 || d[3] != -2 {
		t.Errorf("Directional %v", d)
	}
	if d, e := q.DirectionalGradient(nil, v, 2)[0], q.D3(nil, v, v)[0]; d != -2 || e != -2 {
		t.Errorf("third derivatives %v and %v", d, e)
	}
	q.Close()
}

// TestFuncLengths takes a function of any number of variables at points of several.
func TestFuncLengths(t *testing.T) {
	f := mixed.NewFunc(rosenbrock[mixed.Var])
	for _, n := range []int{3, 5, 5, 2, 3} {
		x := make([]float64, n)
		q := f.At(x)
		if got, _ := q.Dims(); got != n || q.Value() != float64(n-1) {
			t.Errorf("%d variables: %d, value %v", n, got, q.Value())
		}
		q.Close()
	}
}
