package cases

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

func init() { groups = append(groups, structured, moreFactors) }

// structured returns the cases of matrices with a structure and of further
// norms.
func structured() []Case {
	var all []Case
	add := func(op, py string, f func([]np.Array) np.Array, in ...np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: f, In: in, Tol: 1e-12})
		return &all[len(all)-1]
	}
	diag := func(x []np.Array) np.Array { return linalg.BlockDiag(x...) }
	add("BlockDiag", "sla.block_diag(x0)", diag, normal(1, 2, 3))
	add("BlockDiag", "sla.block_diag(x0, x1, x2)", diag, normal(1, 2, 1), normal(2, 1, 2), normal(3, 2, 2))
	add("BlockDiag", "sla.block_diag(x0, x1, x2)", diag, complexes(1, 2, 2), normal(2, 2), normal(3))
	add("BlockDiag", "", diag, normal(1, 2, 1, 2), normal(2, 2, 2), complexes(3, 2, 1, 1))
	for _, x := range []struct{ c, r np.Array }{
		{normal(1, 3), normal(2, 4)},
		{normal(3, 1), normal(4, 3)},
		{complexes(1, 3), normal(5, 1)},
		{normal(6, 2, 3), normal(7, 2)},
	} {
		py := func(s string) string {
			if x.c.NDim() > 1 {
				return ""
			}
			return s
		}
		add("Toeplitz", py("sla.toeplitz(x0, x1)"), two(linalg.Toeplitz), x.c, x.r)
		add("Hankel", py("sla.hankel(x0, x1)"), two(linalg.Hankel), x.c, x.r)
		add("Circulant", py("sla.circulant(x0)"), one(linalg.Circulant), x.c)
		if x.c.Shape()[x.c.NDim()-1] > 1 {
			add("Companion", py("sla.companion(x0)"), one(linalg.Companion), x.c)
		}
	}
	for _, x := range []np.Array{normal(1, 2, 3), complexes(1, 2, 2)} {
		add("VectorNorm", "la.vector_norm(x0)", one(func(x np.Array) np.Array { return linalg.VectorNorm(x) }), x)
		add("VectorNorm", "la.vector_norm(x0, ord=3, keepdims=True)", one(func(x np.Array) np.Array { return linalg.VectorNorm(x, linalg.Ord(3), linalg.KeepDims) }), x)
		add("VectorNorm", "la.vector_norm(x0, ord=np.inf, axis=0)", one(func(x np.Array) np.Array { return linalg.VectorNorm(x, linalg.Ord(inf), linalg.Axis(0)) }), x)
		add("MatrixNorm", "la.matrix_norm(x0)", one(func(x np.Array) np.Array { return linalg.MatrixNorm(x) }), x)
		add("MatrixNorm", "la.matrix_norm(x0, ord='nuc')", one(func(x np.Array) np.Array { return linalg.MatrixNorm(x, linalg.Nuc) }), x)
	}
	add("VectorNorm", "la.vector_norm(x0, axis=(2, 0))", one(func(x np.Array) np.Array { return linalg.VectorNorm(x, linalg.Axis(2, 0)) }), normal(2, 2, 3, 2))
	add("MatrixNorm", "la.matrix_norm(x0, ord=1, keepdims=True)", one(func(x np.Array) np.Array { return linalg.MatrixNorm(x, linalg.Ord(1), linalg.KeepDims) }), normal(2, 2, 3, 2))
	return all
}

