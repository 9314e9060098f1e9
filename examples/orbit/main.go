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
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/dualjet/dualjet/examples/internal/command"
	"github.com/dualjet/dualjet/jet"
)

const (
	maxEccentricity = 0.95
	maxPeriods      = 1000
	minTol, maxTol  = 1e-14, 1e-2
	machine         = 0x1p-52 // the default tolerance of package jet
)

func main() { command.Main("orbit", run) }

// run is the command.
func run(c *command.Call) error {
	o, err := parse(c)
	if err != nil {
		return err
	}
	err = o.compute(c, c.Interruptible())
	if errors.Is(err, jet.ErrODEStopped) {
		return command.ErrInterrupted
	}
	return err
}

// compute follows the orbits, reports and draws.
func (o options) compute(c *command.Call, stop func() bool) error {
	k, a := keplerOrbit(o.e, o.periods), arenstorfOrbit()
	fmt.Fprintf(c, "Kepler's orbit, eccentricity %v, %d periods\n", o.e, o.periods)
	if err := k.report(c, stop, c.Show); err != nil {
		return err
	}
	fmt.Fprintf(c, "\nArenstorf's orbit around Earth and moon, one period\n")
	if err := a.report(c, stop, c.Show); err != nil {
		return err
	}
	fmt.Fprintf(c, "\nclosure: distance of the state at the end from the start; energy, Jacobi: relative error\n\n")

	c.Show("figures")
	kepler, err := k.compare(o.tol, stop, func(t float64, y []float64) float64 {
		x0, y0 := keplerExact(o.e, t)
		return math.Hypot(y[0]-x0, y[1]-y0)
	})
	if err != nil {
		return err
	}
	start := jacobi(a.start)
	arenstorf, err := a.compare(o.tol, stop, func(_ float64, y []float64) float64 {
		return math.Abs((jacobi(y) - start) / start)
	})
	if err != nil {
		return err
	}
	orbits, err := orbitFigure(o.e, stop)
	if err != nil {
		return err
	}
	c.Draw("orbit", orbits)
	c.Draw("error", errorFigure(kepler, arenstorf))
	return nil
}

// tolerances are those of the table.
var tolerances = []float64{1e-3, 1e-6, 1e-9, 1e-12, machine}

// report prints the table of o.
func (o orbit) report(w io.Writer, stop func() bool, show func(string)) error {
	fmt.Fprintf(w, "\n%9s  %-46s  %s\n", "", "Taylor series", "Dormand-Prince")
	fmt.Fprintf(w, "%9s  %5s  %6s  %11s  %8s  %8s  %8s  %11s  %8s  %8s\n", "tolerance",
		"order", "steps", "evaluations", "closure", o.energyName, "steps", "evaluations", "closure", o.energyName)
	for _, tol := range tolerances {
		show(fmt.Sprintf("%s, tolerance %.0e", o.name, tol))
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

type options struct {
	e       float64
	periods int
	tol     float64
}

// parse returns what the arguments say.
func parse(c *command.Call) (o options, err error) {
	f := c.Flags("[-out dir] [-e eccentricity] [-periods n] [-tol tolerance]", "orbit", "error")
	f.Float64Var(&o.e, "e", 0.6, fmt.Sprintf("`eccentricity` of Kepler's orbit, 0 to %v", maxEccentricity))
	f.IntVar(&o.periods, "periods", 100, fmt.Sprintf("number `n` of revolutions of Kepler's orbit, 1 to %d", maxPeriods))
	f.Float64Var(&o.tol, "tol", 1e-12, fmt.Sprintf("`tolerance` of Dormand and Prince in the figure, %v to %v", minTol, maxTol))
	err = c.Parse(func() error {
		return cmp.Or(
			command.InRange("e", o.e, 0, maxEccentricity),
			command.InRange("periods", o.periods, 1, maxPeriods),
			command.InRange("tol", o.tol, minTol, maxTol),
		)
	})
	return o, err
}
