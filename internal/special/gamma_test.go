package special

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// gammaRow is a row of a golden table, arguments and value and possibly the
// scale of the error, see testdata/gen_gamma.py.
type gammaRow []float64

// gammaGolden reads the golden tables of a file.
func gammaGolden(t *testing.T, name string) map[string][]gammaRow {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string][]gammaRow
	if err := json.Unmarshal(b, &tables); err != nil {
		t.Fatal(err)
	}
	return tables
}

// gammaError returns |got-want| relative to max(|want|, scale). Subnormal
// values count with their absolute precision.
func gammaError(got, want, scale float64) float64 {
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return 0
	}
	e := math.Abs(got-want) / math.Max(math.Max(math.Abs(want), scale), 0x1p-1022)
	if math.IsNaN(e) {
		return math.Inf(1)
	}
	return e
}

// gammaSame reports whether a and b are equal, with the signs of zeros, or
// both NaN.
func gammaSame(a, b float64) bool {
	return a == b && math.Signbit(a) == math.Signbit(b) || math.IsNaN(a) && math.IsNaN(b)
}

// gammaCheck compares a function of the last arguments of each row with the
// table and reports the largest error.
func gammaCheck(t *testing.T, rows []gammaRow, nargs int, tol float64, f func(args []float64) float64) {
	t.Helper()
	if len(rows) < 200 {
		t.Errorf("only %d rows", len(rows))
	}
	worst, fails := 0.0, 0
	var at gammaRow
	for _, r := range rows {
		want, scale := r[nargs], 0.0
		if len(r) > nargs+1 {
			scale = r[nargs+1]
		}
		got := f(r[:nargs])
		e := gammaError(got, want, scale)
		if e > worst {
			worst, at = e, r
		}
		if e > tol {
			if fails++; fails < 10 {
				t.Errorf("%v: got %v want %v, error %.2g > %.2g", r[:nargs], got, want, e, tol)
			}
		}
	}
	t.Logf("%d rows, largest error %.2g at %v", len(rows), worst, at)
}

func TestGammaGolden(t *testing.T) {
	tables := gammaGolden(t, "gamma.json")
	// Γ is a product of a few factors of ½ ulp each: 2e-15 is 9 ulp.
	t.Run("Gamma", func(t *testing.T) {
		gammaCheck(t, tables["Gamma"], 1, 2e-15, func(a []float64) float64 { return Gamma(a[0]) })
	})
	// log Γ near its zeros is a difference of terms several times larger.
	t.Run("Lgamma", func(t *testing.T) {
		gammaCheck(t, tables["Lgamma"], 1, 4e-15, func(a []float64) float64 { return Lgamma(a[0]) })
	})
	// The error is compared with 1 near the curve B = 1.
	t.Run("Lbeta", func(t *testing.T) {
		gammaCheck(t, tables["Lbeta"], 2, 3e-15, func(a []float64) float64 { return Lbeta(a[0], a[1]) })
		gammaCheck(t, tables["Lbeta"], 2, 3e-15, func(a []float64) float64 { return Lbeta(a[1], a[0]) })
	})
}

func TestGammaSpecial(t *testing.T) {
	inf, nan, negz := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	for _, c := range []struct{ x, gamma, lgamma float64 }{
		{nan, nan, nan},
		{inf, inf, inf},
		{-inf, nan, -inf},
		{0, inf, inf},
		{negz, -inf, inf},
		{-1, nan, inf},
		{-2, nan, inf},
		{-171, nan, inf},
		{-1e10, nan, inf},
		{-1e300, nan, inf},
		{1, 1, 0},
		{2, 1, 0},
		{172, inf, 711.71472580229},
		{1e300, inf, 6.897755278982137e+302},
		{-200.5, 0, -864.738287870679716},
		{-201.5, negz, -870.044077252066453},
		{5e-324, inf, 744.4400719213812},
		{-5e-324, -inf, 744.4400719213812},
	} {
		g := Gamma(c.x)
		if c.x == -200.5 || c.x == -201.5 {
			if g != 0 {
				t.Errorf("Gamma(%v) = %v", c.x, g)
			}
			if math.Signbit(g) != math.Signbit(math.Gamma(c.x)) {
				t.Errorf("Gamma(%v) = %v, math.Gamma %v", c.x, g, math.Gamma(c.x))
			}
		} else if !gammaSame(g, c.gamma) {
			t.Errorf("Gamma(%v) = %v, want %v", c.x, g, c.gamma)
		}
		if l := Lgamma(c.x); gammaError(l, c.lgamma, 0) > 1e-15 || math.IsInf(c.lgamma, 0) && l != c.lgamma {
			t.Errorf("Lgamma(%v) = %v, want %v", c.x, l, c.lgamma)
		}
	}
	f := 1.0
	for n := 1; n < 23; n++ {
		if g := Gamma(float64(n)); g != f {
			t.Errorf("Gamma(%d) = %v, want %v", n, g, f)
		}
		f *= float64(n)
	}
}

