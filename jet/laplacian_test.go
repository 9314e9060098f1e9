package jet_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
	"gonum.org/v1/gonum/mat"
)

func TestLaplacian(t *testing.T) {
	for _, n := range []int{1, 2, 3, 15, 16, 17, 40} {
		x := somewhere(n)
		sigma := mat.NewDense(n, 5, nil)
		rng := rand.New(rand.NewPCG(3, 4))
		for i := range n {
			for c := range 4 { // the last column is 0
				sigma.Set(i, c, rng.NormFloat64())
			}
		}
		for id := range samples {
			if n > 16 && id == 5 || n > 4 && id == 1 {
				continue // a number that overflows, a pole
			}
			hess := dual.Hessian(nil, sampleOf[dual.Hyper](id), x)
			wantY, wantG := dual.ValueAndGradient(nil, sampleOf[dual.Number3](id), x)
			want, size := 0.0, 0.0
			for i := range n {
				want += hess.At(i, i)
				size += math.Abs(hess.At(i, i))
			}
			f := sampleOf[jet.Collapsed](id)
			if got := jet.Laplacian(f, x); math.Abs(got-want) > 1e-13*size {
				t.Errorf("function %d of %d variables: Laplacian %v, want %v", id, n, got, want)
			}
			y, g, lap := jet.ValueGradientLaplacian(nil, f, x)
			if !within(y, wantY, 1e-14) || math.Abs(lap-want) > 1e-13*size {
				t.Errorf("function %d of %d variables: value %v, Laplacian %v, want %v, %v", id, n, y, lap, wantY, want)
			}
			scale := mat.Norm(mat.NewVecDense(n, wantG), 2)
			for i := range g {
				if math.Abs(g[i]-wantG[i]) > 1e-14*scale {
					t.Errorf("function %d of %d variables: gradient[%d] = %v, want %v", id, n, i, g[i], wantG[i])
				}
			}
			var hs, shs mat.Dense
			hs.Mul(hess, sigma)
			shs.Mul(sigma.T(), &hs)
			size = mat.Norm(hess, 1) * mat.Norm(sigma, 2) * mat.Norm(sigma, 2)
			if got, want := jet.WeightedLaplacian(f, x, sigma), mat.Trace(&shs); math.Abs(got-want) > 1e-13*size {
				t.Errorf("function %d of %d variables: weighted Laplacian %v, want %v", id, n, got, want)
			}
		}
	}
}

func TestBilaplacian(t *testing.T) {
	for n := 1; n <= 7; n++ {
		x := somewhere(n)
		for id := range samples {
			want, size := 0.0, 0.0
			for i := range n {
				for j := range n {
					d := nestedPartial(id, x, []int{i, i, j, j})
					want += d
					size += math.Abs(d)
				}
			}
			if got := jet.Bilaplacian(sampleOf[jet.Collapsed](id), x); !(math.Abs(got-want) <= 1e-13*size) {
				t.Errorf("function %d of %d variables: %v, want %v", id, n, got, want)
			}
		}
	}
	// The fundamental solution in the plane, r²·log r.
	f := func(x []jet.Collapsed) jet.Collapsed { r2 := dual.SumSq(x); return r2.Mul(r2.Log()) }
	if y := jet.Bilaplacian(f, []float64{0.3, -0.8}); math.Abs(y) > 1e-13 {
		t.Errorf("Bilaplacian of r²·log r = %v, want 0", y)
	}
	// |x|⁴ in n dimensions: 8n(n+2).
	for n := range 20 {
		y := jet.Bilaplacian(func(x []jet.Collapsed) jet.Collapsed { return dual.SumSq(x).Sqr() }, somewhere(n))
		if want := float64(8 * n * (n + 2)); !within(y, want, 1e-13) {
			t.Errorf("Bilaplacian of |x|⁴ in %d dimensions = %v, want %v", n, y, want)
		}
	}
}

