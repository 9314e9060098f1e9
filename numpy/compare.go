package numpy

import (
	"math"
	"slices"
)

// Functions whose values are locally constant: comparisons, tests, roundings.
// Truth is 1, falsehood 0.

// flat returns the operation, without a derivative, that loop does on elements
// and c on each complex one.
func flat(name string, loop func(dst, x []float64), c func(complex128) float64) *Op {
	return &Op{Name: name, Flat: true, Eval: func(call *Call) Array {
		b := call.In[0].data()
		z := newReal(b.lay)
		if b.complex() {
			if c == nil {
				fail("%s: not defined for complex numbers", name)
			}
			for i, v := range b.complexes() {
				z.re[i] = c(v)
			}
			return plain(z)
		}
		in := b.reals()
		if len(in) < grain {
			loop(z.re, in)
			return plain(z)
		}
		split(len(in), grain, func(lo, hi int) { loop(z.re[lo:hi], in[lo:hi]) })
		return plain(z)
	}}
}

// each returns the loop that calls f for each element.
func each(f func(float64) float64) func(dst, x []float64) {
	return func(dst, x []float64) {
		for i, v := range x {
			dst[i] = f(v)
		}
	}
}

// relation returns the operation that compares numbers by f, many by loop, and
// complex numbers by c.
func relation(name string, f func(x, y float64) bool, loop func(dst, x, y []float64), c func(x, y complex128) bool) *Op {
	b := &binary{name: name, f: func(x, y float64) float64 { return truth(f(x, y)) }, loop: loop}
	if c != nil {
		b.c = func(x, y complex128) complex128 { return complex(truth(c(x, y)), 0) }
	}
	return &Op{Name: name, Flat: true, Broadcast: true, Eval: func(call *Call) Array {
		return Real(b.value(call.In[0], call.In[1]))
	}}
}

// complexLess is the order of the real parts and, where these are the same, of
// the imaginary parts. Nothing is less than a number with a part that is NaN, or
// more.
func complexLess(x, y complex128) bool {
	return real(x) < real(y) && !math.IsNaN(imag(x)) && !math.IsNaN(imag(y)) || real(x) == real(y) && imag(x) < imag(y)
}

// hasNaN reports whether a part of z is NaN, also where the other is infinite.
func hasNaN(z complex128) bool { return math.IsNaN(real(z)) || math.IsNaN(imag(z)) }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// The loops call no function that is not compiled into them.
var (
	floorOp = flat("Floor", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = math.Floor(v)
		}
	}, nil)
	ceilOp = flat("Ceil", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = math.Ceil(v)
		}
	}, nil)
	truncOp = flat("Trunc", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = math.Trunc(v)
		}
	}, nil)
	rintOp = flat("Rint", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = math.RoundToEven(v)
		}
	}, nil)
	roundOp = flat("Round", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = math.Round(v)
		}
	}, nil)
	signOp = flat("Sign", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = sign(v)
		}
	}, nil)

	isNaNOp = flat("IsNaN", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v != v)
		}
	}, func(z complex128) float64 { return truth(hasNaN(z)) })
	presentOp = flat("IsNaN", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v == v)
		}
	}, func(z complex128) float64 { return truth(!hasNaN(z)) })
	isFiniteOp = flat("IsFinite", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v-v == 0)
		}
	}, func(z complex128) float64 { return truth(finite(real(z)) && finite(imag(z))) })
	isInfOp = flat("IsInf", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(math.Abs(v) > math.MaxFloat64)
		}
	}, func(z complex128) float64 { return truth(math.IsInf(real(z), 0) || math.IsInf(imag(z), 0)) })
	isPosInfOp = flat("IsPosInf", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v > math.MaxFloat64)
		}
	}, nil)
	isNegInfOp = flat("IsNegInf", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v < -math.MaxFloat64)
		}
	}, nil)
	signBitOp = flat("SignBit", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(math.Signbit(v))
		}
	}, nil)
	isRealOp = flat("IsReal", func(dst, x []float64) {
		x = x[:len(dst)]
		for i := range x {
			dst[i] = 1
		}
	}, func(z complex128) float64 { return truth(imag(z) == 0) })
	notOp = flat("LogicalNot", func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v == 0)
		}
	}, func(z complex128) float64 { return truth(z == 0) })

	equalOp = relation("Equal", func(x, y float64) bool { return x == y }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v == y[i])
		}
	}, func(x, y complex128) bool { return x == y })
	notEqualOp = relation("NotEqual", func(x, y float64) bool { return x != y }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v != y[i])
		}
	}, func(x, y complex128) bool { return x != y })
	lessOp = relation("Less", func(x, y float64) bool { return x < y }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v < y[i])
		}
	}, complexLess)
	lessEqualOp = relation("LessEqual", func(x, y float64) bool { return x <= y }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v <= y[i])
		}
	}, func(x, y complex128) bool { return x == y || complexLess(x, y) })
	greaterOp = relation("Greater", func(x, y float64) bool { return x > y }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v > y[i])
		}
	}, func(x, y complex128) bool { return complexLess(y, x) })
	greaterEqualOp = relation("GreaterEqual", func(x, y float64) bool { return x >= y }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v >= y[i])
		}
	}, func(x, y complex128) bool { return x == y || complexLess(y, x) })
	andOp = relation("LogicalAnd", func(x, y float64) bool { return x != 0 && y != 0 }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v != 0 && y[i] != 0)
		}
	}, func(x, y complex128) bool { return x != 0 && y != 0 })
	orOp = relation("LogicalOr", func(x, y float64) bool { return x != 0 || y != 0 }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth(v != 0 || y[i] != 0)
		}
	}, func(x, y complex128) bool { return x != 0 || y != 0 })
	xorOp = relation("LogicalXor", func(x, y float64) bool { return (x != 0) != (y != 0) }, func(dst, x, y []float64) {
		x, y = x[:len(dst)], y[:len(dst)]
		for i, v := range x {
			dst[i] = truth((v != 0) != (y[i] != 0))
		}
	}, func(x, y complex128) bool { return (x != 0) != (y != 0) })
)

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0 with its sign, or NaN
}

