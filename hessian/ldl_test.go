package hessian

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/hessian/internal/ldl"
)

// fullDiagonal adds the diagonal.
func fullDiagonal(p *Pattern) *Pattern { return p.Union(bandPattern(p.Dim(), 0)) }

// dominant returns a random matrix of the pattern and the diagonal whose
// diagonal entries have the given signs and exceed the sum of the others.
func dominant(rnd *rand.Rand, p *Pattern, sign func(i int) float64) *Sym {
	s := randomSym(rnd, fullDiagonal(p))
	n := s.SymmetricDim()
	sum := make([]float64, n)
	s.DoNonZero(func(i, j int, v float64) {
		if i != j {
			sum[i] += math.Abs(v)
		}
	})
	for j := range n {
		s.val[s.p.ptr[j]] = sign(j) * (sum[j] + 0.1 + rnd.Float64())
	}
	return s
}

// nodesPattern replaces each entry of p, and the diagonal, by k×k of them.
func nodesPattern(p *Pattern, k int) *Pattern {
	p = fullDiagonal(p)
	return NewPattern(k*p.Dim(), func(yield func(int, int) bool) {
		for i, j := range p.All() {
			for a := range k {
				for b := range k {
					if !yield(k*i+a, k*j+b) {
						return
					}
				}
			}
		}
	})
}

func positive(int) float64 { return 1 }

// testMatrices are of all shapes, definite and not.
func testMatrices(rnd *rand.Rand) map[string]*Sym {
	m := map[string]*Sym{
		"one":         dominant(rnd, bandPattern(1, 0), positive),
		"diagonal":    dominant(rnd, bandPattern(9, 0), positive),
		"tridiagonal": dominant(rnd, bandPattern(60, 1), positive),
		"band":        dominant(rnd, bandPattern(60, 7), positive),
		"dense":       dominant(rnd, bandPattern(40, 39), positive),
		"arrow":       dominant(rnd, arrowPattern(80), positive),
		"grid":        dominant(rnd, gridPattern(15), positive),
		"negative":    dominant(rnd, gridPattern(9), func(int) float64 { return -1 }),
		"quasi":       dominant(rnd, gridPattern(9), func(i int) float64 { return float64(1 - 2*(i%2)) }),
		"dense row":   dominant(rnd, gridPattern(20).Union(arrowPattern(400)), positive),
	}
	for k := 2; k <= 6; k++ {
		m[fmt.Sprintf("%d unknowns a node", k)] = dominant(rnd, nodesPattern(gridPattern(5), k), func(i int) float64 {
			if k%2 == 0 {
				return 1
			}
			return float64(1 - 2*(i%3)%2)
		})
	}
	for k := range 60 {
		n := 1 + rnd.IntN(70)
		p := randomPattern(rnd, n, rnd.IntN(4*n))
		m[fmt.Sprintf("random %d", k)] = dominant(rnd, p, func(int) float64 {
			if k%2 == 0 {
				return 1
			}
			return float64(1 - 2*rnd.IntN(2))
		})
	}
	return m
}

func TestLDL(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for name, a := range testMatrices(rnd) {
		n := a.SymmetricDim()
		dense := mat.DenseCopyOf(a)
		var f LDL
		if err := f.Factorize(a); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		x, b := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = rnd.NormFloat64()
		}
		a.MulVec(b, x)
		f.Solve(b, b)
		if d := floats.Distance(b, x, math.Inf(1)); d > 1e-11 {
			t.Errorf("%s: the solution is off by %v", name, d)
		}

		var eig mat.EigenSym
		eig.Factorize(a, false)
		var plus, minus int
		for _, v := range eig.Values(nil) {
			if v > 0 {
				plus++
			} else {
				minus++
			}
		}
		if p, m := f.Inertia(); p != plus || m != minus {
			t.Errorf("%s: inertia (%d, %d), want (%d, %d)", name, p, m, plus, minus)
		}
		log, sign := f.LogDet()
		if wantLog, wantSign := mat.LogDet(dense); math.Abs(log-wantLog) > 1e-11*(1+math.Abs(wantLog)) || sign != wantSign {
			t.Errorf("%s: determinant (%v, %v), want (%v, %v)", name, log, sign, wantLog, wantSign)
		}
		var inv mat.Dense
		if err := inv.Inverse(dense); err != nil {
			t.Fatal(err)
		}
		for i, v := range f.InvDiag(nil) {
			if want := inv.At(i, i); math.Abs(v-want) > 1e-12*(1+math.Abs(want)) {
				t.Errorf("%s: diagonal entry %d of the inverse is %v, want %v", name, i, v, want)
				break
			}
		}
		err := f.FactorizePositive(a)
		if (err == nil) != (minus == 0) {
			t.Errorf("%s: positive definite: %v, but %d eigenvalues are negative", name, err, minus)
		}
		shift, err := f.FactorizeShifted(a)
		if err != nil || (shift == 0) != (minus == 0) {
			t.Errorf("%s: shift %v, but %d eigenvalues are negative: %v", name, shift, minus, err)
		}
		if p, _ := f.Inertia(); p != n {
			t.Errorf("%s: %d of %d eigenvalues are positive with the shift", name, p, n)
		}
		f.Solve(x, b)
		got := make([]float64, n)
		a.MulVec(got, x)
		floats.AddScaled(got, shift, x)
		if d := floats.Distance(got, b, math.Inf(1)); d > 1e-10*(1+floats.Norm(b, math.Inf(1))) {
			t.Errorf("%s: the solution with the shift is off by %v", name, d)
		}
	}
}

