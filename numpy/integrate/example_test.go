package integrate_test

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/integrate"
)

// How the solution of y' = -k·y at time 2 changes with k: by -2·exp(-2k).
func ExampleODEInt() {
	f := func(k np.Array) np.Array {
		y, err := integrate.ODEInt(func(y, t np.Array) np.Array {
			return np.Mul(k, y).Neg()
		}, np.Scalar(1), np.FromSlice([]float64{0, 2}), nil)
		if err != nil {
			panic(err)
		}
		return y.At(1)
	}
	k := np.Scalar(0.5)
	fmt.Printf("%.6f %.6f\n", f(k).Float64(), np.Grad(f)(k).Float64())
	// Output:
	// 0.367879 -0.735759
}

// The derivative of an integral for its upper limit is the integrand there.
func ExampleQuad() {
	f := func(b np.Array) np.Array { return integrate.Quad(np.Cos, np.Scalar(0), b, 10) }
	b := np.Scalar(1)
	fmt.Printf("%.6f %.6f\n", f(b).Float64(), np.Grad(f)(b).Float64())
	// Output:
	// 0.841471 0.540302
}
