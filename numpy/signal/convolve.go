package signal

import (
	"fmt"
	"slices"
	"strings"

	np "github.com/dualjet/dualjet/numpy"
)

// A Mode tells which part of a convolution is wanted.
type Mode = np.ConvolveMode

const (
	// Full is wherever the two arrays overlap.
	Full = np.ConvolveFull
	// Same is the central part of the full convolution that has the shape of
	// the first array.
	Same = np.ConvolveSame
	// Valid is where one array lies within the other along all axes.
	Valid = np.ConvolveValid
)

// An Option tells along which axes arrays are convolved.
type Option struct {
	conv, dot *[2][]int
	stride    []int
}

// Axes names the axes along which the arrays are convolved, a[i] of the first
// with b[i] of the second. Without it these are all but those of [DotAxes], in
// order.
func Axes(a, b []int) Option { return Option{conv: &[2][]int{slices.Clone(a), slices.Clone(b)}} }

// DotAxes names the axes over which products are summed, a[i] of the first
// array with b[i] of the second, such as the channels of images and filters.
func DotAxes(a, b []int) Option { return Option{dot: &[2][]int{slices.Clone(a), slices.Clone(b)}} }

// Strides keeps every n-th element of the result along each axis of the
// convolution; n may be given for each of them, or once for all.
func Strides(n ...int) Option { return Option{stride: append([]int{}, n...)} }

// Convolve returns the convolution of a and b along some of their axes:
// products with their indices along those axes adding up to that of the
// result, summed over the dot axes too. The other axes are multiplied each
// with each: those of a come first in the result, then those of b, then those
// of the convolution. So images (image, channel, row, column) are convolved
// with filters (channel, filter, row, column) by
//
//	Convolve(images, filters, Valid, Axes([]int{2, 3}, []int{2, 3}), DotAxes([]int{1}, []int{0}))
//
// which has the shape (image, filter, row, column). Without options all axes
// are convolved, as by SciPy's convolve.
//
// It panics with a numpy.Error if axes are named twice or do not fit, if an
// array is empty along an axis of the convolution, or if with [Valid] none of
// the two lies within the other.
func Convolve(a, b np.Array, mode Mode, opts ...Option) np.Array {
	c := newConvolution(a, b, mode, opts)
	x, y := c.canonical(0, a), c.canonical(1, b)
	larger, kernel := x, y
	if c.swap {
		larger, kernel = y, x
	}
	z := productOp.Apply(product{
		window: c.window,
		n:      larger.Shape()[0], c: larger.Shape()[1], f: kernel.Shape()[0],
		result: inZ, absorb: inNone,
	}, larger, kernel)
	if c.swap {
		z = np.Transpose(z, 1, 0, 2)
	}
	return np.Reshape(z, slices.Concat(c.rest[0], c.rest[1], c.window.out)...)
}

// A convolution is what is known of one before the numbers are looked at.
type convolution struct {
	conv, dot, ignore [2][]int
	rest              [2][]int // lengths along ignore
	swap              bool     // the first array is the kernel
	window            window
}

