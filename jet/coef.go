package jet

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/special"
)

// The leaves of the kernels: what a coefficient of any type can do, and in
// native arithmetic.

func zero[T dual.Real[T]]() (z T) { return }

// isZero reports whether x is the constant 0.
func isZero[T dual.Real[T]](x T) bool {
	order, _ := x.Lead()
	return order < 0
}

// mixed reports whether x is no number: NaN, or an array whose elements differ.
func mixed[T dual.Real[T]](x T) bool { return math.IsNaN(x.Value()) }

// isNaN reports whether x, or an element of it, is NaN.
func isNaN[T dual.Real[T]](x T) bool { return mixed(x) && mixed(taint(x)) }

// taint returns 0 where x is a number, element by element, and NaN elsewhere.
func taint[T dual.Real[T]](x T) T { return x.Sign().Scale(0).AZMul(x) }

// binade returns the power of 2 next below each element of x, a constant, and 1
// for what has none, and its inverse.
func binade[T dual.Real[T]](x T) (h, inv T) {
	scale := func(sign int) func(int, float64) float64 {
		return func(k int, v float64) float64 {
			if k > 0 {
				return 0
			}
			if v == 0 || v-v != 0 {
				return 1
			}
			_, e := math.Frexp(v)
			return math.Ldexp(1, sign*max(e-1, -1022))
		}
	}
	return x.Apply(scale(1)), x.Apply(scale(-1))
}

// over returns x/k. A factor 1/k would be rounded once more.
func over[T dual.Real[T]](x T, k int) T { return x.Div(x.Const(float64(k))) }

// signOf returns the sign of the leading term of x.
func signOf[T dual.Real[T]](x T) int {
	_, sign := x.Lead()
	return sign
}

type float interface{ ~float32 | ~float64 }

func zeroFloat[F float]() F { return 0 }

func isZeroFloat[F float](x F) bool { return x == 0 }

func mixedFloat[F float](x F) bool { return x != x }

func isNaNFloat[F float](x F) bool { return x != x }

func taintFloat[F float](x F) F { return 0 * x }

func binadeFloat[F float](F) (h, inv F) { return 1, 1 }

func overFloat[F float](x F, k int) F { return x / F(k) }

func signOfFloat[F float](x F) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// derivativeAt returns the k-th derivative at x of the function of which f
// gives all.
func derivativeAt[T dual.Real[T]](x T, k int, f func(int, float64) float64) T {
	return x.Apply(func(j int, v float64) float64 { return f(k+j, v) })
}

func derivativeAtFloat[F float](x F, k int, f func(int, float64) float64) F {
	return F(f(k, float64(x)))
}

func sincosOf[T dual.Real[T]](x T) (sin, cos T) { return x.Sincos() }

func sincosOfFloat[F float](x F) (sin, cos F) {
	s, c := math.Sincos(float64(x))
	return F(s), F(c)
}

func leadOf[T dual.Real[T]](x T) (order, sign int) { return x.Lead() }

func leadOfFloat[F float](x F) (order, sign int) {
	if x == 0 {
		return -1, 0
	}
	return 0, signOfFloat(x)
}

// factorial returns k!, rounded, for k up to maxFactorial.
func factorial(k int) float64 {
	f := 1.0
	for i := 2; i <= k; i++ {
		f *= float64(i)
	}
	return f
}

// maxFactorial is the largest k for which k! is a float64.
const maxFactorial = 170

// scaleFactorial returns k!·x.
func scaleFactorial[T dual.Real[T]](x T, k int) T {
	for ; k > maxFactorial; k-- {
		x = x.Scale(float64(k))
	}
	return x.Scale(factorial(k))
}

// overFactorial returns x/k!.
func overFactorial[T dual.Real[T]](x T, k int) T {
	for ; k > maxFactorial; k-- {
		x = over(x, k)
	}
	return x.Div(x.Const(factorial(k)))
}

func scaleFactorialFloat[F float](x F, k int) F {
	for ; k > maxFactorial; k-- {
		x *= F(k)
	}
	return F(float64(x) * factorial(k))
}

func overFactorialFloat[F float](x F, k int) F {
	for ; k > maxFactorial; k-- {
		x /= F(k)
	}
	return F(float64(x) / factorial(k))
}

// besselDerivatives puts the derivatives of order 0, 1, … at x of the Bessel
// function of the given kind into dst.
func besselDerivatives(kind byte, dst []float64, n int, x float64) {
	switch kind {
	case 'J':
		special.BesselJDerivatives(dst, n, x)
	case 'Y':
		special.BesselYDerivatives(dst, n, x)
	case 'I':
		special.BesselIDerivatives(dst, n, x)
	case 'K':
		special.BesselKDerivatives(dst, n, x)
	}
}
