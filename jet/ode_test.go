package jet_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

// solve fails the test on an error.
func solve(t testing.TB, f func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64), y0 []float64, t0, t1 float64, s *jet.ODESettings) *jet.ODESolution {
	t.Helper()
	sol, err := jet.SolveODE(f, y0, t0, t1, s)
	if err != nil {
		t.Fatal(err)
	}
	return sol
}

// A problem has a solution in closed form.
type problem struct {
	name   string
	f      func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64)
	t0, t1 float64
	exact  func(t float64) []float64
	tol    float64 // of the result, relative to its largest component
}

var problems = []problem{
	{
		"exponential", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0] },
		0, 10, func(t float64) []float64 { return []float64{math.Exp(t)} }, 1e-14,
	},
	{
		"decay", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0].Neg() },
		0, 100, func(t float64) []float64 { return []float64{math.Exp(-t)} }, 1e-13,
	},
	{
		"oscillator", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0], dst[1] = y[1], y[0].Neg() },
		0, 100, func(t float64) []float64 { return []float64{math.Cos(t), -math.Sin(t)} }, 1e-13,
	},
	{
		"logistic", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) {
			dst[0] = y[0].Mul(y[0].Neg().AddConst(1))
		},
		-8, 8, func(t float64) []float64 { return []float64{1 / (1 + math.Exp(-t))} }, 1e-13,
	},
	{
		"depends on t", func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) {
			dst[0] = y[0].Mul(t.Cos())
			dst[1] = t.Scale(2)
		},
		1, 12, func(t float64) []float64 { return []float64{math.Exp(math.Sin(t)), t * t} }, 1e-13,
	},
	{
		"gap of three orders", func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0] = t.Sqr().Mul(y[0]) },
		0, 2, func(t float64) []float64 { return []float64{math.Exp(t * t * t / 3)} }, 1e-14,
	},
	{
		"gap of thirty orders", func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0] = t.PowInt(29).Mul(y[0]).Scale(30) },
		0, 1.1, func(t float64) []float64 { return []float64{math.Exp(math.Pow(t, 30))} }, 1e-12,
	},
	{
		"polynomial", func(dst []jet.Jet64, t jet.Jet64, _ []jet.Jet64) { dst[0] = t.Sqr().Scale(3).Sub(t) },
		-1, 1e6, func(t float64) []float64 { return []float64{t*t*t - t*t/2} }, 1e-15,
	},
	{
		"constants", func(dst []jet.Jet64, t jet.Jet64, _ []jet.Jet64) {
			dst[0], dst[1] = t.Const(3), jet.New(-2.0)
		},
		0, 7, func(t float64) []float64 { return []float64{3 * t, -2 * t, 5} }, 1e-15,
	},
	{
		"tiny unit of time", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) {
			dst[0], dst[1] = y[1].Scale(1e40), y[0].Scale(-1e40)
		},
		0, 1e-39, func(t float64) []float64 { return []float64{math.Cos(1e40 * t), -math.Sin(1e40 * t)} }, 1e-14,
	},
	{
		"huge unit of time", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) {
			dst[0], dst[1] = y[1].Scale(1e-60), y[0].Scale(-1e-60)
		},
		0, 1e61, func(t float64) []float64 { return []float64{math.Cos(1e-60 * t), -math.Sin(1e-60 * t)} }, 5e-14,
	},
	{
		"starts near zero", func(dst []jet.Jet64, t jet.Jet64, _ []jet.Jet64) { dst[0] = t.Exp() },
		0, 3, func(t float64) []float64 { return []float64{1e-200 + math.Expm1(t)} }, 1e-15,
	},
	{
		"starts with a high power", func(dst []jet.Jet64, t jet.Jet64, _ []jet.Jet64) {
			dst[0] = t.PowInt(5).Mul(t.Sqr().AddConst(1).Inv()).Scale(6)
		},
		0, 3, func(t float64) []float64 {
			if t < 0.7 {
				y := 0.0
				for k := 50.0; k >= 0; k-- {
					y = 3/(k+3) - y*t*t
				}
				return []float64{y * math.Pow(t, 6)}
			}
			return []float64{1.5*math.Pow(t, 4) - 3*t*t + 3*math.Log1p(t*t)}
		}, 2e-14,
	},
	{
		"different scales", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) {
			dst[0], dst[1] = y[1].Scale(1e20), y[0].Scale(-1e-20)
		},
		0, 20, func(t float64) []float64 { return []float64{1e15 * math.Cos(t), -1e-5 * math.Sin(t)} }, 1e-13,
	},
	{
		"kink", func(dst []jet.Jet64, t jet.Jet64, _ []jet.Jet64) { dst[0] = t.Abs() },
		-1, 1.3, func(t float64) []float64 { return []float64{t * math.Abs(t) / 2} }, 1e-13,
	},
	{
		"starts at a kink", func(dst []jet.Jet64, t jet.Jet64, _ []jet.Jet64) {
			dst[0], dst[1] = t.Abs(), t.Max(t.Neg())
		},
		0, 1.3, func(t float64) []float64 { return []float64{t * math.Abs(t) / 2, t * math.Abs(t) / 2} }, 1e-15,
	},
	{
		"jump", func(dst []jet.Jet64, t jet.Jet64, _ []jet.Jet64) { dst[0] = t.Sign() },
		-1, 1.3, func(t float64) []float64 { return []float64{math.Abs(t)} }, 1e-12,
	},
	{
		"branch", func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) {
			if y[0].Value() < 2 {
				dst[0] = y[0].Const(1)
			} else {
				dst[0] = y[0].Scale(0.5)
			}
		},
		0, 3, func(t float64) []float64 {
			if t < 2 {
				return []float64{t}
			}
			return []float64{2 * math.Exp((t-2)/2)}
		}, 1e-12,
	},
}

