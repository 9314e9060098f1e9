package numpy

import (
	"math"
	"slices"
)

// Reading parts of arrays, and putting them together.

// A Part is what [Array.Index] does along an axis, or several.
type Part interface{ part() }

// An Index reads or writes part of an array, axis by axis, as x[…] does in
// NumPy: axes beyond its parts are taken whole.
type Index []Part

type (
	intPart  int
	spanPart struct {
		lo, hi, step  int
		fromLo, hiEnd bool // no bound is given
	}
	newAxis  struct{}
	ellipsis struct{}
	listPart struct {
		index []int
		shape []int // not nil
		fresh bool  // of an axis of length 1 that x has not
	}
	maskPart struct{ mask Array }
)

func (intPart) part()  {}
func (spanPart) part() {}
func (newAxis) part()  {}
func (ellipsis) part() {}
func (listPart) part() {}
func (maskPart) part() {}

var (
	// NewAxis inserts an axis of length 1.
	NewAxis Part = newAxis{}
	// Ellipsis takes as many axes whole as the other parts leave.
	Ellipsis Part = ellipsis{}
	// Whole takes an axis whole.
	Whole Part = spanPart{step: 1, fromLo: true, hiEnd: true}
)

// I takes one element of an axis, which disappears. A negative index counts
// from the end.
func I(i int) Part { return intPart(i) }

// Span takes the elements lo, lo+1, … before hi. Negative bounds count from the
// end, and those outside the array are moved to its ends.
func Span(lo, hi int) Part { return spanPart{lo: lo, hi: hi, step: 1} }

// From takes the elements from lo on.
func From(lo int) Part { return spanPart{lo: lo, step: 1, hiEnd: true} }

// To takes the elements before hi.
func To(hi int) Part { return spanPart{hi: hi, step: 1, fromLo: true} }

// SpanStep is [Span] in steps, which may be negative.
func SpanStep(lo, hi, step int) Part { return spanPart{lo: lo, hi: hi, step: step} }

// Step takes every step-th element of the whole axis, from its end if step is
// negative.
func Step(step int) Part { return spanPart{step: step, fromLo: true, hiEnd: true} }

// Ints takes elements in any order, also repeatedly. Several lists of an index
// are taken together, element by element, as in NumPy.
func Ints(index ...int) Part {
	return listPart{index: slices.Clone(index), shape: []int{len(index)}}
}

// IntsOf is [Ints] for an array of indices of any shape.
func IntsOf(index Array) Part {
	return listPart{index: index.Ints(), shape: append([]int{}, index.Shape()...)}
}

// Mask takes the elements where the array, which covers as many axes as it
// has, is not 0.
func Mask(mask Array) Part { return maskPart{mask} }

var (
	atOp         = &Op{Name: "At", Linear: true}
	sliceOp      = &Op{Name: "Index", Linear: true}
	pickOp       = &Op{Name: "Index", Linear: true}
	setOp        = &Op{Name: "SetAt", Linear: true}
	scatterSumOp = &Op{Name: "sum of parts", Linear: true}
)

// sub is the part of an array at the first of its indices.
type sub struct {
	off   int // of the part in the packed array
	shape []int
	whole []int // shape of the array
}

// window is the part of a packed array at regular steps.
type window struct{ lay *layout }

// pick is a part of a packed array, element by element.
type pick struct {
	index []int
	shape []int
}

type scatterParam struct {
	shape []int
	where []scatter
}

