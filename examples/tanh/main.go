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
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/gonum/floats"
)

const (
	xMin, xMax = -7, 7
	xFar       = -400 // exp(-2x) overflows here
	maxPoints  = 10_000
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command. It returns the exit status: 2 for wrong arguments, which
// are all found before anything is written, and 1 for failed output.
func run(args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "tanh:", strings.ReplaceAll(err.Error(), "\n", " "))
		return status
	}
	c, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(2, err)
	}

	t := tabulate(c.method()(c.order), floats.Span(make([]float64, c.n), xMin, xMax))
	files, err := c.render(t)
	if err != nil {
		return fail(1, err)
	}
	b := t.report(c.method())
	if c.nested {
		fmt.Fprintf(b, "nested dual numbers take %.1f times as long as series\n\n", slowdown(c.order, t.x))
	}
	for _, f := range files {
		if err := os.WriteFile(f.name, f.data, 0o666); err != nil {
			return fail(1, err)
		}
		fmt.Fprintf(b, "wrote %s\n", f.name)
	}
	if _, err := stdout.Write(b.Bytes()); err != nil {
		return fail(1, err)
	}
	return 0
}

type config struct {
	out   string
	csv   string // empty for none
	n     int
	order int
	// nested asks for nested dual numbers instead of Taylor series.
	nested bool
}

func (c config) method() method {
	if c.nested {
		return nested
	}
	return series
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("tanh", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.out, "out", ".", "write tanh.svg and tanh.png to the existing directory `dir`")
	f.IntVar(&c.n, "n", 200, fmt.Sprintf("number of `points` of [%d, %d], 2 to %d", xMin, xMax, maxPoints))
	f.IntVar(&c.order, "order", 6, fmt.Sprintf("highest order `k` of derivative, 0 to %d", maxOrder))
	f.StringVar(&c.csv, "csv", "", "also write x and all derivatives to `file` (default none)")
	f.BoolVar(&c.nested, "nested", false, "differentiate by nested dual numbers, and compare their time with that of series")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: tanh [-out dir] [-n points] [-order k] [-csv file] [-nested]")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	switch {
	case f.NArg() > 0:
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case c.n < 2 || c.n > maxPoints:
		return c, fmt.Errorf("-n %d is not in 2 to %d", c.n, maxPoints)
	case c.order < 0 || c.order > maxOrder:
		return c, fmt.Errorf("-order %d is not in 0 to %d", c.order, maxOrder)
	}
	out, err := directory(c.out)
	if err != nil {
		return c, fmt.Errorf("-out: %w", err)
	}
	if c.csv == "" {
		return c, nil
	}
	dir, err := directory(filepath.Dir(c.csv))
	if err != nil {
		return c, fmt.Errorf("-csv: %w", err)
	}
	if info, err := os.Stat(c.csv); err == nil && info.IsDir() {
		return c, fmt.Errorf("-csv: %s is a directory", c.csv)
	}
	if base := filepath.Base(c.csv); os.SameFile(out, dir) && (base == svgName || base == pngName) {
		return c, fmt.Errorf("-csv: %s is the figure", c.csv)
	}
	return c, nil
}

// directory returns the file info of an existing directory.
func directory(name string) (fs.FileInfo, error) {
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a directory", name)
	}
	return info, err
}

const (
	svgName = "tanh.svg"
	pngName = "tanh.png"
)

type file struct {
	name string
	data []byte
}

// render returns all files to be written.
func (c config) render(t table) ([]file, error) {
	p := figure(t)
	s, err := svg(p)
	if err != nil {
		return nil, err
	}
	b, err := png(p)
	if err != nil {
		return nil, err
	}
	files := []file{{filepath.Join(c.out, svgName), s}, {filepath.Join(c.out, pngName), b}}
	if c.csv != "" {
		files = append(files, file{c.csv, t.csv()})
	}
	return files, nil
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

// report returns the table of errors and the derivatives far out.
func (t table) report(m method) *bytes.Buffer {
	var b bytes.Buffer
	fmt.Fprintf(&b, "tanh at %d points of [%d, %d]\n\n", len(t.x), xMin, xMax)
	fmt.Fprintf(&b, "order  max |derivative|  max |error|  relative\n")
	for k := range t.max {
		fmt.Fprintf(&b, "%5d  %16.6g  %11.1e  %8.1e\n", k, t.max[k], t.err[k], t.err[k]/t.max[k])
	}
	fmt.Fprintf(&b, "\nx = %d:", xFar)
	for _, v := range m(len(t.max) - 1)(xFar) {
		fmt.Fprintf(&b, " %g", v+0) // no -0
	}
	fmt.Fprint(&b, "\n\n")
	return &b
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
