package special

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
	np "github.com/dualjet/dualjet/numpy"
)

var erfcinvOp = &np.Op{Name: "special.Erfcinv"}

func init() {
	unary(erfcinvOp, erfcinv, func(_, y np.Array) np.Array {
		return np.Exp(np.Square(y)).Scale(-math.Sqrt(math.Pi) / 2)
	})
}

// Erf returns the error function of x.
func Erf(x np.Array) np.Array { return x.Erf() }

// Erfc returns 1 - erf x, accurate also in its tail.
func Erfc(x np.Array) np.Array { return x.Erfc() }

// Erfcx returns exp(x²)·erfc x.
func Erfcx(x np.Array) np.Array { return x.Erfcx() }

// Erfinv returns the inverse of the error function. At ±1 the derivative is
// +Inf.
func Erfinv(x np.Array) np.Array { return x.Erfinv() }

// Erfcinv returns the inverse of [Erfc], accurate also for small x.
func Erfcinv(x np.Array) np.Array { return erfcinvOp.Apply(nil, x) }

// Ndtr returns the distribution function Φ of the standard normal
// distribution.
func Ndtr(x np.Array) np.Array { return x.NormCDF() }

// LogNdtr returns log Φ(x), accurate in both tails.
func LogNdtr(x np.Array) np.Array { return x.LogNormCDF() }

// Ndtri returns the inverse of [Ndtr].
func Ndtri(p np.Array) np.Array { return Erfcinv(p.Scale(2)).Scale(-math.Sqrt2) }

// erfcinv solves log erfc y = log p by Newton's method, where the logarithm is
// that of erfcx and nearly a parabola.
func erfcinv(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 2):
		return math.NaN()
	case p > 1:
		return -erfcinv(2 - p)
	case p >= 0.4:
		return special.Erfinv(1 - p)
	case p == 0:
		return math.Inf(1)
	}
	logp := log(p)
	y := math.Sqrt(-logp)
	for range 20 {
		e := special.Erfcx(y)
		d := (math.Log(e) - y*y - logp) * e * (math.Sqrt(math.Pi) / 2)
		y += d
		if math.Abs(d) <= 2e-16*y {
			break
		}
	}
	return y
}
