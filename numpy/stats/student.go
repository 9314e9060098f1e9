package stats

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// A StudentT is Student's t distribution with DF degrees of freedom, moved by
// Loc and stretched by Scale.
type StudentT struct{ DF, Loc, Scale np.Array }

func (d StudentT) location() location { return location{d.Loc, d.Scale} }

// PDF returns the density at x.
func (d StudentT) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x.
func (d StudentT) LogPDF(x np.Array) np.Array {
	z := d.location().standard(x)
	return d.location().density(logStudent(positive(d.DF), z))
}

// CDF returns the probability of values up to x.
func (d StudentT) CDF(x np.Array) np.Array {
	return studentOp.Apply(0, positive(d.DF), d.location().standard(x))
}

// LogCDF returns the logarithm of CDF.
func (d StudentT) LogCDF(x np.Array) np.Array {
	p := d.CDF(x)
	out := np.Equal(p, zero)
	return outside(out, np.Log(np.Where(out, one, p)), negInf)
}

// SF returns the probability of values beyond x.
func (d StudentT) SF(x np.Array) np.Array {
	return StudentT{d.DF, d.Loc.Neg(), d.Scale}.CDF(x.Neg())
}

// logStudent is the logarithm of the standard density with nu degrees of
// freedom.
func logStudent(nu, z np.Array) np.Array {
	norm := special.BetaLn(nu.Scale(0.5), half).Add(np.Log(nu).Scale(0.5))
	return inTail(z, negInf, func(z np.Array) np.Array {
		tail := np.Mul(nu.AddConst(1).Scale(0.5), np.Log1p(np.Div(np.Square(z), nu)))
		return np.Add(norm, tail).Neg()
	})
}

// studentOp is the derivative of order Param of the standard distribution
// function for ν, of ν and z. The function is smooth at z = 0 but made of parts
// that are not, so that its derivative for z has to come from the density.
var studentOp = &np.Op{Name: "stats.StudentT.CDF", Broadcast: true}

func init() {
	studentOp.Eval = func(c *np.Call) np.Array {
		z := c.In[1]
		f := func(nu np.Array) np.Array { return studentCDF(nu, z) }
		return along(f, c.Param.(int))(np.BroadcastTo(c.In[0], np.Add(c.In[0], z).Shape()...))
	}
	studentOp.JVP = func(c *np.Call, i int, v np.Array) np.Array {
		nu, z, order := c.In[0], c.In[1], c.Param.(int)
		if i == 0 {
			return np.Mul(v, studentOp.Apply(order+1, nu, z))
		}
		pdf := func(nu np.Array) np.Array { return exp(logStudent(nu, z)) }
		return np.Mul(v, along(pdf, order)(np.BroadcastTo(nu, c.Out[0].Shape()...)))
	}
}

// along returns the elementwise derivative of the given order.
func along(f func(np.Array) np.Array, order int) func(np.Array) np.Array {
	for range order {
		g := f
		f = func(x np.Array) np.Array {
			_, dot := np.JVP(g, x, np.OnesLike(x))
			return dot
		}
	}
	return f
}

// studentCDF computes the distribution function by incomplete beta functions:
// of z²/(ν+z²) for the probability within ±|z|, and of 1 minus that, which is
// then accurate, for the one beyond. Close to 0 it takes the series.
func studentCDF(nu, z np.Array) np.Array {
	square := np.Square(z)
	tiny := np.Less(square, np.Minimum(nu, one).Scale(1e-4))
	series := studentSeries(nu, np.Where(tiny, z, zero))
	near := np.Less(square, nu)
	inner := np.Where(np.LogicalOr(tiny, np.LogicalNot(near)), nu, square)
	within := special.BetaInc(half, nu.Scale(0.5), np.Div(inner, np.Add(nu, inner))).Scale(0.5)
	outer := np.Where(near, nu, square)
	beyond := special.BetaInc(nu.Scale(0.5), half, np.Div(nu, np.Add(nu, outer))).Scale(0.5)
	upper := np.Where(near, within.AddConst(0.5), beyond.Neg().AddConst(1))
	lower := np.Where(near, within.Neg().AddConst(0.5), beyond)
	return np.Where(tiny, series, np.Where(np.Greater(z, zero), upper, lower))
}

// studentSeries sums the integral of the density from 0, by Σ (-z²/ν)^k·
// ((ν+1)/2)_k/(k!·(2k+1)), whose terms fall by 1e-4 or more.
func studentSeries(nu, z np.Array) np.Array {
	s := np.Div(np.Square(z), nu).Neg()
	sum, term := one, one
	for k := range 4 {
		term = np.Mul(np.Mul(term, s), nu.AddConst(1).Scale(0.5).AddConst(float64(k))).Scale(1 / float64(k+1))
		sum = np.Add(sum, term.Scale(1/float64(2*k+3)))
	}
	peak := np.Exp(logStudent(nu, zero))
	return np.Mul(np.Mul(z, peak), sum).AddConst(0.5)
}