// TestLaplacianClosed has harmonic functions and others with a known Laplacian.
func TestLaplacianClosed(t *testing.T) {
	x := []float64{0.3, -1.2, 0.5}
	r := math.Sqrt(0.3*0.3 + 1.2*1.2 + 0.5*0.5)
	for _, c := range []struct {
		name string
		f    func([]jet.Collapsed) jet.Collapsed
		want float64
	}{
		{"1/r", func(x []jet.Collapsed) jet.Collapsed { return dual.Norm(x).Inv() }, 0},
		{"angle", func(x []jet.Collapsed) jet.Collapsed { return x[1].Atan2(x[0]) }, 0},
		{"e^x·cos y", func(x []jet.Collapsed) jet.Collapsed { return x[0].Exp().Mul(x[1].Cos()) }, 0},
		{"r", func(x []jet.Collapsed) jet.Collapsed { return dual.Norm(x) }, 2 / r},
		{"r²", dual.SumSq[jet.Collapsed], 6},
		{"sin x·sin y·sin z", func(x []jet.Collapsed) jet.Collapsed { return x[0].Sin().Mul(x[1].Sin()).Mul(x[2].Sin()) },
			-3 * math.Sin(0.3) * math.Sin(-1.2) * math.Sin(0.5)},
		{"a constant", func(x []jet.Collapsed) jet.Collapsed { return x[0].Const(7) }, 0},
		{"nothing", func(x []jet.Collapsed) jet.Collapsed { return jet.Collapsed{} }, 0},
		{"log of a negative number", func(x []jet.Collapsed) jet.Collapsed { return x[1].Log().Add(x[0]) }, math.NaN()},
		{"√ of a constant 0", func(x []jet.Collapsed) jet.Collapsed { return x[0].Const(0).Sqrt().Add(x[1].Sqr()) }, 2},
		{"√(x-x)", func(x []jet.Collapsed) jet.Collapsed { return x[0].Sub(x[0]).Sqrt().Add(x[1].Sqr()) }, 2},
		{"max", func(x []jet.Collapsed) jet.Collapsed { return x[0].Sqr().Max(x[1]) }, 2},
		{"tie", func(x []jet.Collapsed) jet.Collapsed { return x[0].Sqr().Max(x[0].Const(0.09)) }, 1},
		{"|-x²|", func(x []jet.Collapsed) jet.Collapsed { return x[0].AddConst(-0.3).Sqr().Neg().Abs() }, 2},
	} {
		if got := jet.Laplacian(c.f, x); math.Abs(got-c.want) > 2e-15 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("Laplacian of %s = %v, want %v", c.name, got, c.want)
		}
	}
	// An infinite second derivative in one direction leaves the gradient alone.
	y, g, lap := jet.ValueGradientLaplacian(nil, func(x []jet.Collapsed) jet.Collapsed {
		return x[0].PowReal(1.5).Add(x[1].Mul(x[2]))
	}, []float64{0, 2, 3})
	if y != 6 || g[0] != 0 || g[1] != 3 || g[2] != 2 || !math.IsInf(lap, 1) {
		t.Errorf("x^1.5 + y·z at (0, 2, 3): %v, %v, %v", y, g, lap)
	}
}

// TestLaplacianPrograms is a longer fixed run of FuzzLaplacian.
func TestLaplacianPrograms(t *testing.T) { adtest.Programs(t, checkLaplacian) }

// FuzzLaplacian compares the operators of random functions with Hessians and
// with mixed derivatives by jets.
func FuzzLaplacian(f *testing.F) { adtest.FuzzPrograms(f, checkLaplacian) }

