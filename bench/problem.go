package main

import (
	"math"

	gonumdual "gonum.org/v1/gonum/num/dual"
	"gonum.org/v1/gonum/num/hyperdual"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/mixed"
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/reverse"
)

// A problem is a function to differentiate, for any size n.
type problem struct {
	name  string
	about string
	unit  string // what n counts
	n     int    // by default
	tiny  int    // for checks
	lo    int    // of n
	hi    int    // equal to lo if the size is fixed
	build func(n int) (*instance, error)
}

// The number types, in short.
type (
	num    = dual.Number64
	num3   = dual.Number3
	hyper  = dual.Hyper
	nested = dual.Nested[dual.Number3]
	jet2   = jet.Jet2
	jet64  = jet.Jet64
	coll   = jet.Collapsed
	rev    = reverse.Var
	mix    = mixed.Var
	dualr  = dual.Nested[reverse.Var]
)

// An instance is a problem of some size: a point and the function there, plain and
// for the types of the modes. What is nil the problem does not have. A problem has
// either one result, or several in vector.
type instance struct {
	x []float64
	scalar
	vector *vector

	// What hand-written formulas say: the gradient, or the Jacobian row by row,
	// and the product with the Hessian.
	derivative func(dst, x []float64) []float64
	hvp        func(dst, x, v []float64) []float64

	dense bool // has a dense Hessian

	nesting func(n problems.Nesting) *problems.Nested

	refs map[kind][]float64 // of reference
	ops  *operations        // of count
}

// scalar is a function with one result.
type scalar struct {
	plain     func(x []float64) float64
	num       func(x []num) num
	num3      func(x []num3) num3
	hyper     func(x []hyper) hyper
	nested    func(x []nested) nested
	jet2      func(x []jet2) jet2
	jet       func(x []jet64) jet64
	coll      func(x []coll) coll
	generic   func(x []rev) rev
	dualr     func(x []dualr) dualr
	mix       func(x []mix) mix
	gonum     func(x []gonumdual.Number) gonumdual.Number
	gonumHess func(x []hyperdual.Number) hyperdual.Number

	tape  func(x []rev) rev         // written for variables of a tape
	array func(x np.Array) np.Array // in operations on arrays
	terms func(dst []float64)       // puts the gradient into dst, term by term
}

// vector is a function with m results.
type vector struct {
	m     int
	plain func(dst, x []float64) []float64
	num   func(x []num) []num
	num3  func(x []num3) []num3
	rev   func(x []rev) []rev
}

// on binds the data of a generic function.
func on[P, T any](p P, f func(P, []T) T) func([]T) T {
	return func(x []T) T { return f(p, x) }
}

// with binds room to work in and the data of a generic function.
func with[S, P, T any](p P, f func(*S, P, []T) T) func([]T) T {
	s := new(S)
	return func(x []T) T { return f(s, p, x) }
}

// results gives a generic function room for m results.
func results[T any](m int, f func(dst, x []T) []T) func([]T) []T {
	dst := make([]T, m)
	return func(x []T) []T { return f(dst, x) }
}

// m returns the number of results.
func (in *instance) m() int {
	if in.vector != nil {
		return in.vector.m
	}
	return 1
}

// sink keeps results, so that nothing is left out as unused.
var sink = new(float64)

// evaluate returns the plain function at the point, as the base of all ratios.
func (in *instance) evaluate() func() {
	if v := in.vector; v != nil {
		dst := make([]float64, v.m)
		return func() { v.plain(dst, in.x) }
	}
	return func() { *sink = in.plain(in.x) }
}

// direction returns the vector v of derivatives along a line.
func (in *instance) direction() []float64 {
	v := make([]float64, len(in.x))
	for i := range v {
		v[i] = math.Cos(float64(3 * i))
	}
	return v
}

// operations are what the generic function does on a tape.
type operations struct {
	count int     // of operations, and of operands of fused statements
	bytes float64 // of tape and adjoints
}

// operations counts, once.
func (in *instance) operations() operations {
	if in.ops != nil {
		return *in.ops
	}
	in.ops = new(operations)
	if in.generic == nil && in.vector == nil {
		return *in.ops
	}
	var t reverse.Tape
	x := t.Vars(make([]rev, len(in.x)), in.x)
	if in.vector != nil {
		in.vector.rev(x)
	} else {
		t.Backward(in.generic(x))
	}
	s := t.Stats()
	*in.ops = operations{s.Records - s.Variables - s.Fused + s.Operands, float64(s.Used)}
	return *in.ops
}

// wave returns n numbers around mid.
func wave(n int, mid, height float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = mid + height*math.Sin(float64(3*i+1))
	}
	return x
}
