package stats

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// A Gamma is a gamma distribution with shape A.
type Gamma struct{ A, Loc, Scale np.Array }

func (d Gamma) location() location { return location{d.Loc, d.Scale} }

// PDF returns the density at x. At the low end derivatives are limits from
// above.
func (d Gamma) PDF(x np.Array) np.Array {
	z := d.location().standard(x)
	out := np.Less(z, zero)
	p := slope(func(z np.Array) np.Array { return special.GammaInc(positive(d.A), z) }, np.Where(out, one, z), d.A)
	return outside(out, d.location().stretch(p), 0)
}

// LogPDF returns the logarithm of the density at x.
func (d Gamma) LogPDF(x np.Array) np.Array {
	z := d.location().standard(x)
	out := np.LogicalOr(np.Less(z, zero), np.IsInf(z))
	z = np.Where(out, one, z)
	a := positive(d.A)
	logp := special.XLogY(a.AddConst(-1), z).Sub(z).Sub(special.GammaLn(a))
	return outside(out, d.location().density(logp), negInf)
}

// CDF returns the probability of values up to x.
func (d Gamma) CDF(x np.Array) np.Array {
	z := d.location().standard(x)
	out := np.Less(z, zero)
	return outside(out, special.GammaInc(positive(d.A), np.Where(out, one, z)), 0)
}

// SF returns the probability of values beyond x.
func (d Gamma) SF(x np.Array) np.Array {
	z := d.location().standard(x)
	out := np.Less(z, zero)
	return outside(out, special.GammaIncC(positive(d.A), np.Where(out, one, z)), 1)
}

// A Chi2 is a chi-squared distribution with DF degrees of freedom.
type Chi2 struct{ DF, Loc, Scale np.Array }

func (d Chi2) gamma() Gamma {
	scale := np.Scalar(2)
	if d.Scale != (np.Array{}) {
		scale = d.Scale.Scale(2)
	}
	return Gamma{d.DF.Scale(0.5), d.Loc, scale}
}

// PDF returns the density at x.
func (d Chi2) PDF(x np.Array) np.Array { return d.gamma().PDF(x) }

// LogPDF returns the logarithm of the density at x.
func (d Chi2) LogPDF(x np.Array) np.Array { return d.gamma().LogPDF(x) }

// CDF returns the probability of values up to x.
func (d Chi2) CDF(x np.Array) np.Array { return d.gamma().CDF(x) }

// SF returns the probability of values beyond x.
func (d Chi2) SF(x np.Array) np.Array { return d.gamma().SF(x) }

// An Exponential is an exponential distribution with mean Scale.
type Exponential struct{ Loc, Scale np.Array }

func (d Exponential) location() location { return location{d.Loc, d.Scale} }

// PDF returns the density at x.
func (d Exponential) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x.
func (d Exponential) LogPDF(x np.Array) np.Array {
	z := d.location().standard(x)
	return outside(np.Less(z, zero), d.location().density(z.Neg()), negInf)
}

// CDF returns the probability of values up to x.
func (d Exponential) CDF(x np.Array) np.Array {
	z := d.location().standard(x)
	return outside(np.Less(z, zero), np.Expm1(z.Neg()).Neg(), 0)
}

// A Beta is a beta distribution on [0, 1].
type Beta struct{ A, B np.Array }

// PDF returns the density at x. At the ends derivatives are limits from inside.
func (d Beta) PDF(x np.Array) np.Array {
	out := np.LogicalOr(np.Less(x, zero), np.Greater(x, one))
	cdf := func(x np.Array) np.Array { return special.BetaInc(positive(d.A), positive(d.B), x) }
	return outside(out, slope(cdf, np.Where(out, half, x), d.A, d.B), 0)
}

// LogPDF returns the logarithm of the density at x.
func (d Beta) LogPDF(x np.Array) np.Array {
	out := np.LogicalOr(np.Less(x, zero), np.Greater(x, one))
	x = np.Where(out, half, x)
	a, b := positive(d.A), positive(d.B)
	logp := special.XLogY(a.AddConst(-1), x).Add(special.XLog1pY(b.AddConst(-1), x.Neg())).Sub(special.BetaLn(a, b))
	return outside(out, logp, negInf)
}

// CDF returns the probability of values up to x.
func (d Beta) CDF(x np.Array) np.Array {
	low, high := np.Less(x, zero), np.Greater(x, one)
	x = np.Where(np.LogicalOr(low, high), half, x)
	return outside(low, outside(high, special.BetaInc(positive(d.A), positive(d.B), x), 1), 0)
}

// A Uniform is the uniform distribution on [Low, High].
type Uniform struct{ Low, High np.Array }

// PDF returns the density at x.
func (d Uniform) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x.
func (d Uniform) LogPDF(x np.Array) np.Array {
	z := location{d.Low, np.Sub(d.High, d.Low)}.standard(x)
	out := np.LogicalOr(np.Less(z, zero), np.Greater(z, one))
	// Nothing times z makes the density NaN where x is.
	logp := np.Where(out, zero, z.Detach()).Scale(0).Sub(np.Log(np.Sub(d.High, d.Low)))
	return outside(out, logp, negInf)
}

// CDF returns the probability of values up to x.
func (d Uniform) CDF(x np.Array) np.Array {
	z := location{d.Low, np.Sub(d.High, d.Low)}.standard(x)
	return np.Where(np.Less(z, zero), zero, np.Where(np.Greater(z, one), one, z))
}
