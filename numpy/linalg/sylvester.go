package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// sylvesterOp solves a·x + x·b = q, or x - a·x·b = q if the parameter is true,
// which is Stein's equation. The operands are a, b, q and the Schur
// decompositions of a and b. All rules use the same decompositions: the
// equation with the transposes of a and b is, transposed, the one with b in
// the place of a and a in the place of b.
//
// schurOp packs the triangles and below them the unitary matrices. It has no
// derivative, as the factors of [Solve].
var (
	sylvesterOp    = &np.Op{Name: "linalg.SolveSylvester", Broadcast: true}
	schurOp        = &np.Op{Name: "linalg.Schur", Flat: true, Broadcast: true}
	schurAdjointOp = &np.Op{Name: "linalg.SchurAdjoint", Flat: true, Broadcast: true}
	schurDiagOp    = &np.Op{Name: "linalg.SchurHermitian", Flat: true, Broadcast: true}
)

func init() {
	sylvesterOp.Eval = func(c *np.Call) np.Array {
		x := sylvesterValue(c.Param.(bool), c.In[2], c.In[3], c.In[4])
		if c.In[0].IsComplex() || c.In[1].IsComplex() || c.In[2].IsComplex() {
			return x
		}
		return np.Real(x)
	}
	sylvesterOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		stein := c.Param.(bool)
		a, b, x := c.In[0], c.In[1], c.Out[0]
		// The sum of what the equation does with the changes of a and b.
		d := v[2]
		switch {
		case isZero(v[0]):
		case stein:
			d = np.Add(d, mul(v[0], mul(x, b)))
		default:
			d = np.Sub(d, mul(v[0], x))
		}
		switch {
		case isZero(v[1]):
		case stein:
			d = np.Add(d, mul(mul(a, x), v[1]))
		default:
			d = np.Sub(d, mul(x, v[1]))
		}
		return []np.Array{sylvesterOp.Apply(stein, a, b, d, c.In[3], c.In[4])}
	}
	sylvesterOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		stein := c.Param.(bool)
		a, b, x := c.In[0], c.In[1], c.Out[0]
		gt := sylvesterOp.Apply(stein, b, a, t(w[0]), c.In[4], c.In[3])
		out := make([]np.Array, 5)
		out[2] = t(gt)
		if need[0] {
			if stein {
				out[0] = t(mul(mul(x, b), gt))
			} else {
				out[0] = t(mul(x, gt)).Neg()
			}
		}
		if need[1] {
			if stein {
				out[1] = t(mul(gt, mul(a, x)))
			} else {
				out[1] = t(mul(gt, x)).Neg()
			}
		}
		return out
	}
	schurOp.Eval = func(c *np.Call) np.Array {
		_, n := size(c.In[0])
		as := c.In[0].Complex128s()
		out := make([]complex128, 0, 2*len(as))
		for i := range product(lead(c.In[0])) {
			s, q, ok := schur(as[i*n*n:(i+1)*n*n], n)
			if !ok {
				fillNaN(s)
			}
			out = append(append(out, s...), q...)
		}
		return np.WrapComplex(out, append(slices.Clone(lead(c.In[0])), 2*n, n)...)
	}
	// For Hermitian matrices the triangles are diagonal.
	schurDiagOp.Eval = func(c *np.Call) np.Array {
		w, v := eighValue(c.In[0])
		_, n := size(v)
		return np.AsComplex(np.Concatenate(-2, np.Mul(eye(n), row(w)), v))
	}
	// With the columns of q in the opposite order tᴴ becomes upper triangular.
	schurAdjointOp.Eval = func(c *np.Call) np.Array {
		_, n := size(c.In[0])
		in := c.In[0].Complex128s()
		out := make([]complex128, 0, len(in))
		for k := 0; k < len(in); k += 2 * n * n {
			for i := range n {
				for j := range n {
					out = append(out, conj(in[k+(n-1-j)*n+n-1-i]))
				}
			}
			for i := range n {
				for j := range n {
					out = append(out, in[k+n*n+i*n+n-1-j])
				}
			}
		}
		return np.WrapComplex(out, append([]int{}, c.In[0].Shape()...)...)
	}
}

func schurs(a np.Array) np.Array { return schurOp.Apply(nil, a) }

func sylvester(a, b, q np.Array) np.Array {
	return sylvesterOp.Apply(false, a, b, q, schurs(a), schurs(b))
}

// sylvesterSame returns the solution of a·x + x·a = q.
func sylvesterSame(a, q np.Array) np.Array {
	f := schurs(a)
	return sylvesterOp.Apply(false, a, a, q, f, f)
}

