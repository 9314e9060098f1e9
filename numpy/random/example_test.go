package random_test

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/random"
)

// The derivative of E z² for a normal z with mean mu and deviation 2, which is
// 2·mu, from samples.
func ExampleGenerator_Normal() {
	f := func(mu np.Array) np.Array {
		z := random.New(1).Normal(mu, np.Scalar(2), 100000)
		return np.Mean(np.Square(z))
	}
	fmt.Printf("%.1f\n", np.Grad(f)(np.Scalar(3)).Float64())
	// Output:
	// 6.0
}
