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
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

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

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command. It returns the exit status: 2 for wrong arguments, which
// are all found before anything is written, and 1 for an interrupt, a fit that
// does not converge or failed output.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "newton:", strings.ReplaceAll(err.Error(), "\n", " "))
		return status
	}
	c, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(2, err)
	}

	p := newProgress(stderr)
	b := new(bytes.Buffer)
	e, err := c.compute(b, func() bool { return ctx.Err() != nil }, p)
	p.clear()
	if err != nil {
		return fail(1, err)
	}
	fig := estimateFigure(e)
	svg, err := fig.svg()
	if err != nil {
		return fail(1, err)
	}
	png, err := fig.png()
	if err != nil {
		return fail(1, err)
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"newton.svg", svg}, {"newton.png", png}} {
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
	samples int
	seed    uint64
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("newton", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.out, "out", ".", "write newton.svg and newton.png to the existing directory `dir`")
	f.IntVar(&c.n, "n", 500, fmt.Sprintf("number of `data`, %d to %d", minData, maxData))
	f.IntVar(&c.samples, "samples", 200, fmt.Sprintf("number `m` of samples of the bootstrap, %d to %d", minSamples, maxSamples))
	f.Uint64Var(&c.seed, "seed", 1, "seed `s` of the data, 0 to 2⁶⁴-1")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: newton [-out dir] [-n data] [-samples m] [-seed s]")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	switch {
	case f.NArg() > 0:
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case c.n < minData || c.n > maxData:
		return c, fmt.Errorf("-n %d is not in %d to %d", c.n, minData, maxData)
	case c.samples < minSamples || c.samples > maxSamples:
		return c, fmt.Errorf("-samples %d is not in %d to %d", c.samples, minSamples, maxSamples)
	}
	var info fs.FileInfo
	if info, err = os.Stat(c.out); err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a directory", c.out)
	}
	if err != nil {
		return c, fmt.Errorf("-out: %w", err)
	}
	return c, nil
}

// An estimate is a fit with the standard errors by the Hessian and by the
// bootstrap.
type estimate struct {
	x, hessian, bootstrap []float64
}

// compute prints the report to w.
func (c config) compute(w io.Writer, stop func() bool, p *progress) (estimate, error) {
	rnd := rand.New(rand.NewPCG(c.seed, 0))
	data := sample(design(c.n, rnd), truth(), rnd)
	start := make([]float64, len(coefficients))
	program := hessian.Compile(negLogLik(data), start)

	fmt.Fprintf(w, "Negative binomial regression: %d counts, %d coefficients, seed %d\n\n", c.n, len(coefficients), c.seed)
	fmt.Fprintf(w, "%-11s  %10s  %6s  %9s  %8s  %8s  %8s  %13s  %7s\n",
		"method", "iterations", "values", "gradients", "Hessians", "products", "gradient", "-log L", "ms")
	row := func(name string, f fit) {
		fmt.Fprintf(w, "%-11s  %10d  %6d  %9d  %8d  %8d  %8.1e  %13.8f  %7.2f\n", name,
			f.iterations, f.values, f.gradients, f.hessians, f.products, f.gradient, f.value, f.time.Seconds()*1e3)
	}
	for _, m := range methods {
		// A failure of one is no reason not to look at the others.
		if f, err := m.minimize(program, start, tolerance*float64(c.n)); err != nil {
			fmt.Fprintf(w, "%-11s  %v\n", m.name, err)
		} else {
			row(m.name, f)
		}
	}
	best, err := newtonCG.minimize(program, start, fineTolerance*float64(c.n))
	if err != nil {
		return estimate{}, fmt.Errorf("no maximum of the likelihood: %w", err)
	}
	row("… further", best)

	e := estimate{x: best.x}
	if e.hessian, err = standardErrors(program, e.x); err != nil {
		return e, err
	}
	see := func(done int) { p.show(fmt.Sprintf("sample %d of %d", done, c.samples)) }
	if e.bootstrap, err = bootstrap(data, e.x, c.samples, rnd, stop, see); err != nil {
		return e, err
	}
	fmt.Fprintf(w, "\n%-11s  %6s  %8s  %21s\n", "", "", "", "standard error")
	fmt.Fprintf(w, "%-11s  %6s  %8s  %10s  %10s  %6s  %5s\n", "coefficient", "true", "estimate", "Hessian", "bootstrap", "ratio", "off")
	for i, k := range coefficients {
		fmt.Fprintf(w, "%-11s  %6g  %8.4f  %10.4f  %10.4f  %6.3f  %+5.1f\n", k.name, k.truth, e.x[i],
			e.hessian[i], e.bootstrap[i], e.hessian[i]/e.bootstrap[i], (e.x[i]-k.truth)/e.hessian[i])
	}
	fmt.Fprintf(w, "off: estimate - true in standard errors. %d samples tell the ratio to ±%.0f %%.\n\n",
		c.samples, 100/math.Sqrt(2*float64(c.samples-1)))
	return e, nil
}

// A progress shows what is being done, if there is someone to see it.
type progress struct {
	w    io.Writer // nil for nobody
	last int
}

// newProgress returns a progress that writes to w if that is a terminal.
func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return &progress{w: w}
		}
	}
	return &progress{}
}

// show replaces the line.
func (p *progress) show(text string) {
	if p.w != nil {
		fmt.Fprintf(p.w, "\r%-*s\r%s", p.last, "", text)
		p.last = len(text)
	}
}

func (p *progress) clear() { p.show("") }
