package numpy_test

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"

	np "github.com/dualjet/dualjet/numpy"
)

func ExampleBlock() {
	a := np.Of([][]float64{{1, 2}, {3, 4}})
	b := np.Of([][]float64{{5}, {6}})
	fmt.Println(np.Block([][]np.Array{
		{a, b},
		{np.Zeros(1, 2), np.Scalar(7)},
	}))
	// Output:
	// [[1. 2. 5.]
	//  [3. 4. 6.]
	//  [0. 0. 7.]]
}

func ExamplePad() {
	x := np.FromSlice([]float64{1, 2, 3})
	around := [][2]int{{2, 2}}
	fmt.Println(np.Pad(x, around, np.PadZero))
	fmt.Println(np.Pad(x, around, np.PadEdge))
	fmt.Println(np.Pad(x, around, np.PadReflect))
	fmt.Println(np.Pad(x, around, np.PadWrap))
	fmt.Println(np.PadConstant(x, around, np.FromSlice([]float64{-1, 9})))
	fmt.Println(np.PadRamp(x, around, np.Scalar(0)))
	// Output:
	// [0. 0. 1. 2. 3. 0. 0.]
	// [1. 1. 1. 2. 3. 3. 3.]
	// [3. 2. 1. 2. 3. 2. 1.]
	// [2. 3. 1. 2. 3. 1. 2.]
	// [-1. -1.  1.  2.  3.  9.  9.]
	// [0.  0.5 1.  2.  3.  1.5 0. ]
}

// The derivatives of a function of two variables by its samples.
func ExampleGradients() {
	x, y := np.Arange(0, 4, 1), np.FromSlice([]float64{0, 1, 3})
	grid := np.OGrid(x, y)
	f := np.Add(np.Square(grid[0]), np.Square(grid[1])) // x²+y²
	d := np.Gradients(f, []np.Array{x, y}, 2)
	fmt.Println(d[0])
	fmt.Println(d[1])
	// Output:
	// [[0. 0. 0.]
	//  [2. 2. 2.]
	//  [4. 4. 4.]
	//  [6. 6. 6.]]
	// [[0. 2. 6.]
	//  [0. 2. 6.]
	//  [0. 2. 6.]
	//  [0. 2. 6.]]
}

// How the share of weight in each bin changes with the weights.
func ExampleHistogramOf() {
	x := np.FromSlice([]float64{0.5, 1.5, 1.75, 3.5})
	bounds := np.FromSlice([]float64{0, 1, 2, 4})
	w := np.FromSlice([]float64{1, 1, 2, 4})
	density := func(w np.Array) np.Array { return np.HistogramOf(x, bounds, w, true) }
	fmt.Println(density(w))
	fmt.Printf("%.3v\n", np.Jacobian(density)(w))
	// Output:
	// [0.125 0.375 0.25 ]
	// [[ 0.109 -0.016 -0.016 -0.016]
	//  [-0.047  0.078  0.078 -0.047]
	//  [-0.031 -0.031 -0.031  0.031]]
}

// The derivative of a sum of sorted elements goes where they came from.
func ExampleSort() {
	largest := func(x np.Array) np.Array { return np.Sum(np.Sort(x).Index(np.From(-2))) }
	x := np.FromSlice([]float64{3, 1, 4, 1, 5})
	fmt.Println(np.Sort(x))
	fmt.Println(np.Grad(largest)(x))
	// Output:
	// [1. 1. 3. 4. 5.]
	// [0. 0. 1. 0. 1.]
}

func ExampleWriteNPZ() {
	var file bytes.Buffer
	err := np.WriteNPZ(&file, map[string]np.Array{"weights": np.Ones(2, 3), "bias": np.Zeros(3)})
	if err != nil {
		log.Fatal(err)
	}
	model, err := np.ReadNPZ(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(model["weights"].Shape(), model["bias"].Shape())
	// Output: [2 3] [3]
}

func ExampleSaveZ() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "model.npz")
	if err := np.SaveZ(path, map[string]np.Array{"weights": np.Ones(2, 3), "bias": np.Zeros(3)}); err != nil {
		log.Fatal(err)
	}
	model, err := np.LoadZ(path)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(model["weights"])
	fmt.Println(model["bias"])
	// Output:
	// [[1. 1. 1.]
	//  [1. 1. 1.]]
	// [0. 0. 0.]
}

// A quantile moves with the elements that it lies between.
func ExampleQuantile() {
	x := np.FromSlice([]float64{7, 1, 4, 2})
	for _, method := range []np.QuantileMethod{np.QuantileLinear, np.QuantileLower, np.QuantileMidpoint, np.QuantileMedianUnbiased} {
		quartile := func(x np.Array) np.Array { return np.Quantile(x, 0.25, method) }
		fmt.Printf("%.3f %.3f\n", quartile(x), np.Grad(quartile)(x))
	}
	// Output:
	// 1.750 [0.000 0.250 0.000 0.750]
	// 1.000 [0.000 1.000 0.000 0.000]
	// 1.500 [0.000 0.500 0.000 0.500]
	// 1.417 [0.000 0.583 0.000 0.417]
}

func ExampleUniqueAll() {
	values, index, inverse, counts := np.UniqueAll(np.FromSlice([]float64{5, 2, 5, 7}))
	fmt.Println(values, index.Ints(), inverse.Ints(), counts.Ints())
	// Output: [2. 5. 7.] [1 0 3] [1 0 1 2] [1 2 1]
}
