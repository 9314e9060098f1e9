package special

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// The incomplete beta function, with derivatives like those of the incomplete
// gamma functions.

var (
	// betaIncOp is the derivative of I_x(a, b) of the orders in the parameter,
	// a [2]int, for a and b.
	betaIncOp = &np.Op{Name: "special.BetaInc"}
	// betaDensityOp is the derivative of x^(a-1)·(1-x)^(b-1)/B(a, b) of the
	// orders in the parameter, a [3]int, for a, b and x.
	betaDensityOp = &np.Op{Name: "special.BetaInc"}
)

func init() {
	define(betaIncOp, values3("BetaInc", func(k any, a, b, x float64) float64 {
		n := k.([2]int)
		return betaIncDerivative(n[0], n[1], a, b, x)
	}), func(c *np.Call, i int) np.Array {
		n := c.Param.([2]int)
		if i == 2 {
			return betaDensityOp.Apply([3]int{n[0], n[1]}, c.In...)
		}
		n[i]++
		return betaIncOp.Apply(n, c.In...)
	})
	define(betaDensityOp, values3("BetaInc", func(k any, a, b, x float64) float64 {
		return betaDensityDerivative(k.([3]int), a, b, x)
	}), func(c *np.Call, i int) np.Array {
		n := c.Param.([3]int)
		n[i]++
		return betaDensityOp.Apply(n, c.In...)
	})
}

// BetaInc returns the regularized incomplete beta function I_x(a, b), the
// integral of t^(a-1)·(1-t)^(b-1)/B(a, b) from 0 to x, for positive a and b and
// x in [0, 1]; it is NaN elsewhere. Derivatives at the ends are limits from
// inside.
func BetaInc(a, b, x np.Array) np.Array { return betaIncOp.Apply([2]int{}, a, b, x) }

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
		y := betaLowerDerivative(k, j, b, a, 1-x, x)
		if j+k == 0 {
			return 1 - y
		}
		return -y
	}
	return betaLowerDerivative(j, k, a, b, x, 1-x)
}

// betaLowerDerivative is betaIncDerivative for x below the mean; y is 1-x.
func betaLowerDerivative(j, k int, a, b, x, y float64) float64 {
	return betaJets(j, k, a, b,
		func(a, b dual.Float) dual.Float { return betaLower(a, b, x, y) },
		func(a, b jet.Jet64) jet.Jet64 { return betaLower(a, b, x, y) },
		func(a, b jet.Nested[jet.Jet64]) jet.Nested[jet.Jet64] { return betaLower(a, b, x, y) })
}

