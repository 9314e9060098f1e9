package cases

import (
	"fmt"
	"slices"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

func init() { groups = append(groups, linearAlgebra, factorizations, norms, spectral) }

// adjoint is the conjugate transpose of matrices.
func adjoint(x np.Array) np.Array {
	axes := make([]int, x.NDim())
	for i := range axes {
		axes[i] = i
	}
	k := len(axes)
	axes[k-2], axes[k-1] = k-1, k-2
	return np.Conj(np.Transpose(x, axes...))
}

// definite returns Hermitian positive definite matrices.
func definite(x np.Array) np.Array {
	n := x.Shape()[x.NDim()-1]
	id := make([]float64, n*n)
	for i := range n {
		id[i*n+i] = 1
	}
	return np.Add(np.MatMul(x, adjoint(x)), np.Wrap(id, n, n))
}

// abs2 is |x|².
func abs2(x np.Array) np.Array { return np.Real(np.Mul(x, np.Conj(x))) }

// times multiplies the columns of x by s.
func times(x, s np.Array) np.Array {
	sh := s.Shape()
	k := len(sh) - 1
	return np.Mul(x, np.Reshape(s, append(slices.Clone(sh[:k]), 1, sh[k])...))
}

// linearAlgebra returns the cases of package linalg whose results are unique.
func linearAlgebra() []Case {
	var all []Case
	add := func(op, py string, f func([]np.Array) np.Array, in ...np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: f, In: in, Tol: 1e-12})
		return &all[len(all)-1]
	}
	for _, x := range []struct{ a, b np.Array }{
		{normal(1, 1, 1), normal(2, 1)},
		{normal(1, 3, 3), normal(2, 3)},
		{normal(3, 3, 3), normal(4, 3, 2)},
		{normal(5, 2, 3, 3), normal(6, 2, 3, 2)},
		{normal(7, 3, 3), normal(8, 2, 3, 1)},
		{normal(9, 2, 1, 2, 2), normal(10, 2, 2, 1)},
		{complexes(1, 3, 3), complexes(2, 3)},
		{complexes(3, 2, 2), normal(4, 2, 2)},
		{normal(5, 2, 2), complexes(6, 2, 2)},
	} {
		add("Solve", "la.solve(x0, x1)", two(linalg.Solve), x.a, x.b)
	}
	for _, a := range []np.Array{normal(1, 1, 1), normal(2, 2, 2), normal(3, 3, 3), normal(4, 2, 2, 2), complexes(1, 2, 2), complexes(2, 2, 3, 3)} {
		add("Inv", "la.inv(x0)", one(linalg.Inv), a)
		add("Det", "np.exp(la.det(x0))", one(func(a np.Array) np.Array { return np.Exp(linalg.Det(a)) }), a)
		add("SlogDet", "la.slogdet(x0)[0]", one(func(a np.Array) np.Array { s, _ := linalg.SlogDet(a); return s }), a).Flat = !a.IsComplex()
		add("SlogDet", "la.slogdet(x0)[1]", one(func(a np.Array) np.Array { _, l := linalg.SlogDet(a); return l }), a)
	}
	for _, a := range []np.Array{
		np.FromSlice([]float64{1, 2, 2, 4}, 2, 2),
		np.FromSlice([]float64{0, 0, 0, 0}, 2, 2),
		np.FromSlice([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3).Scale(0.25),
		np.FromSlice([]float64{1, 2, 2, 4, 1, 0, 0, 3}, 2, 2, 2),
		np.FromComplex([]complex128{1, 1i, -1i, 1}, 2, 2),
	} {
		c := add("Det", "", one(func(a np.Array) np.Array { return np.Exp(linalg.Det(a)) }), a)
		c.Note = "derivatives are right at singular matrices"
	}
	for _, x := range []struct{ a, b np.Array }{
		{positive(1, 3, 3), normal(2, 3)},
		{positive(3, 2, 3, 3), normal(4, 3, 2)},
		{complexes(1, 3, 3), complexes(2, 3, 1)},
	} {
		for _, o := range []struct {
			args string
			opts []linalg.Option
		}{
			{"lower=True", nil},
			{"lower=False", []linalg.Option{linalg.Upper}},
			{"lower=True, trans=1", []linalg.Option{linalg.Trans}},
			{"lower=False, trans=2", []linalg.Option{linalg.Upper, linalg.ConjTrans}},
			{"lower=True, unit_diagonal=True", []linalg.Option{linalg.Unit}},
		} {
			py := fmt.Sprintf("sla.solve_triangular(x0, x1, %s)", o.args)
			if x.a.NDim() > 2 {
				py = ""
			}
			add("SolveTriangular", py, two(func(a, b np.Array) np.Array { return linalg.SolveTriangular(a, b, o.opts...) }), x.a, x.b)
		}
		add("CholSolve", "", two(linalg.CholSolve), x.a, x.b)
	}
	return all
}

