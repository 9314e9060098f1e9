package special

import "math"

// The derivatives of a Bessel function are combinations of the functions of
// neighbouring order. With D the operator that replaces each of a row of
// functions by half the difference, or half the sum, of its neighbours,
//
//	Jₙ′ = (Jₙ₋₁ - Jₙ₊₁)/2,  Iₙ′ = (Iₙ₋₁ + Iₙ₊₁)/2,
//
// the k-th derivatives are Dᵏ (DLMF 10.6.7, 10.29.5); Y goes as J and (-1)ⁿKₙ
// as I. So a row of the orders n-k to n+k gives all derivatives up to the k-th.
// Only orders ≥ 0 are computed, the others follow by reflection.

// besselRowLen is the length of the rows that are kept on the stack.
const besselRowLen = 64

// besselRow returns a slice for the orders that n derivatives of a function
// need.
func besselRow(buf []float64, n int) []float64 {
	if 2*n-1 > len(buf) {
		return make([]float64, 2*n-1)
	}
	return buf[:2*n-1]
}

// besselOrder returns |n|, limited so that the sum with the order of a
// derivative does not overflow: beyond, only zeros and infinities are left.
func besselOrder(n int) int {
	const limit = math.MaxInt / 2
	if n < -limit || n > limit {
		return limit - 1 + n&1
	}
	return max(n, -n)
}

// besselReflect fills in the orders n-k to -1 of a row t of the orders n-k to
// n+k, where f₋ₘ = sᵐ·fₘ.
func besselReflect(t []float64, n int, s float64) {
	zero := len(t)/2 - n // the index of order 0
	sm := s
	for m := 1; m <= zero; m++ {
		t[zero-m] = sm * t[zero+m]
		sm *= s
	}
}

// besselDiff applies Dᵏ, k = 0, 1, …, to the row t and stores the middle
// elements, with s the sign in (f₋₁ + s·f₊₁)/2. It overwrites t.
func besselDiff(dst, t []float64, s float64) {
	for k := range dst {
		dst[k] = t[len(t)/2]
		for i := range len(t) - 2 {
			t[i] = 0.5 * (t[i] + s*t[i+2])
		}
		t = t[:max(1, len(t)-2)]
	}
}

// BesselJDerivatives stores the k-th derivative of [BesselJ] at x in dst[k].
//
// Errors are small compared to the functions of order n-k to n+k.
func BesselJDerivatives(dst []float64, n int, x float64) {
	if len(dst) == 0 {
		return
	}
	var buf [besselRowLen]float64
	t := besselRow(buf[:], len(dst))
	m := besselOrder(n)
	besselJRow(t, m, math.Abs(x))
	besselReflect(t, m, -1)
	besselDiff(dst, t, -1)
	besselODE(dst, m, math.Abs(x))
	besselSigns(dst, m, n < 0 && m&1 == 1, x < 0)
	dst[0] = BesselJ(n, x)
}

// besselSigns changes the signs of the derivatives of an even or odd function
// of order n for an odd negative order and a negative argument.
func besselSigns(dst []float64, n int, negOrder, negX bool) {
	for k := range dst {
		if negOrder != (negX && (n+k)&1 == 1) {
			dst[k] = -dst[k]
		}
	}
}

// besselJRow fills t with J of the orders n-k to n+k for n, x ≥ 0, except the
// negative orders. Up to the order x it uses forward recurrence and from there
// on the ratios of successive orders, as BesselJ does.
func besselJRow(t []float64, n int, x float64) {
	if math.IsNaN(x) {
		for i := range t {
			t[i] = x
		}
		return
	}
	k := len(t) / 2
	lo, hi := max(0, n-k), n+k
	t = t[lo-(n-k):]
	t[0] = BesselJ(lo, x)
	m := lo // the last one computed
	if x >= float64(lo+1) && hi > lo {
		t[1] = BesselJ(lo+1, x)
		for m++; m < hi && float64(m+1) <= x; m++ {
			t[m+1-lo] = float64(2*m)/x*t[m-lo] - t[m-1-lo]
		}
	}
	if m == hi || t[m-lo] == 0 {
		return
	}
	// For the start see besselJMiller.
	r := 0.0
	for i := hi + 12 + int(8*math.Cbrt(x)); i > m; i-- {
		r = x / (float64(2*i) - x*r)
		if i <= hi {
			t[i-lo] = r
		}
	}
	for m++; m <= hi; m++ {
		t[m-lo] *= t[m-1-lo]
	}
}

