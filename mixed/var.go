package mixed

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/dual"
)

// A Var is a number whose operations are recorded in a program. The zero value
// is the constant 0; constants are in no program and combine with the variables
// of any. Variables are made by [Record], by a [Func] and by the drivers, for
// the function that these call.
type Var struct {
	v  float64
	r  *recorder // nil for a constant
	id uint64    // the number of the recording and the index in it; 0 for a constant
}

var _ dual.Real[Var] = Var{}

// Const returns the constant c.
func (x Var) Const(c float64) Var { return Var{v: c} }

// Value returns the value of x. What a function decides by it is not recorded.
// So the program notes that it was asked, and will not be used at another
// point; see [Unsteered]. Use [dual.Less] and [dual.Where] to decide.
func (x Var) Value() float64 {
	if x.r != nil {
		x.r.observe(x, "Value")
	}
	return x.v
}

// Lead returns order 0 and the sign of the value of x if that is not 0. A
// variable of value 0 has order 1 and no sign, the constant 0 has order -1. It
// looks at the value, as Value does.
func (x Var) Lead() (order, sign int) {
	if x.r != nil {
		x.r.observe(x, "Lead")
	}
	switch {
	case x.v > 0:
		return 0, 1
	case x.v < 0:
		return 0, -1
	case x.v != x.v:
		return 0, 0
	case x.r != nil:
		return 1, 0
	}
	return -1, 0
}

// Where returns y where the value of x is positive, and z otherwise. Both are
// in the program, which decides anew at each point. It is what [dual.Where]
// calls.
func (x Var) Where(y, z Var) Var {
	v := z.v
	if x.v > 0 {
		v = y.v
	}
	if x.r == nil {
		if x.v > 0 {
			return y
		}
		return z
	}
	return x.r.ternary(opWhere, 0, x, y, z, v)
}

// Apply returns f(x), where f(k, v) is the k-th derivative of f at v, for k up
// to 2, and as far as needed for derivatives of higher order. The program keeps
// f, and calls it from any goroutine.
func (x Var) Apply(f func(k int, v float64) float64) Var {
	v := f(0, x.v)
	if x.r == nil {
		return Var{v: v}
	}
	r := x.r
	r.prog.funcs = append(r.prog.funcs, f)
	return r.push(r.index(x), uint32(len(r.prog.funcs)-1), opApply, v)
}

// join returns the recording of two operands, nil if both are constants.
func (x Var) join(y Var) *recorder {
	if x.r == nil {
		return y.r
	}
	return x.r
}

// unary records an operation with the value v.
func (x Var) unary(code opcode, v float64) Var {
	if x.r == nil {
		return Var{v: v}
	}
	return x.r.push(x.r.index(x), 0, code, v)
}

// unaryWith is unary with the parameter p.
func (x Var) unaryWith(code opcode, p, v float64) Var {
	if x.r == nil {
		return Var{v: v}
	}
	r := x.r
	return r.push(r.index(x), r.param(p), code, v)
}

// binary records an operation on x and y with the value v.
func (x Var) binary(y Var, code opcode, v float64) Var {
	r := x.join(y)
	if r == nil {
		return Var{v: v}
	}
	return r.push(r.operand(x), r.operand(y), code, v)
}

// Add returns x+y.
func (x Var) Add(y Var) Var {
	switch {
	case y.r == nil:
		return x.AddConst(y.v)
	case x.r == nil:
		return y.AddConst(x.v)
	}
	return x.r.pair(x, y, opAdd, x.v+y.v)
}

// Sub returns x-y.
func (x Var) Sub(y Var) Var {
	switch {
	case y.r == nil:
		return x.AddConst(-y.v)
	case x.r == nil:
		return y.unaryWith(opSubFrom, x.v, x.v-y.v)
	}
	return x.r.pair(x, y, opSub, x.v-y.v)
}

// Mul returns x·y.
func (x Var) Mul(y Var) Var {
	switch {
	case y.r == nil:
		return x.Scale(y.v)
	case x.r == nil:
		return y.Scale(x.v)
	}
	return x.r.pair(x, y, opMul, x.v*y.v)
}

// AZMul returns x·y, and 0 where the value of x is exactly 0, also if y is
// infinite or NaN.
func (x Var) AZMul(y Var) Var {
	if x.r == nil && x.v == 0 {
		return Var{}
	}
	return x.binary(y, opAZMul, azMul(x.v, y.v))
}

func azMul(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * y
}

// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
func (x Var) FMA(y, z Var) Var {
	v := azFMA(x.v, y.v, z.v)
	r := x.join(y)
	if r == nil {
		r = z.r
	}
	if r == nil {
		return Var{v: v}
	}
	return r.ternary(opFMA, 1, x, y, z, v)
}

func azFMA(x, y, z float64) float64 {
	if x == 0 {
		return z
	}
	return math.FMA(x, y, z)
}

// Div returns x/y.
func (x Var) Div(y Var) Var { return x.binary(y, opDiv, x.v/y.v) }

// Neg returns -x.
func (x Var) Neg() Var { return x.unary(opNeg, -x.v) }

// Inv returns 1/x.
func (x Var) Inv() Var { return x.unary(opInv, 1/x.v) }

// Scale returns c·x.
func (x Var) Scale(c float64) Var {
	r := x.r
	if r == nil {
		return Var{v: c * x.v}
	}
	return r.push(r.index(x), r.param(c), opScale, c*x.v)
}

// AddConst returns x+c.
func (x Var) AddConst(c float64) Var {
	r := x.r
	if r == nil {
		return Var{v: x.v + c}
	}
	return r.push(r.index(x), r.param(c), opAddConst, x.v+c)
}

// Sqr returns x².
func (x Var) Sqr() Var {
	if x.r == nil {
		return Var{v: x.v * x.v}
	}
	return x.r.push(x.r.index(x), 0, opSqr, x.v*x.v)
}

// Sincos returns sin x and cos x.
func (x Var) Sincos() (sin, cos Var) { return x.Sin(), x.Cos() }

// Abs returns |x|. At 0 the derivative is 0.
func (x Var) Abs() Var { return x.unary(opAbs, math.Abs(x.v)) }

// Sign returns the sign of x: -1, 0 or 1, a constant.
func (x Var) Sign() Var { return x.unary(opSign, float64(dual.Float(x.v).Sign())) }

// Max returns the larger of x and y. At a tie the derivative is the mean of
// the two.
func (x Var) Max(y Var) Var { return x.binary(y, opMax, math.Max(x.v, y.v)) }

// Min returns the smaller of x and y. At a tie the derivative is the mean of
// the two.
func (x Var) Min(y Var) Var { return x.binary(y, opMin, math.Min(x.v, y.v)) }

// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half that of
// x; where lo ≥ hi the result is the constant hi.
func (x Var) Clamp(lo, hi float64) Var {
	if lo >= hi {
		return Var{v: hi}
	}
	return x.Max(Var{v: lo}).Min(Var{v: hi})
}

// Mod returns the remainder of x/y with the sign of x.
func (x Var) Mod(y Var) Var { return x.binary(y, opMod, math.Mod(x.v, y.v)) }

// Copysign returns |x| with the sign of the value of y.
func (x Var) Copysign(y Var) Var { return x.binary(y, opCopysign, math.Copysign(x.v, y.v)) }

// Format implements [fmt.Formatter]: it prints the value, without looking at it
// as Value does.
func (x Var) Format(s fmt.State, verb rune) { fmt.Fprintf(s, fmt.FormatString(s, verb), x.v) }
