package special

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// integral returns the function of x with the given value whose derivative is
// d, a function of jets.
func integral(name string, x np.Array, value func(float64) float64, d func(jet.Jet64) jet.Jet64) np.Array {
	return apply(name, x, func(k int, v float64) float64 {
		if k == 0 {
			return value(v)
		}
		return d(jet.Variable(v, k-1)).Derivative(k - 1)
	})
}

// Exp1 returns the exponential integral E₁(x), the integral of e^-t/t from x to
// infinity: +Inf at 0 and NaN for negative x. See [ExpN].
func Exp1(x np.Array) np.Array { return ExpN(1, x) }

// ExpN returns the exponential integral Eₙ(x), the integral of e^(-xt)/tⁿ from
// t = 1 to infinity; it is NaN for negative x. At 0 it is 1/(n-1) for n > 1 and
// else +Inf. It panics with a numpy.Error if n is negative. The derivative is
// -Eₙ₋₁(x), NIST DLMF 8.19.13.
func ExpN(n int, x np.Array) np.Array {
	if n < 0 {
		np.Fail("special: ExpN: order %d is negative", n)
	}
	return apply("ExpN", x, func(k int, v float64) float64 {
		if k < n {
			return alternate(k, special.ExpN(n-k, v))
		}
		if !(v >= 0) {
			return math.NaN()
		}
		// E₀(x) is e^-x/x.
		w := jet.Variable(v, k-n)
		return alternate(n, w.Neg().Exp().Div(w).Derivative(k-n))
	})
}

// ExpI returns the exponential integral Ei(x), the principal value of the
// integral of e^t/t from -infinity to x. At 0 it is -Inf.
func ExpI(x np.Array) np.Array {
	return integral("ExpI", x, special.ExpI, func(x jet.Jet64) jet.Jet64 { return x.Exp().Div(x) })
}

// Sici returns the sine integral Si(x), that of sin(t)/t from 0 to x, and the
// cosine integral Ci(|x|), that of cos(t)/t from infinity to |x|. At 0 the
// latter is -Inf.
func Sici(x np.Array) (si, ci np.Array) {
	si = integral("Sici", x, func(x float64) float64 {
		y, _ := special.SiCi(x)
		return y
	}, jet.Jet64.Sinc)
	ci = integral("Sici", x, func(x float64) float64 {
		_, y := special.SiCi(x)
		return y
	}, func(x jet.Jet64) jet.Jet64 {
		if math.IsInf(x.Value(), 0) {
			return x.Const(0)
		}
		return x.Cos().Div(x)
	})
	return si, ci
}

// Fresnel returns the Fresnel integrals S(x) and C(x), those of sin(πt²/2) and
// cos(πt²/2) from 0 to x.
func Fresnel(x np.Array) (s, c np.Array) {
	// angle returns the sine and the cosine of πx²/2 with the value reduced.
	angle := func(x jet.Jet64) (sin, cos jet.Jet64) {
		h := x.Sqr().Scale(math.Pi / 2)
		h = h.AddConst(-h.Value())
		sin, cos = h.Sincos()
		s, c := special.FresnelAngle(x.Value())
		return sin.Scale(c).Add(cos.Scale(s)), cos.Scale(c).Sub(sin.Scale(s))
	}
	s = integral("Fresnel", x, func(x float64) float64 {
		y, _ := special.Fresnel(x)
		return y
	}, func(x jet.Jet64) jet.Jet64 {
		y, _ := angle(x)
		return y
	})
	c = integral("Fresnel", x, func(x float64) float64 {
		_, y := special.Fresnel(x)
		return y
	}, func(x jet.Jet64) jet.Jet64 {
		_, y := angle(x)
		return y
	})
	return s, c
}

// Dawsn returns Dawson's integral, e^(-x²) times the integral of e^(t²) from 0
// to x. For |x| < 7 each derivative loses up to two digits to the one before,
// the more the larger x is.
func Dawsn(x np.Array) np.Array { return apply("Dawsn", x, special.DawsonDerivative) }

// Erfi returns the imaginary error function -i·erf(ix).
func Erfi(x np.Array) np.Array {
	return integral("Erfi", x, func(x float64) float64 {
		if math.IsInf(x, 0) {
			return x
		}
		h := x * x
		e := math.Exp(0.5 * h) // twice, for exp(x²) might overflow
		return 2 / math.Sqrt(math.Pi) * e * special.Dawson(x) * e * (1 + math.FMA(x, x, -h))
	}, func(x jet.Jet64) jet.Jet64 { return x.Sqr().Exp().Scale(2 / math.Sqrt(math.Pi)) })
}

// EllipK returns the complete elliptic integral of the first kind, of the
// parameter m = k² ≤ 1; it is +Inf at 1 and NaN beyond. It comes from the
// arithmetic-geometric mean, NIST DLMF 19.8.5.
func EllipK(m np.Array) np.Array {
	return apply("EllipK", m, func(k int, m float64) float64 {
		switch {
		case m == 1:
			return math.Inf(1)
		case math.IsInf(m, -1):
			return 0
		}
		y, _ := elliptic(jet.Variable(m, k))
		return y.Derivative(k)
	})
}

