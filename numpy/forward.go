package numpy

import "slices"

// forward is the kind of trace that carries one tangent.
type forward struct{}

// withTangent returns the array of the trace with the value and the tangent.
func withTangent(tr *trace, val, tangent Array) Array {
	if tangent.isZero() {
		return val
	}
	type cell struct {
		node
		ser []Array
		buf [1]Array
	}
	c := &cell{node: node{tr: tr, val: [1]Array{val}}, buf: [1]Array{tangent}}
	c.ser = c.buf[:]
	c.node.ser = &c.ser
	return c.node.array()
}

// tangent returns the tangent of x in the trace, the zero value where it is 0.
func tangent(tr *trace, x Array) Array {
	if n := x.in(tr); n != nil {
		return (*n.ser)[0]
	}
	return Array{}
}

func (forward) apply(tr *trace, op *Op, param any, in []Array) []Array {
	c := &Call{In: make([]Array, len(in)), Param: param}
	v := make([]Array, len(in))
	for i, x := range in {
		c.In[i] = x.lower(tr)
		if !op.Flat {
			v[i] = tangent(tr, x)
		}
	}
	c.Out = op.results(param, c.In)
	if op.Flat {
		return c.Out
	}
	dots := op.jvp(c, v)
	out := make([]Array, len(c.Out))
	for j := range out {
		out[j] = withTangent(tr, c.Out[j], dots[j])
	}
	return out
}

// push is apply for a single result and one or two operands.
func push(tr *trace, op *Op, param any, x, y Array, count int) Array {
	c := &struct {
		Call
		in, v [2]Array
		out   [1]Array
	}{}
	c.in[0], c.in[1] = x.lower(tr), y.lower(tr)
	c.In, c.Out, c.Param = c.in[:count], c.out[:], param
	c.out[0] = op.apply(&c.Call)
	if op.Flat {
		return c.out[0]
	}
	c.v[0], c.v[1] = tangent(tr, x), tangent(tr, y)
	return withTangent(tr, c.out[0], op.jvp1(&c.Call, c.v[:count]))
}

// jvp1 is jvp for a single result and one or two operands.
func (op *Op) jvp1(c *Call, v []Array) (d Array) {
	switch {
	case op.JVPAll != nil:
		return op.jvp(c, v)[0]
	case op.Linear && len(v) == 1:
		d = op.apply1(c.Param, v[0])
	case op.Linear && !v[0].isZero() && !v[1].isZero():
		d = op.apply2(c.Param, v[0], v[1])
	case op.JVP != nil:
		op.show(v)
		for i, t := range v {
			if !t.isZero() {
				d = plus(d, op.JVP(c, i, t))
			}
		}
	default:
		return op.jvp(c, v)[0]
	}
	return conform(d, c.Out[0], op.Broadcast)
}

// results applies op to operands of a lower level.
func (op *Op) results(param any, in []Array) []Array {
	if op.EvalAll != nil {
		return op.ApplyAll(param, in...)
	}
	return []Array{op.Apply(param, in...)}
}

// jvp returns the changes of the results when the operands change by v; zero
// values stand for no change.
func (op *Op) jvp(c *Call, v []Array) []Array {
	op.show(v)
	var out []Array
	switch {
	case op.JVPAll != nil:
		out = op.JVPAll(c, v)
	case op.Linear && (op.JVP == nil || !slices.ContainsFunc(v, Array.isZero)):
		in := make([]Array, len(v))
		for i := range v {
			in[i] = v[i].orZeros(c.In[i])
		}
		out = op.results(c.Param, in)
	case op.JVP != nil || op.Multilinear:
		out = make([]Array, len(c.Out))
		for i, t := range v {
			if t.isZero() {
				continue
			}
			var d []Array
			if op.JVP != nil {
				d = []Array{op.JVP(c, i, t)}
			} else {
				in := append([]Array(nil), c.In...)
				in[i] = t
				d = op.results(c.Param, in)
			}
			for j := range out {
				out[j] = plus(out[j], d[j])
			}
		}
	case op.hasVJP():
		out = op.transposeVJP(c, v)
	default:
		op.missing("JVP", varying(v))
	}
	for j := range out {
		out[j] = conform(out[j], c.Out[j], op.Broadcast)
	}
	return out
}

func (op *Op) hasVJP() bool {
	return op.VJP != nil || op.VJPAll != nil || op.VJPAdd != nil || op.vjp2 != nil
}

// transposable reports whether the JVP comes from a rule. That of a linear
// operation is the operation itself, whose transpose is what is looked for.
func (op *Op) transposable() bool {
	return op.JVPAll != nil || op.JVP != nil && !op.Linear
}

// missing panics for a rule that is not there.
func (op *Op) missing(rule string, i int) {
	fail("%s: no %s rule for operand %d", op.Name, rule, i)
}

// varying returns the index of the first operand that varies.
func varying(v []Array) int {
	for i := range v {
		if !v[i].isZero() {
			return i
		}
	}
	return 0
}

// transposeVJP gets the JVP of op from its VJP: w ↦ VJP(w) is linear, and the
// transpose of it applied to v is the JVP.
func (op *Op) transposeVJP(c *Call, v []Array) []Array {
	need := make([]bool, len(v))
	for i := range v {
		need[i] = !v[i].isZero()
	}
	ws := make([]Array, len(c.Out))
	for j := range ws {
		ws[j] = zerosLike(c.Out[j])
	}
	pull, _ := vjp(func(w []Array) []Array { return op.vjp(c, w, need) }, ws)
	out := pull(v)
	return out
}

// orZeros returns x, or zeros in the shape of y where x is the zero value.
func (x Array) orZeros(y Array) Array {
	if x.isZero() {
		return zerosLike(y)
	}
	return x
}

// zerosLike returns constant zeros in the shape and of the type of y.
func zerosLike(y Array) Array {
	b := y.data()
	if b.complex() {
		return plain(newComplex(b.lay))
	}
	return plain(b.like(b.lay).cleared())
}

// plus returns x+y, where a zero value is 0 in any shape.
func plus(x, y Array) Array {
	switch {
	case x.isZero():
		return y
	case y.isZero():
		return x
	}
	return Add(x, y)
}

// stretches reports whether an array of the shape broadcasts to the other one.
func stretches(shape, to []int) bool {
	off := len(to) - len(shape)
	if off < 0 {
		return false
	}
	for i, n := range shape {
		if n != 1 && n != to[off+i] {
			return false
		}
	}
	return true
}

// conform gives a derivative the shape and type of the array it belongs to.
// Only with broadcasting may the shapes differ.
func conform(d, x Array, broadcast bool) Array {
	if d.isZero() {
		return d
	}
	if broadcast && !sameShape(d.Shape(), x.Shape()) {
		if stretches(d.Shape(), x.Shape()) {
			d = BroadcastTo(d, x.Shape()...)
		} else {
			d = SumTo(d, x.Shape()...)
		}
	}
	switch cx := x.IsComplex(); {
	case d.IsComplex() == cx:
	case cx:
		d = AsComplex(d)
	default:
		d = Real(d)
	}
	return d
}
