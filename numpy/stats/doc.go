// Package stats has probability distributions on arrays that differentiate, in
// the argument as in the parameters.
//
//	d := stats.Normal{Loc: mu, Scale: np.Exp(logSigma)}
//	loss := np.Sum(d.LogPDF(x)).Neg()
//
// A distribution is a value whose fields are its parameters; those of location
// and scale may be left out. Arguments and parameters broadcast. Outside the
// support densities are 0 and their logarithms -Inf, with derivatives of 0;
// where parameters make no sense the result is NaN. Logarithms are computed as
// such and do not underflow in the tails.
//
//	continuous    Normal LogNormal StudentT Cauchy Laplace Uniform Exponential
//	              Gamma Chi2 Weibull Beta
//	discrete      Bernoulli Binomial NegativeBinomial Poisson
//	vectors       MultivariateNormal Dirichlet
//
// The names are those of scipy.stats. All have PDF and LogPDF, or PMF and LogPMF
// if they are discrete; the continuous ones of numbers, and [Poisson], have a CDF,
// and some have SF = 1-CDF, LogCDF, LogSF, PPF, the inverse of CDF, or Entropy,
// accurate in the tails. Package random draws samples.
package stats
