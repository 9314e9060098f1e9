package hessian_test

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/hessian"
	"github.com/dualjet/dualjet/mixed"
)

// energy is written for any real numbers, and is passed by its bare name.
func energy[T dual.Real[T]](x []T) T {
	return x[0].Mul(x[1]).Exp().Add(x[2].Sqr())
}

func ExampleDense() {
	h := hessian.Dense(nil, energy, []float64{0, 1, 2})
	fmt.Println(mat.Formatted(h))
	// Output:
	// ⎡1  1  0⎤
	// ⎢1  0  0⎥
	// ⎣0  0  2⎦
}

func ExampleSparse() {
	h := hessian.Sparse(nil, energy, []float64{0, 1, 2})
	h.DoNonZero(func(i, j int, v float64) {
		if i >= j {
			fmt.Println(i, j, v)
		}
	})
	// Output:
	// 0 0 1
	// 1 0 1
	// 1 1 0
	// 2 2 2
}

func ExampleHVP() {
	fmt.Println(hessian.HVP(nil, energy, []float64{0, 1, 2}, []float64{1, 2, 3}))
	// Output:
	// [3 1 6]
}

func ExampleUsing() {
	x := make([]float64, 1000)
	for _, m := range []hessian.Method{hessian.EdgePushing, hessian.DirectColoring, hessian.SubstitutionColoring} {
		fmt.Println(hessian.Compile(chain, x, hessian.Using(m)).Plan())
	}
	// Output:
	// edge pushing, 1999 nonzeros: as the option Using says
	// coloring with 3 products, 1999 nonzeros: as the option Using says
	// substitution with 2 products, 1999 nonzeros: as the option Using says
}

// The callbacks of Ipopt for its example hs071.
func ExampleLagrangian() {
	f := func(x []mixed.Var) []mixed.Var {
		objective := x[0].Mul(x[3]).Mul(x[0].Add(x[1]).Add(x[2])).Add(x[2])
		return []mixed.Var{objective, dual.Prod(x), dual.SumSq(x)}
	}
	x := []float64{1, 4.7429996, 3.8211500, 1.3794083}
	l := hessian.CompileVector(f, x).Lagrangian(x)
	fmt.Printf("objective %.6f, constraints %.5f\n", l.Objective(x), l.Constraints(nil, x))

	rows, cols, vals := make([]int, l.NNZ()), make([]int, l.NNZ()), make([]float64, l.NNZ())
	l.Structure(rows, cols)
	if err := l.Values(vals, x, 1, []float64{-0.5522937, 0.1614686}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rows, cols)
	fmt.Printf("%.3f\n", vals)
	// Output:
	// objective 17.014017, constraints [25.00000 40.00000]
	// [0 1 2 3 1 2 3 2 3 3] [0 0 0 0 1 1 1 2 2 3]
	// [3.082 -1.532 -2.234 0.555 0.323 -0.762 -1.110 0.323 -1.620 0.323]
}

// A step of Gauss and Newton for a fit by weighted least squares.
func ExamplePoint_Jacobian() {
	t := []float64{0, 1, 2, 3}
	y := []float64{2, 1.2131, 0.7358, 0.4463} // 2·exp(-t/2)
	residuals := func(x []mixed.Var) []mixed.Var {
		r := make([]mixed.Var, len(t))
		for i := range r {
			r[i] = x[0].Mul(x[1].Scale(-t[i]).Exp()).AddConst(-y[i])
		}
		return r
	}
	x := []float64{1, 1}
	w := []float64{1, 1, 4, 4}
	p := hessian.CompileVector(residuals, x)
	var (
		j hessian.Jac
		g hessian.Sym
		f hessian.LDL
	)
	step, grad := make([]float64, 2), make([]float64, 2)
	for range 8 {
		q := p.At(x)
		r := q.Values(nil)
		q.Jacobian(&j).Gram(&g, w)
		floats.Mul(r, w)
		j.MulTransVec(grad, r)
		q.Close()
		if err := f.FactorizePositive(&g); err != nil {
			fmt.Println(err)
			return
		}
		f.Solve(step, grad)
		floats.Sub(x, step)
	}
	fmt.Printf("%.3f\n", x)
	// Output:
	// [2.000 0.500]
}

