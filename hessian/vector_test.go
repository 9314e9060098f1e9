package hessian

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
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

// gaussNewton returns the Gauss-Newton matrix of the convex loss Σ l(zᵢ) of the
// results z of p: JᵀWJ with the second derivatives of l in W.
func gaussNewton(q *Point, curvature func(i int, z float64) float64) *Sym {
	w := q.Values(nil)
	for i, z := range w {
		w[i] = curvature(i, z)
	}
	return q.Jacobian(nil).Gram(nil, w)
}

// TestCanonicalLink checks that the Gauss-Newton matrix of a loss with the
// canonical link after a linear map, which is the Fisher information, is the
// Hessian: logistic regression, and Poisson regression.
func TestCanonicalLink(t *testing.T) {
	const m, n = 25, 6
	rnd := rand.New(rand.NewPCG(1, 30))
	a := randomRows(rnd, m, n)
	y, offset := make([]float64, m), make([]float64, m)
	for i := range a {
		y[i] = float64(rnd.IntN(2))
		offset[i] = rnd.NormFloat64()
		for j := range a[i] {
			if rnd.IntN(3) > 0 {
				a[i][j] = 0
			}
		}
	}
	linear := func(x []Var) []Var {
		z := make([]Var, m)
		for i := range a {
			z[i] = x[0].Const(offset[i])
			for j, c := range a[i] {
				if c != 0 {
					z[i] = z[i].Add(x[j].Scale(c))
				}
			}
		}
		return z
	}
	for _, c := range []struct {
		name      string
		loss      func(z Var) Var // without -y·z
		curvature func(z float64) float64
	}{
		{"logistic", Var.Softplus, func(z float64) float64 { p := 1 / (1 + math.Exp(-z)); return p * (1 - p) }},
		{"Poisson", Var.Exp, math.Exp},
		{"Gaussian", func(z Var) Var { return z.Sqr().Scale(0.5) }, func(float64) float64 { return 1 }},
	} {
		f := func(x []Var) Var {
			var s Var
			for i, z := range linear(x) {
				s = s.Add(c.loss(z)).Sub(z.Scale(y[i]))
			}
			return s
		}
		p, r := Compile(f, make([]float64, n)), CompileVector(linear, make([]float64, n))
		for range 5 {
			x := make([]float64, n)
			for i := range x {
				x[i] = rnd.NormFloat64()
			}
			q, z := p.At(x), r.At(x)
			h, g := q.Sparse(nil), gaussNewton(z, func(_ int, z float64) float64 { return c.curvature(z) })
			// All that the Hessian can have is in AᵀA, and nothing else.
			if !g.Pattern().Equal(h.Pattern()) || !mat.EqualApprox(g, h, 1e-13*(1+mat.Max(h))) {
				t.Errorf("%s at %v: Gauss-Newton\n%v\nHessian\n%v", c.name, x, mat.Formatted(g), mat.Formatted(h))
			}
			if c.name == "Gaussian" {
				v, got, want := x, make([]float64, n), make([]float64, n)
				z.GaussNewton(got, v)
				q.HVP(want, v)
				if !floats.EqualApprox(got, want, 1e-12) {
					t.Errorf("product %v, want %v", got, want)
				}
			}
			q.Close()
			z.Close()
		}
	}
}

// TestZeroResidual checks that the Gauss-Newton matrix of least squares is the
// Hessian where the residuals are zero, and that it is not elsewhere.
func TestZeroResidual(t *testing.T) {
	const n = 5
	truth := []float64{0.3, -1.2, 0.7, 2, 1.1}
	curve := func(x []Var, s float64) Var {
		return x[0].Scale(s).Sin().Mul(x[1]).Add(x[2].Scale(-s).Exp().Mul(x[3])).Add(x[4].Mul(x[0]).Scale(s * s))
	}
	data := make([]float64, 12)
	c := CompileVector(func(x []Var) []Var {
		z := make([]Var, len(data))
		for i := range z {
			z[i] = curve(x, float64(i)/4)
		}
		return z
	}, truth)
	q := c.At(truth)
	q.Values(data)
	q.Close()
	r := func(x []Var) []Var {
		z := make([]Var, len(data))
		for i := range z {
			z[i] = curve(x, float64(i)/4).AddConst(-data[i])
		}
		return z
	}
	p, res := Compile(func(x []Var) Var { return dual.SumSq(r(x)).Scale(0.5) }, truth), CompileVector(r, truth)
	for name, x := range map[string][]float64{"zero": truth, "others": {0.1, 1, 1, 1, 1}} {
		q, z := p.At(x), res.At(x)
		h, g := q.Dense(nil), z.Jacobian(nil).Gram(nil, nil)
		if same := mat.EqualApprox(h, g, 1e-13*mat.Max(h)); same != (name == "zero") {
			t.Errorf("%s residuals: Gauss-Newton\n%v\nHessian\n%v", name, mat.Formatted(g), mat.Formatted(h))
		}
		v, got, want := []float64{1, -1, 2, 0.5, -3}, make([]float64, n), make([]float64, n)
		z.GaussNewton(got, v)
		g.MulVec(want, v)
		if !floats.EqualApprox(got, want, 1e-11) {
			t.Errorf("%s residuals: product %v, want %v", name, got, want)
		}
		q.Close()
		z.Close()
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
