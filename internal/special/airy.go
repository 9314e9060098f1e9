package special

import "math"

// Airy returns the Airy functions Ai(x) and Bi(x) and their derivatives.
//
// Special cases are:
//
//	Airy(+Inf) = 0, 0, +Inf, +Inf
//	Airy(-Inf) = 0, NaN, 0, NaN
//	Airy(NaN) = NaN, NaN, NaN, NaN
//
// For |x| ≤ 1 it uses the power series NIST DLMF 9.4, else Bessel functions of
// the orders 1/3 and 2/3 (NIST DLMF 9.6). For negative x the error is as small
// compared to the amplitude and grows like that of the phase.
func Airy(x float64) (ai, dai, bi, dbi float64) {
	const sqrt3 = 1.7320508075688772935274463415058723669
	switch {
	case x != x:
		return x, x, x, x
	case math.IsInf(x, 1):
		return 0, 0, x, x
	case math.IsInf(x, -1):
		return 0, math.NaN(), 0, math.NaN()
	case math.Abs(x) <= 1:
		f, df, g, dg := airySeries(x)
		const a, b = 0.35502805388781723926, 0.25881940379280679841 // Ai(0), -Ai′(0)
		return a*f - b*g, a*df - b*dg, sqrt3 * (a*f + b*g), sqrt3 * (a*df + b*dg)
	}
	z := math.Abs(x)
	r := math.Sqrt(z)
	h, l := airyArgument(z, r)
	if x < 0 {
		j, y := BesselJY(1.0/3, h)
		dj, dy := BesselJY(2.0/3, h)
		return r * (j/2 - y/(2*sqrt3)), z * (dj/2 + dy/(2*sqrt3)), -r * (j/(2*sqrt3) + y/2), z * (dj/(2*sqrt3) - dy/2)
	}
	k, dk := BesselKe(1.0/3, h), BesselKe(2.0/3, h)
	i, di := BesselIe(1.0/3, h)+BesselIe(-1.0/3, h), BesselIe(2.0/3, h)+BesselIe(-2.0/3, h)
	e := math.Exp(-h) * (1 - l)
	p := math.Exp(0.5*h) * (1 + 0.5*l) // the square might overflow
	return r / (math.Pi * sqrt3) * k * e, -z / (math.Pi * sqrt3) * dk * e, r / sqrt3 * i * p * p, z / sqrt3 * di * p * p
}

// airyArgument returns 2/3·z·√z, where r is the root, as the sum of two numbers.
func airyArgument(z, r float64) (h, l float64) {
	d := math.FMA(-r, r, z) / (2 * r) // what the root lacks
	p := z * r
	q := math.FMA(z, r, -p) + z*d
	h = 2 * p / 3
	return h, (math.FMA(-3, h, 2*p) + 2*q) / 3
}

// airySeries returns the solutions of y″ = xy that start as 1 and x, and their
// derivatives.
func airySeries(x float64) (f, df, g, dg float64) {
	c := x * x * x
	p, q := 1.0, 1.0 // the terms, without a factor x in q
	f, g, dg = 1, 1, 1
	for k := 3.0; math.Abs(p) > 0x1p-60; k += 3 {
		p *= 1 / (k * (k - 1))
		df += k * p * x * x
		p *= c
		f += p
		q *= c / (k * (k + 1))
		g += q
		dg += (k + 1) * q
	}
	return f, df, g * x, dg
}
