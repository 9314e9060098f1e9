package stats_test

import (
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/stats"
)

// edge is a function of one number with its value and first two derivatives.
type edge struct {
	name string
	f    func(array) array
	x    float64
	want [3]float64
}

// TestEdges has values and derivatives at the edges of supports, where they are
// limits from inside, outside, and at infinity, by every mode.
func TestEdges(t *testing.T) {
	gamma := func(a float64) stats.Gamma { return stats.Gamma{A: num(a)} }
	beta := func(a, b float64) stats.Beta { return stats.Beta{A: num(a), B: num(b)} }
	weibull := func(c float64) stats.Weibull { return stats.Weibull{C: num(c)} }
	at := func(x float64, f func(p, x array) array) func(array) array {
		return func(p array) array { return f(p, num(x)) }
	}
	const trigamma1 = math.Pi * math.Pi / 6
	outside, nothing := [3]float64{-inf}, [3]float64{}
	for _, c := range []edge{
		{"Gamma(1).LogPDF", gamma(1).LogPDF, 0, [3]float64{0, -1, 0}},
		{"Gamma(1).PDF", gamma(1).PDF, 0, [3]float64{1, -1, 1}},
		{"Gamma(1).CDF", gamma(1).CDF, 0, [3]float64{0, 1, -1}},
		{"Gamma(1).SF", gamma(1).SF, 0, [3]float64{1, -1, 1}},
		{"Gamma(2).LogPDF", gamma(2).LogPDF, 0, [3]float64{-inf, inf, -inf}},
		{"Gamma(2).PDF", gamma(2).PDF, 0, [3]float64{0, 1, -2}},
		{"Gamma(2).CDF", gamma(2).CDF, 0, [3]float64{0, 0, 1}},
		{"Gamma(1.5).PDF", gamma(1.5).PDF, 0, [3]float64{0, inf, -inf}},
		{"Gamma(3).PDF", gamma(3).PDF, 0, [3]float64{0, 0, 1}},
		{"Gamma(0.5).LogPDF", gamma(0.5).LogPDF, 0, [3]float64{inf, -inf, inf}},
		{"Gamma(0.5).PDF", gamma(0.5).PDF, 0, [3]float64{inf, -inf, inf}},
		{"Gamma(0.5).CDF", gamma(0.5).CDF, 0, [3]float64{0, inf, -inf}},
		{"Gamma.LogPDF", gamma(2).LogPDF, -1, outside},
		{"Gamma.LogPDF", gamma(2).LogPDF, inf, outside},
		{"Gamma.LogPDF", gamma(2).LogPDF, -inf, outside},
		{"Gamma.PDF", gamma(2).PDF, inf, nothing},
		{"Gamma.PDF", gamma(2).PDF, -1, nothing},
		{"Gamma.CDF", gamma(2).CDF, -1, nothing},
		{"Gamma.CDF", gamma(2).CDF, inf, [3]float64{1}},
		{"Gamma.SF", gamma(2).SF, -inf, [3]float64{1}},
		{"Gamma.LogPDF(0) of A", at(0, func(a, x array) array { return stats.Gamma{A: a}.LogPDF(x) }), 1, [3]float64{0, -inf, -trigamma1}},
		{"Gamma.PDF(0) of A", at(0, func(a, x array) array { return stats.Gamma{A: a}.PDF(x) }), 2, nothing},
		{"Gamma.PDF(0) of A", at(0, func(a, x array) array { return stats.Gamma{A: a}.PDF(x) }), 1, [3]float64{1, -inf, inf}},
		{"Gamma.LogPDF(-1) of A", at(-1, func(a, x array) array { return stats.Gamma{A: a}.LogPDF(x) }), 1, outside},
		{"Gamma(1).PDF(0) of Scale", at(0, func(s, x array) array { return stats.Gamma{A: num(1), Scale: s}.PDF(x) }), 2, [3]float64{0.5, -0.25, 0.25}},
		{"Chi2(2).LogPDF", stats.Chi2{DF: num(2)}.LogPDF, 0, [3]float64{-math.Ln2, -0.5, 0}},
		{"Chi2(2).PDF", stats.Chi2{DF: num(2)}.PDF, 0, [3]float64{0.5, -0.25, 0.125}},
		{"Chi2(4).PDF", stats.Chi2{DF: num(4)}.PDF, 0, [3]float64{0, 0.25, -0.25}},
		{"Chi2.CDF", stats.Chi2{DF: num(2)}.CDF, 0, [3]float64{0, 0.5, -0.25}},
		{"Exponential.LogPDF", stats.Exponential{}.LogPDF, 0, [3]float64{0, -1, 0}},
		{"Exponential.PDF", stats.Exponential{}.PDF, 0, [3]float64{1, -1, 1}},
		{"Exponential.PDF", stats.Exponential{}.PDF, inf, nothing},
		{"Exponential.CDF", stats.Exponential{}.CDF, 0, [3]float64{0, 1, -1}},
		{"Exponential.LogPDF", stats.Exponential{}.LogPDF, -1, outside},
		{"Exponential.CDF", stats.Exponential{}.CDF, -inf, nothing},
		{"Beta(1,3).LogPDF", beta(1, 3).LogPDF, 0, [3]float64{math.Log(3), -2, -2}},
		{"Beta(1,3).PDF", beta(1, 3).PDF, 0, [3]float64{3, -6, 6}},
		{"Beta(1,3).CDF", beta(1, 3).CDF, 0, [3]float64{0, 3, -6}},
		{"Beta(3,1).LogPDF", beta(3, 1).LogPDF, 1, [3]float64{math.Log(3), 2, -2}},
		{"Beta(3,1).PDF", beta(3, 1).PDF, 1, [3]float64{3, 6, 6}},
		{"Beta(3,1).CDF", beta(3, 1).CDF, 1, [3]float64{1, 3, 6}},
		{"Beta(1,1).LogPDF", beta(1, 1).LogPDF, 1, nothing},
		{"Beta(2,2).PDF", beta(2, 2).PDF, 1, [3]float64{0, -6, -12}},
		{"Beta(2,2).LogPDF", beta(2, 2).LogPDF, 1, [3]float64{-inf, -inf, -inf}},
		{"Beta(0.5,0.5).PDF", beta(0.5, 0.5).PDF, 1, [3]float64{inf, inf, inf}},
		{"Beta.LogPDF", beta(2, 2).LogPDF, 2, outside},
		{"Beta.LogPDF", beta(2, 2).LogPDF, -inf, outside},
		{"Beta.PDF", beta(2, 2).PDF, -1, nothing},
		{"Beta.PDF", beta(2, 2).PDF, inf, nothing},
		{"Beta.CDF", beta(2, 2).CDF, -1, nothing},
		{"Beta.CDF", beta(2, 2).CDF, inf, [3]float64{1}},
		{"Beta.LogPDF(0) of A", at(0, func(a, x array) array { return stats.Beta{A: a, B: num(1)}.LogPDF(x) }), 1, [3]float64{0, -inf, -1}},
		{"Beta.LogPDF(0) of B", at(0, func(b, x array) array { return stats.Beta{A: num(1), B: b}.LogPDF(x) }), 2, [3]float64{math.Ln2, 0.5, -0.25}},
		{"Beta.PDF(0) of B", at(0, func(b, x array) array { return stats.Beta{A: num(1), B: b}.PDF(x) }), 2, [3]float64{2, 1, 0}},
		{"Weibull(1).LogPDF", weibull(1).LogPDF, 0, [3]float64{0, -1, 0}},
		{"Weibull(1).PDF", weibull(1).PDF, 0, [3]float64{1, -1, 1}},
		{"Weibull(1).CDF", weibull(1).CDF, 0, [3]float64{0, 1, -1}},
		{"Weibull(2).LogPDF", weibull(2).LogPDF, 0, [3]float64{-inf, inf, -inf}},
		{"Weibull(2).PDF", weibull(2).PDF, 0, [3]float64{0, 2, 0}},
		{"Weibull(2).SF", weibull(2).SF, 0, [3]float64{1, 0, -2}},
		{"Weibull(0.5).PDF", weibull(0.5).PDF, 0, [3]float64{inf, -inf, inf}},
		{"Weibull.LogPDF", weibull(2).LogPDF, -1, outside},
		{"Weibull.LogPDF", weibull(2).LogPDF, inf, outside},
		{"Weibull.PDF", weibull(2).PDF, inf, nothing},
		{"Weibull.PDF", weibull(2).PDF, -inf, nothing},
		{"Weibull.CDF", weibull(2).CDF, -1, nothing},
		{"Weibull.CDF", weibull(2).CDF, inf, [3]float64{1}},
		{"Weibull.SF", weibull(2).SF, inf, nothing},
		{"Weibull.SF", weibull(2).SF, 30, nothing},
		{"Weibull.PPF", weibull(1).PPF, 0, [3]float64{0, 1, 1}},
		{"Weibull.LogPDF(0) of C", at(0, func(c, x array) array { return stats.Weibull{C: c}.LogPDF(x) }), 1, [3]float64{0, -inf, -1}},
		{"Weibull.LogPDF(-1) of C", at(-1, func(c, x array) array { return stats.Weibull{C: c}.LogPDF(x) }), 1, outside},
		{"Uniform.LogPDF", stats.Uniform{Low: num(0), High: num(2)}.LogPDF, 0, [3]float64{-math.Ln2}},
		{"Uniform.CDF", stats.Uniform{Low: num(0), High: num(2)}.CDF, 0, [3]float64{0, 0.5}},
		{"Uniform.CDF", stats.Uniform{Low: num(0), High: num(2)}.CDF, 2, [3]float64{1, 0.5}},
		{"Uniform.LogPDF", stats.Uniform{Low: num(0), High: num(2)}.LogPDF, -inf, outside},
		{"Uniform.LogPDF(0) of Low", at(0, func(l, x array) array { return stats.Uniform{Low: l, High: num(2)}.LogPDF(x) }), 0, [3]float64{-math.Ln2, 0.5, 0.25}},
		{"LogNormal.LogPDF", stats.LogNormal{}.LogPDF, 0, outside},
		{"LogNormal.LogPDF", stats.LogNormal{}.LogPDF, inf, outside},
		{"LogNormal.PDF", stats.LogNormal{}.PDF, 0, nothing},
		{"LogNormal.PDF", stats.LogNormal{}.PDF, inf, nothing},
		{"LogNormal.CDF", stats.LogNormal{}.CDF, 0, nothing},
		{"Normal.PDF", stats.Normal{}.PDF, inf, nothing},
		{"Normal.LogPDF", stats.Normal{}.LogPDF, -inf, [3]float64{-inf, inf, -1}},
		{"Normal.CDF", stats.Normal{}.CDF, -inf, nothing},
		{"Normal.LogCDF", stats.Normal{}.LogCDF, inf, nothing},
		{"Normal.SF", stats.Normal{}.SF, -inf, [3]float64{1}},
		{"StudentT.LogPDF", stats.StudentT{DF: num(3)}.LogPDF, inf, outside},
		{"StudentT.PDF", stats.StudentT{DF: num(3)}.PDF, -inf, nothing},
		{"StudentT.CDF", stats.StudentT{DF: num(3)}.CDF, inf, [3]float64{1}},
		{"StudentT.CDF", stats.StudentT{DF: num(3)}.CDF, -inf, nothing},
		{"StudentT.LogCDF", stats.StudentT{DF: num(3)}.LogCDF, -inf, outside},
		{"Laplace.LogPDF", stats.Laplace{}.LogPDF, 0, [3]float64{-math.Ln2}},
		{"Laplace.PDF", stats.Laplace{}.PDF, -inf, nothing},
		{"Laplace.CDF", stats.Laplace{}.CDF, inf, [3]float64{1}},
		{"Cauchy.LogPDF", stats.Cauchy{}.LogPDF, -inf, outside},
		{"Cauchy.PDF", stats.Cauchy{}.PDF, inf, nothing},
		{"Cauchy.CDF", stats.Cauchy{}.CDF, -inf, nothing},
		{"Poisson.PMF(0) of Mu", at(0, func(p, k array) array { return stats.Poisson{Mu: p}.PMF(k) }), 0, [3]float64{1, -1, 1}},
		{"Poisson.PMF(1) of Mu", at(1, func(p, k array) array { return stats.Poisson{Mu: p}.PMF(k) }), 0, [3]float64{0, 1, -2}},
		{"Poisson.PMF(2) of Mu", at(2, func(p, k array) array { return stats.Poisson{Mu: p}.PMF(k) }), 0, [3]float64{0, 0, 1}},
		{"Poisson.LogPMF(0) of Mu", at(0, func(p, k array) array { return stats.Poisson{Mu: p}.LogPMF(k) }), 0, [3]float64{0, -1}},
		{"Poisson.LogPMF(-1) of Mu", at(-1, func(p, k array) array { return stats.Poisson{Mu: p}.LogPMF(k) }), 0, outside},
		{"Poisson.LogPMF(Inf) of Mu", at(inf, func(p, k array) array { return stats.Poisson{Mu: p}.LogPMF(k) }), 1, outside},
		{"Poisson.CDF(Inf) of Mu", at(inf, func(p, k array) array { return stats.Poisson{Mu: p}.CDF(k) }), 1, [3]float64{1}},
		{"Poisson.CDF(1) of Mu", at(1, func(p, k array) array { return stats.Poisson{Mu: p}.CDF(k) }), 0, [3]float64{1, 0, -1}},
		{"Bernoulli.PMF(1) of P", at(1, func(p, k array) array { return stats.Bernoulli{P: p}.PMF(k) }), 0, [3]float64{0, 1}},
		{"Bernoulli.PMF(Inf) of P", at(inf, func(p, k array) array { return stats.Bernoulli{P: p}.PMF(k) }), 0.5, nothing},
		{"Bernoulli.LogPMF(0) of P", at(0, func(p, k array) array { return stats.Bernoulli{P: p}.LogPMF(k) }), 0, [3]float64{0, -1, -1}},
		{"Binomial.PMF(1) of P", at(1, func(p, k array) array { return stats.Binomial{N: num(2), P: p}.PMF(k) }), 0, [3]float64{0, 2, -4}},
		{"Binomial.PMF(1) of P", at(1, func(p, k array) array { return stats.Binomial{N: num(2), P: p}.PMF(k) }), 1, [3]float64{0, -2, -4}},
		{"Binomial.LogPMF(2) of P", at(2, func(p, k array) array { return stats.Binomial{N: num(2), P: p}.LogPMF(k) }), 1, [3]float64{0, 2, -2}},
		{"Binomial.LogPMF(3) of P", at(3, func(p, k array) array { return stats.Binomial{N: num(2), P: p}.LogPMF(k) }), 1, outside},
		{"Binomial.LogPMF(Inf) of P", at(inf, func(p, k array) array { return stats.Binomial{N: num(2), P: p}.LogPMF(k) }), 0.5, outside},
		{"NegativeBinomial.PMF(0) of P", at(0, func(p, k array) array { return stats.NegativeBinomial{N: num(2), P: p}.PMF(k) }), 1, [3]float64{1, 2, 2}},
		{"NegativeBinomial.PMF(1) of P", at(1, func(p, k array) array { return stats.NegativeBinomial{N: num(2), P: p}.PMF(k) }), 1, [3]float64{0, -2, -8}},
		{"NegativeBinomial.LogPMF(Inf) of P", at(inf, func(p, k array) array { return stats.NegativeBinomial{N: num(2), P: p}.LogPMF(k) }), 0.5, outside},
	} {
		_, dot := np.JVP(c.f, num(c.x), num(1))
		taylor := np.ElementwiseDerivatives(c.f, 2)(num(c.x))
		for _, m := range []struct {
			name string
			got  array
			k    int
		}{
			{"value", c.f(num(c.x)), 0},
			{"forward mode", dot, 1},
			{"reverse mode", np.Grad(c.f)(num(c.x)), 1},
			{"forward over forward mode", np.Deriv(np.Deriv(c.f))(num(c.x)), 2},
			{"forward over reverse mode", np.Deriv(np.Grad(c.f))(num(c.x)), 2},
			{"Taylor, first", taylor[1], 1},
			{"Taylor, second", taylor[2], 2},
		} {
			if got, want := m.got.Float64(), c.want[m.k]; !same(got, want, 1e-14) && !(math.Abs(got-want) < 1e-15) {
				t.Errorf("%s at %g: %s: got %v, want %v", c.name, c.x, m.name, got, want)
			}
		}
	}
}

