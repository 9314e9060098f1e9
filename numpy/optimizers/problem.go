package optimizers

import (
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	np "github.com/dualjet/dualjet/numpy"
)

// Problem returns f, a function of a vector with a single real value, with its
// gradient and Hessian as a problem for gonum's [optimize.Minimize].
func Problem(f func(np.Array) np.Array) optimize.Problem {
	grad, hess := np.Grad(f), np.Hessian(f)
	return optimize.Problem{
		Func: func(x []float64) float64 { return f(np.FromSlice(x)).Float64() },
		Grad: func(g, x []float64) { copy(g, grad(np.FromSlice(x)).Float64s()) },
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
