package jet

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/rule"
	"github.com/dualjet/dualjet/internal/special"
)

// A Nested is a truncated Taylor series whose coefficients are numbers of any
// type T: dual numbers, other jets, variables of a tape. It computes as [Jet]
// does, with the same recurrences, and says the same about orders, singular
// points and workspaces. A coefficient counts as 0 where T says that it is the
// constant 0.
//
// Where T is an array, each element is right where it is a regular point of the
// function, and may be NaN where it is a singular one that not all elements
// share.
//
// As a method of T is called through a dictionary, a Jet is several times as
// fast as a Nested[dual.Float].
type Nested[T dual.Real[T]] struct {
	c []T
	w *NestedWorkspace[T]
}

var _ dual.Real[Nested[dual.Float]] = Nested[dual.Float]{}

// NewNested returns the series c[0] + c[1]·t + c[2]·t² + …, as [New] does.
func NewNested[T dual.Real[T]](c ...T) Nested[T] {
	return Nested[T]{c: append([]T(nil), c...)}
}

// NestedVariable returns the variable x + t of the given order, as [Variable]
// does.
func NestedVariable[T dual.Real[T]](x T, order int) Nested[T] {
	return (*NestedWorkspace[T])(nil).Variable(x, order)
}

// Order returns the order K up to which x is carried, and 0 for a constant.
func (x Nested[T]) Order() int { return max(len(x.c)-1, 0) }

// KnownOrder returns the order up to which the coefficients of x are known,
// all of them being numbers, and -1 if there is none. A division by t, or a
// root of t², leaves fewer of them known than its operand had.
func (x Nested[T]) KnownOrder() int {
	x.checkKnown("KnownOrder", x.Order())
	for k := range x.c {
		if isNaN(x.c[k]) {
			return k - 1
		}
	}
	return x.Order()
}

// Coeff returns the coefficient of t^k, the k-th derivative divided by k!. It
// is 0 beyond the order of x. It panics with an [Error] if k is negative.
func (x Nested[T]) Coeff(k int) T {
	checkOrder("Coeff", k)
	x.checkKnown("Coeff", k)
	return at(x.c, k)
}

// Derivative returns the k-th derivative, k!·Coeff(k). It panics with an
// [Error] if k is negative.
func (x Nested[T]) Derivative(k int) T {
	checkOrder("Derivative", k)
	x.checkKnown("Derivative", k)
	return scaleFactorial(at(x.c, k), k)
}

// Coeffs puts the coefficients of x into dst, which may be longer, and returns
// it. A nil dst is allocated. It panics with an [Error] if dst is too short.
func (x Nested[T]) Coeffs(dst []T) []T {
	x.checkKnown("Coeffs", x.Order())
	n := x.Order() + 1
	if dst == nil {
		dst = make([]T, n)
	}
	if len(dst) < n {
		fail("Coeffs: len(dst) = %d, want at least %d", len(dst), n)
	}
	clear(dst[copy(dst, x.c):])
	return dst
}

// Const returns the constant c.
func (x Nested[T]) Const(c float64) Nested[T] {
	z := x.w.alloc(1)
	z[0] = x.head().Const(c)
	return Nested[T]{z, x.w}
}

// Value returns the coefficient of t⁰, free of all derivatives.
func (x Nested[T]) Value() float64 { return x.head().Value() }

// Lead returns the order and the sign of the leading term of x; see
// [dual.Real].
func (x Nested[T]) Lead() (order, sign int) {
	if x.recording() {
		return x.leadValue()
	}
	order = -1
	for k := range x.c {
		switch o, s := leadOf(x.c[k]); {
		case o < 0:
		case order < 0 || k+o < order:
			order, sign = k+o, s
		case k+o == order && s != sign:
			sign = 0
		}
	}
	return order, sign
}

// leadValue is Lead where only the value is known yet.
func (x Nested[T]) leadValue() (order, sign int) {
	order, sign = leadOf(x.head())
	if order < 0 && len(x.c) > 1 {
		return 1, 0
	}
	return order, sign
}

// recording reports whether operations on x are recorded, so that its
// coefficients are not known yet, but for the value.
func (x Nested[T]) recording() bool { return x.w != nil && x.w.rec != nil }

// checkKnown panics where coefficient k is asked for while it is unknown.
func (x Nested[T]) checkKnown(name string, k int) {
	if k > 0 && x.recording() {
		fail("%s: only the value is known inside the right-hand side of a differential equation", name)
	}
}

// head returns the coefficient of t⁰.
func (x Nested[T]) head() T {
	if len(x.c) == 0 {
		return zero[T]()
	}
	return x.c[0]
}

// lift returns x with at least one coefficient.
func (x Nested[T]) lift() Nested[T] {
	if len(x.c) > 0 {
		return x
	}
	z := Nested[T]{x.w.alloc(1), x.w}
	z.c[0] = zero[T]()
	return z
}

// flat reports whether x does not vary.
func (x Nested[T]) flat() bool {
	if len(x.c) > 1 && x.recording() {
		return false
	}
	for k := 1; k < len(x.c); k++ {
		if !isZero(x.c[k]) {
			return false
		}
	}
	return true
}

// singular reports whether x is exactly 0 in value and varies.
func (x Nested[T]) singular() bool {
	return isZero(x.c[0]) && !x.recording() && !x.flat()
}

// valuation returns the index of the first coefficient that is not 0, or the
// number of coefficients if all are.
func (x Nested[T]) valuation() int {
	for k := range x.c {
		if !isZero(x.c[k]) {
			return k
		}
	}
	return len(x.c)
}

