// The orbit command follows two closed orbits, Kepler's ellipse and the orbit by
// Arenstorf around Earth and moon, by Taylor series and by the Runge-Kutta
// method of Dormand and Prince. It prints what both take and how far they end
// from where they started, and draws the orbits and the errors over time.
//
// Usage:
//
//	orbit [-out dir] [-e eccentricity] [-periods n] [-tol tolerance]
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
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/dualjet/dualjet/jet"
)

const (
	maxEccentricity = 0.95
	maxPeriods      = 1000
	minTol, maxTol  = 1e-14, 1e-2
	machine         = 0x1p-52 // the default tolerance of package jet
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command. It returns the exit status: 2 for wrong arguments, which
// are all found before anything is written, and 1 for an interrupt or failed
// output.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "orbit:", strings.ReplaceAll(err.Error(), "\n", " "))
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
	stop := func() bool { return ctx.Err() != nil }
	b, files, err := c.compute(stop, p)
	p.clear()
	switch {
	case errors.Is(err, jet.ErrODEStopped):
		return fail(1, errors.New("interrupted"))
	case err != nil:
		return fail(1, err)
	}
	for _, f := range files {
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
	e       float64
	periods int
	tol     float64
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("orbit", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.out, "out", ".", "write orbit.svg, orbit.png, error.svg and error.png to the existing directory `dir`")
	f.Float64Var(&c.e, "e", 0.6, fmt.Sprintf("`eccentricity` of Kepler's orbit, 0 to %v", maxEccentricity))
	f.IntVar(&c.periods, "periods", 100, fmt.Sprintf("number `n` of revolutions of Kepler's orbit, 1 to %d", maxPeriods))
	f.Float64Var(&c.tol, "tol", 1e-12, fmt.Sprintf("`tolerance` of Dormand and Prince in the figure, %v to %v", minTol, maxTol))
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: orbit [-out dir] [-e eccentricity] [-periods n] [-tol tolerance]")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	switch {
	case f.NArg() > 0:
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case !(c.e >= 0 && c.e <= maxEccentricity):
		return c, fmt.Errorf("-e %v is not in 0 to %v", c.e, maxEccentricity)
	case c.periods < 1 || c.periods > maxPeriods:
		return c, fmt.Errorf("-periods %d is not in 1 to %d", c.periods, maxPeriods)
	case !(c.tol >= minTol && c.tol <= maxTol):
		return c, fmt.Errorf("-tol %v is not in %v to %v", c.tol, minTol, maxTol)
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

type file struct {
	name string
	data []byte
}

// compute returns the report and the files to be written.
func (c config) compute(stop func() bool, p *progress) (*bytes.Buffer, []file, error) {
	b := new(bytes.Buffer)
	k, a := keplerOrbit(c.e, c.periods), arenstorfOrbit()
	fmt.Fprintf(b, "Kepler's orbit, eccentricity %v, %d periods\n", c.e, c.periods)
	if err := k.report(b, stop, p); err != nil {
		return nil, nil, err
	}
	fmt.Fprintf(b, "\nArenstorf's orbit around Earth and moon, one period\n")
	if err := a.report(b, stop, p); err != nil {
		return nil, nil, err
	}
	fmt.Fprintf(b, "\nclosure: distance of the state at the end from the start; energy, Jacobi: relative error\n\n")

	p.show("figures")
	kepler, err := k.compare(c.tol, stop, func(t float64, y []float64) float64 {
		x0, y0 := keplerExact(c.e, t)
		return math.Hypot(y[0]-x0, y[1]-y0)
	})
	if err != nil {
		return nil, nil, err
	}
	start := jacobi(a.start)
	arenstorf, err := a.compare(c.tol, stop, func(_ float64, y []float64) float64 {
		return math.Abs((jacobi(y) - start) / start)
	})
	if err != nil {
		return nil, nil, err
	}
	orbits, err := orbitFigure(c.e, stop)
	if err != nil {
		return nil, nil, err
	}
	var files []file
	for _, f := range []struct {
		name string
		fig  figure
	}{{"orbit", orbits}, {"error", errorFigure(kepler, arenstorf)}} {
		svg, err := f.fig.svg()
		if err != nil {
			return nil, nil, err
		}
		png, err := f.fig.png()
		if err != nil {
			return nil, nil, err
		}
		files = append(files, file{f.name + ".svg", svg}, file{f.name + ".png", png})
	}
	return b, files, nil
}

// tolerances are those of the table.
var tolerances = []float64{1e-3, 1e-6, 1e-9, 1e-12, machine}

// report prints the table of o.
func (o orbit) report(w io.Writer, stop func() bool, p *progress) error {
	fmt.Fprintf(w, "\n%9s  %-46s  %s\n", "", "Taylor series", "Dormand-Prince")
	fmt.Fprintf(w, "%9s  %5s  %6s  %11s  %8s  %8s  %8s  %11s  %8s  %8s\n", "tolerance",
		"order", "steps", "evaluations", "closure", o.energyName, "steps", "evaluations", "closure", o.energyName)
	for _, tol := range tolerances {
		p.show(fmt.Sprintf("%s, tolerance %.0e", o.name, tol))
		r, err := o.taylor(tol, stop, nil)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%9.0e  %5d  %6d  %11d  %8.1e  %8.1e", tol, r.order, r.steps, r.evaluations, r.closure, r.energy)
		if tol < minTol {
			fmt.Fprintf(w, "  %8s  %11s  %8s  %8s\n", "-", "-", "-", "-")
			continue
		}
		switch r, err = o.rungeKutta(tol, stop, nil); {
		case errors.Is(err, errStuck):
			fmt.Fprintf(w, "  %8d  %11d  %8s  %8s\n", r.steps, r.evaluations, "stuck", "-")
			continue
		case err != nil:
			return err
		}
		fmt.Fprintf(w, "  %8d  %11d  %8.1e  %8.1e\n", r.steps, r.evaluations, r.closure, r.energy)
	}
	amp, err := o.amplification(stop)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "An error of the start grows up to %.2g times as large, a rounding by 1e-16 to %.0e.\n", amp, amp*1e-16)
	return nil
}

// compare returns the errors over time.
func (o orbit) compare(tol float64, stop func() bool, err func(t float64, y []float64) float64) (comparison, error) {
	c := comparison{newTrail(o.end), newTrail(o.end), [2]float64{tol, machine}}
	see := func(r *trail) observe { return func(t float64, y []float64) { r.see(t, err(t, y)) } }
	if _, err := o.taylor(machine, stop, see(c.taylor)); err != nil {
		return c, err
	}
	_, e := o.rungeKutta(tol, stop, see(c.rungeKutta))
	if errors.Is(e, errStuck) {
		e = nil // the curve ends
	}
	return c, e
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
