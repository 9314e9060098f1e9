package dual_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

func TestFormat(t *testing.T) {
	n := dual.Number64{V: 1.5, D: -2}
	inf := dual.Number64{V: math.Inf(1), D: math.Inf(1)}
	for _, c := range []struct {
		format string
		x      any
		want   string
	}{
		{"%v", n, "(1.5-2ε)"},
		{"%g", n, "(1.5-2ε)"},
		{"%.3f", n, "(1.500-2.000ε)"},
		{"%+.1e", n, "(+1.5e+00-2.0e+00ε)"},
		{"%6.2f", n, "(  1.50 -2.00ε)"},
		{"%v", inf, "(+Inf+Infε)"},
		{"%v", dual.Number64{V: math.NaN(), D: math.NaN()}, "(NaN+NaNε)"},
		{"%v", dual.Number[float32]{V: 0.1, D: 1}, "(0.1+1ε)"},
		{"%v", dual.Number3{V: 1, D1: 2, D2: 3, D3: -4}, "(1+2ε₁+3ε₂-4ε₃)"},
		{"%.1f", dual.Hyper{V: 1, D1: 2, D2: 3, D12: -4}, "(1.0+2.0ε₁+3.0ε₂-4.0ε₁ε₂)"},
		{"%v", nest1{V: 1, D: -2}, "(1-2ε)"},
		{"%v", nest2{V: nest1{V: 1, D: 2}, D: nest1{V: -3, D: 4}}, "((1+2ε)+(-3+4ε)ε)"},
		{"%.2f", dual.Nested[dual.Number64]{V: n, D: n}, "((1.50-2.00ε)+(1.50-2.00ε)ε)"},
		{"%v", dual.Float(0.25), "0.25"},
		{"%#v", n, "dual.Number[float64]{V:1.5, D:-2}"},
		{"%#v", dual.Number3{V: 1}, "dual.Number3{V:1, D1:0, D2:0, D3:0}"},
		{"%#v", dual.Hyper{V: 1}, "dual.Hyper{V:1, D1:0, D2:0, D12:0}"},
		{"%#v", nest1{V: 1, D: 2}, "dual.Nested[github.com/dualjet/dualjet/dual.Float]{V:1, D:2}"},
		{"%d", n, "(%!d(float64=1.5)+%!d(float64=-2)ε)"},
	} {
		if got := fmt.Sprintf(c.format, c.x); got != c.want {
			t.Errorf("Sprintf(%q, %T) = %q, want %q", c.format, c.x, got, c.want)
		}
	}
}
