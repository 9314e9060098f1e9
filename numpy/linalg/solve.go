package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

var (
	solveOp = &np.Op{Name: "linalg.Solve", Broadcast: true}
	invOp   = &np.Op{Name: "linalg.Inv"}
)

func init() {
	solveOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return solved[complex128](c.In[0], c.In[1])
		}
		return solved[float64](c.In[0], c.In[1])
	}
	solveOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		return []np.Array{solve(c.In[0], np.Sub(v[1], mulOrZero(v[0], c.Out[0])))}
	}
	solveOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		out := make([]np.Array, 2)
		g := solve(t(c.In[0]), w[0])
		if need[0] {
			out[0] = mul(g, t(c.Out[0])).Neg()
		}
		out[1] = g
		return out
	}

	invOp.Eval = func(c *np.Call) np.Array {
		_, n := size(c.In[0])
		if c.In[0].IsComplex() {
			return solved[complex128](c.In[0], np.AsComplex(eye(n)))
		}
		return solved[float64](c.In[0], eye(n))
	}
	invOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		y := c.Out[0]
		return mul(mul(y, v), y).Neg()
	}
	invOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		y := t(c.Out[0])
		return mul(mul(y, w), y).Neg()
	}
}

// isZero reports whether v is the zero value that stands for no change.
func isZero(v np.Array) bool { return v.NDim() == 0 }

// mulOrZero is mul for a change x, which may be the zero value.
func mulOrZero(x, y np.Array) np.Array {
	if isZero(x) {
		return np.Array{}
	}
	return mul(x, y)
}

func solved[T number](a, b np.Array) np.Array {
	n, m := size(b)
	batch, _ := common(lead(a), lead(b))
	a, da := stretch(a, batch)
	b, db := stretch(b, batch)
	as, bs := elements[T](a), elements[T](b)
	count := product(batch)
	x := make([]T, 0, count*n*m)
	var f lu[T]
	for i := range count {
		if i == 0 || da > 0 {
			f = factor(slices.Clone(as[i*da:i*da+n*n]), n)
		}
		x = append(x, bs[i*db:i*db+n*m]...)
		f.solve(x[i*n*m:], m)
	}
	return wrap(x, append(batch, n, m)...)
}

func solve(a, b np.Array) np.Array { return solveOp.Apply(nil, a, b) }

// Solve returns the solution x of a·x = b. A b with one axis is a vector, all
// others are matrices or batches of them, as in NumPy 2. A singular matrix
// gives NaN. It panics with a numpy.Error if shapes do not fit.
func Solve(a, b np.Array) np.Array {
	square("Solve", a)
	return withVector("Solve", a, b, solve)
}

// withVector applies f to a and b, which may be a vector, after a check that
// they have the same number of rows.
func withVector(name string, a, b np.Array, f func(a, b np.Array) np.Array) np.Array {
	m, _ := size(a)
	switch b.NDim() {
	case 0:
		doNotFit(name, a, b)
	case 1:
		if b.Len() != m {
			doNotFit(name, a, b)
		}
		return vector(f(a, column(b)))
	}
	n, _ := size(b)
	if _, ok := common(lead(a), lead(b)); !ok || m != n {
		doNotFit(name, a, b)
	}
	return f(a, b)
}

// Inv returns the inverses of square matrices, NaN for singular ones.
func Inv(a np.Array) np.Array {
	square("Inv", a)
	return invOp.Apply(nil, a)
}