// sylvesterValue is the method of Bartels and Stewart.
func sylvesterValue(stein bool, q, fa, fb np.Array) np.Array {
	m, n := size(q)
	batch, _ := common(lead(fa), lead(fb))
	batch, _ = common(batch, lead(q))
	fa, da := stretch(fa, batch)
	fb, db := stretch(fb, batch)
	q, dq := stretch(q, batch)
	as, bs, qs := fa.Complex128s(), fb.Complex128s(), q.Complex128s()
	count := product(batch)
	x := make([]complex128, count*m*n)
	for i := range count {
		r, u := as[i*da:i*da+m*m], as[i*da+m*m:i*da+2*m*m]
		s, v := bs[i*db:i*db+n*n], bs[i*db+n*n:i*db+2*n*n]
		y, z := make([]complex128, m*n), make([]complex128, m*n)
		multiply(z, adjoint(u, m, m), qs[i*dq:i*dq+m*n], m, m, n)
		multiply(y, z, v, m, n, n)
		if stein {
			steinTriangular(r, s, y, m, n)
		} else {
			sylvesterTriangular(r, s, y, m, n)
		}
		clear(z)
		multiply(z, u, y, m, m, n)
		multiply(x[i*m*n:(i+1)*m*n], z, adjoint(v, n, n), m, n, n)
	}
	return np.WrapComplex(x, append(batch, m, n)...)
}

// sylvesterTriangular replaces y by the solution x of r·x + x·s = y, by
// columns from the left.
func sylvesterTriangular(r, s, y []complex128, m, n int) {
	for k := range n {
		for l := m - 1; l >= 0; l-- {
			f := y[l*n+k]
			for j := range k {
				f -= y[l*n+j] * s[j*n+k]
			}
			for j := l + 1; j < m; j++ {
				f -= r[l*m+j] * y[j*n+k]
			}
			y[l*n+k] = f / (r[l*m+l] + s[k*n+k])
		}
	}
}

// steinTriangular replaces y by the solution x of x - r·x·s = y, by columns
// from the left.
func steinTriangular(r, s, y []complex128, m, n int) {
	z := make([]complex128, m)
	for k := range n {
		// z = Σ x[:,j]·s[j,k] for j < k; then (1 - s[k,k]·r)·x[:,k] = y[:,k] + r·z.
		for l := range m {
			z[l] = 0
			for j := range k {
				z[l] += y[l*n+j] * s[j*n+k]
			}
		}
		for l := m - 1; l >= 0; l-- {
			f := y[l*n+k]
			for j := l; j < m; j++ {
				f += r[l*m+j] * z[j]
				if j > l {
					f += r[l*m+j] * s[k*n+k] * y[j*n+k]
				}
			}
			y[l*n+k] = f / (1 - r[l*m+l]*s[k*n+k])
		}
	}
}

// SolveSylvester returns the solution x of a·x + x·b = q. If an eigenvalue of
// a is the negative of one of b, the result has infinities or NaN.
func SolveSylvester(a, b, q np.Array) np.Array {
	square("SolveSylvester", a)
	square("SolveSylvester", b)
	matrices("SolveSylvester", q)
	m, n := size(q)
	ma, _ := size(a)
	mb, _ := size(b)
	batch, ok := common(lead(a), lead(b))
	if ok {
		_, ok = common(batch, lead(q))
	}
	if !ok || ma != m || mb != n {
		np.Fail("linalg: SolveSylvester: shapes %s, %s and %s do not fit", shape(a), shape(b), shape(q))
	}
	return sylvester(a, b, q)
}

// SolveLyapunov returns the solution x of Lyapunov's equation a·x + x·aᴴ = q,
// as solve_continuous_lyapunov of SciPy. If the sum of an eigenvalue of a and
// the conjugate of another, or the same, is 0, the result has infinities or
// NaN.
func SolveLyapunov(a, q np.Array) np.Array { return lyapunov("SolveLyapunov", false, a, q) }

// SolveDiscreteLyapunov returns the solution x of x - a·x·aᴴ = q, for any size
// by the method of Schur. If the product of an eigenvalue of a and the
// conjugate of another, or the same, is 1, the result has infinities or NaN.
func SolveDiscreteLyapunov(a, q np.Array) np.Array {
	return lyapunov("SolveDiscreteLyapunov", true, a, q)
}

func lyapunov(name string, stein bool, a, q np.Array) np.Array {
	square(name, a)
	square(name, q)
	n, _ := size(a)
	m, _ := size(q)
	if _, ok := common(lead(a), lead(q)); !ok || m != n {
		doNotFit(name, a, q)
	}
	f := schurs(a)
	return sylvesterOp.Apply(stein, a, h(a), q, f, schurAdjointOp.Apply(nil, f))
}