// factorizations returns the cases of package linalg that factor a matrix.
func factorizations() []Case {
	var all []Case
	add := func(op, py string, f func(np.Array) np.Array, a np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: one(f), In: []np.Array{a}, Tol: 1e-11})
		return &all[len(all)-1]
	}
	squares := []np.Array{normal(1, 1, 1), normal(2, 2, 2), normal(3, 3, 3), normal(4, 2, 2, 2), complexes(1, 2, 2), complexes(2, 3, 3), complexes(3, 2, 2, 2)}
	for _, a := range squares {
		add("Cholesky", "", func(x np.Array) np.Array { return linalg.Cholesky(definite(x)) }, a)
		spd := definite(a)
		add("Cholesky", "la.cholesky(x0)", func(x np.Array) np.Array { return linalg.Cholesky(x) }, spd)
		add("Cholesky", "", func(x np.Array) np.Array { return linalg.Cholesky(x, linalg.Lower) }, spd)
		add("Cholesky", "", func(x np.Array) np.Array { return linalg.Cholesky(x, linalg.Upper) }, spd)
		add("EigvalsH", "la.eigvalsh(x0)", func(x np.Array) np.Array { return linalg.EigvalsH(x) }, spd)
		add("EigvalsH", "", func(x np.Array) np.Array { return linalg.EigvalsH(x, linalg.Lower) }, spd)
		add("Eigh", "la.eigh(x0)[0]", func(x np.Array) np.Array { w, _ := linalg.Eigh(x, linalg.Upper); return w }, spd).NoJac = true
		add("Eigh", "np.abs(la.eigh(x0)[1])**2", func(x np.Array) np.Array { _, v := linalg.Eigh(x); return abs2(v) }, spd)
		add("Eigh", "", func(x np.Array) np.Array {
			w, v := linalg.Eigh(x)
			return np.MatMul(times(v, np.Exp(w.Neg())), adjoint(v))
		}, spd)
	}
	for _, a := range append(squares, normal(5, 3, 2), normal(6, 2, 3), normal(7, 2, 3, 1), complexes(4, 3, 2), complexes(5, 2, 3)) {
		add("SVDVals", "la.svd(x0, compute_uv=False)", linalg.SVDVals, a)
		add("SVD", "np.abs(la.svd(x0, full_matrices=False)[0])**2", func(x np.Array) np.Array { u, _, _ := linalg.SVD(x); return abs2(u) }, a)
		add("SVD", "np.abs(la.svd(x0, full_matrices=False)[2])**2", func(x np.Array) np.Array { _, _, v := linalg.SVD(x); return abs2(v) }, a)
		add("SVD", "", func(x np.Array) np.Array {
			u, s, v := linalg.SVD(x)
			return np.MatMul(times(u, np.Log1p(s)), v)
		}, a)
		m, n := a.Shape()[a.NDim()-2], a.Shape()[a.NDim()-1]
		py := func(s string) string {
			if m < n {
				return ""
			}
			return s
		}
		add("QR", py("np.exp(la.qr(x0)[0])"), func(x np.Array) np.Array { q, _ := linalg.QR(x); return np.Exp(q) }, a)
		add("QR", py("np.exp(la.qr(x0)[1])"), func(x np.Array) np.Array { _, r := linalg.QR(x); return np.Exp(r) }, a)
		add("QR", "", func(x np.Array) np.Array { q, r := linalg.QR(x); return np.MatMul(q, np.Exp(r)) }, a)
	}
	return all
}

