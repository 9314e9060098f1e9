package dual

// Real is the method set of a real number, shared by all number types of this
// module: a function written for it,
//
//	func f[T dual.Real[T]](x []T) T
//
// computes values with [Float], first derivatives with [Number] and [Number3],
// second derivatives with [Hyper], and derivatives of any order with [Nested].
//
// Methods return new values and leave their operands as they are. The zero
// value of T must be the constant 0. Comparisons look at values only, through
// Value; a derivative is never compared.
//
// A method of a type parameter is called through a dictionary and is never
// inlined, so that the generic form costs some 2 ns an operation more than the
// same function written for one type. Where that matters, write
//
//	func f(x []dual.Number64) dual.Number64
//
// instead; the body stays the same.
//
// # Singular points
//
// No method panics on a value. Outside the domain of a function value and
// derivative are NaN. An argument that does not vary, one whose derivative is
// exactly 0, contributes 0 even where the derivative of the function is
// infinite or NaN; so √0 of a constant 0 is simply 0. At a kink the derivative
// is the mean of both sides: 0 for Abs at 0, one half of each operand for Max
// and Min at a tie. Jumps (Floor, Sign, Mod) count as flat.
type Real[T Real[T]] interface {
	// Const returns the constant c in the shape of x.
	Const(c float64) T
	// Value returns x without its derivatives.
	Value() float64
	// Lead returns the order and the sign (-1, 0 or 1) of the leading term of
	// x: order 0 where the value is not 0, otherwise the lowest order at which
	// a derivative is not 0, and -1 where x is the constant 0. The sign is 0
	// where the derivatives of that order disagree.
	Lead() (order, sign int)
	// Apply returns f(x) for a smooth function that is given by its
	// derivatives: f(k, v) is the k-th derivative at v, and f(0, v) the value.
	// It is called with k up to the order of derivative that x carries.
	Apply(f func(k int, v float64) float64) T

	// Add returns x+y.
	Add(y T) T
	// Sub returns x-y.
	Sub(y T) T
	// Mul returns x·y.
	Mul(y T) T
	// AZMul returns x·y, and 0 where x is exactly 0, also if y is infinite or
	// NaN ("absolute zero"). So p.AZMul(p.Log()) is p·log p for all p ≥ 0.
	AZMul(y T) T
	// FMA returns x·y+z, the value rounded once. As in AZMul a 0 in x absorbs.
	FMA(y, z T) T
	// Div returns x/y.
	Div(y T) T
	// Neg returns -x.
	Neg() T
	// Inv returns 1/x.
	Inv() T
	// Scale returns c·x.
	Scale(c float64) T
	// AddConst returns x+c.
	AddConst(c float64) T
	// Sqr returns x².
	Sqr() T

	// Sqrt returns the square root of x. At 0 the derivative is +Inf.
	Sqrt() T
	// Cbrt returns the cube root of x. At 0 the derivative is +Inf.
	Cbrt() T
	// Hypot returns √(x²+y²) without undue overflow or underflow. At the
	// origin the derivative is 0.
	Hypot(y T) T
	// Pow returns x raised to the power y. The derivative for y at x = 0 is 0
	// where y > 0 and -Inf where y ≤ 0, and NaN where x < 0. An exponent that
	// does not vary acts like that of PowReal.
	Pow(y T) T
	// PowReal returns x raised to the constant power p. The power 0 is the
	// constant 1 at every x.
	PowReal(p float64) T
	// PowInt returns x raised to the integer power n.
	PowInt(n int) T

	// Exp returns e raised to the power x.
	Exp() T
	// Exp2 returns 2 raised to the power x.
	Exp2() T
	// Expm1 returns e^x - 1, accurate also near 0.
	Expm1() T
	// Log returns the natural logarithm of x. At 0 the derivative is +Inf.
	Log() T
	// Log2 returns the binary logarithm of x.
	Log2() T
	// Log10 returns the decimal logarithm of x.
	Log10() T
	// Log1p returns log(1+x), accurate also near 0.
	Log1p() T

	// Sin returns the sine of x (radians).
	Sin() T
	// Cos returns the cosine of x (radians).
	Cos() T
	// Sincos returns sin x and cos x.
	Sincos() (sin, cos T)
	// Tan returns the tangent of x (radians).
	Tan() T
	// Asin returns the arcsine of x. At ±1 the derivative is +Inf.
	Asin() T
	// Acos returns the arccosine of x. At ±1 the derivative is -Inf.
	Acos() T
	// Atan returns the arctangent of x.
	Atan() T
	// Atan2 returns the angle of the point with ordinate y, the receiver, and
	// abscissa x. At the origin the derivative is NaN.
	Atan2(x T) T

	// Sinh returns the hyperbolic sine of x.
	Sinh() T
	// Cosh returns the hyperbolic cosine of x.
	Cosh() T
	// Tanh returns the hyperbolic tangent of x.
	Tanh() T
	// Asinh returns the inverse hyperbolic sine of x.
	Asinh() T
	// Acosh returns the inverse hyperbolic cosine of x. At 1 the derivative
	// is +Inf.
	Acosh() T
	// Atanh returns the inverse hyperbolic tangent of x. At ±1 the derivative
	// is +Inf.
	Atanh() T

	// Erf returns the error function of x.
	Erf() T
	// Erfc returns 1 - erf x, accurate also in its tail.
	Erfc() T
	// Erfcx returns exp(x²)·erfc x.
	Erfcx() T
	// Erfinv returns the inverse of the error function. At ±1 the derivative
	// is +Inf.
	Erfinv() T
	// NormCDF returns the distribution function Φ of the standard normal
	// distribution.
	NormCDF() T
	// LogNormCDF returns log Φ(x), accurate in both tails.
	LogNormCDF() T
	// Gamma returns the gamma function of x.
	Gamma() T
	// Lgamma returns the natural logarithm of |Γ(x)|.
	Lgamma() T
	// Digamma returns ψ(x), the derivative of log Γ(x).
	Digamma() T
	// Polygamma returns the n-th derivative of ψ at x, for n ≥ 0.
	Polygamma(n int) T
	// BesselJ returns the Bessel function of the first kind J_n(x).
	BesselJ(n int) T
	// BesselY returns the Bessel function of the second kind Y_n(x).
	BesselY(n int) T
	// BesselI returns the modified Bessel function of the first kind I_n(x).
	BesselI(n int) T
	// BesselK returns the modified Bessel function of the second kind K_n(x).
	BesselK(n int) T

	// Logistic returns 1/(1+e^-x).
	Logistic() T
	// Softplus returns log(1+e^x), accurate in both tails.
	Softplus() T
	// Sinc returns sin(x)/x, and 1 at 0.
	Sinc() T
	// LambertW returns the principal branch of the Lambert function, the
	// solution y ≥ -1 of y·e^y = x. At -1/e the derivative is infinite.
	LambertW() T

	// Abs returns |x|. At 0 the derivative is 0, the mean of both sides. Where
	// x keeps its sign around a zero, as -t² does, |x| is the smooth function
	// that it is.
	Abs() T
	// Sign returns the sign of x: -1, 0 or 1, a constant.
	Sign() T
	// Max returns the larger of x and y. At a tie the derivative is the mean
	// of the two, unless the derivatives show which is larger on both sides.
	// NaN counts as in math.Max.
	Max(y T) T
	// Min returns the smaller of x and y; at ties and for NaN see Max.
	Min(y T) T
	// Clamp returns Min(Max(x, lo), hi). On a bound the derivative is half
	// that of x; where lo ≥ hi the result is the constant hi.
	Clamp(lo, hi float64) T
	// Floor returns the greatest integer ≤ x, a constant.
	Floor() T
	// Ceil returns the least integer ≥ x, a constant.
	Ceil() T
	// Round returns the nearest integer, halves away from zero, a constant.
	Round() T
	// Trunc returns the integer part of x, a constant.
	Trunc() T
	// Mod returns the remainder of x/y with the sign of x, x - q·y for an
	// integer q that counts as constant.
	Mod(y T) T
	// Copysign returns |x| with the sign of the value of y.
	Copysign(y T) T
}
