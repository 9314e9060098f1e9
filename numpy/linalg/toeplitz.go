package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

// toeplitzOp has the first column, the first row and the right side as operands.
// The first element of the row is not read.
var toeplitzOp = &np.Op{Name: "linalg.SolveToeplitz", Broadcast: true}

func init() {
	// The vectors are rows of a matrix, so that leading axes align.
	toeplitzOp.Eval = func(c *np.Call) np.Array {
		col, r, b := c.In[0], c.In[1], c.In[2]
		if col.IsComplex() || r.IsComplex() || b.IsComplex() {
			return toeplitzSolved[complex128](col, r, b)
		}
		return toeplitzSolved[float64](col, r, b)
	}
	toeplitzOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		d := v[2]
		if !isZero(v[0]) || !isZero(v[1]) {
			dc, dr := v[0], v[1]
			if isZero(dc) {
				dc = np.ZerosLike(c.In[0])
			}
			if isZero(dr) {
				dr = np.ZerosLike(c.In[1])
			}
			d = minus(d, mul(Toeplitz(vector(dc), vector(dr)), c.Out[0]))
		}
		return []np.Array{toeplitzOp.Apply(nil, c.In[0], c.In[1], d)}
	}
	toeplitzOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		// The transpose has row and column exchanged, but for what they share.
		col, r := c.In[0], c.In[1]
		n := col.Shape()[col.NDim()-1]
		corner := mask(1, n, func(_, j int) bool { return j == 0 })
		shared := np.AZMul(corner, col)
		back := np.Add(np.Sub(r, np.AZMul(corner, r)), shared)
		g := toeplitzOp.Apply(nil, back, col, w[0])
		out := []np.Array{{}, {}, g}
		if need[0] || need[1] {
			m := mul(g, t(c.Out[0])).Neg()
			// The transpose of the map from c and r to the matrix.
			zeros := np.Sum(np.ZerosLike(m), np.Axis(-2), np.KeepDims)
			_, pull := np.VJP(func(s np.Array) np.Array {
				return Toeplitz(vector(firstColumns(s, n)), vector(lastColumns(s, n)))
			}, np.Concatenate(-1, zeros, zeros))
			s := pull(m)
			out[0], out[1] = firstColumns(s, n), lastColumns(s, n)
		}
		return out
	}
}

func toeplitzSolved[T number](c, r, b np.Array) np.Array {
	n, m := size(b)
	batch, _ := common(lead(c), lead(r))
	batch, _ = common(batch, lead(b))
	c, dc := stretch(c, batch)
	r, dr := stretch(r, batch)
	b, db := stretch(b, batch)
	cs, rs, bs := elements[T](c), elements[T](r), elements[T](b)
	x := make([]T, 0, product(batch)*n*m)
	for i := range product(batch) {
		// Element i, j of the matrix is t[n-1+i-j].
		t := make([]T, 2*n-1)
		for k := 1; k < n; k++ {
			t[n-1-k] = rs[i*dr+k]
		}
		copy(t[n-1:], cs[i*dc:i*dc+n])
		right := bs[i*db : i*db+n*m]
		y := levinson(t, right, n, m)
		if !solves(t, y, right, n, m) {
			a := make([]T, 0, n*n)
			for i := range n {
				for j := range n {
					a = append(a, t[n-1+i-j])
				}
			}
			copy(y, right)
			factor(a, n).solve(y, m, false)
		}
		x = append(x, y...)
	}
	return wrap(x, append(batch, n, m)...)
}

// levinson solves the equations with leading submatrices of ever larger size.
// It fails if one of them is singular.
func levinson[T number](t, b []T, n, m int) []T {
	at := func(k int) T { return t[n-1+k] }
	x := make([]T, n*m)
	if n == 0 {
		return x
	}
	// The solutions for the first and the last unit vector.
	f, g := make([]T, n), make([]T, n)
	f[0], g[0] = 1/at(0), 1/at(0)
	for j := range m {
		x[j] = b[j] / at(0)
	}
	for k := 1; k < n; k++ {
		var ef, eg T
		for i := range k {
			ef += at(k-i) * f[i]
			eg += at(-1-i) * g[i]
		}
		d := 1 - ef*eg
		// Both are longer by an element, g at its beginning.
		last := T(0)
		for i := 0; i <= k; i++ {
			p, q := f[i], last
			last = g[i]
			f[i] = (p - ef*q) / d
			g[i] = (q - eg*p) / d
		}
		for j := range m {
			e := b[k*m+j]
			for i := range k {
				e -= at(k-i) * x[i*m+j]
			}
			for i := 0; i <= k; i++ {
				x[i*m+j] += e * g[i]
			}
		}
	}
	return x
}

// solves reports whether t·x is b up to rounding errors.
func solves[T number](t, x, b []T, n, m int) bool {
	for i := range n {
		for j := range m {
			d, scale := b[i*m+j], abs(b[i*m+j])
			for k := range n {
				v := t[n-1+i-k] * x[k*m+j]
				d -= v
				scale += abs(v)
			}
			if !(abs(d) <= 1e-13*float64(n)*scale) {
				return false
			}
		}
	}
	return true
}

// SolveToeplitz returns the solution x of a·x = b for the square matrix
// a = [Toeplitz](c, r), in a time proportional to the square of its size, and
// so its derivatives. As in [Solve], b may be a vector, and a singular matrix
// gives NaN. The method of Levinson fails at a matrix with a leading submatrix
// that is singular, or almost; then a is factored as in Solve.
func SolveToeplitz(c, r, b np.Array) np.Array {
	m, n := lengths("SolveToeplitz", c, r)
	if m != n {
		doNotFit("SolveToeplitz", c, r)
	}
	batch, ok := common(c.Shape()[:c.NDim()-1], r.Shape()[:r.NDim()-1])
	if !ok {
		doNotFit("SolveToeplitz", c, r)
	}
	apply := func(b np.Array) np.Array { return toeplitzOp.Apply(nil, row(c), row(r), b) }
	switch {
	case b.NDim() == 1 && b.Len() == n:
		return vector(apply(column(b)))
	case b.NDim() < 2:
		doNotFit("SolveToeplitz", c, b)
	}
	k, _ := size(b)
	if _, ok := common(batch, lead(b)); !ok || k != n {
		doNotFit("SolveToeplitz", c, b)
	}
	return apply(b)
}
