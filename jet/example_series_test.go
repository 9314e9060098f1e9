package jet_test

import (
	"fmt"

	"github.com/dualjet/dualjet/jet"
)

func ExampleJet_Compose() {
	t := jet.Variable(0.0, 4)
	f, g := t.Exp(), t.Sin()
	fmt.Println(f.Compose(g))
	fmt.Println(t.Sin().Exp())
	// Output:
	// 1 + t + ½t² − ⅛t⁴ + O(t⁵)
	// 1 + t + ½t² − ⅛t⁴ + O(t⁵)
}

func ExampleJet_Revert() {
	t := jet.Variable(0.0, 5)
	y := t.Mul(t.Exp())
	fmt.Printf("%.6g\n", y)
	fmt.Printf("%.6g\n", y.Revert()) // the Lambert function
	// Output:
	// t + t² + 0.5t³ + 0.166667t⁴ + 0.0416667t⁵ + O(t⁶)
	// t − t² + 1.5t³ − 2.66667t⁴ + 5.20833t⁵ + O(t⁶)
}

func ExampleJet_Eval() {
	x := jet.Variable(1.0, 8).Log()
	fmt.Printf("%.6f\n", x.Eval(0.25)) // log 1.25 = 0.223144
	// Output:
	// 0.223143
}

func ExampleJet_Radius() {
	x := jet.Variable(0.3, 20)
	y := x.Sqr().Scale(25).AddConst(1).Inv() // Runge's function has poles at ±0.2i
	fmt.Printf("%.4f\n", y.Radius())
	// Output:
	// 0.3606
}

func ExampleJet_Pade() {
	t := jet.Variable(0.0, 8)
	x := t.AddConst(1).Log() // converges up to t = 1
	r, err := x.Pade(4, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.4f %.4f\n", r.Eval(3), x.Eval(3)) // log 4 = 1.3863
	// Output:
	// 1.3860 -593.3464
}

func ExampleJet_Format() {
	t := jet.Variable(0.0, 3)
	x := t.AddConst(1).Sqrt()
	fmt.Printf("%v\n%.3f\n%#v\n", x, x, x)
	fmt.Println(t.Sin().Div(t)) // the highest order is lost
	// Output:
	// 1 + ½t − ⅛t² + 0.0625t³ + O(t⁴)
	// 1.000 + 0.500t − 0.125t² + 0.062t³ + O(t⁴)
	// jet.New[float64](1, 0.5, -0.125, 0.0625)
	// 1 − ⅙t² + O(t³)
}

func ExampleSeries() {
	var x, y, z jet.Series[float64]
	x.SetVariable(0, 4)
	y.Exp(&x)
	z.Mul(&x, &y)        // z = t·e^t
	z.Add(z.Sqr(&z), &y) // z = z² + e^t
	fmt.Println(&z)
	// Output:
	// 1 + t + 1.5t² + 2.1666666666666665t³ + 2.0416666666666665t⁴ + O(t⁵)
}

func ExampleJet2() {
	x := jet.Jet2{C0: 2, C1: 1}
	y := x.PowInt(3)
	fmt.Println(y)
	fmt.Println(y.Derivative(0), y.Derivative(1), y.Derivative(2))
	// Output:
	// 8 + 12t + 6t² + O(t³)
	// 8 12 12
}

func ExampleInverse() {
	// x as a function of y = x + x³ near x = 1, y = 2.
	x, err := jet.Inverse(func(x jet.Jet64) jet.Jet64 { return x.Add(x.PowInt(3)) }, 1, 3)
	fmt.Printf("%.5g %v\n", x, err)
	// Output:
	// 1 + 0.25t − 0.046875t² + 0.013672t³ + O(t⁴) <nil>
}

func ExampleImplicit() {
	// Kepler's equation E - e·sin E = M at M = 1.
	const e = 0.3
	E, err := jet.Implicit(func(M, E jet.Jet64) jet.Jet64 {
		return E.Sub(E.Sin().Scale(e)).Sub(M)
	}, 1, 1, 3)
	fmt.Printf("%.6f %v\n", E, err)
	// Output:
	// 1.288091 + 1.091329t − 0.187227t² + 0.044456t³ + O(t⁴) <nil>
}

func ExampleImplicitSystem() {
	// The points where the circle of radius x meets the hyperbola y₀·y₁ = 1.
	y, err := jet.ImplicitSystem(func(x jet.Jet64, y []jet.Jet64) []jet.Jet64 {
		return []jet.Jet64{
			y[0].Sqr().Add(y[1].Sqr()).Sub(x.Sqr()),
			y[0].Mul(y[1]).AddConst(-1),
		}
	}, 2, []float64{2, 0.5}, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.6f\n%.6f\n", y[0], y[1])
	// Output:
	// 1.931852 + 1.115355t − 0.142756t² + O(t³)
	// 0.517638 − 0.298858t + 0.210797t² + O(t³)
}

func ExampleRoot() {
	x, err := jet.Root(func(x jet.Jet64) jet.Jet64 { return x.Cos().Sub(x) }, 1)
	fmt.Printf("%.6f %v\n", x, err)
	// Output:
	// 0.739085 <nil>
}
