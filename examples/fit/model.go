package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/dualjet/dualjet/dual"
)

// A parameter of the model. Those that must be positive are fitted as their
// logarithm, so that the optimizer needs no bounds.
type parameter struct {
	name, unit   string
	truth, guess float64 // the fit starts from the guess, made by eye
	positive     bool
}

// parameters are in the order of the vectors below. Student's t-distribution
// has all of them, the normal distribution has no ν.
var parameters = [...]parameter{
	{"a", "mm", 3, 2, true},
	{"τ", "s", 4, 2, true},
	{"ω", "rad/s", 2.5, 2.2, true},
	{"φ", "rad", 0.6, 0, false},
	{"c", "mm", 1, 0, false},
	{"σ", "mm", 0.25, 1, true},
	{"ν", "", 1.5, 5, true},
}

// free returns what the optimizer varies in place of the value v.
func (p parameter) free(v float64) float64 {
	if p.positive {
		return math.Log(v)
	}
	return v
}

// natural undoes free. The slope is the derivative of the result.
func (p parameter) natural(x float64) (v, slope float64) {
	if p.positive {
		v = math.Exp(x)
		return v, v
	}
	return x, 1
}

// start returns the point from which a fit of the first n parameters starts.
func start(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = parameters[i].free(parameters[i].guess)
	}
	return x
}

// curve is the damped oscillation a·exp(-t/τ)·cos(ωt+φ) + c.
func curve[T dual.Real[T]](x []T, t float64) T {
	a, tau, omega, phi, c := x[0].Exp(), x[1].Exp(), x[2].Exp(), x[3], x[4]
	decay := tau.Inv().Scale(-t).Exp()
	return a.Mul(decay).Mul(omega.Scale(t).Add(phi).Cos()).Add(c)
}

// A datum is a displacement y, in mm, at the time t, in s.
type datum struct{ t, y float64 }

// student is the negative log-likelihood of one datum whose noise has Student's
// t-distribution with the scale σ and ν degrees of freedom.
func student[T dual.Real[T]](x []T, d datum) T {
	logSigma, nu := x[5], x[6].Exp()
	z := curve(x, d.t).AddConst(-d.y).Div(logSigma.Exp())
	half := nu.AddConst(1).Scale(0.5)
	tail := half.Mul(z.Sqr().Div(nu).Log1p())
	norm := nu.Scale(0.5).Lgamma().Sub(half.Lgamma()).Add(nu.Scale(math.Pi).Log().Scale(0.5))
	return tail.Add(norm).Add(logSigma)
}

// gaussian is that of one datum whose noise is normal with the standard
// deviation σ. Its minimum is the least-squares fit.
func gaussian[T dual.Real[T]](x []T, d datum) T {
	logSigma := x[5]
	z := curve(x, d.t).AddConst(-d.y).Div(logSigma.Exp())
	return z.Sqr().Scale(0.5).Add(logSigma).AddConst(0.5 * math.Log(2*math.Pi))
}

// negLogLik is the sum of term, one of the two above, over the data.
func negLogLik[T dual.Real[T]](term func(x []T, d datum) T, x []T, data []datum) T {
	var s T
	for _, d := range data {
		s = s.Add(term(x, d))
	}
	return s
}

// tMax is the time of the last datum.
const tMax = 12

// truth returns the true curve at t.
func truth(t float64) float64 {
	x := make([]float64, len(parameters))
	for i, p := range parameters {
		x[i] = p.free(p.truth)
	}
	return curve(floatsOf(x), t).Value()
}

// synthesize returns n data of the true curve, evenly spaced in [0, tMax], with
// noise. At 1.5 degrees of freedom its variance is infinite: outliers need no
// adding.
func synthesize(n int, seed uint64) []datum {
	noise := distuv.StudentsT{
		Sigma: parameters[5].truth,
		Nu:    parameters[6].truth,
		Src:   rand.NewPCG(seed, 0),
	}
	data := make([]datum, n)
	for i := range data {
		t := tMax * float64(i) / float64(n-1)
		data[i] = datum{t, truth(t) + noise.Rand()}
	}
	return data
}
