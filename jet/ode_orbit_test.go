package jet_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"gonum.org/v1/gonum/mat"
)

// kepler is the motion around a unit mass at the origin.
func kepler[T dual.Real[T]](dst []T, _ T, y []T) {
	r2 := y[0].Sqr().Add(y[1].Sqr())
	w := r2.Mul(r2.Sqrt()).Inv()
	dst[0], dst[1] = y[2], y[3]
	dst[2], dst[3] = y[0].Mul(w).Neg(), y[1].Mul(w).Neg()
}

// keplerStart returns the state at the pericentre of an orbit with semi-major
// axis 1.
func keplerStart(e float64) []float64 {
	return []float64{1 - e, 0, 0, math.Sqrt((1 + e) / (1 - e))}
}

func keplerEnergy(y []float64) float64 {
	return (y[2]*y[2]+y[3]*y[3])/2 - 1/math.Hypot(y[0], y[1])
}

// The restricted three-body problem and its periodic orbit by Arenstorf, as in
// Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.0.
const (
	arenstorfMu     = 0.012277471
	arenstorfPeriod = 17.0652165601579625588917206249
	arenstorfSpeed  = -2.00158510637908252240537862224
)

func arenstorf[T dual.Real[T]](dst []T, _ T, y []T) {
	a := y[0].AddConst(arenstorfMu)
	b := y[0].AddConst(arenstorfMu - 1)
	y2 := y[1].Sqr()
	r1 := a.Sqr().Add(y2)
	r2 := b.Sqr().Add(y2)
	w1 := r1.Mul(r1.Sqrt()).Inv().Scale(1 - arenstorfMu)
	w2 := r2.Mul(r2.Sqrt()).Inv().Scale(arenstorfMu)
	dst[0], dst[1] = y[2], y[3]
	dst[2] = y[0].Add(y[3].Scale(2)).Sub(a.Mul(w1)).Sub(b.Mul(w2))
	dst[3] = y[1].Sub(y[2].Scale(2)).Sub(y[1].Mul(w1.Add(w2)))
}

func arenstorfStart() []float64 { return []float64{0.994, 0, 0, arenstorfSpeed} }

// jacobi is the Jacobi constant.
func jacobi(y []float64) float64 {
	r1 := math.Hypot(y[0]+arenstorfMu, y[1])
	r2 := math.Hypot(y[0]+arenstorfMu-1, y[1])
	return y[0]*y[0] + y[1]*y[1] + 2*(1-arenstorfMu)/r1 + 2*arenstorfMu/r2 - y[2]*y[2] - y[3]*y[3]
}

func distance(x, y []float64) float64 {
	d := 0.0
	for i := range x {
		d = math.Hypot(d, x[i]-y[i])
	}
	return d
}

// arenstorfMoon is arenstorf with the smaller body at the origin. A float64
// then resolves the close encounter, at which the orbit starts, 160 times as
// finely.
func arenstorfMoon[T dual.Real[T]](dst []T, _ T, y []T) {
	a := y[0].AddConst(1)
	y2 := y[1].Sqr()
	r1 := a.Sqr().Add(y2)
	r2 := y[0].Sqr().Add(y2)
	w1 := r1.Mul(r1.Sqrt()).Inv().Scale(1 - arenstorfMu)
	w2 := r2.Mul(r2.Sqrt()).Inv().Scale(arenstorfMu)
	dst[0], dst[1] = y[2], y[3]
	dst[2] = y[0].AddConst(1 - arenstorfMu).Add(y[3].Scale(2)).Sub(a.Mul(w1)).Sub(y[0].Mul(w2))
	dst[3] = y[1].Sub(y[2].Scale(2)).Sub(y[1].Mul(w1.Add(w2)))
}

// amplification returns the norm of the derivative of the final state for the
// initial one.
func amplification(t *testing.T, f func(dst []jet.Nested[dual.Number3], t jet.Nested[dual.Number3], y []jet.Nested[dual.Number3]), y0 []float64, t1 float64) float64 {
	t.Helper()
	sol, err := jet.SolveODESensitivity(func(dst []jet.Nested[dual.Number3], t jet.Nested[dual.Number3], y, _ []jet.Nested[dual.Number3]) {
		f(dst, t, y)
	}, y0, nil, 0, t1, nil)
	if err != nil {
		t.Fatal(err)
	}
	return mat.Norm(sol.InitialAt(nil, t1), 2)
}

