package hessian

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/dual"
)

// TestLaplaceGaussian has a Gaussian, for which all is exact.
func TestLaplaceGaussian(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 7))
	for _, n := range []int{0, 1, 2, 30} {
		// f = 3 + ½(x-μ)ᵀA(x-μ) with A from (x_i)² + Σ(x_i - ρ_i·x_{i+1})².
		rho, mu := make([]float64, n), make([]float64, n)
		for i := range n {
			rho[i], mu[i] = rnd.NormFloat64(), rnd.NormFloat64()
		}
		p := Compile(func(x []Var) Var {
			var s Var
			y := make([]Var, len(x))
			for i := range x {
				y[i] = x[i].AddConst(-mu[i])
				s = s.Add(y[i].Sqr())
			}
			for i := range len(x) - 1 {
				s = s.Add(y[i].Sub(y[i+1].Scale(rho[i])).Sqr())
			}
			return s.Scale(0.5).AddConst(3)
		}, mu)
		a := mat.NewDense(max(n, 1), max(n, 1), nil)
		for i := range n {
			a.Set(i, i, a.At(i, i)+1)
			if i < n-1 {
				a.Set(i, i, a.At(i, i)+1)
				a.Set(i+1, i+1, rho[i]*rho[i])
				a.Set(i, i+1, -rho[i])
				a.Set(i+1, i, -rho[i])
			}
		}
		var inv mat.Dense
		det := 0.0
		if n > 0 {
			det, _ = mat.LogDet(a)
			if err := inv.Inverse(a); err != nil {
				t.Fatal(err)
			}
		}
		var l Laplace
		for range 2 {
			q := p.At(mu)
			if err := l.Fit(q); err != nil {
				t.Fatal(err)
			}
			q.Close()
			se, v := l.StandardErrors(nil), l.Variances(nil)
			for i := range n {
				want := inv.At(i, i)
				if !near(v[i], want, 1e-13) || !near(se[i], math.Sqrt(want), 1e-13) {
					t.Errorf("n = %d: variance %v, standard error %v, want %v", n, v[i], se[i], want)
				}
				for k, c := range l.Covariance(nil, i) {
					if !near(c, inv.At(k, i), 1e-13) {
						t.Errorf("n = %d: covariance (%d, %d) is %v, want %v", n, k, i, c, inv.At(k, i))
					}
				}
			}
			if !near(l.LogDet(), det, 1e-13) {
				t.Errorf("n = %d: log det %v, want %v", n, l.LogDet(), det)
			}
			if want := -3 + float64(n)/2*math.Log(2*math.Pi) - det/2; !near(l.LogEvidence(), want, 1e-13) {
				t.Errorf("n = %d: evidence %v, want %v", n, l.LogEvidence(), want)
			}
		}
	}
}

// TestLaplaceMLE has the standard errors of mean and logarithm of the standard
// deviation of a normal sample: s/√n and 1/√(2n), with the maximum-likelihood s.
func TestLaplaceMLE(t *testing.T) {
	data := []float64{1.2, 0.7, 3.1, 2.2, 1.9, 0.4, 2.8}
	n := float64(len(data))
	mean, s2 := 0.0, 0.0
	for _, y := range data {
		mean += y / n
	}
	for _, y := range data {
		s2 += (y - mean) * (y - mean) / n
	}
	p := Compile(func(x []Var) Var {
		var f Var
		for _, y := range data {
			f = f.Add(x[0].AddConst(-y).Mul(x[1].Neg().Exp()).Sqr().Scale(0.5)).Add(x[1])
		}
		return f
	}, []float64{0, 0})
	q := p.At([]float64{mean, math.Log(s2) / 2})
	defer q.Close()
	var l Laplace
	if err := l.Fit(q); err != nil {
		t.Fatal(err)
	}
	se := l.StandardErrors(nil)
	if want := math.Sqrt(s2 / n); !near(se[0], want, 1e-14) {
		t.Errorf("standard error of the mean %v, want %v", se[0], want)
	}
	if want := 1 / math.Sqrt(2*n); !near(se[1], want, 1e-14) {
		t.Errorf("standard error of log σ %v, want %v", se[1], want)
	}
}

func TestLaplaceFails(t *testing.T) {
	var l Laplace
	fit := func(f func([]Var) Var, x ...float64) error {
		q := Compile(f, x).At(x)
		defer q.Close()
		return l.Fit(q)
	}
	none := func() {
		t.Helper()
		wantPanic(t, "Variances: there is no fit", func() { l.Variances(nil) })
		wantPanic(t, "StandardErrors: there is no fit", func() { l.StandardErrors(nil) })
		wantPanic(t, "Covariance: there is no fit", func() { l.Covariance(nil, 0) })
		wantPanic(t, "LogDet: there is no fit", func() { l.LogDet() })
		wantPanic(t, "LogEvidence: there is no fit", func() { l.LogEvidence() })
	}
	none()
	var pivot *PivotError
	// The second variable does not occur.
	if err := fit(func(x []Var) Var { return x[0].Sqr() }, 1, 2); !errors.As(err, &pivot) || pivot.Index != 1 {
		t.Errorf("flat: %v", err)
	}
	none()
	if err := fit(dual.SumSq, 1, 2); err != nil {
		t.Errorf("%v", err)
	}
	wantPanic(t, "len(dst) = 1, want rows = 2", func() { l.StandardErrors(make([]float64, 1)) })
	wantPanic(t, "len(dst) = 1, want rows = 2", func() { l.Variances(make([]float64, 1)) })
	wantPanic(t, "Covariance: len(dst) = 1, want rows = 2", func() { l.Covariance(make([]float64, 1), 0) })
	wantPanic(t, "Covariance: column 2 of 2", func() { l.Covariance(nil, 2) })
	if c := l.Covariance([]float64{7, 7}, 1); c[0] != 0 || c[1] != 0.5 {
		t.Errorf("covariance %v, want 0 and 0.5", c)
	}
	if err := fit(func(x []Var) Var { return x[0].Sqr().Sub(x[1].Sqr()) }, 1, 2); !errors.As(err, &pivot) || pivot.Index != 1 || pivot.Pivot != -2 {
		t.Errorf("saddle: %v", err)
	}
	none()
	if err := fit(dual.SumSq, 1, 2); err != nil {
		t.Error(err)
	}
	var nf *NonFiniteError
	if err := fit(dual.SumSq, 1, math.NaN()); !errors.As(err, &nf) || nf.What != "value" {
		t.Errorf("NaN: %v", err)
	}
	none()
	if err := fit(func(x []Var) Var { return x[0].PowReal(1.5) }, 0); !errors.As(err, &pivot) || !math.IsInf(pivot.Pivot, 1) {
		t.Errorf("infinite: %v", err)
	}
}

func TestLaplaceAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	x := repeated(50, 1)
	p := Compile(rosenbrockVar, x)
	var l Laplace
	se := make([]float64, 50)
	do := func() {
		q := p.At(x)
		if err := l.Fit(q); err != nil {
			t.Fatal(err)
		}
		q.Close()
		l.StandardErrors(se)
		l.Covariance(se, 3)
		l.LogEvidence()
	}
	do()
	if n := testing.AllocsPerRun(20, do); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
