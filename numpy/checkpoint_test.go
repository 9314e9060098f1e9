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
		"branches": func(wrap func(func(Array) Array) func(Array) Array) func(Array) Array {
			return func(x Array) Array {
				return wrap(func(y Array) Array {
					return Where(Greater(y, Scalar(0)), Sqrt(y), Mul(x, Max(y)))
				})(Mul(x, x.Scale(3).AddConst(1)))
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
		return numbersHeld(func(x Array) Array { return steps(x, w, n, 8, wrap) }, x)
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

// numbersHeld returns the number of different numbers that are kept for the way
// back.
func numbersHeld(f func(Array) Array, x Array) int {
	blocks := map[*block]bool{}
	var inside func(p *program)
	param := func(p any) {
		if s, ok := p.(*segment); ok {
			for _, b := range s.in {
				blocks[b] = true
			}
			blocks[s.out.data()] = true
			inside(s.p)
		}
	}
	inside = func(p *program) {
		for _, s := range p.steps {
			param(s.param)
			for _, o := range s.in {
				blocks[o.x.data()] = true
			}
			for _, x := range s.out {
				blocks[x.data()] = true
			}
		}
	}
	for _, r := range newLinear(one(f), []Array{x}).s.order {
		c := r.rules()
		for _, x := range append(append([]Array{}, c.In...), c.Out...) {
			blocks[x.data()] = true
		}
		param(c.Param)
	}
	sum := 0
	for b := range blocks {
		sum += b.lay.size
	}
	return sum
}

func TestCheckpointLoop(t *testing.T) {
	const size = 100
	x, w := linspace(0.1, 1, size), linspace(-1, 1, size)
	run := func(n int, loop func(n int, step func(int, Array) Array) func(Array) Array) func(w Array) Array {
		return func(w Array) Array {
			return loop(n, func(k int, x Array) Array {
				return Add(Tanh(Mul(w, x)), Mul(x, x).Scale(0.1/float64(k+1)))
			})(x)
		}
	}
	plain := func(n int, step func(int, Array) Array) func(Array) Array {
		return func(x Array) Array {
			for k := range n {
				x = step(k, x)
			}
			return x
		}
	}
	for n := range 9 {
		f, g := run(n, CheckpointLoop), run(n, plain)
		near(t, "value", f(w), g(w).Float64s(), size)
		for _, m := range modes()[:5] {
			near(t, m.name, m.d(f)(w), m.d(g)(w).Float64s(), size)
		}
		near(t, "twice", ElementwiseGrad(ElementwiseGrad(f))(w), ElementwiseGrad(ElementwiseGrad(g))(w).Float64s(), size)
	}
	for _, n := range []int{16, 64, 256} {
		log := 0
		for 1<<log < n {
			log++
		}
		got := numbersHeld(run(n, CheckpointLoop), w)
		// The values at checkpoints, w, x, and the numbers of the last step.
		if want := (log + 8) * size; got > want {
			t.Errorf("%d steps: %d numbers held, want at most %d", n, got, want)
		}
	}
	// How often an operation is computed on the way back.
	const n = 64
	evals := 0
	op := &Op{Name: "count", Eval: func(c *Call) Array { evals++; return c.In[0] },
		VJP: func(c *Call, _ int, w Array) Array { return w }}
	_, pull := VJP(CheckpointLoop(n, func(_ int, x Array) Array { return op.Apply(nil, x) }), Scalar(1))
	if evals != n {
		t.Errorf("%d operations for the value, want %d", evals, n)
	}
	evals = 0
	pull(Scalar(1))
	if want := 4 * n; evals > want || evals < n {
		t.Errorf("%d operations on the way back, want up to %d", evals, want)
	}
	t.Logf("%d operations on the way back of %d steps", evals, n)
	wantFail(t, "negative", "CheckpointLoop: -1 steps", func() { CheckpointLoop(-1, nil) })
}
