package stats

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

// A location moves and stretches a distribution: its zero value is 0 and 1.
type location struct{ loc, scale np.Array }

// standard returns (x-loc)/scale.
func (l location) standard(x np.Array) np.Array {
	if l.loc != (np.Array{}) {
		x = np.Sub(x, l.loc)
	}
	if l.scale != (np.Array{}) {
		x = np.Div(x, positive(l.scale))
	}
	return x
}

// density turns the logarithm of a standard density into that of the
// distribution, NaN where the scale is not positive.
func (l location) density(logp np.Array) np.Array {
	if l.scale == (np.Array{}) {
		return logp
	}
	return np.Sub(logp, np.Log(positive(l.scale)))
}

// unstandard is the inverse of standard.
func (l location) unstandard(z np.Array) np.Array {
	if l.scale != (np.Array{}) {
		z = np.Mul(z, positive(l.scale))
	}
	if l.loc != (np.Array{}) {
		z = np.Add(z, l.loc)
	}
	return z
}

// positive returns p where it is positive and NaN elsewhere.
func positive(p np.Array) np.Array { return np.Where(np.Greater(p, zero), p, notNumber) }

// probability returns p where it is in [0, 1] and NaN elsewhere.
func probability(p np.Array) np.Array {
	return np.Where(np.LogicalAnd(np.GreaterEqual(p, zero), np.LessEqual(p, one)), p, notNumber)
}

// outside returns the constant where the condition holds and y elsewhere, and
// where y is NaN, by its parameters. The condition must not hold for NaN.
func outside(cond, y np.Array, there float64) np.Array {
	return np.Where(np.LogicalAnd(cond, np.Equal(y, y)), np.Scalar(there), y)
}

const (
	halfLog2Pi = 0.918938533204672741780329736405617639861 // log(2π)/2
	logPi      = 1.144729885849400174143427351353058711647
)

var (
	negInf = math.Inf(-1)
	zero   = np.Scalar(0)
	one    = np.Scalar(1)

	notNumber = np.Scalar(math.NaN())
)
