package special_test

import (
	"fmt"
	"math"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// The derivative of the incomplete gamma function for its shape.
func ExampleGammaInc() {
	x := np.FromSlice([]float64{0.5, 2, 8})
	f := func(a np.Array) np.Array { return np.Sum(special.GammaInc(a, x)) }
	fmt.Printf("%.10f\n", np.Grad(f)(np.Scalar(2.5)).Float64())
	// Output: -0.3537157785
}

// The period of a pendulum, in units of that of a small swing, and how it grows
// with the amplitude.
func ExampleEllipK() {
	period := func(angle np.Array) np.Array {
		return special.EllipK(np.Square(np.Sin(angle.Scale(0.5)))).Scale(2 / math.Pi)
	}
	t, slope := np.JVP(period, np.Scalar(math.Pi/2), np.Scalar(1))
	fmt.Printf("%.10f %.10f\n", t.Float64(), slope.Float64())
	// Output: 1.1803405990 0.2696763006
}

// Derivatives for the argument of a Bessel function of real order.
func ExampleJv() {
	x := np.FromSlice([]float64{1, 5})
	f := func(x np.Array) np.Array { return special.Jv(np.Scalar(0.5), x) }
	for _, d := range np.ElementwiseDerivatives(f, 2)(x) {
		fmt.Printf("%.8f\n", d.Float64s())
	}
	// Output:
	// [0.67139671 -0.34216798]
	// [0.09540051 0.13543451]
	// [-0.59894804 0.31165940]
}
