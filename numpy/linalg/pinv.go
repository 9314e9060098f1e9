package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

var (
	pinvOp = &np.Op{Name: "linalg.Pinv"}
	rankOp = &np.Op{Name: "linalg.MatrixRank", Flat: true}
)

func init() {
	pinvOp.Eval = func(c *np.Call) np.Array {
		u, s, vh := svdValue(c.In[0], false)
		cut := np.LessEqual(s, cutoff(c.In[0], s, c.Param.(float64)))
		inv := np.Where(cut, np.Array{}, np.Div(np.Scalar(1), s))
		return mul(np.Mul(h(vh), row(inv)), h(u))
	}
	// The rule of Golub and Pereyra (1973), for matrices of constant rank.
	pinvOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		a, p := c.In[0], c.Out[0]
		vh, ph := h(v), h(p)
		d := mul(mul(p, v), p).Neg()
		pv := mul(mul(p, ph), vh)
		vp := mul(mul(vh, ph), p)
		d = np.Add(d, np.Sub(pv, mul(mul(pv, a), p)))
		return np.Add(d, np.Sub(vp, mul(p, mul(a, vp))))
	}
	rankOp.Eval = func(c *np.Call) np.Array {
		s := svdValues(c.In[0])
		return np.Sum(np.Greater(s, cutoff(c.In[0], s, -1)), np.Axis(-1))
	}
}

// cutoff returns up to where singular values s of a count as 0, as [Pinv] says.
func cutoff(a, s np.Array, rcond float64) np.Array {
	if rcond < 0 {
		m, n := size(a)
		rcond = float64(max(m, n)) * 0x1p-52
	}
	return column(largest(s)).Scale(rcond)
}

// Pinv returns the pseudo-inverses of matrices. Singular values up to rcond
// times the largest count as 0; a negative rcond stands for the larger of the
// two lengths times 2⁻⁵². Derivatives are those among matrices of the same
// rank.
func Pinv(a np.Array, rcond float64) np.Array {
	matrices("Pinv", a)
	return pinvOp.Apply(rcond, a)
}

// PinvH returns the pseudo-inverses of Hermitian matrices, as [Pinv]. It takes
// the Hermitian part, or with [Lower] or [Upper] one triangle, as [Eigh] does.
func PinvH(a np.Array, rcond float64, opts ...Option) np.Array {
	square("PinvH", a)
	return pinvOp.Apply(rcond, hermitianOf(a, join(opts)))
}

// LstSq returns the x of least norm among those that make the norm of a·x-b
// least. As in [Solve], b may be a vector; see [Pinv] for rcond. See [LstSqAll]
// for what else NumPy returns.
func LstSq(a, b np.Array, rcond float64) np.Array {
	matrices("LstSq", a)
	return withVector("LstSq", a, b, func(a, b np.Array) np.Array { return mul(Pinv(a, rcond), b) })
}

// LeastSquares is the result of [LstSqAll] for m×n matrices a and m×k matrices
// b, or vectors b, for which there is no k.
type LeastSquares struct {
	// X is the solution that [LstSq] returns, n×k.
	X np.Array
	// Residuals are the sums of |a·x-b|², one for each of the k columns. Unlike
	// in NumPy they are there also if a does not have n independent columns.
	Residuals np.Array
	// Rank is the number of singular values of a that do not count as 0.
	Rank np.Array
	// S has the singular values of a, in descending order.
	S np.Array
}

// LstSqAll returns the least squares solution that [LstSq] returns, with the
// residuals, the rank and the singular values. X, Residuals and S have
// derivatives, those of X being among matrices of the same rank.
func LstSqAll(a, b np.Array, rcond float64) LeastSquares {
	matrices("LstSqAll", a)
	r := LeastSquares{S: SVDVals(a)}
	r.Rank = np.Sum(np.Greater(r.S, cutoff(a, r.S, rcond)), np.Axis(-1))
	r.X = withVector("LstSqAll", a, b, func(a, b np.Array) np.Array {
		x := mul(Pinv(a, rcond), b)
		d := np.Sub(mul(a, x), b)
		r.Residuals = np.Sum(np.Real(np.Mul(d, np.Conj(d))), np.Axis(-2))
		return x
	})
	if b.NDim() == 1 {
		r.Residuals = np.Reshape(r.Residuals, lead(a)...)
	}
	return r
}

// MatrixRank returns the numbers of singular values that are larger than the
// largest one times 2⁻⁵² and the larger length of the matrix.
func MatrixRank(a np.Array) np.Array {
	matrices("MatrixRank", a)
	return rankOp.Apply(nil, a)
}

// Cond returns the condition numbers of matrices: the norm of a times that of
// its inverse, in the norm that the option selects. Without one it is the
// ratio of the largest and the smallest singular value, also of matrices that
// are not square.
func Cond(a np.Array, opts ...NormOption) np.Array {
	matrices("Cond", a)
	if len(opts) == 0 {
		s := SVDVals(a)
		return np.Div(np.Max(s, np.Axis(-1)), np.Min(s, np.Axis(-1)))
	}
	square("Cond", a)
	opts = append(slices.Clone(opts), Axis(-2, -1))
	return np.Mul(Norm(a, opts...), Norm(Inv(a), opts...))
}
