package main

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/examples/internal/exampletest"
	"github.com/dualjet/dualjet/hessian"
)

var example = exampletest.Program{Name: "newton", Run: run}

func never() bool { return false }

func ignore(int) {}

func synthetic(n int, seed uint64) []datum {
	rnd := rand.New(rand.NewPCG(seed, 0))
	return sample(design(n, rnd), truth(), rnd)
}

// value returns the negative log-likelihood at b.
func value(data []datum, b []float64) float64 {
	q := hessian.Compile(negLogLik(data), b).At(b)
	defer q.Close()
	return q.Value()
}

// TestDistribution checks that the probabilities add up to 1, and to the mean and
// variance that the model says.
func TestDistribution(t *testing.T) {
	for _, b := range [][]float64{truth(), {0.5, 0, 0, 0, 0, 1}, {2, 0.1, 0.2, 0.3, -0.4, -6}} {
		d := datum{x: [covariates]float64{0.3, 1, -0.2, 0.7}}
		mu, alpha := mean(b, d), math.Exp(b[len(b)-1])
		var sum, first, second float64
		for y := range 600 {
			d.y = float64(y)
			p := math.Exp(-value([]datum{d}, b))
			sum += p
			first += p * d.y
			second += p * (d.y - mu) * (d.y - mu)
		}
		if variance := mu + alpha*mu*mu; math.Abs(sum-1) > 1e-11 || math.Abs(first-mu) > 1e-9*mu || math.Abs(second-variance) > 1e-8*variance {
			t.Errorf("%v: sum %v, mean %v, variance %v, want 1, %v, %v", b, sum, first, second, mu, variance)
		}
	}
}

// TestDerivatives compares with closed forms: for one datum the gradient for β is
// -(y-μ)/(1+αμ)·x, the Hessian for β μ(1+αy)/(1+αμ)²·xxᵀ, and that for β and
// log α (y-μ)αμ/(1+αμ)²·x.
func TestDerivatives(t *testing.T) {
	data := synthetic(200, 5)
	n := len(coefficients)
	rnd := rand.New(rand.NewPCG(1, 2))
	p := hessian.Compile(negLogLik(data), make([]float64, n))
	for range 5 {
		b := truth()
		for i := range b {
			b[i] += 0.3 * rnd.NormFloat64()
		}
		grad, hess := make([]float64, n-1), mat.NewSymDense(n, nil)
		alpha := math.Exp(b[n-1])
		for _, d := range data {
			x := append([]float64{1}, d.x[:]...)
			mu := mean(b, d)
			s := 1 + alpha*mu
			for i := range x {
				grad[i] -= (d.y - mu) / s * x[i]
				hess.SetSym(i, n-1, hess.At(i, n-1)+(d.y-mu)*alpha*mu/(s*s)*x[i])
				for j := range i + 1 {
					hess.SetSym(i, j, hess.At(i, j)+mu*(1+alpha*d.y)/(s*s)*x[i]*x[j])
				}
			}
		}
		q := p.At(b)
		h := q.Dense(nil)
		hess.SetSym(n-1, n-1, h.At(n-1, n-1)) // that is left to Check
		if !mat.EqualApprox(h, hess, 1e-9) {
			t.Errorf("at %v: Hessian\n%.6g\nwant\n%.6g", b, mat.Formatted(h), mat.Formatted(hess))
		}
		g := q.Gradient(nil)
		for i := range grad {
			if math.Abs(g[i]-grad[i]) > 1e-9 {
				t.Errorf("at %v: gradient %v, want %v", b, g[i], grad[i])
			}
		}
		q.Close()
		if err := p.Check(b); err != nil {
			t.Error(err)
		}
	}
}

