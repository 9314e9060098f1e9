package main

import (
	"errors"
	"math"
	"time"

	"gonum.org/v1/gonum/floats"

	"github.com/dualjet/dualjet/examples/internal/command"
	"github.com/dualjet/dualjet/hessian"
)

const maxSteps = 100

var (
	errNoStep = errors.New("no step lowers the energy")
	errSlow   = errors.New("too many steps")
)

// An iterate is where a step of Newton's method began.
type iterate struct {
	energy, force float64 // force: the largest component of the gradient
	shift         float64 // that made the Hessian positive definite
	length        float64 // of the step, 1 for Newton's
}

// A relaxation is a net on the way to rest.
type relaxation struct {
	program *hessian.Program
	x       []float64
	hessian *hessian.Sym
	factor  hessian.LDL
	history []iterate

	compile, derive, factorize, search time.Duration
}

// relax moves the nodes to where no force is larger than tol, by Newton's method
// with a line search. It shows each iterate to see, and stops when stop says so.
func (n net) relax(tol float64, stop func() bool, see func(iterate)) (*relaxation, error) {
	r := &relaxation{x: n.start()}
	r.compile = timed(func() { r.program = hessian.Compile(n.energy, r.x) })
	for range maxSteps {
		if stop() {
			return r, command.ErrInterrupted
		}
		done, err := r.step(tol)
		see(r.history[len(r.history)-1])
		if done || err != nil {
			return r, err
		}
	}
	return r, errSlow
}

// step takes one step, or none if r is at rest.
func (r *relaxation) step(tol float64) (done bool, err error) {
	q := r.program.At(r.x)
	defer q.Close()
	var g []float64
	r.derive += timed(func() { g, r.hessian = q.Gradient(nil), q.Sparse(r.hessian) })
	r.history = append(r.history, iterate{energy: q.Value(), force: floats.Norm(g, math.Inf(1))})
	it := &r.history[len(r.history)-1]
	if it.force <= tol {
		return true, nil
	}

	direction := make([]float64, len(g))
	r.factorize += timed(func() {
		if it.shift, err = r.factor.FactorizeShifted(r.hessian); err == nil {
			r.factor.Solve(direction, g)
		}
	})
	if err != nil {
		return false, err
	}
	r.search += timed(func() { err = r.descend(it, direction, floats.Dot(g, direction)) })
	return false, err
}

// descend goes from r.x against the direction, by half as much until the energy
// decreases by a tenth of what the slope promises. At the end rounding hides the
// decrease, and Newton's step is taken as it is.
func (r *relaxation) descend(it *iterate, direction []float64, slope float64) error {
	x := make([]float64, len(r.x))
	for it.length = 1; it.length > 1e-6; it.length /= 2 {
		floats.AddScaledTo(x, r.x, -it.length, direction)
		q := r.program.At(x)
		energy := q.Value()
		q.Close()
		if energy <= it.energy-0.1*it.length*slope+1e-13*math.Abs(it.energy) {
			r.x = x
			return nil
		}
	}
	return errNoStep
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// factorizations returns for how many steps the Hessian was factorized.
func (r *relaxation) factorizations() int { return len(r.history) - 1 }
