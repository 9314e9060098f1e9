package random_test

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/random"
)

type array = np.Array

var num = np.Scalar

// continuous are the samplers with a distribution function, each with n
// numbers.
var continuous = []struct {
	name   string
	sample func(g *random.Generator, n int) array
	dist   interface {
		CDF(x float64) float64
		Mean() float64
		Variance() float64
	}
}{
	{"StandardNormal", func(g *random.Generator, n int) array { return g.StandardNormal(n) }, distuv.UnitNormal},
	{"Random", func(g *random.Generator, n int) array { return g.Random(n) }, distuv.UnitUniform},
	{"Normal", func(g *random.Generator, n int) array { return g.Normal(num(-1), num(2), n) }, distuv.Normal{Mu: -1, Sigma: 2}},
	{"LogNormal", func(g *random.Generator, n int) array { return g.LogNormal(num(0.5), num(0.25), n) }, distuv.LogNormal{Mu: 0.5, Sigma: 0.25}},
	{"Uniform", func(g *random.Generator, n int) array { return g.Uniform(num(-1), num(3), n) }, distuv.Uniform{Min: -1, Max: 3}},
	{"Exponential", func(g *random.Generator, n int) array { return g.Exponential(num(3), n) }, distuv.Exponential{Rate: 1.0 / 3}},
	{"Laplace", func(g *random.Generator, n int) array { return g.Laplace(num(1), num(2), n) }, distuv.Laplace{Mu: 1, Scale: 2}},
	{"Logistic", func(g *random.Generator, n int) array { return g.Logistic(num(1), num(2), n) }, distuv.Logistic{Mu: 1, S: 2}},
	{"Gumbel", func(g *random.Generator, n int) array { return g.Gumbel(num(1), num(2), n) }, distuv.GumbelRight{Mu: 1, Beta: 2}},
	{"Cauchy", func(g *random.Generator, n int) array { return g.Cauchy(num(1), num(2), n) }, cauchy{1, 2}},
	{"Rayleigh", func(g *random.Generator, n int) array { return g.Rayleigh(num(2), n) }, distuv.Weibull{K: 2, Lambda: 2 * math.Sqrt2}},
	{"Weibull", func(g *random.Generator, n int) array { return g.Weibull(num(1.5), n) }, distuv.Weibull{K: 1.5, Lambda: 1}},
	{"Pareto", func(g *random.Generator, n int) array { return g.Pareto(num(5), n).AddConst(1) }, distuv.Pareto{Xm: 1, Alpha: 5}},
	{"Gamma above 1", func(g *random.Generator, n int) array { return g.Gamma(num(2.5), num(2), n) }, distuv.Gamma{Alpha: 2.5, Beta: 0.5}},
	{"Gamma below 1", func(g *random.Generator, n int) array { return g.Gamma(num(0.5), num(3), n) }, distuv.Gamma{Alpha: 0.5, Beta: 1.0 / 3}},
	{"Beta", func(g *random.Generator, n int) array { return g.Beta(num(0.75), num(2), n) }, distuv.Beta{Alpha: 0.75, Beta: 2}},
	{"Chi2", func(g *random.Generator, n int) array { return g.Chi2(num(3), n) }, distuv.ChiSquared{K: 3}},
	{"StandardT", func(g *random.Generator, n int) array { return g.StandardT(num(7), n) }, distuv.StudentsT{Sigma: 1, Nu: 7}},
	{"Dirichlet", func(g *random.Generator, n int) array {
		return np.Take(g.Dirichlet(np.FromSlice([]float64{0.5, 1, 2}), n), []int{1}, 1)
	}, distuv.Beta{Alpha: 1, Beta: 2.5}},
}

// cauchy is a Cauchy distribution, which has no moments.
type cauchy struct{ loc, scale float64 }

func (c cauchy) CDF(x float64) float64 { return 0.5 + math.Atan((x-c.loc)/c.scale)/math.Pi }
func (c cauchy) Mean() float64         { return math.NaN() }
func (c cauchy) Variance() float64     { return math.NaN() }

