package special

import "math"

// Bessel functions of real order v ≥ 0 and argument x > 0. All start from the
// pair of the orders m and m+1, where m is the fractional part of v, and go on
// by recurrence: upwards where the functions grow, or oscillate, and downwards
// for J where the order exceeds the argument.

// BesselJY returns the Bessel functions Jᵥ(x) and Yᵥ(x) of real order.
//
// Special cases are:
//
//	BesselJY(v, 0) = 1, -Inf for v = 0
//	BesselJY(v, 0) = 0, -Inf for v > 0
//	BesselJY(v, +Inf) = 0, 0
//	BesselJY(v, x) = NaN, NaN for v < 0, infinite v, or x < 0
//	BesselJY(v, x) = NaN, NaN if v or x is NaN
//
// The pair it starts from comes from Temme's series for x < 2 (J. Comput.
// Phys. 21 (1976) 343), from Steed's continued fraction and the Wronskian
// (NIST DLMF 10.33, 10.74(v), 10.5.2) for x < 25, and from Hankel's expansion
// (NIST DLMF 10.17.3, 10.17.4) beyond. The error is a few units in the last
// place of √(J²+Y²), or of the function itself where x < v; it grows with the
// order like the sensitivity to x. So does the time.
func BesselJY(v, x float64) (j, y float64) {
	switch {
	case !(v >= 0) || math.IsInf(v, 1) || !(x >= 0):
		return math.NaN(), math.NaN()
	case math.IsInf(x, 1):
		return 0, 0
	case x == 0:
		if v == 0 {
			j = 1
		}
		return j, math.Inf(-1)
	}
	n := math.Floor(v)
	m := v - n
	if x > 25 && v*v < 2*x {
		return besselHankel(v, x)
	}
	var p besselPair
	switch {
	case x >= 25:
		p.j0, p.y0 = besselHankel(m, x)
		p.j1, p.y1 = besselHankel(m+1, x)
	case x >= 2:
		p = besselSteed(m, x)
	default:
		p = besselTemme(m, x)
	}
	if j = p.j0; n > 0 {
		j = besselJUp(p, m, n, v, x)
	}
	y = p.y0
	for a, k := p.y1, 1.0; k <= n && y >= -math.MaxFloat64; k++ {
		y, a = a, 2*(m+k)/x*a-y
	}
	return j, y
}

// besselPair holds J and Y of two successive orders.
type besselPair struct{ j0, j1, y0, y1 float64 }

// besselJUp returns Jᵥ(x) from the pair of the orders m and m+1, for v = m+n
// ≥ 1.
func besselJUp(p besselPair, m, n, v, x float64) float64 {
	switch {
	case v <= x:
		a, b := p.j0, p.j1
		for k := 1.0; k < n; k++ {
			a, b = b, 2*(m+k)/x*b-a
		}
		return b
	case x*x <= 4*(v+1):
		return besselJRealSeries(v, x)
	}
	// See besselJMiller.
	if t := x / v; v*(math.Acosh(1/t)-math.Sqrt((1-t)*(1+t))) > 760 {
		return 0
	}
	r := 0.0
	for k := 12 + math.Floor(8*math.Cbrt(x)); k > 0; k-- {
		r = 1 / (2*(v+k)/x - r)
	}
	a, b, f := r, 1.0, 1.0 // multiples of J of the orders k+1 and k, and v
	for k := n; k > 0; k-- {
		a, b = b, 2*(m+k)/x*b-a
		if math.Abs(b) > 0x1p500 {
			a *= 0x1p-500
			b *= 0x1p-500
			f *= 0x1p-500
		}
	}
	if math.Abs(p.j0) > math.Abs(p.j1) {
		return f / b * p.j0
	}
	return f / a * p.j1
}

// besselJRealSeries returns Jᵥ(x) by its power series, NIST DLMF 10.2.2, for
// v ≥ 0 and 0 < x² ≤ 4(v+1).
func besselJRealSeries(v, x float64) float64 {
	return besselRealSeries(v, x, -1)
}

