package numpy

import (
	"math"
	"reflect"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Making arrays, and turning them into other things.

// Zeros returns an array of zeros.
func Zeros(shape ...int) Array { return Full(0, shape...) }

// Ones returns an array of ones.
func Ones(shape ...int) Array { return Full(1, shape...) }

// Full returns an array whose elements are all v.
func Full(v float64, shape ...int) Array {
	for _, n := range shape {
		if n < 0 {
			fail("Full: negative length in shape %s", shapeString(shape))
		}
	}
	z := newReal(newLayout(slices.Clone(shape)))
	for i := range z.re {
		z.re[i] = v
	}
	return plain(z)
}

// FromFunction returns the array of the shape that f returns for the indices of
// its elements, an array of that shape for each axis.
func FromFunction(f func(index ...Array) Array, shape ...int) Array {
	y := f(Unstack(Indices(shape...), 0)...)
	return stretchTo("FromFunction", y, shape)
}

// ZerosLike returns zeros in the shape and of the type of x.
func ZerosLike(x Array) Array { return zerosLike(x) }

// EmptyLike is [ZerosLike]: there are no arrays without numbers.
func EmptyLike(x Array) Array { return zerosLike(x) }

// OnesLike returns ones in the shape of x.
func OnesLike(x Array) Array { return onesLike(x) }

// FullLike returns an array in the shape of x whose elements are all v.
func FullLike(x Array, v float64) Array { return Full(v, x.Shape()...) }

// Eye returns the m×n matrix with ones on diagonal k.
func Eye(m, n, k int) Array { return grid(m, n, func(i, j int) bool { return j-i == k }) }

// Identity returns the n×n identity matrix.
func Identity(n int) Array { return Eye(n, n, 0) }

// Arange returns lo, lo+step, … before hi, or none if the step leads away from
// it. It panics with an [Error] if the step is 0.
func Arange(lo, hi, step float64) Array {
	if step == 0 {
		fail("Arange: a step of 0")
	}
	n := math.Ceil((hi - lo) / step)
	if !(n > 0) || math.IsInf(n, 0) {
		n = 0
	}
	v := make([]float64, int(n))
	for i := range v {
		v[i] = lo + float64(i)*step
	}
	return Wrap(v)
}

// Of returns the array that v holds: a number, a slice or array of numbers,
// nested to any depth, of arrays of one shape, or a matrix of gonum. Slices are
// copied. It panics with an [Error] if rows differ in length or v holds
// something else.
func Of(v any) Array {
	switch v := v.(type) {
	case Array:
		return v
	case float64:
		return Scalar(v)
	case complex128:
		return ComplexScalar(v)
	case []float64:
		return FromSlice(v)
	case []complex128:
		return FromComplex(v)
	case mat.Vector:
		x := make([]float64, v.Len())
		for i := range x {
			x[i] = v.AtVec(i)
		}
		return Wrap(x)
	case mat.CMatrix:
		m, n := v.Dims()
		x := make([]complex128, 0, m*n)
		for i := range m {
			for j := range n {
				x = append(x, v.At(i, j))
			}
		}
		return WrapComplex(x, m, n)
	case mat.Matrix:
		m, n := v.Dims()
		x := make([]float64, 0, m*n)
		for i := range m {
			for j := range n {
				x = append(x, v.At(i, j))
			}
		}
		return Wrap(x, m, n)
	}
	return ofValue(reflect.ValueOf(v))
}

func ofValue(v reflect.Value) Array {
	if !v.IsValid() {
		fail("Of: nil is not a number")
	}
	if x, ok := v.Interface().(Array); ok {
		return x
	}
	if f, ok := float(v); ok {
		return Scalar(f)
	}
	switch {
	case v.CanComplex():
		return ComplexScalar(v.Complex())
	case v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer:
		return ofValue(v.Elem())
	case v.Kind() != reflect.Slice && v.Kind() != reflect.Array:
		fail("Of: %s is not a number", v.Type())
	}
	if row, ok := ofRow(v); ok {
		return row
	}
	rows := make([]Array, v.Len())
	for i := range rows {
		rows[i] = ofValue(v.Index(i))
		if !sameShape(rows[i].Shape(), rows[0].Shape()) {
			fail("Of: element %d has shape %s, element 0 %s", i, shapeString(rows[i].Shape()), shapeString(rows[0].Shape()))
		}
	}
	if len(rows) == 0 {
		return Zeros(0)
	}
	return Stack(0, rows...)
}

// ofRow returns the vector that a slice or array of numbers holds, and false
// for one of anything else.
func ofRow(v reflect.Value) (Array, bool) {
	switch row := v.Interface().(type) {
	case []float64:
		return FromSlice(row), true
	case []complex128:
		return FromComplex(row), true
	}
	switch v.Type().Elem().Kind() {
	case reflect.Complex64, reflect.Complex128:
		z := make([]complex128, v.Len())
		for i := range z {
			z[i] = v.Index(i).Complex()
		}
		return WrapComplex(z), true
	}
	z := make([]float64, v.Len())
	for i := range z {
		f, ok := float(v.Index(i))
		if !ok {
			return Array{}, false
		}
		z[i] = f
	}
	return Wrap(z), len(z) > 0
}

// float returns the real number that v is.
func float(v reflect.Value) (float64, bool) {
	switch {
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	case v.CanFloat():
		return v.Float(), true
	case v.Kind() == reflect.Bool:
		return truth(v.Bool()), true
	}
	return 0, false
}

// CopyTo copies the elements of x, in row-major order, into dst and returns it.
// A nil dst is allocated. It panics with an [Error] if x is complex or dst has
// another length.
func (x Array) CopyTo(dst []float64) []float64 {
	if dst == nil {
		dst = make([]float64, x.Size())
	}
	if len(dst) != x.Size() {
		fail("CopyTo: len(dst) = %d, want %d", len(dst), x.Size())
	}
	copy(dst, x.Float64s())
	return dst
}

// Dense returns a copy of x, of two dimensions, as a matrix of gonum; a vector
// becomes a column. It panics with an [Error] for other arrays and empty ones.
func (x Array) Dense() *mat.Dense {
	m := x.asMatrix("Dense")
	r, c := m.Dims()
	return mat.NewDense(r, c, x.CopyTo(nil))
}

// Vector returns x, of one dimension, as a vector of gonum that shares its
// memory and cannot be written to. It panics with an [Error] for other arrays
// and empty ones.
func (x Array) Vector() mat.Vector {
	if x.NDim() != 1 {
		fail("Vector: shape %s is not that of a vector", shapeString(x.Shape()))
	}
	return vector{x.asMatrix("Vector")}
}

// vector is an array of one dimension as a mat.Vector.
type vector struct{ matrix }

func (v vector) AtVec(i int) float64 { return v.At(i, 0) }

func (v vector) Len() int { return v.r }

// Matrix returns x, of two dimensions, as a matrix of gonum that shares its
// memory and cannot be written to; a vector becomes a column.
func (x Array) Matrix() mat.Matrix { return x.asMatrix("Matrix") }

func (x Array) asMatrix(name string) matrix {
	m := matrix{b: x.read()}
	switch shape := x.Shape(); {
	case x.IsComplex():
		fail("%s: complex array of shape %s", name, shapeString(shape))
	case len(shape) == 1:
		m.r, m.c = shape[0], 1
		m.dr = m.b.lay.stride[0]
	case len(shape) == 2:
		m.r, m.c = shape[0], shape[1]
		m.dr, m.dc = m.b.lay.stride[0], m.b.lay.stride[1]
	default:
		fail("%s: shape %s is not that of a matrix", name, shapeString(shape))
	}
	if m.r == 0 || m.c == 0 {
		fail("%s: gonum has no empty matrix of shape %s", name, shapeString(x.Shape()))
	}
	return m
}

// matrix is an array as a mat.Matrix.
type matrix struct {
	b            *block
	r, c, dr, dc int
}

func (m matrix) Dims() (r, c int) { return m.r, m.c }

func (m matrix) At(i, j int) float64 {
	if uint(i) >= uint(m.r) {
		panic(mat.ErrRowAccess)
	}
	if uint(j) >= uint(m.c) {
		panic(mat.ErrColAccess)
	}
	return m.b.re[m.b.lay.off+i*m.dr+j*m.dc]
}

func (m matrix) T() mat.Matrix {
	m.r, m.c, m.dr, m.dc = m.c, m.r, m.dc, m.dr
	return m
}
