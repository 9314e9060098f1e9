package jet_test

import (
	_ "embed"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

// order40.json holds Taylor coefficients 0 to 40 of every primitive at one
// point, from testdata/gen_order40.py.
//
//go:embed testdata/order40.json
var order40JSON []byte

func TestOrder40(t *testing.T) {
	var file map[string]struct {
		X float64
		C []string
	}
	if err := json.Unmarshal(order40JSON, &file); err != nil {
		t.Fatal(err)
	}
	for name, f := range adtest.Unary[jet.Jet64]() {
		e, ok := file[name]
		if !ok {
			t.Errorf("order40.json lacks %s", name)
			continue
		}
		want := make([]float64, len(e.C))
		for k, s := range e.C {
			var err error
			if want[k], err = strconv.ParseFloat(s, 64); err != nil {
				t.Fatal(err)
			}
		}
		got := f(jet.Variable(e.X, 40))
		other := adtest.Unary[jet.Nested[dual.Float]]()[name](jet.NestedVariable(dual.Float(e.X), 40))
		worst := 0.0
		for k, w := range want {
			// A coefficient that is small beside its neighbours has an
			// error like theirs.
			scale := math.Abs(w)
			if k > 0 {
				scale = max(scale, math.Abs(want[k-1]))
			}
			if k+1 < len(want) {
				scale = max(scale, math.Abs(want[k+1]))
			}
			worst = max(worst, math.Abs(got.Coeff(k)-w)/scale)
			if e := math.Abs(got.Coeff(k) - w); !(e <= 1e-12*scale) {
				t.Errorf("%s at %g: coefficient %d = %g, want %g (error %.1e)", name, e, k, got.Coeff(k), w, e/scale)
			}
			if e := math.Abs(other.Coeff(k).Value() - w); !(e <= 1e-12*scale) {
				t.Errorf("%s at %g, Nested: coefficient %d = %g, want %g (error %.1e)", name, e, k, other.Coeff(k), w, e/scale)
			}
		}
		t.Logf("%s: largest error %.1e", name, worst)
	}
}
