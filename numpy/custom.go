package numpy

import "slices"

// CustomVJP returns f as an operation whose derivative is the given rule. The
// rule gets the value y = f(x...), the operands x and a cotangent w of the
// value, and returns the cotangents of all operands, of their shapes: w times
// the Jacobian by each of them. A zero value, like one that is missing at the
// end, is a cotangent of 0. The name is for messages.
//
// The function f sees numbers without derivatives, so it may do anything with
// them. The rule must be written in operations on arrays: then it has
// derivatives itself, and the operation has derivatives of any order; forward
// mode and Taylor series follow by transposition. An operation panics with an
// [Error] if its function uses an array that varies and is no operand, or its
// rule returns arrays that do not fit.
func CustomVJP(name string, f func(x ...Array) Array, rule func(y Array, x []Array, w Array) []Array) func(x ...Array) Array {
	op := &Op{Name: name, Eval: customEval(name, f)}
	op.VJPAll = func(c *Call, w []Array, need []bool) []Array {
		out := make([]Array, len(c.In))
		if w[0].isZero() {
			return out
		}
		got := rule(c.Out[0], c.In, w[0])
		if len(got) > len(out) {
			fail("%s: the rule returns %d cotangents for %d operands", name, len(got), len(out))
		}
		for i, g := range got {
			if need[i] {
				out[i] = customDerivative(name, "cotangent", g, c.In[i])
			}
		}
		return out
	}
	return func(x ...Array) Array { return op.Apply(nil, x...) }
}

// CustomJVP is [CustomVJP] with a rule for forward mode: it gets the value, the
// operands and their tangents v, and returns the tangent of the value, of its
// shape. It must be linear in v. A zero value is a tangent of 0; those that the
// rule gets are arrays of the shapes of the operands.
func CustomJVP(name string, f func(x ...Array) Array, rule func(y Array, x, v []Array) Array) func(x ...Array) Array {
	op := &Op{Name: name, Eval: customEval(name, f)}
	op.JVPAll = func(c *Call, v []Array) []Array {
		vs := make([]Array, len(v))
		for i := range v {
			vs[i] = v[i].orZeros(c.In[i])
		}
		return []Array{customDerivative(name, "tangent", rule(c.Out[0], c.In, vs), c.Out[0])}
	}
	return func(x ...Array) Array { return op.Apply(nil, x...) }
}

// customEval returns the value rule of an operation of a user.
func customEval(name string, f func(x ...Array) Array) func(*Call) Array {
	return func(c *Call) Array {
		y := f(slices.Clone(c.In)...)
		if y.n != nil {
			fail("%s: the function uses an array that varies but is not among its operands", name)
		}
		if y.isZero() {
			return Scalar(0) // a number here, not a derivative
		}
		return y
	}
}

// customDerivative checks a derivative that the rule of a user returned.
func customDerivative(name, what string, d, x Array) Array {
	if !d.isZero() && !sameShape(d.Shape(), x.Shape()) {
		fail("%s: the rule returns a %s of shape %s, want %s", name, what, shapeString(d.Shape()), shapeString(x.Shape()))
	}
	return d
}
