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
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"github.com/dualjet/dualjet/examples/internal/command"
)

const (
	maxHidden = 1000
	maxEpochs = 1000
	rows      = 10 // of the table, besides the start
	products  = 30 // with the Hessian
)

func main() { command.Main("digits", run) }

// run is the command.
func run(c *command.Call) error {
	o, err := parse(c)
	if err != nil {
		return err
	}
	h, err := o.compute(c, c.Interruptible(), c.Show)
	if err != nil {
		return err
	}
	c.Draw("digits", h.figure())
	return nil
}

// A history is how the training went.
type history struct {
	train, test []score // before each epoch and after the last
	network     network
	digits      digits // of the test
}

// compute prints the report to w.
func (o options) compute(w io.Writer, stop func() bool, show func(string)) (history, error) {
	var h history
	all, err := read(packed)
	if err != nil {
		return h, err
	}
	rnd := rand.New(rand.NewPCG(o.seed, 0))
	train, test := split(all, rnd)
	h.digits = test
	n := newNetwork(rnd, pixels, o.hidden, classes)
	fmt.Fprintf(w, "Handwritten digits: %d to learn from, %d for the test, %d parameters, seed %d\n\n",
		train.len(), test.len(), n.size(), o.seed)
	fmt.Fprintf(w, "%5s  %16s  %16s\n", "", "loss", "accuracy in %")
	fmt.Fprintf(w, "%5s  %7s  %7s  %7s  %7s  %7s\n", "epoch", "train", "test", "train", "test", "seconds")

	every := max(1, o.epochs/rows)
	start := time.Now()
	h.network = n.train(train, o.epochs, rnd, func(epoch int, n network) bool {
		if stop() {
			return false
		}
		a, b := n.score(train), n.score(test)
		h.train, h.test = append(h.train, a), append(h.test, b)
		if epoch%every == 0 || epoch == o.epochs {
			fmt.Fprintf(w, "%5d  %7.4f  %7.4f  %7.1f  %7.1f  %7.2f\n",
				epoch, a.loss, b.loss, 100*a.accuracy, 100*b.accuracy, time.Since(start).Seconds())
		}
		show(fmt.Sprintf("epoch %d of %d: loss %.4f, %.1f %% of the test right", epoch, o.epochs, b.loss, 100*b.accuracy))
		return true
	})
	if stop() {
		return h, command.ErrInterrupted
	}
	fmt.Fprintf(w, "\nThe largest curvature of the loss at the end is %.3g, by %d products with the Hessian.\n\n",
		h.network.sharpness(train, products, rnd), products)
	return h, nil
}

type options struct {
	hidden int
	epochs int
	seed   uint64
}

// parse returns what the arguments say.
func parse(c *command.Call) (o options, err error) {
	f := c.Flags("[-out dir] [-hidden units] [-epochs k] [-seed s]", "digits")
	f.IntVar(&o.hidden, "hidden", 64, fmt.Sprintf("number of `units` between the two layers, 1 to %d", maxHidden))
	f.IntVar(&o.epochs, "epochs", 40, fmt.Sprintf("go `k` times through the digits, 1 to %d", maxEpochs))
	f.Uint64Var(&o.seed, "seed", 1, "seed `s` of all that is random, 0 to 2⁶⁴-1")
	err = c.Parse(func() error {
		return cmp.Or(
			command.InRange("hidden", o.hidden, 1, maxHidden),
			command.InRange("epochs", o.epochs, 1, maxEpochs),
		)
	})
	return o, err
}
