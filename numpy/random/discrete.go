package random

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

// Integers returns whole numbers in [low, high). It panics with a numpy.Error if
// there are none.
func (g *Generator) Integers(low, high int, shape ...int) np.Array {
	if high <= low {
		np.Fail("random: Integers: empty range [%d, %d)", low, high)
	}
	return draw(shape, func() float64 { return float64(low + g.r.IntN(high-low)) })
}

// Bernoulli returns 1 with probability p and otherwise 0. It panics with a
// numpy.Error if p is not in [0, 1].
func (g *Generator) Bernoulli(p float64, shape ...int) np.Array {
	if !(p >= 0 && p <= 1) {
		np.Fail("random: Bernoulli: p = %g", p)
	}
	return g.Binomial(1, p, shape...)
}

// Binomial returns numbers of successes in n trials of probability p, in time
// proportional to n. It panics with a numpy.Error if n is negative or p not in
// [0, 1].
func (g *Generator) Binomial(n int, p float64, shape ...int) np.Array {
	if n < 0 || !(p >= 0 && p <= 1) {
		np.Fail("random: Binomial: n = %d, p = %g", n, p)
	}
	return draw(shape, func() float64 {
		k := 0
		for range n {
			if g.r.Float64() < p {
				k++
			}
		}
		return float64(k)
	})
}

// Poisson returns Poisson numbers with mean mu. It panics with a numpy.Error if
// mu is negative, infinite or NaN.
func (g *Generator) Poisson(mu float64, shape ...int) np.Array {
	if !(mu >= 0) || math.IsInf(mu, 1) {
		np.Fail("random: Poisson: mean %g", mu)
	}
	return draw(shape, func() float64 { return g.poisson(mu) })
}

// poisson counts arrivals in time mu. A large mean is halved by a gamma
// variable, the time of the m-th arrival (Ahrens and Dieter 1974).
func (g *Generator) poisson(mu float64) float64 {
	k := 0.0
	for mu > 30 {
		m := math.Floor(mu * 7 / 8)
		t := g.gamma(m)
		if t > mu {
			// The m-1 arrivals before it are uniform on [0, t).
			for range int(m) - 1 {
				if g.r.Float64()*t < mu {
					k++
				}
			}
			return k
		}
		k += m
		mu -= t
	}
	for t := g.r.ExpFloat64(); t < mu; t += g.r.ExpFloat64() {
		k++
	}
	return k
}

// Permutation returns 0, …, n-1 in random order.
func (g *Generator) Permutation(n int) []int { return g.r.Perm(n) }

// Choice returns k of the numbers 0, …, n-1, the same one never twice.
// It panics with a numpy.Error if k is negative or larger than n.
func (g *Generator) Choice(n, k int) []int {
	if k < 0 || k > n {
		np.Fail("random: Choice: %d of %d", k, n)
	}
	return g.r.Perm(n)[:k]
}

// Categorical returns n indices, each i drawn in proportion to weight[i]. It
// panics with a numpy.Error if a weight is negative, infinite or NaN, or all are
// 0.
func (g *Generator) Categorical(weight []float64, n int) []int {
	sum := 0.0
	for _, w := range weight {
		if !(w >= 0) {
			np.Fail("random: Categorical: weight %g", w)
		}
		sum += w
	}
	if !(sum > 0) || math.IsInf(sum, 1) {
		np.Fail("random: Categorical: the weights sum to %g", sum)
	}
	out := make([]int, n)
	for k := range out {
		u := g.r.Float64() * sum
		for i, w := range weight {
			if w > 0 {
				out[k] = i // the last one, if rounding leaves u above the sum
			}
			if u -= w; u < 0 {
				break
			}
		}
	}
	return out
}
