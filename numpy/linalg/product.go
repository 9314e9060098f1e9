package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

// VecDot returns the sums of conj(x)·y along an axis of arrays that broadcast,
// as vecdot of NumPy.
func VecDot(x, y np.Array, axis int) np.Array {
	return np.Sum(np.Mul(np.Conj(x), y), np.Axis(axis))
}

// MatrixTranspose returns the transposes of matrices: x with its last two axes
// exchanged.
func MatrixTranspose(x np.Array) np.Array {
	matrices("MatrixTranspose", x)
	return t(x)
}
