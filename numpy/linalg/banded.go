package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// A band is the parameter of operations on banded matrices: element i, j of the
// matrix is stored at u+i-j, j, where l diagonals lie below the main one and u
// above. What is stored beyond the matrix is not read.
type band struct{ l, u int }

// bandedOp solves systems with banded matrices, or if trans is true with their
// transposes. The operands are the matrix, the right side and the factors of
// the matrix, as in solveOp. The other operations are the product with a banded
// matrix, the elements of an outer product within a band, and transposition.
var (
	bandFactorsOp = &np.Op{Name: "linalg.BandLU", Flat: true, Broadcast: true}
	bandedOp      = &np.Op{Name: "linalg.SolveBanded", Broadcast: true}
	bandMulOp     = &np.Op{Name: "linalg.BandMul", Multilinear: true, Broadcast: true}
	bandOuterOp   = &np.Op{Name: "linalg.BandOuter", Multilinear: true, Broadcast: true}
	bandTransOp   = &np.Op{Name: "linalg.BandTranspose", Linear: true, Broadcast: true}
)

// bandSystem is the parameter of bandedOp.
type bandSystem struct {
	band
	trans bool
}

func init() {
	bandFactorsOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() {
			return bandFactors[complex128](c.Param.(band), c.In[0])
		}
		return bandFactors[float64](c.Param.(band), c.In[0])
	}
	bandedOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(bandSystem)
		m, n := size(c.In[1])
		if c.In[1].IsComplex() || c.In[2].IsComplex() {
			return bands(p, c.In[2], c.In[1], m, n, bandSolved[complex128])
		}
		return bands(p, c.In[2], c.In[1], m, n, bandSolved[float64])
	}
	bandedOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		p := c.Param.(bandSystem)
		d := np.Array{}
		switch {
		case isZero(v[0]):
		case p.trans:
			d = bandMulOp.Apply(p.t(), bandTransOp.Apply(p.band, v[0]), c.Out[0])
		default:
			d = bandMulOp.Apply(p.band, v[0], c.Out[0])
		}
		return []np.Array{bandedOp.Apply(p, c.In[0], minus(v[1], d), c.In[2])}
	}
	bandedOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		p := c.Param.(bandSystem)
		g := bandedOp.Apply(bandSystem{p.band, !p.trans}, c.In[0], w[0], c.In[2])
		out := []np.Array{{}, g, {}}
		if need[0] {
			left, right := g, c.Out[0]
			if p.trans {
				left, right = right, left
			}
			out[0] = bandOuterOp.Apply(p.band, left, right).Neg()
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
func bands[P any, T number](p P, x, y np.Array, m, n int, f func(p P, x, y []T, rows, cols int) []T) np.Array {
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

// A bandLU is the factors of an n×n banded matrix with rows exchanged. Element
// i, j is at i, l+j-i of rows: that of U where j >= i, with room for what
// exchanges bring in, and otherwise the factor with which row j was subtracted
// from row i. The last element of row k is the row that it was exchanged with
// before.
type bandLU[T number] struct {
	band
	n    int
	rows []T
}

// width is the length of the rows.
func (f bandLU[T]) width() int { return 2*f.l + f.u + 2 }

func (f bandLU[T]) at(i, j int) *T { return &f.rows[i*f.width()+f.l+j-i] }

func (f bandLU[T]) swap(k int) int { return int(realOf(f.rows[(k+1)*f.width()-1])) }

// below and right are the last row and column that elimination with row k, or
// row i of U, reaches.
func (f bandLU[T]) below(k int) int { return min(f.n-1, k+f.l) }

func (f bandLU[T]) right(i int) int { return min(f.n-1, i+f.l+f.u) }

func bandFactors[T number](p band, ab np.Array) np.Array {
	m, n := size(ab)
	as := elements[T](ab)
	count := product(lead(ab))
	width := bandLU[T]{band: p}.width()
	out := make([]T, count*n*width)
	for b := range count {
		f := bandLU[T]{p, n, out[b*n*width : (b+1)*n*width]}
		a := as[b*m*n : (b+1)*m*n]
		p.each(n, func(i, j, k int) { *f.at(i, j) = a[k] })
		f.eliminate()
	}
	return wrap(out, append(slices.Clone(lead(ab)), n, width)...)
}

func (f bandLU[T]) eliminate() {
	for k := range f.n {
		q := k
		for i := k + 1; i <= f.below(k); i++ {
			if abs(*f.at(i, k)) > abs(*f.at(q, k)) {
				q = i
			}
		}
		f.rows[(k+1)*f.width()-1] = from[T](float64(q))
		if q != k {
			for j := k; j <= f.right(k); j++ {
				y, z := f.at(k, j), f.at(q, j)
				*y, *z = *z, *y
			}
		}
		d := *f.at(k, k)
		if d == 0 {
			continue
		}
		for i := k + 1; i <= f.below(k); i++ {
			s := *f.at(i, k) / d
			*f.at(i, k) = s
			if s == 0 {
				continue
			}
			for j := k + 1; j <= f.right(k); j++ {
				*f.at(i, j) -= s * *f.at(k, j)
			}
		}
	}
}

// bandSolved returns the solution for the right side b, n×m, where fs has the
// factors.
func bandSolved[T number](p bandSystem, fs, b []T, n, m int) []T {
	f := bandLU[T]{p.band, n, fs}
	x := slices.Clone(b)
	for i := range n {
		if !(abs(*f.at(i, i)) > 0) {
			fillNaN(x)
			return x
		}
	}
	// subtract subtracts s times row k of x from row i.
	subtract := func(i, k int, s T) {
		if s == 0 {
			return
		}
		dst, src := x[i*m:(i+1)*m], x[k*m:(k+1)*m]
		for j, v := range src {
			dst[j] -= s * v
		}
	}
	divide := func(i int) {
		d := *f.at(i, i)
		for j := range m {
			x[i*m+j] /= d
		}
	}
	if p.trans {
		for i := range n {
			divide(i)
			for k := i + 1; k <= f.right(i); k++ {
				subtract(k, i, *f.at(i, k))
			}
		}
		for k := n - 1; k >= 0; k-- {
			for i := k + 1; i <= f.below(k); i++ {
				subtract(k, i, *f.at(i, k))
			}
			swapRows(x, m, k, f.swap(k))
		}
		return x
	}
	for k := range n {
		swapRows(x, m, k, f.swap(k))
		for i := k + 1; i <= f.below(k); i++ {
			subtract(i, k, *f.at(i, k))
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k <= f.right(i); k++ {
			subtract(i, k, *f.at(i, k))
		}
		divide(i)
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
	p := bandSystem{band: band{l, u}}
	switch {
	case b.NDim() == 1 && b.Len() == n:
		return vector(bandedOp.Apply(p, ab, column(b), bandFactorsOp.Apply(p.band, ab)))
	case b.NDim() < 2:
		doNotFit("SolveBanded", ab, b)
	}
	m, _ := size(b)
	if _, ok := common(lead(ab), lead(b)); !ok || m != n {
		doNotFit("SolveBanded", ab, b)
	}
	return bandedOp.Apply(p, ab, b, bandFactorsOp.Apply(p.band, ab))
}
