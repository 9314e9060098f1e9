package special

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// The regularized incomplete functions. Their derivative for x is elementary.
// Those for the parameters come from Taylor series of the parameters, which
// run through the sum or fraction that defines the function.

// incomplete is the parameter of the operations: how often the function is
// differentiated for each of its parameters, and whether it is the upper one.
type incomplete struct {
	da, db int
	upper  bool
}

var (
	gammaIncOp = &np.Op{Name: "special.GammaInc", Broadcast: true}
	betaIncOp  = &np.Op{Name: "special.BetaInc", Broadcast: true}
)

func init() {
	gammaIncOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(incomplete)
		return each(func(x []float64) float64 { return gammaInc(p, x[0], x[1]) }, c.In...)
	}
	gammaIncOp.JVP = func(c *np.Call, i int, v np.Array) np.Array {
		p, a, x := c.Param.(incomplete), c.In[0], c.In[1]
		if i == 0 {
			p.da++
			return np.AZMul(v, gammaIncOp.Apply(p, a, x))
		}
		density := func(a np.Array) np.Array {
			return np.Exp(XLogY(a.AddConst(-1), x).Sub(x).Sub(a.Lgamma()))
		}
		d := partial(density, a, x, p.da)
		if p.upper {
			d = d.Neg()
		}
		return np.AZMul(v, d)
	}
	gammaIncOp.VJP = gammaIncOp.JVP

	betaIncOp.Eval = func(c *np.Call) np.Array {
		p := c.Param.(incomplete)
		return each(func(x []float64) float64 { return betaInc(p, x[0], x[1], x[2]) }, c.In...)
	}
	betaIncOp.JVP = func(c *np.Call, i int, v np.Array) np.Array {
		p, a, b, x := c.Param.(incomplete), c.In[0], c.In[1], c.In[2]
		switch i {
		case 0:
			p.da++
			return np.AZMul(v, betaIncOp.Apply(p, a, b, x))
		case 1:
			p.db++
			return np.AZMul(v, betaIncOp.Apply(p, a, b, x))
		}
		density := func(b np.Array) np.Array {
			return partial(func(a np.Array) np.Array {
				logp := XLogY(a.AddConst(-1), x).Add(XLog1PY(b.AddConst(-1), x.Neg())).Sub(BetaLn(a, b))
				return np.Exp(logp)
			}, a, np.Add(b, x), p.da)
		}
		return np.AZMul(v, partial(density, b, np.Add(a, x), p.db))
	}
	betaIncOp.VJP = betaIncOp.JVP
}

// partial returns the derivative of order k of f at a, after a is stretched to
// the shape that it has together with like.
func partial(f func(np.Array) np.Array, a, like np.Array, k int) np.Array {
	if k == 0 {
		return f(a)
	}
	return np.ElementwiseDerivatives(f, k)(np.BroadcastArrays(a, like)[0])[k]
}

// GammaInc returns the regularized lower incomplete gamma function P(a, x), for
// a > 0 and x ≥ 0.
func GammaInc(a, x np.Array) np.Array { return gammaIncOp.Apply(incomplete{}, a, x) }

// GammaIncC returns the regularized upper incomplete gamma function
// Q(a, x) = 1 - P(a, x).
func GammaIncC(a, x np.Array) np.Array { return gammaIncOp.Apply(incomplete{upper: true}, a, x) }

// BetaInc returns the regularized incomplete beta function I_x(a, b), for
// a, b > 0 and 0 ≤ x ≤ 1.
func BetaInc(a, b, x np.Array) np.Array { return betaIncOp.Apply(incomplete{}, a, b, x) }

func gammaInc(p incomplete, a, x float64) float64 {
	switch {
	case !(a > 0) || !(x >= 0):
		return math.NaN()
	case p.da == 0 && p.upper:
		return mathext.GammaIncRegComp(a, x)
	case p.da == 0:
		return mathext.GammaIncReg(a, x)
	case x == 0 || math.IsInf(x, 1):
		return 0
	}
	d := 0.0
	upper := x > a+1+float64(p.da)
	va := jet.Variable(a, p.da)
	if upper {
		d = upperGamma(va, x).Derivative(p.da)
	} else {
		d = lowerGamma(va, x).Derivative(p.da)
	}
	if upper != p.upper {
		d = -d
	}
	return d
}