// Floor returns the greatest integers ≤ x. Its derivative, as that of all
// functions that are locally constant, is 0.
func Floor(x Array) Array { return floorOp.apply1(nil, x) }

// Ceil returns the least integers ≥ x.
func Ceil(x Array) Array { return ceilOp.apply1(nil, x) }

// Trunc returns the integer parts of x.
func Trunc(x Array) Array { return truncOp.apply1(nil, x) }

// Fix is another name of [Trunc].
func Fix(x Array) Array { return Trunc(x) }

// Rint returns the nearest integers, halves to the even one, also in each part
// of complex numbers.
func Rint(x Array) Array {
	if x.IsComplex() {
		return Complex(Rint(Real(x)), Rint(Imag(x)))
	}
	return rintOp.apply1(nil, x)
}

// Round returns x rounded to a number of decimals, halves to the even digit.
func Round(x Array, decimals int) Array {
	if decimals == 0 {
		return Rint(x)
	}
	p := math.Pow(10, math.Abs(float64(decimals)))
	if decimals < 0 {
		return Rint(Div(x, Scalar(p))).Scale(p)
	}
	return Div(Rint(x.Scale(p)), Scalar(p))
}

// Around is another name of [Round].
func Around(x Array, decimals int) Array { return Round(x, decimals) }

// Sign returns the signs of x: -1, 0 or 1. Those of complex numbers are x/|x|,
// which vary, and 0 at 0.
func Sign(x Array) Array {
	if x.IsComplex() {
		return azDiv(x, Abs(x))
	}
	return signOp.apply1(nil, x)
}

// SignBit tells where x is negative, -0 or NaN with a sign.
func SignBit(x Array) Array { return signBitOp.apply1(nil, x) }

// IsNaN tells where x is NaN.
func IsNaN(x Array) Array { return isNaNOp.apply1(nil, x) }

// IsFinite tells where x is neither NaN nor infinite.
func IsFinite(x Array) Array { return isFiniteOp.apply1(nil, x) }

// IsInf tells where x is infinite.
func IsInf(x Array) Array { return isInfOp.apply1(nil, x) }

// IsPosInf tells where x is +Inf.
func IsPosInf(x Array) Array { return isPosInfOp.apply1(nil, x) }

// IsNegInf tells where x is -Inf.
func IsNegInf(x Array) Array { return isNegInfOp.apply1(nil, x) }

// IsReal tells where the imaginary part of x is 0.
func IsReal(x Array) Array { return isRealOp.apply1(nil, x) }

// IsComplex tells where the imaginary part of x is not 0. The method
// [Array.IsComplex] asks for the type.
func IsComplex(x Array) Array { return LogicalNot(IsReal(x)) }

// Equal tells where x and y are equal.
func Equal(x, y Array) Array { return equalOp.apply2(nil, x, y) }

// NotEqual tells where x and y differ.
func NotEqual(x, y Array) Array { return notEqualOp.apply2(nil, x, y) }

// Less tells where x < y. Here and in the relations below complex numbers are in
// the order of their real parts, those with the same real part in that of their
// imaginary parts.
func Less(x, y Array) Array { return lessOp.apply2(nil, x, y) }

// LessEqual tells where x ≤ y.
func LessEqual(x, y Array) Array { return lessEqualOp.apply2(nil, x, y) }

// Greater tells where x > y.
func Greater(x, y Array) Array { return greaterOp.apply2(nil, x, y) }

// GreaterEqual tells where x ≥ y.
func GreaterEqual(x, y Array) Array { return greaterEqualOp.apply2(nil, x, y) }

// LogicalAnd tells where neither x nor y is 0.
func LogicalAnd(x, y Array) Array { return andOp.apply2(nil, x, y) }

// LogicalOr tells where one of x and y is not 0.
func LogicalOr(x, y Array) Array { return orOp.apply2(nil, x, y) }

// LogicalXor tells where just one of x and y is not 0.
func LogicalXor(x, y Array) Array { return xorOp.apply2(nil, x, y) }

// LogicalNot tells where x is 0.
func LogicalNot(x Array) Array { return notOp.apply1(nil, x) }

// IsClose tells where |x-y| ≤ atol + rtol·|y|, or both are the same infinity.
// NaN is not close to NaN; [LogicalAnd] of [IsNaN] of both tells where they are.
func IsClose(x, y Array, rtol, atol float64) Array {
	x, y = x.Detach(), y.Detach()
	near := LessEqual(Abs(Sub(x, y)), Abs(y).Scale(rtol).AddConst(atol))
	return LogicalOr(Equal(x, y), LogicalAnd(near, IsFinite(y)))
}

// AllClose reports whether [IsClose] holds everywhere.
func AllClose(x, y Array, rtol, atol float64) bool {
	return !slices.Contains(IsClose(x, y, rtol, atol).Float64s(), 0)
}

// ArrayEqual reports whether x and y have the same shape and numbers.
func ArrayEqual(x, y Array) bool {
	return sameShape(x.Shape(), y.Shape()) && !slices.Contains(Equal(x, y).Float64s(), 0)
}

// ArrayEquiv reports whether x and y have the same numbers after broadcasting.
func ArrayEquiv(x, y Array) bool {
	_, ok := broadcastShape(x.Shape(), y.Shape())
	return ok && !slices.Contains(Equal(x, y).Float64s(), 0)
}
