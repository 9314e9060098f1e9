package hessian

// SparseD3 puts the derivative of the Hessian in the direction u, the symmetric
// matrix D³f(x)·u, into dst and returns it. A nil dst is allocated, otherwise
// nothing is in steady state. Its pattern is that of the Hessian, which holds all
// it can have, and it is found by direct recovery: a call of [Point.D3] for each
// colour, some 5 gradients each; a tridiagonal Hessian has 3 colours. The coloring is made at
// the first call if the Hessian itself needs none. At kinks, such as Abs at 0,
// entries may be those of different branches. It panics with an [Error] if u
// has another length or the Hessian more than 2²⁶ entries on the way to it.
func (q *Point) SparseD3(dst *Sym, u []float64) *Sym {
	pl := q.getPlan()
	checkLen("SparseD3", "u", len(u), "Dim()", q.p.n)
	if pl.pattern == nil {
		fail("SparseD3: the Hessian of %d variables is dense", q.p.n)
	}
	q.u = u
	dst = pl.direct().Sparse(dst, q.d3)
	q.u = nil
	return dst
}
