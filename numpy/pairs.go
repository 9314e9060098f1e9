package numpy

import (
	"math"
	"math/cmplx"
)

// Functions of two numbers, element by element, with broadcasting.

var (
	hypotFloats = pair("Hypot", math.Hypot, nil)
	atan2Floats = pair("Arctan2", math.Atan2, nil)
	powFloats   = pair("Pow", power, complexPower)
	modFloats   = pair("Mod", floorMod, nil)
	fmodFloats  = pair("FMod", math.Mod, nil)
	addExp      = pair("LogAddExp", logAddExp, nil)
	copysign    = pair("Copysign", math.Copysign, nil)
	divFloor    = pair("FloorDivide", func(x, y float64) float64 { return math.Floor(x / y) }, nil)
	divTrunc    = pair("FMod", func(x, y float64) float64 { return math.Trunc(x / y) }, nil)
	step        = pair("Heaviside", heaviside, nil)
	ldexp       = pair("LdExp", func(x, e float64) float64 { return math.Ldexp(x, int(e)) }, nil)

	hypotOp     = &Op{Name: "Hypot", Broadcast: true}
	arctan2Op   = &Op{Name: "Arctan2", Broadcast: true}
	powOp       = &Op{Name: "Pow", Broadcast: true}
	modOp       = &Op{Name: "Mod", Broadcast: true}
	fmodOp      = &Op{Name: "FMod", Broadcast: true}
	logAddExpOp = &Op{Name: "LogAddExp", Broadcast: true}
	copysignOp  = &Op{Name: "Copysign", Broadcast: true}
	divFloorOp  = &Op{Name: "FloorDivide", Broadcast: true, Flat: true}
	divTruncOp  = &Op{Name: "FMod", Broadcast: true, Flat: true}
	heavisideOp = &Op{Name: "Heaviside", Broadcast: true, Flat: true}
	ldexpOp     = &Op{Name: "LdExp", Broadcast: true}
	exponentOp  = flat("FrExp", each(exponent), nil)
)

// pair returns the operation on elements that f computes.
func pair(name string, f func(x, y float64) float64, c func(x, y complex128) complex128) *binary {
	return &binary{name: name, f: f, c: c, loop: func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i := range dst {
			dst[i] = f(x[i], y[i])
		}
	}}
}

// define gives an operation its value rule and its two derivatives, which are
// the same in forward and in reverse mode.
func (op *Op) define(b *binary, d func(c *Call, i int, v Array) Array) {
	op.Eval = evalBinary(b)
	op.scalar2 = b.f
	op.JVP, op.VJP = d, d
}

func init() {
	hypotOp.define(hypotFloats, func(c *Call, i int, v Array) Array {
		return AZMul(v, azDiv(c.In[i], c.Out[0]))
	})
	// The ratio is divided again by the distance, whose square may overflow.
	arctan2Op.define(atan2Floats, func(c *Call, i int, v Array) Array {
		h := Hypot(c.In[0], c.In[1])
		if d := Div(Div(c.In[1-i], h), h); i == 0 {
			return AZMul(v, d)
		} else {
			return azNegMul(v, d)
		}
	})
	powOp.define(powFloats, func(c *Call, i int, v Array) Array {
		if x, y := c.In[0], c.In[1]; i == 0 {
			return AZMul(v, AZMul(y, Pow(x, y.AddConst(-1))))
		}
		return AZMul(v, AZMul(c.Out[0], Log(c.In[0])))
	})
	modOp.define(modFloats, func(c *Call, i int, v Array) Array {
		if i == 0 {
			return v
		}
		return azNegMul(v, FloorDivide(c.In[0], c.In[1]))
	})
	fmodOp.define(fmodFloats, func(c *Call, i int, v Array) Array {
		if i == 0 {
			return v
		}
		return azNegMul(v, divTruncOp.apply2(nil, c.In[0], c.In[1]))
	})
	logAddExpOp.define(addExp, func(c *Call, i int, v Array) Array {
		return AZMul(v, Sigmoid(Sub(c.In[i], c.In[1-i])))
	})
	copysignOp.define(copysign, func(c *Call, i int, v Array) Array {
		if i == 1 {
			return Array{}
		}
		return AZMul(v, Mul(Sign(c.In[0]), Copysign(Scalar(1), c.In[1])))
	})
	ldexpOp.define(ldexp, func(c *Call, i int, v Array) Array {
		if i == 1 {
			return Array{}
		}
		return LdExp(v, c.In[1])
	})
	divFloorOp.Eval = evalBinary(divFloor)
	divTruncOp.Eval = evalBinary(divTrunc)
	heavisideOp.Eval = evalBinary(step)
}

