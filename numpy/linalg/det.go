package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// The operands are the matrices and their factors, from which the values come.
var (
	detOp    = &np.Op{Name: "linalg.Det"}
	logDetOp = &np.Op{Name: "linalg.SlogDet"}
	signOp   = &np.Op{Name: "linalg.SlogDet"}
)

func init() {
	detOp.Eval = func(c *np.Call) np.Array {
		d := diagonals(c.In[1])
		return np.Prod(d, np.Axis(-1))
	}
	detOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		if a, f := c.In[0], c.In[1]; regular(f) {
			return np.Mul(c.Out[0], traceOf(inverse(a, f, true), v))
		}
		_, dot := np.JVP(singularDet, c.In[0], v)
		return dot
	}
	detOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		if a, f := c.In[0], c.In[1]; regular(f) {
			return np.Mul(scaled(np.Mul(w, c.Out[0])), inverse(a, f, true))
		}
		_, pull := np.VJP(singularDet, c.In[0])
		return pull(w)
	}

	// Logarithms of the pivots do not overflow as the determinant may.
	logDetOp.Eval = func(c *np.Call) np.Array {
		return np.Sum(np.Log(np.Abs(diagonals(c.In[1]))), np.Axis(-1))
	}
	logDetOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		return np.Real(traceOf(inverse(c.In[0], c.In[1], true), v))
	}
	logDetOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		return np.Mul(scaled(w), inverse(c.In[0], c.In[1], true))
	}

	signOp.Eval = func(c *np.Call) np.Array {
		return np.Prod(phase(diagonals(c.In[1])), np.Axis(-1))
	}
	signOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		if !c.In[0].IsComplex() {
			return np.Array{}
		}
		along := np.Imag(traceOf(inverse(c.In[0], c.In[1], true), v))
		return np.Mul(c.Out[0], np.Complex(np.Array{}, along))
	}
}

// traceOf returns the trace of the product of xᵀ and v.
func traceOf(x, v np.Array) np.Array { return sumMatrix(np.Mul(x, v)) }

// phase returns x/|x|, 0 for 0.
func phase(x np.Array) np.Array {
	r := np.Abs(x)
	return np.Div(x, np.Add(r, np.Equal(r, np.Array{})))
}

// diagonals returns the pivots of packed factors, the first with the sign of
// the exchanges.
func diagonals(f np.Array) np.Array {
	if f.IsComplex() {
		return pivots[complex128](f)
	}
	return pivots[float64](f)
}

func pivots[T number](x np.Array) np.Array {
	_, n := size(x)
	xs := elements[T](x)
	count := product(lead(x))
	d := make([]T, 0, count*n)
	for i := range count {
		d = append(d, unpack(xs[i*(n+1)*n:(i+1)*(n+1)*n], n, n).diagonal()...)
	}
	return wrap(d, append(slices.Clone(lead(x)), n)...)
}

// regular reports whether all matrices with the packed factors f are far from
// singular ones.
func regular(f np.Array) bool {
	d := np.Abs(diagonals(f.Detach()))
	if d.Size() == 0 {
		return true
	}
	v, n := d.Float64s(), d.Shape()[d.NDim()-1]
	for i := 0; i < len(v); i += n {
		if slices.Min(v[i:i+n]) < 1e-11*slices.Max(v[i:i+n]) || slices.Max(v[i:i+n]) == 0 {
			return false
		}
	}
	return true
}

// singularDet returns the determinant of a in a way that has derivatives where
// it is 0: elimination with exchange of rows and columns stops before the
// pivots that vanish, and the determinant of what is left is a polynomial.
func singularDet(a np.Array) np.Array {
	_, n := size(a)
	x := np.AsComplex(a.Detach()).Complex128s()
	count := product(lead(a))
	rows, cols := make([]float64, count*n*n), make([]float64, count*n*n)
	sign := make([]float64, count)
	rank := n
	for b := range count {
		r, c, s, k := complete(slices.Clone(x[b*n*n:(b+1)*n*n]), n)
		for i := range n {
			rows[b*n*n+i*n+r[i]] = 1
			cols[b*n*n+c[i]*n+i] = 1
		}
		sign[b] = s
		rank = min(rank, k)
	}
	whole := append(slices.Clone(lead(a)), n, n)
	m := mul(mul(np.Wrap(rows, whole...), a), np.Wrap(cols, whole...))
	k := n - rank
	first := mask(rank, n, func(i, j int) bool { return i == j })
	last := mask(k, n, func(i, j int) bool { return i+rank == j })
	rest := mul(mul(last, m), t(last))
	d := np.Wrap(sign, slices.Clone(lead(a))...)
	if rank > 0 {
		p, q := mul(mul(first, m), t(first)), mul(mul(first, m), t(last))
		rest = np.Sub(rest, mul(mul(mul(last, m), t(first)), solve(p, q)))
		d = np.Mul(d, Det(p))
	}
	return np.Mul(d, polynomialDet(rest))
}

// complete eliminates with the largest of all remaining elements as pivot. It
// returns the order of rows and columns, its sign, and the number of pivots
// that do not vanish.
func complete(a []complex128, n int) (r, c []int, sign float64, rank int) {
	r, c = make([]int, n), make([]int, n)
	for i := range n {
		r[i], c[i] = i, i
	}
	sign = 1
	largest := 0.0
	for k := range n {
		pi, pj, best := k, k, 0.0
		for i := k; i < n; i++ {
			for j := k; j < n; j++ {
				if v := abs(a[i*n+j]); v > best {
					pi, pj, best = i, j, v
				}
			}
		}
		largest = max(largest, best)
		if !(best > 1e-8*largest) {
			return r, c, sign, k
		}
		if pi != k {
			swapRows(a, n, pi, k)
			r[pi], r[k] = r[k], r[pi]
			sign = -sign
		}
		if pj != k {
			for i := range n {
				a[i*n+pj], a[i*n+k] = a[i*n+k], a[i*n+pj]
			}
			c[pj], c[k] = c[k], c[pj]
			sign = -sign
		}
		for i := k + 1; i < n; i++ {
			f := a[i*n+k] / a[k*n+k]
			for j := k; j < n; j++ {
				a[i*n+j] -= f * a[k*n+j]
			}
		}
	}
	return r, c, sign, n
}

// polynomialDet returns the determinants by the method of Faddeev and
// Le Verrier, which takes products and sums only.
func polynomialDet(a np.Array) np.Array {
	_, n := size(a)
	if n == 0 {
		return np.Scalar(1)
	}
	m := np.Array{}
	c := np.Scalar(1)
	for k := 1; k <= n; k++ {
		// m = a·m + c·1, c = -trace(a·m)/k
		m = np.Add(product0(a, m), np.Mul(scaled(c), eye(n)))
		c = trace(mul(a, m)).Scale(-1 / float64(k))
	}
	if n%2 == 1 {
		c = c.Neg()
	}
	return c
}

// product0 is mul for a y that may be the zero value.
func product0(x, y np.Array) np.Array {
	if isZero(y) {
		return y
	}
	return mul(x, y)
}

// Det returns the determinants of square matrices. Its derivatives are right
// at singular matrices too.
func Det(a np.Array) np.Array {
	square("Det", a)
	return Factor(a).Det()
}

// SlogDet returns the determinants of square matrices as sign and logarithm of
// the modulus: det = sign·exp(logabs). The sign of a complex matrix is a
// complex number of modulus 1. A singular matrix gives 0 and -Inf.
func SlogDet(a np.Array) (sign, logabs np.Array) {
	square("SlogDet", a)
	return Factor(a).SlogDet()
}