func relativeDistance(got, want []float64) float64 {
	d, scale := 0.0, 0.0
	for i := range want {
		d, scale = max(d, math.Abs(got[i]-want[i])), max(scale, math.Abs(want[i]))
	}
	if scale == 0 {
		return d
	}
	return d / scale
}

// TestSolveODE checks the ends, the dense output and the derivatives of
// solutions in both directions.
func TestSolveODE(t *testing.T) {
	for _, p := range problems {
		for _, s := range []*jet.ODESettings{nil, {Order: 40}, {Order: 200}, {Order: 12}, {Discard: true}} {
			for _, dir := range []string{"forwards", "backwards"} {
				t0, t1 := p.t0, p.t1
				if dir == "backwards" {
					t0, t1 = t1, t0
				}
				sol, err := jet.SolveODE(p.f, p.exact(t0), t0, t1, s)
				if err != nil {
					t.Errorf("%s, %s, %v: %v", p.name, dir, s, err)
					continue
				}
				if sol.Start() != t0 || sol.End() != t1 {
					t.Errorf("%s, %s: from %v to %v, want %v to %v", p.name, dir, sol.Start(), sol.End(), t0, t1)
				}
				// Backwards, a solution that grew amplifies errors.
				tol := p.tol
				if dir == "backwards" && p.name != "oscillator" {
					tol *= 100 * max(1, math.Abs(p.exact(t0)[0]/p.exact(t1)[0]))
				}
				switch {
				case p.name != "decay":
				case dir == "backwards":
					tol = p.tol
				case sol.Order() >= 40:
					tol = 1e-11 // a step spans some powers of e
				}
				if d := relativeDistance(sol.Final(nil), p.exact(t1)); !(d <= tol) {
					t.Errorf("%s, %s, %+v: error %v, want at most %v", p.name, dir, s, d, tol)
				}
				if s != nil || dir == "backwards" {
					continue
				}
				for i := range 101 {
					at := t0 + (t1-t0)*float64(i)/100
					if d := relativeDistance(sol.At(nil, at), p.exact(at)); !(d <= 10*p.tol) {
						t.Errorf("%s: error %v at %v", p.name, d, at)
					}
				}
			}
		}
	}
}

