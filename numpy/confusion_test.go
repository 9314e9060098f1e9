package numpy

import (
	"math"
	"strings"
	"sync"
	"testing"
)

// at evaluates a derivative of a function of a scalar.
func (m mode) at(f func(Array) Array, x Array) Array { return m.d(f)(x) }

// TestConfusion takes derivatives at three levels in all mixes of modes, with
// functions that use the variables of the levels around them.
func TestConfusion(t *testing.T) {
	x := Scalar(1.1)
	for _, outer := range modes() {
		for _, middle := range modes() {
			for _, inner := range modes() {
				// ∂(xyz³)/∂z at z=y is 3xy³; ∂(xy²·3xy³)/∂y is 15x²y⁴; at y=x,
				// the derivative of x times that is 105x⁶.
				got := outer.at(func(x Array) Array {
					return Mul(x, middle.at(func(y Array) Array {
						return Mul(Mul(x, Mul(y, y)), inner.at(func(z Array) Array {
							return Mul(Mul(x, y), Mul(z, Mul(z, z)))
						}, y))
					}, x))
				}, x).Float64()
				if want := 105 * math.Pow(1.1, 6); math.Abs(got-want) > 1e-12*want {
					t.Errorf("%s, %s, %s: got %v, want %v", outer.name, middle.name, inner.name, got, want)
				}
			}
		}
	}
}

// TestConfusionSum is the textbook case: the inner derivative of x+y by y is 1
// whatever x is.
func TestConfusionSum(t *testing.T) {
	for _, outer := range modes() {
		for _, inner := range modes() {
			got := outer.at(func(x Array) Array {
				return Mul(x, inner.at(func(y Array) Array { return Add(x, y) }, Scalar(1)))
			}, Scalar(2)).Float64()
			if got != 1 {
				t.Errorf("%s, %s: got %v, want 1", outer.name, inner.name, got)
			}
			// At a point that varies.
			got = outer.at(func(x Array) Array {
				return inner.at(func(y Array) Array { return Mul(x, y) }, x)
			}, Scalar(2)).Float64()
			if got != 1 {
				t.Errorf("%s, %s at a point that varies: got %v, want 1", outer.name, inner.name, got)
			}
			// The shift operator, applied twice.
			d := func(m mode, f func(Array) Array) func(Array) Array {
				return func(x Array) Array {
					return m.at(func(u Array) Array { return f(Add(x, u)) }, Scalar(0))
				}
			}
			if got := d(outer, d(inner, Exp))(Scalar(1)).Float64(); math.Abs(got-math.E) > 1e-15*math.E {
				t.Errorf("%s, %s of shifts: got %v, want e", outer.name, inner.name, got)
			}
		}
	}
}

// TestConfusionTangent has a tangent, a cotangent and a coefficient that vary.
func TestConfusionTangent(t *testing.T) {
	cube := func(y Array) Array { return Mul(y, Mul(y, y)) }
	// Of 3x²·x² by x: 12x³.
	inner := map[string]func(x Array) Array{
		"JVP": func(x Array) Array { _, d := JVP(cube, x, Mul(x, x)); return d },
		"VJP": func(x Array) Array { _, pull := VJP(cube, x); return pull(Mul(x, x)) },
		"TaylorCoefficients": func(x Array) Array {
			return TaylorCoefficients(cube, x, Mul(x, x))[1]
		},
		"Linearize": func(x Array) Array { _, push := Linearize(cube, x); return push(Mul(x, x)) },
		"HVP": func(x Array) Array {
			return HVP(func(y Array) Array { return Mul(cube(y), y).Scale(0.25) })(x, Mul(x, x))
		},
		"HVPFunc": func(x Array) Array {
			_, _, h := HVPFunc(func(y Array) Array { return Mul(cube(y), y).Scale(0.25) }, x)
			return h(Mul(x, x))
		},
	}
	for name, f := range inner {
		for _, outer := range modes() {
			if got := outer.at(f, Scalar(2)).Float64(); math.Abs(got-96) > 1e-12 {
				t.Errorf("%s of %s: got %v, want 96", outer.name, name, got)
			}
		}
	}
}

// TestLeak uses arrays of a derivative that has ended.
func TestLeak(t *testing.T) {
	for _, m := range modes() {
		var leaked Array
		m.d(func(x Array) Array {
			leaked = Mul(x, x)
			return leaked
		})(Scalar(2))
		wantFail(t, m.name, "has ended", func() { Add(leaked, Scalar(1)) })
		if got := leaked.Detach().Float64(); got != 4 {
			t.Errorf("%s: got %v, want 4", m.name, got)
		}
	}
}

// TestPanicInside checks that a panic of the function leaves nothing behind.
func TestPanicInside(t *testing.T) {
	for _, m := range modes() {
		wantFail(t, m.name, "do not broadcast", func() {
			m.d(func(x Array) Array { return Add(FromSlice([]float64{1, 2}), BroadcastTo(x, 3)) })(Scalar(2))
		})
		if got := m.at(Exp, Scalar(0)).Float64(); got != 1 {
			t.Errorf("%s after a panic: got %v, want 1", m.name, got)
		}
	}
}