func newConvolution(a, b np.Array, mode Mode, opts []Option) *convolution {
	c := &convolution{}
	var (
		named  bool
		stride []int
	)
	for _, o := range opts {
		if o.conv != nil {
			c.conv, named = *o.conv, true
		}
		if o.dot != nil {
			c.dot = *o.dot
		}
		if o.stride != nil {
			stride = o.stride
		}
	}
	arrays := [2]np.Array{a, b}
	for i, x := range arrays {
		c.dot[i] = axes(c.dot[i], x)
		if !named {
			c.conv[i] = others(x.NDim(), c.dot[i])
		}
		c.conv[i] = axes(c.conv[i], x)
		all := slices.Concat(c.conv[i], c.dot[i])
		c.ignore[i] = others(x.NDim(), all)
		if len(c.ignore[i])+len(all) != x.NDim() {
			np.Fail("signal: Convolve: an axis twice among %v of shape %s", all, shapeString(x.Shape()))
		}
		c.rest[i] = lengths(x, c.ignore[i])
	}
	if len(c.conv[0]) != len(c.conv[1]) || !slices.Equal(lengths(a, c.dot[0]), lengths(b, c.dot[1])) {
		np.Fail("signal: Convolve: shapes %s and %s do not align along axes %v and %v, dot axes %v and %v",
			shapeString(a.Shape()), shapeString(b.Shape()), c.conv[0], c.conv[1], c.dot[0], c.dot[1])
	}
	la, lb := lengths(a, c.conv[0]), lengths(b, c.conv[1])
	if slices.Contains(la, 0) || slices.Contains(lb, 0) {
		np.Fail("signal: Convolve: shapes %s and %s are empty along axes of the convolution", shapeString(a.Shape()), shapeString(b.Shape()))
	}
	fits, within := true, true // b in a, a in b
	for i := range la {
		fits, within = fits && lb[i] <= la[i], within && la[i] <= lb[i]
	}
	if mode == Valid && !fits && !within {
		np.Fail("signal: Convolve: none of the shapes %s and %s lies within the other", shapeString(a.Shape()), shapeString(b.Shape()))
	}
	c.swap = !fits && (within || size(la) < size(lb))
	if len(stride) == 1 {
		stride = slices.Repeat(stride, len(la))
	}
	if stride != nil && len(stride) != len(la) {
		np.Fail("signal: Convolve: %d strides for %d axes", len(stride), len(la))
	}
	c.window = window{sign: -1, kernel: lb, in: la}
	if c.swap {
		c.window.kernel, c.window.in = la, lb
	}
	for i := range la {
		lo, n := 0, la[i]+lb[i]-1
		switch mode {
		case Full:
		case Same:
			lo, n = (lb[i]-1)/2, la[i]
		case Valid:
			lo, n = min(la[i], lb[i])-1, max(la[i], lb[i])-min(la[i], lb[i])+1
		default:
			np.Fail("signal: Convolve: mode %d", int(mode))
		}
		step := 1
		if stride != nil {
			if step = stride[i]; step < 1 {
				np.Fail("signal: Convolve: stride %d", step)
			}
		}
		c.window.start = append(c.window.start, lo)
		c.window.stride = append(c.window.stride, step)
		c.window.out = append(c.window.out, (n+step-1)/step)
	}
	return c
}

// canonical returns operand i in the shape (others, dot, axes of the
// convolution...).
func (c *convolution) canonical(i int, x np.Array) np.Array {
	if perm := slices.Concat(c.ignore[i], c.dot[i], c.conv[i]); !slices.IsSorted(perm) {
		x = np.Transpose(x, perm...)
	}
	n := len(c.ignore[i])
	m := n + len(c.dot[i])
	s := x.Shape()
	return np.Reshape(x, append([]int{size(s[:n]), size(s[n:m])}, s[m:]...)...)
}

// axes returns the axes counted from the start.
func axes(list []int, x np.Array) []int {
	list = slices.Clone(list)
	for i, a := range list {
		n := x.NDim()
		if a < -n || a >= n {
			np.Fail("signal: Convolve: axis %d of shape %s", a, shapeString(x.Shape()))
		}
		if a < 0 {
			list[i] = a + n
		}
	}
	return list
}

// others returns the axes that are not in the list.
func others(n int, list []int) []int {
	var rest []int
	for a := range n {
		if !slices.Contains(list, a) {
			rest = append(rest, a)
		}
	}
	return rest
}

func lengths(x np.Array, axes []int) []int {
	l := make([]int, len(axes))
	for i, a := range axes {
		l[i] = x.Shape()[a]
	}
	return l
}

func size(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

func shapeString(shape []int) string {
	return "(" + strings.Trim(strings.ReplaceAll(fmt.Sprint(shape), " ", ","), "[]") + ")"
}
