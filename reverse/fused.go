package reverse

import (
	"math"
	"slices"
)

// The methods below are what the functions of package dual on slices call. Each
// makes one record, or one for each result.

// room makes room on t for the derivatives of n operands, which [Tape.fuse] then
// takes, and returns it.
func (t *Tape) room(n int) []float64 {
	k := len(t.jac)
	if uint64(k+n) > elsewhere {
		panic(errForeign)
	}
	t.jac = slices.Grow(t.jac, n)
	return t.jac[k : k+n]
}

// A scan is what a loop over operands has seen of their identities.
type scan struct {
	ids  uint64 // the union of their bits
	next uint32
	gap  uint32 // not 0 if they are not consecutive
}

func begin(x []Var) scan { return scan{next: uint32(x[0].id)} }

func (s scan) see(id uint64) scan {
	return scan{s.ids | id, s.next + 1, s.gap | (uint32(id) ^ s.next)}
}

// locate returns where the operands x, which s has seen, are: the index of the
// first one, or where on Tape.idx their indices are, and 1 in this case.
func (t *Tape) locate(s scan, x []Var) (place, list uint32) {
	if s.ids&t.dead != 0 {
		panic(errForeign)
	}
	if s.gap == 0 {
		return uint32(x[0].id), 0
	}
	return t.list(x), 1
}

// list appends the indices of x to Tape.idx and returns where they begin.
func (t *Tape) list(x []Var) uint32 {
	k := len(t.idx)
	if uint64(k+len(x)) > elsewhere {
		panic(errForeign)
	}
	t.idx = slices.Grow(t.idx, len(x))[:k+len(x)]
	idx := t.idx[k:]
	for i := range x {
		idx[i] = uint32(x[i].id)
	}
	return uint32(k)
}

// fuse records a statement of the value v on x, which s has seen and whose
// derivatives are in the room.
func (t *Tape) fuse(v float64, s scan, x []Var) Var {
	place, list := t.locate(s, x)
	k := len(t.jac)
	t.jac = t.jac[:k+len(x)]
	return t.push(v, pack(uint32(len(x)), place), 0, uint32(k), elsewhere+list*firstList)
}

// FuseSum returns the sum of the elements of x.
func (*Var) FuseSum(x []Var) Var {
	v := 0.0
	t := tapeOf(x)
	if t == nil {
		for i := range x {
			v += x[i].v
		}
		return Var{v: v}
	}
	jac, s := t.room(len(x)), begin(x)
	for i := range jac {
		v += x[i].v
		s = s.see(x[i].id)
		jac[i] = 1
	}
	return t.fuse(v, s, x)
}

// FuseDot returns the sum of x[i]·y[i].
func (*Var) FuseDot(x, y []Var) Var {
	y = y[:len(x)]
	t, u := tapeOf(x), tapeOf(y)
	if t == nil {
		t, u, x, y = u, t, y, x
	}
	v := 0.0
	switch {
	case t == nil:
		for i := range x {
			v += x[i].v * y[i].v
		}
		return Var{v: v}
	case u == nil:
		jac, s := t.room(len(x)), begin(x)
		for i := range jac {
			v += x[i].v * y[i].v
			s = s.see(x[i].id)
			jac[i] = y[i].v
		}
		return t.fuse(v, s, x)
	}
	jac, r, s := t.room(2*len(x)), begin(x), begin(y)
	jx, jy := jac[:len(x)], jac[len(x):][:len(x)]
	for i := range x {
		x, y := &x[i], &y[i]
		v += x.v * y.v
		r = r.see(x.id)
		s = s.see(y.id)
		jx[i], jy[i] = y.v, x.v
	}
	p, plist := t.locate(r, x)
	q, qlist := t.locate(s, y)
	k, n := uint32(len(t.jac)), uint32(len(x))
	t.jac = t.jac[:len(t.jac)+len(jac)]
	return t.push(v, pack(n, p), pack(q, k+n), k, elsewhere+twoBlocks+plist*firstList+qlist*secondList)
}

// FuseLinComb returns the sum of c[i]·x[i].
func (*Var) FuseLinComb(c []float64, x []Var) Var {
	c = c[:len(x)]
	v := 0.0
	t := tapeOf(x)
	if t == nil {
		for i := range x {
			v += c[i] * x[i].v
		}
		return Var{v: v}
	}
	jac, s := t.room(len(x)), begin(x)
	for i := range x {
		v += c[i] * x[i].v
		s = s.see(x[i].id)
		jac[i] = c[i]
	}
	return t.fuse(v, s, x)
}

// FuseSumSq returns the sum of x[i]².
func (*Var) FuseSumSq(x []Var) Var {
	v := 0.0
	t := tapeOf(x)
	if t == nil {
		for i := range x {
			v += x[i].v * x[i].v
		}
		return Var{v: v}
	}
	jac, s := t.room(len(x)), begin(x)
	for i := range jac {
		v += x[i].v * x[i].v
		s = s.see(x[i].id)
		jac[i] = 2 * x[i].v
	}
	return t.fuse(v, s, x)
}

// FuseNorm returns the Euclidean length of x, whose elements are finite and
// have the largest magnitude big > 0.
func (*Var) FuseNorm(x []Var, big float64) Var {
	// A power of two scales exactly; two steps, for its inverse may overflow.
	_, e := math.Frexp(big)
	down, rest := math.Ldexp(1, -e/2), math.Ldexp(1, e/2-e)
	sum := 0.0
	for i := range x {
		y := x[i].v * down * rest
		sum += y * y
	}
	sum = math.Sqrt(sum)
	v := math.Ldexp(sum, e)
	t := tapeOf(x)
	if t == nil {
		return Var{v: v}
	}
	jac, s := t.room(len(x)), begin(x)
	for i := range jac {
		s = s.see(x[i].id)
		jac[i] = x[i].v * down * rest / sum
	}
	return t.fuse(v, s, x)
}

