package special

import "math"

// The functions of this file and of normal.go are built on two helpers that
// return their result as an unevaluated sum hi+lo of two float64 values:
// erfExp for the exponential and erfcxPair for erfcx on the non-negative half
// line. Products and quotients of the two are then rounded essentially once. The
// explicit conversions of products to float64 keep the compiler from fusing
// them into a later sum, which would break the error terms.

// Two-word constants; each pair sums to the constant named to about 2**-107.
const (
	erfInvSqrtPiHi    = 0.5641895835477563 // 1/√π
	erfInvSqrtPiLo    = 7.66772980658294e-18
	erfTwoInvSqrtPiHi = 1.1283791670955126 // 2/√π
	erfHalfSqrtPiHi   = 0.886226925452758  // √π/2
	erfHalfSqrtPiLo   = -3.8332932499128993e-17
)

const (
	// erfExpMin is a bound below which exp(x) rounds to zero, with a margin.
	erfExpMin = -746

	// erfLn2Hi has 21 trailing zero bits, so that k*erfLn2Hi is exact for
	// every exponent k of a float64.
	erfLn2Hi = 6.93147180369123816490e-01
	erfLn2Lo = 1.90821492927058770002e-10
)

// erfSqr returns h and l with h+l = x², where h is exact and l is within
// 2**-78 of its exact value relative to x². It needs |x| < 2**511. The rounding of
// x*x would cost exp(-x²) up to 10 bits when |x| is large; the remedy is that of
// W. J. Cody, Rational Chebyshev approximations for the error function, Math.
// Comp. 23 (1969), 631-637.
func erfSqr(x float64) (h, l float64) {
	hi := math.Float64frombits(math.Float64bits(x) &^ (1<<27 - 1))
	return hi * hi, (x - hi) * (x + hi)
}

// erfExp returns exp(h+l) as (hi+lo)·2**k, with hi in [0.7, 1.42] and an error
// below 2**-56 relative. It needs |h+l| < 2**20 and |l| < 2**-10.
//
// The reduction is that of Cody and Waite, Software Manual for the Elementary
// Functions (1980), chapter 6; the reduced argument is treated by its Taylor
// polynomial, whose truncation error on |r| <= ln(2)/2 is below 2**-61.
func erfExp(h, l float64) (hi, lo float64, k int) {
	kf := math.Floor(h*math.Log2E + 0.5)
	rh := h - kf*erfLn2Hi // exact
	rl := l - kf*erfLn2Lo
	r := rh + rl
	c := (rh - r) + rl
	r2 := r * r
	// exp(r) = 1 + r + r²·q(r).
	q := (1.0/2 + r*(1.0/6)) + r2*((1.0/24+r*(1.0/120))+
		r2*((1.0/720+r*(1.0/5040))+
			r2*((1.0/40320+r*(1.0/362880))+
				r2*((1.0/3628800+r*(1.0/39916800))+
					r2*((1.0/479001600+r*(1.0/6227020800))+
						r2*(1.0/87178291200))))))
	t := r2*q + c*(1+r)
	s := 1 + r
	e := (1 - s) + r
	e += t
	hi = s + e
	lo = (s - hi) + e
	return hi, lo, int(kf)
}

// erfScale returns x·2**k.
func erfScale(x float64, k int) float64 {
	if -1022 <= k && k <= 1023 {
		return x * math.Float64frombits(uint64(k+1023)<<52)
	}
	return math.Ldexp(x, k)
}

// erfScaleSum returns (hi+lo)·2**k for hi+lo between 2**-60 and 4, without a
// double rounding where the result is subnormal.
func erfScaleSum(hi, lo float64, k int) float64 {
	if k >= -960 {
		return erfScale(hi+lo, k)
	}
	y := math.Ldexp(hi, k)
	return y + math.Ldexp((hi-math.Ldexp(y, -k))+lo, k)
}

