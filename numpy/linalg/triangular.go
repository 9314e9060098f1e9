package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

var triangularOp = &np.Op{Name: "linalg.SolveTriangular", Broadcast: true}

// triangle is what SolveTriangular takes of a matrix.
type triangle struct{ up, trans, unit bool }

func init() {
	triangularOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(triangle)
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return triangularSolved[complex128](c.In[0], c.In[1], p)
		}
		return triangularSolved[float64](c.In[0], c.In[1], p)
	}
	triangularOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		p := c.Param.(triangle)
		d := np.Array{}
		if !isZero(v[0]) {
			d = mul(transposedIf(p.trans, p.cut(v[0])), c.Out[0])
		}
		return []np.Array{triangularOp.Apply(p, c.In[0], minus(v[1], d))}
	}
	triangularOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		p := c.Param.(triangle)
		back := p
		back.trans = !p.trans
		g := triangularOp.Apply(back, c.In[0], w[0])
		out := []np.Array{{}, g}
		if need[0] {
			out[0] = p.cut(transposedIf(p.trans, mul(g, t(c.Out[0])).Neg()))
		}
		return out
	}
}

// cut returns the part of x that is taken.
func (p triangle) cut(x np.Array) np.Array {
	k := 0
	if p.unit {
		k = 1
	}
	if p.up {
		return upper(x, k)
	}
	return lower(x, -k)
}

func triangularSolved[T number](a, b np.Array, p triangle) np.Array {
	n, m := size(b)
	batch, _ := common(lead(a), lead(b))
	a, da := stretch(a, batch)
	b, db := stretch(b, batch)
	as, bs := elements[T](a), elements[T](b)
	count := product(batch)
	x := make([]T, 0, count*n*m)
	for i := range count {
		x = append(x, bs[i*db:i*db+n*m]...)
		triangular(p, as[i*da:i*da+n*n], x[i*n*m:], n, m)
	}
	return wrap(x, append(batch, n, m)...)
}

func solveLower(l, b np.Array) np.Array { return triangularOp.Apply(triangle{}, l, b) }

// rightLower returns the solution x of x·lᴴ = b.
func rightLower(l, b np.Array) np.Array { return h(solveLower(l, h(b))) }

// SolveTriangular returns the solution x of a·x = b for a triangular matrix,
// the lower triangle of a or with [Upper] the upper one; see also [Trans],
// [ConjTrans] and [Unit]. As in [Solve], b may be a vector. A zero on the
// diagonal gives infinities or NaN.
func SolveTriangular(a, b np.Array, opts ...Option) np.Array {
	square("SolveTriangular", a)
	o := join(opts)
	p := triangle{up: o&Upper != 0, trans: o&(Trans|ConjTrans) != 0, unit: o&Unit != 0}
	return withVector("SolveTriangular", a, b, func(a, b np.Array) np.Array {
		if o&ConjTrans != 0 {
			a = np.Conj(a)
		}
		return triangularOp.Apply(p, a, b)
	})
}

// CholSolve returns the solution x of a·x = b where l is the lower factor of a
// that [Cholesky] returns. As in [Solve], b may be a vector.
func CholSolve(l, b np.Array) np.Array {
	square("CholSolve", l)
	return withVector("CholSolve", l, b, func(l, b np.Array) np.Array {
		return SolveTriangular(l, solveLower(l, b), ConjTrans)
	})
}
