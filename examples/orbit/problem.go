package main

import (
	"math"

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

func plainKepler(dst, y []float64) {
	r2 := y[0]*y[0] + y[1]*y[1]
	w := 1 / (r2 * math.Sqrt(r2))
	dst[0], dst[1], dst[2], dst[3] = y[2], y[3], -y[0]*w, -y[1]*w
}

func keplerEnergy(y []float64) float64 {
	return (y[2]*y[2]+y[3]*y[3])/2 - 1/math.Hypot(y[0], y[1])
}

// keplerExact returns the position at time t on the orbit of eccentricity e and
// semi-major axis 1 that starts at the pericentre.
func keplerExact(e, t float64) (x, y float64) {
	m := math.Remainder(t, 2*math.Pi)
	a := m + e*math.Sin(m) // the eccentric anomaly
	for range 50 {
		s, c := math.Sincos(a)
		d := (a - e*s - m) / (1 - e*c)
		if a -= d; math.Abs(d) < 1e-16 {
			break
		}
	}
	s, c := math.Sincos(a)
	return c - e, math.Sqrt((1-e)*(1+e)) * s
}

// The restricted three-body problem: a satellite in the plane of Earth and moon,
// which rest in the rotating frame, and its periodic orbit by Arenstorf (Hairer,
// Nørsett and Wanner, Solving Ordinary Differential Equations I, II.0). The
// origin is the moon, next to which the orbit starts, so that a float64 resolves
// the encounter.
const (
	moonMass        = 0.012277471
	arenstorfPeriod = 17.0652165601579625588917206249
	arenstorfSpeed  = -2.00158510637908252240537862224
	arenstorfStart  = 0.006277471
)

func arenstorf[T dual.Real[T]](dst []T, _ T, y []T) {
	a := y[0].AddConst(1)
	y2 := y[1].Sqr()
	r1 := a.Sqr().Add(y2)
	r2 := y[0].Sqr().Add(y2)
	w1 := r1.Mul(r1.Sqrt()).Inv().Scale(1 - moonMass)
	w2 := r2.Mul(r2.Sqrt()).Inv().Scale(moonMass)
	dst[0], dst[1] = y[2], y[3]
	dst[2] = y[0].AddConst(1 - moonMass).Add(y[3].Scale(2)).Sub(a.Mul(w1)).Sub(y[0].Mul(w2))
	dst[3] = y[1].Sub(y[2].Scale(2)).Sub(y[1].Mul(w1.Add(w2)))
}

func plainArenstorf(dst, y []float64) {
	a := y[0] + 1
	y2 := y[1] * y[1]
	r1, r2 := a*a+y2, y[0]*y[0]+y2
	w1, w2 := (1-moonMass)/(r1*math.Sqrt(r1)), moonMass/(r2*math.Sqrt(r2))
	dst[0], dst[1] = y[2], y[3]
	dst[2] = y[0] + (1 - moonMass) + 2*y[3] - a*w1 - y[0]*w2
	dst[3] = y[1] - 2*y[2] - y[1]*(w1+w2)
}

// jacobi is the Jacobi constant, the energy in the rotating frame.
func jacobi(y []float64) float64 {
	x := y[0] + (1 - moonMass)
	return x*x + y[1]*y[1] + 2*(1-moonMass)/math.Hypot(y[0]+1, y[1]) + 2*moonMass/math.Hypot(y[0], y[1]) -
		y[2]*y[2] - y[3]*y[3]
}

// An orbit is a closed one, to be followed from time 0 to end.
type orbit struct {
	name       string
	jets       func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64)
	duals      func(dst []jet.Nested[dual.Number3], t jet.Nested[dual.Number3], y []jet.Nested[dual.Number3])
	plain      func(dst, y []float64)
	start      []float64
	period     float64
	end        float64
	invariant  func(y []float64) float64
	energyName string
}

func keplerOrbit(e float64, periods int) orbit {
	return orbit{
		name: "Kepler", jets: kepler[jet.Jet64], duals: kepler[jet.Nested[dual.Number3]], plain: plainKepler,
		start:  []float64{1 - e, 0, 0, math.Sqrt((1 + e) / (1 - e))},
		period: 2 * math.Pi, end: 2 * math.Pi * float64(periods),
		invariant: keplerEnergy, energyName: "energy",
	}
}

func arenstorfOrbit() orbit {
	return orbit{
		name: "Arenstorf", jets: arenstorf[jet.Jet64], duals: arenstorf[jet.Nested[dual.Number3]], plain: plainArenstorf,
		start:  []float64{arenstorfStart, 0, 0, arenstorfSpeed},
		period: arenstorfPeriod, end: arenstorfPeriod,
		invariant: jacobi, energyName: "Jacobi",
	}
}

// A result is what a method made of an orbit.
type result struct {
	tol                float64
	order              int
	steps, evaluations int
	closure            float64 // distance of the final state from the start
	energy             float64 // largest relative error of the invariant
}

// observe is called with the state at the end of every step.
type observe func(t float64, y []float64)

// measure returns an observer for the invariant of o that feeds next, which may
// be nil.
func (o orbit) measure(r *result, next observe) observe {
	want := o.invariant(o.start)
	return func(t float64, y []float64) {
		r.energy = max(r.energy, math.Abs((o.invariant(y)-want)/want))
		if next != nil {
			next(t, y)
		}
	}
}

func distance(x, y []float64) float64 {
	d := 0.0
	for i := range x {
		d = math.Hypot(d, x[i]-y[i])
	}
	return d
}

// taylor follows o by Taylor series.
func (o orbit) taylor(tol float64, stop func() bool, next observe) (result, error) {
	sol, err := jet.SolveODE(o.jets, o.start, 0, o.end, &jet.ODESettings{RelTol: tol, Stop: stop})
	if err != nil {
		return result{}, err
	}
	r := result{tol: tol, order: sol.Order(), steps: sol.Len(), evaluations: sol.Evaluations()}
	see := o.measure(&r, next)
	y := make([]float64, len(o.start))
	for _, t := range sol.Times(nil) {
		see(t, sol.At(y, t))
	}
	r.closure = distance(sol.Final(y), o.start)
	return r, nil
}

// rungeKutta follows o by the method of Dormand and Prince.
func (o orbit) rungeKutta(tol float64, stop func() bool, next observe) (result, error) {
	r := result{tol: tol, order: 5}
	y := append([]float64(nil), o.start...)
	var err error
	r.steps, r.evaluations, err = dormandPrince(o.plain, y, o.end, tol, stop, o.measure(&r, next))
	r.closure = distance(y, o.start)
	return r, err
}

// amplification returns by how much an error of the start can have grown at the
// end: the norm of the derivative of the one state for the other.
func (o orbit) amplification(stop func() bool) (float64, error) {
	f := func(dst []jet.Nested[dual.Number3], t jet.Nested[dual.Number3], y, _ []jet.Nested[dual.Number3]) {
		o.duals(dst, t, y)
	}
	sol, err := jet.SolveODESensitivity(f, o.start, nil, 0, o.end, &jet.ODESettings{Discard: true, Stop: stop})
	if err != nil {
		return 0, err
	}
	return mat.Norm(sol.InitialAt(nil, o.end), 2), nil
}