// BesselYDerivatives stores the k-th derivative of [BesselY] at x in dst[k].
// At 0 it is -Inf for even k and +Inf for odd k, times -1 for odd n < 0.
//
// Errors are small compared to the functions of order n-k to n+k.
func BesselYDerivatives(dst []float64, n int, x float64) {
	if len(dst) == 0 {
		return
	}
	var buf [besselRowLen]float64
	t := besselRow(buf[:], len(dst))
	m := besselOrder(n)
	// The factor makes the k-th derivative overflow before Y of order n+k.
	k := len(dst) - 1
	fin := besselYRow(t, m, x, math.Ldexp(1, -k))
	besselReflect(t, m, -1)
	// Where the highest order is infinite it outweighs all others.
	fin = max(0, min(len(dst), fin-m+1))
	besselDiff(dst[:fin], t[k+1-max(fin, 1):k+max(fin, 1)], -1)
	for i := range dst {
		if i < fin {
			dst[i] = math.Ldexp(dst[i], k)
		} else {
			dst[i] = math.Inf(2*(i&1) - 1)
		}
	}
	besselODE(dst, m, x)
	besselSigns(dst, m, n < 0 && m&1 == 1, false)
	dst[0] = BesselY(n, x)
}

// besselYRow fills t with Y of the orders n-k to n+k for n ≥ 0, multiplied by
// c, except the negative orders, and returns the highest order before those
// that are infinite.
func besselYRow(t []float64, n int, x, c float64) int {
	k := len(t) / 2
	hi := n + k
	if x < 0 || math.IsNaN(x) {
		for i := range t {
			t[i] = math.NaN()
		}
		return hi
	}
	if x == 0 {
		return -1
	}
	t0 := k - n // the index of order 0
	if math.IsInf(x, 1) {
		clear(t)
		return hi
	}
	a, b := c*besselY0(x), c*math.Y1(x)
	if t0 >= 0 {
		t[t0] = a
	}
	for m := 1; m <= hi; m++ {
		if !(b >= -math.MaxFloat64) {
			return m - 1
		}
		if m+t0 >= 0 {
			t[m+t0] = b
		}
		a, b = b, float64(2*m)/x*b-a
	}
	return hi
}

// BesselIDerivatives stores the k-th derivative of [BesselI] at x in dst[k].
// All terms are of one sign.
func BesselIDerivatives(dst []float64, n int, x float64) {
	if len(dst) == 0 {
		return
	}
	var buf [besselRowLen]float64
	t := besselRow(buf[:], len(dst))
	m := besselOrder(n)
	ex, e := besselIRow(t, m, math.Abs(x))
	besselReflect(t, m, 1)
	besselDiff(dst, t, 1)
	for k := range dst {
		dst[k] = besselScale(dst[k], ex, e)
	}
	besselSigns(dst, m, false, x < 0)
	dst[0] = BesselI(n, x)
}

// besselIRow fills t with I of the orders n-k to n+k for n, x ≥ 0, divided by
// e**ex·2**e, except the negative orders.
func besselIRow(t []float64, n int, x float64) (ex float64, e int) {
	k := len(t) / 2
	lo, hi := max(0, n-k), n+k
	t = t[lo-(n-k):]
	fhi := float64(hi)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		for i := range t {
			t[i] = x
		}
		return 0, 0
	case x <= 20:
		t[0] = besselIPos(lo, x)
	case 0.5*fhi*fhi <= x:
		c := besselInvSqrt2Pi / math.Sqrt(x)
		for m := lo; m <= hi; m++ {
			t[m-lo] = c * besselIAsym(m, x)
		}
		return x, 0
	case besselIPos(lo, x) == 0:
		t[0] = 0
	default:
		t[0], ex, e = besselIScaled(lo, x)
	}
	if hi == lo || t[0] == 0 {
		return ex, e
	}
	// For the start see besselIRatio.
	r := 0.0
	for m := hi + 10 + int(math.Sqrt(fhi*fhi+42*x)-fhi); m > lo; m-- {
		r = x / (float64(2*m) + x*r)
		if m <= hi {
			t[m-lo] = r
		}
	}
	for i := 1; i <= hi-lo; i++ {
		t[i] *= t[i-1]
	}
	return ex, e
}

