package signal

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/fft"
)

// FFTConvolve is [Convolve] by Fourier transforms, which takes fewer operations
// where both arrays are long: n·log n instead of n². Its rounding errors are
// relative to the largest element of the result, not to each, and a NaN or Inf
// spreads over all of them. It panics as Convolve does.
func FFTConvolve(a, b np.Array, mode Mode, opts ...Option) np.Array {
	c := newConvolution(a, b, mode, opts)
	dims := len(c.conv[0])
	if dims == 0 {
		return Convolve(a, b, mode, opts...)
	}
	// The axes: others of a, others of b, dot, and those of the convolution.
	x, y := c.canonical(0, a), c.canonical(1, b)
	m, n := x.Shape()[0], y.Shape()[0]
	x = np.Reshape(x, slices.Insert(slices.Clone(x.Shape()), 1, 1)...)
	y = np.Reshape(y, slices.Insert(slices.Clone(y.Shape()), 0, 1)...)
	w := c.window
	w.in, w.kernel = make([]int, dims), slices.Repeat([]int{1}, dims)
	axes := make([]int, dims)
	for i := range axes {
		w.in[i] = smooth(c.window.in[i] + c.window.kernel[i] - 1)
		axes[i] = i - dims
	}
	transform, back := fft.RFFTN, fft.IRFFTN
	if x.IsComplex() || y.IsComplex() {
		transform, back = fft.FFTN, fft.IFFTN
	}
	along, lengths := fft.Axes(axes...), fft.N(w.in...)
	f := np.Sum(np.Mul(transform(x, along, lengths), transform(y, along, lengths)), np.Axis(2))
	z := np.Reshape(back(f, along, lengths), append([]int{m * n, 1}, w.in...)...)
	z = patchesOp.Apply(w, z)
	return np.Reshape(z, slices.Concat(c.rest[0], c.rest[1], w.out)...)
}

// smooth returns the least number from n on without prime factors above 5:
// transforms of such lengths are fast.
func smooth(n int) int {
	for ; ; n++ {
		r := n
		for _, p := range []int{2, 3, 5} {
			for r%p == 0 {
				r /= p
			}
		}
		if r == 1 {
			return n
		}
	}
}
