package jet_test

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

func oscillator[T dual.Real[T]](dst []T, _ T, y []T) { dst[0], dst[1] = y[1], y[0].Neg() }

func first(_ jet.Jet64, y []jet.Jet64) jet.Jet64 { return y[0] }

// onTime is the function t-a of which the zero is known.
func onTime(a float64) func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 {
	return func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 { return t.AddConst(-a) }
}

func TestEventsOscillator(t *testing.T) {
	for _, t1 := range []float64{100, -100} {
		for _, direction := range []int{-1, 0, 1} {
			sol := solve(t, oscillator, []float64{1, 0}, 0, t1, &jet.ODESettings{
				Events: []jet.ODEEvent{{G: first, Direction: direction}},
			})
			i := 0
			for k := range 32 {
				rising := k%2 == 1
				if direction != 0 && rising != (direction > 0) {
					continue
				}
				want := math.Copysign((float64(k)+0.5)*math.Pi, t1)
				if i >= len(sol.Roots()) {
					t.Fatalf("%d events", len(sol.Roots()))
				}
				r := sol.Roots()[i]
				if i++; !(math.Abs(r.T-want) <= 1e-13) || r.Rising != rising || r.Event != 0 {
					t.Errorf("got %+v, want %v", r, want)
				}
				if !(math.Abs(r.Y[0]) <= 1e-15) || !(math.Abs(math.Abs(r.Y[1])-1) <= 1e-13) {
					t.Errorf("state %v", r.Y)
				}
			}
			if i != len(sol.Roots()) || sol.Terminated() {
				t.Errorf("%d events, want %d", len(sol.Roots()), i)
			}
		}
	}
}

// TestEventsInOneStep looks for many events in a single step.
func TestEventsInOneStep(t *testing.T) {
	still := func(dst []jet.Jet64, _ jet.Jet64, _ []jet.Jet64) {}
	many := func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 { return t.Scale(50).Sin() }
	const apart = 1e-3
	close2 := func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 { return t.AddConst(-2).Mul(t.AddConst(-2 - apart)) }
	touch := func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 { return t.AddConst(-3).Sqr().AddConst(1e-13) }
	triple := func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 { return t.AddConst(-4).PowInt(3) }
	pole := func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 { return t.AddConst(-5).Div(t.Sqr().AddConst(0.01)) }
	zero := func(t jet.Jet64, _ []jet.Jet64) jet.Jet64 { return t.Const(0) }
	sol := solve(t, still, []float64{1}, -1, 10, &jet.ODESettings{Events: []jet.ODEEvent{
		{G: many}, {G: close2}, {G: touch}, {G: triple}, {G: pole}, {G: zero},
	}})
	if sol.Len() != 1 {
		t.Errorf("%d steps, want 1", sol.Len())
	}
	got := make([][]float64, 6)
	last := math.Inf(-1)
	for _, r := range sol.Roots() {
		if r.T < last {
			t.Errorf("event at %v after %v", r.T, last)
		}
		last = r.T
		got[r.Event] = append(got[r.Event], r.T)
	}
	want := [][]float64{nil, {2, 2 + apart}, nil, {4}, {5}, nil}
	for k := -15; k <= 159; k++ {
		want[0] = append(want[0], float64(k)*math.Pi/50)
	}
	tol := []float64{1e-14, 1e-11, 0, 1e-4, 1e-14, 0}
	for i := range want {
		if len(got[i]) != len(want[i]) {
			t.Errorf("event %d: got %d, want %d: %v", i, len(got[i]), len(want[i]), got[i])
			continue
		}
		for j := range want[i] {
			if !(math.Abs(got[i][j]-want[i][j]) <= tol[i]*max(1, math.Abs(want[i][j]))) {
				t.Errorf("event %d: got %v, want %v", i, got[i][j], want[i][j])
			}
		}
	}
}