// norms returns the cases of the norms and of what is made of factors.
func norms() []Case {
	var all []Case
	add := func(op, py string, f func(np.Array) np.Array, a np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: one(f), In: []np.Array{a}, Tol: 1e-11})
		return &all[len(all)-1]
	}
	norm := func(py string, x np.Array, opts ...linalg.NormOption) *Case {
		return add("Norm", fmt.Sprintf("la.norm(x0%s)", py), func(x np.Array) np.Array { return linalg.Norm(x, opts...) }, x)
	}
	type order struct {
		py  string
		opt linalg.NormOption
	}
	vectors := []order{
		{"2", linalg.Ord(2)}, {"1", linalg.Ord(1)}, {"3", linalg.Ord(3)}, {"1.5", linalg.Ord(1.5)}, {"-2", linalg.Ord(-2)},
		{"np.inf", linalg.Ord(inf)}, {"-np.inf", linalg.Ord(-inf)},
	}
	for _, x := range []np.Array{normal(1, 4), complexes(1, 3)} {
		norm("", x)
		for _, o := range vectors {
			norm(", "+o.py, x, o.opt)
		}
		norm(", 0", x, linalg.Ord(0)).Flat = true
	}
	norm(", axis=0", normal(2, 3, 2), linalg.Axis(0))
	norm(", 3, axis=-2, keepdims=True", normal(2, 2, 3, 2), linalg.Ord(3), linalg.Axis(-2), linalg.KeepDims)
	norm(", 1, axis=1", complexes(2, 2, 3), linalg.Ord(1), linalg.Axis(1))
	norm("", normal(3, 2, 3, 2))
	norm(", keepdims=True", normal(3, 2, 3, 2), linalg.KeepDims)
	matrices := []order{
		{"'fro'", linalg.Fro}, {"'nuc'", linalg.Nuc}, {"1", linalg.Ord(1)}, {"-1", linalg.Ord(-1)},
		{"np.inf", linalg.Ord(inf)}, {"-np.inf", linalg.Ord(-inf)}, {"2", linalg.Ord(2)}, {"-2", linalg.Ord(-2)},
	}
	for _, x := range []np.Array{normal(4, 2, 3), complexes(3, 3, 2)} {
		for _, o := range matrices {
			norm(", "+o.py, x, o.opt)
		}
	}
	norm(", 'nuc', axis=(2, 0), keepdims=True", normal(5, 2, 2, 3), linalg.Nuc, linalg.Axis(2, 0), linalg.KeepDims)
	norm(", 'fro', axis=(0, -1)", normal(5, 2, 2, 3), linalg.Fro, linalg.Axis(0, -1))
	zeros := np.FromSlice(make([]float64, 4), 2, 2)
	for _, o := range []linalg.NormOption{linalg.Fro, linalg.Nuc, linalg.Ord(1), linalg.Ord(2)} {
		c := norm("", zeros, o)
		c.Py, c.Kink, c.Note = "", true, "the derivative at 0 is 0"
	}

	for _, a := range []np.Array{normal(1, 3, 3), normal(2, 3, 2), normal(3, 2, 2, 3), complexes(1, 2, 2), complexes(2, 3, 2)} {
		add("Pinv", "la.pinv(x0)", func(x np.Array) np.Array { return linalg.Pinv(x, -1) }, a)
		add("MatrixRank", "la.matrix_rank(x0)", linalg.MatrixRank, a).Flat = true
		add("Cond", "la.cond(x0)", func(x np.Array) np.Array { return linalg.Cond(x) }, a)
	}
	for _, o := range []order{{"'fro'", linalg.Fro}, {"1", linalg.Ord(1)}, {"np.inf", linalg.Ord(inf)}, {"-2", linalg.Ord(-2)}} {
		add("Cond", fmt.Sprintf("la.cond(x0, %s)", o.py), func(x np.Array) np.Array { return linalg.Cond(x, o.opt) }, normal(4, 2, 3, 3))
	}
	add("Pinv", "la.pinv(x0, 0.3)", func(x np.Array) np.Array { return linalg.Pinv(x, 0.3) }, np.FromSlice([]float64{1, 2, 2, 4}, 2, 2)).Kink = true
	for _, n := range []int{0, 1, 2, 3, 5, -1, -2} {
		py := fmt.Sprintf("la.matrix_power(x0, %d)", n)
		add("MatrixPower", py, func(x np.Array) np.Array { return linalg.MatrixPower(x, n) }, normal(5, 2, 2, 2))
		add("MatrixPower", py, func(x np.Array) np.Array { return linalg.MatrixPower(x, n) }, complexes(5, 2, 2))
	}
	more := func(op, py string, f func(x []np.Array) np.Array, in ...np.Array) {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: f, In: in, Tol: 1e-11})
	}
	lstsq := two(func(a, b np.Array) np.Array { return linalg.LstSq(a, b, -1) })
	more("LstSq", "la.lstsq(x0, x1)[0]", lstsq, normal(1, 4, 2), normal(2, 4))
	more("LstSq", "la.lstsq(x0, x1)[0]", lstsq, normal(3, 2, 3), normal(4, 2, 2))
	more("LstSq", "", lstsq, complexes(3, 2, 3, 2), complexes(4, 3, 1))
	dot := func(x []np.Array) np.Array { return linalg.MultiDot(x...) }
	more("MultiDot", "la.multi_dot([x0, x1])", dot, normal(1, 2, 3), normal(2, 3, 2))
	more("MultiDot", "la.multi_dot([x0, x1, x2, x3])", dot, normal(1, 2, 4), normal(2, 4, 1), normal(3, 1, 3), complexes(4, 3, 2))
	more("MultiDot", "la.multi_dot([x0, x1, x2])", dot, normal(1, 2), normal(2, 2, 3), normal(3, 3))
	more("MultiDot", "la.multi_dot([x0, x1, x2])", dot, normal(1, 2), normal(2, 2, 3), normal(3, 3, 2))
	more("TensorInv", "la.tensorinv(x0, ind=2)", one(func(a np.Array) np.Array { return linalg.TensorInv(a, 2) }), normal(1, 2, 3, 3, 2))
	more("TensorInv", "la.tensorinv(x0, ind=1)", one(func(a np.Array) np.Array { return linalg.TensorInv(a, 1) }), normal(2, 4, 2, 2))
	more("TensorSolve", "la.tensorsolve(x0, x1)", two(func(a, b np.Array) np.Array { return linalg.TensorSolve(a, b) }), normal(1, 2, 2, 4), normal(2, 2, 2))
	more("TensorSolve", "la.tensorsolve(x0, x1, axes=(1,))", two(func(a, b np.Array) np.Array { return linalg.TensorSolve(a, b, 1) }), normal(3, 3, 3, 1), normal(4, 3, 1))
	return all
}