func checkLaplacian(t *testing.T, p adtest.Program, x []float64) {
	t.Helper()
	hess := dual.Hessian(nil, func(x []dual.Hyper) dual.Hyper { return adtest.Run(p, x) }, x)
	f := func(x []jet.Collapsed) jet.Collapsed { return adtest.Run(p, x) }
	y, g, lap := jet.ValueGradientLaplacian(nil, f, x)
	// Rounding grows with the size of the derivatives along the way, of which
	// the others are a measure.
	scale := math.Abs(y) + 1 + mat.Norm(hess, 1)
	for _, v := range g {
		scale += math.Abs(v)
	}
	if want := mat.Trace(hess); !(math.Abs(lap-want) <= 1e-10*scale) {
		t.Errorf("Laplacian %v, want %v at %v of\n%v", lap, want, x, p)
	}
	h := func(x []jet.Jet64) jet.Jet64 { return adtest.Run(p, x) }
	got, want := jet.Bilaplacian(f, x), 0.0
	for i := range x {
		for j := range x {
			index := make([]int, len(x))
			index[i] += 2
			index[j] += 2
			d := jet.Mixed(h, x, index)
			want += d
			scale += math.Abs(d)
		}
	}
	if !(math.Abs(got-want) <= 1e-8*scale) {
		t.Errorf("Bilaplacian %v, want %v at %v of\n%v", got, want, x, p)
	}
}

// vector has the functions of package dual that a collapsed number does in one
// step, of numbers of which some are constant and some overlap.
func vector[T dual.Real[T]](id int, x []T) T {
	y := make([]T, 0, len(x)+1)
	for i, v := range x {
		switch i % 3 {
		case 0:
			y = append(y, v.Sin())
		case 1:
			y = append(y, v.Mul(x[i-1]))
		default:
			y = append(y, x[0].Const(0.5))
		}
	}
	c := []float64{1, -2, 0.5, 0, 3, 1, 1, 2}[:len(y)]
	switch id {
	case 0:
		return dual.Sum(y).Exp()
	case 1:
		return dual.LinComb(c, y).Tanh()
	case 2:
		return dual.Dot(y, x).Sin()
	case 3:
		return dual.SumSq(y).Log()
	case 4:
		return dual.Norm(y)
	case 5:
		return dual.LogSumExp(y)
	case 6:
		return dual.Prod(append(y, x[len(x)-1].Exp()))
	}
	return dual.Poly(y[0].Add(x[len(x)-1]), []float64{1, -2, 0.5, 3, 1, 0.25, 2})
}

func TestCollapsedVector(t *testing.T) {
	for n := 1; n <= 8; n++ {
		x := somewhere(n)
		for id := range 8 {
			f := func(x []jet.Collapsed) jet.Collapsed { return vector(id, x) }
			hess := dual.Hessian(nil, func(x []dual.Hyper) dual.Hyper { return vector(id, x) }, x)
			wantY, wantG := dual.ValueAndGradient(nil, func(x []dual.Number3) dual.Number3 { return vector(id, x) }, x)
			y, g, lap := jet.ValueGradientLaplacian(nil, f, x)
			size := mat.Norm(hess, 1) + 1
			if want := mat.Trace(hess); math.Abs(lap-want) > 1e-13*size || math.Abs(y-wantY) > 1e-14*(1+math.Abs(wantY)) {
				t.Errorf("function %d of %d variables: %v, Laplacian %v, want %v, %v", id, n, y, lap, wantY, want)
			}
			for i := range g {
				if math.Abs(g[i]-wantG[i]) > 1e-13*size {
					t.Errorf("function %d of %d variables: gradient[%d] = %v, want %v", id, n, i, g[i], wantG[i])
				}
			}
			want := 0.0
			for i := range n {
				for j := range n {
					index := make([]int, n)
					index[i] += 2
					index[j] += 2
					d := jet.Mixed(func(x []jet.Jet64) jet.Jet64 { return vector(id, x) }, x, index)
					want += d
					size += math.Abs(d)
				}
			}
			if got := jet.Bilaplacian(f, x); math.Abs(got-want) > 1e-12*size {
				t.Errorf("function %d of %d variables: Bilaplacian %v, want %v", id, n, got, want)
			}
		}
	}
	// Without a workspace, all are constants.
	for id := range 8 {
		v := make([]dual.Float, 3)
		c := make([]jet.Collapsed, 3)
		for i := range v {
			v[i] = dual.Float(0.3 * float64(i+1))
			c[i] = jet.Collapsed{}.Const(float64(v[i]))
		}
		if got, want := vector(id, c).Value(), float64(vector(id, v)); !within(got, want, 1e-15) {
			t.Errorf("function %d of constants: %v, want %v", id, got, want)
		}
	}
}
