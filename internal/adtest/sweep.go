package adtest

import (
	_ "embed"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// sweep.json holds derivatives 0 to 9 of every primitive of one argument all
// over its domain, from testdata/gen_sweep.py.
//
//go:embed testdata/sweep.json
var sweepJSON []byte

// A sweepPoint is a row [x, "f(x)", "f'(x)", …] of sweep.json.
type sweepPoint struct {
	x float64
	d []float64
}

func (p *sweepPoint) UnmarshalJSON(b []byte) error {
	var s []json.Number
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	p.d = make([]float64, len(s)-1)
	for k := range p.d {
		// What overflows parses as ±Inf, with an error to ignore.
		p.d[k], _ = strconv.ParseFloat(string(s[k+1]), 64)
	}
	var err error
	p.x, err = s[0].Float64()
	return err
}

// beyondMath names the primitives that package math lacks.
var beyondMath = map[string]bool{
	"Erfcx": true, "Erfinv": true, "Digamma": true, "Logistic": true,
	"Softplus": true, "Sinc": true, "LambertW": true, "NormCDF": true,
	"LogNormCDF": true, "Polygamma 1": true, "Polygamma 3": true,
	"BesselI 0": true, "BesselI 3": true, "BesselK 0": true, "BesselK 2": true,
}

// Sweep checks every primitive of one argument against mpmath all over its
// domain, up to order 8, with the tolerances of [Golden]: 1e-14 at orders 0 and
// 1, 1e-13 at order 1 for functions that package math lacks, 1e-12 above. On top
// of that it allows what no arithmetic on float64 can avoid next to a zero of
// the result: an error of some units in the last place of the argument and, from
// order 5 on, 3e-13 of the geometric mean of the neighbouring derivatives, the
// size of the terms that cancel in a recurrence.
func Sweep[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	var file map[string][]sweepPoint
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
			got := m.Derivatives(f, p.x)
			for k := 0; k <= m.Order && k+1 < len(p.d); k++ {
				if !sweepClose(name, k, p.x, got[k], p.d) {
					t.Errorf("%s: %s(%g), derivative %d = %.17g, want %.17g (relative error %.2g)",
						m.Name, name, p.x, k, got[k], p.d[k], relErr(got[k], p.d[k]))
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
	if math.Abs(w) > 1e290 || k > 1 && math.Abs(want[k+1]) > 1e300 {
		return true // an intermediate result may overflow before the last one
	}
	tol := 1e-14
	switch {
	case k == 1 && beyondMath[name]:
		tol = 1e-13
	case k > 1:
		tol = 1e-12
	}
	allowed := tol*math.Abs(w) + 1e-15*math.Abs(x*want[k+1])
	if k >= 5 {
		allowed += 3e-13 * math.Sqrt(math.Abs(want[k-1])) * math.Sqrt(math.Abs(want[k+1]))
	}
	return math.Abs(got-w) <= allowed
}
