package cases

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/stats"
)

func init() { groups = append(groups, distributions) }

// distributions returns the cases of package stats.
func distributions() []Case {
	all := []Case{}
	x, p, k := normal(1, 2, 1), np.FromSlice([]float64{0.125, 0.5, 0.75}), np.FromSlice([]float64{0, 2, 5})
	loc, scale, shape := normal(2, 3), positive(3, 3), positive(4, 3)
	above := np.FromSlice([]float64{2.75, 3.5}, 2, 1) // beyond every loc
	lows, highs := np.FromSlice([]float64{-1, -0.5}, 2, 1), np.FromSlice([]float64{2, 1.25}, 2, 1)
	mid := np.FromSlice([]float64{0.25, -0.375, 1})
	num := np.Scalar
	type arrays = []np.Array

	// Two sets of operands for every function: broadcast, and numbers for the
	// parameters.
	add := func(op, py string, f func(x []np.Array) np.Array, nojac bool, in ...arrays) {
		for _, in := range in {
			all = append(all, Case{Op: "stats." + op, Py: "st." + py, F: f, In: in, NoJac: nojac})
		}
	}
	// nx is for functions that are locally constant or not defined between
	// whole numbers in their first operand.
	nx := func(op, py string, f func(x []np.Array) np.Array, nojac bool, in ...arrays) {
		for _, in := range in {
			all = append(all, Case{Op: "stats." + op, Py: "st." + py, F: f, In: in, Const: []int{0}, NoJac: nojac})
		}
	}

	norm := func(x arrays) stats.Normal { return stats.Normal{Loc: x[1], Scale: x[2]} }
	on := arrays{x, loc, scale}
	numbers := arrays{normal(5, 4), num(0.5), num(1.75)}
	add("Normal.PDF", "norm.pdf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).PDF(x[0]) }, false, on, numbers)
	add("Normal.LogPDF", "norm.logpdf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).LogPDF(x[0]) }, false, on, numbers)
	add("Normal.LogPDF", "norm.logpdf(x0)", func(x arrays) np.Array { return stats.Normal{}.LogPDF(x[0]) }, false, arrays{normal(5, 4)})
	add("Normal.LogPDF", "norm.logpdf(x0, x1)", func(x arrays) np.Array { return stats.Normal{Loc: x[1]}.LogPDF(x[0]) }, false, arrays{x, loc})
	add("Normal.LogPDF", "norm.logpdf(x0, 0, x1)", func(x arrays) np.Array { return stats.Normal{Scale: x[1]}.LogPDF(x[0]) }, false, arrays{num(0.5), scale})
	add("Normal.CDF", "norm.cdf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).CDF(x[0]) }, false, on, numbers)
	add("Normal.LogCDF", "norm.logcdf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).LogCDF(x[0]) }, false, on, numbers)
	// JAX has ten digits of the derivative there.
	add("Normal.LogCDF", "norm.logcdf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).LogCDF(x[0]) }, true, arrays{np.FromSlice([]float64{-30, -8, 6}), num(0.5), num(1.25)})
	add("Normal.SF", "norm.sf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).SF(x[0]) }, false, on, numbers)
	add("Normal.LogSF", "norm.logsf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).LogSF(x[0]) }, false, on, numbers)
	add("Normal.PPF", "norm.ppf(x0, x1, x2)", func(x arrays) np.Array { return norm(x).PPF(x[0]) }, false,
		arrays{np.Reshape(p, 3, 1), loc, scale}, arrays{p, num(0.5), num(1.75)})
	add("Normal.Entropy", "norm.entropy(x0, x1)", func(x arrays) np.Array { return stats.Normal{Loc: x[0], Scale: x[1]}.Entropy() }, true,
		arrays{num(0.5), scale})

	lognorm := func(x arrays) stats.LogNormal { return stats.LogNormal{Mu: x[1], Sigma: x[2]} }
	onLog := []arrays{{positive(1, 2, 1), loc, scale}, {positive(5, 4), num(0.5), num(1.75)}}
	add("LogNormal.PDF", "lognorm.pdf(x0, x2, 0, np.exp(x1))", func(x arrays) np.Array { return lognorm(x).PDF(x[0]) }, true, onLog...)
	add("LogNormal.LogPDF", "lognorm.logpdf(x0, x2, 0, np.exp(x1))", func(x arrays) np.Array { return lognorm(x).LogPDF(x[0]) }, true, onLog...)
	add("LogNormal.CDF", "lognorm.cdf(x0, x2, 0, np.exp(x1))", func(x arrays) np.Array { return lognorm(x).CDF(x[0]) }, true, onLog...)

	student := func(x arrays) stats.StudentT { return stats.StudentT{DF: x[1], Loc: x[2], Scale: x[3]} }
	onT := []arrays{{x, shape, loc, scale}, {normal(5, 4), num(3.5), num(0.5), num(1.75)}}
	add("StudentT.PDF", "t.pdf(x0, x1, x2, x3)", func(x arrays) np.Array { return student(x).PDF(x[0]) }, false, onT...)
	add("StudentT.LogPDF", "t.logpdf(x0, x1, x2, x3)", func(x arrays) np.Array { return student(x).LogPDF(x[0]) }, false, onT...)
	add("StudentT.LogPDF", "t.logpdf(x0, x1)", func(x arrays) np.Array { return stats.StudentT{DF: x[1]}.LogPDF(x[0]) }, false, arrays{x, shape})
	add("StudentT.CDF", "t.cdf(x0, x1, x2, x3)", func(x arrays) np.Array { return student(x).CDF(x[0]) }, true, onT...)
	add("StudentT.LogCDF", "t.logcdf(x0, x1, x2, x3)", func(x arrays) np.Array { return student(x).LogCDF(x[0]) }, true, onT...)
	add("StudentT.SF", "t.sf(x0, x1, x2, x3)", func(x arrays) np.Array { return student(x).SF(x[0]) }, true, onT...)
	add("StudentT.SF", "t.sf(x0, x1)", func(x arrays) np.Array { return stats.StudentT{DF: x[1]}.SF(x[0]) }, true, arrays{x, shape})

	laplace := func(x arrays) stats.Laplace { return stats.Laplace{Loc: x[1], Scale: x[2]} }
	add("Laplace.PDF", "laplace.pdf(x0, x1, x2)", func(x arrays) np.Array { return laplace(x).PDF(x[0]) }, false, on, numbers)
	add("Laplace.LogPDF", "laplace.logpdf(x0, x1, x2)", func(x arrays) np.Array { return laplace(x).LogPDF(x[0]) }, false, on, numbers)
	add("Laplace.CDF", "laplace.cdf(x0, x1, x2)", func(x arrays) np.Array { return laplace(x).CDF(x[0]) }, false, on, numbers)

	cauchy := func(x arrays) stats.Cauchy { return stats.Cauchy{Loc: x[1], Scale: x[2]} }
	add("Cauchy.PDF", "cauchy.pdf(x0, x1, x2)", func(x arrays) np.Array { return cauchy(x).PDF(x[0]) }, false, on, numbers)
	add("Cauchy.LogPDF", "cauchy.logpdf(x0, x1, x2)", func(x arrays) np.Array { return cauchy(x).LogPDF(x[0]) }, false, on, numbers)
	add("Cauchy.CDF", "cauchy.cdf(x0, x1, x2)", func(x arrays) np.Array { return cauchy(x).CDF(x[0]) }, false, on, numbers)

	gamma := func(x arrays) stats.Gamma { return stats.Gamma{A: x[1], Loc: x[2], Scale: x[3]} }
	onGamma := []arrays{{above, shape, loc, scale}, {positive(5, 4), num(2.5), num(0.25), num(1.75)}}
	add("Gamma.PDF", "gamma.pdf(x0, x1, x2, x3)", func(x arrays) np.Array { return gamma(x).PDF(x[0]) }, false, onGamma...)
	add("Gamma.LogPDF", "gamma.logpdf(x0, x1, x2, x3)", func(x arrays) np.Array { return gamma(x).LogPDF(x[0]) }, false, onGamma...)
	add("Gamma.LogPDF", "gamma.logpdf(x0, x1)", func(x arrays) np.Array { return stats.Gamma{A: x[1]}.LogPDF(x[0]) }, false, arrays{above, shape})
	add("Gamma.CDF", "gamma.cdf(x0, x1, x2, x3)", func(x arrays) np.Array { return gamma(x).CDF(x[0]) }, true, onGamma...)
	add("Gamma.SF", "gamma.sf(x0, x1, x2, x3)", func(x arrays) np.Array { return gamma(x).SF(x[0]) }, true, onGamma...)

	chi2 := func(x arrays) stats.Chi2 { return stats.Chi2{DF: x[1], Loc: x[2], Scale: x[3]} }
	plainChi2 := arrays{num(1), num(2.5)}
	add("Chi2.PDF", "chi2.pdf(x0, x1, x2, x3)", func(x arrays) np.Array { return chi2(x).PDF(x[0]) }, false, onGamma...)
	add("Chi2.LogPDF", "chi2.logpdf(x0, x1, x2, x3)", func(x arrays) np.Array { return chi2(x).LogPDF(x[0]) }, false, onGamma...)
	add("Chi2.LogPDF", "chi2.logpdf(x0, x1)", func(x arrays) np.Array { return stats.Chi2{DF: x[1]}.LogPDF(x[0]) }, false, plainChi2)
	add("Chi2.CDF", "chi2.cdf(x0, x1, x2, x3)", func(x arrays) np.Array { return chi2(x).CDF(x[0]) }, true, onGamma...)
	add("Chi2.SF", "chi2.sf(x0, x1, x2, x3)", func(x arrays) np.Array { return chi2(x).SF(x[0]) }, true, onGamma...)

	expon := func(x arrays) stats.Exponential { return stats.Exponential{Loc: x[1], Scale: x[2]} }
	onExpon := []arrays{{above, loc, scale}, {positive(5, 4), num(0.25), num(1.75)}}
	add("Exponential.PDF", "expon.pdf(x0, x1, x2)", func(x arrays) np.Array { return expon(x).PDF(x[0]) }, false, onExpon...)
	add("Exponential.LogPDF", "expon.logpdf(x0, x1, x2)", func(x arrays) np.Array { return expon(x).LogPDF(x[0]) }, false, onExpon...)
	add("Exponential.CDF", "expon.cdf(x0, x1, x2)", func(x arrays) np.Array { return expon(x).CDF(x[0]) }, true, onExpon...)

	weibull := func(x arrays) stats.Weibull { return stats.Weibull{C: x[1], Loc: x[2], Scale: x[3]} }
	add("Weibull.PDF", "weibull_min.pdf(x0, x1, x2, x3)", func(x arrays) np.Array { return weibull(x).PDF(x[0]) }, true, onGamma...)
	add("Weibull.LogPDF", "weibull_min.logpdf(x0, x1, x2, x3)", func(x arrays) np.Array { return weibull(x).LogPDF(x[0]) }, true, onGamma...)
	add("Weibull.CDF", "weibull_min.cdf(x0, x1, x2, x3)", func(x arrays) np.Array { return weibull(x).CDF(x[0]) }, true, onGamma...)
	add("Weibull.SF", "weibull_min.sf(x0, x1, x2, x3)", func(x arrays) np.Array { return weibull(x).SF(x[0]) }, true, onGamma...)
	add("Weibull.PPF", "weibull_min.ppf(x0, x1, x2, x3)", func(x arrays) np.Array { return weibull(x).PPF(x[0]) }, true, arrays{p, shape, loc, scale})

	beta := func(x arrays) stats.Beta { return stats.Beta{A: x[1], B: x[2]} }
	onBeta := []arrays{{np.FromSlice([]float64{0.25, 0.875}, 2, 1), shape, scale}, {p, num(2.5), num(0.75)}}
	add("Beta.PDF", "beta.pdf(x0, x1, x2)", func(x arrays) np.Array { return beta(x).PDF(x[0]) }, false, onBeta...)
	add("Beta.LogPDF", "beta.logpdf(x0, x1, x2)", func(x arrays) np.Array { return beta(x).LogPDF(x[0]) }, false, onBeta...)
	add("Beta.CDF", "beta.cdf(x0, x1, x2)", func(x arrays) np.Array { return beta(x).CDF(x[0]) }, true, onBeta...)

	uniform := func(x arrays) stats.Uniform { return stats.Uniform{Low: x[1], High: x[2]} }
	onUniform := []arrays{{mid, lows, highs}, {mid, num(-1), num(1.5)}}
	add("Uniform.PDF", "uniform.pdf(x0, x1, x2-x1)", func(x arrays) np.Array { return uniform(x).PDF(x[0]) }, false, onUniform...)
	add("Uniform.LogPDF", "uniform.logpdf(x0, x1, x2-x1)", func(x arrays) np.Array { return uniform(x).LogPDF(x[0]) }, false, onUniform...)
	add("Uniform.CDF", "uniform.cdf(x0, x1, x2-x1)", func(x arrays) np.Array { return uniform(x).CDF(x[0]) }, false, onUniform...)

	// Discrete distributions: only the parameters differentiate.
	poisson := func(x arrays) stats.Poisson { return stats.Poisson{Mu: x[1]} }
	onPoisson := []arrays{{k, positive(1, 2, 1)}, {k, num(3.5)}}
	nx("Poisson.PMF", "poisson.pmf(x0, x1)", func(x arrays) np.Array { return poisson(x).PMF(x[0]) }, false, onPoisson...)
	nx("Poisson.LogPMF", "poisson.logpmf(x0, x1)", func(x arrays) np.Array { return poisson(x).LogPMF(x[0]) }, false, onPoisson...)
	nx("Poisson.CDF", "poisson.cdf(x0, x1)", func(x arrays) np.Array { return poisson(x).CDF(x[0]) }, true,
		append(onPoisson, arrays{mid.AddConst(2), num(1.5)})...)

	bernoulli := func(x arrays) stats.Bernoulli { return stats.Bernoulli{P: x[1]} }
	onBernoulli := []arrays{{np.FromSlice([]float64{0, 1}, 2, 1), p}, {np.FromSlice([]float64{1, 0, 1}), num(0.25)}}
	nx("Bernoulli.PMF", "bernoulli.pmf(x0, x1)", func(x arrays) np.Array { return bernoulli(x).PMF(x[0]) }, false, onBernoulli...)
	nx("Bernoulli.LogPMF", "bernoulli.logpmf(x0, x1)", func(x arrays) np.Array { return bernoulli(x).LogPMF(x[0]) }, false, onBernoulli...)

	binom := func(x arrays) stats.Binomial { return stats.Binomial{N: num(7), P: x[1]} }
	onBinom := []arrays{{np.Reshape(k, 3, 1), p}, {k, num(0.25)}}
	nx("Binomial.PMF", "binom.pmf(x0, 7, x1)", func(x arrays) np.Array { return binom(x).PMF(x[0]) }, false, onBinom...)
	nx("Binomial.LogPMF", "binom.logpmf(x0, 7, x1)", func(x arrays) np.Array { return binom(x).LogPMF(x[0]) }, false, onBinom...)

	nbinom := func(x arrays) stats.NegativeBinomial { return stats.NegativeBinomial{N: x[1], P: x[2]} }
	onNbinom := []arrays{{np.Reshape(k, 3, 1), shape, p}, {k, num(2.5), num(0.25)}}
	nx("NegativeBinomial.PMF", "nbinom.pmf(x0, x1, x2)", func(x arrays) np.Array { return nbinom(x).PMF(x[0]) }, false, onNbinom...)
	nx("NegativeBinomial.LogPMF", "nbinom.logpmf(x0, x1, x2)", func(x arrays) np.Array { return nbinom(x).LogPMF(x[0]) }, false, onNbinom...)

	// Vectors. The covariance is made positive definite, symmetric whatever
	// the operand.
	cov := func(a np.Array) np.Array { return np.MatMul(a, np.Transpose(a)).Add(np.Eye(3, 3, 0)) }
	const covPy = "x2 @ x2.T + np.eye(3)"
	mvn := func(x arrays) stats.MultivariateNormal {
		return stats.MultivariateNormal{Mean: x[1], Cov: cov(x[2])}
	}
	onMvn := []arrays{{normal(1, 2, 3), loc, normal(3, 3, 3)}, {normal(1, 3), loc, normal(3, 3, 3)}}
	add("MultivariateNormal.PDF", "multivariate_normal.pdf(x0, x1, "+covPy+")", func(x arrays) np.Array { return mvn(x).PDF(x[0]) }, false, onMvn...)
	add("MultivariateNormal.LogPDF", "multivariate_normal.logpdf(x0, x1, "+covPy+")", func(x arrays) np.Array { return mvn(x).LogPDF(x[0]) }, false,
		append(onMvn, arrays{normal(1, 2, 2, 3), loc, normal(3, 3, 3)})...)
	add("MultivariateNormal.Entropy", "multivariate_normal.entropy(np.zeros(3), x0 @ x0.T + np.eye(3))", func(x arrays) np.Array {
		return stats.MultivariateNormal{Cov: cov(x[0])}.Entropy()
	}, true, arrays{normal(3, 3, 3)})
	all = append(all, Case{Op: "stats.MultivariateNormal.LogPDF", Py: "st.multivariate_normal.logpdf(x0, x1, x2, allow_singular=True)",
		In: arrays{np.FromSlice([]float64{2, 1.5, 3.5}), np.FromSlice([]float64{1, -0.5, 0.5}), np.FromSlice([]float64{2, 1, 3, 1, 3, 4, 3, 4, 7}, 3, 3)},
		F: func(x []np.Array) np.Array {
			return stats.MultivariateNormal{Mean: x[1], Cov: x[2], AllowSingular: true}.LogPDF(x[0])
		}, Const: []int{2}, NoJac: true, Tol: 1e-12})

	dirichlet := func(x arrays) stats.Dirichlet { return stats.Dirichlet{Alpha: x[1]} }
	onDirichlet := arrays{np.FromSlice([]float64{0.25, 0.125, 0.625}), shape}
	add("Dirichlet.PDF", "dirichlet.pdf(x0, x1)", func(x arrays) np.Array { return dirichlet(x).PDF(x[0]) }, false, onDirichlet)
	add("Dirichlet.LogPDF", "dirichlet.logpdf(x0, x1)", func(x arrays) np.Array { return dirichlet(x).LogPDF(x[0]) }, false, onDirichlet)
	all = append(all, Case{Op: "stats.Dirichlet.LogPDF", Py: "np.stack([st.dirichlet.logpdf(r, x1) for r in x0])",
		F:  func(x []np.Array) np.Array { return dirichlet(x).LogPDF(x[0]) },
		In: arrays{np.FromSlice([]float64{0.25, 0.125, 0.625, 0.5, 0.375, 0.125}, 2, 3), shape}})

	// Outside the support: differences of infinities say nothing.
	out := []Case{
		{Op: "stats.Gamma.LogPDF", Py: "st.gamma.logpdf(x0, 2.5)", In: arrays{np.FromSlice([]float64{-1, 0.5})},
			F: one(func(x np.Array) np.Array { return stats.Gamma{A: num(2.5)}.LogPDF(x) })},
		{Op: "stats.LogNormal.LogPDF", Py: "st.lognorm.logpdf(x0, 1)", In: arrays{np.FromSlice([]float64{-1, 0, 0.5})},
			F: one(func(x np.Array) np.Array { return stats.LogNormal{}.LogPDF(x) })},
		{Op: "stats.Exponential.PDF", Py: "st.expon.pdf(x0)", In: arrays{np.FromSlice([]float64{-1, 0.5})},
			F: one(func(x np.Array) np.Array { return stats.Exponential{}.PDF(x) })},
		{Op: "stats.Exponential.CDF", Py: "st.expon.cdf(x0)", In: arrays{np.FromSlice([]float64{-1, 0.5})},
			F: one(func(x np.Array) np.Array { return stats.Exponential{}.CDF(x) })},
		{Op: "stats.Beta.LogPDF", Py: "st.beta.logpdf(x0, 2.5, 1.5)", In: arrays{np.FromSlice([]float64{-1, 0.25, 1.5})},
			F: one(func(x np.Array) np.Array { return stats.Beta{A: num(2.5), B: num(1.5)}.LogPDF(x) })},
		{Op: "stats.Beta.CDF", Py: "st.beta.cdf(x0, 2.5, 1.5)", In: arrays{np.FromSlice([]float64{-1, 0, 0.25, 1, 1.5})},
			F: one(func(x np.Array) np.Array { return stats.Beta{A: num(2.5), B: num(1.5)}.CDF(x) })},
		{Op: "stats.Uniform.LogPDF", Py: "st.uniform.logpdf(x0)", In: arrays{np.FromSlice([]float64{-1, 0.25, 1.5})},
			F: one(func(x np.Array) np.Array { return stats.Uniform{Low: num(0), High: num(1)}.LogPDF(x) })},
		{Op: "stats.Uniform.CDF", Py: "st.uniform.cdf(x0)", In: arrays{np.FromSlice([]float64{-1, 0.25, 1.5})},
			F: one(func(x np.Array) np.Array { return stats.Uniform{Low: num(0), High: num(1)}.CDF(x) })},
		{Op: "stats.Poisson.LogPMF", Py: "st.poisson.logpmf(x0, x1)", In: arrays{np.FromSlice([]float64{-1, 0.5, 2}), num(1.5)}, Const: []int{0},
			F: two(func(k, mu np.Array) np.Array { return stats.Poisson{Mu: mu}.LogPMF(k) })},
		{Op: "stats.Binomial.PMF", Py: "st.binom.pmf(x0, 7, x1)", In: arrays{np.FromSlice([]float64{-1, 0.5, 2, 8}), num(0.25)}, Const: []int{0},
			F: two(func(k, p np.Array) np.Array { return stats.Binomial{N: num(7), P: p}.PMF(k) })},
	}
	for i := range out {
		out[i].Kink, out[i].NoJac = true, true
	}
	return append(all, out...)
}
