package numpy_test

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
)

func ExampleMatMul() {
	a := np.FromSlice([]float64{1, 2, 3, 4}, 2, 2)
	x := np.FromSlice([]float64{1, -1})
	fmt.Println(np.MatMul(a, x).Float64s())

	// The gradient of xᵀ·A·x is (A+Aᵀ)·x.
	form := func(x np.Array) np.Array { return x.MatMul(a).MatMul(x) }
	fmt.Println(np.Grad(form)(x).Float64s())
	// Output:
	// [-1 -1]
	// [-3 -3]
}

func ExampleDot() {
	x, y := np.FromSlice([]float64{1, 2, 3}), np.FromSlice([]float64{4, 5, 6})
	fmt.Println(x.Dot(y).Float64())
	// Output: 32
}

func ExampleEinsum() {
	a := np.FromSlice([]float64{1, 2, 3, 4}, 2, 2)
	b := np.FromSlice([]float64{1, 0, 1, 1}, 2, 2)
	fmt.Println(np.Einsum("ii", a).Float64())
	fmt.Println(np.Einsum("ij,jk->ki", a, b).Float64s())
	fmt.Println(np.Einsum("...j->...", a).Float64s())
	// Output:
	// 5
	// [3 7 2 4]
	// [3 7]
}

func ExampleTensorDotAxes() {
	x := np.FromSlice([]float64{1, 2, 3, 4, 5, 6}, 2, 3)
	z := np.TensorDotAxes(x, x, []int{0, 1}, []int{0, 1})
	fmt.Println(z.Float64())
	// Output: 91
}

func ExampleConvolve() {
	a := np.FromSlice([]float64{1, 2, 3})
	v := np.FromSlice([]float64{0, 1, 0.5})
	fmt.Println(np.Convolve(a, v, np.ConvolveFull).Float64s())
	fmt.Println(np.Convolve(a, v, np.ConvolveSame).Float64s())
	fmt.Println(np.Convolve(a, v, np.ConvolveValid).Float64s())
	// Output:
	// [0 1 2.5 4 1.5]
	// [1 2.5 4]
	// [2.5]
}
