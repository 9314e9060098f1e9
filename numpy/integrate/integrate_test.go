package integrate_test

import (
	"errors"
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/integrate"
)

type array = np.Array

var num = np.Scalar

// solve is ODEInt where it must succeed.
func solve(t *testing.T, f func(y, t array) array, y0, times array, s *integrate.Settings) array {
	t.Helper()
	y, err := integrate.ODEInt(f, y0, times, s)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

func near(t *testing.T, what string, got, want array, tol float64) {
	t.Helper()
	if !slices.Equal(got.Shape(), want.Shape()) {
		t.Errorf("%s: shape %v, want %v", what, got.Shape(), want.Shape())
		return
	}
	x, y := got.Complex128s(), want.Complex128s()
	for i := range x {
		if !(cmplx.Abs(x[i]-y[i]) <= tol*(1+cmplx.Abs(y[i]))) {
			t.Errorf("%s: element %d is %v, want %v", what, i, x[i], y[i])
			return
		}
	}
}

// decay is y' = -k·y.
func decay(k array) func(y, t array) array {
	return func(y, t array) array { return np.Mul(k, y).Neg() }
}

// times are points of time of several kinds.
var times = map[string]array{
	"increasing": np.FromSlice([]float64{0, 0.5, 1, 3}),
	"decreasing": np.FromSlice([]float64{1, 0.5, -1}),
	"repeated":   np.FromSlice([]float64{0.5, 0.5, 1, 1, 2}),
	"single":     np.FromSlice([]float64{2}),
}

// TestDecay compares the solution of y' = -k·y, and its derivatives of order 1
// and 2 for the start, k and the times, with y0·exp(-k·(t-t[0])).
func TestDecay(t *testing.T) {
	for name, at := range times {
		y0, k := np.FromSlice([]float64{2, -1}), np.FromSlice([]float64{0.75, 1.5})
		exact := func(x ...array) array {
			y0, k, at := x[0], x[1], x[2]
			s := np.Sub(at, at.At(0))
			return np.Mul(y0, np.Exp(np.Outer(s, k).Neg()))
		}
		computed := func(x ...array) array { return solve(t, decay(x[1]), x[0], x[2], nil) }
		near(t, name, computed(y0, k, at), exact(y0, k, at), 1e-7)
		for i, what := range []string{"y0", "k", "t"} {
			args := []array{y0, k, at}
			near(t, name+": Jacobian for "+what, np.JacobianArgs(computed, i)(args...)[0], np.JacobianArgs(exact, i)(args...)[0], 1e-6)
		}
		sum := func(f func(...array) array) func(...array) array {
			return func(x ...array) array { return np.Sum(np.Sin(f(x...))) }
		}
		got, want := np.HessianArgs(sum(computed), 0, 1, 2)(y0, k, at), np.HessianArgs(sum(exact), 0, 1, 2)(y0, k, at)
		for i := range got {
			for j := range got[i] {
				near(t, name+": Hessian", got[i][j], want[i][j], 1e-4)
			}
		}
	}
}

// All mixes of modes agree with differences, which need steps that do not
// change: the tolerance keeps those far below.
func TestModes(t *testing.T) {
	f := func(x ...array) array {
		k := x[2]
		return solve(t, func(y, t array) array { return np.Mul(np.Sin(t), k).Sub(np.Square(y)) },
			x[0], x[1], &integrate.Settings{RelTol: 1e-11, AbsTol: 1e-11})
	}
	xs := []array{np.FromSlice([]float64{0.5, 1}), np.FromSlice([]float64{0, 0.25, 0.75}), num(1.5)}
	if err := (np.Checker{}).Check(f, xs, 2, np.AllModes); err != nil {
		t.Error(err)
	}
}

// TestOscillator takes a harmonic oscillator through periods, as a system.
func TestOscillator(t *testing.T) {
	at := np.Linspace(0, 10, 21)
	system := func(w array) array {
		y := solve(t, func(y, _ array) array {
			return np.Stack(0, y.At(1), np.Mul(np.Square(w), y.At(0)).Neg())
		}, np.FromSlice([]float64{1, 0}), at, nil)
		return np.Take(y, []int{0}, 1).Ravel()
	}
	exact := func(w array) array { return np.Cos(np.Mul(w, at)) }
	w := num(1.5)
	near(t, "y", system(w), exact(w), 1e-6)
	_, got := np.JVP(system, w, num(1))
	_, want := np.JVP(exact, w, num(1))
	near(t, "dy/dω", got, want, 1e-5)
	// Reverse mode gives the same as forward.
	total := func(w array) array { return np.Sum(np.Square(system(w))) }
	_, forward := np.JVP(total, w, num(1))
	near(t, "gradient", np.Grad(total)(w), forward, 1e-12)
}

// TestComplex solves y' = λ·y with a complex λ, from a complex and a real start.
func TestComplex(t *testing.T) {
	at := np.FromSlice([]float64{0, 1, 2})
	lambda := np.ComplexScalar(-0.25 + 2i)
	for _, y0 := range []array{np.ComplexScalar(1 + 1i), num(2)} {
		computed := func(l array) array {
			return solve(t, func(y, t array) array { return np.Mul(l, y) }, y0, at, nil)
		}
		exact := func(l array) array { return np.Mul(y0, np.Exp(np.Mul(l, at))) }
		near(t, "y", computed(lambda), exact(lambda), 1e-7)
		_, got := np.JVP(computed, lambda, np.ComplexScalar(1i))
		_, want := np.JVP(exact, lambda, np.ComplexScalar(1i))
		near(t, "dy/dλ", got, want, 1e-6)
	}
}

// The tolerance bounds the error, and a matrix is as good as a vector.
func TestTolerance(t *testing.T) {
	at := np.FromSlice([]float64{0, 2})
	y0 := np.Ones(2, 2)
	want := np.Mul(y0, num(math.Exp(-2)))
	last, evals := math.Inf(1), 0
	for _, tol := range []float64{1e-4, 1e-7, 1e-10} {
		n := 0
		y := solve(t, func(y, t array) array { n++; return y.Neg() }, y0, at, &integrate.Settings{RelTol: tol, AbsTol: tol})
		if !slices.Equal(y.Shape(), []int{2, 2, 2}) {
			t.Fatalf("shape %v", y.Shape())
		}
		e := np.Max(np.Abs(np.Sub(y.At(1), want))).Float64()
		if e > 10*tol || e > last {
			t.Errorf("tolerance %g: error %g, %g with the one before", tol, e, last)
		}
		if n <= evals {
			t.Errorf("tolerance %g: %d evaluations, not more than before", tol, n)
		}
		last, evals = e, n
	}
}

func TestErrSteps(t *testing.T) {
	at := np.FromSlice([]float64{0, 0.5, 2})
	for _, c := range []struct {
		name   string
		f      func(y, t array) array
		times  array
		set    *integrate.Settings
		lo, hi float64
	}{
		{"blow-up at 1", func(y, t array) array { return np.Square(y) }, at, nil, 0.999, 1.001},
		{"stiff", decay(num(1e6)), at, &integrate.Settings{MaxSteps: 100}, 0, 0.01},
		{"NaN", func(y, t array) array { return y.AddConst(math.NaN()) }, at, nil, 0, 0},
		{"NaN after 1", func(y, t array) array { return np.Sqrt(t.Neg().AddConst(1)) }, at, nil, 0.99, 1.01},
		{"NaN without time", func(y, t array) array { return y.AddConst(math.NaN()) }, np.FromSlice([]float64{3, 3}), nil, 3, 3},
		{"infinite", func(y, t array) array { return y.AddConst(math.Inf(1)) }, at, nil, 0, 0},
		{"infinite time", decay(num(1)), np.FromSlice([]float64{0, math.Inf(1)}), nil, math.NaN(), math.NaN()},
		{"time of NaN", decay(num(1)), np.FromSlice([]float64{0, math.NaN()}), nil, math.NaN(), math.NaN()},
	} {
		_, err := integrate.ODEInt(c.f, num(1), c.times, c.set)
		var e integrate.ErrSteps
		if !errors.As(err, &e) {
			t.Errorf("%s: error %v, want an ErrSteps", c.name, err)
			continue
		}
		if e.Time < c.lo || e.Time > c.hi {
			t.Errorf("%s: gave up at %g, want %g to %g", c.name, e.Time, c.lo, c.hi)
		}
		if c.set != nil && e.Steps != c.set.MaxSteps {
			t.Errorf("%s: after %d steps, want %d", c.name, e.Steps, c.set.MaxSteps)
		}
		if !strings.HasPrefix(err.Error(), "integrate: ODEInt: gave up at t = ") {
			t.Errorf("%s: message %q", c.name, err)
		}
	}
}

// TestQuad compares integrals and their derivatives with closed forms.
func TestQuad(t *testing.T) {
	a, b, k := np.FromSlice([]float64{0, -0.5, 1}), np.FromSlice([]float64{1, 2}, 2, 1), np.FromSlice([]float64{0.5, 1, 2})
	computed := func(x ...array) array {
		return integrate.Quad(func(s array) array { return np.Exp(np.Mul(x[2], s)) }, x[0], x[1], 12)
	}
	exact := func(x ...array) array {
		k := x[2]
		return np.Div(np.Sub(np.Exp(np.Mul(k, x[1])), np.Exp(np.Mul(k, x[0]))), k)
	}
	near(t, "integral", computed(a, b, k), exact(a, b, k), 1e-13)
	for i, what := range []string{"a", "b", "k"} {
		near(t, "Jacobian for "+what, np.JacobianArgs(computed, i)(a, b, k)[0], np.JacobianArgs(exact, i)(a, b, k)[0], 1e-12)
	}
	if err := (np.Checker{}).Check(computed, []array{a, b, k}, 2, np.AllModes); err != nil {
		t.Error(err)
	}
	line := integrate.Quad(np.Exp, num(0), np.ComplexScalar(1i), 12)
	near(t, "along a line", line, np.ComplexScalar(cmplx.Exp(1i)-1), 1e-14)
	// Several functions of one variable.
	powers := func(x array) array { return np.Power(np.Reshape(x, -1, 1), np.FromSlice([]float64{0, 1, 2})) }
	near(t, "several", integrate.Quad(powers, num(0), num(2), 4), np.FromSlice([]float64{2, 2, 8.0 / 3}), 1e-14)
}

// n nodes are exact to degree 2n-1 and no further.
func TestQuadDegree(t *testing.T) {
	for n := 1; n <= 20; n++ {
		for _, degree := range []int{2*n - 2, 2*n - 1, 2 * n} {
			got := integrate.Quad(func(x array) array { return np.Power(x, num(float64(degree))) }, num(0), num(1), n).Float64()
			e := math.Abs(got*float64(degree+1) - 1)
			if exact := e < 1e-13; exact != (degree < 2*n) && n <= 10 || degree < 2*n && !exact {
				t.Errorf("%d nodes: relative error %.2g for degree %d", n, e, degree)
			}
		}
	}
}

func TestPanics(t *testing.T) {
	at := np.FromSlice([]float64{0, 1})
	ode := func(f func(y, t array) array, times array, s *integrate.Settings) func() {
		return func() { integrate.ODEInt(f, np.Ones(3), times, s) }
	}
	first := func(y, t array) array { return y.At(0) }
	for _, c := range []struct {
		f    func()
		want string
	}{
		{ode(first, at, nil), "integrate: ODEInt: f has shape [], y [3]"},
		{ode(first, np.FromSlice([]float64{1, 1}), nil), "integrate: ODEInt: f has shape [], y [3]"},
		{ode(func(y, t array) array { return np.Ones(2, 3) }, at, nil), "integrate: ODEInt: f has shape [2 3], y [3]"},
		{ode(decay(num(1)), num(1), nil), "integrate: ODEInt: times of shape [], want a vector"},
		{ode(decay(num(1)), np.Ones(0), nil), "integrate: ODEInt: times of shape [0], want a vector"},
		{ode(decay(num(1)), at, &integrate.Settings{RelTol: -1}), "integrate: ODEInt: settings {RelTol:-1 AbsTol:0 MaxSteps:0} are not all positive or 0"},
		{func() { integrate.Quad(np.Exp, num(0), num(1), 0) }, "integrate: Quad: 0 nodes"},
		{func() { integrate.Quad(func(array) array { return num(1) }, num(0), num(1), 3) },
			"integrate: Quad: f has shape [], want a first axis of length 3"},
	} {
		err := np.Maybe(c.f)
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}
