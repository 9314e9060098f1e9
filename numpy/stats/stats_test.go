package stats_test

import (
	"fmt"
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/stats"
)

type array = np.Array

var (
	num = np.Scalar
	inf = math.Inf(1)
	nan = math.NaN()
)

// point is a function of a distribution at fixed parameters.
type point struct {
	name string
	f    func(array) array
	x    float64
	want float64
}

func same(x, y, tol float64) bool {
	return x == y || x != x && y != y || !math.IsInf(y, 0) && math.Abs(x-y) <= tol*math.Abs(y)
}

// TestValues has values beyond the table of cases: ends of the support,
// infinity, tails, NaN, parameters that make no sense.
func TestValues(t *testing.T) {
	gamma := func(a float64) stats.Gamma { return stats.Gamma{A: num(a)} }
	beta := stats.Beta{A: num(2), B: num(3)}
	uniform := stats.Uniform{Low: num(0), High: num(2)}
	student := stats.StudentT{DF: num(3)}
	for _, c := range []point{
		{"Normal.LogPDF far out", stats.Normal{}.LogPDF, 1e8, -5e15},
		{"Normal.LogPDF", stats.Normal{}.LogPDF, inf, -inf},
		{"Normal.LogCDF far out", stats.Normal{}.LogCDF, -100, -5005.5242086942053},
		{"Normal.LogSF far out", stats.Normal{}.LogSF, 100, -5005.5242086942053},
		{"Normal.SF far out", stats.Normal{}.SF, 10, 7.6198530241605261e-24},
		{"Normal.PPF of 0", stats.Normal{}.PPF, 0, -inf},
		{"Normal.PPF of 1", stats.Normal{}.PPF, 1, inf},
		{"Normal of scale 0", stats.Normal{Scale: num(0)}.LogPDF, 1, nan},
		{"Normal of scale -1", stats.Normal{Scale: num(-1)}.CDF, 1, nan},
		{"Normal of scale -1", stats.Normal{Scale: num(-1)}.PPF, 0.5, nan},
		{"LogNormal.PDF at 0", stats.LogNormal{}.PDF, 0, 0},
		{"LogNormal.PDF", stats.LogNormal{}.PDF, nan, nan},
		{"LogNormal.CDF at 0", stats.LogNormal{}.CDF, 0, 0},
		{"StudentT.CDF at 0", student.CDF, 0, 0.5},
		{"StudentT.CDF near 0", func(x array) array { return student.CDF(x).AddConst(-0.5) }, 0, 0},
		{"StudentT.CDF", student.CDF, inf, 1},
		{"StudentT.CDF", student.CDF, -inf, 0},
		{"StudentT.CDF far out", student.CDF, -1e4, 1.1026577511479e-12},
		{"StudentT.SF far out", student.SF, 1e4, 1.1026577511479e-12},
		{"StudentT of DF 0", stats.StudentT{DF: num(0)}.LogPDF, 1, nan},
		{"StudentT of DF -1", stats.StudentT{DF: num(-1)}.CDF, 1, nan},
		{"Laplace.CDF", stats.Laplace{}.CDF, 0, 0.5},
		{"Cauchy.CDF", stats.Cauchy{}.CDF, 1, 0.75},
		{"Gamma(1) at 0", gamma(1).PDF, 0, 1},
		{"Gamma(2) at 0", gamma(2).PDF, 0, 0},
		{"Gamma(0.5) at 0", gamma(0.5).PDF, 0, inf},
		{"Gamma(-1)", gamma(-1).LogPDF, 1, nan},
		{"Gamma(-1) outside", gamma(-1).LogPDF, -1, nan},
		{"Gamma(-1.5)", gamma(-1.5).LogPDF, 1, nan},
		{"Gamma.CDF", gamma(-1).CDF, -1, nan},
		{"Gamma(0).CDF", gamma(0).CDF, 1, nan},
		{"Gamma(0).SF", gamma(0).SF, 1, nan},
		{"Gamma at NaN", gamma(2).LogPDF, nan, nan},
		{"Gamma.SF outside", gamma(2).SF, -1, 1},
		{"Gamma.SF far out", gamma(2).SF, 100, 101 * math.Exp(-100)},
		{"Chi2(2) at 0", stats.Chi2{DF: num(2)}.PDF, 0, 0.5},
		{"Exponential at 0", stats.Exponential{}.PDF, 0, 1},
		{"Exponential of scale -1", stats.Exponential{Scale: num(-1)}.PDF, 1, nan},
		{"Beta.PDF at 0", beta.PDF, 0, 0},
		{"Beta.PDF at 1", beta.PDF, 1, 0},
		{"Beta.PDF", beta.PDF, nan, nan},
		{"Beta.CDF", beta.CDF, nan, nan},
		{"Beta of A 0", stats.Beta{A: num(0), B: num(1)}.PDF, 0.5, nan},
		{"Beta of A 0, outside", stats.Beta{A: num(0), B: num(1)}.CDF, 2, nan},
		{"Uniform.PDF at the low end", uniform.PDF, 0, 0.5},
		{"Uniform.PDF at the high end", uniform.PDF, 2, 0.5},
		{"Uniform.PDF", uniform.PDF, nan, nan},
		{"Uniform.PDF", uniform.PDF, inf, 0},
		{"Uniform.CDF", uniform.CDF, nan, nan},
		{"Uniform upside down", stats.Uniform{Low: num(1), High: num(0)}.PDF, 0.5, nan},
		{"Uniform upside down", stats.Uniform{Low: num(1), High: num(0)}.CDF, 0.5, nan},
		{"Poisson.PMF of mean 0 at 0", stats.Poisson{Mu: num(0)}.PMF, 0, 1},
		{"Poisson.PMF of mean 0 at 1", stats.Poisson{Mu: num(0)}.PMF, 1, 0},
		{"Poisson.PMF of mean -1", stats.Poisson{Mu: num(-1)}.PMF, 0, nan},
		{"Poisson.PMF", stats.Poisson{Mu: num(2)}.PMF, nan, nan},
		{"Poisson.CDF", stats.Poisson{Mu: num(2)}.CDF, -1, 0},
		{"Poisson.CDF", stats.Poisson{Mu: num(2)}.CDF, 0.5, math.Exp(-2)},
		{"Bernoulli.PMF of P 0", stats.Bernoulli{P: num(0)}.PMF, 0, 1},
		{"Bernoulli.PMF of P 2", stats.Bernoulli{P: num(2)}.PMF, 1, nan},
		{"Bernoulli.PMF at 2", stats.Bernoulli{P: num(0.25)}.PMF, 2, 0},
		{"Bernoulli.PMF at 0.5", stats.Bernoulli{P: num(0.25)}.PMF, 0.5, 0},
		{"Binomial.PMF of P 1", stats.Binomial{N: num(3), P: num(1)}.PMF, 3, 1},
		{"Binomial.PMF of P -1", stats.Binomial{N: num(3), P: num(-1)}.PMF, 3, nan},
		{"Binomial.PMF of N 0", stats.Binomial{N: num(0), P: num(0.5)}.PMF, 0, 1},
		{"NegativeBinomial.PMF of P 1", stats.NegativeBinomial{N: num(3), P: num(1)}.PMF, 0, 1},
		{"NegativeBinomial.PMF of P 0", stats.NegativeBinomial{N: num(3), P: num(0)}.PMF, 0, nan},
		{"NegativeBinomial.PMF of N -1", stats.NegativeBinomial{N: num(-1), P: num(0.5)}.PMF, 0, nan},
	} {
		if got := c.f(num(c.x)).Float64(); !same(got, c.want, 1e-12) {
			t.Errorf("%s(%g) = %v, want %v", c.name, c.x, got, c.want)
		}
	}
}