// TestNotANumber has NaN for an argument or a parameter, and parameters that
// make no sense: value and gradient are NaN.
func TestNotANumber(t *testing.T) {
	half := num(0.5)
	for name, c := range map[string]struct {
		f   func(x []array) array
		bad []float64 // for each operand besides NaN, or 0.5 for none
	}{
		"Normal.LogPDF":           {func(x []array) array { return stats.Normal{Loc: x[1], Scale: x[2]}.LogPDF(x[0]) }, []float64{0.5, 0.5, -1}},
		"Normal.CDF":              {func(x []array) array { return stats.Normal{Loc: x[1], Scale: x[2]}.CDF(x[0]) }, []float64{0.5, 0.5, 0}},
		"StudentT.PDF":            {func(x []array) array { return stats.StudentT{DF: x[1], Scale: x[2]}.PDF(x[0]) }, []float64{0.5, -1, 0}},
		"Gamma.LogPDF":            {func(x []array) array { return stats.Gamma{A: x[1], Scale: x[2]}.LogPDF(x[0]) }, []float64{0.5, -1, 0}},
		"Gamma.PDF":               {func(x []array) array { return stats.Gamma{A: x[1], Scale: x[2]}.PDF(x[0]) }, []float64{0.5, 0, 0}},
		"Gamma.CDF":               {func(x []array) array { return stats.Gamma{A: x[1], Scale: x[2]}.CDF(x[0]) }, []float64{0.5, 0, 0}},
		"Beta.LogPDF":             {func(x []array) array { return stats.Beta{A: x[1], B: x[2]}.LogPDF(x[0]) }, []float64{0.5, -1, 0}},
		"Beta.PDF":                {func(x []array) array { return stats.Beta{A: x[1], B: x[2]}.PDF(x[0]) }, []float64{0.5, -1, 0}},
		"Beta.CDF":                {func(x []array) array { return stats.Beta{A: x[1], B: x[2]}.CDF(x[0]) }, []float64{0.5, -1, 0}},
		"Weibull.LogPDF":          {func(x []array) array { return stats.Weibull{C: x[1], Scale: x[2]}.LogPDF(x[0]) }, []float64{0.5, -1, 0}},
		"Weibull.PDF":             {func(x []array) array { return stats.Weibull{C: x[1], Scale: x[2]}.PDF(x[0]) }, []float64{0.5, -1, 0}},
		"Weibull.CDF":             {func(x []array) array { return stats.Weibull{C: x[1], Scale: x[2]}.CDF(x[0]) }, []float64{0.5, -1, 0}},
		"Poisson.LogPMF":          {func(x []array) array { return stats.Poisson{Mu: x[0]}.LogPMF(num(2)) }, []float64{-1}},
		"Poisson.PMF":             {func(x []array) array { return stats.Poisson{Mu: x[0]}.PMF(num(2)) }, []float64{-1}},
		"Binomial.PMF":            {func(x []array) array { return stats.Binomial{N: num(3), P: x[0]}.PMF(num(2)) }, []float64{2}},
		"NegativeBinomial.LogPMF": {func(x []array) array { return stats.NegativeBinomial{N: x[0], P: x[1]}.LogPMF(num(2)) }, []float64{-1, 0}},
		"NegativeBinomial.PMF":    {func(x []array) array { return stats.NegativeBinomial{N: x[0], P: x[1]}.PMF(num(2)) }, []float64{-1, 0}},
	} {
		for i := range c.bad {
			for _, v := range []float64{nan, c.bad[i]} {
				if v == 0.5 {
					continue
				}
				f := func(v array) array {
					x := make([]array, len(c.bad))
					for j := range x {
						x[j] = half
					}
					x[i] = v
					return c.f(x)
				}
				_, dot := np.JVP(f, num(v), num(1))
				for mode, got := range map[string]float64{
					"value": f(num(v)).Float64(), "forward": dot.Float64(), "reverse": np.Grad(f)(num(v)).Float64(),
				} {
					if got == got {
						t.Errorf("%s: %s for %v in operand %d: %v, want NaN", name, mode, v, i, got)
					}
				}
			}
		}
	}
}

