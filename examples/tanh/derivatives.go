package main

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

// literal is the hyperbolic tangent as a textbook writes it. Left of about -350
// the exponential and its derivatives overflow and the quotient is NaN.
func literal[T dual.Real[T]](x T) T {
	y := x.Scale(-2).Exp()
	return y.Neg().AddConst(1).Div(y.AddConst(1))
}

// tanh is literal without the overflow, because tanh is odd. Branches and
// recursion are differentiated like the rest.
func tanh[T dual.Real[T]](x T) T {
	if x.Value() < 0 {
		return tanh(x.Neg()).Neg()
	}
	return literal(x)
}

const maxOrder = 8

// A method returns the function that computes tanh and its derivatives up to an
// order.
type method func(order int) func(x float64) []float64

// series differentiates by one Taylor series of the order.
func series(order int) func(x float64) []float64 {
	return func(x float64) []float64 { return jet.Derivatives(nil, tanh, x, order) }
}

// nested differentiates by as many nested dual numbers as the order says, which
// takes time 3^order where a series takes order²/2.
func nested(order int) func(x float64) []float64 { return levels[order] }

// A level is a number type together with how to seed it with a variable and
// how to read the derivatives of a result: orders 0 to k for k nested duals.
type level[T dual.Real[T]] struct {
	seed func(x float64) T
	read func(y T) []float64
}

// above returns the next level. The tangent of a number holds the derivative
// of all that its value holds, so order j is reached through D j times and
// through V from there.
func above[T dual.Real[T]](l level[T]) level[dual.Nested[T]] {
	return level[dual.Nested[T]]{
		seed: func(x float64) dual.Nested[T] { return dual.Variable(l.seed(x)) },
		read: func(y dual.Nested[T]) []float64 {
			return append([]float64{y.Value()}, l.read(y.D)...)
		},
	}
}

// of returns the function that computes f and its derivatives at x in one
// evaluation.
func (l level[T]) of(f func(T) T) func(x float64) []float64 {
	return func(x float64) []float64 { return l.read(f(l.seed(x))) }
}

// Each level is a type of its own, so that Go needs them all spelled out.
var (
	level0 = level[dual.Float]{
		seed: func(x float64) dual.Float { return dual.Float(x) },
		read: func(y dual.Float) []float64 { return []float64{y.Value()} },
	}
	level1 = above(level0)
	level2 = above(level1)
	level3 = above(level2)
	level4 = above(level3)
	level5 = above(level4)
	level6 = above(level5)
	level7 = above(level6)
	level8 = above(level7)
)

// levels holds at index k the function for k nested duals.
var levels = [maxOrder + 1]func(x float64) []float64{
	level0.of(tanh), level1.of(tanh), level2.of(tanh),
	level3.of(tanh), level4.of(tanh), level5.of(tanh),
	level6.of(tanh), level7.of(tanh), level8.of(tanh),
}

// exact returns tanh x and its first n derivatives in closed form: with
// t = tanh x and s = sech² x the k-th derivative is s·q(t) for a polynomial q
// that starts as 1 and continues as -2t·q + (1-t²)·q'.
func exact(x float64, n int) []float64 {
	t := math.Tanh(x)
	e := math.Exp(-2 * math.Abs(x))
	s := 4 * e / ((1 + e) * (1 + e)) // 1-t² would cancel in the tails
	d := []float64{t}
	for q := []float64{1}; len(d) <= n; q = next(q) {
		p := 0.0
		for i := len(q) - 1; i >= 0; i-- {
			p = p*t + q[i]
		}
		d = append(d, s*p)
	}
	return d
}

// next returns -2t·q + (1-t²)·q' as coefficients of rising powers of t.
func next(q []float64) []float64 {
	r := make([]float64, len(q)+1)
	for i, c := range q {
		r[i+1] -= float64(2+i) * c
		if i > 0 {
			r[i-1] += float64(i) * c
		}
	}
	return r
}
