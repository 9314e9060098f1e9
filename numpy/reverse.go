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
	switch {
	case op.EvalAll != nil || len(in) > 2:
		return recordMany(tr, op, param, in)
	case len(in) == 2:
		return []Array{record2(tr, op, param, in[0], in[1])}
	}
	return []Array{record1(tr, op, param, in[0])}
}

// cell1 is an operation of one operand and its result, in one piece of memory.
type cell1 struct {
	node
	record
	in  [1]Array
	par [1]*node
}

// cell2 is cell1 for two operands.
type cell2 struct {
	node
	record
	in  [2]Array
	par [2]*node
}

// scalarCell is cell2 with the number that is the result.
type scalarCell struct {
	cell2
	block
}

func record1(tr *trace, op *Op, param any, x Array) Array {
	if low := x.lower(tr); op.scalar1 != nil && low.n == nil {
		if v, ok := op.scalar1(param, low.data()); ok {
			c := tr.cell()
			c.in[0] = c.operand(tr, x, &c.par[0])
			c.block.set(v)
			return c.node.finish(tr, op, param, plain(&c.block), &c.record, c.in[:1], c.par[:1])
		}
	}
	c := &cell1{}
	c.in[0] = c.operand(tr, x, &c.par[0])
	c.record.In, c.record.Param = c.in[:], param
	return c.node.finish(tr, op, param, op.apply(&c.record.Call), &c.record, c.in[:], c.par[:])
}

func record2(tr *trace, op *Op, param any, x, y Array) Array {
	if a, b := x.lower(tr), y.lower(tr); op.scalar2 != nil && a.isNumber() && b.isNumber() {
		c := tr.cell()
		c.in[0], c.in[1] = c.operand(tr, x, &c.par[0]), c.operand(tr, y, &c.par[1])
		c.block.set(op.scalar2(a.data().re[0], b.data().re[0]))
		return c.node.finish(tr, op, param, plain(&c.block), &c.record, c.in[:], c.par[:])
	}
	c := &cell2{}
	c.in[0], c.in[1] = c.operand(tr, x, &c.par[0]), c.operand(tr, y, &c.par[1])
	c.record.In, c.record.Param = c.in[:], param
	return c.node.finish(tr, op, param, op.apply(&c.record.Call), &c.record, c.in[:], c.par[:])
}

// operand returns the value of x one level down and puts its node into par.
func (*node) operand(tr *trace, x Array, par **node) Array {
	if x.n != nil && x.n.tr == tr {
		*par = x.n
		return x.n.val[0]
	}
	return x
}

// finish makes n the node of the value of an operation.
func (n *node) finish(tr *trace, op *Op, param any, val Array, r *record, in []Array, par []*node) Array {
	if op.Flat {
		return val
	}
	n.val[0] = val
	r.In, r.Out, r.Param = in, n.val[:], param
	r.op, r.par = op, par
	n.tr, n.rec = tr, r
	return n.array()
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
		ys[j] = y.lower(tr).apart()
	}
	s := &sweep{}
	s.sort(ends)
	return func(ws []Array) []Array { return s.run(ws, xs) }, ys
}

// vjp1 is vjp for one input and one result.
func vjp1(f func(Array) Array, x Array) (s *sweep, y Array) {
	type start struct {
		trace
		node
		sweep
		end   [1]*node
		order [8]*record
		slab  slab
		cells [2]scalarCell
	}
	c := &start{}
	tr := &c.trace
	c.slab.cells = c.cells[:]
	tr.slab.Store(&c.slab)
	tr.begin(backward{})
	defer tr.close()
	c.node.tr, c.node.val[0] = tr, x
	y = f(c.node.array())
	c.end[0] = y.in(tr)
	c.sweep.order = c.order[:0]
	if n := tr.cells(); n > 2*len(c.order) {
		c.sweep.order = make([]*record, 0, n)
	}
	c.sweep.sort(c.end[:])
	return &c.sweep, y.lower(tr).apart()
}

// A sweep is the part of a reverse trace on which some results depend.
type sweep struct {
	ends  []*node
	order []*record // every operation after those whose results it uses
	size  int       // results of all operations
}

// sort finds what the ends depend on, and puts it in order.
func (s *sweep) sort(ends []*node) {
	s.ends = ends
	type frame struct {
		r    *record
		next int
	}
	var buf [32]frame
	stack := buf[:0]
	for _, end := range ends {
		if end != nil && end.rec.enter() {
			stack = append(stack, frame{r: end.rec})
		}
	next:
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			for f.next < len(f.r.par) {
				n := f.r.par[f.next]
				f.next++
				if n != nil && n.rec.enter() {
					stack = append(stack, frame{r: n.rec})
					continue next
				}
			}
			f.r.pos = s.size + 1
			s.size += len(f.r.Out)
			s.order = append(s.order, f.r)
			stack = stack[:len(stack)-1]
		}
	}
}

// enter marks r as seen and reports whether it is new.
func (r *record) enter() bool {
	if r == nil || r.pos != 0 {
		return false
	}
	r.pos = -1
	return true
}

