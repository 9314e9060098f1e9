package special

import (
	"math"
	"testing"
)

func TestLambertWGolden(t *testing.T) {
	// One rounding and the error of the rational approximation, which is
	// amplified up to 1.4-fold by x + x·(exp(-w)-1) for x near 0.6, or that
	// of the correction term, which is as large as that of math.Log.
	erfCheckTable(t, "lambertw.json", "LambertW", erfPlain(LambertW), erfConst(2.5), nil)
}

func TestLambertWSpecial(t *testing.T) {
	nan := math.NaN()
	min := -1 / math.E
	erfCheckSpecial(t, "LambertW", LambertW, []erfSpecial{
		{0, 0}, {erfNegZ, erfNegZ}, {erfInf, erfInf}, {-erfInf, nan}, {-1, nan}, {-math.MaxFloat64, nan},
		{min, -1}, {math.Nextafter(min, -1), nan}, {-0.5, nan}, {erfDenom, erfDenom}, {-erfDenom, -erfDenom},
		{math.E, 1}, {1e-20, 1e-20}, {-1e-20, -1e-20}, {1, 0.5671432904097838},
	})
}

func TestLambertWIdentities(t *testing.T) {
	const eps = 0x1p-52
	check := func(x float64) {
		t.Helper()
		w := LambertW(x)
		// The relative error of w is multiplied by 1+w, and exp(w) has one of
		// up to 1.5 ulp.
		if got := w * math.Exp(w); !erfClose(got, x, eps*(4+2.5*math.Abs(1+w)), 0) {
			t.Errorf("w = LambertW(%v) = %v: w·exp(w) = %v", x, w, got)
		}
	}
	for x := -0.36787; x < 3; x += 0.00037 {
		check(x)
	}
	for x := 1e-300; x < 1e300; x *= 1.37 {
		check(x)
		if x < 0.3 {
			check(-x)
		}
	}
	// W increases.
	prev := -1.0
	for x := math.Nextafter(lambertMin, 0); x < -0.367; x += 1e-16 + (x-lambertMin)*0.01 {
		w := LambertW(x)
		if !(w > prev) {
			t.Errorf("LambertW(%v) = %v is not above %v", x, w, prev)
		}
		prev = w
	}
}
