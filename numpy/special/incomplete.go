package special

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// The incomplete gamma and beta functions. Their derivatives for the shape
// parameters have no closed form; they are those of the series and continued
// fractions, computed on jets in these parameters. One operation, a derivative
// of any order, serves them all.

var (
	// gammaIncOp is the k-th derivative of P(a, x) for a; the parameter is k.
	gammaIncOp = &np.Op{Name: "special.GammaInc"}
	// gammaIncCOp is Q(a, x).
	gammaIncCOp = &np.Op{Name: "special.GammaIncC"}
	// gammaDensityOp is x^(a-1)·e^-x/Γ(a).
	gammaDensityOp = &np.Op{Name: "special.GammaInc"}

	// betaIncOp is the derivative of I_x(a, b) of the orders in the parameter,
	// an [2]int, for a and b.
	betaIncOp = &np.Op{Name: "special.BetaInc"}
	// betaDensityOp is x^(a-1)·(1-x)^(b-1)/B(a, b).
	betaDensityOp = &np.Op{Name: "special.BetaInc"}
)

func init() {
	define(gammaIncOp, values2("GammaInc", func(k any, a, x float64) float64 { return gammaIncDerivative(k.(int), a, x) }),
		func(c *np.Call, i int) np.Array {
			k := c.Param.(int)
			if i == 0 {
				return gammaIncOp.Apply(k+1, c.In...)
			}
			return gammaDensity(k, c.In[0], c.In[1])
		})
	define(gammaIncCOp, values2("GammaIncC", func(_ any, a, x float64) float64 {
		_, q := gammaInc(a, x)
		return q
	}), func(c *np.Call, i int) np.Array {
		if i == 0 {
			return gammaIncOp.Apply(1, c.In...).Neg()
		}
		return gammaDensity(0, c.In[0], c.In[1]).Neg()
	})
	define(gammaDensityOp, values2("GammaInc", func(_ any, a, x float64) float64 { return gammaDensityValue(a, x) }),
		func(c *np.Call, i int) np.Array {
			a, x := c.In[0], c.In[1]
			if i == 0 {
				return np.AZMul(c.Out[0], np.Log(x).Sub(Digamma(a)))
			}
			return np.AZMul(c.Out[0], np.Div(a.AddConst(-1), x).AddConst(-1))
		})

	define(betaIncOp, values3("BetaInc", func(k any, a, b, x float64) float64 {
		n := k.([2]int)
		return betaIncDerivative(n[0], n[1], a, b, x)
	}), func(c *np.Call, i int) np.Array {
		n := c.Param.([2]int)
		if i == 2 {
			return betaDensity(n[0], n[1], c.In[0], c.In[1], c.In[2])
		}
		n[i]++
		return betaIncOp.Apply(n, c.In...)
	})
	define(betaDensityOp, values3("BetaInc", func(_ any, a, b, x float64) float64 { return betaDensityValue(a, b, x) }),
		func(c *np.Call, i int) np.Array {
			a, b, x := c.In[0], c.In[1], c.In[2]
			switch i {
			case 0:
				return np.AZMul(c.Out[0], betaSlope(a, b, x, 0, 0))
			case 1:
				return np.AZMul(c.Out[0], betaSlope(b, a, oneMinus(x), 0, 0))
			}
			return np.AZMul(c.Out[0], np.Div(a.AddConst(-1), x).Sub(np.Div(b.AddConst(-1), oneMinus(x))))
		})
}

// GammaInc returns the regularized lower incomplete gamma function P(a, x),
// the integral of t^(a-1)·e^-t/Γ(a) from 0 to x, for a ≥ 0 and x ≥ 0.
func GammaInc(a, x np.Array) np.Array { return gammaIncOp.Apply(0, a, x) }

// GammaIncC returns the regularized upper incomplete gamma function
// Q(a, x) = 1 - P(a, x), accurate in its tail.
func GammaIncC(a, x np.Array) np.Array { return gammaIncCOp.Apply(nil, a, x) }

// BetaInc returns the regularized incomplete beta function I_x(a, b), the
// integral of t^(a-1)·(1-t)^(b-1)/B(a, b) from 0 to x, for positive a and b and
// x in [0, 1].
func BetaInc(a, b, x np.Array) np.Array { return betaIncOp.Apply([2]int{}, a, b, x) }

