package linalg_test

import (
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

// TestFactorsOnce counts the factorizations in programs of derivatives.
func TestFactorsOnce(t *testing.T) {
	a, b := np.Add(sample(4), identity(4).Scale(3)), sample(4)
	solve := func(a np.Array) np.Array { return np.Sum(np.Sin(linalg.Solve(a, b))) }
	det := func(a np.Array) np.Array { return np.Log(np.Abs(linalg.Det(a))) }
	slogdet := func(a np.Array) np.Array { _, l := linalg.SlogDet(a); return l }
	gauss := func(a np.Array) np.Array {
		f := linalg.Factor(a)
		_, l := f.SlogDet()
		return np.Add(l, np.Sum(np.Mul(b, f.Solve(b, linalg.Trans))))
	}
	lyapunov := func(a np.Array) np.Array { return np.Sum(np.Sin(linalg.SolveSylvester(a, b, b))) }
	jvp := func(f func(np.Array) np.Array) func(np.Array) np.Array {
		return func(x np.Array) np.Array { _, d := np.JVP(f, x, b); return d }
	}
	sum := func(f func(np.Array) np.Array) func(np.Array) np.Array {
		return func(x np.Array) np.Array { return np.Sum(np.Mul(f(x), b)) }
	}
	for _, c := range []struct {
		name, op string
		f        func(np.Array) np.Array
		want     int
	}{
		{"Solve", "linalg.LU", solve, 1},
		{"gradient of Solve", "linalg.LU", np.Grad(solve), 1},
		{"JVP of Solve", "linalg.LU", jvp(solve), 1},
		{"JVP of the gradient of Solve", "linalg.LU", jvp(np.Grad(solve)), 1},
		{"gradient of the gradient of Solve", "linalg.LU", np.Grad(sum(np.Grad(solve))), 1},
		{"series of Solve", "linalg.LU", func(x np.Array) np.Array {
			return np.ElementwiseDerivatives(func(s np.Array) np.Array { return solve(np.Add(x, np.Mul(s, b))) }, 4)(np.Scalar(0))[4]
		}, 1},
		{"gradient of Det", "linalg.LU", np.Grad(det), 1},
		{"Hessian along a line of Det", "linalg.LU", jvp(np.Grad(det)), 1},
		{"gradient of SlogDet", "linalg.LU", np.Grad(slogdet), 1},
		{"gradient of both", "linalg.LU", np.Grad(gauss), 1},
		{"JVP of the gradient of both", "linalg.LU", jvp(np.Grad(gauss)), 1},
		{"JVP of the gradient of SolveBanded", "linalg.BandLU", jvp(np.Grad(func(a np.Array) np.Array {
			return np.Sum(np.Sin(linalg.SolveBanded(1, 2, a, b)))
		})), 1},
		{"gradient of SolveLyapunov", "linalg.Schur", np.Grad(func(a np.Array) np.Array {
			return np.Sum(np.Mul(b, linalg.SolveLyapunov(a, b)))
		}), 1},
		{"gradient of Sqrtm", "linalg.Schur", np.Grad(func(a np.Array) np.Array {
			return np.Sum(np.Mul(b, linalg.Sqrtm(np.MatMul(a, np.Transpose(a)))))
		}), 1},
		{"gradient of SolveSylvester", "linalg.Schur", np.Grad(lyapunov), 1},
		{"JVP of the gradient of SolveSylvester", "linalg.Schur", jvp(np.Grad(lyapunov)), 1},
	} {
		program := np.Record(func(x ...np.Array) np.Array { return c.f(x[0]) }, a).String()
		if got := strings.Count(program, " = "+c.op+"("); got != c.want {
			t.Errorf("%s: %d factorizations, want %d:\n%s", c.name, got, c.want, program)
		}
	}
}

// TestFactor compares the methods of factors with the functions.
func TestFactor(t *testing.T) {
	for _, n := range []int{1, 3, 12} {
		for _, a := range []np.Array{sample(n), complexSample(n), np.Stack(0, sample(n), complexSample(n))} {
			f, b := linalg.Factor(a), sample(n)
			transposed := np.SwapAxes(a, -2, -1)
			near(t, "Inv", f.Inv(), linalg.Inv(a), 1e-11)
			near(t, "Det", f.Det(), linalg.Det(a), 1e-12)
			near(t, "Solve", f.Solve(b), linalg.Solve(a, b), 1e-11)
			near(t, "Solve with Trans", f.Solve(b, linalg.Trans), linalg.Solve(transposed, b), 1e-11)
			near(t, "Solve with ConjTrans", f.Solve(b, linalg.ConjTrans), linalg.Solve(np.Conj(transposed), b), 1e-11)
			near(t, "Solve with a vector", f.Solve(b.At(0), linalg.Trans), linalg.Solve(transposed, b.At(0)), 1e-11)
		}
	}
}

// TestMap runs programs of gradients for several matrices at once.
func TestMap(t *testing.T) {
	const n, k = 4, 3
	b := sample(n)
	all := make([]np.Array, k)
	for i := range all {
		all[i] = np.Add(sample(n).Scale(0.3*float64(i+1)), identity(n).Scale(float64(i)-4))
	}
	xs := np.Stack(0, all...)
	for _, c := range []struct {
		name string
		f    func(np.Array) np.Array
	}{
		{"Solve", func(a np.Array) np.Array { return linalg.Solve(a, b) }},
		{"Solve of a vector", func(a np.Array) np.Array { return linalg.Solve(b, a.At(0)) }},
		{"Factor", func(a np.Array) np.Array { return linalg.Factor(a).Solve(b, linalg.ConjTrans) }},
		{"Det", linalg.Det},
		{"SlogDet", func(a np.Array) np.Array { _, l := linalg.SlogDet(a); return l }},
		{"LU", func(a np.Array) np.Array { _, l, u := linalg.LU(a); return np.Add(l, u) }},
		{"SolveSylvester", func(a np.Array) np.Array { return linalg.SolveSylvester(a, b, b) }},
		{"SolveLyapunov", func(a np.Array) np.Array { return linalg.SolveLyapunov(a, b) }},
		{"SolveDiscreteLyapunov", func(a np.Array) np.Array { return linalg.SolveDiscreteLyapunov(a.Scale(0.1), b) }},
		{"SolveBanded", func(a np.Array) np.Array { return linalg.SolveBanded(1, 2, a, b.At(0)) }},
		{"BlockDiag", func(a np.Array) np.Array { return linalg.BlockDiag(a, b, a.At(0)) }},
		{"Toeplitz", func(a np.Array) np.Array { return linalg.Toeplitz(a.At(0), b.At(0)) }},
		{"SVD", func(a np.Array) np.Array { return linalg.SVDVals(a) }},
		{"Polar", func(a np.Array) np.Array { u, p := linalg.Polar(a); return np.Add(u, p) }},
		{"Polyfit", func(a np.Array) np.Array { return linalg.Polyfit(a.At(0), a.At(1), 2) }},
	} {
		grad := np.Grad(func(a np.Array) np.Array { return np.Sum(np.Sin(c.f(a))) })
		got := np.Record(func(x ...np.Array) np.Array { return grad(x[0]) }, all[0]).Map(xs)
		for i, a := range all {
			near(t, c.name, got.At(i), grad(a), 1e-11)
		}
	}
}
