package special

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

var (
	logitOp   = &np.Op{Name: "special.Logit"}
	xlogyOp   = &np.Op{Name: "special.XLogY"}
	xlog1pyOp = &np.Op{Name: "special.XLog1pY"}
)

func init() {
	unary(logitOp, logit, func(x, _ np.Array) np.Array {
		return np.Reciprocal(x).Add(np.Reciprocal(oneMinus(x)))
	})
	define(xlogyOp, values2("XLogY", func(_ any, x, y float64) float64 { return absorb(x, y, log(y)) }),
		func(c *np.Call, i int) np.Array {
			if i == 0 {
				return np.Log(c.In[1])
			}
			return quotient(c.In[0], c.In[1])
		})
	define(xlog1pyOp, values2("XLog1pY", func(_ any, x, y float64) float64 { return absorb(x, y, math.Log1p(y)) }),
		func(c *np.Call, i int) np.Array {
			if i == 0 {
				return np.Log1p(c.In[1])
			}
			return quotient(c.In[0], c.In[1].AddConst(1))
		})
}

// Logit returns log(x/(1-x)), the inverse of [Expit].
func Logit(x np.Array) np.Array { return logitOp.Apply(nil, x) }

func logit(x float64) float64 {
	if x > 0.25 && x < 0.75 {
		return 2 * math.Atanh(2*x-1)
	}
	return log(x) - math.Log1p(-x)
}

// log is math.Log, which on amd64 is wrong for subnormal numbers.
func log(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x)
}

// Expit returns the logistic function 1/(1+e^-x).
func Expit(x np.Array) np.Array { return np.Sigmoid(x) }

// LogExpit returns the logarithm of [Expit], accurate in both tails.
func LogExpit(x np.Array) np.Array { return np.Softplus(x.Neg()).Neg() }

// XLogY returns x·log y, and 0 where x is 0 unless y is NaN. There the
// derivative for y is 0 too, also at y = 0.
func XLogY(x, y np.Array) np.Array { return xlogyOp.Apply(nil, x, y) }

// XLog1pY returns x·log(1+y), and 0 where x is 0 unless y is NaN. There the
// derivative for y is 0 too, also at y = -1.
func XLog1pY(x, y np.Array) np.Array { return xlog1pyOp.Apply(nil, x, y) }

// absorb returns x·log y where that is the logarithm of y, and 0 where x is 0
// unless y is NaN.
func absorb(x, y, log float64) float64 {
	if x == 0 && y == y {
		return 0
	}
	return x * log
}

// quotient returns x/y, and 0 where x is 0 unless y is NaN.
func quotient(x, y np.Array) np.Array {
	return np.Where(np.IsNaN(y), y.Detach(), np.AZMul(x, np.Reciprocal(y)))
}

// Entr returns -x·log x, 0 at 0 and -Inf for negative x.
func Entr(x np.Array) np.Array {
	return np.Where(np.Less(x, np.Scalar(0)), np.Scalar(math.Inf(-1)), np.AZMul(x, np.Log(x)).Neg())
}

// RelEntr returns x·log(x/y), and 0 where x is 0 and y is not negative.
func RelEntr(x, y np.Array) np.Array { return np.AZMul(x, np.Log(np.Div(x, y))) }

// KlDiv returns x·log(x/y) - x + y, the terms of the divergence of Kullback and
// Leibler, y where x is 0 and +Inf for negative x or y.
func KlDiv(x, y np.Array) np.Array {
	zero := np.Scalar(0)
	out := np.LogicalOr(np.Less(x, zero), np.Less(y, zero))
	return np.Where(out, np.Scalar(math.Inf(1)), RelEntr(x, y).Sub(x).Add(y))
}

// Softmax returns e^x divided by its sum along an axis; see [np.Softmax].
func Softmax(x np.Array, axis int) np.Array { return np.Softmax(x, axis) }

// LogSoftmax returns the logarithm of [Softmax]; see [np.LogSoftmax].
func LogSoftmax(x np.Array, axis int) np.Array { return np.LogSoftmax(x, axis) }

// LambertW returns the principal branch of the Lambert function, the solution
// w ≥ -1 of w·e^w = x.
func LambertW(x np.Array) np.Array { return x.LambertW() }

// LogSumExp returns log Σ b·exp(x) along axes without overflow. The weights b
// broadcast with x; of a zero weight x may be anything. The zero value of b
// stands for no weights.
func LogSumExp(x, b np.Array, opts ...np.ReduceOption) np.Array {
	if b == (np.Array{}) {
		return np.LogSumExp(x, opts...)
	}
	there := np.NotEqual(b, np.Scalar(0))
	x = np.Where(there, x, np.Scalar(math.Inf(-1)))
	top := np.Max(x.Detach(), append([]np.ReduceOption{np.KeepDims}, opts...)...)
	top = np.Where(np.IsFinite(top), top, np.Scalar(0))
	sum := np.Sum(np.AZMul(b, np.Exp(np.Sub(x, top))), opts...)
	return np.Add(np.Log(sum), np.Reshape(top, shape(sum)...))
}
