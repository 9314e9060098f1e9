package mixed_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/mixed"
	"gonum.org/v1/gonum/mat"
)

// TestPanics checks that mistakes panic with an Error that names the function.
func TestPanics(t *testing.T) {
	sqr := func(x []mixed.Var) mixed.Var { return x[0].Sqr() }
	two := []float64{1, 2}
	p := mixed.Record(sqr, two)
	open := func() *mixed.Point {
		q, err := p.At(two)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	var kept mixed.Var
	mixed.Record(func(x []mixed.Var) mixed.Var { kept = x[0]; return x[1] }, two)
	for name, f := range map[string]func(){
		"Record: nil":          func() { mixed.Record(nil, two) },
		"RecordVector: nil":    func() { mixed.RecordVector(nil, two) },
		"NewFunc: nil":         func() { mixed.NewFunc(nil) },
		"HVP: nil":             func() { mixed.HVP(nil, nil, two, two) },
		"Elementwise: nil":     func() { mixed.Elementwise(nil, nil, two, 1) },
		"Elementwise: order":   func() { mixed.Elementwise(nil, mixed.Var.Sin, two, -1) },
		"Elementwise: dst is":  func() { mixed.Elementwise(mat.NewDense(2, 2, nil), mixed.Var.Sin, two, 2) },
		"Program.At: len(x)":   func() { p.At(two[:1]) },
		"HVP: len(v) = 1":      func() { open().HVP(nil, two[:1]) },
		"HVP: len(dst) = 1":    func() { open().HVP(two[:1], two) },
		"HVPs: len(rows of v)": func() { open().HVPs(nil, mat.NewDense(3, 1, nil)) },
		"HVPs: dst is 3×1":     func() { open().HVPs(mat.NewDense(3, 1, nil), mat.NewDense(2, 1, nil)) },
		"Quad: len(u) = 1":     func() { open().Quad(two[:1], two) },
		"Quad: len(v) = 1":     func() { open().Quad(two, two[:1]) },
		"D3: len(u) = 1":       func() { open().D3(nil, two[:1], two) },
		"JVP: len(v)":          func() { open().JVP(nil, two[:1]) },
		"JVP: len(dst)":        func() { open().JVP(two, two) },
		"Gradient: len(dst)":   func() { open().Gradient(two[:1]) },
		"Values: len(dst)":     func() { open().Values(two) },
		"Weigh: len(w)":        func() { open().Weigh(two) },
		"Directional: order":   func() { open().Directional(nil, two, -1) },
		"Directional: len(v)":  func() { open().Directional(nil, two[:1], 1) },
		"DirectionalGradient":  func() { open().DirectionalGradient(nil, two, -1) },
		"Polygamma: order -1":  func() { mixed.Var{}.Polygamma(-1) },
		"Workers: n = 0":       func() { mixed.Workers(0) },
		"Eval: len(x)":         func() { mixed.Eval(p, make([]dual.Float, 1)) },
		"Eval: the program": func() {
			mixed.Eval(mixed.RecordVector(func(x []mixed.Var) []mixed.Var { return x }, two), make([]dual.Float, 2))
		},
		"EvalVector: len(dst)":    func() { mixed.EvalVector(make([]dual.Float, 3), p, make([]dual.Float, 2)) },
		"use of a Point after":    func() { q := open(); q.Close(); q.Value() },
		"use of a Point after it": func() { q := open(); q.Close(); q.Close() },
		"operation on a variable": func() { kept.Sin() },
		"operation on a variable that": func() {
			mixed.Record(func(x []mixed.Var) mixed.Var { return x[0].Add(kept) }, two)
		},
		"operation on a variable that does": func() {
			mixed.Record(func([]mixed.Var) mixed.Var { return kept }, two)
		},
		"operation on a variable that does not": func() {
			mixed.Record(func(x []mixed.Var) mixed.Var {
				mixed.Record(func(y []mixed.Var) mixed.Var { return x[0].Mul(y[0]) }, two)
				return x[0]
			}, two)
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				e, ok := recover().(mixed.Error)
				for strings.HasSuffix(name, " it") || strings.HasSuffix(name, " that") || strings.HasSuffix(name, " does") || strings.HasSuffix(name, " not") {
					name = name[:strings.LastIndexByte(name, ' ')]
				}
				if !ok || !strings.HasPrefix(e.Error(), "mixed: ") || !strings.Contains(e.Error(), name) {
					t.Errorf("panics with %q, want mixed: …%s…", e, name)
				}
			}()
			f()
		})
	}
}