func init() {
	atOp.Eval = func(c *Call) Array { return c.Param.(sub).value(c.In[0].data()) }
	atOp.scalar1 = func(param any, x *block) (float64, bool) {
		s := param.(sub)
		if len(s.shape) > 0 || x.complex() || !x.lay.packed {
			return 0, false
		}
		return x.re[s.off], true
	}
	atOp.element = func(param any) int { return param.(sub).off }
	sliceOp.Eval = func(c *Call) Array {
		l := c.Param.(window).lay
		return plain(c.In[0].data().pack().view(l.shape, l.stride, l.off))
	}
	pickOp.Eval = func(c *Call) Array {
		p, b := c.Param.(pick), c.In[0].data()
		if b.complex() {
			z, in := newComplex(newLayout(p.shape)), b.complexes()
			for t, j := range p.index {
				z.cx[t] = in[j]
			}
			return plain(z)
		}
		z, in := newReal(newLayout(p.shape)), b.reals()
		for t, j := range p.index {
			z.re[t] = in[j]
		}
		return plain(z)
	}
	for _, op := range []*Op{atOp, sliceOp, pickOp} {
		op.VJPAdd = func(c *Call, _ int, w Array, sum *Accumulator) {
			sum.addAt(c.In[0], c.Param.(scatter), w)
		}
	}

	setOp.Eval = func(c *Call) Array {
		p := c.Param.(pick)
		x, v := c.In[0].data(), c.In[1].data()
		if x.complex() || v.complex() {
			z, in := newComplex(x.lay), v.complexes()
			copy(z.cx, x.complexes())
			for t, j := range p.index {
				z.cx[j] = in[t]
			}
			return plain(z)
		}
		z, in := newReal(x.lay), v.reals()
		copy(z.re, x.reals())
		for t, j := range p.index {
			z.re[j] = in[t]
		}
		return plain(z)
	}
	setOp.VJP = func(c *Call, i int, w Array) Array {
		p := c.Param.(pick)
		if i == 0 {
			return setOp.apply2(p, w, zerosLike(c.In[1]))
		}
		return Where(p.last(), p.gather(w), Array{})
	}

	scatterSumOp.Eval = func(c *Call) Array {
		p := c.Param.(scatterParam)
		cx := slices.ContainsFunc(c.In, Array.IsComplex)
		lay := newLayout(p.shape)
		var z *block
		if cx {
			z = newComplex(lay)
		} else {
			z = newReal(lay)
		}
		for i, x := range c.In {
			p.where[i].add(z, x.data())
		}
		return plain(z)
	}
	scatterSumOp.VJP = func(c *Call, i int, w Array) Array { return c.Param.(scatterParam).where[i].gather(w) }
}

// scatterSum returns the sum of parts of an array of the shape, each where it
// says.
func scatterSum(shape []int, where []scatter, parts []Array) Array {
	return scatterSumOp.Apply(scatterParam{shape, where}, parts...)
}

// last returns 1 for the elements of the part that are the last ones written
// to their place, and 0 for the others.
func (p pick) last() Array {
	by := make(map[int]int, len(p.index))
	v := make([]float64, len(p.index))
	for t, j := range p.index {
		if s, ok := by[j]; ok {
			v[s] = 0
		}
		by[j], v[t] = t, 1
	}
	return Wrap(v, p.shape...)
}

func (s sub) value(b *block) Array {
	b = b.pack()
	if len(s.shape) == 0 {
		if b.complex() {
			return ComplexScalar(b.cx[s.off])
		}
		return Scalar(b.re[s.off])
	}
	return plain(b.view(s.shape, newLayout(s.shape).stride, s.off))
}

func (s sub) add(whole, part *block) {
	n := product(s.shape)
	if whole.complex() {
		dst := whole.cx[s.off : s.off+n]
		for i, v := range part.complexes() {
			dst[i] += v
		}
		return
	}
	dst := whole.re[s.off : s.off+n]
	for i, v := range part.reals() {
		dst[i] += v
	}
}

func (s sub) gather(x Array) Array { return atOp.apply1(s, x) }

func (w window) add(whole, part *block) {
	n := lastLen(w.lay.shape)
	if w.lay.size == 0 {
		return
	}
	if len(w.lay.shape) == 1 && w.lay.stride[0] == 1 && part.lay.packed && !whole.complex() {
		dst := whole.re[w.lay.off:][:n]
		for i, v := range part.re {
			dst[i] += v
		}
		return
	}
	rows(w.lay, part.lay, func(_, i, j, di, dj int) {
		for range n {
			if whole.complex() {
				whole.cx[i] += part.cx[j]
			} else {
				whole.re[i] += part.re[j]
			}
			i, j = i+di, j+dj
		}
	})
}

func (w window) gather(x Array) Array { return sliceOp.apply1(w, x) }

