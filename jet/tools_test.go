package jet_test

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

var toolOrders = []int{0, 1, 2, 6, 40}

// lift returns x with coefficients of type dual.Float.
func lift(x jet.Jet64) jet.Nested[dual.Float] {
	var c []dual.Float
	for k := range x.Order() + 1 {
		c = append(c, dual.Float(x.Coeff(k)))
	}
	return jet.NewNested(c...)
}

// lower is the inverse of lift.
func lower(x jet.Nested[dual.Float]) jet.Jet64 {
	var c []float64
	for k := range x.Order() + 1 {
		c = append(c, float64(x.Coeff(k)))
	}
	return jet.New(c...)
}

// randomJet returns a series with coefficients that fall off like 2^-k and a
// slope of at least ½, so that its inverse function has no small radius.
func randomJet(rng *rand.Rand, order int) jet.Jet64 {
	c := make([]float64, order+1)
	for k := range c {
		c[k] = math.Ldexp(rng.Float64()-0.5, -k)
	}
	if order > 0 {
		c[1] += math.Copysign(1, c[1])
	}
	return jet.New(c...)
}

// closeJets reports whether two series of one order are equal, coefficient k but for
// tol·growth^k.
func closeJets(x, y jet.Jet64, tol, growth float64) bool {
	if x.Order() != y.Order() {
		return false
	}
	for k := range x.Order() + 1 {
		if d := math.Abs(x.Coeff(k) - y.Coeff(k)); !(d <= tol) && !(math.IsNaN(x.Coeff(k)) && math.IsNaN(y.Coeff(k))) {
			return false
		}
		tol *= growth
	}
	return true
}

// TestToolTable states results exactly, for Jet and Nested.
func TestToolTable(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	j := jet.New[float64]
	for _, c := range []struct {
		name string
		got  func(x, y jet.Jet64) jet.Jet64
		same func(x, y jet.Nested[dual.Float]) jet.Nested[dual.Float]
		x, y jet.Jet64
		want string
	}{
		// The composition of x = 1 + 2u + 3u² with y of value 5, u = y - 5.
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3), j(5, 4, 0), "[1 8 48]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3), j(5, 0, 4), "[1 0 8]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3), j(5, 4, 0, 7, 8), "[1 8 48]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3, 4), j(5, 4), "[1 8]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3), j(5), "[1 0 0]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3), j(5, 0, 0), "[1 0 0]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1), j(5, 4, 0), "[1 0 0]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(), j(), "[0]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, nan, 4), j(0, 1, 1, 1), "[1 2 NaN NaN]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, nan, 4), j(0, 0, 1, 0), "[1 0 2 0]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3, 4), j(0, 1, nan, 0), "[1 2 NaN NaN]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(nan, 2, 3), j(0, 1, 0), "[NaN NaN NaN]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, inf, 3), j(0, 1, 0), "[1 +Inf 3]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1, 2, 3), j(nan, 1, 0), "[NaN NaN NaN]"},
		{"Compose", jet.Jet64.Compose, jet.Nested[dual.Float].Compose, j(1), j(nan, 1, 0), "[1 0 0]"},

		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(7, 2), j(), "[0 0.5]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(7, 1, 1, 0, 0), j(), "[0 1 -1 2 -5]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(7, -1, 0), j(), "[0 -1 0]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(7, 0, 1), j(), "[0 NaN NaN]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(7), j(), "[NaN]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(), j(), "[NaN]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(7, 1, nan, 1), j(), "[0 1 NaN NaN]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(7, nan, 1), j(), "[0 NaN NaN]"},
		{"Revert", onFirst(jet.Jet64.Revert), onFirst(jet.Nested[dual.Float].Revert), j(nan, 2, 0), j(), "[0 0.5 0]"},

		{"Diff", onFirst(jet.Jet64.Diff), onFirst(jet.Nested[dual.Float].Diff), j(1, 2, 3), j(), "[2 6 NaN]"},
		{"Diff", onFirst(jet.Jet64.Diff), onFirst(jet.Nested[dual.Float].Diff), j(1), j(), "[0]"},
		{"Truncate", func(x, _ jet.Jet64) jet.Jet64 { return x.Truncate(1) },
			func(x, _ jet.Nested[dual.Float]) jet.Nested[dual.Float] { return x.Truncate(1) }, j(1, 2, 3), j(), "[1 2]"},
		{"Truncate", func(x, _ jet.Jet64) jet.Jet64 { return x.Truncate(5) },
			func(x, _ jet.Nested[dual.Float]) jet.Nested[dual.Float] { return x.Truncate(5) }, j(1, 2, 3), j(), "[1 2 3]"},
		{"Truncate", func(x, _ jet.Jet64) jet.Jet64 { return x.Truncate(0) },
			func(x, _ jet.Nested[dual.Float]) jet.Nested[dual.Float] { return x.Truncate(0) }, j(1, 2, 3), j(), "[1]"},
		{"Dilate", func(x, _ jet.Jet64) jet.Jet64 { return x.Dilate(-2) },
			func(x, _ jet.Nested[dual.Float]) jet.Nested[dual.Float] { return x.Dilate(-2) }, j(1, 2, 3, nan), j(), "[1 -4 12 NaN]"},
		{"Dilate", func(x, _ jet.Jet64) jet.Jet64 { return x.Dilate(0) },
			func(x, _ jet.Nested[dual.Float]) jet.Nested[dual.Float] { return x.Dilate(0) }, j(1, 2, inf, nan), j(), "[1 0 0 0]"},
		{"Dilate", func(x, _ jet.Jet64) jet.Jet64 { return x.Dilate(inf) },
			func(x, _ jet.Nested[dual.Float]) jet.Nested[dual.Float] { return x.Dilate(inf) }, j(1, 0, -3), j(), "[1 0 -Inf]"},
	} {
		got := c.got(c.x, c.y)
		if text := fmt.Sprint(got.Coeffs(nil)); text != c.want {
			t.Errorf("%s of %v, %v = %s, want %s", c.name, c.x, c.y, text, c.want)
		}
		if n := lower(c.same(lift(c.x), lift(c.y))); !same(n, got) {
			t.Errorf("%s of %v, %v: Nested finds %v, Jet %v", c.name, c.x, c.y, n, got)
		}
	}
}