// shifted returns x/t^m.
func (x Nested[T]) shifted(m int) Nested[T] { return Nested[T]{x.c[m:], x.w} }

// sized returns a series of n coefficients of which only the first is set.
func (w *NestedWorkspace[T]) sized(n int, head T) Nested[T] {
	z := Nested[T]{w.alloc(n), w}
	z.c[0] = head
	return z
}

// fill sets the coefficients of z from k on.
func (z Nested[T]) fill(k int, c T) Nested[T] {
	for ; k < len(z.c); k++ {
		z.c[k] = c
	}
	return z
}

// step returns a piecewise constant function of x with the value head. A NaN
// makes what varies NaN.
func (x Nested[T]) step(head T) Nested[T] {
	if x.recording() && !isNaN(head) {
		return x.w.sized(1, head)
	}
	z := x.w.sized(x.Order()+1, head)
	if isNaN(head) && !x.flat() {
		return z.fill(1, taint(head))
	}
	return z.fill(1, zero[T]())
}

// tainted returns x, which nothing else refers to, with the value head, and NaN
// for all that varies where head is NaN.
func (x Nested[T]) tainted(head T) Nested[T] {
	if x.recording() || !isNaN(head) {
		return x.withHead(head)
	}
	z := x.w.sized(len(x.c), head)
	for k := 1; k < len(z.c); k++ {
		z.c[k] = plus(x.c[k], taint(head))
	}
	return z
}

// weighted returns c·x, for a constant c that may differ from element to
// element. It is not recorded.
func (x Nested[T]) weighted(c T) Nested[T] {
	z := x.w.sized(len(x.c), zero[T]())
	for k := range z.c {
		z.c[k] = weight(c, x.c[k])
	}
	return z
}

// undefined returns a function of x and y with the value head, a NaN.
func (x Nested[T]) undefined(y Nested[T], head T) Nested[T] {
	w, n := x.join(y)
	z := w.sized(n, head)
	if x.flat() && y.flat() {
		return z.fill(1, zero[T]())
	}
	return z.fill(1, head)
}

// Diff returns the derivative of x for t. The coefficient of its highest order
// is not known, and NaN.
func (x Nested[T]) Diff() Nested[T] {
	x.checkKnown("Diff", x.Order())
	x = x.lift()
	n := len(x.c)
	z := x.w.sized(n, zero[T]())
	for k := 1; k < n; k++ {
		z.c[k-1] = x.c[k].Scale(float64(k))
	}
	if n > 1 {
		z.c[n-1] = zero[T]().Const(math.NaN())
	}
	return z
}

// Integrate returns the integral of x for t with the value c at t = 0. Its order
// is one higher than that of x.
func (x Nested[T]) Integrate(c T) Nested[T] {
	x.checkKnown("Integrate", x.Order())
	x = x.lift()
	z := x.w.sized(len(x.c)+1, c)
	for k := range x.c {
		z.c[k+1] = over(x.c[k], k+1)
	}
	return z
}

// withHead returns z, which nothing else refers to, with another value.
func (z Nested[T]) withHead(c T) Nested[T] {
	z.c[0] = c
	return z
}

// join returns the workspace and the length of the result of an operation on x
// and y. A constant does not limit it, and a recording goes before.
func (x Nested[T]) join(y Nested[T]) (w *NestedWorkspace[T], n int) {
	w = x.w
	if w == nil || y.recording() {
		w = y.w
	}
	switch {
	case len(x.c) <= 1:
		n = len(y.c)
	case len(y.c) <= 1:
		n = len(x.c)
	default:
		n = min(len(x.c), len(y.c))
	}
	return w, max(n, 1)
}

// apply carries out o, whose results have their first coefficients already.
func (w *NestedWorkspace[T]) apply(o *nestedOp[T]) Nested[T] {
	z := Nested[T]{o.z, w}
	switch {
	case len(z.c) == 1:
	case w != nil && w.rec != nil:
		w.rec.add(o)
	case o.code > opDiv && isNaN(z.c[0]):
		// The recurrences do not look at the domain.
		o.run()
		t := taint(z.c[0])
		for k := 1; k < len(z.c); k++ {
			z.c[k] = z.c[k].Add(t)
			if o.code == opSincos {
				o.u[k] = o.u[k].Add(t)
			}
		}
	default:
		o.run()
	}
	return z
}

// run computes all coefficients.
func (o *nestedOp[T]) run() {
	o.x, o.y = trim(o.x), trim(o.y)
	for k := 1; k < len(o.z); k++ {
		o.step(k)
	}
}

// unary carries out an operation on x without auxiliary series.
func (x Nested[T]) unary(code opcode, p float64, head T) Nested[T] {
	if x.flat() {
		return x.step(head)
	}
	z := x.w.sized(len(x.c), head)
	return x.w.apply(&nestedOp[T]{code: code, z: z.c, x: x.c, p: p})
}

// chain returns the function of x with the value head and the derivative g.
func (x Nested[T]) chain(head T, g Nested[T]) Nested[T] {
	w, n := x.join(g)
	z := w.sized(n, head)
	return w.apply(&nestedOp[T]{code: opChain, z: z.c, x: x.c, y: g.c})
}

