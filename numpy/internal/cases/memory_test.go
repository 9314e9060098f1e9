package cases

import (
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// TestMemory checks that nothing uses memory that gradients lend and take back:
// they are the same as by VJP, which lends none, and what leaves them through a
// closure stays as it was when others have been computed. With the build tag
// numpycheck all memory that is taken back is spoiled.
func TestMemory(t *testing.T) {
	each(t, func(t *testing.T, c Case) {
		xs := c.vars()
		if len(xs) == 0 {
			return
		}
		var left []np.Array
		scalar := func(y np.Array) np.Array {
			if y.IsComplex() {
				y = np.Add(np.Real(y), np.Imag(y).Scale(0.5))
			}
			return np.Sum(y.Mul(weights(y)))
		}
		inner := func(xs ...np.Array) np.Array {
			in := make([]np.Array, len(xs))
			for i, x := range xs {
				in[i] = x.Scale(1) // in memory of the gradient
			}
			y := c.apply(in...)
			left = append(left, y.Detach())
			if c.Flat {
				left = append(left, y)
			}
			return scalar(y)
		}
		byVJP := func(f func(...np.Array) np.Array) func(...np.Array) []np.Array {
			return func(xs ...np.Array) []np.Array {
				_, pull := np.VJPArgs(f)(xs...)
				return pull(np.Scalar(1))
			}
		}
		// square makes a scalar of a gradient, to go on.
		square := func(grad func(...np.Array) []np.Array) func(...np.Array) np.Array {
			return func(xs ...np.Array) np.Array {
				var sum np.Array
				for _, g := range grad(xs...) {
					left = append(left, g.Detach())
					sum = np.Add(sum, scalar(g.Scale(1).Mul(g)))
				}
				return sum
			}
		}
		want := append(byVJP(inner)(xs...), byVJP(square(byVJP(inner)))(xs...)...)
		wantLeft := left
		left = nil
		got := append(np.GradArgs(inner)(xs...), np.GradArgs(square(np.GradArgs(inner)))(xs...)...)
		np.GradArgs(func(xs ...np.Array) np.Array { return inner(xs...).Scale(3) })(xs...) // uses the memory again
		for i := range want {
			sameNumbers(t, "gradient", got[i], want[i])
		}
		for i := range wantLeft {
			// Those that vary cannot be read any more, which is an error.
			np.Maybe(func() { sameNumbers(t, "array that left", left[i], wantLeft[i]) })
		}
	})
}

// weights are constants in the shape of y.
func weights(y np.Array) np.Array {
	w := np.Arange(1, float64(y.Size())+0.5, 1)
	return np.Reshape(np.Cos(w), y.Shape()...)
}

func sameNumbers(t *testing.T, what string, got, want np.Array) {
	t.Helper()
	g, w := got.Complex128s(), want.Complex128s()
	if len(g) != len(w) {
		t.Fatalf("%s: shape %v, want %v", what, got.Shape(), want.Shape())
	}
	same := func(a, b float64) bool {
		return a == b || a != a && b != b || math.Abs(a-b) <= 1e-9*(1+math.Abs(b))
	}
	for i := range g {
		if !same(real(g[i]), real(w[i])) || !same(imag(g[i]), imag(w[i])) {
			t.Fatalf("%s: element %d is %v, want %v", what, i, g[i], w[i])
		}
	}
}
