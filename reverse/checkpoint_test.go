package reverse_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
)

// stage is a part of a computation that captures p besides its argument.
func stage[T dual.Real[T]](p T) func(x []T) []T {
	return func(x []T) []T {
		a, b := x[0], x[1]
		for range 5 {
			a, b = a.Mul(b).Sin().Add(p), b.Add(a.Mul(p).Cos())
		}
		return []T{a, b, p.Const(3)}
	}
}

func TestCheckpoint(t *testing.T) {
	plain := func(x []reverse.Var) []reverse.Var {
		return stage(x[2])(stage(x[0].Mul(x[1]))(x))
	}
	parts := func(x []reverse.Var) []reverse.Var {
		return reverse.Checkpoint(stage(x[2]))(reverse.Checkpoint(stage(x[0].Mul(x[1])))(x))
	}
	nested := func(x []reverse.Var) []reverse.Var {
		return reverse.Checkpoint(func(y []reverse.Var) []reverse.Var {
			// x[2] is captured through two levels, y[0] through one.
			z := reverse.Checkpoint(func(z []reverse.Var) []reverse.Var {
				return stage(x[0].Mul(x[1]))(y)
			})(y)
			return reverse.Checkpoint(stage(x[2]))(z)
		})(x)
	}
	x := point(3)
	want := reverse.Jacobian(nil, plain, x)
	for name, f := range map[string]func([]reverse.Var) []reverse.Var{"parts": parts, "nested": nested} {
		if got := reverse.Jacobian(nil, f, x); !mat.EqualApprox(got, want, 1e-14) {
			t.Errorf("%s: Jacobian =\n%v\nwant\n%v", name, mat.Formatted(got), mat.Formatted(want))
		}
		w := []float64{1, -2, 5}
		if got, want := reverse.VJP(nil, f, x, w), reverse.VJP(nil, plain, x, w); !cmp.Equal(got, want, approx) {
			t.Errorf("%s: VJP = %v, want %v", name, got, want)
		}
		// In a sum term by term, and twice on one tape.
		var tape reverse.Tape
		for range 2 {
			tape.Reset()
			v := tape.Vars(nil, x)
			m := tape.Mark()
			for range 3 {
				tape.BackwardTo(m, f(v)[0], 1)
			}
			tape.Propagate()
			for j := range v {
				if got := tape.Adjoint(v[j]); !near(got, 3*want.At(0, j), 1e-13) {
					t.Errorf("%s: adjoint %d of three terms = %v, want %v", name, j, got, 3*want.At(0, j))
				}
			}
		}
	}
}

// TestCheckpointMemory runs a long chain in parts: the tape must take no more
// than a part and the results.
func TestCheckpointMemory(t *testing.T) {
	const parts, ops = 100, 1000
	part := func(x []reverse.Var) []reverse.Var {
		y := x[0]
		for range ops {
			y = y.Sin().AddConst(1)
		}
		return []reverse.Var{y}
	}
	run := func(f func([]reverse.Var) []reverse.Var) (float64, int) {
		var tape reverse.Tape
		x := tape.Var(0.3)
		y := []reverse.Var{x}
		for range parts {
			y = f(y)
		}
		tape.Backward(y[0])
		return tape.Adjoint(x), tape.Bytes()
	}
	want, whole := run(part)
	got, bytes := run(reverse.Checkpoint(part))
	if !near(got, want, 1e-12) || bytes*20 > whole {
		t.Errorf("with checkpoints %v in %d bytes, without %v in %d bytes", got, bytes, want, whole)
	}
}

// TestCheckpointConstants has no variable at all, or none in some results.
func TestCheckpointConstants(t *testing.T) {
	c := reverse.Var{}.Const(2)
	y := reverse.Checkpoint(func(x []reverse.Var) []reverse.Var { return []reverse.Var{x[0].Exp()} })([]reverse.Var{c})
	if y[0].Value() != math.Exp(2) {
		t.Errorf("constant: %v", y[0])
	}
	g := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var {
		y := reverse.Checkpoint(func(x []reverse.Var) []reverse.Var { return []reverse.Var{c, x[0]} })(x)
		return y[0].Mul(y[1])
	}, []float64{5})
	if g[0] != 2 {
		t.Errorf("gradient %v, want 2", g[0])
	}
}

// oscillator makes a step of a forced nonlinear oscillator whose frequency is
// a captured parameter.
func oscillator[T dual.Real[T]](p T) func(k int, s []T) []T {
	return func(k int, s []T) []T {
		const h = 0.05
		x, v := s[0], s[1]
		a := x.Sin().Mul(p).Neg().AddConst(math.Cos(float64(k) * h))
		v = v.Add(a.Scale(h))
		return []T{x.Add(v.Scale(h)), v}
	}
}

func TestSteps(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 7, 50, 101} {
		loop := func(x []reverse.Var) []reverse.Var {
			s := x[:2]
			for k := range n {
				s = oscillator(x[2])(k, s)
			}
			return s
		}
		x := []float64{0.4, -0.3, 1.7}
		want := reverse.Jacobian(nil, loop, x)
		for _, snapshots := range []int{1, 2, 3, 5, 200} {
			f := func(x []reverse.Var) []reverse.Var { return reverse.Steps(n, snapshots, oscillator(x[2]), x[:2]) }
			if got := reverse.Jacobian(nil, f, x); !mat.EqualApprox(got, want, 1e-13) {
				t.Errorf("n = %d, %d snapshots: Jacobian =\n%v\nwant\n%v", n, snapshots, mat.Formatted(got), mat.Formatted(want))
			}
		}
	}
}