// TestAllocs checks that nothing is allocated in steady state.
func TestAllocs(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector allocates")
	}
	x, v, dst, grad := make([]float64, 20), make([]float64, 20), make([]float64, 20), make([]float64, 20)
	for i := range x {
		x[i], v[i] = float64(i)/7, float64(i%3)
	}
	f := func(x []mixed.Var) mixed.Var {
		return rosenbrock(x).Add(dual.LogSumExp(x)).Add(dual.Prod(x[:4])).Add(x[1].Div(x[2]).Sin())
	}
	p := mixed.Record(f, x)
	fn := mixed.NewFunc(f)
	q := fn.At(x)
	many, block := mat.NewDense(20, 8, nil), mat.NewDense(20, 8, nil)
	for name, f := range map[string]func(){
		"HVP":              func() { mixed.HVP(dst, f, x, v) },
		"ValueGradientHVP": func() { mixed.ValueGradientHVP(grad, dst, f, x, v) },
		"Directional":      func() { mixed.Directional(dst[:5], f, x, v, 4) },
		"Program.At":       func() { q, _ := p.At(x); q.HVP(dst, v); q.Close() },
		"Func.At":          func() { q := fn.At(x); q.Gradient(dst); q.Close() },
		"Point.HVP":        func() { q.HVP(dst, v) },
		"Point.HVPs":       func() { q.HVPs(many, block) },
		"Point.Quad":       func() { q.Quad(x, v) },
		"Point.D3":         func() { q.D3(dst, x, v) },
		"Point.Directional": func() {
			q.Directional(dst[:4], v, 3)
		},
	} {
		f()
		if n := testing.AllocsPerRun(50, f); n > 0.5 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// TestGoroutines uses one Program and one Func from several goroutines.
func TestGoroutines(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	p := mixed.Record(mix[mixed.Var], random(r, 4))
	fn := mixed.NewFunc(saddle[mixed.Var])
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(9, uint64(g)))
			for range 30 {
				x, v := random(r, 4), random(r, 4)
				q, err := p.At(x)
				if err != nil {
					t.Error(err)
					return
				}
				want := mixed.HVP(nil, mix[mixed.Var], x, v)
				if got := q.HVP(nil, v); !slices.Equal(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
				q.HVPs(nil, mat.NewDense(4, 9, nil), mixed.Workers(3))
				q.Close()
				s := fn.At(x[:2])
				if got, want := s.HVP(nil, v[:2]), mixed.HVP(nil, saddle[mixed.Var], x[:2], v[:2]); !slices.Equal(got, want) {
					t.Errorf("by a Func %v, want %v", got, want)
				}
				s.Close()
			}
		})
	}
	wg.Wait()
}