// TestDerivatives has derivatives for the argument at points where parts of a
// formula are singular, and outside the support.
func TestDerivatives(t *testing.T) {
	student := stats.StudentT{DF: num(3)}
	// Γ(2)/(√(3π)·Γ(3/2)), the density at 0.
	peak := 1 / (math.Sqrt(3*math.Pi) * math.Sqrt(math.Pi) / 2)
	for _, c := range []point{
		{"StudentT.CDF", student.CDF, 0, peak},
		{"StudentT.SF", student.SF, 0, -peak},
		{"StudentT.LogPDF", student.LogPDF, 0, 0},
		{"Chi2.LogPDF", stats.Chi2{DF: num(2.5)}.LogPDF, 1, -0.25},
		{"Gamma.LogPDF outside", stats.Gamma{A: num(2)}.LogPDF, -1, 0},
		{"Gamma.CDF outside", stats.Gamma{A: num(2)}.CDF, -1, 0},
		{"LogNormal.LogPDF outside", stats.LogNormal{}.LogPDF, -1, 0},
		{"Beta.LogPDF outside", stats.Beta{A: num(2), B: num(3)}.LogPDF, 2, 0},
		{"Beta.CDF outside", stats.Beta{A: num(2), B: num(3)}.CDF, 2, 0},
		{"Uniform.CDF", stats.Uniform{Low: num(0), High: num(2)}.CDF, 1, 0.5},
		{"Uniform.CDF outside", stats.Uniform{Low: num(0), High: num(2)}.CDF, 3, 0},
		{"Normal.LogCDF far out", stats.Normal{}.LogCDF, -100, 100.00999800099926},
	} {
		_, dot := np.JVP(c.f, num(c.x), num(1))
		if !same(dot.Float64(), c.want, 1e-12) {
			t.Errorf("derivative of %s at %g by forward mode: %v, want %v", c.name, c.x, dot.Float64(), c.want)
		}
		if got := np.Grad(c.f)(num(c.x)).Float64(); !same(got, c.want, 1e-12) {
			t.Errorf("derivative of %s at %g by reverse mode: %v, want %v", c.name, c.x, got, c.want)
		}
	}
}

