package reverse

import (
	"iter"

	"github.com/dualjet/dualjet/internal/parallel"
)

// An Option changes how a driver works, never its result.
type Option struct {
	workers int
}

// Workers spreads the terms of a sum over n goroutines, which call the
// function at the same time. Workers(1) is the default. It panics with an
// [Error] if n is less than 1.
func Workers(n int) Option {
	if n < 1 {
		fail("Workers: n = %d, want at least 1", n)
	}
	return Option{workers: n}
}

// maxBlocks is the number of blocks into which a longer sum is split. They are
// added up in their order, so that the result does not depend on the workers.
const maxBlocks = 64

// GradientSum puts the gradient of Σ term(i, x) for i from 0 to n-1 into dst
// and returns it. Each term is recorded, swept and forgotten, so that the
// memory is that of the largest term. A nil dst is allocated, otherwise nothing
// is in steady state with one worker. It panics with an [Error] if the lengths
// of dst and x differ or n is negative. term must not keep its argument.
func GradientSum(dst []float64, n int, term func(i int, x []Var) Var, x []float64, opts ...Option) []float64 {
	_, dst = valueAndGradientSum("GradientSum", dst, n, term, x, opts)
	return dst
}

// ValueAndGradientSum is [GradientSum] that returns the value of the sum too.
func ValueAndGradientSum(dst []float64, n int, term func(i int, x []Var) Var, x []float64, opts ...Option) (y float64, grad []float64) {
	return valueAndGradientSum("ValueAndGradientSum", dst, n, term, x, opts)
}

func valueAndGradientSum(name string, dst []float64, n int, term func(int, []Var) Var, x []float64, opts []Option) (float64, []float64) {
	checkFunc(name, term == nil)
	if n < 0 {
		fail("%s: n = %d is negative", name, n)
	}
	if dst == nil {
		dst = make([]float64, len(x))
	}
	checkLen(name, "dst", len(dst), "x", len(x))
	workers := 1
	for _, o := range opts {
		workers = o.workers
	}
	blocks := min(maxBlocks, n)
	if workers = min(workers, blocks); workers > 1 {
		return sumParallel(dst, n, blocks, term, x, workers)
	}
	w := getWorkspace()
	defer workspaces.Put(w)
	// dst may be x, which each block reads.
	x = append(w.point[:0], x...)
	w.point = x
	clear(dst)
	sum := 0.0
	for b := range blocks {
		sum += w.block(b, blocks, n, term, x)
		for j := range dst {
			dst[j] += w.tape.bar[j+1]
		}
	}
	return sum, dst
}

// block differentiates the terms of block b of so many and returns their sum.
// The gradient is then in the adjoints of the variables.
func (w *workspace) block(b, blocks, n int, term func(int, []Var) Var, x []float64) float64 {
	v := w.begin(x)
	w.tape.grow()
	m := w.tape.Mark()
	sum := 0.0
	for i := b * n / blocks; i < (b+1)*n/blocks; i++ {
		y := term(i, v)
		sum += y.v
		w.tape.BackwardTo(m, y, 1)
	}
	return sum
}

// sumParallel lets each worker take the next block until there is none. A
// panic of term comes back in the goroutine of the caller.
func sumParallel(dst []float64, n, blocks int, term func(int, []Var) Var, x []float64, workers int) (float64, []float64) {
	var values [maxBlocks]float64
	grads := make([]float64, blocks*len(x))
	parallel.Tasks(workers, blocks, func(tasks iter.Seq[int]) {
		w := getWorkspace()
		defer workspaces.Put(w)
		for b := range tasks {
			values[b] = w.block(b, blocks, n, term, x)
			w.adjoints(grads[b*len(x):][:len(x)])
		}
	})
	clear(dst)
	sum := 0.0
	for b := range blocks {
		sum += values[b]
		for j := range dst {
			dst[j] += grads[b*len(x)+j]
		}
	}
	return sum, dst
}
