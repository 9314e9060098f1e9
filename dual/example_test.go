package dual_test

import (
	"fmt"

	"github.com/dualjet/dualjet/dual"
	"gonum.org/v1/gonum/mat"
)

func Example() {
	f := func(x dual.Number64) dual.Number64 { return x.Sqr().Mul(x.Sin()) }
	y, dy := dual.ValueAndDerivative(f, 2)
	fmt.Printf("f(2) = %.6f, f′(2) = %.6f\n", y, dy)
	// Output:
	// f(2) = 3.637190, f′(2) = 1.972602
}

// himmelblau has four minima. Being generic, it serves every driver.
func himmelblau[T dual.Real[T]](x []T) T {
	a := x[0].Sqr().Add(x[1]).AddConst(-11)
	b := x[0].Add(x[1].Sqr()).AddConst(-7)
	return a.Sqr().Add(b.Sqr())
}

func ExampleGradient() {
	fmt.Println(dual.Gradient(nil, himmelblau, []float64{1, 2}))
	// Output:
	// [-36 -32]
}

func ExampleValueAndGradient() {
	grad := make([]float64, 2)
	y, _ := dual.ValueAndGradient(grad, himmelblau, []float64{1, 2})
	fmt.Println(y, grad)
	// Output:
	// 68 [-36 -32]
}

func ExampleHessian() {
	h := dual.Hessian(nil, himmelblau, []float64{3, 2})
	fmt.Println(mat.Formatted(h))
	// Output:
	// ⎡74  20⎤
	// ⎣20  34⎦
}

func ExampleJacobian() {
	// Polar coordinates, in numbers of one type: the fastest way to write it.
	f := func(x []dual.Number3) []dual.Number3 {
		s, c := x[1].Sincos()
		return []dual.Number3{x[0].Mul(c), x[0].Mul(s)}
	}
	fmt.Printf("%.4f\n", mat.Formatted(dual.Jacobian(nil, f, []float64{2, 0.5})))
	// Output:
	// ⎡ 0.8776  -0.9589⎤
	// ⎣ 0.4794   1.7552⎦
}

func ExampleJVP() {
	f := func(x []dual.Number64) []dual.Number64 {
		return []dual.Number64{x[0].Mul(x[1]), dual.Norm(x)}
	}
	fmt.Printf("%.4g\n", dual.JVP(nil, f, []float64{3, 4}, []float64{1, 0}))
	// Output:
	// [4 0.6]
}

func ExampleSecondDerivative() {
	y, dy, d2y := dual.SecondDerivative(dual.Hyper.Exp, 0)
	fmt.Println(y, dy, d2y)
	// Output:
	// 1 1 1
}

func ExampleSecondDirectional() {
	y, slope, curvature := dual.SecondDirectional(himmelblau, []float64{1, 2}, []float64{1, 1})
	fmt.Println(y, slope, curvature)
	// Output:
	// 68 -68 28
}

// The derivative of a derivative, each with its own level.
func ExampleNestedDerivative() {
	// x·d/dy(x·y) is x², whatever y, and its derivative at 4 is 8.
	f := func(x dual.Number64) dual.Number64 {
		return x.Mul(dual.NestedDerivative(func(y dual.Nested[dual.Number64]) dual.Nested[dual.Number64] {
			return dual.Lift(x).Mul(y)
		}, x))
	}
	fmt.Println(dual.Derivative(f, 4))
	// Output:
	// 8
}

// Three levels of Nested carry derivatives up to the third.
func ExampleNested() {
	x := dual.Variable(dual.Variable(dual.Variable(dual.Float(1))))
	y := x.PowInt(4)
	fmt.Println(y.V.V.V, y.D.V.V, y.D.D.V, y.D.D.D)
	// Output:
	// 1 4 12 24
}

func ExampleNumber() {
	x := dual.Number64{V: 2, D: 1}
	fmt.Println(x.Mul(x).AddConst(1))
	fmt.Printf("%.3f\n", x.Sqrt())
	// Output:
	// (5+4ε)
	// (1.414+0.354ε)
}

// A primitive of one's own, given by its derivatives.
func ExampleNumber_Apply() {
	// cosh, whose derivatives repeat.
	f := func(k int, x float64) float64 {
		if k%2 == 0 {
			return float64(dual.Float(x).Cosh())
		}
		return float64(dual.Float(x).Sinh())
	}
	fmt.Printf("%.4f\n", dual.Number64{V: 1, D: 1}.Apply(f))
	// Output:
	// (1.5431+1.1752ε)
}

func ExampleWhere() {
	// The branch that is not taken does not reach the derivative.
	f := func(x []dual.Number3) dual.Number3 {
		return dual.Where(x[0], x[0].Sqr(), x[0].Neg().Sqrt())
	}
	fmt.Println(dual.Gradient(nil, f, []float64{3}))
	// Output:
	// [6]
}

func ExamplePoly() {
	y, dy := dual.ValueAndDerivative(func(x dual.Number64) dual.Number64 {
		return dual.Poly(x, []float64{1, 2, 3}) // 1 + 2x + 3x²
	}, 2)
	fmt.Println(y, dy)
	// Output:
	// 17 14
}

func ExampleLogSumExp() {
	fmt.Printf("%.3f\n", dual.Gradient(nil, dual.LogSumExp, []float64{1000, 1001}))
	// Output:
	// [0.269 0.731]
}

func ExampleLbeta() {
	f := func(x []dual.Number3) dual.Number3 { return dual.Lbeta(x[0], x[1]) }
	fmt.Printf("%.4f\n", dual.Gradient(nil, f, []float64{2, 3}))
	// Output:
	// [-1.0833 -0.5833]
}