// TestSolveODEDiscontinuities checks that branches cost few steps.
func TestSolveODEDiscontinuities(t *testing.T) {
	for _, p := range problems {
		if sol := solve(t, p.f, p.exact(p.t0), p.t0, p.t1, nil); sol.Len() > 600 || sol.Rejected() > 1000 {
			t.Errorf("%s: %d steps, %d rejected", p.name, sol.Len(), sol.Rejected())
		}
	}
}

func TestODEDerivativeAt(t *testing.T) {
	for _, t1 := range []float64{5, -5} {
		sol := solve(t, problems[2].f, []float64{1, 0}, 0, t1, nil)
		for _, at := range append(sol.Times(nil), t1/3) {
			for k := range 7 {
				got := sol.DerivativeAt(nil, at, k)
				want := []float64{math.Cos(at + float64(k)*math.Pi/2), -math.Sin(at + float64(k)*math.Pi/2)}
				if d := distance(got, want); !(d <= 1e-11) {
					t.Errorf("derivative %d at %v: got %v, want %v", k, at, got, want)
				}
			}
		}
		for _, at := range []float64{t1 * 1.001, -t1 / 100, math.NaN(), math.Inf(1)} {
			for _, v := range append(sol.At(nil, at), sol.DerivativeAt(nil, at, 1)...) {
				if !math.IsNaN(v) {
					t.Errorf("at %v: got %v, want NaN", at, v)
				}
			}
		}
	}
}

func TestODETimes(t *testing.T) {
	sol := solve(t, kepler, keplerStart(0.6), 3, -5, &jet.ODESettings{MaxStep: 0.05})
	times := sol.Times(nil)
	if len(times) != sol.Len()+1 || times[0] != 3 || times[sol.Len()] != -5 {
		t.Fatalf("times %v of %d steps", times, sol.Len())
	}
	for i := range sol.Len() {
		if h := times[i] - times[i+1]; !(h > 0 && h <= 0.05+1e-15) {
			t.Errorf("step of %v", h)
		}
	}
	if sol.Evaluations() != sol.Len()+1 {
		t.Errorf("%d evaluations in %d steps", sol.Evaluations(), sol.Len())
	}
}

func lorenz(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) {
	dst[0] = y[1].Sub(y[0]).Scale(10)
	dst[1] = y[0].Mul(y[2].Neg().AddConst(28)).Sub(y[1])
	dst[2] = y[0].Mul(y[1]).Sub(y[2].Scale(8. / 3))
}

func TestLorenz(t *testing.T) {
	y0 := []float64{1, 1, 1}
	there := solve(t, lorenz, y0, 0, 1, nil)
	back := solve(t, lorenz, there.Final(nil), 1, 0, nil)
	// Backwards the fastest direction grows by e^14.6.
	if d := distance(back.Final(nil), y0); !(d <= 1e-8) {
		t.Errorf("there and back: error %v", d)
	}
	// A smaller tolerance and another order agree.
	other := solve(t, lorenz, y0, 0, 1, &jet.ODESettings{Order: 30, RelTol: 1e-18})
	if d := distance(there.Final(nil), other.Final(nil)); !(d <= 1e-12) {
		t.Errorf("order 30: got %v, want %v", there.Final(nil), other.Final(nil))
	}
}

func TestODETolerance(t *testing.T) {
	for _, tol := range []float64{1e-3, 1e-6, 1e-9, 1e-12} {
		for _, order := range []int{0, 2, 8, 25} {
			if order == 2 && tol < 1e-6 {
				continue
			}
			sol := solve(t, problems[2].f, []float64{1, 0}, 0, 10, &jet.ODESettings{RelTol: tol, Order: order})
			d := distance(sol.Final(nil), problems[2].exact(10))
			if !(d <= float64(sol.Len())*tol) {
				t.Errorf("tolerance %v, order %d: error %v in %d steps", tol, sol.Order(), d, sol.Len())
			}
			if order == 0 {
				if want := int(math.Ceil(5 - math.Log(tol)/2)); sol.Order() != want {
					t.Errorf("tolerance %v: order %d, want %d", tol, sol.Order(), want)
				}
			}
		}
	}
	// An absolute tolerance makes small components cheap.
	tight := solve(t, problems[1].f, []float64{1}, 0, 500, nil)
	loose := solve(t, problems[1].f, []float64{1}, 0, 500, &jet.ODESettings{AbsTol: 1e-10})
	if !(loose.Len() < tight.Len()) || !(math.Abs(loose.Final(nil)[0]) < 1e-9) {
		t.Errorf("%d steps with an absolute tolerance, %d without, result %v", loose.Len(), tight.Len(), loose.Final(nil))
	}
}

