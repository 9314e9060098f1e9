package jet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

// collapsedMode differentiates with collapsed numbers in one direction, and
// takes gradients by those of a Laplacian.
func collapsedMode(order int) adtest.Mode[jet.Collapsed] {
	return adtest.Mode[jet.Collapsed]{
		Name:  fmt.Sprintf("Collapsed of order %d", order),
		Order: order,
		Derivatives: func(f func(jet.Collapsed) jet.Collapsed, x float64) []float64 {
			return jet.CollapsedDerivatives(f, x, order)
		},
		Gradient: func(f func([]jet.Collapsed) jet.Collapsed, x []float64) (y float64, grad []float64) {
			y, grad, _ = jet.ValueGradientLaplacian(nil, f, x)
			return y, grad
		},
	}
}

func TestCollapsedFormat(t *testing.T) {
	jet.Laplacian(func(x []jet.Collapsed) jet.Collapsed {
		if s := fmt.Sprintf("%.2f %v", x[0].Inv(), x[0]); s != "0.25 4" {
			t.Errorf("formatted as %q", s)
		}
		return x[0]
	}, []float64{4})
}

// TestCollapsedForeign lets numbers of two drivers meet.
func TestCollapsedForeign(t *testing.T) {
	type num = jet.Collapsed
	for name, f := range map[string]func(x, y num) num{
		"Add":    num.Add,
		"Mul":    num.Mul,
		"Div":    num.Div,
		"Dot":    func(x, y num) num { return dual.Dot([]num{x}, []num{y}) },
		"Sum":    func(x, y num) num { return dual.Sum([]num{x, y}) },
		"result": func(x, _ num) num { return x },
	} {
		func() {
			defer func() {
				if err, ok := recover().(jet.Error); !ok || !strings.HasPrefix(err.Error(), "jet: ") {
					t.Errorf("%s: %v, want a panic", name, err)
				}
			}()
			jet.Laplacian(func(x []num) num {
				jet.Bilaplacian(func(y []num) num { return f(x[0], y[0]) }, []float64{1})
				return x[0]
			}, []float64{1})
		}()
	}
}

func TestCollapsed(t *testing.T) {
	for _, order := range []int{2, 4} {
		m := collapsedMode(order)
		adtest.Golden(t, m)
		adtest.Sweep(t, m)
		adtest.Edges(t, m)
		adtest.Identities(t, m)
		adtest.Special(t, m)
	}
}