func power(x, y float64) float64 {
	switch y {
	case 1:
		return x
	case 2:
		return x * x
	case -1:
		return 1 / x
	case 3:
		return x * x * x
	}
	return math.Pow(x, y)
}

func complexPower(x, y complex128) complex128 {
	switch {
	case y == 1:
		return x
	case y == 2:
		return x * x
	}
	return cmplx.Pow(x, y)
}

// floorMod has the sign of y, as in Python.
func floorMod(x, y float64) float64 {
	m := math.Mod(x, y)
	switch {
	case m != 0 && (m < 0) != (y < 0):
		return m + y
	case m == 0:
		return math.Copysign(0, y)
	}
	return m
}

func logAddExp(x, y float64) float64 {
	if x == y {
		return x + math.Ln2 // infinities have no difference
	}
	return math.Max(x, y) + math.Log1p(math.Exp(-math.Abs(x-y)))
}

// exponent returns that of math.Frexp, 0 for what is no finite number.
func exponent(x float64) float64 {
	_, e := math.Frexp(x)
	return float64(e)
}

func heaviside(x, y float64) float64 {
	switch {
	case x < 0:
		return 0
	case x > 0:
		return 1
	case x == 0:
		return y
	}
	return x
}

// Hypot returns √(x²+y²) without undue overflow or underflow. At the origin
// the derivative is 0.
func Hypot(x, y Array) Array { return hypotOp.apply2(nil, x, y) }

// Arctan2 returns the angle of the point with ordinate y and abscissa x. At
// the origin the derivative is NaN.
func Arctan2(y, x Array) Array { return arctan2Op.apply2(nil, y, x) }

// Pow returns x raised to the power y. The derivative for y at x = 0 is 0
// where y > 0 and -Inf where y ≤ 0, and NaN where x < 0; an exponent that does
// not vary has none.
func Pow(x, y Array) Array { return powOp.apply2(nil, x, y) }

// Mod returns the remainder of x/y with the sign of y, as % does in Python.
func Mod(x, y Array) Array { return modOp.apply2(nil, x, y) }

// FMod returns the remainder of x/y with the sign of x, as % does in C.
func FMod(x, y Array) Array { return fmodOp.apply2(nil, x, y) }

// FloorDivide returns the greatest integers not above x/y.
func FloorDivide(x, y Array) Array { return divFloorOp.apply2(nil, x, y) }

// DivMod returns [FloorDivide] and [Mod].
func DivMod(x, y Array) (quo, rem Array) { return FloorDivide(x, y), Mod(x, y) }

// LogAddExp returns log(e^x + e^y) without overflow.
func LogAddExp(x, y Array) Array { return logAddExpOp.apply2(nil, x, y) }

// LogAddExp2 returns log₂(2^x + 2^y) without overflow.
func LogAddExp2(x, y Array) Array {
	return LogAddExp(x.Scale(math.Ln2), y.Scale(math.Ln2)).Scale(1 / math.Ln2)
}

// Copysign returns |x| with the sign of y. Its derivative for y is 0.
func Copysign(x, y Array) Array { return copysignOp.apply2(nil, x, y) }

// Heaviside returns 0 where x < 0, 1 where x > 0, and y where x is 0.
func Heaviside(x, y Array) Array { return heavisideOp.apply2(nil, x, y) }

// FMA returns x·y+z. As in [AZMul] a 0 in x absorbs.
func FMA(x, y, z Array) Array { return Add(AZMul(x, y), z) }

// Remainder is another name of [Mod].
func Remainder(x, y Array) Array { return Mod(x, y) }

// Power is another name of [Pow].
func Power(x, y Array) Array { return Pow(x, y) }

// FloatPower is another name of [Pow], for all numbers are float64.
func FloatPower(x, y Array) Array { return Pow(x, y) }

// ModF returns the fractional and the integer parts of x, both with its sign.
// The first has the derivative of x, the second none.
func ModF(x Array) (frac, whole Array) {
	whole = Trunc(x)
	return Where(IsInf(x), Copysign(Scalar(0), x), Sub(x, whole)), whole
}

// FrExp returns m in [½, 1) in absolute value and an integer e with x = m·2^e.
// The exponent counts as constant.
func FrExp(x Array) (m, e Array) {
	e = exponentOp.apply1(nil, x)
	return LdExp(x, e.Neg()), e
}

// LdExp returns x·2^e for integers e, which are constants.
func LdExp(x, e Array) Array { return ldexpOp.apply2(nil, x, e.Detach()) }
