package linalg

import (
	"math"
	"math/cmplx"
	"slices"
	"sort"

	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/lapack64"

	np "github.com/dualjet/dualjet/numpy"
)

var (
	svdOp     = &np.Op{Name: "linalg.SVD"}
	svdValsOp = &np.Op{Name: "linalg.SVDVals"}
)

func init() {
	svdOp.EvalAll = func(c *np.Call) []np.Array { return svdValue(c.In[0]) }
	svdOp.JVPAll = func(c *np.Call, dot []np.Array) []np.Array {
		u, s, vh := c.Out[0], c.Out[1], c.Out[2]
		m, n := size(c.In[0])
		v := h(vh)
		d := mul(mul(h(u), dot[0]), v)
		// 1/(s_j²-s_i²), in a way that does not square.
		tol := rounding(s)
		f := np.Mul(reciprocal(np.Sub(row(s), column(s)), scaled(tol)), reciprocal(np.Add(row(s), column(s)), scaled(tol)))
		ds, sd := np.Mul(d, row(s)), np.Mul(column(s), d)
		du := np.AZMul(np.Add(ds, h(ds)), f)
		dv := np.AZMul(np.Add(sd, h(sd)), f)
		inv := reciprocal(s, column(tol))
		if c.In[0].IsComplex() {
			k := s.Shape()[s.NDim()-1]
			skew := np.Sub(d, h(d)).Scale(0.5)
			du = np.Add(du, np.AZMul(eye(k), np.Mul(skew, row(inv))))
		}
		du, dv = mul(u, du), mul(v, dv)
		if m > n {
			av := np.Mul(mul(dot[0], v), row(inv))
			du = np.Add(du, np.Sub(av, mul(u, mul(h(u), av))))
		}
		if n > m {
			au := np.Mul(mul(h(dot[0]), u), row(inv))
			dv = np.Add(dv, np.Sub(au, mul(v, mul(vh, au))))
		}
		return []np.Array{du, np.Real(diag(d)), h(dv)}
	}
	svdValsOp.Eval = func(c *np.Call) np.Array { return svdValue(c.In[0])[1] }
	svdValsOp.JVP = func(c *np.Call, _ int, dot np.Array) np.Array {
		f := svdOp.ApplyAll(nil, c.In[0])
		return np.Real(np.Sum(np.Mul(np.Conj(f[0]), mul(dot, h(f[2]))), np.Axis(-2)))
	}
	svdValsOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		f := svdOp.ApplyAll(nil, c.In[0])
		return mul(np.Mul(np.Conj(f[0]), row(w)), np.Conj(f[2]))
	}
}

func svdValue(a np.Array) []np.Array {
	m, n := size(a)
	k := min(m, n)
	batch := lead(a)
	count := product(batch)
	shape := func(s ...int) []int { return append(slices.Clone(batch), s...) }
	ss := make([]float64, count*k)
	if a.IsComplex() {
		as := a.Complex128s()
		us, vs := make([]complex128, count*m*k), make([]complex128, count*k*n)
		for i := range count {
			svdComplex(as[i*m*n:(i+1)*m*n], us[i*m*k:(i+1)*m*k], vs[i*k*n:(i+1)*k*n], ss[i*k:(i+1)*k], m, n)
		}
		return []np.Array{np.WrapComplex(us, shape(m, k)...), np.Wrap(ss, shape(k)...), np.WrapComplex(vs, shape(k, n)...)}
	}
	as := a.Float64s()
	us, vs := make([]float64, count*m*k), make([]float64, count*k*n)
	for i := range count {
		svdReal(as[i*m*n:(i+1)*m*n], us[i*m*k:(i+1)*m*k], vs[i*k*n:(i+1)*k*n], ss[i*k:(i+1)*k], m, n)
	}
	return []np.Array{np.Wrap(us, shape(m, k)...), np.Wrap(ss, shape(k)...), np.Wrap(vs, shape(k, n)...)}
}