// TestIndependent differentiates what does not depend on the argument.
func TestIndependent(t *testing.T) {
	x := FromSlice([]float64{1, 2, 3})
	c := FromSlice([]float64{4, 5, 6})
	for _, m := range modes() {
		got := m.d(func(Array) Array { return c })(x)
		for _, v := range got.Float64s() {
			if v != 0 {
				t.Errorf("%s: got %v, want 0", m.name, v)
			}
		}
		if !sameShape(got.Shape(), x.Shape()) {
			t.Errorf("%s: shape %v", m.name, got.Shape())
		}
		if got := ElementwiseGrad(func(Array) Array { return Scalar(1) })(x); !sameShape(got.Shape(), x.Shape()) {
			t.Errorf("shape %v of the derivative of a constant of another shape", got.Shape())
		}
		// Of the derivative, too.
		for _, v := range m.d(m.d(func(x Array) Array { return x.Scale(2) }))(x).Float64s() {
			if v != 0 {
				t.Errorf("%s twice: got %v, want 0", m.name, v)
			}
		}
	}
}

// wantFail checks that f panics with an Error that contains the text.
func wantFail(t *testing.T, name, text string, f func()) {
	t.Helper()
	err := Maybe(f)
	if err == nil {
		t.Errorf("%s: no panic, want one with %q", name, text)
		return
	}
	if got := err.Error(); !strings.Contains(got, text) || !strings.HasPrefix(got, "numpy: ") {
		t.Errorf("%s: panic %q, want one with %q", name, got, text)
	}
}

// TestGoroutines takes nested gradients in many goroutines at once, without a
// wrong value.
func TestGoroutines(t *testing.T) {
	calls := 100_000
	if testing.Short() || raceEnabled {
		calls = 4_000
	}
	const workers = 8
	f := func(k float64) float64 {
		// ∂/∂x of x·∂(k·x·y²)/∂y at y=x is 6kx².
		return Grad(func(x Array) Array {
			return Mul(x, Grad(func(y Array) Array {
				return Mul(x.Scale(k), Mul(y, y))
			})(x))
		})(Scalar(2)).Float64()
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range calls / workers {
				k := float64(w + i%7)
				if got := f(k); got != 24*k {
					t.Errorf("got %v, want %v", got, 24*k)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestGoroutinesInside has a function that computes its terms in goroutines.
func TestGoroutinesInside(t *testing.T) {
	const n = 40
	f := func(x Array) Array {
		terms := make([]Array, n)
		var wg sync.WaitGroup
		for i := range terms {
			wg.Go(func() {
				y := x.Scale(float64(i))
				terms[i] = Tanh(Mul(y, Add(x, Scalar(1))))
			})
		}
		wg.Wait()
		sum := Scalar(0)
		for _, y := range terms {
			sum = Add(sum, y)
		}
		return sum
	}
	serial := func(x Array) Array {
		sum := Scalar(0)
		for i := range n {
			sum = Add(sum, Tanh(Mul(x.Scale(float64(i)), Add(x, Scalar(1)))))
		}
		return sum
	}
	check := Checkpoint(f)
	x := FromSlice([]float64{0.1, 0.2})
	for _, m := range modes() {
		for _, m2 := range modes() {
			want := m.d(m2.d(serial))(x).Float64s()
			for name, g := range map[string]func(Array) Array{"plain": f, "checkpoint": check} {
				got := m.d(m2.d(g))(x).Float64s()
				for i := range got {
					if math.Abs(got[i]-want[i]) > 1e-12*math.Abs(want[i]) {
						t.Errorf("%s of %s, %s: got %v, want %v", m.name, m2.name, name, got, want)
					}
				}
			}
		}
	}
}

// TestSharedMaps calls the maps that transforms return from many goroutines.
func TestSharedMaps(t *testing.T) {
	x := linspace(-1, 1, 5)
	f := func(x Array) Array { return Mul(Tanh(Mul(x, x)), Exp(x)) }
	sum := func(x Array) Array { return Sum(f(x)) }
	_, pull := VJP(f, x)
	_, push := Linearize(f, x)
	_, _, hvp := HVPFunc(sum, x)
	_, ggn := GGNVP(f, nil, x)
	for name, g := range map[string]func(Array) Array{"VJP": pull, "Linearize": push, "HVPFunc": hvp, "GGNVP": ggn} {
		v := linspace(1, 2, 5)
		want := g(v).Float64s()
		var wg sync.WaitGroup
		for k := range 8 {
			wg.Go(func() {
				for range 50 {
					got := g(v.Scale(float64(k))).Float64s()
					for i := range got {
						if math.Abs(got[i]-float64(k)*want[i]) > 1e-13*float64(k)*math.Abs(want[i]) {
							t.Errorf("%s: got %v, want %v times %v", name, got, k, want)
							return
						}
					}
				}
			})
		}
		wg.Wait()
	}
}
