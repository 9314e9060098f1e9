package hessian

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

var (
	_ mat.Symmetric        = (*Sym)(nil)
	_ mat.NonZeroDoer      = (*Sym)(nil)
	_ mat.RowNonZeroDoer   = (*Sym)(nil)
	_ mat.ColNonZeroDoer   = (*Sym)(nil)
	_ mat.RawVectorer      = (*mat.VecDense)(nil)
	_ interface{ Reset() } = (*Sym)(nil)
)

// ErrNotBand is what the error of [Sym.ToBand] wraps.
var ErrNotBand = errors.New("hessian: the band would hold mostly zeros")

// A Sym is a sparse symmetric matrix: the values of a [Pattern], the lower
// triangle by columns (CSC). It is a [mat.Symmetric], so that gonum's functions
// take it, though those that look at all n² entries lose what the sparsity
// saves; its methods do not. The zero value is an empty matrix, which takes the
// size of the first result.
//
// Goroutines may read a Sym at the same time.
type Sym struct {
	p   *Pattern
	val []float64
}

var empty Pattern

// NewSym returns the matrix with the pattern p and the values val, in the order
// of p.All(), which it keeps. A nil val stands for zeros. It panics with an
// [Error] if the lengths differ.
func NewSym(p *Pattern, val []float64) *Sym {
	if val == nil {
		val = make([]float64, p.NNZ())
	}
	checkLen("NewSym", "val", len(val), "p.NNZ()", p.NNZ())
	return &Sym{p, val}
}

// SymOf returns the entries of a that are not zero. Unless a is a
// [mat.NonZeroDoer], it looks at all of them.
func SymOf(a mat.Symmetric) *Sym {
	n := a.SymmetricDim()
	p := NewPattern(n, func(yield func(int, int) bool) {
		if d, ok := a.(mat.NonZeroDoer); ok {
			more := true
			d.DoNonZero(func(i, j int, v float64) {
				if v != 0 && i >= j && more {
					more = yield(i, j)
				}
			})
			return
		}
		for i := range n {
			for j := range i + 1 {
				if a.At(i, j) != 0 && !yield(i, j) {
					return
				}
			}
		}
	})
	s := NewSym(p, nil)
	k := 0
	for i, j := range p.All() {
		s.val[k] = a.At(i, j)
		k++
	}
	return s
}

// ReuseAs gives s the pattern p and sets all values to zero. It allocates only
// if there are more than s ever had.
func (s *Sym) ReuseAs(p *Pattern) {
	s.p = p
	s.val = slices.Grow(s.val[:0], p.NNZ())[:p.NNZ()]
	clear(s.val)
}

// Reset makes s empty. It keeps the memory for ReuseAs.
func (s *Sym) Reset() { s.p, s.val = nil, s.val[:0] }

// IsEmpty reports whether s has no rows.
func (s *Sym) IsEmpty() bool { return s.Pattern().Dim() == 0 }

// Pattern returns the pattern of s.
func (s *Sym) Pattern() *Pattern {
	if s.p == nil {
		return &empty
	}
	return s.p
}

// NNZ returns the number of entries that s holds: those of the pattern in the
// lower triangle, zero or not.
func (s *Sym) NNZ() int { return len(s.val) }

// SymmetricDim returns the number of rows.
func (s *Sym) SymmetricDim() int { return s.Pattern().Dim() }

// Dims returns the number of rows and columns.
func (s *Sym) Dims() (r, c int) { n := s.SymmetricDim(); return n, n }

// T returns s, which is its own transpose.
func (s *Sym) T() mat.Matrix { return s }

// At returns the entry (i, j) in a time logarithmic in the length of the
// column. It panics with an [Error] if an index is out of range.
func (s *Sym) At(i, j int) float64 {
	if k, ok := s.Pattern().find("At", i, j); ok {
		return s.val[k]
	}
	return 0
}

// RawCSC returns what s is made of: the rows of the entries of column j of the
// lower triangle are row[ptr[j]:ptr[j+1]], ascending from j on, and val has
// their values. val may be changed, the others must not.
func (s *Sym) RawCSC() (ptr []int, row []int32, val []float64) {
	p := s.Pattern()
	return p.ptr, p.row, s.val
}

// LowerTriplets puts the rows, columns and values of the lower triangle into
// the slices, by columns, each entry once: what Ipopt and other solvers in C
// and Fortran ask for, but that they may count from 1. A nil slice is left out,
// so that the structure can be had once and the values each time. It panics
// with an [Error] if the length of another is not NNZ().
func (s *Sym) LowerTriplets(rows, cols []int, vals []float64) {
	if rows != nil {
		checkLen("LowerTriplets", "rows", len(rows), "NNZ()", s.NNZ())
	}
	if cols != nil {
		checkLen("LowerTriplets", "cols", len(cols), "NNZ()", s.NNZ())
	}
	if vals != nil {
		checkLen("LowerTriplets", "vals", len(vals), "NNZ()", s.NNZ())
	}
	p := s.Pattern()
	if rows != nil {
		for k, i := range p.row {
			rows[k] = int(i)
		}
	}
	if cols != nil {
		for j := range p.Dim() {
			for k := p.ptr[j]; k < p.ptr[j+1]; k++ {
				cols[k] = j
			}
		}
	}
	copy(vals, s.val)
}