func svdReal(a, u, v, s []float64, m, n int) {
	k := min(m, n)
	if k == 0 {
		return
	}
	ok := finite(a)
	if ok {
		a = slices.Clone(a)
		work := make([]float64, 1)
		lapack64.Gesvd(lapack.SVDStore, lapack.SVDStore, general(a, m, n), general(u, m, k), general(v, k, n), s, work, -1)
		work = make([]float64, int(work[0]))
		ok = lapack64.Gesvd(lapack.SVDStore, lapack.SVDStore, general(a, m, n), general(u, m, k), general(v, k, n), s, work, len(work))
	}
	if !ok {
		fillNaN(u)
		fillNaN(v)
		fillNaN(s)
	}
}

// svdComplex rotates the columns of a until they are orthogonal: the method of
// Hestenes, which finds small singular values with full relative accuracy.
func svdComplex(a, u, vh []complex128, s []float64, m, n int) {
	if !finite(a) {
		fillNaN(u)
		fillNaN(vh)
		fillNaN(s)
		return
	}
	if m < n {
		ut, vt := make([]complex128, m*m), make([]complex128, n*m)
		svdComplex(adjoint(a, m, n), vt, ut, s, n, m)
		copy(u, adjoint(ut, m, m))
		copy(vh, adjoint(vt, n, m))
		return
	}
	x := slices.Clone(a)
	v := make([]complex128, n*n)
	for i := range n {
		v[i*n+i] = 1
	}
	for range 60 {
		moved := false
		for p := range n {
			for q := p + 1; q < n; q++ {
				alpha, beta, g := 0.0, 0.0, complex128(0)
				for i := range m {
					y, z := x[i*n+p], x[i*n+q]
					alpha += real(y)*real(y) + imag(y)*imag(y)
					beta += real(z)*real(z) + imag(z)*imag(z)
					g += cmplx.Conj(y) * z
				}
				if r, ok := rotate(alpha, beta, g, 0x1p-51); ok {
					moved = true
					r.columns(x, m, n, p, q)
					r.columns(v, n, n, p, q)
				}
			}
		}
		if !moved {
			break
		}
	}
	norms := make([]float64, n)
	order := make([]int, n)
	for j := range n {
		order[j] = j
		for i := range m {
			norms[j] = math.Hypot(norms[j], cmplx.Abs(x[i*n+j]))
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return norms[order[i]] > norms[order[j]] })
	for k, o := range order {
		s[k] = norms[o]
		for i := range n {
			vh[k*n+i] = cmplx.Conj(v[i*n+o])
		}
		if norms[o] > 0 {
			for i := range m {
				u[i*n+k] = x[i*n+o] / complex(norms[o], 0)
			}
		} else {
			extend(u, m, n, k)
		}
	}
}

// extend fills column k of u with a unit vector orthogonal to those before.
func extend(u []complex128, m, n, k int) {
	best, norm := make([]complex128, m), 0.0
	for e := range m {
		y := make([]complex128, m)
		y[e] = 1
		for range 2 {
			for j := range k {
				d := complex128(0)
				for i := range m {
					d += cmplx.Conj(u[i*n+j]) * y[i]
				}
				for i := range m {
					y[i] -= d * u[i*n+j]
				}
			}
		}
		r := 0.0
		for _, v := range y {
			r = math.Hypot(r, cmplx.Abs(v))
		}
		if r > norm {
			best, norm = y, r
		}
	}
	for i := range m {
		u[i*n+k] = best[i] / complex(norm, 0)
	}
}

// adjoint returns the conjugate transpose of an m×n matrix.
func adjoint(a []complex128, m, n int) []complex128 {
	b := make([]complex128, m*n)
	for i := range m {
		for j := range n {
			b[j*m+i] = cmplx.Conj(a[i*n+j])
		}
	}
	return b
}

// SVD returns the singular value decomposition a = u·diag(s)·vh of m×n
// matrices with k = min(m, n) singular values, in descending order: u is m×k
// and vh k×n, which NumPy calls full_matrices=False.
func SVD(a np.Array) (u, s, vh np.Array) {
	matrices("SVD", a)
	out := svdOp.ApplyAll(nil, a)
	return out[0], out[1], out[2]
}

// SVDVals returns the singular values that [SVD] returns.
func SVDVals(a np.Array) np.Array {
	matrices("SVDVals", a)
	return svdValsOp.Apply(nil, a)
}
