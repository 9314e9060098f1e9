package jet_test

import (
	"math"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/jet"
)

// TestTensor compares all derivatives with those of nested duals. Errors are
// relative to the largest derivative of the same order.
func TestTensor(t *testing.T) {
	tol := []float64{1e-15, 1e-15, 2e-15, 5e-15, 1e-14, 5e-14, 1e-13}
	for n := 1; n <= 4; n++ {
		x := somewhere(n)
		for order := range tol {
			if raceEnabled && order > 4 {
				break
			}
			worst, relative := 0.0, 0.0
			for id := range samples {
				got := jet.Tensor(nil, sampleOf[jet.Jet64](id), x, order)
				type entry struct {
					index     []int
					got, want float64
				}
				list := make([][]entry, order+1)
				multiIndices(n, order, func(index, vars []int) {
					want := nestedPartial(id, x, vars)
					y := got.At(vars...)
					if z := got.Index(index); z != y {
						t.Errorf("At(%v) = %v, Index(%v) = %v", vars, y, index, z)
					}
					list[len(vars)] = append(list[len(vars)], entry{slices.Clone(index), y, want})
				})
				for k, l := range list {
					scale := 0.0
					for _, e := range l {
						scale = max(scale, math.Abs(e.want))
					}
					for _, e := range l {
						err := math.Abs(e.got - e.want)
						if !(err <= tol[k]*scale) {
							t.Errorf("function %d of %d variables, order %d, index %v: %v, want %v", id, n, order, e.index, e.got, e.want)
						}
						if k == order && scale > 0 {
							worst = max(worst, err/scale)
							if e.want != 0 && id != 5 {
								relative = max(relative, err/math.Abs(e.want))
							}
						}
					}
				}
			}
			t.Logf("%d variables, order %d: error up to %.1e of the largest derivative, %.1e of its own", n, order, worst, relative)
		}
	}
}

// TestTensorHigh goes to high orders in one and two variables.
func TestTensorHigh(t *testing.T) {
	d := jet.Tensor(nil, func(x []jet.Jet64) jet.Jet64 { return x[0].Exp() }, []float64{0}, 64)
	for k, c := range d.Raw() {
		if !within(c, 1, 1e-13) {
			t.Errorf("derivative %d of exp = %v, want 1", k, c)
		}
	}
	d = jet.Tensor(d, func(x []jet.Jet64) jet.Jet64 { return x[0].Add(x[1]).Exp() }, []float64{0, 0}, 10)
	for k, c := range d.Raw() {
		if !within(c, 1, 1e-10) {
			t.Errorf("derivative %d of exp(x+y) = %v, want 1", k, c)
		}
	}
}
