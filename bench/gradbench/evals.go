package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// A job is a function at its input.
type job struct {
	run    func()     // evaluates once; this is what is timed
	output func() any // what the last run has found, for JSON
}

// A function reads the input of a function of an eval.
type function func(input io.Reader) (*job, error)

// modules returns the evals and their functions.
func modules() evals {
	e := evals{
		"hello": {"square": helloSquare, "double": helloDouble},
		"gmm":   {"objective": gmmObjective, "jacobian": gmmJacobian},
		"ba":    {"objective": baObjective, "jacobian": baJacobian},
		"lstm":  {"objective": lstmObjective, "jacobian": lstmJacobian},
		"ht":    {"objective": handObjective, "jacobian": handJacobian},
		"det":   {"primal": detPrimal, "gradient": detGradient},
		"llsq":  {"primal": llsqPrimal, "gradient": llsqGradient},
		"lse":   {"primal": lsePrimal, "gradient": lseGradient},
		"ode":   {"primal": odePrimal, "gradient": odeGradient},
		// The direction of Newton's method.
		"kmeans":   {"cost": kmeansCost, "dir": kmeansDirection},
		"particle": {}, "saddle": {},
	}
	e["logsumexp"] = e["lse"]
	for n := problems.FF; n <= problems.RR; n++ {
		e["particle"][n.String()] = particle(n)
		e["saddle"][n.String()] = saddle(n)
	}
	return e
}

// input is what errors call the input of a function.
const input = "input"

// value makes a job of a function with one output.
func value(f func() float64) *job {
	var y float64
	return &job{func() { y = f() }, func() any { return y }}
}

// vector makes a job of a function that puts n outputs into dst.
func vector(n int, f func(dst []float64)) *job {
	dst := make([]float64, n)
	return &job{func() { f(dst) }, func() any { return dst }}
}

func readNumber(r io.Reader) (x float64, err error) {
	var v *float64
	if err := json.NewDecoder(r).Decode(&v); err != nil {
		return 0, fmt.Errorf("%s: %w", input, err)
	}
	if v == nil {
		return 0, fmt.Errorf("%s: null, want a number", input)
	}
	return *v, nil
}

func helloSquare(r io.Reader) (*job, error) {
	x, err := readNumber(r)
	if err != nil {
		return nil, err
	}
	return value(func() float64 { return x * x }), nil
}

func helloDouble(r io.Reader) (*job, error) {
	x, err := readNumber(r)
	if err != nil {
		return nil, err
	}
	return value(func() float64 { return dual.Derivative(dual.Number64.Sqr, x) }), nil
}

func detPrimal(r io.Reader) (*job, error) {
	a, err := problems.ReadDet(r, input)
	if err != nil {
		return nil, err
	}
	return value(func() float64 { return problems.Det(a) }), nil
}

// detGradient goes through the first row term by term: the tape of a whole
// determinant grows like the factorial of its size.
func detGradient(r io.Reader) (*job, error) {
	a, err := problems.ReadDet(r, input)
	if err != nil {
		return nil, err
	}
	n := 1
	for n*n < len(a) {
		n++
	}
	term := func(i int, a []reverse.Var) reverse.Var { return problems.DetTerm(a, i) }
	return vector(len(a), func(dst []float64) { reverse.GradientSum(dst, n, term, a) }), nil
}

func llsqPrimal(r io.Reader) (*job, error) {
	l, x, err := problems.ReadLeastSquares(r, input)
	if err != nil {
		return nil, err
	}
	return value(func() float64 { return l.Value(x) }), nil
}

func llsqGradient(r io.Reader) (*job, error) {
	l, x, err := problems.ReadLeastSquares(r, input)
	if err != nil {
		return nil, err
	}
	f := func(x []reverse.Var) reverse.Var { return problems.LeastSquaresValue(l, x) }
	return vector(len(x), func(dst []float64) { reverse.Gradient(dst, f, x) }), nil
}

func lsePrimal(r io.Reader) (*job, error) {
	x, err := problems.ReadLSE(r, input)
	if err != nil {
		return nil, err
	}
	return value(func() float64 { return problems.LSE(x) }), nil
}

// lseGradient takes the function in plain loops, as GradBench asks for, not the
// statement for it that a tape has.
func lseGradient(r io.Reader) (*job, error) {
	x, err := problems.ReadLSE(r, input)
	if err != nil {
		return nil, err
	}
	return vector(len(x), func(dst []float64) { reverse.Gradient(dst, problems.LSEScalar[reverse.Var], x) }), nil
}

func odePrimal(r io.Reader) (*job, error) {
	o, x, err := problems.ReadODE(r, input)
	if err != nil {
		return nil, err
	}
	return vector(len(x), func(dst []float64) { o.Solve(dst, x) }), nil
}

func odeGradient(r io.Reader) (*job, error) {
	o, x, err := problems.ReadODE(r, input)
	if err != nil {
		return nil, err
	}
	f := func(x []reverse.Var) reverse.Var { return problems.ODEValue(o, x) }
	return vector(len(x), func(dst []float64) { reverse.Gradient(dst, f, x) }), nil
}

// particle returns the search with the modes of n.
func particle(n problems.Nesting) function {
	return func(r io.Reader) (*job, error) {
		w, err := problems.ReadParticle(r, input)
		if err != nil {
			return nil, err
		}
		return value(func() float64 { return problems.NewParticle(n).Minimize([]float64{w})[0] }), nil
	}
}

// saddle returns the search with the modes of n.
func saddle(n problems.Nesting) function {
	return func(r io.Reader) (*job, error) {
		start, err := problems.ReadSaddle(r, input)
		if err != nil {
			return nil, err
		}
		return vector(4, func(dst []float64) {
			p, q := problems.SaddlePoint(n, start)
			copy(dst, p[:])
			copy(dst[2:], q[:])
		}), nil
	}
}
