package mixed

import (
	"iter"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/internal/parallel"
)

// chunk is the number of elements that a worker of Elementwise takes at a time.
const chunk = 64

// Elementwise puts the derivatives of order 0, 1, …, order of f at each element
// of x into the rows of dst, one row an order and one column an element, and
// returns it. f is recorded once, and replayed in the arithmetic of Taylor
// series; it is recorded again where it takes another branch. A nil dst is
// allocated and an empty one is given its size. The option [Workers] spreads the
// elements over goroutines, which may call f at the same time. It panics with an
// [Error] if the order is negative or dst has another size.
func Elementwise(dst *mat.Dense, f func(Var) Var, x []float64, order int, opts ...Option) *mat.Dense {
	checkFunc("Elementwise", f == nil)
	checkOrder("Elementwise", order)
	if dst == nil {
		dst = new(mat.Dense)
	}
	n := len(x)
	if n == 0 && dst.IsEmpty() {
		return dst
	}
	if dst.IsEmpty() {
		dst.ReuseAs(order+1, n)
	} else if r, c := dst.Dims(); r != order+1 || c != n {
		fail("Elementwise: dst is %d×%d, want %d×%d", r, c, order+1, n)
	}
	s := settings(opts)
	fn := NewFunc(func(x []Var) Var { return f(x[0]) }, opts...)
	blocks := (n + chunk - 1) / chunk
	elements := func(b int) {
		d, unit := make([]float64, order+1), []float64{1}
		for i := b * chunk; i < min(n, (b+1)*chunk); i++ {
			q := fn.At(x[i : i+1])
			q.Directional(d, unit, order)
			q.Close()
			for k, v := range d {
				dst.Set(k, i, v)
			}
		}
	}
	workers := min(s.workers, blocks)
	if workers <= 1 {
		for b := range blocks {
			elements(b)
		}
		return dst
	}
	parallel.Tasks(workers, blocks, func(tasks iter.Seq[int]) {
		for b := range tasks {
			elements(b)
		}
	})
	return dst
}