// rule returns the function of x with the value head and the given rule for
// its derivative, which is evaluated as a series.
func (x Nested[T]) rule(head T, deriv func(x, y Nested[T]) Nested[T]) Nested[T] {
	if x.flat() {
		return x.step(head)
	}
	z := x.w.sized(len(x.c), head)
	m := x.w.mark()
	g := deriv(x, z)
	x.w.apply(&nestedOp[T]{code: opChain, z: z.c, x: x.c, y: g.lift().c})
	x.w.release(m)
	return z
}

// compose returns the function of x of which seed(k) is the k-th derivative at
// its value.
func (x Nested[T]) compose(seed func(k int) T) Nested[T] {
	head := seed(0)
	if x.flat() {
		return x.step(head)
	}
	n := len(x.c)
	z := x.w.sized(n, head)
	m := x.w.mark()
	d, q := x.w.alloc(n), x.w.alloc(n*(n-1))
	for k := 1; k < n; k++ {
		d[k] = overFactorial(seed(k), k)
	}
	x.w.apply(&nestedOp[T]{code: opCompose, z: z.c, x: x.c, u: d, v: q})
	x.w.release(m)
	return z
}

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to the order of x.
func (x Nested[T]) Apply(f func(k int, v float64) float64) Nested[T] {
	v := x.head()
	return x.compose(func(k int) T { return derivativeAt(v, k, f) })
}

// Add returns x+y.
func (x Nested[T]) Add(y Nested[T]) Nested[T] {
	if len(x.c) == 0 {
		x.w = y.w // a sum starts at the zero value
	}
	x, y = x.lift(), y.lift()
	w, n := x.join(y)
	z := w.sized(n, x.c[0].Add(y.c[0]))
	if len(x.c) < n || len(y.c) < n || z.recording() {
		return w.apply(&nestedOp[T]{code: opAdd, z: z.c, x: x.c, y: y.c, p: 1})
	}
	a, b := x.c[:n], y.c[:n]
	for k := range z.c {
		z.c[k] = a[k].Add(b[k])
	}
	return z
}

// Sub returns x-y.
func (x Nested[T]) Sub(y Nested[T]) Nested[T] {
	if len(x.c) == 0 {
		x.w = y.w // a sum starts at the zero value
	}
	x, y = x.lift(), y.lift()
	w, n := x.join(y)
	z := w.sized(n, x.c[0].Sub(y.c[0]))
	if len(x.c) < n || len(y.c) < n || z.recording() {
		return w.apply(&nestedOp[T]{code: opAdd, z: z.c, x: x.c, y: y.c, p: -1})
	}
	a, b := x.c[:n], y.c[:n]
	for k := range z.c {
		z.c[k] = a[k].Sub(b[k])
	}
	return z
}

// Mul returns x·y. A coefficient that is exactly 0 absorbs an infinite or
// unknown one, but the value is the plain product.
func (x Nested[T]) Mul(y Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	return x.product(y, x.c[0].Mul(y.c[0]))
}

func (x Nested[T]) product(y Nested[T], head T) Nested[T] {
	w, n := x.join(y)
	z := w.sized(n, head)
	if z.recording() {
		return w.apply(&nestedOp[T]{code: opMul, z: z.c, x: x.c, y: y.c})
	}
	a, b := trim(x.c), trim(y.c)
	for k := 1; k < n; k++ {
		mulStep(z.c, a, b, k)
	}
	return z
}

// AZMul returns x·y, and 0 where a coefficient of x is exactly 0, also if that
// of y is infinite or NaN.
func (x Nested[T]) AZMul(y Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	return x.product(y, x.c[0].AZMul(y.c[0]))
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Nested[T]) FMA(y, z Nested[T]) Nested[T] {
	x, y, z = x.lift(), y.lift(), z.lift()
	head := x.c[0].FMA(y.c[0], z.c[0])
	return x.AZMul(y).Add(z).withHead(head)
}

// Neg returns -x.
func (x Nested[T]) Neg() Nested[T] {
	x = x.lift()
	return x.scaled(-1, x.c[0].Neg())
}

// Scale returns c·x.
func (x Nested[T]) Scale(c float64) Nested[T] {
	x = x.lift()
	return x.scaled(c, x.c[0].Scale(c))
}

func (x Nested[T]) scaled(c float64, head T) Nested[T] {
	z := x.w.sized(len(x.c), head)
	if z.recording() {
		return x.w.apply(&nestedOp[T]{code: opScale, z: z.c, x: x.c, p: c})
	}
	finite := c-c == 0
	for k := 1; k < len(z.c); k++ {
		if finite || !isZero(x.c[k]) {
			z.c[k] = x.c[k].Scale(c)
		} else {
			z.c[k] = zero[T]()
		}
	}
	return z
}

// AddConst returns x+c.
func (x Nested[T]) AddConst(c float64) Nested[T] {
	x = x.lift()
	z := x.w.sized(len(x.c), x.c[0].AddConst(c))
	if z.recording() {
		return x.w.apply(&nestedOp[T]{code: opScale, z: z.c, x: x.c, p: 1})
	}
	copy(z.c[1:], x.c[1:])
	return z
}

// Sqr returns x².
func (x Nested[T]) Sqr() Nested[T] {
	x = x.lift()
	z := x.w.sized(len(x.c), x.c[0].Sqr())
	return x.w.apply(&nestedOp[T]{code: opSqr, z: z.c, x: x.c})
}

// Div returns x/y. Where the value of y is 0 and x vanishes at least as fast,
// the powers of t cancel, and as many of the highest orders are unknown.
func (x Nested[T]) Div(y Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	if y.singular() {
		return x.divSingular(y)
	}
	w, n := x.join(y)
	z := w.sized(n, x.c[0].Div(y.c[0]))
	return w.apply(&nestedOp[T]{code: opDiv, z: z.c, x: x.c, y: y.c})
}