// BesselKDerivatives stores the k-th derivative of [BesselK] at x in dst[k].
// At 0 it is +Inf for even k and -Inf for odd k. All terms are of one sign.
func BesselKDerivatives(dst []float64, n int, x float64) {
	if len(dst) == 0 {
		return
	}
	var buf [besselRowLen]float64
	t := besselRow(buf[:], len(dst))
	m := besselOrder(n)
	ex, e := besselKRow(t, m, x)
	besselReflect(t, m, 1)
	besselDiff(dst, t, 1)
	for k := range dst {
		dst[k] = besselScale(dst[k], ex, e)
		if k&1 == 1 {
			dst[k] = -dst[k]
		}
	}
	dst[0] = BesselK(n, x)
}

// besselKRow fills t with K of the orders n-k to n+k for n ≥ 0, divided by
// e**ex·2**e, except the negative orders.
func besselKRow(t []float64, n int, x float64) (ex float64, e int) {
	fill := func(v float64) (float64, int) {
		for i := range t {
			t[i] = v
		}
		return 0, 0
	}
	switch {
	case x < 0 || math.IsNaN(x):
		return fill(math.NaN())
	case x == 0:
		return fill(math.Inf(1))
	case math.IsInf(x, 1):
		return fill(0)
	}
	k := len(t) / 2
	a, b, scaled := besselK01(x)
	if scaled {
		ex = -x
	}
	// The lowest order of the row, or one below it, is given the exponent
	// -900, as the orders grow.
	lo := max(0, n-k)
	m := 1
	for ; m < lo; m++ {
		a, b = b, float64(2*m)/x*b+a
		if b > 0x1p500 {
			if b > math.MaxFloat64 {
				return fill(math.Inf(1))
			}
			a *= 0x1p-500
			b *= 0x1p-500
			if e += 500; float64(e) > 1.5*x+2000 {
				return fill(math.Inf(1)) // even after multiplication by e**-x
			}
		}
	}
	_, f := math.Frexp(a)
	f += 900
	e += f
	a = math.Ldexp(a, -f)
	b = math.Ldexp(b, -f)
	t0 := k - n
	if m-1+t0 >= 0 {
		t[m-1+t0] = a
	}
	for ; m <= n+k; m++ {
		if m+t0 >= 0 {
			t[m+t0] = b
		}
		a, b = b, float64(2*m)/x*b+a
	}
	return ex, e
}

// besselODE improves the derivatives dst of J or Y for large orders n, where D
// cancels in the transition region x ≈ n, the more the slower the functions
// vary. From the third on it replaces them by those that follow from Bessel's
// equation, differentiated k times:
//
//	x²·fₖ₊₂ + (2k+1)·x·fₖ₊₁ + (x²-n²+k²)·fₖ + 2k·x·fₖ₋₁ + k(k-1)·fₖ₋₂ = 0.
//
// This amplifies errors where the order of the derivative exceeds x, and for J
// where x is less than n.
func besselODE(dst []float64, n int, x float64) {
	fn := float64(n)
	if n < 16 || !(0.9*fn <= x && x <= 2*fn) {
		return
	}
	q := (x - fn) / x * ((x + fn) / x)
	for k := 0; k+2 < len(dst) && float64(k+2) <= x; k++ {
		u := float64(k) / x
		s := (q+u*u)*dst[k] + float64(2*k+1)/x*dst[k+1]
		if k > 0 {
			s += 2 * u * dst[k-1]
		}
		if k > 1 {
			s += u * float64(k-1) / x * dst[k-2]
		}
		dst[k+2] = -s
	}
}
