// The springs command relaxes a net of springs that hangs in a frame: it
// minimizes the energy of some 100,000 variables by Newton's method. The sparse
// Hessian comes from package hessian and its factorization LDL yields the steps,
// where need be with a shift that makes it positive definite. It prints the steps
// and what they take, and draws the Hessian and the net.
//
// Usage:
//
//	springs [-out dir] [-n nodes] [-rest length]
package main

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"github.com/dualjet/dualjet/examples/internal/command"
)

const (
	minSide, maxSide = 4, 400
	tolerance        = 1e-10 // of a force, N
)

func main() { command.Main("springs", run) }

// run is the command. It fails if the net does not come to rest.
func run(c *command.Call) error {
	n, err := parse(c)
	if err != nil {
		return err
	}
	c.Show("recording")
	steps := 0
	r, err := n.relax(tolerance, c.Interruptible(), func(it iterate) {
		steps++
		c.Show(fmt.Sprintf("%d: largest force %.1e N", steps, it.force))
	})
	if err != nil {
		return err
	}
	n.report(c, r)
	c.Draw("net", netFigure(n, r))
	c.Draw("hessian", hessianFigure(n, r.hessian))
	return nil
}

// report prints the steps, the net at rest and the times.
func (n net) report(w io.Writer, r *relaxation) {
	fmt.Fprintf(w, "A net of %d×%d nodes, %d variables: %v\n\n", n.side, n.side, n.dim(), r.program.Plan())
	fmt.Fprintf(w, "%4s  %14s  %17s  %11s  %6s\n", "step", "energy (J)", "largest force (N)", "shift (N/m)", "length")
	for i, it := range r.history {
		fmt.Fprintf(w, "%4d  %14.8f  %17.1e", i, it.energy, it.force)
		if it.length > 0 {
			fmt.Fprintf(w, "  %11.3g  %6.4g", it.shift, it.length)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "\nThe middle hangs %.4f m below the centre of the frame.\n", raised/2-n.middle(r.x))
	fmt.Fprintf(w, "The frame carries %.10f N of a weight of %g N.\n\n", n.lift(r.x), weight)

	derived, factored := len(r.history), r.factorizations()
	ms := func(d time.Duration, times int) float64 { return d.Seconds() * 1e3 / float64(max(times, 1)) }
	fmt.Fprintf(w, "recording, pattern, plan  %8.1f ms\n", ms(r.compile, 1))
	fmt.Fprintf(w, "gradient and Hessian      %8.1f ms  each, %d times\n", ms(r.derive, derived), derived)
	fmt.Fprintf(w, "factorization, solution   %8.1f ms  each, %d times; %d entries in L\n", ms(r.factorize, factored), factored, r.factor.NNZ())
	fmt.Fprintf(w, "line search               %8.1f ms  in all\n\n", ms(r.search, 1))
}

// parse returns the net that the arguments ask for.
func parse(c *command.Call) (n net, err error) {
	f := c.Flags("[-out dir] [-n nodes] [-rest length]", "net", "hessian")
	f.IntVar(&n.side, "n", 185, fmt.Sprintf("number of `nodes` on a side of the net, %d to %d: 3(n-2)² variables", minSide, maxSide))
	f.Float64Var(&n.slack, "rest", 0.9, "rest `length` of the springs by the width of a mesh, 0 to 1: the longer, the harder")
	err = c.Parse(func() error {
		return cmp.Or(command.InRange("n", n.side, minSide, maxSide), command.InRange("rest", n.slack, 0, 1))
	})
	return n, err
}