// TestDilateRange checks that ρ^k may overflow or underflow where the product does
// not.
func TestDilateRange(t *testing.T) {
	for _, c := range []struct{ x, rho, want float64 }{
		{0x1p-1000, 0x1p500, 0x1p500},
		{0x1p1000, 0x1p-500, 0x1p-500},
		{0x1p-1000, -0x1p500, -0x1p500},
	} {
		x := jet.New(0, 0, 0, c.x)
		if got := x.Dilate(c.rho).Coeff(3); got != c.want {
			t.Errorf("%v dilated by %v: %v, want %v", c.x, c.rho, got, c.want)
		}
		if got := lift(x).Dilate(c.rho).Coeff(3); float64(got) != c.want {
			t.Errorf("Nested: %v dilated by %v: %v, want %v", c.x, c.rho, got, c.want)
		}
	}
}

func onFirst[T any](f func(T) T) func(x, y T) T { return func(x, _ T) T { return f(x) } }

func TestEval(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		x       jet.Jet64
		t, want float64
	}{
		{jet.Jet64{}, 3, 0},
		{jet.New(2.0), 3, 2},
		{jet.New(1.0, 2, 3), 2, 17},
		{jet.New(1.0, 2, 3), 0, 1},
		{jet.New(1, 2, nan), 2, 5},
		{jet.New(1, nan, 3), 2, 1},
		{jet.New(nan, 2), 2, nan},
		{jet.New(0, inf), 0, 0},
		{jet.New(0, inf), 1, inf},
		{jet.New(1.0, 2), nan, nan},
		{jet.New(1.0, 2), inf, inf},
	} {
		if got := c.x.Eval(c.t); got != c.want && !(got != got && c.want != c.want) {
			t.Errorf("%v at %v = %v, want %v", c.x, c.t, got, c.want)
		}
		if got := float64(lift(c.x).Eval(dual.Float(c.t))); got != c.want && !(got != got && c.want != c.want) {
			t.Errorf("Nested: %v at %v = %v, want %v", c.x, c.t, got, c.want)
		}
	}
	if got := jet.Variable[float32](0, 12).Exp().Eval(1); math.Abs(float64(got)-math.E) > 1e-6 {
		t.Errorf("float32: e = %v", got)
	}
	// The derivative for t of a Taylor polynomial, by duals.
	x := jet.NewNested(dual.Number64{V: 1}, dual.Number64{V: 2}, dual.Number64{V: 3})
	if got := x.Eval(dual.Number64{V: 2, D: 1}); got != (dual.Number64{V: 17, D: 14}) {
		t.Errorf("Eval of duals = %v", got)
	}
	for _, order := range toolOrders[1:] {
		got, want := jet.Variable(0.5, order).Exp().Eval(0.25), math.Exp(0.75)
		if bound := 3*math.Pow(0.25, float64(order+1))/math.Gamma(float64(order+2)) + 1e-15; math.Abs(got-want) > bound {
			t.Errorf("order %d: exp(0.75) = %v, want %v", order, got, want)
		}
	}
}

func TestToolProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, order := range toolOrders {
		for range 50 {
			x, y, z := randomJet(rng, order), randomJet(rng, order), randomJet(rng, order)
			s := jet.Variable(x.Value(), order)
			check := func(what string, got, want jet.Jet64, growth float64) {
				t.Helper()
				if !closeJets(got, want, 1e-13, growth) {
					t.Errorf("order %d: %s:\ngot  %v\nwant %v\nx = %#v", order, what, got, want, x)
				}
			}
			// (x∘y)∘z = x∘(y∘z), where the expansion points fit.
			xy := x.Compose(y)
			check("associativity", xy.Compose(z.Add(jet.New(-z.Value()))), x.Compose(y.Compose(z.Add(jet.New(-z.Value())))), 4)
			check("x∘t", x.Compose(jet.Variable(0.0, order)), x, 1)
			check("sum", x.Add(y).Compose(z), x.Compose(z).Add(y.Compose(z)), 2)
			check("product", x.Mul(y).Compose(z), x.Compose(z).Mul(y.Compose(z)), 2)
			check("exp", jet.Variable(y.Value(), order).Exp().Compose(y), y.Exp(), 2)
			if order > 0 {
				r := x.Revert()
				check("x∘revert x", x.Compose(r), s, 3)
				check("revert x∘x", r.Compose(x), jet.Variable(0.0, order), 3)
				check("revert²", r.Revert(), x.Sub(jet.New(x.Value())), 3)
				d := x.Diff().Truncate(order - 1).Integrate(x.Value())
				if order > 1 {
					check("∫dx", d, x, 1)
					check("d∫x", x.Integrate(3).Diff().Truncate(order), x, 1)
				}
				check("chain rule", x.Compose(y).Diff().Truncate(max(order-1, 1)),
					x.Diff().Compose(y).Mul(y.Diff()).Truncate(max(order-1, 1)), 4)
			}
			check("dilate", x.Dilate(0.5).Dilate(2), x, 1)
			check("dilate product", x.Mul(y).Dilate(0.5), x.Dilate(0.5).Mul(y.Dilate(0.5)), 1)
			check("exp∘log", x.Sqr().AddConst(0.5).Log().Exp(), x.Sqr().AddConst(0.5), 4)
			if n := lower(lift(x).Compose(lift(y))); !same(n, xy) {
				t.Errorf("order %d: Nested composes to %v, Jet to %v", order, n, xy)
			}
			if n := lower(lift(x).Revert()); !closeJets(n, x.Revert(), 1e-13, 3) {
				t.Errorf("order %d: Nested reverts to %v, Jet to %v", order, n, x.Revert())
			}
			if t.Failed() {
				return
			}
		}
	}
}

// TestToolWorkspace checks that the tools allocate nothing in a workspace.
func TestToolWorkspace(t *testing.T) {
	var w jet.Workspace[float64]
	c := []float64{0, 1, 0.5, 0.25, 0.125, 0.1, 0.05}
	if n := testing.AllocsPerRun(100, func() {
		w.Reset()
		x := w.New(c...)
		x.Compose(x.Revert()).Dilate(2).Truncate(4).Diff().Eval(0.5)
	}); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

func TestToolGoroutines(t *testing.T) {
	x := jet.Variable(0.3, 20).Exp()
	want := x.Compose(x).Add(x.Revert())
	got := make([]jet.Jet64, 2)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			for range 20 {
				got[i] = x.Compose(x).Add(x.Revert())
			}
		})
	}
	wg.Wait()
	for _, g := range got {
		if !same(g, want) {
			t.Errorf("got %v, want %v", g, want)
		}
	}
}