func ExamplePoint_SparseD3() {
	x := []float64{0, 0.1, 0.2, 0.3}
	q := hessian.Compile(chain, x).At(x)
	defer q.Close()
	d := q.SparseD3(nil, []float64{1, 0, 0, 0})
	fmt.Printf("%.4g\n", mat.Formatted(d))
	// Output:
	// ⎡   0  -400     0     0⎤
	// ⎢-400     0     0     0⎥
	// ⎢   0     0     0     0⎥
	// ⎣   0     0     0     0⎦
}

// Mean and logarithm of the standard deviation of a normal sample, with standard
// errors.
func ExampleLaplace() {
	data := []float64{1.2, 0.7, 3.1, 2.2, 1.9, 0.4, 2.8}
	negLogLik := func(x []mixed.Var) mixed.Var {
		f := x[1].Scale(float64(len(data))).AddConst(0.5 * float64(len(data)) * math.Log(2*math.Pi))
		for _, y := range data {
			z := x[0].AddConst(-y).Mul(x[1].Neg().Exp())
			f = f.Add(z.Sqr().Scale(0.5))
		}
		return f
	}
	p := hessian.Compile(negLogLik, []float64{0, 0})
	res, err := optimize.Minimize(p.Problem(), []float64{0, 0}, nil, &optimize.Newton{})
	if err != nil {
		fmt.Println(err)
		return
	}
	q := p.At(res.X)
	defer q.Close()
	var l hessian.Laplace
	var flat *hessian.PivotError
	if err := l.Fit(q); errors.As(err, &flat) {
		fmt.Println("the data do not determine parameter", flat.Index)
		return
	}
	se := l.StandardErrors(nil)
	for i, x := range res.X {
		fmt.Printf("%.4f ± %.4f\n", x, se[i])
	}
	fmt.Printf("log evidence %.3f\n", l.LogEvidence())
	// Output:
	// 1.7571 ± 0.3608
	// -0.0466 ± 0.2673
	// log evidence -10.108
}

// Conjugate gradients, which take any matrix that has MulVecTo.
func ExampleOperator() {
	x := []float64{1, 1, 1, 1, 1}
	q := hessian.Compile(chain, x).At(x)
	defer q.Close()
	var a interface {
		MulVecTo(dst *mat.VecDense, trans bool, x mat.Vector)
	} = hessian.NewOperator(5, q.HVP)

	var b, ad mat.VecDense
	a.MulVecTo(&b, false, mat.NewVecDense(5, []float64{1, -1, -1, -1, -3}))
	z, r, d := mat.NewVecDense(5, nil), mat.VecDenseCopyOf(&b), mat.VecDenseCopyOf(&b)
	for rr := mat.Dot(r, r); rr > 1e-20; {
		a.MulVecTo(&ad, false, d)
		alpha := rr / mat.Dot(d, &ad)
		z.AddScaledVec(z, alpha, d)
		r.AddScaledVec(r, -alpha, &ad)
		next := mat.Dot(r, r)
		d.AddScaledVec(r, next/rr, d)
		rr = next
	}
	fmt.Printf("%.4f\n", z.RawVector().Data)
	// Output:
	// [1.0000 -1.0000 -1.0000 -1.0000 -3.0000]
}

// Newton's method for ten thousand variables: neither method forms the matrix.
func ExampleProgram_HVP() {
	n := 10_000
	f := func(x []mixed.Var) mixed.Var { // convex, with a minimum of 0 at 1
		var s mixed.Var
		for i := range x {
			s = s.Add(x[i].AddConst(-1).Sqr())
			if i > 0 {
				s = s.Add(x[i].Mul(x[i-1]).AddConst(-1).Sqr())
			}
		}
		return s
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = 2
	}
	p := hessian.Compile(f, x)
	settings := &optimize.Settings{GradientThreshold: 1e-8}
	for _, m := range []optimize.Method{&hessian.NewtonCG{HVP: p.HVP}, &hessian.TrustRegion{HVP: p.HVP}} {
		res, err := optimize.Minimize(p.Problem(), x, settings, m)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%.6f %.6f %v\n", res.X[0], res.X[n-1], res.MajorIterations < 50)
	}
	// Output:
	// 1.000000 1.000000 true
	// 1.000000 1.000000 true
}
