package cases

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

func init() { groups = append(groups, fullFactors) }

// projection returns x·xᴴ of the columns of x from k on, which does not depend
// on the choice of a basis.
func projection(x np.Array, k int) np.Array {
	x = x.Index(np.Ellipsis, np.Span(k, x.Shape()[x.NDim()-1]))
	return np.MatMul(x, adjoint(x))
}

// fullFactors returns the cases of decompositions with square matrices.
func fullFactors() []Case {
	var all []Case
	add := func(op, py string, f func(np.Array) np.Array, a np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: one(f), In: []np.Array{a}, Tol: 1e-11})
		return &all[len(all)-1]
	}
	for _, a := range []np.Array{normal(1, 2, 2), normal(2, 3, 2), normal(3, 2, 4), normal(4, 2, 3, 1), normal(5, 1, 3), complexes(1, 3, 2), complexes(2, 2, 3), complexes(3, 2, 1, 2)} {
		m, n := a.Shape()[a.NDim()-2], a.Shape()[a.NDim()-1]
		const note = "further vectors are determined up to a rotation"
		c := add("SVD", "la.svd(x0)[1]", func(x np.Array) np.Array { _, s, _ := linalg.SVD(x, linalg.Full); return s }, a)
		c.NoJac = m != n
		c = add("SVD", "(lambda u: u @ np.conj(np.swapaxes(u, -1, -2)))(la.svd(x0)[0][..., min(x0.shape[-2:]):])",
			func(x np.Array) np.Array { u, _, _ := linalg.SVD(x, linalg.Full); return projection(u, min(m, n)) }, a)
		c.NoJac, c.Note = true, note
		c = add("SVD", "", func(x np.Array) np.Array {
			_, _, v := linalg.SVD(x, linalg.Full)
			return projection(adjoint(v), min(m, n))
		}, a)
		c.Note = note
		add("SVD", "", func(x np.Array) np.Array {
			_, _, v := linalg.SVD(x, linalg.Full)
			return abs2(v.Index(np.Ellipsis, np.Span(0, 1), np.Whole))
		}, a)
		if m <= n {
			add("QR", "np.exp(la.qr(x0, mode='complete')[0])", func(x np.Array) np.Array { q, _ := linalg.QR(x, linalg.Full); return np.Exp(q) }, a).NoJac = m != n
			add("QR", "np.exp(la.qr(x0, mode='complete')[1])", func(x np.Array) np.Array { _, r := linalg.QR(x, linalg.Full); return np.Exp(r) }, a).NoJac = m != n
			continue
		}
		add("QR", "(lambda q: q @ np.conj(np.swapaxes(q, -1, -2)))(la.qr(x0, mode='complete')[0][..., x0.shape[-1]:])",
			func(x np.Array) np.Array { q, _ := linalg.QR(x, linalg.Full); return projection(q, n) }, a).NoJac = true
		add("QR", "np.exp(la.qr(x0, mode='complete')[1])", func(x np.Array) np.Array { _, r := linalg.QR(x, linalg.Full); return np.Exp(r) }, a).NoJac = true
		add("QR", "", func(x np.Array) np.Array {
			q, r := linalg.QR(x, linalg.Full)
			return np.MatMul(q, np.Exp(r).AddConst(-1))
		}, a)
	}
	return all
}
