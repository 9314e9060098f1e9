package hessian

import (
	"slices"
	"sync"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/hessian/internal/color"
)

var (
	_ mat.Matrix         = (*Jac)(nil)
	_ mat.NonZeroDoer    = (*Jac)(nil)
	_ mat.RowNonZeroDoer = (*Jac)(nil)
)

// A Jac is a sparse m×n matrix by rows (CSR): a Jacobian. It is a [mat.Matrix],
// so that gonum's functions take it, though those that look at all entries lose
// what the sparsity saves. The zero value is a 0×0 matrix, which takes the size
// of the first result. Goroutines may read a Jac at the same time.
type Jac struct {
	p   *jacPattern
	val []float64
}

// jacPattern is the pattern of a Jac. It does not change.
type jacPattern struct {
	*color.Rect

	once      sync.Once
	transpose *color.Rect
	pos       []int32 // of the entries of transpose
	gram      *Pattern
}

var emptyJac = jacPattern{Rect: new(color.Rect)}

func (a *Jac) pattern() *jacPattern {
	if a.p == nil {
		return &emptyJac
	}
	return a.p
}

// reuseAs gives a the pattern p, with values that are to be set.
func (a *Jac) reuseAs(p *jacPattern) {
	a.p = p
	a.val = slices.Grow(a.val[:0], len(p.Col))[:len(p.Col)]
}

// Dims returns the numbers of rows and columns.
func (a *Jac) Dims() (m, n int) {
	p := a.pattern()
	return p.Rows(), p.Cols
}

// NNZ returns the number of entries of the pattern.
func (a *Jac) NNZ() int { return len(a.val) }

// At returns the entry (i, j), in logarithmic time. It panics with an [Error] if
// an index is out of range.
func (a *Jac) At(i, j int) float64 {
	p := a.pattern()
	a.checkRow("At", i)
	if j < 0 || j >= p.Cols {
		fail("At: column %d of %d", j, p.Cols)
	}
	if k, ok := p.find(i, int32(j)); ok {
		return a.val[k]
	}
	return 0
}

// find returns where the entry (i, j) is in p.Col.
func (p *jacPattern) find(i int, j int32) (k int, ok bool) {
	begin, end := p.Ptr[i], p.Ptr[i+1]
	k, ok = slices.BinarySearch(p.Col[begin:end], j)
	return begin + k, ok
}

// T returns the transpose, as a view.
func (a *Jac) T() mat.Matrix { return mat.Transpose{Matrix: a} }

func (a *Jac) checkRow(name string, i int) {
	if m := a.pattern().Rows(); i < 0 || i >= m {
		fail("%s: row %d of %d", name, i, m)
	}
}

// DoNonZero calls fn for each entry of the pattern, also if its value is zero, by
// rows and by columns within them.
func (a *Jac) DoNonZero(fn func(i, j int, v float64)) {
	for i := range a.pattern().Rows() {
		a.DoRowNonZero(i, fn)
	}
}

// DoRowNonZero calls fn for each entry of row i that is in the pattern, from the
// left to the right. It panics with an [Error] if i is out of range.
func (a *Jac) DoRowNonZero(i int, fn func(i, j int, v float64)) {
	a.checkRow("DoRowNonZero", i)
	p := a.pattern()
	for k := p.Ptr[i]; k < p.Ptr[i+1]; k++ {
		fn(i, int(p.Col[k]), a.val[k])
	}
}

// RawCSR returns the matrix itself: the entries of row i are vals[ptr[i]:ptr[i+1]]
// in the columns cols[ptr[i]:ptr[i+1]], ascending. The values may be changed, the
// rest must not.
func (a *Jac) RawCSR() (ptr []int, cols []int32, vals []float64) {
	p := a.pattern()
	return p.Ptr, p.Col, a.val
}

// Triplets puts the rows, the columns and the values of the entries of the pattern
// into those of the slices that are not nil, by rows. It panics with an [Error] if
// a length is not NNZ().
func (a *Jac) Triplets(rows, cols []int, vals []float64) {
	p := a.pattern()
	if rows != nil {
		checkLen("Triplets", "rows", len(rows), "NNZ()", a.NNZ())
	}
	if cols != nil {
		checkLen("Triplets", "cols", len(cols), "NNZ()", a.NNZ())
	}
	if vals != nil {
		checkLen("Triplets", "vals", len(vals), "NNZ()", a.NNZ())
	}
	p.triplets(rows, cols)
	copy(vals, a.val)
}

// triplets puts the rows and columns into those of the slices that are not nil.
func (p *jacPattern) triplets(rows, cols []int) {
	if rows != nil {
		for i := range p.Rows() {
			for k := p.Ptr[i]; k < p.Ptr[i+1]; k++ {
				rows[k] = i
			}
		}
	}
	if cols != nil {
		for k, j := range p.Col {
			cols[k] = int(j)
		}
	}
}

