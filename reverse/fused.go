package reverse

import "math"

// operands returns the indices and derivatives of a fused statement.
func (t *Tape) operands(r *record) (idx []uint32, jac []float64) {
	lo := int(r.x) + 1
	hi := lo + int(t.idx[r.x])
	return t.idx[lo:hi], t.jac[lo:hi]
}

// A fusion collects the operands of a fused statement: one record for any
// number of them, at 12 bytes each.
type fusion struct {
	t     *Tape // of the first variable among the operands
	start int
}

// open begins a fused statement on the operands x, if one is a variable.
func open(x []Var) fusion {
	for i := range x {
		if t := x[i].t; t != nil {
			f := fusion{t, len(t.idx)}
			t.idx = append(t.idx, 0)
			t.jac = append(t.jac, 0)
			return f
		}
	}
	return fusion{}
}

// add takes in x with the derivative j. Constants are left out.
func (f fusion) add(x Var, j float64) {
	if x.t == nil {
		return
	}
	if x.id&f.t.dead != 0 {
		f.drop()
		panic(errForeign)
	}
	f.t.idx = append(f.t.idx, uint32(x.id))
	f.t.jac = append(f.t.jac, j)
}

// drop takes back what was added.
func (f fusion) drop() {
	f.t.idx = f.t.idx[:f.start]
	f.t.jac = f.t.jac[:f.start]
}

// close records the statement with the value v.
func (f fusion) close(v float64) Var {
	t := f.t
	n := len(t.idx) - f.start - 1
	if len(t.idx) > elsewhere-1 {
		f.drop()
		panic(errForeign)
	}
	t.idx[f.start] = uint32(n)
	return t.push(v, 0, 1, uint32(f.start), elsewhere)
}

// FuseSum returns the sum of the elements of x, in one record. It is what
// dual.Sum calls.
func (*Var) FuseSum(x []Var) Var {
	v := 0.0
	for i := range x {
		v += x[i].v
	}
	f := open(x)
	if f.t == nil {
		return Var{v: v}
	}
	for i := range x {
		f.add(x[i], 1)
	}
	return f.close(v)
}

// FuseDot returns the sum of x[i]·y[i], in one record. It is what dual.Dot
// calls.
func (*Var) FuseDot(x, y []Var) Var {
	v := 0.0
	for i := range x {
		v += x[i].v * y[i].v
	}
	f := open(x)
	if f.t == nil {
		f = open(y)
	}
	if f.t == nil {
		return Var{v: v}
	}
	for i := range x {
		f.add(x[i], y[i].v)
		f.add(y[i], x[i].v)
	}
	return f.close(v)
}

// FuseLinComb returns the sum of c[i]·x[i], in one record. It is what
// dual.LinComb calls.
func (*Var) FuseLinComb(c []float64, x []Var) Var {
	f := open(x)
	v := 0.0
	if f.t == nil {
		for i := range x {
			v += c[i] * x[i].v
		}
		return Var{v: v}
	}
	for i := range x {
		v += c[i] * x[i].v
		f.add(x[i], c[i])
	}
	return f.close(v)
}

// FuseSumSq returns the sum of x[i]², in one record. It is what dual.SumSq
// calls.
func (*Var) FuseSumSq(x []Var) Var {
	v := 0.0
	for i := range x {
		v += x[i].v * x[i].v
	}
	f := open(x)
	if f.t == nil {
		return Var{v: v}
	}
	for i := range x {
		f.add(x[i], 2*x[i].v)
	}
	return f.close(v)
}

// FuseNorm returns the Euclidean length v of x, whose finite elements have the
// largest magnitude big > 0, in one record. It is what dual.Norm calls.
func (*Var) FuseNorm(x []Var, big float64) Var {
	_, e := math.Frexp(big)
	s := 0.0
	for i := range x {
		y := math.Ldexp(x[i].v, -e)
		s += y * y
	}
	s = math.Sqrt(s)
	v := math.Ldexp(s, e)
	f := open(x)
	if f.t == nil {
		return Var{v: v}
	}
	for i := range x {
		f.add(x[i], math.Ldexp(x[i].v, -e)/s)
	}
	return f.close(v)
}

// FuseLogSumExp returns log Σ exp(x[i]), where top is the largest of the
// values and finite, in one record. It is what dual.LogSumExp calls.
func (*Var) FuseLogSumExp(x []Var, top float64) Var {
	f := open(x)
	s := 0.0
	if f.t == nil {
		for i := range x {
			s += math.Exp(x[i].v - top)
		}
		return Var{v: math.Log(s) + top}
	}
	for i := range x {
		e := math.Exp(x[i].v - top)
		s += e
		f.add(x[i], e)
	}
	jac := f.t.jac[f.start+1:]
	for i := range jac {
		jac[i] /= s
	}
	return f.close(math.Log(s) + top)
}

// FuseProd returns the product of the elements of x, in one record. It is what
// dual.Prod calls.
func (*Var) FuseProd(x []Var) Var {
	f := open(x)
	v := 1.0
	if f.t == nil {
		for i := range x {
			v *= x[i].v
		}
		return Var{v: v}
	}
	// The derivative for an element is the product of those before it and
	// those after it, which is right also if some are 0.
	for i := range x {
		f.add(x[i], v)
		v *= x[i].v
	}
	jac := f.t.jac[f.start+1:]
	after := 1.0
	for i := len(x) - 1; i >= 0; i-- {
		if x[i].t != nil {
			jac[len(jac)-1] *= after
			jac = jac[:len(jac)-1]
		}
		after *= x[i].v
	}
	return f.close(v)
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
