package mixed_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// TestKinkProducts compares the ways to products at a kink, where they depend on
// the direction.
func TestKinkProducts(t *testing.T) {
	f := func(x []mixed.Var) mixed.Var { return x[0].Mul(x[1]).Abs().Add(x[2].PowInt(3)) }
	q := mixed.NewFunc(f).At([]float64{0, 0, 3})
	defer q.Close()
	r := rand.New(rand.NewPCG(21, 22))
	v := mat.NewDense(3, 40, random(r, 120))
	want := mat.NewDense(3, 40, nil)
	for j := range 40 {
		d := mat.Col(nil, j, v)
		s := math.Copysign(1, d[0]*d[1])
		h := []float64{s * d[1], s * d[0], 18 * d[2]}
		want.SetCol(j, h)
		if got := q.HVP(nil, d); !floats.EqualApprox(got, h, 1e-14) {
			t.Errorf("HVP along %v: %v, want %v", d, got, h)
		}
		u := random(r, 3)
		if got := q.Quad(u, d); math.Abs(got-floats.Dot(u, h)) > 1e-13 {
			t.Errorf("Quad(%v, %v) = %v, want %v", u, d, got, floats.Dot(u, h))
		}
	}
	for _, workers := range []int{1, 3} {
		if got := q.HVPs(nil, v, mixed.Workers(workers)); !mat.EqualApprox(got, want, 1e-14) {
			t.Errorf("HVPs with %d workers:\n%v\nwant\n%v", workers, mat.Formatted(got), mat.Formatted(want))
		}
	}
}

// TestSameResults has results that are the same number, a variable and a constant.
func TestSameResults(t *testing.T) {
	p := mixed.RecordVector(func(x []mixed.Var) []mixed.Var {
		y := x[0].Sqr().Mul(x[1])
		c := x[0].Const(5)
		return []mixed.Var{y, x[1], c, y, x[1], c}
	}, []float64{1, 1})
	for _, p := range []*mixed.Program{p, p.Optimize()} {
		q, err := p.At([]float64{3, 4})
		if err != nil {
			t.Fatal(err)
		}
		q.Weigh([]float64{1, 10, 100, 2, 20, 200})
		u, v := []float64{1, 2}, []float64{-1, 1}
		for _, c := range []struct {
			what      string
			got, want []float64
		}{
			{"value", []float64{q.Value()}, []float64{3*36 + 30*4 + 300*5}},
			{"gradient", q.Gradient(nil), []float64{3 * 24, 3*9 + 30}},
			{"HVP", q.HVP(nil, v), []float64{3 * (-8 + 6), 3 * -6}},
			{"Quad", []float64{q.Quad(u, v)}, []float64{-6 - 36}},
			{"JVP", q.JVP(nil, v), []float64{-24 + 9, 1, 0, -24 + 9, 1, 0}},
			{"D3", q.D3(nil, u, v), []float64{3 * 2 * (1 - 2), 3 * -2}},
			{"Directional", q.Directional(nil, v, 3), []float64{3*36 + 30*4 + 300*5, 3*-15 + 30, 3 * (8 - 12), 3 * 6}},
			{"DirectionalGradient", q.DirectionalGradient(nil, v, 1), []float64{-6, -18}},
		} {
			if !slices.Equal(c.got, c.want) {
				t.Errorf("%s %v, want %v", c.what, c.got, c.want)
			}
		}
		q.Close()
	}
}

// TestWeighTwice changes the weights of a point that has been differentiated.
func TestWeighTwice(t *testing.T) {
	p := mixed.RecordVector(func(x []mixed.Var) []mixed.Var {
		return []mixed.Var{x[0].Div(x[1]), x[0].Abs().Mul(x[1]), x[0].Max(x[1]).Sqr()}
	}, []float64{1, 2})
	q, err := p.At([]float64{0, 2})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		for k, want := range []struct {
			grad, hvp []float64
		}{
			{[]float64{0.5, 0}, []float64{-0.25, -0.25}},
			{[]float64{0, 0}, []float64{0, 0}},
			{[]float64{0, 4}, []float64{0, 2}},
		} {
			w := make([]float64, 3)
			w[k] = 1
			q.Weigh(w)
			if g, h := q.Gradient(nil), q.HVP(nil, []float64{1, 1}); !slices.Equal(g, want.grad) || !slices.Equal(h, want.hvp) {
				t.Errorf("result %d: gradient %v and product %v, want %v", k, g, h, want)
			}
			if q.Kinks() != 1 {
				t.Errorf("%d kinks", q.Kinks())
			}
		}
	}
	q.Close()
}

