package hessian

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

// TestMinimize runs gonum's Minimize from compiled programs, with its methods and
// ours, to a gradient of 1e-5. The table is in docs/performance.md.
func TestMinimize(t *testing.T) {
	const threshold = 1e-5 // beyond it rounding of ENGVAL1 hides the descent from BFGS
	var table strings.Builder
	for _, name := range []string{"Rosenbrock", "Wood", "Powell singular", "LIARWHD", "ENGVAL1"} {
		var ref problem
		for _, p := range problems {
			if p.name == name {
				ref = p
			}
		}
		calls := 0
		p := Compile(func(x []Var) Var { calls++; return recorded[name](x) }, ref.x)
		products := 0
		hvp := func(dst, x, v []float64) { products++; p.HVP(dst, x, v) }
		for _, m := range []struct {
			name   string
			method optimize.Method
			most   int // iterations
		}{
			{"Newton", &optimize.Newton{}, 60},
			{"NewtonCG", &NewtonCG{HVP: hvp}, 120},
			{"TrustRegion", &TrustRegion{HVP: hvp}, 120},
			{"BFGS", &optimize.BFGS{}, 100},
		} {
			products = 0
			res, err := optimize.Minimize(p.Problem(), ref.x,
				&optimize.Settings{GradientThreshold: threshold, Converger: optimize.NeverTerminate{}}, m.method)
			if err != nil || res.Status != optimize.GradientThreshold || floats.Norm(res.Gradient, math.Inf(1)) > threshold {
				t.Errorf("%s, %s: %v after %d iterations: %v", name, m.name, res.Status, res.MajorIterations, err)
				continue
			}
			if math.Abs(res.F-ref.min) > 1e-6*(1e-2+math.Abs(ref.min)) || res.MajorIterations > m.most {
				t.Errorf("%s, %s: minimum %v, want %v, after %d iterations", name, m.name, res.F, ref.min, res.MajorIterations)
			}
			if newton := m.name == "Newton"; (res.HessEvaluations > 0) != newton || (products > 0) != (m.name == "NewtonCG" || m.name == "TrustRegion") {
				t.Errorf("%s, %s: %d Hessians and %d products", name, m.name, res.HessEvaluations, products)
			}
			fmt.Fprintf(&table, "| %s, %d | %s | %d | %d | %d | %d | %d |\n", name, len(ref.x), m.name, res.MajorIterations,
				res.FuncEvaluations, res.GradEvaluations, res.HessEvaluations, products)
		}
		if calls != 1 {
			t.Errorf("%s: the function was called %d times, want once", name, calls)
		}
	}
	t.Logf("\n| problem | method | iterations | values | gradients | Hessians | products |\n|---|---|---|---|---|---|---|\n%s", &table)
}