// TestContinuous compares samples with their distribution: the moments, and the
// largest distance of the distribution functions, which exceeds 1.95/√n once in
// a thousand times (Kolmogorov).
func TestContinuous(t *testing.T) {
	const n = 20000
	for _, c := range continuous {
		x := c.sample(random.New(11), n).Float64s()
		sort.Float64s(x)
		worst, mean := 0.0, 0.0
		for i, v := range x {
			p := c.dist.CDF(v)
			worst = max(worst, math.Abs(p-float64(i)/n), math.Abs(p-float64(i+1)/n))
			mean += v / n
		}
		if limit := 1.95 / math.Sqrt(n); !(worst < limit) {
			t.Errorf("%s: distribution functions differ by %.4f, more than %.4f", c.name, worst, limit)
		}
		if variance := c.dist.Variance(); variance == variance {
			sum := 0.0
			for _, v := range x {
				sum += (v - mean) * (v - mean) / (n - 1)
			}
			if d := math.Abs(mean - c.dist.Mean()); d > 4*math.Sqrt(variance/n) {
				t.Errorf("%s: mean %.4f, want %.4f", c.name, mean, c.dist.Mean())
			}
			if math.Abs(sum/variance-1) > 0.15 {
				t.Errorf("%s: variance %.4f, want %.4f", c.name, sum, variance)
			}
		}
	}
}

// A seed gives the same numbers every time, another seed others.
func TestSeed(t *testing.T) {
	for _, c := range continuous {
		a, b, other := c.sample(random.New(3), 50), c.sample(random.New(3), 50), c.sample(random.New(4), 50)
		if !slices.Equal(a.Float64s(), b.Float64s()) {
			t.Errorf("%s: the same seed gives other numbers", c.name)
		}
		same := 0
		for i, v := range a.Float64s() {
			if v == other.Float64s()[i] {
				same++
			}
		}
		if same > 0 {
			t.Errorf("%s: another seed gives %d of 50 numbers again", c.name, same)
		}
	}
	// The sequence is fixed for all time.
	want := []float64{0.06261612482267986, 0.4311712362645682, 0.06539601459302136}
	for i, v := range random.New(1).Random(3).Float64s() {
		if v != want[i] {
			t.Errorf("number %d of seed 1 is %v, want %v", i, v, want[i])
		}
	}
}

// reparameterised are samplers as functions of their parameters.
var reparameterised = []struct {
	name   string
	params []array
	sample func(g *random.Generator, p []array) array
}{
	{"Normal", []array{num(1), num(2)}, func(g *random.Generator, p []array) array { return g.Normal(p[0], p[1], 4) }},
	{"Normal, shape of parameters", []array{np.FromSlice([]float64{1, 2, 3}), np.FromSlice([]float64{1, 2}, 2, 1)},
		func(g *random.Generator, p []array) array { return g.Normal(p[0], p[1]) }},
	{"LogNormal", []array{num(0.5), num(0.25)}, func(g *random.Generator, p []array) array { return g.LogNormal(p[0], p[1], 4) }},
	{"Uniform", []array{num(-1), num(3)}, func(g *random.Generator, p []array) array { return g.Uniform(p[0], p[1], 4) }},
	{"Exponential", []array{num(3)}, func(g *random.Generator, p []array) array { return g.Exponential(p[0], 4) }},
	{"Laplace", []array{num(1), num(2)}, func(g *random.Generator, p []array) array { return g.Laplace(p[0], p[1], 4) }},
	{"Logistic", []array{num(1), num(2)}, func(g *random.Generator, p []array) array { return g.Logistic(p[0], p[1], 4) }},
	{"Gumbel", []array{num(1), num(2)}, func(g *random.Generator, p []array) array { return g.Gumbel(p[0], p[1], 4) }},
	{"Cauchy", []array{num(1), num(2)}, func(g *random.Generator, p []array) array { return g.Cauchy(p[0], p[1], 4) }},
	{"Rayleigh", []array{num(2)}, func(g *random.Generator, p []array) array { return g.Rayleigh(p[0], 4) }},
	{"Weibull", []array{num(1.5)}, func(g *random.Generator, p []array) array { return g.Weibull(p[0], 4) }},
	{"Pareto", []array{num(5)}, func(g *random.Generator, p []array) array { return g.Pareto(p[0], 4) }},
	{"MultivariateNormal", []array{np.FromSlice([]float64{1, 2}), np.FromSlice([]float64{2, 0, 1, 3}, 2, 2)},
		func(g *random.Generator, p []array) array { return g.MultivariateNormal(p[0], p[1], 3) }},
	{"GumbelSoftmax", []array{np.FromSlice([]float64{1, 2, 0.5})}, func(g *random.Generator, p []array) array { return g.GumbelSoftmax(p[0], 0.5) }},
}

