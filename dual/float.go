package dual

import "math"

// Float is a float64 with the methods of [Real]: the type that runs a generic
// function for its value alone, and the innermost coefficient of [Nested].
// Convert with Float(x) and float64(y).
type Float float64

var _ Real[Float] = Float(0)

// Const returns c.
func (x Float) Const(c float64) Float { return Float(c) }

// Value returns x as a float64.
func (x Float) Value() float64 { return float64(x) }

// Lead returns order 0 and the sign of x, or order -1 if x is 0.
func (x Float) Lead() (order, sign int) {
	if x == 0 {
		return -1, 0
	}
	return 0, signum(float64(x))
}

// Apply returns f(0, x).
func (x Float) Apply(f func(k int, v float64) float64) Float { return Float(f(0, float64(x))) }

// Add returns x+y.
func (x Float) Add(y Float) Float { return x + y }

// Sub returns x-y.
func (x Float) Sub(y Float) Float { return x - y }

// Mul returns x·y.
func (x Float) Mul(y Float) Float { return x * y }

// AZMul returns x·y, and 0 where x is 0.
func (x Float) AZMul(y Float) Float { return Float(az(float64(x), float64(y))) }

// FMA returns x·y+z, rounded once, and z where x is 0.
func (x Float) FMA(y, z Float) Float { return Float(azfma(float64(x), float64(y), float64(z))) }

// Div returns x/y.
func (x Float) Div(y Float) Float { return x / y }

// Neg returns -x.
func (x Float) Neg() Float { return -x }

// Inv returns 1/x.
func (x Float) Inv() Float { return 1 / x }

// Scale returns c·x.
func (x Float) Scale(c float64) Float { return Float(c) * x }

// AddConst returns x+c.
func (x Float) AddConst(c float64) Float { return x + Float(c) }

// Sqr returns x².
func (x Float) Sqr() Float { return x * x }

// Sincos returns sin x and cos x.
func (x Float) Sincos() (sin, cos Float) {
	s, c := math.Sincos(float64(x))
	return Float(s), Float(c)
}

// Abs returns |x|.
func (x Float) Abs() Float { return Float(math.Abs(float64(x))) }

// Sign returns the sign of x: -1, ±0 or 1.
func (x Float) Sign() Float { return Float(sign(float64(x))) }

// Max returns the larger of x and y, with the special cases of [math.Max].
func (x Float) Max(y Float) Float { return Float(math.Max(float64(x), float64(y))) }

// Min returns the smaller of x and y, with the special cases of [math.Min].
func (x Float) Min(y Float) Float { return Float(math.Min(float64(x), float64(y))) }

// Clamp returns Min(Max(x, lo), hi), and hi where lo ≥ hi.
func (x Float) Clamp(lo, hi float64) Float { return clamp(x, lo, hi) }

// Floor returns the greatest integer ≤ x.
func (x Float) Floor() Float { return Float(math.Floor(float64(x))) }

// Ceil returns the least integer ≥ x.
func (x Float) Ceil() Float { return Float(math.Ceil(float64(x))) }

// Round returns the nearest integer, halves away from zero.
func (x Float) Round() Float { return Float(math.Round(float64(x))) }

// Trunc returns the integer part of x.
func (x Float) Trunc() Float { return Float(math.Trunc(float64(x))) }

// Mod returns the remainder of x/y with the sign of x.
func (x Float) Mod(y Float) Float { return Float(math.Mod(float64(x), float64(y))) }

// Copysign returns |x| with the sign of y.
func (x Float) Copysign(y Float) Float { return copysign(x, y) }