// TestSmall checks programs of no variable, of one, and of none of them used.
func TestSmall(t *testing.T) {
	q := mixed.NewFunc(func([]mixed.Var) mixed.Var { return mixed.Var{}.Const(3) }).At(nil)
	if q.Value() != 3 || len(q.Gradient(nil)) != 0 || len(q.HVP(nil, nil)) != 0 || q.Quad(nil, nil) != 0 {
		t.Error("a constant of no variables")
	}
	if h := q.HVPs(nil, &mat.Dense{}); !h.IsEmpty() {
		t.Error("HVPs of no variables")
	}
	q.Close()
	q = mixed.NewFunc(func(x []mixed.Var) mixed.Var { return x[1].Sqr() }).At([]float64{1, 2, 3})
	if got := q.HVP(nil, []float64{1, 1, 1}); !slices.Equal(got, []float64{0, 2, 0}) {
		t.Errorf("HVP %v", got)
	}
	q.Close()
	q = mixed.NewFunc(func(x []mixed.Var) mixed.Var { return x[0] }).At([]float64{5})
	if q.Value() != 5 || q.Gradient(nil)[0] != 1 || q.HVP(nil, []float64{1})[0] != 0 {
		t.Error("the identity")
	}
	q.Close()
	// Destinations may be arguments.
	x, v := []float64{0.5, 2}, []float64{1, 3}
	want := mixed.HVP(nil, saddle[mixed.Var], x, v)
	if got := mixed.HVP(slices.Clone(x), saddle[mixed.Var], x, v); !slices.Equal(got, want) {
		t.Error("HVP")
	}
	w := slices.Clone(v)
	if mixed.HVP(w, saddle[mixed.Var], x, w); !slices.Equal(w, want) {
		t.Errorf("HVP where dst is v: %v, want %v", w, want)
	}
	y := slices.Clone(x)
	if mixed.HVP(y, saddle[mixed.Var], y, v); !slices.Equal(y, want) {
		t.Errorf("HVP where dst is x: %v, want %v", y, want)
	}
	q = mixed.NewFunc(saddle[mixed.Var]).At(x)
	u := slices.Clone(v)
	third := q.D3(nil, x, v)
	if q.D3(u, x, u); !slices.Equal(u, third) {
		t.Error("D3 where dst is v")
	}
	u = slices.Clone(v)
	grad := q.DirectionalGradient(nil, v, 2)
	if q.DirectionalGradient(u, u, 2); !slices.Equal(u, grad) {
		t.Error("DirectionalGradient where dst is v")
	}
	if got := fmt.Sprintf("%.2f %v", mixed.Var{}.Const(1.5), mixed.Var{}); got != "1.50 0" {
		t.Errorf("printed as %q", got)
	}
	// Printing is no look at a value.
	p := mixed.Record(func(x []mixed.Var) mixed.Var { _ = fmt.Sprint(x[0]); return x[0].Sin() }, []float64{1})
	if _, err := p.At([]float64{2}); err != nil {
		t.Error(err)
	}
}

// TestNonFinite checks that NaN and infinities go through.
func TestNonFinite(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	norm := func(x []mixed.Var) mixed.Var { return dual.Norm(x) }
	lse := func(x []mixed.Var) mixed.Var { return dual.LogSumExp(x) }
	for _, c := range []struct {
		name string
		f    func([]mixed.Var) mixed.Var
		x    []float64
		y    float64
		grad []float64
	}{
		{"norm", norm, []float64{1, -inf}, inf, []float64{0, -1}},
		{"norm", norm, []float64{nan, 1}, nan, []float64{nan, nan}},
		{"norm", norm, []float64{0, 0}, 0, []float64{0, 0}},
		{"lse", lse, []float64{inf, 1}, inf, []float64{1, 0}},
		{"lse", lse, []float64{inf, inf, inf}, inf, []float64{0.25, 0.25, 0.5}},
		{"lse", lse, []float64{-inf, -inf}, -inf, []float64{0, 0}},
		{"lse", lse, []float64{-inf, 2}, 2, []float64{0, 1}},
	} {
		p := mixed.Record(c.f, make([]float64, len(c.x)))
		q, err := p.At(c.x)
		if err != nil {
			t.Fatal(err)
		}
		v := make([]float64, len(c.x))
		v[0] = 1
		same := func(what string, got, want float64) {
			t.Helper()
			if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s at %v: %s %v, want %v", c.name, c.x, what, got, want)
			}
		}
		same("value", q.Value(), c.y)
		for i, g := range q.Gradient(nil) {
			same("gradient", g, c.grad[i])
		}
		if c.y == c.y {
			for _, g := range append(q.HVP(nil, v), q.D3(nil, v, v)...) {
				same("higher derivative", g, 0)
			}
			for i := range c.x {
				clear(v)
				if c.y != 0 { // a series follows its direction from the origin
					same("series backwards", q.DirectionalGradient(nil, v, 0)[i], c.grad[i])
				}
			}
		}
		q.Close()
	}
}

// TestAbsorb checks that a derivative of 0 absorbs an infinite adjoint, in every
// arithmetic of the sweeps.
func TestAbsorb(t *testing.T) {
	step := func(x []mixed.Var) mixed.Var { return x[0].Floor().Sqrt().Add(x[0].Abs().Sqr()) }
	for _, x := range []float64{0.5, 0} { // 0 is a kink too
		q := mixed.NewFunc(step).At([]float64{x})
		v := []float64{1}
		if g, h := q.Gradient(nil)[0], q.HVP(nil, v)[0]; g != 2*x || h != 2 && x != 0 {
			t.Errorf("at %v: gradient %v, HVP %v", x, g, h)
		}
		if g, h := q.DirectionalGradient(nil, v, 0)[0], q.DirectionalGradient(nil, v, 1)[0]; g != 2*x || h != 2 {
			t.Errorf("at %v: by series backwards %v, %v", x, g, h)
		}
		if d := q.D3(nil, v, v)[0]; d != 0 {
			t.Errorf("at %v: third derivative %v", x, d)
		}
		q.Close()
	}
}

