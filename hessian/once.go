package hessian

import (
	"sync"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/mixed"
)

// once records f at x for the function of the given name.
func once(name string, f func([]mixed.Var) mixed.Var, x []float64) *mixed.Point {
	checkFunc(name, f == nil)
	return mixed.At(f, x)
}

// Dense puts the Hessian of f at x into dst and returns it. A nil dst is
// allocated and an empty one is given its size. It calls f once, and takes edge
// pushing or products with unit vectors, whichever is estimated to be faster. For
// Hessians at several points [Compile] is faster. It panics with an [Error] if
// dst has another size. f must not keep its argument.
func Dense(dst *mat.SymDense, f func([]mixed.Var) mixed.Var, x []float64) *mat.SymDense {
	q := once("Dense", f, x)
	defer q.Close()
	s := pushers.Get().(*pusher)
	defer pushers.Put(s)
	var p *Pattern
	size := costOf(q.Program())
	p, size.edges = s.pattern(q.Program(), maxEdges)
	if p != nil && (size.pushing() <= min(size.singles(len(x)), size.blocks(len(x))) || q.Kinks() > 0) {
		dst = sized("Dense", dst, len(x))
		s.symDense(dst, q)
		return dst
	}
	return products(dst, q)
}

// Sparse puts the Hessian of f at x into dst and returns it. A nil dst is
// allocated. It calls f once, and is by edge pushing unless dense products are
// estimated to be faster. For Hessians at several points [Compile] is faster: it
// keeps the recording and the pattern and may need less with a coloring. It panics
// with an [Error] if edge pushing has more than 2²⁶ edges at a time. f must not
// keep its argument.
func Sparse(dst *Sym, f func([]mixed.Var) mixed.Var, x []float64) *Sym {
	q := once("Sparse", f, x)
	defer q.Close()
	s := pushers.Get().(*pusher)
	defer pushers.Put(s)
	var p *Pattern
	size := costOf(q.Program())
	p, size.edges = s.pattern(q.Program(), maxEdges)
	if p == nil {
		fail("Sparse: the Hessian of %d variables is dense", len(x))
	}
	if dst == nil {
		dst = new(Sym)
	}
	if size.blocks(len(x)) < size.pushing() && q.Kinks() == 0 {
		return unitColoring(p).blocks(dst, q)
	}
	dst.ReuseAs(p)
	s.values(dst, q)
	return dst
}

// HVP puts the product of the Hessian of f at x with v into dst, which may be x
// or v, and returns it: [mixed.HVP]. A nil dst is allocated, otherwise nothing is
// in steady state. It calls f once; for several products at one x use
// [Program.At]. It panics with an [Error] if the lengths differ. f must not keep
// its argument.
func HVP(dst []float64, f func([]mixed.Var) mixed.Var, x, v []float64) []float64 {
	checkFunc("HVP", f == nil)
	checkLen("HVP", "v", len(v), "len(x)", len(x))
	if dst != nil {
		checkLen("HVP", "dst", len(dst), "len(x)", len(x))
	}
	return mixed.HVP(dst, f, x, v)
}

// unitWork is what products with unit vectors need.
type unitWork struct {
	units seeds
	block mat.Dense
}

var unitWorks = sync.Pool{New: func() any { return new(unitWork) }}

// products puts the Hessian at q into dst by products with all unit vectors.
func products(dst *mat.SymDense, q *mixed.Point) *mat.SymDense {
	n, _ := q.Dims()
	dst = sized("Dense", dst, n)
	w := unitWorks.Get().(*unitWork)
	defer unitWorks.Put(w)
	for i := len(w.units.color); i < n; i++ {
		w.units.color = append(w.units.color, int32(i))
	}
	units := w.units
	defer func() { w.units.color = units.color }()
	w.units.color = units.color[:n]
	for j := 0; j < n; j += lanes {
		w.units.first, w.units.cols = j, min(lanes, n-j)
		w.block.Reset()
		q.HVPs(&w.block, &w.units)
		for l := range w.units.cols {
			for i := range j + l + 1 {
				dst.SetSym(i, j+l, w.block.At(i, l))
			}
		}
	}
	return dst
}

// sized returns dst, or what takes its place, with the size n.
func sized(name string, dst *mat.SymDense, n int) *mat.SymDense {
	if dst == nil {
		dst = new(mat.SymDense)
	}
	switch m := dst.SymmetricDim(); {
	case m == n:
	case dst.IsEmpty():
		dst.ReuseAsSym(n)
	default:
		fail("%s: dst is %d×%d, want %d×%d", name, m, m, n, n)
	}
	return dst
}
