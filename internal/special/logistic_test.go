package special

import (
	"math"
	"testing"
)

func TestLogisticGolden(t *testing.T) {
	// One rounding, and the error of the exponential.
	erfCheckTable(t, "logistic.json", "Logistic", erfPlain(Logistic), erfConst(0.9), nil)
	// The error of math.Log1p, below 0.8 ulp, and one rounding.
	erfCheckTable(t, "logistic.json", "Softplus", erfPlain(Softplus), erfConst(1.3), nil)
}

func TestLogisticSpecial(t *testing.T) {
	erfCheckSpecial(t, "Logistic", Logistic, []erfSpecial{
		{0, 0.5}, {erfNegZ, 0.5}, {erfDenom, 0.5}, {-erfDenom, 0.5}, {erfInf, 1}, {-erfInf, 0},
		{745, 1}, {-745.1, erfDenom}, {-745.2, 0}, {-747, 0}, {math.MaxFloat64, 1}, {-math.MaxFloat64, 0},
	})
	erfCheckSpecial(t, "Softplus", Softplus, []erfSpecial{
		{0, math.Ln2}, {erfNegZ, math.Ln2}, {erfDenom, math.Ln2}, {-erfDenom, math.Ln2}, {erfInf, erfInf},
		{-erfInf, 0}, {745, 745}, {-745.1, erfDenom}, {-745.2, 0}, {-747, 0},
		{math.MaxFloat64, math.MaxFloat64}, {-math.MaxFloat64, 0},
	})
}

func TestLogisticIdentities(t *testing.T) {
	const eps = 0x1p-52
	for x := -720.0; x < 720; x += 0.131 {
		p := Logistic(x)
		if s := p + Logistic(-x); !erfClose(s, 1, eps, 0) {
			t.Errorf("Logistic(%v) + Logistic(-x) = %v", x, s)
		}
		s := Softplus(x)
		if d := s - Softplus(-x); !erfClose(d, x, 3*eps, 1) {
			t.Errorf("Softplus(%v) - Softplus(-x) = %v", x, d)
		}
		// The exponent has an absolute error of up to 1 ulp of x.
		if q := math.Exp(x - s); !erfClose(p, q, eps*(3+math.Abs(x)), 0x1p-1015) {
			t.Errorf("Logistic(%v) = %v, exp(x - Softplus(x)) = %v", x, p, q)
		}
	}
}
