package mixed

import (
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// TestLimit checks that programs which are too large panic, with a smaller limit
// than the true one.
func TestLimit(t *testing.T) {
	for name, f := range map[string]func(x Var) Var{
		"operations": func(x Var) Var { return x.Sin() },
		"parameters": func(x Var) Var { return dual.Poly(x, make([]float64, 50)) },
		"operands":   func(x Var) Var { return dual.Sum([]Var{x, x, x, x, x, x, x, x}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if r := recover(); r != errLimit {
					t.Errorf("panics with %v, want %v", r, errLimit)
				}
			}()
			r := recorder{limit: 1000}
			r.run(func(x []Var) Var {
				y := x[0]
				for range 2000 {
					y = f(y)
				}
				return y
			}, nil, []float64{1})
		})
	}
}

// TestNames checks that every operation has a name.
func TestNames(t *testing.T) {
	for c := range opBinaryEnd {
		if c != opUnaryEnd && c != opStepEnd && c.String() == "" {
			t.Errorf("operation %d has no name", c)
		}
	}
}
