package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// TensorInv returns the inverse of a as a linear map from its axes from ind on
// to the ones before, whose lengths have the same product.
func TensorInv(a np.Array, ind int) np.Array {
	if ind < 1 || ind > a.NDim() {
		np.Fail("linalg: TensorInv: %d axes of an array of %d dimensions", ind, a.NDim())
	}
	to, of := a.Shape()[:ind], a.Shape()[ind:]
	if product(to) != product(of) {
		np.Fail("linalg: TensorInv: shape %s is not square after axis %d", shape(a), ind)
	}
	m := np.Reshape(a, product(to), product(of))
	return np.Reshape(Inv(m), append(slices.Clone(of), to...)...)
}

// TensorSolve returns the x whose sum of products with a over all axes of x is
// b. The axes of a are those of b and then those of x; those given in axes are
// moved to the end first.
func TensorSolve(a, b np.Array, axes ...int) np.Array {
	if len(axes) > 0 {
		a = np.Transpose(a, moved(a, axes)...)
	}
	k := b.NDim()
	if k > a.NDim() || product(a.Shape()[k:]) != b.Size() || product(a.Shape()[:k]) != b.Size() {
		doNotFit("TensorSolve", a, b)
	}
	n := b.Size()
	of := slices.Clone(a.Shape()[k:])
	return np.Reshape(Solve(np.Reshape(a, n, n), np.Reshape(b, n)), of...)
}

// moved returns the order of the axes of a with the given ones at the end.
func moved(a np.Array, axes []int) []int {
	dim := a.NDim()
	last := make([]int, len(axes))
	for i, x := range axes {
		if x < -dim || x >= dim {
			np.Fail("linalg: TensorSolve: axis %d of an array of %d dimensions", x, dim)
		}
		last[i] = (x + dim) % dim
	}
	var perm []int
	for i := range dim {
		if !slices.Contains(last, i) {
			perm = append(perm, i)
		}
	}
	return append(perm, last...)
}
