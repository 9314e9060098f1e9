package reverse_test

import (
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/reverse"
)

var varMode = adtest.Mode[reverse.Var]{
	Name:  "Var",
	Order: 1,
	Derivatives: func(f func(reverse.Var) reverse.Var, x float64) []float64 {
		y, g := reverse.ValueAndGradient(nil, func(x []reverse.Var) reverse.Var { return f(x[0]) }, []float64{x})
		return []float64{y, g[0]}
	},
	Gradient: func(f func([]reverse.Var) reverse.Var, x []float64) (y float64, grad []float64) {
		return reverse.ValueAndGradient(nil, f, x)
	},
	PlainQuotients: true,
}

// nestedMode is reverse over forward: duals of tape variables, whose tangents
// are differentiated in turn. It has no Hessian, for a variable does not know
// whether it keeps its sign around a zero.
var nestedMode = adtest.Mode[dual.Nested[reverse.Var]]{
	Name:  "Nested[Var]",
	Order: 2,
	Derivatives: func(f func(dual.Nested[reverse.Var]) dual.Nested[reverse.Var], x float64) []float64 {
		var t reverse.Tape
		v := t.Var(x)
		y := f(dual.Variable(v))
		t.Backward(y.D)
		return []float64{y.V.Value(), y.D.Value(), t.Adjoint(v)}
	},
	Gradient: func(f func([]dual.Nested[reverse.Var]) dual.Nested[reverse.Var], x []float64) (y float64, grad []float64) {
		var t reverse.Tape
		v := t.Vars(nil, x)
		z := make([]dual.Nested[reverse.Var], len(x))
		for i := range z {
			z[i] = dual.Lift(v[i])
		}
		r := f(z)
		t.Backward(r.V)
		for i := range v {
			grad = append(grad, t.Adjoint(v[i]))
		}
		return r.Value(), grad
	},
	PlainQuotients: true,
	PlainProducts:  true,
}

func TestGolden(t *testing.T) {
	adtest.Golden(t, varMode)
	adtest.Golden(t, nestedMode)
}

func TestSweep(t *testing.T) {
	adtest.Sweep(t, varMode)
	adtest.Sweep(t, nestedMode)
}

func TestEdges(t *testing.T) {
	adtest.Edges(t, varMode)
	adtest.Edges(t, nestedMode)
}

func TestIdentities(t *testing.T) {
	adtest.Identities(t, varMode)
	adtest.Identities(t, nestedMode)
}

func TestSpecialValues(t *testing.T) {
	adtest.Special(t, varMode)
	adtest.Special(t, nestedMode)
}