func TestLDLFails(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name  string
		n     int
		data  []float64
		index int
		f     func(*LDL, *Sym) error
	}{
		{"zero", 2, []float64{0, 0, 0, 1}, 0, (*LDL).Factorize},
		{"singular", 3, []float64{2, 0, 0, 0, 1, 1, 0, 1, 1}, 2, (*LDL).Factorize},
		{"singular up to rounding", 2, []float64{0.1, 0.3, 0.3, 0.9}, 1, (*LDL).Factorize},
		{"hollow", 2, []float64{0, 1, 1, 0}, 0, (*LDL).Factorize},
		{"indefinite", 2, []float64{1, 2, 2, 1}, 1, (*LDL).FactorizePositive},
		{"NaN", 2, []float64{1, nan, nan, 1}, 1, (*LDL).Factorize},
		{"NaN, shifted", 2, []float64{1, nan, nan, 1}, 1, func(f *LDL, a *Sym) error { _, err := f.FactorizeShifted(a); return err }},
		{"infinite", 2, []float64{1, 0, 0, math.Inf(1)}, 1, (*LDL).Factorize},
		{"infinite, shifted", 2, []float64{1, 0, 0, math.Inf(-1)}, 0, func(f *LDL, a *Sym) error { _, err := f.FactorizeShifted(a); return err }},
	} {
		var f LDL
		err := c.f(&f, SymOf(mat.NewSymDense(c.n, c.data)))
		var pivot *PivotError
		if !errors.As(err, &pivot) || pivot.Index != c.index {
			t.Errorf("%s: %v, want an error for row %d", c.name, err, c.index)
		}
		wantPanic(t, "Inertia: there is no factorization", func() { f.Inertia() })
	}
	var f LDL
	if shift, err := f.FactorizeShifted(SymOf(mat.NewSymDense(2, []float64{0, 1, 1, 0}))); err != nil || shift < 1 || shift > 5 {
		t.Errorf("shift %v: %v", shift, err)
	}
	if shift, err := f.FactorizeShifted(SymOf(mat.NewSymDense(2, nil))); err != nil || shift <= 0 {
		t.Errorf("shift of zero %v: %v", shift, err)
	}
	if err := f.Factorize(new(Sym)); err != nil {
		t.Errorf("empty: %v", err)
	}
	f.Solve(nil, nil)
	wantPanic(t, "len(dst) = 1, want rows = 0", func() { f.InvDiag(make([]float64, 1)) })
	wantPanic(t, "len(b) = 1, want rows = 0", func() { f.Solve(nil, make([]float64, 1)) })
	for name, call := range map[string]func(*LDL){
		"NNZ": func(f *LDL) { f.NNZ() }, "LogDet": func(f *LDL) { f.LogDet() },
		"Solve": func(f *LDL) { f.Solve(nil, nil) }, "InvDiag": func(f *LDL) { f.InvDiag(nil) },
	} {
		wantPanic(t, name+": there is no factorization", func() { call(new(LDL)) })
	}
}