// TestKepler follows an orbit over 100 periods. The closure error is what an
// error of one rounding at the start would grow to.
func TestKepler(t *testing.T) {
	const t1 = 200 * math.Pi
	y0 := keplerStart(0.6)
	sol := solve(t, kepler, y0, 0, t1, nil)
	worst := 0.0
	y := make([]float64, 4)
	for _, s := range sol.Times(nil) {
		sol.At(y, s)
		worst = max(worst, math.Abs(keplerEnergy(y)+0.5)/0.5)
	}
	closure := distance(sol.Final(nil), y0)
	amp := amplification(t, kepler, y0, t1)
	t.Logf("%d steps of order %d, energy error %.1e, closure error %.1e, amplification %.1e",
		sol.Len(), sol.Order(), worst, closure, amp)
	if !(worst <= 2e-14) {
		t.Errorf("energy error: got %v, want at most 2e-14", worst)
	}
	if !(closure <= 10*0x1p-52*amp) {
		t.Errorf("closure error: got %v, want at most 10 roundings × %v", closure, amp)
	}
	// Once more, from the end back to the start.
	back := solve(t, kepler, sol.Final(nil), t1, 0, nil)
	if d := distance(back.Final(nil), y0); !(d <= 10*0x1p-52*amp) {
		t.Errorf("there and back: error %v", d)
	}
}

// TestArenstorf follows the orbit once. Its initial state is given to 30 digits,
// and with those it closes to 6e-27, as a computation with 40 digits shows. The
// derivative of the final state for the initial one has the norm 2.4e6: the
// rounding of 0.994, of the speed and of the constants to float64 alone opens
// the orbit by 1.5e-11, and one rounding of x in the barycentric frame by up to
// 1.3e-10. Around the moon one of the distance, by half a unit in the last place
// of 0.0063, counts for 1e-12, and so the closure error is between 8e-13 and
// 5e-12, whatever order and tolerance.
func TestArenstorf(t *testing.T) {
	y0 := arenstorfStart()
	amp := amplification(t, arenstorf, y0, arenstorfPeriod)
	if !(amp > 2.4e6 && amp < 2.45e6) {
		t.Errorf("amplification: got %v, want 2.41e6", amp)
	}
	sol := solve(t, arenstorf, y0, 0, arenstorfPeriod, nil)
	worst := 0.0
	y := make([]float64, 4)
	for _, s := range sol.Times(nil) {
		sol.At(y, s)
		worst = max(worst, math.Abs(jacobi(y)-jacobi(y0)))
	}
	worst /= math.Abs(jacobi(y0))
	closure := distance(sol.Final(y), y0)
	moon0 := []float64{0.006277471, 0, 0, arenstorfSpeed}
	best, moonClosure := math.Inf(1), 0.0
	for order := 16; order <= 30; order += 2 {
		moon := solve(t, arenstorfMoon, moon0, 0, arenstorfPeriod, &jet.ODESettings{Order: order})
		d := distance(moon.Final(nil), moon0)
		best, moonClosure = min(best, d), max(moonClosure, d)
	}
	t.Logf("%d steps of order %d, error of the Jacobi constant %.1e, closure error %.1e, around the moon %.1e to %.1e, amplification %.1e",
		sol.Len(), sol.Order(), worst, closure, best, moonClosure, amp)
	if !(worst <= 1e-12) {
		t.Errorf("error of the Jacobi constant: got %v, want at most 1e-12", worst)
	}
	if !(closure <= 0x1p-53*amp) {
		t.Errorf("closure error: got %v, want at most half a rounding of 0.994 × %v", closure, amp)
	}
	if !(moonClosure <= 1e-11) {
		t.Errorf("closure error around the moon: got %v, want at most 1e-11", moonClosure)
	}
}

// An orbit is a problem for benchmarks, in jets and in float64.
type orbit struct {
	name  string
	jets  func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64)
	plain func(dst []float64, t float64, y []float64)
	y0    []float64
	t1    float64
	want  []float64
}

var orbits = []orbit{
	{"Kepler", kepler[jet.Jet64], plainKepler, keplerStart(0.6), 20 * math.Pi, keplerStart(0.6)},
	{"Arenstorf", arenstorf[jet.Jet64], plainArenstorf, arenstorfStart(), arenstorfPeriod, arenstorfStart()},
}

