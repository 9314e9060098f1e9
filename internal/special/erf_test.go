package special

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// erfRow is a row of a golden table written by testdata/gen_erf.py: the exact
// value of the k-th derivative of a function at x is hi+lo.
type erfRow struct {
	k      int
	x      float64
	hi, lo float64
}

func erfParse(s string) (float64, error) {
	return strconv.ParseFloat(s, 64)
}

func (r *erfRow) UnmarshalJSON(b []byte) error {
	var cols []any
	if err := json.Unmarshal(b, &cols); err != nil {
		return err
	}
	if len(cols) == 3 {
		k, ok := cols[0].(float64)
		if !ok {
			return fmt.Errorf("bad order in %s", b)
		}
		r.k = int(k)
		cols = cols[1:]
	}
	if len(cols) != 2 {
		return fmt.Errorf("bad row %s", b)
	}
	x, ok1 := cols[0].(string)
	y, ok2 := cols[1].(string)
	if !ok1 || !ok2 {
		return fmt.Errorf("bad row %s", b)
	}
	var err error
	if r.x, err = erfParse(x); err != nil {
		return err
	}
	hi, lo, found := strings.Cut(y, " ")
	if r.hi, err = erfParse(hi); err != nil {
		return err
	}
	if found {
		r.lo, err = erfParse(lo)
	}
	return err
}

// erfUlp returns the spacing of the float64 values at x.
func erfUlp(x float64) float64 {
	if x == 0 {
		return 0x1p-1074
	}
	_, e := math.Frexp(x)
	return math.Ldexp(1, max(e-53, -1074))
}

// erfCheckTable compares f with the table of the named function in a file of
// testdata. The error must not exceed tol(r) ulp of the exact value or, if it
// is larger, of scale(r); scale may be nil.
func erfCheckTable(t *testing.T, file, name string, f func(k int, x float64) float64, tol, scale func(r erfRow) float64) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]json.RawMessage
	if err := json.Unmarshal(b, &tables); err != nil {
		t.Fatal(err)
	}
	var rows []erfRow
	if err := json.Unmarshal(tables[name], &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) < 200 {
		t.Fatalf("%s: only %d rows", name, len(rows))
	}
	worst := 0.0
	var at erfRow
	for _, r := range rows {
		got := f(r.k, r.x)
		if math.IsInf(r.hi, 0) || math.IsInf(got, 0) || math.IsNaN(got) {
			if got != r.hi {
				t.Errorf("%s(%d, %v) = %v, want %v", name, r.k, r.x, got, r.hi)
			}
			continue
		}
		ref := math.Abs(r.hi)
		if scale != nil {
			ref = math.Max(ref, scale(r))
		}
		e := math.Abs((got-r.hi)-r.lo) / erfUlp(ref)
		if e > worst {
			worst, at = e, r
		}
		if e > tol(r) {
			t.Errorf("%s(%d, %v) = %v, want %v: error %.2f ulp, tolerance %.2f", name, r.k, r.x, got, r.hi, e, tol(r))
		}
	}
	t.Logf("%s: worst of %d errors is %.3f ulp at (%d, %v)", name, len(rows), worst, at.k, at.x)
}

// erfConst returns a constant tolerance.
func erfConst(tol float64) func(erfRow) float64 {
	return func(erfRow) float64 { return tol }
}

// erfPlain adapts a function without order.
func erfPlain(f func(float64) float64) func(int, float64) float64 {
	return func(_ int, x float64) float64 { return f(x) }
}

// erfSame reports whether a and b are the same number, with the sign of zeros,
// or both NaN.
func erfSame(a, b float64) bool {
	if math.IsNaN(a) || math.IsNaN(b) {
		return math.IsNaN(a) && math.IsNaN(b)
	}
	return a == b && math.Signbit(a) == math.Signbit(b)
}

// erfClose reports whether a and b differ by at most tol relative to the
// larger of them and floor.
func erfClose(a, b, tol, floor float64) bool {
	return a == b || math.Abs(a-b) <= tol*math.Max(math.Max(math.Abs(a), math.Abs(b)), floor)
}

// erfSpecial is a case of a table of special values.
type erfSpecial struct{ x, want float64 }

