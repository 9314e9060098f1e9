package hessian

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

// TestProblems checks the closed forms by differences.
func TestProblems(t *testing.T) {
	for _, p := range problems {
		n := len(p.x)
		x := make([]float64, n)
		for i := range x {
			x[i] = p.x[i] + 0.1*math.Sin(float64(i+1))
		}
		dir, want, got := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range dir {
			dir[i] = math.Cos(float64(3 * i))
		}
		p.grad(want, x)
		along := func(f func(x []float64) float64) float64 {
			return fd.Derivative(func(h float64) float64 {
				y := make([]float64, n)
				floats.AddScaledTo(y, x, h, dir)
				return f(y)
			}, 0, &fd.Settings{Formula: fd.Central})
		}
		if d := along(p.fun); math.Abs(d-floats.Dot(want, dir)) > 1e-5*(1+math.Abs(d)) {
			t.Errorf("%s: gradient %v, differences %v", p.name, floats.Dot(want, dir), d)
		}
		p.hvp(got, x, dir)
		d := along(func(y []float64) float64 {
			p.grad(want, y)
			return floats.Dot(want, dir)
		})
		if math.Abs(d-floats.Dot(got, dir)) > 1e-5*(1+math.Abs(d)) {
			t.Errorf("%s: curvature %v, differences %v", p.name, floats.Dot(got, dir), d)
		}
	}
}

// method is what NewtonCG and TrustRegion have in common.
type method interface {
	optimize.Method
	optimize.Statuser
	Stats() MethodStats
}

func methods(hvp func(dst, x, v []float64)) map[string]method {
	return map[string]method{"NewtonCG": &NewtonCG{HVP: hvp}, "TrustRegion": &TrustRegion{HVP: hvp}}
}

func TestMethods(t *testing.T) {
	for _, p := range problems {
		problem := optimize.Problem{Func: p.fun, Grad: p.grad}
		settings := &optimize.Settings{
			GradientThreshold: 1e-8, MajorIterations: 2000, Converger: optimize.NeverTerminate{},
		}
		products := 0
		for name, m := range methods(func(dst, x, v []float64) { products++; p.hvp(dst, x, v) }) {
			products = 0
			res, err := optimize.Minimize(problem, p.x, settings, m)
			if err != nil || res.Status != optimize.GradientThreshold {
				t.Errorf("%s, %s: %v, %v", p.name, name, res.Status, err)
				continue
			}
			if g := floats.Norm(res.Gradient, math.Inf(1)); g > 1e-8 {
				t.Errorf("%s, %s: gradient %v", p.name, name, g)
			}
			if !math.IsNaN(p.min) && math.Abs(res.F-p.min) > 1e-7*(1+math.Abs(p.min)) {
				t.Errorf("%s, %s: minimum %.10g, want %v", p.name, name, res.F, p.min)
			}
			if s := m.Stats(); s.Products != products || res.FuncEvaluations > res.MajorIterations+s.Rejected {
				t.Errorf("%s, %s: %+v and %+v, but %d products", p.name, name, s, res.Stats, products)
			}
			t.Logf("%s, %s: %.6g after %d iterations, %+v", p.name, name, res.F, res.MajorIterations, m.Stats())
			if len(p.x) > 100 {
				continue
			}
			// A quasi-Newton method finds the same or, where there are several,
			// another one.
			ref, err := optimize.Minimize(problem, p.x, &optimize.Settings{GradientThreshold: 1e-8}, &optimize.BFGS{})
			if err == nil && !math.IsNaN(p.min) && math.Abs(res.F-ref.F) > 1e-8 {
				t.Errorf("%s, %s: minimum %v, that of BFGS %v", p.name, name, res.F, ref.F)
			}
			if res.MajorIterations > 3*ref.MajorIterations {
				t.Errorf("%s, %s: %d iterations, BFGS %d", p.name, name, res.MajorIterations, ref.MajorIterations)
			}
		}
	}
}

