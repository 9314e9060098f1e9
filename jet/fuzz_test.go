package jet_test

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

// FuzzPrograms runs random functions of three variables along a line, as jets,
// jets of jets, jets of dual numbers, and nested dual numbers. All must agree
// to rounding, and with the function itself near the point.
func FuzzPrograms(f *testing.F) { adtest.FuzzPrograms(f, checkProgram) }

// TestPrograms is a longer fixed run of FuzzPrograms.
func TestPrograms(t *testing.T) { adtest.Programs(t, checkProgram) }

func checkProgram(t *testing.T, p adtest.Program, x []float64) {
	t.Helper()
	const order = 5
	v := []float64{0.6, -0.3, 0.5}
	var w jet.Workspace[float64]
	z := make([]jet.Jet64, len(x))
	for i := range x {
		z[i] = w.New(x[i], v[i], 0, 0, 0, 0)
	}
	y := adtest.Run(p, z)
	scale := 1.0
	for k := range order + 1 {
		scale = max(scale, math.Abs(y.Coeff(k)))
	}
	if math.IsNaN(scale) || math.IsInf(scale, 0) {
		t.Fatalf("coefficients %v at %v of\n%v", y.Coeffs(nil), x, p)
	}
	check := func(name string, k int, got, want, tol float64) {
		if !(math.Abs(got-want) <= tol*scale) {
			t.Errorf("%s: coefficient %d is %v, want %v", name, k, got, want)
		}
	}

	// Nested dual numbers: order 5 is reached through all tangents.
	n := make([]nest5, len(x))
	for i := range x {
		n[i] = lineNested(dual.Float(x[i]), dual.Float(v[i]))
	}
	d := adtest.Run(p, n)
	want := []float64{d.Value(), d.D.Value(), d.D.D.Value() / 2, d.D.D.D.Value() / 6, d.D.D.D.D.Value() / 24, d.D.D.D.D.D.Value() / 120}
	for k := range order + 1 {
		check("nested duals", k, y.Coeff(k), want[k], 1e-11)
	}

	// Jets by the other set of kernels, over dual numbers in the direction v:
	// the tangent of coefficient k is (k+1)·c[k+1].
	m := make([]jet.Nested[dual.Number64], len(x))
	for i := range x {
		m[i] = jet.NewNested(dual.Number64{V: x[i], D: v[i]}, dual.Number64{V: v[i]}, dual.Number64{}, dual.Number64{}, dual.Number64{})
	}
	for k, r := 0, adtest.Run(p, m); k < order; k++ {
		check("jets of duals", k, r.Coeff(k).V, y.Coeff(k), 1e-11)
		check("tangents of jets of duals", k, r.Coeff(k).D, float64(k+1)*y.Coeff(k+1), 1e-10)
	}

	// Jets of jets: a series in s, along v, of series in t, along u.
	u := []float64{-0.2, 0.7, 0.4}
	j := make([]jet.Nested[jet.Jet64], len(x))
	back := make([]jet.Nested[jet.Jet64], len(x))
	for i := range x {
		j[i] = jet.NewNested(jet.New(x[i], u[i], 0), jet.New(v[i]), jet.Jet64{}, jet.Jet64{})
		back[i] = jet.NewNested(jet.New(x[i], v[i], 0, 0), jet.New(u[i]), jet.Jet64{})
	}
	a, b := adtest.Run(p, j), adtest.Run(p, back)
	for k := range 4 {
		check("jets of jets", k, a.Coeff(k).Coeff(0), y.Coeff(k), 1e-11)
		for l := range 3 {
			check("jets of jets, the other way round", k, a.Coeff(k).Coeff(l), b.Coeff(l).Coeff(k), 1e-9)
		}
	}

	// The function a small step away. A wrong coefficient shows at both steps,
	// and less at the smaller one; a branch of the program that flips on the way
	// does not.
	nearby := func(h float64) (sum, err float64) {
		f := make([]dual.Float, len(x))
		for i := range x {
			f[i] = dual.Float(x[i] + h*v[i])
		}
		for k := order; k >= 0; k-- {
			sum = sum*h + y.Coeff(k)
		}
		return sum, sum - adtest.Run(p, f).Value()
	}
	_, far := nearby(1e-3)
	if sum, near := nearby(5e-4); math.Abs(far) > 1.5*math.Abs(near) {
		check("value nearby", 0, sum, sum-near, 1e-12)
	}
	if t.Failed() {
		t.Logf("at %v of\n%v", x, p)
	}
}

// lineNested returns x + t·v with every tangent the derivative for t.
func lineNested(x, v dual.Float) nest5 {
	n1 := nest1{V: x, D: v}
	n2 := nest2{V: n1, D: dual.Lift(v)}
	n3 := nest3{V: n2, D: dual.Lift(n2.D)}
	n4 := nest4{V: n3, D: dual.Lift(n3.D)}
	return nest5{V: n4, D: dual.Lift(n4.D)}
}
