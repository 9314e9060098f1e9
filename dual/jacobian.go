package dual

import (
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/internal/parallel"
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

// Jacobian puts the m×n matrix of the derivatives of f at x into dst and
// returns it: row i holds the gradient of output i. A nil dst is allocated and
// an empty one is given its size, otherwise nothing is allocated. It calls f
// ⌈n/3⌉ times, whatever m. If there are no inputs or no outputs, dst is empty.
//
// It panics with an [Error] if dst has another size or f returns a different
// number of outputs in different calls. f must not keep its argument; it may
// return the same slice every time unless there are several [Workers].
func Jacobian(dst *mat.Dense, f func([]Number3) []Number3, x []float64, opts ...Option) *mat.Dense {
	checkFunc("Jacobian", f == nil)
	workers := 1
	for _, o := range opts {
		workers = o.workers
	}
	n := len(x)
	if dst == nil {
		dst = new(mat.Dense)
	}
	if n == 0 {
		if !dst.IsEmpty() {
			r, c := dst.Dims()
			fail("Jacobian: dst is %d×%d, want len(x) = 0 columns", r, c)
		}
		return dst
	}

	// The first pass tells the number of outputs.
	w := numbers3.get(n)
	defer numbers3.put(w)
	constants(w.x, x, func(x float64) Number3 { return Number3{V: x} })
	if checking {
		for _, z := range f(w.x) {
			checkLeak("Jacobian", z.D1, z.D2, z.D3)
		}
	}
	seed3(w.x, 0, 1)
	y := f(w.x) // perhaps w.x itself: the tangents are read before they are reset
	m := len(y)
	if m == 0 && dst.IsEmpty() {
		return dst
	}
	if dst.IsEmpty() {
		dst.ReuseAs(m, n)
	} else if r, c := dst.Dims(); r != m || c != n {
		fail("Jacobian: dst is %d×%d, want %d outputs × len(x) = %d", r, c, m, n)
	}
	raw := dst.RawMatrix()
	columns3(raw.Data, raw.Stride, n, 0, y)
	seed3(w.x, 0, 0)

	passes := (n + 2) / 3
	if workers = min(workers, passes-1); workers > 1 {
		jacobianParallel(raw.Data, raw.Stride, m, f, x, workers)
		return dst
	}
	for i := 3; i < n; i += 3 {
		jacobianPass(raw.Data, raw.Stride, m, f, w.x, i)
	}
	return dst
}

// jacobianPass fills the columns i, i+1 and i+2. The workspace x holds the
// point without tangents.
func jacobianPass(dst []float64, stride, m int, f func([]Number3) []Number3, x []Number3, i int) {
	seed3(x, i, 1)
	y := f(x)
	if len(y) != m {
		fail("Jacobian: f returned %d outputs, then %d", m, len(y))
	}
	columns3(dst, stride, len(x), i, y)
	seed3(x, i, 0)
}

// columns3 stores the three tangents of y in the columns from i on.
func columns3(dst []float64, stride, n, i int, y []Number3) {
	for r, z := range y {
		row := dst[r*stride : r*stride+n]
		row[i] = z.D1
		if i+1 < n {
			row[i+1] = z.D2
		}
		if i+2 < n {
			row[i+2] = z.D3
		}
	}
}

// jacobianParallel does all passes but the first. Worker k does every
// workers-th of them, so that each column has one owner. A panic of f comes
// back in the goroutine of the caller.
func jacobianParallel(dst []float64, stride, m int, f func([]Number3) []Number3, x []float64, workers int) {
	parallel.Do(workers, func(k int) {
		w := make([]Number3, len(x))
		constants(w, x, func(x float64) Number3 { return Number3{V: x} })
		for i := 3 + 3*k; i < len(x); i += 3 * workers {
			jacobianPass(dst, stride, m, f, w, i)
		}
	})
}

// JVP puts the product of the Jacobian of f at x with the direction v into dst
// and returns it, from one evaluation of f. A nil dst is allocated, otherwise
// nothing is. It panics with an [Error] if the lengths of x and v, or those of
// dst and the output of f, differ. f must not keep its argument.
func JVP(dst []float64, f func([]Number64) []Number64, x, v []float64) []float64 {
	checkFunc("JVP", f == nil)
	checkLen("JVP", "v", len(v), "x", len(x))
	w := numbers.get(len(x))
	defer numbers.put(w)
	if checking {
		constants(w.x, x, func(x float64) Number64 { return Number64{V: x} })
		for _, z := range f(w.x) {
			checkLeak("JVP", z.D)
		}
	}
	for i := range x {
		w.x[i] = Number64{x[i], v[i]}
	}
	y := f(w.x)
	if dst == nil {
		dst = make([]float64, len(y))
	}
	checkLen("JVP", "dst", len(dst), "f(x)", len(y))
	for i, z := range y {
		dst[i] = z.D
	}
	return dst
}
