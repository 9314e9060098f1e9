package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

// NullSpace returns an orthonormal basis of the vectors that an m×n matrix maps
// to 0, as the columns of an n×k matrix. Singular values up to rcond times the
// largest count as 0; see [Pinv] for a negative rcond. Derivatives are those
// among matrices of the same rank. As the basis is determined up to a rotation,
// only functions that do not depend on it have derivatives with a meaning; see
// [SVD].
func NullSpace(a np.Array, rcond float64) np.Array {
	_, vh, rank := ranked("NullSpace", a, rcond)
	return lastColumns(h(vh), rank)
}

// Orth returns an orthonormal basis of the vectors to which an m×n matrix maps
// others, as the columns of an m×k matrix. See [NullSpace] for rcond and
// derivatives.
func Orth(a np.Array, rcond float64) np.Array {
	u, _, rank := ranked("Orth", a, rcond)
	return firstColumns(u, rank)
}

// ranked returns the unitary matrices of the singular value decomposition of a
// single matrix, and its rank.
func ranked(name string, a np.Array, rcond float64) (u, vh np.Array, rank int) {
	if a.NDim() != 2 {
		np.Fail("linalg: %s: shape %s is not that of a matrix", name, shape(a))
	}
	u, s, vh := SVD(a, Full)
	s = s.Detach()
	return u, vh, int(np.Sum(np.Greater(s, cutoff(a, s, rcond))).Float64())
}