// TestStale uses a variable right after its recording has ended.
func TestStale(t *testing.T) {
	var kept mixed.Var
	mixed.Record(func(x []mixed.Var) mixed.Var { kept = x[0]; return x[0] }, []float64{1})
	if v := kept.Value(); v != 1 {
		t.Errorf("value %v", v)
	}
	defer func() {
		if _, ok := recover().(mixed.Error); !ok {
			t.Error("no panic")
		}
	}()
	kept.Sqr()
}

// TestOptimize checks what an optimised program leaves out.
func TestOptimize(t *testing.T) {
	f := func(x []mixed.Var) mixed.Var {
		x[0].Exp().Mul(x[1]) // of no use
		a := x[0].Mul(x[1]).Sin()
		b := x[1].Mul(x[0]).Sin() // the same
		c := dual.Dot(x, x)
		d := dual.Dot(x, x)
		e := dual.Poly(x[0], []float64{1, 2, 3}).Add(dual.Poly(x[0], []float64{1, 2, 3}))
		g := x[1].Scale(1).PowReal(1).PowInt(1).Neg().Neg().Hypot(x[0].Const(3))
		h := dual.Prod([]mixed.Var{x[0].Const(2), x[1]}).Add(x[1].Const(2).Pow(x[0]))
		l := dual.LinComb([]float64{1, 2}, x).Add(dual.LinComb([]float64{1, 2}, x)).Add(dual.LinComb([]float64{1, 3}, x))
		return dual.Sum([]mixed.Var{a, b, c, d, e, g, h, l, x[0].FMA(x[1], x[0]), x[1].Max(x[0])})
	}
	p := mixed.Record(f, []float64{1, 2})
	o := p.Optimize()
	before, after := p.Stats(), o.Stats()
	if before.Operations != 28 || after.Operations != 16 || before.Constants != 3 || after.Constants != 2 {
		t.Errorf("before\n%vafter\n%v", before, after)
	}
	if again := o.Optimize().Stats(); again.Operations != after.Operations || again.Constants != after.Constants {
		t.Errorf("twice\n%vafter\n%v", again, after)
	}
	r := rand.New(rand.NewPCG(11, 12))
	for range 20 {
		x, v := random(r, 2), random(r, 2)
		q, _ := p.At(x)
		w, err := o.At(x)
		if err != nil {
			t.Fatal(err)
		}
		if q.Value() != w.Value() {
			t.Errorf("value %v, was %v", w.Value(), q.Value())
		}
		for _, c := range [][2][]float64{{q.Gradient(nil), w.Gradient(nil)}, {q.HVP(nil, v), w.HVP(nil, v)}} {
			for i := range v {
				if math.Abs(c[0][i]-c[1][i]) > 1e-14*(1+math.Abs(c[0][i])) {
					t.Errorf("derivative %v, was %v", c[1][i], c[0][i])
				}
			}
		}
		q.Close()
		w.Close()
	}
	// Constants that operations have made of constants.
	k := mixed.Record(func(x []mixed.Var) mixed.Var {
		c := dual.Prod([]mixed.Var{x[0].Const(2), x[0].Const(3), x[0]})
		return c.Add(dual.Where(x[0], x[0].Const(2), x[0].Const(3)))
	}, []float64{1})
	if q, err := k.Optimize().At([]float64{-1}); err != nil || q.Value() != -3 {
		t.Errorf("%v", err)
	}
	if s := before.String(); !strings.Contains(s, "operations             28\n") {
		t.Errorf("statistics printed as\n%s", s)
	}
	b := mixed.Record(saddle[mixed.Var], []float64{1, 2}).Optimize()
	if s := b.Stats(); s.Guards != 1 || s.Variables != 2 || s.Results != 1 {
		t.Errorf("statistics of a branch\n%v", s)
	}
}

