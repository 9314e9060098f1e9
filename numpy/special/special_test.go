package special

import (
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// near checks a number to a tolerance relative to want.
func near(t *testing.T, got, want, tol float64, format string, args ...any) {
	t.Helper()
	if got == want || math.Abs(got-want) <= tol*math.Abs(want) {
		return
	}
	t.Errorf(format+": got %v, want %v (relative error %.2g)", append(args, got, want, math.Abs(got-want)/math.Abs(want))...)
}

func TestGammaInc(t *testing.T) {
	for _, g := range gammaIncGolden {
		near(t, GammaInc(np.Scalar(g.a), np.Scalar(g.x)).Float64(), g.d[0], 1e-14, "P(%v, %v)", g.a, g.x)
		near(t, GammaIncC(np.Scalar(g.a), np.Scalar(g.x)).Float64(), g.q, 1e-14, "Q(%v, %v)", g.a, g.x)
		f := func(a np.Array) np.Array { return GammaInc(a, np.Scalar(g.x)) }
		for k := 1; k <= 3; k++ {
			f = np.Grad(f)
			near(t, f(np.Scalar(g.a)).Float64(), g.d[k], 1e-13, "∂%d P(%v, %v)", k, g.a, g.x)
		}
	}
}

func TestBetaInc(t *testing.T) {
	for _, g := range betaIncGolden {
		near(t, betaIncDerivative(g.j, g.k, g.a, g.b, g.x), g.want, 1e-13, "∂%d∂%d I_%v(%v, %v)", g.j, g.k, g.x, g.a, g.b)
	}
}

func TestIve(t *testing.T) {
	for _, g := range iveGolden {
		for k, want := range g.d {
			tol := 1e-13
			if k > 0 {
				tol *= math.Max(1, math.Abs(g.d[0]/want))
			}
			near(t, iveDerivative(k, g.v, g.x), want, tol, "∂%d Ive(%v, %v)", k, g.v, g.x)
		}
	}
}

func TestRGamma(t *testing.T) {
	for _, g := range rgammaGolden {
		f := RGamma
		for k, want := range g.d {
			near(t, f(np.Scalar(g.x)).Float64(), want, 1e-13, "∂%d RGamma(%v)", k, g.x)
			f = np.Deriv(f)
		}
	}
}

func TestErfcinv(t *testing.T) {
	for _, g := range erfcinvGolden {
		near(t, Erfcinv(np.Scalar(g[0])).Float64(), g[1], 1e-15, "Erfcinv(%v)", g[0])
	}
}
