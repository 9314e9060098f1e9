package numpy

// backward is the kind of trace that records operations for a sweep back.
type backward struct{}

// A record is an operation of a reverse trace: what its rules need, and the
// nodes of those operands that vary.
type record struct {
	Call
	op  *Op
	par []*node // nil where the operand is constant
	pos int     // of its first result in the sweep, from 1
}

// variable returns the input of the trace with the given index.
func variable(tr *trace, x Array, idx int) Array {
	return (&node{tr: tr, val: [1]Array{x}, idx: idx}).array()
}

func (backward) apply(tr *trace, op *Op, param any, in []Array) []Array {
	if op.EvalAll != nil || len(in) > 2 {
		return recordMany(tr, op, param, in)
	}
	// One piece of memory for all that belongs to the operation.
	type cell struct {
		node
		record
		in  [2]Array
		par [2]*node
		out [1]Array
	}
	c := &cell{}
	for i, x := range in {
		c.in[i], c.par[i] = x, x.in(tr)
		if c.par[i] != nil {
			c.in[i] = c.par[i].val[0]
		}
	}
	c.record.In = c.in[:len(in)]
	c.record.Param = param
	c.node.val[0] = op.apply(&c.record.Call)
	c.record.Out = c.node.val[:]
	if op.Flat {
		return c.record.Out
	}
	c.record.op = op
	c.record.par = c.par[:len(in)]
	c.node.tr = tr
	c.node.rec = &c.record
	c.out[0] = c.node.array()
	return c.out[:]
}

// apply applies a single-result operation to the operands of c, which it keeps.
func (op *Op) apply(c *Call) Array {
	if tr := top(c.In); tr != nil {
		return tr.kind.apply(tr, op, c.Param, c.In)[0]
	}
	return op.Eval(c)
}

func recordMany(tr *trace, op *Op, param any, in []Array) []Array {
	r := &record{op: op, par: make([]*node, len(in))}
	r.In, r.Param = make([]Array, len(in)), param
	for i, x := range in {
		r.In[i], r.par[i] = x.lower(tr), x.in(tr)
	}
	r.Out = op.results(param, r.In)
	if op.Flat {
		return r.Out
	}
	nodes := make([]node, len(r.Out))
	out := make([]Array, len(r.Out))
	for j := range out {
		nodes[j] = node{tr: tr, val: [1]Array{r.Out[j]}, rec: r, idx: j}
		out[j] = nodes[j].array()
	}
	return out
}

// vjp runs f on variables with the values xs and returns its results, free of
// this trace, and the function that pulls cotangents of them back to the
// inputs. In what goes in and what comes out a zero value stands for 0. The
// function may be called more than once and by several goroutines.
func vjp(f func([]Array) []Array, xs []Array) (pull func(ws []Array) []Array, ys []Array) {
	tr := newTrace(backward{})
	defer tr.close()
	vars := make([]Array, len(xs))
	for i, x := range xs {
		vars[i] = variable(tr, x, i)
	}
	outs := f(vars)
	ys = make([]Array, len(outs))
	ends := make([]*node, len(outs))
	for j, y := range outs {
		ends[j] = y.in(tr)
		ys[j] = y.lower(tr)
	}
	s := newSweep(ends)
	return func(ws []Array) []Array { return s.run(ws, xs) }, ys
}

// A sweep is the part of a reverse trace on which some results depend.
type sweep struct {
	ends  []*node
	order []*record // every operation after those whose results it uses
	size  int       // results of all operations
}

// newSweep sorts what the ends depend on.
func newSweep(ends []*node) *sweep {
	s := &sweep{ends: ends}
	type frame struct {
		r    *record
		next int
	}
	var buf [32]frame
	stack := buf[:0]
	enter := func(n *node) {
		if n != nil && n.rec != nil && n.rec.pos == 0 {
			n.rec.pos = -1
			stack = append(stack, frame{r: n.rec})
		}
	}
	for _, end := range ends {
		enter(end)
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next < len(f.r.par) {
				f.next++
				enter(f.r.par[f.next-1])
				continue
			}
			f.r.pos = s.size + 1
			s.size += len(f.r.Out)
			s.order = append(s.order, f.r)
			stack = stack[:len(stack)-1]
		}
	}
	return s
}

// run sweeps the cotangents of the ends back to the inputs xs.
func (s *sweep) run(ws, xs []Array) []Array {
	n := len(xs)
	sums := make([]Accumulator, n+s.size)
	at := func(x *node) *Accumulator {
		if x.rec == nil {
			return &sums[x.idx]
		}
		return &sums[n+x.rec.pos-1+x.idx]
	}
	for j, end := range s.ends {
		if end != nil && !ws[j].isZero() {
			at(end).Add(conform(ws[j], end.val[0], false))
		}
	}
	for i := len(s.order) - 1; i >= 0; i-- {
		r := s.order[i]
		first := n + r.pos - 1
		w := make([]Array, 0, len(r.Out))
		some := false
		for j := range r.Out {
			sum := sums[first+j].take(r.Out[j])
			some = some || !sum.isZero()
			w = append(w, sum)
		}
		if some {
			r.pull(w, at)
		}
	}
	out := make([]Array, n)
	for i, x := range xs {
		out[i] = sums[i].take(x)
	}
	return out
}

// pull adds to the cotangents of the operands what w, those of the results,
// give them.
func (r *record) pull(w []Array, at func(*node) *Accumulator) {
	op := r.op
	if op.VJP == nil && op.VJPAdd == nil {
		need := make([]bool, len(r.par))
		for i, n := range r.par {
			need[i] = n != nil
		}
		for i, g := range op.vjp(&r.Call, w, need) {
			if need[i] {
				at(r.par[i]).Add(conform(g, r.In[i], false))
			}
		}
		return
	}
	for i, n := range r.par {
		switch {
		case n == nil:
		case op.VJPAdd != nil:
			op.VJPAdd(&r.Call, i, w[0], at(n))
		default:
			at(n).Add(conform(op.VJP(&r.Call, i, w[0]), r.In[i], op.Broadcast))
		}
	}
}

// vjp returns the cotangents of the operands that need one.
func (op *Op) vjp(c *Call, w []Array, need []bool) []Array {
	out := make([]Array, len(c.In))
	switch {
	case op.VJPAll != nil:
		copy(out, op.VJPAll(c, w, need))
	case op.VJP != nil || op.VJPAdd != nil:
		for i := range out {
			switch {
			case !need[i]:
			case op.VJPAdd != nil:
				var sum Accumulator
				op.VJPAdd(c, i, w[0], &sum)
				out[i] = sum.take(c.In[i])
			default:
				out[i] = op.VJP(c, i, w[0])
			}
		}
	case op.hasJVP():
		out = op.transposeJVP(c, w, need)
	default:
		for i := range need {
			if need[i] {
				op.missing("VJP", i)
			}
		}
	}
	for i := range out {
		out[i] = conform(out[i], c.In[i], op.Broadcast)
	}
	return out
}

// transposeJVP gets the VJP of op from its JVP, which is linear in the
// tangents.
func (op *Op) transposeJVP(c *Call, w []Array, need []bool) []Array {
	var (
		vs    []Array
		index []int
	)
	for i := range need {
		if need[i] {
			vs, index = append(vs, zerosLike(c.In[i])), append(index, i)
		}
	}
	pull, _ := vjp(func(vs []Array) []Array {
		v := make([]Array, len(need))
		for k, i := range index {
			v[i] = vs[k]
		}
		return op.jvp(c, v)
	}, vs)
	out := make([]Array, len(need))
	for k, g := range pull(w) {
		out[index[k]] = g
	}
	return out
}
