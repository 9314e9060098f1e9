package linalg

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

// expmAlongOp is the derivative of the exponential of the first operand along
// the second, in which it is linear. It is the upper right quarter of the
// exponential of [[a, v], [0, a]].
var (
	expmOp      = &np.Op{Name: "linalg.Expm"}
	expmAlongOp = &np.Op{Name: "linalg.ExpmAlong", Broadcast: true}
)

func init() {
	expmOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() {
			return eachSquare(c.In[0], expmOf[complex128])
		}
		return eachSquare(c.In[0], expmOf[float64])
	}
	expmOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array { return expmAlong(c.In[0], v) }
	expmOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return expmAlong(t(c.In[0]), w) }

	expmAlongOp.Eval = func(c *np.Call) np.Array {
		a, v := c.In[0], c.In[1]
		if a.IsComplex() || v.IsComplex() {
			return expmAlongValue[complex128](a, v)
		}
		return expmAlongValue[float64](a, v)
	}
	// The derivative of the exponential of [[a, v], [0, a]], by its quarters.
	expmAlongOp.JVPAll = func(c *np.Call, dot []np.Array) []np.Array {
		a, v := c.In[0], c.In[1]
		if isZero(dot[0]) {
			return []np.Array{expmAlong(a, dot[1])}
		}
		dv := dot[1]
		if isZero(dv) {
			dv = np.ZerosLike(v)
		}
		return []np.Array{upperRight(expmAlong(twice(a, v), twice(dot[0], dv)))}
	}
	// The second derivative at aᵀ along vᵀ and w is the cotangent of a.
	expmAlongOp.VJPAll = func(c *np.Call, w []np.Array, need []bool) []np.Array {
		a, v := t(c.In[0]), t(c.In[1])
		out := make([]np.Array, 2)
		if need[0] {
			out[0] = upperRight(expmAlong(twice(a, v), twice(w[0], np.ZerosLike(w[0]))))
		}
		if need[1] {
			out[1] = expmAlong(a, w[0])
		}
		return out
	}
}

func expmAlong(a, v np.Array) np.Array { return expmAlongOp.Apply(nil, a, v) }

// pade13 are the coefficients of the numerator of the Padé approximant of
// degree 13 of the exponential.
var pade13 = [14]float64{
	64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800,
	129060195264000, 10559470521600, 670442572800, 33522128640,
	1323241920, 40840800, 960960, 16380, 182, 1,
}

// An approximant holds what the exponential of n×n matrices of moderate norm is
// computed from: the powers of x.
type approximant[T number] struct {
	n             int
	x, x2, x4, x6 []T
}

func newApproximant[T number](x []T, n int) approximant[T] {
	p := approximant[T]{n: n, x: x}
	p.x2 = p.times(x, x)
	p.x4 = p.times(p.x2, p.x2)
	p.x6 = p.times(p.x4, p.x2)
	return p
}

func (p approximant[T]) times(x, y []T) []T {
	z := make([]T, p.n*p.n)
	p.addProduct(z, x, y)
	return z
}

func (p approximant[T]) addProduct(z, x, y []T) { multiply(z, x, y, p.n, p.n, p.n) }

// high and low are the sums of powers 6, 4 and 2, and low 0 too, with the
// coefficients of the approximant from k+8 and k on. The polynomial of degree
// 12 with coefficients from k on is x6·high + low.
func (p approximant[T]) high(k int) []T { return combine(k+8, p.x2, p.x4, p.x6) }

func (p approximant[T]) low(k int) []T {
	z := combine(k+2, p.x2, p.x4, p.x6)
	for i := range p.n {
		z[i*p.n+i] += from[T](pade13[k])
	}
	return z
}

// combine returns the sum of the matrices with every second coefficient of the
// approximant from k on.
func combine[T number](k int, xs ...[]T) []T {
	z := make([]T, len(xs[0]))
	for j, x := range xs {
		c := from[T](pade13[k+2*j])
		for i, v := range x {
			z[i] += c * v
		}
	}
	return z
}

// sum returns the even polynomial with coefficients from k on.
func (p approximant[T]) sum(k int) []T {
	z := p.low(k)
	p.addProduct(z, p.x6, p.high(k))
	return z
}

