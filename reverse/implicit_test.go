package reverse_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
)

// hypotVJP is the derivative of the function that hypots computes, in any
// arithmetic.
func hypotVJP[T dual.Real[T]](x, y, w []T) []T {
	return []T{w[0].Mul(x[0]).Div(y[0]).Add(w[1].Mul(x[1])), w[0].Mul(x[1]).Div(y[0]).Add(w[1].Mul(x[0]))}
}

func hypots(x []float64) []float64 { return []float64{math.Hypot(x[0], x[1]), x[0] * x[1]} }

func TestCustom(t *testing.T) {
	custom := func(x []reverse.Var) []reverse.Var {
		y := reverse.Custom([]reverse.Var{x[0].Exp(), x[1]}, hypots, hypotVJP)
		z := reverse.Custom([]reverse.Var{y[0], x[0].Const(2)}, hypots, hypotVJP) // with a constant
		return []reverse.Var{y[0].Mul(y[1]), y[1], z[0].Add(x[0])}
	}
	plain := func(x []dual.Number3) []dual.Number3 {
		a, b := x[0].Exp(), x[1]
		y0, y1 := a.Hypot(b), a.Mul(b)
		return []dual.Number3{y0.Mul(y1), y1, y0.Hypot(x[0].Const(2)).Add(x[0])}
	}
	x := []float64{0.3, -0.8}
	want := dual.Jacobian(nil, plain, x)
	if got := reverse.Jacobian(nil, custom, x); !mat.EqualApprox(got, want, 1e-14) {
		t.Errorf("Jacobian =\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
	// Inside a checkpoint, whose recording calls it again.
	if got := reverse.Jacobian(nil, reverse.Checkpoint(custom), x); !mat.EqualApprox(got, want, 1e-14) {
		t.Errorf("in a checkpoint: Jacobian =\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
	c := []reverse.Var{reverse.Var{}.Const(3), reverse.Var{}.Const(4)}
	if y := reverse.Custom(c, hypots, hypotVJP); y[0].Value() != 5 || y[1].Value() != 12 {
		t.Errorf("of constants: %v", y)
	}
}

// TestCustomLazy checks that the derivative is not asked for without need.
func TestCustomLazy(t *testing.T) {
	calls := 0
	g := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var {
		y := reverse.Custom(x, hypots, func(x, y, w []reverse.Var) []reverse.Var { calls++; return hypotVJP(x, y, w) })
		return x[0].Sqr().Add(y[0].Scale(0))
	}, []float64{3, 4})
	if calls != 0 || g[0] != 6 || g[1] != 0 {
		t.Errorf("%d calls, gradient %v, want 0 and [6 0]", calls, g)
	}
}

func TestCustomForeign(t *testing.T) {
	var a, b reverse.Tape
	defer func() {
		if _, ok := recover().(reverse.Error); !ok {
			t.Error("no panic for variables of two tapes")
		}
	}()
	reverse.Custom([]reverse.Var{a.Var(1), b.Var(2)}, hypots, hypotVJP)
}

// kepler is Kepler's equation E - e·sin E - M = 0 for E, with p = (e, M), and a
// second unknown that depends on the first.
func kepler(s, p []reverse.Var) []reverse.Var {
	return []reverse.Var{s[0].Sub(p[0].Mul(s[0].Sin())).Sub(p[1]), s[1].Sub(s[0].Cos().Mul(p[0]))}
}

func TestRoot(t *testing.T) {
	p := []float64{0.6, 1.1}
	var sol []float64
	got := reverse.Jacobian(nil, func(p []reverse.Var) []reverse.Var {
		s, err := reverse.Root(kepler, []float64{1, 0}, p, nil)
		if err != nil {
			t.Fatal(err)
		}
		sol = []float64{s[0].Value(), s[1].Value()}
		return s
	}, p)
	e, E := p[0], sol[0]
	if r := E - e*math.Sin(E) - p[1]; math.Abs(r) > 1e-15 {
		t.Errorf("residual %g", r)
	}
	d := 1 - e*math.Cos(E)
	dE := []float64{math.Sin(E) / d, 1 / d}
	want := mat.NewDense(2, 2, []float64{
		dE[0], dE[1],
		math.Cos(E) - e*math.Sin(E)*dE[0], -e * math.Sin(E) * dE[1],
	})
	if !mat.EqualApprox(got, want, 1e-14) {
		t.Errorf("Jacobian =\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
}

func TestFixedPoint(t *testing.T) {
	// √a by Heron's rule and the fixed point of cos(b·s).
	f := func(s, p []reverse.Var) []reverse.Var {
		return []reverse.Var{s[0].Add(p[0].Div(s[0])).Scale(0.5), s[1].Mul(p[1]).Cos()}
	}
	var sol []float64
	got := reverse.Jacobian(nil, func(p []reverse.Var) []reverse.Var {
		s, err := reverse.FixedPoint(f, []float64{1, 1}, []reverse.Var{p[0].Exp(), p[1]}, nil)
		if err != nil {
			t.Fatal(err)
		}
		sol = []float64{s[0].Value(), s[1].Value()}
		return s
	}, []float64{math.Log(3), 0.8})
	if !near(sol[0], math.Sqrt(3), 1e-15) {
		t.Errorf("√3 = %v", sol[0])
	}
	s := math.Sin(0.8 * sol[1])
	want := mat.NewDense(2, 2, []float64{math.Sqrt(3) / 2, 0, 0, -s * sol[1] / (1 + 0.8*s)})
	if !mat.EqualApprox(got, want, 1e-12) {
		t.Errorf("Jacobian =\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
}

func TestSolve(t *testing.T) {
	for n := range 5 {
		x := point(n*n + n)
		solve := func(x []reverse.Var) []reverse.Var {
			y, err := reverse.Solve(x[:n*n], x[n*n:])
			if err != nil {
				t.Fatal(err)
			}
			return y
		}
		if n == 0 {
			if y := solve(nil); len(y) != 0 {
				t.Errorf("no equations: %v", y)
			}
			continue
		}
		// The truth by forward differentiation of Cramer's rule, that is by
		// Gaussian elimination on dual numbers.
		want := dual.Jacobian(nil, func(x []dual.Number3) []dual.Number3 { return eliminate(n, x[:n*n], x[n*n:]) }, x)
		if got := reverse.Jacobian(nil, solve, x); !mat.EqualApprox(got, want, 1e-10) {
			t.Errorf("n = %d: Jacobian =\n%.3v\nwant\n%.3v", n, mat.Formatted(got), mat.Formatted(want))
		}
	}
}

// eliminate solves a·x = b without pivoting.
func eliminate[T dual.Real[T]](n int, a, b []T) []T {
	a, b = append([]T(nil), a...), append([]T(nil), b...)
	for k := range n {
		for i := range n {
			if i == k {
				continue
			}
			f := a[i*n+k].Div(a[k*n+k])
			for j := range n {
				a[i*n+j] = a[i*n+j].Sub(f.Mul(a[k*n+j]))
			}
			b[i] = b[i].Sub(f.Mul(b[k]))
		}
	}
	for k := range n {
		b[k] = b[k].Div(a[k*n+k])
	}
	return b
}

func TestImplicitErrors(t *testing.T) {
	c := func(x ...float64) []reverse.Var {
		var t reverse.Tape
		return t.Vars(nil, x)
	}
	square := func(s, p []reverse.Var) []reverse.Var { return []reverse.Var{s[0].Sqr().Add(p[0])} }
	if _, err := reverse.Root(square, []float64{1}, c(1), nil); !errors.Is(err, reverse.ErrNoConvergence) && !errors.Is(err, reverse.ErrSingular) {
		t.Errorf("s²+1 = 0: error %v", err)
	}
	if _, err := reverse.Root(square, []float64{0}, c(-1), nil); !errors.Is(err, reverse.ErrSingular) {
		t.Errorf("start at a singular point: error %v", err)
	}
	if _, err := reverse.Root(square, []float64{3}, c(-1), &reverse.Iteration{Max: 2}); !errors.Is(err, reverse.ErrNoConvergence) {
		t.Errorf("two steps: error %v", err)
	}
	double := func(s, p []reverse.Var) []reverse.Var { return []reverse.Var{s[0].Scale(2).Add(p[0])} }
	if _, err := reverse.FixedPoint(double, []float64{1}, c(1), &reverse.Iteration{Max: 50}); !errors.Is(err, reverse.ErrNoConvergence) {
		t.Errorf("divergence: error %v", err)
	}
	if _, err := reverse.FixedPoint(double, []float64{math.NaN()}, c(1), nil); !errors.Is(err, reverse.ErrNoConvergence) {
		t.Errorf("NaN: error %v", err)
	}
	if _, err := reverse.Solve(c(1, 2, 2, 4), c(1, 1)); !errors.Is(err, reverse.ErrSingular) {
		t.Errorf("singular equations: error %v", err)
	}
	// A double root: the solution exists, its derivative does not.
	g := reverse.Gradient(nil, func(p []reverse.Var) reverse.Var {
		s, err := reverse.Root(func(s, p []reverse.Var) []reverse.Var { return []reverse.Var{s[0].Sqr().Mul(p[0])} }, []float64{1}, p, &reverse.Iteration{Tol: 1e-3})
		if err != nil {
			t.Skip(err)
		}
		return s[0]
	}, []float64{1})
	if math.Abs(g[0]) > 1 {
		t.Errorf("double root: %v", g)
	}
	for name, call := range map[string]func(){
		"Root":       func() { reverse.Root(nil, nil, nil, nil) },
		"FixedPoint": func() { reverse.FixedPoint(nil, nil, nil, nil) },
		"Custom":     func() { reverse.Custom(nil, nil, nil) },
		"Solve":      func() { reverse.Solve(c(1), c(1, 2)) },
		"Root size":  func() { reverse.Root(square, []float64{1, 2}, c(1), nil) },
	} {
		func() {
			defer func() {
				if _, ok := recover().(reverse.Error); !ok {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}

// TestImplicitInSum uses solved equations inside the terms of a sum.
func TestImplicitInSum(t *testing.T) {
	term := func(i int, x []reverse.Var) reverse.Var {
		s, err := reverse.Root(kepler, []float64{1, 0}, []reverse.Var{x[0], x[1].Scale(float64(i + 1))}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s[0].Mul(s[1])
	}
	x := []float64{0.4, 0.3}
	got := reverse.GradientSum(nil, 5, term, x)
	want := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var {
		var s reverse.Var
		for i := range 5 {
			s = s.Add(term(i, x))
		}
		return s
	}, x)
	if !cmp.Equal(got, want, approx) {
		t.Errorf("gradient %v, want %v", got, want)
	}
}

func ExampleRoot() {
	// The positive solution of s² = p, as a function of p.
	f := func(p []reverse.Var) reverse.Var {
		g := func(s, p []reverse.Var) []reverse.Var { return []reverse.Var{s[0].Sqr().Sub(p[0])} }
		s, err := reverse.Root(g, []float64{1}, p, nil)
		if err != nil {
			panic(err)
		}
		return s[0]
	}
	y, d := reverse.ValueAndGradient(nil, f, []float64{4})
	fmt.Println(y, d)
	// Output:
	// 2 [0.25]
}
