package jet

import (
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/internal/parallel"
)

// Derivatives puts f(x), f'(x), … up to the derivative of the given order into
// dst and returns it. A nil dst is allocated, otherwise nothing is in steady
// state. It calls f once, and again with more orders at a singular point that
// costs some. Derivatives that do not exist are NaN. It panics with an [Error] if
// the order is negative or the length of dst is not order+1. f must not keep its
// argument.
func Derivatives(dst []float64, f func(Jet64) Jet64, x float64, order int) []float64 {
	checkFunc("Derivatives", f == nil)
	dst = derivativesDst("Derivatives", dst, order)
	w := scalars.get()
	defer scalars.put(w)
	derivativesTo(dst, w, "Derivatives", f, x)
	return dst
}

// derivativesDst checks or makes a destination for derivatives up to an order.
func derivativesDst(name string, dst []float64, order int) []float64 {
	checkOrder(name, order)
	if dst == nil {
		dst = make([]float64, order+1)
	}
	if len(dst) != order+1 {
		fail("%s: len(dst) = %d, want order+1 = %d", name, len(dst), order+1)
	}
	return dst
}

// scalars keeps the workspaces for functions of one variable.
var scalars pool[Workspace[float64]]

// derivativesTo puts the derivatives of f at x into dst.
func derivativesTo(dst []float64, w *Workspace[float64], name string, f func(Jet64) Jet64, x float64) {
	if checking {
		checkLeak(name, f(New(x)))
	}
	y := known(len(dst)-1, func(order int) Jet64 {
		w.Reset()
		return f(w.Variable(x, order))
	})
	for k := range dst {
		dst[k] = derivativeOf(y, k)
	}
}

// known returns run(order), or the series of a higher order if a singular point,
// where a quotient or root costs orders, would leave some of those asked for
// unknown.
func known(order int, run func(order int) Jet64) Jet64 {
	y := run(order)
	for before := -2; ; {
		k := y.KnownOrder()
		if k >= order || k <= before || k == 0 && len(y.c) < 2 {
			break // all are known, more do not help, or y is constant
		}
		before = k
		y = run(order + max(order-k+1, 4))
	}
	return y
}

// Taylor returns the Taylor series of f at x up to the given order. It is a jet
// on its own, without a workspace. It panics with an [Error] if the order is
// negative. f must not keep its argument.
func Taylor(f func(Jet64) Jet64, x float64, order int) Jet64 {
	checkFunc("Taylor", f == nil)
	checkOrder("Taylor", order)
	if checking {
		checkLeak("Taylor", f(New(x)))
	}
	w := scalars.get()
	defer scalars.put(w)
	y := known(order, func(order int) Jet64 {
		w.Reset()
		return f(w.Variable(x, order))
	})
	z := Jet64{c: make([]float64, order+1)}
	for k := range z.c {
		z.c[k] = coeffOf(y, k)
	}
	return z
}

// Directional puts the derivatives of f(x+t·v) for t at 0, from the value up to
// the given order, into dst and returns it. A nil dst is allocated, otherwise
// nothing is in steady state. It calls f as [Derivatives] does; variables that v
// leaves where they are cost little. It panics with an [Error] if the order is negative, the
// lengths of x and v differ or that of dst is not order+1. f must not keep its
// argument.
func Directional(dst []float64, f func([]Jet64) Jet64, x, v []float64, order int) []float64 {
	checkFunc("Directional", f == nil)
	checkLen("Directional", "v", len(v), "x", len(x))
	dst = derivativesDst("Directional", dst, order)
	l := lines.get()
	defer lines.put(l)
	l.begin(len(x))
	if checking {
		checkLeak("Directional", l.at(f, x, v, 0))
	}
	y := known(order, func(order int) Jet64 { return l.at(f, x, v, order) })
	for k := range dst {
		dst[k] = derivativeOf(y, k)
	}
	return dst
}

// DerivativesEach is [Derivatives] at every element of x: row i of dst, which
// is returned, holds the derivatives at x[i] and column k those of order k. A
// nil dst is allocated and an empty one is given its size, otherwise nothing is
// allocated in steady state by one of the [Workers]. For each element it calls f
// as [Derivatives] does. Without elements, dst is empty. It panics with an
// [Error] if the order is negative or dst is not len(x)×(order+1).
func DerivativesEach(dst *mat.Dense, f func(Jet64) Jet64, x []float64, order int, opts ...Option) *mat.Dense {
	checkFunc("DerivativesEach", f == nil)
	checkOrder("DerivativesEach", order)
	n := len(x)
	if dst == nil {
		dst = new(mat.Dense)
	}
	if n == 0 && dst.IsEmpty() {
		return dst
	}
	if dst.IsEmpty() {
		dst.ReuseAs(n, order+1)
	} else if r, c := dst.Dims(); r != n || c != order+1 {
		fail("DerivativesEach: dst is %d×%d, want len(x) = %d × order+1 = %d", r, c, n, order+1)
	}
	derivativesSpread(dst, f, x, workersOf(opts, n))
	return dst
}

func derivativesSpread(dst *mat.Dense, f func(Jet64) Jet64, x []float64, workers int) {
	if workers == 1 {
		derivativesRows(dst, f, x, 0, len(x), 1)
		return
	}
	parallel.Do(workers, func(k int) { derivativesRows(dst, f, x, k, len(x), workers) })
}

// derivativesRows fills the rows lo, lo+step, ….
func derivativesRows(dst *mat.Dense, f func(Jet64) Jet64, x []float64, lo, n, step int) {
	w := scalars.get()
	defer scalars.put(w)
	for i := lo; i < n; i += step {
		derivativesTo(dst.RawRowView(i), w, "DerivativesEach", f, x[i])
	}
}
