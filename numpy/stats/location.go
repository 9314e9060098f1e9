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
		x = np.Div(x, l.scale)
	}
	return x
}

// density turns the logarithm of a standard density into that of the
// distribution, NaN where the scale is not positive.
func (l location) density(logp np.Array) np.Array {
	if l.scale == (np.Array{}) {
		return logp
	}
	return np.Sub(logp, np.Log(l.scale))
}

// unstandard is the inverse of standard.
func (l location) unstandard(z np.Array) np.Array {
	if l.scale != (np.Array{}) {
		z = np.Mul(z, l.scale)
	}
	if l.loc != (np.Array{}) {
		z = np.Add(z, l.loc)
	}
	return z
}

// inside returns y where the condition holds and the constant elsewhere.
func inside(cond, y np.Array, elsewhere float64) np.Array {
	return np.Where(cond, y, np.Scalar(elsewhere))
}

const (
	halfLog2Pi = 0.918938533204672741780329736405617639861 // log(2π)/2
	logPi      = 1.144729885849400174143427351353058711647
)

var (
	negInf = math.Inf(-1)
	zero   = np.Scalar(0)
	one    = np.Scalar(1)
)
