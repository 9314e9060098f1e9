package problems

import (
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
)

// SaddleObjective returns |p|² - |q|², of which GradBench's saddle looks for
//
//	min over p of max over q
//
// in the plane by gradient descent with gradient descent inside. Both ends are 0.
func SaddleObjective[T dual.Real[T]](q, p []T) T {
	return dual.SumSq(p).Sub(dual.SumSq(q))
}

// Saddle returns max |p|² - |q|² over q, as the descent finds it from start.
func Saddle(p []float64, start [2]float64) float64 {
	checkLen("Saddle", "p", len(p), 2)
	x := make([]dual.Float, 2)
	for i, v := range p {
		x[i] = dual.Float(v)
	}
	return float64(SaddleMax(x, start, func(dst, q, _ []dual.Float) []dual.Float {
		for i, v := range q {
			dst[i] = -2 * v
		}
		return dst
	}))
}

// SaddleGradient puts the gradient of [Saddle], 2p, into dst and returns it: where
// the descent ends does not depend on p. A nil dst is allocated.
func SaddleGradient(dst, p []float64) []float64 {
	checkLen("SaddleGradient", "p", len(p), 2)
	dst = destination("SaddleGradient", dst, 2)
	for i, v := range p {
		dst[i] = 2 * v
	}
	return dst
}

// saddleArgmax returns where [SaddleMax] is.
func saddleArgmax[T dual.Real[T]](p []T, start [2]float64, inner Inner[T]) []T {
	q := make([]T, 2)
	for i, v := range start {
		q[i] = q[i].Const(v)
	}
	return descend(
		func(q []T) T { return SaddleObjective(q, p).Neg() },
		func(dst, q []T) {
			inner(dst, q, p)
			for i, v := range dst {
				dst[i] = v.Neg()
			}
		}, q)
}

// SaddleMax is [Saddle] for any number type, with the gradient of
// [SaddleObjective] by inner.
func SaddleMax[T dual.Real[T]](p []T, start [2]float64, inner Inner[T]) T {
	return SaddleObjective(saddleArgmax(p, start, inner), p)
}

// NewSaddle returns [Saddle] as a function of p with the modes of n.
func NewSaddle(n Nesting, start [2]float64) *Nested {
	f := new(Nested)
	f.float = saddleWith(start, saddleFloat(n))
	switch n {
	case FF:
		f.forward = saddleWith(start, InnerForward(SaddleObjective[dual.Nested[dual.Number64]]))
	case FR:
		f.forward = saddleWith(start, InnerReverse(2, SaddleObjective[mixed.Var]))
	case RF:
		f.reverse = saddleWith(start, InnerForward(SaddleObjective[dual.Nested[reverse.Var]]))
	case RR:
		f.reverse = saddleWith(start, InnerReverseVar(2, SaddleObjective[mixed.Var]))
	default:
		fail("NewSaddle: Nesting = %d, want FF, FR, RF or RR", int(n))
	}
	return f
}

func saddleFloat(n Nesting) Inner[dual.Float] {
	if n == FF || n == RF {
		return InnerForward(SaddleObjective[dual.Nested[dual.Float]])
	}
	return InnerReverseFloat(2, SaddleObjective[mixed.Var])
}

func saddleWith[T dual.Real[T]](start [2]float64, inner Inner[T]) func(p []T) T {
	return func(p []T) T { return SaddleMax(p, start, inner) }
}

// SaddlePoint returns p and q as GradBench does: both start at the same point.
func SaddlePoint(n Nesting, start [2]float64) (p, q [2]float64) {
	copy(p[:], NewSaddle(n, start).Minimize(start[:]))
	x := []dual.Float{dual.Float(p[0]), dual.Float(p[1])}
	for i, v := range saddleArgmax(x, start, saddleFloat(n)) {
		q[i] = float64(v)
	}
	return p, q
}