func TestRevertFloat32(t *testing.T) {
	x := jet.Variable[float32](0.5, 6).Sin()
	want := jet.Variable(math.Sin(0.5), 6).Asin()
	for k := 1; k <= 6; k++ {
		if got := float64(x.Revert().Coeff(k)); math.Abs(got-want.Coeff(k)) > 1e-4 {
			t.Errorf("coefficient %d = %v, want %v", k, got, want.Coeff(k))
		}
	}
}

func TestRadius(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	v := func(x float64) jet.Jet64 { return jet.Variable(x, 40) }
	short := func(x float64) jet.Jet64 { return jet.Variable(x, 12) }
	for _, c := range []struct {
		name string
		x    jet.Jet64
		want float64
		tol  float64
	}{
		// One singularity on the real axis.
		{"log at 2", v(2).Log(), 2, 1e-12},
		{"√(1-t)", v(0).Neg().AddConst(1).Sqrt(), 1, 1e-12},
		{"1/(1-t)", v(0).Neg().AddConst(1).Inv(), 1, 1e-12},
		{"W at 0", v(0).LambertW(), 1 / math.E, 1e-3},
		{"asin at ½", v(0.5).Asin(), 0.5, 1e-3},
		{"tan at ½", v(0.5).Tan(), math.Pi/2 - 0.5, 1e-5},
		{"Γ at 2.5", v(2.5).Gamma(), 2.5, 1e-3},
		{"log at 2, order 12", short(2).Log(), 2, 1e-12},
		{"W at 0, order 12", short(0).LambertW(), 1 / math.E, 1e-2},
		// A pair of them.
		{"1/(1+25x²) at 0.3", v(0.3).Sqr().Scale(25).AddConst(1).Inv(), math.Hypot(0.3, 0.2), 1e-10},
		{"atan at ½", v(0.5).Atan(), math.Hypot(0.5, 1), 1e-3},
		{"tanh at 1", v(1).Tanh(), math.Hypot(1, math.Pi/2), 1e-6},
		{"tanh at 1, order 12", short(1).Tanh(), math.Hypot(1, math.Pi/2), 1e-2},
		// Even, odd, and in t³.
		{"1/(1+25x²) at 0", v(0).Sqr().Scale(25).AddConst(1).Inv(), 0.2, 1e-12},
		{"tan at 0", v(0).Tan(), math.Pi / 2, 1e-8},
		{"tanh at 0, order 12", short(0).Tanh(), math.Pi / 2, 1e-2},
		{"1/(1-t³)", v(0).PowInt(3).Neg().AddConst(1).Inv(), 1, 1e-12},
		{"t²/(1-t)", v(0).Sqr().Div(v(0).Neg().AddConst(1)), 1, 1e-12},
		// None.
		{"exp", v(0).Exp(), inf, 0},
		{"sin", v(0).Sin(), inf, 0},
		{"cos", v(0).Cos(), inf, 0},
		{"sin at 1", v(1).Sin(), inf, 0},
		{"exp(-t²)", v(0).Sqr().Neg().Exp(), inf, 0},
		{"sin t/t", v(0).Sin().Div(v(0)), inf, 0},
		{"variable", v(2), inf, 0},
		{"polynomial", v(2).PowInt(3), inf, 0},
		{"polynomial", jet.New(1.0, 2, 3, 0), inf, 0},
		{"constant", jet.New(3.0), inf, 0},
		{"zero", jet.Jet64{}, inf, 0},
		{"zeros", jet.New(0.0, 0, 0), inf, 0},
		// Too little to tell.
		{"NaN", jet.New(nan, 1), nan, 0},
		{"constant NaN", jet.New(nan), nan, 0},
		{"unknown slope", jet.New(1, nan), nan, 0},
		{"two terms", jet.New(1.0, 4), 0.25, 0},
		{"three terms", jet.New(1.0, 9, 16), 0.25, 0},
		{"sin to order 2", jet.New(0.0, 1, 0), nan, 0},
	} {
		got := c.x.Radius()
		if got != c.want && !(got != got && c.want != c.want) && !(math.Abs(got-c.want) <= c.tol*c.want) {
			t.Errorf("%s: radius %v, want %v", c.name, got, c.want)
		}
	}
	if got := jet.Variable[float32](0, 20).Neg().AddConst(1).Inv().Radius(); got != 1 {
		t.Errorf("float32: radius %v, want 1", got)
	}
}

