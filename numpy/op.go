package numpy

// An Op is an operation that knows its derivatives. The rules are written in
// operations on arrays, so that derivatives of any order and in any mix of
// modes follow from them; the engine that applies them knows no operation.
//
// Exactly one of Eval and EvalAll is set. Of the derivative rules one of JVP
// and VJP suffices, for the other follows by transposition; a rule of its own
// is faster. A missing Taylor rule follows from the JVP.
//
// An Op must not change after its first use.
type Op struct {
	// Name is what messages call the operation, with its package if that is
	// not numpy, as in "linalg.Solve".
	Name string

	// Eval returns the value. It sees constants in c.In, and must not keep c.
	Eval func(c *Call) Array
	// EvalAll is Eval for an operation of several results.
	EvalAll func(c *Call) []Array

	// JVP returns the change of the result when operand i changes by v. It is
	// linear in v.
	JVP func(c *Call, i int, v Array) Array
	// JVPAll returns the changes of all results when operand i changes by
	// v[i]. A zero value in v, as in what it returns, is a change of 0.
	JVPAll func(c *Call, v []Array) []Array

	// VJP returns the cotangent of operand i where w is that of the result. It
	// is linear in w.
	VJP func(c *Call, i int, w Array) Array
	// VJPAll returns the cotangents of all operands i with need[i] where w[j]
	// is that of result j. A zero value in w, as in what it returns, is 0.
	VJPAll func(c *Call, w []Array, need []bool) []Array
	// VJPAdd is VJP for operations that use a few elements of their operand:
	// it adds the cotangent of operand i to sum.
	VJPAdd func(c *Call, i int, w Array, sum *Accumulator)

	// vjp2 is VJPAll for two operands and one result, without its slices.
	vjp2 func(c *Call, w Array, need0, need1 bool) (Array, Array)
	// scalar1 and scalar2 return the value for real numbers. scalar1 tells
	// whether the result is a number.
	scalar1 func(param any, x *block) (float64, bool)
	scalar2 func(x, y float64) float64
	// pull1 and pull2 are VJP for real numbers: they return the cotangents of
	// the operands x and y where w is that of the result z. pull1 tells
	// whether it can.
	pull1 func(param any, x, z, w float64) (float64, bool)
	pull2 func(x, y, z, w float64) (wx, wy float64)
	// element returns the place in the packed operand of the single element
	// that the result is, for an operation that takes one.
	element func(param any) int

	// batch returns the results for n operands at once, along the first axis,
	// where there is a faster way than one by one, or a zero value.
	batch func(param any, in []batch, n int) Array

	// Taylor returns the coefficients 1 to order of the result, where x[i][k]
	// is coefficient k of operand i; those missing are 0. A nil result makes
	// the engine use the JVP.
	Taylor func(c *Call, x [][]Array, order int) []Array

	// Linear tells that the operation is linear in all operands together, like
	// a sum, and Multilinear that it is linear in each, like a product. Then
	// JVP and Taylor are not needed, but VJP is; of a Linear operation the JVP
	// serves where some of the operands do not vary.
	Linear, Multilinear bool

	// Broadcast tells that operands stretch to the shape of the result, as in
	// NumPy. Then what the rules return need have the shape of the result or
	// the operand only up to broadcasting.
	Broadcast bool

	// inner tells that no other package sees what the operation gets: its
	// rules keep nothing, and give nothing to functions of others. So memory
	// that is lent may go in and come out. It is not for Flat operations, whose
	// results are plain numbers to everybody.
	inner bool

	// Flat tells that the result is locally constant: all derivatives are 0.
	Flat bool
}

// A Call is one application of an [Op], as its rules see it: the operands, the
// results and what else the operation was given.
type Call struct {
	In, Out []Array
	Param   any
}

// Apply applies the operation of a single result to the operands. The
// parameter is what else it needs; rules find it in [Call].
func (op *Op) Apply(param any, in ...Array) Array {
	if op.EvalAll != nil {
		fail("%s: Apply of an operation with several results", op.Name)
	}
	switch len(in) {
	case 1:
		return op.apply1(param, in[0])
	case 2:
		return op.apply2(param, in[0], in[1])
	}
	// A copy, so that the caller's operands need not leave its stack.
	c := &Call{In: append([]Array(nil), in...), Param: param}
	tr := top(c.In)
	if tr == nil {
		return op.value(c)
	}
	ownAll(c.In)
	return tr.kind.apply(tr, op, param, c.In)[0]
}

// apply1 is Apply for one operand.
func (op *Op) apply1(param any, x Array) Array {
	if x.n == nil {
		return op.value(&Call{In: []Array{x}, Param: param})
	}
	tr := x.n.tr
	tr.check()
	switch tr.kind.(type) {
	case backward:
		return record1(tr, op, param, x)
	case forward:
		return push(tr, op, param, x, Array{}, 1)
	}
	return tr.kind.apply(tr, op, param, []Array{x})[0]
}

// apply2 is Apply for two operands.
func (op *Op) apply2(param any, x, y Array) Array {
	var tr *trace
	if x.n != nil {
		tr = x.n.tr
	}
	if y.n != nil && (tr == nil || y.n.tr.stamp > tr.stamp) {
		tr = y.n.tr
	}
	if tr == nil {
		return op.value(&Call{In: []Array{x, y}, Param: param})
	}
	x, y = x.own(), y.own()
	tr.check()
	switch tr.kind.(type) {
	case backward:
		return record2(tr, op, param, x, y)
	case forward:
		return push(tr, op, param, x, y, 2)
	}
	return tr.kind.apply(tr, op, param, []Array{x, y})[0]
}

// ApplyAll is [Op.Apply] for an operation of several results.
func (op *Op) ApplyAll(param any, in ...Array) []Array {
	tr := top(in)
	in = append([]Array(nil), in...)
	if tr == nil {
		return op.eval(&Call{In: in, Param: param})
	}
	ownAll(in)
	return tr.kind.apply(tr, op, param, in)
}

// eval returns the results for constant operands.
func (op *Op) eval(c *Call) []Array {
	if op.EvalAll != nil {
		op.show(c.In)
		return op.EvalAll(c)
	}
	return []Array{op.value(c)}
}

// value returns the only result for constant operands.
func (op *Op) value(c *Call) Array {
	op.show(c.In)
	return op.Eval(c)
}

// show keeps the memory of xs, which the operation is about to see.
func (op *Op) show(xs []Array) {
	if !op.inner {
		for _, x := range xs {
			x.keep()
		}
	}
}

// top returns the innermost trace among those of x, nil if all are constant.
func top(x []Array) *trace {
	var tr *trace
	for i := range x {
		if n := x[i].n; n != nil && (tr == nil || n.tr.stamp > tr.stamp) {
			tr = n.tr
		}
	}
	if tr != nil {
		tr.check()
	}
	return tr
}
