package special_test

import (
	"fmt"
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

// TestParameters compares derivatives of the incomplete functions for their
// parameters with values of mpmath at 40 digits.
func TestParameters(t *testing.T) {
	gammaInc := func(x float64) func(np.Array) np.Array {
		return func(a np.Array) np.Array { return special.GammaInc(a, np.Scalar(x)) }
	}
	betaInc := func(b, x float64) func(np.Array) np.Array {
		return func(a np.Array) np.Array { return special.BetaInc(a, np.Scalar(b), np.Scalar(x)) }
	}
	for _, c := range []struct {
		name string
		f    func(np.Array) np.Array
		a    float64
		want [4]float64 // of orders 0 to 3
	}{
		{"GammaInc", gammaInc(0.25), 0.5, [4]float64{0.52049987781304654, -0.79794731678322294, 0.80966154619286058, 0.32125092241648644}},
		{"GammaInc", gammaInc(2), 2.5, [4]float64{0.45058404864721977, -0.27455132194588155, 0.067077171809110783, 0.09333374672837003}},
		{"GammaInc", gammaInc(9.5), 7, [4]float64{0.8350507556991845, -0.0908195962148874, -0.02791305759630099, 0.0045556884705137073}},
		{"GammaInc", gammaInc(20), 3, [4]float64{0.99999954448504944, -9.6806039960773565e-7, -1.878545172551521e-6, -3.3027082539507932e-6}},
		{"GammaInc", gammaInc(28.5), 30, [4]float64{0.41394799544828448, -0.072077061500948891, 0.0037140904461873444, 0.0022170899918933167}},
		{"BetaInc", betaInc(1.5, 0.25), 0.5, [4]float64{0.60899778104422936, -0.64613189443890103, 0.55526393285909235, -0.1413938192414809}},
		{"BetaInc", betaInc(0.75, 0.5), 2, [4]float64{0.18242010843562927, -0.14184626693298419, 0.11591568700127538, -0.10314481162770672}},
		{"BetaInc", betaInc(4, 0.375), 5, [4]float64{0.1374090313911438, -0.081920527873474716, 0.0422687684963921, -0.015792666397562935}},
		{"BetaInc", betaInc(0.5, 0.9), 3, [4]float64{0.44541555534797053, -0.082017418314049224, 0.023168017786750369, -0.0115821848832153}},
		{"BetaInc", betaInc(30, 0.5), 20, [4]float64{0.92379611401926098, -0.022765102130333129, -0.004627432283931924, -0.00026492174385529051}},
	} {
		got := np.ElementwiseDerivatives(c.f, 3)(np.Scalar(c.a))
		for k, want := range c.want {
			if e := math.Abs(got[k].Float64()-want) / math.Max(math.Abs(want), 0.01); !(e <= 1e-12) {
				t.Errorf("%s at %g, order %d: got %v, want %v (relative error %.2g)", c.name, c.a, k, got[k], want, e)
			}
		}
	}
}

// TestTails checks functions where the naive formula has no digit left.
func TestTails(t *testing.T) {
	for _, c := range []struct {
		name      string
		f         func(np.Array) np.Array
		x         float64
		want, dot float64
	}{
		{"LogNDTR", special.LogNDTR, -40, -804.6084420137538, 40.024968847207264},
		{"Erfc", special.Erfc, 10, 2.088487583762545e-45, -4.197656231354417e-44},
		{"NDTRI", special.NDTRI, 1e-20, -9.262340089798408, 1.0674725333013998e+19},
		{"Erfcinv", special.Erfcinv, 1e-30, 8.148616223169865, -6.090812638752893e+28},
		{"Logit", special.Logit, 1e-20, -46.05170185988092, 1e20},
	} {
		y, dot := np.JVP(c.f, np.Scalar(c.x), np.Scalar(1))
		if math.Abs(y.Float64()/c.want-1) > 1e-13 || math.Abs(dot.Float64()/c.dot-1) > 1e-12 {
			t.Errorf("%s(%g): got %v and derivative %v, want %v and %v", c.name, c.x, y, dot, c.want, c.dot)
		}
	}
}

func TestDomain(t *testing.T) {
	for _, y := range []np.Array{
		special.GammaInc(np.Scalar(-1), np.Scalar(1)),
		special.BetaInc(np.Scalar(1), np.Scalar(1), np.Scalar(1.5)),
		special.NDTRI(np.Scalar(2)),
		special.IV(0.5, np.Scalar(-1)),
	} {
		if v := y.Float64(); v == v {
			t.Errorf("got %v, want NaN", v)
		}
	}
	if err := np.Maybe(func() { special.MultiGammaLn(np.Scalar(1), 0) }); err == nil || err.Error() != "special: MultiGammaLn: dimension 0 is not positive" {
		t.Errorf("got %v", err)
	}
}

// The shape of a gamma distribution moves its distribution function.
func ExampleGammaInc() {
	f := func(a np.Array) np.Array { return special.GammaInc(a, np.Scalar(2)) }
	y, dot := np.JVP(f, np.Scalar(2.5), np.Scalar(1))
	fmt.Printf("%.10f %.10f\n", y.Float64(), dot.Float64())
	// Output:
	// 0.4505840486 -0.2745513219
}
