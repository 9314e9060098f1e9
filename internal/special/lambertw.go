package special

import "math"

const (
	lambertMin = -0.36787944117144233 // the float64 nearest to -1/e

	// Two-word constants; each pair sums to the constant named to about
	// 2**-107.
	lambertEHi     = 2.718281828459045 // e
	lambertELo     = 1.4456468917292502e-16
	lambertSqrt2Hi = 1.4142135623730951 // √2
	lambertSqrt2Lo = -9.667293313452913e-17
)

// LambertW returns the principal branch of the Lambert W function, the solution
// w >= -1 of w·exp(w) = x.
//
// Near the branch point -1/e it is a rational approximation in p = √(2(e·x+1)),
// where e·x+1 is computed with a two-word e; for -0.3 < x < 0.6 it is x·exp(-w),
// with a rational approximation of exp(-w) in p; and for larger x a first
// approximation is improved by one step of the fourth-order iteration of F. N.
// Fritsch, R. E. Shafer and W. P. Crowley, Solution of the transcendental
// equation weʷ = x, Comm. ACM 16 (1973), 123-124. For the function see R. M.
// Corless et al., On the Lambert W function, Adv. Comput. Math. 5 (1996),
// 329-359, whose series (4.22) the approximation in p replaces.
//
// The float64 nearest to -1/e is less than -1/e by 1.2e-17, yet it is taken to
// stand for the branch point.
//
// Special cases are:
//
//	LambertW(±0) = ±0
//	LambertW(-1/e) = -1
//	LambertW(+Inf) = +Inf
//	LambertW(x) = NaN for x < -1/e
//	LambertW(NaN) = NaN
func LambertW(x float64) float64 {
	switch {
	case x == 0 || math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x < lambertMin:
		return math.NaN()
	case x == lambertMin:
		return -1
	case x < 0.6:
		return lambertSmall(x)
	}
	l := math.Log(x)
	var w float64
	switch {
	case l < 4:
		// This and the next are good to 5e-5 relative, which is ample.
		w = (0.5671410313717912 + l*(0.4718447479760919+l*(0.1609362211434808+l*0.02375433401612941))) /
			(1 + l*(0.19393356379249357+l*(0.030014376180513724-l*0.0002765266740155)))
	case l < 30:
		w = (0.6670925376107981 + l*(0.3940075796102825+l*(0.21305245338540563+l*0.005442506064072855))) /
			(1 + l*(0.24071022954153884+l*0.005471451193473643))
	default:
		// Corless et al., (4.19).
		l2 := math.Log(l)
		w = l - l2 + l2/l*(1+(0.5*l2-1)/l)
	}
	z := math.Log(x/w) - w
	w1 := 1 + w
	q := 2 * w1 * (w1 + z*(2.0/3))
	return w + w*(z/w1*((q-z)/(q-2*z)))
}

// lambertSmall returns LambertW(x) for -1/e < x < 0.6, x ≠ 0.
func lambertSmall(x float64) float64 {
	// u+v = e·x+1.
	h := float64(x * lambertEHi)
	l := math.FMA(x, lambertEHi, -h) + x*lambertELo
	t := 1 + h
	c := t - 1
	l += (1 - (t - c)) + (h - c)
	u := t + l
	v := (t - u) + l
	// p+q = √(2(u+v)).
	p := math.Sqrt(2 * u)
	q := (0.5*math.FMA(-p, p, 2*u) + v) / p
	if x < -0.3032 {
		n := 0.3333333333333333 + p*(0.5012912675212288+p*(0.2549654280186366+p*(0.04999639061590263+
			p*(0.002993307660463147+p*2.110046499809224e-06))))
		d := 1.0 + p*(1.9622071358970183+p*(1.4253523324532407+p*(0.4680331195332129+
			p*(0.06700840228724554+p*0.003149755736741947))))
		return -1 + (p + (q - p*(p*(n/d))))
	}
	// exp(-w) = 1 + s·R(s), s = p-√2.
	s := (p - lambertSqrt2Hi) + (q - lambertSqrt2Lo)
	var n, d float64
	if x < 0 {
		n = -0.5202600950228888 + s*(-0.4083359717042813+s*(-0.11235305132940526+s*(-0.012649467104905469+
			s*(-0.0004815222974495929+s*4.7480786464505667e-08))))
		d = 1.0 + s*(1.2117056581106105+s*(0.5631870349261959+s*(0.1241598241815544+
			s*(0.012778754735194083+s*0.00047912906640538413))))
	} else {
		n = -0.5202600950228888 + s*(-0.3016865206347302+s*(-0.053926577580155746+s*(-0.002920031186972678+
			s*(9.902744283475506e-07-s*2.4601629196132218e-08))))
		d = 1.0 + s*(1.0067130936417594+s*(0.3633862429097678+s*(0.05501878773060095+
			s*0.002890840714055463)))
	}
	return x + x*(s*(n/d))
}
