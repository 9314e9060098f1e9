package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

// polarOp takes matrices of at least as many rows as columns.
var polarOp = &np.Op{Name: "linalg.Polar"}

func init() {
	polarOp.EvalAll = func(c *np.Call) []np.Array {
		u, s, vh := svdValue(c.In[0], false)
		return []np.Array{mul(u, vh), hermitian(mul(np.Mul(h(vh), row(s)), vh))}
	}
	// uᴴ·da = x·p + dp with x = uᴴ·du antihermitian, so that x·p + p·x is twice
	// the antihermitian part.
	polarOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		m, n := size(c.In[0])
		u, p := c.Out[0], c.Out[1]
		y := mul(h(u), v[0])
		f := schurDiagOp.Apply(nil, p)
		x := sylvesterOp.Apply(false, p, p, np.Sub(y, h(y)), f, f)
		du := mul(u, x)
		if m > n {
			rest := np.Sub(v[0], mul(u, y))
			du = np.Add(du, h(Solve(p, h(rest))))
		}
		return []np.Array{du, np.Sub(y, mul(x, p))}
	}
}

// Polar returns the polar decomposition a = u·p of m×n matrices: p is the
// Hermitian positive semidefinite square root of aᴴ·a, n×n, and the columns of
// the m×n matrix u are orthonormal, or its rows if m < n. With [Left] it
// returns that of a = p·u, where p is m×m. Equal singular values do no harm to
// derivatives; at a matrix of less than full rank u is not unique, and
// derivatives are infinite or NaN.
func Polar(a np.Array, opts ...Option) (u, p np.Array) {
	matrices("Polar", a)
	m, n := size(a)
	left := join(opts)&Left != 0
	if m < n {
		u, p = Polar(h(a), (join(opts)^Left)&Left)
		return h(u), p
	}
	out := polarOp.ApplyAll(nil, a)
	u, p = out[0], out[1]
	if left {
		p = hermitian(mul(a, h(u)))
	}
	return u, p
}
