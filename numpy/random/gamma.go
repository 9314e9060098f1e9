package random

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// sampleOp is a sample of a gamma distribution as a function of its shape: the
// sample moves so that its distribution function stays, dx/da = -∂F/∂a / f
// (implicit reparameterisation, Figurnov, Mohamed and Mnih 2018).
var sampleOp = &np.Op{Name: "random.Gamma"}

func init() {
	sampleOp.Eval = func(c *np.Call) np.Array { return c.Param.(np.Array) }
	sampleOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		a, x := c.In[0], c.Out[0]
		// The derivative for a with x fixed is the JVP of the incomplete gamma
		// function, which has all higher derivatives.
		_, dF := np.JVP(func(a np.Array) np.Array { return special.GammaInc(a, x) }, a, np.OnesLike(a))
		logf := np.Sub(np.Mul(a.AddConst(-1), np.Log(x)), np.Add(x, special.GammaLn(a)))
		return np.AZMul(v, np.Mul(dF, np.Exp(logf.Neg())).Neg())
	}
}

// Gamma returns numbers of the gamma distribution with shape a and the given
// scale, differentiable in both. For the shape the derivative is that of the
// quantile that the sample is; the same seed and another shape can give the
// sample of another quantile. A shape that is not positive gives NaN. A program
// of numpy.Record keeps the samples whatever shape it is run with. All this
// holds for the samplers below too.
func (g *Generator) Gamma(a, scale np.Array, shape ...int) np.Array {
	shape = shapeOf(shape, a, scale)
	a = np.BroadcastTo(a, shape...)
	shapes := a.Float64s()
	i := -1
	x := draw(shape, func() float64 {
		i++
		return g.gamma(shapes[i])
	})
	return np.Mul(scale, sampleOp.Apply(x, a))
}

// Beta returns numbers of the beta distribution, differentiable in both
// parameters.
func (g *Generator) Beta(a, b np.Array, shape ...int) np.Array {
	shape = shapeOf(shape, a, b)
	one := np.Scalar(1)
	x, y := g.Gamma(a, one, shape...), g.Gamma(b, one, shape...)
	return np.Div(x, np.Add(x, y))
}

// Chi2 returns numbers of the chi-squared distribution with df degrees of
// freedom, differentiable in them.
func (g *Generator) Chi2(df np.Array, shape ...int) np.Array {
	return g.Gamma(df.Scale(0.5), np.Scalar(2), shape...)
}

// StandardT returns numbers of Student's t distribution with df degrees of
// freedom, differentiable in them.
func (g *Generator) StandardT(df np.Array, shape ...int) np.Array {
	shape = shapeOf(shape, df)
	z := g.StandardNormal(shape...)
	return np.Mul(z, np.Sqrt(np.Div(df, g.Chi2(df, shape...))))
}

// Dirichlet returns n vectors, along the last axis, of the Dirichlet distribution
// with the parameters alpha, a vector, differentiable in them. It panics with a
// numpy.Error if alpha is not a vector.
func (g *Generator) Dirichlet(alpha np.Array, n int) np.Array {
	if alpha.NDim() != 1 {
		np.Fail("random: Dirichlet: alpha of shape %v, want a vector", alpha.Shape())
	}
	x := g.Gamma(alpha, np.Scalar(1), n, alpha.Size())
	return np.Div(x, np.Sum(x, np.Axis(-1), np.KeepDims))
}

// gamma draws by the method of Marsaglia and Tsang, ACM TOMS 26 (2000) 363.
func (g *Generator) gamma(a float64) float64 {
	if !(a > 0) {
		return math.NaN()
	}
	if a < 1 {
		return g.gamma(a+1) * math.Pow(g.open(), 1/a)
	}
	d := a - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := g.r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		if u := g.open(); math.Log(u) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
