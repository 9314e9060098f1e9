package jet

import (
	"math"
	"sync"
)

// An Option changes how a driver works, never its result.
type Option struct {
	workers int
}

// Workers spreads the evaluations of the function over n goroutines, which
// call it at the same time. It pays where one evaluation takes much longer
// than some microseconds. Workers(1) is the default. It panics with an [Error]
// if n is less than 1.
func Workers(n int) Option {
	if n < 1 {
		fail("Workers: n = %d, want at least 1", n)
	}
	return Option{workers: n}
}

// workersOf returns how many goroutines are to share n tasks.
func workersOf(opts []Option, n int) int {
	workers := 1
	for _, o := range opts {
		workers = o.workers
	}
	return min(workers, n)
}

// A pool keeps what drivers need while they run, for any goroutine.
type pool[T any] struct{ free sync.Pool }

func (p *pool[T]) get() *T {
	if w, ok := p.free.Get().(*T); ok {
		return w
	}
	return new(T)
}

func (p *pool[T]) put(w *T) { p.free.Put(w) }

// A line is a workspace with the arguments of a function of several variables
// and a direction.
type line struct {
	w    Workspace[float64]
	x    []Jet64
	v    []float64
	vars []int
}

var lines pool[line]

// begin makes room for the arguments of a function of n variables.
func (l *line) begin(n int) {
	if cap(l.x) < n {
		l.x = make([]Jet64, n)
		l.v = make([]float64, n)
	}
	l.x, l.v = l.x[:n], l.v[:n]
}

// at returns the jet of f on the line x + t·v. What does not move is constant.
func (l *line) at(f func([]Jet64) Jet64, x, v []float64, order int) Jet64 {
	l.w.Reset()
	for i := range l.x {
		n := 1
		if order > 0 && v[i] != 0 {
			n = order + 1
		}
		z := l.w.alloc(n)
		clear(z)
		z[0] = x[i]
		if n > 1 {
			z[1] = v[i]
		}
		l.x[i] = Jet64{z, &l.w}
	}
	return f(l.x)
}

// coeffOf returns the coefficient of t^k of a jet that a function returned for
// arguments of order k or more. Beyond the order of a jet that varies it is not
// known.
func coeffOf(y Jet64, k int) float64 {
	switch {
	case k < len(y.c):
		return y.c[k]
	case len(y.c) <= 1:
		return 0
	}
	return math.NaN()
}

// derivativeOf returns the k-th derivative of such a jet.
func derivativeOf(y Jet64, k int) float64 { return scaleFactorialFloat(coeffOf(y, k), k) }
