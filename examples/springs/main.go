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
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

const (
	minSide, maxSide = 4, 400
	tolerance        = 1e-10 // of a force, N
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command. It returns the exit status: 2 for wrong arguments, which
// are all found before anything is written, and 1 for an interrupt, a net that
// does not come to rest or failed output.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "springs:", strings.ReplaceAll(err.Error(), "\n", " "))
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
	p.show("recording")
	steps := 0
	r, err := c.net.relax(tolerance, func() bool { return ctx.Err() != nil }, func(it iterate) {
		steps++
		p.show(fmt.Sprintf("%d: largest force %.1e N", steps, it.force))
	})
	p.clear()
	if err != nil {
		return fail(1, err)
	}
	files, err := render(c.net, r)
	if err != nil {
		return fail(1, err)
	}
	b := new(bytes.Buffer)
	c.net.report(b, r)
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
	out string
	net net
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("springs", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.out, "out", ".", "write net.svg, net.png, hessian.svg and hessian.png to the existing directory `dir`")
	f.IntVar(&c.net.side, "n", 185, fmt.Sprintf("number of `nodes` on a side of the net, %d to %d: 3(n-2)² variables", minSide, maxSide))
	f.Float64Var(&c.net.slack, "rest", 0.9, "rest `length` of the springs by the width of a mesh, 0 to 1: the longer, the harder")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: springs [-out dir] [-n nodes] [-rest length]")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	switch {
	case f.NArg() > 0:
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case c.net.side < minSide || c.net.side > maxSide:
		return c, fmt.Errorf("-n %d is not in %d to %d", c.net.side, minSide, maxSide)
	case !(c.net.slack >= 0 && c.net.slack <= 1):
		return c, fmt.Errorf("-rest %v is not in 0 to 1", c.net.slack)
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

type file struct {
	name string
	data []byte
}

// render returns the files to be written.
func render(n net, r *relaxation) ([]file, error) {
	var files []file
	for _, f := range []struct {
		name string
		fig  figure
	}{{"net", netFigure(n, r)}, {"hessian", hessianFigure(n, r.hessian)}} {
		svg, err := f.fig.svg()
		if err != nil {
			return nil, err
		}
		png, err := f.fig.png()
		if err != nil {
			return nil, err
		}
		files = append(files, file{f.name + ".svg", svg}, file{f.name + ".png", png})
	}
	return files, nil
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