// TestODEErrors checks that a solution comes with every error.
func TestODEErrors(t *testing.T) {
	square := func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0].Sqr() }
	nan := math.NaN()
	calls := 0
	for _, test := range []struct {
		name      string
		f         func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64)
		y0        []float64
		t0, t1    float64
		s         jet.ODESettings
		want      error
		lo, hi    float64 // where
		component int
	}{
		{"pole", square, []float64{1}, 0, 2, jet.ODESettings{}, jet.ErrODEStepTooSmall, 1 - 1e-13, 1, -1},
		{"pole at 0", square, []float64{1}, -1, 2, jet.ODESettings{}, jet.ErrODEStepTooSmall, -1e-13, 1e-13, -1},
		{"pole, large steps", square, []float64{1}, 0, 2, jet.ODESettings{MinStep: 1e-3}, jet.ErrODEStepTooSmall, 0.98, 1, -1},
		{"pole backwards", square, []float64{-1}, 0, -2, jet.ODESettings{}, jet.ErrODEStepTooSmall, -1, -1 + 1e-13, -1},
		{"NaN state", kepler[jet.Jet64], []float64{1, 0, nan, 0}, 1, 2, jet.ODESettings{}, jet.ErrODENonFinite, 1, 1, 2},
		{"infinite state", kepler[jet.Jet64], []float64{1, math.Inf(-1), nan, 0}, 1, 1, jet.ODESettings{}, jet.ErrODENonFinite, 1, 1, 1},
		{"collision", kepler[jet.Jet64], []float64{0, 0, 0, 1}, 1, 2, jet.ODESettings{}, jet.ErrODENonFinite, 1, 1, 2},
		{"NaN time", kepler[jet.Jet64], keplerStart(0), 1, nan, jet.ODESettings{}, jet.ErrODENonFinite, 1, 1, -1},
		{"infinite time", kepler[jet.Jet64], keplerStart(0), 1, math.Inf(1), jet.ODESettings{}, jet.ErrODENonFinite, 1, 1, -1},
		{"root", func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0] = t.Sqrt() }, []float64{0, 1}, 0, 1, jet.ODESettings{}, jet.ErrODENonFinite, 0, 0, 0},
		{"domain", func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) {
			dst[0] = y[0].Const(-1)
			if y[0].Value() < 0 {
				dst[0] = y[0].Sqrt()
			}
		}, []float64{1}, 0, 2, jet.ODESettings{}, jet.ErrODENonFinite, 1 - 1e-12, 1, 0},
		{"stiff", func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0] = t.Cos().Sub(y[0]).Scale(1e7) }, []float64{1}, 0, 10, jet.ODESettings{MaxSteps: 1000}, jet.ErrODETooManySteps, 1e-4, 1e-2, -1},
		{"sliding", func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) {
			dst[0] = y[0].Const(1)
			if y[0].Value() > 0 {
				dst[0] = y[0].Const(-1)
			}
		}, []float64{1}, 0, 2, jet.ODESettings{MaxSteps: 1000}, jet.ErrODETooManySteps, 0.99, 1.01, -1},
		{"stopped", kepler[jet.Jet64], keplerStart(0.6), 0, 100, jet.ODESettings{Stop: func() bool { calls++; return calls == 11 }}, jet.ErrODEStopped, 0.1, 10, -1},
	} {
		sol, err := jet.SolveODE(test.f, test.y0, test.t0, test.t1, &test.s)
		var e *jet.ODEError
		if !errors.Is(err, test.want) || !errors.As(err, &e) {
			t.Errorf("%s: got error %v, want %v", test.name, err, test.want)
			continue
		}
		if e.Component != test.component || !(test.lo <= e.T && e.T <= test.hi) {
			t.Errorf("%s: got %v, want component %d and t in [%v, %v]", test.name, err, test.component, test.lo, test.hi)
		}
		if sol == nil || sol.End() != e.T || sol.Len() == 0 && test.lo != test.hi {
			t.Errorf("%s: the solution is missing", test.name)
			continue
		}
		if mid := (test.t0 + e.T) / 2; sol.Len() > 0 && math.IsNaN(sol.At(nil, mid)[0]) {
			t.Errorf("%s: no solution at %v", test.name, mid)
		}
	}
	_, err := jet.SolveODE(square, []float64{1}, 0, 2, &jet.ODESettings{MinStep: 1e-3})
	if got, want := err.Error(), "jet: SolveODE: step too small at t = 0.99"; !strings.HasPrefix(got, want) || !strings.Contains(got, ", step 0.000") {
		t.Errorf("got %q, want %q…", got, want)
	}
}

