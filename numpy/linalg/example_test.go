package linalg_test

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

// The gradient of the logarithm of a determinant is the inverse.
func ExampleSlogDet() {
	f := func(a np.Array) np.Array {
		_, logabs := linalg.SlogDet(a)
		return logabs
	}
	a := np.FromSlice([]float64{2, 0, 1, 4}, 2, 2)
	for _, v := range np.Grad(f)(a).Float64s() {
		fmt.Printf("%.4g ", v)
	}
	fmt.Println()
	// Output:
	// 0.5 -0.125 0 0.25
}

// How the solution of a linear system changes with its matrix.
func ExampleSolve() {
	b := np.FromSlice([]float64{2, 8})
	f := func(a np.Array) np.Array { return linalg.Solve(a, b) }
	a := np.FromSlice([]float64{2, 0, 0, 4}, 2, 2)
	v := np.FromSlice([]float64{1, 0, 0, 0}, 2, 2)
	x, dx := np.JVP(f, a, v)
	fmt.Println(x.Float64s(), dx.Float64s())
	// Output:
	// [1 2] [-0.5 0]
}

// The change of the eigenvalues of a symmetric matrix.
func ExampleEigvalsH() {
	a := np.FromSlice([]float64{1, 0, 0, 3}, 2, 2)
	f := func(a np.Array) np.Array { return linalg.EigvalsH(a).At(1) }
	fmt.Println(np.Grad(f)(a).Float64s())
	// Output:
	// [0 0 0 1]
}

// A determinant has a gradient where it is 0 too.
func ExampleDet() {
	a := np.FromSlice([]float64{1, 2, 2, 4}, 2, 2)
	for _, v := range np.Grad(linalg.Det)(a).Float64s() {
		fmt.Printf("%.4g ", v)
	}
	fmt.Println()
	// Output:
	// 4 -2 -2 1
}
