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
	svdFullOp = &np.Op{Name: "linalg.SVD"} // with square u and v
	svdValsOp = &np.Op{Name: "linalg.SVDVals"}
)

func init() {
	for op, full := range map[*np.Op]bool{svdOp: false, svdFullOp: true} {
		op.EvalAll = func(c *np.Call) []np.Array {
			u, s, vh := svdValue(c.In[0], full)
			return []np.Array{u, s, vh}
		}
		op.JVPAll = svdJVP(full)
	}
	// The transpose of the JVP, where bars stand for the conjugates of
	// cotangents.
	svdOp.VJPAll = func(c *np.Call, w []np.Array, _ []bool) []np.Array {
		u, s, v := c.Out[0], c.Out[1], h(c.Out[2])
		m, n := size(c.In[0])
		f, inv := svdGaps(s)
		inv = row(inv)
		var dBar, aBar np.Array
		if !isZero(w[0]) {
			uBar := np.Conj(w[0])
			x := mul(h(u), uBar)
			y := np.AZMul(x, f)
			dBar = np.Mul(np.Add(y, h(y)), row(s))
			if x.IsComplex() {
				z := np.AZMul(eye(min(m, n)), np.AZMul(x, inv))
				dBar = np.Add(dBar, np.Sub(z, h(z)).Scale(0.5))
			}
			if m > n {
				aBar = mul(np.AZMul(np.Sub(uBar, mul(u, x)), inv), h(v))
			}
		}
		if !isZero(w[2]) {
			vBar := t(w[2])
			x := mul(h(v), vBar)
			y := np.AZMul(x, f)
			dBar = np.Add(dBar, np.Mul(column(s), np.Add(y, h(y))))
			if n > m {
				aBar = np.Add(aBar, mul(u, h(np.AZMul(np.Sub(vBar, mul(v, x)), inv))))
			}
		}
		if !isZero(w[1]) {
			dBar = np.Add(dBar, np.AZMul(eye(min(m, n)), row(w[1])))
		}
		aBar = np.Add(aBar, mul(mul(u, dBar), h(v)))
		return []np.Array{np.Conj(aBar)}
	}
	// Without vectors the algorithms take a fraction of the time.
	svdValsOp.Eval = func(c *np.Call) np.Array { return svdValues(c.In[0]) }
	svdValsOp.JVP = func(c *np.Call, _ int, dot np.Array) np.Array {
		f := svdOp.ApplyAll(nil, c.In[0])
		return np.Real(np.Sum(np.Mul(np.Conj(f[0]), mul(dot, h(f[2]))), np.Axis(-2)))
	}
	svdValsOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		f := svdOp.ApplyAll(nil, c.In[0])
		return mul(np.Mul(np.Conj(f[0]), row(w)), np.Conj(f[2]))
	}
}

// svdGaps returns 1/(s_j²-s_i²), in a way that does not square, and 1/s; both
// are 0 where they would be infinite but for rounding.
func svdGaps(s np.Array) (f, inv np.Array) {
	tol := rounding(s)
	f = np.Mul(reciprocal(np.Sub(row(s), column(s)), scaled(tol)), reciprocal(np.Add(row(s), column(s)), scaled(tol)))
	return f, reciprocal(s, column(tol))
}

// svdJVP returns the rule for one of the two operations. Of the antihermitian x
// in du = u·x only the block between columns beyond the singular values is not
// determined; it is 0. The same holds for v.
func svdJVP(full bool) func(c *np.Call, dot []np.Array) []np.Array {
	return func(c *np.Call, dot []np.Array) []np.Array {
		u, s, vh := c.Out[0], c.Out[1], c.Out[2]
		m, n := size(c.In[0])
		k := min(m, n)
		v := h(vh)
		u1, v1 := u, v
		if full {
			u1, v1 = firstColumns(u, k), firstColumns(v, k)
		}
		d := mul(mul(h(u1), dot[0]), v1)
		f, inv := svdGaps(s)
		ds, sd := np.Mul(d, row(s)), np.Mul(column(s), d)
		xu := np.AZMul(np.Add(ds, h(ds)), f)
		xv := np.AZMul(np.Add(sd, h(sd)), f)
		if c.In[0].IsComplex() {
			skew := np.Sub(d, h(d)).Scale(0.5)
			xu = np.Add(xu, np.AZMul(eye(k), np.Mul(skew, row(inv))))
		}
		du, dv := mul(u1, xu), mul(v1, xv)
		if m > n {
			av := np.Mul(mul(dot[0], v1), row(inv))
			du = beside(du, u, av, k, full)
		}
		if n > m {
			au := np.Mul(mul(h(dot[0]), u1), row(inv))
			dv = beside(dv, v, au, k, full)
		}
		return []np.Array{du, np.Real(diag(d)), h(dv)}
	}
}

// beside adds to dq, the change of the first k columns of the unitary matrix q
// within their own space, the part of y outside it. If full is true q has
// further columns, and their change, which keeps q unitary, is appended.
func beside(dq, q, y np.Array, k int, full bool) np.Array {
	if !full {
		return np.Add(dq, np.Sub(y, mul(q, mul(h(q), y))))
	}
	q1, q2 := firstColumns(q, k), lastColumns(q, k)
	x := mul(h(q2), y)
	return np.Concatenate(-1, np.Add(dq, mul(q2, x)), mul(q1, h(x)).Neg())
}

// firstColumns returns the first k columns, lastColumns all but them.
func firstColumns(x np.Array, k int) np.Array { return x.Index(np.Ellipsis, np.Span(0, k)) }