func (p pick) add(whole, part *block) {
	if whole.complex() {
		in := part.complexes()
		for t, j := range p.index {
			whole.cx[j] += in[t]
		}
		return
	}
	in := part.reals()
	for t, j := range p.index {
		whole.re[j] += in[t]
	}
}

func (p pick) gather(x Array) Array { return pickOp.apply1(p, x) }

// At returns the part of x at the first of its indices: an element where there
// is one for every axis. A negative index counts from the end. It panics with
// an [Error] if an index is out of range.
func (x Array) At(index ...int) Array {
	lay := x.data().lay
	if len(index) > len(lay.shape) {
		fail("At: %d indices for shape %s", len(index), shapeString(lay.shape))
	}
	s := sub{shape: lay.shape[len(index):], whole: lay.shape}
	for k, i := range index {
		n := lay.shape[k]
		if i < -n || i >= n {
			fail("At: index %d along axis %d of shape %s", i, k, shapeString(lay.shape))
		}
		if i < 0 {
			i += n
		}
		s.off = s.off*n + i
	}
	for _, n := range s.shape {
		s.off *= n
	}
	if x.n == nil {
		return s.value(x.data())
	}
	return atOp.apply1(s, x)
}

// Index returns the part of x that the index describes, as x[…] does in NumPy.
// It panics with an [Error] if it does not fit the shape of x.
func (x Array) Index(parts ...Part) Array { return x.index("Index", parts) }

func (x Array) index(name string, parts Index) Array {
	win, p := resolve(name, x.Shape(), parts)
	y := x
	if win != nil {
		y = sliceOp.apply1(*win, x)
	}
	if p != nil {
		y = pickOp.apply1(*p, y)
	}
	return y
}

// SetAt returns x with the part that the index describes replaced by v, which
// broadcasts to its shape. Where the index names an element more than once the
// last one counts. It is differentiable in x and v.
func SetAt(x Array, index Index, v Array) Array { return setAt("SetAt", x, index, v) }

func setAt(name string, x Array, index Index, v Array) Array {
	p := places(name, x.Shape(), index)
	return setOp.apply2(p, x, stretchTo(name, v, p.shape))
}

// AddAt returns x with v, which broadcasts, added to the part that the index
// describes. What the index names more than once is added as often.
func AddAt(x Array, index Index, v Array) Array {
	p := places("AddAt", x.Shape(), index)
	return Add(x, scatterSum(x.Shape(), []scatter{p}, []Array{stretchTo("AddAt", v, p.shape)}))
}

func stretchTo(name string, v Array, shape []int) Array {
	if out, ok := broadcastShape(v.Shape(), shape); !ok || !sameShape(out, shape) {
		fail("%s: value of shape %s for a part of shape %s", name, shapeString(v.Shape()), shapeString(shape))
	}
	return BroadcastTo(v, shape...)
}

// places returns where in a packed array of the shape the elements of a part
// are.
func places(name string, shape []int, index Index) pick {
	win, p := resolve(name, shape, index)
	number := make([]int, product(shape))
	for i := range number {
		number[i] = i
	}
	out := slices.Clone(shape)
	if win != nil {
		taken := make([]int, win.lay.size)
		gather(taken, number, win.lay)
		number, out = taken, win.lay.shape
	}
	if p == nil {
		return pick{number, out}
	}
	taken := make([]int, len(p.index))
	for t, j := range p.index {
		taken[t] = number[j]
	}
	return pick{taken, p.shape}
}

