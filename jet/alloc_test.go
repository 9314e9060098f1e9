package jet_test

import (
	"testing"

	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

// TestAllocs checks that no method allocates in a workspace.
func TestAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	var w jet.Workspace[float64]
	for name, f := range adtest.Primitives[jet.Jet64]() {
		for _, x := range []float64{0.7, 1, 0} {
			n := testing.AllocsPerRun(10, func() {
				w.Reset()
				f(w.Variable(x, 8))
			})
			if n > 0 {
				t.Errorf("%s at %g: %v allocations", name, x, n)
			}
		}
	}
}
