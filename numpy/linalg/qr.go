package linalg

import (
	"math"
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// qrOp takes matrices of at least as many rows as columns.
var qrOp = &np.Op{Name: "linalg.QR"}

func init() {
	qrOp.EvalAll = func(c *np.Call) []np.Array {
		if c.In[0].IsComplex() {
			return qrValue[complex128](c.In[0])
		}
		return qrValue[float64](c.In[0])
	}
	qrOp.JVPAll = func(c *np.Call, v []np.Array) []np.Array {
		q, r := c.Out[0], c.Out[1]
		// x = v·r⁻¹
		x := t(triangularOp.Apply(triangle{up: true, trans: true}, r, t(v[0])))
		y := mul(h(q), x)
		low := lower(y, -1)
		skew := np.Sub(low, h(low))
		if y.IsComplex() {
			// The diagonal of r stays real.
			_, n := size(y)
			skew = np.Add(skew, np.AZMul(eye(n), np.Complex(np.Array{}, np.Imag(y))))
		}
		rest := np.Sub(skew, y)
		return []np.Array{np.Add(x, mul(q, rest)), upper(mul(rest, r).Neg(), 0)}
	}
}

func qrValue[T number](a np.Array) []np.Array {
	m, n := size(a)
	batch := lead(a)
	as := elements[T](a)
	count := product(batch)
	qs, rs := make([]T, count*m*n), make([]T, count*n*n)
	for i := range count {
		reflect(slices.Clone(as[i*m*n:(i+1)*m*n]), qs[i*m*n:(i+1)*m*n], rs[i*n*n:(i+1)*n*n], m, n)
	}
	return []np.Array{wrap(qs, append(slices.Clone(batch), m, n)...), wrap(rs, append(slices.Clone(batch), n, n)...)}
}

// reflect factors a by reflections, with the signs of LAPACK.
func reflect[T number](a, q, r []T, m, n int) {
	tau := make([]T, n)
	for k := range n {
		tau[k] = house(a, m, n, k)
		apply(a, a, conj(tau[k]), m, n, k, k+1)
	}
	for i := range n {
		copy(r[i*n+i:(i+1)*n], a[i*n+i:(i+1)*n])
		q[i*n+i] = 1
	}
	for k := n - 1; k >= 0; k-- {
		apply(q, a, tau[k], m, n, k, k)
	}
}

// house makes the reflection 1-τ·v·vᴴ whose adjoint maps column k, from row k
// on, to a real multiple of the first unit vector, which it leaves in row k.
// The rest of v, after a 1, stays below.
func house[T number](a []T, m, n, k int) T {
	norm := 0.0
	for i := k + 1; i < m; i++ {
		norm = math.Hypot(norm, abs(a[i*n+k]))
	}
	x := a[k*n+k]
	if norm == 0 && imagOf(x) == 0 {
		return 0
	}
	beta := -math.Copysign(math.Hypot(abs(x), norm), realOf(x))
	b := from[T](beta)
	for i := k + 1; i < m; i++ {
		a[i*n+k] /= x - b
	}
	a[k*n+k] = b
	return (b - x) / b
}

func imagOf[T number](v T) float64 {
	if v, ok := any(v).(complex128); ok {
		return imag(v)
	}
	return 0
}

// apply applies 1-τ·v·vᴴ with the v of column k of a to the columns of x from
// the given one on.
func apply[T number](x, a []T, tau T, m, n, k, first int) {
	if tau == 0 {
		return
	}
	for j := first; j < n; j++ {
		s := x[k*n+j]
		for i := k + 1; i < m; i++ {
			s += conj(a[i*n+k]) * x[i*n+j]
		}
		s *= tau
		x[k*n+j] -= s
		for i := k + 1; i < m; i++ {
			x[i*n+j] -= s * a[i*n+k]
		}
	}
}

// QR returns the decomposition a = q·r of m×n matrices with k = min(m, n):
// the m×k matrix q has orthonormal columns, and the k×n matrix r is upper
// triangular with a real diagonal. Signs are those of LAPACK.
func QR(a np.Array) (q, r np.Array) {
	matrices("QR", a)
	m, n := size(a)
	if m >= n {
		out := qrOp.ApplyAll(nil, a)
		return out[0], out[1]
	}
	first := mask(n, m, func(i, j int) bool { return i == j })
	last := mask(n, n, func(i, j int) bool { return i == j && i >= m })
	out := qrOp.ApplyAll(nil, mul(a, first))
	return out[0], np.Add(mul(out[1], t(first)), mul(h(out[0]), mul(a, last)))
}
