package jet

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/rule"
)

// A Collapsed is a number that sums derivatives over many directions while they
// are computed: its value, for each direction the Taylor coefficients of order 1
// to K-1, and a single weighted sum of those of order K, where K is 2 or 4. As
// the highest coefficient enters every operation linearly, the sum needs no
// more than that. So a Laplacian takes one number more than a gradient.
//
// It has the method set of [dual.Real], and functions get it from [Laplacian],
// [WeightedLaplacian] and [Bilaplacian]. The zero value is the constant 0. A
// number knows a range of directions outside which it does not vary, and those
// cost nothing.
//
// At a kink the derivative is the mean of both sides, as in package dual, and a
// coefficient that is exactly 0 absorbs infinite ones. Where the value and all
// first coefficients of x are 0, the sum decides on which side of the kink of
// |x| it is.
//
// Dangel, Siebert, Zeinhofer and Walther, Collapsing Taylor mode automatic
// differentiation, NeurIPS 2025.
type Collapsed struct {
	v, top float64
	lo     int       // the first direction in a
	a      []float64 // rows of the coefficients of order 1 to K-1
	w      *collapse
}

var _ dual.Real[Collapsed] = Collapsed{}

// maxCollapse is the highest order of derivative that is summed.
const maxCollapse = 4

// A collapse is the memory of collapsed numbers with what they share.
type collapse struct {
	mem     Workspace[float64]
	jets    Workspace[float64] // for derivatives of functions of one variable
	order   int
	weights []float64 // of the directions for order 4; otherwise they are 1
}

// Coefficients of a function of one variable at the value of its argument.
type coefs [maxCollapse + 1]float64

// nan returns the coefficients of an undefined function with the value head.
func (d *coefs) nan(head float64) {
	*d = coefs{head, math.NaN(), math.NaN(), math.NaN(), math.NaN()}
}

// rows returns the number of coefficients of each direction.
func (w *collapse) rows() int { return w.order - 1 }

// weight returns the weight of direction r.
func (w *collapse) weight(r int) float64 {
	if w.order == 2 {
		return 1
	}
	return w.weights[r]
}

// constant reports whether x is a number that can vary in no direction.
func (x Collapsed) constant() bool { return len(x.a) == 0 }

// flat reports whether x does not vary.
func (x Collapsed) flat() bool {
	for _, t := range x.a {
		if t != 0 {
			return false
		}
	}
	return x.top == 0
}

// row returns the coefficients of order k, 0 < k < K.
func (x Collapsed) row(k int) []float64 {
	m := len(x.a) / x.w.rows()
	return x.a[(k-1)*m : k*m : k*m]
}

// alike returns a number with the directions of x and undefined coefficients.
func (x Collapsed) alike(v, top float64) Collapsed {
	return Collapsed{v, top, x.lo, x.w.mem.alloc(len(x.a)), x.w}
}

// join returns a number with the directions of x and y, of undefined
// coefficients. One of them has some.
func (x Collapsed) join(y Collapsed, v, top float64) Collapsed {
	switch {
	case y.constant():
		return x.alike(v, top)
	case x.constant():
		return y.alike(v, top)
	}
	w := x.w
	lo := min(x.lo, y.lo)
	hi := max(x.lo+len(x.a)/w.rows(), y.lo+len(y.a)/w.rows())
	return Collapsed{v, top, lo, w.mem.alloc((hi - lo) * w.rows()), w}
}

// common returns the part of row k of x for which y has coefficients too.
func (x Collapsed) common(y Collapsed, k int) []float64 {
	a := x.row(k)
	lo := max(y.lo-x.lo, 0)
	hi := min(y.lo+len(y.a)/x.w.rows()-x.lo, len(a))
	if lo >= hi {
		return nil
	}
	return a[lo:hi]
}

// product returns x·y, and 0 where either is exactly 0.
func product(x, y float64) float64 {
	if x == 0 || y == 0 {
		return 0
	}
	return x * y
}