// TestSteady checks that the series of a point take the memory of the last ones.
func TestSteady(t *testing.T) {
	q := mixed.NewFunc(mix[mixed.Var]).At([]float64{0.4, -0.7, 1.1, 0.6})
	defer q.Close()
	v, dst := []float64{1, 0.5, -0.3, 0.2}, make([]float64, 6)
	var before, after runtime.MemStats
	for k := range 300 {
		if k == 100 {
			runtime.ReadMemStats(&before)
		}
		q.Directional(dst, v, 5)
		q.DirectionalGradient(dst[:4], v, 5)
	}
	runtime.ReadMemStats(&after)
	// One of them takes some 30 kB.
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > 2<<20 {
		t.Errorf("%d bytes allocated", bytes)
	}
}

// TestGuarded adds a term whose derivatives are infinite, so that sweeps look at
// zeros and infinities: the other variables do not notice.
func TestGuarded(t *testing.T) {
	lists := func(x []mixed.Var) mixed.Var {
		a := dual.Norm(x[:3]).Mul(dual.LogSumExp(x)).Add(dual.Prod(x))
		b := dual.SumSq(x).Div(x[0]).Add(x[1].Hypot(x[2])).Sub(dual.Dot(x[:2], x[1:3]))
		c := dual.LinComb([]float64{1, 2, 3, 4}, x).Mul(dual.Sum(x)).Add(x[1].FMA(x[2], x[3])).Add(x[0].Max(x[3]).Mul(x[1]))
		return a.Mul(b).Add(c.Sin()).Add(dual.Poly(x[2], []float64{1, 2, 3}))
	}
	f := func(x []mixed.Var) mixed.Var { return x[0].Sqrt().Add(lists(x[1:])) }
	r := rand.New(rand.NewPCG(23, 24))
	for range 10 {
		x, u, v := random(r, 5), random(r, 5), random(r, 5)
		x[0], x[1] = 0, 1+x[1]*x[1]
		p, q := mixed.NewFunc(f).At(x), mixed.NewFunc(lists).At(x[1:])
		h := p.HVP(nil, v)
		if want := math.Inf(-1); h[0] != math.Copysign(want, -v[0]) {
			t.Errorf("%v along the infinite one, along %v", h[0], v[0])
		}
		want := q.HVP(nil, v[1:])
		if !floats.EqualApprox(h[1:], want, 1e-12*(1+floats.Norm(want, 2))) {
			t.Errorf("HVP %v, want %v", h[1:], want)
		}
		many := p.HVPs(nil, mat.NewDense(5, 2, []float64{v[0], 0, v[1], v[1], v[2], v[2], v[3], v[3], v[4], v[4]}))
		if !slices.Equal(mat.Col(nil, 0, many), h) || !slices.Equal(mat.Col(nil, 1, many)[1:], h[1:]) || many.At(0, 1) != 0 {
			t.Errorf("HVPs\n%v, want %v", mat.Formatted(many), h)
		}
		u[0], v[0] = 0, 0
		if got, want := p.Quad(u, v), q.Quad(u[1:], v[1:]); math.Abs(got-want) > 1e-12*(1+math.Abs(want)) {
			t.Errorf("Quad %v, want %v", got, want)
		}
		p.Close()
		q.Close()
	}
	// The length of a vector that nearly vanishes is curved without end across it.
	q := mixed.NewFunc(dual.Norm[mixed.Var]).At([]float64{5e-324, 0})
	if h := q.HVP(nil, []float64{0, 1}); h[0] != 0 || !math.IsInf(h[1], 1) {
		t.Errorf("norm across a tiny vector: %v", h)
	}
	q.Close()
}

// TestModSlope has a quotient that rounding leaves just below a whole number.
func TestModSlope(t *testing.T) {
	x := []float64{-36.563575588759875, 2.5438268734423257}
	f := func(x []mixed.Var) mixed.Var { return x[0].Mod(x[1]) }
	q := mixed.NewFunc(f).At(x)
	defer q.Close()
	for _, g := range [][]float64{q.Gradient(nil), q.JVP(nil, []float64{0, 1}), q.DirectionalGradient(nil, x, 0)} {
		if got := g[len(g)-1]; got != 14 {
			t.Errorf("by the modulus %v, want 14", got)
		}
	}
}
