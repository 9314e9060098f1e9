package reverse

import "math"

// grow makes bar as long as the tape. What it adds is 0.
func (t *Tape) grow() {
	n := len(t.rec)
	if cap(t.bar) < n {
		bar := make([]float64, n, cap(t.rec))
		copy(bar, t.bar)
		t.bar = bar
	}
	if m := len(t.bar); m < n {
		t.bar = t.bar[:n]
		clear(t.bar[m:])
	}
}

// sweep takes the adjoints of the records from lo on back to their operands.
func (t *Tape) sweep(lo int) {
	hi := len(t.rec)
	for k := len(t.hooks) - 1; k >= 0 && t.hooks[k].at >= lo; k-- {
		h := t.hooks[k]
		t.sweepRange(h.at, hi)
		h.back()
		hi = h.at
	}
	t.sweepRange(lo, hi)
	t.bar[0] = 0
}

// sweepRange is sweep for the records from lo to hi-1, without hooks. Zeros
// absorb: a record whose adjoint is 0 passes nothing on, and nothing is passed
// through a derivative of 0, whatever the other factor.
func (t *Tape) sweepRange(lo, hi int) {
	if debugging && !t.dbg.single {
		t.watch(lo, hi)
		return
	}
	rec := t.rec[:hi]
	bar := t.bar[:len(rec)]
	i := len(rec) - 1
	w := bar[i]
	for i >= lo {
		r := &rec[i]
		x, y := int(r.x), int(r.y)
		i-- // to the next record, for which w is to be the adjoint
		switch {
		case math.Float64bits(w)<<1-1 >= inf<<1-1 || r.y >= elsewhere:
			switch {
			case w == 0:
			case r.y >= elsewhere:
				t.spread(r, w)
			default:
				if r.jx != 0 {
					bar[x] += w * r.jx
				}
				if r.jy != 0 {
					bar[y] += w * r.jy
				}
			}
			w = bar[i]
		// Otherwise a derivative of 0 passes on 0. Constants, at 0, need no
		// adjoint. Most often the result of an operation is an operand of the
		// next: its adjoint stays in w, for to load what was just stored is slow.
		case y == i:
			if x != 0 {
				bar[x] += w * r.jx
			}
			w = bar[i] + w*r.jy
			bar[i] = w
		case x == i:
			if y != 0 {
				bar[y] += w * r.jy
			}
			w = bar[i] + w*r.jx
			bar[i] = w
		default:
			if x != 0 {
				bar[x] += w * r.jx
			}
			if y != 0 {
				bar[y] += w * r.jy
			}
			w = bar[i]
		}
	}
}

const inf = 0x7ff << 52 // the bits of +Inf

// seed adds w to the adjoint of y, which must be on t or a constant.
func (t *Tape) seed(name string, y Var, w float64) {
	t.check(name, y)
	t.grow()
	t.bar[uint32(y.id)] += w
}

// seeds adds w[i] to the adjoint of y[i].
func (t *Tape) seeds(name string, y []Var, w []float64) {
	t.grow()
	for i, v := range y {
		t.seed(name, v, w[i])
	}
}

// check panics if x is neither a constant nor on t.
func (t *Tape) check(name string, x Var) {
	switch {
	case x.t == nil:
	case x.t != t:
		fail("%s: the variable is of another tape", name)
	case x.id&t.dead != 0:
		panic(errForeign)
	}
}

// Backward computes the derivatives of y for everything on the tape, the
// adjoints, which [Tape.Adjoint] reads.
func (t *Tape) Backward(y Var) {
	t.init()
	clear(t.bar)
	t.seed("Tape.Backward", y, 1)
	t.sweep(1)
}

// BackwardTo takes w times the derivatives of y back to what was recorded
// before m, adds them to the adjoints there, and rewinds to m. So a sum is
// differentiated term by term in the memory of one term:
//
//	m := t.Mark()
//	for i := range n {
//		t.BackwardTo(m, term(i, x), 1)
//	}
//	t.Propagate()
//
// The adjoints start at 0 with each recording. Those of variables are then
// complete; if other operations were recorded before m, [Tape.Propagate] takes
// them through these. It panics with an [Error] as [Tape.Rewind] does.
func (t *Tape) BackwardTo(m Mark, y Var, w float64) {
	t.checkMark("Tape.BackwardTo", m)
	t.seed("Tape.BackwardTo", y, w)
	t.sweep(m.n)
	t.Rewind(m)
}

// Propagate takes the adjoints that [Tape.BackwardTo] has collected through
// all that is on the tape. It may be called once for each recording.
func (t *Tape) Propagate() {
	t.init()
	t.grow()
	t.sweep(1)
}

// Adjoint returns the derivative for x that the sweeps have found. For a
// constant it is 0.
func (t *Tape) Adjoint(x Var) float64 {
	t.check("Tape.Adjoint", x)
	if i := uint32(x.id); int(i) < len(t.bar) {
		return t.bar[i]
	}
	return 0
}
