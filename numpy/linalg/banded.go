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
	bandedOp    = &np.Op{Name: "linalg.SolveBanded", Broadcast: true}
	bandMulOp   = &np.Op{Name: "linalg.BandMul", Multilinear: true, Broadcast: true}
	bandOuterOp = &np.Op{Name: "linalg.BandOuter", Multilinear: true, Broadcast: true}
	bandTransOp = &np.Op{Name: "linalg.BandTranspose", Linear: true, Broadcast: true}
)

func init() {
	bandedOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(band)
		m, n := size(c.In[1])
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return bands(p, c.In[0], c.In[1], m, n, bandSolved[complex128])
		}
		return bands(p, c.In[0], c.In[1], m, n, bandSolved[float64])
	}
	bandedOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		d := np.Array{}
		if !isZero(v[0]) {
			d = bandMulOp.Apply(c.Param, v[0], c.Out[0])
		}
		return []np.Array{bandedOp.Apply(c.Param, c.In[0], minus(v[1], d))}
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
		m, n := size(c.In[1])
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return bands(c.Param.(band), c.In[0], c.In[1], m, n, bandMul[complex128])
		}
		return bands(c.Param.(band), c.In[0], c.In[1], m, n, bandMul[float64])
	}
	bandMulOp.VJP = func(c *np.Call, i int, w np.Array) np.Array {
		p := c.Param.(band)
		if i == 0 {
			return bandOuterOp.Apply(p, w, c.In[1])
		}
		return bandMulOp.Apply(p.t(), bandTransOp.Apply(p, c.In[0]), w)
	}
	bandOuterOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(band)
		n, _ := size(c.In[1])
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return bands(p, c.In[0], c.In[1], p.l+p.u+1, n, bandOuter[complex128])
		}
		return bands(p, c.In[0], c.In[1], p.l+p.u+1, n, bandOuter[float64])
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

// bands returns the m×n matrices that f makes of each pair of matrices of x and
// y. It gets the elements of both and the lengths of y.
func bands[T number](p band, x, y np.Array, m, n int, f func(p band, x, y []T, rows, cols int) []T) np.Array {
	mx, nx := size(x)
	my, ny := size(y)
	batch, _ := common(lead(x), lead(y))
	x, dx := stretch(x, batch)
	y, dy := stretch(y, batch)
	xs, ys := elements[T](x), elements[T](y)
	count := product(batch)
	out := make([]T, 0, count*m*n)
	for i := range count {
		out = append(out, f(p, xs[i*dx:i*dx+mx*nx], ys[i*dy:i*dy+my*ny], my, ny)...)
	}
	return wrap(out, append(batch, m, n)...)
}

func bandMul[T number](p band, a, x []T, n, m int) []T {
	y := make([]T, n*m)
	p.each(n, func(i, j, at int) {
		for k := range m {
			y[i*m+k] += a[at] * x[j*m+k]
		}
	})
	return y
}

func bandOuter[T number](p band, w, x []T, n, m int) []T {
	a := make([]T, (p.l+p.u+1)*n)
	p.each(n, func(i, j, at int) {
		for k := range m {
			a[at] += w[i*m+k] * x[j*m+k]
		}
	})
	return a
}

func bandTrans[T number](p band, ab np.Array) np.Array {
	rows, n := size(ab)
	a := elements[T](ab)
	y := make([]T, len(a))
	for k := 0; k < len(a); k += rows * n {
		p.each(n, func(i, j, at int) { y[k+(p.l+j-i)*n+i] = a[k+at] })
	}
	return wrap(y, append([]int{}, ab.Shape()...)...)
}

// bandSolved eliminates with exchange of rows. Row i is kept from its first
// column on, which is i-l before its elimination, with room for the elements
// that exchanges bring in.
func bandSolved[T number](p band, a, b []T, n, m int) []T {
	x := slices.Clone(b)
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
			return x
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
	return x
}

// SolveBanded returns the solution x of a·x = b, where a is a banded matrix
// with l diagonals below the main one and u above. Row u+i-j and column j of ab
// hold element i, j of it, so that ab has the shape (l+u+1, n); other elements
// of ab are not read. Leading axes of ab and b broadcast. As in [Solve], b may
// be a vector. The time is proportional to n. A singular matrix gives NaN.
func SolveBanded(l, u int, ab, b np.Array) np.Array {
	if l < 0 || u < 0 {
		np.Fail("linalg: SolveBanded: %d diagonals below and %d above", l, u)
	}
	if ab.NDim() < 2 || ab.Shape()[ab.NDim()-2] != l+u+1 {
		np.Fail("linalg: SolveBanded: shape %s is not one of %d diagonals", shape(ab), l+u+1)
	}
	_, n := size(ab)
	p := band{l, u}
	switch {
	case b.NDim() == 1 && b.Len() == n:
		return vector(bandedOp.Apply(p, ab, column(b)))
	case b.NDim() < 2:
		doNotFit("SolveBanded", ab, b)
	}
	m, _ := size(b)
	if _, ok := common(lead(ab), lead(b)); !ok || m != n {
		doNotFit("SolveBanded", ab, b)
	}
	return bandedOp.Apply(p, ab, b)
}
