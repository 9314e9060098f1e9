package jet_test

import (
	"testing"

	"github.com/dualjet/dualjet/jet"
)

// solve fails the test on an error.
func solve(t testing.TB, f func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64), y0 []float64, t0, t1 float64, s *jet.ODESettings) *jet.ODESolution {
	t.Helper()
	sol, err := jet.SolveODE(f, y0, t0, t1, s)
	if err != nil {
		t.Fatal(err)
	}
	return sol
}