// TestReparameterised compares derivatives of samples, first and second and in
// all modes, with differences of samples of the same seed.
func TestReparameterised(t *testing.T) {
	for _, c := range reparameterised {
		f := func(p ...array) array { return c.sample(random.New(5), p) }
		if err := (np.Checker{}).Check(f, c.params, 2, np.AllModes); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestImplicit checks the samplers that rest on that of the gamma distribution.
// A sample of another shape is not drawn from the same numbers: the derivative
// is that of the quantile that the sample is, so differences are of quantiles.
func TestImplicit(t *testing.T) {
	const h = 1e-4
	for _, a := range []float64{0.4, 0.9, 1, 2.5, 40} {
		x, dot := np.JVP(func(a array) array { return random.New(6).Gamma(a, num(1), 20) }, num(a), num(1))
		for i, x := range x.Float64s() {
			p := distuv.Gamma{Alpha: a, Beta: 1}.CDF(x)
			quantile := func(a float64) float64 { return solve(distuv.Gamma{Alpha: a, Beta: 1}.CDF, p, x) }
			want := (quantile(a+h) - quantile(a-h)) / (2 * h)
			if got := dot.Float64s()[i]; math.Abs(got-want) > 1e-5*math.Abs(want)+1e-9 {
				t.Errorf("Gamma(%g): derivative at sample %g is %g, want %g", a, x, got, want)
			}
		}
	}
}

// solve returns the z close to x with cdf(z) = p, by bisection.
func solve(cdf func(float64) float64, p, x float64) float64 {
	lo, hi := x*0.9, x*1.1
	for range 100 {
		if mid := (lo + hi) / 2; cdf(mid) < p {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// The derivative of an expectation is the expectation of the derivative.
func TestExpectations(t *testing.T) {
	const n = 40000
	mean := func(sample func(g *random.Generator, p array) array) func(array) array {
		return func(p array) array { return np.Mean(sample(random.New(8), p)) }
	}
	for _, c := range []struct {
		name   string
		at     float64
		sample func(g *random.Generator, p array) array
		want   float64
		tol    float64
	}{
		// d/da of a.
		{"Gamma", 2.5, func(g *random.Generator, a array) array { return g.Gamma(a, num(1), n) }, 1, 0.02},
		{"Gamma below 1", 0.5, func(g *random.Generator, a array) array { return g.Gamma(a, num(1), n) }, 1, 0.03},
		{"Gamma, scale", 2, func(g *random.Generator, s array) array { return g.Gamma(num(2.5), s, n) }, 2.5, 0.03},
		// d/dk of k.
		{"Chi2", 3, func(g *random.Generator, k array) array { return g.Chi2(k, n) }, 1, 0.02},
		// d/da of a/(a+b) = b/(a+b)².
		{"Beta", 2, func(g *random.Generator, a array) array { return g.Beta(a, num(3), n) }, 3.0 / 25, 0.003},
		{"Beta, other", 3, func(g *random.Generator, b array) array { return g.Beta(num(2), b, n) }, -2.0 / 25, 0.003},
		{"Dirichlet", 2, func(g *random.Generator, a array) array {
			return np.Take(g.Dirichlet(np.Stack(0, a, num(2), num(1)), n), []int{0}, 1)
		}, 3.0 / 25, 0.003},
		// d/dν of ν/(ν-2) = -2/(ν-2)².
		{"StandardT", 10, func(g *random.Generator, df array) array { return np.Square(g.StandardT(df, n)) }, -2.0 / 64, 0.003},
	} {
		_, dot := np.JVP(mean(c.sample), num(c.at), num(1))
		if got := dot.Float64(); math.Abs(got-c.want) > c.tol {
			t.Errorf("%s: derivative %.4f, want %.4f", c.name, got, c.want)
		}
		if back := np.Grad(mean(c.sample))(num(c.at)).Float64(); math.Abs(back-dot.Float64()) > 1e-12 {
			t.Errorf("%s: reverse mode %v, forward %v", c.name, back, dot.Float64())
		}
	}
}

// The sample is one of the quantile function, whose higher derivatives follow
// from dx/da = -∂F/∂a / f with x moving.
func TestGammaSecond(t *testing.T) {
	const h = 1e-2
	for _, a := range []float64{0.7, 2.5, 9} {
		f := func(a array) array { return random.New(9).Gamma(a, num(1), 5) }
		first := func(a array) array {
			_, dot := np.JVP(f, a, num(1))
			return dot
		}
		x := f(num(a)).Float64s()
		_, second := np.JVP(first, num(a), num(1))
		for i, x := range x {
			p := distuv.Gamma{Alpha: a, Beta: 1}.CDF(x)
			q := func(a float64) float64 { return solve(distuv.Gamma{Alpha: a, Beta: 1}.CDF, p, x) }
			want := (q(a+h) - 2*q(a) + q(a-h)) / (h * h)
			if got := second.Float64s()[i]; math.Abs(got-want) > 1e-3*math.Abs(want)+1e-5 {
				t.Errorf("Gamma(%g): second derivative at %g is %g, want %g", a, x, got, want)
			}
		}
		// The other modes agree.
		taylor := np.ElementwiseDerivatives(f, 2)(num(a))
		_, pull := np.VJP(first, num(a))
		back := pull(np.Ones(5)).Float64()
		sum := 0.0
		for i, v := range second.Float64s() {
			sum += v
			if w := taylor[2].Float64s()[i]; math.Abs(v-w) > 1e-9*math.Abs(v) {
				t.Errorf("Gamma(%g): second derivative %g by Taylor, %g forward", a, w, v)
			}
		}
		if math.Abs(back-sum) > 1e-9*math.Abs(sum) {
			t.Errorf("Gamma(%g): second derivative %g in reverse, %g forward", a, back, sum)
		}
	}
}

func TestShapes(t *testing.T) {
	g := random.New(1)
	row, col := np.Ones(3), np.Ones(2, 1)
	for _, c := range []struct {
		name string
		x    array
		want []int
	}{
		{"Normal", g.Normal(row, col), []int{2, 3}},
		{"Normal of numbers", g.Normal(num(0), num(1)), nil},
		{"Normal with shape", g.Normal(row, num(1), 4, 3), []int{4, 3}},
		{"Gamma", g.Gamma(row, col), []int{2, 3}},
		{"Gamma, scale to shape", g.Gamma(num(1), row, 2, 3), []int{2, 3}},
		{"Beta", g.Beta(col, row), []int{2, 3}},
		{"Weibull", g.Weibull(row), []int{3}},
		{"StandardT", g.StandardT(row), []int{3}},
		{"Dirichlet", g.Dirichlet(row, 5), []int{5, 3}},
		{"MultivariateNormal", g.MultivariateNormal(row, np.Identity(3), 5), []int{5, 3}},
		{"GumbelSoftmax", g.GumbelSoftmax(np.Ones(2, 3), 1), []int{2, 3}},
		{"GumbelSoftmax of number", g.GumbelSoftmax(np.Ones(3), 1), []int{3}},
		{"Integers", g.Integers(0, 3, 2, 2), []int{2, 2}},
		{"Random of nothing", g.Random(0, 2), []int{0, 2}},
	} {
		if !slices.Equal(c.x.Shape(), c.want) {
			t.Errorf("%s: shape %v, want %v", c.name, c.x.Shape(), c.want)
		}
	}
}

// TestDiscrete compares frequencies with probabilities.
func TestDiscrete(t *testing.T) {
	const n = 20000
	ints := func(x []int) []float64 {
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = float64(v)
		}
		return y
	}
	weights := []float64{1, 0, 3, 4}
	for _, c := range []struct {
		name string
		x    []float64
		prob func(k float64) float64
		max  int
	}{
		{"Integers", random.New(1).Integers(0, 5, n).Float64s(), func(float64) float64 { return 0.2 }, 4},
		{"Bernoulli", random.New(2).Bernoulli(0.3, n).Float64s(), distuv.Bernoulli{P: 0.3}.Prob, 1},
		{"Binomial", random.New(3).Binomial(6, 0.3, n).Float64s(), distuv.Binomial{N: 6, P: 0.3}.Prob, 6},
		{"Poisson", random.New(4).Poisson(2.5, n).Float64s(), distuv.Poisson{Lambda: 2.5}.Prob, 14},
		{"Poisson of a large mean", random.New(5).Poisson(80, n).Float64s(), distuv.Poisson{Lambda: 80}.Prob, 150},
		{"Poisson of a middling mean", random.New(6).Poisson(35, n).Float64s(), distuv.Poisson{Lambda: 35}.Prob, 80},
		{"Categorical", ints(random.New(7).Categorical(weights, n)), func(k float64) float64 { return weights[int(k)] / 8 }, 3},
	} {
		count := make([]int, c.max+2)
		for _, v := range c.x {
			if v != math.Trunc(v) || v < 0 {
				t.Fatalf("%s: %v", c.name, v)
			}
			count[min(int(v), c.max+1)]++
		}
		if count[c.max+1] > 5 {
			t.Errorf("%s: %d numbers above %d", c.name, count[c.max+1], c.max)
		}
		// Pearson's statistic over the values expected 5 times or more.
		chi2, df := 0.0, -1
		for k, m := range count[:c.max+1] {
			want := c.prob(float64(k)) * n
			switch {
			case want == 0 && m > 0:
				t.Errorf("%s: %d drawn %d times, of probability 0", c.name, k, m)
			case want >= 5:
				d := float64(m) - want
				chi2 += d * d / want
				df++
			}
		}
		if p := 1 - (distuv.ChiSquared{K: float64(df)}).CDF(chi2); p < 1e-3 {
			t.Errorf("%s: χ² = %.1f with %d degrees of freedom, probability %.2g", c.name, chi2, df, p)
		}
	}
	if x := random.New(1).Integers(-3, -2, 4).Float64s(); !slices.Equal(x, []float64{-3, -3, -3, -3}) {
		t.Errorf("Integers(-3, -2) gives %v", x)
	}
	if x := random.New(1).Poisson(0, 2).Float64s(); !slices.Equal(x, []float64{0, 0}) {
		t.Errorf("Poisson(0) gives %v", x)
	}
}

// Every order of a few and every pick is as likely.
func TestPermutations(t *testing.T) {
	const n = 6000
	g := random.New(10)
	orders, picks := map[string]int{}, map[string]int{}
	for range n {
		orders[fmt.Sprint(g.Permutation(3))]++
		picks[fmt.Sprint(g.Choice(3, 2))]++
	}
	for _, m := range []map[string]int{orders, picks} {
		if len(m) != 6 {
			t.Errorf("%d different ones, want 6: %v", len(m), m)
		}
		for k, v := range m {
			if math.Abs(float64(v)-n/6) > 4*math.Sqrt(n*5.0/36) {
				t.Errorf("%s drawn %d times of %d, want one in 6", k, v, n)
			}
		}
	}
}

// Covariances of normal vectors, and sums of Dirichlet's.
func TestVectors(t *testing.T) {
	const n = 20000
	g := random.New(12)
	chol := np.FromSlice([]float64{2, 0, 1, 3}, 2, 2)
	mean := np.FromSlice([]float64{1, -1})
	x := g.MultivariateNormal(mean, chol, n)
	center := np.Sub(x, mean)
	cov := np.MatMul(np.Transpose(center), center).Scale(1.0 / n)
	for i, want := range []float64{4, 2, 2, 10} {
		if got := cov.Float64s()[i]; math.Abs(got-want) > 0.3 {
			t.Errorf("covariance %d: %.3f, want %g", i, got, want)
		}
	}
	for i, v := range np.Mean(x, np.Axis(0)).Float64s() {
		if math.Abs(v-mean.Float64s()[i]) > 0.1 {
			t.Errorf("mean %d: %.3f, want %g", i, v, mean.Float64s()[i])
		}
	}
	for _, s := range np.Sum(g.Dirichlet(np.FromSlice([]float64{0.5, 1, 2}), 10), np.Axis(1)).Float64s() {
		if math.Abs(s-1) > 1e-15 {
			t.Errorf("Dirichlet: sum %v, want 1", s)
		}
	}
	// A small temperature picks one in proportion to exp(logits).
	logits := np.BroadcastTo(np.Log(np.FromSlice([]float64{1, 3, 4})), n, 3)
	picks := np.Mean(g.GumbelSoftmax(logits, 0.01), np.Axis(0)).Float64s()
	for i, want := range []float64{0.125, 0.375, 0.5} {
		if math.Abs(picks[i]-want) > 0.015 {
			t.Errorf("GumbelSoftmax: class %d picked %.3f of the time, want %g", i, picks[i], want)
		}
	}
}

// A shape that is not positive gives NaN, not an endless loop.
func TestNaN(t *testing.T) {
	for _, a := range []float64{0, -1, math.NaN()} {
		if v := random.New(1).Gamma(num(a), num(1)).Float64(); v == v {
			t.Errorf("Gamma(%g) gives %g, want NaN", a, v)
		}
	}
}

// A shape so small that samples underflow has no derivatives that are NaN.
func TestTiny(t *testing.T) {
	x, dot := np.JVP(func(a array) array { return random.New(1).Gamma(a, num(1), 50) }, num(1e-3), num(1))
	zeros := 0
	for i, v := range x.Float64s() {
		if v == 0 {
			zeros++
		}
		if d := dot.Float64s()[i]; !(d >= 0) || math.IsInf(d, 0) {
			t.Errorf("sample %g: derivative %g", v, d)
		}
	}
	if zeros == 0 {
		t.Error("no sample underflows")
	}
}

// Where the shape is small F(x) = xᵃ/Γ(a+1) but for terms of order x, so that
// dx/da = x·(ψ(a+1) - log x)/a.
func TestSmallShape(t *testing.T) {
	const a, psi = 0.01, -0.5608854578686745 // ψ(1.01)
	x, dot := np.JVP(func(a array) array { return random.New(2).Gamma(a, num(1), 100) }, num(a), num(1))
	seen := 0
	for i, v := range x.Float64s() {
		if v > 1e-9 || v < 1e-290 {
			continue
		}
		seen++
		want := v * (psi - math.Log(v)) / a
		if got := dot.Float64s()[i]; math.Abs(got-want) > 1e-7*want {
			t.Errorf("sample %g: derivative %g, want %g", v, got, want)
		}
	}
	if seen < 50 {
		t.Errorf("only %d small samples", seen)
	}
}

func TestPanics(t *testing.T) {
	g := random.New(1)
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { g.Integers(3, 3) }, "random: Integers: empty range [3, 3)"},
		{func() { g.Binomial(-1, 0.5) }, "random: Binomial: n = -1, p = 0.5"},
		{func() { g.Bernoulli(1.5) }, "random: Bernoulli: p = 1.5"},
		{func() { g.Binomial(1, math.NaN()) }, "random: Binomial: n = 1, p = NaN"},
		{func() { g.Poisson(-1) }, "random: Poisson: mean -1"},
		{func() { g.Poisson(math.Inf(1)) }, "random: Poisson: mean +Inf"},
		{func() { g.Choice(2, 3) }, "random: Choice: 3 of 2"},
		{func() { g.Categorical([]float64{1, -1}, 1) }, "random: Categorical: weight -1"},
		{func() { g.Categorical([]float64{0}, 1) }, "random: Categorical: the weights sum to 0"},
		{func() { g.Categorical([]float64{math.Inf(1)}, 1) }, "random: Categorical: the weights sum to +Inf"},
		{func() { g.GumbelSoftmax(np.Ones(2), 0) }, "random: GumbelSoftmax: temperature 0 is not positive"},
		{func() { g.Random(2, -1) }, "random: negative length in shape [2 -1]"},
		{func() { g.Normal(np.Ones(3), num(1), 2) }, "random: parameter of shape [3] does not broadcast to [2]"},
		{func() { g.Normal(np.Ones(3), num(1), 1) }, "random: parameter of shape [3] does not broadcast to [1]"},
		{func() { g.Gamma(np.Ones(3), num(1), 1) }, "random: parameter of shape [3] does not broadcast to [1]"},
		{func() { g.Gamma(num(1), np.Ones(3), 1) }, "random: parameter of shape [3] does not broadcast to [1]"},
		{func() { g.Dirichlet(np.Ones(2, 2), 1) }, "random: Dirichlet: alpha of shape [2 2], want a vector"},
		{func() { g.MultivariateNormal(np.Ones(2, 2), np.Identity(2), 1) }, "random: MultivariateNormal: mean of shape [2 2], want a vector"},
	} {
		err := np.Maybe(c.f)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}