func TestODESmall(t *testing.T) {
	calls := 0
	f := func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { calls++ }
	sol := solve(t, f, nil, 0, 5, nil)
	if sol.End() != 5 || len(sol.Final(nil)) != 0 || len(sol.At(nil, 2)) != 0 || calls == 0 {
		t.Errorf("dimension 0: end %v", sol.End())
	}
	calls = 0
	sol = solve(t, f, []float64{3}, 2, 2, nil)
	if sol.Len() != 0 || calls != 0 || sol.At(nil, 2)[0] != 3 || sol.Final(nil)[0] != 3 || len(sol.Times(nil)) != 1 || !math.IsNaN(sol.At(nil, 2.1)[0]) {
		t.Errorf("t1 = t0: %d steps, %d calls, %v", sol.Len(), calls, sol.Final(nil))
	}
	// What f leaves alone is constant.
	sol = solve(t, f, []float64{3, 4}, 2, 1e9, nil)
	if got := sol.At(nil, 77); sol.Len() != 1 || got[0] != 3 || got[1] != 4 {
		t.Errorf("constant: %d steps, %v", sol.Len(), got)
	}
}

// TestODEArguments checks that f may overwrite its arguments and use jets of
// other workspaces as constants.
func TestODEArguments(t *testing.T) {
	var w jet.Workspace[float64]
	two := w.New(2)
	sol := solve(t, func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) {
		v := y[0]
		y[0], y[1] = t, t
		dst[0] = two.Mul(v).Mul(jet.New(0.25)).Mul(two)
		dst[1] = dst[0]
	}, []float64{1, 1}, 0, 1, nil)
	if got := sol.Final(nil); math.Abs(got[0]-math.E) > 1e-15 || got[1] != got[0] {
		t.Errorf("got %v, want e", got)
	}
}

