package adtest

import (
	_ "embed"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// sweep.json holds derivatives 0 to 4 of every primitive of one argument all
// over its domain, from testdata/gen_sweep.py.
//
//go:embed testdata/sweep.json
var sweepJSON []byte

// beyondMath names the primitives that package math lacks.
var beyondMath = map[string]bool{
	"Erfcx": true, "Erfinv": true, "Digamma": true, "Logistic": true,
	"Softplus": true, "Sinc": true, "LambertW": true, "NormCDF": true,
	"LogNormCDF": true, "Polygamma 1": true, "Polygamma 3": true,
	"BesselI 0": true, "BesselI 3": true, "BesselK 0": true, "BesselK 2": true,
}

// Sweep checks every primitive of one argument against mpmath all over its
// domain, with the tolerances of [Golden]. On top of that an error of some
// units in the last place of the argument is allowed, for no arithmetic on
// float64 can avoid it next to a zero of the result.
func Sweep[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	var file map[string][]struct {
		X float64
		D []string
	}
	if err := json.Unmarshal(sweepJSON, &file); err != nil {
		t.Fatal(err)
	}
	funcs := primitives[T]()
	for name := range unary[T]() {
		if file[name] == nil {
			t.Errorf("sweep.json: no points for %s", name)
		}
	}
	for name, points := range file {
		f := funcs[name]
		if f == nil {
			t.Errorf("sweep.json: no function %q", name)
			continue
		}
		for _, p := range points {
			got := m.Derivatives(f, p.X)
			want := make([]float64, len(p.D))
			for k, s := range p.D {
				// What overflows parses as ±Inf, with an error to ignore.
				want[k], _ = strconv.ParseFloat(s, 64)
			}
			for k := 0; k <= m.Order && k < len(want); k++ {
				if !sweepClose(name, k, p.X, got[k], want) {
					t.Errorf("%s: %s(%g), derivative %d = %.17g, want %.17g (relative error %.2g)",
						m.Name, name, p.X, k, got[k], want[k], relErr(got[k], want[k]))
				}
			}
		}
	}
}

func sweepClose(name string, k int, x, got float64, want []float64) bool {
	w := want[k]
	if got == w {
		return true
	}
	if math.Abs(w) < 1e-290 && math.Abs(got) < 1e-290 {
		return true // the digits of subnormal numbers are few
	}
	if math.Abs(w) > 1e290 || k > 1 && k+1 < len(want) && math.Abs(want[k+1]) > 1e300 {
		return true // an intermediate result may overflow before the last one
	}
	tol := 1e-14
	switch {
	case k == 1 && beyondMath[name]:
		tol = 1e-13
	case k > 1:
		tol = 1e-12
	}
	allowed := tol * math.Abs(w)
	switch {
	case k+1 < len(want):
		allowed += 1e-15 * math.Abs(x*want[k+1])
	case want[k-1] != 0: // the next derivative, if they grow as before
		allowed += 1e-15 * math.Abs(x*w/want[k-1]*w)
	}
	return math.Abs(got-w) <= allowed
}
