package jet_test

import (
	"testing"

	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

var jet2Mode = adtest.Mode[jet.Jet2]{
	Name:        "Jet2",
	Order:       2,
	Directional: true,
	Derivatives: func(f func(jet.Jet2) jet.Jet2, x float64) []float64 {
		y := f(jet.Jet2{C0: x, C1: 1})
		return []float64{y.C0, y.C1, 2 * y.C2}
	},
	Gradient: func(f func([]jet.Jet2) jet.Jet2, x []float64) (y float64, grad []float64) {
		v := make([]jet.Jet2, len(x))
		for i := range x {
			v[i].C0 = x[i]
		}
		for i := range x {
			v[i].C1 = 1
			z := f(v)
			v[i].C1 = 0
			y, grad = z.C0, append(grad, z.C1)
		}
		return y, grad
	},
	PlainProducts: true,
}

var jet3Mode = adtest.Mode[jet.Jet3]{
	Name:        "Jet3",
	Order:       3,
	Directional: true,
	Derivatives: func(f func(jet.Jet3) jet.Jet3, x float64) []float64 {
		y := f(jet.Jet3{C0: x, C1: 1})
		return []float64{y.C0, y.C1, 2 * y.C2, 6 * y.C3}
	},
	Gradient: func(f func([]jet.Jet3) jet.Jet3, x []float64) (y float64, grad []float64) {
		v := make([]jet.Jet3, len(x))
		for i := range x {
			v[i].C0 = x[i]
		}
		for i := range x {
			v[i].C1 = 1
			z := f(v)
			v[i].C1 = 0
			y, grad = z.C0, append(grad, z.C1)
		}
		return y, grad
	},
	PlainProducts: true,
}

func TestSmallGolden(t *testing.T) {
	adtest.Golden(t, jet2Mode)
	adtest.Golden(t, jet3Mode)
}

func TestSmallSweep(t *testing.T) {
	adtest.Sweep(t, jet2Mode)
	adtest.Sweep(t, jet3Mode)
}

func TestSmallEdges(t *testing.T) {
	adtest.Edges(t, jet2Mode)
	adtest.Edges(t, jet3Mode)
}

func TestSmallIdentities(t *testing.T) {
	adtest.Identities(t, jet2Mode)
	adtest.Identities(t, jet3Mode)
}

func TestSmallSpecialValues(t *testing.T) {
	adtest.Special(t, jet2Mode)
	adtest.Special(t, jet3Mode)
}
