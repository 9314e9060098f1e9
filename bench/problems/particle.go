package problems

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
)

// A particle flies from (0, 8) with velocity (¾, 0) in the field of two charges at
// (10, 10-w) and (10, 0), whose potential is Σ 1/|x-q|. It goes by Euler's method
// with steps of 0.1 until it is below 0, and then back along its velocity to 0. The
// objective is the square of the abscissa where it lands; the problem of Pearlmutter
// and Siskind that GradBench calls particle is to find the w that makes it least.
const (
	particleStep  = 0.1
	particleLimit = 100_000 // of steps, for a particle that never lands
)

// Particle returns the objective at w, or NaN if the particle does not land.
func Particle(w float64) float64 {
	y, _ := particle(w)
	return y
}

// ParticleDerivative returns the derivative of [Particle] at w, by the variational
// equations of the path.
func ParticleDerivative(w float64) float64 {
	_, dy := particle(w)
	return dy
}

func particle(w float64) (y, dy float64) {
	x, v := [2]float64{0, 8}, [2]float64{0.75, 0}
	var dx, dv [2]float64
	for range particleLimit {
		a, da := particleForce(x, dx, w)
		for i := range x {
			x[i] += particleStep * v[i]
			dx[i] += particleStep * dv[i]
		}
		if x[1] <= 0 {
			t := -x[1] / v[1]
			dt := -(dx[1] + t*dv[1]) / v[1]
			land := x[0] + t*v[0]
			return land * land, 2 * land * (dx[0] + dt*v[0] + t*dv[0])
		}
		for i := range v {
			v[i] += particleStep * a[i]
			dv[i] += particleStep * da[i]
		}
	}
	return math.NaN(), math.NaN()
}

// particleForce returns Σ (x-q)/|x-q|³ and its derivative by w, of which x has the
// derivative dx.
func particleForce(x, dx [2]float64, w float64) (a, da [2]float64) {
	for k, q := range [2][2]float64{{10, 10 - w}, {10, 0}} {
		u := [2]float64{x[0] - q[0], x[1] - q[1]}
		du := dx
		if k == 0 {
			du[1]++
		}
		r2 := u[0]*u[0] + u[1]*u[1]
		c := 1 / (r2 * math.Sqrt(r2))
		d := 3 * (u[0]*du[0] + u[1]*du[1]) / r2
		for i := range a {
			a[i] += c * u[i]
			da[i] += c * (du[i] - d*u[i])
		}
	}
	return a, da
}

// ParticlePotential returns the potential at x, for c = (w).
func ParticlePotential[T dual.Real[T]](x, c []T) T {
	u := x[0].AddConst(-10).Sqr()
	near := u.Add(x[1].Add(c[0]).AddConst(-10).Sqr())
	far := u.Add(x[1].Sqr())
	return near.Sqrt().Inv().Add(far.Sqrt().Inv())
}

// ParticleValue is [Particle] for any number type, with the gradient of
// [ParticlePotential] by inner.
func ParticleValue[T dual.Real[T]](w T, inner Inner[T]) T {
	x, v := []T{w.Const(0), w.Const(8)}, []T{w.Const(0.75), w.Const(0)}
	g, c := make([]T, 2), []T{w}
	for range particleLimit {
		inner(g, x, c)
		for i := range x {
			x[i] = x[i].Add(v[i].Scale(particleStep))
		}
		if x[1].Value() <= 0 {
			t := x[1].Div(v[1]).Neg()
			return x[0].Add(t.Mul(v[0])).Sqr()
		}
		for i := range v {
			v[i] = v[i].Sub(g[i].Scale(particleStep))
		}
	}
	return w.Const(math.NaN())
}

// NewParticle returns [Particle] as a function of (w) with the modes of n.
func NewParticle(n Nesting) *Nested {
	f := new(Nested)
	if n == FF || n == RF {
		f.float = particleWith(InnerForward(ParticlePotential[dual.Nested[dual.Float]]))
	} else {
		f.float = particleWith(InnerReverseFloat(2, ParticlePotential[mixed.Var]))
	}
	switch n {
	case FF:
		f.forward = particleWith(InnerForward(ParticlePotential[dual.Nested[dual.Number64]]))
	case FR:
		f.forward = particleWith(InnerReverse(2, ParticlePotential[mixed.Var]))
	case RF:
		f.reverse = particleWith(InnerForward(ParticlePotential[dual.Nested[reverse.Var]]))
	case RR:
		f.reverse = particleWith(InnerReverseVar(2, ParticlePotential[mixed.Var]))
	default:
		fail("NewParticle: Nesting = %d, want FF, FR, RF or RR", int(n))
	}
	return f
}

func particleWith[T dual.Real[T]](inner Inner[T]) func(x []T) T {
	return func(x []T) T { return ParticleValue(x[0], inner) }
}