// linear returns p·x + q·y with the value v. Zeros absorb.
func (x Collapsed) linear(p float64, y Collapsed, q, v float64) Collapsed {
	if x.constant() && y.constant() {
		return Collapsed{v: v, w: x.space(y)}
	}
	z := x.join(y, v, product(p, x.top)+product(q, y.top))
	switch {
	case len(z.a) == len(x.a) && z.lo == x.lo && !x.constant():
		scaleTo(z.a, p, x.a)
		z.accumulate(q, y)
	case len(z.a) == len(y.a) && z.lo == y.lo && !y.constant():
		scaleTo(z.a, q, y.a)
		z.accumulate(p, x)
	default:
		clear(z.a)
		z.accumulate(p, x)
		z.accumulate(q, y)
	}
	return z
}

// space returns the workspace of x or y.
func (x Collapsed) space(y Collapsed) *collapse {
	if x.w != nil {
		return x.w
	}
	return y.w
}

// accumulate adds p·x to the coefficients of z, which include the directions of
// x.
func (z Collapsed) accumulate(p float64, x Collapsed) {
	if x.constant() || p == 0 {
		return
	}
	finite := p-p == 0
	for k := 1; k < x.w.order; k++ {
		a := x.row(k)
		b := z.row(k)[x.lo-z.lo:][:len(a)]
		for i, t := range a {
			if finite || t != 0 {
				b[i] += p * t
			}
		}
	}
}

// scaleTo puts p·x into dst.
func scaleTo(dst []float64, p float64, x []float64) {
	dst = dst[:len(x)]
	switch {
	case p == 0:
		clear(dst)
	case p == 1:
		copy(dst, x)
	case p-p == 0:
		for i, t := range x {
			dst[i] = p * t
		}
	default:
		for i, t := range x {
			dst[i] = product(p, t)
		}
	}
}

// compose returns the function of x with the Taylor coefficients d at its
// value, by the formula of Faà di Bruno.
func (x Collapsed) compose(d *coefs) Collapsed {
	if x.constant() {
		return Collapsed{v: d[0], w: x.w}
	}
	if d[0] != d[0] {
		d.nan(d[0]) // coefficients do not look at the domain
	}
	z := x.alike(d[0], 0)
	if x.w.order == 2 {
		z.compose2(x, d)
	} else {
		z.compose4(x, d)
	}
	return z
}

func (z *Collapsed) compose2(x Collapsed, d *coefs) {
	d1 := d[1]
	out := z.a[:len(x.a)]
	s, u := 0.0, 0.0
	for i, t := range x.a {
		out[i] = d1 * t
		if i&1 == 0 {
			s += t * t
		} else {
			u += t * t
		}
	}
	if s += u; s-s != 0 || d1-d1 != 0 {
		for i, t := range x.a {
			out[i] = product(d1, t)
		}
	}
	z.top = product(d1, x.top) + product(d[2], s)
}

func (z *Collapsed) compose4(x Collapsed, d *coefs) {
	d1, d2, d3 := d[1], d[2], d[3]
	a1, a2, a3 := x.row(1), x.row(2), x.row(3)
	z1, z2, z3 := z.row(1), z.row(2), z.row(3)
	n := len(a1)
	a2, a3, z1, z2, z3 = a2[:n], a3[:n], z1[:n], z2[:n], z3[:n]
	weights := x.w.weights[x.lo:][:n]
	s2, s3, s4, all := 0.0, 0.0, 0.0, 0.0
	for i, t := range a1 {
		u, v, w := a2[i], a3[i], weights[i]
		q := t * t
		z1[i] = d1 * t
		z2[i] = d1*u + d2*q
		z3[i] = d1*v + 2*d2*t*u + d3*q*t
		s2 += w * (2*t*v + u*u)
		s3 += 3 * w * q * u
		s4 += w * q * q
		all += z1[i] + z2[i] + z3[i]
	}
	if all += s2 + s3 + s4; all-all != 0 {
		s2, s3, s4 = 0, 0, 0
		for i, t := range a1 {
			u, v, w := a2[i], a3[i], weights[i]
			q := t * t
			z1[i] = product(d1, t)
			z2[i] = product(d1, u) + product(d2, q)
			z3[i] = product(d1, v) + product(2*d2, product(t, u)) + product(d3, q*t)
			s2 += w * (2*product(t, v) + u*u)
			s3 += 3 * w * product(q, u)
			s4 += w * q * q
		}
	}
	z.top = product(d1, x.top) + product(d2, s2) + product(d3, s3) + product(d[4], s4)
}

// unary returns the function of x that op is for jets.
func (x Collapsed) unary(op func(Jet64) Jet64) Collapsed {
	d := x.seed(op)
	return x.compose(&d)
}

