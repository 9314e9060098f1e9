package jet

import (
	"fmt"
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
// cost nothing. It lives until the function returns. An operation on numbers that
// vary panics with an [Error] if they come from two drivers, one of which runs
// inside the other.
//
// At a kink the derivative is the mean of both sides, as in package dual, and a
// coefficient that is exactly 0 absorbs infinite ones. Where the value and all
// first coefficients of x are 0, the sum decides on which side of the kink of
// |x| it is.
//
// Dangel, Siebert, Zeinhofer and Walther, Collapsing Taylor mode automatic
// differentiation, NeurIPS 2025.
type Collapsed struct {
	v float64
	s *span // nil for a constant without a workspace
}

var _ dual.Real[Collapsed] = Collapsed{}

// A span holds the derivatives of a collapsed number. A constant has no
// coefficients. As a pointer it keeps a number in two registers.
type span struct {
	a   []float64 // rows of the coefficients of order 1 to K-1
	lo  int       // the first direction in a
	top float64   // the weighted sum of those of order K
	w   *collapse
}

// maxCollapse is the highest order of derivative that is summed.
const maxCollapse = 4

// A collapse is the memory of collapsed numbers with what they share.
type collapse struct {
	mem     Workspace[float64]
	spans   []span
	used    int
	none    span               // that of constants
	jets    Workspace[float64] // for derivatives of functions of one variable
	order   int
	weights []float64 // of the directions for order 4; otherwise they are 1
	scratch []Collapsed
}

// reset makes all memory free and sets the order.
func (w *collapse) reset(order int) {
	w.mem.Reset()
	w.used, w.order, w.none.w = 0, order, w
}

// span returns a span of n directions from lo on, of undefined coefficients.
func (w *collapse) span(lo, n int, top float64) *span {
	if w.used == len(w.spans) {
		w.spans = make([]span, max(2*len(w.spans), 64)) // old ones stay where they are
		w.used = 0
	}
	s := &w.spans[w.used]
	w.used++
	*s = span{w.mem.alloc(n * (w.order - 1)), lo, top, w}
	return s
}

// check panics where numbers of two drivers meet: their directions are not the
// same.
func (w *collapse) check(v *collapse) {
	if w != v {
		fail("operation on collapsed numbers of two drivers, one of which runs inside the other")
	}
}

// constantSpan is the span of constants without a workspace.
var constantSpan span

// span returns the derivatives of x, never nil.
func (x Collapsed) span() *span {
	if x.s == nil {
		return &constantSpan
	}
	return x.s
}

// Coefficients of a function of one variable at the value of its argument.
type coefs [maxCollapse + 1]float64

// nan returns the coefficients of an undefined function with the value head.
func (d *coefs) nan(head float64) {
	*d = coefs{head, math.NaN(), math.NaN(), math.NaN(), math.NaN()}
}

// weight returns the weight of direction r.
func (w *collapse) weight(r int) float64 {
	if w.order == 2 {
		return 1
	}
	return w.weights[r]
}

// constant reports whether x is a number that can vary in no direction.
func (x Collapsed) constant() bool { return x.s == nil || len(x.s.a) == 0 }

// flat reports whether x does not vary.
func (x Collapsed) flat() bool {
	s := x.span()
	for _, t := range s.a {
		if t != 0 {
			return false
		}
	}
	return s.top == 0
}

// size returns the number of directions.
func (s *span) size() int {
	if k := s.w.order - 1; k > 1 {
		return len(s.a) / k
	}
	return len(s.a) // no division for second derivatives
}

// row returns the coefficients of order k, 0 < k < K.
func (s *span) row(k int) []float64 {
	m := s.size()
	return s.a[(k-1)*m : k*m : k*m]
}

// common returns the part of row k of s for which t has coefficients too.
func (s *span) common(t *span, k int) []float64 {
	a := s.row(k)
	lo := max(t.lo-s.lo, 0)
	hi := min(t.lo+t.size()-s.lo, len(a))
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

// linear returns p·s + q·t. Zeros absorb.
func (s *span) linear(p float64, t *span, q float64) *span {
	switch {
	case len(t.a) == 0:
		if len(s.a) == 0 {
			if s.w == nil {
				return t
			}
			return s
		}
		if p == 1 {
			return s
		}
		z := s.w.span(s.lo, s.size(), product(p, s.top))
		scaleTo(z.a, p, s.a)
		return z
	case len(s.a) == 0:
		return t.linear(q, s, p)
	}
	w := s.w
	w.check(t.w)
	lo := min(s.lo, t.lo)
	n := max(s.lo+s.size(), t.lo+t.size()) - lo
	z := w.span(lo, n, product(p, s.top)+product(q, t.top))
	switch len(z.a) {
	case len(s.a):
		if len(t.a) == len(s.a) && p-p == 0 && q-q == 0 && p != 0 && q != 0 {
			out, a, b := z.a, s.a[:len(z.a)], t.a[:len(z.a)]
			for i := range out {
				out[i] = p*a[i] + q*b[i]
			}
			break
		}
		scaleTo(z.a, p, s.a)
		z.accumulate(q, t)
	case len(t.a):
		scaleTo(z.a, q, t.a)
		z.accumulate(p, s)
	default:
		clear(z.a)
		z.accumulate(p, s)
		z.accumulate(q, t)
	}
	return z
}

// accumulate adds p·t to the coefficients of z, which include the directions of
// t.
func (z *span) accumulate(p float64, t *span) {
	if p == 0 {
		return
	}
	n, m := t.size(), z.size()
	at := t.lo - z.lo
	for a := t.a; len(a) > 0; a = a[n:] {
		b := z.a[at:][:n]
		if p-p == 0 {
			for i, t := range a[:n] {
				b[i] += p * t
			}
		} else {
			for i, t := range a[:n] {
				b[i] += product(p, t)
			}
		}
		at += m
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

// linear returns p·x + q·y with the value v.
func (x Collapsed) linear(p float64, y Collapsed, q, v float64) Collapsed {
	return Collapsed{v, x.span().linear(p, y.span(), q)}
}

// scaled returns p·x with the value v.
func (x Collapsed) scaled(p, v float64) Collapsed {
	return Collapsed{v, x.span().linear(p, &constantSpan, 0)}
}

// compose returns the function of x with the Taylor coefficients d at its
// value, by the formula of Faà di Bruno.
func (x Collapsed) compose(d *coefs) Collapsed {
	if x.constant() {
		return Collapsed{d[0], x.s}
	}
	if d[0] != d[0] {
		d.nan(d[0]) // coefficients do not look at the domain
	}
	s := x.s
	z := s.w.span(s.lo, s.size(), 0)
	if s.w.order == 2 {
		z.compose2(s, d)
	} else {
		z.compose4(s, d)
	}
	return Collapsed{d[0], z}
}

func (z *span) compose2(x *span, d *coefs) {
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

func (z *span) compose4(x *span, d *coefs) {
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
	if c := x.span().w; c != nil {
		w = &c.jets
		w.Reset()
	}
	if !x.constant() {
		order = x.s.w.order
	}
	y := op(w.Variable(x.v, order))
	for k := range d {
		d[k] = coeffOf(y, k)
	}
	return d
}

// undefined returns a function of x and y with the value head, a NaN.
func (x Collapsed) undefined(y Collapsed, head float64) Collapsed {
	if x.flat() && y.flat() {
		return Collapsed{head, x.span().constant(y.span())}
	}
	s, t := x.span(), y.span()
	z := s.linear(0, t, 0)
	z.top = head
	for k := 1; k < z.w.order; k++ {
		out := z.row(k)
		for i := range out {
			if s.varies(z.lo+i) || t.varies(z.lo+i) {
				out[i] = head
			}
		}
	}
	return Collapsed{head, z}
}

// constant returns the span of constants in the workspace of s or t.
func (s *span) constant(t *span) *span {
	switch {
	case s.w != nil:
		return &s.w.none
	case t.w != nil:
		return &t.w.none
	}
	return s
}

// varies reports whether there is a coefficient in direction r that is not 0.
func (s *span) varies(r int) bool {
	r -= s.lo
	if m := s.size(); r >= 0 && r < m {
		for ; r < len(s.a); r += m {
			if s.a[r] != 0 {
				return true
			}
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
func (x Collapsed) Const(c float64) Collapsed { return Collapsed{c, x.span().constant(&constantSpan)} }

// Value returns the value of x.
func (x Collapsed) Value() float64 { return x.v }

// Format implements [fmt.Formatter]: it formats the value.
func (x Collapsed) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, fmt.FormatString(s, verb), x.v)
}

// Lead returns the order and the sign of the leading term of x; see
// [dual.Real]. Where it is of the highest order, its sign is that of the sum.
func (x Collapsed) Lead() (order, sign int) {
	if x.v != 0 {
		return 0, signOfFloat(x.v)
	}
	s := x.span()
	if len(s.a) == 0 {
		return -1, 0
	}
	for k := 1; k < s.w.order; k++ {
		order = -1
		for _, t := range s.row(k) {
			switch o := signOfFloat(t); {
			case t == 0:
			case order < 0:
				order, sign = k, o
			case o != sign:
				sign = 0
			}
		}
		if order >= 0 {
			return order, sign
		}
	}
	if s.top != 0 {
		return s.w.order, signOfFloat(s.top)
	}
	return -1, 0
}

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 2 or 4.
func (x Collapsed) Apply(f func(k int, v float64) float64) Collapsed {
	d := coefs{f(0, x.v)}
	if !x.constant() {
		for k := 1; k <= x.s.w.order; k++ {
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
		if s := z.s; s.w.order == 2 {
			s.top += cross2(x.s, y.s)
		} else {
			s.top += s.cross4(x.s, y.s)
		}
	}
	return z
}

// cross2 returns what the first coefficients of x and y add to the second one
// of a product.
func cross2(x, y *span) float64 {
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
func (z *span) cross4(x, y *span) float64 {
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
	z := x.span().copy(y.span())
	if len(z.a) == 0 {
		return Collapsed{v, z}
	}
	if !y.constant() {
		z.reduce(y.s, v, rule.Residual(x.v, v, y.v), y.v)
		return Collapsed{v, z}
	}
	z.top = ratioFloat(z.top, y.v)
	for i, t := range z.a {
		z.a[i] = ratioFloat(t, y.v)
	}
	return Collapsed{v, z}
}

// copy returns s with room for the directions of t. It may be changed unless
// it is that of a constant.
func (s *span) copy(t *span) *span {
	if len(t.a) > 0 || len(s.a) == 0 {
		return s.linear(1, t, 0)
	}
	z := s.w.span(s.lo, s.size(), s.top)
	copy(z.a, s.a)
	return z
}

// reduce takes x = z·y for z, which holds x first, one order after the other.
// The value of z is v+lo rounded to v; lo enters too, for x and v·y often
// cancel.
func (z *span) reduce(y *span, v, lo, y0 float64) {
	order := z.w.order
	z.top = remainder(z.top, v, lo, y.top)
	skip := y.lo - z.lo
	for k := 1; k < order; k++ {
		out := z.row(k)
		for i, u := range y.row(k) {
			out[skip+i] = remainder(out[skip+i], v, lo, u)
		}
		for j := 1; j < k; j++ {
			a := z.row(j)[skip:]
			for i, u := range y.row(k - j) {
				out[skip+i] -= product(a[i], u)
			}
		}
		for i, t := range out {
			out[i] = ratioFloat(t, y0)
		}
	}
	sum := 0.0
	for j := 1; j < order; j++ {
		a := z.row(j)[skip:]
		for i, u := range y.row(order - j) {
			sum += z.w.weight(y.lo+i) * product(a[i], u)
		}
	}
	z.top = ratioFloat(z.top-sum, y0)
}

// remainder returns t - (v+lo)·u, and t where u is exactly 0.
func remainder(t, v, lo, u float64) float64 {
	if u == 0 {
		return t
	}
	return math.FMA(-v, u, t) - lo*u
}

// Neg returns -x.
func (x Collapsed) Neg() Collapsed { return x.scaled(-1, -x.v) }

// Scale returns c·x.
func (x Collapsed) Scale(c float64) Collapsed { return x.scaled(c, c*x.v) }

// AddConst returns x+c.
func (x Collapsed) AddConst(c float64) Collapsed { x.v += c; return x }

// withValue returns x with another value.
func (x Collapsed) withValue(v float64) Collapsed { x.v = v; return x }

// Sqr returns x².
func (x Collapsed) Sqr() Collapsed { return x.compose(&coefs{x.v * x.v, 2 * x.v, 1}) }
