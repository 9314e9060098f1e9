package dual

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
)

// A fuser is a number type that does the functions below in one step. Its
// methods get arguments that the functions have checked.
type fuser[T any] interface {
	FuseSum(x []T) T
	FuseDot(x, y []T) T
	FuseLinComb(c []float64, x []T) T
	FuseSumSq(x []T) T
	FuseNorm(x []T, big float64) T
	FuseLogSumExp(x []T, top float64) T
	FuseProd(x []T) T
	FusePoly(x T, c []float64) T
}

// A sliceFuser is a number type that does these functions in one step.
type sliceFuser[T any] interface {
	FuseSoftmax(dst, x []T, lse T)
	FuseAxpy(dst []T, a T, x, y []T)
	FuseMatVec(dst []T, a [][]T, x []T)
}

// A wholeFuser is a number type that does these functions in one step for any
// elements, before their values are looked at.
type wholeFuser[T any] interface {
	FuseWholeNorm(x []T) T
	FuseWholeLogSumExp(x []T) T
}

// fuse returns a fuser if T has one. Its methods are on *T and do not look at
// their receiver, so that nothing needs to be allocated for it.
func fuse[T Real[T]]() (fuser[T], bool) {
	f, ok := any((*T)(nil)).(fuser[T])
	return f, ok
}

func fuseSlices[T Real[T]]() (sliceFuser[T], bool) {
	f, ok := any((*T)(nil)).(sliceFuser[T])
	return f, ok
}

// Sum returns the sum of the elements of x, and 0 for an empty x.
func Sum[T Real[T]](x []T) T {
	if f, ok := fuse[T](); ok {
		return f.FuseSum(x)
	}
	var s T
	for i, v := range x {
		if i == 0 {
			s = v
			continue
		}
		s = s.Add(v)
	}
	return s
}