// Coefficients of the rational approximations in erfcxPair, lowest order
// first. See testdata/gen_erf.py for their derivation.
var (
	erfcxP0 = [7]float64{
		-0.3633802276324187, -0.23371418429286747, -0.09474367728970481, -0.01695514561622452,
		-0.0015713092476376373, 1.3169370680245517e-05, -7.370624830753957e-07,
	}
	erfcxQ0 = [7]float64{
		1.0, 1.0674028462498923, 0.6082786579591378, 0.1908970494104031,
		0.03373688678704259, 0.0025664489592988455, 0,
	}
	erfcxP1 = [7]float64{
		-0.2369478368253125, -0.18963045061549016, -0.07364975148096457, -0.014146177680680914,
		-0.0011600875890653787, 2.861967888886038e-07, 0,
	}
	erfcxQ1 = [7]float64{
		1.0, 1.2247486886667451, 0.6990687161417476, 0.2192077974749529,
		0.03744572199143223, 0.002772763964715323, 0,
	}
	erfcxP2 = [7]float64{
		-0.12918983594122144, -0.10891727568711501, -0.039703472390362066, -0.0070568549805223825,
		-0.0005140960985696436, 1.0973898878148496e-08, 0,
	}
	erfcxQ2 = [7]float64{
		1.0, 1.2226022857008938, 0.6507041815380664, 0.18519763499736597,
		0.0280611080495243, 0.001810111858699226, 0,
	}
	erfcxP3 = [7]float64{
		-0.05610626647586004, -0.05476458539232931, -0.022647232837895097, -0.004927603861553667,
		-0.0005628565414710153, -2.70017137090382e-05, -5.057577277510051e-13,
	}
	erfcxQ3 = [7]float64{
		1.0, 1.2663771618219435, 0.6940740222465591, 0.2103111534043839,
		0.03713971526296732, 0.0036260403864323137, 0.00015312283957715465,
	}
)

// erfRat returns p(s)/q(s).
func erfRat(p, q *[7]float64, s float64) float64 {
	n := p[0] + s*(p[1]+s*(p[2]+s*(p[3]+s*(p[4]+s*(p[5]+s*p[6])))))
	d := q[0] + s*(q[1]+s*(q[2]+s*(q[3]+s*(q[4]+s*(q[5]+s*q[6])))))
	return n / d
}

// erfcxPair returns erfcx(x) as the sum hi+lo for finite x >= 0.
//
// It evaluates
//
//	erfcx(x) = (1/√π) / (x + g(x)),
//
// where g decreases slowly from 1/√π at 0 towards 1/(2x) at infinity (the
// continued fraction DLMF 7.9.1 is g(x) = (1/2)/(x+1/(x+(3/2)/(x+...)))). On
// each of four intervals [a, b) g is g(a) + (x-a)·R(x-a) with a rational R, and
// beyond the last of them R(1/x²)/x. As x is exact and the part that is
// approximated is small, the sum is good to about 2**-55.
func erfcxPair(x float64) (hi, lo float64) {
	var c, t float64 // g(x) = c + t
	switch {
	case x < 0.5:
		c = erfInvSqrtPiHi
		t = erfInvSqrtPiLo + x*erfRat(&erfcxP0, &erfcxQ0, x)
	case x < 1.25:
		c = 0.4163528206493492
		s := x - 0.5
		t = 1.0257960583872692e-17 + s*erfRat(&erfcxP1, &erfcxQ1, s)
	case x < 2.5:
		c = 0.2838619708346198
		s := x - 1.25
		t = 2.1083880452883964e-17 + s*erfRat(&erfcxP2, &erfcxQ2, s)
	case x < 6:
		c = 0.1763403754931955
		s := x - 2.5
		t = 9.619896488236341e-18 + s*erfRat(&erfcxP3, &erfcxQ3, s)
	default:
		y := 1 / x
		s := y * y
		n := 0.4999999999999999 + s*(9.413167201229442+s*(50.79859819258325+s*(79.75751287139299+s*17.482707786816665)))
		d := 1 + s*(19.82633440245784+s*(118.92353078865222+s*(238.12272012677118+s*115.04798163720467)))
		t = n / d * y
	}
	// d + e = x + c + t.
	u := x + c
	v := u - x
	w := (x - (u - v)) + (c - v) + t
	d := u + w
	e := (u - d) + w
	hi = erfInvSqrtPiHi / d
	lo = (math.FMA(-hi, d, erfInvSqrtPiHi) + (erfInvSqrtPiLo - hi*e)) / d
	return hi, lo
}