// resolve splits an index into a regular window of the array and a pick from
// that window. Either may be nil.
func resolve(name string, shape []int, parts Index) (*window, *pick) {
	parts = expand(name, shape, parts)
	lists := slices.ContainsFunc(parts, func(p Part) bool {
		_, ok := p.(listPart)
		return ok
	})
	stride := newLayout(shape).stride
	room := make([]int, 2*len(parts))
	lay := &layout{size: 1, shape: room[:0:len(parts)], stride: room[len(parts):len(parts)]}
	var picked []listPart // of the axes of the window, nil index for none
	axis := 0
	whole := true
	keep := func(n, step int, list listPart) {
		lay.shape, lay.stride = append(lay.shape, n), append(lay.stride, step)
		lay.size *= n
		if lists {
			picked = append(picked, list)
		}
	}
	first, last, count := -1, -1, 0 // positions of lists among the parts
	for k, p := range parts {
		switch p := p.(type) {
		case ellipsis:
			continue
		case newAxis:
			keep(1, 0, listPart{})
			whole = false
			continue
		case listPart:
			if first < 0 {
				first = k
			}
			last, count = k, count+1
			if p.fresh {
				keep(1, 0, p)
				whole = false
				continue
			}
		}
		n := shape[axis]
		switch p := p.(type) {
		case intPart:
			i := check(name, int(p), axis, shape)
			if lists {
				keep(n, stride[axis], listPart{index: []int{i}, shape: []int{}})
				if first < 0 {
					first = k
				}
				last, count = k, count+1
			} else {
				lay.off += i * stride[axis]
				whole = false
			}
		case spanPart:
			lo, m := p.bounds(name, n)
			keep(m, p.step*stride[axis], listPart{})
			lay.off += lo * stride[axis]
			whole = whole && m == n && p.step == 1
		case listPart:
			index := make([]int, len(p.index))
			for t, i := range p.index {
				index[t] = check(name, i, axis, shape)
			}
			keep(n, stride[axis], listPart{index: index, shape: p.shape})
		}
		axis++
	}
	var win *window
	if !whole {
		win = &window{lay}
	}
	if !lists {
		return win, nil
	}
	p := pickLists(name, lay.shape, picked, last-first+1 == count)
	return win, &p
}

// expand replaces masks and the ellipsis, so that every axis has a part. An
// ellipsis that stands for no axis stays, for it separates lists.
func expand(name string, shape []int, parts Index) Index {
	used, dots, masks := 0, -1, false
	for k, p := range parts {
		switch p := p.(type) {
		case nil:
			fail("%s: part %d of the index is nil", name, k)
		case newAxis:
		case ellipsis:
			if dots >= 0 {
				fail("%s: more than one Ellipsis", name)
			}
			dots = k
		case maskPart:
			used += p.mask.NDim()
			masks = true
		default:
			used++
		}
	}
	if used > len(shape) {
		fail("%s: an index of %d axes for shape %s", name, used, shapeString(shape))
	}
	if dots < 0 && !masks && used == len(shape) {
		return parts
	}
	fill := slices.Repeat(Index{Whole}, len(shape)-used)
	switch {
	case dots < 0:
		parts = slices.Concat(parts, fill)
	case len(fill) > 0:
		parts = slices.Concat(parts[:dots], fill, parts[dots+1:])
	}
	var out Index
	axis := 0
	for _, p := range parts {
		m, ok := p.(maskPart)
		if !ok {
			out = append(out, p)
			switch p.(type) {
			case newAxis, ellipsis:
			default:
				axis++
			}
			continue
		}
		n := m.mask.NDim()
		if !sameShape(m.mask.Shape(), shape[axis:axis+n]) {
			fail("%s: mask of shape %s for axes of shape %s", name, shapeString(m.mask.Shape()), shapeString(shape[axis:axis+n]))
		}
		if n == 0 {
			index := make([]int, CountNonzero(m.mask.Detach()).Ints()[0])
			out = append(out, listPart{index: index, shape: []int{len(index)}, fresh: true})
		}
		for _, index := range nonzero(m.mask) {
			out = append(out, listPart{index: index, shape: []int{len(index)}})
		}
		axis += n
	}
	return out
}

// nonzero returns the indices, axis by axis, of the elements that are not 0.
func nonzero(x Array) [][]int {
	shape := x.Shape()
	out := make([][]int, len(shape))
	for i := range out {
		out[i] = []int{}
	}
	for i, v := range NotEqual(x.Detach(), Array{}).Float64s() {
		if v == 0 {
			continue
		}
		for k := len(shape) - 1; k >= 0; k-- {
			out[k] = append(out[k], i%shape[k])
			i /= shape[k]
		}
	}
	return out
}

