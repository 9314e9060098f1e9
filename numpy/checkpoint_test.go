package numpy

import (
	"testing"
)

// steps applies a step n times, with w from around it, in pieces that are kept
// as they are or as checkpoints.
func steps(x, w Array, n, piece int, wrap func(func(Array) Array) func(Array) Array) Array {
	for lo := 0; lo < n; lo += piece {
		x = wrap(func(x Array) Array {
			for range piece {
				x = Add(Tanh(Mul(w, x)), Mul(x, x).Scale(0.1))
			}
			return x
		})(x)
	}
	return x
}

func asIs(f func(Array) Array) func(Array) Array { return f }

func TestCheckpoint(t *testing.T) {
	w := FromSlice([]float64{0.5, -0.3, 1.2})
	x := FromSlice([]float64{0.1, 0.7, -0.4})
	for name, f := range map[string]func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array{
		"argument": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array { return steps(x, w, 6, 2, wrap) }
		},
		"captured": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(w Array) Array { return steps(x, w, 6, 3, wrap) }
		},
		"both": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array { return steps(x, Mul(x, w), 6, 2, wrap) }
		},
		"only captured": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array { return wrap(func(Array) Array { return Mul(x, Exp(x)) })(w) }
		},
		"captured as it is": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array { return Mul(x, wrap(func(Array) Array { return x })(w)) }
		},
		"argument as it is": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array { return Mul(x, wrap(func(x Array) Array { return x })(x)) }
		},
		"nested": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array {
				return wrap(func(y Array) Array {
					return Mul(x, wrap(func(z Array) Array { return Mul(Mul(x, y), Tanh(z)) })(Mul(y, y)))
				})(Mul(x, w))
			}
		},
		"a gradient inside": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array {
				return wrap(func(y Array) Array {
					return Grad(func(z Array) Array { return Sum(Mul(Mul(x, y), Mul(z, Tanh(z)))) })(y)
				})(Mul(x, w))
			}
		},
	} {
		kept, again := f(asIs), f(Checkpoint)
		near(t, name, again(x), kept(x).Float64s(), 3)
		for _, m1 := range modes() {
			near(t, name+": "+m1.name, m1.d(again)(x), m1.d(kept)(x).Float64s(), 3)
			for _, m2 := range modes() {
				near(t, name+": "+m1.name+", "+m2.name, m1.d(m2.d(again))(x), m1.d(m2.d(kept))(x).Float64s(), 3)
			}
		}
		near(t, name+": third order", ElementwiseGrad(ElementwiseGrad(ElementwiseGrad(again)))(x),
			ElementwiseGrad(ElementwiseGrad(ElementwiseGrad(kept)))(x).Float64s(), 3)
	}
}

// TestCheckpointOnce counts how often the function runs.
func TestCheckpointOnce(t *testing.T) {
	runs := 0
	f := Checkpoint(func(x Array) Array { runs++; return Mul(x, Tanh(x)) })
	for _, m := range modes() {
		runs = 0
		m.d(f)(Scalar(1))
		if runs != 1 {
			t.Errorf("%s: %d runs of the function, want 1", m.name, runs)
		}
	}
}

// TestCheckpointMemory counts the numbers that are kept between the way there
// and the way back.
func TestCheckpointMemory(t *testing.T) {
	const n, size = 64, 1000
	x := linspace(0, 1, size)
	w := linspace(-1, 1, size)
	held := func(wrap func(func(Array) Array) func(Array) Array) int {
		l := newLinear(one(func(x Array) Array { return steps(x, w, n, 8, wrap) }), []Array{x})
		blocks := map[*block]bool{}
		for _, r := range l.s.order {
			for _, x := range append(append([]Array{}, r.In...), r.Out...) {
				blocks[x.data()] = true
			}
			if s, ok := r.Param.(*segment); ok {
				for _, st := range s.p.steps {
					for _, o := range st.in {
						blocks[o.x.data()] = true
					}
				}
			}
		}
		sum := 0
		for b := range blocks {
			sum += b.lay.size
		}
		return sum
	}
	all, some := held(asIs), held(Checkpoint)
	if want := 5 * n * size; all < want {
		t.Errorf("%d numbers held without checkpoints, want at least %d", all, want)
	}
	// The 8 values between, the argument and w.
	if want := 10*size + 10; some > want {
		t.Errorf("%d numbers held with checkpoints, want at most %d", some, want)
	}
}