// Student's distribution function is smooth at 0 in both arguments, and its
// parts meet.
func TestStudent(t *testing.T) {
	x, nu := np.FromSlice([]float64{-1.75, -1.5, 0, 1e-9, 0.25, 1.5, 4}), np.FromSlice([]float64{2.25, 0.5, 30}, 3, 1)
	cdf := func(in ...array) array { return stats.StudentT{DF: in[1]}.CDF(in[0]) }
	if err := (np.Checker{}).Check(cdf, []array{x, nu}, 3, np.AllModes); err != nil {
		t.Error(err)
	}
	// The series meets the rest, for the derivatives for ν too.
	for order := range 4 {
		f := func(z float64) float64 {
			return np.ElementwiseDerivatives(func(nu array) array { return cdf(num(z), nu) }, 3)(num(2.25))[order].Float64()
		}
		below, above := f(0.009999999), f(0.010000001)
		if order == 0 {
			below, above = below-0.5, above-0.5
		}
		if !same(below/0.009999999, above/0.010000001, 1e-9) {
			t.Errorf("derivative %d for ν: %v below 0.01, %v above", order, below, above)
		}
	}
	got := cdf(num(1e-9), num(3)).Float64() - 0.5
	if want := 1e-9 * 0.36755259694786137; math.Abs(got-want) > 1e-16 {
		t.Errorf("1e-9 beyond 0 the distribution function is 1/2 + %g, want %g", got, want)
	}
}

// A density is the derivative of its distribution function, PPF its inverse.
func TestConsistent(t *testing.T) {
	x := np.FromSlice([]float64{0.1, 0.25, 0.6, 0.9})
	for _, d := range []interface {
		PDF(array) array
		CDF(array) array
	}{
		stats.Normal{Loc: num(0.5), Scale: num(2)}, stats.LogNormal{Mu: num(0.5)}, stats.StudentT{DF: num(2.5), Loc: num(0.25)},
		stats.Laplace{Scale: num(2)}, stats.Cauchy{Loc: num(1)}, stats.Gamma{A: num(0.75), Scale: num(2)},
		stats.Chi2{DF: num(3), Loc: num(-1), Scale: num(2)}, stats.Weibull{C: num(1.5), Loc: num(-1), Scale: num(2)}, stats.Exponential{Scale: num(3)},
		stats.Beta{A: num(0.5), B: num(2)}, stats.Uniform{Low: num(-1), High: num(2)},
	} {
		_, dot := np.JVP(d.CDF, x, np.Ones(4))
		pdf := d.PDF(x).Float64s()
		for i, v := range dot.Float64s() {
			if !same(v, pdf[i], 1e-12) {
				t.Errorf("%T: derivative of CDF %v, density %v", d, v, pdf[i])
			}
		}
	}
	d := stats.Normal{Loc: num(0.5), Scale: num(2)}
	for i, v := range d.PPF(d.CDF(x)).Float64s() {
		if !same(v, x.Float64s()[i], 1e-13) {
			t.Errorf("PPF of CDF of %v is %v", x.Float64s()[i], v)
		}
	}
}

// The density of a singular covariance in its plane is that of the plane.
func TestSingular(t *testing.T) {
	// cov = u·uᵀ for u = (3, 4): a normal of variance 25 along u/5.
	d := stats.MultivariateNormal{Cov: np.FromSlice([]float64{9, 12, 12, 16}, 2, 2)}
	x := np.FromSlice([]float64{6, 8})
	if got := d.LogPDF(x).Float64(); got == got {
		t.Errorf("a singular covariance gives %g, want NaN", got)
	}
	d.AllowSingular = true
	want := stats.Normal{Scale: num(5)}.LogPDF(num(10)).Float64()
	if got := d.LogPDF(x).Float64(); !same(got, want, 1e-13) {
		t.Errorf("LogPDF %v, want %v", got, want)
	}
	if err := np.CheckGrads(d.LogPDF, x, 2, np.AllModes); err != nil {
		t.Error(err)
	}
}

func TestPanics(t *testing.T) {
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { stats.MultivariateNormal{Cov: np.Ones(2, 3)}.LogPDF(np.Ones(2)) },
			"stats: MultivariateNormal: covariance of shape [2 3] is not a square matrix"},
		{func() { stats.MultivariateNormal{Cov: np.Ones(2)}.Entropy() },
			"stats: MultivariateNormal: covariance of shape [2] is not a square matrix"},
		{func() { stats.MultivariateNormal{Cov: np.Identity(2)}.LogPDF(np.Ones(3)) },
			"stats: MultivariateNormal.LogPDF: points of shape [3] for a covariance of shape [2 2]"},
		{func() { stats.MultivariateNormal{Cov: np.Identity(2)}.PDF(num(1)) },
			"stats: MultivariateNormal.LogPDF: points of shape [] for a covariance of shape [2 2]"},
	} {
		if err := np.Maybe(c.f); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// The score of a sample: how its likelihood changes with mean and scale.
func ExampleNormal() {
	x := np.FromSlice([]float64{1, 2, 6})
	loss := func(p np.Array) np.Array {
		return np.Sum(stats.Normal{Loc: p.At(0), Scale: np.Exp(p.At(1))}.LogPDF(x)).Neg()
	}
	fmt.Println(np.Grad(loss)(np.FromSlice([]float64{3, 0})).Float64s())
	// Output:
	// [0 -11]
}
