package special

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/dualjet/dualjet/internal/special"
	np "github.com/dualjet/dualjet/numpy"
)

var (
	betaLnOp = &np.Op{Name: "special.BetaLn", Broadcast: true}
	ndtriOp  = &np.Op{Name: "special.NDTRI"}
)

func init() {
	betaLnOp.Eval = func(c *np.Call) np.Array {
		return each(func(x []float64) float64 { return special.Lbeta(x[0], x[1]) }, c.In...)
	}
	betaLnOp.JVP = func(c *np.Call, i int, v np.Array) np.Array {
		return np.AZMul(v, np.Sub(c.In[i].Digamma(), np.Add(c.In[0], c.In[1]).Digamma()))
	}
	betaLnOp.VJP = betaLnOp.JVP

	ndtriOp.Eval = func(c *np.Call) np.Array {
		return each(func(x []float64) float64 { return quantile(x[0]) }, c.In[0])
	}
	ndtriOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		return np.AZMul(v, np.Exp(np.Square(c.Out[0]).Scale(0.5)).Scale(math.Sqrt(2*math.Pi)))
	}
	ndtriOp.VJP = ndtriOp.JVP
}

// quantile returns the normal quantile p, after a step of Newton's method in
// the logarithm of the smaller tail.
func quantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0 || p == 1:
		return math.Inf(int(2*p) - 1)
	case p > 0.5:
		if q := 1 - p; q < 0.25 {
			return -quantile(q)
		}
	}
	x := distuv.UnitNormal.Quantile(p)
	cdf := special.NormCDF(x)
	return x - (cdf-p)/math.Exp(-x*x/2)*math.Sqrt(2*math.Pi)
}

// BetaLn returns the logarithm of |B(a, b)|, the beta function.
func BetaLn(a, b np.Array) np.Array { return betaLnOp.Apply(nil, a, b) }

// Beta returns the beta function B(a, b) of positive a and b.
func Beta(a, b np.Array) np.Array { return np.Exp(BetaLn(a, b)) }

// NDTRI returns the inverse of [NDTR], accurate also for small x.
func NDTRI(x np.Array) np.Array { return ndtriOp.Apply(nil, x) }
