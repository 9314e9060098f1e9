package special

import (
	"math"
	"testing"
)

func TestNormalGolden(t *testing.T) {
	// One rounding and the error of erfcxPair.
	erfCheckTable(t, "normal.json", "NormCDF", erfPlain(NormCDF), erfConst(1), nil)
	// The errors of math.Log and math.Log1p, below 0.8 ulp, and one rounding.
	erfCheckTable(t, "normal.json", "LogNormCDF", erfPlain(LogNormCDF), erfConst(1.5), nil)
}

func TestNormalSpecial(t *testing.T) {
	erfCheckSpecial(t, "NormCDF", NormCDF, []erfSpecial{
		{0, 0.5}, {erfNegZ, 0.5}, {erfDenom, 0.5}, {-erfDenom, 0.5}, {erfInf, 1}, {-erfInf, 0},
		{9, 1}, {38.6, 1}, {-38.6, 0}, {-38.5, 0}, {math.MaxFloat64, 1}, {-math.MaxFloat64, 0},
	})
	erfCheckSpecial(t, "LogNormCDF", LogNormCDF, []erfSpecial{
		{0, -math.Ln2}, {erfNegZ, -math.Ln2}, {erfDenom, -math.Ln2}, {-erfDenom, -math.Ln2},
		{erfInf, erfNegZ}, {-erfInf, -erfInf}, {40, erfNegZ}, {math.MaxFloat64, erfNegZ},
		{-math.MaxFloat64, -erfInf}, {-1e155, -erfInf}, {-0x1p511, -0x1p1021}, {-0x1p40, -0x1p79},
	})
}

func TestNormalIdentities(t *testing.T) {
	const eps = 0x1p-52
	for x := -38.0; x < 38; x += 0.0113 {
		p := NormCDF(x)
		if s := p + NormCDF(-x); !erfClose(s, 1, eps, 0) {
			t.Errorf("NormCDF(%v) + NormCDF(-x) = %v", x, s)
		}
		// The rounding of x/√2 costs x² ulp here.
		if q := 0.5 * math.Erfc(-x/math.Sqrt2); !erfClose(p, q, eps*(4+x*x), 0x1p-1020) {
			t.Errorf("NormCDF(%v) = %v, erfc(-x/√2)/2 = %v", x, p, q)
		}
		// exp(LogNormCDF) has an absolute error of the logarithm.
		l := LogNormCDF(x)
		if q := math.Exp(l); !erfClose(p, q, eps*(2-2*l), 0x1p-1020) {
			t.Errorf("NormCDF(%v) = %v, exp(LogNormCDF(x)) = %v", x, p, q)
		}
	}
}
