package numpy

// recording is the kind of trace that writes down the operations on its
// arrays, to do them again. It computes on plain numbers: what other traces do
// with the operations is settled when they are done again.
type recording struct {
	shapes bool // of results are kept too
}

func (k recording) apply(tr *trace, op *Op, param any, in []Array) []Array {
	c := &call{Call: Call{In: make([]Array, len(in)), Param: param}, par: make([]*node, len(in))}
	numbers := make([]Array, len(in))
	for i, x := range in {
		numbers[i] = Array{d: x.d} // the very block, by which results are known again
		if n := x.in(tr); n != nil {
			// Not n itself, which would keep the numbers.
			c.par[i] = &node{rec: n.rec, idx: n.idx}
		} else {
			c.In[i] = x
		}
	}
	values := op.results(param, numbers)
	c.Out = make([]Array, len(values))
	if k.shapes {
		for j, y := range values {
			c.Out[j].d = &block{lay: y.data().lay}
		}
	}
	r := &record{op: op, param: param, call: c, count: int32(len(in))}
	out := make([]Array, len(values))
	for j, y := range values {
		out[j] = (&node{tr: tr, val: [1]Array{y}, rec: r, idx: j}).array()
	}
	return out
}

// A program is a function of arrays as a sequence of operations.
type program struct {
	steps    []instruction
	slots    int     // inputs, captured arrays and results of all steps
	captured []Array // arrays of other traces, which are inputs too
	out      []operand
}

// An instruction is an operation of a program.
type instruction struct {
	op    *Op
	param any
	in    []operand
	first int     // slot of its first result
	out   []Array // the shapes of its results, where they are kept
	last  []int   // slots that no later instruction reads
}

// An operand is what a slot holds, or a constant.
type operand struct {
	slot int // negative for a constant
	x    Array
}

func (o operand) of(slots []Array) Array {
	if o.slot < 0 {
		return o.x
	}
	return slots[o.slot]
}

// newProgram runs f on variables with the numbers xs and returns what it does
// with them, and the numbers of its results. Arrays of other traces that f
// uses stay constants, or become inputs after those of f if capture is true.
func newProgram(f func([]Array) []Array, xs []Array, capture bool) (*program, []Array) {
	return recordProgram(f, xs, capture, recording{})
}

func recordProgram(f func([]Array) []Array, xs []Array, capture bool, how recording) (*program, []Array) {
	tr := newTrace(how)
	defer tr.close()
	vars := make([]Array, len(xs))
	for i, x := range xs {
		vars[i] = variable(tr, Array{d: x.d}, i)
	}
	outs := f(vars)
	ends := make([]*node, len(outs))
	for j, y := range outs {
		ends[j] = y.in(tr)
	}
	s := &sweep{}
	s.sort(ends)

	p := &program{slots: len(xs)}
	slot := map[*node]int{} // of captured arrays
	constant := func(x Array) operand {
		if !capture || x.n == nil {
			return operand{slot: -1, x: x}
		}
		k, ok := slot[x.n]
		if !ok {
			k = p.slots
			p.slots++
			slot[x.n] = k
			p.captured = append(p.captured, x)
		}
		return operand{slot: k}
	}
	p.steps = make([]instruction, len(s.order))
	for i, r := range s.order {
		p.steps[i] = instruction{op: r.op, param: r.param, in: make([]operand, r.count), out: r.call.Out}
		if seg, ok := r.param.(*segment); ok {
			p.steps[i].param = seg.bare()
		}
		for k, n := range r.call.par {
			if n == nil {
				p.steps[i].in[k] = constant(r.call.In[k])
			}
		}
	}
	p.out = make([]operand, len(outs))
	for j, y := range outs {
		if ends[j] == nil {
			p.out[j] = constant(y)
		}
	}
	// With all captured arrays known, those that vary find their slots.
	variable := func(n *node) operand {
		if n.rec == nil {
			return operand{slot: n.idx}
		}
		return operand{slot: p.slots + int(n.rec.pos) - 1 + n.idx}
	}
	last := make([]int, p.slots+s.size)
	for i, r := range s.order {
		st := &p.steps[i]
		st.first = p.slots + int(r.pos) - 1
		for k, n := range r.call.par {
			if n != nil {
				st.in[k] = variable(n)
			}
			if st.in[k].slot >= 0 {
				last[st.in[k].slot] = i
			}
		}
		for j := range r.call.Out {
			last[st.first+j] = i
		}
	}
	numbers := make([]Array, len(outs))
	for j, y := range outs {
		if ends[j] != nil {
			p.out[j] = variable(ends[j])
		}
		if p.out[j].slot >= 0 {
			last[p.out[j].slot] = -1
		}
		numbers[j] = y.Detach()
	}
	p.slots += s.size
	for k, i := range last {
		if i >= 0 && len(p.steps) > 0 {
			p.steps[i].last = append(p.steps[i].last, k)
		}
	}
	return p, numbers
}

// run does the operations on other inputs, first those of the function, then
// those in place of the captured arrays.
func (p *program) run(in []Array) []Array {
	slots := make([]Array, p.slots)
	w := works.Get().(*work)
	for i, x := range in {
		slots[i] = w.arena.variable(x)
	}
	var (
		c   Call // for all operations on numbers, which keep nothing of it
		buf []Array
	)
	for i := range p.steps {
		s := &p.steps[i]
		buf = buf[:0]
		for _, o := range s.in {
			buf = append(buf, o.of(slots))
		}
		switch {
		case s.op.EvalAll != nil:
			copy(slots[s.first:], s.op.ApplyAll(s.param, append([]Array(nil), buf...)...))
		case top(buf) != nil:
			slots[s.first] = s.op.Apply(s.param, append([]Array(nil), buf...)...)
		default:
			c = Call{In: buf, Param: s.param}
			slots[s.first] = s.op.value(&c)
		}
		for _, k := range s.last {
			slots[k] = Array{}
		}
	}
	out := make([]Array, len(p.out))
	for j, o := range p.out {
		out[j] = o.of(slots).own()
	}
	w.release()
	return out
}