// check returns index i of an axis, counted from its start.
func check(name string, i, axis int, shape []int) int {
	n := shape[axis]
	if i < -n || i >= n {
		fail("%s: index %d along axis %d of shape %s", name, i, axis, shapeString(shape))
	}
	if i < 0 {
		i += n
	}
	return i
}

// bounds returns where the span starts in an axis of length n, and how many
// elements it has.
func (s spanPart) bounds(name string, n int) (lo, count int) {
	if s.step == 0 {
		fail("%s: a span with steps of 0", name)
	}
	low, high := 0, n // where bounds are moved to
	if s.step < 0 {
		low, high = -1, n-1
	}
	move := func(i int) int {
		if i < 0 {
			i += n
		}
		return min(max(i, low), high)
	}
	lo, hi := move(s.lo), move(s.hi)
	if s.fromLo {
		lo = low
		if s.step < 0 {
			lo = high
		}
	}
	if s.hiEnd {
		hi = high
		if s.step < 0 {
			hi = low
		}
	}
	way := hi - lo
	if s.step < 0 {
		way = -way
	}
	if way <= 0 {
		return 0, 0
	}
	// The quotient is taken with the sign of the step, whose negative may not
	// be an int.
	steps := (way - 1) / s.step
	return lo, 1 + max(steps, -steps)
}

// pickLists returns the pick from an array of the shape along whose axes lists
// are taken together. Their common axes come where the first list is, or in
// front if other axes separate the lists.
func pickLists(name string, shape []int, lists []listPart, adjacent bool) pick {
	common := []int{}
	for _, l := range lists {
		if l.shape == nil {
			continue
		}
		out, ok := broadcastShape(common, l.shape)
		if !ok {
			fail("%s: index arrays of shapes %s and %s do not broadcast", name, shapeString(common), shapeString(l.shape))
		}
		common = out
	}
	stride := newLayout(shape).stride
	// The offset of every element of the common axes.
	base := make([]int, product(common))
	for k, l := range lists {
		if l.shape == nil {
			continue
		}
		to := &layout{shape: common, size: len(base)}
		taken := make([]int, len(base))
		gather(taken, l.index, stretch(newLayout(l.shape), to))
		for t, i := range taken {
			base[t] += i * stride[k]
		}
	}
	var before, after []int // axes of the window that are taken whole
	seen := false
	for k, l := range lists {
		switch {
		case l.shape != nil:
			seen = true
		case seen || !adjacent:
			after = append(after, k)
		default:
			before = append(before, k)
		}
	}
	pre, preShape := offsets(shape, stride, before)
	post, postShape := offsets(shape, stride, after)
	p := pick{make([]int, 0, len(pre)*len(base)*len(post)), slices.Concat(preShape, common, postShape)}
	if p.shape == nil {
		p.shape = []int{}
	}
	for _, a := range pre {
		for _, b := range base {
			for _, c := range post {
				p.index = append(p.index, a+b+c)
			}
		}
	}
	return p
}

// offsets returns the offsets of all elements along some axes, and the shape of
// these.
func offsets(shape, stride, axes []int) (off, lens []int) {
	off = []int{0}
	for _, a := range axes {
		next := make([]int, 0, len(off)*shape[a])
		for _, o := range off {
			for i := range shape[a] {
				next = append(next, o+i*stride[a])
			}
		}
		off, lens = next, append(lens, shape[a])
	}
	return off, lens
}

// Ints returns the elements of x, in row-major order, as ints. It panics with
// an [Error] if one is not an integer of at most 53 bits.
func (x Array) Ints() []int {
	out := make([]int, x.Size())
	for i, v := range x.Float64s() {
		if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			fail("Ints: element %d is %v", i, v)
		}
		out[i] = int(v)
	}
	return out
}

// Take returns the elements of x with the given indices along an axis.
func Take(x Array, index []int, axis int) Array {
	a := axisOf("Take", axis, x)
	return take("Take", x, index, a)
}

func take(name string, x Array, index []int, axis int) Array {
	parts := append(slices.Repeat(Index{Whole}, axis), Ints(index...))
	return x.index(name, parts)
}

// TakeAlongAxis returns for each element of index the element of x at that
// place along the axis and at the same place along the others, which broadcast.
// It panics with an [Error] if they do not or an index is out of range.
func TakeAlongAxis(x, index Array, axis int) Array {
	return x.index("TakeAlongAxis", along("TakeAlongAxis", x, index, axis))
}