// divSingular is Div for a y that starts at t.
func (x Nested[T]) divSingular(y Nested[T]) Nested[T] {
	w, n := x.join(y)
	p, q := x.valuation(), y.valuation()
	switch {
	case p == len(x.c) && p == 1:
		return w.sized(n, x.c[0]).fill(1, zero[T]()) // 0/t
	case p == len(x.c) && q >= n:
		return w.sized(n, zero[T]()).fill(0, x.c[0].Const(math.NaN()))
	case p >= q:
		y.c = y.c[:n]
		z := x.shifted(q).Div(y.shifted(q))
		z.c = z.c[:min(len(z.c), n-q)] // a single coefficient left is no constant
		return w.sized(n, z.c[0]).pad(0, z)
	}
	return w.sized(n, x.c[0].Div(y.c[0])).pole(q-p, signOf(x.c[p])*signOf(y.c[q]), y.side())
}

// side returns -1 if x, which starts at t, has the sign of its value, ±0, where
// t < 0, and 1 if it has it where t > 0 or keeps its sign.
func (x Nested[T]) side() int {
	m := x.valuation()
	if m%2 == 1 && math.Signbit(x.c[0].Value()) != (signOf(x.c[m]) < 0) {
		return -1
	}
	return 1
}

// pole makes z a function with a pole of order m, where it has the given sign
// for t > 0, seen from one side. Its value is set already, if it can be told.
func (z Nested[T]) pole(m, sign, side int) Nested[T] {
	head := z.c[0]
	sign *= power(side, m)
	for k := range z.c {
		if k > 0 || isNaN(head) {
			z.c[k] = head.Const(math.Inf(sign * power(-side, k)))
		}
		if sign == 0 {
			z.c[k] = head.Const(math.NaN())
		}
	}
	return z
}

// pad puts the series x, multiplied by t^m, into z. What that leaves is
// unknown.
func (z Nested[T]) pad(m int, x Nested[T]) Nested[T] {
	z.fill(0, zero[T]())
	if m < len(z.c) {
		k := m + copy(z.c[m:], x.c)
		z.fill(k, x.head().Const(math.NaN()))
	}
	return z
}

// Inv returns 1/x.
func (x Nested[T]) Inv() Nested[T] {
	x = x.lift()
	return x.Const(1).Div(x).withHead(x.c[0].Inv())
}

// Sqrt returns the square root of x. Where x is t^2m·u, as x² is at 0, this is
// t^m·√u, known to m orders less.
func (x Nested[T]) Sqrt() Nested[T] {
	x = x.lift()
	head := x.c[0].Sqrt()
	if x.singular() {
		return x.branch(0.5*float64(x.valuation()), head, Nested[T].Sqrt, false)
	}
	return x.unary(opSqrt, 0, head)
}

// Cbrt returns the cube root of x.
func (x Nested[T]) Cbrt() Nested[T] {
	x = x.lift()
	head := x.c[0].Cbrt()
	if x.singular() {
		return x.branch(float64(x.valuation())/3, head, Nested[T].Cbrt, true)
	}
	return x.unary(opPow, 1./3, head)
}

// branch returns the power of x that has the value head and starts with t^q,
// for an x that starts at t. The given function takes that power; odd says
// that it is an odd function.
func (x Nested[T]) branch(q float64, head T, pow func(Nested[T]) Nested[T], odd bool) Nested[T] {
	m := x.valuation()
	u := x.shifted(m)
	sign := signOf(u.c[0])
	if sign < 0 && !odd && m%2 == 1 {
		// The function lives where t < 0.
		return x.reflected().branch(q, head, pow, odd).reflected()
	}
	z := x.w.sized(len(x.c), head)
	if q >= 0 && q == math.Trunc(q) {
		return z.pad(int(min(q, float64(len(z.c)))), pow(u)).withHead(head)
	}
	if sign <= 0 && !odd {
		return z.fill(1, head.Const(math.NaN()))
	}
	for k := 1; k < len(z.c); k++ {
		if q < float64(k-1) {
			sign = -sign // that of q(q-1)…(q-k+1)
		}
		if float64(k) < q {
			z.c[k] = zero[T]()
		} else {
			z.c[k] = head.Const(math.Inf(sign))
		}
	}
	return z
}

// reflected returns x(-t).
func (x Nested[T]) reflected() Nested[T] {
	z := x.w.sized(len(x.c), x.c[0])
	for k := 1; k < len(z.c); k++ {
		z.c[k] = x.c[k].Scale(float64(power(-1, k)))
	}
	return z
}

// PowReal returns x raised to the constant power p.
func (x Nested[T]) PowReal(p float64) Nested[T] {
	x = x.lift()
	head := x.c[0].PowReal(p)
	switch {
	case x.flat():
		return x.step(head)
	case p == 0:
		return x.Const(1)
	case p == math.Trunc(p) && math.Abs(p) <= maxPowInt:
		return x.PowInt(int(p)).tainted(head)
	case x.singular():
		return x.branch(p*float64(x.valuation()), head, func(u Nested[T]) Nested[T] { return u.PowReal(p) }, false)
	case math.IsInf(x.c[0].Value(), 0):
		return x.Apply(func(k int, v float64) float64 {
			c := 1.0
			for i := range k {
				c *= p - float64(i)
			}
			return c * math.Pow(v, p-float64(k))
		})
	}
	return x.unary(opPow, p, head)
}

