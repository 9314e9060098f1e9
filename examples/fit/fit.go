package main

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// A likelihood is one source function in the number types that a fit needs:
// plain ones for values, tape variables for gradients and hyperdual numbers for
// Hessians.
type likelihood struct {
	dim   int
	plain func([]dual.Float, datum) dual.Float
	back  func([]reverse.Var, datum) reverse.Var
	hyper func([]dual.Hyper, datum) dual.Hyper
}

var (
	studentLikelihood  = likelihood{7, student[dual.Float], student[reverse.Var], student[dual.Hyper]}
	gaussianLikelihood = likelihood{6, gaussian[dual.Float], gaussian[reverse.Var], gaussian[dual.Hyper]}
)

// An objective is the negative log-likelihood of data with its gradient. The
// optimizer asks for the two one after the other at the same x; both come from
// one evaluation, which is kept.
type objective struct {
	likelihood
	data    []datum
	workers int

	x, grad     []float64 // nil before the first evaluation
	value       float64
	evaluations int
}

// evaluate makes value and grad those at x. The terms of the sum are recorded
// and differentiated one by one: the tape is never longer than one of them.
func (o *objective) evaluate(x []float64) {
	if o.x != nil && slices.Equal(o.x, x) {
		return
	}
	o.x = append(o.x[:0], x...)
	term := func(i int, x []reverse.Var) reverse.Var { return o.back(x, o.data[i]) }
	o.value, o.grad = reverse.ValueAndGradientSum(o.grad, len(o.data), term, x, reverse.Workers(o.workers))
	o.evaluations++
}

func (o *objective) fun(x []float64) float64 {
	o.evaluate(x)
	return o.value
}

func (o *objective) gradient(dst, x []float64) {
	o.evaluate(x)
	copy(dst, o.grad)
}

func (o *objective) hessian(x []float64) *mat.SymDense {
	f := func(x []dual.Hyper) dual.Hyper { return negLogLik(o.hyper, x, o.data) }
	return dual.Hessian(nil, f, x)
}

// A result is a fit: the free parameters x with their covariance matrix, the
// largest component of the gradient there, and the work done.
type result struct {
	x           []float64
	cov         mat.SymDense
	norm        float64
	iterations  int // of BFGS
	newton      int // steps after that
	evaluations int // of the objective with its gradient
}

const maxNewton = 5

// fit minimizes the negative log-likelihood of the data. BFGS compares values
// of the objective and so gets no closer than half their digits; from there a
// Newton step or two take the gradient down to its rounding error. They cost
// little: the standard errors need the Hessian at the optimum anyway.
func fit(l likelihood, data []datum, workers int) (result, error) {
	o := &objective{likelihood: l, data: data, workers: workers}
	n := float64(len(data))
	r, err := optimize.Minimize(
		optimize.Problem{Func: o.fun, Grad: o.gradient},
		start(l.dim),
		&optimize.Settings{GradientThreshold: 1e-5 * n, MajorIterations: 500},
		&optimize.BFGS{},
	)
	if err == nil {
		err = r.Status.Err()
	}
	if err != nil {
		return result{}, err
	}

	res := result{x: r.X, iterations: r.MajorIterations}
	step := mat.NewVecDense(l.dim, nil)
	for {
		o.evaluate(res.x)
		res.norm = floats.Norm(o.grad, math.Inf(1))
		var chol mat.Cholesky
		if !chol.Factorize(o.hessian(res.x)) {
			return result{}, errors.New("the Hessian at the optimum is not positive definite")
		}
		if res.norm <= 1e-11*n || res.newton == maxNewton {
			if !(res.norm <= 1e-8*n) {
				return result{}, fmt.Errorf("no optimum: a gradient of %.1e is left", res.norm)
			}
			res.evaluations = o.evaluations
			return res, chol.InverseTo(&res.cov)
		}
		if err := chol.SolveVecTo(step, mat.NewVecDense(l.dim, o.grad)); err != nil {
			return result{}, err
		}
		floats.Sub(res.x, step.RawVector().Data)
		res.newton++
	}
}

// estimate returns parameter i with its standard error.
func (r result) estimate(i int) (v, se float64) {
	v, slope := parameters[i].natural(r.x[i])
	return v, slope * math.Sqrt(r.cov.At(i, i))
}

// curve returns the fitted curve at t.
func (r result) curve(t float64) float64 { return curve(floatsOf(r.x), t).Value() }

// differences returns the gradient of the negative log-likelihood at x by
// central differences.
func (l likelihood) differences(x []float64, data []datum, step float64) []float64 {
	f := func(x []float64) float64 { return negLogLik(l.plain, floatsOf(x), data).Value() }
	return fd.Gradient(nil, f, x, &fd.Settings{Formula: fd.Central, Step: step})
}

// floatsOf returns x as numbers without derivatives.
func floatsOf(x []float64) []dual.Float {
	y := make([]dual.Float, len(x))
	for i, x := range x {
		y[i] = dual.Float(x)
	}
	return y
}

// apart returns the largest relative difference of an element of x from y.
func apart(x, y []float64) float64 {
	d := 0.0
	for i, y := range y {
		d = max(d, math.Abs(x[i]-y)/math.Abs(y)) // the built-in keeps a NaN
	}
	return d
}
