package stats

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// A Normal is a normal distribution with mean Loc and standard deviation
// Scale.
type Normal struct{ Loc, Scale np.Array }

func (d Normal) location() location { return location{d.Loc, d.Scale} }

// PDF returns the density at x.
func (d Normal) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x.
func (d Normal) LogPDF(x np.Array) np.Array {
	z := d.location().standard(x)
	return d.location().density(np.Square(z).Scale(-0.5).AddConst(-halfLog2Pi))
}

// CDF returns the probability of values up to x.
func (d Normal) CDF(x np.Array) np.Array { return special.Ndtr(d.location().standard(x)) }

// LogCDF returns the logarithm of CDF, accurate in both tails.
func (d Normal) LogCDF(x np.Array) np.Array { return special.LogNdtr(d.location().standard(x)) }

// SF returns the probability of values beyond x.
func (d Normal) SF(x np.Array) np.Array { return special.Ndtr(d.location().standard(x).Neg()) }

// LogSF returns the logarithm of SF, accurate in both tails.
func (d Normal) LogSF(x np.Array) np.Array {
	return special.LogNdtr(d.location().standard(x).Neg())
}

// PPF returns the x whose CDF is p.
func (d Normal) PPF(p np.Array) np.Array { return d.location().unstandard(special.Ndtri(p)) }

// Entropy returns the differential entropy.
func (d Normal) Entropy() np.Array {
	return d.location().density(np.Scalar(-0.5 - halfLog2Pi)).Neg()
}

// A LogNormal is the distribution of exp(z) for a normal z with mean Mu and
// standard deviation Sigma.
type LogNormal struct{ Mu, Sigma np.Array }

// PDF returns the density at x.
func (d LogNormal) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x.
func (d LogNormal) LogPDF(x np.Array) np.Array {
	out := np.LogicalOr(np.LessEqual(x, zero), np.IsInf(x))
	l := np.Log(np.Where(out, one, x))
	return outside(out, np.Sub(Normal{d.Mu, d.Sigma}.LogPDF(l), l), negInf)
}

// CDF returns the probability of values up to x.
func (d LogNormal) CDF(x np.Array) np.Array {
	out := np.LessEqual(x, zero)
	return outside(out, Normal{d.Mu, d.Sigma}.CDF(np.Log(np.Where(out, one, x))), 0)
}

// A Laplace is a Laplace distribution around Loc.
type Laplace struct{ Loc, Scale np.Array }

func (d Laplace) location() location { return location{d.Loc, d.Scale} }

// PDF returns the density at x.
func (d Laplace) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x.
func (d Laplace) LogPDF(x np.Array) np.Array {
	return d.location().density(np.Abs(d.location().standard(x)).Neg().AddConst(-math.Ln2))
}

// CDF returns the probability of values up to x.
func (d Laplace) CDF(x np.Array) np.Array {
	z := d.location().standard(x)
	tail := np.Exp(np.Abs(z).Neg()).Scale(0.5)
	return np.Where(np.Greater(z, zero), tail.Neg().AddConst(1), tail)
}

// A Cauchy is a Cauchy distribution around Loc.
type Cauchy struct{ Loc, Scale np.Array }

func (d Cauchy) location() location { return location{d.Loc, d.Scale} }

// PDF returns the density at x.
func (d Cauchy) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x.
func (d Cauchy) LogPDF(x np.Array) np.Array {
	z := d.location().standard(x)
	return d.location().density(inTail(z, negInf, func(z np.Array) np.Array {
		return np.Log1p(np.Square(z)).Neg().AddConst(-logPi)
	}))
}

// CDF returns the probability of values up to x.
func (d Cauchy) CDF(x np.Array) np.Array {
	return np.Arctan(d.location().standard(x)).Scale(1 / math.Pi).AddConst(0.5)
}
