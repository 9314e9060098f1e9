package hessian

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// withEigenvalues returns a dense symmetric matrix with random eigenvectors.
func withEigenvalues(rnd *rand.Rand, vals ...float64) *mat.SymDense {
	n := len(vals)
	a := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			a.Set(i, j, rnd.NormFloat64())
		}
	}
	var qr mat.QR
	qr.Factorize(a)
	var q, b mat.Dense
	qr.QTo(&q)
	b.Mul(&q, mat.NewDiagDense(n, vals))
	b.Mul(&b, q.T())
	s := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range i + 1 {
			s.SetSym(i, j, b.At(i, j))
		}
	}
	return s
}

func mulDense(a mat.Matrix) func(dst, v []float64) {
	return func(dst, v []float64) {
		mat.NewVecDense(len(dst), dst).MulVec(a, mat.NewVecDense(len(v), v))
	}
}

// laplacian is the matrix of the five-point star, which has double eigenvalues.
func laplacian(m int) *Sym {
	s := NewSym(gridPattern(m), nil)
	k := 0
	for i, j := range s.p.All() {
		s.val[k] = -1
		if i == j {
			s.val[k] = 4
		}
		k++
	}
	return s
}

func TestEigen(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	ones := make([]float64, 30)
	for i := range ones {
		ones[i] = 1
	}
	falling := make([]float64, 90)
	for i := range falling {
		falling[i] = math.Pow(0.9, float64(i)) * float64(1-2*(i%2))
	}
	multiple := make([]float64, 40)
	for i := range multiple {
		multiple[i] = float64(i / 4)
	}
	cases := map[string]mat.Symmetric{
		"one":       mat.NewSymDense(1, []float64{-3}),
		"two":       mat.NewSymDense(2, []float64{1, 2, 2, 1}),
		"zero":      mat.NewSymDense(5, nil),
		"identity":  withEigenvalues(rnd, ones...),
		"falling":   withEigenvalues(rnd, falling...),
		"multiple":  withEigenvalues(rnd, multiple...),
		"rank one":  withEigenvalues(rnd, append(make([]float64, 30), 7)...),
		"random":    randomSym(rnd, randomPattern(rnd, 80, 300)),
		"laplacian": laplacian(10),
	}
	for name, a := range cases {
		n := a.SymmetricDim()
		var eig mat.EigenSym
		eig.Factorize(a, false)
		all := eig.Values(nil)
		mul := mulDense(a)
		for _, which := range []Which{Largest, Smallest, LargestMagnitude} {
			want := slices.Clone(all)
			slices.SortFunc(want, func(x, y float64) int {
				if which.before(x, y) {
					return -1
				}
				return 1
			})
			for _, k := range []int{1, 2, 5, 9, n} {
				if k > n || k == n && n > 40 || raceEnabled && k > 2 {
					continue
				}
				label := fmt.Sprintf("%s, %d of which %d", name, k, which)
				e, err := Eigen(n, mul, k, which)
				if err != nil {
					t.Errorf("%s: %v", label, err)
					continue
				}
				scale := max(math.Abs(all[0]), math.Abs(all[n-1]))
				var gram mat.Dense
				gram.Mul(e.Vectors.T(), e.Vectors)
				for i := range k {
					got, want := e.Values[i], want[i]
					if which == LargestMagnitude {
						got, want = math.Abs(got), math.Abs(want)
					}
					if math.Abs(got-want) > 1e-9*scale {
						t.Errorf("%s: eigenvalue %d is %v, want %v", label, i, e.Values[i], want)
					}
					if r := e.Residuals[i]; !(r <= 2e-10*scale) {
						t.Errorf("%s: residual %v", label, r)
					}
					gram.Set(i, i, gram.At(i, i)-1)
				}
				if d := mat.Norm(&gram, math.Inf(1)); d > 1e-9 {
					t.Errorf("%s: vectors are not orthonormal by %v", label, d)
				}
				if e.Products > 20*n+200*k+2*k+100 {
					t.Errorf("%s: %d products", label, e.Products)
				}
				if k != 2 {
					continue
				}
				again, _ := Eigen(n, mul, k, which, Seed(1))
				if !slices.Equal(again.Values, e.Values) || !mat.Equal(again.Vectors, e.Vectors) {
					t.Errorf("%s: not the same again", label)
				}
			}
		}
	}
}

// TestEigenScale checks that the size of the numbers does not matter.
func TestEigenScale(t *testing.T) {
	a := withEigenvalues(rand.New(rand.NewPCG(1, 5)), 1, 2, 3, 5, -7, 11, 0.5)
	for _, c := range []float64{0x1p-400, 0x1p400} {
		e, err := Eigen(7, func(dst, v []float64) {
			mulDense(a)(dst, v)
			floats.Scale(c, dst)
		}, 3, LargestMagnitude)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []float64{11, -7, 5} {
			if got := e.Values[i] / c; math.Abs(got-want) > 1e-12*11 {
				t.Errorf("scale %v: eigenvalue %d is %v, want %v", c, i, got, want)
			}
		}
	}
}

