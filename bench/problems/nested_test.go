package problems

import (
	"math"
	"testing"
)

var nestings = []Nesting{FF, FR, RF, RR}

func TestParticle(t *testing.T) {
	for _, w := range []float64{0, -0.3, 0.2, 1} {
		want := ParticleDerivative(w)
		const h = 1e-4
		diff := (8*(Particle(w+h)-Particle(w-h)) - (Particle(w+2*h) - Particle(w-2*h))) / (12 * h)
		near(t, "by differences", []float64{diff}, []float64{want}, 1e-4) // a sensitive path
		for _, n := range nestings {
			f := NewParticle(n)
			near(t, n.String()+" value", []float64{f.Value([]float64{w})}, []float64{Particle(w)}, 1e-12)
			near(t, n.String()+" derivative", f.Gradient(nil, []float64{w}), []float64{want}, 1e-10)
		}
	}
}

// TestParticleControl checks against the number that GradBench expects.
func TestParticleControl(t *testing.T) {
	for _, n := range nestings {
		w := NewParticle(n).Minimize([]float64{0})[0]
		near(t, n.String()+" minimum", []float64{w}, []float64{0.2071918746486116}, 1e-12)
	}
}

func TestParticleLost(t *testing.T) {
	// A charge at (10, 5) turns the particle upwards for good.
	if v := Particle(5); !math.IsNaN(v) {
		t.Errorf("value %v, want NaN", v)
	}
	if v := NewParticle(FF).Value([]float64{5}); !math.IsNaN(v) {
		t.Errorf("value %v, want NaN", v)
	}
}

func TestSaddle(t *testing.T) {
	start := [2]float64{1, 1}
	p := []float64{0.7, -0.4}
	want := SaddleGradient(nil, p)
	if v := Saddle(p, start); math.Abs(v-0.65) > 1e-8 {
		t.Errorf("max = %v, want |p|² = 0.65", v)
	}
	for _, n := range nestings {
		f := NewSaddle(n, start)
		near(t, n.String()+" value", []float64{f.Value(p)}, []float64{Saddle(p, start)}, 1e-14)
		near(t, n.String()+" gradient", f.Gradient(nil, p), want, 1e-14)
		// The number that GradBench expects, four times.
		a, b := SaddlePoint(n, start)
		x := 8.246324826140356e-06
		near(t, n.String()+" saddle", append(a[:], b[:]...), []float64{x, x, x, x}, 1e-12)
	}
}

func TestNestedPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"Nesting":         func() { _ = Nesting(4).String() },
		"NewParticle":     func() { NewParticle(-1) },
		"NewSaddle":       func() { NewSaddle(7, [2]float64{}) },
		"Saddle":          func() { Saddle(nil, [2]float64{}) },
		"SaddleGradient":  func() { SaddleGradient(nil, nil) },
		"Nested.Gradient": func() { NewParticle(FF).Gradient(make([]float64, 2), make([]float64, 1)) },
	} {
		panicsWith(t, name, f)
	}
	// A function without a minimum ends too.
	f := &Nested{float: NewParticle(FF).float, forward: NewParticle(FF).forward}
	if w := f.Minimize([]float64{math.NaN()}); !math.IsNaN(w[0]) {
		t.Errorf("minimum of NaN at %v", w)
	}
}
