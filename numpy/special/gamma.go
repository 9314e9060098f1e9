package special

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

var (
	betaOp     = &np.Op{Name: "special.Beta"}
	betaLnOp   = &np.Op{Name: "special.BetaLn"}
	gammaSgnOp = &np.Op{Name: "special.GammaSgn", Flat: true}
)

func init() {
	define(betaOp, values2("Beta", func(_ any, a, b float64) float64 { return beta(a, b) }),
		func(c *np.Call, i int) np.Array { return np.AZMul(c.Out[0], betaLnSlope(c, i)) })
	define(betaLnOp, values2("BetaLn", func(_ any, a, b float64) float64 { return special.Lbeta(a, b) }), betaLnSlope)
	gammaSgnOp.Eval = values("GammaSgn", gammaSgn)
}

// betaLnSlope returns the derivative of log |B(a, b)| for operand i.
func betaLnSlope(c *np.Call, i int) np.Array {
	return Digamma(c.In[i]).Sub(Digamma(c.In[0].Add(c.In[1])))
}

// Gamma returns the gamma function of x.
func Gamma(x np.Array) np.Array { return x.Gamma() }

// GammaLn returns the logarithm of |Γ(x)|.
func GammaLn(x np.Array) np.Array { return x.Lgamma() }

// RGamma returns 1/Γ(x), which is smooth everywhere and 0 at 0, -1, -2, ….
func RGamma(x np.Array) np.Array { return apply("RGamma", x, rgammaDerivative) }

func rgammaDerivative(k int, x float64) float64 {
	switch {
	case x != x || math.IsInf(x, -1):
		return math.NaN()
	case x > 300:
		return 0 // below the smallest number, with all its derivatives
	case k == 0:
		if x <= 0 && x == math.Trunc(x) {
			return 0
		}
		return 1 / special.Gamma(x)
	}
	return rgamma(jet.Variable(x, k)).Derivative(k)
}

// GammaSgn returns the sign of Γ(x), and NaN at its poles on the negative
// axis. At ±0 it is that of the zero.
func GammaSgn(x np.Array) np.Array { return gammaSgnOp.Apply(nil, x) }

func gammaSgn(x float64) float64 {
	switch {
	case x != x || math.IsInf(x, -1) || x < 0 && x == math.Trunc(x):
		return math.NaN()
	case x == 0:
		return math.Copysign(1, x)
	case x < 0 && math.Mod(math.Floor(x), 2) != 0:
		return -1
	}
	return 1
}

// Digamma returns ψ(x), the derivative of log Γ(x).
func Digamma(x np.Array) np.Array { return x.Digamma() }

// Psi is another name of [Digamma].
func Psi(x np.Array) np.Array { return x.Digamma() }

// Polygamma returns the n-th derivative of ψ at x. It panics with a
// numpy.Error if n is negative.
func Polygamma(n int, x np.Array) np.Array {
	if n == 0 {
		return x.Digamma()
	}
	return x.Polygamma(n)
}

// MultiGammaLn returns the logarithm of the multivariate gamma function of
// dimension d at a > (d-1)/2. It panics with a numpy.Error if d is less than 1.
func MultiGammaLn(a np.Array, d int) np.Array {
	if d < 1 {
		np.Fail("special: MultiGammaLn: dimension %d is not positive", d)
	}
	sum := a.Lgamma().AddConst(0.25 * float64(d*(d-1)) * math.Log(math.Pi))
	for j := 1; j < d; j++ {
		sum = sum.Add(a.AddConst(-0.5 * float64(j)).Lgamma())
	}
	return sum
}

// Beta returns the beta function B(a, b) = Γ(a)Γ(b)/Γ(a+b).
func Beta(a, b np.Array) np.Array { return betaOp.Apply(nil, a, b) }

// BetaLn returns the logarithm of |B(a, b)|.
func BetaLn(a, b np.Array) np.Array { return betaLnOp.Apply(nil, a, b) }

func beta(a, b float64) float64 {
	if math.Abs(a) < 80 && math.Abs(b) < 80 {
		if g := special.Gamma(a + b); !math.IsInf(g, 0) {
			return special.Gamma(a) / g * special.Gamma(b)
		}
	}
	return gammaSgn(a) * gammaSgn(b) * gammaSgn(a+b) * math.Exp(special.Lbeta(a, b))
}
