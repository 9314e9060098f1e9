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

// stretch turns a standard density into that of the distribution; see density.
func (l location) stretch(p np.Array) np.Array {
	if l.scale == (np.Array{}) {
		return p
	}
	return np.Div(p, positive(l.scale))
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

// positive returns p where it is positive and NaN elsewhere, with derivatives
// that are NaN too.
func positive(p np.Array) np.Array { return valid(p, np.Greater(p, zero)) }

// notNegative returns p where it is 0 or more and NaN elsewhere.
func notNegative(p np.Array) np.Array { return valid(p, np.GreaterEqual(p, zero)) }

// probability returns p where it is in [0, 1] and NaN elsewhere.
func probability(p np.Array) np.Array {
	return valid(p, np.LogicalAnd(np.GreaterEqual(p, zero), np.LessEqual(p, one)))
}

func valid(p, cond np.Array) np.Array { return np.Mul(p, np.Where(cond, one, notNumber)) }

// outside returns the constant where the condition holds and y elsewhere, and
// where y is NaN, by its parameters. The condition must not hold for NaN.
func outside(cond, y np.Array, there float64) np.Array {
	return np.Where(np.LogicalAnd(cond, np.Equal(y, y)), np.Scalar(there), y)
}

// slope returns the derivative for x of a distribution function, elementwise
// and with operands that x stretches with. That is the density also where it is
// a power of 0, of which the logarithm has no derivatives.
func slope(cdf func(np.Array) np.Array, x np.Array, with ...np.Array) np.Array {
	for _, y := range with {
		x = np.BroadcastArrays(x, y)[0]
	}
	return np.Deriv(cdf)(x)
}

// atEdge returns power(p) where the condition holds for the parameter p, and
// exp(log(p)) elsewhere. It is for probabilities that have powers of p as
// factors, which is 0 or 1 there. Each function sees inside where it is not
// used.
func atEdge(cond, p, inside np.Array, power, log func(np.Array) np.Array) np.Array {
	return np.Where(cond, power(np.Where(cond, p, inside)), exp(log(np.Where(cond, inside, p))))
}

// inTail returns f(z), and the constant where z is infinite.
func inTail(z np.Array, there float64, f func(z np.Array) np.Array) np.Array {
	out := np.IsInf(z)
	return outside(out, f(np.Where(out, one, z)), there)
}

// exp returns the density whose logarithm is logp, with derivatives of 0 where
// that is -Inf: in tails that end in an infinity, and outside the support.
func exp(logp np.Array) np.Array {
	out := np.Equal(logp, np.Scalar(negInf))
	return np.Where(out, zero, np.Exp(np.Where(out, zero, logp)))
}

const (
	halfLog2Pi = 0.918938533204672741780329736405617639861 // log(2π)/2
	logPi      = 1.144729885849400174143427351353058711647
)

var (
	negInf = math.Inf(-1)
	zero   = np.Scalar(0)
	one    = np.Scalar(1)
	half   = np.Scalar(0.5)

	notNumber = np.Scalar(math.NaN())
)
