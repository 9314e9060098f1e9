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
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command. It returns the exit status: 2 for wrong arguments, which
// are all found before anything is written, and 1 for a cluster that does not
// come to rest or failed output.
func run(args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "cluster:", strings.ReplaceAll(err.Error(), "\n", " "))
		return status
	}
	c, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(2, err)
	}

	s := shapes[c.n]
	m, err := analyse(s.start(c.seed))
	if err != nil {
		return fail(1, err)
	}
	fig := clusterFigure(c.n, m)
	svg, err := fig.svg()
	if err != nil {
		return fail(1, err)
	}
	png, err := fig.png()
	if err != nil {
		return fail(1, err)
	}
	b := new(bytes.Buffer)
	report(b, c.n, m)
	for _, f := range []struct {
		name string
		data []byte
	}{{"cluster.svg", svg}, {"cluster.png", png}} {
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
	out  string
	n    int
	seed uint64
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("cluster", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.out, "out", ".", "write cluster.svg and cluster.png to the existing directory `dir`")
	f.IntVar(&c.n, "n", 13, "number of `atoms`: 13, 38 or 55")
	f.Uint64Var(&c.seed, "seed", 1, "seed `s` of how the atoms are moved at first, 0 to 2⁶⁴-1")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: cluster [-out dir] [-n atoms] [-seed s]")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	if f.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	if _, ok := shapes[c.n]; !ok {
		return c, fmt.Errorf("-n %d is not 13, 38 or 55", c.n)
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
