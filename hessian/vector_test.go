package hessian

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/dual"
)

// hs071 is the example of Ipopt: the objective x₁x₄(x₁+x₂+x₃)+x₃ and the
// constraints x₁x₂x₃x₄ and Σx².
func hs071(x []Var) []Var {
	return []Var{x[0].Mul(x[3]).Mul(dual.Sum(x[:3])).Add(x[2]), dual.Prod(x), dual.SumSq(x)}
}

func TestLagrangian(t *testing.T) {
	p := CompileVector(hs071, []float64{1, 5, 5, 1})
	if p.Pattern().NNZ() != 10 {
		t.Errorf("pattern\n%v", p.Pattern())
	}
	rnd := rand.New(rand.NewPCG(1, 8))
	var h *Sym
	for range 5 {
		x, w := make([]float64, 4), make([]float64, 3)
		for i := range x {
			x[i] = 1 + 4*rnd.Float64()
		}
		for i := range w {
			w[i] = rnd.NormFloat64()
		}
		q := p.At(x)
		q.Weigh(w)
		h = q.Sparse(h)
		s, l, m := w[0], w[1], w[2]
		want := mat.NewSymDense(4, []float64{
			2*s*x[3] + 2*m, s*x[3] + l*x[2]*x[3], s*x[3] + l*x[1]*x[3], s*(2*x[0]+x[1]+x[2]) + l*x[1]*x[2],
			0, 2 * m, l * x[0] * x[3], s*x[0] + l*x[0]*x[2],
			0, 0, 2 * m, s*x[0] + l*x[0]*x[1],
			0, 0, 0, 2 * m,
		})
		if !mat.EqualApprox(h, want, 1e-13) {
			t.Errorf("got\n%v\nwant\n%v", mat.Formatted(h), mat.Formatted(want))
		}
		if err := checkHessian(q, 4, 1e-13); err != nil {
			t.Error(err)
		}
		v := q.Values(nil)
		if got, want := q.Value(), w[0]*v[0]+w[1]*v[1]+w[2]*v[2]; !near(got, want, 1e-14) {
			t.Errorf("value %v, want %v", got, want)
		}
		q.Close()
	}
	// The weights of the next point are 1 again.
	q := p.At([]float64{1, 5, 5, 1})
	if got, want := q.Value(), 16.0+25+52; got != want {
		t.Errorf("value %v, want %v", got, want)
	}
	wantPanic(t, "nil function", func() { CompileVector(nil, nil) })
}

// residuals are those of Rosenbrock's function as a problem of least squares.
func residuals(x []Var) []Var {
	return []Var{x[1].Sub(x[0].Sqr()).Scale(10), x[0].Neg().AddConst(1)}
}

func TestGaussNewton(t *testing.T) {
	p := CompileVector(residuals, []float64{0, 0})
	for _, x := range [][]float64{{1, 1}, {-1.2, 1}, {0.5, 3}} {
		q := p.At(x)
		w := []float64{2, -1}
		q.Weigh(w)
		value := q.Value()
		var got [2][2]float64
		for j := range 2 {
			v := make([]float64, 2)
			v[j] = 1
			q.GaussNewton(got[j][:], v)
		}
		want := [2][2]float64{{400*x[0]*x[0] + 1, -200 * x[0]}, {-200 * x[0], 100}}
		for i := range 2 {
			for j := range 2 {
				if !near(got[i][j], want[i][j], 1e-14) {
					t.Errorf("at %v: got %v, want %v", x, got, want)
				}
			}
		}
		if q.Value() != value {
			t.Errorf("the weights have changed: %v, want %v", q.Value(), value)
		}
		q.Close()
	}
}

// TestGaussNewtonMethod solves least squares with it in place of the Hessian.
func TestGaussNewtonMethod(t *testing.T) {
	r := CompileVector(residuals, []float64{0, 0})
	half := Compile(func(x []Var) Var { return dual.SumSq(residuals(x)).Scale(0.5) }, []float64{0, 0})
	gn := func(dst, x, v []float64) {
		q := r.At(x)
		defer q.Close()
		q.GaussNewton(dst, v)
	}
	res, err := optimize.Minimize(half.Problem(), []float64{-1.2, 1}, nil, &TrustRegion{HVP: gn})
	if err != nil || math.Abs(res.X[0]-1) > 1e-10 || res.MajorIterations > 40 {
		t.Errorf("%v after %d iterations: %v", res.X, res.MajorIterations, err)
	}
}

// TestVectorBranches records again where the function branches.
func TestVectorBranches(t *testing.T) {
	p := CompileVector(func(x []Var) []Var {
		if dual.Less(x[0], x[1]) {
			return []Var{x[0].Mul(x[1]), x[1]}
		}
		if x[0].Value() > 10 {
			return []Var{x[0].Exp(), x[0]}
		}
		return []Var{x[0], x[1].Sin()}
	}, []float64{0, 1})
	for _, x := range [][]float64{{0, 1}, {2, 1}, {1, 2}, {11, 1}, {12, 1}, {5, 4}} {
		q := p.At(x)
		if err := checkHessian(q, 2, 1e-15); err != nil {
			t.Errorf("at %v: %v", x, err)
		}
		want := map[bool]float64{true: 1, false: 0}[x[0] < x[1]]
		if got := q.Sparse(nil).At(0, 1); got != want {
			t.Errorf("at %v: (0, 1) is %v, want %v", x, got, want)
		}
		q.Close()
	}
}
