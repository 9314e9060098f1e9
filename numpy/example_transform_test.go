package numpy_test

import (
	"fmt"
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

func ExampleGrad() {
	f := func(x np.Array) np.Array { return np.Sum(np.Mul(x, np.Mul(x, x))) }
	x := np.FromSlice([]float64{1, 2, 3})
	fmt.Println(np.Grad(f)(x).Float64s())
	// Gradients are functions like any other.
	sum := func(x np.Array) np.Array { return np.Sum(np.Grad(f)(x)) }
	fmt.Println(np.Grad(sum)(x).Float64s())
	// Output:
	// [3 12 27]
	// [6 12 18]
}

func ExampleElementwiseGrad() {
	d := np.ElementwiseGrad(np.Tanh)
	dd := np.ElementwiseGrad(d)
	x := np.FromSlice([]float64{0.5, 1})
	fmt.Printf("%.4f %.4f\n", d(x).Float64s(), dd(x).Float64s())
	// Output: [0.7864 0.4200] [-0.7269 -0.6397]
}

func ExampleJacobian() {
	polar := func(p np.Array) np.Array {
		r, phi := p.At(0), p.At(1)
		x, y := np.Mul(r, np.Cos(phi)), np.Mul(r, np.Sin(phi))
		e := np.FromSlice([]float64{1, 0})
		return np.Add(np.Mul(x, e), np.Mul(y, e.Neg().AddConst(1)))
	}
	j := np.Jacobian(polar)(np.FromSlice([]float64{2, math.Pi / 2}))
	for i := range j.Len() {
		fmt.Printf("%.1f\n", j.At(i).Float64s())
	}
	// Output:
	// [0.0 -2.0]
	// [1.0 0.0]
}

func ExampleHVPFunc() {
	// Σxᵢ²xᵢ₊₁
	f := func(x np.Array) np.Array {
		var sum np.Array
		for i := range x.Len() - 1 {
			sum = np.Add(sum, np.Mul(np.Mul(x.At(i), x.At(i)), x.At(i+1)))
		}
		return sum
	}
	value, grad, hvp := np.HVPFunc(f, np.FromSlice([]float64{1, 2, 3}))
	fmt.Println(value.Float64(), grad.Float64s())
	fmt.Println(hvp(np.FromSlice([]float64{1, 0, 0})).Float64s())
	fmt.Println(hvp(np.FromSlice([]float64{0, 1, 0})).Float64s())
	// Output:
	// 14 [4 13 4]
	// [4 2 0]
	// [2 6 4]
}

func ExampleTaylorCoefficients() {
	// Of exp along the path t, from 0.
	c := np.TaylorCoefficients(np.Exp, np.Scalar(0), np.Scalar(1), np.Array{}, np.Array{}, np.Array{})
	for _, x := range c {
		fmt.Printf("%.4f ", x.Float64())
	}
	// Output: 1.0000 1.0000 0.5000 0.1667 0.0417
}

func ExampleGradArgs() {
	f := func(x ...np.Array) np.Array { return np.Sum(np.Mul(x[0], np.Mul(x[1], x[1]))) }
	a, b := np.FromSlice([]float64{1, 2}), np.FromSlice([]float64{3, 4})
	g := np.GradArgs(f)(a, b)
	fmt.Println(g[0].Float64s(), g[1].Float64s())
	fmt.Println(np.GradArgs(f, -1)(a, b)[0].Float64s())
	// Output:
	// [9 16] [6 16]
	// [6 16]
}

func ExampleGradTree() {
	type line struct {
		Slope, Offset np.Array
		Name          string
	}
	x, y := np.FromSlice([]float64{1, 2, 3}), np.FromSlice([]float64{2, 4, 7})
	loss := func(l line) np.Array {
		d := np.Sub(np.Add(np.Mul(l.Slope, x), l.Offset), y)
		return np.Sum(np.Mul(d, d))
	}
	g := np.GradTree(loss)(line{Slope: np.Scalar(2), Offset: np.Scalar(0), Name: "fit"})
	fmt.Println(g.Slope.Float64(), g.Offset.Float64(), g.Name)
	// Output: -6 -2 fit
}

func ExampleFlatten() {
	p := map[string]np.Array{
		"weights": np.FromSlice([]float64{1, 2, 3, 4}, 2, 2),
		"bias":    np.Scalar(5),
	}
	vec, unflatten := np.Flatten(p)
	fmt.Println(vec.Float64s())
	fmt.Println(unflatten(vec.Scale(10))["weights"].At(1).Float64s())
	// Output:
	// [5 1 2 3 4]
	// [30 40]
}

// An operation of one's own: log Σ exp(x), which does not overflow, and keeps
// its value for the derivative.
func ExampleOp() {
	op := &np.Op{Name: "logsumexp"}
	op.Eval = func(c *np.Call) np.Array {
		x := c.In[0].Float64s()
		top := math.Inf(-1)
		for _, v := range x {
			top = max(top, v)
		}
		sum := 0.0
		for _, v := range x {
			sum += math.Exp(v - top)
		}
		return np.Scalar(top + math.Log(sum))
	}
	// Written in operations on arrays, the rule has derivatives itself. Forward
	// mode follows by transposition.
	op.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		return np.Mul(w, np.Exp(np.Sub(c.In[0], c.Out[0])))
	}
	logsumexp := func(x np.Array) np.Array { return op.Apply(nil, x) }

	x := np.FromSlice([]float64{1000, 1000, 1000, 1000})
	fmt.Printf("%.4f\n", logsumexp(x).Float64())
	fmt.Printf("%.4f\n", np.Grad(logsumexp)(x).Float64s())
	fmt.Printf("%.4f\n", np.Hessian(logsumexp)(x).At(0).Float64s())
	_, dot := np.JVP(logsumexp, x, np.FromSlice([]float64{1, 1, 0, 0}))
	fmt.Printf("%.4f\n", dot.Float64())
	// Output:
	// 1001.3863
	// [0.2500 0.2500 0.2500 0.2500]
	// [0.1875 -0.0625 -0.0625 -0.0625]
	// 0.5000
}

