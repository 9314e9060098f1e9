package special

import "math"

// gammaLog returns log(x) for x ≥ 0. Unlike math.Log, whose assembly
// version on some platforms ignores gradual underflow, it is accurate for
// subnormal x.
func gammaLog(x float64) float64 {
	const (
		minNormal = 0x1p-1022
		ln2x54    = 54 * math.Ln2
	)
	if x < minNormal && x > 0 {
		return math.Log(x*0x1p54) - ln2x54
	}
	return math.Log(x)
}

// gammaStirling returns the correction log Γ(x) - (x-½)log(x) + x - ½log(2π),
// with an absolute error below 1e-17 for x ≥ 10 (NIST DLMF 5.11.1).
func gammaStirling(x float64) float64 {
	const (
		c1 = 1. / 12
		c2 = -1. / 360
		c3 = 1. / 1260
		c4 = -1. / 1680
		c5 = 1. / 1188
		c6 = -691. / 360360
		c7 = 1. / 156
		c8 = -3617. / 122400
	)
	z := 1 / x
	y := z * z
	return z * (c1 + y*(c2+y*(c3+y*(c4+y*(c5+y*(c6+y*(c7+y*c8)))))))
}

// gammaLarge returns Γ(x) for 20 ≤ x ≤ 172 as Γ(n) * exp(log Γ(x) - log Γ(n))
// for an integer n near x: the exponent is small, so that rounding errors in
// it do not matter, whereas those in x*log(x) would.
func gammaLarge(x float64) float64 {
	n := math.Round(x)
	if n > 171 {
		n = 171
	}
	f := gammaFact[int(n)-1]
	d := x - n // exact
	if d == 0 {
		return f
	}
	e := d*math.Log(n) + ((x-0.5)*math.Log1p(d/n) - d) + (gammaStirling(x) - gammaStirling(n))
	return f * math.Exp(e)
}

// gammaSinPi returns sin(πx) for 0 ≤ x < 2⁵², and whether floor(x) is odd.
// Its relative error is a few ulp, near the zeros too.
func gammaSinPi(x float64) (s float64, odd bool) {
	n := math.Floor(x)
	r := x - n // exact
	odd = math.Mod(n, 2) != 0
	switch {
	case r <= 0.25:
		s = math.Sin(math.Pi * r)
	case r < 0.75:
		s = math.Cos(math.Pi * (0.5 - r))
	default:
		s = math.Sin(math.Pi * (1 - r))
	}
	if odd {
		s = -s
	}
	return s, odd
}

// Gamma returns the gamma function Γ(x).
//
// Special cases are:
//
//	Gamma(+Inf) = +Inf
//	Gamma(+0) = +Inf
//	Gamma(-0) = -Inf
//	Gamma(x) = NaN for integer x < 0
//	Gamma(-Inf) = NaN
//	Gamma(NaN) = NaN
//
// The result is correctly rounded for positive integers. For |x| ≤ 20 Gamma
// calls [math.Gamma]. For larger x it uses Stirling's series (NIST DLMF
// 5.11.1) for the ratio of Γ(x) and a tabulated factorial, and for smaller x
// the reflection formula (NIST DLMF 5.5.3).
func Gamma(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0) || x == 0:
		return math.Gamma(x)
	case x > 20:
		if x >= 172 {
			return math.Inf(1)
		}
		return gammaLarge(x)
	case x >= -20:
		if n := math.Floor(x); n == x && n > 0 {
			return gammaFact[int(n)-1]
		}
		return math.Gamma(x)
	case x == math.Floor(x):
		return math.NaN()
	}
	q := -x
	s, odd := gammaSinPi(q)
	if q > 190 { // |Γ(x)| < 2**-1075 for all of these
		if odd {
			return 0
		}
		return math.Copysign(0, -1)
	}
	// Γ(-q) = -π / (q * sin(πq) * Γ(q)), with Γ(q) = Γ(q-k) * p.
	p := 1.0
	for q > 170 {
		q--
		p *= q
	}
	return -math.Pi / (x * s) / gammaLarge(q) / -p
}

// Lgamma returns log|Γ(x)|.
//
// Special cases are:
//
//	Lgamma(+Inf) = +Inf
//	Lgamma(0) = +Inf
//	Lgamma(-integer) = +Inf
//	Lgamma(-Inf) = -Inf
//	Lgamma(NaN) = NaN
//
// For x > 0 Lgamma calls [math.Lgamma], but for a Chebyshev interpolant near
// 0.2 and 1.2, where that loses a few digits. For -33 < x < 0 it takes the
// logarithm of [Gamma], except near the zeros of log|Γ(x)|, about which it
// expands in order to keep the relative error small; the zeros are stored
// with twice the precision of float64. For x < -33 it uses the reflection
// formula (NIST DLMF 5.5.3).
func Lgamma(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return x
	case math.Abs(x) < 0x1p-54:
		if x == 0 {
			return math.Inf(1)
		}
		return -gammaLog(math.Abs(x))
	case x > 0:
		return gammaLogPos(x)
	case x == math.Floor(x):
		return math.Inf(1)
	case x > -33:
		if l, ok := gammaNearZero(x); ok {
			return l
		}
		return math.Log(math.Abs(Gamma(x)))
	}
	q := -x
	s, _ := gammaSinPi(q)
	return math.Log(math.Pi/math.Abs(q*s)) - gammaLogPos(q)
}

