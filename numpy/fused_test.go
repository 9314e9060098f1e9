package numpy_test

import (
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

func TestActivations(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	x := np.FromSlice([]float64{-inf, -40, 0, 40, inf, nan})
	for _, c := range []struct {
		name        string
		f           func(np.Array) np.Array
		value, diff []float64
	}{
		{"ReLU", np.ReLU, []float64{0, 0, 0, 40, inf, nan}, []float64{0, 0, 0.5, 1, 1, nan}},
		{"SiLU", np.SiLU, []float64{0, -1.6993417021166356e-16, 0, 40, inf, nan}, nil},
		{"GELU", np.GELU, []float64{0, 0, 0, 40, inf, nan}, nil},
	} {
		checkNear(t, c.name, c.f(x), c.value)
		if c.diff != nil {
			checkNear(t, c.name+" by Deriv", np.Deriv(c.f)(x), c.diff)
			checkNear(t, c.name+" by ElementwiseGrad", np.ElementwiseGrad(c.f)(x), c.diff)
		}
	}
	// The tail, where s·(1 + x·(1-s)) loses nothing.
	checkNear(t, "SiLU by Deriv", np.Deriv(np.SiLU)(np.FromSlice([]float64{-40, 0.5})), []float64{-1.6568581595637197e-16, 0.73996118730265181})
}

func checkNear(t *testing.T, name string, got np.Array, want []float64) {
	t.Helper()
	for i, v := range got.Float64s() {
		w := want[i]
		if v != w && !(v != v && w != w) && !(math.Abs(v-w) <= 4e-16*math.Abs(w)) {
			t.Errorf("%s, element %d: got %v, want %v", name, i, v, w)
		}
	}
}

func TestParts(t *testing.T) {
	inf := math.Inf(1)
	frac, whole := np.ModF(np.FromSlice([]float64{-inf, -2.75, -0.5, 3.25, inf}))
	checkNear(t, "ModF", frac, []float64{0, -0.75, -0.5, 0.25, 0})
	checkNear(t, "ModF", whole, []float64{-inf, -2, 0, 3, inf})
	m, e := np.FrExp(np.FromSlice([]float64{-inf, -3, 0, 0.125, 5e-324}))
	checkNear(t, "FrExp", m, []float64{-inf, -0.75, 0, 0.5, 0.5})
	checkNear(t, "FrExp", e, []float64{0, 2, 0, -2, -1073})
	// Masked by -Inf, an operand takes no part.
	g := np.Grad(func(x np.Array) np.Array {
		return np.LogAddExp(np.LogAddExp(np.Scalar(-inf), np.Scalar(-inf)), x)
	})(np.Scalar(2))
	checkNear(t, "LogAddExp of -Inf", g, []float64{1})
}

func TestMaximumNaN(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, v := range []float64{inf, -inf, 1} {
		for name, got := range map[string]np.Array{
			"Maximum of scalars": np.Maximum(np.Scalar(v), np.Scalar(nan)),
			"Minimum of scalars": np.Minimum(np.Scalar(nan), np.Scalar(v)),
			"Maximum":            np.Maximum(np.FromSlice([]float64{v, nan}), np.FromSlice([]float64{nan, v})),
			"Minimum":            np.Minimum(np.FromSlice([]float64{v, nan}), np.FromSlice([]float64{nan, v})),
		} {
			checkNear(t, name, got, []float64{nan, nan}[:got.Size()])
		}
	}
}
