package integrate

import (
	"slices"

	"gonum.org/v1/gonum/integrate/quad"

	np "github.com/dualjet/dualjet/numpy"
)

// Quad returns the integral of f from a to b by the formula of Gauss and
// Legendre with n nodes, exact for polynomials of degree up to 2n-1. It is
// differentiable in a, b and what f captures.
//
// The limits are finite and broadcast. f is called once, with x of the nodes
// along a first axis of length n in front of the axes of the limits, and
// returns its values with the same first axis; what follows it must broadcast
// with the limits, and is the shape of the result. Complex limits make an
// integral along the straight line between them.
//
// Quad panics with a numpy.Error if n is not positive or f returns an array
// without that first axis.
func Quad(f func(x np.Array) np.Array, a, b np.Array, n int) np.Array {
	if n < 1 {
		np.Fail("integrate: Quad: %d nodes", n)
	}
	node, weight := make([]float64, n), make([]float64, n)
	quad.Legendre{}.FixedLocations(node, weight, -1, 1)
	half, middle := np.Sub(b, a).Scale(0.5), np.Add(a, b).Scale(0.5)

	column := append([]int{n}, slices.Repeat([]int{1}, half.NDim())...)
	y := f(np.Add(middle, np.Mul(half, np.FromSlice(node, column...))))
	if y.NDim() == 0 || y.Shape()[0] != n {
		np.Fail("integrate: Quad: f has shape %v, want a first axis of length %d", y.Shape(), n)
	}
	return np.Mul(half, np.TensorDot(np.FromSlice(weight), y, 1))
}