// A function that is the identity, but turns gradients around.
func ExampleCustomVJP() {
	reverse := np.CustomVJP("reverse",
		func(x ...np.Array) np.Array { return x[0] },
		func(y np.Array, x []np.Array, w np.Array) []np.Array { return []np.Array{w.Neg()} })
	f := func(x np.Array) np.Array { return np.Mul(x, reverse(x)) }
	fmt.Println(np.Grad(f)(np.Scalar(3)).Float64())
	// Output: 0
}

func ExampleCheckpoint() {
	// Sixteen steps of which every fourth is kept. The rate, from around the
	// function, has a derivative too.
	run := func(rate np.Array) np.Array {
		piece := np.Checkpoint(func(x np.Array) np.Array {
			for range 4 {
				x = np.Add(x, np.Mul(rate, np.Sin(x)))
			}
			return x
		})
		x := np.Scalar(1)
		for range 4 {
			x = piece(x)
		}
		return x
	}
	fmt.Printf("%.6f\n", np.Grad(run)(np.Scalar(0.1)).Float64())
	// Output: 10.795729
}

func ExampleFixedPoint() {
	// The square root of a by Newton's method, and its derivatives.
	sqrt := func(a np.Array) np.Array {
		x, err := np.FixedPoint(func(a, x np.Array) np.Array {
			return np.Add(x, np.Div(a, x)).Scale(0.5)
		}, a, np.Scalar(1), 1e-12, 100)
		if err != nil {
			fmt.Println(err)
		}
		return x
	}
	a := np.Scalar(4)
	fmt.Printf("%.4f %.4f %.6f\n", sqrt(a).Float64(), np.Grad(sqrt)(a).Float64(), np.Grad(np.Grad(sqrt))(a).Float64())
	// Output: 2.0000 0.2500 -0.031250
}

func ExampleRecord() {
	f := func(x ...np.Array) np.Array { return np.Sum(np.Sin(np.Mul(x[0], x[1]))) }
	x, y := np.FromSlice([]float64{1, 2}), np.Scalar(3)
	fmt.Print(np.Record(f, x, y))
	// The operations of the gradient by x.
	grad := func(x ...np.Array) np.Array { return np.GradArgs(f, 0)(x...)[0] }
	fmt.Print(np.Record(grad, x, y))
	// Output:
	// v0 (2) = Mul(x0, x1)
	// v1 (2) = Sin(v0)
	// v2 () = SumTo(v1)
	// return v2
	// v0 (2) = Mul(x0, x1)
	// v1 (2) = Cos(v0)
	// v2 (2) = AZMul(constant (2), v1)
	// v3 (2) = AZMul(v2, x1)
	// return v3
}