// PutAlongAxis returns x with the elements that [TakeAlongAxis] takes replaced
// by v.
func PutAlongAxis(x, index, v Array, axis int) Array {
	return setAt("PutAlongAxis", x, along("PutAlongAxis", x, index, axis), v)
}

// along returns the index that pairs index with the places along other axes.
func along(name string, x, index Array, axis int) Index {
	a := axisOf(name, axis, x)
	if index.NDim() != x.NDim() {
		fail("%s: indices of shape %s for shape %s", name, shapeString(index.Shape()), shapeString(x.Shape()))
	}
	var out Index
	for k, n := range x.Shape() {
		if k == a {
			out = append(out, IntsOf(index))
			continue
		}
		if m := index.Shape()[k]; m != n && m != 1 && n != 1 {
			fail("%s: indices of shape %s for shape %s", name, shapeString(index.Shape()), shapeString(x.Shape()))
		}
		shape := slices.Repeat([]int{1}, x.NDim())
		shape[k] = n
		out = append(out, IntsOf(Reshape(count(n), shape...)))
	}
	return out
}

// count returns 0, 1, …, n-1.
func count(n int) Array {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i)
	}
	return Wrap(v)
}

func axisOf(name string, a int, x Array) int { return axis(name, a, x.NDim()) }

// Compress returns the parts of x along an axis where the condition, a vector,
// is not 0.
func Compress(cond, x Array, axis int) Array {
	if cond.NDim() != 1 {
		fail("Compress: condition of shape %s is not a vector", shapeString(cond.Shape()))
	}
	return take("Compress", x, nonzero(cond)[0], axisOf("Compress", axis, x))
}

// Extract returns the elements of x, of the same shape, where the condition is
// not 0, as a vector.
// It panics with an [Error] if the shapes differ.
func Extract(cond, x Array) Array {
	if !sameShape(cond.Shape(), x.Shape()) {
		fail("Extract: condition of shape %s for shape %s", shapeString(cond.Shape()), shapeString(x.Shape()))
	}
	return x.Index(Mask(cond))
}

// Choose returns for each element of index the element at its place of the
// choice of that number; all broadcast.
func Choose(index Array, choices ...Array) Array {
	if len(choices) == 0 {
		fail("Choose: no choice")
	}
	for _, i := range index.Ints() {
		if i < 0 || i >= len(choices) {
			fail("Choose: index %d of %d choices", i, len(choices))
		}
	}
	y := choices[0]
	for k := 1; k < len(choices); k++ {
		y = Where(Equal(index, Scalar(float64(k))), choices[k], y)
	}
	return BroadcastTo(y, broadcastAll("Choose", append([]Array{index}, choices...))...)
}

// broadcastAll returns the shape that arrays broadcast to.
func broadcastAll(name string, xs []Array) []int {
	shape := []int{}
	for _, x := range xs {
		out, ok := broadcastShape(shape, x.Shape())
		if !ok {
			fail("%s: shapes %s and %s do not broadcast", name, shapeString(shape), shapeString(x.Shape()))
		}
		shape = out
	}
	return shape
}

// Nonzero returns the indices of the elements that are not 0, an array for each
// axis.
func Nonzero(x Array) []Array {
	var out []Array
	for _, index := range nonzero(x) {
		out = append(out, fromInts(index))
	}
	return out
}

// FlatNonzero returns the indices in the flattened array of the elements that
// are not 0.
func FlatNonzero(x Array) Array { return fromInts(nonzero(Reshape(x.Detach(), -1))[0]) }

// ArgWhere returns the indices of the elements that are not 0, a row for each.
func ArgWhere(x Array) Array {
	if x.NDim() == 0 {
		return Zeros(CountNonzero(x.Detach()).Ints()[0], 0)
	}
	return Transpose(Stack(0, Nonzero(x)...))
}

func fromInts(index []int) Array {
	v := make([]float64, len(index))
	for i, j := range index {
		v[i] = float64(j)
	}
	return Wrap(v)
}