// gammaDensity returns the k-th derivative for a of the density p of the gamma
// distribution, by the rule of Leibniz from p′ = p·(log x - ψ(a)).
func gammaDensity(k int, a, x np.Array) np.Array {
	p := []np.Array{gammaDensityOp.Apply(nil, a, x)}
	for len(p) <= k {
		m := len(p) - 1
		sum := np.AZMul(p[m], np.Log(x).Sub(Digamma(a)))
		for j := 1; j <= m; j++ {
			sum = sum.Sub(np.AZMul(p[m-j], Polygamma(j, a)).Scale(binomial(m, j)))
		}
		p = append(p, sum)
	}
	return p[k]
}

// betaSlope returns the derivative of order j for a and k for b of
// log x - ψ(a) + ψ(a+b).
func betaSlope(a, b, x np.Array, j, k int) np.Array {
	y := Polygamma(j+k, a.Add(b))
	if k == 0 {
		y = y.Sub(Polygamma(j, a))
	}
	if j+k == 0 {
		y = y.Add(np.Log(x))
	}
	return y
}

// betaDensity returns the derivative of order j for a and k for b of the
// density of the beta distribution; see gammaDensity.
func betaDensity(j, k int, a, b, x np.Array) np.Array {
	switch {
	case j > 0:
		var sum np.Array
		for i := range j {
			for l := range k + 1 {
				t := np.AZMul(betaDensity(j-1-i, k-l, a, b, x), betaSlope(a, b, x, i, l))
				sum = sum.Add(t.Scale(binomial(j-1, i) * binomial(k, l)))
			}
		}
		return sum
	case k > 0:
		return betaDensity(k, 0, b, a, oneMinus(x))
	}
	return betaDensityOp.Apply(nil, a, b, x)
}

func oneMinus(x np.Array) np.Array { return x.Neg().AddConst(1) }

// gammaInc returns P(a, x) and Q(a, x).
func gammaInc(a, x float64) (p, q float64) {
	switch {
	case !(a >= 0 && x >= 0) || math.IsInf(a, 1) && math.IsInf(x, 1):
		return math.NaN(), math.NaN()
	case math.IsInf(a, 1):
		return 0, 1
	case math.IsInf(x, 1):
		return 1, 0
	case x == 0 && a == 0:
		return 1, 0
	case x == 0:
		return 0, 1
	case a == 0:
		return 1, 0
	case x < 1.1 && a < 1:
		return gammaIncSmall(a, x)
	case x < a+1:
		p = float64(gammaLower(dual.Float(a), x))
		return p, 1 - p
	}
	q = float64(gammaUpper(dual.Float(a), x))
	return 1 - q, q
}

// gammaIncSmall is gammaInc for small a and x, where Q is far smaller than 1
// and yet no continued fraction converges: with the series S of P(a, x)
// = x^a/Γ(a+1)·(1 + a·S), neither of the terms of 1-P cancels.
func gammaIncSmall(a, x float64) (p, q float64) {
	s, t := 0.0, 1.0
	for n := 1.0; n < 100; n++ {
		t *= -x / n
		s += t / (a + n)
		if math.Abs(t) < 1e-18*math.Abs(s) {
			break
		}
	}
	e := a*math.Log(x) - lgamma1p(a)
	f := math.Exp(e)
	p = f * (1 + a*s)
	if p < 0.5 {
		return p, 1 - p
	}
	q = -math.Expm1(e) - f*a*s
	return 1 - q, q
}

// lgamma1p returns log Γ(1+a) for 0 ≤ a ≤ 1, accurate also near 0.
func lgamma1p(a float64) float64 {
	if a > 0.125 {
		return special.Lgamma(1 + a)
	}
	// The Taylor series, whose coefficients are ζ(k)/k; DLMF 5.7.3.
	sum, pow := 0.0, a
	for _, c := range [...]float64{
		0.8224670334241132, 0.40068563438653143, 0.27058080842778454, 0.20738555102867398,
		0.16955717699740819, 0.14404989676884612, 0.12550966952474304, 0.11133426586956469,
		0.10009945751278181, 0.09095401714582904, 0.08335384054610900, 0.07693251641135220,
		0.07143294629536134, 0.06666870588242047, 0.06250095514121304, 0.05882397865868459,
	} {
		pow *= -a
		sum -= c * pow
	}
	return sum - 0.5772156649015329*a
}

