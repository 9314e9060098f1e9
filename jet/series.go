package jet

import "fmt"

// A Series is a [Jet] that operations change in place, in the manner of
// math/big. The zero value is the constant 0. Methods have the form
//
//	func (z *Series[F]) Unary(x *Series[F]) *Series[F]     // z = unary x
//	func (z *Series[F]) Binary(x, y *Series[F]) *Series[F] // z = x binary y
//	func (x *Series[F]) Reader() …                         // … = reader x
//
// and return z, so that calls can be chained. Operands may be the receiver or one
// another: z.Mul(z, z) squares z. Each Series owns its coefficients and the memory
// in which its results are computed, so that nothing is allocated once it has
// grown to the order at hand. It must not be copied; use [Series.Set].
//
// A Series belongs to one goroutine at a time, operands included only while none
// writes to them.
type Series[F ~float32 | ~float64] struct {
	c []F
	w Workspace[F]
}

// NewSeries returns a new Series with the coefficients c; see [New].
func NewSeries[F ~float32 | ~float64](c ...F) *Series[F] { return new(Series[F]).SetCoeffs(c...) }

// in returns x as a jet whose results lie in the memory of z.
func (x *Series[F]) in(z *Series[F]) Jet[F] { return Jet[F]{x.c, &z.w} }

// set moves x, computed in the memory of z, into z.
func (z *Series[F]) set(x Jet[F]) *Series[F] {
	z.keep(x)
	z.w.Reset()
	return z
}

// keep copies x into z.
func (z *Series[F]) keep(x Jet[F]) { z.c = append(z.c[:0], x.c...) }

// Set sets z to x and returns z.
func (z *Series[F]) Set(x *Series[F]) *Series[F] { return z.SetCoeffs(x.c...) }

// SetJet sets z to x and returns z.
func (z *Series[F]) SetJet(x Jet[F]) *Series[F] { return z.SetCoeffs(x.c...) }

// SetCoeffs sets z to the series with the coefficients c and returns z. A single
// one makes a constant.
func (z *Series[F]) SetCoeffs(c ...F) *Series[F] {
	z.c = append(z.c[:0], c...)
	return z
}

// SetConst sets z to the constant c and returns z.
func (z *Series[F]) SetConst(c F) *Series[F] {
	z.c = append(z.c[:0], c)
	return z
}

// SetVariable sets z to the variable x + t of the given order and returns z. It
// panics with an [Error] if the order is negative.
func (z *Series[F]) SetVariable(x F, order int) *Series[F] {
	checkOrder("SetVariable", order)
	z.SetConst(x)
	for k := 1; k <= order; k++ {
		z.c = append(z.c, 0)
	}
	if order > 0 {
		z.c[1] = 1
	}
	return z
}

// Jet returns a copy of x.
func (x *Series[F]) Jet() Jet[F] { return New(x.c...) }

// Order returns the order of x, as [Jet.Order] does.
func (x *Series[F]) Order() int { return x.jet().Order() }

// KnownOrder returns the order up to which x is known; see [Jet.KnownOrder].
func (x *Series[F]) KnownOrder() int { return x.jet().KnownOrder() }

// Coeff returns the coefficient of t^k; see [Jet.Coeff].
func (x *Series[F]) Coeff(k int) F { return x.jet().Coeff(k) }

// Derivative returns the k-th derivative, k!·Coeff(k); see [Jet.Derivative].
func (x *Series[F]) Derivative(k int) F { return x.jet().Derivative(k) }

// Coeffs puts the coefficients of x into dst and returns it; see [Jet.Coeffs].
func (x *Series[F]) Coeffs(dst []F) []F { return x.jet().Coeffs(dst) }

// Value returns the coefficient of t⁰.
func (x *Series[F]) Value() float64 { return x.jet().Value() }

// Lead returns the order and the sign of the leading term of x; see
// [Jet.Lead].
func (x *Series[F]) Lead() (order, sign int) { return x.jet().Lead() }

// Eval returns the sum of the known terms of x at t; see [Jet.Eval].
func (x *Series[F]) Eval(t F) F { return x.jet().Eval(t) }

// Format implements [fmt.Formatter], as the method of [Jet] does.
func (x *Series[F]) Format(s fmt.State, verb rune) {
	if x == nil {
		fmt.Fprint(s, "<nil>")
		return
	}
	x.jet().Format(s, verb)
}

// jet returns x as a jet that shares its coefficients.
func (x *Series[F]) jet() Jet[F] { return Jet[F]{c: x.c} }

var _ fmt.Formatter = (*Series[float64])(nil)
