package optimizers

import (
	"slices"
	"sync"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	np "github.com/dualjet/dualjet/numpy"
)

// Problem returns f, a function of a vector with a single real value, with its
// gradient and Hessian as a problem for gonum's [optimize.Minimize]. Value and
// gradient at the same point, asked for in turn, take one evaluation of f. The
// functions may be called by several goroutines, as f then must.
func Problem(f func(np.Array) np.Array) optimize.Problem {
	hess := np.Hessian(f)
	last := lastPoint{f: f}
	return optimize.Problem{
		Func: func(x []float64) float64 {
			y, _ := last.at(x)
			return y.Float64()
		},
		Grad: func(g, x []float64) {
			y, pull := last.at(x)
			copy(g, pull(np.OnesLike(y)).Float64s())
		},
		Hess: func(h *mat.SymDense, x []float64) {
			n := len(x)
			v := hess(np.FromSlice(x)).Float64s()
			if h.IsEmpty() {
				h.ReuseAsSym(n)
			}
			for i := range n {
				for j := i; j < n; j++ {
					h.SetSym(i, j, (v[i*n+j]+v[j*n+i])/2)
				}
			}
		},
	}
}

// A lastPoint keeps what is known of a function at the point where it was last
// wanted.
type lastPoint struct {
	f func(np.Array) np.Array

	mu   sync.Mutex
	x    []float64
	y    np.Array
	pull func(np.Array) np.Array
}

// at returns the value at x and its pullback, by which the gradient costs no
// further evaluation.
func (p *lastPoint) at(x []float64) (y np.Array, pull func(np.Array) np.Array) {
	p.mu.Lock()
	if p.pull != nil && slices.Equal(p.x, x) {
		defer p.mu.Unlock()
		return p.y, p.pull
	}
	p.mu.Unlock()
	y, pull = np.VJP(p.f, np.FromSlice(x))
	if y.Size() != 1 || y.IsComplex() {
		np.Fail("optimizers: Problem: the value of the function has shape %v, want one real number", y.Shape())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.x, p.y, p.pull = append(p.x[:0], x...), y, pull
	return y, pull
}

// TreeProblem is [Problem] for a function of a tree of real arrays. It returns
// the vector of the tree too, a place to start, and the function that makes a
// tree of a vector.
func TreeProblem[P any](f func(P) np.Array, tree P) (p optimize.Problem, x []float64, unflatten func(x []float64) P) {
	flat, vec, un := np.FlattenFunc(f, tree)
	if vec.IsComplex() {
		np.Fail("optimizers: TreeProblem: the tree holds complex arrays")
	}
	x = append(x, vec.Float64s()...)
	return Problem(flat), x, func(x []float64) P { return un(np.FromSlice(x)) }
}
