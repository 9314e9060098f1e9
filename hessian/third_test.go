package hessian

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/dual"
)

// TestSparseD3 compares with the third derivatives of Rosenbrock's function, which
// are 2400·x_i for i thrice, but the last, and -400 for i twice and i+1.
func TestSparseD3(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 4))
	for _, n := range []int{0, 1, 2, 3, 50} {
		for _, m := range []Method{EdgePushing, DirectColoring, SubstitutionColoring, DenseProducts} {
			p := Compile(rosenbrockVar, make([]float64, n), Using(m))
			var d *Sym
			for range 2 {
				x, u := make([]float64, n), make([]float64, n)
				for i := range x {
					x[i], u[i] = rnd.NormFloat64(), rnd.NormFloat64()
				}
				q := p.At(x)
				h := q.Sparse(nil)
				d = q.SparseD3(d, u)
				if d.SymmetricDim() != n || !d.Pattern().Equal(h.Pattern()) {
					t.Fatalf("n = %d: pattern\n%v", n, d.Pattern())
				}
				want := mat.NewSymDense(max(n, 1), nil)
				for i := range n - 1 {
					want.SetSym(i, i, 2400*x[i]*u[i]-400*u[i+1])
					want.SetSym(i, i+1, -400*u[i])
				}
				for i := range n {
					for j := range n {
						if got := d.At(i, j); !near(got, want.At(i, j), 1e-13) {
							t.Errorf("n = %d, %s: (%d, %d) is %v, want %v", n, m, i, j, got, want.At(i, j))
						}
					}
				}
				// The Hessian is what it was.
				if got := q.Sparse(nil); !floats.Equal(got.val, h.val) {
					t.Error("the Hessian has changed")
				}
				q.Close()
			}
		}
	}
}

func FuzzSparseD3(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, uint8(seed%7), uint8(2*seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n, length uint8) {
		m := 1 + int(n)%10
		rnd := rand.New(rand.NewPCG(seed, 6))
		x, u := make([]float64, m), make([]float64, m)
		for i := range x {
			x[i], u[i] = rnd.NormFloat64(), rnd.NormFloat64()
		}
		p := Compile(randomProgram(seed, m, 1+int(length)%60), x)
		q := p.At(x)
		defer q.Close()
		if q.q.Kinks() > 0 {
			return
		}
		d := q.SparseD3(nil, u)
		v := make([]float64, m)
		for j := range v {
			v[j] = 1
			want := q.D3(nil, u, v)
			v[j] = 0
			scale := 1e-9 * (1 + floats.Norm(want, math.Inf(1)))
			for i, w := range want {
				if got := d.At(i, j); math.Abs(got-w) > scale {
					t.Errorf("(%d, %d) is %v, want %v", i, j, got, w)
				}
			}
		}
	})
}

func TestSparseD3Edges(t *testing.T) {
	p := Compile(dual.SumSq[Var], make([]float64, 3))
	q := p.At([]float64{1, 2, 3})
	defer q.Close()
	u := []float64{1, math.NaN(), 1}
	if d := q.SparseD3(nil, u); d.NNZ() != 3 || d.At(0, 0) != 0 {
		t.Errorf("%v", mat.Formatted(d))
	}
	wantPanic(t, "SparseD3: len(u) = 2, want Dim() = 3", func() { q.SparseD3(nil, u[:2]) })
	if raceEnabled {
		return
	}
	c := Compile(rosenbrockVar, make([]float64, 50))
	x := repeated(50, 1, 2, 3)
	var d Sym
	do := func() {
		q := c.At(x)
		q.SparseD3(&d, x)
		q.Close()
	}
	do()
	if n := testing.AllocsPerRun(20, do); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkSparseD3(b *testing.B) {
	const n = 10_000
	x := repeated(n, -1.2, 1)
	p := Compile(rosenbrockVar, x)
	g := make([]float64, n)
	var h Sym
	b.Run("gradient", func(b *testing.B) {
		for b.Loop() {
			q := p.At(x)
			q.Gradient(g)
			q.Close()
		}
	})
	b.Run("sparse", func(b *testing.B) {
		for b.Loop() {
			q := p.At(x)
			q.Sparse(&h)
			q.Close()
		}
	})
	b.Run("third", func(b *testing.B) {
		for b.Loop() {
			q := p.At(x)
			q.SparseD3(&h, x)
			q.Close()
		}
	})
}
