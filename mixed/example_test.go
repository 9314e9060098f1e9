package mixed_test

import (
	"errors"
	"fmt"
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
	"gonum.org/v1/gonum/mat"
)

func Example() {
	f := mixed.NewFunc(rosenbrock[mixed.Var])
	p := f.At([]float64{-1.2, 1})
	defer p.Close()
	fmt.Printf("%.1f %.1f\n", p.Value(), p.Gradient(nil))
	fmt.Printf("%.0f\n", p.HVP(nil, []float64{1, 0}))
	// Output:
	// 24.2 [-215.6 -88.0]
	// [1330 480]
}

func ExampleHVP() {
	x, v := []float64{1, 2, 3}, []float64{1, 0, -1}
	product := func(x []mixed.Var) mixed.Var { return x[0].Mul(x[1]).Mul(x[2]) }
	fmt.Println(mixed.HVP(nil, product, x, v))
	// Output:
	// [-2 2 2]
}

func ExamplePoint_HVPs() {
	f := mixed.NewFunc(rosenbrock[mixed.Var])
	p := f.At([]float64{1, 1, 1})
	defer p.Close()
	h := p.HVPs(nil, mat.NewDiagDense(3, []float64{1, 1, 1}))
	fmt.Println(mat.Formatted(h))
	// Output:
	// ⎡ 802  -400     0⎤
	// ⎢-400  1002  -400⎥
	// ⎣   0  -400   200⎦
}

func ExamplePoint_D3() {
	cubic := func(x []mixed.Var) mixed.Var { return x[0].PowInt(2).Mul(x[1]) }
	p := mixed.NewFunc(cubic).At([]float64{5, 7})
	defer p.Close()
	fmt.Println(p.D3(nil, []float64{1, 0}, []float64{0, 1}))
	// Output:
	// [2 0]
}

func ExampleDirectionalGradient() {
	f := func(x []mixed.Var) mixed.Var { return x[0].Exp().Mul(x[1].Sin()) }
	x, v := []float64{0, 0}, []float64{1, 1}
	fmt.Println(mixed.Directional(nil, f, x, v, 3))
	fmt.Println(mixed.DirectionalGradient(nil, f, x, v, 3))
	// Output:
	// [0 1 2 2]
	// [2 -2]
}

func ExampleProgram_At() {
	// The branch is recorded by dual.Less.
	f := func(x []mixed.Var) mixed.Var {
		if dual.Less(x[0], x[1]) {
			return x[0].Sqr()
		}
		return x[1].Sqr()
	}
	prog := mixed.Record(f, []float64{1, 2})
	p, err := prog.At([]float64{3, 4})
	fmt.Println(p.Value(), err)
	_, err = prog.At([]float64{4, 3})
	fmt.Println(errors.Is(err, mixed.ErrBranch))
	p = mixed.NewFunc(f).At([]float64{4, 3})
	fmt.Println(p.Value())
	// Output:
	// 9 <nil>
	// true
	// 9
}

func ExampleEval() {
	prog := mixed.Record(rosenbrock[mixed.Var], []float64{0, 0})
	y, err := mixed.Eval(prog, []dual.Number64{{V: 1, D: 1}, {V: 2}})
	fmt.Println(y, err)
	// Output:
	// (100-400ε) <nil>
}

func ExampleElementwise() {
	x := []float64{0, 1, 2}
	d := mixed.Elementwise(nil, mixed.Var.Tanh, x, 3)
	for order := range 4 {
		fmt.Printf("%7.4f\n", d.RawRowView(order))
	}
	// Output:
	// [ 0.0000  0.7616  0.9640]
	// [ 1.0000  0.4200  0.0707]
	// [ 0.0000 -0.6397 -0.1362]
	// [-2.0000  0.6216  0.2527]
}

func ExampleProgram_Optimize() {
	f := func(x []mixed.Var) mixed.Var {
		a, b := x[0].Mul(x[1]).Sin(), x[1].Mul(x[0]).Sin()
		return a.Mul(b)
	}
	p := mixed.Record(f, []float64{1, math.Pi / 2})
	fmt.Println(p.Stats().Operations, p.Optimize().Stats().Operations)
	// Output:
	// 5 3
}
