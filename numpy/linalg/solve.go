package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

// solveOp solves systems with the matrices a, the first operand, or if the
// parameter is true with their transposes. The operands are a, the right side
// and the factors of a, of which alone the value is computed. All rules use
// the same factors.
var (
	solveOp = &np.Op{Name: "linalg.Solve", Broadcast: true}
	invOp   = &np.Op{Name: "linalg.Inv"}
)

func init() {
	solveOp.Eval = func(c *np.Call) np.Array {
		trans := c.Param.(bool)
		if c.In[1].IsComplex() || c.In[2].IsComplex() {
			return solved[complex128](c.In[2], c.In[1], trans)
		}
		return solved[float64](c.In[2], c.In[1], trans)
	}
	solveOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		trans := c.Param.(bool)
		d := minus(v[1], mulOrZero(transposedIf(trans, v[0]), c.Out[0]))
		return []np.Array{solveOp.Apply(trans, c.In[0], d, c.In[2])}
	}
	solveOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		trans := c.Param.(bool)
		out := make([]np.Array, 3)
		g := solveOp.Apply(!trans, c.In[0], w[0], c.In[2])
		if need[0] {
			out[0] = transposedIf(trans, mul(g, t(c.Out[0]))).Neg()
		}
		out[1] = g
		return out
	}
	// a₀·x[k] = b[k] - Σ a[j]·x[k-j] for j > 0.
	solveOp.Taylor = func(c *np.Call, x [][]np.Array, order int) []np.Array {
		trans := c.Param.(bool)
		y := []np.Array{c.Out[0]}
		for k := 1; k <= order; k++ {
			var d np.Array
			if k < len(x[1]) {
				d = x[1][k]
			}
			for j := 1; j <= k && j < len(x[0]); j++ {
				if a := x[0][j]; !isZero(a) && !isZero(y[k-j]) {
					d = minus(d, mul(transposedIf(trans, a), y[k-j]))
				}
			}
			if !isZero(d) {
				d = solveOp.Apply(trans, c.In[0], d, c.In[2])
			}
			y = append(y, d)
		}
		return y[1:]
	}

	invOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() {
			return eachSquare(c.In[0], invert[complex128])
		}
		return eachSquare(c.In[0], invert[float64])
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

// minus returns x-y, either of which may be the zero value.
func minus(x, y np.Array) np.Array {
	if isZero(y) {
		return x
	}
	return np.Sub(x, y)
}

// transposedIf returns x, or its transposes. It may be the zero value.
func transposedIf(trans bool, x np.Array) np.Array {
	if trans && !isZero(x) {
		return t(x)
	}
	return x
}

// invert replaces a by its inverse.
func invert[T number](a []T, n int) {
	f := factor(a, n)
	clear(a)
	for i := range n {
		a[i*n+i] = 1
	}
	f.solve(a, n, false)
}

// solved returns the solutions of the systems whose packed factors fs has.
func solved[T number](fs, b np.Array, trans bool) np.Array {
	n, m := size(b)
	batch, _ := common(lead(fs), lead(b))
	fs, df := stretch(fs, batch)
	b, db := stretch(b, batch)
	f, bs := elements[T](fs), elements[T](b)
	count := product(batch)
	x := make([]T, 0, count*n*m)
	for i := range count {
		x = append(x, bs[i*db:i*db+n*m]...)
		unpack(f[i*df:i*df+(n+1)*n], n, n).solve(x[i*n*m:], m, trans)
	}
	return wrap(x, append(batch, n, m)...)
}

func solve(a, b np.Array) np.Array { return solveOp.Apply(false, a, b, factors(a)) }

// Solve returns the solution x of a·x = b. A b with one axis is a vector, all
// others are matrices or batches of them, as in NumPy 2. A singular matrix
// gives NaN. It panics with a numpy.Error if shapes do not fit.
//
// The matrix is factored once: derivatives of any order and mode use the same
// factors. See [Factor] for several systems with the same matrix.
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