// TestMethods checks that all methods find the same, near the truth.
func TestMethods(t *testing.T) {
	for _, n := range []int{minData, 500} {
		for seed := range uint64(4) {
			data := synthetic(n, seed)
			start := make([]float64, len(coefficients))
			p := hessian.Compile(negLogLik(data), start)
			want, err := newtonCG.minimize(p, start, fineTolerance*float64(n))
			if err != nil {
				t.Fatal(err)
			}
			if !(want.gradient <= fineTolerance*float64(n)) {
				t.Errorf("gradient of %v", want.gradient)
			}
			se, err := standardErrors(p, want.x)
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range coefficients {
				if !(math.Abs(want.x[i]-c.truth) <= 4*se[i]) {
					t.Errorf("seed %d: %s is %v ± %v, want %v", seed, c.name, want.x[i], se[i], c.truth)
				}
			}
			for _, m := range methods {
				f, err := m.minimize(p, start, tolerance*float64(n))
				if err != nil {
					t.Errorf("%s: %v", m.name, err)
					continue
				}
				for i := range f.x {
					if math.Abs(f.x[i]-want.x[i]) > 1e-4*se[i] {
						t.Errorf("%s: %v, want %v", m.name, f.x, want.x)
						break
					}
				}
				if (f.hessians > 0) != (m.name == "Newton") || (f.products > 0) != (m.name == "NewtonCG" || m.name == "TrustRegion") {
					t.Errorf("%s: %+v", m.name, f)
				}
			}
		}
	}
}

// TestErrors compares standard errors with the inverse of the dense matrix and
// with a bootstrap.
func TestErrors(t *testing.T) {
	data := synthetic(300, 1)
	x := truth()
	p := hessian.Compile(negLogLik(data), x)
	f, err := newtonCG.minimize(p, x, fineTolerance*300)
	if err != nil {
		t.Fatal(err)
	}
	se, err := standardErrors(p, f.x)
	if err != nil {
		t.Fatal(err)
	}
	q := p.At(f.x)
	defer q.Close()
	var chol mat.Cholesky
	var inv mat.SymDense
	if !chol.Factorize(q.Dense(nil)) || chol.InverseTo(&inv) != nil {
		t.Fatal("no inverse")
	}
	boot, err := bootstrap(data, f.x, 300, rand.New(rand.NewPCG(9, 9)), never, ignore)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range se {
		if want := math.Sqrt(inv.At(i, i)); math.Abs(s-want) > 1e-12*want {
			t.Errorf("%s: standard error %v, want %v", coefficients[i].name, s, want)
		}
		if r := s / boot[i]; !(r > 0.86 && r < 1.14) { // ± 3.4 times what 300 samples tell
			t.Errorf("%s: standard error %v, by bootstrap %v", coefficients[i].name, s, boot[i])
		}
	}
}

// TestNoMaximum takes counts that are all 0: the likelihood has no maximum.
func TestNoMaximum(t *testing.T) {
	data := design(200, rand.New(rand.NewPCG(1, 1)))
	x := truth()
	p := hessian.Compile(negLogLik(data), x)
	f, err := newtonCG.minimize(p, x, fineTolerance*200)
	if err == nil {
		_, err = standardErrors(p, f.x)
	}
	if err == nil {
		t.Errorf("got %+v", f)
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	exampletest.Contains(t, example.Report(t, "-out", dir, "-samples", "100"),
		"Negative binomial regression: 500 counts, 6 coefficients, seed 1\n",
		"\nBFGS  ", "\nNewton  ", "\nTrustRegion  ", "\nNewtonCG  ", "\n… further  ",
		"\nβ₁              0.8    0.8098      0.0564  ",
		"\nlog α          -0.7   -0.6365      0.1101  ",
		" 100 samples tell the ratio to ±7 %.\n",
		"wrote "+filepath.Join(dir, "newton.svg")+"\n",
		"wrote "+filepath.Join(dir, "newton.png")+"\n",
	)
	exampletest.Picture(t, dir, "newton", 1320, 660,
		">truth<", ">errors by the Hessian<", ">errors by the bootstrap<", ">coefficient<", ">value<", ">log α<",
	)
	exampletest.Files(t, dir, "newton.png", "newton.svg")
}

func TestInterrupt(t *testing.T) { example.Interrupt(t) }

func TestWrong(t *testing.T) {
	example.Wrong(t, [][]string{
		{"-n", "99"}, {"-n", "0"}, {"-n", "-5"}, {"-n", "20001"}, {"-n", "1e3"}, {"-n", ""}, {"-n"},
		{"-samples", "19"}, {"-samples", "10001"}, {"-samples", "-1"}, {"-samples", "1.5"}, {"-samples"},
		{"-seed", "-1"}, {"-seed", "x"}, {"-seed", "18446744073709551616"}, {"-seed"},
		{"--", "-n"}, {"-n", "100", "extra"},
	})
}

func TestHelp(t *testing.T) { example.Help(t, "-n data", "-samples m", "-seed s") }

func TestOutputFails(t *testing.T) {
	example.OutputFails(t, "newton.svg", "-n", "100", "-samples", "20")
}