// FuseLogSumExp returns log Σ exp(x[i]), where top is the largest of the
// values and finite.
func (*Var) FuseLogSumExp(x []Var, top float64) Var {
	sum := 0.0
	t := tapeOf(x)
	if t == nil {
		for i := range x {
			sum += math.Exp(x[i].v - top)
		}
		return Var{v: math.Log(sum) + top}
	}
	jac, s := t.room(len(x)), begin(x)
	for i := range jac {
		e := math.Exp(x[i].v - top)
		sum += e
		s = s.see(x[i].id)
		jac[i] = e
	}
	for i := range jac {
		jac[i] /= sum
	}
	return t.fuse(math.Log(sum)+top, s, x)
}

// FuseProd returns the product of the elements of x.
func (*Var) FuseProd(x []Var) Var {
	v := 1.0
	t := tapeOf(x)
	if t == nil {
		for i := range x {
			v *= x[i].v
		}
		return Var{v: v}
	}
	// The derivative for an element is the product of those before it and
	// those after it, which is right also if some are 0.
	jac, s := t.room(len(x)), begin(x)
	for i := range jac {
		s = s.see(x[i].id)
		jac[i] = v
		v *= x[i].v
	}
	after := 1.0
	for i := len(jac) - 1; i >= 0; i-- {
		jac[i] *= after
		after *= x[i].v
	}
	return t.fuse(v, s, x)
}

// FusePoly returns the polynomial c[0] + c[1]·x + c[2]·x² + ….
func (*Var) FusePoly(x Var, c []float64) Var {
	v, d := 0.0, 0.0
	for i := len(c) - 1; i >= 0; i-- {
		d = d*x.v + v
		v = v*x.v + c[i]
	}
	return x.op1(v, d)
}

// FuseSoftmax puts exp(x[i]-lse) into dst, where lse = log Σ exp(x[j]). A record
// has two operands, x[i] and lse.
func (*Var) FuseSoftmax(dst, x []Var, lse Var) {
	for i, x := range x {
		v := math.Exp(x.v - lse.v)
		dst[i] = x.chain2(lse, v, v, -v)
	}
}

// FuseAxpy puts a·x[i]+y[i] into dst.
func (*Var) FuseAxpy(dst []Var, a Var, x, y []Var) {
	for i, x := range x {
		y := y[i]
		v := float64(a.v*x.v) + y.v
		switch {
		case a.t == nil:
			dst[i] = x.op2(y, v, a.v, 1)
		case x.t == nil:
			dst[i] = a.op2(y, v, x.v, 1)
		case y.t == nil:
			dst[i] = a.op2(x, v, x.v, a.v)
		default:
			dst[i] = a.op3(x, y, v, x.v, a.v, 1)
		}
	}
}

// op3 records an operation on three variables with the result v and the
// derivatives jx, jy and jz.
func (x Var) op3(y, z Var, v, jx, jy, jz float64) Var {
	t := x.t
	k, n := len(t.idx), len(t.jac)
	if (x.id|y.id|z.id)&t.dead != 0 || uint64(k) > elsewhere || uint64(n) > elsewhere {
		panic(errForeign)
	}
	t.idx = append(t.idx, uint32(x.id), uint32(y.id), uint32(z.id))
	t.jac = append(t.jac, jx, jy, jz)
	return t.push(v, pack(3, uint32(k)), 0, uint32(n), elsewhere+firstList)
}

// FuseMatVec puts the products of the rows of a with x into dst. The values of
// x, the derivatives for all rows, are on the tape once.
func (*Var) FuseMatVec(dst []Var, a [][]Var, x []Var) {
	t := tapeOf(x)
	for i := 0; t == nil && i < len(a); i++ {
		t = tapeOf(a[i])
	}
	if t == nil {
		for i, row := range a {
			dst[i] = (*Var)(nil).FuseDot(row, x)
		}
		return
	}
	n := uint32(len(x))
	shared := uint32(len(t.jac))
	s, jac := begin(x), t.room(len(x))
	for j := range jac {
		s = s.see(x[j].id)
		jac[j] = x[j].v
	}
	place, list := t.locate(s, x)
	t.jac = t.jac[:len(t.jac)+len(x)]
	for i, row := range a {
		row = row[:len(x)]
		v, r, jac := 0.0, begin(row), t.room(len(x))
		for j := range jac {
			v += row[j].v * x[j].v
			r = r.see(row[j].id)
			jac[j] = row[j].v
		}
		if r.ids|s.ids == 0 {
			dst[i] = Var{v: v}
			continue
		}
		p, plist := t.locate(r, row)
		if s.ids == 0 {
			dst[i] = t.push(v, pack(n, p), 0, shared, elsewhere+plist*firstList)
			continue
		}
		own := uint32(len(t.jac))
		t.jac = t.jac[:len(t.jac)+len(x)]
		if r.ids == 0 {
			dst[i] = t.push(v, pack(n, place), 0, own, elsewhere+list*firstList)
			continue
		}
		dst[i] = t.push(v, pack(n, p), pack(place, own), shared, elsewhere+twoBlocks+plist*firstList+list*secondList)
	}
}