// TestEventsTerminal lets a ball bounce: each integration ends at the floor and
// the next one starts there.
func TestEventsTerminal(t *testing.T) {
	const gravity, restitution = 9.81, 0.8
	ball := func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0], dst[1] = y[1], t.Const(-gravity) }
	y, now := []float64{1, 0}, 0.0
	want := math.Sqrt(2 / gravity)
	speed := gravity * want
	for bounce := range 20 {
		sol := solve(t, ball, y, now, now+10, &jet.ODESettings{Events: []jet.ODEEvent{
			{G: first, Terminal: true},
			{G: onTime(now + 9)},
		}})
		if !sol.Terminated() || len(sol.Roots()) != 1 || sol.Roots()[0].Rising || sol.End() != sol.Roots()[0].T {
			t.Fatalf("bounce %d: %+v", bounce, sol.Roots())
		}
		y, now = sol.Final(nil), sol.End()
		if !(math.Abs(now-want) <= 1e-14*want) || !(math.Abs(y[0]) <= 1e-15) || !(math.Abs(y[1]+speed) <= 1e-13) {
			t.Errorf("bounce %d: at %v with %v, want %v and %v", bounce, now, y, want, -speed)
		}
		if !math.IsNaN(sol.At(nil, now+1e-6)[0]) {
			t.Error("the solution goes on after its end")
		}
		y[1] *= -restitution
		speed *= restitution
		want += 2 * speed / gravity
	}
}

// TestEventsPendulum checks events against the period of a pendulum of large
// amplitude, 4K(sin(a/2)).
func TestEventsPendulum(t *testing.T) {
	pendulum := func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0], dst[1] = y[1], y[0].Sin().Neg() }
	const amplitude = 3
	a, b := 1.0, math.Cos(amplitude/2.)
	for range 10 {
		a, b = (a+b)/2, math.Sqrt(a*b)
	}
	period := 2 * math.Pi / a
	sol := solve(t, pendulum, []float64{amplitude, 0}, 0, 10*period, &jet.ODESettings{
		Events: []jet.ODEEvent{{G: first}},
		RelTol: 1e-15,
	})
	if len(sol.Roots()) != 20 {
		t.Fatalf("%d events, want 20", len(sol.Roots()))
	}
	for i, r := range sol.Roots() {
		if want := (0.25 + 0.5*float64(i)) * period; !(math.Abs(r.T-want) <= 1e-11) {
			t.Errorf("event %d: got %v, want %v", i, r.T, want)
		}
	}
}

// TestEventsOnSteps puts events on the borders of steps and on the start.
func TestEventsOnSteps(t *testing.T) {
	for _, shift := range []float64{0, 1e-16, -1e-16, 3e-16, 1e-14, -1e-14} {
		var events []jet.ODEEvent
		for k := range 9 {
			events = append(events, jet.ODEEvent{G: onTime(0.25*float64(k) + shift)})
		}
		sol := solve(t, oscillator, []float64{1, 0}, 0, 2.1, &jet.ODESettings{Events: events, MaxStep: 0.25})
		if len(sol.Roots()) != 8 {
			t.Errorf("shift %v: %d events, want 8: %v", shift, len(sol.Roots()), sol.Roots())
			continue
		}
		for i, r := range sol.Roots() {
			if r.Event != i+1 || math.Abs(r.T-0.25*float64(i+1)) > 1e-13 {
				t.Errorf("shift %v: %+v", shift, r)
			}
		}
	}
	// A state on a zero, or off it by a rounding error, is no event.
	for _, y0 := range []float64{0, 1e-17, -1e-17} {
		sol := solve(t, oscillator, []float64{y0, 1}, 0, 4, &jet.ODESettings{Events: []jet.ODEEvent{{G: first}}})
		if len(sol.Roots()) != 1 || math.Abs(sol.Roots()[0].T-math.Pi) > 1e-14 {
			t.Errorf("from %v: %v", y0, sol.Roots())
		}
	}
}

// TestEventsDomain checks a G that is not defined everywhere.
func TestEventsDomain(t *testing.T) {
	g := func(t jet.Jet64, y []jet.Jet64) jet.Jet64 { return t.Log() }
	sol := solve(t, oscillator, []float64{1, 0}, -1, 2, &jet.ODESettings{Events: []jet.ODEEvent{{G: g}}})
	if len(sol.Roots()) != 1 || math.Abs(sol.Roots()[0].T-1) > 1e-13 {
		t.Errorf("got %v, want 1", sol.Roots())
	}
}

// TestEventsTogether checks events at the same time, which keep their order.
func TestEventsTogether(t *testing.T) {
	sol := solve(t, oscillator, []float64{1, 0}, 0, 2, &jet.ODESettings{Events: []jet.ODEEvent{
		{G: onTime(1)}, {G: onTime(1)}, {G: onTime(1), Terminal: true}, {G: onTime(1)},
	}})
	if len(sol.Roots()) != 3 || sol.Roots()[2].Event != 2 || !sol.Terminated() {
		t.Errorf("got %+v", sol.Roots())
	}
}
