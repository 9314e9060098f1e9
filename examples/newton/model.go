package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
)

// A coefficient of the model with its true value.
type coefficient struct {
	name  string
	truth float64
}

// coefficients are in the order of the vectors below. The counts y of a datum
// have the mean μ = exp(β₀ + β₁x₁ + … + β₄x₄) and the variance μ + αμ².
var coefficients = [...]coefficient{
	{"β₀", 1.2}, {"β₁", 0.8}, {"β₂", -0.5}, {"β₃", 0.3}, {"β₄", 0}, {"log α", -0.7},
}

const covariates = len(coefficients) - 2

func truth() []float64 {
	x := make([]float64, len(coefficients))
	for i, c := range coefficients {
		x[i] = c.truth
	}
	return x
}

// A datum is a count y at the covariates x.
type datum struct {
	x [covariates]float64
	y float64
}

// negLogLik returns the negative log-likelihood of the data, as a function that
// can be differentiated. The counts have the negative binomial distribution
//
//	Γ(y+r)/(Γ(r)·y!) · (r/(r+μ))^r · (μ/(r+μ))^y,  r = 1/α,
//
// of which the last factors are logistic functions of log μ - log r.
func negLogLik(data []datum) func(b []mixed.Var) mixed.Var {
	return func(b []mixed.Var) mixed.Var {
		beta, logR := b[:1+covariates], b[1+covariates].Neg()
		r := logR.Exp()
		norm := r.Lgamma()
		terms := make([]mixed.Var, len(data))
		for i, d := range data {
			logMean := dual.LinComb(d.x[:], beta[1:]).Add(beta[0])
			odds := logMean.Sub(logR)
			lgammaY, _ := math.Lgamma(d.y + 1)
			terms[i] = norm.Sub(r.AddConst(d.y).Lgamma()).AddConst(lgammaY).
				Add(r.Mul(odds.Softplus())).Add(odds.Neg().Softplus().Scale(d.y))
		}
		return dual.Sum(terms)
	}
}

// design returns n data without counts. The covariates are normal, but the
// second is 0 or 1 and the third correlated with the first.
func design(n int, rnd *rand.Rand) []datum {
	data := make([]datum, n)
	for i := range data {
		x := &data[i].x
		for j := range x {
			x[j] = rnd.NormFloat64()
		}
		x[1] = float64(i % 2)
		x[2] = 0.6*x[0] + 0.8*x[2]
	}
	return data
}

// mean returns μ of d.
func mean(b []float64, d datum) float64 {
	m := b[0]
	for j, x := range d.x {
		m += b[1+j] * x
	}
	return math.Exp(m)
}

// sample returns the data with new counts, drawn with the coefficients b: from
// Poisson's distribution with a mean that has the gamma distribution.
func sample(data []datum, b []float64, rnd *rand.Rand) []datum {
	r := math.Exp(-b[len(b)-1])
	drawn := make([]datum, len(data))
	for i, d := range data {
		rate := distuv.Gamma{Alpha: r, Beta: r / mean(b, d), Src: rnd}.Rand()
		d.y = distuv.Poisson{Lambda: rate, Src: rnd}.Rand()
		drawn[i] = d
	}
	return drawn
}
