// The newton command fits counts by maximum likelihood: a regression with the
// negative binomial distribution, for counts that vary more than Poisson's. The
// data are synthetic, so that the truth is known.
//
// Package hessian hands the likelihood with its derivatives to gonum, whose BFGS
// and Newton minimize it, as do the methods NewtonCG and TrustRegion that take
// products with the Hessian in place of the matrix. The Hessian at the optimum
// yields the standard errors, and a parametric bootstrap checks them: it fits
// samples that are drawn from the fitted model.
//
// Usage:
//
//	newton [-out dir] [-n data] [-samples m] [-seed s]
package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"github.com/dualjet/dualjet/examples/internal/command"
	"github.com/dualjet/dualjet/hessian"
)

// Tolerances are for the gradient, for each datum. Below the first, rounding
// hides from gonum's line searches that the function decreases. NewtonCG and
// TrustRegion look at its slope there.
const (
	tolerance     = 1e-6
	fineTolerance = 1e-12
)

const (
	minData, maxData       = 100, 20_000
	minSamples, maxSamples = 20, 10_000
)

func main() { command.Main("newton", run) }

// run is the command. It fails if a fit does not converge.
func run(c *command.Call) error {
	o, err := parse(c)
	if err != nil {
		return err
	}
	e, err := o.compute(c, c.Interruptible(), c.Show)
	if err != nil {
		return err
	}
	c.Draw("newton", estimateFigure(e))
	return nil
}

// An estimate is a fit with the standard errors by the Hessian and by the
// bootstrap.
type estimate struct {
	x, hessian, bootstrap []float64
}

// compute prints the report to w.
func (o options) compute(w io.Writer, stop func() bool, show func(string)) (estimate, error) {
	rnd := rand.New(rand.NewPCG(o.seed, 0))
	data := sample(design(o.n, rnd), truth(), rnd)
	start := make([]float64, len(coefficients))
	program := hessian.Compile(negLogLik(data), start)

	fmt.Fprintf(w, "Negative binomial regression: %d counts, %d coefficients, seed %d\n\n", o.n, len(coefficients), o.seed)
	fmt.Fprintf(w, "%-11s  %10s  %6s  %9s  %8s  %8s  %8s  %13s  %7s\n",
		"method", "iterations", "values", "gradients", "Hessians", "products", "gradient", "-log L", "ms")
	row := func(name string, f fit) {
		fmt.Fprintf(w, "%-11s  %10d  %6d  %9d  %8d  %8d  %8.1e  %13.8f  %7.2f\n", name,
			f.iterations, f.values, f.gradients, f.hessians, f.products, f.gradient, f.value, f.time.Seconds()*1e3)
	}
	for _, m := range methods {
		// A failure of one is no reason not to look at the others.
		if f, err := m.minimize(program, start, tolerance*float64(o.n)); err != nil {
			fmt.Fprintf(w, "%-11s  %v\n", m.name, err)
		} else {
			row(m.name, f)
		}
	}
	best, err := newtonCG.minimize(program, start, fineTolerance*float64(o.n))
	if err != nil {
		return estimate{}, fmt.Errorf("no maximum of the likelihood: %w", err)
	}
	row("… further", best)

	e := estimate{x: best.x}
	if e.hessian, err = standardErrors(program, e.x); err != nil {
		return e, err
	}
	see := func(done int) { show(fmt.Sprintf("sample %d of %d", done, o.samples)) }
	if e.bootstrap, err = bootstrap(data, e.x, o.samples, rnd, stop, see); err != nil {
		return e, err
	}
	fmt.Fprintf(w, "\n%-11s  %6s  %8s  %21s\n", "", "", "", "standard error")
	fmt.Fprintf(w, "%-11s  %6s  %8s  %10s  %10s  %6s  %5s\n", "coefficient", "true", "estimate", "Hessian", "bootstrap", "ratio", "off")
	for i, k := range coefficients {
		fmt.Fprintf(w, "%-11s  %6g  %8.4f  %10.4f  %10.4f  %6.3f  %+5.1f\n", k.name, k.truth, e.x[i],
			e.hessian[i], e.bootstrap[i], e.hessian[i]/e.bootstrap[i], (e.x[i]-k.truth)/e.hessian[i])
	}
	fmt.Fprintf(w, "off: estimate - true in standard errors. %d samples tell the ratio to ±%.0f %%.\n\n",
		o.samples, 100/math.Sqrt(2*float64(o.samples-1)))
	return e, nil
}

type options struct {
	n       int
	samples int
	seed    uint64
}

// parse returns what the arguments say.
func parse(c *command.Call) (o options, err error) {
	f := c.Flags("[-out dir] [-n data] [-samples m] [-seed s]", "newton")
	f.IntVar(&o.n, "n", 500, fmt.Sprintf("number of `data`, %d to %d", minData, maxData))
	f.IntVar(&o.samples, "samples", 200, fmt.Sprintf("number `m` of samples of the bootstrap, %d to %d", minSamples, maxSamples))
	f.Uint64Var(&o.seed, "seed", 1, "seed `s` of the data, 0 to 2⁶⁴-1")
	err = c.Parse(func() error {
		return cmp.Or(
			command.InRange("n", o.n, minData, maxData),
			command.InRange("samples", o.samples, minSamples, maxSamples),
		)
	})
	return o, err
}