// besselRealSeries returns Jᵥ(x) for s = -1 and Iᵥ(x) for s = 1; see
// besselJRealSeries and NIST DLMF 10.25.2.
func besselRealSeries(v, x, s float64) float64 {
	h := 0.5 * x
	if h < 0x1p-1000 {
		return besselPower(v, x) * math.Exp2(-v) // h may have lost digits
	}
	sum, t := 0.0, 1.0
	for k := 1.0; math.Abs(t) > 0x1p-57; k++ {
		t *= s * h * h / (k * (k + v))
		sum += t
	}
	p := besselPower(v, h)
	return p + p*sum
}

// besselPower returns hᵛ/Γ(v+1) for v ≥ 0.
func besselPower(v, h float64) float64 {
	p := 1.0
	for v > 140 && p > 0 { // before power and gamma function leave the range
		p *= h / v
		v--
	}
	return p * math.Pow(h, v) / Gamma(v+1)
}

// besselHankel returns Jᵥ(x) and Yᵥ(x) for x ≥ 25 and v² ≤ 2x.
func besselHankel(v, x float64) (j, y float64) {
	mu := 4 * v * v
	p, q, t := 1.0, 0.0, 1.0
	for k := 1.0; k < 60; k++ {
		odd := 2*k - 1
		t *= (mu - odd*odd) / (8 * k * x)
		switch int(k) & 3 {
		case 0:
			p += t
		case 1:
			q += t
		case 2:
			p -= t
		case 3:
			q -= t
		}
		if math.Abs(t) < 0x1p-57 {
			break
		}
	}
	// The phase is x - (v/2+1/4)π.
	s, c := math.Sincos(x)
	ps, pc := SincosPi(0.5*v + 0.25)
	s, c = s*pc-c*ps, c*pc+s*ps
	a := math.Sqrt(2 / (math.Pi * x))
	return a * (p*c - q*s), a * (p*s + q*c)
}

// SincosPi returns the sine and the cosine of πx, exact at multiples of 1/2.
func SincosPi(x float64) (sin, cos float64) {
	r := math.Mod(x, 2)
	n := math.Round(2 * r)
	sin, cos = math.Sincos(math.Pi * (r - 0.5*n))
	switch int(n) & 3 {
	case 1:
		sin, cos = cos, -sin
	case 2:
		sin, cos = -sin, -cos
	case 3:
		sin, cos = -cos, sin
	}
	return sin, cos
}

// besselSteed returns J and Y of the orders m and m+1 for 0 ≤ m < 1 and
// 2 ≤ x < 25.
func besselSteed(m, x float64) besselPair {
	// Multiples a and b of J of the orders m+1 and m, both positive at the
	// start.
	a, b := 0.0, 1.0
	for k := math.Ceil(x + 12 + 8*math.Cbrt(x)); k > 0; k-- {
		a, b = b, 2*(m+k)/x*b-a
	}
	d := m/x*b - a // of the derivative of J
	// h is the logarithmic derivative of the Hankel function J + iY.
	h, last := complex(0, 0), complex(0, 1)
	for n := 16; n < 1<<12 && h != last; n *= 2 {
		last = h
		t := complex(0, 0)
		for k := float64(n); k > 0; k-- {
			t = complex((k-0.5)*(k-0.5)-m*m, 0) / (complex(2*x, 2*k) + t)
		}
		h = complex(-0.5/x, 1) + t*complex(0, 1/x)
		if dh := h - last; math.Abs(real(dh))+math.Abs(imag(dh)) < 0x1p-52*imag(h) {
			break
		}
	}
	p, q := real(h), imag(h)
	y := (p*b - d) / q
	dy := q*b + p*y
	s := math.Sqrt(2 / (math.Pi * x) / (b*dy - d*y))
	return besselPair{s * b, s * a, s * y, s * (m/x*y - dy)}
}

// besselTemme returns J and Y of the orders m and m+1 for 0 ≤ m < 1 and
// 0 < x < 2.
func besselTemme(m, x float64) besselPair {
	p := besselPair{j0: besselJRealSeries(m, x), j1: besselJRealSeries(m+1, x)}
	if m <= 0.5 {
		p.y0, p.y1 = besselTemmeY(m, x)
		return p
	}
	a, b := besselTemmeY(m-1, x)
	p.y0, p.y1 = b, 2*m/x*b-a
	return p
}

