package linalg

import (
	"math"
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// A NormOption says which norm [Norm] takes and along which axes.
type NormOption struct {
	kind     kind
	p        float64
	axes     []int
	keepDims bool
}

type kind int

const (
	unset kind = iota
	power
	frobenius
	nuclear
)

// Ord selects the norm of order p. That of vectors is (Σ|x|^p)^(1/p), with
// its limits: the largest modulus for +Inf, the smallest for -Inf, the number
// of elements that are not 0 for 0. Matrices have the orders 1 and -1, the
// largest and the smallest sum of a column, +Inf and -Inf, that of a row, and
// 2 and -2, the largest and the smallest singular value.
func Ord(p float64) NormOption { return NormOption{kind: power, p: p} }

var (
	// Fro selects the Frobenius norm: the square root of the sum of |x|².
	Fro = NormOption{kind: frobenius}
	// Nuc selects the nuclear norm: the sum of the singular values.
	Nuc = NormOption{kind: nuclear}
	// KeepDims keeps the axes with a length of 1.
	KeepDims = NormOption{keepDims: true}
)

// Axis selects the axis of vectors, or the two axes of matrices.
func Axis(axes ...int) NormOption { return NormOption{axes: append([]int{}, axes...)} }

var norm2Op = &np.Op{Name: "linalg.Norm"}

func init() {
	// The operand has the elements along its last axis. They are scaled, so
	// that no square overflows.
	norm2Op.Eval = func(c *np.Call) np.Array {
		x := c.In[0]
		n := x.Shape()[x.NDim()-1]
		batch := x.Shape()[:x.NDim()-1]
		z := make([]float64, product(batch))
		v := np.Abs(x).Float64s()
		for i := range z {
			z[i] = norm2(v[i*n : (i+1)*n])
		}
		return np.Wrap(z, append([]int{}, batch...)...)
	}
	// At 0 the unit vector is 0.
	unit := func(c *np.Call) np.Array {
		r := column(c.Out[0])
		zero := np.Equal(r.Detach(), np.Array{})
		return np.Conj(np.Div(c.In[0], np.Where(zero, np.Scalar(1), r)))
	}
	norm2Op.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		return np.Real(np.Sum(np.AZMul(v, unit(c)), np.Axis(-1)))
	}
	norm2Op.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return np.AZMul(column(w), unit(c)) }
}

func norm2(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v * v
	}
	if s != s {
		return s // Hypot takes ∞ over NaN
	}
	if s > 0x1p-900 && s < 0x1p1000 {
		return math.Sqrt(s)
	}
	s = 0
	for _, v := range x {
		s = math.Hypot(s, v)
	}
	return s
}

// Norm returns norms of x: the square root of the sum of |x|² of all elements
// if no option says otherwise. With [Ord] it takes x, or the [Axis], as a
// vector, and as a matrix if there are two axes. Where a norm has a kink, as
// at the origin, its derivative there is the mean over both sides, 0 at the
// origin. It panics with a numpy.Error for norms that do not exist.
func Norm(x np.Array, opts ...NormOption) np.Array {
	o := joinNorm(opts)
	if o.axes == nil && o.kind == unset {
		o.axes = allAxes(x)
		return o.shaped(norm2Op.Apply(nil, np.Reshape(x, -1)), x)
	}
	y := o.toEnd("Norm", x)
	switch n := len(o.axes); n {
	case 1:
		return o.shaped(o.ofVectors("Norm", y), x)
	case 2:
		return o.shaped(o.ofMatrices("Norm", y), x)
	default:
		np.Fail("linalg: Norm: %d axes, want 1 or 2", n)
		return x
	}
}

// VectorNorm returns norms of x, or of its parts along any number of axes, as
// of vectors, of order 2 if no [Ord] says otherwise; see [Norm].
func VectorNorm(x np.Array, opts ...NormOption) np.Array {
	o := joinNorm(opts)
	y := o.toEnd("VectorNorm", x)
	batch := y.Shape()[:y.NDim()-len(o.axes)]
	n := product(y.Shape()[len(batch):])
	return o.shaped(o.ofVectors("VectorNorm", np.Reshape(y, append(slices.Clone(batch), n)...)), x)
}

// MatrixNorm returns norms of the matrices of x, the Frobenius norm if no
// option selects another; see [Norm].
func MatrixNorm(x np.Array, opts ...NormOption) np.Array {
	matrices("MatrixNorm", x)
	o := joinNorm(opts)
	o.axes = []int{x.NDim() - 2, x.NDim() - 1}
	return o.shaped(o.ofMatrices("MatrixNorm", x), x)
}