// Erfc returns the complementary error function of x, erfc(x) = 1 - erf(x).
//
// It differs from math.Erfc, which is in error by up to 2.6 ulp for positive x,
// in that it is computed there as exp(-x²)·erfcx(x) (see Erfcx) with
// compensation of the roundings of both factors.
//
// Special cases are:
//
//	Erfc(±0) = 1
//	Erfc(+Inf) = 0
//	Erfc(-Inf) = 2
//	Erfc(NaN) = NaN
func Erfc(x float64) float64 {
	switch {
	case !(x >= 0.25):
		return math.Erfc(x)
	case x > 27.3:
		return 0
	}
	h, l := erfSqr(x)
	eh, el, k := erfExp(-h, -l)
	fh, fl := erfcxPair(x)
	p := float64(eh * fh)
	return erfScaleSum(p, math.FMA(eh, fh, -p)+(eh*fl+el*fh), k)
}

// Erfcx returns the scaled complementary error function exp(x²)·erfc(x).
//
// For x >= 0 it is the reciprocal of x plus a slowly varying function, for
// which piecewise rational approximations are used that come from the continued
// fraction DLMF 7.9.1; for x < 0 it is 2·exp(x²) - Erfcx(-x).
//
// Special cases are:
//
//	Erfcx(±0) = 1
//	Erfcx(+Inf) = 0
//	Erfcx(-Inf) = +Inf
//	Erfcx(x) = +Inf for x < -26.628...
//	Erfcx(NaN) = NaN
func Erfcx(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x >= 0:
		if math.IsInf(x, 1) {
			return 0
		}
		hi, lo := erfcxPair(x)
		return hi + lo
	case x < -26.7:
		return math.Inf(1)
	}
	h, l := erfSqr(x)
	eh, el, k := erfExp(h, l)
	if x < -6.5 {
		// Erfcx(-x) is below half an ulp of 2·exp(x²).
		return erfScale(eh+el, k+1)
	}
	scale := math.Float64frombits(uint64(k+1+1023) << 52)
	eh *= scale
	el *= scale
	fh, fl := erfcxPair(-x)
	s := eh - fh
	return s + (((eh - s) - fh) + (el - fl))
}

// ErfcxDerivative returns the k-th derivative of Erfcx at x. It panics if k is
// negative.
//
// The derivatives are y_k = (-2)**k·k!·exp(x²)·iᵏerfc(x), where iᵏerfc are the
// repeated integrals of the complementary error function (DLMF 7.18), and
// satisfy y_{k+1} = 2x·y_k + 2k·y_{k-1}. For x < 0 this recurrence has no
// cancellation in the forward direction, and little for small positive x. For
// larger x the y_k are its minimal solution, whose ratios are obtained by backward recurrence (W. Gautschi,
// Computational aspects of three-term recurrence relations, SIAM Rev. 9 (1967),
// 24-82), started from the expansion of the ratio for large 2k+x², which is the
// logarithmic derivative of the expansion DLMF 12.10(vi) of the parabolic
// cylinder function U(k+1/2, x√2).
//
// Special cases are:
//
//	ErfcxDerivative(0, x) = Erfcx(x)
//	ErfcxDerivative(k, +Inf) = (-1)**k·0
//	ErfcxDerivative(k, -Inf) = (-1)**k·Inf
//	ErfcxDerivative(k, NaN) = NaN
func ErfcxDerivative(k int, x float64) float64 {
	if k < 0 {
		panic("special: negative order of derivative")
	}
	y := Erfcx(x)
	if k == 0 || math.IsNaN(x) {
		return y
	}
	if x*float64(k) <= 0.5 {
		y0, y1 := y, 2*x*y-erfTwoInvSqrtPiHi
		for j := 1; j < k; j++ {
			y0, y1 = y1, 2*x*y1+2*float64(j)*y0
		}
		return y1
	}
	if x > 1e100 {
		// The ratios are 1/(2x) to machine precision.
		for j := 1; j <= k; j++ {
			y *= -float64(j) / x
		}
		return y
	}
	// r is the ratio c_n/c_{n-1}, c_n = exp(x²)·iⁿerfc(x), and obeys
	// r_{n-1} = 1/(2x + 2n·r_n).
	const threshold = 40
	n := k
	if x < 16 {
		// The expansion is at its weakest when x²/2 exceeds k, but two more
		// steps then reduce its error a thousandfold.
		n = max(k+2, int(math.Ceil(threshold-x*x/2)))
	}
	r := erfcxRatio(n, x)
	for ; n > k; n-- {
		r = 0.5 / (x + float64(n)*r)
	}
	for {
		y *= -2 * float64(n) * r
		if n == 1 {
			return y
		}
		r = 0.5 / (x + float64(n)*r)
		n--
	}
}