// TestStepsCount compares the number of evaluations with that of Revolve: one
// forward run, one recording of each step, and r·n - (c+r choose c+1) advances,
// with r the least number such that (c+r choose c) ≥ n.
func TestStepsCount(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 10, 40, 100, 333} {
		for _, c := range []int{1, 2, 3, 4, 10, 100, 1000} {
			r, reach := 0, 1
			for reach < n {
				r++
				reach = reach * (c + r) / r
			}
			want := n + n + r*n - binomial(c+r, c+1)
			calls, most := 0, 0
			times := make([]int, n)
			reverse.Gradient(nil, func(x []reverse.Var) reverse.Var {
				return reverse.Steps(n, c, func(k int, s []reverse.Var) []reverse.Var {
					calls++
					times[k]++
					most = max(most, times[k])
					return []reverse.Var{s[0].Sin()}
				}, x)[0]
			}, []float64{1})
			if calls != want || most > r+2 {
				t.Errorf("n = %d, c = %d: %d evaluations, at most %d of a step, want %d and %d", n, c, calls, most, want, r+2)
			}
		}
	}
}

func binomial(n, k int) int {
	b := 1
	for i := 1; i <= k; i++ {
		b = b * (n - k + i) / i
	}
	return b
}

// TestStepsMemory checks that the tape holds a single step.
func TestStepsMemory(t *testing.T) {
	var tape reverse.Tape
	x := tape.Vars(nil, []float64{0.4, -0.3, 1.7})
	s := reverse.Steps(5000, 100, oscillator(x[2]), x[:2])
	tape.Backward(s[0])
	if n := tape.Bytes(); n > 4096 {
		t.Errorf("the tape takes %d bytes", n)
	}
}

// TestStepsNested has a checkpointed loop inside each step of another.
func TestStepsNested(t *testing.T) {
	inner := func(p reverse.Var) func(k int, s []reverse.Var) []reverse.Var {
		return func(_ int, s []reverse.Var) []reverse.Var { return reverse.Steps(6, 2, oscillator(p), s) }
	}
	f := func(x []reverse.Var) []reverse.Var { return reverse.Steps(5, 2, inner(x[2]), x[:2]) }
	g := func(x []reverse.Var) []reverse.Var {
		s := x[:2]
		for range 5 {
			for k := range 6 {
				s = oscillator(x[2])(k, s)
			}
		}
		return s
	}
	x := []float64{0.4, -0.3, 1.7}
	if got, want := reverse.Jacobian(nil, f, x), reverse.Jacobian(nil, g, x); !mat.EqualApprox(got, want, 1e-13) {
		t.Errorf("Jacobian =\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
}

func TestStepsErrors(t *testing.T) {
	for _, c := range []struct {
		call func(x []reverse.Var) []reverse.Var
		want string
	}{
		{func(x []reverse.Var) []reverse.Var { return reverse.Steps(3, 0, oscillator(x[0]), x) }, "reverse: Steps: n = 3, snapshots = 0, want at least 0 and 1"},
		{func(x []reverse.Var) []reverse.Var { return reverse.Steps(-1, 1, oscillator(x[0]), x) }, "reverse: Steps: n = -1, snapshots = 1, want at least 0 and 1"},
		{func(x []reverse.Var) []reverse.Var { return reverse.Steps(1, 1, nil, x) }, "reverse: Steps: nil function"},
		{func(x []reverse.Var) []reverse.Var { return reverse.Checkpoint(nil)(x) }, "reverse: Checkpoint: nil function"},
		{func(x []reverse.Var) []reverse.Var {
			return reverse.Steps(3, 1, func(k int, s []reverse.Var) []reverse.Var { return s[:2-k] }, x)
		}, "reverse: Steps: step 1 turns a state of 2 numbers into one of 1"},
	} {
		func() {
			defer func() {
				if err, _ := recover().(reverse.Error); string(err) != c.want {
					t.Errorf("panic %q, want %q", err, c.want)
				}
			}()
			reverse.Jacobian(nil, c.call, []float64{1, 2})
		}()
	}
}

func ExampleCheckpoint() {
	square := func(x []reverse.Var) []reverse.Var { return []reverse.Var{x[0].Mul(x[1])} }
	f := func(x []reverse.Var) reverse.Var { return reverse.Checkpoint(square)(x)[0].Exp() }
	fmt.Printf("%.4f\n", reverse.Gradient(nil, f, []float64{0.5, 2}))
	// Output:
	// [5.4366 1.3591]
}

func ExampleSteps() {
	// The derivative of the state after 1000 Euler steps of x' = -p·x for p, with
	// 20 states kept.
	f := func(p []reverse.Var) reverse.Var {
		step := func(_ int, s []reverse.Var) []reverse.Var {
			return []reverse.Var{s[0].Sub(s[0].Mul(p[0]).Scale(1e-3))}
		}
		one := p[0].Scale(0).AddConst(1) // the initial state, as a variable
		return reverse.Steps(1000, 20, step, []reverse.Var{one})[0]
	}
	fmt.Printf("%.4f\n", reverse.Gradient(nil, f, []float64{2}))
	// Output:
	// [-0.1353]
}
