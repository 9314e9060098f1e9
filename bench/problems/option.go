package problems

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// Option is a European option, priced by Black and Scholes. It is a function of
// four variables x: the spot price S, the volatility σ, the time τ to expiry and
// the rate r. With
//
//	d₁ = (log(S/K) + (r + σ²/2)·τ)/(σ·√τ), d₂ = d₁ - σ·√τ,
//
// a call is worth S·Φ(d₁) - K·exp(-rτ)·Φ(d₂), and a put K·exp(-rτ)·Φ(-d₂) - S·Φ(-d₁).
type Option struct {
	Strike float64
	Put    bool
}

// Greeks are the value of an option and derivatives of it. Theta is by time, which
// is minus that by τ.
type Greeks struct {
	Value, Delta, Gamma, Vega, Theta, Rho float64
}

// sign returns 1 for a call and -1 for a put.
func (o Option) sign() float64 {
	if o.Put {
		return -1
	}
	return 1
}

func normCDF(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

// Value returns the value at x.
func (o Option) Value(x []float64) float64 {
	checkLen("Option.Value", "x", len(x), 4)
	s, sigma, tau, r := x[0], x[1], x[2], x[3]
	w := sigma * math.Sqrt(tau)
	d1 := (math.Log(s/o.Strike) + (r+sigma*sigma/2)*tau) / w
	z := o.sign()
	return z * (s*normCDF(z*d1) - o.Strike*math.Exp(-r*tau)*normCDF(z*(d1-w)))
}

// OptionValue is [Option.Value] for any number type.
func OptionValue[T dual.Real[T]](o Option, x []T) T {
	checkLen("OptionValue", "x", len(x), 4)
	s, sigma, tau, r := x[0], x[1], x[2], x[3]
	w := sigma.Mul(tau.Sqrt())
	d1 := s.Scale(1 / o.Strike).Log().Add(r.Add(sigma.Sqr().Scale(0.5)).Mul(tau)).Div(w)
	z := o.sign()
	paid := r.Mul(tau).Neg().Exp().Scale(o.Strike).Mul(d1.Sub(w).Scale(z).NormCDF())
	return s.Mul(d1.Scale(z).NormCDF()).Sub(paid).Scale(z)
}

// Gradient puts the gradient of the value at x, by the closed forms, into dst and
// returns it. A nil dst is allocated.
func (o Option) Gradient(dst, x []float64) []float64 {
	checkLen("Option.Gradient", "x", len(x), 4)
	dst = destination("Option.Gradient", dst, 4)
	g := o.Greeks(x)
	dst[0], dst[1], dst[2], dst[3] = g.Delta, g.Vega, -g.Theta, g.Rho
	return dst
}

// Greeks returns the Greeks at x by the closed forms.
func (o Option) Greeks(x []float64) Greeks {
	checkLen("Option.Greeks", "x", len(x), 4)
	s, sigma, tau, r := x[0], x[1], x[2], x[3]
	root := math.Sqrt(tau)
	w := sigma * root
	d1 := (math.Log(s/o.Strike) + (r+sigma*sigma/2)*tau) / w
	z := o.sign()
	density := math.Exp(-d1*d1/2) / math.Sqrt(2*math.Pi)
	in, out := normCDF(z*d1), o.Strike*math.Exp(-r*tau)*normCDF(z*(d1-w))
	return Greeks{
		Value: z * (s*in - out),
		Delta: z * in,
		Gamma: density / (s * w),
		Vega:  s * density * root,
		Theta: -s*density*sigma/(2*root) - z*r*out,
		Rho:   z * tau * out,
	}
}

// OptionGreeks returns the Greeks at x by forward mode: two sweeps with three
// tangents, and one of second order.
func OptionGreeks(o Option, x []float64) Greeks {
	checkLen("OptionGreeks", "x", len(x), 4)
	var grad [4]float64
	y, _ := dual.ValueAndGradient(grad[:], func(x []dual.Number3) dual.Number3 { return OptionValue(o, x) }, x)
	_, _, gamma := dual.SecondDirectional(func(x []dual.Hyper) dual.Hyper { return OptionValue(o, x) }, x, []float64{1, 0, 0, 0})
	return Greeks{Value: y, Delta: grad[0], Gamma: gamma, Vega: grad[1], Theta: -grad[2], Rho: grad[3]}
}