// maxPowInt limits the powers that are products. Beyond it a recurrence, which
// divides by x, is faster.
const maxPowInt = 1024

// PowInt returns x raised to the integer power n.
func (x Nested[T]) PowInt(n int) Nested[T] {
	x = x.lift()
	head := x.c[0].PowInt(n)
	switch {
	case x.flat():
		return x.step(head)
	case n == 0:
		return x.Const(1)
	case n == 1 && isNaN(head):
		return x.tainted(head)
	case n == 1:
		return x
	case n < 0 && x.singular():
		m := x.valuation()
		return x.w.sized(len(x.c), head).pole(-n*m, power(signOf(x.c[m]), n), x.side())
	case -maxPowInt <= n && n < 0:
		return x.PowInt(-n).Inv().tainted(head)
	case x.singular():
		m := x.valuation()
		z := x.w.sized(len(x.c), head)
		if n >= len(x.c) {
			return z.fill(1, zero[T]())
		}
		return z.pad(n*m, x.shifted(m).PowInt(n)).withHead(head)
	case n > maxPowInt || n < 0:
		return x.unary(opPow, float64(n), head)
	}
	// Products are right also where x is small beside its derivatives.
	z, y := x, x
	if n&1 == 0 {
		z = Nested[T]{}
	}
	for n >>= 1; n > 0; n >>= 1 {
		y = y.Sqr()
		switch {
		case n&1 == 0:
		case len(z.c) == 0:
			z = y
		default:
			z = z.Mul(y)
		}
	}
	return z.tainted(head)
}

// Pow returns x raised to the power y. An exponent that does not vary acts like
// that of PowReal.
func (x Nested[T]) Pow(y Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	base := x
	if y.flat() {
		p := y.c[0].Value()
		switch {
		case mixed(y.c[0]):
			// The derivatives of x^y·sign are those of |x|^y, up to the factor.
			base = x.Abs()
		case p-p != 0 || isZero(y.c[0].AddConst(-p)):
			return x.PowReal(p)
		}
	}
	w, n := x.join(y)
	z := w.sized(n, x.c[0].Pow(y.c[0]))
	if x.flat() && y.flat() {
		return z.fill(1, zero[T]())
	}
	m := w.mark()
	u := base.Log().Mul(y)
	w.apply(&nestedOp[T]{code: opExp, z: z.c, x: u.c, p: 1})
	w.release(m)
	return z
}

// Hypot returns √(x²+y²) without undue overflow or underflow. Where both are
// 0 it follows the first terms that are not.
func (x Nested[T]) Hypot(y Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	head := x.c[0].Hypot(y.c[0])
	v, w := x.c[0].Value(), y.c[0].Value()
	if x.flat() && y.flat() {
		_, n := x.join(y)
		return x.step(head).resized(n)
	}
	if math.IsInf(v, 0) || math.IsInf(w, 0) {
		var z Nested[T]
		if math.IsInf(v, 0) {
			z = x.Scale(math.Copysign(1, v))
		}
		if math.IsInf(w, 0) {
			z = z.Add(y.Scale(math.Copysign(1, w)))
		}
		_, n := x.join(y)
		return z.AddConst(0).resized(n).withHead(head)
	}
	if isZero(x.c[0]) && isZero(y.c[0]) && !x.recording() && !y.recording() {
		ws, n := x.join(y)
		x, y = x.resized(n), y.resized(n)
		m := min(x.valuation(), y.valuation())
		if m == n {
			return ws.sized(n, head).fill(1, zero[T]())
		}
		return ws.sized(n, head).pad(m, x.shifted(m).Hypot(y.shifted(m))).withHead(head)
	}
	if (mixed(x.c[0]) || mixed(y.c[0])) && !x.recording() && !y.recording() {
		// Element by element it is the value that scales.
		h, r := binade(head)
		z := x.weighted(r).Sqr().Add(y.weighted(r).Sqr()).Sqrt()
		return z.weighted(h).tainted(head)
	}
	// Powers of two scale exactly: both operands by 2^-e, so that they are near
	// 1, and t by 2^s where their derivatives would overflow if squared.
	_, e := math.Frexp(max(math.Abs(v), math.Abs(w)))
	s := 0
	if !x.recording() && !y.recording() {
		for k := 1; k < max(len(x.c), len(y.c)); k++ {
			if d := e - max(x.exponent(k), y.exponent(k)); d < min(-400, s*k) {
				s = (d - k + 1) / k
			}
		}
	}
	x, y = x.ldexp(-e, s), y.ldexp(-e, s)
	return x.Sqr().Add(y.Sqr()).Sqrt().ldexp(e, -s).withHead(head)
}

// exponent returns the binary exponent of coefficient k, that of a subnormal
// number if it is 0.
func (x Nested[T]) exponent(k int) int {
	v := at(x.c, k).Value()
	if v == 0 || v-v != 0 {
		return -1074
	}
	_, e := math.Frexp(v)
	return e
}

// ldexp returns 2^e·x(2^s·t).
func (x Nested[T]) ldexp(e, s int) Nested[T] {
	if s == 0 && e > -1000 && e < 1000 {
		return x.Scale(math.Ldexp(1, e))
	}
	// Half of the exponent at a time, for the whole may be out of range.
	z := x.w.sized(len(x.c), x.c[0])
	for k := range z.c {
		n := e + s*k
		z.c[k] = x.c[k].Scale(math.Ldexp(1, n/2)).Scale(math.Ldexp(1, n-n/2))
	}
	return z
}