// MulVec puts the product of a with the vector v into dst. It panics with an
// [Error] if a length is another. dst must not overlap v.
func (a *Jac) MulVec(dst, v []float64) {
	p := a.pattern()
	checkLen("MulVec", "dst", len(dst), "rows", p.Rows())
	checkLen("MulVec", "v", len(v), "columns", p.Cols)
	for i := range dst {
		sum := 0.0
		for k := p.Ptr[i]; k < p.Ptr[i+1]; k++ {
			sum += a.val[k] * v[p.Col[k]]
		}
		dst[i] = sum
	}
}

// MulTransVec puts the product of the transpose of a with the vector w into dst.
// It panics with an [Error] if a length is another. dst must not overlap w.
func (a *Jac) MulTransVec(dst, w []float64) {
	p := a.pattern()
	checkLen("MulTransVec", "dst", len(dst), "columns", p.Cols)
	checkLen("MulTransVec", "w", len(w), "rows", p.Rows())
	clear(dst)
	for i, wi := range w {
		for k := p.Ptr[i]; k < p.Ptr[i+1]; k++ {
			dst[p.Col[k]] += a.val[k] * wi
		}
	}
}

// ToDense puts a into dst, zeros included, and returns it. A nil dst is allocated
// and an empty one is given its size; gonum has no matrix with rows but no
// columns, so that dst stays empty then. It panics with an [Error] if dst has
// another size.
func (a *Jac) ToDense(dst *mat.Dense) *mat.Dense {
	m, n := a.Dims()
	if dst == nil {
		dst = new(mat.Dense)
	}
	r, c := dst.Dims()
	switch {
	case m == 0 || n == 0:
		if r != 0 {
			fail("ToDense: dst is %d×%d, want %d×%d", r, c, m, n)
		}
		return dst
	case r == m && c == n:
		dst.Zero()
	case dst.IsEmpty():
		dst.ReuseAs(m, n)
	default:
		fail("ToDense: dst is %d×%d, want %d×%d", r, c, m, n)
	}
	p := a.p
	for i := range m {
		row := dst.RawRowView(i)
		for k := p.Ptr[i]; k < p.Ptr[i+1]; k++ {
			row[p.Col[k]] = a.val[k]
		}
	}
	return dst
}

// analyse makes the transpose and the pattern of the Gram matrix.
func (p *jacPattern) analyse() {
	p.once.Do(func() {
		t := p.T()
		p.pos = make([]int32, len(p.Col))
		next := slices.Clone(t.Ptr[:p.Cols])
		for k, j := range p.Col {
			p.pos[next[j]] = int32(k)
			next[j]++
		}
		g := &Pattern{ptr: make([]int, p.Cols+1)}
		seen := make([]int32, p.Cols) // by column j: j+1
		for j := range p.Cols {
			for _, i := range t.Col[t.Ptr[j]:t.Ptr[j+1]] {
				row := p.Col[p.Ptr[i]:p.Ptr[i+1]]
				for k := len(row) - 1; k >= 0 && int(row[k]) >= j; k-- {
					if c := row[k]; seen[c] != int32(j+1) {
						seen[c] = int32(j + 1)
						g.row = append(g.row, c)
					}
				}
			}
			slices.Sort(g.row[g.ptr[j]:])
			g.ptr[j+1] = len(g.row)
			if len(g.row) > maxEdges {
				fail("Gram: the product of %d×%d with its transpose is dense", p.Rows(), p.Cols)
			}
		}
		p.transpose, p.gram = t, g
	})
	if p.gram == nil {
		fail("Gram: the product of %d×%d with its transpose is dense", p.Rows(), p.Cols)
	}
}

// Gram puts AᵀA, or AᵀWA with the diagonal matrix W of the weights w, into dst and
// returns it: the Gauss-Newton matrix, if a is the Jacobian of residuals with the
// weights w, and the Fisher information, if w are the inverse variances of
// Gaussian observations with the means that a differentiates. A nil w stands for
// ones. A nil dst is allocated, otherwise nothing is in steady state. It takes as
// many multiplications as there are pairs of entries in a row, for all rows. It
// panics with an [Error] if w has another length than there are rows, or the
// result has more than 2²⁶ entries.
func (a *Jac) Gram(dst *Sym, w []float64) *Sym {
	p := a.pattern()
	if w != nil {
		checkLen("Gram", "w", len(w), "rows", p.Rows())
	}
	p.analyse()
	if dst == nil {
		dst = new(Sym)
	}
	if dst.p != p.gram || len(dst.val) != p.gram.NNZ() {
		dst.ReuseAs(p.gram)
	}
	g, t := p.gram, p.transpose
	clear(dst.val)
	// The places of column j are found from the rows of the pattern, which are
	// ascending as those of a are.
	for j := range p.Cols {
		rows, vals := g.row[g.ptr[j]:g.ptr[j+1]], dst.val[g.ptr[j]:g.ptr[j+1]]
		for e := t.Ptr[j]; e < t.Ptr[j+1]; e++ {
			i, k := t.Col[e], int(p.pos[e])
			x := a.val[k]
			if w != nil {
				x = az(x, w[i])
			}
			if x == 0 {
				continue
			}
			at := 0
			for ; k < p.Ptr[i+1]; k++ {
				c := p.Col[k]
				for rows[at] < c {
					at++
				}
				vals[at] += az(x, a.val[k])
			}
		}
	}
	return dst
}
