// The cluster command finds the normal modes of a molecule: a cluster of atoms
// that attract and repel each other after Lennard-Jones. It relaxes the cluster
// by the trust-region method of package hessian, diagonalizes the dense Hessian
// at the minimum, checks the eigenvalues and draws the spectrum and the cluster.
//
// Usage:
//
//	cluster [-out dir] [-n atoms] [-seed s]
package main

import (
	"fmt"
	"io"
	"math"

	"github.com/dualjet/dualjet/examples/internal/command"
)

func main() { command.Main("cluster", run) }

// run is the command. It fails if the cluster does not come to rest.
func run(c *command.Call) error {
	o, err := parse(c)
	if err != nil {
		return err
	}
	m, err := analyse(shapes[o.n].start(o.seed))
	if err != nil {
		return err
	}
	report(c, o.n, m)
	c.Draw("cluster", clusterFigure(o.n, m))
	return nil
}

// report prints the minimum, the levels and the checks.
func report(w io.Writer, n int, m *molecule) {
	fmt.Fprintf(w, "%d atoms, %s\n\n", n, shapes[n].name)
	fmt.Fprintf(w, "energy %.6f ε, known minimum %.6f ε; largest force %.0e ε/σ\n", m.energy, shapes[n].energy, m.force)
	fmt.Fprintf(w, "trust region: %d iterations, %d evaluations, %d Hessian-vector products\n\n", m.iterations, m.evaluations, m.stats.Products)

	zeros, levels := m.levels()
	fmt.Fprintf(w, "%12s  %16s  %13s  %5s\n", "λ (ε/σ²)", "ω (√(ε/m)/σ)", "argon (cm⁻¹)", "modes")
	fmt.Fprintf(w, "%12.6f  %16.6f  %13.3f  %5d  translations and rotations, |λ| below %.0e\n", 0., 0., 0., zeros, m.largestZero(zeros))
	for _, l := range levels {
		fmt.Fprintf(w, "%12.6f  %16.6f  %13.3f  %5d\n", l.value, l.frequency(), argon*l.frequency(), l.degeneracy)
	}

	fmt.Fprintf(w, "\nsum of the eigenvalues   %.9f\n", sum(m.values))
	fmt.Fprintf(w, "Laplacian                %.9f\n", m.laplacian)
	fmt.Fprintf(w, "Laplacian, closed form   %.9f\n", laplacian(m.x))
	fmt.Fprintf(w, "The largest %d eigenvalues took %d products and no matrix. They are off by up to %.0e,\n", most, m.top.Products, m.apart())
	fmt.Fprintf(w, "and their vectors leave residuals of up to %.0e.\n\n", m.residual)
}

// largestZero returns a power of ten above the zeros.
func (m *molecule) largestZero(zeros int) float64 {
	top := 0.0
	for _, v := range m.values[:zeros] {
		top = max(top, math.Abs(v))
	}
	return math.Pow(10, math.Ceil(math.Log10(top)))
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

type options struct {
	n    int
	seed uint64
}

// parse returns what the arguments say.
func parse(c *command.Call) (o options, err error) {
	f := c.Flags("[-out dir] [-n atoms] [-seed s]", "cluster")
	f.IntVar(&o.n, "n", 13, "number of `atoms`: 13, 38 or 55")
	f.Uint64Var(&o.seed, "seed", 1, "seed `s` of how the atoms are moved at first, 0 to 2⁶⁴-1")
	err = c.Parse(func() error {
		if _, ok := shapes[o.n]; !ok {
			return fmt.Errorf("-n %d is not 13, 38 or 55", o.n)
		}
		return nil
	})
	return o, err
}
