package numpy

import (
	"math"

	"github.com/dualjet/dualjet/internal/rule"
	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
)

// Activation functions in one pass.

var (
	siluFunc = elementwise(function{
		name: "SiLU", f: silu,
		d: func(x, _ float64) float64 {
			s := special.Logistic(x)
			return s + silu(x)*special.Logistic(-x)
		},
		jet: func(x jet.Jet64) jet.Jet64 { return x.Mul(x.Logistic()) },
	})
	geluFunc = elementwise(function{
		name: "GELU", f: gelu,
		d: func(x, _ float64) float64 {
			return special.NormCDF(x) + x*rule.NormCDFFloat(x, 0)
		},
		jet: func(x jet.Jet64) jet.Jet64 { return x.Mul(x.NormCDF()) },
	})
)

// reluFunc has no jet: it would look along its path at 0.
var reluFunc = elementwise(function{
	name: "ReLU", f: func(x float64) float64 { return math.Max(x, 0) },
	loop: func(dst, x []float64) {
		x = x[:len(dst)]
		for i, v := range x {
			if v < 0 {
				v = 0
			}
			dst[i] = v + 0 // no -0
		}
	},
	d: func(x, _ float64) float64 { return ramp(x) },
	deriv: func(k int, x float64) float64 {
		if k == 1 {
			return ramp(x)
		}
		return 0
	},
})

// ramp is the derivative of max(x, 0), ½ at 0.
func ramp(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return 0
	case x == 0:
		return 0.5
	}
	return x
}

// silu and gelu are 0 at -Inf, where the product is not.
func silu(x float64) float64 {
	if math.IsInf(x, -1) {
		return 0
	}
	return x * special.Logistic(x)
}

func gelu(x float64) float64 {
	if math.IsInf(x, -1) {
		return 0
	}
	return x * special.NormCDF(x)
}

// ReLU returns max(x, 0), of which the derivative at 0 is ½.
func ReLU(x Array) Array { return reluFunc.of(x) }

// SiLU returns x·[Sigmoid](x).
func SiLU(x Array) Array { return siluFunc.of(x) }

// GELU returns x·Φ(x), where Φ is the distribution function of the standard
// normal distribution.
func GELU(x Array) Array { return geluFunc.of(x) }