// seed returns the coefficients of op at the value of x. Those of a constant
// are not needed.
func (x Collapsed) seed(op func(Jet64) Jet64) (d coefs) {
	order := 0
	var w *Workspace[float64]
	if x.w != nil {
		w = &x.w.jets
		w.Reset()
	}
	if !x.constant() {
		order = x.w.order
	}
	y := op(w.Variable(x.v, order))
	for k := range d {
		d[k] = coeffOf(y, k)
	}
	return d
}

// undefined returns a function of x and y with the value head, a NaN.
func (x Collapsed) undefined(y Collapsed, head float64) Collapsed {
	z := x.linear(1, y, 0, head)
	if z.constant() || x.flat() && y.flat() {
		return z.Const(head)
	}
	z.top = head
	for k := 1; k < z.w.order; k++ {
		for i := range z.row(k) {
			if x.varies(z.lo+i) || y.varies(z.lo+i) {
				z.row(k)[i] = head
			}
		}
	}
	return z
}

// varies reports whether x has a coefficient in direction r that is not 0.
func (x Collapsed) varies(r int) bool {
	if x.constant() || r < x.lo || r >= x.lo+len(x.a)/x.w.rows() {
		return false
	}
	for k := 1; k < x.w.order; k++ {
		if x.row(k)[r-x.lo] != 0 {
			return true
		}
	}
	return false
}

// step returns a piecewise constant function of x with the value head. A NaN
// makes what varies NaN.
func (x Collapsed) step(head float64) Collapsed {
	if head != head {
		return x.undefined(Collapsed{}, head)
	}
	return x.Const(head)
}

// Const returns the constant c.
func (x Collapsed) Const(c float64) Collapsed { return Collapsed{v: c, w: x.w} }

// Value returns the value of x.
func (x Collapsed) Value() float64 { return x.v }

// Lead returns the order and the sign of the leading term of x; see
// [dual.Real]. Where it is of the highest order, its sign is that of the sum.
func (x Collapsed) Lead() (order, sign int) {
	if x.v != 0 {
		return 0, signOfFloat(x.v)
	}
	if !x.constant() {
		for k := 1; k < x.w.order; k++ {
			found := false
			for _, t := range x.row(k) {
				switch s := signOfFloat(t); {
				case t == 0:
				case !found:
					found, sign = true, s
				case s != sign:
					sign = 0
				}
			}
			if found {
				return k, sign
			}
		}
	}
	if x.top != 0 {
		return x.w.order, signOfFloat(x.top)
	}
	return -1, 0
}

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 2 or 4.
func (x Collapsed) Apply(f func(k int, v float64) float64) Collapsed {
	d := coefs{f(0, x.v)}
	if !x.constant() {
		for k := 1; k <= x.w.order; k++ {
			d[k] = f(k, x.v) / factorial(k)
		}
	}
	return x.compose(&d)
}

// Add returns x+y.
func (x Collapsed) Add(y Collapsed) Collapsed { return x.linear(1, y, 1, x.v+y.v) }

// Sub returns x-y.
func (x Collapsed) Sub(y Collapsed) Collapsed { return x.linear(1, y, -1, x.v-y.v) }

// Mul returns x·y. A coefficient that is exactly 0 absorbs an infinite or
// unknown one, but the value is the plain product.
func (x Collapsed) Mul(y Collapsed) Collapsed { return x.mul(y, x.v*y.v) }

func (x Collapsed) mul(y Collapsed, v float64) Collapsed {
	z := x.linear(y.v, y, x.v, v)
	if !x.constant() && !y.constant() {
		if z.w.order == 2 {
			z.top += z.cross2(x, y)
		} else {
			z.top += z.cross4(x, y)
		}
	}
	return z
}

// cross2 returns what the first coefficients of x and y add to the second one
// of a product.
func (z Collapsed) cross2(x, y Collapsed) float64 {
	a, b := x.common(y, 1), y.common(x, 1)
	b = b[:len(a)]
	s, u := 0.0, 0.0
	for i, t := range a {
		if i&1 == 0 {
			s += t * b[i]
		} else {
			u += t * b[i]
		}
	}
	if s += u; s != s {
		s = 0
		for i, t := range a {
			s += product(t, b[i])
		}
	}
	return s
}

