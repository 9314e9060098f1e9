package optimizers_test

import (
	"fmt"
	"log"

	"gonum.org/v1/gonum/optimize"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/optimizers"
)

func ExampleMinimize() {
	type line struct{ Slope, Offset np.Array }
	x := np.FromSlice([]float64{0, 1, 2, 3})
	y := np.FromSlice([]float64{1, 3, 5, 7})
	loss := func(l line) np.Array {
		d := np.Sub(np.Add(np.Mul(l.Slope, x), l.Offset), y)
		return np.Sum(np.Mul(d, d))
	}
	l := optimizers.Minimize(optimizers.NewAdam(0.1), optimizers.Full(loss), line{}, 1000, nil)
	fmt.Printf("y = %.2f·x + %.2f\n", l.Slope.Float64(), l.Offset.Float64())
	// Output: y = 2.00·x + 1.00
}

func ExampleProblem() {
	f := func(x np.Array) np.Array {
		u, v := x.At(0).AddConst(-3), x.At(1).AddConst(1)
		return np.Add(np.Mul(u, u), np.Exp(np.Mul(v, v)))
	}
	r, err := optimize.Minimize(optimizers.Problem(f), []float64{0, 0}, nil, &optimize.Newton{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.4f %.4f\n", r.X, r.F)
	// Output: [3.0000 -1.0000] 1.0000
}

// A fit of a struct of parameters by a method of gonum.
func ExampleTreeProblem() {
	type line struct{ Slope, Offset np.Array }
	x := np.FromSlice([]float64{0, 1, 2, 3})
	y := np.FromSlice([]float64{1, 3, 5, 7})
	loss := func(l line) np.Array {
		return np.Sum(np.Square(np.Sub(np.Add(np.Mul(l.Slope, x), l.Offset), y)))
	}
	p, start, tree := optimizers.TreeProblem(loss, line{})
	r, err := optimize.Minimize(p, start, nil, &optimize.Newton{})
	if err != nil {
		log.Fatal(err)
	}
	l := tree(r.X)
	fmt.Printf("y = %.2f·x + %.2f\n", l.Slope, l.Offset)
	// Output: y = 2.00·x + 1.00
}