// DoNonZero calls fn for each entry of the pattern, in both triangles, also if
// its value is zero: by columns of the lower triangle, (i, j) before (j, i).
func (s *Sym) DoNonZero(fn func(i, j int, v float64)) {
	k := 0
	for i, j := range s.Pattern().All() {
		fn(i, j, s.val[k])
		if i != j {
			fn(j, i, s.val[k])
		}
		k++
	}
}

// DoRowNonZero calls fn for each entry of row i that is in the pattern, from
// the left to the right. It panics with an [Error] if i is out of range.
func (s *Sym) DoRowNonZero(i int, fn func(i, j int, v float64)) {
	s.doLine("DoRowNonZero", i, fn, false)
}

// DoColNonZero calls fn for each entry of column j that is in the pattern, from
// the top to the bottom. It panics with an [Error] if j is out of range.
func (s *Sym) DoColNonZero(j int, fn func(i, j int, v float64)) {
	s.doLine("DoColNonZero", j, fn, true)
}

func (s *Sym) doLine(name string, i int, fn func(i, j int, v float64), column bool) {
	k, diag := s.Pattern().find(name, i, i)
	g := s.p.adjacency()
	call := func(j int, v float64) {
		if column {
			fn(j, i, v)
		} else {
			fn(i, j, v)
		}
	}
	for e := g.Ptr[i]; e < g.Ptr[i+1]; e++ {
		j := int(g.Adj[e])
		if diag && j > i {
			call(i, s.val[k])
			diag = false
		}
		call(j, s.val[g.Edge[e]])
	}
	if diag {
		call(i, s.val[k])
	}
}

// MulVec puts the product of s with the vector v into dst. It panics with an
// [Error] if a length is not that of s or dst is v. It takes two multiplications
// for an entry of the lower triangle.
func (s *Sym) MulVec(dst, v []float64) {
	p := s.Pattern()
	n := p.Dim()
	checkLen("MulVec", "dst", len(dst), "rows", n)
	checkLen("MulVec", "v", len(v), "rows", n)
	if n == 0 {
		return
	}
	if &dst[0] == &v[0] {
		fail("MulVec: dst is v")
	}
	clear(dst)
	begin := p.ptr[0]
	for j, vj := range v {
		end := p.ptr[j+1]
		row, val := p.row[begin:end], s.val[begin:end]
		begin = end
		if len(row) > 0 && int(row[0]) == j {
			dst[j] += val[0] * vj
			row, val = row[1:], val[1:]
		}
		val = val[:len(row)]
		sum := 0.0
		for k, i := range row {
			h := val[k]
			dst[i] += h * vj
			sum += h * v[i]
		}
		dst[j] += sum
	}
}

// MulVecTo puts the product of s with x into dst, which may be x. trans does
// not matter. An empty dst is given its size. It is the method that iterative
// solvers ask for. It panics with an [Error] if a length is not that of s.
func (s *Sym) MulVecTo(dst *mat.VecDense, _ bool, x mat.Vector) {
	var work []float64
	mulVecTo(s.SymmetricDim(), s.MulVec, &work, dst, x)
}

// overlap reports whether two slices of the same length share memory, as far as
// they are of one array.
func overlap(x, y []float64) bool {
	x, y = x[:cap(x)], y[:cap(y)]
	return len(x) > 0 && len(y) > 0 && &x[len(x)-1] == &y[len(y)-1]
}

// ToSymDense puts s into dst, zeros included, and returns it. A nil dst is
// allocated and an empty one is given its size. It panics with an [Error] if
// dst has another size.
func (s *Sym) ToSymDense(dst *mat.SymDense) *mat.SymDense {
	n := s.SymmetricDim()
	if dst == nil {
		dst = new(mat.SymDense)
	}
	switch m := dst.SymmetricDim(); {
	case m == n:
		dst.Zero()
	case dst.IsEmpty():
		dst.ReuseAsSym(n)
	default:
		fail("ToSymDense: dst is %d×%d, want %d×%d", m, m, n, n)
	}
	raw := dst.RawSymmetric()
	k := 0
	for i, j := range s.Pattern().All() {
		raw.Data[j*raw.Stride+i] = s.val[k]
		k++
	}
	return dst
}

// ToBand returns s as gonum's band matrix, which [mat.BandCholesky] factorizes
// much faster than [mat.Cholesky] a dense one; [LDL] needs no band and its time
// grows with n only, not with n². The error wraps [ErrNotBand] if
// the band holds more than 1024 numbers and 16 times as many as s has entries
// and rows.
func (s *Sym) ToBand() (*mat.SymBandDense, error) {
	n, b := s.SymmetricDim(), s.Pattern().Bandwidth()
	if n == 0 {
		return new(mat.SymBandDense), nil
	}
	if size := n * (b + 1); size > 1024 && size > 16*(n+s.NNZ()) {
		return nil, fmt.Errorf("%w: %d×%d of bandwidth %d with %d entries", ErrNotBand, n, n, b, s.NNZ())
	}
	data := make([]float64, n*(b+1))
	k := 0
	for i, j := range s.Pattern().All() {
		data[j*(b+1)+i-j] = s.val[k]
		k++
	}
	return mat.NewSymBandDense(n, b, data), nil
}
