package reverse

// Custom returns value(x) with a derivative of the caller's own: vjp returns
// the product of the cotangent w with the Jacobian at x, given also the result
// y. It is one statement on the tape, whatever value does, and vjp is called
// only on the way back and only if some w is not 0.
//
// vjp computes in numbers instead of floats so that one generic function,
//
//	func vjp[T dual.Real[T]](x, y, w []T) []T
//
// can serve where derivatives of the derivative are wanted as well; here it is
// given constants, which compute like floats. A function of one variable with
// known derivatives is easier to define by [Var.Apply].
//
// The gradient panics with an [Error] if vjp returns another number of elements
// than x has.
func Custom(x []Var, value func(x []float64) []float64, vjp func(x, y, w []Var) []Var) []Var {
	checkFunc("Custom", value == nil || vjp == nil)
	at := values(x)
	y := value(values(x))
	t := tapeOf(x)
	if t == nil {
		return constants(y)
	}
	return t.statement(x, y, func(xbar, w []float64) {
		v := vjp(constants(at), constants(y), constants(w))
		checkLen("Custom", "vjp(x, y, w)", len(v), "x", len(at))
		for i := range xbar {
			xbar[i] = v[i].v
		}
	})
}

// constants returns x as constants.
func constants(x []float64) []Var {
	c := make([]Var, len(x))
	for i, v := range x {
		c[i] = Var{v: v}
	}
	return c
}

// statement records a statement on x with the results y. On the way back, back
// is to put the adjoints that x gets from those of y, w, into xbar. The tape is
// that of a variable in x, and all others must be on it.
func (t *Tape) statement(x []Var, y []float64, back func(xbar, w []float64)) []Var {
	for _, v := range x {
		if v.id&t.dead != 0 {
			panic(errForeign)
		}
	}
	x = append([]Var(nil), x...) // the caller may reuse its slice
	at := len(t.rec)
	z := t.Vars(nil, y)
	t.hooks = append(t.hooks, hook{at, func() {
		w, active := t.take(z)
		if !active {
			return
		}
		xbar := make([]float64, len(x))
		back(xbar, w)
		for i, v := range x {
			if v.t != nil && xbar[i] != 0 {
				t.bar[uint32(v.id)] += xbar[i]
			}
		}
	}})
	return z
}
