package special

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// The incomplete gamma functions. Derivatives for the shape have no closed
// form; they are those of the series and continued fractions, computed on jets
// in the shape. One operation, a derivative of any order, serves them all, and
// another one for the density, which is the derivative for the argument.

var (
	// gammaIncOp is the k-th derivative of P(a, x) for a; the parameter is k.
	gammaIncOp = &np.Op{Name: "special.GammaInc"}
	// gammaIncCOp is Q(a, x).
	gammaIncCOp = &np.Op{Name: "special.GammaIncC"}
	// gammaDensityOp is the derivative of x^(a-1)·e^-x/Γ(a) of the orders in
	// the parameter, a [2]int, for a and x.
	gammaDensityOp = &np.Op{Name: "special.GammaInc"}
)

func init() {
	define(gammaIncOp, values2("GammaInc", func(k any, a, x float64) float64 { return gammaIncDerivative(k.(int), a, x) }),
		func(c *np.Call, i int) np.Array {
			k := c.Param.(int)
			if i == 0 {
				return gammaIncOp.Apply(k+1, c.In...)
			}
			return gammaDensityOp.Apply([2]int{k, 0}, c.In...)
		})
	define(gammaIncCOp, values2("GammaIncC", func(_ any, a, x float64) float64 {
		_, q := gammaInc(a, x)
		return q
	}), func(c *np.Call, i int) np.Array {
		if i == 0 {
			return gammaIncOp.Apply(1, c.In...).Neg()
		}
		return gammaDensityOp.Apply([2]int{}, c.In...).Neg()
	})
	define(gammaDensityOp, values2("GammaInc", func(n any, a, x float64) float64 {
		order := n.([2]int)
		return gammaDensityDerivative(order[0], order[1], a, x)
	}), func(c *np.Call, i int) np.Array {
		n := c.Param.([2]int)
		n[i]++
		return gammaDensityOp.Apply(n, c.In...)
	})
}

// GammaInc returns the regularized lower incomplete gamma function P(a, x),
// the integral of t^(a-1)·e^-t/Γ(a) from 0 to x, for a ≥ 0 and x ≥ 0; it is NaN
// elsewhere. Derivatives at x = 0 are limits from above.
func GammaInc(a, x np.Array) np.Array { return gammaIncOp.Apply(0, a, x) }

// GammaIncC returns the regularized upper incomplete gamma function
// Q(a, x) = 1 - P(a, x), accurate in its tail; see [GammaInc].
func GammaIncC(a, x np.Array) np.Array { return gammaIncCOp.Apply(nil, a, x) }

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
	case !(a >= 0 && x >= 0) || a == x && (a == 0 || math.IsInf(a, 1)):
		return math.NaN()
	case x == 0 || math.IsInf(x, 1) || math.IsInf(a, 1):
		return 0
	}
	var w jet.Workspace[float64]
	if x < a+1 {
		return gammaLower(w.Variable(a, k), x).Derivative(k)
	}
	return -gammaUpper(w.Variable(a, k), x).Derivative(k)
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
	return sum.Mul(gammaFactor(a, x, 0))
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
	return gammaFraction(a, x, n).Mul(a).Mul(gammaFactor(a, x, 0))
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

// gammaFactor returns x^(a-s)·e^-x/Γ(a+1) for an s of 0 or 1. For large a the
// logarithm of each factor is far larger than that of the product; see
// [stirling].
func gammaFactor[T dual.Real[T]](a T, x, s float64) T {
	v := a.Value()
	if v < 10 {
		log := a.AddConst(1).Lgamma().Neg().AddConst(-x)
		return power(x, a.AddConst(-s), log)
	}
	var log T
	if x < 0.5*v {
		log = a.Inv().Scale(x).Log().Mul(a).Add(a.AddConst(-x))
	} else {
		d := a.Neg().AddConst(x)
		log = d.Div(a).Log1p().Mul(a).Sub(d)
	}
	f := log.Sub(stirling(a)).Exp().Div(a.Scale(2 * math.Pi).Sqrt())
	if s != 0 {
		f = f.Scale(1 / x)
	}
	return f
}

// power returns x^p·e^log for positive x. The value of the power, whose
// logarithm may be large, comes from [math.Pow] unless it is out of range.
func power[T dual.Real[T]](x float64, p, log T) T {
	v := p.Value()
	if y := math.Pow(x, v); 1e-280 < y && y < 1e280 {
		return p.AddConst(-v).Scale(math.Log(x)).Add(log).Exp().Scale(y)
	}
	return p.Scale(math.Log(x)).Add(log).Exp()
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

// gammaDensityDerivative returns the derivative of x^(a-1)·e^-x/Γ(a) of order k
// for a and l for x.
func gammaDensityDerivative(k, l int, a, x float64) float64 {
	switch {
	case !(a >= 0 && x >= 0) || a == x && (a == 0 || math.IsInf(a, 1)):
		return math.NaN()
	case math.IsInf(x, 1) || math.IsInf(a, 1) || x == 0 && a-1 > float64(l):
		return 0
	case x == 0 && k == 0 && a == math.Trunc(a):
		// Only the power a-1 of x is left of the series.
		m := int(a) - 1
		return alternate(l-m, binomial(l, m))
	case x == 0:
		return infinite(gammaDensityDerivative(k, l, a, 0x1p-100))
	case k == 0:
		return float64(gammaDensity(dual.Float(a), l, x))
	}
	var w jet.Workspace[float64]
	return gammaDensity(w.Variable(a, k), l, x).Derivative(k)
}

// gammaDensity returns the l-th derivative of x^(a-1)·e^-x/Γ(a) for x.
func gammaDensity[T dual.Real[T]](a T, l int, x float64) T {
	p := a.AddConst(-1)
	f := gammaFactor(a, x, 1).Mul(a)
	if v := p.Value(); l < 2 || !(0.5*v < x && x < 2*v) {
		sum := a.Const(0)
		for i := range l + 1 {
			sum = sum.Add(falling(p, i).Scale(alternate(l-i, binomial(l, i)) * math.Pow(x, -float64(i))))
		}
		return f.Mul(sum)
	}
	// Near the mode those terms cancel, for large a the more.
	return logDerivatives(f, l, func(i int) T {
		if i == 0 {
			return p.AddConst(-x).Scale(1 / x)
		}
		return p.Scale(alternate(i, factorial(i)) * math.Pow(x, -float64(i+1)))
	})
}

// logDerivatives returns the l-th derivative of a function from its value f and
// the derivatives u of its logarithm, counted from the first.
func logDerivatives[T dual.Real[T]](f T, l int, u func(i int) T) T {
	d := []T{f}
	for m := range l {
		sum := f.Const(0)
		for i := range m + 1 {
			sum = sum.Add(u(i).Mul(d[m-i]).Scale(binomial(m, i)))
		}
		d = append(d, sum)
	}
	return d[l]
}

// falling returns p·(p-1)⋯(p-n+1).
func falling[T dual.Real[T]](p T, n int) T {
	y := p.Const(1)
	for i := range n {
		y = y.Mul(p.AddConst(-float64(i)))
	}
	return y
}

// alternate returns x times the n-th power of -1.
func alternate(n int, x float64) float64 {
	if n%2 != 0 {
		return -x
	}
	return x
}

// infinite returns the infinity of the sign of x, and 0 where x is 0.
func infinite(x float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Inf(1)
}

func factorial(n int) float64 { return math.Gamma(float64(n + 1)) }
