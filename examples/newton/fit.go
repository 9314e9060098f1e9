package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/examples/internal/command"
	"github.com/dualjet/dualjet/hessian"
)

// A fit is what a method made of the negative log-likelihood.
type fit struct {
	x        []float64
	value    float64
	gradient float64 // largest component at x

	iterations                  int
	values, gradients, hessians int // evaluations
	products                    int // of the Hessian with a vector
	time                        time.Duration
}

// A method is one of gonum's or of package hessian.
type method struct {
	name string
	new  func(p *hessian.Program) optimize.Method
}

var (
	bfgs   = method{"BFGS", func(*hessian.Program) optimize.Method { return &optimize.BFGS{} }}
	newton = method{"Newton", func(*hessian.Program) optimize.Method {
		// Steps of Newton's method are as long as they should be from the start.
		return &optimize.Newton{Linesearcher: &optimize.Backtracking{}}
	}}
	trustRegion = method{"TrustRegion", func(p *hessian.Program) optimize.Method { return &hessian.TrustRegion{HVP: p.HVP} }}
	newtonCG    = method{"NewtonCG", func(p *hessian.Program) optimize.Method { return &hessian.NewtonCG{HVP: p.HVP} }}
)

// methods are in the order of the table.
var methods = []method{bfgs, newton, trustRegion, newtonCG}

// minimize runs a method from x until no component of the gradient is greater
// than tol.
func (m method) minimize(p *hessian.Program, x []float64, tol float64) (fit, error) {
	opt := m.new(p)
	settings := &optimize.Settings{GradientThreshold: tol, Converger: optimize.NeverTerminate{}, MajorIterations: 200}
	start := time.Now()
	res, err := optimize.Minimize(p.Problem(), x, settings, opt)
	if err == nil {
		err = res.Status.Err()
	}
	if err != nil {
		return fit{}, err
	}
	f := fit{
		x: res.X, value: res.F, time: time.Since(start),
		iterations: res.MajorIterations, values: res.FuncEvaluations, gradients: res.GradEvaluations, hessians: res.HessEvaluations,
	}
	if c, ok := opt.(interface{ Stats() hessian.MethodStats }); ok {
		f.products = c.Stats().Products
	}
	q := p.At(f.x)
	defer q.Close()
	f.gradient = floats.Norm(q.Gradient(nil), math.Inf(1))
	return f, nil
}

// standardErrors returns those of the estimates x: the roots of the diagonal of
// the inverse Hessian.
func standardErrors(p *hessian.Program, x []float64) ([]float64, error) {
	q := p.At(x)
	defer q.Close()
	var f hessian.LDL
	if err := f.FactorizePositive(q.Sparse(nil)); err != nil {
		return nil, fmt.Errorf("no maximum of the likelihood: %w", err)
	}
	se := f.InvDiag(nil)
	for i, v := range se {
		se[i] = math.Sqrt(v)
	}
	return se, nil
}

// bootstrap fits so many samples that are drawn with the coefficients x, by
// NewtonCG from x. It returns the standard deviation of each estimate.
func bootstrap(data []datum, x []float64, samples int, rnd *rand.Rand, stop func() bool, see func(done int)) ([]float64, error) {
	sum, squares := make([]float64, len(x)), make([]float64, len(x))
	for i := range samples {
		if stop() {
			return nil, command.ErrInterrupted
		}
		see(i)
		p := hessian.Compile(negLogLik(sample(data, x, rnd)), x)
		f, err := newtonCG.minimize(p, x, tolerance*float64(len(data)))
		if err != nil {
			return nil, fmt.Errorf("sample %d: %w", i, err)
		}
		for j := range x {
			d := f.x[j] - x[j]
			sum[j] += d
			squares[j] += d * d
		}
	}
	n := float64(samples)
	for j, s := range sum {
		squares[j] = math.Sqrt((squares[j] - s*s/n) / (n - 1))
	}
	return squares, nil
}
