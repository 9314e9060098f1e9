package numpy

// binary is an operation on pairs of numbers that acts on the elements of two
// arrays.
type binary struct {
	name string
	f    func(x, y float64) float64
	loop func(dst, x, y []float64)        // the same for many; dst may be x or y
	c    func(x, y complex128) complex128 // nil for none
}

// chunk is the number of elements that a stretched operand is written out in.
const chunk = 256

// value applies the operation to constants.
func (op *binary) value(x, y Array) Array {
	a, b := x.data(), y.data()
	if a.complex() || b.complex() {
		return op.complexValue(a, b)
	}
	if a.lay.size == 1 && b.lay.size == 1 && len(a.lay.shape) == 0 && len(b.lay.shape) == 0 {
		z := &block{lay: scalarLayout}
		z.one[0] = op.f(a.re[0], b.re[0])
		z.re = z.one[:]
		return plain(z)
	}
	lay := broadcastLayout(op.name, a.lay, b.lay)
	z := like2(lay, a, b)
	if lay.size == 0 {
		return plain(z)
	}
	p, q := stretch(a.lay, lay), stretch(b.lay, lay)
	if p.packed && q.packed {
		if lay.size < grain {
			op.loop(z.re, a.re, b.re) // no closure, which costs as much as a short loop
			return plain(z)
		}
		split(lay.size, grain, func(lo, hi int) { op.loop(z.re[lo:hi], a.re[lo:hi], b.re[lo:hi]) })
		return plain(z)
	}
	switch {
	case a.lay.size == 1 && q.packed && lay.size < grain:
		run(z.re, a.re, b.re, p.off, 0, 0, 1, op.loop)
		return plain(z)
	case b.lay.size == 1 && p.packed && lay.size < grain:
		run(z.re, a.re, b.re, 0, q.off, 1, 0, op.loop)
		return plain(z)
	case a.lay.size == 1 && q.packed:
		split(lay.size, grain, func(lo, hi int) { run(z.re[lo:hi], a.re, b.re, p.off, lo, 0, 1, op.loop) })
		return plain(z)
	case b.lay.size == 1 && p.packed:
		split(lay.size, grain, func(lo, hi int) { run(z.re[lo:hi], a.re, b.re, lo, q.off, 1, 0, op.loop) })
		return plain(z)
	}
	inner := 1
	if n := len(lay.shape); n > 0 {
		inner = lay.shape[n-1]
	}
	rows(p, q, func(row, i, j, di, dj int) {
		run(z.re[row*inner:(row+1)*inner], a.re, b.re, i, j, di, dj, op.loop)
	})
	return plain(z)
}

func (op *binary) complexValue(a, b *block) Array {
	if op.c == nil {
		fail("%s: not defined for complex numbers", op.name)
	}
	lay := broadcastLayout(op.name, a.lay, b.lay)
	z := newComplex(lay)
	if lay.size == 0 {
		return plain(z)
	}
	x, y := asComplex(a), asComplex(b)
	p, q := stretch(x.lay, lay), stretch(y.lay, lay)
	inner := 1
	if n := len(lay.shape); n > 0 {
		inner = lay.shape[n-1]
	}
	rows(p, q, func(row, i, j, di, dj int) {
		for k := range inner {
			z.cx[row*inner+k] = op.c(x.cx[i+k*di], y.cx[j+k*dj])
		}
	})
	return plain(z)
}

// asComplex returns b with complex elements.
func asComplex(b *block) *block {
	if b.complex() {
		return b
	}
	return complexBlock(b.lay.pack(), b.complexes())
}

