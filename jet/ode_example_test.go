package jet_test

import (
	"errors"
	"fmt"
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"gonum.org/v1/gonum/mat"
)

// A pendulum, with its period.
func ExampleSolveODE() {
	pendulum := func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) {
		dst[0], dst[1] = y[1], y[0].Sin().Neg()
	}
	sol, err := jet.SolveODE(pendulum, []float64{math.Pi / 2, 0}, 0, 10, &jet.ODESettings{
		Events: []jet.ODEEvent{{
			G:         func(_ jet.Jet64, y []jet.Jet64) jet.Jet64 { return y[1] },
			Direction: -1, // at the top, on the right
			Terminal:  true,
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("period      %.12f\n", sol.End())
	fmt.Printf("after half  %.12f\n", sol.At(nil, sol.End()/2)[0])
	fmt.Printf("fastest     %.12f\n", sol.DerivativeAt(nil, sol.End()/4, 1)[0])
	// Output:
	// period      7.416298709205
	// after half  -1.570796326795
	// fastest     -1.414213562373
}

// A solution that does not exist for long.
func ExampleODEError() {
	f := func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0].Sqr() }
	sol, err := jet.SolveODE(f, []float64{1}, 0, 2, &jet.ODESettings{MinStep: 1e-6})
	var e *jet.ODEError
	if errors.As(err, &e) {
		fmt.Printf("%v at %.4f\n", e.Err, e.T)
	}
	fmt.Printf("y(0.9) = %.12f\n", sol.At(nil, 0.9)[0])
	// Output:
	// step too small at 1.0000
	// y(0.9) = 10.000000000000
}

// Growth with a limit, and how the result depends on the start and on both
// parameters.
func ExampleSolveODESensitivity() {
	type num = jet.Nested[dual.Number3]
	f := func(dst []num, _ num, y, p []num) {
		rate, limit := p[0], p[1]
		dst[0] = rate.Mul(y[0]).Mul(y[0].Div(limit).Neg().AddConst(1))
	}
	sol, err := jet.SolveODESensitivity(f, []float64{0.2}, []float64{1.3, 4}, 0, 3, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("y(3)   %.6f\n", sol.Final(nil)[0])
	fmt.Printf("start  %.6f\n", mat.Formatted(sol.InitialAt(nil, 3)))
	fmt.Printf("params %.6f\n", mat.Formatted(sol.ParamsAt(nil, 3)))
	// Output:
	// y(3)   2.888929
	// start  [4.223429]
	// params [2.407354  0.511061]
}
