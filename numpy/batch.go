package numpy

// Programs of linear maps are applied to many arrays at once, which lie along
// an axis before all others: the identity for a Jacobian, in pieces.

// batchSize is the number of elements up to which arrays lie together: enough
// to make up for the cost of an operation, and few enough for the cache.
const batchSize = 1 << 14

// A batch is an array, or several along its first axis.
type batch struct {
	x    Array
	many bool
}

// runBatch is run for n inputs at once. Of what it returns, results that are
// all the same are single arrays.
func (p *program) runBatch(in []batch, n int) []batch {
	slots := make([]batch, p.slots)
	copy(slots, in)
	of := func(o operand) batch {
		if o.slot < 0 {
			return batch{x: o.x}
		}
		return slots[o.slot]
	}
	for i := range p.steps {
		s := &p.steps[i]
		x := make([]batch, len(s.in))
		for k, o := range s.in {
			x[k] = of(o)
		}
		s.op.batched(s.param, x, n, slots[s.first:])
		for _, k := range s.last {
			slots[k] = batch{}
		}
	}
	out := make([]batch, len(p.out))
	for j, o := range p.out {
		out[j] = of(o)
	}
	return out
}

// batched applies op to batches of n.
func (op *Op) batched(param any, in []batch, n int, out []batch) {
	many := false
	x := make([]Array, len(in))
	for i, b := range in {
		x[i] = b.x
		many = many || b.many
	}
	switch {
	case !many:
		for j, y := range op.results(param, x) {
			out[j] = batch{x: y}
		}
	case op.Broadcast && op.EvalAll == nil && op.batch == nil:
		out[0] = batch{op.Apply(param, aligned(in)...), true}
	case op.batch != nil:
		if y := op.batch(param, in, n); !y.isZero() {
			out[0] = batch{y, true}
			return
		}
		fallthrough
	default:
		op.oneByOne(param, in, n, out)
	}
}

// aligned gives batches axes of length 1 after the first, so that they
// broadcast as their parts do.
func aligned(in []batch) []Array {
	dims := 0
	for _, b := range in {
		d := b.x.NDim()
		if b.many {
			d--
		}
		dims = max(dims, d)
	}
	x := make([]Array, len(in))
	for i, b := range in {
		x[i] = b.x
		if d := b.x.NDim() - 1; b.many && d < dims {
			shape := append([]int{b.x.Shape()[0]}, make([]int, dims)...)
			for k := range dims - d {
				shape[1+k] = 1
			}
			copy(shape[1+dims-d:], b.x.Shape()[1:])
			x[i] = Reshape(b.x, shape...)
		}
	}
	return x
}

// oneByOne applies op to each of a batch.
func (op *Op) oneByOne(param any, in []batch, n int, out []batch) {
	var all [][]Array
	for k := range n {
		x := make([]Array, len(in))
		for i, b := range in {
			x[i] = b.x
			if b.many {
				x[i] = b.x.At(k)
			}
		}
		all = append(all, op.results(param, x))
	}
	for j := range all[0] {
		out[j] = batch{products(n, all[0][j], func(k int) Array { return all[k][j] }), true}
	}
}