// joinNorm returns the options together, the last of each sort.
func joinNorm(opts []NormOption) NormOption {
	var o NormOption
	for _, p := range opts {
		if p.kind != unset {
			o.kind, o.p = p.kind, p.p
		}
		if p.axes != nil {
			o.axes = p.axes
		}
		o.keepDims = o.keepDims || p.keepDims
	}
	return o
}

func allAxes(x np.Array) []int {
	axes := make([]int, x.NDim())
	for i := range axes {
		axes[i] = i
	}
	return axes
}

// toEnd returns x with the axes at the end. The axes become those from the
// start, all if there are none.
func (o *NormOption) toEnd(name string, x np.Array) np.Array {
	dim := x.NDim()
	if o.axes == nil {
		o.axes = allAxes(x)
	}
	o.axes = slices.Clone(o.axes)
	for i, a := range o.axes {
		if a < -dim || a >= dim {
			np.Fail("linalg: %s: axis %d of an array of %d dimensions", name, a, dim)
		}
		o.axes[i] = (a + dim) % dim
		if slices.Contains(o.axes[:i], o.axes[i]) {
			np.Fail("linalg: %s: axis %d twice", name, o.axes[i])
		}
	}
	perm := make([]int, 0, dim)
	for i := range dim {
		if !slices.Contains(o.axes, i) {
			perm = append(perm, i)
		}
	}
	if perm = append(perm, o.axes...); slices.IsSorted(perm) {
		return x
	}
	return np.Transpose(x, perm...)
}

// shaped puts the reduced axes back with a length of 1 if they are kept.
func (o NormOption) shaped(y, x np.Array) np.Array {
	if !o.keepDims {
		return y
	}
	s := slices.Clone(x.Shape())
	for _, a := range o.axes {
		s[a] = 1
	}
	return np.Reshape(y, s...)
}

func (o NormOption) ofVectors(name string, x np.Array) np.Array {
	last := np.Axis(-1)
	if o.kind == frobenius || o.kind == nuclear {
		np.Fail("linalg: %s: a norm of matrices along a single axis", name)
	}
	switch {
	case o.kind == unset || o.p == 2:
		return norm2Op.Apply(nil, x)
	case o.p == 1:
		return np.Sum(np.Abs(x), last)
	case o.p == 0:
		return np.Sum(np.NotEqual(np.Abs(x), np.Array{}), last)
	case math.IsInf(o.p, 1):
		return greatest(np.Abs(x))
	case math.IsInf(o.p, -1):
		return np.Min(np.Abs(x), last)
	}
	// Numbers relative to the largest neither overflow nor vanish. Where all
	// are 0 the divisor is 1.
	a := np.Abs(x)
	top := column(largest(x))
	top = np.Where(np.Greater(top, np.Array{}), top, np.Scalar(1))
	s := np.Sum(np.Pow(np.Div(a, top), np.Scalar(o.p)), last)
	zero := np.Equal(s.Detach(), np.Array{})
	r := np.Pow(np.Where(zero, np.Scalar(1), s), np.Scalar(1/o.p))
	return np.Mul(np.Where(zero, np.Array{}, r), np.Reshape(top, s.Shape()...))
}

func (o NormOption) ofMatrices(name string, x np.Array) np.Array {
	switch o.kind {
	case unset, frobenius:
		m, n := size(x)
		return norm2Op.Apply(nil, np.Reshape(x, append(slices.Clone(lead(x)), m*n)...))
	case nuclear:
		return np.Sum(SVDVals(x), np.Axis(-1))
	}
	last := np.Axis(-1)
	switch o.p {
	case 1:
		return greatest(np.Sum(np.Abs(x), np.Axis(-2)))
	case -1:
		return np.Min(np.Sum(np.Abs(x), np.Axis(-2)), last)
	case math.Inf(1):
		return greatest(np.Sum(np.Abs(x), last))
	case math.Inf(-1):
		return np.Min(np.Sum(np.Abs(x), last), last)
	case 2:
		return greatest(SVDVals(x))
	case -2:
		return np.Min(SVDVals(x), last)
	}
	np.Fail("linalg: %s: no norm of order %g of matrices", name, o.p)
	return x
}

// greatest returns the largest element of vectors, and 0 where there is none.
func greatest(x np.Array) np.Array {
	if x.Shape()[x.NDim()-1] == 0 {
		return np.Sum(x, np.Axis(-1))
	}
	return np.Max(x, np.Axis(-1))
}