func TestEigenFails(t *testing.T) {
	a := laplacian(30)
	e, err := Eigen(900, a.MulVec, 4, Smallest, MaxProducts(40), Seed(3))
	var conv *ConvergenceError
	if !errors.As(err, &conv) || conv.Products < 40 || e == nil || len(e.Values) != 4 || e.Residuals[0] == 0 {
		t.Errorf("%v, %v", e, err)
	}
	_, err = Eigen(3, func(dst, v []float64) { copy(dst, v); dst[1] = math.Inf(-1) }, 1, Largest)
	var nf *NonFiniteError
	if !errors.As(err, &nf) || nf.Index != 1 || !math.IsInf(nf.Value, -1) {
		t.Errorf("%v", err)
	}
	if e, err := Eigen(0, func(dst, v []float64) {}, 0, Largest); err != nil || len(e.Values) != 0 {
		t.Errorf("%v, %v", e, err)
	}
	wantPanic(t, "k = 4", func() { Eigen(3, a.MulVec, 4, Largest) })
	wantPanic(t, "k = -1", func() { Eigen(3, a.MulVec, -1, Largest) })
	wantPanic(t, "nil function", func() { Eigen(3, nil, 1, Largest) })
}

func TestTrace(t *testing.T) {
	rnd := rand.New(rand.NewPCG(13, 14))
	vals := make([]float64, 150)
	for i := range vals {
		vals[i] = 1 / float64((i+1)*(i+1))
	}
	a := withEigenvalues(rnd, vals...)
	want := floats.Sum(vals)
	const products = 60
	var hutchpp, plain float64
	for seed := range uint64(20) {
		got, stderr := Trace(150, mulDense(a), products, Seed(seed))
		hutchpp += (got - want) * (got - want) / 20
		if math.Abs(got-want) > 6*stderr {
			t.Errorf("seed %d: %v ± %v, want %v", seed, got, stderr, want)
		}
		sum := floats.Sum(EstimateDiag(make([]float64, 150), mulDense(a), products, Seed(seed)))
		plain += (sum - want) * (sum - want) / 20
	}
	// The sketch takes out all but a few hundredths.
	if hutchpp > plain/25 {
		t.Errorf("mean square error %v, that of plain sampling %v", hutchpp, plain)
	}
	if got, stderr := Trace(150, mulDense(a), 150); math.Abs(got-want) > 1e-13 || stderr != 0 {
		t.Errorf("exact: %v ± %v, want %v", got, stderr, want)
	}
	x, _ := Trace(150, mulDense(a), 17, Seed(5))
	if y, _ := Trace(150, mulDense(a), 17, Seed(5)); x != y {
		t.Error("not the same again")
	}
	if y, _ := Trace(150, mulDense(a), 17, Seed(6)); x == y {
		t.Error("the seed does not matter")
	}
	if got, stderr := Trace(150, mulDense(a), 1); got <= 0 || !math.IsInf(stderr, 1) {
		t.Errorf("one product: %v ± %v", got, stderr)
	}
	if got, _ := Trace(0, mulDense(a), 1); got != 0 {
		t.Errorf("trace of nothing: %v", got)
	}
	// Low rank is exact.
	low := withEigenvalues(rnd, append(make([]float64, 100), 5, -3, 2)...)
	if got, _ := Trace(103, mulDense(low), 18); math.Abs(got-4) > 1e-12 {
		t.Errorf("low rank: %v, want 4", got)
	}
	wantPanic(t, "0 products", func() { Trace(3, mulDense(a), 0) })
	wantPanic(t, "0 products", func() { EstimateDiag(make([]float64, 3), mulDense(a), 0) })
	wantPanic(t, "nil function", func() { Trace(3, nil, 1) })
	wantPanic(t, "nil function", func() { EstimateDiag(nil, nil, 1) })
}

func TestEstimateDiag(t *testing.T) {
	s := dominant(rand.New(rand.NewPCG(1, 3)), gridPattern(8), positive)
	exact := EstimateDiag(make([]float64, 64), s.MulVec, 64)
	for i, v := range exact {
		if v != s.At(i, i) {
			t.Errorf("exact entry %d is %v, want %v", i, v, s.At(i, i))
		}
	}
	const products = 63
	for i, v := range EstimateDiag(repeated(64, 1e9), s.MulVec, products) {
		variance := 0.0
		s.DoRowNonZero(i, func(i, j int, v float64) {
			if i != j {
				variance += v * v / products
			}
		})
		if d := math.Abs(v - s.At(i, i)); d > 4.5*math.Sqrt(variance) {
			t.Errorf("entry %d is off by %v, standard deviation %v", i, d, math.Sqrt(variance))
		}
	}
}

func BenchmarkEigen(b *testing.B) {
	a := laplacian(100)
	for b.Loop() {
		e, err := Eigen(10_000, a.MulVec, 5, Largest, Tolerance(1e-6))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(e.Products), "products")
	}
}