// EllipE returns the complete elliptic integral of the second kind, of the
// parameter m = k² ≤ 1; it is 1 at 1, with an infinite derivative, and NaN
// beyond. See NIST DLMF 19.8.6.
func EllipE(m np.Array) np.Array {
	return apply("EllipE", m, func(k int, m float64) float64 {
		switch {
		case m == 1 && k == 0:
			return 1
		case m == 1:
			return math.Inf(-1)
		case math.IsInf(m, -1) && k == 0:
			return math.Inf(1)
		}
		kk, e := elliptic(jet.Variable(m, k))
		if m < 0.5 {
			return e.Derivative(k)
		}
		// Close to 1 derivatives cancel in the mean, but not in the formula of
		// Legendre, 2m·E′ = E - K, differentiated.
		d := e.Value()
		for n := range k {
			d = (float64(1-2*n)*d - kk.Derivative(n)) / (2 * m)
		}
		return d
	})
}

// elliptic returns both elliptic integrals for m < 1.
func elliptic(m jet.Jet64) (k, e jet.Jet64) {
	if !(m.Value() < 1) {
		nan := m.Scale(math.NaN())
		return nan, nan
	}
	a, b := m.Const(1), m.Neg().AddConst(1).Sqrt()
	sum := m.Scale(0.5)
	// The number of equal digits doubles in each step, that of derivatives not
	// much later.
	for p, more := 1.0, 3; more > 0; p *= 2 {
		c := a.Sub(b).Scale(0.5)
		a, b = a.Add(b).Scale(0.5), a.Mul(b).Sqrt()
		sum = sum.Add(c.Sqr().Scale(p))
		if math.Abs(c.Value()) < 1e-8*a.Value() {
			more--
		}
	}
	k = a.Inv().Scale(math.Pi / 2)
	return k, k.Mul(sum.Neg().AddConst(1))
}

// Zeta returns the Hurwitz zeta function Σ (n+q)^-x, n = 0, 1, …, for x > 1 and
// q > 0, the Riemann zeta function where q is 1. At x = 1 it is +Inf, elsewhere
// NaN. It comes from the summation of Euler and Maclaurin, NIST DLMF 25.11.28,
// derivatives for x from that of jets.
func Zeta(x, q np.Array) np.Array { return zetaOp.Apply(0, x, q) }

// zetaOp is the k-th derivative for x; the parameter is k.
var zetaOp = &np.Op{Name: "special.Zeta"}

func init() {
	define(zetaOp, values2("Zeta", func(k any, x, q float64) float64 { return zetaDerivative(k.(int), x, q) }),
		func(c *np.Call, i int) np.Array {
			k, x, q := c.Param.(int), c.In[0], c.In[1]
			if i == 0 {
				return zetaOp.Apply(k+1, x, q)
			}
			// the k-th derivative of -x·ζ(x+1, q)
			up := x.AddConst(1)
			d := np.Mul(x, zetaOp.Apply(k, up, q))
			if k > 0 {
				d = d.Add(zetaOp.Apply(k-1, up, q).Scale(float64(k)))
			}
			return d.Neg()
		})
}

func zetaDerivative(k int, x, q float64) float64 {
	switch {
	case !(x >= 1 && q > 0) || math.IsInf(q, 1) && math.IsInf(x, 1):
		return math.NaN()
	case x == 1:
		return alternate(k, math.Inf(1))
	case math.IsInf(q, 1):
		return 0
	case math.IsInf(x, 1):
		switch {
		case q > 1 || k > 0 && q == 1:
			return 0
		case q == 1:
			return 1
		}
		return math.Inf(1)
	}
	s := jet.Variable(x, k)
	sum := s.Const(0)
	n := 0.0
	for ; n == 0 || q+n < 12 || q+n < x; n++ {
		t := power(q+n, s.Neg(), s.Const(0))
		sum = sum.Add(t)
		if n > 0 && q+n > 2 && t.Value() < 1e-40*sum.Value() {
			return sum.Derivative(k)
		}
	}
	w := q + n
	p := power(w, s.Neg(), s.Const(0))
	sum = sum.Add(p.Scale(w).Div(s.AddConst(-1))).Add(p.Scale(0.5))
	t := p.Mul(s).Scale(1 / w)      // s·(s+1)⋯(s+2j-2)·w^(-s-2j+1)
	for j, b := range [...]float64{ // B₂ⱼ/(2j)!
		1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600,
		-3617.0 / 10670622842880000, 43867.0 / 5109094217170944000, -174611.0 / 802857662698291200000,
	} {
		sum = sum.Add(t.Scale(b))
		f := float64(2*j + 1)
		t = t.Mul(s.AddConst(f)).Mul(s.AddConst(f + 1)).Scale(1 / (w * w))
	}
	return sum.Derivative(k)
}

// Airy returns the Airy functions Ai(x) and Bi(x), and their derivatives. These
// have derivatives too, by y″ = xy.
func Airy(x np.Array) (ai, dai, bi, dbi np.Array) {
	solution := func(second bool, order int) np.Array {
		return apply("Airy", x, func(k int, x float64) float64 {
			y0, y1, b0, b1 := special.Airy(x)
			if second {
				y0, y1 = b0, b1
			}
			// (n+2)-th derivative: x times the n-th and n times the one before
			last := 0.0
			for n := range order + k {
				y0, y1, last = y1, x*y0+float64(n)*last, y0
			}
			return y0
		})
	}
	return solution(false, 0), solution(false, 1), solution(true, 0), solution(true, 1)
}
