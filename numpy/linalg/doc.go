// Package linalg does linear algebra on arrays that differentiate: matrices
// over the last two axes, with any number of leading axes for batches, which
// broadcast. Matrices may be real or complex.
//
//	x := linalg.Solve(a, b)            // a·x = b
//	l := linalg.Cholesky(a)            // a = l·lᴴ
//	w, v := linalg.Eigh(a)             // eigenvalues and vectors
//	u, s, vh := linalg.SVD(a)
//	n := linalg.Norm(a, linalg.Fro)
//	c := linalg.Polyfit(x, y, 3)
//
//	systems         Solve Factor CholSolve SolveTriangular SolveBanded
//	                SolveToeplitz TensorSolve; LstSq LstSqAll Polyfit PolyfitCov
//	equations       SolveSylvester SolveLyapunov SolveDiscreteLyapunov
//	inverses        Inv Pinv PinvH TensorInv
//	decompositions  LU Cholesky QR SVD Polar
//	eigenvalues     Eig Eigvals Eigh EigvalsH EighGeneral
//	values          Det SlogDet Norm VectorNorm MatrixNorm Cond MatrixRank SVDVals
//	spaces          Orth NullSpace
//	functions       Expm Logm Sqrtm Sinm Cosm MatrixPower FractionalMatrixPower
//	products        MultiDot VecDot; numpy.MatMul, numpy.Einsum
//	structure       Toeplitz Hankel Circulant Companion BlockDiag MatrixTranspose
//
// It has what NumPy's linalg has, and of SciPy's the functions of matrices,
// triangular and banded systems, the equations of Sylvester and Lyapunov, more
// decompositions and matrices with a structure. Names are theirs as Go spells
// them; keywords are options, such as [Lower] and [Full].
//
// Every function has derivatives of any order in every mode. The rules are
// those of Giles, "Collected matrix derivative results for forward and reverse
// mode algorithmic differentiation" (2008), and Seeger et al.,
// "Auto-differentiating linear algebra" (2017). The rules of [Solve], [Det],
// [SlogDet] and of Sylvester's equation use the factors that the value was
// computed from, so that a gradient costs little more than the value; [Factor]
// keeps them for further systems.
//
// # Degenerate matrices
//
// Data never panic. Where a result does not exist, as with the inverse of a
// singular matrix or the Cholesky factor of one that is not positive definite,
// all numbers of that matrix of the batch are NaN. The derivatives of [Det]
// are right at singular matrices too. Between equal eigenvalues or singular
// values, up to rounding errors, the factor 1/(λi-λj) in the derivatives of
// vectors is taken as 0. Then first derivatives are right of functions of the
// values in which equal ones count the same, and of projections on a whole
// common space. They are not of functions such as v·diag(f(w))·vᴴ; those have
// operations of their own: [Expm], [Logm], [Sqrtm], [Pinv], [Polar]. Derivatives
// of [Pinv], [LstSq] and what is made of them are those among matrices of the
// same rank.
//
// Vectors of [Eigh], [Eig] and [SVD] are determined up to a factor of modulus
// 1, a sign for real ones. Their derivatives are those with the factor that
// moves the vectors least, so that only functions that do not depend on it
// have derivatives with a meaning. The same holds for bases of a space: that of
// [NullSpace] and [Orth], and what [Full] adds to [SVD] and [QR]. Their vectors
// do not turn among themselves, and only functions that no rotation of the basis
// changes, such as the projection on the space, have derivatives with a meaning.
//
// Shapes that do not fit panic with a numpy.Error.
package linalg