// TestDirichletEdges is for points where an element is 0 or negative.
func TestDirichletEdges(t *testing.T) {
	d := stats.Dirichlet{Alpha: np.FromSlice([]float64{1, 2, 1})}
	for _, c := range []struct {
		x         []float64
		pdf, logp float64
		dpdf, dlp []float64
	}{
		{[]float64{0, 0.5, 0.5}, 3, math.Log(3), []float64{0, 6, 0}, []float64{0, 2, 0}},
		{[]float64{0, 0, 1}, 0, -inf, []float64{0, 6, 0}, []float64{0, inf, 0}},
		{[]float64{-0.5, 1, 0.5}, 0, -inf, []float64{0, 0, 0}, []float64{0, 0, 0}},
	} {
		x := np.FromSlice(c.x)
		if got := d.PDF(x).Float64(); !same(got, c.pdf, 1e-15) {
			t.Errorf("PDF of %v: %v, want %v", c.x, got, c.pdf)
		}
		if got := d.LogPDF(x).Float64(); !same(got, c.logp, 1e-15) {
			t.Errorf("LogPDF of %v: %v, want %v", c.x, got, c.logp)
		}
		for i, got := range np.Grad(d.PDF)(x).Float64s() {
			if !same(got, c.dpdf[i], 1e-14) {
				t.Errorf("gradient %d of PDF at %v: %v, want %v", i, c.x, got, c.dpdf[i])
			}
		}
		for i, got := range np.Grad(d.LogPDF)(x).Float64s() {
			if !same(got, c.dlp[i], 1e-14) {
				t.Errorf("gradient %d of LogPDF at %v: %v, want %v", i, c.x, got, c.dlp[i])
			}
		}
	}
	if got := d.PDF(np.FromSlice([]float64{nan, 0, 1})).Float64(); got == got {
		t.Errorf("PDF of NaN: %v", got)
	}
}
