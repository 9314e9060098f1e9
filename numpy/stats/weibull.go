package stats

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// A Weibull is a Weibull distribution with shape C, of which the powers z^C
// have an exponential distribution.
type Weibull struct{ C, Loc, Scale np.Array }

func (d Weibull) location() location { return location{d.Loc, d.Scale} }

// PDF returns the density at x. At the low end derivatives are limits from
// above.
func (d Weibull) PDF(x np.Array) np.Array {
	z := d.location().standard(x)
	out := np.LogicalOr(np.Less(z, zero), np.IsInf(z))
	cdf := func(z np.Array) np.Array { return np.Expm1(d.power(z).Neg()).Neg() }
	return outside(out, d.location().stretch(slope(cdf, np.Where(out, one, z), d.C)), 0)
}

// LogPDF returns the logarithm of the density at x.
func (d Weibull) LogPDF(x np.Array) np.Array {
	z := d.location().standard(x)
	out := np.LogicalOr(np.Less(z, zero), np.IsInf(z))
	z = np.Where(out, one, z)
	c := positive(d.C)
	logp := np.Log(c).Add(special.XLogY(c.AddConst(-1), z)).Sub(d.power(z))
	return outside(out, d.location().density(logp), negInf)
}

// CDF returns the probability of values up to x.
func (d Weibull) CDF(x np.Array) np.Array {
	return d.below(x, 0, 1, func(p np.Array) np.Array { return np.Expm1(p.Neg()).Neg() })
}

// SF returns the probability of values beyond x.
func (d Weibull) SF(x np.Array) np.Array {
	return d.below(x, 1, 0, func(p np.Array) np.Array { return np.Exp(p.Neg()) })
}

// PPF returns the x whose CDF is p.
func (d Weibull) PPF(p np.Array) np.Array {
	return d.location().unstandard(np.Pow(np.Log1p(p.Neg()).Neg(), np.Reciprocal(positive(d.C))))
}

// below returns f(z^C), and constants below the support and at infinity.
func (d Weibull) below(x np.Array, low, high float64, f func(np.Array) np.Array) np.Array {
	z := d.location().standard(x)
	under, over := np.Less(z, zero), np.Equal(z, np.Scalar(math.Inf(1)))
	z = np.Where(np.LogicalOr(under, over), one, z)
	return outside(under, outside(over, f(d.power(z)), high), low)
}

// power returns z^C, NaN also for a z of 1 if C is.
func (d Weibull) power(z np.Array) np.Array {
	c := positive(d.C)
	return np.Pow(z, c).Add(np.Where(np.IsNaN(c), c, zero))
}
