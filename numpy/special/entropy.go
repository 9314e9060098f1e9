package special

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

var logitOp = &np.Op{Name: "special.Logit"}

func init() {
	unary(logitOp, logit, func(x, _ np.Array) np.Array {
		return np.Reciprocal(x).Add(np.Reciprocal(oneMinus(x)))
	})
}

// Logit returns log(x/(1-x)), the inverse of [Expit].
func Logit(x np.Array) np.Array { return logitOp.Apply(nil, x) }

func logit(x float64) float64 {
	if x > 0.25 && x < 0.75 {
		return 2 * math.Atanh(2*x-1)
	}
	if x < 0x1p-1022 && x > 0 {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x) - math.Log1p(-x)
}

// Expit returns the logistic function 1/(1+e^-x).
func Expit(x np.Array) np.Array { return np.Sigmoid(x) }

// LogExpit returns the logarithm of [Expit], accurate in both tails.
func LogExpit(x np.Array) np.Array { return np.Softplus(x.Neg()).Neg() }

// XLogY returns x·log y, and 0 where x is 0 unless y is NaN.
func XLogY(x, y np.Array) np.Array {
	return np.Where(np.IsNaN(y), np.Mul(x, y), np.AZMul(x, np.Log(y)))
}

// XLog1pY returns x·log(1+y), and 0 where x is 0 unless y is NaN.
func XLog1pY(x, y np.Array) np.Array {
	return np.Where(np.IsNaN(y), np.Mul(x, y), np.AZMul(x, np.Log1p(y)))
}

// Entr returns -x·log x, 0 at 0 and -Inf for negative x.
func Entr(x np.Array) np.Array {
	return np.Where(np.Less(x, np.Scalar(0)), np.Scalar(math.Inf(-1)), np.AZMul(x, np.Log(x)).Neg())
}

// RelEntr returns x·log(x/y), and 0 where x is 0 and y is not negative.
func RelEntr(x, y np.Array) np.Array { return np.AZMul(x, np.Log(np.Div(x, y))) }

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
