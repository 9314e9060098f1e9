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
		f := svdValue(c.In[0])
		s := f[1]
		m, n := size(c.In[0])
		rcond := c.Param.(float64)
		if rcond < 0 {
			rcond = float64(max(m, n)) * 0x1p-52
		}
		cut := np.LessEqual(s, np.Mul(np.Scalar(rcond), column(largest(s))))
		inv := np.Where(cut, np.Array{}, np.Div(np.Scalar(1), s))
		return mul(np.Mul(h(f[2]), row(inv)), h(f[0]))
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
		m, n := size(c.In[0])
		s := svdValue(c.In[0])[1]
		tol := column(largest(s)).Scale(float64(max(m, n)) * 0x1p-52)
		return np.Sum(np.Greater(s, tol), np.Axis(-1))
	}
}

// Pinv returns the pseudo-inverses of matrices. Singular values up to rcond
// times the largest count as 0; a negative rcond stands for the larger of the
// two lengths times 2⁻⁵². Derivatives are those among matrices of the same
// rank.
func Pinv(a np.Array, rcond float64) np.Array {
	matrices("Pinv", a)
	return pinvOp.Apply(rcond, a)
}

// LstSq returns the x of least norm among those that make the norm of a·x-b
// least. As in [Solve], b may be a vector; see [Pinv] for rcond.
func LstSq(a, b np.Array, rcond float64) np.Array {
	matrices("LstSq", a)
	return withVector("LstSq", a, b, func(a, b np.Array) np.Array { return mul(Pinv(a, rcond), b) })
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