// lowerGamma returns P(a, x) by the series DLMF 8.7.1.
func lowerGamma(a jet.Jet64, x float64) jet.Jet64 {
	term := a.Scale(math.Log(x)).AddConst(-x).Sub(a.AddConst(1).Lgamma()).Exp()
	sum := term
	for n := 1.0; n < 1e5; n++ {
		term = term.Scale(x).Div(a.AddConst(n))
		next := sum.Add(term)
		if n > x && same(next, sum) {
			break
		}
		sum = next
	}
	return sum
}

// upperGamma returns Q(a, x) by the continued fraction DLMF 8.9.2, evaluated
// from the front by the method of Lentz.
func upperGamma(a jet.Jet64, x float64) jet.Jet64 {
	front := a.Scale(math.Log(x)).AddConst(-x).Sub(a.Lgamma()).Exp()
	b := a.Neg().AddConst(x + 1)
	c, d := b, b.Inv()
	h := d
	for n := 1.0; n < 1e5; n++ {
		an := a.AddConst(-n).Scale(n) // -n(n-a)
		b = b.AddConst(2)
		d = an.Mul(d).Add(b).Inv()
		if n == 1 {
			c = b
		} else {
			c = an.Div(c).Add(b)
		}
		next := h.Mul(c).Mul(d)
		if n > 5 && same(next, h) {
			break
		}
		h = next
	}
	return front.Mul(h)
}

// same reports whether two series agree to rounding.
func same(x, y jet.Jet64) bool {
	for k := range x.Order() + 1 {
		u, v := x.Coeff(k), y.Coeff(k)
		if math.Abs(u-v) > 4e-16*math.Abs(v) {
			return false
		}
	}
	return true
}

func betaInc(p incomplete, a, b, x float64) float64 {
	switch {
	case !(a > 0) || !(b > 0) || !(x >= 0 && x <= 1):
		return math.NaN()
	case p.da == 0 && p.db == 0:
		return mathext.RegIncBeta(a, b, x)
	case x == 0 || x == 1:
		return 0
	}
	// Coefficients in b, each a series in a.
	va := jet.NewNested(jet.Variable(a, p.da))
	vb := jet.NestedVariable(jet.New(b), p.db)
	var y jet.Nested[jet.Jet64]
	if x < (a+1)/(a+b+2) {
		y = betaFraction(va, vb, x)
	} else {
		y = betaFraction(vb, va, 1-x).Neg()
	}
	d := y.Coeff(p.db).Coeff(p.da)
	for k := 2; k <= p.da; k++ {
		d *= float64(k)
	}
	for k := 2; k <= p.db; k++ {
		d *= float64(k)
	}
	return d
}

// betaFraction returns I_x(a, b) by the continued fraction DLMF 8.17.22.
func betaFraction[T dual.Real[T]](a, b T, x float64) T {
	front := a.Scale(math.Log(x)).Add(b.Scale(math.Log1p(-x))).
		Sub(a.Lgamma().Add(b.Lgamma()).Sub(a.Add(b).Lgamma())).Exp().Div(a)
	one := a.Const(1)
	sum := a.Add(b)
	c, d := one, one.Sub(sum.Scale(x).Div(a.AddConst(1))).Inv()
	h := d
	for m := 1.0; m < 500; m++ {
		n := b.Neg().AddConst(m).Scale(-m * x).Div(a.AddConst(2*m - 1).Mul(a.AddConst(2 * m)))
		d = n.Mul(d).AddConst(1).Inv()
		c = n.Div(c).AddConst(1)
		h = h.Mul(c).Mul(d)
		n = a.AddConst(m).Mul(sum.AddConst(m)).Scale(-x).Div(a.AddConst(2 * m).Mul(a.AddConst(2*m + 1)))
		d = n.Mul(d).AddConst(1).Inv()
		c = n.Div(c).AddConst(1)
		step := c.Mul(d)
		h = h.Mul(step)
		if v := step.Value(); m > 30 && math.Abs(v-1) < 1e-17 {
			break
		}
	}
	return front.Mul(h)
}
