package fft

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

// An Option changes lengths, axes or the scale of a transform.
type Option struct {
	n     []int
	axes  []int
	scale scale
}

type scale int

const (
	backward scale = iota // 1/n in the inverse
	ortho                 // 1/√n in both
	forward               // 1/n in the transform
)

// N sets the lengths of the transformed axes: longer axes are cut, shorter
// ones padded with zeros. For IRFFT and HFFT they are the lengths of the
// result, by default 2(m-1) where m is that of the operand.
func N(n ...int) Option { return Option{n: append([]int{}, n...)} }

// Axes sets the axes that are transformed, negative ones counting from the
// end. The default is the last one of FFT, the last two of FFT2, and of FFTN
// all, or as many as N gives lengths.
func Axes(axes ...int) Option { return Option{axes: append([]int{}, axes...)} }

var (
	// Ortho divides transforms and inverses by √n, which makes them unitary.
	Ortho = Option{scale: ortho}
	// ForwardNorm divides transforms by n and leaves inverses as they are. The
	// default is the other way round.
	ForwardNorm = Option{scale: forward}
)

// A plan is what the options say for an array: axes counted from the start,
// and a length for each, 0 where it is that of the array.
type plan struct {
	name  string
	n     []int
	axes  []int
	scale scale
}

// newPlan returns the plan of a transform over count axes, 0 for all.
func newPlan(name string, x np.Array, opts []Option, count int) plan {
	p := plan{name: name}
	for _, o := range opts {
		if o.n != nil {
			p.n = o.n
		}
		if o.axes != nil {
			p.axes = o.axes
		}
		if o.scale != backward {
			p.scale = o.scale
		}
	}
	dim := x.NDim()
	if p.axes == nil {
		if count == 0 {
			count = dim
			if p.n != nil {
				count = len(p.n)
			}
		}
		for i := range count {
			p.axes = append(p.axes, i-count)
		}
	} else {
		p.axes = append([]int{}, p.axes...)
	}
	if count == 1 && len(p.axes) != 1 {
		np.Fail("fft: %s: %d axes, want 1", name, len(p.axes))
	}
	for i, a := range p.axes {
		if a < -dim || a >= dim {
			np.Fail("fft: %s: axis %d of an array of %d dimensions", name, a, dim)
		}
		if a < 0 {
			p.axes[i] = a + dim
		}
	}
	if p.n == nil {
		p.n = make([]int, len(p.axes))
	} else {
		if len(p.n) != len(p.axes) {
			np.Fail("fft: %s: %d lengths for %d axes", name, len(p.n), len(p.axes))
		}
		for _, n := range p.n {
			if n < 1 {
				np.Fail("fft: %s: length %d is not positive", name, n)
			}
		}
	}
	return p
}

// length returns the length of axis i of the plan for x.
func (p plan) length(x np.Array, i int) int {
	if p.n[i] > 0 {
		return p.n[i]
	}
	n := x.Shape()[p.axes[i]]
	if n < 1 {
		np.Fail("fft: %s: an axis has length 0", p.name)
	}
	return n
}

// factor returns what a transform of length n is multiplied with.
func (s scale) factor(n int, inverse bool) float64 {
	switch {
	case s == ortho:
		return 1 / math.Sqrt(float64(n))
	case s == forward != inverse:
		return 1 / float64(n)
	}
	return 1
}
