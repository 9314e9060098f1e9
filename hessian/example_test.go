package hessian_test

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/hessian"
	"github.com/dualjet/dualjet/mixed"
)

// chain is rosenbrock for variables.
func chain(x []mixed.Var) mixed.Var {
	var f mixed.Var
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].Neg().AddConst(1)
		f = f.Add(a.Sqr().Scale(100)).Add(b.Sqr())
	}
	return f
}

func ExampleCompile() {
	x := []float64{0, 0.1, 0.2, 0.3}
	p := hessian.Compile(chain, x)
	q := p.At(x)
	defer q.Close()
	h := q.Sparse(nil)
	fmt.Println(h.Pattern())
	fmt.Printf("%.4g\n", mat.Formatted(h))
	// Output:
	// 4×4, 7 nonzeros in the lower triangle, bandwidth 1
	// ██▄
	//  ▀██
	// ⎡-38    0    0    0⎤
	// ⎢  0  134  -40    0⎥
	// ⎢  0  -40  130  -80⎥
	// ⎣  0    0  -80  200⎦
}

// The Lagrangian of Ipopt's example hs071: its lower triangle as solvers in C
// take it.
func ExampleCompileVector() {
	f := func(x []mixed.Var) []mixed.Var {
		objective := x[0].Mul(x[3]).Mul(x[0].Add(x[1]).Add(x[2])).Add(x[2])
		return []mixed.Var{objective, dual.Prod(x), dual.SumSq(x)}
	}
	x := []float64{1, 5, 5, 1}
	p := hessian.CompileVector(f, x)
	rows, cols := make([]int, p.Pattern().NNZ()), make([]int, p.Pattern().NNZ())
	hessian.NewSym(p.Pattern(), nil).LowerTriplets(rows, cols, nil)
	fmt.Println(rows, cols)

	q := p.At(x)
	defer q.Close()
	q.Weigh([]float64{1, -0.5, 0.25}) // σ, λ₁, λ₂
	_, _, vals := q.Sparse(nil).RawCSC()
	fmt.Println(vals)
	// Output:
	// [0 1 2 3 1 2 3 2 3 3] [0 0 0 0 1 1 1 2 2 3]
	// [2.5 -1.5 -1.5 -0.5 0.5 -0.5 -1.5 0.5 -1.5 0.5]
}

func ExampleProgram_Check() {
	p := hessian.Compile(func(x []mixed.Var) mixed.Var {
		return x[0].Mul(x[1]).Apply(func(k int, x float64) float64 {
			return []float64{math.Sin(x), math.Cos(x), math.Sin(x)}[k] // the last one lacks a sign
		})
	}, []float64{1, 2})
	err := p.Check([]float64{1, 2})
	var bad *hessian.CheckError
	fmt.Println(errors.As(err, &bad))
	fmt.Println(bad.What, "is not what", bad.Than, "have")
	// Output:
	// true
	// the product with v is not what differences of the gradient have
}

func ExampleProgram_Problem() {
	x := []float64{1.3, 0.7, 0.8, 1.9, 1.2}
	p := hessian.Compile(chain, x)
	for _, m := range []optimize.Method{&optimize.Newton{}, &hessian.NewtonCG{HVP: p.HVP}, &hessian.TrustRegion{HVP: p.HVP}} {
		res, err := optimize.Minimize(p.Problem(), x, nil, m)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%.6f\n", res.X)
	}
	// Output:
	// [1.000000 1.000000 1.000000 1.000000 1.000000]
	// [1.000000 1.000000 1.000000 1.000000 1.000000]
	// [1.000000 1.000000 1.000000 1.000000 1.000000]
}

// tridiagonal is the pattern of functions in which each variable meets the next
// one only.
func tridiagonal(n int) *hessian.Pattern {
	return hessian.NewPattern(n, func(yield func(i, j int) bool) {
		for i := range n {
			if !yield(i, i) || i > 0 && !yield(i, i-1) {
				return
			}
		}
	})
}

// rosenbrock is Σ 100(x_{i+1}-x_i²)² + (1-x_i)².
func rosenbrock(x []float64) float64 {
	f := 0.0
	for i := range len(x) - 1 {
		a, b := x[i+1]-x[i]*x[i], 1-x[i]
		f += 100*a*a + b*b
	}
	return f
}

func rosenbrockGrad(dst, x []float64) {
	clear(dst)
	for i := range len(x) - 1 {
		a := x[i+1] - x[i]*x[i]
		dst[i] += -400*a*x[i] - 2*(1-x[i])
		dst[i+1] += 200 * a
	}
}

func rosenbrockHVP(dst, x, v []float64) {
	clear(dst)
	for i := range len(x) - 1 {
		dst[i] += (1200*x[i]*x[i]-400*x[i+1]+2)*v[i] - 400*x[i]*v[i+1]
		dst[i+1] += -400*x[i]*v[i] + 200*v[i+1]
	}
}