// Dot returns the sum of x[i]·y[i]. It panics with an [Error] if the lengths
// differ.
func Dot[T Real[T]](x, y []T) T {
	checkLen("Dot", "y", len(y), "x", len(x))
	if f, ok := fuse[T](); ok {
		return f.FuseDot(x, y)
	}
	var s T
	for i, v := range x {
		if p := v.Mul(y[i]); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s
}

// LinComb returns the sum of c[i]·x[i]. It panics with an [Error] if the
// lengths differ.
func LinComb[T Real[T]](c []float64, x []T) T {
	checkLen("LinComb", "x", len(x), "c", len(c))
	if f, ok := fuse[T](); ok {
		return f.FuseLinComb(c, x)
	}
	var s T
	for i, v := range x {
		if p := v.Scale(c[i]); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s
}

// SumSq returns the sum of x[i]².
func SumSq[T Real[T]](x []T) T {
	if f, ok := fuse[T](); ok {
		return f.FuseSumSq(x)
	}
	var s T
	for i, v := range x {
		if p := v.Sqr(); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s
}

// Norm returns the Euclidean length of x without undue overflow or underflow.
// Where all elements are 0 the derivatives are those of [Real.Hypot]: 0 for
// numbers that know no direction.
func Norm[T Real[T]](x []T) T {
	if f, ok := any((*T)(nil)).(wholeFuser[T]); ok {
		return f.FuseWholeNorm(x)
	}
	if len(x) == 1 {
		return x[0].Abs()
	}
	big := 0.0
	for _, v := range x {
		big = max(big, math.Abs(v.Value())) // NaN if any is
	}
	switch {
	case len(x) == 0:
		var zero T
		return zero
	case big == 0, math.IsInf(big, 1):
		s := x[0]
		for _, v := range x[1:] {
			s = s.Hypot(v)
		}
		return s
	}
	if f, ok := fuse[T](); ok && big == big {
		return f.FuseNorm(x, big)
	}
	// A power of two scales exactly; two steps, for its inverse may overflow.
	_, e := math.Frexp(big)
	down, up := math.Ldexp(1, -e/2), math.Ldexp(1, e/2)
	var s T
	for i, v := range x {
		if p := v.Scale(down).Scale(down).Sqr(); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s.Sqrt().Scale(up).Scale(up)
}

// LogSumExp returns log Σ exp(x[i]) without overflow or underflow of the
// exponentials, and -Inf for an empty x. An element of -Inf contributes
// nothing, to the derivative neither.
func LogSumExp[T Real[T]](x []T) T {
	if f, ok := any((*T)(nil)).(wholeFuser[T]); ok {
		return f.FuseWholeLogSumExp(x)
	}
	top, at := math.Inf(-1), -1
	for i, v := range x {
		if v := v.Value(); v > top || v != v {
			top, at = v, i
		}
		if top != top {
			break
		}
	}
	switch {
	case at < 0: // all are -Inf
		var zero T
		return zero.Const(top)
	case math.IsInf(top, 1):
		s := x[at]
		for _, v := range x[at+1:] {
			s = s.Max(v)
		}
		return s
	}
	if f, ok := fuse[T](); ok && top == top {
		return f.FuseLogSumExp(x, top)
	}
	var s T
	for i, v := range x {
		if p := v.AddConst(-top).Exp(); i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s.Log().AddConst(top)
}

// Prod returns the product of the elements of x, and 1 for an empty x. Its
// derivative is right also where elements are 0.
func Prod[T Real[T]](x []T) T {
	if len(x) == 0 {
		var zero T
		return zero.Const(1)
	}
	if f, ok := fuse[T](); ok {
		return f.FuseProd(x)
	}
	s := x[0]
	for _, v := range x[1:] {
		s = s.Mul(v)
	}
	return s
}

// Softmax puts exp(x[i])/Σ exp(x[j]) into dst and returns it, without overflow
// of the exponentials. A nil dst is allocated; it may be x. It panics with an
// [Error] if the lengths differ.
func Softmax[T Real[T]](dst, x []T) []T {
	if dst == nil {
		dst = make([]T, len(x))
	}
	checkLen("Softmax", "dst", len(dst), "x", len(x))
	s := LogSumExp(x)
	if f, ok := fuseSlices[T](); ok {
		f.FuseSoftmax(dst, x, s)
		return dst
	}
	for i, v := range x {
		dst[i] = v.Sub(s).Exp()
	}
	return dst
}

// Axpy puts a·x[i]+y[i] into dst and returns it. A nil dst is allocated; it
// may be x or y. It panics with an [Error] if the lengths differ.
func Axpy[T Real[T]](dst []T, a T, x, y []T) []T {
	if dst == nil {
		dst = make([]T, len(x))
	}
	checkLen("Axpy", "dst", len(dst), "x", len(x))
	checkLen("Axpy", "y", len(y), "x", len(x))
	if f, ok := fuseSlices[T](); ok {
		f.FuseAxpy(dst, a, x, y)
		return dst
	}
	for i, v := range x {
		dst[i] = a.Mul(v).Add(y[i])
	}
	return dst
}

// MatVec puts the product of the matrix with the rows a and the vector x into
// dst and returns it. A nil dst is allocated; it must not be x. It panics with
// an [Error] if the lengths differ.
func MatVec[T Real[T]](dst []T, a [][]T, x []T) []T {
	if dst == nil {
		dst = make([]T, len(a))
	}
	checkLen("MatVec", "dst", len(dst), "a", len(a))
	for i, row := range a {
		if len(row) != len(x) {
			fail("MatVec: len(a[%d]) = %d, want len(x) = %d", i, len(row), len(x))
		}
	}
	if f, ok := fuseSlices[T](); ok {
		f.FuseMatVec(dst, a, x)
		return dst
	}
	for i, row := range a {
		dst[i] = Dot(row, x)
	}
	return dst
}

// Poly returns the polynomial c[0] + c[1]·x + c[2]·x² + … by Horner's rule,
// and 0 for an empty c.
func Poly[T Real[T]](x T, c []float64) T {
	if len(c) == 0 {
		return x.Const(0)
	}
	if f, ok := fuse[T](); ok {
		return f.FusePoly(x, c)
	}
	s := x.Const(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		s = s.Mul(x).AddConst(c[i])
	}
	return s
}

// Where returns x where the value of c is positive, and y otherwise. What is
// not chosen contributes nothing, neither to the value nor to a derivative,
// NaN included. A type for which the choice is more than an if, such as an
// array, does it in a method Where(x, y T) T of its own.
func Where[T Real[T]](c, x, y T) T {
	type wherer interface{ Where(x, y T) T }
	if _, ok := any((*T)(nil)).(wherer); ok { // asked of the type, c is not allocated
		return any(c).(wherer).Where(x, y)
	}
	if c.Value() > 0 {
		return x
	}
	return y
}

// Less reports whether the value of x is less than that of y. It is how a
// function that is recorded, as in package mixed, should choose between two
// computations: the record then holds wherever the answer is the same. A type
// that takes note does so in a method FuseLess(x, y T) bool on *T, which must
// not look at its receiver.
func Less[T Real[T]](x, y T) bool {
	if f, ok := any((*T)(nil)).(interface{ FuseLess(x, y T) bool }); ok {
		return f.FuseLess(x, y)
	}
	return x.Value() < y.Value()
}

// Lbeta returns the natural logarithm of |B(x, y)|, the beta function. Its
// derivatives are differences of digamma functions, which lose accuracy where
// one argument is much larger than the other.
func Lbeta[T Real[T]](x, y T) T {
	z := x.Lgamma().Add(y.Lgamma()).Sub(x.Add(y).Lgamma())
	// The sum cancels for large arguments; a constant mends its value.
	if v, w := x.Value(), y.Value(); v > 0 && w > 0 {
		if d := special.Lbeta(v, w) - z.Value(); !math.IsNaN(d) && !math.IsInf(d, 0) {
			return z.AddConst(d)
		}
	}
	return z
}

// Beta returns the beta function B(x, y) = Γ(x)Γ(y)/Γ(x+y).
func Beta[T Real[T]](x, y T) T {
	if v, w := x.Value(), y.Value(); v > 0 && w > 0 && v+w > 20 {
		return Lbeta(x, y).Exp()
	}
	return x.Gamma().Mul(y.Gamma()).Div(x.Add(y).Gamma())
}
