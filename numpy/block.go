package numpy

import "slices"

// A layout tells how the elements of an array lie in its data. Layouts are
// immutable and shared.
type layout struct {
	shape  []int
	stride []int // in elements
	off    int   // of the first element
	size   int
	packed bool // row-major, without gaps, from the start of the data
}

var scalarLayout = &layout{shape: []int{}, size: 1, packed: true}

// newLayout returns the packed layout of a shape. It keeps the slice.
func newLayout(shape []int) *layout {
	if len(shape) == 0 {
		return scalarLayout
	}
	buf := make([]int, len(shape))
	size := 1
	for i := len(shape) - 1; i >= 0; i-- {
		buf[i] = size
		size *= shape[i]
	}
	return &layout{shape: shape, stride: buf, size: size, packed: true}
}

// A block is a plain array: numbers and how they lie. Either re or cx holds
// them. Once another function has seen it, a block is immutable.
type block struct {
	lay *layout
	re  []float64
	*store
	one [1]float64 // the number of a real scalar
}

// zero is the block of Array{}.
var zero = scalarBlock(0)

func scalarBlock(v float64) *block {
	b := &block{}
	b.set(v)
	return b
}

// set makes b the scalar v.
func (b *block) set(v float64) {
	b.lay = scalarLayout
	b.one[0] = v
	b.re = b.one[:]
}

// newReal returns a packed block of zeros in the shape of the layout.
func newReal(lay *layout) *block {
	lay = lay.pack()
	b := &block{lay: lay}
	if lay.size == 1 {
		b.re = b.one[:]
	} else {
		b.re = make([]float64, lay.size)
	}
	return b
}

// newComplex is newReal for complex numbers.
func newComplex(lay *layout) *block {
	lay = lay.pack()
	return complexBlock(lay, make([]complex128, lay.size))
}

// complexBlock returns the block of the numbers.
func complexBlock(lay *layout, cx []complex128) *block {
	return &block{lay: lay, store: &store{cx: cx}}
}

// pack returns the packed layout of the same shape.
func (l *layout) pack() *layout {
	if l.packed {
		return l
	}
	return newLayout(l.shape)
}

func (b *block) complex() bool { return b.re == nil }

// pack returns b itself where it is packed, otherwise a packed copy.
func (b *block) pack() *block {
	if b.lay.packed {
		return b
	}
	if b.complex() {
		p := newComplex(b.lay)
		gather(p.cx, b.cx, b.lay)
		return p
	}
	p := b.like(b.lay)
	gather(p.re, b.re, b.lay)
	return p
}

// reals returns the elements in row-major order, shared where b is packed.
func (b *block) reals() []float64 { return b.pack().re }

// complexes returns the elements in row-major order, converted if need be.
func (b *block) complexes() []complex128 {
	b = b.pack()
	if b.complex() {
		return b.cx
	}
	c := make([]complex128, len(b.re))
	for i, v := range b.re {
		c[i] = complex(v, 0)
	}
	return c
}

// gather copies the elements of src that lie as l says into dst, row-major.
func gather[T any](dst, src []T, l *layout) {
	n := len(l.shape)
	switch {
	case l.size == 0:
		return
	case n == 0:
		dst[0] = src[l.off]
		return
	}
	inner, step := l.shape[n-1], l.stride[n-1]
	var buf [8]int
	index := append(buf[:0], make([]int, n-1)...)
	at := l.off
	for k := 0; k < len(dst); {
		if step == 1 {
			copy(dst[k:k+inner], src[at:at+inner])
		} else {
			for i, p := 0, at; i < inner; i, p = i+1, p+step {
				dst[k+i] = src[p]
			}
		}
		k += inner
		for d := n - 2; d >= 0; d-- {
			index[d]++
			at += l.stride[d]
			if index[d] < l.shape[d] {
				break
			}
			at -= l.shape[d] * l.stride[d]
			index[d] = 0
		}
	}
}

// view returns a block of the same data that lies otherwise.
func (b *block) view(shape, stride []int, off int) *block {
	l := &layout{shape: shape, stride: stride, off: off, size: product(shape)}
	v := &block{lay: l}
	rowMajor := true
	for i, size := len(shape)-1, 1; i >= 0; i-- {
		if shape[i] != 1 && stride[i] != size {
			rowMajor = false
			break
		}
		size *= shape[i]
	}
	switch {
	case l.size == 0:
		v.lay = newLayout(shape)
		if b.complex() {
			v.store = &store{cx: []complex128{}}
		} else {
			v.re = []float64{}
		}
	case l.size == 1 && !b.complex():
		v.lay = newLayout(shape)
		v.one[0] = b.re[off]
		v.re = v.one[:]
	case rowMajor:
		v.lay = newLayout(shape)
		if b.complex() {
			v.store = &store{cx: b.cx[off : off+l.size : off+l.size]}
		} else {
			v.re, v.store = b.re[off:off+l.size:off+l.size], b.store
		}
	default:
		v.re, v.store = b.re, b.store
	}
	return v
}

// uniform reports whether all elements of b are one number stretched.
func (b *block) uniform() bool {
	if b.lay.packed || b.lay.size == 0 {
		return false
	}
	for i, n := range b.lay.shape {
		if n != 1 && b.lay.stride[i] != 0 {
			return false
		}
	}
	return true
}

// filled returns a block of the number v that is stretched like b, which is
// uniform.
func (b *block) filled(v float64) *block {
	z := &block{lay: &layout{shape: b.lay.shape, stride: b.lay.stride, size: b.lay.size}}
	z.one[0] = v
	z.re = z.one[:]
	return z
}

func product(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

func sameShape(x, y []int) bool { return slices.Equal(x, y) }

// isNumber reports whether b is a real scalar.
func (b *block) isNumber() bool { return b.lay == scalarLayout && b.re != nil }
