package dual

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)

// A Nested is a dual number V + D·ε whose value and tangent are numbers of
// any type T, themselves dual numbers if need be. Each level adds one order of
// derivative and doubles the size: Nested[Nested[Float]] carries second
// derivatives, Nested[Number64] the derivative of a derivative.
//
// The levels are types, so a number of one level cannot be taken for one of
// another: to use an x of type T in a computation on Nested[T], say [Lift](x).
// Its own products keep the 0 of what does not vary, and so do all its levels
// if the innermost is a [Float].
type Nested[T Real[T]] struct {
	V, D T
}

var _ Real[Nested[Nested[Float]]] = Nested[Nested[Float]]{}

// Lift returns x as a constant of the next level.
func Lift[T Real[T]](x T) Nested[T] { return Nested[T]{x, x.Const(0)} }

// Variable returns x as the variable of the next level: its tangent is 1.
func Variable[T Real[T]](x T) Nested[T] { return Nested[T]{x, x.Const(1)} }

// isZero reports whether x is the constant 0.
func isZero[T Real[T]](x T) bool {
	order, _ := x.Lead()
	return order < 0
}

// Const returns the constant c.
func (x Nested[T]) Const(c float64) Nested[T] { return Lift(x.V.Const(c)) }

// Value returns the value of x, free of the derivatives of all levels.
func (x Nested[T]) Value() float64 { return x.V.Value() }

// Lead returns the order and the sign of the leading term of x, counting the
// orders of all levels; see [Real].
func (x Nested[T]) Lead() (order, sign int) {
	ov, sv := x.V.Lead()
	od, sd := x.D.Lead()
	switch {
	case od < 0 || ov >= 0 && ov <= od:
		return ov, sv
	case ov < 0 || od+1 < ov:
		return od + 1, sd
	}
	return ov, agree2(sv, sd)
}

// agree2 returns the common sign of two leading terms of the same order, and 0
// where they differ or either has none.
func agree2(s, t int) int {
	if s == t {
		return s
	}
	return 0
}

func (x Nested[T]) active() bool { return !isZero(x.D) }

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to the number of levels.
func (x Nested[T]) Apply(f func(k int, v float64) float64) Nested[T] {
	y := x.V.Apply(f)
	if !x.active() {
		return Lift(y)
	}
	return x.chain(y, x.V.Apply(func(k int, v float64) float64 { return f(k+1, v) }))
}

// chain returns the number of value y whose derivative for x is d. A y of NaN
// makes the derivative NaN, for the formulas do not look at the domain.
func (x Nested[T]) chain(y, d T) Nested[T] {
	if math.IsNaN(y.Value()) {
		d = d.Add(taint(y))
	}
	return Nested[T]{y, x.D.AZMul(d)}
}

// taint returns 0 where y is a number, element by element, and NaN where it is
// NaN, with all that y has to say about lower levels: a Sign need not have a
// derivative.
func taint[T Real[T]](y T) T { return y.Sign().Scale(0).AZMul(y) }

// chain2 is chain for two arguments with the partial derivatives dx and dy.
func (x Nested[T]) chain2(y Nested[T], z, dx, dy T) Nested[T] {
	if math.IsNaN(z.Value()) {
		t := taint(z)
		dx, dy = dx.Add(t), dy.Add(t)
	}
	return Nested[T]{z, x.D.AZMul(dx).Add(y.D.AZMul(dy))}
}

// flat returns the number of value y whose derivative for x is 0.
func (x Nested[T]) flat(y T) Nested[T] { return x.chain(y, y.Const(0)) }

// Add returns x+y.
func (x Nested[T]) Add(y Nested[T]) Nested[T] { return Nested[T]{x.V.Add(y.V), x.D.Add(y.D)} }

// Sub returns x-y.
func (x Nested[T]) Sub(y Nested[T]) Nested[T] { return Nested[T]{x.V.Sub(y.V), x.D.Sub(y.D)} }

// Mul returns x·y.
func (x Nested[T]) Mul(y Nested[T]) Nested[T] {
	return Nested[T]{x.V.Mul(y.V), x.D.AZMul(y.V).Add(y.D.AZMul(x.V))}
}

// AZMul returns x·y, where a part of x that is exactly 0 makes its products 0,
// also if y is infinite or NaN.
func (x Nested[T]) AZMul(y Nested[T]) Nested[T] {
	return Nested[T]{x.V.AZMul(y.V), x.D.AZMul(y.V).Add(x.V.AZMul(y.D))}
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Nested[T]) FMA(y, z Nested[T]) Nested[T] {
	return Nested[T]{x.V.FMA(y.V, z.V), x.V.FMA(y.D, x.D.FMA(y.V, z.D))}
}

// Div returns x/y.
func (x Nested[T]) Div(y Nested[T]) Nested[T] {
	z := x.V.Div(y.V)
	t := x.D
	if y.active() {
		t = y.D.Neg().FMA(z, t)
		if lo := rule.Residual(x.Value(), z.Value(), y.Value()); lo != 0 {
			t = t.Sub(y.D.Scale(lo)) // see quo
		}
	}
	if v := y.Value(); v != 0 && !math.IsNaN(v) {
		return Nested[T]{z, t.Div(y.V)}
	}
	return Nested[T]{z, t.AZMul(y.V.Inv())}
}

