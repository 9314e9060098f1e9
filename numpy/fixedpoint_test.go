package numpy

import (
	"math"
	"testing"
)

// root is √a by Newton's iteration.
func root(t *testing.T) func(a Array) Array {
	return func(a Array) Array {
		x, err := FixedPoint(func(a, x Array) Array {
			return Add(x, Div(a, x)).Scale(0.5)
		}, a, onesLike(a), 1e-14, 100)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// contraction solves x = 1 + a·tanh(x)/2, which converges linearly.
func contraction(t *testing.T) func(a Array) Array {
	return func(a Array) Array {
		x, err := FixedPoint(func(a, x Array) Array {
			return Mul(a, Tanh(x)).Scale(0.5).AddConst(1)
		}, a, onesLike(a), 1e-15, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func TestFixedPointModes(t *testing.T) {
	// From mpmath with 60 digits.
	want := map[string][4][2]float64{
		"root": {
			{1.224744871391589, 1.3228756555322953},
			{0.40824829046386302, 0.37796447300922723},
			{-0.13608276348795434, -0.10798984943120778},
			{0.13608276348795434, 0.092562728083892382},
		},
		"contraction": {
			{1.7017175803563904, 1.8312004605119494},
			{0.516038958069802, 0.51932553117248254},
			{0.019561129004254812, 0.0075749029866942949},
			{-0.058475495624855382, -0.038250411534847321},
		},
	}
	for name, f := range map[string]func(Array) Array{"root": root(t), "contraction": contraction(t)} {
		want := want[name]
		for _, m := range modes() {
			g := f
			for k := range 4 {
				for i, v := range g(FromSlice([]float64{1.5, 1.75})).Float64s() {
					if e := math.Abs(v-want[k][i]) / math.Abs(want[k][i]); e > 1e-10 {
						t.Errorf("%s: order %d by %s: got %g, want %g", name, k, m.name, v, want[k][i])
					}
				}
				g = m.d(g)
			}
		}
	}
}