// resized returns x as a series of n coefficients, of which it has one or all.
// A recording takes constants as they are.
func (x Nested[T]) resized(n int) Nested[T] {
	if len(x.c) == n || x.recording() {
		return x
	}
	z := x.w.sized(n, zero[T]())
	z.fill(copy(z.c, x.c), zero[T]())
	return z
}

// Exp returns e raised to the power x.
func (x Nested[T]) Exp() Nested[T] {
	x = x.lift()
	return x.unary(opExp, 1, x.c[0].Exp())
}

// Exp2 returns 2 raised to the power x.
func (x Nested[T]) Exp2() Nested[T] {
	x = x.lift()
	return x.unary(opExp, math.Ln2, x.c[0].Exp2())
}

// Log returns the natural logarithm of x.
func (x Nested[T]) Log() Nested[T] {
	x = x.lift()
	return x.log(x, 1, x.c[0].Log())
}

// Log2 returns the binary logarithm of x.
func (x Nested[T]) Log2() Nested[T] {
	x = x.lift()
	return x.log(x, 1/math.Ln2, x.c[0].Log2())
}

// Log10 returns the decimal logarithm of x.
func (x Nested[T]) Log10() Nested[T] {
	x = x.lift()
	return x.log(x, 1/math.Ln10, x.c[0].Log10())
}

// Log1p returns log(1+x), accurate also near 0.
func (x Nested[T]) Log1p() Nested[T] {
	x = x.lift()
	return x.log(x.AddConst(1), 1, x.c[0].Log1p())
}

// log returns c·log r with the value head, where r is x or 1+x.
func (x Nested[T]) log(r Nested[T], c float64, head T) Nested[T] {
	if x.flat() {
		return x.step(head)
	}
	z := x.w.sized(len(x.c), head)
	if r.singular() {
		// The logarithm lives where r > 0, for t < 0 if need be.
		m := r.valuation()
		sign, side := signOf(r.c[m]), 1
		if m%2 == 1 {
			sign, side = sign*sign, sign
		}
		if sign <= 0 {
			return z.fill(1, head.Const(math.NaN()))
		}
		for k := 1; k < len(z.c); k++ {
			z.c[k] = head.Const(math.Inf(-power(-side, k)))
		}
		return z
	}
	return x.w.apply(&nestedOp[T]{code: opLog, z: z.c, x: x.c, u: r.c, p: c})
}

// Sin returns the sine of x (radians).
func (x Nested[T]) Sin() Nested[T] {
	s, _ := x.Sincos()
	return s
}

// Cos returns the cosine of x (radians).
func (x Nested[T]) Cos() Nested[T] {
	_, c := x.Sincos()
	return c
}

// Sincos returns sin x and cos x.
func (x Nested[T]) Sincos() (sin, cos Nested[T]) {
	x = x.lift()
	s, c := sincosOf(x.c[0])
	return x.sincos(s, c, -1)
}

// Sinh returns the hyperbolic sine of x.
func (x Nested[T]) Sinh() Nested[T] {
	x = x.lift()
	s, _ := x.sincos(x.c[0].Sinh(), x.c[0].Cosh(), 1)
	return s
}

// Cosh returns the hyperbolic cosine of x.
func (x Nested[T]) Cosh() Nested[T] {
	x = x.lift()
	_, c := x.sincos(x.c[0].Sinh(), x.c[0].Cosh(), 1)
	return c
}

// sincos returns the pair of functions with the values s and c and the
// derivatives c and sign·s.
func (x Nested[T]) sincos(s, c T, sign float64) (sin, cos Nested[T]) {
	if x.flat() {
		return x.step(s), x.step(c)
	}
	sin, cos = x.w.sized(len(x.c), s), x.w.sized(len(x.c), c)
	x.w.apply(&nestedOp[T]{code: opSincos, z: sin.c, u: cos.c, x: x.c, p: sign})
	return sin, cos
}

// Tan returns the tangent of x (radians).
func (x Nested[T]) Tan() Nested[T] {
	x = x.lift()
	head := x.c[0].Tan()
	return x.tan(head, rule.Tan(x.c[0], head), 1)
}

// Tanh returns the hyperbolic tangent of x.
func (x Nested[T]) Tanh() Nested[T] {
	x = x.lift()
	head := x.c[0].Tanh()
	return x.tan(head, rule.Tanh(x.c[0], head), -1)
}

// tan returns the function with the value head and the derivative g, of which
// the derivative is that of sign times the square of the function.
func (x Nested[T]) tan(head, g T, sign float64) Nested[T] {
	if x.flat() {
		return x.step(head)
	}
	z := x.w.sized(len(x.c), head)
	m := x.w.mark()
	u := x.w.sized(len(x.c), g)
	x.w.apply(&nestedOp[T]{code: opTan, z: z.c, u: u.c, x: x.c, p: sign})
	x.w.release(m)
	return z
}

// Asin returns the arcsine of x.
func (x Nested[T]) Asin() Nested[T] { return x.arc(x.head().Asin(), 1, rule.Asin[Nested[T]]) }

// Acos returns the arccosine of x.
func (x Nested[T]) Acos() Nested[T] { return x.arc(x.head().Acos(), -1, rule.Acos[Nested[T]]) }

// Acosh returns the inverse hyperbolic cosine of x.
func (x Nested[T]) Acosh() Nested[T] { return x.arc(x.head().Acosh(), 0, rule.Acosh[Nested[T]]) }

