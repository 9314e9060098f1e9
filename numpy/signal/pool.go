package signal

import (
	"math"
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// Pooling takes of every array a weighted sum of what a window sees, at each
// of its positions: pickOp, and its transpose spreadOp. The weights of a
// maximum are those of its derivative.
var (
	maxPoolOp = &np.Op{Name: "signal.MaxPool"}
	pickOp    = &np.Op{Name: "signal.pool", Linear: true}
	spreadOp  = &np.Op{Name: "signal.unpool", Linear: true}
)

// pool is what the operations need to know.
type pool struct {
	window
	in, out []int     // shapes of the whole arrays
	weights []float64 // in the order of patches, nil for equal ones
}

func init() {
	maxPoolOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(pool)
		return np.Wrap(p.max(c.In[0].Float64s()), p.out...)
	}
	maxPoolOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array { return pickOp.Apply(weighted(c), v) }
	maxPoolOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return spreadOp.Apply(weighted(c), w) }

	pickOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(pool)
		return p.value(c.In[0], p.out, pick[float64], pick[complex128])
	}
	pickOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return spreadOp.Apply(c.Param, w) }
	spreadOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(pool)
		return p.value(c.In[0], p.in, spread[float64], spread[complex128])
	}
	spreadOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return pickOp.Apply(c.Param, w) }
}

// A pooling adds the elements of x, times weights, to z.
type pooling[T float64 | complex128] func(p pool, z, x []T, scale func(T, float64) T)

// value returns what a pooling makes of x, an array of the shape.
func (p pool) value(x np.Array, shape []int, re pooling[float64], cx pooling[complex128]) np.Array {
	if x.IsComplex() {
		z := make([]complex128, size(shape))
		cx(p, z, x.Complex128s(), func(v complex128, w float64) complex128 { return v * complex(w, 0) })
		return np.WrapComplex(z, shape...)
	}
	z := make([]float64, size(shape))
	re(p, z, x.Float64s(), func(v, w float64) float64 { return v * w })
	return np.Wrap(z, shape...)
}

// MaxPool returns the largest elements in a window that is moved over the last
// two axes of x, by the stride from one position to the next. Elements that are
// equal share the derivative, and NaN is larger than all numbers. It panics
// with a numpy.Error if the window does not fit into x, and if x is complex.
func MaxPool(x np.Array, window, stride [2]int) np.Array {
	if x.IsComplex() {
		np.Fail("signal: MaxPool: not defined for complex numbers")
	}
	return maxPoolOp.Apply(newPool("MaxPool", x, window, stride), x)
}

// AvgPool is [MaxPool] for the means of the elements, which may be complex.
func AvgPool(x np.Array, window, stride [2]int) np.Array {
	return pickOp.Apply(newPool("AvgPool", x, window, stride), x)
}

func newPool(name string, x np.Array, kernel, stride [2]int) pool {
	n, s := x.NDim(), x.Shape()
	if n < 2 {
		np.Fail("signal: %s: shape %s has no two axes", name, shapeString(s))
	}
	w := window{in: s[n-2:], kernel: kernel[:], start: []int{0, 0}, stride: stride[:], sign: 1}
	for i, l := range w.in {
		if kernel[i] < 1 || stride[i] < 1 || kernel[i] > l {
			np.Fail("signal: %s: window %s with strides %s for shape %s", name,
				shapeString(kernel[:]), shapeString(stride[:]), shapeString(s))
		}
		w.out = append(w.out, (l-kernel[i])/stride[i]+1)
	}
	return pool{window: w, in: s, out: slices.Concat(s[:n-2], w.out)}
}

// each calls f for every run of elements that the window sees: where it starts
// among the parts, in the arrays and in the result.
func (p pool) each(f func(part, array, result, n, step int)) {
	k, m := size(p.kernel), size(p.window.out)
	if m == 0 {
		return
	}
	p.rows(size(p.out)/m, func(part, array, n, step int) {
		f(part, array, part/(k*m)*m+part%m, n, step)
	})
}

func (p pool) max(x []float64) []float64 {
	z := make([]float64, size(p.out))
	for i := range z {
		z[i] = math.Inf(-1)
	}
	p.each(func(_, a, r, n, step int) {
		for i := range n {
			if v := x[a+i*step]; v > z[r+i] || v != v {
				z[r+i] = v
			}
		}
	})
	return z
}

// weighted returns the parameter of a maximum with the weights of its
// derivative.
func weighted(c *np.Call) pool {
	p := c.Param.(pool)
	x, z := c.In[0].Detach().Float64s(), c.Out[0].Detach().Float64s()
	top := func(v, max float64) bool { return v == max || v != v && max != max }
	count := make([]float64, len(z))
	p.each(func(_, a, r, n, step int) {
		for i := range n {
			if top(x[a+i*step], z[r+i]) {
				count[r+i]++
			}
		}
	})
	p.weights = make([]float64, len(z)*size(p.kernel))
	p.each(func(part, a, r, n, step int) {
		for i := range n {
			if top(x[a+i*step], z[r+i]) {
				p.weights[part+i] = 1 / count[r+i]
			}
		}
	})
	return p
}

// pick adds the weighted elements up in z.
func pick[T float64 | complex128](p pool, z, x []T, scale func(T, float64) T) {
	equal := 1 / float64(size(p.kernel))
	p.each(func(part, a, r, n, step int) {
		for i := range n {
			w := equal
			if p.weights != nil {
				if w = p.weights[part+i]; w == 0 {
					continue
				}
			}
			z[r+i] += scale(x[a+i*step], w)
		}
	})
}

// spread adds the weighted elements of x up where they come from.
func spread[T float64 | complex128](p pool, z, x []T, scale func(T, float64) T) {
	equal := 1 / float64(size(p.kernel))
	p.each(func(part, a, r, n, step int) {
		for i := range n {
			w := equal
			if p.weights != nil {
				if w = p.weights[part+i]; w == 0 {
					continue
				}
			}
			z[a+i*step] += scale(x[r+i], w)
		}
	})
}