// besselTemmeY returns Y of the orders m and m+1 for |m| ≤ 1/2.
func besselTemmeY(m, x float64) (y0, y1 float64) {
	f, p, q := temmeStart(m, x)
	f *= 2 / math.Pi
	p *= 2 / math.Pi
	q *= 2 / math.Pi
	half := 0.5 * math.Pi * m
	r := math.Pi * half * Sinc(half) * Sinc(half)
	c, h := 1.0, 0.25*x*x
	y0, y1 = f+r*q, p
	for k := 1.0; k < 100; k++ {
		f = (k*f + p + q) / (k*k - m*m)
		p /= k - m
		q /= k + m
		c *= -h / k
		d := c * (f + r*q)
		y0 += d
		y1 += c*p - k*d
		if math.Abs(d) < 0x1p-57*math.Abs(y0) && math.Abs(c*p-k*d) < 0x1p-57*math.Abs(y1) {
			break
		}
	}
	return -y0, -y1 * 2 / x
}

// temmeStart returns the first terms of Temme's series.
func temmeStart(m, x float64) (f, p, q float64) {
	// even and odd parts of 1/Γ(1+m)
	var even, odd float64
	s := m * m
	for i := len(temmeGamma) - 1; i >= 0; i-- {
		even = even*s + temmeGamma[i][0]
		odd = odd*s + temmeGamma[i][1]
	}
	l := math.Log(2 / x)
	w := math.Pow(2/x, m) // more accurate than exp(m·l)
	if x < 0x1p-1000 {
		l = math.Ln2 - gammaLog(x)
		w = math.Exp(m * l)
	}
	e := m * l
	cosh, sinh := 0.5*(w+1/w), 1.0 // sinh(e)/e
	switch {
	case math.Abs(e) > 1:
		sinh = 0.5 * (w - 1/w) / e
	case e != 0:
		sinh = math.Sinh(e) / e
	}
	f = (even*sinh*l - odd*cosh) / Sinc(math.Pi*m)
	return f, 0.5 * w / (even + m*odd), 0.5 / (w * (even - m*odd))
}

// temmeGamma holds the Taylor coefficients of 1/Γ(1+m), NIST DLMF 5.7.1.
var temmeGamma = [...][2]float64{
	{1.0, 0.5772156649015328606},
	{-0.6558780715202538811, -0.04200263503409523553},
	{0.1665386113822914895, -0.04219773455554433675},
	{-0.009621971527876973562, 0.007218943246663099542},
	{-0.001165167591859065112, -0.0002152416741149509728},
	{0.0001280502823881161862, -0.00002013485478078823866},
	{-1.250493482142670657e-6, 1.133027231981695882e-6},
	{-2.056338416977607103e-7, 6.116095104481415818e-9},
	{5.00200764446922293e-9, -1.181274570487020145e-9},
	{1.04342671169110051e-10, 7.782263439905071254e-12},
	{-3.696805618642205708e-12, 5.100370287454475979e-13},
	{-2.058326053566506783e-14, -5.348122539423017982e-15},
}

// BesselKe returns e**x·Kᵥ(x), where K is the modified Bessel function of the
// second kind of real order.
//
// Special cases are:
//
//	BesselKe(v, 0) = +Inf
//	BesselKe(v, +Inf) = 0
//	BesselKe(v, x) = NaN for v < 0, infinite v, or x < 0
//	BesselKe(v, x) = NaN if v or x is NaN
//
// It starts from Temme's series for x < 2 (J. Comput. Phys. 19 (1975) 324) and
// his continued fraction beyond, and goes on by forward recurrence (NIST DLMF
// 10.29.1), all of whose terms are positive.
func BesselKe(v, x float64) float64 {
	switch {
	case !(v >= 0) || math.IsInf(v, 1) || !(x >= 0):
		return math.NaN()
	case x == 0:
		return math.Inf(1)
	case math.IsInf(x, 1):
		return 0
	}
	n := math.Floor(v + 0.5)
	m := v - n
	var a, b float64
	if x < 2 {
		a, b = besselTemmeK(m, x)
		e := math.Exp(x)
		a *= e
		b *= e
	} else {
		a, b = besselFractionK(m, x)
	}
	for k := 1.0; k <= n && a <= math.MaxFloat64; k++ {
		a, b = b, 2*(m+k)/x*b+a
	}
	return a
}

