package jet_test

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"gonum.org/v1/gonum/mat"
)

func ExampleDerivatives() {
	f := func(x jet.Jet64) jet.Jet64 { return x.Sin().Exp() }
	fmt.Printf("%.6g\n", jet.Derivatives(nil, f, 0, 5))
	// Output: [1 1 1 0 -3 -8]
}

func ExampleTaylor() {
	series := jet.Taylor(jet.Jet64.Tan, 0, 7)
	fmt.Printf("%.6g %.6g\n", series.Coeff(3), series.Coeff(7))
	// Output: 0.333333 0.0539683
}

func ExampleDirectional() {
	// How a pendulum's energy changes along the flow of the angle and its rate.
	energy := func(x []jet.Jet64) jet.Jet64 { return x[1].Sqr().Scale(0.5).Sub(x[0].Cos()) }
	fmt.Printf("%.4f\n", jet.Directional(nil, energy, []float64{0.5, 1}, []float64{1, -math.Sin(0.5)}, 2))
	// Output: [-0.3776 0.0000 1.1074]
}

func ExampleDerivativesEach() {
	x := []float64{0, 1, 2}
	d := jet.DerivativesEach(nil, func(x jet.Jet64) jet.Jet64 { return x.PowInt(3) }, x, 2, jet.Workers(2))
	fmt.Println(mat.Formatted(d))
	// Output:
	// ⎡ 0   0   0⎤
	// ⎢ 1   3   6⎥
	// ⎣ 8  12  12⎦
}

func ExampleMixed() {
	f := func(x []jet.Jet64) jet.Jet64 { return x[0].Mul(x[1]).Exp() }
	// ∂³/∂x²∂y of e^xy is (2y + xy²)·e^xy.
	fmt.Printf("%.6g\n", jet.Mixed(f, []float64{0, 3}, []int{2, 1}))
	// Output: 6
}

func ExamplePartial() {
	d := jet.NewPartial([]int{1, 1, 1, 1})
	f := func(x []jet.Jet64) jet.Jet64 { return dual.SumSq(x).Inv() }
	for _, r := range []float64{1, 2} {
		fmt.Printf("%.6g\n", d.At(f, []float64{r, r, r, r}))
	}
	fmt.Println(d.Jets(), "jets, amplification", d.Amplification())
	// Output:
	// 0.375
	// 0.00585938
	// 8 jets, amplification 35
}

func ExampleTensor() {
	f := func(x []jet.Jet64) jet.Jet64 { return x[0].PowInt(2).Mul(x[1].PowInt(3)) }
	d := jet.Tensor(nil, f, []float64{1, 2}, 3)
	fmt.Printf("value %.6g\n", d.At())
	fmt.Printf("gradient %.6g %.6g\n", d.At(0), d.At(1))
	fmt.Printf("∂³f/∂x∂y² = %.6g = %.6g\n", d.At(0, 1, 1), d.Index([]int{1, 2}))
	// Output:
	// value 8
	// gradient 16 12
	// ∂³f/∂x∂y² = 24 = 24
}

func ExampleLaplacian() {
	// The Coulomb potential is harmonic away from the charge.
	potential := func(x []jet.Collapsed) jet.Collapsed { return dual.Norm(x).Inv() }
	fmt.Printf("%.3f\n", math.Abs(jet.Laplacian(potential, []float64{0.3, -0.5, 0.8})))
	// Output: 0.000
}

func ExampleValueGradientLaplacian() {
	// The local energy -Δψ/2ψ - 1/r of the ground state of hydrogen is -1/2
	// everywhere.
	psi := func(x []jet.Collapsed) jet.Collapsed { return dual.Norm(x).Neg().Exp() }
	x := []float64{0.3, -0.5, 0.8}
	y, grad, laplace := jet.ValueGradientLaplacian(nil, psi, x)
	r := math.Sqrt(0.3*0.3 + 0.5*0.5 + 0.8*0.8)
	fmt.Printf("ψ = %.4f, ∇ψ = %.4f, energy %.4f\n", y, grad, -laplace/(2*y)-1/r)
	// Output: ψ = 0.3716, ∇ψ = [-0.1126 0.1877 -0.3003], energy -0.5000
}

func ExampleWeightedLaplacian() {
	f := func(x []jet.Collapsed) jet.Collapsed { return x[0].Sqr().Mul(x[1]) }
	sigma := mat.NewDense(2, 1, []float64{1, 2}) // one source of noise, for both
	// Tr(σᵀHσ) of H = [2y 2x; 2x 0] at (3, 5).
	fmt.Println(jet.WeightedLaplacian(f, []float64{3, 5}, sigma))
	// Output: 34
}

func ExampleBilaplacian() {
	f := func(x []jet.Collapsed) jet.Collapsed { return dual.SumSq(x).Sqr() }
	fmt.Printf("%.6g\n", jet.Bilaplacian(f, []float64{1, 2, 3}))
	// Output: 120
}