// Neg returns -x.
func (x Nested[T]) Neg() Nested[T] { return Nested[T]{x.V.Neg(), x.D.Neg()} }

// Inv returns 1/x.
func (x Nested[T]) Inv() Nested[T] {
	z := x.V.Inv()
	return Nested[T]{z, x.D.AZMul(z).AZMul(z).Neg()}
}

// Scale returns c·x.
func (x Nested[T]) Scale(c float64) Nested[T] {
	if math.IsInf(c, 0) || math.IsNaN(c) {
		return x.chain(x.V.Scale(c), x.V.Const(c))
	}
	return Nested[T]{x.V.Scale(c), x.D.Scale(c)}
}

// AddConst returns x+c.
func (x Nested[T]) AddConst(c float64) Nested[T] { return Nested[T]{x.V.AddConst(c), x.D} }

// Sqr returns x².
func (x Nested[T]) Sqr() Nested[T] { return Nested[T]{x.V.Sqr(), x.D.AZMul(x.V).Scale(2)} }

// Sincos returns sin x and cos x.
func (x Nested[T]) Sincos() (sin, cos Nested[T]) {
	s, c := x.V.Sincos()
	return x.chain(s, c), x.chain(c, s.Neg())
}

// Abs returns |x|. At a zero where x changes its sign the derivatives are 0;
// where it keeps it, |x| is smooth.
func (x Nested[T]) Abs() Nested[T] {
	if math.IsNaN(x.Value()) {
		return x.chain(x.V.Abs(), x.V.Sign())
	}
	switch rampSign(x.Lead()) {
	case 1:
		return x
	case -1:
		return x.Neg().AddConst(0)
	}
	return x.Const(0)
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Nested[T]) Sign() Nested[T] { return x.flat(x.V.Sign()) }

// Max returns the larger of x and y. At a tie the derivatives are the mean of
// the two, unless the leading term of x-y has an even order: then one is
// larger on both sides.
func (x Nested[T]) Max(y Nested[T]) Nested[T] {
	switch a, b := x.Value(), y.Value(); {
	case a > b:
		return x
	case a < b:
		return y
	}
	return x.tie(y, x.V.Max(y.V), 1)
}

// Min returns the smaller of x and y; at ties see Max.
func (x Nested[T]) Min(y Nested[T]) Nested[T] {
	switch a, b := x.Value(), y.Value(); {
	case a < b:
		return x
	case a > b:
		return y
	}
	return x.tie(y, x.V.Min(y.V), -1)
}

// tie returns the Max (side 1) or Min (side -1) of value z for two numbers of
// which neither has the larger value.
func (x Nested[T]) tie(y Nested[T], z T, side int) Nested[T] {
	a, b := x.Value(), y.Value()
	if (a != a || b != b) && !math.IsInf(z.Value(), 0) {
		// Element by element the share of x is 0, ½ or 1.
		dx := x.V.Sub(y.V).Sign().Scale(float64(side)).AddConst(1).Scale(0.5)
		return x.chain2(y, z, dx, dx.Neg().AddConst(1))
	}
	if v := z.Value(); !math.IsNaN(v) && !math.IsInf(v, 0) {
		switch side * rampSign(x.Sub(y).Lead()) {
		case 1:
			return x
		case -1:
			return y
		}
	}
	dx, dy := share(a, b, z.Value())
	return x.chain2(y, z, z.Const(dx), z.Const(dy))
}

// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half that of
// x; where lo ≥ hi the result is the constant hi.
func (x Nested[T]) Clamp(lo, hi float64) Nested[T] { return clamp(x, lo, hi) }

// Mod returns the remainder of x/y with the sign of x.
func (x Nested[T]) Mod(y Nested[T]) Nested[T] {
	z := x.V.Mod(y.V)
	q := modQuotient(x.Value(), y.Value(), z.Value())
	if math.IsNaN(q) {
		return x.chain2(y, z, z.Const(1), x.V.Sub(z).Div(y.V).Round().Neg())
	}
	return x.chain2(y, z, z.Const(1), z.Const(-q))
}

// Copysign returns |x| with the sign of the value of y.
func (x Nested[T]) Copysign(y Nested[T]) Nested[T] {
	if !math.IsNaN(y.Value()) {
		return copysign(x, y)
	}
	s := y.V.Const(1).Copysign(y.V)
	z := x.Abs()
	return Nested[T]{z.V.Mul(s), z.D.Mul(s)}
}

// Format implements [fmt.Formatter]: a verb for floats applies to each part,
// as in ((1+2ε)+(3+4ε)ε).
func (x Nested[T]) Format(s fmt.State, verb rune) {
	formatSum(s, verb, x, []string{"V", "D"}, []string{"", "ε"}, x.V, x.D)
}
