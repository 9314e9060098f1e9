package reverse

// tapeOf returns the tape of the first variable among x, or nil.
func tapeOf(x []Var) *Tape {
	for i := range x {
		if x[i].t != nil {
			return x[i].t
		}
	}
	return nil
}

// leaves records variables with the values of y, of which constants stay what
// they are.
func (t *Tape) leaves(y []Var) []Var {
	z := make([]Var, len(y))
	for i, v := range y {
		z[i] = v
		if v.t != nil {
			z[i] = t.push(v.v, 0, 0, 0, 0)
		}
	}
	return z
}

// backThrough takes w[i] times the derivatives of y[i], recorded since m, back
// to what was recorded before, and rewinds to m.
func (t *Tape) backThrough(m Mark, y []Var, w []float64) {
	t.seeds("Checkpoint", y, w)
	t.sweep(m.n)
	t.Rewind(m)
}

// Checkpoint returns f with less memory: what f records is forgotten at once,
// and on the way back f is called again and its recording swept. So a recording
// in k parts takes the memory of one part and the k results, for one more
// evaluation. Checkpoints may be nested.
//
// f may use variables besides its argument, and gets their derivatives right.
// It must compute the same again when it is called for the second time.
func Checkpoint(f func(x []Var) []Var) func(x []Var) []Var {
	checkFunc("Checkpoint", f == nil)
	return func(x []Var) []Var {
		t := tapeOf(x)
		if t == nil {
			return f(x)
		}
		m := t.Mark()
		y := f(x)
		t.Rewind(m)
		x = append([]Var(nil), x...) // the caller may reuse its slice
		at := len(t.rec)
		z := t.leaves(y)
		t.hooks = append(t.hooks, hook{at, func() {
			w, active := t.take(z)
			if !active {
				return
			}
			m := t.Mark()
			t.backThrough(m, f(x), w)
		}})
		return z
	}
}

// take returns the adjoints of z and sets them to 0. It reports whether there
// is one that is not 0.
func (t *Tape) take(z []Var) (w []float64, active bool) {
	w = make([]float64, len(z))
	for i, v := range z {
		if v.t == nil {
			continue
		}
		k := uint32(v.id)
		w[i], t.bar[k] = t.bar[k], 0
		active = active || w[i] != 0
	}
	return w, active
}

// Steps returns the state after n steps from the state s, where step(k, s) is
// the state that follows s in step k. Only the values of so many states are
// kept, 8 bytes for each number in them; the others are computed again on the
// way back, in the order of Griewank's and Walther's Revolve, which takes the
// fewest evaluations of step for this number of snapshots. The recording takes
// the memory of one step. With c snapshots and r the least number such that
// (c+r choose c) ≥ n, no step is computed more than r+2 times: 100 snapshots
// and 4 evaluations of each step are enough for 5,000 steps.
//
// All states have as many numbers as s. step may use other variables, such as
// parameters, and must compute the same whenever it is called with the same
// arguments. It panics with an [Error] if n is negative, snapshots is less than
// 1, or a state changes its length.
func Steps(n, snapshots int, step func(k int, s []Var) []Var, s []Var) []Var {
	checkFunc("Steps", step == nil)
	if n < 0 || snapshots < 1 {
		fail("Steps: n = %d, snapshots = %d, want at least 0 and 1", n, snapshots)
	}
	t := tapeOf(s)
	if t == nil || n == 0 {
		for k := range n {
			s = step(k, s)
		}
		return s
	}
	r := &revolve{t: t, step: step}
	first := values(s)
	last := r.advance(0, n, first)
	return t.statement(s, last, func(bar, w []float64) {
		r.back(0, n, snapshots-1, first, w)
		copy(bar, w)
	})
}

// A revolve goes through a loop of steps forwards and backwards.
type revolve struct {
	t    *Tape
	step func(k int, s []Var) []Var
}

func values(s []Var) []float64 {
	x := make([]float64, len(s))
	for i, v := range s {
		x[i] = v.v
	}
	return x
}

// record records step k from the state x. It returns its variables and the
// state that follows.
func (r *revolve) record(k int, x []float64) (s, next []Var) {
	s = r.t.Vars(nil, x)
	next = r.step(k, s)
	if len(next) != len(s) {
		fail("Steps: step %d turns a state of %d numbers into one of %d", k, len(s), len(next))
	}
	return s, next
}

// advance returns the state before step hi, from x before step lo.
func (r *revolve) advance(lo, hi int, x []float64) []float64 {
	for k := lo; k < hi; k++ {
		m := r.t.Mark()
		_, next := r.record(k, x)
		x = values(next)
		r.t.Rewind(m)
	}
	return x
}

// back takes the adjoints w of the state after step hi-1 back to the state x
// before step lo, with room for so many snapshots besides x.
func (r *revolve) back(lo, hi, snapshots int, x, w []float64) {
	for n := hi - lo; n > 1; n = hi - lo {
		if snapshots == 0 {
			r.backStep(hi-1, r.advance(lo, hi-1, x), w)
			hi--
			continue
		}
		mid := lo + split(n, snapshots+1)
		r.back(mid, hi, snapshots-1, r.advance(lo, mid, x), w)
		hi = mid
	}
	r.backStep(lo, x, w)
}

// backStep takes the adjoints w of the state after step k back to the state x
// before it.
func (r *revolve) backStep(k int, x, w []float64) {
	t := r.t
	m := t.Mark()
	s, next := r.record(k, x)
	t.seeds("Steps", next, w)
	t.sweep(m.n)
	for i, v := range s {
		w[i] = t.bar[uint32(v.id)]
	}
	t.Rewind(m)
}

// split returns after how many of n > 1 steps to keep the next snapshot, if
// there are c in all with the one at the start (Griewank and Walther, Algorithm
// 799, ACM Trans. Math. Software 26, 2000). With reach(c, r) = (c+r choose c)
// and r the least number such that reach(c, r) ≥ n, the first part must be
// between reach(c, r-2) and reach(c, r-1), and the rest between reach(c-1, r-1)
// and reach(c-1, r).
func split(n, c int) int {
	first, all, r := 0, 1, 0 // reach(c, r-1) and reach(c, r)
	for all < n {
		r++
		first, all = all, all*(c+r)/r
	}
	rest := first * c / (c + r - 1) // reach(c-1, r-1)
	return min(first, n-rest)
}