// betaJets returns the derivative of order j for a and k for b of a function,
// given for all numbers that this takes.
func betaJets(j, k int, a, b float64, f func(a, b dual.Float) dual.Float, g func(a, b jet.Jet64) jet.Jet64, h func(a, b jet.Nested[jet.Jet64]) jet.Nested[jet.Jet64]) float64 {
	switch {
	case j == 0 && k == 0:
		return float64(f(dual.Float(a), dual.Float(b)))
	case k == 0:
		var w jet.Workspace[float64]
		v := w.Variable(a, j)
		return g(v, v.Const(b)).Derivative(j)
	case j == 0:
		var w jet.Workspace[float64]
		v := w.Variable(b, k)
		return g(v.Const(a), v).Derivative(k)
	}
	return h(jet.NestedVariable(jet.New(a), j), jet.NewNested(jet.Variable(b, k))).Derivative(j).Derivative(k)
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
	return betaFraction(a, b, x, n).Mul(betaFactor(a, b, x, y, 0))
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

// betaFactor returns x^(a-s)·y^(b-s)/(a·B(a, b)), where x+y = 1, for an s of 0
// or 1. For large a and b it is arranged around the mean; see gammaFactor.
func betaFactor[T dual.Real[T]](a, b T, x, y, s float64) T {
	av, bv := a.Value(), b.Value()
	if av >= 10 && bv >= 10 {
		// a·log(x/x₀) + b·log(y/y₀) with x₀ = a/(a+b), y₀ = b/(a+b).
		sum := a.Add(b)
		d := b.Scale(x).Sub(a.Scale(y)) // (x-x₀)·(a+b)
		log := ratioLog(a, sum, d, x).Mul(a).Add(ratioLog(b, sum, d.Neg(), y).Mul(b))
		rest := stirling(sum).Sub(stirling(a)).Sub(stirling(b))
		f := log.Add(rest).Exp().Mul(b.Div(a.Mul(sum)).Scale(1 / (2 * math.Pi)).Sqrt())
		if s != 0 {
			f = f.Scale(1 / (x * y))
		}
		return f
	}
	norm, log := betaNorm(a, b)
	p, q := a.AddConst(-s), b.AddConst(-s)
	// The larger one of x and y may be rounded.
	if x < y {
		return power(x, p, log.Add(q.Scale(math.Log1p(-x)))).Mul(norm)
	}
	return power(y, q, log.Add(p.Scale(math.Log1p(-y)))).Mul(norm)
}

// ratioLog returns log(x·s/a), where d = x·s-a.
func ratioLog[T dual.Real[T]](a, s, d T, x float64) T {
	if math.Abs(d.Value()) < 0.5*a.Value() {
		return d.Div(a).Log1p()
	}
	return s.Div(a).Scale(x).Log()
}

// betaNorm returns 1/(a·B(a, b)) as a product and the logarithm of another
// factor. In a function of b alone it keeps the accuracy of derivatives for an
// a near a whole number, where it is nearly a polynomial, or far smaller than
// b; and the same for a function of a.
func betaNorm[T dual.Real[T]](a, b T) (p, log T) {
	av, bv := a.Value(), b.Value()
	ofA := bv < av
	switch {
	case !varies(a):
		ofA = av > math.Max(bv, 20)
	case !varies(b):
		ofA = bv <= math.Max(av, 20)
	}
	switch {
	case !ofA:
		p, log = gammaRatio(b, a)
		return p.Mul(rgamma(a.AddConst(1))), log
	case bv < 0.5:
		p, log = gammaRatio(a, b)
		return p.Mul(rgamma(b)).Div(a), log
	}
	p, log = gammaRatio(a.AddConst(1), b.AddConst(-1))
	return p.Mul(rgamma(b)), log
}

// varies reports whether x has derivatives that are not 0.
func varies[T dual.Real[T]](x T) bool {
	order, _ := x.AddConst(-x.Value()).Lead()
	return order > 0
}

// gammaRatio returns Γ(x+s)/Γ(x) as a product and the logarithm of another
// factor, for positive x and s ≥ -1/2. The former is the quotient for the whole
// number next to s; the remainder d of s is a factor of the latter.
func gammaRatio[T dual.Real[T]](x, s T) (p, log T) {
	n := math.Floor(s.Value() + 0.5)
	p = x.Const(1)
	if n > 20 || x.Value() > 1e20 {
		n = 0 // where the product might overflow, and derivatives hardly cancel
	}
	for i := range int(n) {
		p = p.Mul(x.AddConst(float64(i)))
	}
	d := s.AddConst(-n)
	x = x.AddConst(n)
	// q is the product of all 1 + d/x, less 1.
	q := x.Const(0)
	for x.Value() < 10 {
		u := d.Div(x)
		q = q.Mul(u).Add(q).Add(u)
		x = x.AddConst(1)
	}
	p = p.Div(q.AddConst(1))
	// With Stirling's series, DLMF 5.11.1, where of 1/x = r and 1/(x+d) = t the
	// powers differ by r^m-t^m = d·r·t·(r^(m-1) + r^(m-2)·t + … + t^(m-1)).
	y := x.Add(d)
	log = d.Div(x).Log1p().Mul(y.AddConst(-0.5)).Add(d.Mul(x.Log().AddConst(-1)))
	r, t := x.Inv(), y.Inv()
	sum, pow, terms := x.Const(0), r, x.Const(1)
	for _, c := range [...]float64{1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156} {
		sum = sum.Add(terms.Scale(c))
		for range 2 {
			terms = terms.Mul(t).Add(pow)
			pow = pow.Mul(r)
		}
	}
	return p, log.Sub(d.Mul(r).Mul(t).Mul(sum))
}

// betaDensityDerivative returns the derivative of x^(a-1)·(1-x)^(b-1)/B(a, b)
// of order n[0] for a, n[1] for b and n[2] for x.
func betaDensityDerivative(n [3]int, a, b, x float64) float64 {
	j, k, l := n[0], n[1], n[2]
	switch {
	case !(a > 0 && b > 0 && 0 <= x && x <= 1):
		return math.NaN()
	case x == 1:
		return alternate(l, betaDensityDerivative([3]int{k, j, l}, b, a, 0))
	case x == 0 && a-1 > float64(l):
		return 0
	case x == 0 && j == 0 && a == math.Trunc(a):
		// Only the power a-1 of x is left of the series.
		m := int(a) - 1
		c := alternate(l-m, binomial(l, m)*factorial(m)*a)
		return c * betaJets(j, k, a, b,
			func(a, b dual.Float) dual.Float { return betaPower(a, b, l-m) },
			func(a, b jet.Jet64) jet.Jet64 { return betaPower(a, b, l-m) },
			func(a, b jet.Nested[jet.Jet64]) jet.Nested[jet.Jet64] { return betaPower(a, b, l-m) })
	case x == 0:
		return infinite(betaDensityDerivative(n, a, b, 0x1p-100))
	}
	return betaJets(j, k, a, b,
		func(a, b dual.Float) dual.Float { return betaDensity(a, b, l, x) },
		func(a, b jet.Jet64) jet.Jet64 { return betaDensity(a, b, l, x) },
		func(a, b jet.Nested[jet.Jet64]) jet.Nested[jet.Jet64] { return betaDensity(a, b, l, x) })
}

// betaPower returns 1/(a·B(a, b)) times the falling factorial of b-1 of order
// n.
func betaPower[T dual.Real[T]](a, b T, n int) T {
	p, log := betaNorm(a, b)
	return p.Mul(log.Exp()).Mul(falling(b.AddConst(-1), n))
}

// betaDensity returns the l-th derivative of x^(a-1)·(1-x)^(b-1)/B(a, b) for x.
func betaDensity[T dual.Real[T]](a, b T, l int, x float64) T {
	y := 1 - x
	p, q := a.AddConst(-1), b.AddConst(-1)
	f := betaFactor(a, b, x, y, 1).Mul(a)
	if v, w := p.Value()*y, q.Value()*x; l < 2 || !(0.5*v < w && w < 2*v) {
		sum := a.Const(0)
		for i := range l + 1 {
			c := alternate(l-i, binomial(l, i)) * math.Pow(x, -float64(i)) * math.Pow(y, -float64(l-i))
			sum = sum.Add(falling(p, i).Mul(falling(q, l-i)).Scale(c))
		}
		return f.Mul(sum)
	}
	// Near the mode those terms cancel, for large a and b the more.
	return logDerivatives(f, l, func(i int) T {
		if i == 0 {
			return p.Scale(y).Sub(q.Scale(x)).Scale(1 / (x * y))
		}
		n := float64(i + 1)
		return p.Scale(alternate(i, math.Pow(x, -n))).Sub(q.Scale(math.Pow(y, -n))).Scale(factorial(i))
	})
}