func lastColumns(x np.Array, k int) np.Array {
	return x.Index(np.Ellipsis, np.Span(k, x.Shape()[x.NDim()-1]))
}

// svdValue returns the decomposition with min(m, n) columns of u and rows of
// vh, or if full is true with square matrices.
func svdValue(a np.Array, full bool) (u, s, vh np.Array) {
	m, n := size(a)
	k := min(m, n)
	batch := lead(a)
	count := product(batch)
	shape := func(s ...int) []int { return append(slices.Clone(batch), s...) }
	ku, kv := k, k // columns of u, rows of vh
	if full {
		ku, kv = m, n
	}
	ss := make([]float64, count*k)
	if a.IsComplex() {
		as := a.Complex128s()
		us, vs := make([]complex128, count*m*ku), make([]complex128, count*kv*n)
		for i := range count {
			svdComplex(as[i*m*n:(i+1)*m*n], us[i*m*ku:(i+1)*m*ku], vs[i*kv*n:(i+1)*kv*n], ss[i*k:(i+1)*k], m, n, ku, kv)
		}
		return np.WrapComplex(us, shape(m, ku)...), np.Wrap(ss, shape(k)...), np.WrapComplex(vs, shape(kv, n)...)
	}
	as := a.Float64s()
	us, vs := make([]float64, count*m*ku), make([]float64, count*kv*n)
	for i := range count {
		svdReal(as[i*m*n:(i+1)*m*n], us[i*m*ku:(i+1)*m*ku], vs[i*kv*n:(i+1)*kv*n], ss[i*k:(i+1)*k], m, n, ku, kv)
	}
	return np.Wrap(us, shape(m, ku)...), np.Wrap(ss, shape(k)...), np.Wrap(vs, shape(kv, n)...)
}

func svdValues(a np.Array) np.Array {
	m, n := size(a)
	k := min(m, n)
	count := product(lead(a))
	ss := make([]float64, count*k)
	for i := range count {
		if s := ss[i*k : (i+1)*k]; a.IsComplex() {
			svdComplex(a.Complex128s()[i*m*n:(i+1)*m*n], nil, nil, s, m, n, 0, 0)
		} else {
			svdReal(a.Float64s()[i*m*n:(i+1)*m*n], nil, nil, s, m, n, 0, 0)
		}
	}
	return np.Wrap(ss, append(slices.Clone(lead(a)), k)...)
}

// svdReal computes ku columns of u and kv rows of vh: none, min(m, n) or all.
func svdReal(a, u, v, s []float64, m, n, ku, kv int) {
	if min(m, n) == 0 {
		for i := range ku {
			u[i*ku+i] = 1
		}
		for i := range kv {
			v[i*n+i] = 1
		}
		return
	}
	job := func(k, n int) lapack.SVDJob {
		switch k {
		case 0:
			return lapack.SVDNone
		case n:
			return lapack.SVDAll
		}
		return lapack.SVDStore
	}
	ok := finite(a)
	if ok {
		a = slices.Clone(a)
		ju, jv := job(ku, m), job(kv, n)
		work := make([]float64, 1)
		lapack64.Gesvd(ju, jv, general(a, m, n), general(u, m, ku), general(v, kv, n), s, work, -1)
		work = make([]float64, int(work[0]))
		ok = lapack64.Gesvd(ju, jv, general(a, m, n), general(u, m, ku), general(v, kv, n), s, work, len(work))
	}
	if !ok {
		fillNaN(u)
		fillNaN(v)
		fillNaN(s)
	}
}

// svdComplex rotates the columns of a until they are orthogonal: the method of
// Hestenes, which finds small singular values with full relative accuracy. See
// svdReal for ku and kv.
func svdComplex(a, u, vh []complex128, s []float64, m, n, ku, kv int) {
	if !finite(a) {
		fillNaN(u)
		fillNaN(vh)
		fillNaN(s)
		return
	}
	if m < n {
		ut, vt := make([]complex128, ku*m), make([]complex128, n*kv)
		svdComplex(adjoint(a, m, n), vt, ut, s, n, m, kv, ku)
		copy(u, adjoint(ut, ku, m))
		copy(vh, adjoint(vt, n, kv))
		return
	}
	x := slices.Clone(a)
	v := make([]complex128, n*kv) // kv is n or 0
	for i := range kv {
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
					r.columns(v, kv, n, p, q)
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
		for i := range kv {
			vh[k*n+i] = cmplx.Conj(v[i*n+o])
		}
		switch {
		case ku == 0:
		case norms[o] > 0:
			for i := range m {
				u[i*ku+k] = x[i*n+o] / complex(norms[o], 0)
			}
		default:
			extend(u, m, ku, k)
		}
	}
	for k := n; k < ku; k++ {
		extend(u, m, ku, k)
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
// and vh k×n, which NumPy calls full_matrices=False. With [Full] u is m×m and
// vh n×n, both unitary.
//
// The further columns of u, or rows of vh, that Full gives are any orthonormal
// basis of what is orthogonal to the others. In their derivatives they do not
// turn among themselves: only functions that do not depend on the choice of the
// basis, such as the projection on its space, have derivatives with a meaning.
// The same holds for the vectors of singular values that are 0.
func SVD(a np.Array, opts ...Option) (u, s, vh np.Array) {
	matrices("SVD", a)
	op := svdOp
	if join(opts)&Full != 0 {
		op = svdFullOp
	}
	out := op.ApplyAll(nil, a)
	return out[0], out[1], out[2]
}

// SVDVals returns the singular values that [SVD] returns, faster.
func SVDVals(a np.Array) np.Array {
	matrices("SVDVals", a)
	return svdValsOp.Apply(nil, a)
}
