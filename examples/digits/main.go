// The digits command teaches a network to read handwritten digits of 8 × 8
// pixels.
//
// The network is a struct of arrays with a function for its loss. Package numpy
// turns that into the gradient, a struct of the same type, and Adam of package
// optimizers takes steps by it. A table shows losses and accuracies on the way,
// also for digits that the network does not learn from. At the end the largest
// curvature of the loss is found by products with its Hessian.
//
// Usage:
//
//	digits [-out dir] [-hidden units] [-epochs k] [-seed s]
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

const (
	maxHidden = 1000
	maxEpochs = 1000
	rows      = 10 // of the table, besides the start
	products  = 30 // with the Hessian
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
		fmt.Fprintln(stderr, "digits:", strings.ReplaceAll(err.Error(), "\n", " "))
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
	h, err := c.compute(b, func() bool { return ctx.Err() != nil }, p)
	p.clear()
	if err != nil {
		return fail(1, err)
	}
	fig := h.figure()
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
	}{{"digits.svg", svg}, {"digits.png", png}} {
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
	out    string
	hidden int
	epochs int
	seed   uint64
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("digits", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.out, "out", ".", "write digits.svg and digits.png to the existing directory `dir`")
	f.IntVar(&c.hidden, "hidden", 64, fmt.Sprintf("number of `units` between the two layers, 1 to %d", maxHidden))
	f.IntVar(&c.epochs, "epochs", 40, fmt.Sprintf("go `k` times through the digits, 1 to %d", maxEpochs))
	f.Uint64Var(&c.seed, "seed", 1, "seed `s` of all that is random, 0 to 2⁶⁴-1")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: digits [-out dir] [-hidden units] [-epochs k] [-seed s]")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	switch {
	case f.NArg() > 0:
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case c.hidden < 1 || c.hidden > maxHidden:
		return c, fmt.Errorf("-hidden %d is not in 1 to %d", c.hidden, maxHidden)
	case c.epochs < 1 || c.epochs > maxEpochs:
		return c, fmt.Errorf("-epochs %d is not in 1 to %d", c.epochs, maxEpochs)
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

var errInterrupted = errors.New("interrupted")

// A history is how the training went.
type history struct {
	train, test []score // before each epoch and after the last
	network     network
	digits      digits // of the test
}

// compute prints the report to w.
func (c config) compute(w io.Writer, stop func() bool, p *progress) (history, error) {
	var h history
	all, err := read(packed)
	if err != nil {
		return h, err
	}
	rnd := rand.New(rand.NewPCG(c.seed, 0))
	train, test := split(all, rnd)
	h.digits = test
	n := newNetwork(rnd, pixels, c.hidden, classes)
	fmt.Fprintf(w, "Handwritten digits: %d to learn from, %d for the test, %d parameters, seed %d\n\n",
		train.len(), test.len(), n.size(), c.seed)
	fmt.Fprintf(w, "%5s  %16s  %16s\n", "", "loss", "accuracy in %")
	fmt.Fprintf(w, "%5s  %7s  %7s  %7s  %7s  %7s\n", "epoch", "train", "test", "train", "test", "seconds")

	every := max(1, c.epochs/rows)
	start := time.Now()
	h.network = n.train(train, c.epochs, rnd, func(epoch int, n network) bool {
		if stop() {
			return false
		}
		a, b := n.score(train), n.score(test)
		h.train, h.test = append(h.train, a), append(h.test, b)
		if epoch%every == 0 || epoch == c.epochs {
			fmt.Fprintf(w, "%5d  %7.4f  %7.4f  %7.1f  %7.1f  %7.2f\n",
				epoch, a.loss, b.loss, 100*a.accuracy, 100*b.accuracy, time.Since(start).Seconds())
		}
		p.show(fmt.Sprintf("epoch %d of %d: loss %.4f, %.1f %% of the test right", epoch, c.epochs, b.loss, 100*b.accuracy))
		return true
	})
	if stop() {
		return h, errInterrupted
	}
	fmt.Fprintf(w, "\nThe largest curvature of the loss at the end is %.3g, by %d products with the Hessian.\n\n",
		h.network.sharpness(train, products, rnd), products)
	return h, nil
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