// moreFactors returns the cases of further decompositions.
func moreFactors() []Case {
	var all []Case
	add := func(op, py string, f func([]np.Array) np.Array, in ...np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: f, In: in, Tol: 1e-11})
		return &all[len(all)-1]
	}
	for _, a := range []np.Array{normal(1, 1, 1), normal(2, 3, 3), normal(3, 4, 2), normal(4, 2, 3), complexes(1, 3, 3), complexes(2, 3, 2), complexes(3, 2, 3), normal(5, 2, 3, 2), normal(6, 2, 2, 2)} {
		for i, f := range []func(np.Array) np.Array{
			func(a np.Array) np.Array { p, _, _ := linalg.LU(a); return p },
			func(a np.Array) np.Array { _, l, _ := linalg.LU(a); return np.Exp(l) },
			func(a np.Array) np.Array { _, _, u := linalg.LU(a); return np.Exp(u) },
		} {
			py := fmt.Sprintf("np.exp(sla.lu(x0)[%d])", i)
			if i == 0 {
				py = "sla.lu(x0)[0]"
			}
			c := add("LU", py, one(f), a)
			c.Flat = i == 0
			c.NoJac = a.NDim() > 2
		}
		polar := []func(np.Array) np.Array{
			func(a np.Array) np.Array { u, _ := linalg.Polar(a); return np.Exp(u) },
			func(a np.Array) np.Array { _, p := linalg.Polar(a); return np.Exp(p) },
			func(a np.Array) np.Array { u, _ := linalg.Polar(a, linalg.Left); return np.Exp(u) },
			func(a np.Array) np.Array { _, p := linalg.Polar(a, linalg.Left); return np.Exp(p) },
		}
		for i, f := range polar {
			if a.Size() == 1 {
				continue // the sign has no derivative
			}
			py := fmt.Sprintf("np.exp(sla.polar(x0%s)[%d])", []string{"", ", side='left'"}[i/2], i%2)
			if a.NDim() > 2 {
				py = ""
			}
			m, n := a.Shape()[a.NDim()-2], a.Shape()[a.NDim()-1]
			// JAX takes the square root of a singular matrix where one factor is.
			add("Polar", py, one(f), a).NoJac = m != n
		}
	}
	same := np.FromSlice([]float64{0, 2, -2, 0}, 2, 2)
	add("Polar", "", one(func(a np.Array) np.Array { u, _ := linalg.Polar(a); return np.Exp(u) }), same).Note = "equal singular values do no harm"

	low := func(x []np.Array) np.Array { return np.MatMul(x[0], x[1]) }
	for _, x := range [][]np.Array{
		{normal(1, 3, 2), normal(2, 2, 3)},
		{normal(3, 2, 1), normal(4, 1, 4)},
		{complexes(1, 3, 1), complexes(2, 1, 2)},
	} {
		null := func(x []np.Array) np.Array {
			return np.MatMul(low(x), np.Exp(projection(linalg.NullSpace(low(x), -1), 0)))
		}
		orth := func(x []np.Array) np.Array {
			return np.MatMul(np.Exp(projection(linalg.Orth(low(x), -1), 0)), low(x))
		}
		const note = "a basis is determined up to a rotation"
		c := add("NullSpace", "x0 @ x1 @ np.exp((lambda q: q @ q.conj().T)(sla.null_space(x0 @ x1)))", null, x...)
		c.NoJac, c.Note = true, note
		c = add("Orth", "np.exp((lambda q: q @ q.conj().T)(sla.orth(x0 @ x1))) @ x0 @ x1", orth, x...)
		c.NoJac, c.Note = true, note
	}
	for _, a := range []np.Array{normal(1, 3, 3), complexes(1, 2, 2), normal(2, 2, 2, 2)} {
		h := np.Add(a, adjoint(a))
		b := definite(np.Sin(a))
		add("PinvH", "la.pinv(x0)", one(func(x np.Array) np.Array { return linalg.PinvH(x, -1) }), h).NoJac = true
		add("PinvH", "", one(func(x np.Array) np.Array { return linalg.PinvH(x, -1, linalg.Lower) }), h)
		py := func(s string) string {
			if a.NDim() > 2 {
				return ""
			}
			return s
		}
		add("EighGeneral", py("sla.eigh(x0, x1)[0]"), two(func(a, b np.Array) np.Array { w, _ := linalg.EighGeneral(a, b); return w }), h, b).NoJac = true
		add("EighGeneral", py("np.abs(sla.eigh(x0, x1)[1])**2"), two(func(a, b np.Array) np.Array { _, v := linalg.EighGeneral(a, b, linalg.Lower); return abs2(v) }), h, b).NoJac = true
		for _, p := range []float64{0.5, -0.25, 2, 1.75, -2.5} {
			c := add("FractionalMatrixPower", py(fmt.Sprintf("sla.fractional_matrix_power(x0, %g)", p)), one(func(x np.Array) np.Array { return linalg.FractionalMatrixPower(x, p) }), b)
			c.NoJac = true
		}
		add("Cosm", py("sla.cosm(x0)"), one(linalg.Cosm), a).NoJac = true
		add("Sinm", py("sla.sinm(x0)"), one(linalg.Sinm), a).NoJac = true
	}
	return all
}
