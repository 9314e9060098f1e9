package jet

import "github.com/dualjet/dualjet/dual"

// A NestedWorkspace is the memory in which [Nested] jets compute; see
// [Workspace].
type NestedWorkspace[T dual.Real[T]] struct {
	buf  []T
	used int
	gen  int // counts the buffers
	rec  *nestedProgram[T]
}

// Reset makes the memory of all jets of w free for new ones. None of the old
// ones may be used any more.
func (w *NestedWorkspace[T]) Reset() { w.used = 0 }

// New returns the series with the coefficients c, which are copied; see [New].
func (w *NestedWorkspace[T]) New(c ...T) Nested[T] {
	z := Nested[T]{w.alloc(len(c)), w}
	copy(z.c, c)
	return z
}

// Variable returns the variable x + t of the given order; see [Variable].
func (w *NestedWorkspace[T]) Variable(x T, order int) Nested[T] {
	checkOrder("Variable", order)
	z := Nested[T]{w.alloc(order + 1), w}
	clear(z.c)
	z.c[0] = x
	if order > 0 {
		z.c[1] = z.c[0].Const(1)
	}
	return z
}

// alloc returns n coefficients of undefined content.
func (w *NestedWorkspace[T]) alloc(n int) []T {
	if w == nil {
		return make([]T, n)
	}
	if len(w.buf)-w.used < n {
		w.grow(n)
	}
	lo := w.used
	w.used += n
	return w.buf[lo:w.used:w.used]
}

func (w *NestedWorkspace[T]) grow(n int) {
	w.buf = make([]T, max(2*len(w.buf), n, 512))
	w.used = 0
	w.gen++
}

// A nestedMark is a state of a workspace to come back to.
type nestedMark struct{ used, gen int }

func (w *NestedWorkspace[T]) mark() nestedMark {
	if w == nil {
		return nestedMark{}
	}
	return nestedMark{w.used, w.gen}
}

// release frees what was allocated since the mark, unless a recording still
// needs it.
func (w *NestedWorkspace[T]) release(m nestedMark) {
	if w != nil && w.rec == nil && w.gen == m.gen {
		w.used = m.used
	}
}