// run sweeps the cotangents of the ends back to the inputs xs.
func (s *sweep) run(ws, xs []Array) []Array {
	n := len(xs)
	sums := cotangents{n, make([]Accumulator, n+s.size)}
	for j, end := range s.ends {
		if end != nil && !ws[j].isZero() {
			sums.of(end).Add(conform(ws[j], end.val[0], false))
		}
	}
	s.back(sums)
	out := make([]Array, n)
	for i, x := range xs {
		out[i] = sums.all[i].take(x)
	}
	return out
}

// run1 is run for one input and one result.
func (s *sweep) run1(w, x Array) Array {
	sums := cotangents{1, make([]Accumulator, 1+s.size)}
	if end := s.ends[0]; end != nil {
		sums.of(end).Add(conform(w, end.val[0], false))
	}
	s.back(sums)
	return sums.all[0].take(x)
}

// run1ones is run1 for a cotangent of ones, where y is the result.
func (s *sweep) run1ones(y, x Array) Array {
	end := s.ends[0]
	if end == nil || !end.val[0].isNumber() {
		return s.run1(onesLike(y), x)
	}
	sums := cotangents{1, make([]Accumulator, 1+s.size)}
	sums.of(end).addNumber(1)
	s.back(sums)
	return sums.all[0].take(x)
}

// back takes the cotangents through all operations.
func (s *sweep) back(sums cotangents) {
	for i := len(s.order) - 1; i >= 0; i-- {
		r := s.order[i]
		own := sums.all[sums.inputs+r.pos-1:][:len(r.Out)]
		if len(own) == 1 && r.op.VJPAll == nil && r.op.hasVJP() {
			if w, ok := own[0].number(); ok && r.pullNumber(w, sums) {
				own[0] = Accumulator{}
				continue
			}
			if w := own[0].take(r.Out[0]); !w.isZero() {
				r.pull(w, sums)
			}
			continue
		}
		w := make([]Array, len(own))
		some := false
		for j := range w {
			w[j] = own[j].take(r.Out[j])
			some = some || !w[j].isZero()
		}
		if some {
			r.pullAll(w, sums)
		}
	}
}

// cotangents are the sums of the cotangents that have reached the inputs and,
// after them, the results.
type cotangents struct {
	inputs int
	all    []Accumulator
}

func (c cotangents) of(x *node) *Accumulator {
	if x.rec == nil {
		return &c.all[x.idx]
	}
	return &c.all[c.inputs+x.rec.pos-1+x.idx]
}

// pullNumber is pull for operations on real numbers, without arrays. It reports
// whether it could do that.
func (r *record) pullNumber(w float64, sums cotangents) bool {
	op, x := r.op, r.In[0]
	switch {
	case op.element != nil:
		return sums.of(r.par[0]).addElement(x, op.element(r.Param), w)
	case op.pull1 != nil:
		if !x.isNumber() || !r.Out[0].isNumber() {
			return false
		}
		v, ok := op.pull1(r.Param, x.data().re[0], r.Out[0].data().re[0], w)
		if ok {
			sums.of(r.par[0]).addNumber(v)
		}
		return ok
	case op.pull2 != nil:
		y := r.In[1]
		if !x.isNumber() || !y.isNumber() || !r.Out[0].isNumber() {
			return false
		}
		u, v := op.pull2(x.data().re[0], y.data().re[0], r.Out[0].data().re[0], w)
		if n := r.par[0]; n != nil {
			sums.of(n).addNumber(u)
		}
		if n := r.par[1]; n != nil {
			sums.of(n).addNumber(v)
		}
		return true
	}
	return false
}

// pull adds to the cotangents of the operands what w, that of the only result,
// gives them.
func (r *record) pull(w Array, sums cotangents) {
	op := r.op
	if op.vjp2 != nil {
		x, y := op.vjp2(&r.Call, w, r.par[0] != nil, r.par[1] != nil)
		for i, g := range [2]Array{x, y} {
			if n := r.par[i]; n != nil {
				sums.of(n).Add(conform(g, r.In[i], op.Broadcast))
			}
		}
		return
	}
	for i, n := range r.par {
		switch {
		case n == nil:
		case op.VJPAdd != nil:
			op.VJPAdd(&r.Call, i, w, sums.of(n))
		default:
			sums.of(n).Add(conform(op.VJP(&r.Call, i, w), r.In[i], op.Broadcast))
		}
	}
}

// pullAll is pull for rules that want all cotangents at once.
func (r *record) pullAll(w []Array, sums cotangents) {
	need := make([]bool, len(r.par))
	for i, n := range r.par {
		need[i] = n != nil
	}
	for i, g := range r.op.vjp(&r.Call, w, need) {
		if need[i] {
			sums.of(r.par[i]).Add(g)
		}
	}
}

// vjp returns the cotangents of the operands that need one.
func (op *Op) vjp(c *Call, w []Array, need []bool) []Array {
	out := make([]Array, len(c.In))
	switch {
	case op.VJPAll != nil:
		copy(out, op.VJPAll(c, w, need))
	case op.vjp2 != nil:
		out[0], out[1] = op.vjp2(c, w[0], need[0], need[1])
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