// arc is rule for functions with an infinite derivative 1/√r at the ends of
// their domain. Where x stays at such an end to first order, as 1-t² does, the
// quotient x'/√r is finite. The sign is that of the derivative; 0 stands for
// r = x²-1 instead of 1-x².
func (x Nested[T]) arc(head T, sign int, deriv func(x, y Nested[T]) Nested[T]) Nested[T] {
	x = x.lift()
	if v := x.c[0].Value(); v != 1 && v != -1 || isNaN(head) || x.recording() || x.flat() || !isZero(x.c[1]) {
		return x.rule(head, deriv)
	}
	r := x.Neg().AddConst(1).Mul(x.AddConst(1))
	if sign == 0 {
		r, sign = r.Neg(), 1
	}
	z := x.Diff().Div(r.Sqrt()).Scale(float64(sign)).Integrate(head)
	return Nested[T]{z.c[:len(x.c)], z.w}
}

// Atan2 returns the angle of the point with ordinate y, the receiver, and
// abscissa x. At the origin the derivatives are those of the direction in which
// the point leaves it.
func (y Nested[T]) Atan2(x Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	head := y.c[0].Atan2(x.c[0])
	w, n := x.join(y)
	if isNaN(head) && (x.flat() && y.flat() || x.recording() || y.recording()) {
		return x.undefined(y, head)
	}
	if isZero(x.c[0]) && isZero(y.c[0]) && !x.recording() && !y.recording() {
		x, y = x.resized(n), y.resized(n)
		m := min(x.valuation(), y.valuation())
		if m == n {
			return w.sized(n, head).fill(1, zero[T]())
		}
		z := y.shifted(m).Atan2(x.shifted(m))
		return w.sized(n, head).pad(0, z).withHead(head)
	}
	dy := y.chain(zero[T](), rule.Atan2X(y, x, y))
	dx := x.chain(zero[T](), rule.Atan2Y(y, x, y))
	return dy.Add(dx).tainted(head)
}

// Erfinv returns the inverse of the error function.
func (x Nested[T]) Erfinv() Nested[T] {
	x = x.lift()
	head := x.c[0].Erfinv()
	if x.flat() {
		return x.step(head)
	}
	z := x.w.sized(len(x.c), head)
	m := x.w.mark()
	u := x.w.sized(len(x.c), z.c[0].Sqr())
	v := x.w.sized(len(x.c), rule.Erfinv(x.c[0], head))
	x.w.apply(&nestedOp[T]{code: opErfinv, z: z.c, u: u.c, v: v.c, x: x.c})
	x.w.release(m)
	return z
}

// LambertW returns the principal branch of the Lambert function.
func (x Nested[T]) LambertW() Nested[T] {
	x = x.lift()
	head := x.c[0].LambertW()
	if x.flat() {
		return x.step(head)
	}
	z := x.w.sized(len(x.c), head)
	m := x.w.mark()
	u := x.w.sized(len(x.c), z.c[0].Exp())
	if x.c[0].Value() > 1 {
		u.c[0] = x.c[0].Div(z.c[0]) // does not amplify the rounding of z
	}
	v := x.w.sized(len(x.c), u.c[0].Mul(z.c[0].AddConst(1)))
	x.w.apply(&nestedOp[T]{code: opLambert, z: z.c, u: u.c, v: v.c, x: x.c})
	x.w.release(m)
	return z
}

// Gamma returns the gamma function of x.
func (x Nested[T]) Gamma() Nested[T] {
	x = x.lift()
	head := x.c[0].Gamma()
	if x.flat() {
		return x.step(head)
	}
	z := x.w.sized(len(x.c), head)
	m := x.w.mark()
	p := x.Digamma()
	u := x.w.sized(len(x.c), z.c[0].Mul(p.c[0]))
	x.w.apply(&nestedOp[T]{code: opGamma, z: z.c, u: u.c, x: x.c, y: p.c})
	x.w.release(m)
	return z
}

// Digamma returns ψ(x), the derivative of log Γ(x).
func (x Nested[T]) Digamma() Nested[T] { return x.Polygamma(0) }

// Polygamma returns the n-th derivative of ψ at x, for n ≥ 0. It panics with an
// [Error] if n is negative.
func (x Nested[T]) Polygamma(n int) Nested[T] {
	checkOrder("Polygamma", n)
	return x.Apply(func(k int, v float64) float64 { return special.Polygamma(n+k, v) })
}

// Erfcx returns exp(x²)·erfc x.
func (x Nested[T]) Erfcx() Nested[T] { return x.Apply(special.ErfcxDerivative) }

// Sinc returns sin(x)/x, and 1 at 0.
func (x Nested[T]) Sinc() Nested[T] { return x.Apply(special.SincDerivative) }

// BesselJ returns the Bessel function of the first kind J_n(x).
func (x Nested[T]) BesselJ(n int) Nested[T] { return x.bessel('J', n) }

// BesselY returns the Bessel function of the second kind Y_n(x).
func (x Nested[T]) BesselY(n int) Nested[T] { return x.bessel('Y', n) }

// BesselI returns the modified Bessel function of the first kind I_n(x).
func (x Nested[T]) BesselI(n int) Nested[T] { return x.bessel('I', n) }

// BesselK returns the modified Bessel function of the second kind K_n(x).
func (x Nested[T]) BesselK(n int) Nested[T] { return x.bessel('K', n) }