func TestGammaIdentities(t *testing.T) {
	// Γ(x+1) = xΓ(x) for exact x+1, and log Γ likewise. Each side has an
	// error of some ulp.
	for x := -168.3125; x < 170; x += 0.328125 {
		if x == math.Floor(x) {
			continue
		}
		if e := gammaError(Gamma(x+1), x*Gamma(x), 0); e > 4e-15 {
			t.Errorf("Gamma(%v+1): error %g", x, e)
		}
		l := Lgamma(x)
		if e := gammaError(Lgamma(x+1), l+math.Log(math.Abs(x)), math.Abs(l)); e > 4e-15 {
			t.Errorf("Lgamma(%v+1): error %g", x, e)
		}
	}
	// B(x, y) = B(x+1, y) + B(x, y+1).
	for x := 0.125; x < 40; x *= 1.5 {
		for y := 0.25; y < 40; y *= 1.7 {
			b := math.Exp(Lbeta(x, y))
			if e := gammaError(math.Exp(Lbeta(x+1, y))+math.Exp(Lbeta(x, y+1)), b, 0); e > 5e-14 {
				t.Errorf("B(%v, %v): error %g", x, y, e)
			}
		}
	}
}

func TestLbetaSpecial(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct{ x, y, lbeta float64 }{
		{nan, 1, nan},
		{1, nan, nan},
		{0, 1, inf},
		{0, 0, inf},
		{inf, 1, -inf},
		{inf, inf, -inf},
		{inf, 0, nan},
		{1, inf, -inf},
		{1, 1, 0},
		{1, 2, -math.Ln2},
		{-0.5, 2.5, math.Log(1.5 * math.Pi)},
		{-1, 2.5, inf},
	} {
		if l := Lbeta(c.x, c.y); gammaError(l, c.lbeta, 0) > 1e-15 {
			t.Errorf("Lbeta(%v, %v) = %v, want %v", c.x, c.y, l, c.lbeta)
		}
		if l := Lbeta(c.y, c.x); gammaError(l, c.lbeta, 0) > 1e-15 {
			t.Errorf("Lbeta(%v, %v) = %v, want %v", c.y, c.x, l, c.lbeta)
		}
	}
}

func TestGammaAllocs(t *testing.T) {
	s := 0.0
	if n := testing.AllocsPerRun(10, func() {
		s += Gamma(-30.5) + Lgamma(-2.457) + Lbeta(3, 4) + Digamma(-3.5) + Polygamma(8, -3.2) +
			BesselJ(8, 7) + BesselY(8, 7) + BesselI(8, 70) + BesselK(8, 70)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkGammaFamily(b *testing.B) {
	for _, c := range []struct {
		name string
		f    func(x float64) float64
	}{
		{"Gamma", Gamma},
		{"Lgamma", Lgamma},
		{"Digamma", Digamma},
		{"Polygamma1", func(x float64) float64 { return Polygamma(1, x) }},
		{"Polygamma5", func(x float64) float64 { return Polygamma(5, x) }},
		{"BesselJ3", func(x float64) float64 { return BesselJ(3, x) }},
		{"BesselI0", func(x float64) float64 { return BesselI(0, x) }},
		{"BesselI3", func(x float64) float64 { return BesselI(3, x) }},
		{"BesselK3", func(x float64) float64 { return BesselK(3, x) }},
		{"Lbeta", func(x float64) float64 { return Lbeta(x, 3.5) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, x := 0.0, 0.1
			for b.Loop() {
				s += c.f(x)
				if x += 0.37; x > 30 {
					x -= 29.9
				}
			}
			_ = s
		})
	}
}
