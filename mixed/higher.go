package mixed

import (
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

// hypers returns the evaluation of the program in two directions.
func (q *Point) hypers(u, v []float64) *evaluation[dual.Hyper] {
	e := &q.hyper
	e.set(q.prog)
	for i := range u {
		e.val[i+1] = dual.Hyper{V: q.val[i+1], D1: u[i], D2: v[i]}
	}
	e.forward()
	e.backward(q.weights)
	return e
}

// hvpDirected is HVP at a kink, where types with second derivatives see if an
// argument keeps its sign in the direction v.
func (q *Point) hvpDirected(dst, v []float64) {
	e := q.hypers(v, v)
	for i := range dst {
		dst[i] = e.bar[i+1].D1
	}
}

// D3 puts the third derivative in the directions u and v, the gradient of uᵀHv,
// into dst, which may be u or v, and returns it. A nil dst is allocated. It
// panics with an [Error] if dst, u or v has another length.
func (q *Point) D3(dst, u, v []float64) []float64 {
	q.check()
	n := q.prog.n
	checkLen("D3", "u", len(u), "the number of variables", n)
	checkLen("D3", "v", len(v), "the number of variables", n)
	dst = destination("D3", dst, n)
	e := q.hypers(u, v)
	for i := range dst {
		dst[i] = e.bar[i+1].D12
	}
	return dst
}

// A seriesWork is what derivatives along a line need.
type seriesWork struct {
	evaluation[jet.Jet64]
	space jet.Workspace[float64]
	c     []float64
}

// series computes all numbers along the line x + t·v.
func (q *Point) series(v []float64, order int) *seriesWork {
	s := &q.line
	s.space.Reset()
	s.set(q.prog)
	s.val[0] = s.space.New(0)
	s.c = resize(s.c, order+1)
	clear(s.c)
	for i, d := range v {
		s.c[0] = q.val[i+1]
		if order > 0 {
			s.c[1] = d
		}
		s.val[i+1] = s.space.New(s.c...)
	}
	s.forward()
	return s
}

// Directional puts the value and the derivatives along v up to the given order,
// the k-th of f(x+t·v) at t = 0 for k from 0 on, into dst and returns it. A nil
// dst is allocated. It panics with an [Error] if the order is negative, v has
// another length, or dst has not that of order+1.
func (q *Point) Directional(dst, v []float64, order int) []float64 {
	q.check()
	checkOrder("Directional", order)
	checkLen("Directional", "v", len(v), "the number of variables", q.prog.n)
	dst = destination("Directional", dst, order+1)
	s := q.series(v, order)
	clear(dst)
	for i, o := range q.prog.out {
		for k := range dst {
			if w := q.weights[i]; w != 0 {
				dst[k] += w * s.val[o].Derivative(k)
			}
		}
	}
	return dst
}

// DirectionalGradient puts the gradient of the derivative of the given order
// along v into dst and returns it: the gradient for order 0, Hv for order 1, and
// so on, from one sweep backwards in the arithmetic of Taylor series. A nil dst
// is allocated. It panics with an [Error] if the order is negative, or v or dst
// has another length. dst may be v.
func (q *Point) DirectionalGradient(dst, v []float64, order int) []float64 {
	q.check()
	checkOrder("DirectionalGradient", order)
	checkLen("DirectionalGradient", "v", len(v), "the number of variables", q.prog.n)
	dst = destination("DirectionalGradient", dst, q.prog.n)
	s := q.series(v, order)
	s.backward(q.weights)
	for i := range dst {
		dst[i] = s.bar[i+1].Derivative(order)
	}
	return dst
}
