package jet

import "github.com/dualjet/dualjet/dual"

// A nestedRecorder expands the solution of y' = f(t, y) into Taylor series. It
// runs f once a point and raises the order of what f did coefficient by
// coefficient, so that order K costs K²/2 an operation. Its memory is used
// again at the next point.
type nestedRecorder[T dual.Real[T]] struct {
	w    NestedWorkspace[T]
	prog nestedProgram[T]
	t    Nested[T]
	y    []Nested[T] // the state, as series
	dy   []Nested[T] // what f returned
	arg  []Nested[T] // the y for f to see
}

// init prepares for a state of the given dimension and for series of n
// coefficients.
func (r *nestedRecorder[T]) init(dim, n int) {
	r.prog.n = n
	r.y = make([]Nested[T], dim)
	r.dy = make([]Nested[T], dim)
	r.arg = make([]Nested[T], dim)
}

// record runs f at t and y.
func (r *nestedRecorder[T]) record(t T, y []T, f func(dst []Nested[T], t Nested[T], y []Nested[T])) {
	r.w.Reset()
	r.prog.ops = r.prog.ops[:0]
	r.t = r.w.sized(r.prog.n, t)
	for i := range r.y {
		r.y[i] = r.w.sized(r.prog.n, y[i])
	}
	copy(r.arg, r.y)
	clear(r.dy)
	r.w.rec = &r.prog
	f(r.dy, r.t, r.arg)
	r.w.rec = nil
	for i, z := range r.dy {
		if len(z.c) > 1 && len(z.c) != r.prog.n {
			fail("dst[%d] of a right-hand side has order %d, want %d", i, len(z.c)-1, r.prog.n-1)
		}
	}
}

// expand computes the series of the state in (t-t₀)/h, of which record gave the
// values.
func (r *nestedRecorder[T]) expand(h float64) {
	n := r.prog.n
	clear(r.t.c[1:])
	r.t.c[1] = zero[T]().Const(h)
	for k := 1; k < n; k++ {
		for i, y := range r.y {
			y.c[k] = over(at(r.dy[i].c, k-1).Scale(h), k)
		}
		if k < n-1 {
			r.prog.advance(k)
		}
	}
}
