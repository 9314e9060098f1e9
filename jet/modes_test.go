package jet_test

import (
	"fmt"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

// jetMode differentiates with jets of the given order: a gradient one direction
// at a time, second derivatives by polarization.
func jetMode(order int) adtest.Mode[jet.Jet64] {
	m := adtest.Mode[jet.Jet64]{
		Name:        fmt.Sprintf("Jet of order %d", order),
		Order:       order,
		Directional: true,
		Derivatives: func(f func(jet.Jet64) jet.Jet64, x float64) []float64 {
			y := f(jet.Variable(x, order))
			d := make([]float64, order+1)
			for k := range d {
				d[k] = y.Derivative(k)
			}
			return d
		},
	}
	line := func(f func([]jet.Jet64) jet.Jet64, x, v []float64) jet.Jet64 {
		w := make([]jet.Jet64, len(x))
		for i := range x {
			c := make([]float64, order+1)
			c[0], c[1] = x[i], v[i]
			w[i] = jet.New(c...)
		}
		return f(w)
	}
	m.Gradient = func(f func([]jet.Jet64) jet.Jet64, x []float64) (y float64, grad []float64) {
		for i := range x {
			v := make([]float64, len(x))
			v[i] = 1
			z := line(f, x, v)
			y, grad = z.Value(), append(grad, z.Coeff(1))
		}
		return y, grad
	}
	return m
}

// nestedMode is jetMode with coefficients of type dual.Float.
func nestedMode(order int) adtest.Mode[jet.Nested[dual.Float]] {
	type num = jet.Nested[dual.Float]
	return adtest.Mode[num]{
		Name:        fmt.Sprintf("Nested[Float] of order %d", order),
		Order:       order,
		Directional: true,
		Derivatives: func(f func(num) num, x float64) []float64 {
			y := f(jet.NestedVariable(dual.Float(x), order))
			d := make([]float64, order+1)
			for k := range d {
				d[k] = y.Derivative(k).Value()
			}
			return d
		},
		Gradient: func(f func([]num) num, x []float64) (y float64, grad []float64) {
			for i := range x {
				w := make([]num, len(x))
				for j, v := range x {
					w[j] = jet.NewNested(dual.Float(v))
				}
				w[i] = jet.NestedVariable(dual.Float(x[i]), order)
				z := f(w)
				y, grad = z.Value(), append(grad, z.Coeff(1).Value())
			}
			return y, grad
		},
	}
}

var orders = []int{1, 2, 3, 4, 5, 6}

func TestGolden(t *testing.T) {
	adtest.Golden(t, jetMode(8))
	adtest.Golden(t, nestedMode(8))
}

func TestSweep(t *testing.T) {
	adtest.Sweep(t, jetMode(8))
	adtest.Sweep(t, nestedMode(8))
}

func TestEdges(t *testing.T) {
	for _, k := range orders {
		adtest.Edges(t, jetMode(k))
		adtest.Edges(t, nestedMode(k))
	}
}

func TestIdentities(t *testing.T) {
	adtest.Identities(t, jetMode(12))
	adtest.Identities(t, nestedMode(12))
}

func TestSpecialValues(t *testing.T) {
	adtest.Special(t, jetMode(4))
	adtest.Special(t, nestedMode(4))
}

// TestNormAtOrigin checks that a norm follows the direction in which a point
// leaves the origin.
func TestNormAtOrigin(t *testing.T) {
	x := jet.Variable(0.0, 4)
	y := dual.Norm([]jet.Jet64{x.Scale(2), x.Scale(-3), x.Scale(6)})
	for k, want := range []float64{0, 7, 0, 0, 0} {
		if got := y.Coeff(k); got != want {
			t.Errorf("coefficient %d = %v, want %v", k, got, want)
		}
	}
	if got := y.KnownOrder(); got != 4 {
		t.Errorf("known order %d, want 4", got)
	}
}
