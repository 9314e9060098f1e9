package stats

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// A Poisson is a Poisson distribution with mean Mu.
type Poisson struct{ Mu np.Array }

// PMF returns the probability of k.
func (d Poisson) PMF(k np.Array) np.Array { return np.Exp(d.LogPMF(k)) }

// LogPMF returns the logarithm of the probability of k.
func (d Poisson) LogPMF(k np.Array) np.Array {
	out := noCount(k)
	k = np.Where(out, zero, k)
	mu := notNegative(d.Mu)
	return outside(out, special.XLogY(k, mu).Sub(special.GammaLn(k.AddConst(1))).Sub(mu), negInf)
}

// CDF returns the probability of counts up to k.
func (d Poisson) CDF(k np.Array) np.Array {
	out := np.Less(k, zero)
	k = np.Where(out, zero, np.Floor(k))
	return outside(out, special.GammaIncC(k.AddConst(1), notNegative(d.Mu)), 0)
}

// noCount tells where k is a number other than 0, 1, 2, ….
func noCount(k np.Array) np.Array {
	return np.LogicalOr(np.Less(k, zero), np.Less(np.Floor(k), k))
}

// notNegative returns p where it is 0 or more and NaN elsewhere.
func notNegative(p np.Array) np.Array { return np.Where(np.GreaterEqual(p, zero), p, notNumber) }

// A Bernoulli is 1 with probability P and otherwise 0.
type Bernoulli struct{ P np.Array }

// PMF returns the probability of k.
func (d Bernoulli) PMF(k np.Array) np.Array {
	p := probability(d.P)
	out := np.LogicalOr(noCount(k), np.Greater(k, one))
	return outside(out, np.Add(np.Mul(k.Scale(2).AddConst(-1), p), k.Neg().AddConst(1)), 0)
}

// LogPMF returns the logarithm of the probability of k.
func (d Bernoulli) LogPMF(k np.Array) np.Array { return Binomial{one, d.P}.LogPMF(k) }

// A Binomial is the number of successes in N trials, each of probability P.
type Binomial struct{ N, P np.Array }

// PMF returns the probability of k.
func (d Binomial) PMF(k np.Array) np.Array { return np.Exp(d.LogPMF(k)) }

// LogPMF returns the logarithm of the probability of k.
func (d Binomial) LogPMF(k np.Array) np.Array {
	out := np.LogicalOr(noCount(k), np.Greater(k, d.N))
	k = np.Where(out, zero, k)
	n, p := notNegative(d.N), probability(d.P)
	rest := np.Sub(n, k)
	choose := special.GammaLn(n.AddConst(1)).Sub(special.GammaLn(k.AddConst(1))).Sub(special.GammaLn(rest.AddConst(1)))
	return outside(out, choose.Add(special.XLogY(k, p)).Add(special.XLog1pY(rest, p.Neg())), negInf)
}

// A NegativeBinomial is the number of failures before N successes, each of
// probability P. N need not be an integer.
type NegativeBinomial struct{ N, P np.Array }

// PMF returns the probability of k.
func (d NegativeBinomial) PMF(k np.Array) np.Array { return np.Exp(d.LogPMF(k)) }

// LogPMF returns the logarithm of the probability of k.
func (d NegativeBinomial) LogPMF(k np.Array) np.Array {
	out := noCount(k)
	k = np.Where(out, zero, k)
	n, p := positive(d.N), positive(probability(d.P))
	choose := special.GammaLn(np.Add(k, n)).Sub(special.GammaLn(k.AddConst(1))).Sub(special.GammaLn(n))
	return outside(out, choose.Add(np.Mul(n, np.Log(p))).Add(special.XLog1pY(k, p.Neg())), negInf)
}
