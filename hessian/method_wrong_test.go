package hessian

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/dual"
)

// scaled returns f times c.
func scaled(c float64, f func(dst, x []float64)) func(dst, x []float64) {
	return func(dst, x []float64) {
		f(dst, x)
		floats.Scale(c, dst)
	}
}

// TestMethodsWrong has functions, gradients and products that do not belong
// together or have no minimum. Runs end by themselves, by a gradient that is
// small or with an error, also if no other criterion is there.
func TestMethodsWrong(t *testing.T) {
	p := rosenbrock(4)
	one := func([]float64) float64 { return 1 }
	inf := math.Inf(1)
	endless := errors.New("too many evaluations")
	is := func(want ...error) func(error) bool {
		return func(err error) bool {
			for _, w := range want {
				if errors.Is(err, w) {
					return true
				}
			}
			return false
		}
	}
	wrong := is(ErrGradient, optimize.ErrNoProgress, optimize.ErrLinesearcherFailure)
	nonFinite := func(what string) func(error) bool {
		return func(err error) bool {
			var nf *NonFiniteError
			return errors.As(err, &nf) && nf.What == what
		}
	}
	badStart := func(err error) bool {
		var f optimize.ErrFunc
		return errors.As(err, &f)
	}
	for _, c := range []struct {
		name string
		f    func(x []float64) float64
		grad func(dst, x []float64)
		hvp  func(dst, x, v []float64)
		x    []float64
		is   func(error) bool // nil: the minimum is found
		only string           // this method
	}{
		{"gradient of the wrong sign", p.fun, scaled(-1, p.grad), p.hvp, p.x, wrong, ""},
		{"function of the wrong sign", func(x []float64) float64 { return -p.fun(x) }, p.grad, p.hvp, p.x, wrong, ""},
		{"gradient of nothing", p.fun, func(dst, x []float64) {
			for i := range dst {
				dst[i] = math.Sin(1e6*x[i] + float64(i))
			}
		}, p.hvp, p.x, wrong, ""},
		{"constant function", one, p.grad, p.hvp, p.x, is(ErrGradient), ""},
		{"constant gradient at the minimum", func(x []float64) float64 { return floats.Dot(x, x) },
			func(dst, x []float64) { floats.AddConst(1, dst[:copy(dst, make([]float64, 4))]) },
			func(dst, x, v []float64) { copy(dst, v) }, make([]float64, 4), wrong, ""},
		{"products of the wrong sign", p.fun, p.grad, func(dst, x, v []float64) { p.hvp(dst, x, v); floats.Scale(-1, dst) }, p.x, nil, ""},
		{"products of zero", p.fun, p.grad, func(dst, x, v []float64) { clear(dst) }, p.x, nil, "TrustRegion"},
		{"NaN at the start", p.fun, p.grad, p.hvp, []float64{1, math.NaN(), 1, 1}, badStart, ""},
		{"Inf at the start", p.fun, p.grad, p.hvp, []float64{1, inf, 1, 1}, badStart, ""},
		{"squares overflow", p.fun, scaled(1e300, p.grad), p.hvp, p.x, nonFinite("squared length of the gradient"), ""},
		{"step overflows", func(x []float64) float64 { return x[0] }, func(dst, x []float64) { dst[0] = 1e150 },
			func(dst, x, v []float64) { dst[0] = 1e-200 * v[0] }, []float64{0}, nonFinite("step"), "NewtonCG"},
		{"no bound", func(x []float64) float64 { return -x[0] }, func(dst, x []float64) { dst[0] = -1 },
			func(dst, x, v []float64) { dst[0] = 0 }, []float64{0}, is(ErrUnbounded), "TrustRegion"},
	} {
		for name, m := range methods(c.hvp) {
			if c.only != "" && name != c.only {
				continue
			}
			evaluations := 0
			problem := optimize.Problem{Func: c.f, Grad: c.grad, Status: func() (optimize.Status, error) {
				if evaluations++; evaluations > 100_000 {
					return optimize.Failure, endless
				}
				return optimize.NotTerminated, nil
			}}
			res, err := optimize.Minimize(problem, c.x, &optimize.Settings{Converger: optimize.NeverTerminate{}}, m)
			if c.is == nil {
				if err != nil || res.Status != optimize.GradientThreshold || res.F > 1e-12 {
					t.Errorf("%s, %s: %v at %v: %v", c.name, name, res.Status, res.F, err)
				}
				continue
			}
			if !c.is(err) || res.Status != optimize.Failure || evaluations > 1000 {
				t.Errorf("%s, %s: %v after %d evaluations: %v", c.name, name, res.Status, evaluations, err)
			}
		}
	}
}

