package jet_test

import (
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

// sameFloats reports whether two slices hold the same numbers, NaN included.
func sameFloats(x, y []float64) bool {
	return slices.EqualFunc(x, y, func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) })
}

// TestOrders checks the order of results: the lower of two, and that of the
// other operand beside a constant.
func TestOrders(t *testing.T) {
	x5, x2 := jet.Variable(0.5, 5), jet.Variable(2.0, 2)
	c, zero := jet.New(3.0), jet.Jet64{}
	for _, test := range []struct {
		name string
		got  jet.Jet64
		want int
	}{
		{"zero", zero, 0},
		{"constant", c, 0},
		{"order 0", jet.Variable(1.0, 0), 0},
		{"x+y", x5.Add(x2), 2},
		{"y·x", x2.Mul(x5), 2},
		{"x-c", x5.Sub(c), 5},
		{"c/x", c.Div(x5), 5},
		{"0+x", zero.Add(x5), 5},
		{"0·x", zero.Mul(x5), 5},
		{"c+c", c.Add(c), 0},
		{"hypot", x2.Hypot(x5), 2},
		{"atan2 c", x5.Atan2(c), 5},
		{"x^y", x5.Pow(x2), 2},
		{"x^c", x5.Pow(c), 5},
		{"max c", x2.Max(c), 2},
		{"fma", x5.FMA(c, x2), 2},
		{"floor", x5.Floor(), 5},
	} {
		if got := test.got.Order(); got != test.want {
			t.Errorf("%s: order %d, want %d", test.name, got, test.want)
		}
	}
	if got := zero.Add(x5).Coeffs(nil); !sameFloats(got, []float64{0.5, 1, 0, 0, 0, 0}) {
		t.Errorf("0 + x = %v", got)
	}
	if got := jet.New(1.0, 2, 3).Coeffs(make([]float64, 5)); !sameFloats(got, []float64{1, 2, 3, 0, 0}) {
		t.Errorf("longer dst: %v", got)
	}
}

func TestDerivative(t *testing.T) {
	y := jet.Variable(0.25, 30).Exp()
	for k := range 31 {
		if got, want := y.Derivative(k), math.Exp(0.25); math.Abs(got-want) > 1e-14 {
			t.Errorf("derivative %d of exp = %v, want %v", k, got, want)
		}
	}
	// 200! is beyond float64, the derivative is not.
	z := jet.Variable(0.0, 200).Scale(10).Exp()
	if got := z.Derivative(180); math.Abs(got/1e180-1) > 1e-12 {
		t.Errorf("derivative 180 of exp(10x) = %v, want 1e180", got)
	}
}

func TestPanics(t *testing.T) {
	x := jet.Variable(1.0, 2)
	for _, test := range []struct {
		f    func()
		want string
	}{
		{func() { jet.Variable(1.0, -1) }, "jet: Variable: order -1 is negative"},
		{func() { jet.NestedVariable(dual.Float(1), -2) }, "jet: Variable: order -2 is negative"},
		{func() { x.Coeff(-1) }, "jet: Coeff: order -1 is negative"},
		{func() { x.Derivative(-3) }, "jet: Derivative: order -3 is negative"},
		{func() { x.Coeffs(make([]float64, 2)) }, "jet: Coeffs: len(dst) = 2, want at least 3"},
		{func() { x.Polygamma(-1) }, "jet: Polygamma: order -1 is negative"},
	} {
		func() {
			defer func() {
				e, ok := recover().(jet.Error)
				if !ok || e.Error() != test.want {
					t.Errorf("panic %q, want %q", e, test.want)
				}
			}()
			test.f()
		}()
	}
}

// TestWorkspace checks that results do not depend on where they live, also
// where a workspace grows in the midst of an operation.
func TestWorkspace(t *testing.T) {
	for name, f := range adtest.Primitives[jet.Jet64]() {
		want := f(jet.Variable(0.7, 9)).Coeffs(nil)
		for fill := 400; fill < 512; fill += 7 {
			var w jet.Workspace[float64]
			w.Variable(0, fill)
			x := w.Variable(0.7, 9)
			got := f(x).Coeffs(nil)
			if !sameFloats(got, want) {
				t.Fatalf("%s: %v in a workspace, %v without", name, got, want)
			}
			if !sameFloats(x.Coeffs(nil), jet.Variable(0.7, 9).Coeffs(nil)) {
				t.Fatalf("%s changes its operand", name)
			}
		}
	}
	// Two operands with workspaces of their own.
	var v, w jet.Workspace[float64]
	x, y := v.Variable(0.3, 4), w.New(1.0, -2, 3, 0.5, 1)
	if got, want := x.Div(y).Coeffs(nil), jet.Variable(0.3, 4).Div(jet.New(1.0, -2, 3, 0.5, 1)).Coeffs(nil); !sameFloats(got, want) {
		t.Errorf("%v with two workspaces, %v without", got, want)
	}
}

// TestGoroutines uses the same jets in several goroutines.
func TestGoroutines(t *testing.T) {
	x, y := jet.Variable(0.7, 6), jet.New(0.2, 1, -1, 0.5, 2, 0, 1)
	f := func() []float64 { return x.Mul(y).Sin().Div(y.Exp()).Atan2(x.Erf()).Coeffs(nil) }
	want := f()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if got := f(); !sameFloats(got, want) {
					t.Errorf("%v, want %v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestFloat32 compares jets of float32 with those of float64.
func TestFloat32(t *testing.T) {
	f32, f64 := adtest.Unary[jet.Jet[float32]](), adtest.Unary[jet.Jet64]()
	for name := range f64 {
		x := float32(0.375)
		if name == "Acosh" {
			x += 1
		}
		got, want := f32[name](jet.Variable(x, 4)), f64[name](jet.Variable(float64(x), 4))
		for k := range 5 {
			scale := 1 + math.Abs(want.Coeff(k))
			if e := math.Abs(float64(got.Coeff(k)) - want.Coeff(k)); !(e <= 1e-5*scale) {
				t.Errorf("%s: coefficient %d = %v, want %v", name, k, got.Coeff(k), want.Coeff(k))
			}
		}
	}
}

// TestReadOnly checks that operations which return an operand or a part of it
// cannot be used to change it.
func TestReadOnly(t *testing.T) {
	x := jet.New(0.0, 0, 4, 1, 0, 2)
	before := x.Coeffs(nil)
	for name, f := range adtest.Primitives[jet.Jet64]() {
		y := f(x)
		y.Neg().Add(x).Sqrt()
		if !sameFloats(x.Coeffs(nil), before) {
			t.Fatalf("%s changes its operand", name)
		}
	}
	c := x.Coeffs(nil)
	c[0] = 7
	if x.Value() != 0 {
		t.Error("Coeffs shares memory with the jet")
	}
}

// TestPowConst checks that a constant exponent acts like that of PowReal, also
// where it is infinite or NaN.
func TestPowConst(t *testing.T) {
	for _, x := range []jet.Jet64{jet.Variable(0.5, 3), jet.Variable(2.0, 3), jet.Variable(1.0, 3), jet.New(3.0)} {
		for _, p := range []float64{0, 0.5, 2, -1.5, math.Inf(1), math.Inf(-1), math.NaN()} {
			got, want := x.Pow(jet.New(p)).Coeffs(nil), x.PowReal(p).Coeffs(nil)
			if !sameFloats(got, want) {
				t.Errorf("(%v)^%v = %v, want %v", x, p, got, want)
			}
		}
	}
}