// gammaLogPos returns log Γ(x) for x > 0.
func gammaLogPos(x float64) float64 {
	switch {
	case x > 1.1 && x < 1.25:
		return gammaLogUnit(x - 1) // exact
	case x > 0.1 && x < 0.25:
		return gammaLogUnit(x) - math.Log(x)
	}
	l, _ := math.Lgamma(x)
	return l
}

// gammaLogUnit returns log Γ(1+y) for 0.1 ≤ y ≤ 0.25.
func gammaLogUnit(y float64) float64 {
	s := (y - 0.175) * (1 / 0.075)
	p := 0.0
	for i := len(gammaUnit) - 1; i >= 0; i-- {
		p = p*s + gammaUnit[i]
	}
	return p * y
}

// gammaNearZero returns log|Γ(x)| for x < 0 near one of the zeros of that
// function. With x = z+d and z the zero, the reflection formula gives
//
//	log|Γ(x)| = -log(sin(πx)/sin(πz)) - (log Γ(w-d) - log Γ(w)),  w = 1-z,
//
// where either term is of the order of d.
func gammaNearZero(x float64) (l float64, ok bool) {
	for i := range gammaZeros {
		z := &gammaZeros[i]
		d := x - z.hi
		// 1/(4π|cot(πz)|) is about a quarter of the distance to the pole
		// and for the first few zeros a quarter of the period of the
		// cotangent at most.
		if d > 0.08 {
			return 0, false
		}
		d -= z.lo
		if math.Abs(d) > 0.08 || math.Abs(d*z.cot) > 0.08 {
			continue
		}
		s := math.Sin(0.5 * math.Pi * d)
		l = -math.Log1p(z.cot*math.Sin(math.Pi*d) - 2*s*s)
		w := (1 - z.hi) - z.lo
		// Taylor series of log Γ(w-d) - log Γ(w).
		p := 1.0
		sum := 0.0
		for k := 1; k < 25; k++ {
			p *= -d / float64(k)
			t := p * Polygamma(k-1, w)
			sum += t
			if math.Abs(t) <= 1e-18*math.Abs(sum) {
				break
			}
		}
		return l - sum, true
	}
	return 0, false
}

// Lbeta returns the logarithm of the absolute value of the beta function,
// log|B(x, y)| = log|Γ(x)Γ(y)/Γ(x+y)|.
//
// Special cases are:
//
//	Lbeta(x, y) = NaN if x or y is NaN
//	Lbeta(0, y) = Lbeta(x, 0) = +Inf for finite x, y ≥ 0
//	Lbeta(+Inf, y) = Lbeta(x, +Inf) = -Inf for x, y > 0
//	Lbeta(+Inf, 0) = Lbeta(0, +Inf) = NaN
//
// For x, y > 0 the difference of the large terms is taken analytically, with
// Stirling's series for the rest, as proposed by A. R. DiDonato and A. H.
// Morris, Jr., Algorithm 708, ACM Trans. Math. Software 18 (1992) 360-373.
// For a negative argument Lbeta is the plain sum of log-gamma functions, and
// NaN where that is an undetermined Inf - Inf.
func Lbeta(x, y float64) float64 {
	if math.IsNaN(x) || math.IsNaN(y) {
		return math.NaN()
	}
	a, b := x, y
	if a > b {
		a, b = b, a
	}
	switch {
	case a < 0:
		return Lgamma(a) + Lgamma(b) - Lgamma(a+b)
	case a == 0:
		if math.IsInf(b, 1) {
			return math.NaN()
		}
		return math.Inf(1)
	case math.IsInf(b, 1):
		return math.Inf(-1)
	case a == 1:
		return -gammaLog(b)
	case b == 1:
		return -gammaLog(a)
	case a >= 10:
		const halfLog2Pi = 0.91893853320467274178032973640561763986
		r := a / b
		l := math.Log1p(r)
		s := gammaStirling(a) + (gammaStirling(b) - gammaStirling(a+b))
		// log(a/(a+b)) and b*log(b/(a+b)).
		var la float64
		if r < 0.25 {
			la = gammaLog(r) - l
		} else {
			la = -math.Log1p(b / a)
		}
		lb := b * l
		if r == 0 || r < 0x1p-1000 {
			la = math.Log(a) - math.Log(b)
			lb = a
		}
		return ((a-0.5)*la - lb) + (s + halfLog2Pi - 0.5*math.Log(b))
	case b >= 10:
		// log Γ(b) - log Γ(a+b) = a - (a+b-½)log(1+a/b) - a*log(b) + ….
		r := a / b
		d := (gammaStirling(b) - gammaStirling(a+b)) + (a - (b+(a-0.5))*math.Log1p(r))
		return (Lgamma(a) - a*math.Log(b)) + d
	case b <= 1:
		// B(a, b) = (a+b)/(ab) * Γ(1+a)Γ(1+b)/Γ(1+a+b).
		g := Gamma(1+a) * Gamma(1+b) / Gamma(1+(a+b))
		return math.Log1p(a/b) - gammaLog(a) + math.Log(g)
	case a <= 1:
		// B(a, b) = Γ(1+a)Γ(b)/(aΓ(a+b)).
		g := Gamma(b) / Gamma(a+b) * Gamma(1+a)
		if a > 0.1 {
			return math.Log(g / a)
		}
		return math.Log(g) - gammaLog(a)
	}
	return math.Log(Gamma(a) * (Gamma(b) / Gamma(a+b)))
}