// bessel returns the Bessel function of the given kind. All derivatives at the
// value come from one table, which is made anew where T asks for more.
func (x Nested[T]) bessel(kind byte, n int) Nested[T] {
	if mixed(x.head()) {
		return x.Apply(func(k int, v float64) float64 {
			table := make([]float64, k+1)
			besselDerivatives(kind, table, n, v)
			return table[k]
		})
	}
	var buf [32]float64
	table := buf[:0]
	return x.Apply(func(k int, v float64) float64 {
		if k >= len(table) {
			if m := max(k+1, len(x.c)); m <= len(buf) {
				table = buf[:m]
			} else {
				table = make([]float64, m)
			}
			besselDerivatives(kind, table, n, v)
		}
		return table[k]
	})
}

// Logistic returns 1/(1+e^-x). Its derivatives are those of tanh(x/2)/2, which
// keep their digits in the tails and near 0.
func (x Nested[T]) Logistic() Nested[T] {
	head := x.head().Logistic()
	return x.Scale(0.5).Tanh().Scale(0.5).withHead(head)
}

// Abs returns |x|. Where the value is 0, the first term that is not decides.
func (x Nested[T]) Abs() Nested[T] {
	x = x.lift()
	head := x.c[0].Abs()
	if mixed(head) {
		if x.recording() || x.flat() {
			return x.step(head)
		}
		return x.weighted(signs(x.c)).tainted(head)
	}
	if x.recording() && len(x.c) > 1 && head.Value() == 0 {
		z := x.w.sized(len(x.c), head)
		return x.w.apply(&nestedOp[T]{code: opAbs, z: z.c, x: x.c})
	}
	switch order, sign := x.Lead(); {
	case sign > 0 && order == 0:
		return x
	case sign > 0:
		return x.AddConst(0)
	case sign < 0:
		return x.Neg().AddConst(0)
	}
	return x.step(head)
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Nested[T]) Sign() Nested[T] { return x.step(x.head().Sign()) }

// Max returns the larger of x and y. At a tie the first terms that differ
// decide; if none do, the result is the mean.
func (x Nested[T]) Max(y Nested[T]) Nested[T] { return x.choose(y, x.head().Max(y.head()), 1) }

// Min returns the smaller of x and y; at ties see Max.
func (x Nested[T]) Min(y Nested[T]) Nested[T] { return x.choose(y, x.head().Min(y.head()), -1) }

// choose returns the Max (side 1) or Min (side -1) of x and y, of value head.
func (x Nested[T]) choose(y Nested[T], head T, side int) Nested[T] {
	x, y = x.lift(), y.lift()
	_, n := x.join(y)
	a, b := x.c[0].Value(), y.c[0].Value()
	switch v := head.Value(); {
	case v != v && (x.flat() && y.flat() || x.recording() || y.recording()):
		return x.undefined(y, head)
	case v != v || (a != a || b != b) && v-v == 0:
		s := signs(x.Sub(y).c)
		return x.weighted(share(s, side)).Add(y.weighted(share(s, -side))).tainted(head)
	case a != b:
		if v == a {
			return x.resized(n)
		}
		return y.resized(n)
	}
	d := x.Sub(y)
	if d.recording() && n > 1 {
		return x.Add(y).Add(d.Abs().Scale(float64(side))).Scale(0.5).withHead(head)
	}
	switch _, sign := d.Lead(); side * sign {
	case 1:
		return x.resized(n)
	case -1:
		return y.resized(n)
	}
	return x.Add(y).Scale(0.5).withHead(head)
}

// Clamp returns Min(Max(x, lo), hi); where lo ≥ hi the result is the constant
// hi.
func (x Nested[T]) Clamp(lo, hi float64) Nested[T] {
	if lo >= hi {
		return x.Const(hi)
	}
	return x.Max(x.Const(lo)).Min(x.Const(hi))
}

// Floor returns the greatest integer ≤ x, a constant.
func (x Nested[T]) Floor() Nested[T] { return x.step(x.head().Floor()) }

// Ceil returns the least integer ≥ x, a constant.
func (x Nested[T]) Ceil() Nested[T] { return x.step(x.head().Ceil()) }

// Round returns the nearest integer, halves away from zero, a constant.
func (x Nested[T]) Round() Nested[T] { return x.step(x.head().Round()) }

// Trunc returns the integer part of x, a constant.
func (x Nested[T]) Trunc() Nested[T] { return x.step(x.head().Trunc()) }

// Mod returns the remainder of x/y with the sign of x, x - q·y for an integer q
// that counts as constant.
func (x Nested[T]) Mod(y Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	head := x.c[0].Mod(y.c[0])
	q := math.Round((x.c[0].Value() - head.Value()) / y.c[0].Value())
	if q != q {
		if x.flat() && y.flat() || x.recording() || y.recording() {
			return x.undefined(y, head)
		}
		r := x.c[0].Sub(head).Div(y.c[0]).Round()
		return x.Sub(y.weighted(r)).tainted(head)
	}
	return x.Sub(y.Scale(q)).withHead(head)
}

// Copysign returns |x| with the sign of the value of y.
func (x Nested[T]) Copysign(y Nested[T]) Nested[T] {
	z := x.Abs()
	if c := y.head(); mixed(c) && !z.recording() {
		return z.weighted(signOne(c))
	}
	if math.Signbit(y.Value()) {
		return z.Neg()
	}
	return z
}

// power returns s^n for s of 1 or -1.
func power(s, n int) int {
	if n%2 == 0 {
		return 1
	}
	return s
}
