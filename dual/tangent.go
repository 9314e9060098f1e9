package dual

import "math"

// az returns t·d, and 0 where the tangent t is exactly 0, so that an infinite
// or undefined derivative d does not reach what does not vary.
func az(t, d float64) float64 {
	if t == 0 {
		return 0
	}
	return t * d
}

// tt returns the product of two tangents, 0 where either is exactly 0.
func tt(t, u float64) float64 {
	if t == 0 || u == 0 {
		return 0
	}
	return t * u
}

// azfma returns t·d+z with one rounding, and z where t is exactly 0.
func azfma(t, d, z float64) float64 {
	if t == 0 {
		return z
	}
	return math.FMA(t, d, z)
}

// quo returns the tangent (t - v·u)/y of a quotient of value v+lo. It never
// forms y², which overflows or underflows where the tangent does not, and uses
// the residual lo of the value, for t and v·u often cancel: the derivative of
// (1-y)/(1+y) for a large y is all in the digits that v has lost.
func quo(t, v, lo, u, y float64) float64 {
	d := (math.FMA(-v, u, t) - lo*u) / y
	if d != d {
		if u != 0 {
			t -= v * u
		}
		d = 0
		if t != 0 {
			d = t / y
		}
	}
	return d
}

// inv returns the tangent -t·v² of a reciprocal of value v.
func inv(t, v float64) float64 {
	if t == 0 {
		return 0
	}
	return -(t * v) * v
}

// signum returns -1, 0 or 1, and 0 for NaN.
func signum(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// modQuotient returns the integer q of Mod(x, y) = x - q·y = r.
func modQuotient(x, y, r float64) float64 { return math.Round((x - r) / y) }

// rampSign returns the factor that turns x into |x| near a zero of x with the
// leading term given: ±1 where x keeps its sign, 0 at a kink.
func rampSign(order, sign int) int {
	if order&1 == 0 {
		return sign
	}
	return 0
}

// agree returns the common sign of two terms of the same order, of which a 0
// is no term at all, and 0 where they differ.
func agree(s, t int) int {
	switch {
	case s == 0:
		return t
	case t == 0 || s == t:
		return s
	}
	return 0
}

// sign returns the sign of x as a float64, keeping ±0 and NaN.
func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x
}

// clamp returns Min(Max(x, lo), hi).
func clamp[T Real[T]](x T, lo, hi float64) T {
	if lo >= hi {
		return x.Const(hi)
	}
	return x.Max(x.Const(lo)).Min(x.Const(hi))
}

// copysign returns |x| with the sign of the value of y.
func copysign[T Real[T]](x, y T) T {
	z := x.Abs()
	if math.Signbit(y.Value()) {
		return z.Neg()
	}
	return z
}

// share returns how the derivatives of x and y enter Max or Min of value z if
// neither operand is larger: equally at a tie, and not at all that of a NaN
// which lost against an infinity.
func share(x, y, z float64) (dx, dy float64) {
	switch {
	case x == y:
		return 0.5, 0.5
	case x == z:
		return 1, 0
	}
	return 0, 1
}

// over returns t/y, and 0 where t is exactly 0.
func over(t, y float64) float64 {
	if t == 0 {
		return 0
	}
	return t / y
}
