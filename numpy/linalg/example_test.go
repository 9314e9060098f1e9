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

// Several systems with the same matrix.
func ExampleFactor() {
	f := linalg.Factor(np.FromSlice([]float64{2, 1, 0, 4}, 2, 2))
	b := np.FromSlice([]float64{4, 8})
	fmt.Println(f.Solve(b).Float64s(), f.Solve(b, linalg.Trans).Float64s(), f.Det().Float64())
	// Output:
	// [1 2] [2 1.5] 8
}

// How the slope of a line depends on the points that it is fitted to.
func ExamplePolyfit() {
	x := np.FromSlice([]float64{0, 1, 3})
	slope := func(y np.Array) np.Array { return linalg.Polyfit(x, y, 1).At(0) }
	y := np.FromSlice([]float64{1, 3, 7})
	fmt.Printf("%.3f %.3f\n", slope(y).Float64(), np.Grad(slope)(y).Float64s())
	// Output:
	// 2.000 [-0.286 -0.071 0.357]
}

// A problem of least squares with what is left.
func ExampleLstSqAll() {
	a := np.FromSlice([]float64{1, 0, 1, 1, 1, 2}, 3, 2)
	r := linalg.LstSqAll(a, np.FromSlice([]float64{1, 0, 2}), -1)
	fmt.Printf("%.3f %.3f %v\n", r.X.Float64s(), r.Residuals.Float64(), r.Rank.Float64())
	// Output:
	// [0.500 0.500] 1.500 2
}

// With Full the last rows of vh span what the matrix maps to 0.
func ExampleSVD() {
	a := np.Of([][]float64{{3, 4, 0}, {0, 0, 2}})
	u, s, vh := linalg.SVD(a, linalg.Full)
	fmt.Println(u.Shape(), s.Float64s(), vh.Shape())
	null := vh.At(-1)
	fmt.Printf("%.1f\n", np.Abs(null))
	fmt.Printf("%.1f\n", np.Abs(np.MatMul(a, null)))
	// The projection on that space does not depend on the sign of the vector.
	// Its derivative has a meaning.
	projection := func(a np.Array) np.Array {
		_, _, vh := linalg.SVD(a, linalg.Full)
		return np.Square(vh.At(-1, 0))
	}
	fmt.Printf("%.3f\n", np.Grad(projection)(a))
	// Output:
	// [2 2] [5 2] [3 3]
	// [0.8 0.6 0.0]
	// [0.0 0.0]
	// [[-0.154  0.115  0.000]
	//  [ 0.000  0.000  0.000]]
}