// erfcxRatio returns iⁿerfc(x)/iⁿ⁻¹erfc(x) for n >= 1, x > 0 and 2n+x² >= 80.
//
// With S = √(2n+1+x²) and u = x/S the reciprocal of the ratio is
// x + S·Σ B_j(u)/S**(2j), where the polynomials B_j follow from the Riccati
// equation of the ratio: B_0 = 1, and
//
//	2·B_j = (3-2j)·u·B_{j-1} + (1-u²)·B_{j-1}' - Σ_{0<i<j} B_i·B_{j-i}.
func erfcxRatio(n int, x float64) float64 {
	s2 := float64(2*n+1) + x*x
	s := math.Sqrt(s2)
	d := 1 / s2
	u := x / s
	v := u * u
	b := d * (u * (1268343.0/256 + v*(-12581985.0/128+v*(62579385.0/128+v*(-435930795.0/512+v*(242183775.0/512))))))
	b = d * (b - 174317.0/2048 + v*(4321753.0/1024+v*(-121782417.0/4096+v*(256406305.0/4096+v*(-1282031525.0/32768)))))
	b = d * (b + u*(-21429.0/128+v*(248595.0/128+v*(-82635.0/16+v*(59025.0/16)))))
	b = d * (b + 631.0/128 + v*(-34503.0/256+v*(248475.0/512+v*(-414125.0/1024))))
	b = d * (b + u*(153.0/16+v*(-1695.0/32+v*(1695.0/32))))
	b = d * (b - 19.0/32 + v*(221.0/32+v*(-1105.0/128)))
	b = d * (b + u*(-9.0/8+v*(15.0/8)))
	b = d * (b + 1.0/4 - v*(5.0/8))
	b = d * (b + u/2)
	return 1 / (x + s*(1+b))
}

// Erfinv returns the inverse of the error function.
//
// The value of math.Erfinv, which is in error by up to some 5 ulp, is corrected
// by one step of Newton's method, with the residual of erfc rather than of erf
// in the outer half of the domain.
//
// Special cases are:
//
//	Erfinv(±0) = ±0
//	Erfinv(1) = +Inf
//	Erfinv(-1) = -Inf
//	Erfinv(x) = NaN for x < -1 or x > 1
//	Erfinv(NaN) = NaN
func Erfinv(x float64) float64 {
	a := math.Abs(x)
	switch {
	case !(a < 1):
		return math.Erfinv(x)
	case a == 0:
		return x
	case a < 1.0/(1<<27):
		// The next term of the series is π/12·a² relative to the first.
		return x*erfHalfSqrtPiHi + x*erfHalfSqrtPiLo
	}
	y := math.Erfinv(a)
	// exp(-y²) is needed to full precision for the residual only if a > 0.5,
	// and as the derivative otherwise.
	h, l := erfSqr(y)
	eh, el, k := erfExp(-h, -l)
	var f float64 // (a - erf(y))·2**-k
	if a <= 0.5 {
		f = (a - math.Erf(y)) / erfScale(1, k)
	} else {
		// erfc(y) = (p+q)·2**k and 1-a is exact.
		fh, fl := erfcxPair(y)
		p := float64(eh * fh)
		q := math.FMA(eh, fh, -p) + (eh*fl + el*fh)
		f = (p - erfScale(1-a, -k)) + q
	}
	return math.Copysign(y+f*erfHalfSqrtPiHi/eh, x)
}