// TestLocations checks that what a method announces belongs together and
// descends.
func TestLocations(t *testing.T) {
	for _, p := range problems[:4] {
		for name, m := range methods(p.hvp) {
			last := math.Inf(1)
			grad := make([]float64, len(p.x))
			rec := &recorder{func(loc *optimize.Location) {
				p.grad(grad, loc.X)
				if loc.F > last || loc.F != p.fun(loc.X) || !floats.Equal(loc.Gradient, grad) {
					t.Errorf("%s, %s: %+v after %v, want %v, %v", p.name, name, loc, last, p.fun(loc.X), grad)
				}
				last = loc.F
			}}
			problem := optimize.Problem{Func: p.fun, Grad: p.grad}
			if _, err := optimize.Minimize(problem, p.x, &optimize.Settings{Recorder: rec}, m); err != nil {
				t.Errorf("%s, %s: %v", p.name, name, err)
			}
		}
	}
}

// TestRounding has a function in which rounding hides the decrease nearly from
// the start.
func TestRounding(t *testing.T) {
	p := rosenbrock(2)
	fresh := false
	problem := optimize.Problem{Func: func(x []float64) float64 { fresh = true; return p.fun(x) + 1e13 }, Grad: p.grad}
	// The conjugate gradients start along the gradient, also after a rejection.
	hvp := func(dst, x, v []float64) {
		if fresh {
			p.grad(dst, x)
			if floats.Add(dst, v); floats.Norm(dst, 1) != 0 {
				t.Errorf("the first direction at %v is %v", x, v)
			}
		}
		fresh = false
		p.hvp(dst, x, v)
	}
	settings := &optimize.Settings{GradientThreshold: 1e-10, Converger: optimize.NeverTerminate{}, MajorIterations: 200}
	for name, m := range methods(hvp) {
		res, err := optimize.Minimize(problem, p.x, settings, m)
		if err != nil || res.Status != optimize.GradientThreshold || p.fun(res.X) > 1e-18 {
			t.Errorf("%s: %v after %d iterations, %+v, gradient %v: %v", name, res.Status, res.MajorIterations, m.Stats(), res.Gradient, err)
		}
		t.Logf("%s: %d iterations, %+v", name, res.MajorIterations, m.Stats())
	}
}

// TestMethodsDefault checks that the default settings reach a tiny gradient.
func TestMethodsDefault(t *testing.T) {
	for _, k := range []int{0, 2, 8} {
		p := problems[k]
		for name, m := range methods(p.hvp) {
			res, err := optimize.Minimize(optimize.Problem{Func: p.fun, Grad: p.grad}, p.x, nil, m)
			if err != nil || floats.Norm(res.Gradient, math.Inf(1)) > 1e-10 {
				t.Errorf("%s, %s: %v, gradient %v: %v", p.name, name, res.Status, floats.Norm(res.Gradient, math.Inf(1)), err)
			}
			if status, err := m.Status(); status == optimize.GradientThreshold && err != nil {
				t.Errorf("%s, %s: status %v, %v", p.name, name, status, err)
			}
		}
	}
}

// TestLinesearcher uses gonum's line searches.
func TestLinesearcher(t *testing.T) {
	p := problems[2]
	for _, l := range []optimize.Linesearcher{&optimize.MoreThuente{}, &optimize.Bisection{}, &optimize.Backtracking{}} {
		m := &NewtonCG{HVP: p.hvp, Linesearcher: l}
		res, err := optimize.Minimize(optimize.Problem{Func: p.fun, Grad: p.grad}, p.x, &optimize.Settings{GradientThreshold: 1e-6}, m)
		if err != nil || res.Status != optimize.GradientThreshold || res.F > 1e-10 {
			t.Errorf("%T: %v at %v: %v", l, res.Status, res.F, err)
		}
	}
}

// TestSaddle starts at points of negative curvature: x⁴/4 - x²/2 + y², which has
// a saddle at 0 and minima at x = ±1.
func TestSaddle(t *testing.T) {
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return math.Pow(x[0], 4)/4 - x[0]*x[0]/2 + x[1]*x[1] },
		Grad: func(dst, x []float64) { dst[0], dst[1] = x[0]*x[0]*x[0]-x[0], 2*x[1] },
	}
	hvp := func(dst, x, v []float64) { dst[0], dst[1] = (3*x[0]*x[0]-1)*v[0], 2*v[1] }
	for _, x := range [][]float64{{1e-6, 0}, {-1e-6, 3}, {0.1, -1}, {0.5, 0}} {
		for name, m := range methods(hvp) {
			res, err := optimize.Minimize(problem, x, nil, m)
			if err != nil || math.Abs(res.F+0.25) > 1e-12 || m.Stats().NegativeCurvature == 0 {
				t.Errorf("%s from %v: %v, %+v: %v", name, x, res.Location, m.Stats(), err)
			}
		}
	}
}