func ExamplePattern() {
	p := hessian.NewPattern(8, func(yield func(i, j int) bool) {
		for i := range 8 {
			if !yield(i, i) || !yield(i, 0) {
				return
			}
		}
	})
	fmt.Println(p)
	// Output:
	// 8×8, 15 nonzeros in the lower triangle, bandwidth 7
	// ██▀▀▀▀▀▀
	// █ ▀▄
	// █   ▀▄
	// █     ▀▄
}

func ExampleColoring() {
	x := []float64{0, 0.1, 0.2, 0.3}
	c := hessian.NewColoring(tridiagonal(4), hessian.Substitution)
	h := c.Sparse(nil, func(dst, v []float64) { rosenbrockHVP(dst, x, v) })
	fmt.Println(c.Colors(), "products")
	fmt.Printf("%.4g\n", mat.Formatted(h))
	// Output:
	// 2 products
	// ⎡-38    0    0    0⎤
	// ⎢  0  134  -40    0⎥
	// ⎢  0  -40  130  -80⎥
	// ⎣  0    0  -80  200⎦
}

func ExampleColoring_Diag() {
	x := []float64{0, 0.1, 0.2, 0.3}
	c := hessian.NewColoring(tridiagonal(4), hessian.Diagonal)
	d := c.Diag(nil, func(dst, v []float64) { rosenbrockHVP(dst, x, v) })
	fmt.Printf("%.4g\n", d)
	// Output:
	// [-38 134 130 200]
}

func ExampleSym_LowerTriplets() {
	s := hessian.SymOf(mat.NewSymDense(3, []float64{
		4, 1, 0,
		1, 5, 2,
		0, 2, 6,
	}))
	rows, cols, vals := make([]int, s.NNZ()), make([]int, s.NNZ()), make([]float64, s.NNZ())
	s.LowerTriplets(rows, cols, vals)
	fmt.Println(rows)
	fmt.Println(cols)
	fmt.Println(vals)
	// Output:
	// [0 1 1 2 2]
	// [0 0 1 1 2]
	// [4 1 5 2 6]
}

func ExampleSym_ToBand() {
	s := hessian.NewSym(tridiagonal(3), []float64{4, 1, 5, 2, 6})
	band, err := s.ToBand()
	if err != nil {
		fmt.Println(err)
		return
	}
	var chol mat.BandCholesky
	fmt.Println(chol.Factorize(band))
	fmt.Printf("%.6g\n", chol.Det())
	// Output:
	// true
	// 98
}

func ExampleLDL() {
	h := hessian.NewSym(tridiagonal(3), []float64{4, 1, 5, 2, 6})
	var f hessian.LDL
	if err := f.FactorizePositive(h); err != nil {
		fmt.Println(err)
		return
	}
	x := []float64{5, 8, 8} // the sums of the rows
	f.Solve(x, x)
	fmt.Printf("%.4g\n", x)
	fmt.Printf("%.4f\n", f.InvDiag(nil))
	// Output:
	// [1 1 1]
	// [0.2653 0.2449 0.1939]
}

func ExampleLDL_FactorizeShifted() {
	h := hessian.SymOf(mat.NewSymDense(2, []float64{1, 2, 2, 1})) // eigenvalues -1 and 3
	var f hessian.LDL
	fmt.Println(f.FactorizePositive(h))
	shift, err := f.FactorizeShifted(h)
	fmt.Printf("%.3g %v\n", shift, err)
	// Output:
	// hessian: the matrix cannot be factorized: pivot -3 in row 1
	// 1.02 <nil>
}

func ExampleEigen() {
	x := make([]float64, 1000) // at the origin
	e, err := hessian.Eigen(1000, func(dst, v []float64) { rosenbrockHVP(dst, x, v) }, 2, hessian.Smallest)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.6g\n", e.Values)
	// Output:
	// [2 200]
}

func ExampleTrace() {
	x := make([]float64, 1000)
	trace, stderr := hessian.Trace(1000, func(dst, v []float64) { rosenbrockHVP(dst, x, v) }, 30)
	fmt.Printf("%.0f ± %.0f, exactly %d\n", trace, stderr, 2+998*202+200)
	// Output:
	// 201626 ± 253, exactly 201798
}

func ExampleNewtonCG() {
	problem := optimize.Problem{Func: rosenbrock, Grad: rosenbrockGrad}
	res, err := optimize.Minimize(problem, []float64{1.3, 0.7, 0.8, 1.9, 1.2}, nil, &hessian.NewtonCG{HVP: rosenbrockHVP})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.6f %v\n", res.X, res.Status)
	// Output:
	// [1.000000 1.000000 1.000000 1.000000 1.000000] GradientThreshold
}

func ExampleTrustRegion() {
	problem := optimize.Problem{Func: rosenbrock, Grad: rosenbrockGrad}
	m := &hessian.TrustRegion{HVP: rosenbrockHVP}
	res, err := optimize.Minimize(problem, []float64{1.3, 0.7, 0.8, 1.9, 1.2}, nil, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.6f %v\n", res.X, res.Status)
	fmt.Println(m.Stats().Products < 200)
	// Output:
	// [1.000000 1.000000 1.000000 1.000000 1.000000] GradientThreshold
	// true
}
