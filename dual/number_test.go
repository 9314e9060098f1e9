package dual_test

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// TestFloat32 checks that Number[float32] is Number64 rounded.
func TestFloat32(t *testing.T) {
	type n32 = dual.Number[float32]
	for _, c := range []struct {
		name   string
		single func(n32) n32
		double func(dual.Number64) dual.Number64
	}{
		{"Exp", n32.Exp, dual.Number64.Exp},
		{"Log", n32.Log, dual.Number64.Log},
		{"Sqrt", n32.Sqrt, dual.Number64.Sqrt},
		{"Tanh", n32.Tanh, dual.Number64.Tanh},
		{"Lgamma", n32.Lgamma, dual.Number64.Lgamma},
		{"Inv", n32.Inv, dual.Number64.Inv},
		{"Sqr", n32.Sqr, dual.Number64.Sqr},
		{"Atan2", func(x n32) n32 { return x.Atan2(x.Sqr()) }, func(x dual.Number64) dual.Number64 { return x.Atan2(x.Sqr()) }},
		{"Div", func(x n32) n32 { return x.Div(x.AddConst(1)) }, func(x dual.Number64) dual.Number64 { return x.Div(x.AddConst(1)) }},
		{"FMA", func(x n32) n32 { return x.FMA(x, x) }, func(x dual.Number64) dual.Number64 { return x.FMA(x, x) }},
		{"Mod", func(x n32) n32 { return x.Mul(x).Mod(x.Const(0.75)) }, func(x dual.Number64) dual.Number64 { return x.Mul(x).Mod(x.Const(0.75)) }},
	} {
		for _, x := range []float32{0.25, 0.5, 1.5, 3} {
			got, want := c.single(n32{V: x, D: 1}), c.double(dual.Number64{V: float64(x), D: 1})
			const tol = 4 * 0x1p-24
			if math.Abs(float64(got.V)-want.V) > tol*(1+math.Abs(want.V)) || math.Abs(float64(got.D)-want.D) > tol*(1+math.Abs(want.D)) {
				t.Errorf("%s(%g) = %v in float32, %v in float64", c.name, x, got, want)
			}
		}
	}
}

// TestNestedForms checks that different types of the same order agree to the
// last bit but rounding: duals of floats, fast duals, duals of duals.
func TestNestedForms(t *testing.T) {
	f := func(x []float64) (a, b float64) {
		h := dual.Hessian(nil, himmelblau, x)
		v := dual.Nested[dual.Number64]{V: dual.Number64{V: x[0], D: 1}, D: dual.Number64{}}
		w := dual.Nested[dual.Number64]{V: dual.Number64{V: x[1]}, D: dual.Number64{V: 1}}
		return h.At(0, 1), himmelblau([]dual.Nested[dual.Number64]{v, w}).D.D
	}
	for _, x := range [][]float64{{1, 2}, {-3, 0.5}, {0, 0}} {
		if a, b := f(x); !near(a, b, 1e-14) {
			t.Errorf("mixed derivative at %v: Hyper %v, Nested[Number] %v", x, a, b)
		}
	}
}

// TestLead checks the order and the sign of leading terms.
func TestLead(t *testing.T) {
	for _, c := range []struct {
		name        string
		lead        func() (int, int)
		order, sign int
	}{
		{"Float 0", dual.Float(0).Lead, -1, 0},
		{"Float -2", dual.Float(-2).Lead, 0, -1},
		{"Float NaN", dual.Float(math.NaN()).Lead, 0, 0},
		{"Number 0", dual.Number64{}.Lead, -1, 0},
		{"Number -ε", dual.Number64{D: -1}.Lead, 1, -1},
		{"Number 3-ε", dual.Number64{V: 3, D: -1}.Lead, 0, 1},
		{"Number3 0", dual.Number3{}.Lead, -1, 0},
		{"Number3 -1", dual.Number3{V: -1, D1: 1}.Lead, 0, -1},
		{"Number3 ε₂+ε₃", dual.Number3{D2: 1, D3: 1}.Lead, 1, 1},
		{"Number3 ε₂-ε₃", dual.Number3{D2: 1, D3: -1}.Lead, 1, 0},
		{"Hyper ε₁ε₂", dual.Hyper{D12: -1}.Lead, 2, -1},
		{"Hyper ε₁-ε₂", dual.Hyper{D1: 1, D2: -1}.Lead, 1, 0},
		{"Hyper 0", dual.Hyper{}.Lead, -1, 0},
		{"Nested ε₁ε₂", nest2{D: nest1{D: -1}}.Lead, 2, -1},
		{"Nested ε₁-ε₂", nest2{V: nest1{D: 1}, D: nest1{V: -1}}.Lead, 1, 0},
		{"Nested ε₁+ε₁ε₂", nest2{V: nest1{D: 1}, D: nest1{D: -1}}.Lead, 1, 1},
		{"Nested 0", nest2{}.Lead, -1, 0},
	} {
		if order, sign := c.lead(); order != c.order || sign != c.sign {
			t.Errorf("%s: Lead = %d, %d, want %d, %d", c.name, order, sign, c.order, c.sign)
		}
	}
}

// TestAbsoluteZero checks that AZMul and FMA absorb a zero of the receiver and
// nothing else.
func TestAbsoluteZero(t *testing.T) {
	inf := math.Inf(1)
	x := dual.Number64{V: 0, D: 1}.AZMul(dual.Number64{V: inf, D: inf})
	if x.V != 0 || x.D != inf {
		t.Errorf("(0+1ε)·(Inf+Infε) = %v, want (0+Infε)", x)
	}
	if x := (dual.Number64{V: inf}).AZMul(dual.Number64{}); !math.IsNaN(x.V) {
		t.Errorf("Inf·0 = %v, want NaN: the zero is not in the receiver", x)
	}
	if x := (dual.Float(0)).FMA(dual.Float(inf), 3); x != 3 {
		t.Errorf("0·Inf+3 = %v, want 3", x)
	}
	// One rounding: x·y-fl(x·y) is the rounding error of the product.
	a := dual.Float(1 + 0x1p-30)
	if e := a.FMA(a, a.Mul(a).Neg()); e != 0x1p-60 {
		t.Errorf("FMA rounds twice: got %g, want %g", float64(e), 0x1p-60)
	}
	h := dual.Hyper{V: 2, D1: 3, D2: 5, D12: 7}
	k := dual.Hyper{V: 11, D1: 13, D2: 17, D12: 19}
	want := h.Mul(k).Add(h)
	if got := h.FMA(k, h); got != want {
		t.Errorf("Hyper FMA = %v, want %v", got, want)
	}
	if got := (dual.Number3{V: 2, D1: 3, D2: 5, D3: 7}).FMA(dual.Number3{V: 1, D1: 1, D2: 1, D3: 1}, dual.Number3{V: 1, D1: 2, D2: 3, D3: 4}); got != (dual.Number3{V: 3, D1: 7, D2: 10, D3: 13}) {
		t.Errorf("Number3 FMA = %v, want (3+7ε₁+10ε₂+13ε₃)", got)
	}
}
