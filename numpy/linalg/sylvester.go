package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

var sylvesterOp = &np.Op{Name: "linalg.SolveSylvester", Broadcast: true}

func init() {
	sylvesterOp.Eval = func(c *np.Call) np.Array {
		x := sylvesterValue(c.In[0], c.In[1], c.In[2])
		if c.In[0].IsComplex() || c.In[1].IsComplex() || c.In[2].IsComplex() {
			return x
		}
		return np.Real(x)
	}
	sylvesterOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		x := c.Out[0]
		d := np.Sub(v[2], mulOrZero(v[0], x))
		if !isZero(v[1]) {
			d = np.Sub(d, mul(x, v[1]))
		}
		return []np.Array{sylvester(c.In[0], c.In[1], d)}
	}
	sylvesterOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		x := t(c.Out[0])
		g := sylvester(t(c.In[0]), t(c.In[1]), w[0])
		out := []np.Array{{}, {}, g}
		if need[0] {
			out[0] = mul(g, x).Neg()
		}
		if need[1] {
			out[1] = mul(x, g).Neg()
		}
		return out
	}
}

func sylvester(a, b, q np.Array) np.Array { return sylvesterOp.Apply(nil, a, b, q) }

// sylvesterValue is the method of Bartels and Stewart.
func sylvesterValue(a, b, q np.Array) np.Array {
	m, n := size(q)
	batch, _ := common(lead(a), lead(b))
	batch, _ = common(batch, lead(q))
	a, da := stretch(a, batch)
	b, db := stretch(b, batch)
	q, dq := stretch(q, batch)
	as, bs, qs := a.Complex128s(), b.Complex128s(), q.Complex128s()
	count := product(batch)
	x := make([]complex128, count*m*n)
	var (
		r, u, s, v []complex128
		okA, okB   bool
	)
	for i := range count {
		if i == 0 || da > 0 {
			r, u, okA = schur(as[i*da:i*da+m*m], m)
		}
		if i == 0 || db > 0 {
			s, v, okB = schur(bs[i*db:i*db+n*n], n)
		}
		xi := x[i*m*n : (i+1)*m*n]
		if !okA || !okB {
			fillNaN(xi)
			continue
		}
		// r·y + y·s = uᴴ·q·v, by columns of y from the left.
		y, z := make([]complex128, m*n), make([]complex128, m*n)
		multiply(z, adjoint(u, m, m), qs[i*dq:i*dq+m*n], m, m, n)
		multiply(y, z, v, m, n, n)
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
		clear(z)
		multiply(z, u, y, m, m, n)
		multiply(xi, z, adjoint(v, n, n), m, n, n)
	}
	return np.WrapComplex(x, append(batch, m, n)...)
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