// gammaIncDerivative returns the k-th derivative of P(a, x) for a.
func gammaIncDerivative(k int, a, x float64) float64 {
	if k == 0 {
		p, _ := gammaInc(a, x)
		return p
	}
	switch {
	case !(a > 0 && x >= 0) || math.IsInf(a, 1):
		return math.NaN()
	case x == 0 || math.IsInf(x, 1):
		return 0
	case x < a+1:
		return gammaLower(jet.Variable(a, k), x).Derivative(k)
	}
	return -gammaUpper(jet.Variable(a, k), x).Derivative(k)
}

// gammaLower returns P(a, x) by its power series, DLMF 8.11.4, for x < a+1.
// The terms of derivatives are at most powers of log n larger than those of
// the value, which therefore are summed until they are far below rounding.
func gammaLower[T dual.Real[T]](a T, x float64) T {
	sum := a.Const(1)
	term := sum
	for n := 1.0; n < 1e7; n++ {
		term = term.Scale(x).Div(a.AddConst(n))
		sum = sum.Add(term)
		if term.Value() < 1e-24*sum.Value() {
			break
		}
	}
	return sum.Mul(gammaFactor(a, x))
}

// gammaUpper returns Q(a, x) by Legendre's continued fraction, DLMF 8.9.2, for
// x ≥ a+1.
func gammaUpper[T dual.Real[T]](a T, x float64) T {
	v := dual.Float(a.Value())
	n := 8
	for last := 0.0; n < 1<<22; n *= 2 {
		y := gammaFraction(v, x, n).Value()
		if math.Abs(y-last) <= 1e-16*y {
			break
		}
		last = y
	}
	return gammaFraction(a, x, n).Mul(a).Mul(gammaFactor(a, x))
}

// gammaFraction returns the continued fraction of n terms.
func gammaFraction[T dual.Real[T]](a T, x float64, n int) T {
	b := a.Neg().AddConst(x + 1)
	t := b.AddConst(2 * float64(n))
	for i := float64(n); i > 0; i-- {
		t = b.AddConst(2 * (i - 1)).Sub(a.Neg().AddConst(i).Scale(i).Div(t))
	}
	return t.Inv()
}

// gammaFactor returns x^a·e^-x/Γ(a+1). For large a the logarithm of each
// factor is far larger than that of the product; see [stirling].
func gammaFactor[T dual.Real[T]](a T, x float64) T {
	if v := a.Value(); v < 10 {
		return a.Scale(math.Log(x)).AddConst(-x).Sub(a.AddConst(1).Lgamma()).Exp()
	}
	var log T
	if x < 0.5*a.Value() {
		log = a.Inv().Scale(x).Log().Mul(a).Add(a.AddConst(-x))
	} else {
		d := a.Neg().AddConst(x)
		log = d.Div(a).Log1p().Mul(a).Sub(d)
	}
	return log.Sub(stirling(a)).Exp().Div(a.Scale(2 * math.Pi).Sqrt())
}

// stirling returns the remainder log Γ(a) - (a-½)·log a + a - ½·log 2π for
// a ≥ 10, DLMF 5.11.1.
func stirling[T dual.Real[T]](a T) T {
	r := a.Inv()
	s := r.Sqr()
	sum := a.Const(1.0 / 156)
	for _, c := range [...]float64{-691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12} {
		sum = sum.Mul(s).AddConst(c)
	}
	return sum.Mul(r)
}

func gammaDensityValue(a, x float64) float64 {
	switch {
	case !(a > 0 && x >= 0) || math.IsInf(a, 1):
		return math.NaN()
	case x == 0 && a == 1:
		return 1
	case x == 0 && a < 1:
		return math.Inf(1)
	case x == 0 || math.IsInf(x, 1):
		return 0
	}
	return float64(gammaFactor(dual.Float(a), x)) * (a / x)
}

// betaIncDerivative returns the derivative of I_x(a, b) of order j for a and k
// for b.
func betaIncDerivative(j, k int, a, b, x float64) float64 {
	switch {
	case !(a > 0 && b > 0 && 0 <= x && x <= 1):
		return math.NaN()
	case x == 0, x == 1 && j+k > 0:
		return 0
	case x == 1:
		return 1
	}
	// The continued fraction converges fast on one side of the mean.
	if x > (a+1)/(a+b+2) {
		y := betaFractionDerivative(k, j, b, a, 1-x, x)
		if j+k == 0 {
			return 1 - y
		}
		return -y
	}
	return betaFractionDerivative(j, k, a, b, x, 1-x)
}

