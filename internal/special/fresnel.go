package special

import "math"

// Fresnel returns the Fresnel integrals S(x) and C(x) of sin(πt²/2) and
// cos(πt²/2) from 0 to x. They are odd.
//
// Special cases are:
//
//	Fresnel(±0) = ±0, ±0
//	Fresnel(±Inf) = ±1/2, ±1/2
//	Fresnel(NaN) = NaN, NaN
//
// For |x| < 1.25 it uses the power series NIST DLMF 7.6.4 and 7.6.6, else the
// continued fraction of the complementary error function, NIST DLMF 7.9.3 and
// 7.5.8.
func Fresnel(x float64) (s, c float64) {
	a := math.Abs(x)
	switch {
	case a > 0x1p60:
		s, c = 0.5, 0.5
	case a < 1.25:
		h := 0.5 * math.Pi * a * a
		p := a
		for k := 1.0; math.Abs(p) > 0x1p-60*a; k += 2 {
			c += p / (2*k - 1)
			p *= h / k
			s += p / (2*k + 1)
			p *= -h / (k + 1)
		}
	default:
		// erfc z = 2z/√π·e^(-z²)/(2z²+1 - 1·2/(2z²+5 - 3·4/…)) for z = √π/2·(1-i)·a
		z2 := complex(0, -math.Pi*a*a) // 2z²
		t := complex(0, 0)
		for k := math.Ceil(20 + 150/(a*a)); k > 0; k-- {
			t = complex(2*k*(2*k-1), 0) / (z2 + complex(4*k+1, 0) - t)
		}
		w := complex(a, -a) / (z2 + 1 - t)
		sin, cos := FresnelAngle(a)
		v := complex(0.5, 0.5) * (1 - complex(cos, sin)*w)
		s, c = imag(v), real(v)
	}
	return math.Copysign(s, x), math.Copysign(c, x)
}

// FresnelAngle returns the sine and the cosine of πx²/2, accurate also for
// large x. They are NaN where x² overflows.
func FresnelAngle(x float64) (sin, cos float64) {
	h := x * x
	return SincosPi(0.5 * (math.Mod(h, 4) + math.FMA(x, x, -h)))
}

// Dawson returns Dawson's integral e**(-x²)·∫₀ˣ e**(t²) dt.
//
// Special cases are:
//
//	Dawson(±0) = ±0
//	Dawson(±Inf) = ±0
//	Dawson(NaN) = NaN
func Dawson(x float64) float64 { return DawsonDerivative(0, x) }

// DawsonDerivative returns the k-th derivative of [Dawson] at x, for k ≥ 0.
//
// For |x| < 7 the value comes from a series of positive terms, NIST DLMF 7.6.2,
// and derivatives from F⁽ᵏ⁺¹⁾ = -2x·F⁽ᵏ⁾ - 2k·F⁽ᵏ⁻¹⁾, which amplifies errors with
// k. Beyond, all come from the asymptotic expansion, NIST DLMF 7.12.1.
func DawsonDerivative(k int, x float64) float64 {
	if a := math.Abs(x); a >= 7 {
		// terms (2n-1)!!/(2ⁿ⁺¹x²ⁿ⁺¹), each differentiated k times
		r := 1 / x
		t := 0.5 * r
		for i := range k {
			t *= -float64(i+1) * r
		}
		sum := 0.0
		for n := 0.0; n < 40 && math.Abs(t) > 0x1p-57*math.Abs(sum); n++ {
			sum += t
			t *= (n + 0.5) * r * r
			// from the factor (2n+1)⋯(2n+k) to (2n+3)⋯(2n+k+2)
			fk := float64(k)
			t *= (2*n + fk + 1) * (2*n + fk + 2) / ((2*n + 1) * (2*n + 2))
		}
		return sum
	}
	h := x * x
	sum, p := x, x
	for n := 1.0; math.Abs(p) > 0x1p-58*math.Abs(sum); n++ {
		p *= h / n
		sum += p / (2*n + 1)
	}
	f := sum * dawsonExp(x)
	if k == 0 {
		return f
	}
	last, d := f, 1-2*x*f
	for n := 1; n < k; n++ {
		last, d = d, -2*x*d-2*float64(n)*last
	}
	return d
}

// dawsonExp returns e**(-x²) with the rounding error of x² made up for.
func dawsonExp(x float64) float64 {
	h := x * x
	return math.Exp(-h) * (1 - math.FMA(x, x, -h))
}
