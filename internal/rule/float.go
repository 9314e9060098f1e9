package rule

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
)

// A real is a float64 with the methods in which the rules are written. The
// generated float64 copies of the rules compute in it, so that each operation
// compiles to the native one.
type real float64

func (x real) Const(c float64) real                    { return real(c) }
func (x real) Value() float64                          { return float64(x) }
func (x real) Apply(f func(int, float64) float64) real { return real(f(0, float64(x))) }
func (x real) AZMul(y real) real {
	if x == 0 {
		return 0
	}
	return x * y
}

func (x real) Add(y real) real         { return x + y }
func (x real) Sub(y real) real         { return x - y }
func (x real) Mul(y real) real         { return x * y }
func (x real) Div(y real) real         { return x / y }
func (x real) Neg() real               { return -x }
func (x real) Inv() real               { return 1 / x }
func (x real) Scale(c float64) real    { return x * real(c) }
func (x real) AddConst(c float64) real { return x + real(c) }
func (x real) Sqr() real               { return x * x }

func (x real) Sqrt() real             { return real(math.Sqrt(float64(x))) }
func (x real) Hypot(y real) real      { return real(math.Hypot(float64(x), float64(y))) }
func (x real) Pow(y real) real        { return real(math.Pow(float64(x), float64(y))) }
func (x real) PowReal(p float64) real { return real(powReal(p, float64(x))) }
func (x real) PowInt(n int) real      { return real(powInt(n, float64(x))) }

func (x real) Exp() real  { return real(math.Exp(float64(x))) }
func (x real) Log() real  { return real(log(float64(x))) }
func (x real) Sin() real  { return real(math.Sin(float64(x))) }
func (x real) Cos() real  { return real(math.Cos(float64(x))) }
func (x real) Sinh() real { return real(math.Sinh(float64(x))) }
func (x real) Cosh() real { return real(math.Cosh(float64(x))) }
func (x real) Tanh() real { return real(math.Tanh(float64(x))) }

func (x real) Erfcx() real          { return real(special.Erfcx(float64(x))) }
func (x real) Digamma() real        { return real(special.Digamma(float64(x))) }
func (x real) Polygamma(n int) real { return real(special.Polygamma(n, float64(x))) }
func (x real) BesselJ(n int) real   { return real(special.BesselJ(n, float64(x))) }
func (x real) BesselY(n int) real   { return real(special.BesselY(n, float64(x))) }
func (x real) BesselI(n int) real   { return real(special.BesselI(n, float64(x))) }
func (x real) BesselK(n int) real   { return real(special.BesselK(n, float64(x))) }
func (x real) NormCDF() real        { return real(special.NormCDF(float64(x))) }
func (x real) Logistic() real       { return real(special.Logistic(float64(x))) }