// besselTemmeK returns K of the orders m and m+1 for |m| ≤ 1/2 and x < 2.
func besselTemmeK(m, x float64) (k0, k1 float64) {
	f, p, q := temmeStart(m, x)
	c, h := 1.0, 0.25*x*x
	k0, k1 = f, p
	for k := 1.0; k < 100; k++ {
		f = (k*f + p + q) / (k*k - m*m)
		p /= k - m
		q /= k + m
		c *= h / k
		k0 += c * f
		k1 += c * (p - k*f)
		if c*f < 0x1p-57*k0 && math.Abs(c*(p-k*f)) < 0x1p-57*k1 {
			break
		}
	}
	return k0, k1 * 2 / x
}

// besselFractionK returns e**x·K of the orders m and m+1 for |m| ≤ 1/2 and
// x ≥ 2. With z(n) the multiples of confluent hypergeometric functions that
// satisfy a·z(n-1) = b·z(n) - z(n+1), the sum of all with the coefficients of
// the binomial series is known.
func besselFractionK(m, x float64) (k0, k1 float64) {
	c := 0.25 - m*m
	b := 2 * (1 + x)
	d := 1 / b
	h, step := d, d
	z0, z1 := 0.0, 1.0
	a, coef := -c, c
	q := c
	s := 1 + q*step
	for n := 2.0; n < 500; n++ {
		a -= 2 * (n - 1)
		coef *= -a / n
		z0, z1 = z1, (z0-b*z1)/a
		q += coef * z1
		b += 2
		d = 1 / (b + a*d)
		step *= b*d - 1
		h += step
		s += q * step
		if math.Abs(q*step) < 0x1p-56*s {
			break
		}
	}
	k0 = math.Sqrt(math.Pi/(2*x)) / s
	return k0, k0 * (m + x + 0.5 - c*h) / x
}

// BesselIe returns e**-x·Iᵥ(x), where I is the modified Bessel function of the
// first kind of real order, also of a negative one.
//
// Special cases are:
//
//	BesselIe(0, 0) = 1
//	BesselIe(v, 0) = 0 for v > 0 and negative integers
//	BesselIe(v, 0) = ±Inf for other v, with the sign of 1/Γ(v+1)
//	BesselIe(v, +Inf) = 0
//	BesselIe(v, x) = NaN for infinite v or x < 0
//	BesselIe(v, x) = NaN if v or x is NaN
//
// For x² ≤ 4(v+1) it uses the power series. Otherwise it follows from K by the
// Wronskian (NIST DLMF 10.28.2) with the ratio of successive orders of I, the
// limit of backward recurrence.
func BesselIe(v, x float64) float64 {
	switch {
	case v != v || math.IsInf(v, 0) || !(x >= 0):
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	case v < 0:
		// NIST DLMF 10.27.2
		s, _ := SincosPi(v)
		y := BesselIe(-v, x)
		if s != 0 {
			y -= 2 / math.Pi * s * math.Exp(-2*x) * BesselKe(-v, x)
		}
		return y
	case x == 0:
		if v == 0 {
			return 1
		}
		return 0
	case x*x <= 4*(v+1):
		return besselRealSeries(v, x, 1) * math.Exp(-x)
	}
	// For the start see besselIRatio.
	r := 0.0
	for k := math.Ceil(math.Sqrt(v*v+42*x)-v) + 10; k > 0; k-- {
		r = x / (2*(v+k) + x*r)
	}
	return 1 / (x*BesselKe(v+1, x) + x*r*BesselKe(v, x))
}