func init() {
	same := func(op *Op) {
		op.batch = func(param any, in []batch, _ int) Array { return op.Apply(param, in[0].x) }
	}
	same(scaleOp)
	same(shiftOp)
	same(realOp)
	same(imagOp)
	same(conjOp)

	reshapeOp.batch = func(param any, in []batch, n int) Array {
		return Reshape(in[0].x, concat([]int{n}, param.([]int))...)
	}
	sumToOp.batch = func(param any, in []batch, n int) Array {
		shape := param.([]int)
		for len(shape) < in[0].x.NDim()-1 {
			shape = concat([]int{1}, shape)
		}
		return Reshape(SumTo(in[0].x, concat([]int{n}, shape)...), concat([]int{n}, param.([]int))...)
	}
	broadcastOp.batch = func(param any, in []batch, n int) Array {
		shape := param.([]int)
		x := in[0].x
		old := x.Shape()[1:]
		for len(old) < len(shape) {
			old = concat([]int{1}, old)
		}
		return BroadcastTo(Reshape(x, concat([]int{n}, old)...), concat([]int{n}, shape)...)
	}
	transposeOp.batch = func(param any, in []batch, _ int) Array {
		axes := []int{0}
		for _, a := range param.([]int) {
			axes = append(axes, a+1)
		}
		return Transpose(in[0].x, axes...)
	}
	atOp.batch = func(param any, in []batch, n int) Array {
		s := param.(sub)
		part := newColumns(s, n).gather(in[0].x)
		return Reshape(part, concat([]int{n}, s.shape)...)
	}
	scatterSumOp.batch = func(param any, in []batch, n int) Array {
		p := param.(scatterParam)
		where := make([]scatter, len(in))
		parts := make([]Array, len(in))
		for i, b := range in {
			s, ok := p.where[i].(sub)
			if !ok {
				return Array{}
			}
			c := newColumns(s, n)
			where[i] = c
			parts[i] = b.x
			if !b.many {
				parts[i] = BroadcastTo(b.x, concat([]int{n}, s.shape)...)
			}
			parts[i] = Reshape(parts[i], n, c.size)
		}
		shape := concat([]int{n}, p.shape)
		return scatterSumOp.Apply(scatterParam{shape, where}, parts...)
	}
	columnsOp.Eval = func(c *Call) Array {
		return c.Param.(columns).value(c.In[0].data())
	}
	columnsOp.VJPAdd = func(c *Call, _ int, w Array, sum *Accumulator) { sum.addAt(c.In[0], c.Param.(columns), w) }
}

// columns are adjacent columns of a matrix of n rows and width columns, as
// which an array of any shape is seen.
type columns struct{ n, width, off, size int }

var columnsOp = &Op{Name: "columns", Linear: true}

// newColumns returns where the part of an array is in each of n.
func newColumns(s sub, n int) columns {
	return columns{n: n, width: product(s.whole), off: s.off, size: product(s.shape)}
}

func (s columns) value(b *block) Array {
	b = b.pack()
	return plain(b.view([]int{s.n, s.size}, []int{s.width, 1}, s.off))
}

func (s columns) add(whole, part *block) {
	for k := range s.n {
		lo := k*s.width + s.off
		if whole.complex() {
			dst := whole.cx[lo : lo+s.size]
			for i, v := range part.complexes()[k*s.size : (k+1)*s.size] {
				dst[i] += v
			}
			continue
		}
		dst := whole.re[lo : lo+s.size]
		for i, v := range part.reals()[k*s.size : (k+1)*s.size] {
			dst[i] += v
		}
	}
}

func (s columns) gather(x Array) Array { return columnsOp.Apply(s, x) }

// many applies a linear program to n inputs, of which part returns those from
// lo to hi, and returns the results like ys, each along the first axis.
func (p *program) many(n int, ys []Array, part func(lo, hi int) []batch) []Array {
	largest := 1
	for _, y := range ys {
		largest = max(largest, y.Size())
	}
	piece := max(1, batchSize/largest)
	all := make([][]Array, len(ys))
	for lo := 0; lo < n; lo += piece {
		hi := min(n, lo+piece)
		for j, b := range p.runBatch(part(lo, hi), hi-lo) {
			y := like(b.x, ys[j])
			if !b.many || b.x.isZero() {
				y = BroadcastTo(y, concat([]int{hi - lo}, ys[j].Shape())...)
			}
			all[j] = append(all[j], y)
		}
	}
	out := make([]Array, len(ys))
	for j, y := range ys {
		out[j] = joined(all[j], n, y)
	}
	return out
}

// joined puts parts together along their first axis.
func joined(parts []Array, n int, y Array) Array {
	shape := concat([]int{n}, y.Shape())
	switch len(parts) {
	case 0:
		return products(0, y, nil)
	case 1:
		return parts[0]
	}
	where := make([]scatter, len(parts))
	off := 0
	for i, p := range parts {
		where[i] = sub{off: off, shape: p.Shape(), whole: shape}
		off += p.Size()
	}
	return scatterSumOp.Apply(scatterParam{shape, where}, parts...)
}

// identity returns rows lo to hi of the identity matrix of the size of x, each
// in the shape of x.
func identity(x Array, lo, hi int) Array {
	size := x.Size()
	z := newReal(newLayout(concat([]int{hi - lo}, x.Shape())))
	for k := lo; k < hi; k++ {
		z.re[(k-lo)*size+k] = 1
	}
	return plain(z)
}