// TestLDLNoise has a pivot that is 0 but for rounding, of which nothing shows in
// its own diagonal entry: 0 = 0 - 0.3²/0.1 + 0.9²/0.9. What is left is 2⁻⁵², small
// only beside the terms.
func TestLDLNoise(t *testing.T) {
	arrow := func(last float64) *Sym {
		return SymOf(mat.NewSymDense(3, []float64{0.1, 0, 0.3, 0, -0.9, 0.9, 0.3, 0.9, last}))
	}
	var f LDL
	var pivot *PivotError
	// An entry that is not 0, to have a place in the pattern.
	if err := f.Factorize(arrow(1e-300)); !errors.As(err, &pivot) || pivot.Index != 2 || pivot.Pivot == 0 {
		t.Errorf("noise: %v", err)
	}
	if err := f.Factorize(arrow(1e-13)); err != nil {
		t.Errorf("more than noise: %v", err)
	}
	// Larger terms hide more.
	big := arrow(1e-13)
	for k, v := range big.val {
		if v == 0.3 || v == 0.9 {
			big.val[k] = 100 * v
		}
	}
	if err := f.Factorize(big); !errors.As(err, &pivot) || pivot.Index != 2 {
		t.Errorf("large terms: %v", err)
	}
}

// TestFill compares the entries of L with what is known or was reached.
func TestFill(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 9))
	shuffled := rnd.Perm(500)
	for _, c := range []struct {
		name string
		p    *Pattern
		most int
	}{
		{"tridiagonal", bandPattern(500, 1), 499},
		{"shuffled tridiagonal", NewPattern(500, func(yield func(int, int) bool) {
			for i := range 499 {
				if !yield(shuffled[i], shuffled[i+1]) {
					return
				}
			}
		}), 499},
		{"arrow", arrowPattern(500), 499},
		{"dense first row", NewPattern(500, func(yield func(int, int) bool) {
			for i := range 500 {
				if !yield(i, 0) {
					return
				}
			}
		}), 499},
		{"grid", gridPattern(50), 34_000}, // 122,500 in the given order
	} {
		a := dominant(rnd, c.p, positive)
		var f LDL
		if err := f.Factorize(a); err != nil {
			t.Fatal(err)
		}
		if f.NNZ() > c.most || f.NNZ() < a.NNZ()-a.SymmetricDim() {
			t.Errorf("%s: %d entries, want at most %d", c.name, f.NNZ(), c.most)
		}
	}
}

func TestLDLReuse(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 9))
	a := dominant(rnd, gridPattern(12), positive)
	b := dominant(rnd, gridPattern(12), positive)
	c := NewSym(a.Pattern(), nil)
	copy(c.val, b.val)
	var f LDL
	x := make([]float64, 144)
	x[0] = 1
	if n := testing.AllocsPerRun(5, func() {
		for _, m := range []*Sym{a, c} {
			if err := f.FactorizePositive(m); err != nil {
				t.Fatal(err)
			}
			f.Solve(x, x)
			f.InvDiag(x)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	// One after the other as if each were the first.
	for _, m := range []*Sym{a, c, b, a} {
		var g LDL
		if err := errors.Join(f.Factorize(m), g.Factorize(m)); err != nil {
			t.Fatal(err)
		}
		if got, want := f.InvDiag(nil), g.InvDiag(nil); !floats.Equal(got, want) {
			t.Fatal("a factorization depends on the one before")
		}
	}
}

func FuzzMinimumDegree(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, uint16(20*seed), uint8(seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n uint16, density uint8) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		m := int(n)%600 + 1
		p := randomPattern(rnd, m, m*int(density)/8)
		if seed%5 == 0 {
			p = p.Union(arrowPattern(m))
		}
		g := p.adjacency()
		order := ldl.MinimumDegree(g.Ptr, g.Adj)
		seen := make([]bool, m)
		for _, v := range order {
			if seen[v] {
				t.Fatalf("%d twice", v)
			}
			seen[v] = true
		}
		if len(order) != m {
			t.Fatalf("%d of %d vertices", len(order), m)
		}
	})
}

func BenchmarkLDL(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name string
		p    *Pattern
	}{
		{"grid n=99856", gridPattern(316)},
		{"band 1 n=100000", bandPattern(100_000, 1)},
		{"band 5 n=100000", bandPattern(100_000, 5)},
		{"band 50 n=20000", bandPattern(20_000, 50)},
		{"arrow n=100000", arrowPattern(100_000)},
	} {
		a := dominant(rnd, c.p, positive)
		n := a.SymmetricDim()
		x := make([]float64, n)
		var f LDL
		if err := f.Factorize(a); err != nil {
			b.Fatal(err)
		}
		b.Run(c.name+"/analyse", func(b *testing.B) {
			for b.Loop() {
				var f LDL
				if err := f.Factorize(a); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+"/factorize", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f.Factorize(a); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(f.NNZ()), "entries")
		})
		b.Run(c.name+"/solve", func(b *testing.B) {
			for b.Loop() {
				x[0] = 1
				f.Solve(x, x)
			}
		})
		b.Run(c.name+"/InvDiag", func(b *testing.B) {
			for b.Loop() {
				f.InvDiag(x)
			}
		})
	}
}