// TestMethodsDomain has a function that is NaN where the first steps lead to:
// x - log x + (y-x)² for x > 0, minimal at (1, 1).
func TestMethodsDomain(t *testing.T) {
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return x[0] - math.Log(x[0]) + (x[1]-x[0])*(x[1]-x[0]) },
		Grad: func(dst, x []float64) {
			dst[0], dst[1] = 1-1/x[0]-2*(x[1]-x[0]), 2*(x[1]-x[0])
		},
	}
	hvp := func(dst, x, v []float64) {
		dst[0], dst[1] = (1/(x[0]*x[0])+2)*v[0]-2*v[1], 2*(v[1]-v[0])
	}
	for name, m := range methods(hvp) {
		res, err := optimize.Minimize(problem, []float64{30, -20}, nil, m)
		if err != nil || math.Abs(res.F-1) > 1e-12 || m.Stats().Rejected == 0 {
			t.Errorf("%s: %v, %+v: %v", name, res.Location, m.Stats(), err)
		}
	}
}

// TestMethodsFail has runs that cannot go on.
func TestMethodsFail(t *testing.T) {
	p := rosenbrock(4)
	nan := math.NaN()
	good := optimize.Problem{Func: p.fun, Grad: p.grad}
	stop := errors.New("stop")
	calls := 0
	var nf *NonFiniteError
	var fun optimize.ErrFunc
	var grad optimize.ErrGrad
	for _, c := range []struct {
		name    string
		problem optimize.Problem
		hvp     func(dst, x, v []float64)
		is      func(error) bool
	}{
		{"product", good, func(dst, x, v []float64) { p.hvp(dst, x, v); dst[2] = nan },
			func(err error) bool { return errors.As(err, &nf) && nf.What == "product" && nf.Index == 2 }},
		{"first value", optimize.Problem{Func: func([]float64) float64 { return nan }, Grad: p.grad}, p.hvp,
			func(err error) bool { return errors.As(err, &fun) }},
		{"first gradient", optimize.Problem{Func: p.fun, Grad: func(dst, x []float64) { p.grad(dst, x); dst[1] = nan }}, p.hvp,
			func(err error) bool { return errors.As(err, &grad) && grad.Index == 1 }},
		{"later gradient", optimize.Problem{Func: p.fun, Grad: func(dst, x []float64) {
			p.grad(dst, x)
			if x[0] != p.x[0] {
				dst[3] = math.Inf(1)
			}
		}}, p.hvp,
			func(err error) bool { return errors.As(err, &nf) && nf.What == "gradient" && nf.Index == 3 }},
		{"status", optimize.Problem{Func: p.fun, Grad: p.grad, Status: func() (optimize.Status, error) {
			if calls++; calls%5 != 0 {
				return optimize.NotTerminated, nil
			}
			return optimize.Failure, stop
		}}, p.hvp,
			func(err error) bool { return err == stop }},
		{"no descent", optimize.Problem{Func: func(x []float64) float64 { return -p.fun(x) }, Grad: p.grad}, p.hvp,
			func(err error) bool {
				return errors.Is(err, optimize.ErrNoProgress) || errors.Is(err, optimize.ErrLinesearcherFailure)
			}},
	} {
		for name, m := range methods(c.hvp) {
			if c.name == "no descent" && name == "TrustRegion" {
				continue // ends where it began
			}
			res, err := optimize.Minimize(c.problem, p.x, nil, m)
			if !c.is(err) || res.Status != optimize.Failure {
				t.Errorf("%s, %s: %v, %v", c.name, name, res.Status, err)
			}
		}
	}
}

