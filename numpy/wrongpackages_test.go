package numpy_test

import (
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
	"github.com/dualjet/dualjet/numpy/stats"
)

// TestWrongNorm differentiates norms at 0, where they have a kink or none.
func TestWrongNorm(t *testing.T) {
	norm := func(x np.Array) np.Array { return linalg.Norm(x) }
	square := func(x np.Array) np.Array { return np.Square(linalg.Norm(x)) }
	zero := np.Zeros(2)
	for name, f := range map[string]func(np.Array) np.Array{"norm": norm, "its square": square} {
		_, dot := np.JVP(f, zero, np.FromSlice([]float64{1, 0}))
		if g := np.Grad(f)(zero); !np.ArrayEqual(g, zero) || dot.Float64() != 0 {
			t.Errorf("%s: gradient %v, tangent %v, want 0", name, g, dot)
		}
	}
}

// TestWrongShape differentiates a density by its number of degrees of freedom,
// which is no integer.
func TestWrongShape(t *testing.T) {
	logpdf := func(x np.Array) np.Array { return stats.Chi2{DF: np.Scalar(2.5)}.LogPDF(x) }
	if got := np.Grad(logpdf)(np.Scalar(1)).Float64(); math.Abs(got+0.25) > 1e-15 {
		t.Errorf("derivative of log χ² density is %v, want -0.25", got)
	}
	// ½ log(x/2) - ½ ψ(df/2)
	byDF := np.Grad(func(df np.Array) np.Array { return stats.Chi2{DF: df}.LogPDF(np.Scalar(1)) })(np.Scalar(2.5)).Float64()
	const want = -0.23284682359183995
	if math.Abs(byDF-want) > 1e-13 {
		t.Errorf("derivative by the degrees of freedom is %v, want %v", byDF, want)
	}
}
