package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// A band is the parameter of operations on banded matrices: element i, j of the
// matrix is stored at u+i-j, j, where l diagonals lie below the main one and u
// above. What is stored beyond the matrix is not read.
type band struct{ l, u int }

var (
	bandedOp    = &np.Op{Name: "linalg.SolveBanded"}
	bandMulOp   = &np.Op{Name: "linalg.SolveBanded", Multilinear: true}
	bandOuterOp = &np.Op{Name: "linalg.SolveBanded", Multilinear: true}
	bandTransOp = &np.Op{Name: "linalg.SolveBanded", Linear: true}
)

func init() {
	bandedOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(band)
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return bandSolved[complex128](p, c.In[0], c.In[1])
		}
		return bandSolved[float64](p, c.In[0], c.In[1])
	}
	bandedOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		d := np.Array{}
		if !isZero(v[0]) {
			d = bandMulOp.Apply(c.Param, v[0], c.Out[0])
		}
		return []np.Array{bandedOp.Apply(c.Param, c.In[0], np.Sub(v[1], d))}
	}
	bandedOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		p := c.Param.(band)
		g := bandedOp.Apply(p.t(), bandTransOp.Apply(p, c.In[0]), w[0])
		out := []np.Array{{}, g}
		if need[0] {
			out[0] = bandOuterOp.Apply(p, g, c.Out[0]).Neg()
		}
		return out
	}
	bandMulOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return bandMul[complex128](c.Param.(band), c.In[0], c.In[1])
		}
		return bandMul[float64](c.Param.(band), c.In[0], c.In[1])
	}
	bandMulOp.VJP = func(c *np.Call, i int, w np.Array) np.Array {
		p := c.Param.(band)
		if i == 0 {
			return bandOuterOp.Apply(p, w, c.In[1])
		}
		return bandMulOp.Apply(p.t(), bandTransOp.Apply(p, c.In[0]), w)
	}
	bandOuterOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return bandOuter[complex128](c.Param.(band), c.In[0], c.In[1])
		}
		return bandOuter[float64](c.Param.(band), c.In[0], c.In[1])
	}
	bandOuterOp.VJP = func(c *np.Call, i int, w np.Array) np.Array {
		p := c.Param.(band)
		if i == 0 {
			return bandMulOp.Apply(p, w, c.In[1])
		}
		return bandMulOp.Apply(p.t(), bandTransOp.Apply(p, w), c.In[0])
	}
	bandTransOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() {
			return bandTrans[complex128](c.Param.(band), c.In[0])
		}
		return bandTrans[float64](c.Param.(band), c.In[0])
	}
	bandTransOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		return bandTransOp.Apply(c.Param.(band).t(), w)
	}
}

// t returns the band of the transpose.
func (p band) t() band { return band{p.u, p.l} }

// each calls f for the elements of an n×n matrix and their places.
func (p band) each(n int, f func(i, j, at int)) {
	for i := range n {
		for j := max(0, i-p.l); j <= min(n-1, i+p.u); j++ {
			f(i, j, (p.u+i-j)*n+j)
		}
	}
}

func bandMul[T number](p band, ab, x np.Array) np.Array {
	n, m := size(x)
	a, xs := elements[T](ab), elements[T](x)
	y := make([]T, n*m)
	p.each(n, func(i, j, at int) {
		for k := range m {
			y[i*m+k] += a[at] * xs[j*m+k]
		}
	})
	return wrap(y, n, m)
}

func bandOuter[T number](p band, w, x np.Array) np.Array {
	n, m := size(x)
	ws, xs := elements[T](w), elements[T](x)
	rows := p.l + p.u + 1
	a := make([]T, rows*n)
	p.each(n, func(i, j, at int) {
		for k := range m {
			a[at] += ws[i*m+k] * xs[j*m+k]
		}
	})
	return wrap(a, rows, n)
}

func bandTrans[T number](p band, ab np.Array) np.Array {
	rows, n := size(ab)
	a := elements[T](ab)
	y := make([]T, rows*n)
	p.each(n, func(i, j, at int) { y[(p.l+j-i)*n+i] = a[at] })
	return wrap(y, rows, n)
}

// bandSolved eliminates with exchange of rows. Row i is kept from its first
// column on, which is i-l before its elimination, with room for the elements
// that exchanges bring in.
func bandSolved[T number](p band, ab, b np.Array) np.Array {
	n, m := size(b)
	a := elements[T](ab)
	x := slices.Clone(elements[T](b))
	width := 2*p.l + p.u + 1
	// Element i, j is at i, l+j-i of rows.
	rows := make([]T, n*width)
	at := func(i, j int) *T { return &rows[i*width+p.l+j-i] }
	p.each(n, func(i, j, k int) { *at(i, j) = a[k] })
	for k := range n {
		last := min(n-1, k+p.l)
		q := k
		for i := k + 1; i <= last; i++ {
			if abs(*at(i, k)) > abs(*at(q, k)) {
				q = i
			}
		}
		end := min(n-1, k+p.l+p.u)
		if q != k {
			for j := k; j <= end; j++ {
				y, z := at(k, j), at(q, j)
				*y, *z = *z, *y
			}
			swapRows(x, m, k, q)
		}
		d := *at(k, k)
		if !(abs(d) > 0) {
			fillNaN(x)
			return wrap(x, n, m)
		}
		for i := k + 1; i <= last; i++ {
			f := *at(i, k) / d
			if f == 0 {
				continue
			}
			for j := k; j <= end; j++ {
				*at(i, j) -= f * *at(k, j)
			}
			for j := range m {
				x[i*m+j] -= f * x[k*m+j]
			}
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k <= min(n-1, i+p.l+p.u); k++ {
			f := *at(i, k)
			for j := range m {
				x[i*m+j] -= f * x[k*m+j]
			}
		}
		d := *at(i, i)
		for j := range m {
			x[i*m+j] /= d
		}
	}
	return wrap(x, n, m)
}

// SolveBanded returns the solution x of a·x = b, where a is a banded matrix
// with l diagonals below the main one and u above. Row u+i-j and column j of ab
// hold element i, j of it, so that ab has the shape (l+u+1, n); other elements
// of ab are not read. b is a vector or a matrix. The time is proportional to
// n. A singular matrix gives NaN.
func SolveBanded(l, u int, ab, b np.Array) np.Array {
	if l < 0 || u < 0 {
		np.Fail("linalg: SolveBanded: %d diagonals below and %d above", l, u)
	}
	if ab.NDim() != 2 || ab.Shape()[0] != l+u+1 {
		np.Fail("linalg: SolveBanded: shape %s is not one of %d diagonals", shape(ab), l+u+1)
	}
	n := ab.Shape()[1]
	if d := b.NDim(); d != 1 && d != 2 || b.Len() != n {
		doNotFit("SolveBanded", ab, b)
	}
	p := band{l, u}
	if b.NDim() == 1 {
		return vector(bandedOp.Apply(p, ab, column(b)))
	}
	return bandedOp.Apply(p, ab, b)
}
