package special_test

import (
	"fmt"

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
