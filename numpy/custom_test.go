package numpy

import (
	"math"
	"testing"
)

// custom returns x·y³ as operations with rules of their own.
func custom() map[string]func(x ...Array) Array {
	f := func(x ...Array) Array {
		// On numbers, out of sight of the engine.
		a, b := x[0].Float64s(), x[1].Float64s()
		z := make([]float64, len(a))
		for i := range a {
			z[i] = a[i] * b[i] * b[i] * b[i]
		}
		return Wrap(z, x[0].Shape()...)
	}
	return map[string]func(x ...Array) Array{
		"CustomVJP": CustomVJP("product", f, func(z Array, x []Array, w Array) []Array {
			y2 := Mul(x[1], x[1])
			return []Array{Mul(w, Mul(y2, x[1])), Mul(w, Mul(x[0], y2)).Scale(3)}
		}),
		"CustomJVP": CustomJVP("product", f, func(z Array, x, v []Array) Array {
			y2 := Mul(x[1], x[1])
			return Add(Mul(v[0], Mul(y2, x[1])), Mul(v[1], Mul(x[0], y2)).Scale(3))
		}),
	}
}

func TestCustom(t *testing.T) {
	x, y := FromSlice([]float64{2, -1}), FromSlice([]float64{0.5, 3})
	plain := func(x, y Array) Array { return Mul(x, Mul(y, Mul(y, y))) }
	for name, f := range custom() {
		near(t, name, f(x, y), plain(x, y).Float64s(), 2)
		for _, m1 := range modes() {
			for _, m2 := range modes() {
				for _, m3 := range modes() {
					got := m1.d(m2.d(m3.d(func(z Array) Array { return f(Mul(x, z), Mul(z, y)) })))(onesLike(x))
					want := m1.d(m2.d(m3.d(func(z Array) Array { return plain(Mul(x, z), Mul(z, y)) })))(onesLike(x))
					near(t, name+": "+m1.name+", "+m2.name+", "+m3.name, got, want.Float64s(), 2)
				}
			}
		}
		// By one operand, the other constant.
		near(t, name, Deriv(func(y Array) Array { return f(x, y) })(y), Mul(x, Mul(y, y)).Scale(3).Float64s(), 2)
		near(t, name, ElementwiseGrad(func(x Array) Array { return f(x, y) })(x), Mul(y, Mul(y, y)).Float64s(), 2)
		if err := (Checker{}).Check(f, []Array{x, y}, 2, AllModes); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCustomRule checks that the rule is used, and not the function.
func TestCustomRule(t *testing.T) {
	wrong := CustomVJP("wrong", func(x ...Array) Array { return Exp(x[0]) }, func(y Array, x []Array, w Array) []Array {
		return []Array{w.Scale(42)}
	})
	for _, m := range modes() {
		if got := m.at(func(x Array) Array { return wrong(x) }, Scalar(1)).Float64(); got != 42 {
			t.Errorf("%s: got %v, want 42", m.name, got)
		}
	}
	if got := wrong(Scalar(1)).Float64(); got != math.E {
		t.Errorf("value %v", got)
	}
}

// TestCustomScale has a rule that scales what it is given, as in gradient
// clipping or reversal, and operands without a derivative.
func TestCustomScale(t *testing.T) {
	reverse := CustomVJP("reverse", func(x ...Array) Array { return x[0] }, func(y Array, x []Array, w Array) []Array {
		return []Array{Mul(w, x[1]).Neg()}
	})
	got := GradArgs(func(x ...Array) Array { return reverse(x[0], x[1]) })(Scalar(1), Scalar(3))
	near(t, "first", got[0], []float64{-3})
	near(t, "second", got[1], []float64{0})
}

func TestCustomPanics(t *testing.T) {
	two := linspace(0, 1, 2)
	id := func(x ...Array) Array { return x[0] }
	vjp := func(rule func(y Array, x []Array, w Array) []Array) func(x ...Array) Array {
		return CustomVJP("mine", id, rule)
	}
	for _, c := range []struct {
		text string
		f    func()
	}{
		{"mine: the rule returns a cotangent of shape (), want (2)", func() {
			ElementwiseGrad(func(x Array) Array {
				return vjp(func(y Array, x []Array, w Array) []Array { return []Array{Scalar(1)} })(x)
			})(two)
		}},
		{"mine: the rule returns 2 cotangents for 1 operands", func() {
			ElementwiseGrad(func(x Array) Array {
				return vjp(func(y Array, x []Array, w Array) []Array { return []Array{w, w} })(x)
			})(two)
		}},
		{"mine: the rule returns a tangent of shape (), want (2)", func() {
			f := CustomJVP("mine", id, func(y Array, x, v []Array) Array { return Scalar(1) })
			Deriv(func(x Array) Array { return f(x) })(two)
		}},
		{"mine: the function uses an array that varies but is not among its operands", func() {
			Grad(func(x Array) Array {
				f := CustomVJP("mine", func(y ...Array) Array { return Mul(x, y[0]) }, nil)
				return f(Scalar(1))
			})(Scalar(2))
		}},
	} {
		err := Maybe(c.f)
		if err == nil || err.Error() != "numpy: "+c.text {
			t.Errorf("got %v, want %q", err, c.text)
		}
	}
}
