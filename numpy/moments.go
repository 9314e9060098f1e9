package numpy

import (
	"math"
	"slices"
)

// Variances and standard deviations of real bands, in one pass after that for
// the means. The parameter is the divisor.
var (
	varOp = &Op{Name: "Var"}
	stdOp = &Op{Name: "Std"}
)

func init() {
	varOp.Eval = func(c *Call) Array {
		x, shape := c.In[0].data().reals(), c.In[0].Shape()
		z, b := newReal(newLayout(reducedBands(shape))), bandOf(shape)
		b.squares(z.re, x, b.means(x))
		for i := range z.re {
			z.re[i] /= c.Param.(float64)
		}
		return plain(z)
	}
	varOp.JVP = func(c *Call, _ int, v Array) Array {
		return bandSums(AZMul(v, deviation(c.In[0]).Scale(2/c.Param.(float64))))
	}
	varOp.VJP = func(c *Call, _ int, w Array) Array {
		if n := c.Param.(float64); c.constant(w) {
			return pullDeviation(c, w, func(w, _ float64) float64 { return w * 2 / n })
		}
		return AZMul(w, deviation(c.In[0]).Scale(2/c.Param.(float64)))
	}
	varOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		d := make([]Array, len(x[0]))
		for k, v := range x[0] {
			if !v.isZero() {
				d[k] = deviation(v)
			}
		}
		terms := mulOp.productTerms(c, d, d, order)
		for k, t := range terms {
			if !t.isZero() {
				terms[k] = bandSums(t).Scale(1 / c.Param.(float64))
			}
		}
		return terms
	}

	stdOp.Eval = func(c *Call) Array {
		x, shape := c.In[0].data().reals(), c.In[0].Shape()
		z, b := newReal(newLayout(reducedBands(shape))), bandOf(shape)
		means := b.means(x)
		b.squares(z.re, x, means)
		for i, s := range z.re {
			if 1e-280 < s && s < 1e280 {
				s = math.Sqrt(s)
			} else {
				// The squares overflow or vanish, where those of norm2 do not.
				s = norm2(b.distances(x, i, means[i]))
			}
			z.re[i] = s / math.Sqrt(c.Param.(float64))
		}
		return plain(z)
	}
	stdOp.JVP = func(c *Call, _ int, v Array) Array { return bandSums(Mul(v, stdSlope(c))) }
	stdOp.VJP = func(c *Call, _ int, w Array) Array {
		if n := c.Param.(float64); c.constant(w) {
			return pullDeviation(c, w, func(w, std float64) float64 {
				if std == 0 {
					return 0
				}
				return w / std / n
			})
		}
		return Mul(w, stdSlope(c))
	}
}

// stdSlope returns the derivative of the standard deviation in each element.
func stdSlope(c *Call) Array {
	return azDiv(deviation(c.In[0]).Scale(1/c.Param.(float64)), c.Out[0])
}

// deviation returns bands less their means.
func deviation(x Array) Array {
	return Sub(x, Div(bandSums(x), Scalar(float64(x.Shape()[1]))))
}

// constant reports whether the operand of c and w are real constants.
func (c *Call) constant(w Array) bool {
	return c.In[0].n == nil && w.n == nil && !w.IsComplex()
}

// pullDeviation returns the deviations times what factor makes of w and the
// result, 0 where that is 0.
func pullDeviation(c *Call, w Array, factor func(w, out float64) float64) Array {
	x, out := c.In[0].data().reals(), c.Out[0].data().reals()
	z, b := like2(c.In[0].data().lay, c.In[0].data(), w.data()), bandOf(c.In[0].Shape())
	clear(z.re)
	f, means := make([]float64, len(out)), b.means(x)
	for i, w := range w.data().reals() {
		f[i] = factor(w, out[i])
	}
	zeros := slices.Contains(f, 0)
	b.lines(func(o, lo, hi int) {
		x, z := x[lo:hi], z.re[lo:hi]
		f, means := f[o*b.inner:(o+1)*b.inner], means[o*b.inner:(o+1)*b.inner]
		switch {
		case b.inner == 1:
			if f, mean := f[0], means[0]; f != 0 {
				for i, v := range x {
					z[i] = f * (v - mean)
				}
			}
		case zeros:
			for k, v := range x {
				if i := k % b.inner; f[i] != 0 {
					z[k] = f[i] * (v - means[i])
				}
			}
		default:
			for k := 0; k < len(x); k += b.inner {
				z := z[k : k+b.inner]
				for i, v := range x[k : k+b.inner] {
					z[i] = f[i] * (v - means[i])
				}
			}
		}
	})
	return plain(z)
}

// means returns the means of bands.
func (b band) means(x []float64) []float64 {
	m := make([]float64, b.outer*b.inner)
	b.lines(func(o, lo, hi int) {
		if b.inner == 1 {
			m[o] = sumFloats(x[lo:hi])
			return
		}
		addRows(m[o*b.inner:(o+1)*b.inner], x[lo:hi], b.n, b.inner)
	})
	for i := range m {
		m[i] /= float64(b.n)
	}
	return m
}

// squares adds the squares of the distances from the means to z.
func (b band) squares(z, x, means []float64) {
	b.lines(func(o, lo, hi int) {
		if b.inner == 1 {
			z[o] = sumSquares(x[lo:hi], means[o])
			return
		}
		z, means := z[o*b.inner:(o+1)*b.inner], means[o*b.inner:(o+1)*b.inner]
		for ; lo < hi; lo += b.inner {
			for i, v := range x[lo : lo+b.inner] {
				d := v - means[i]
				z[i] += d * d
			}
		}
	})
}

// distances returns the distances from the mean of the elements that result i
// stems from.
func (b band) distances(x []float64, i int, mean float64) []float64 {
	d := make([]float64, b.n)
	at := i/b.inner*b.n*b.inner + i%b.inner
	for k := range d {
		d[k] = math.Abs(x[at+k*b.inner] - mean)
	}
	return d
}

// sumSquares is sumFloats for the squares of distances from the mean.
func sumSquares(x []float64, mean float64) float64 {
	if len(x) > 128 {
		h := len(x) / 2 &^ 7
		return sumSquares(x[:h], mean) + sumSquares(x[h:], mean)
	}
	var a, b, c, d float64
	for len(x) >= 4 {
		p, q, r, s := x[0]-mean, x[1]-mean, x[2]-mean, x[3]-mean
		a += p * p
		b += q * q
		c += r * r
		d += s * s
		x = x[4:]
	}
	for _, v := range x {
		p := v - mean
		a += p * p
	}
	return (a + b) + (c + d)
}