func TestODEPanics(t *testing.T) {
	f := func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0] }
	sol := solve(t, f, []float64{1}, 0, 1, nil)
	nan := math.NaN()
	for want, call := range map[string]func(){
		"jet: SolveODE: nil function":                     func() { jet.SolveODE(nil, nil, 0, 1, nil) },
		"jet: SolveODE: Order = 1, want at least 2":       func() { jet.SolveODE(f, nil, 0, 1, &jet.ODESettings{Order: 1}) },
		"jet: SolveODE: Order = -3 is negative or NaN":    func() { jet.SolveODE(f, nil, 0, 1, &jet.ODESettings{Order: -3}) },
		"jet: SolveODE: RelTol = NaN is negative or NaN":  func() { jet.SolveODE(f, nil, 0, 1, &jet.ODESettings{RelTol: nan}) },
		"jet: SolveODE: AbsTol = -1 is negative or NaN":   func() { jet.SolveODE(f, nil, 0, 1, &jet.ODESettings{AbsTol: -1}) },
		"jet: SolveODE: MaxSteps = -1 is negative or NaN": func() { jet.SolveODE(f, nil, 0, 1, &jet.ODESettings{MaxSteps: -1}) },
		"jet: SolveODE: Events[0] has a nil function":     func() { jet.SolveODE(f, nil, 0, 1, &jet.ODESettings{Events: make([]jet.ODEEvent, 1)}) },
		"jet: Final: len(dst) = 2, want the dimension 1":  func() { sol.Final(make([]float64, 2)) },
		"jet: At: len(dst) = 0, want the dimension 1":     func() { sol.At([]float64{}, 0) },
		"jet: DerivativeAt: order -1 is negative":         func() { sol.DerivativeAt(nil, 0, -1) },
		"jet: Times: len(dst) = 1, want 2":                func() { sol.Times(make([]float64, 1)) },
		"jet: Coeff: only the value is known inside the right-hand side of a differential equation": func() {
			jet.SolveODE(func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { y[0].Coeff(1) }, []float64{1}, 0, 1, nil)
		},
		"jet: a series of order 3 from outside in a right-hand side of order 24": func() {
			jet.SolveODE(func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0].Mul(jet.Variable(1.0, 3)) }, []float64{1}, 0, 1, nil)
		},
		"jet: dst[0] of a right-hand side has order 3, want 24": func() {
			jet.SolveODE(func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = jet.Variable(1.0, 3) }, []float64{1}, 0, 1, nil)
		},
	} {
		func() {
			defer func() {
				if got, _ := recover().(jet.Error); string(got) != want {
					t.Errorf("got panic %q, want %q", got, want)
				}
			}()
			call()
			t.Errorf("no panic %q", want)
		}()
	}
}

// TestODEAllocations checks that a step allocates nothing but what is kept.
func TestODEAllocations(t *testing.T) {
	allocs := func(periods float64, s jet.ODESettings) float64 {
		return testing.AllocsPerRun(3, func() { solve(t, kepler, keplerStart(0.6), 0, periods*2*math.Pi, &s) })
	}
	if a, b := allocs(2, jet.ODESettings{Discard: true}), allocs(20, jet.ODESettings{Discard: true}); a != b {
		t.Errorf("%v allocations for 2 periods, %v for 20", a, b)
	}
	// What is kept is appended to slices.
	if a, b := allocs(2, jet.ODESettings{}), allocs(20, jet.ODESettings{}); b > a+60 {
		t.Errorf("%v allocations for 2 periods, %v for 20", a, b)
	}
	event := jet.ODEEvent{G: func(_ jet.Jet64, y []jet.Jet64) jet.Jet64 { return y[0].Sqr().Add(y[1].Sqr()) }}
	s := jet.ODESettings{Discard: true, Events: []jet.ODEEvent{event}}
	if a, b := allocs(2, s), allocs(20, s); a != b {
		t.Errorf("with an event that never happens %v allocations for 2 periods, %v for 20", a, b)
	}
}

// TestODEPrograms integrates random functions, some of which jump, at two
// orders.
func TestODEPrograms(t *testing.T) {
	n := 0
	adtest.Programs(t, func(t *testing.T, p adtest.Program, x []float64) {
		if n++; n > 150 {
			return
		}
		f := func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) {
			v := adtest.Run(p, []jet.Jet64{y[0], y[1], t})
			dst[0] = v.Sin()
			dst[1] = y[0].Sub(y[1]).Add(v.Cos())
		}
		a, errA := jet.SolveODE(f, x[:2], 0, 1, nil)
		b, errB := jet.SolveODE(f, x[:2], 0, 1, &jet.ODESettings{Order: 30})
		if errA != nil || errB != nil {
			t.Errorf("errors %v, %v in\n%v", errA, errB, p)
			return
		}
		for _, at := range []float64{0.3, 1} {
			if d := distance(a.At(nil, at), b.At(nil, at)); !(d <= 1e-9) {
				t.Errorf("at %v: got %v of order %d, %v of order %d in\n%v", at, a.At(nil, at), a.Order(), b.At(nil, at), b.Order(), p)
			}
		}
	})
}
