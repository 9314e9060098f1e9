package jet_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

func TestFormat(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	x := jet.New(1, 2, -0.5)
	nested := jet.NewNested(dual.Number64{V: 1, D: 2}, dual.Number64{}, dual.Number64{V: 3, D: -4})
	for _, c := range []struct {
		format string
		x      any
		want   string
	}{
		{"%v", x, "1 + 2t − ½t² + O(t³)"},
		{"%g", x, "1 + 2t − 0.5t² + O(t³)"},
		{"%.3f", x, "1.000 + 2.000t − 0.500t² + O(t³)"},
		{"%.1e", x, "1.0e+00 + 2.0e+00t − 5.0e-01t² + O(t³)"},
		{"%.2v", x, "1 + 2t − 0.5t² + O(t³)"},
		{"%6.1f", x, "   1.0 +    2.0t −   0.5t² + O(t³)"},
		{"%06.1f", x, "0001.0 + 0002.0t − 000.5t² + O(t³)"},
		{"%+v", x, "+1 + 2t − ½t² + O(t³)"},
		{"%+.1f", jet.New(-1.0, 1), "−1.0 + 1.0t + O(t²)"},
		{"%#v", x, "jet.New[float64](1, 2, -0.5)"},
		{"%#v", jet.New(1, nan, inf, -inf), "jet.New[float64](1, math.NaN(), math.Inf(1), math.Inf(-1))"},
		{"%#v", jet.Jet64{}, "jet.New[float64]()"},
		{"%s", x, "%!s(jet.Jet[float64]=1 + 2t − ½t² + O(t³))"},
		{"%d", jet.New(2.0), "%!d(jet.Jet[float64]=2)"},

		// Terms left out.
		{"%v", jet.Jet64{}, "0"},
		{"%.2f", jet.Jet64{}, "0.00"},
		{"%v", jet.New(0.0), "0"},
		{"%v", jet.New(-2.5), "-2.5"},
		{"%5.1f", jet.New(2.5), "  2.5"},
		{"%v", jet.New(nan), "NaN"},
		{"%v", jet.New(-inf), "-Inf"},
		{"%v", jet.New(0.0, 0, 0), "0 + O(t³)"},
		{"%v", jet.New(0.0, 1), "t + O(t²)"},
		{"%v", jet.New(0.0, -1, 0, 1), "−t + t³ + O(t⁴)"},
		{"%v", jet.New(3.0, 0, 0), "3 + O(t³)"},
		{"%v", jet.Variable(0.0, 12).PowInt(11), "t¹¹ + O(t¹³)"},
		{"%v", jet.New(-1, -0.25, 1), "−1 − ¼t + t² + O(t³)"},
		{"%v", jet.New(0.5, 0.5), "0.5 + ½t + O(t²)"},
		{"%v", jet.New(1, 1e-20, 1e21), "1 + 1e-20t + 1e+21t² + O(t³)"},

		// Fractions.
		{"%v", jet.Variable(0.0, 5).Sin(), "t − ⅙t³ + 0.008333333333333333t⁵ + O(t⁶)"},
		{"%v", jet.Variable(0.0, 6).Log1p(), "t − ½t² + ⅓t³ − ¼t⁴ + ⅕t⁵ − ⅙t⁶ + O(t⁷)"},
		{"%v", jet.New(0, 0.3333333333333334), "0.3333333333333334t + O(t²)"},
		{"%v", jet.New[float32](0.1, 1./3, 2./3, 0.1), "0.1 + ⅓t + ⅔t² + 0.1t³ + O(t⁴)"},

		// What is not known, and infinities.
		{"%v", jet.New(nan, 1, 2), "NaN"},
		{"%v", jet.New(1, 2, nan, 4), "1 + 2t + O(t²)"},
		{"%v", jet.New(0, nan, nan), "0 + O(t)"},
		{"%v", jet.New(0, inf, -inf), "Inf·t − Inf·t² + O(t³)"},
		{"%v", jet.New(-inf, inf), "−Inf + Inf·t + O(t²)"},
		{"%v", jet.Variable(0.0, 4).Sin().Div(jet.Variable(0.0, 4)), "1 − ⅙t² + O(t⁴)"},

		// Other coefficients.
		{"%v", nested, "(1+2ε) + (3-4ε)t² + O(t³)"},
		{"%.1f", nested, "(1.0+2.0ε) + (3.0-4.0ε)t² + O(t³)"},
		{"%v", jet.NewNested(dual.Float(1), -0.5), "1 − ½t + O(t²)"},
		{"%#v", jet.NewNested(dual.Float(1), -0.5), "jet.NewNested[dual.Float](1, -0.5)"},
		{"%v", jet.NewNested(jet.New(1.0, 2), jet.New(3.0)), "(1 + 2t + O(t²)) + 3t + O(t²)"},
		{"%v", jet.Nested[dual.Number64]{}, "0"},
		{"%v", jet.NewNested(dual.Number64{V: 1, D: 2}), "(1+2ε)"},
	} {
		if got := fmt.Sprintf(c.format, c.x); got != c.want {
			t.Errorf("Sprintf(%q, %T) = %q, want %q", c.format, c.x, got, c.want)
		}
	}
}
