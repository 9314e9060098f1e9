package main

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// Functions of sweeps and claims that are no problems of their own.

// A net has one layer of tanh units between its n variables and m results.
type net struct {
	n, m   int
	in     [][]float64 // a row of weights for each unit
	out    [][]float64 // a row of weights for each result
	hidden []float64
}

func newNet(n, units, m int) *net {
	weights := func(rows, cols int) [][]float64 {
		w := make([][]float64, rows)
		for i := range w {
			w[i] = make([]float64, cols)
			for j := range w[i] {
				w[i][j] = float64((i*31+j*17)%23-11) / float64(10+2*cols)
			}
		}
		return w
	}
	return &net{n, m, weights(units, n), weights(m, units), make([]float64, units)}
}

func (f *net) plain(dst, x []float64) []float64 {
	dot := func(w, x []float64) float64 {
		s := 0.0
		for i, v := range w {
			s += v * x[i]
		}
		return s
	}
	for k, w := range f.in {
		f.hidden[k] = math.Tanh(dot(w, x) + 0.1)
	}
	for i, w := range f.out {
		dst[i] = dot(w, f.hidden)
	}
	return dst
}

// netOf returns f for a number type.
func netOf[T dual.Real[T]](f *net) func(x []T) []T {
	hidden := make([]T, len(f.in))
	return results(f.m, func(dst, x []T) []T {
		for k, w := range f.in {
			hidden[k] = dual.LinComb(w, x).AddConst(0.1).Tanh()
		}
		for i, w := range f.out {
			dst[i] = dual.LinComb(w, hidden)
		}
		return dst
	})
}

// first returns the first result of f.
func first[T any](f func(x []T) []T) func(x []T) T {
	return func(x []T) T { return f(x)[0] }
}

// sinExp is the function of one variable of which derivatives of high order are
// taken.
func sinExp[T dual.Real[T]](x T) T { return x.Sin().Exp().Mul(x.Exp().Cos()) }

func sinExpPlain(x float64) float64 { return math.Exp(math.Sin(x)) * math.Cos(math.Exp(x)) }

// nestings returns the evaluations of sinExp at x in 1, 2, … nested dual numbers,
// each of which yields the value and as many derivatives.
func nestings(x float64) []func() {
	x1 := dual.Variable(dual.Float(x))
	x2 := dual.Variable(x1)
	x3 := dual.Variable(x2)
	x4 := dual.Variable(x3)
	x5 := dual.Variable(x4)
	x6 := dual.Variable(x5)
	x7 := dual.Variable(x6)
	x8 := dual.Variable(x7)
	return []func(){
		func() { *sink = float64(sinExp(x1).D) },
		func() { *sink = float64(sinExp(x2).D.D) },
		func() { *sink = float64(sinExp(x3).D.D.D) },
		func() { *sink = float64(sinExp(x4).D.D.D.D) },
		func() { *sink = float64(sinExp(x5).D.D.D.D.D) },
		func() { *sink = float64(sinExp(x6).D.D.D.D.D.D) },
		func() { *sink = float64(sinExp(x7).D.D.D.D.D.D.D) },
		func() { *sink = float64(sinExp(x8).D.D.D.D.D.D.D.D) },
	}
}

// windows is Σ sin² of sums of k neighbours, whose Hessian is a band.
func windows[T dual.Real[T]](k int) func(x []T) T {
	return func(x []T) T {
		var s T
		for i := range len(x) - k + 1 {
			s = s.Add(dual.Sum(x[i : i+k]).Sin().Sqr())
		}
		return s
	}
}

func windowsPlain(k int) func(x []float64) float64 {
	return func(x []float64) float64 {
		s := 0.0
		for i := range len(x) - k + 1 {
			t := 0.0
			for _, v := range x[i : i+k] {
				t += v
			}
			t = math.Sin(t)
			s += t * t
		}
		return s
	}
}
