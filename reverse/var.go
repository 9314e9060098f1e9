package reverse

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/dual"
)

// A Var is a number whose operations are recorded on a [Tape]. The zero value
// is the constant 0; constants are on no tape and combine with the variables
// of any. Tapes make variables, by [Tape.Var] or in the drivers.
type Var struct {
	v  float64
	t  *Tape // nil for a constant
	id uint64
}

var _ dual.Real[Var] = Var{}

// op1 records an operation on x with the result v and the derivative j.
func (x Var) op1(v, j float64) Var {
	t := x.t
	if t == nil {
		return Var{v: v}
	}
	if x.id&t.dead != 0 {
		panic(errForeign)
	}
	return t.push(v, j, 0, uint32(x.id), 0)
}

// op2 records an operation on x and y with the result v and the derivatives jx
// and jy.
func (x Var) op2(y Var, v, jx, jy float64) Var {
	t := x.t
	if t == nil {
		t = y.t
	}
	if t == nil {
		return Var{v: v}
	}
	if (x.id|y.id)&t.dead != 0 {
		panic(errForeign)
	}
	t.rec = append(t.rec, record{jx, jy, uint32(x.id), uint32(y.id)})
	if debugging {
		t.note(v)
	}
	return Var{v, t, t.base + uint64(len(t.rec))}
}

// Const returns the constant c.
func (x Var) Const(c float64) Var { return Var{v: c} }

// Value returns the value of x.
func (x Var) Value() float64 { return x.v }

// Lead returns order 0 and the sign of the value of x if that is not 0. A
// variable of value 0 has order 1 and no sign, the constant 0 has order -1.
func (x Var) Lead() (order, sign int) {
	switch {
	case x.v > 0:
		return 0, 1
	case x.v < 0:
		return 0, -1
	case x.v != x.v:
		return 0, 0
	case x.t != nil:
		return 1, 0
	}
	return -1, 0
}

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 1.
func (x Var) Apply(f func(k int, v float64) float64) Var {
	if x.t == nil {
		return Var{v: f(0, x.v)}
	}
	return x.chain(f(0, x.v), f(1, x.v))
}

// Chain returns a function of x that has the value y and the derivative d, by
// the caller's account. As everywhere, the derivative of NaN is NaN.
func (x Var) Chain(y, d float64) Var { return x.chain(y, d) }

// chain records a function of x with the value y and the derivative d. A y of
// NaN makes the derivative NaN, for the formulas do not look at the domain.
func (x Var) chain(y, d float64) Var {
	if y != y {
		d = y
	}
	return x.op1(y, d)
}

// chain2 is chain for two arguments with the partial derivatives dx and dy.
func (x Var) chain2(y Var, z, dx, dy float64) Var {
	if z != z {
		dx, dy = z, z
	}
	return x.op2(y, z, dx, dy)
}

// Add returns x+y.
func (x Var) Add(y Var) Var { return x.op2(y, x.v+y.v, 1, 1) }

// Sub returns x-y.
func (x Var) Sub(y Var) Var { return x.op2(y, x.v-y.v, 1, -1) }

// Mul returns x·y. It is op2 written out, which would be too large to inline.
func (x Var) Mul(y Var) (z Var) {
	t := x.t
	if t == nil {
		t = y.t
	}
	if t != nil {
		if (x.id|y.id)&t.dead != 0 {
			panic(errForeign)
		}
		t.rec = append(t.rec, record{y.v, x.v, uint32(x.id), uint32(y.id)})
		if debugging {
			t.note(x.v * y.v)
		}
		z.id = t.base + uint64(len(t.rec))
	}
	z.t = t
	z.v = x.v * y.v
	return
}

// Div returns x/y.
func (x Var) Div(y Var) Var {
	v := x.v / y.v
	return x.op2(y, v, 1/y.v, -v/y.v)
}

// Neg returns -x.
func (x Var) Neg() Var { return x.op1(-x.v, -1) }

// Inv returns 1/x.
func (x Var) Inv() Var {
	v := 1 / x.v
	return x.op1(v, -v*v)
}

// Scale returns c·x.
func (x Var) Scale(c float64) Var { return x.op1(c*x.v, c) }

// AddConst returns x+c.
func (x Var) AddConst(c float64) Var { return x.op1(x.v+c, 1) }

// Sqr returns x².
func (x Var) Sqr() Var { return x.op1(x.v*x.v, 2*x.v) }

// AZMul returns x·y, and 0 where the value of x is exactly 0, also if y is
// infinite or NaN.
func (x Var) AZMul(y Var) Var {
	if x.v == 0 {
		return x.op1(0, y.v)
	}
	return x.Mul(y)
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Var) FMA(y, z Var) Var {
	v := z.v
	if x.v != 0 {
		v = math.FMA(x.v, y.v, v)
	}
	switch {
	case x.t == nil:
		return y.op2(z, v, x.v, 1)
	case y.t == nil:
		return x.op2(z, v, y.v, 1)
	case z.t == nil:
		return x.op2(y, v, y.v, x.v)
	}
	return x.AZMul(y).op2(z, v, 1, 1)
}

// Sincos returns sin x and cos x.
func (x Var) Sincos() (sin, cos Var) {
	s, c := math.Sincos(x.v)
	return x.chain(s, c), x.chain(c, -s)
}

// Abs returns |x|. At 0 the derivative is 0.
func (x Var) Abs() Var {
	switch {
	case x.v > 0:
		return x
	case x.v < 0:
		return x.Neg()
	}
	return x.chain(math.Abs(x.v), 0)
}

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Var) Sign() Var { return x.step(float64(dual.Float(x.v).Sign())) }

// step returns the piecewise constant function of x with the value y.
func (x Var) step(y float64) Var {
	if y != y {
		return x.chain(y, 0)
	}
	return Var{v: y}
}

// Max returns the larger of x and y. At a tie the derivative is the mean of
// the two.
func (x Var) Max(y Var) Var {
	switch {
	case x.v > y.v:
		return x
	case x.v < y.v:
		return y
	}
	return x.tie(y, math.Max(x.v, y.v))
}

// Min returns the smaller of x and y. At a tie the derivative is the mean of
// the two.
func (x Var) Min(y Var) Var {
	switch {
	case x.v < y.v:
		return x
	case x.v > y.v:
		return y
	}
	return x.tie(y, math.Min(x.v, y.v))
}

// tie returns the Max or Min of value z if neither operand is larger.
func (x Var) tie(y Var, z float64) Var {
	switch {
	case x.v == y.v:
		return x.chain2(y, z, 0.5, 0.5)
	case x.v == z:
		return x // the other is NaN
	case y.v == z:
		return y
	}
	return x.chain2(y, z, 0, 0)
}

// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half that of
// x; where lo ≥ hi the result is the constant hi.
func (x Var) Clamp(lo, hi float64) Var {
	if lo >= hi {
		return Var{v: hi}
	}
	return x.Max(Var{v: lo}).Min(Var{v: hi})
}

// Mod returns the remainder of x/y with the sign of x.
func (x Var) Mod(y Var) Var {
	r := math.Mod(x.v, y.v)
	return x.chain2(y, r, 1, -math.Round((x.v-r)/y.v))
}

// Copysign returns |x| with the sign of the value of y.
func (x Var) Copysign(y Var) Var {
	if math.Signbit(y.v) {
		return x.Abs().Neg()
	}
	return x.Abs()
}

// Format implements [fmt.Formatter]: it prints the value.
func (x Var) Format(s fmt.State, verb rune) { fmt.Fprintf(s, fmt.FormatString(s, verb), x.v) }
