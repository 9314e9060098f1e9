package random

import (
	"math"
	"math/rand/v2"

	np "github.com/dualjet/dualjet/numpy"
)

// A Generator draws random numbers. The zero value is of no use; see [New].
type Generator struct{ r *rand.Rand }

// New returns a generator of the sequence that belongs to the seed.
func New(seed uint64) *Generator {
	return &Generator{rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
}

// draw returns an array of the shape whose elements f draws.
func draw(shape []int, f func() float64) np.Array {
	n := 1
	for _, s := range shape {
		if s < 0 {
			np.Fail("random: negative length in shape %v", shape)
		}
		n *= s
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = f()
	}
	return np.Wrap(v, append([]int{}, shape...)...)
}

// open returns a uniform number that is neither 0 nor 1.
func (g *Generator) open() float64 {
	for {
		if u := g.r.Float64(); u > 0 {
			return u
		}
	}
}

// shapeOf returns the shape that parameters broadcast to where none is given,
// and otherwise the one given, after a look at whether they broadcast to it.
func shapeOf(shape []int, params ...np.Array) []int {
	if len(shape) == 0 {
		sum := np.Scalar(0)
		for _, p := range params {
			sum = np.Add(sum, p.Detach())
		}
		return sum.Shape()
	}
	for _, p := range params {
		have := p.Shape()
		fits := len(have) <= len(shape)
		for i := 1; fits && i <= len(have); i++ {
			n := have[len(have)-i]
			fits = n == 1 || n == shape[len(shape)-i]
		}
		if !fits {
			np.Fail("random: parameter of shape %v does not broadcast to %v", have, shape)
		}
	}
	return shape
}

// StandardNormal returns normal numbers with mean 0 and variance 1.
func (g *Generator) StandardNormal(shape ...int) np.Array { return draw(shape, g.r.NormFloat64) }

// Random returns uniform numbers in [0, 1).
func (g *Generator) Random(shape ...int) np.Array { return draw(shape, g.r.Float64) }

// Normal returns normal numbers with the given means and standard deviations.
// Without a shape the result has that of the parameters; otherwise they
// broadcast to it, and it panics with a numpy.Error if they do not. The same
// holds for the other samplers.
func (g *Generator) Normal(loc, scale np.Array, shape ...int) np.Array {
	z := g.StandardNormal(shapeOf(shape, loc, scale)...)
	return np.Add(loc, np.Mul(scale, z))
}

// LogNormal returns exp(z) for normal z with mean mu and standard deviation
// sigma.
func (g *Generator) LogNormal(mu, sigma np.Array, shape ...int) np.Array {
	return np.Exp(g.Normal(mu, sigma, shape...))
}

// Uniform returns uniform numbers in [low, high).
func (g *Generator) Uniform(low, high np.Array, shape ...int) np.Array {
	u := g.Random(shapeOf(shape, low, high)...)
	return np.Add(low, np.Mul(np.Sub(high, low), u))
}

// Exponential returns exponential numbers with mean scale.
func (g *Generator) Exponential(scale np.Array, shape ...int) np.Array {
	return np.Mul(scale, draw(shapeOf(shape, scale), g.r.ExpFloat64))
}

// inverse returns loc + scale·q(u) for uniform u: sampling by the inverse of a
// distribution function.
func (g *Generator) inverse(loc, scale np.Array, shape []int, q func(u float64) float64) np.Array {
	z := draw(shapeOf(shape, loc, scale), func() float64 { return q(g.open()) })
	return np.Add(loc, np.Mul(scale, z))
}

// Laplace returns numbers of the Laplace distribution around loc, whose mean
// distance from it is scale.
func (g *Generator) Laplace(loc, scale np.Array, shape ...int) np.Array {
	return g.inverse(loc, scale, shape, func(u float64) float64 {
		if u < 0.5 {
			return math.Log(2 * u)
		}
		return -math.Log(2 * (1 - u))
	})
}

// Logistic returns numbers of the logistic distribution around loc, with the
// distribution function 1/(1+exp(-(x-loc)/scale)).
func (g *Generator) Logistic(loc, scale np.Array, shape ...int) np.Array {
	return g.inverse(loc, scale, shape, func(u float64) float64 { return math.Log(u) - math.Log1p(-u) })
}

// Gumbel returns numbers of the Gumbel distribution, that of maxima, with the
// mode loc and the distribution function exp(-exp(-(x-loc)/scale)).
func (g *Generator) Gumbel(loc, scale np.Array, shape ...int) np.Array {
	return g.inverse(loc, scale, shape, func(u float64) float64 { return -math.Log(-math.Log(u)) })
}

// Cauchy returns numbers of the Cauchy distribution around loc, half of them at
// most scale away.
func (g *Generator) Cauchy(loc, scale np.Array, shape ...int) np.Array {
	return g.inverse(loc, scale, shape, func(u float64) float64 { return math.Tan(math.Pi * (u - 0.5)) })
}

// Rayleigh returns numbers of the Rayleigh distribution, lengths of vectors of
// two normal numbers with standard deviation scale.
func (g *Generator) Rayleigh(scale np.Array, shape ...int) np.Array {
	return np.Mul(scale, draw(shapeOf(shape, scale), func() float64 { return math.Sqrt(2 * g.r.ExpFloat64()) }))
}

// Weibull returns numbers of the Weibull distribution with shape a and scale 1,
// differentiable in a.
func (g *Generator) Weibull(a np.Array, shape ...int) np.Array {
	e := draw(shapeOf(shape, a), g.r.ExpFloat64)
	return np.Exp(np.Div(np.Log(e), a))
}

// Pareto returns numbers of the Lomax distribution, p for which 1+p has a
// Pareto distribution with shape a, differentiable in a.
func (g *Generator) Pareto(a np.Array, shape ...int) np.Array {
	e := draw(shapeOf(shape, a), g.r.ExpFloat64)
	return np.Expm1(np.Div(e, a))
}

// MultivariateNormal returns n normal vectors mean + L·ε, along the last axis. It
// does not take their covariance matrix L·Lᵀ, as NumPy does, but L, which is
// linalg.Cholesky of it. It panics with a numpy.Error if the mean is not a vector
// or shapes do not fit.
func (g *Generator) MultivariateNormal(mean, chol np.Array, n int) np.Array {
	if mean.NDim() != 1 {
		np.Fail("random: MultivariateNormal: mean of shape %v, want a vector", mean.Shape())
	}
	z := g.StandardNormal(n, mean.Size())
	return np.Add(mean, np.MatMul(z, np.Transpose(chol)))
}

// GumbelSoftmax returns softmax((logits + Gumbel noise)/temperature) along the
// last axis: vectors close to one of the axes, chosen in proportion to
// exp(logits), and yet differentiable.
func (g *Generator) GumbelSoftmax(logits np.Array, temperature float64) np.Array {
	if !(temperature > 0) {
		np.Fail("random: GumbelSoftmax: temperature %g is not positive", temperature)
	}
	noise := g.Gumbel(np.Scalar(0), np.Scalar(1), logits.Shape()...)
	return np.Softmax(np.Add(logits, np.Reshape(noise, logits.Shape()...)).Scale(1/temperature), -1)
}
