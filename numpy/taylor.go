package numpy

// taylor is the kind of trace that carries the Taylor coefficients of a path
// up to its order, normalised: coefficient k is the k-th derivative over k!.
type taylor struct{}

// series returns the array of the trace with the value and the coefficients
// from 1 on, of which a zero value is 0.
func series(tr *trace, val Array, coef []Array) Array {
	for len(coef) > 0 && coef[len(coef)-1].isZero() {
		coef = coef[:len(coef)-1]
	}
	if len(coef) == 0 {
		return val
	}
	return (&node{tr: tr, val: [1]Array{val}, ser: &coef}).array()
}

// coefficients returns the coefficients of x in the trace, at most n, those
// that are 0 at the end left out.
func coefficients(tr *trace, x Array, n int) []Array {
	c := []Array{x.lower(tr)}
	if y := x.in(tr); y != nil {
		c = append(c, (*y.ser)[:min(len(*y.ser), n-1)]...)
	}
	return c
}

// coef returns x[k], the zero value beyond the end.
func coef(x []Array, k int) Array {
	if k < len(x) {
		return x[k]
	}
	return Array{}
}

func (taylor) apply(tr *trace, op *Op, param any, in []Array) []Array {
	c := &Call{In: make([]Array, len(in)), Param: param}
	x := make([][]Array, len(in))
	for i := range in {
		x[i] = coefficients(tr, in[i], tr.order+1)
		c.In[i] = x[i][0]
	}
	c.Out = op.results(param, c.In)
	if op.Flat {
		return c.Out
	}
	var terms [][]Array // of each result, from coefficient 1 on
	switch {
	case op.Linear:
		terms = op.linearTerms(c, x, tr.order)
	case op.Taylor != nil:
		for i := range x {
			op.show(x[i])
		}
		if t := op.Taylor(c, x, tr.order); t != nil {
			terms = [][]Array{t}
		}
	case op.Multilinear && len(in) == 2:
		terms = [][]Array{op.productTerms(c, x[0], x[1], tr.order)}
	}
	if terms == nil {
		terms = op.integrate(c, x, tr.order)
	}
	out := make([]Array, len(c.Out))
	for j, y := range c.Out {
		for k, t := range terms[j] {
			terms[j][k] = conform(t, y, op.Broadcast)
		}
		out[j] = series(tr, y, terms[j])
	}
	return out
}

// linearTerms applies op to each coefficient.
func (op *Op) linearTerms(c *Call, x [][]Array, order int) [][]Array {
	terms := make([][]Array, len(c.Out))
	for k := 1; k <= order; k++ {
		in := make([]Array, len(x))
		some := false
		for i := range x {
			in[i] = coef(x[i], k)
			some = some || !in[i].isZero()
		}
		var y []Array
		if some {
			for i := range in {
				in[i] = in[i].orZeros(c.In[i])
			}
			y = op.results(c.Param, in)
		} else {
			y = make([]Array, len(c.Out))
		}
		for j := range terms {
			terms[j] = append(terms[j], y[j])
		}
	}
	return terms
}

// productTerms returns the coefficients of an operation that is linear in both
// operands: Σ op(x[j], y[k-j]).
func (op *Op) productTerms(c *Call, x, y []Array, order int) []Array {
	terms := make([]Array, order)
	for k := range terms {
		for j := 0; j <= k+1; j++ {
			a, b := coef(x, j), coef(y, k+1-j)
			if j > 0 && a.isZero() || j <= k && b.isZero() {
				continue
			}
			terms[k] = plus(terms[k], op.Apply(c.Param, a, b))
		}
	}
	return terms
}

// integrate gets the coefficients from the JVP: the derivative of the result
// along the path is the JVP at the path for its velocity, whose series to order
// k-1 gives coefficient k, and with it the next.
func (op *Op) integrate(c *Call, x [][]Array, order int) [][]Array {
	out := make([][]Array, len(c.Out))
	for j, y := range c.Out {
		out[j] = []Array{y}
	}
	velocity := make([][]Array, len(x))
	for i := range x {
		for k := 1; k < len(x[i]); k++ {
			velocity[i] = append(velocity[i], times(x[i][k], float64(k)))
		}
	}
	for k := 1; k <= order; k++ {
		tr := newTrace(taylor{})
		tr.order = k - 1
		path := func(x []Array, like Array) Array {
			if len(x) == 0 {
				return Array{}
			}
			return series(tr, x[0].orZeros(like), append([]Array(nil), x[1:min(len(x), k)]...))
		}
		at := &Call{In: make([]Array, len(x)), Out: make([]Array, len(out)), Param: c.Param}
		v := make([]Array, len(x))
		for i := range x {
			at.In[i], v[i] = path(x[i], c.In[i]), path(velocity[i], c.In[i])
		}
		for j := range out {
			at.Out[j] = path(out[j], c.Out[j])
		}
		for j, d := range op.jvp(at, v) {
			last := coef(coefficients(tr, d, k), k-1)
			out[j] = append(out[j], times(last, 1/float64(k)))
		}
		tr.close()
	}
	for j := range out {
		out[j] = out[j][1:]
	}
	return out
}

// times returns c·x, and the zero value for itself.
func times(x Array, c float64) Array {
	if x.isZero() {
		return x
	}
	return x.Scale(c)
}
