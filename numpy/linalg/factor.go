package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

// Factors are square matrices with their factors, for several systems of
// equations with the same matrices. The zero value is of no use; see [Factor].
type Factors struct{ a, f np.Array }

// Factor factors square matrices, exchanging rows, as lu_factor of SciPy does.
// What the methods return has derivatives by a of any order, which use the
// same factors.
func Factor(a np.Array) Factors {
	square("Factor", a)
	return Factors{a, factors(a)}
}

// Solve returns what the function [Solve] does for the matrices. With [Trans]
// or [ConjTrans] it solves the system with their transposes or conjugate
// transposes.
func (x Factors) Solve(b np.Array, opts ...Option) np.Array {
	o := join(opts)
	return withVector("Factors.Solve", x.a, b, func(a, b np.Array) np.Array {
		if o&ConjTrans != 0 {
			return np.Conj(solveOp.Apply(true, a, np.Conj(b), x.f))
		}
		return solveOp.Apply(o&Trans != 0, a, b, x.f)
	})
}

// Inv returns the inverses, as the function [Inv].
func (x Factors) Inv() np.Array { return inverse(x.a, x.f, false) }

// Det returns the determinants, as the function [Det].
func (x Factors) Det() np.Array { return detOp.Apply(nil, x.a, x.f) }

// SlogDet returns sign and logarithm of the determinants, as the function
// [SlogDet].
func (x Factors) SlogDet() (sign, logabs np.Array) {
	return signOp.Apply(nil, x.a, x.f), logDetOp.Apply(nil, x.a, x.f)
}

// inverse returns the inverses of the matrices of a, whose factors are f, or
// the transposes of the inverses.
func inverse(a, f np.Array, trans bool) np.Array {
	_, n := size(a)
	return solveOp.Apply(trans, a, eye(n), f)
}
