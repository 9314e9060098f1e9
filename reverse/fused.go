package reverse

import (
	"math"
	"slices"
)

// operands returns the indices and derivatives of a fused statement.
func (t *Tape) operands(r *record) (idx []uint32, jac []float64) {
	lo := int(r.x) + 1
	hi := lo + int(t.idx[r.x])
	return t.idx[lo:hi], t.jac[lo:hi]
}

// A fusion collects the operands of a fused statement: one record for any
// number of them, at 12 bytes each. The operands go into idx and jac from 0 on,
// without the constants, and the identities of all into ids.
type fusion struct {
	t   *Tape
	idx []uint32
	jac []float64
	ids uint64
}

// fuse makes room for n operands on the tape of the first variable among x. It
// reports whether there is one.
func (f *fusion) fuse(x []Var, n int) bool {
	for i := range x {
		if t := x[i].t; t != nil {
			if len(t.idx)+n >= elsewhere {
				panic(errForeign)
			}
			k := len(t.idx) + 1
			t.idx = slices.Grow(t.idx, n+1)
			t.jac = slices.Grow(t.jac, n+1)
			f.t, f.idx, f.jac = t, t.idx[k:k+n], t.jac[k:k+n]
			return true
		}
	}
	return false
}

// record records the statement with the value v and n operands.
func (f *fusion) record(v float64, n int) Var {
	t := f.t
	if f.ids&t.dead != 0 {
		panic(errForeign)
	}
	k := len(t.idx)
	t.idx = t.idx[:k+1+n]
	t.jac = t.jac[:k+1+n]
	t.idx[k] = uint32(n)
	return t.push(v, 0, 1, uint32(k), elsewhere)
}

// count returns 1 for a variable and 0 for a constant, by which an index goes on
// to the next operand.
func (x *Var) count() int {
	if x.id != 0 {
		return 1
	}
	return 0
}

// FuseSum returns the sum of the elements of x, in one record. It is what
// dual.Sum calls.
func (*Var) FuseSum(x []Var) Var {
	v := 0.0
	for i := range x {
		v += x[i].v
	}
	var f fusion
	if !f.fuse(x, len(x)) {
		return Var{v: v}
	}
	idx, jac, ids, n := f.idx, f.jac, uint64(0), 0
	for i := range x {
		x := &x[i]
		ids |= x.id
		idx[n], jac[n] = uint32(x.id), 1
		n += x.count()
	}
	f.ids = ids
	return f.record(v, n)
}

// FuseDot returns the sum of x[i]·y[i], in one record. It is what dual.Dot
// calls.
func (*Var) FuseDot(x, y []Var) Var {
	var f fusion
	v := 0.0
	if !f.fuse(x, 2*len(x)) && !f.fuse(y, 2*len(x)) {
		for i := range x {
			v += x[i].v * y[i].v
		}
		return Var{v: v}
	}
	idx, jac, ids, n := f.idx, f.jac, uint64(0), 0
	y = y[:len(x)]
	for i := range x {
		x, y := &x[i], &y[i]
		v += x.v * y.v
		ids |= x.id | y.id
		idx[n], jac[n] = uint32(x.id), y.v
		n += x.count()
		if y.id != 0 {
			idx[n], jac[n] = uint32(y.id), x.v
			n++
		}
	}
	f.ids = ids
	return f.record(v, n)
}

// FuseLinComb returns the sum of c[i]·x[i], in one record. It is what
// dual.LinComb calls.
func (*Var) FuseLinComb(c []float64, x []Var) Var {
	var f fusion
	v := 0.0
	if !f.fuse(x, len(x)) {
		for i := range x {
			v += c[i] * x[i].v
		}
		return Var{v: v}
	}
	idx, jac, ids, n := f.idx, f.jac, uint64(0), 0
	c = c[:len(x)]
	for i := range x {
		x := &x[i]
		v += c[i] * x.v
		ids |= x.id
		idx[n], jac[n] = uint32(x.id), c[i]
		n += x.count()
	}
	f.ids = ids
	return f.record(v, n)
}

// FuseSumSq returns the sum of x[i]², in one record. It is what dual.SumSq
// calls.
func (*Var) FuseSumSq(x []Var) Var {
	var f fusion
	v := 0.0
	if !f.fuse(x, len(x)) {
		for i := range x {
			v += x[i].v * x[i].v
		}
		return Var{v: v}
	}
	idx, jac, ids, n := f.idx, f.jac, uint64(0), 0
	for i := range x {
		x := &x[i]
		v += x.v * x.v
		ids |= x.id
		idx[n], jac[n] = uint32(x.id), 2*x.v
		n += x.count()
	}
	f.ids = ids
	return f.record(v, n)
}

// FuseNorm returns the Euclidean length of x, whose elements are finite and
// have the largest magnitude big > 0, in one record. It is what dual.Norm calls.
func (*Var) FuseNorm(x []Var, big float64) Var {
	_, e := math.Frexp(big)
	s := 0.0
	for i := range x {
		y := math.Ldexp(x[i].v, -e)
		s += y * y
	}
	s = math.Sqrt(s)
	v := math.Ldexp(s, e)
	var f fusion
	if !f.fuse(x, len(x)) {
		return Var{v: v}
	}
	n := 0
	for i := range x {
		x := &x[i]
		f.ids |= x.id
		f.idx[n], f.jac[n] = uint32(x.id), math.Ldexp(x.v, -e)/s
		n += x.count()
	}
	return f.record(v, n)
}

// FuseLogSumExp returns log Σ exp(x[i]), where top is the largest of the
// values and finite, in one record. It is what dual.LogSumExp calls.
func (*Var) FuseLogSumExp(x []Var, top float64) Var {
	var f fusion
	s := 0.0
	if !f.fuse(x, len(x)) {
		for i := range x {
			s += math.Exp(x[i].v - top)
		}
		return Var{v: math.Log(s) + top}
	}
	n := 0
	for i := range x {
		x := &x[i]
		e := math.Exp(x.v - top)
		s += e
		f.ids |= x.id
		f.idx[n], f.jac[n] = uint32(x.id), e
		n += x.count()
	}
	for i := range f.jac[:n] {
		f.jac[i] /= s
	}
	return f.record(math.Log(s)+top, n)
}

// FuseProd returns the product of the elements of x, in one record. It is what
// dual.Prod calls.
func (*Var) FuseProd(x []Var) Var {
	var f fusion
	v := 1.0
	if !f.fuse(x, len(x)) {
		for i := range x {
			v *= x[i].v
		}
		return Var{v: v}
	}
	// The derivative for an element is the product of those before it and
	// those after it, which is right also if some are 0.
	n := 0
	for i := range x {
		x := &x[i]
		f.ids |= x.id
		f.idx[n], f.jac[n] = uint32(x.id), v
		n += x.count()
		v *= x.v
	}
	after := 1.0
	for i, k := len(x)-1, n; i >= 0; i-- {
		if k -= x[i].count(); x[i].id != 0 {
			f.jac[k] *= after
		}
		after *= x[i].v
	}
	return f.record(v, n)
}

// FusePoly returns the polynomial c[0] + c[1]·x + c[2]·x² + …, in one record.
// It is what dual.Poly calls.
func (*Var) FusePoly(x Var, c []float64) Var {
	v, d := 0.0, 0.0
	for i := len(c) - 1; i >= 0; i-- {
		d = d*x.v + v
		v = v*x.v + c[i]
	}
	return x.op1(v, d)
}