func TestMethodsLimits(t *testing.T) {
	p := rosenbrock(20)
	problem := optimize.Problem{Func: p.fun, Grad: p.grad}
	for _, c := range []struct {
		settings optimize.Settings
		want     optimize.Status
	}{
		{optimize.Settings{MajorIterations: 3}, optimize.IterationLimit},
		{optimize.Settings{FuncEvaluations: 4}, optimize.FunctionEvaluationLimit},
		{optimize.Settings{GradEvaluations: 2}, optimize.GradientEvaluationLimit},
		{optimize.Settings{FuncEvaluations: 1}, optimize.FunctionEvaluationLimit},
		{optimize.Settings{Runtime: 1}, optimize.RuntimeLimit},
	} {
		for name, m := range methods(p.hvp) {
			res, err := optimize.Minimize(problem, p.x, &c.settings, m)
			if err != nil || res.Status != c.want {
				t.Errorf("%s: %v, want %v: %v", name, res.Status, c.want, err)
			}
		}
	}
	// The values at the start are given, and it is the minimum.
	one := repeated(20, 1)
	for name, m := range methods(p.hvp) {
		res, err := optimize.Minimize(problem, one, &optimize.Settings{
			InitValues: &optimize.Location{F: 0, Gradient: make([]float64, 20)},
		}, m)
		if err != nil || res.Status != optimize.GradientThreshold || res.FuncEvaluations != 0 {
			t.Errorf("%s at the minimum: %v, %+v: %v", name, res.Status, res.Stats, err)
		}
	}
}

func TestMethodsMisuse(t *testing.T) {
	p := rosenbrock(3)
	for _, c := range []struct {
		m       optimize.Method
		problem optimize.Problem
		want    string
	}{
		{&NewtonCG{}, optimize.Problem{Func: p.fun, Grad: p.grad}, "hessian: NewtonCG: HVP is nil"},
		{&TrustRegion{}, optimize.Problem{Func: p.fun, Grad: p.grad}, "hessian: TrustRegion: HVP is nil"},
		{&NewtonCG{HVP: p.hvp}, optimize.Problem{Func: p.fun}, "Grad"},
		{&TrustRegion{HVP: p.hvp}, optimize.Problem{Func: p.fun}, "Grad"},
		{&TrustRegion{HVP: p.hvp, Radius: -1}, optimize.Problem{Func: p.fun, Grad: p.grad}, "Radius = -1"},
		{&TrustRegion{HVP: p.hvp, Radius: 2, MaxRadius: 1}, optimize.Problem{Func: p.fun, Grad: p.grad}, "want 0 ≤ Radius ≤ MaxRadius"},
	} {
		func() {
			defer func() {
				var text string
				switch r := recover().(type) {
				case string:
					text = r
				case error:
					text = r.Error()
				}
				if !strings.Contains(text, c.want) && !strings.Contains(text, "gradient") {
					t.Errorf("panic %q, want %q", text, c.want)
				}
			}()
			optimize.Minimize(c.problem, p.x, nil, c.m)
		}()
	}
}

// TestRadius checks that steps stay within the largest radius.
func TestRadius(t *testing.T) {
	p := rosenbrock(5)
	last := append([]float64(nil), p.x...)
	rec := &recorder{func(loc *optimize.Location) {
		if d := floats.Distance(loc.X, last, 2); d > 0.1*(1+1e-12) {
			t.Errorf("a step of %v", d)
		}
		copy(last, loc.X)
	}}
	m := &TrustRegion{HVP: p.hvp, MaxRadius: 0.1}
	if _, err := optimize.Minimize(optimize.Problem{Func: p.fun, Grad: p.grad}, p.x, &optimize.Settings{Recorder: rec}, m); err != nil {
		t.Error(err)
	}
}

type recorder struct{ major func(*optimize.Location) }

func (*recorder) Init() error { return nil }

func (r *recorder) Record(loc *optimize.Location, op optimize.Operation, _ *optimize.Stats) error {
	if op == optimize.MajorIteration {
		r.major(loc)
	}
	return nil
}

func BenchmarkMethods(b *testing.B) {
	p := problems[8]
	problem := optimize.Problem{Func: p.fun, Grad: p.grad}
	settings := &optimize.Settings{GradientThreshold: 1e-3}
	for name, m := range map[string]optimize.Method{
		"NewtonCG": &NewtonCG{HVP: p.hvp}, "TrustRegion": &TrustRegion{HVP: p.hvp}, "LBFGS": &optimize.LBFGS{},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := optimize.Minimize(problem, p.x, settings, m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
