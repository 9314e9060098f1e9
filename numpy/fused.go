package numpy

import (
	"math"

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
			return special.NormCDF(x) + x*math.Exp(-x*x/2)/math.Sqrt(2*math.Pi)
		},
		jet: func(x jet.Jet64) jet.Jet64 { return x.Mul(x.NormCDF()) },
	})
)

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