// TestProductFails has products that cannot be computed after some. They say so
// through the status of the problem.
func TestProductFails(t *testing.T) {
	p := rosenbrock(4)
	failure := errors.New("no product")
	for _, after := range []int{0, 1, 7} {
		var err error
		products := 0
		hvp := func(dst, x, v []float64) {
			if products++; products > after {
				err = failure
				clear(dst)
				return
			}
			p.hvp(dst, x, v)
		}
		problem := optimize.Problem{Func: p.fun, Grad: p.grad, Status: func() (optimize.Status, error) {
			if err != nil {
				return optimize.Failure, err
			}
			return optimize.NotTerminated, nil
		}}
		for name, m := range methods(hvp) {
			products, err = 0, nil
			res, got := optimize.Minimize(problem, p.x, nil, m)
			if got != failure || res.Status != optimize.Failure || products != after+1 {
				t.Errorf("%s after %d products: %v, %d products: %v", name, after, res.Status, products, got)
			}
		}
	}
}

// TestMethodsTwice runs methods again: nothing is left of the first run.
func TestMethodsTwice(t *testing.T) {
	p := rosenbrock(6)
	for name, m := range methods(p.hvp) {
		var first MethodStats
		var x []float64
		for k := range 3 {
			start := p.x
			if k == 1 {
				start = repeated(4, -1, 2) // of another size
			}
			res, err := optimize.Minimize(optimize.Problem{Func: rosenbrock(len(start)).fun, Grad: rosenbrock(len(start)).grad}, start, nil, m)
			switch {
			case err != nil:
				t.Errorf("%s: %v", name, err)
			case k == 0:
				first, x = m.Stats(), res.X
			case k == 2 && (m.Stats() != first || !floats.Equal(res.X, x)):
				t.Errorf("%s: %+v at %v, want %+v at %v", name, m.Stats(), res.X, first, x)
			}
		}
	}
}

// TestMinusInf reaches a point where the function is -Inf and has no gradient.
func TestMinusInf(t *testing.T) {
	problem := optimize.Problem{
		Func: func(x []float64) float64 {
			if x[0] <= 0 {
				return math.Inf(-1)
			}
			return math.Log(x[0])
		},
		Grad: func(dst, x []float64) {
			if dst[0] = 1 / x[0]; x[0] <= 0 {
				dst[0] = math.NaN()
			}
		},
	}
	for name, m := range methods(func(dst, x, v []float64) { dst[0] = -v[0] / (x[0] * x[0]) }) {
		res, err := optimize.Minimize(problem, []float64{3}, nil, m)
		if err != nil || res.Status != optimize.FunctionNegativeInfinity {
			t.Errorf("%s: %v at %v: %v", name, res.Status, res.X, err)
		}
	}
}

// TestVanishing has a step that vanishes by underflow before the gradient does.
func TestVanishing(t *testing.T) {
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return x[0] },
		Grad: func(dst, x []float64) { dst[0] = 1e-170 },
	}
	for name, m := range map[string]method{
		"NewtonCG":    &NewtonCG{HVP: func(dst, x, v []float64) { dst[0] = 1e200 * v[0] }, GradStopThreshold: math.NaN()},
		"TrustRegion": &TrustRegion{HVP: func(dst, x, v []float64) { dst[0] = 1e200 * v[0] }, GradStopThreshold: math.NaN()},
	} {
		res, err := optimize.Minimize(problem, []float64{1}, &optimize.Settings{MajorIterations: 1000}, m)
		want := map[string]error{"NewtonCG": optimize.ErrNonDescentDirection, "TrustRegion": optimize.ErrNoProgress}[name]
		if err != want || res.Status != optimize.Failure {
			t.Errorf("%s: %v: %v, want %v", name, res.Status, err, want)
		}
	}
}

// TestThreshold reaches the default threshold of the gradient, 1e-12, where the
// value at the minimum is not 0 and its rounding hides the descent: gonum's
// Newton fails there now and then, with each of its line searches.
func TestThreshold(t *testing.T) {
	for trial := range 30 {
		rnd := rand.New(rand.NewPCG(1, uint64(trial)))
		n := 3 + trial%5
		a := randomRows(rnd, 40, n)
		f := func(x []Var) Var {
			s := dual.SumSq(x).Scale(0.01)
			for i := range a {
				z := dual.LinComb(a[i], x)
				s = s.Add(z.Softplus())
				if i%2 == 0 {
					s = s.Sub(z)
				}
			}
			return s
		}
		x := make([]float64, n)
		for i := range x {
			x[i] = 1 + rnd.NormFloat64()
		}
		p := Compile(f, x)
		for name, m := range methods(p.HVP) {
			for _, c := range []optimize.Converger{nil, optimize.NeverTerminate{}} {
				res, err := optimize.Minimize(p.Problem(), x, &optimize.Settings{Converger: c, MajorIterations: 200}, m)
				if err != nil || res.Status != optimize.GradientThreshold {
					t.Errorf("trial %d, %s: %v, gradient %v: %v", trial, name, res.Status, res.Gradient, err)
				}
			}
		}
	}
}

// randomRows returns m rows of n normal numbers.
func randomRows(rnd *rand.Rand, m, n int) [][]float64 {
	a := make([][]float64, m)
	for i := range a {
		a[i] = make([]float64, n)
		for j := range a[i] {
			a[i][j] = rnd.NormFloat64()
		}
	}
	return a
}
