package linalg

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/lapack/lapack64"

	np "github.com/dualjet/dualjet/numpy"
)

// qrOp and qrFullOp, whose q is square, take matrices of at least as many rows
// as columns.
var (
	qrOp     = &np.Op{Name: "linalg.QR"}
	qrFullOp = &np.Op{Name: "linalg.QR"}
)

func init() {
	for op, full := range map[*np.Op]bool{qrOp: false, qrFullOp: true} {
		op.EvalAll = func(c *np.Call) []np.Array {
			if c.In[0].IsComplex() {
				return qrValue[complex128](c.In[0], full)
			}
			return qrValue[float64](c.In[0], full)
		}
		op.JVPAll = qrJVP(full)
	}
	// The transpose of the JVP, where bars stand for the conjugates of
	// cotangents.
	qrOp.VJPAll = func(c *np.Call, w []np.Array, _ []bool) []np.Array {
		q, r := c.Out[0], c.Out[1]
		m, n := size(c.In[0])
		var xBar, yBar, skewBar np.Array
		if !isZero(w[1]) {
			yBar = mul(upper(np.Conj(w[1]), 0), h(r))
			skewBar = yBar.Neg()
		}
		if !isZero(w[0]) {
			qBar := np.Conj(w[0])
			s := mul(h(q), qBar)
			skewBar = np.Add(skewBar, s)
			if m > n {
				xBar, yBar = qBar, np.Sub(yBar, s)
			}
		}
		yBar = np.Add(yBar, lower(np.Sub(skewBar, h(skewBar)), -1))
		if skewBar.IsComplex() {
			yBar = np.Add(yBar, np.AZMul(eye(n), np.Complex(np.Array{}, np.Imag(skewBar))))
		}
		xBar = np.Add(xBar, mul(q, yBar))
		return []np.Array{rightUpperTrans(r, np.Conj(xBar))}
	}
}

// qrJVP returns the rule for one of the two operations.
func qrJVP(full bool) func(c *np.Call, v []np.Array) []np.Array {
	return func(c *np.Call, v []np.Array) []np.Array {
		q, r := c.Out[0], c.Out[1]
		m, n := size(c.In[0])
		q1, r1 := q, r
		if full {
			q1, r1 = firstColumns(q, n), r.Index(np.Ellipsis, np.Span(0, n), np.Whole)
		}
		// x = v·r⁻¹
		x := rightUpper(r1, v[0])
		y := mul(h(q1), x)
		low := lower(y, -1)
		skew := np.Sub(low, h(low))
		if y.IsComplex() {
			// The diagonal of r stays real.
			skew = np.Add(skew, np.AZMul(eye(n), np.Complex(np.Array{}, np.Imag(y))))
		}
		dr := upper(mul(np.Sub(y, skew), r1), 0)
		dq := mul(q1, skew)
		if m > n {
			dq = beside(dq, q, x, n, full)
			if full {
				dr = np.Concatenate(-2, dr, np.Wrap(make([]float64, product(lead(dr))*(m-n)*n), append(slices.Clone(lead(dr)), m-n, n)...))
			}
		}
		return []np.Array{dq, dr}
	}
}

func qrValue[T number](a np.Array, full bool) []np.Array {
	m, n := size(a)
	k := n // columns of q
	if full {
		k = m
	}
	batch := lead(a)
	as := elements[T](a)
	count := product(batch)
	qs, rs := make([]T, count*m*k), make([]T, count*k*n)
	for i := range count {
		q, r := qs[i*m*k:(i+1)*m*k], rs[i*k*n:(i+1)*k*n]
		x := slices.Clone(as[i*m*n : (i+1)*m*n])
		if f, ok := any(x).([]float64); ok && n > 16 {
			reflectLAPACK(f, any(q).([]float64), any(r).([]float64), m, n, k)
		} else {
			reflect(x, q, r, m, n, k)
		}
	}
	return []np.Array{wrap(qs, append(slices.Clone(batch), m, k)...), wrap(rs, append(slices.Clone(batch), k, n)...)}
}

// reflect factors a by reflections, with the signs of LAPACK. The matrix q has
// k columns.
func reflect[T number](a, q, r []T, m, n, k int) {
	tau := make([]T, n)
	for j := range n {
		tau[j] = house(a, m, n, j)
		apply(a, n, a, conj(tau[j]), m, n, j, j+1)
	}
	for i := range n {
		copy(r[i*n+i:(i+1)*n], a[i*n+i:(i+1)*n])
	}
	for i := range k {
		q[i*k+i] = 1
	}
	for j := n - 1; j >= 0; j-- {
		apply(q, k, a, tau[j], m, n, j, j)
	}
}

// reflectLAPACK is reflect in blocks.
func reflectLAPACK(a, q, r []float64, m, n, k int) {
	tau := make([]float64, n)
	work := make([]float64, 1)
	lapack64.Geqrf(general(a, m, n), tau, work, -1)
	work = make([]float64, int(work[0]))
	lapack64.Geqrf(general(a, m, n), tau, work, len(work))
	for i := range m {
		copy(q[i*k:i*k+min(i, n)], a[i*n:])
		if i < n {
			copy(r[i*n+i:(i+1)*n], a[i*n+i:(i+1)*n])
		}
	}
	lapack64.Orgqr(general(q, m, k), tau, work[:1], -1)
	work = make([]float64, int(work[0]))
	lapack64.Orgqr(general(q, m, k), tau, work, len(work))
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

// apply applies 1-τ·v·vᴴ with the v of column k of a, which has n columns, to
// the columns of x, which has nx, from the given one on.
func apply[T number](x []T, nx int, a []T, tau T, m, n, k, first int) {
	if tau == 0 {
		return
	}
	for j := first; j < nx; j++ {
		s := x[k*nx+j]
		for i := k + 1; i < m; i++ {
			s += conj(a[i*n+k]) * x[i*nx+j]
		}
		s *= tau
		x[k*nx+j] -= s
		for i := k + 1; i < m; i++ {
			x[i*nx+j] -= s * a[i*n+k]
		}
	}
}

// QR returns the decomposition a = q·r of m×n matrices with k = min(m, n):
// the m×k matrix q has orthonormal columns, and the k×n matrix r is upper
// triangular with a real diagonal. Signs are those of LAPACK. With [Full] q is
// m×m and r m×n, which NumPy calls mode='complete'; of the further columns of q
// holds what [SVD] says. Where the first k columns of a are not linearly
// independent derivatives are infinite or NaN.
func QR(a np.Array, opts ...Option) (q, r np.Array) {
	matrices("QR", a)
	m, n := size(a)
	if m >= n {
		op := qrOp
		if join(opts)&Full != 0 {
			op = qrFullOp
		}
		out := op.ApplyAll(nil, a)
		return out[0], out[1]
	}
	out := qrOp.ApplyAll(nil, firstColumns(a, m))
	return out[0], np.Concatenate(-1, out[1], mul(h(out[0]), lastColumns(a, m)))
}
