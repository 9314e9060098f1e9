package special

import (
	"fmt"
	"math"
	"testing"
)

func TestSincGolden(t *testing.T) {
	// math.Sin has an error below 1.5 ulp of the binade of its largest value
	// 1, but near its zeros only an absolute one. The scale is a tenth of the
	// amplitude.
	erfCheckTable(t, "sinc.json", "Sinc", erfPlain(Sinc), func(r erfRow) float64 {
		if math.Abs(r.x) < 1 {
			return 1
		}
		return 8
	}, func(r erfRow) float64 {
		return 0.1 / math.Max(1, math.Abs(r.x))
	})
	// As for Sinc, with the errors of the steps in addition; 1e-14 is 45 to
	// 90 ulp. The scale is a tenth of the amplitude, which is 1/(k+1) or 1/|x|
	// whichever is less, or, where x is small, a tenth of the leading term.
	erfCheckTable(t, "sinc.json", "SincDerivative", SincDerivative, erfConst(32), func(r erfRow) float64 {
		a := math.Abs(r.x)
		return 0.1 * math.Min(1, a) / math.Max(a, float64(r.k+1))
	})
}

func TestSincSpecial(t *testing.T) {
	erfCheckSpecial(t, "Sinc", Sinc, []erfSpecial{
		{0, 1}, {erfNegZ, 1}, {erfInf, 0}, {-erfInf, 0}, {erfDenom, 1}, {-erfDenom, 1}, {1e-9, 1},
		{math.Pi / 2, 2 / math.Pi}, {-math.Pi / 2, 2 / math.Pi},
	})
	for k := 1; k <= 60; k++ {
		at0 := 0.0
		switch k & 3 {
		case 0:
			at0 = 1 / float64(k+1)
		case 2:
			at0 = -1 / float64(k+1)
		}
		for _, x := range []float64{0, erfNegZ} {
			if got := SincDerivative(k, x); got != at0 {
				t.Errorf("SincDerivative(%d, %v) = %v, want %v", k, x, got, at0)
			}
		}
		erfCheckSpecial(t, fmt.Sprint("SincDerivative ", k), func(x float64) float64 { return SincDerivative(k, x) },
			[]erfSpecial{{erfInf, 0}, {-erfInf, 0}})
		// For large x the derivative is that of sin(x), over x.
		sin, cos := math.Sincos(1e300)
		want := [...]float64{sin, cos, -sin, -cos}[k&3] / 1e300
		if got := SincDerivative(k, 1e300); got != want {
			t.Errorf("SincDerivative(%d, 1e300) = %v, want %v", k, got, want)
		}
	}
}

func TestSincDerivativePanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic for a negative order")
		}
	}()
	SincDerivative(-1, 1)
}

func TestSincIdentities(t *testing.T) {
	for x := -50.0; x < 50; x += 0.0371 {
		sin, cos := math.Sincos(x)
		if got := x * Sinc(x); !erfClose(got, sin, 1e-15, 0) {
			t.Errorf("%v·Sinc(x) = %v, sin(x) = %v", x, got, sin)
		}
		// x·s_k + k·s_{k-1} = sin(x+kπ/2), and parity.
		for k := 1; k <= 60; k++ {
			s := SincDerivative(k, x)
			want := [...]float64{sin, cos, -sin, -cos}[k&3]
			if got := x*s + float64(k)*SincDerivative(k-1, x); math.Abs(got-want) > 4e-15 {
				t.Errorf("recurrence of SincDerivative fails for k = %d, x = %v: %v, %v", k, x, got, want)
			}
			if k&1 == 1 {
				s = -s
			}
			if got := SincDerivative(k, -x); got != s {
				t.Errorf("SincDerivative(%d, %v) = %v, want %v", k, -x, got, s)
			}
		}
	}
}
