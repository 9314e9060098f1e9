package stats

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// A Poisson is a Poisson distribution with mean Mu.
type Poisson struct{ Mu np.Array }

// PMF returns the probability of k.
func (d Poisson) PMF(k np.Array) np.Array { return np.Exp(d.LogPMF(k)) }

// LogPMF returns the logarithm of the probability of k.
func (d Poisson) LogPMF(k np.Array) np.Array {
	in := isCount(k)
	k = np.Where(in, k, zero)
	return inside(in, special.XLogY(k, d.Mu).Sub(special.GammaLn(k.AddConst(1))).Sub(d.Mu), negInf)
}

// CDF returns the probability of counts up to k.
func (d Poisson) CDF(k np.Array) np.Array {
	in := np.GreaterEqual(k, zero)
	k = np.Where(in, np.Floor(k), zero)
	return inside(in, special.GammaIncC(k.AddConst(1), d.Mu), 0)
}

// isCount tells where k is 0, 1, 2, ….
func isCount(k np.Array) np.Array {
	return np.LogicalAnd(np.GreaterEqual(k, zero), np.Equal(np.Floor(k), k))
}

// A Bernoulli is 1 with probability P and otherwise 0.
type Bernoulli struct{ P np.Array }

// PMF returns the probability of k.
func (d Bernoulli) PMF(k np.Array) np.Array {
	in := np.LogicalAnd(np.GreaterEqual(d.P, zero), np.LessEqual(d.P, one))
	pmf := np.Where(np.Equal(k, one), d.P, inside(np.Equal(k, zero), d.P.Neg().AddConst(1), 0))
	return inside(in, pmf, math.NaN())
}

// LogPMF returns the logarithm of the probability of k.
func (d Bernoulli) LogPMF(k np.Array) np.Array { return Binomial{one, d.P}.LogPMF(k) }

// A Binomial is the number of successes in N trials, each of probability P.
type Binomial struct{ N, P np.Array }

// PMF returns the probability of k.
func (d Binomial) PMF(k np.Array) np.Array { return np.Exp(d.LogPMF(k)) }

// LogPMF returns the logarithm of the probability of k.
func (d Binomial) LogPMF(k np.Array) np.Array {
	in := np.LogicalAnd(isCount(k), np.LessEqual(k, d.N))
	k = np.Where(in, k, zero)
	rest := np.Sub(d.N, k)
	choose := special.GammaLn(d.N.AddConst(1)).Sub(special.GammaLn(k.AddConst(1))).Sub(special.GammaLn(rest.AddConst(1)))
	return inside(in, choose.Add(special.XLogY(k, d.P)).Add(special.XLog1pY(rest, d.P.Neg())), negInf)
}

// A NegativeBinomial is the number of failures before N successes, each of
// probability P. N need not be an integer.
type NegativeBinomial struct{ N, P np.Array }

// PMF returns the probability of k.
func (d NegativeBinomial) PMF(k np.Array) np.Array { return np.Exp(d.LogPMF(k)) }

// LogPMF returns the logarithm of the probability of k.
func (d NegativeBinomial) LogPMF(k np.Array) np.Array {
	in := isCount(k)
	k = np.Where(in, k, zero)
	choose := special.GammaLn(np.Add(k, d.N)).Sub(special.GammaLn(k.AddConst(1))).Sub(special.GammaLn(d.N))
	return inside(in, choose.Add(np.Mul(d.N, np.Log(d.P))).Add(special.XLog1pY(k, d.P.Neg())), negInf)
}
