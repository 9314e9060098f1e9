package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// pluOp returns L and U. The operands are the matrices, their packed factors,
// from which the values come, and the permutations P with a = P·L·U.
var (
	pluOp  = &np.Op{Name: "linalg.PLU"}
	permOp = &np.Op{Name: "linalg.Permutation", Flat: true, Broadcast: true}
)

func init() {
	pluOp.EvalAll = func(c *np.Call) []np.Array {
		if c.In[1].IsComplex() {
			return pluValue[complex128](c.In[1])
		}
		return pluValue[float64](c.In[1])
	}
	pluOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		m, n := size(c.In[0])
		k := min(m, n)
		l, u := c.Out[0], c.Out[1]
		d := mul(t(c.In[2]), v[0])
		// Of the square part, d = dl·u + l·du with l⁻¹·dl strictly lower
		// triangular and du·u⁻¹ upper triangular.
		l1, u1 := firstRows(l, k), firstColumns(u, k)
		x := rightUpper(u1, solveUnitLower(l1, firstRows(firstColumns(d, k), k)))
		dl, du := mul(l1, lower(x, -1)), mul(upper(x, 0), u1)
		switch {
		case m > n:
			rest := np.Sub(lastRows(d, k), mul(lastRows(l, k), du))
			dl = np.Concatenate(-2, dl, rightUpper(u1, rest))
		case n > m:
			rest := np.Sub(lastColumns(d, k), mul(dl, lastColumns(u, k)))
			du = np.Concatenate(-1, du, solveUnitLower(l1, rest))
		}
		return []np.Array{dl, du}
	}
	// The transpose of the above.
	pluOp.VJPAll = func(c *np.Call, w []np.Array, _ []bool) []np.Array {
		m, n := size(c.In[0])
		k := min(m, n)
		l, u := c.Out[0], c.Out[1]
		l1, u1 := firstRows(l, k), firstColumns(u, k)
		var rest, wl, wu np.Array
		if !isZero(w[0]) {
			wl = firstRows(w[0], k)
			if m > n {
				rest = rightUpperTrans(u1, lastRows(w[0], k))
				wu = mul(t(lastRows(l, k)), rest).Neg()
			}
		}
		if !isZero(w[1]) {
			wu = np.Add(wu, firstColumns(w[1], k))
			if n > m {
				rest = solveUnitLowerTrans(l1, lastColumns(w[1], k))
				wl = np.Sub(wl, mul(rest, t(lastColumns(u, k))))
			}
		}
		var x np.Array
		if !isZero(wl) {
			x = lower(mul(t(l1), wl), -1)
		}
		if !isZero(wu) {
			x = np.Add(x, upper(mul(wu, t(u1)), 0))
		}
		g := rightUpperTrans(u1, solveUnitLowerTrans(l1, x))
		switch {
		case m > n && isZero(rest):
			g = np.Concatenate(-2, g, np.ZerosLike(lastRows(c.In[0], k)))
		case m > n:
			g = np.Concatenate(-2, g, rest)
		case n > m && isZero(rest):
			g = np.Concatenate(-1, g, np.ZerosLike(lastColumns(c.In[0], k)))
		case n > m:
			g = np.Concatenate(-1, g, rest)
		}
		return []np.Array{mul(c.In[2], g), {}, {}}
	}
	permOp.Eval = func(c *np.Call) np.Array {
		m, n := size(c.In[0])
		m--
		count := product(lead(c.In[0]))
		out := make([]float64, count*m*m)
		x := np.Real(c.In[0]).Float64s()
		for b := range count {
			order := make([]int, m) // of the rows of a
			for i := range order {
				order[i] = i
			}
			for i, v := range unpack(x[b*(m+1)*n:], m, n).swap {
				p := int(v)
				order[i], order[p] = order[p], order[i]
			}
			for i, o := range order {
				out[b*m*m+o*m+i] = 1
			}
		}
		return np.Wrap(out, append(slices.Clone(lead(c.In[0])), m, m)...)
	}
}

func pluValue[T number](f np.Array) []np.Array {
	m, n := size(f)
	m--
	k := min(m, n)
	fs := elements[T](f)
	count := product(lead(f))
	ls, us := make([]T, count*m*k), make([]T, count*k*n)
	for b := range count {
		x := fs[b*(m+1)*n:]
		l, u := ls[b*m*k:(b+1)*m*k], us[b*k*n:(b+1)*k*n]
		for i := range m {
			copy(l[i*k:i*k+min(i, k)], x[i*n:])
			if i < k {
				l[i*k+i] = 1
				copy(u[i*n+i:(i+1)*n], x[i*n+i:])
			}
		}
	}
	return []np.Array{wrap(ls, append(slices.Clone(lead(f)), m, k)...), wrap(us, append(slices.Clone(lead(f)), k, n)...)}
}

// solveUnitLower returns the solution x of l·x = b for l with a diagonal of
// ones.
func solveUnitLower(l, b np.Array) np.Array {
	return triangularOp.Apply(triangle{unit: true}, l, b)
}

// rightUpper returns the solution x of x·u = b.
func rightUpper(u, b np.Array) np.Array {
	return t(triangularOp.Apply(triangle{up: true, trans: true}, u, t(b)))
}

// solveUnitLowerTrans and rightUpperTrans are those with lᵀ and uᵀ.
func solveUnitLowerTrans(l, b np.Array) np.Array {
	return triangularOp.Apply(triangle{unit: true, trans: true}, l, b)
}

func rightUpperTrans(u, b np.Array) np.Array {
	return t(triangularOp.Apply(triangle{up: true}, u, t(b)))
}

func firstRows(x np.Array, k int) np.Array { return x.Index(np.Ellipsis, np.Span(0, k), np.Whole) }

func lastRows(x np.Array, k int) np.Array {
	m, _ := size(x)
	return x.Index(np.Ellipsis, np.Span(k, m), np.Whole)
}

// LU returns the decomposition a = p·l·u of m×n matrices with k = min(m, n):
// the m×m matrix p is a permutation, the m×k matrix l lower triangular with a
// diagonal of ones and moduli up to 1, and the k×n matrix u upper triangular.
// Derivatives are those at the same permutation, which is locally constant
// except where two candidates for a pivot have the same modulus; at a matrix
// whose first k columns, in the order of p k rows, are singular they are
// infinite or NaN. See [Factor] for systems of equations.
func LU(a np.Array) (p, l, u np.Array) {
	matrices("LU", a)
	f := factors(a)
	p = permOp.Apply(nil, f)
	out := pluOp.ApplyAll(nil, a, f, p)
	return p, out[0], out[1]
}