// TestElementwise compares with jets, for all primitives, orders and workers.
func TestElementwise(t *testing.T) {
	x := make([]float64, 200)
	for i := range x {
		x[i] = -2 + float64(i)/45
	}
	kinked := func(x mixed.Var) mixed.Var {
		if dual.Less(x, x.Const(0)) {
			return x.Exp()
		}
		return x.Sin()
	}
	steered := func(x mixed.Var) mixed.Var {
		if x.Value() < 0 {
			return x.Exp()
		}
		return x.Sin()
	}
	for _, order := range []int{0, 1, 6} {
		want := mat.NewDense(order+1, len(x), nil)
		for i, x := range x {
			y := jet.Variable(x, order)
			if x < 0 {
				y = y.Exp()
			} else {
				y = y.Sin()
			}
			for k := range order + 1 {
				want.Set(k, i, y.Derivative(k))
			}
		}
		for _, f := range []func(mixed.Var) mixed.Var{kinked, steered} {
			for _, workers := range []int{1, 3} {
				got := mixed.Elementwise(nil, f, x, order, mixed.Workers(workers))
				if !mat.EqualApprox(got, want, 1e-14) {
					t.Errorf("order %d, %d workers: another result", order, workers)
				}
			}
		}
	}
	for name, f := range adtest.Primitives[mixed.Var]() {
		g := adtest.Primitives[jet.Jet64]()[name]
		got := mixed.Elementwise(nil, f, x[100:], 4)
		for i, x := range x[100:] {
			y := g(jet.Variable(x, 4))
			for k := range 5 {
				if a, b := got.At(k, i), y.Derivative(k); a != b && !(math.IsNaN(a) && math.IsNaN(b)) {
					t.Errorf("%s at %v, order %d: %v, want %v", name, x, k, a, b)
				}
			}
		}
	}
	if !mixed.Elementwise(nil, mixed.Var.Sin, nil, 3).IsEmpty() {
		t.Error("of no elements")
	}
	defer func() {
		if r := recover(); r != "stop" {
			t.Errorf("panic %v, want that of f", r)
		}
	}()
	mixed.Elementwise(nil, func(mixed.Var) mixed.Var { panic("stop") }, x, 1, mixed.Workers(2))
}

// TestNested differentiates through types over the variables of a program: the
// gradient of a derivative by dual numbers, and of a Taylor coefficient.
func TestNested(t *testing.T) {
	x, v := []float64{0.4, -0.7, 1.1, 0.6}, []float64{1, 0.5, -0.3, 0.2}
	want := mixed.HVP(nil, mix[mixed.Var], x, v)
	slope := mixed.NewFunc(func(x []mixed.Var) mixed.Var {
		z := make([]dual.Nested[mixed.Var], len(x))
		for i := range x {
			z[i] = dual.Nested[mixed.Var]{V: x[i], D: x[i].Const(v[i])}
		}
		return mix(z).D
	})
	second := mixed.NewFunc(func(x []mixed.Var) mixed.Var {
		z := make([]jet.Nested[mixed.Var], len(x))
		for i := range x {
			z[i] = jet.NewNested(x[i], x[i].Const(v[i]), mixed.Var{})
		}
		return mix(z).Derivative(2)
	})
	q := mixed.NewFunc(mix[mixed.Var]).At(x)
	d := slope.At(x)
	for i, g := range d.Gradient(nil) {
		if math.Abs(g-want[i]) > 1e-12*(1+math.Abs(want[i])) {
			t.Errorf("gradient of a dual number %v, want %v", g, want[i])
		}
	}
	third := q.D3(nil, v, v)
	for i, g := range d.HVP(nil, v) {
		if math.Abs(g-third[i]) > 1e-11*(1+math.Abs(third[i])) {
			t.Errorf("HVP of a dual number %v, want %v", g, third[i])
		}
	}
	d.Close()
	d = second.At(x)
	for i, g := range d.Gradient(nil) {
		if math.Abs(g-third[i]) > 1e-11*(1+math.Abs(third[i])) {
			t.Errorf("gradient of a Taylor coefficient %v, want %v", g, third[i])
		}
	}
	// Types look at values, so that such a program is recorded each time.
	if slope.Program() != nil {
		t.Error("a program of dual numbers over variables must not be used again")
	}
}
