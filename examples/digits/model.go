package main

import (
	"math"
	"math/rand/v2"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/optimizers"
)

// A layer computes x·W + B.
type layer struct {
	W, B np.Array
}

// A network is layers with tanh between them. It is its own tree of parameters:
// gradients are networks too.
type network struct {
	Layers []layer
}

// newNetwork returns a network with so many numbers before, between and after
// its layers. Its random weights keep the variance of what goes through.
func newNetwork(rnd *rand.Rand, widths ...int) network {
	var n network
	for i, out := range widths[1:] {
		in := widths[i]
		w := make([]float64, in*out)
		for k := range w {
			w[k] = rnd.NormFloat64() / math.Sqrt(float64(in))
		}
		n.Layers = append(n.Layers, layer{W: np.Wrap(w, in, out), B: np.Zeros(out)})
	}
	return n
}

// logits returns the logarithms of the probabilities of all classes, up to a
// constant, for each row of x.
func (n network) logits(x np.Array) np.Array {
	for i, l := range n.Layers {
		if i > 0 {
			x = np.Tanh(x)
		}
		x = np.Add(np.MatMul(x, l.W), l.B)
	}
	return x
}

// loss is the mean of -log p over the digits, where p is the probability that
// the network gives to what they are.
func (n network) loss(d digits) np.Array {
	logp := np.LogSoftmax(n.logits(d.x), 1)
	return np.Mean(np.TakeAlongAxis(logp, d.y, 1)).Neg()
}

// penalty is half the sum of squares of the weights.
func (n network) penalty() np.Array {
	var sum np.Array
	for _, l := range n.Layers {
		sum = np.Add(sum, np.Sum(np.Square(l.W)))
	}
	return sum.Scale(0.5)
}

// guess returns what the network takes the digits for.
func (n network) guess(d digits) []int { return np.ArgMax(n.logits(d.x), np.Axis(1)).Ints() }

// size returns the number of parameters.
func (n network) size() int {
	sum := 0
	for _, p := range np.Leaves(n) {
		sum += p.Size()
	}
	return sum
}

// A score tells how good a network is.
type score struct {
	loss     float64
	accuracy float64 // part of the digits that is read right
}

func (n network) score(d digits) score {
	right := 0
	for i, g := range n.guess(d) {
		if g == int(d.y.Float64s()[i]) {
			right++
		}
	}
	return score{n.loss(d).Float64(), float64(right) / float64(d.len())}
}

const (
	batch = 64   // digits a step
	rate  = 3e-3 // length of a step
	decay = 1e-4 // factor of the penalty
)

// train takes steps of Adam from n, each by the gradient for a batch of the
// digits, and goes through all of them in every epoch. Before each epoch and
// after the last it calls see, and ends where that returns false.
func (n network) train(d digits, epochs int, rnd *rand.Rand, see func(epoch int, n network) bool) network {
	steps := (d.len() + batch - 1) / batch
	var order []int
	gradient := func(n network, step int) network {
		if step%steps == 0 {
			order = rnd.Perm(d.len())
		}
		at := step % steps * batch
		part := d.take(order[at:min(at+batch, len(order))])
		return np.GradTree(func(n network) np.Array {
			return np.Add(n.loss(part), n.penalty().Scale(decay))
		})(n)
	}
	stopped := false
	n = optimizers.Minimize(optimizers.NewAdam(rate), gradient, n, epochs*steps, func(step int, n, _ network) bool {
		stopped = step%steps == 0 && !see(step/steps, n)
		return !stopped
	})
	if !stopped {
		see(epochs, n)
	}
	return n
}

// sharpness returns the largest eigenvalue of the Hessian of the loss, by the
// power method with so many products: those of the Hessian with a network.
func (n network) sharpness(d digits, products int, rnd *rand.Rand) float64 {
	_, _, hvp := np.HVPFuncTree(func(n network) np.Array { return n.loss(d) }, n)
	v, unflatten := np.Flatten(n)
	start := make([]float64, v.Size())
	for i := range start {
		start[i] = rnd.NormFloat64()
	}
	v = np.Wrap(start)
	var eigenvalue float64
	for range products {
		v = np.Div(v, np.Sqrt(np.Sum(np.Square(v))))
		u, _ := np.Flatten(hvp(unflatten(v)))
		eigenvalue = np.Sum(np.Mul(u, v)).Float64()
		v = u
	}
	return eigenvalue
}