func TestPade(t *testing.T) {
	near := func(a, b, tol float64) bool { return math.Abs(a-b) <= tol*math.Abs(b) }
	x := jet.Variable(0.0, 20)

	// exp, Baker and Graves-Morris, §1.2.
	r, err := x.Exp().Pade(2, 3)
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{1, 2. / 5, 1. / 20} {
		if !near(r.Num[k], want, 1e-13) {
			t.Errorf("exp: numerator %v", r.Num)
		}
	}
	for k, want := range []float64{1, -3. / 5, 3. / 20, -1. / 60} {
		if !near(r.Den[k], want, 1e-13) {
			t.Errorf("exp: denominator %v", r.Den)
		}
	}
	if got := r.Taylor(0, 5); !closeJets(got, x.Exp().Truncate(5), 1e-14, 1) {
		t.Errorf("exp: Taylor series %v", got)
	}
	// Beyond the radius of convergence.
	r, err = x.AddConst(1).Log().Pade(10, 10)
	if err != nil || !near(r.Eval(5), math.Log(6), 1e-7) {
		t.Errorf("log 6 = %v, %v", r.Eval(5), err)
	}
	r, err = x.Tan().Pade(9, 10)
	if err != nil || !near(r.Eval(3), math.Tan(3), 1e-5) {
		t.Errorf("tan 3 = %v, %v", r.Eval(3), err)
	}
	poles, err := r.Poles()
	nearest := slices.MinFunc(poles, func(a, b complex128) int { return int(math.Copysign(1, cmplx.Abs(a)-cmplx.Abs(b))) })
	if err != nil || len(poles) != 10 || !near(cmplx.Abs(nearest), math.Pi/2, 1e-9) {
		t.Errorf("poles of tan: %v, %v", poles, err)
	}
	zeros, err := r.Zeros()
	if err != nil || !slices.ContainsFunc(zeros, func(z complex128) bool { return cmplx.Abs(z-math.Pi) < 1e-5 }) {
		t.Errorf("zeros of tan: %v, %v", zeros, err)
	}
	// Coefficients of extreme size.
	r, err = x.Scale(1e30).Exp().Pade(3, 3)
	if err != nil || !near(r.Eval(1e-30), math.E, 1e-4) {
		t.Errorf("exp(1e30·t) = %v, %v", r.Eval(1e-30), err)
	}
	// Polynomials and constants.
	r, err = x.AddConst(2).PowInt(3).Pade(3, 0)
	if err != nil || r.Eval(1) != 27 || len(r.Den) != 1 {
		t.Errorf("(2+t)³: %v, %v", r, err)
	}
	if poles, err := r.Poles(); poles != nil || err != nil {
		t.Errorf("(2+t)³: poles %v, %v", poles, err)
	}
	r, err = jet.New(3.0).Pade(2, 2)
	if err != nil || r.Eval(7) != 3 {
		t.Errorf("constant: %v, %v", r, err)
	}
	if zeros, err := r.Zeros(); len(zeros) != 0 || err != nil {
		t.Errorf("constant: zeros %v, %v", zeros, err)
	}
	if v := (jet.Rational{}).Eval(1); !math.IsNaN(v) {
		t.Errorf("Rational{} at 1 = %v, want NaN", v)
	}
	if f, err := jet.Variable[float32](0, 4).Exp().Pade(1, 1); err != nil || !near(f.Eval(0.1), math.Exp(0.1), 1e-3) {
		t.Errorf("float32: %v, %v", f, err)
	}

	for _, c := range []struct {
		name string
		x    jet.Jet64
		m, n int
		want string
	}{
		{"even", x.Cos(), 3, 3, "jet: Pade: no approximant of degrees 3/3: "},
		{"lower degree", x.AddConst(1).Inv(), 2, 2, "jet: Pade: no approximant of degrees 2/2: "},
		{"unknown", jet.New(1, 2, math.NaN()), 1, 1, "jet: Pade: coefficient 2 is NaN"},
		{"infinite", jet.New(0, math.Inf(1)), 1, 0, "jet: Pade: coefficient 1 is +Inf"},
	} {
		if _, err := c.x.Pade(c.m, c.n); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := (jet.Rational{Den: []float64{1, math.NaN(), 1}}).Poles(); err == nil {
		t.Error("poles of a denominator with NaN: no error")
	}
}

// TestToolPanics checks the texts of panics for wrong arguments.
func TestToolPanics(t *testing.T) {
	x := jet.Variable(1.0, 3)
	var z, s series
	id := func(x jet.Jet64) jet.Jet64 { return x }
	id2 := func(x, y jet.Jet64) jet.Jet64 { return y.Sub(x) }
	for _, c := range []struct {
		call func()
		want string
	}{
		{func() { x.Truncate(-1) }, "jet: Truncate: order -1 is negative"},
		{func() { lift(x).Truncate(-2) }, "jet: Truncate: order -2 is negative"},
		{func() { x.Pade(-1, 2) }, "jet: Pade: degree -1 of -1/2 is negative"},
		{func() { x.Pade(2, 2) }, "jet: Pade: degrees 2/2, the order of the series is 3"},
		{func() { jet.Rational{}.Taylor(0, -1) }, "jet: Variable: order -1 is negative"},
		{func() { z.SetVariable(1, -1) }, "jet: SetVariable: order -1 is negative"},
		{func() { z.Truncate(&z, -1) }, "jet: Truncate: order -1 is negative"},
		{func() { z.Polygamma(&z, -1) }, "jet: Polygamma: order -1 is negative"},
		{func() { z.Sincos(&s, &z) }, "jet: Sincos: the receiver and cos are one Series"},
		{func() { z.SetVariable(1, 3).Coeffs(make([]float64, 2)) }, "jet: Coeffs: len(dst) = 2, want at least 4"},
		{func() { z.Coeff(-1) }, "jet: Coeff: order -1 is negative"},
		{func() { z.Derivative(-1) }, "jet: Derivative: order -1 is negative"},
		{func() { x.Jet2().Derivative(3) }, "jet: Derivative: order 3 of a Jet2, want 0 to 2"},
		{func() { x.Jet3().Derivative(-1) }, "jet: Derivative: order -1 of a Jet3, want 0 to 3"},
		{func() { x.Jet2().Polygamma(-3) }, "jet: Polygamma: order -3 is negative"},
		{func() { x.Jet3().Polygamma(-3) }, "jet: Polygamma: order -3 is negative"},
		{func() { jet.Inverse(nil, 0, 1) }, "jet: Inverse: nil function"},
		{func() { jet.Inverse(id, 0, -1) }, "jet: Inverse: order -1 is negative"},
		{func() { jet.Root(nil, 0) }, "jet: Root: nil function"},
		{func() { jet.Implicit(nil, 0, 0, 1) }, "jet: Implicit: nil function"},
		{func() { jet.Implicit(id2, 0, 0, -1) }, "jet: Implicit: order -1 is negative"},
		{func() { jet.ImplicitSystem(nil, 0, nil, 1) }, "jet: ImplicitSystem: nil function"},
		{func() { jet.ImplicitSystem(func(x jet.Jet64, y []jet.Jet64) []jet.Jet64 { return y }, 0, nil, -1) }, "jet: ImplicitSystem: order -1 is negative"},
		{func() {
			jet.ImplicitSystem(func(x jet.Jet64, y []jet.Jet64) []jet.Jet64 { return y[:1] }, 0, []float64{1, 2}, 1)
		}, "jet: ImplicitSystem: f returns 1 values for 2 unknowns"},
	} {
		func() {
			defer func() {
				switch e := recover().(type) {
				case jet.Error:
					if e.Error() != c.want {
						t.Errorf("panic %q, want %q", e, c.want)
					}
				default:
					t.Errorf("panic %v, want %q", e, c.want)
				}
			}()
			c.call()
		}()
	}
}
