// The tanh command differentiates the hyperbolic tangent, written out as
//
//	y := exp(-2x)
//	(1 - y) / (1 + y)
//
// as often as asked, compares the derivatives with their closed form and draws
// them. It is the first example of Python's autograd, taken to the orders at
// which quotients of exponentials lose their digits if differentiated naively.
// One Taylor series a point has all derivatives; with -nested they come from
// nested dual numbers, for comparison, and both times are printed.
//
// Usage:
//
//	tanh [-out dir] [-n points] [-order k] [-csv file] [-nested]
package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"gonum.org/v1/gonum/floats"

	"github.com/dualjet/dualjet/examples/internal/command"
)

const (
	xMin, xMax = -7, 7
	xFar       = -400 // exp(-2x) overflows here
	maxPoints  = 10_000
)

func main() { command.Main("tanh", run) }

// run is the command.
func run(c *command.Call) error {
	o, err := parse(c)
	if err != nil {
		return err
	}
	derive := method(series)
	if o.nested {
		derive = nested
	}
	t := tabulate(derive(o.order), floats.Span(make([]float64, o.n), xMin, xMax))
	t.report(c, derive)
	if o.nested {
		fmt.Fprintf(c, "nested dual numbers take %.1f times as long as series\n\n", slowdown(o.order, t.x))
	}
	c.Draw("tanh", t.figure())
	if o.csv != "" {
		c.File(o.csv, t.csv())
	}
	return nil
}

// A table holds the derivatives of orders 0, 1, … at each point and, for each
// order, the maximum of |closed form| and of |error|.
type table struct {
	x        []float64
	d        [][]float64
	max, err []float64
}

func tabulate(f func(x float64) []float64, x []float64) table {
	t := table{x: x}
	for _, x := range x {
		d := f(x)
		if t.d == nil {
			t.max = make([]float64, len(d))
			t.err = make([]float64, len(d))
		}
		t.d = append(t.d, d)
		for k, want := range exact(x, len(d)-1) {
			// The built-in max keeps a NaN.
			t.max[k] = max(t.max[k], math.Abs(want))
			t.err[k] = max(t.err[k], math.Abs(d[k]-want))
		}
	}
	return t
}

// report prints the table of errors and the derivatives far out.
func (t table) report(w io.Writer, m method) {
	fmt.Fprintf(w, "tanh at %d points of [%d, %d]\n\n", len(t.x), xMin, xMax)
	fmt.Fprintf(w, "order  max |derivative|  max |error|  relative\n")
	for k := range t.max {
		fmt.Fprintf(w, "%5d  %16.6g  %11.1e  %8.1e\n", k, t.max[k], t.err[k], t.err[k]/t.max[k])
	}
	fmt.Fprintf(w, "\nx = %d:", xFar)
	for _, v := range m(len(t.max) - 1)(xFar) {
		fmt.Fprintf(w, " %g", v+0) // no -0
	}
	fmt.Fprint(w, "\n\n")
}

// slowdown returns how many times as long as series nested dual numbers take:
// the median over turns of both, which are at the same speed of the machine.
func slowdown(order int, x []float64) float64 {
	sweep := func(f func(x float64) []float64) float64 {
		start := time.Now()
		for _, x := range x {
			f(x)
		}
		return max(float64(time.Since(start)), 1)
	}
	ratios := make([]float64, 9)
	for i := range ratios {
		ratios[i] = sweep(nested(order)) / sweep(series(order))
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

// csv returns the columns x, d0, d1, … with 17 digits, which is enough to read
// back the same bits.
func (t table) csv() []byte {
	b := []byte("x")
	for k := range t.max {
		b = fmt.Appendf(b, ",d%d", k)
	}
	b = append(b, '\n')
	for i, x := range t.x {
		b = strconv.AppendFloat(b, x, 'e', 16, 64)
		for _, v := range t.d[i] {
			b = append(b, ',')
			b = strconv.AppendFloat(b, v, 'e', 16, 64)
		}
		b = append(b, '\n')
	}
	return b
}

type options struct {
	csv   string // empty for none
	n     int
	order int
	// nested asks for nested dual numbers instead of Taylor series.
	nested bool
}

// parse returns what the arguments say.
func parse(c *command.Call) (o options, err error) {
	f := c.Flags("[-out dir] [-n points] [-order k] [-csv file] [-nested]", "tanh")
	f.IntVar(&o.n, "n", 200, fmt.Sprintf("number of `points` of [%d, %d], 2 to %d", xMin, xMax, maxPoints))
	f.IntVar(&o.order, "order", 6, fmt.Sprintf("highest order `k` of derivative, 0 to %d", maxOrder))
	f.StringVar(&o.csv, "csv", "", "also write x and all derivatives to `file` (default none)")
	f.BoolVar(&o.nested, "nested", false, "differentiate by nested dual numbers, and compare their time with that of series")
	err = c.Parse(func() error {
		return cmp.Or(command.InRange("n", o.n, 2, maxPoints), command.InRange("order", o.order, 0, maxOrder))
	})
	if err == nil && o.csv != "" {
		err = command.Usage(checkCSV(o.csv, c.Out()))
	}
	return o, err
}

// checkCSV returns why the file cannot be written beside the figure in out.
func checkCSV(file, out string) error {
	dir, err := command.Directory(filepath.Dir(file))
	if err != nil {
		return fmt.Errorf("-csv: %w", err)
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return fmt.Errorf("-csv: %s is a directory", file)
	}
	info, err := command.Directory(out)
	if base := filepath.Base(file); err == nil && os.SameFile(info, dir) && (base == "tanh.svg" || base == "tanh.png") {
		return fmt.Errorf("-csv: %s is the figure", file)
	}
	return nil
}