func erfCheckSpecial(t *testing.T, name string, f func(float64) float64, cases []erfSpecial) {
	t.Helper()
	for _, c := range append(cases, erfSpecial{math.NaN(), math.NaN()}) {
		if got := f(c.x); !erfSame(got, c.want) {
			t.Errorf("%s(%v) = %v, want %v", name, c.x, got, c.want)
		}
	}
}

var (
	erfInf   = math.Inf(1)
	erfNegZ  = math.Copysign(0, -1)
	erfDenom = 5e-324
)

// The tolerances are the errors seen in sweeps of thousands of points, rounded
// up. Functions built on erfExp and erfcxPair are rounded about once, hence less
// than 1 ulp, also where the result is subnormal.

// erfExpNegSqr returns exp(-x²), the factor of all functions of the family.
func erfExpNegSqr(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x < -27.3 || 27.3 < x:
		return 0
	}
	h, l := erfSqr(x)
	hi, lo, k := erfExp(-h, -l)
	return erfScaleSum(hi, lo, k)
}

func TestExpNegSqrGolden(t *testing.T) {
	erfCheckTable(t, "erf.json", "ExpNegSqr", erfPlain(erfExpNegSqr), erfConst(0.9), nil)
}

func TestErfcGolden(t *testing.T) {
	// math.Erfc, used for x < 0.25, has an error below 1 ulp there.
	erfCheckTable(t, "erf.json", "Erfc", erfPlain(Erfc), erfConst(1), nil)
}

func TestErfcxGolden(t *testing.T) {
	// The part approximated by a rational function is the larger part of the
	// denominator near 0 and may be in error by half an ulp there.
	erfCheckTable(t, "erf.json", "Erfcx", erfPlain(Erfcx), erfConst(1), nil)
}

func TestErfinvGolden(t *testing.T) {
	// The error of math.Erf, below 0.8 ulp, is that of the residual for
	// |x| <= 0.5.
	erfCheckTable(t, "erf.json", "Erfinv", erfPlain(Erfinv), func(r erfRow) float64 {
		if math.Abs(r.x) <= 0.5 {
			return 1.75
		}
		return 1.1
	}, nil)
}

func TestErfcxDerivativeGolden(t *testing.T) {
	// Each order adds the roundings of a ratio or of a step of the recurrence.
	erfCheckTable(t, "erf.json", "ErfcxDerivative", ErfcxDerivative, func(r erfRow) float64 {
		switch {
		case r.k == 0:
			return 1
		case r.k <= 8:
			return 3 + float64(r.k)
		}
		return 16
	}, nil)
}

func TestErfSpecial(t *testing.T) {
	erfCheckSpecial(t, "ExpNegSqr", erfExpNegSqr, []erfSpecial{
		{0, 1}, {erfNegZ, 1}, {erfInf, 0}, {-erfInf, 0}, {math.MaxFloat64, 0}, {-math.MaxFloat64, 0},
		{erfDenom, 1}, {-erfDenom, 1}, {1e-160, 1}, {27.29, erfDenom}, {-27.29, erfDenom}, {27.3, 0}, {1e155, 0},
	})
	erfCheckSpecial(t, "Erfc", Erfc, []erfSpecial{
		{0, 1}, {erfNegZ, 1}, {erfInf, 0}, {-erfInf, 2}, {math.MaxFloat64, 0}, {-math.MaxFloat64, 2},
		{erfDenom, 1}, {27.3, 0}, {-6, 2},
	})
	erfCheckSpecial(t, "Erfcx", Erfcx, []erfSpecial{
		{0, 1}, {erfNegZ, 1}, {erfInf, 0}, {-erfInf, erfInf}, {-27, erfInf}, {-26.63, erfInf},
		{-math.MaxFloat64, erfInf}, {erfDenom, 1}, {-erfDenom, 1}, {math.MaxFloat64, erfInvSqrtPiHi / math.MaxFloat64},
	})
	erfCheckSpecial(t, "Erfinv", Erfinv, []erfSpecial{
		{0, 0}, {erfNegZ, erfNegZ}, {1, erfInf}, {-1, -erfInf}, {erfDenom, erfDenom}, {-erfDenom, -erfDenom},
		{math.Nextafter(1, 2), math.NaN()}, {math.Nextafter(-1, -2), math.NaN()}, {2, math.NaN()},
		{erfInf, math.NaN()}, {-erfInf, math.NaN()},
	})
	for k := 0; k <= 20; k++ {
		sign := 1.0
		if k&1 == 1 {
			sign = -1
		}
		erfCheckSpecial(t, fmt.Sprint("ErfcxDerivative ", k), func(x float64) float64 { return ErfcxDerivative(k, x) },
			[]erfSpecial{{erfInf, math.Copysign(0, sign)}, {-erfInf, sign * erfInf}, {-27, sign * erfInf}})
		// (-2)**k·k!·iᵏerfc(0) = (-1)**k·k!/Γ(k/2+1).
		want := sign * math.Gamma(float64(k+1)) / math.Gamma(float64(k)/2+1)
		for _, x := range []float64{0, erfNegZ, erfDenom, -erfDenom, 1e-200} {
			if got := ErfcxDerivative(k, x); !erfClose(got, want, 2e-15, 0) {
				t.Errorf("ErfcxDerivative(%d, %v) = %v, want %v", k, x, got, want)
			}
		}
		if k > 0 {
			if got := ErfcxDerivative(k, math.MaxFloat64); !(math.Abs(got) < 1e-307) {
				t.Errorf("ErfcxDerivative(%d, Max) = %v", k, got)
			}
		}
	}
}

func TestErfcxDerivativePanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic for a negative order")
		}
	}()
	ErfcxDerivative(-1, 1)
}

func TestErfIdentities(t *testing.T) {
	// x² is exact for multiples of 1/64.
	for i := -1700; i <= 1700; i++ {
		x := float64(i) / 64
		if got, want := erfExpNegSqr(x), math.Exp(-x*x); !erfClose(got, want, 3*0x1p-52, 0x1p-1022) {
			t.Errorf("exp(-x²) at %v is %v, math.Exp(-x²) = %v", x, got, want)
		}
	}
	for x := -26.5; x < 26.5; x += 0.0173 {
		// math.Erfc is good to 2.6 ulp.
		if got, want := Erfcx(x)*erfExpNegSqr(x), math.Erfc(x); !erfClose(got, want, 4*0x1p-52, 0x1p-1020) {
			t.Errorf("Erfcx(%v)·exp(-x²) = %v, erfc(x) = %v", x, got, want)
		}
		if got, want := Erfc(x), math.Erfc(x); !erfClose(got, want, 3.5*0x1p-52, 0x1p-1020) {
			t.Errorf("Erfc(%v) = %v, math.Erfc(x) = %v", x, got, want)
		}
	}
	for x := -0.9999; x < 1; x += 0.000317 {
		// The error of Erfinv is multiplied by x's condition, below 2.
		if got := math.Erf(Erfinv(x)); !erfClose(got, x, 4*0x1p-52, 0) {
			t.Errorf("erf(Erfinv(%v)) = %v", x, got)
		}
		if Erfinv(-x) != -Erfinv(x) {
			t.Errorf("Erfinv(%v) is not odd", x)
		}
	}
	// y_{k+1} = 2x·y_k + 2k·y_{k-1}.
	for k := 1; k <= 12; k++ {
		for x := -10.0; x < 30; x += 0.093 {
			a, b := 2*x*ErfcxDerivative(k, x), 2*float64(k)*ErfcxDerivative(k-1, x)
			c := ErfcxDerivative(k+1, x)
			if math.Abs(a+b-c) > 1e-14*(math.Abs(a)+math.Abs(b)) {
				t.Errorf("recurrence of ErfcxDerivative fails for k = %d, x = %v: %v, %v", k, x, c, a+b)
			}
		}
	}
}

func TestErfAllocs(t *testing.T) {
	sum := 0.0
	n := testing.AllocsPerRun(10, func() {
		for x := -3.3; x < 12; x += 0.7 {
			sum += Erfc(x) + Erfcx(x) + ErfcxDerivative(3, x) + Erfinv(x/12) + NormCDF(x) +
				LogNormCDF(x) + Logistic(x) + Softplus(x) + Sinc(x) + SincDerivative(5, x) + LambertW(x)
		}
	})
	if n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
