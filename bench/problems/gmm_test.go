package problems

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
)

// TestGMMSingle checks the likelihood with one component, which is that of a
// normal distribution.
func TestGMMSingle(t *testing.T) {
	g := &GMM{D: 3, K: 1, N: 2, Alphas: []float64{0.7}, Means: []float64{1, 2, 3},
		ICF: []float64{0.1, -0.2, 0.3, 0.4, 0.5, -0.6},
		X:   []float64{1.5, 2.5, 2, 0, 1, 4}, Gamma: 1.3, M: 2}
	q := mat.NewTriDense(3, mat.Lower, []float64{
		math.Exp(0.1), 0, 0,
		0.4, math.Exp(-0.2), 0,
		0.5, -0.6, math.Exp(0.3)})
	var inv, cov mat.Dense
	inv.Mul(q.T(), q)
	if err := cov.Inverse(&inv); err != nil {
		t.Fatal(err)
	}
	sym := mat.NewSymDense(3, nil)
	frobenius := 0.0
	for i := range 3 {
		for j := range 3 {
			sym.SetSym(i, j, cov.At(i, j))
			frobenius += q.At(i, j) * q.At(i, j)
		}
	}
	normal, ok := distmv.NewNormal(g.Means, sym, nil)
	if !ok {
		t.Fatal("the covariance is not positive definite")
	}
	// The prior by its definition, D = 3 and M = 2.
	gamma := 1.5 * math.Log(math.Pi)
	for _, v := range []float64{3, 2.5, 2} {
		l, _ := math.Lgamma(v)
		gamma += l
	}
	want := normal.LogProb(g.X[:3]) + normal.LogProb(g.X[3:]) +
		2*0.2 - 0.5*1.3*1.3*frobenius + 18*(math.Log(1.3)-0.5*math.Ln2) - gamma
	near(t, "value", []float64{g.Value(g.Params())}, []float64{want}, 1e-13)
}

// TestGMMReplicated checks that one point can stand for all.
func TestGMMReplicated(t *testing.T) {
	g := read(t, ReadGMM, "gmm_d2_K5.txt")
	one := *g
	one.X = g.X[:2]
	all := one
	all.X = nil
	for range all.N {
		all.X = append(all.X, one.X...)
	}
	near(t, "value", []float64{one.Value(g.Params())}, []float64{all.Value(g.Params())}, 0)
	near(t, "gradient", one.Gradient(nil, g.Params()), all.Gradient(nil, g.Params()), 0)
}

// gmmByTerms differentiates term by term on a tape.
type gmmByTerms struct {
	tape reverse.Tape
	x    []reverse.Var
	f    *GMMFactors[reverse.Var]
}

func (b *gmmByTerms) gradient(dst []float64, g *GMM, p []float64) {
	b.tape.Reset()
	if b.x == nil {
		b.x = make([]reverse.Var, len(p))
	}
	b.tape.Vars(b.x, p)
	b.f = GMMPrepare(b.f, g, b.x)
	m := b.tape.Mark()
	b.tape.BackwardTo(m, GMMPrior(b.f), 1)
	for i := range g.N {
		b.tape.BackwardTo(m, GMMTermVar(b.f, i), 1)
	}
	b.tape.Propagate()
	for j, v := range b.x {
		dst[j] = b.tape.Adjoint(v)
	}
}

func TestGMMByTerms(t *testing.T) {
	for _, name := range gmmFiles {
		g := read(t, ReadGMM, name)
		p := g.Params()
		dst := make([]float64, len(p))
		var b gmmByTerms
		b.gradient(dst, g, p)
		near(t, name, dst, g.Gradient(nil, p), 1e-10)
		if n := testing.AllocsPerRun(2, func() { b.gradient(dst, g, p) }); n > 0 {
			t.Errorf("%s: %v allocations in steady state", name, n)
		}
	}
}
