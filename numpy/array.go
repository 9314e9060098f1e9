package numpy

import (
	"math"
	"slices"
)

// An Array is an n-dimensional array of float64 or complex128 numbers, or one
// whose derivatives are being taken. Its zero value is the scalar 0.
//
// Arrays are immutable: every operation returns a new one, which may share
// memory with its operands, and any number of goroutines may use one.
type Array struct {
	d *block // the numbers, free of derivatives; nil for the scalar 0
	n *node  // how they vary; nil for a constant
}

// data returns the numbers of x.
func (x Array) data() *block {
	if x.d == nil {
		return zero
	}
	return x.d
}

// isZero reports whether x is the zero value, which stands for a derivative
// that is 0 whatever its shape.
func (x Array) isZero() bool { return x.d == nil }

// isNumber reports whether x is a constant real scalar.
func (x Array) isNumber() bool {
	return x.n == nil && (x.d == nil || x.d.lay == scalarLayout && x.d.re != nil)
}

// apart returns x so that it does not keep the memory of a trace alive, of
// which a scalar may be a part.
func (x Array) apart() Array {
	if x.isNumber() {
		return Scalar(x.data().re[0])
	}
	return x
}

func plain(b *block) Array { return Array{d: b} }

// Scalar returns the array of no dimension that holds v.
func Scalar(v float64) Array { return Array{d: scalarBlock(v)} }

// ComplexScalar returns the array of no dimension that holds v.
func ComplexScalar(v complex128) Array {
	return plain(complexBlock(scalarLayout, []complex128{v}))
}

// FromSlice returns the array of the given shape whose elements, in row-major
// order, are a copy of data. Without a shape it is a vector. It panics with an
// [Error] if the number of elements does not fit the shape.
func FromSlice(data []float64, shape ...int) Array {
	return Wrap(slices.Clone(data), shape...)
}

// FromComplex is [FromSlice] for complex numbers.
func FromComplex(data []complex128, shape ...int) Array {
	return WrapComplex(slices.Clone(data), shape...)
}

// Wrap is [FromSlice] without the copy: the array owns data from now on, which
// must not be changed any more.
func Wrap(data []float64, shape ...int) Array {
	if data == nil {
		data = []float64{}
	}
	return Array{d: &block{lay: checkedLayout("FromSlice", len(data), shape), re: data}}
}

// WrapComplex is [Wrap] for complex numbers.
func WrapComplex(data []complex128, shape ...int) Array {
	if data == nil {
		data = []complex128{}
	}
	return plain(complexBlock(checkedLayout("FromComplex", len(data), shape), data))
}

// checkedLayout returns the layout of n elements in the shape, nil for that of
// a vector.
func checkedLayout(name string, n int, shape []int) *layout {
	if shape == nil {
		return newLayout([]int{n})
	}
	for _, s := range shape {
		if s < 0 {
			fail("%s: negative length in shape %s", name, shapeString(shape))
		}
	}
	if product(shape) != n {
		fail("%s: %d elements do not fill shape %s", name, n, shapeString(shape))
	}
	return newLayout(slices.Clone(shape))
}

// Shape returns the lengths of x along its axes. The slice must not be
// changed.
func (x Array) Shape() []int { return x.data().lay.shape }

// NDim returns the number of axes of x, 0 for a scalar.
func (x Array) NDim() int { return len(x.data().lay.shape) }

// Size returns the number of elements of x.
func (x Array) Size() int { return x.data().lay.size }

// Len returns the length of x along its first axis. It panics with an [Error]
// for a scalar.
func (x Array) Len() int {
	shape := x.Shape()
	if len(shape) == 0 {
		fail("Len: a scalar has no length")
	}
	return shape[0]
}

// IsComplex reports whether the elements of x are complex128.
func (x Array) IsComplex() bool { return x.data().complex() }

// Float64s returns the elements of x in row-major order, free of derivatives.
// The slice shares memory with x where it can and must not be changed. It
// panics with an [Error] if x is complex.
func (x Array) Float64s() []float64 {
	if x.IsComplex() {
		fail("Float64s: complex array of shape %s", shapeString(x.Shape()))
	}
	return x.read().reals()
}

// Complex128s returns the elements of x in row-major order, free of
// derivatives. The slice may share memory with x and must not be changed.
func (x Array) Complex128s() []complex128 { return x.read().complexes() }

// Float64 returns the number in an array of a single real element, free of
// derivatives. It panics with an [Error] for any other array.
func (x Array) Float64() float64 {
	b := x.data()
	if b.lay.size != 1 || b.complex() {
		fail("Float64: array of shape %s is not a single real number", shapeString(x.Shape()))
	}
	return b.re[b.lay.off]
}

// Complex128 returns the number in an array of a single element, free of
// derivatives. It panics with an [Error] for any other array.
func (x Array) Complex128() complex128 {
	b := x.data()
	if b.lay.size != 1 {
		fail("Complex128: array of shape %s is not a single number", shapeString(x.Shape()))
	}
	if b.complex() {
		return b.cx[b.lay.off]
	}
	return complex(b.re[b.lay.off], 0)
}

// Value returns the number that all elements of x are, and NaN where they are
// not all the same, so that no comparison holds for such an array. It is the
// method of dual.Real; see [Array.Float64] for one that insists.
func (x Array) Value() float64 {
	b := x.live()
	if b.complex() {
		return math.NaN()
	}
	if b.lay.packed && len(b.re) == 1 {
		return b.re[0]
	}
	all := b.reals()
	if len(all) == 0 {
		return math.NaN()
	}
	for _, v := range all[1:] {
		if v != all[0] {
			return math.NaN()
		}
	}
	return all[0]
}

// Detach returns the numbers of x as a constant, free of derivatives.
func (x Array) Detach() Array {
	x.live()
	return Array{d: x.d}.own().apart()
}