// run applies a loop to a row whose operands start at i and j and advance by
// di and dj. An operand whose elements are not adjacent is first put where the
// result will be.
func run(dst, x, y []float64, i, j, di, dj int, loop func(dst, x, y []float64)) {
	n := len(dst)
	switch {
	case di == 1 && dj == 1:
		loop(dst, x[i:i+n], y[j:j+n])
	case di == 1:
		spread(dst, y, j, dj)
		loop(dst, x[i:i+n], dst)
	case dj == 1:
		spread(dst, x, i, di)
		loop(dst, dst, y[j:j+n])
	default:
		buf := make([]float64, min(chunk, n))
		for lo := 0; lo < n; lo += chunk {
			part := dst[lo:min(lo+chunk, n)]
			spread(part, x, i+lo*di, di)
			spread(buf[:len(part)], y, j+lo*dj, dj)
			loop(part, part, buf[:len(part)])
		}
	}
}

// spread fills dst with the elements of x from i on with the given distance.
func spread(dst, x []float64, i, d int) {
	if d == 0 {
		v := x[i]
		for k := range dst {
			dst[k] = v
		}
		return
	}
	for k := range dst {
		dst[k] = x[i+k*d]
	}
}

// broadcastLayout returns the packed layout that two arrays stretch to.
func broadcastLayout(name string, a, b *layout) *layout {
	switch {
	case a == b && a.packed, len(b.shape) == 0 && a.packed:
		return a
	case len(a.shape) == 0 && b.packed:
		return b
	}
	shape, ok := broadcastShape(a.shape, b.shape)
	if !ok {
		fail("%s: shapes %s and %s do not broadcast", name, shapeString(a.shape), shapeString(b.shape))
	}
	switch {
	case a.packed && sameShape(shape, a.shape):
		return a
	case b.packed && sameShape(shape, b.shape):
		return b
	}
	return newLayout(shape)
}

// broadcastShape returns the shape that two shapes stretch to: they are
// aligned at their last axes, and a length of 1 fits any other.
func broadcastShape(a, b []int) (shape []int, ok bool) {
	if len(a) < len(b) {
		a, b = b, a
	}
	shape = append([]int(nil), a...)
	off := len(a) - len(b)
	for i, n := range b {
		switch m := a[off+i]; {
		case m == n || n == 1:
		case m == 1:
			shape[off+i] = n
		default:
			return nil, false
		}
	}
	return shape, true
}

// stretch returns the layout of an array stretched to that of dst.
func stretch(src, dst *layout) *layout {
	if src == dst || src.packed && sameShape(src.shape, dst.shape) {
		return src
	}
	stride := make([]int, len(dst.shape))
	off := len(dst.shape) - len(src.shape)
	for i, n := range src.shape {
		if n != 1 {
			stride[off+i] = src.stride[i]
		}
	}
	return &layout{shape: dst.shape, stride: stride, off: src.off, size: dst.size}
}

// rows calls f for each row of two arrays of the same shape: its number, where
// it starts in either, and the distance of its elements there.
func rows(p, q *layout, f func(row, i, j, di, dj int)) {
	n := len(p.shape)
	if n == 0 {
		f(0, p.off, q.off, 0, 0)
		return
	}
	count := 1
	for _, s := range p.shape[:n-1] {
		count *= s
	}
	index := make([]int, n-1)
	i, j := p.off, q.off
	di, dj := p.stride[n-1], q.stride[n-1]
	for row := range count {
		f(row, i, j, di, dj)
		for d := n - 2; d >= 0; d-- {
			index[d]++
			i += p.stride[d]
			j += q.stride[d]
			if index[d] < p.shape[d] {
				break
			}
			i -= p.shape[d] * p.stride[d]
			j -= p.shape[d] * q.stride[d]
			index[d] = 0
		}
	}
}

// addInto adds x, of the same shape and type, to the packed block z.
func addInto(z, x *block) {
	x = x.pack()
	if z.complex() {
		for i, v := range x.cx {
			z.cx[i] += v
		}
		return
	}
	split(len(x.re), grain, func(lo, hi int) {
		dst := z.re[lo:hi]
		for i, v := range x.re[lo:hi] {
			dst[i] += v
		}
	})
}
