package linalg_test

import (
	"math"
	"math/cmplx"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

// sample returns an n×n matrix without structure.
func sample(n int) np.Array {
	v := make([]float64, n*n)
	for i := range v {
		v[i] = math.Sin(float64(i*i + 3*i + 1))
	}
	return np.Wrap(v, n, n)
}

func complexSample(n int) np.Array {
	return np.Complex(sample(n), np.Cos(sample(n).Scale(7)))
}

func product(xs ...np.Array) np.Array { return linalg.MultiDot(xs...) }

func dagger(x np.Array) np.Array { return np.Conj(np.Transpose(x)) }

func identity(n int) np.Array { return linalg.MatrixPower(np.Wrap(make([]float64, n*n), n, n), 0) }

// near fails the test if x and y are not the same up to rounding errors.
func near(t *testing.T, what string, x, y np.Array, tol float64) {
	t.Helper()
	d := linalg.Norm(np.Sub(x, y)).Float64()
	if scale := 1 + linalg.Norm(y).Float64(); !(d <= tol*scale) {
		t.Errorf("%s: difference of %g", what, d)
	}
}

// TestFactors multiplies factors of larger matrices, for which the libraries
// under it take other paths than for small ones.
func TestFactors(t *testing.T) {
	for _, n := range []int{1, 2, 7, 20, 45} {
		for _, a := range []np.Array{sample(n), complexSample(n)} {
			one := identity(n)
			u, s, vh := linalg.SVD(a)
			near(t, "SVD", product(np.Mul(u, s), vh), a, 1e-12)
			near(t, "SVD u", product(dagger(u), u), one, 1e-12)
			near(t, "SVD v", product(vh, dagger(vh)), one, 1e-12)
			near(t, "SVDVals", linalg.SVDVals(a), s, 1e-13)
			q, r := linalg.QR(a)
			near(t, "QR", product(q, r), a, 1e-12)
			near(t, "QR q", product(dagger(q), q), one, 1e-12)
			sym := np.Add(a, dagger(a))
			w, v := linalg.Eigh(sym)
			near(t, "Eigh", product(np.Mul(v, w), dagger(v)), sym, 1e-12)
			near(t, "EigvalsH", linalg.EigvalsH(sym), w, 1e-13)
			spd := np.Add(product(a, dagger(a)), one)
			l := linalg.Cholesky(spd)
			near(t, "Cholesky", product(l, dagger(l)), spd, 1e-12)
			near(t, "CholSolve", linalg.CholSolve(l, spd), one, 1e-11)
			near(t, "Solve", product(a, linalg.Solve(a, one)), one, 1e-9)
			near(t, "Pinv", linalg.Pinv(a, -1), linalg.Inv(a), 1e-8)
			w, v = linalg.Eig(a)
			near(t, "Eig", product(np.Mul(v, w), linalg.Inv(v)), a, 1e-9)
			near(t, "Sqrtm", product(linalg.Sqrtm(a), linalg.Sqrtm(a)), a, 1e-9)
			root := linalg.FractionalMatrixPower(spd, 1.0/3)
			near(t, "FractionalMatrixPower", product(root, root, root), spd, 1e-10)
			near(t, "Logm", linalg.Expm(linalg.Logm(a)), a, 1e-9)
			x := linalg.SolveSylvester(a, sym, spd)
			near(t, "SolveSylvester", np.Add(product(a, x), product(x, sym)), spd, 1e-8)
			small := a.Scale(1 / float64(2*n))
			x = linalg.SolveDiscreteLyapunov(small, spd)
			near(t, "SolveDiscreteLyapunov", np.Sub(x, product(small, x, dagger(small))), spd, 1e-11)
			stable := np.Sub(a, one.Scale(2*float64(n)))
			x = linalg.SolveLyapunov(stable, spd)
			near(t, "SolveLyapunov", np.Add(product(stable, x), product(x, dagger(stable))), spd, 1e-11)
			sign, logabs := linalg.SlogDet(a)
			near(t, "SlogDet", np.Mul(sign, np.Exp(logabs)), linalg.Det(a), 1e-10)
			near(t, "Det", linalg.Det(a), np.Prod(linalg.Eigvals(a)), 1e-9)
		}
	}
}

// TestFull multiplies the factors of decompositions with square unitary
// matrices.
func TestFull(t *testing.T) {
	for _, size := range [][2]int{{1, 3}, {3, 1}, {5, 3}, {3, 5}, {4, 4}, {20, 12}, {12, 20}, {40, 20}} {
		m, n := size[0], size[1]
		k := min(m, n)
		whole := sample(max(m, n))
		part := whole.Index(np.Span(0, m), np.Span(0, n))
		for _, a := range []np.Array{part, np.Complex(part, np.Cos(part.Scale(7))), np.Wrap(make([]float64, m*n), m, n), np.AsComplex(np.Wrap(make([]float64, m*n), m, n))} {
			u, s, vh := linalg.SVD(a, linalg.Full)
			near(t, "SVD u", product(dagger(u), u), identity(m), 1e-12)
			near(t, "SVD v", product(vh, dagger(vh)), identity(n), 1e-12)
			near(t, "SVD", product(np.Mul(u.Index(np.Whole, np.Span(0, k)), s), vh.Index(np.Span(0, k))), a, 1e-12)
			near(t, "SVDVals", linalg.SVDVals(a), s, 1e-13)
			q, r := linalg.QR(a, linalg.Full)
			near(t, "QR q", product(dagger(q), q), identity(m), 1e-12)
			near(t, "QR", product(q, r), a, 1e-12)
			near(t, "QR r", np.Tril(r, -1), np.Wrap(make([]float64, m*n), m, n), 0)
			p, l, u := linalg.LU(a)
			near(t, "LU", product(p, l, u), a, 1e-12)
			near(t, "LU p", product(np.Transpose(p), p), identity(m), 0)
			near(t, "LU l", np.Triu(l, 0), np.Eye(m, k, 0), 0)
			if v := np.Max(np.Abs(l)).Float64(); v > 1 {
				t.Errorf("LU: the largest modulus in l is %g", v)
			}
			for _, opts := range [][]linalg.Option{nil, {linalg.Left}} {
				u, p := linalg.Polar(a, opts...)
				if opts == nil {
					near(t, "Polar", product(u, p), a, 1e-12)
				} else {
					near(t, "Polar with Left", product(p, u), a, 1e-12)
				}
				near(t, "Polar p", p, dagger(p), 1e-13)
				if m >= n {
					u = dagger(u)
				}
				near(t, "Polar u", product(u, dagger(u)), identity(k), 1e-12)
			}
		}
	}
}

// TestBanded compares with the full matrix, of which elimination needs exchanges
// of rows.
func TestBanded(t *testing.T) {
	const n = 12
	for _, band := range [][2]int{{0, 0}, {1, 1}, {3, 1}, {1, 3}, {0, 2}, {2, 0}} {
		l, u := band[0], band[1]
		whole := sample(n)
		for _, full := range []np.Array{whole, complexSample(n)} {
			full = np.Sub(np.Triu(full, -l), np.Triu(full, u+1))
			ab := make([]complex128, (l+u+1)*n)
			for i := range n {
				for j := max(0, i-l); j <= min(n-1, i+u); j++ {
					ab[(u+i-j)*n+j] = full.At(i, j).Complex128s()[0]
				}
			}
			banded := np.WrapComplex(ab, l+u+1, n)
			if !full.IsComplex() {
				banded = np.Real(banded)
			}
			f := func(b np.Array) np.Array { return linalg.SolveBanded(l, u, banded, b) }
			near(t, "SolveBanded", f(whole), linalg.Solve(full, whole), 1e-9)
			_, pull := np.VJP(f, whole)
			near(t, "transpose", pull(whole), np.Real(linalg.Solve(np.Transpose(full), whole)), 1e-9)
		}
	}
}

// TestToeplitz compares with the full matrix, also where a leading submatrix is
// singular.
func TestToeplitz(t *testing.T) {
	for _, n := range []int{1, 2, 5, 30} {
		for _, whole := range []np.Array{sample(n), complexSample(n)} {
			for _, first := range []float64{1, 0} {
				c, r := np.SetAt(whole.At(0), np.Index{np.Ints(0)}, np.Scalar(first)), np.Sin(whole.At(n-1).Scale(3))
				if n == 1 && first == 0 {
					continue
				}
				a := linalg.Toeplitz(c, r)
				near(t, "SolveToeplitz", linalg.SolveToeplitz(c, r, whole), linalg.Solve(a, whole), 1e-9)
				near(t, "residual", product(a, linalg.SolveToeplitz(c, r, whole)), whole, 1e-9)
			}
		}
	}
	zero := np.FromSlice([]float64{1, 1, 1})
	for _, v := range linalg.SolveToeplitz(zero, zero, zero).Float64s() {
		if !math.IsNaN(v) {
			t.Errorf("solution %g with a singular matrix", v)
		}
	}
}

// TestExpm compares the derivative with a quarter of the exponential of a matrix
// of twice the size, with and without scaling.
func TestExpm(t *testing.T) {
	for _, n := range []int{1, 4, 15} {
		for _, size := range []float64{0.1, 3, 40} {
			for _, a := range []np.Array{sample(n), complexSample(n)} {
				a := a.Scale(size / float64(n))
				v := np.Flip(a, 0).Scale(1 / size)
				block := np.Concatenate(0, np.Concatenate(1, a, v), np.Concatenate(1, np.ZerosLike(a), a))
				whole := linalg.Expm(block)
				y, dot := np.JVP(linalg.Expm, a, v)
				near(t, "Expm", y, whole.Index(np.Span(0, n), np.Span(0, n)), 1e-11)
				near(t, "derivative of Expm", dot, whole.Index(np.Span(0, n), np.Span(n, 2*n)), 1e-11)
			}
		}
	}
}

// TestSingularDet compares with the adjugate: at rank n-1 it is not 0, at rank
// n-2 only second derivatives are not.
func TestSingularDet(t *testing.T) {
	a := np.FromSlice([]float64{1, 2, 2, 4}, 2, 2)
	near(t, "gradient", np.Grad(linalg.Det)(a), np.FromSlice([]float64{4, -2, -2, 1}, 2, 2), 1e-14)
	zero := np.Wrap(make([]float64, 4), 2, 2)
	near(t, "gradient at 0", np.Grad(linalg.Det)(zero), zero, 0)
	want := np.FromSlice([]float64{0, 0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0}, 2, 2, 2, 2)
	near(t, "Hessian at 0", np.Hessian(linalg.Det)(zero), want, 1e-15)
	near(t, "Hessian", np.Hessian(linalg.Det)(a), want, 1e-13)
}

// TestKinks looks at norms at the origin and where elements tie.
func TestKinks(t *testing.T) {
	zero := np.Wrap(make([]float64, 3))
	for _, o := range []linalg.NormOption{linalg.Ord(2), linalg.Ord(1), linalg.Ord(3), linalg.Ord(math.Inf(1)), linalg.Ord(0)} {
		f := func(x np.Array) np.Array { return linalg.Norm(x, o) }
		if g := np.Grad(f)(zero).Float64s(); g[0] != 0 || g[1] != 0 || g[2] != 0 {
			t.Errorf("gradient of the norm %+v at 0 is %v", o, g)
		}
	}
	big := np.FromSlice([]float64{3e200, 4e200})
	for p, want := range map[float64]float64{2: 5e200, 3: 4.497941445275415e200} {
		if got := linalg.Norm(big, linalg.Ord(p)).Float64(); math.Abs(got-want) > 1e-14*want {
			t.Errorf("norm of order %g is %g, want %g", p, got, want)
		}
	}
}

// TestRepeated takes functions that do not depend on the choice of vectors at
// matrices with repeated eigenvalues.
func TestRepeated(t *testing.T) {
	one := identity(3)
	grad := np.Grad(func(a np.Array) np.Array {
		w, _ := linalg.Eigh(a)
		return np.Sum(np.Exp(w))
	})(one)
	near(t, "Eigh", grad, one.Scale(math.E), 1e-13)
	grad = np.Grad(func(a np.Array) np.Array { return linalg.Norm(a, linalg.Nuc) })(one)
	near(t, "nuclear norm", grad, one, 1e-13)

	// Eigenvalues 1, 1, 2 that differ by rounding errors. The projection on the
	// space of the first two is the polynomial (a-2)²(2a-1).
	q, _ := linalg.QR(sample(3))
	a := product(np.Mul(q, np.FromSlice([]float64{1, 1, 2})), dagger(q))
	weights := np.Exp(sample(3))
	grad = np.Grad(func(a np.Array) np.Array {
		_, v := linalg.Eigh(a)
		p := product(np.Mul(v, np.FromSlice([]float64{1, 1, 0})), dagger(v))
		return np.Sum(np.Mul(p, weights))
	})(a)
	want := np.Grad(func(a np.Array) np.Array {
		a = np.Add(a, dagger(a)).Scale(0.5)
		b := np.Sub(a, one.Scale(2))
		return np.Sum(np.Mul(product(b, b, np.Sub(a.Scale(2), one)), weights))
	})(a)
	near(t, "projection", grad, want, 1e-13)
}

// TestNaN checks that data never panic.
func TestNaN(t *testing.T) {
	allNaN := func(what string, xs ...np.Array) {
		t.Helper()
		for _, x := range xs {
			for _, v := range x.Complex128s() {
				if !cmplx.IsNaN(v) {
					t.Errorf("%s: got %v, want NaN", what, x.Complex128s())
					return
				}
			}
		}
	}
	singular := np.FromSlice([]float64{1, 2, 2, 4}, 2, 2)
	for _, a := range []np.Array{singular, np.AsComplex(singular)} {
		allNaN("Inv", linalg.Inv(a))
		allNaN("Solve", linalg.Solve(a, np.FromSlice([]float64{1, 1})))
		allNaN("Cholesky", linalg.Cholesky(np.Sub(a, identity(2))))
	}
	allNaN("Factor", linalg.Factor(singular).Solve(identity(2), linalg.Trans), linalg.Factor(singular).Inv())
	_, cov := linalg.PolyfitCov(np.FromSlice([]float64{1, 1, 1}), np.FromSlice([]float64{1, 2, 3}), 1)
	if v := cov.At(0, 0).Float64(); !math.IsNaN(v) && !math.IsInf(v, 0) && math.Abs(v) < 1e12 {
		t.Errorf("variance of a slope that nothing determines is %g", v)
	}
	allNaN("SolveBanded", linalg.SolveBanded(0, 0, np.FromSlice([]float64{1, 0}, 1, 2), np.FromSlice([]float64{1, 1})))
	bad := np.FromSlice([]float64{math.NaN(), 1, 1, 1}, 2, 2)
	for _, a := range []np.Array{bad, np.AsComplex(bad)} {
		u, s, vh := linalg.SVD(a)
		allNaN("SVD", u, s, vh)
		w, v := linalg.Eigh(a)
		allNaN("Eigh", w, v)
		w, v = linalg.Eig(a)
		allNaN("Eig", w, v)
		u, p := linalg.Polar(a)
		allNaN("Polar", u, p)
		allNaN("SolveLyapunov", linalg.SolveLyapunov(a, identity(2)))
		allNaN("SolveDiscreteLyapunov", linalg.SolveDiscreteLyapunov(a, identity(2)))
		allNaN("LstSqAll", linalg.LstSqAll(a, identity(2), -1).X)
		_, _, up := linalg.LU(a)
		allNaN("LU", up.At(1, 1))
		u, s, vh = linalg.SVD(a, linalg.Full)
		allNaN("SVD with Full", u, s, vh)
		w, v = linalg.EighGeneral(identity(2), a)
		allNaN("EighGeneral", w, v)
		allNaN("EigvalsH", linalg.EigvalsH(a))
		allNaN("SVDVals", linalg.SVDVals(a))
		for _, f := range []func(np.Array) np.Array{linalg.Inv, linalg.Expm, linalg.Logm, linalg.Sqrtm, linalg.Det, linalg.Cosm, linalg.Sinm} {
			allNaN("function", f(a))
		}
	}
	large := np.Full(math.NaN(), 20, 20)
	for _, a := range []np.Array{large, np.AsComplex(large)} {
		q, r := linalg.QR(a)
		allNaN("QR", q.At(0, 0), r.At(0, 0))
		allNaN("large", linalg.Inv(a), linalg.Solve(a, a), linalg.Det(a))
	}
	// The other matrices of a batch are not affected.
	both := np.FromSlice([]float64{1, 2, 2, 4, 2, 0, 0, 2}, 2, 2, 2)
	near(t, "batch", linalg.Inv(both).At(1), identity(2).Scale(0.5), 0)
}

// TestJacobian takes Jacobians, for which directions lie along an axis before
// those of the batch.
func TestJacobian(t *testing.T) {
	a, b := np.Add(sample(3), identity(3)), np.FromSlice([]float64{1, 2, 3})
	j := np.Jacobian(func(b np.Array) np.Array { return linalg.Solve(a, b) })(b)
	near(t, "Solve", j, linalg.Inv(a), 1e-13)
	if got := np.Jacobian(linalg.SVDVals)(a).Shape(); len(got) != 3 {
		t.Errorf("shape of the Jacobian is %v", got)
	}
}

func TestEmpty(t *testing.T) {
	none := np.Wrap(nil, 0, 0)
	if v := linalg.Det(none).Float64(); v != 1 {
		t.Errorf("determinant of the empty matrix is %g", v)
	}
	_, l, u := linalg.LU(none)
	_, _, vh := linalg.SVD(none, linalg.Full)
	for _, x := range []np.Array{l, u, vh, linalg.BlockDiag(), linalg.Factor(none).Inv(), linalg.SolveLyapunov(none, none), linalg.Inv(none), linalg.Cholesky(none), linalg.Expm(none), linalg.EigvalsH(none), linalg.SVDVals(none), linalg.Eigvals(none)} {
		if x.Size() != 0 {
			t.Errorf("shape %v", x.Shape())
		}
	}
	batch := np.Wrap(nil, 0, 2, 2)
	if s := linalg.Solve(batch, batch).Shape(); len(s) != 3 || s[0] != 0 {
		t.Errorf("shape %v of an empty batch", s)
	}
}

func TestMessages(t *testing.T) {
	a := np.Wrap(make([]float64, 12), 3, 4)
	s := identity(3)
	v := np.FromSlice([]float64{1, 2})
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { linalg.Solve(s, v) }, "linalg: Solve: shapes (3,3) and (2) do not fit"},
		{func() { linalg.Solve(a, v) }, "linalg: Solve: shape (3,4) is not one of square matrices"},
		{func() { linalg.Solve(s, np.Scalar(1)) }, "linalg: Solve: shapes (3,3) and () do not fit"},
		{func() { linalg.Inv(v) }, "linalg: Inv: shape (2) is not one of matrices"},
		{func() { linalg.Det(a) }, "linalg: Det: shape (3,4) is not one of square matrices"},
		{func() { linalg.SVD(v) }, "linalg: SVD: shape (2) is not one of matrices"},
		{func() { linalg.SolveTriangular(s, a.At(0)) }, "linalg: SolveTriangular: shapes (3,3) and (4) do not fit"},
		{func() { linalg.SolveSylvester(s, s, a) }, "linalg: SolveSylvester: shapes (3,3), (3,3) and (3,4) do not fit"},
		{func() { linalg.Factor(a) }, "linalg: Factor: shape (3,4) is not one of square matrices"},
		{func() { linalg.Factor(s).Solve(v) }, "linalg: Factors.Solve: shapes (3,3) and (2) do not fit"},
		{func() { linalg.SolveLyapunov(s, a) }, "linalg: SolveLyapunov: shape (3,4) is not one of square matrices"},
		{func() { linalg.SolveDiscreteLyapunov(s, identity(2)) }, "linalg: SolveDiscreteLyapunov: shapes (3,3) and (2,2) do not fit"},
		{func() { linalg.EighGeneral(s, identity(2)) }, "linalg: EighGeneral: shapes (3,3) and (2,2) do not fit"},
		{func() { linalg.LstSqAll(a, v, -1) }, "linalg: LstSqAll: shapes (3,4) and (2) do not fit"},
		{func() { linalg.Polyfit(v, v, -1) }, "linalg: Polyfit: degree -1"},
		{func() { linalg.Polyfit(v, s.At(0), 1) }, "linalg: Polyfit: shapes (2) and (3) do not fit"},
		{func() { linalg.Polyfit(v, v, 1, linalg.Weights(s.At(0))) }, "linalg: Polyfit: shapes (2) and (3) do not fit"},
		{func() { linalg.Polyfit(v, v, 1, linalg.Weights(identity(2))) }, "linalg: Polyfit: shapes (2) and (2,2) do not fit"},
		{func() { linalg.Polyfit(identity(2), v, 1) }, "linalg: Polyfit: shapes (2,2) and (2) do not fit"},
		{func() { linalg.Polar(v) }, "linalg: Polar: shape (2) is not one of matrices"},
		{func() { linalg.PolyfitCov(v, v, 2) }, "linalg: PolyfitCov: 2 points for a polynomial of degree 2"},
		{func() { linalg.BlockDiag(np.Wrap(make([]float64, 8), 2, 2, 2), np.Wrap(make([]float64, 12), 3, 2, 2)) }, "linalg: BlockDiag: shapes (2,2,2) and (3,2,2) do not fit"},
		{func() { linalg.Toeplitz(v, np.Scalar(1)) }, "linalg: Toeplitz: shape () is not one of vectors"},
		{func() { linalg.SolveToeplitz(v, v, s) }, "linalg: SolveToeplitz: shapes (2) and (3,3) do not fit"},
		{func() { linalg.SolveToeplitz(v, s.At(0), v) }, "linalg: SolveToeplitz: shapes (2) and (3) do not fit"},
		{func() { linalg.SolveToeplitz(np.Wrap(make([]float64, 6), 2, 3), s, a.At(0).Index(np.To(3))) }, "linalg: SolveToeplitz: shapes (2,3) and (3,3) do not fit"},
		{func() { linalg.FractionalMatrixPower(s, math.NaN()) }, "linalg: FractionalMatrixPower: power NaN"},
		{func() { linalg.Hankel(identity(2), s) }, "linalg: Hankel: shapes (2,2) and (3,2) do not fit"},
		{func() { linalg.Companion(np.FromSlice([]float64{1})) }, "linalg: Companion: shape (1) is not one of two coefficients or more"},
		{func() { linalg.NullSpace(v, -1) }, "linalg: NullSpace: shape (2) is not that of a matrix"},
		{func() { linalg.MatrixNorm(v) }, "linalg: MatrixNorm: shape (2) is not one of matrices"},
		{func() { linalg.VectorNorm(s, linalg.Nuc) }, "linalg: VectorNorm: a norm of matrices along a single axis"},
		{func() { linalg.SolveBanded(1, 1, a, v) }, "linalg: SolveBanded: shapes (3,4) and (2) do not fit"},
		{func() { linalg.SolveBanded(1, 2, a, v) }, "linalg: SolveBanded: shape (3,4) is not one of 4 diagonals"},
		{func() { linalg.SolveBanded(-1, 2, a, v) }, "linalg: SolveBanded: -1 diagonals below and 2 above"},
		{func() { linalg.MultiDot(a) }, "linalg: MultiDot: 1 arrays, want at least 2"},
		{func() { linalg.MultiDot(a, a) }, "linalg: MultiDot: shapes (3,4) and (3,4) do not fit"},
		{func() { linalg.MultiDot(a, np.Scalar(1)) }, "linalg: MultiDot: array 1 has shape ()"},
		{func() { linalg.TensorInv(a, 1) }, "linalg: TensorInv: shape (3,4) is not square after axis 1"},
		{func() { linalg.TensorInv(a, 3) }, "linalg: TensorInv: 3 axes of an array of 2 dimensions"},
		{func() { linalg.TensorSolve(a, v) }, "linalg: TensorSolve: shapes (3,4) and (2) do not fit"},
		{func() { linalg.Norm(a, linalg.Ord(3)) }, "linalg: Norm: no norm of order 3 of matrices"},
		{func() { linalg.Norm(a, linalg.Axis(2)) }, "linalg: Norm: axis 2 of an array of 2 dimensions"},
		{func() { linalg.Norm(a, linalg.Axis(1, -1)) }, "linalg: Norm: axis 1 twice"},
		{func() { linalg.Norm(v, linalg.Fro) }, "linalg: Norm: a norm of matrices along a single axis"},
		{func() { linalg.Norm(np.Scalar(1), linalg.Fro) }, "linalg: Norm: 0 axes, want 1 or 2"},
	} {
		if err := np.Maybe(c.f); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// TestNormEmpty checks that norms of nothing are 0, where NumPy has one.
func TestNormEmpty(t *testing.T) {
	for _, shape := range [][]int{{0, 3}, {3, 0}, {0, 0}} {
		x := np.Zeros(shape...)
		for _, o := range []linalg.NormOption{{}, linalg.Fro, linalg.Nuc, linalg.Ord(1), linalg.Ord(2), linalg.Ord(math.Inf(1))} {
			if got := linalg.Norm(x, o, linalg.Axis(0, 1)).Float64(); got != 0 {
				t.Errorf("norm %+v of an array of shape %v is %v", o, shape, got)
			}
		}
	}
	for _, p := range []float64{0, 1, 2, 3, math.Inf(1)} {
		if got := linalg.VectorNorm(np.Zeros(0), linalg.Ord(p)).Float64(); got != 0 {
			t.Errorf("norm of order %v of an empty vector is %v", p, got)
		}
	}
}