// betaFractionDerivative is betaIncDerivative by the continued fraction; y is
// 1-x.
func betaFractionDerivative(j, k int, a, b, x, y float64) float64 {
	switch {
	case j == 0 && k == 0:
		return float64(betaLower(dual.Float(a), dual.Float(b), x, y))
	case k == 0:
		v := jet.Variable(a, j)
		return betaLower(v, v.Const(b), x, y).Derivative(j)
	case j == 0:
		v := jet.Variable(b, k)
		return betaLower(v.Const(a), v, x, y).Derivative(k)
	}
	v := jet.NestedVariable(jet.New(a), j)
	w := jet.NewNested(jet.Variable(b, k))
	return betaLower(v, w, x, y).Derivative(j).Derivative(k)
}

// betaLower returns I_x(a, b) by its continued fraction, DLMF 8.17.22, for x
// below the mean.
func betaLower[T dual.Real[T]](a, b T, x, y float64) T {
	n := 8
	for last := 0.0; n < 1<<20; n *= 2 {
		z := betaFraction(dual.Float(a.Value()), dual.Float(b.Value()), x, n).Value()
		if math.Abs(z-last) <= 1e-16*z {
			break
		}
		last = z
	}
	return betaFraction(a, b, x, n).Mul(betaFactor(a, b, x, y)).Div(a)
}

// betaFraction returns the continued fraction 1/(1+d₁/(1+d₂/(…))) of 2n terms.
func betaFraction[T dual.Real[T]](a, b T, x float64, n int) T {
	t := a.Const(1)
	for i := float64(n); i >= 0; i-- {
		e := a.AddConst(2 * i)
		if i < float64(n) {
			// t is 1 + d of index 2i+2 and beyond
			t = a.AddConst(i).Neg().Mul(a.Add(b).AddConst(i)).Scale(x).Div(e.Mul(e.AddConst(1))).Div(t).AddConst(1)
		}
		if i > 0 {
			t = b.Neg().AddConst(i).Scale(-i * x).Div(e.Mul(e.AddConst(-1))).Div(t).AddConst(1)
		}
	}
	return t.Inv()
}

// betaFactor returns x^a·y^b/B(a, b) where x+y = 1. For large a and b it is
// arranged around the mean; see gammaFactor.
func betaFactor[T dual.Real[T]](a, b T, x, y float64) T {
	av, bv := a.Value(), b.Value()
	if av < 10 || bv < 10 {
		log := a.Scale(math.Log(x)).Add(b.Scale(math.Log1p(-x)))
		beta := a.Lgamma().Add(b.Lgamma()).Sub(a.Add(b).Lgamma())
		// The value is better than the sum of its parts.
		beta = beta.AddConst(special.Lbeta(av, bv) - beta.Value())
		return log.Sub(beta).Exp()
	}
	// a·log(x/x₀) + b·log(y/y₀) with x₀ = a/(a+b), y₀ = b/(a+b).
	s := a.Add(b)
	d := b.Scale(x).Sub(a.Scale(y)) // (x-x₀)·(a+b)
	log := ratioLog(a, s, d, x).Mul(a).Add(ratioLog(b, s, d.Neg(), y).Mul(b))
	rest := stirling(s).Sub(stirling(a)).Sub(stirling(b))
	return log.Add(rest).Exp().Mul(a.Mul(b).Div(s).Scale(1 / (2 * math.Pi)).Sqrt())
}

// ratioLog returns log(x·s/a), where d = x·s-a.
func ratioLog[T dual.Real[T]](a, s, d T, x float64) T {
	if math.Abs(d.Value()) < 0.5*a.Value() {
		return d.Div(a).Log1p()
	}
	return s.Div(a).Scale(x).Log()
}

func betaDensityValue(a, b, x float64) float64 {
	switch {
	case !(a > 0 && b > 0 && 0 <= x && x <= 1):
		return math.NaN()
	case x == 0 || x == 1:
		if x == 1 {
			a, b = b, a
		}
		switch {
		case a < 1:
			return math.Inf(1)
		case a > 1:
			return 0
		}
		return b
	}
	return float64(betaFactor(dual.Float(a), dual.Float(b), x, 1-x)) / (x * (1 - x))
}