func plainKepler(dst []float64, _ float64, y []float64) {
	r2 := y[0]*y[0] + y[1]*y[1]
	w := 1 / (r2 * math.Sqrt(r2))
	dst[0], dst[1], dst[2], dst[3] = y[2], y[3], -y[0]*w, -y[1]*w
}

func plainArenstorf(dst []float64, _ float64, y []float64) {
	a, b := y[0]+arenstorfMu, y[0]+(arenstorfMu-1)
	r1, r2 := a*a+y[1]*y[1], b*b+y[1]*y[1]
	w1, w2 := (1-arenstorfMu)/(r1*math.Sqrt(r1)), arenstorfMu/(r2*math.Sqrt(r2))
	dst[0], dst[1] = y[2], y[3]
	dst[2] = y[0] + 2*y[3] - a*w1 - b*w2
	dst[3] = y[1] - 2*y[2] - y[1]*(w1+w2)
}

// A run is what a method did for a tolerance.
type run struct {
	tol              float64
	steps, evaluated int
	err              float64
}

func (o orbit) taylor(tol float64) run {
	sol, err := jet.SolveODE(o.jets, o.y0, 0, o.t1, &jet.ODESettings{RelTol: tol, Discard: true})
	if err != nil {
		return run{tol: tol, err: math.Inf(1)}
	}
	return run{tol, sol.Len(), sol.Evaluations(), distance(sol.Final(nil), o.want)}
}

func (o orbit) dormandPrince(tol float64) run {
	y := append([]float64(nil), o.y0...)
	steps, evaluated := dormandPrince(o.plain, y, 0, o.t1, tol)
	return run{tol, steps, evaluated, distance(y, o.want)}
}

// coarsest returns the run of the largest tolerance that yields an error of at
// most want, also at the next smaller one.
func coarsest(method func(tol float64) run, want float64) (run, bool) {
	var last run
	for e := 2.0; e <= 15; e += 0.25 {
		r := method(math.Pow(10, -e))
		if r.err <= want && last.err <= want && last.steps > 0 {
			return last, true
		}
		last = r
	}
	return last, false
}

// BenchmarkODE compares Taylor series with the method of Dormand and Prince,
// both with the tolerance that just yields the given error. The metric digits is
// -log₁₀ of the distance from the exact state at the end.
func BenchmarkODE(b *testing.B) {
	for _, o := range orbits {
		for _, want := range []float64{1e-3, 1e-6, 1e-9, 1e-10} {
			for _, m := range []struct {
				name string
				run  func(tol float64) run
			}{{"Taylor", o.taylor}, {"DormandPrince", o.dormandPrince}} {
				b.Run(fmt.Sprintf("%s/error=%.0e/%s", o.name, want, m.name), func(b *testing.B) {
					r, ok := coarsest(m.run, want)
					if !ok {
						b.Skipf("error %.1e at a tolerance of %.0e", r.err, r.tol)
					}
					b.ReportAllocs()
					for b.Loop() {
						m.run(r.tol)
					}
					b.ReportMetric(float64(r.steps), "steps")
					b.ReportMetric(float64(r.evaluated), "evaluations")
					b.ReportMetric(-math.Log10(r.err), "digits")
				})
			}
		}
	}
}

// TestDormandPrince checks that Taylor series take a small part of the steps and
// evaluations at the same error.
func TestDormandPrince(t *testing.T) {
	for _, o := range orbits {
		for _, want := range []float64{1e-3, 1e-6, 1e-9} {
			if testing.Short() && want < 1e-6 {
				continue
			}
			a, ok := coarsest(o.taylor, want)
			if !ok {
				t.Errorf("%s: no tolerance yields an error of %v", o.name, want)
				continue
			}
			b, ok := coarsest(o.dormandPrince, want)
			t.Logf("%s, error %.0e: Taylor %d steps, %d evaluations, error %.1e; Dormand-Prince %d steps, %d evaluations, error %.1e, %v",
				o.name, want, a.steps, a.evaluated, a.err, b.steps, b.evaluated, b.err, ok)
			if ok && !(2*a.evaluated < b.evaluated) {
				t.Errorf("%s: %d evaluations of the series, %d of Dormand-Prince", o.name, a.evaluated, b.evaluated)
			}
		}
	}
}