// cross4 adds to z what coefficients between the first and the last of x and y
// contribute to a product, and returns that to the fourth.
func (z Collapsed) cross4(x, y Collapsed) float64 {
	a1, a2, a3 := x.common(y, 1), x.common(y, 2), x.common(y, 3)
	b1, b2, b3 := y.common(x, 1), y.common(x, 2), y.common(x, 3)
	n, lo := len(a1), max(x.lo, y.lo)
	if n == 0 {
		return 0
	}
	a2, a3, b1, b2, b3 = a2[:n], a3[:n], b1[:n], b2[:n], b3[:n]
	z2, z3 := z.row(2)[lo-z.lo:][:n], z.row(3)[lo-z.lo:][:n]
	weights := z.w.weights[lo:][:n]
	sum := 0.0
	for i, t := range a1 {
		p2, p3 := t*b1[i], t*b2[i]+a2[i]*b1[i]
		p4 := t*b3[i] + a2[i]*b2[i] + a3[i]*b1[i]
		if all := p2 + p3 + p4; all != all {
			p2, p3 = product(t, b1[i]), product(t, b2[i])+product(a2[i], b1[i])
			p4 = product(t, b3[i]) + product(a2[i], b2[i]) + product(a3[i], b1[i])
		}
		z2[i] += p2
		z3[i] += p3
		sum += weights[i] * p4
	}
	return sum
}

// AZMul returns x·y, and 0 where a coefficient of x is exactly 0, also if that
// of y is infinite or NaN.
func (x Collapsed) AZMul(y Collapsed) Collapsed {
	v := 0.0
	if x.v != 0 {
		v = x.v * y.v
	}
	return x.mul(y, v)
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Collapsed) FMA(y, z Collapsed) Collapsed {
	v := z.v
	if x.v != 0 {
		v = math.FMA(x.v, y.v, z.v)
	}
	return x.AZMul(y).linear(1, z, 1, v)
}

// Div returns x/y.
func (x Collapsed) Div(y Collapsed) Collapsed {
	v := x.v / y.v
	switch {
	case !y.constant():
	case x.constant():
		return Collapsed{v: v, w: x.space(y)}
	default:
		z := x.alike(v, ratioFloat(x.top, y.v))
		for i, t := range x.a {
			z.a[i] = ratioFloat(t, y.v)
		}
		return z
	}
	// Take x = z·y for the coefficients of z, one order after the other. The
	// residual of the rounded v enters too, for x and v·y often cancel.
	z := x.linear(1, y, 0, v)
	lo := rule.Residual(x.v, v, y.v)
	z.top = remainder(z.top, v, lo, y.top)
	skip := y.lo - z.lo
	for k := 1; k < z.w.order; k++ {
		out := z.row(k)
		for i, u := range y.row(k) {
			out[skip+i] = remainder(out[skip+i], v, lo, u)
		}
		for j := 1; j < k; j++ {
			a, b := z.row(j)[skip:], y.row(k-j)
			for i, u := range b {
				out[skip+i] -= product(a[i], u)
			}
		}
		for i, t := range out {
			out[i] = ratioFloat(t, y.v)
		}
	}
	sum := 0.0
	for j := 1; j < z.w.order; j++ {
		a, b := z.row(j)[skip:], y.row(z.w.order-j)
		for i, u := range b {
			sum += z.w.weight(y.lo+i) * product(a[i], u)
		}
	}
	z.top = ratioFloat(z.top-sum, y.v)
	return z
}

// remainder returns t - (v+lo)·u, and t where u is exactly 0.
func remainder(t, v, lo, u float64) float64 {
	if u == 0 {
		return t
	}
	return math.FMA(-v, u, t) - lo*u
}

// Neg returns -x.
func (x Collapsed) Neg() Collapsed { return x.linear(-1, Collapsed{}, 0, -x.v) }

// Scale returns c·x.
func (x Collapsed) Scale(c float64) Collapsed { return x.linear(c, Collapsed{}, 0, c*x.v) }

// AddConst returns x+c.
func (x Collapsed) AddConst(c float64) Collapsed { x.v += c; return x }

// withValue returns x with another value.
func (x Collapsed) withValue(v float64) Collapsed { x.v = v; return x }

// Sqr returns x².
func (x Collapsed) Sqr() Collapsed { return x.compose(&coefs{x.v * x.v, 2 * x.v, 1}) }
