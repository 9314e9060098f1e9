package numpy

import "sync"

// backward is the kind of trace that records operations for a sweep back.
type backward struct{}

// A record is an operation of a reverse trace.
type record struct {
	op    *Op
	param any
	x     [2]Array // the operands as they came, where call does not tell
	out   *node    // its first result
	call  *call    // what its rules see, nil for numbers
	count int32    // operands
	pos   int32    // of its first result in the sweep, from 1
}

// A call is what the rules of a record see and, where there are more than two
// operands or several results, the nodes of those operands that vary.
type call struct {
	Call
	par []*node
}

// parent returns the node of operand i, nil where it is constant.
func (r *record) parent(i int) *node {
	if r.call != nil && r.call.par != nil {
		return r.call.par[i]
	}
	return r.x[i].in(r.out.tr)
}

// results returns the number of results.
func (r *record) results() int {
	if r.call != nil {
		return len(r.call.Out)
	}
	return 1
}

// rules returns what the rules of the operation see.
func (r *record) rules() *Call {
	if r.call != nil {
		return &r.call.Call
	}
	c := &struct {
		Call
		in [2]Array
	}{}
	for i, x := range r.x[:r.count] {
		c.in[i] = x.lower(r.out.tr)
	}
	c.In, c.Out, c.Param = c.in[:r.count], r.out.val[:], r.param
	return &c.Call
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

// A cell is an operation on one or two arrays and its result, in one piece of
// memory.
type cell struct {
	node
	record
	call
	in [2]Array
}

// A scalarCell is a cell for an operation on numbers, with the number that is
// the result.
type scalarCell struct {
	node
	record
	block
}

func record1(tr *trace, op *Op, param any, x Array) Array {
	if low := x.lower(tr); op.scalar1 != nil && low.n == nil {
		if v, ok := op.scalar1(param, low.data()); ok {
			return tr.cell().finish(tr, op, param, v, x, Array{}, 1)
		}
	}
	return (&cell{}).finish(tr, op, param, x, Array{}, 1)
}

func record2(tr *trace, op *Op, param any, x, y Array) Array {
	if a, b := x.lower(tr), y.lower(tr); op.scalar2 != nil && a.isNumber() && b.isNumber() {
		v := op.scalar2(a.data().re[0], b.data().re[0])
		return tr.cell().finish(tr, op, param, v, x, y, 2)
	}
	return (&cell{}).finish(tr, op, param, x, y, 2)
}

// finish makes c the operation that gives v.
func (c *scalarCell) finish(tr *trace, op *Op, param any, v float64, x, y Array, count int32) Array {
	c.block.set(v)
	if op.Flat {
		return plain(&c.block)
	}
	c.node.tr, c.node.val[0], c.node.rec = tr, plain(&c.block), &c.record
	r := &c.record
	r.op, r.param, r.out, r.count = op, param, &c.node, count
	r.x[0], r.x[1] = x, y
	return c.node.array()
}

// finish applies the operation, of which c becomes the record.
func (c *cell) finish(tr *trace, op *Op, param any, x, y Array, count int32) Array {
	c.in[0], c.in[1] = x.lower(tr), y.lower(tr)
	c.Call.In, c.Call.Param = c.in[:count], param
	val := op.apply(&c.Call)
	if op.Flat {
		return val
	}
	c.node.tr, c.node.val[0], c.node.rec = tr, val, &c.record
	c.Call.Out = c.node.val[:]
	r := &c.record
	r.op, r.param, r.out, r.count, r.call = op, param, &c.node, count, &c.call
	r.x[0], r.x[1] = x, y
	return c.node.array()
}

// apply applies a single-result operation to the operands of c, which it keeps.
func (op *Op) apply(c *Call) Array {
	if tr := top(c.In); tr != nil {
		ownAll(c.In)
		return tr.kind.apply(tr, op, c.Param, c.In)[0]
	}
	return op.value(c)
}

func recordMany(tr *trace, op *Op, param any, in []Array) []Array {
	c := &call{Call: Call{In: make([]Array, len(in)), Param: param}, par: make([]*node, len(in))}
	for i, x := range in {
		c.In[i], c.par[i] = x.lower(tr), x.in(tr)
	}
	c.Out = op.results(param, c.In)
	if op.Flat {
		return c.Out
	}
	r := &record{op: op, param: c.Param, call: c, count: int32(len(c.In))}
	nodes := make([]node, len(c.Out))
	out := make([]Array, len(c.Out))
	for j, y := range c.Out {
		nodes[j] = node{tr: tr, val: [1]Array{y}, rec: r, idx: j}
		out[j] = nodes[j].array()
	}
	if len(nodes) > 0 {
		r.out = &nodes[0]
	}
	return out
}

// vjp runs f on variables with the values xs and returns its results, free of
// this trace, and the function that pulls cotangents of them back to the
// inputs. In what goes in and what comes out a zero value stands for 0. The
// function may be called more than once and by several goroutines.
func vjp(f func([]Array) []Array, xs []Array) (pull func(ws []Array) []Array, ys []Array) {
	s := &sweep{}
	ys = s.there(f, xs)
	return func(ws []Array) []Array { return s.run(ws, xs) }, ys
}

// there runs f on variables with the values xs and returns its results, free of
// the trace of which s becomes the way back. Variables with memory of s get
// more from there, which results have for themselves.
func (s *sweep) there(f func([]Array) []Array, xs []Array) (ys []Array) {
	tr := newTrace(backward{})
	defer tr.close()
	vars := make([]Array, len(xs))
	for i, x := range xs {
		vars[i] = variable(tr, s.variable(x), i)
	}
	outs := f(vars)
	ys = make([]Array, len(outs))
	ends := make([]*node, len(outs))
	for j, y := range outs {
		ends[j] = y.in(tr)
		ys[j] = y.lower(tr).own().apart()
	}
	s.sort(ends)
	return ys
}

// vjp1 is vjp for one input and one result, which may be in memory of the trace.
// With once only last1 may follow, or release.
func vjp1(f func(Array) Array, x Array, once bool) (s *sweep, y Array) {
	type start struct {
		trace
		node
		slab  slab
		cells [1]scalarCell
	}
	c := &start{}
	tr := &c.trace
	c.slab.cells = c.cells[:]
	tr.slab.Store(&c.slab)
	tr.begin(backward{})
	defer tr.close()
	if once {
		s = borrow()
	} else {
		s = &sweep{}
	}
	c.node.tr, c.node.val[0] = tr, s.variable(x)
	y = f(c.node.array())
	s.end[0] = y.in(tr)
	s.sort(s.end[:])
	return s, y.lower(tr)
}

// A sweep is the part of a reverse trace on which some results depend.
type sweep struct {
	ends  []*node
	end   [1]*node  // where there is one
	order []*record // every operation after those whose results it uses
	size  int       // results of all operations
	work  *work     // has the memory of order, unless nil
}

// A work is memory for a derivative, used again and again.
type work struct {
	sweep
	records []*record
	sums    []Accumulator // zero
	arena   arena
}

var works = sync.Pool{New: func() any { return new(work) }}

// borrow returns a sweep with memory, until it is released.
func borrow() *sweep {
	w := works.Get().(*work)
	w.sweep = sweep{order: w.records[:0], work: w}
	return &w.sweep
}

// variable returns x, or x with memory of the sweep.
func (s *sweep) variable(x Array) Array {
	if s.work == nil {
		return x
	}
	return s.work.arena.variable(x)
}

// release gives the memory back. The sweep must not be used any more.
func (s *sweep) release() {
	w := s.work
	clear(s.order)
	w.records = s.order
	w.sweep = sweep{}
	w.release()
}

// release gives the work back to the others, and takes back what its arena has
// lent.
func (w *work) release() {
	w.arena.takeBack()
	works.Put(w)
}

// cotangents returns the sums for n inputs.
func (s *sweep) cotangents(n int) cotangents {
	if s.work == nil {
		return cotangents{n, make([]Accumulator, n+s.size)}
	}
	if m := n + s.size; cap(s.work.sums) < m {
		s.work.sums = make([]Accumulator, m+m/4)
	}
	return cotangents{n, s.work.sums[:n+s.size]}
}

// sort finds what the ends depend on, and puts it in order.
func (s *sweep) sort(ends []*node) {
	s.ends = ends
	type frame struct {
		r    *record
		next int
	}
	var buf [8]frame
	stack := buf[:0]
	for _, end := range ends {
		if end != nil && end.rec.enter() {
			stack = append(stack, frame{r: end.rec})
		}
	next:
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			for f.next < int(f.r.count) {
				n := f.r.parent(f.next)
				f.next++
				if n != nil && n.rec.enter() {
					stack = append(stack, frame{r: n.rec})
					continue next
				}
			}
			f.r.pos = int32(s.size + 1)
			s.size += f.r.results()
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
	sums := s.cotangents(n)
	for j, end := range s.ends {
		if end != nil && !ws[j].isZero() {
			sums.of(end).Add(conform(ws[j], end.val[0], false))
		}
	}
	s.back(sums)
	out := make([]Array, n)
	for i, x := range xs {
		out[i] = sums.all[i].take(x).own()
	}
	return out
}

// run1 is run for one input and one result.
func (s *sweep) run1(w, x Array) Array {
	sums := s.cotangents(1)
	if end := s.ends[0]; end != nil {
		sums.of(end).Add(conform(w, end.val[0], false))
	}
	s.back(sums)
	return sums.all[0].take(x).own()
}

// last1 is run1 for a cotangent of ones. It releases the sweep.
func (s *sweep) last1(x Array) Array {
	sums := s.cotangents(1)
	if end := s.ends[0]; end != nil {
		if y := end.val[0]; y.isNumber() {
			sums.of(end).addNumber(1)
		} else {
			sums.of(end).Add(onesLike(y))
		}
		s.back(sums)
	}
	g := sums.all[0].take(x).own()
	s.release()
	return g
}

// back takes the cotangents through all operations.
func (s *sweep) back(sums cotangents) {
	for i := len(s.order) - 1; i >= 0; i-- {
		r := s.order[i]
		own := sums.all[sums.inputs+int(r.pos)-1:][:r.results()]
		if len(own) == 1 && r.op.VJPAll == nil && r.op.hasVJP() {
			if w, ok := own[0].number(); ok && r.pullNumber(w, sums) {
				own[0] = Accumulator{}
				continue
			}
			if w := own[0].take(r.out.val[0]); !w.isZero() {
				r.pull(w, sums)
			}
			continue
		}
		c := r.rules()
		w := make([]Array, len(own))
		some := false
		for j := range w {
			w[j] = own[j].take(c.Out[j])
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
	return &c.all[c.inputs+int(x.rec.pos)-1+x.idx]
}

// pullNumber is pull for operations on real numbers, without arrays. It reports
// whether it could do that.
func (r *record) pullNumber(w float64, sums cotangents) bool {
	op := r.op
	if op.element == nil && op.pull1 == nil && op.pull2 == nil {
		return false
	}
	tr := r.out.tr
	x := r.x[0].lower(tr)
	switch {
	case op.element != nil:
		return sums.of(r.x[0].n).addElement(x, op.element(r.param), w)
	case !x.isNumber() || !r.out.val[0].isNumber():
		return false
	case op.pull1 != nil:
		v, ok := op.pull1(r.param, x.data().re[0], r.out.val[0].data().re[0], w)
		if ok {
			sums.of(r.x[0].n).addNumber(v)
		}
		return ok
	}
	y := r.x[1].lower(tr)
	if !y.isNumber() {
		return false
	}
	u, v := op.pull2(x.data().re[0], y.data().re[0], r.out.val[0].data().re[0], w)
	if n := r.x[0].in(tr); n != nil {
		sums.of(n).addNumber(u)
	}
	if n := r.x[1].in(tr); n != nil {
		sums.of(n).addNumber(v)
	}
	return true
}

// pull adds to the cotangents of the operands what w, that of the only result,
// gives them.
func (r *record) pull(w Array, sums cotangents) {
	op, c := r.op, r.rules()
	if !op.inner {
		w.keep()
	}
	if op.vjp2 != nil {
		n, m := r.parent(0), r.parent(1)
		x, y := op.vjp2(c, w, n != nil, m != nil)
		if n != nil {
			sums.of(n).Add(conform(x, c.In[0], op.Broadcast))
		}
		if m != nil {
			sums.of(m).Add(conform(y, c.In[1], op.Broadcast))
		}
		return
	}
	for i := range c.In {
		switch n := r.parent(i); {
		case n == nil:
		case op.VJPAdd != nil:
			op.VJPAdd(c, i, w, sums.of(n))
		default:
			sums.of(n).Add(conform(op.VJP(c, i, w), c.In[i], op.Broadcast))
		}
	}
}

// pullAll is pull for rules that want all cotangents at once.
func (r *record) pullAll(w []Array, sums cotangents) {
	c := r.rules()
	r.op.show(w)
	need := make([]bool, len(c.In))
	for i := range need {
		need[i] = r.parent(i) != nil
	}
	for i, g := range r.op.vjp(c, w, need) {
		if need[i] {
			sums.of(r.parent(i)).Add(g)
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
	case op.transposable():
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