// spectral returns the cases of general eigenvalues and of functions of
// matrices.
func spectral() []Case {
	var all []Case
	add := func(op, py string, f func([]np.Array) np.Array, in ...np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: f, In: in, Tol: 1e-11})
		return &all[len(all)-1]
	}
	for _, a := range []np.Array{normal(1, 1, 1), normal(2, 2, 2), normal(3, 3, 3), normal(4, 2, 2, 2), complexes(1, 2, 2), complexes(2, 3, 3), complexes(3, 2, 2, 2)} {
		add("Eigvals", "np.sum(np.exp(la.eigvals(x0)))", one(func(x np.Array) np.Array { return np.Sum(np.Exp(linalg.Eigvals(x))) }), a)
		add("Eig", "np.sum(np.sin(la.eigvals(x0)))", one(func(x np.Array) np.Array {
			w, _ := linalg.Eig(x)
			return np.Sum(np.Sin(w))
		}), a)
		add("Eig", "", one(func(x np.Array) np.Array { _, v := linalg.Eig(x); return abs2(v) }), a)
		add("Eig", "", one(func(x np.Array) np.Array {
			w, v := linalg.Eig(x)
			return np.MatMul(times(v, np.Exp(w)), linalg.Inv(v))
		}), a)
		if a.NDim() == 2 {
			add("Expm", "sla.expm(x0)", one(linalg.Expm), a)
			add("Sqrtm", "", one(func(x np.Array) np.Array { return linalg.Sqrtm(definite(x)) }), a)
			add("Sqrtm", "sla.sqrtm(x0)", one(linalg.Sqrtm), a).NoJac = true
			add("Logm", "sla.logm(x0)", one(linalg.Logm), a).NoJac = true
			add("Logm", "", one(func(x np.Array) np.Array { return linalg.Logm(definite(x)) }), a)
			continue
		}
		add("Expm", "", one(linalg.Expm), a)
		add("Sqrtm", "", one(linalg.Sqrtm), a)
		add("Logm", "", one(linalg.Logm), a)
	}
	add("Expm", "sla.expm(x0)", one(linalg.Expm), np.FromSlice([]float64{10, 3, -20, 5}, 2, 2))
	add("Expm", "sla.expm(x0)", one(linalg.Expm), np.FromSlice([]float64{0, 1, 0, 0}, 2, 2))
	for _, x := range []struct{ a, b, q np.Array }{
		{normal(1, 2, 2), normal(2, 3, 3), normal(3, 2, 3)},
		{complexes(1, 3, 3), normal(4, 2, 2), normal(5, 3, 2)},
		{normal(6, 2, 2, 2), complexes(2, 1, 1), complexes(3, 2, 1)},
	} {
		py := "sla.solve_sylvester(x0, x1, x2)"
		if x.a.NDim() > 2 {
			py = ""
		}
		add("SolveSylvester", py, func(x []np.Array) np.Array { return linalg.SolveSylvester(x[0], x[1], x[2]) }, x.a, x.b, x.q)
	}
	for _, x := range []struct {
		l, u  int
		ab, b np.Array
	}{
		{1, 1, positive(1, 3, 4), normal(2, 4)},
		{2, 1, normal(3, 4, 5), normal(4, 5, 2)},
		{0, 2, positive(5, 3, 4), normal(6, 4)},
		{2, 0, positive(7, 3, 4), normal(8, 4)},
		{3, 3, normal(9, 7, 3), normal(10, 3)},
		{1, 2, complexes(1, 4, 4), normal(11, 4)},
	} {
		add("SolveBanded", fmt.Sprintf("sla.solve_banded((%d, %d), x0, x1)", x.l, x.u),
			two(func(ab, b np.Array) np.Array { return linalg.SolveBanded(x.l, x.u, ab, b) }), x.ab, x.b).NoJac = true
	}
	return all
}
