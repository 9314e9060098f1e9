package rule

// Real is the part of dual.Real in which the rules are written. The methods
// are documented there.
type Real[T any] interface {
	Const(c float64) T
	Value() float64
	AZMul(y T) T
	Apply(f func(k int, x float64) float64) T

	Add(y T) T
	Sub(y T) T
	Mul(y T) T
	Div(y T) T
	Neg() T
	Inv() T
	Scale(c float64) T
	AddConst(c float64) T
	Sqr() T

	Sqrt() T
	Hypot(y T) T
	Pow(y T) T
	PowReal(p float64) T
	PowInt(n int) T

	Exp() T
	Log() T
	Sin() T
	Cos() T
	Sinh() T
	Cosh() T
	Tanh() T

	Erfcx() T
	Digamma() T
	Polygamma(n int) T
	BesselJ(n int) T
	BesselY(n int) T
	BesselI(n int) T
	BesselK(n int) T
	NormCDF() T
	Logistic() T
}
