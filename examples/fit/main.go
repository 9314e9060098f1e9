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
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/gonum/floats"
)

const (
	minPoints, maxPoints = 50, 10_000
	maxWorkers           = 64
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command. It returns the exit status: 2 for wrong arguments, which
// are all found before anything is written, and 1 for a fit that does not
// converge or failed output.
func run(args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "fit:", strings.ReplaceAll(err.Error(), "\n", " "))
		return status
	}
	c, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(2, err)
	}

	data := synthesize(c.n, c.seed)
	robust, err := fit(studentLikelihood, data, c.workers)
	if err != nil {
		return fail(1, err)
	}
	b := new(bytes.Buffer)
	fmt.Fprintf(b, "y = a·exp(-t/τ)·cos(ωt+φ) + c with Student t noise: %d points, seed %d\n\n", c.n, c.seed)
	// Outliers can be so large that least squares find no oscillation at all.
	var squares *result
	s, squaresErr := fit(gaussianLikelihood, data, c.workers)
	if squaresErr == nil {
		squares = &s
	}
	table(b, &robust, squares)
	fmt.Fprintf(b, "\nStudent t:     %v\n", effort(&robust))
	if squares != nil {
		fmt.Fprintf(b, "least squares: %v\n", effort(squares))
	} else {
		fmt.Fprintf(b, "least squares: %v\n", squaresErr)
	}
	compare(b, data, c.workers)

	d := figure(data, &robust, squares)
	svg, err := d.svg()
	if err != nil {
		return fail(1, err)
	}
	png, err := d.png()
	if err != nil {
		return fail(1, err)
	}
	fmt.Fprintln(b)
	for _, f := range []struct {
		name string
		data []byte
	}{{"fit.svg", svg}, {"fit.png", png}} {
		name := filepath.Join(c.out, f.name)
		if err := os.WriteFile(name, f.data, 0o666); err != nil {
			return fail(1, err)
		}
		fmt.Fprintf(b, "wrote %s\n", name)
	}
	if _, err := stdout.Write(b.Bytes()); err != nil {
		return fail(1, err)
	}
	return 0
}

type config struct {
	out     string
	n       int
	seed    uint64
	workers int
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("fit", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.out, "out", ".", "write fit.svg and fit.png to the existing directory `dir`")
	f.IntVar(&c.n, "n", 200, fmt.Sprintf("number of data `points`, %d to %d", minPoints, maxPoints))
	f.Uint64Var(&c.seed, "seed", 3, "seed `s` of the noise, 0 to 2⁶⁴-1")
	f.IntVar(&c.workers, "workers", 1, fmt.Sprintf("number `w` of goroutines for a gradient, 1 to %d; the result is the same", maxWorkers))
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: fit [-out dir] [-n points] [-seed s] [-workers w]")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	switch {
	case f.NArg() > 0:
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case c.n < minPoints || c.n > maxPoints:
		return c, fmt.Errorf("-n %d is not in %d to %d", c.n, minPoints, maxPoints)
	case c.workers < 1 || c.workers > maxWorkers:
		return c, fmt.Errorf("-workers %d is not in 1 to %d", c.workers, maxWorkers)
	}
	info, err := os.Stat(c.out)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a directory", c.out)
	}
	if err != nil {
		return c, fmt.Errorf("-out: %w", err)
	}
	return c, nil
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
