package numpy

import (
	"math"
	"strings"
	"testing"
)

// root is √a by Newton's iteration.
func root(t *testing.T) func(a Array) Array {
	return func(a Array) Array {
		x, err := FixedPoint(func(a, x Array) Array {
			return Add(x, Div(a, x)).Scale(0.5)
		}, a, onesLike(a), 1e-14, 100)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// contraction solves x = 1 + a·tanh(x)/2, which converges linearly.
func contraction(t *testing.T) func(a Array) Array {
	return func(a Array) Array {
		x, err := FixedPoint(func(a, x Array) Array {
			return Mul(a, Tanh(x)).Scale(0.5).AddConst(1)
		}, a, onesLike(a), 1e-15, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func TestFixedPointModes(t *testing.T) {
	// From mpmath with 60 digits.
	want := map[string][4][2]float64{
		"root": {
			{1.224744871391589, 1.3228756555322953},
			{0.40824829046386302, 0.37796447300922723},
			{-0.13608276348795434, -0.10798984943120778},
			{0.13608276348795434, 0.092562728083892382},
		},
		"contraction": {
			{1.7017175803563904, 1.8312004605119494},
			{0.516038958069802, 0.51932553117248254},
			{0.019561129004254812, 0.0075749029866942949},
			{-0.058475495624855382, -0.038250411534847321},
		},
	}
	for name, f := range map[string]func(Array) Array{"root": root(t), "contraction": contraction(t)} {
		want := want[name]
		for _, m := range modes() {
			g := f
			for k := range 4 {
				for i, v := range g(FromSlice([]float64{1.5, 1.75})).Float64s() {
					if e := math.Abs(v-want[k][i]) / math.Abs(want[k][i]); e > 1e-10 {
						t.Errorf("%s: order %d by %s: got %g, want %g", name, k, m.name, v, want[k][i])
					}
				}
				g = m.d(g)
			}
		}
	}
}

// TestFixedPointCaptured takes parameters from around the function, and from
// two levels at once.
func TestFixedPointCaptured(t *testing.T) {
	// x = 1 + ab·tanh(x)/2 at ab = 1.5.
	solve := func(a, b Array) Array {
		x, err := FixedPoint(func(_, x Array) Array {
			return Mul(Mul(a, b), Tanh(x)).Scale(0.5).AddConst(1)
		}, Array{}, Scalar(1), 1e-15, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	d1, d2 := 0.516038958069802, 0.019561129004254812
	for _, m1 := range modes() {
		for _, m2 := range modes() {
			got := m1.at(func(a Array) Array {
				return m2.at(func(b Array) Array { return solve(a, b) }, Scalar(2))
			}, Scalar(0.75))
			// ∂²x(ab)/∂a∂b = x' + ab·x''.
			if want := d1 + 1.5*d2; math.Abs(got.Float64()-want) > 1e-11 {
				t.Errorf("%s, %s: got %v, want %v", m1.name, m2.name, got.Float64(), want)
			}
		}
	}
	h := HessianArgs(func(x ...Array) Array { return solve(x[0], x[1]) })(Scalar(0.75), Scalar(2))
	near(t, "∂²/∂a²", h[0][0], []float64{4 * d2})
}

// TestFixedPointSystem solves x = a·x/2 + b for matrices, where the derivative
// is known: elements of (I - a/2)⁻¹.
func TestFixedPointSystem(t *testing.T) {
	a := FromSlice([]float64{0.2, 0.5, -0.3, 0.4}, 2, 2)
	b := FromSlice([]float64{1, 2})
	times := func(m, x Array) Array { return Sum(Mul(m, x), Axis(1)) }
	solve := func(a, b Array) Array {
		x, err := FixedPoint(func(a, x Array) Array { return Add(times(a, x), b) }, a, onesLike(b), 1e-15, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	det := 0.8*0.6 + 0.5*0.3
	inv := []float64{0.6 / det, 0.5 / det, -0.3 / det, 0.8 / det}
	near(t, "x", solve(a, b), []float64{inv[0] + 2*inv[1], inv[2] + 2*inv[3]}, 2)
	near(t, "by b", Jacobian(func(b Array) Array { return solve(a, b) })(b), inv, 2, 2)
	if err := (Checker{}).Check(func(x ...Array) Array { return solve(x[0], x[1]) }, []Array{a, b}, 2, AllModes); err != nil {
		t.Error(err)
	}
	// Complex numbers.
	z := FromComplex([]complex128{0.3 + 0.2i, -0.4i})
	f := func(z Array) Array {
		x, err := FixedPoint(func(z, x Array) Array { return Add(Mul(z, x), Scalar(1)) }, z, FromComplex(make([]complex128, 2)), 1e-15, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	var d, d2 []complex128
	for _, c := range z.Complex128s() {
		d = append(d, 1/((1-c)*(1-c)))
		d2 = append(d2, 2/((1-c)*(1-c)*(1-c)))
	}
	nearComplex(t, "complex", ElementwiseGrad(f)(z), d, 2)
	nearComplex(t, "complex, twice", Deriv(ElementwiseGrad(f))(z), d2, 2)
}

func TestFixedPointErrors(t *testing.T) {
	scale := func(c float64) func(a, x Array) Array {
		return func(a, x Array) Array { return Mul(a, x).Scale(c).AddConst(1) }
	}
	for _, c := range []struct {
		text string
		c    float64
	}{
		{"numpy: FixedPoint: not converged after 100 steps", 1.01},
		{"numpy: FixedPoint: not finite after ", 1e200},
		{"numpy: FixedPoint: not finite after 1 steps", math.NaN()},
	} {
		g := Grad(func(a Array) Array {
			x, err := FixedPoint(scale(c.c), a, Scalar(1), 1e-10, 100)
			if err == nil || !strings.HasPrefix(err.Error(), c.text) {
				t.Errorf("error %v, want %q", err, c.text)
			}
			return x
		})(Scalar(1))
		if g.Float64() != 0 {
			t.Errorf("derivative %v of what has not converged, want 0", g.Float64())
		}
	}
	// Where the iteration converges but that of the derivative does not: at a
	// fixed point from the start, which repels.
	repel := func(a Array) Array {
		x, err := FixedPoint(func(a, x Array) Array { return Mul(a, x).Scale(3) }, a, Scalar(0), 1e-10, 50)
		if err != nil {
			t.Fatal(err)
		}
		return Add(x, a)
	}
	if got := Deriv(repel)(Scalar(1)).Float64(); got != 1 {
		t.Errorf("derivative %v of a solution that stays 0, want 1", got)
	}
	shifted := func(a Array) Array {
		x, err := FixedPoint(func(a, x Array) Array { return Add(x.Scale(3), a) }, a, Scalar(-0.5), 1e-10, 50)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, m := range modes() {
		if got := m.at(shifted, Scalar(1)).Float64(); got == got {
			t.Errorf("%s: derivative %v of a solution that repels, want NaN", m.name, got)
		}
	}
	wantFail(t, "shapes", "FixedPoint: shape (2) of the value is not shape () of the point", func() {
		FixedPoint(func(a, x Array) Array { return Add(x, linspace(0, 1, 2)) }, Scalar(1), Scalar(1), 1e-3, 10)
	})
	wantFail(t, "steps", "FixedPoint: 0 steps", func() {
		FixedPoint(func(a, x Array) Array { return x }, Scalar(1), Scalar(1), 1e-3, 0)
	})
}
