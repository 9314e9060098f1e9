package stats

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// A Poisson is a Poisson distribution with mean Mu.
type Poisson struct{ Mu np.Array }

// PMF returns the probability of k.
func (d Poisson) PMF(k np.Array) np.Array {
	out := noCount(k)
	k = np.Where(out, zero, k)
	return outside(out, atEdge(np.Equal(d.Mu, zero), d.Mu, one, func(mu np.Array) np.Array {
		return np.Mul(np.Pow(mu, k), np.Exp(special.GammaLn(k.AddConst(1)).Add(mu).Neg()))
	}, func(mu np.Array) np.Array { return Poisson{mu}.LogPMF(k) }), 0)
}

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
	return np.LogicalOr(np.LogicalOr(np.Less(k, zero), np.Less(np.Floor(k), k)), np.Equal(k, np.Scalar(math.Inf(1))))
}

// A Bernoulli is 1 with probability P and otherwise 0.
type Bernoulli struct{ P np.Array }

// PMF returns the probability of k.
func (d Bernoulli) PMF(k np.Array) np.Array {
	p := probability(d.P)
	out := np.LogicalOr(noCount(k), np.Greater(k, one))
	k = np.Where(out, zero, k)
	return outside(out, np.Add(np.Mul(k.Scale(2).AddConst(-1), p), k.Neg().AddConst(1)), 0)
}

// LogPMF returns the logarithm of the probability of k.
func (d Bernoulli) LogPMF(k np.Array) np.Array { return Binomial{one, d.P}.LogPMF(k) }

// A Binomial is the number of successes in N trials, each of probability P.
type Binomial struct{ N, P np.Array }

// PMF returns the probability of k.
func (d Binomial) PMF(k np.Array) np.Array {
	out := np.LogicalOr(noCount(k), np.Greater(k, d.N))
	k = np.Where(out, zero, k)
	return outside(out, atEdge(certain(d.P), d.P, half, func(p np.Array) np.Array {
		q := np.Mul(np.Pow(p, k), np.Pow(p.Neg().AddConst(1), np.Sub(d.N, k)))
		return np.Mul(q, np.Exp(d.logChoose(k)))
	}, func(p np.Array) np.Array { return Binomial{d.N, p}.LogPMF(k) }), 0)
}

// LogPMF returns the logarithm of the probability of k.
func (d Binomial) LogPMF(k np.Array) np.Array {
	out := np.LogicalOr(noCount(k), np.Greater(k, d.N))
	k = np.Where(out, zero, k)
	p := probability(d.P)
	return outside(out, d.logChoose(k).Add(special.XLogY(k, p)).Add(special.XLog1pY(np.Sub(d.N, k), p.Neg())), negInf)
}

// logChoose returns the logarithm of N over k.
func (d Binomial) logChoose(k np.Array) np.Array {
	n := notNegative(d.N).AddConst(1)
	return special.GammaLn(n).Sub(special.GammaLn(k.AddConst(1))).Sub(special.GammaLn(np.Sub(n, k)))
}

// certain tells where a probability is 0 or 1.
func certain(p np.Array) np.Array { return np.LogicalOr(np.Equal(p, zero), np.Equal(p, one)) }

// A NegativeBinomial is the number of failures before N successes, each of
// probability P. N need not be an integer.
type NegativeBinomial struct{ N, P np.Array }

// PMF returns the probability of k.
func (d NegativeBinomial) PMF(k np.Array) np.Array {
	out := noCount(k)
	k = np.Where(out, zero, k)
	return outside(out, atEdge(np.Equal(d.P, one), d.P, half, func(p np.Array) np.Array {
		q := np.Mul(np.Pow(p, d.N), np.Pow(p.Neg().AddConst(1), k))
		return np.Mul(q, np.Exp(d.logChoose(k)))
	}, func(p np.Array) np.Array { return NegativeBinomial{d.N, p}.LogPMF(k) }), 0)
}

// LogPMF returns the logarithm of the probability of k.
func (d NegativeBinomial) LogPMF(k np.Array) np.Array {
	out := noCount(k)
	k = np.Where(out, zero, k)
	p := positive(probability(d.P))
	return outside(out, d.logChoose(k).Add(np.Mul(d.N, np.Log(p))).Add(special.XLog1pY(k, p.Neg())), negInf)
}

// logChoose returns the logarithm of N+k-1 over k.
func (d NegativeBinomial) logChoose(k np.Array) np.Array {
	n := positive(d.N)
	return special.GammaLn(np.Add(k, n)).Sub(special.GammaLn(k.AddConst(1))).Sub(special.GammaLn(n))
}
