// The fit command fits a damped oscillation
//
//	y = a·exp(-t/τ)·cos(ωt+φ) + c
//
// to data with outliers by maximum likelihood. The noise is taken to have
// Student's t-distribution, whose scale σ and degrees of freedom ν are fitted
// too. The data are synthetic, so that the truth is known.
//
// Gonum's BFGS minimizes the negative log-likelihood with gradients of package
// reverse, and package dual yields the Hessian at the optimum, which gives the
// standard errors. Both differentiate one generic function. A least-squares
// fit of the same data shows what outliers do to it.
//
// Usage:
//
//	fit [-out dir] [-n points] [-seed s] [-workers w]
package main

import (
	"cmp"
	"fmt"
	"io"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/dualjet/dualjet/examples/internal/command"
)

const (
	minPoints, maxPoints = 50, 10_000
	maxWorkers           = 64
)

func main() { command.Main("fit", run) }

// run is the command. It fails if the fit does not converge.
func run(c *command.Call) error {
	o, err := parse(c)
	if err != nil {
		return err
	}
	data := synthesize(o.n, o.seed)
	robust, err := fit(studentLikelihood, data, o.workers)
	if err != nil {
		return err
	}
	fmt.Fprintf(c, "y = a·exp(-t/τ)·cos(ωt+φ) + c with Student t noise: %d points, seed %d\n\n", o.n, o.seed)
	// Outliers can be so large that least squares find no oscillation at all.
	var squares *result
	s, squaresErr := fit(gaussianLikelihood, data, o.workers)
	if squaresErr == nil {
		squares = &s
	}
	table(c, &robust, squares)
	fmt.Fprintf(c, "\nStudent t:     %v\n", effort(&robust))
	if squares != nil {
		fmt.Fprintf(c, "least squares: %v\n", effort(squares))
	} else {
		fmt.Fprintf(c, "least squares: %v\n", squaresErr)
	}
	compare(c, data, o.workers)
	fmt.Fprintln(c)
	c.Draw("fit", fitFigure(data, &robust, squares))
	return nil
}

// table prints the parameters. Squares may be nil.
func table(w io.Writer, robust, squares *result) {
	fmt.Fprintf(w, "%22s  %-26s  %s\n", "", "Student t", "least squares")
	fmt.Fprintf(w, "%-9s  %-5s  %4s  %8s  %9s  %5s  %8s  %9s  %5s\n",
		"parameter", "unit", "true", "estimate", "std error", "off", "estimate", "std error", "off")
	for i, p := range parameters {
		fmt.Fprintf(w, "%-9s  %-5s  %4g", p.name, p.unit, p.truth)
		for _, r := range []*result{robust, squares} {
			if r == nil || i >= len(r.x) {
				fmt.Fprintf(w, "  %8s  %9s  %5s", "-", "-", "-")
				continue
			}
			v, se := r.estimate(i)
			off := fmt.Sprintf("%+.1f", (v-p.truth)/se)
			if r == squares && p.name == "σ" {
				off = "-" // a standard deviation, which the noise has not
			}
			fmt.Fprintf(w, "  %8.4f  %9.4f  %5s", v, se, off)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "off: estimate - true in standard errors")
}

// effort says what a fit took.
func effort(r *result) string {
	return fmt.Sprintf("iterations %d of BFGS, %d of Newton; gradients %d, the last of norm %.1e",
		r.iterations, r.newton, r.evaluations, r.norm)
}

// compare prints how far central differences are from the gradient at the
// start.
func compare(w io.Writer, data []datum, workers int) {
	x := start(studentLikelihood.dim)
	o := objective{likelihood: studentLikelihood, data: data, workers: workers}
	o.evaluate(x)
	fmt.Fprintf(w, "\nThe gradient at the start, of norm %.4g, took one evaluation. Central differences\n", floats.Norm(o.grad, math.Inf(1)))
	fmt.Fprintf(w, "take %d and are off by a relative\n", 2*len(x))
	for _, step := range []float64{1e-2, 1e-4, 1e-5, 1e-6, 1e-8, 1e-10} {
		d := apart(studentLikelihood.differences(x, data, step), o.grad)
		fmt.Fprintf(w, "    %.1e with a step of %.0e\n", d, step)
	}
}

type options struct {
	n       int
	seed    uint64
	workers int
}

// parse returns what the arguments say.
func parse(c *command.Call) (o options, err error) {
	f := c.Flags("[-out dir] [-n points] [-seed s] [-workers w]", "fit")
	f.IntVar(&o.n, "n", 200, fmt.Sprintf("number of data `points`, %d to %d", minPoints, maxPoints))
	f.Uint64Var(&o.seed, "seed", 3, "seed `s` of the noise, 0 to 2⁶⁴-1")
	f.IntVar(&o.workers, "workers", 1, fmt.Sprintf("number `w` of goroutines for a gradient, 1 to %d; the result is the same", maxWorkers))
	err = c.Parse(func() error {
		return cmp.Or(
			command.InRange("n", o.n, minPoints, maxPoints),
			command.InRange("workers", o.workers, 1, maxWorkers),
		)
	})
	return o, err
}