// fraction returns the factors of the denominator v-u, and replaces v by the
// numerator v+u.
func (p approximant[T]) fraction(u, v []T) lu[T] {
	den := make([]T, len(u))
	for i := range u {
		den[i] = v[i] - u[i]
		v[i] += u[i]
	}
	return factor(den, p.n)
}

// scaling returns a/2^k, whose norm is at most theta, and k. It reports whether
// a is finite.
func scaling[T number](a []T, n int, theta float64) (x []T, k int, ok bool) {
	norm := 0.0
	for j := range n {
		s := 0.0
		for i := range n {
			s += abs(a[i*n+j])
		}
		norm = math.Max(norm, s)
	}
	if !finite(a) || math.IsInf(norm, 0) {
		return nil, 0, false
	}
	if norm > theta {
		_, k = math.Frexp(norm / theta)
	}
	return scaledBy(a, k), k, true
}

// scaledBy returns a/2^k.
func scaledBy[T number](a []T, k int) []T {
	x := make([]T, len(a))
	s := from[T](math.Ldexp(1, -k))
	for i, v := range a {
		x[i] = s * v
	}
	return x
}

// expmOf replaces a by its exponential: scaling and squaring, Higham (2005).
func expmOf[T number](a []T, n int) {
	x, k, ok := scaling(a, n, 5.4)
	if !ok {
		fillNaN(a)
		return
	}
	p := newApproximant(x, n)
	u, v := p.times(x, p.sum(1)), p.sum(0)
	p.fraction(u, v).solve(v, n, false)
	for range k {
		v = p.times(v, v)
	}
	copy(a, v)
}

func expmAlongValue[T number](a, v np.Array) np.Array {
	_, n := size(a)
	batch, _ := common(lead(a), lead(v))
	a, da := stretch(a, batch)
	v, dv := stretch(v, batch)
	as, vs := elements[T](a), elements[T](v)
	out := make([]T, 0, product(batch)*n*n)
	for i := range product(batch) {
		out = append(out, expmAlongOf(as[i*da:i*da+n*n], vs[i*dv:i*dv+n*n], n)...)
	}
	return wrap(out, append(batch, n, n)...)
}

// expmAlongOf returns the derivative of the exponential of a along e, by that
// of the algorithm for it: Al-Mohy and Higham (2009).
func expmAlongOf[T number](a, e []T, n int) []T {
	x, k, ok := scaling(a, n, 4.7)
	if !ok {
		out := make([]T, n*n)
		fillNaN(out)
		return out
	}
	e = scaledBy(e, k)
	p := newApproximant(x, n)
	// d has the derivatives of the powers.
	d := approximant[T]{n: n, x: e}
	d.x2 = p.times(x, e)
	p.addProduct(d.x2, e, x)
	d.x4 = p.times(p.x2, d.x2)
	p.addProduct(d.x4, d.x2, p.x2)
	d.x6 = p.times(p.x4, d.x2)
	p.addProduct(d.x6, d.x4, p.x2)
	// sum returns the even polynomial with coefficients from j on, and its
	// derivative.
	sum := func(j int) (y, dy []T) {
		high := p.high(j)
		y = p.low(j)
		p.addProduct(y, p.x6, high)
		dy = combine(j+2, d.x2, d.x4, d.x6)
		p.addProduct(dy, d.x6, high)
		p.addProduct(dy, p.x6, d.high(j))
		return y, dy
	}
	w, dw := sum(1)
	u, du := p.times(x, w), p.times(x, dw)
	p.addProduct(du, e, w)
	v, dv := sum(0)
	f := p.fraction(u, v)
	f.solve(v, n, false)
	// (v-u)·r = v+u, so that (v-u)·dr = dv+du + (du-dv)·r.
	diff := make([]T, n*n)
	for i := range du {
		diff[i] = du[i] - dv[i]
		dv[i] += du[i]
	}
	p.addProduct(dv, diff, v)
	f.solve(dv, n, false)
	for range k {
		next := p.times(v, dv)
		p.addProduct(next, dv, v)
		v, dv = p.times(v, v), next
	}
	return dv
}

// Expm returns the exponentials of square matrices.
func Expm(a np.Array) np.Array {
	square("Expm", a)
	return expmOp.Apply(nil, a)
}
