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
// The names are those of scipy.stats: PDF, LogPDF, CDF, SF = 1-CDF, PMF of
// discrete distributions, PPF, the inverse of CDF.
package stats
