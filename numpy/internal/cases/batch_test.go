package cases

import (
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// TestJacobian compares Jacobians by both modes, which apply linear maps to
// many arrays at once, with those by columns.
func TestJacobian(t *testing.T) {
	each(t, func(t *testing.T, c Case) {
		y := c.F(c.In)
		if y.IsComplex() || y.Size() == 0 {
			return
		}
		k := 0
		for i, x := range c.In {
			if x.IsComplex() || x.Size() == 0 {
				return
			}
			if c.constant(i) {
				continue
			}
			want := c.jacobian(i)
			f := func(x np.Array) np.Array {
				in := append([]np.Array{}, c.In...)
				in[i] = x
				return c.F(in)
			}
			// More values than arguments, and more arguments than values.
			n := x.Size()/y.Size() + 2
			m := y.Size()/x.Size() + 2
			tall := np.Jacobian(func(x np.Array) np.Array {
				y := f(x)
				return np.BroadcastTo(y, append([]int{n}, y.Shape()...)...)
			})(x).At(0)
			wide := np.Jacobian(func(x np.Array) np.Array { return f(x.At(0)) })(np.BroadcastTo(x, append([]int{m}, x.Shape()...)...))
			wide = np.Reshape(wide, y.Size(), m, x.Size())
			for r := range y.Size() {
				for col, v := range wide.At(r, 0).Float64s() {
					at := r*x.Size() + col
					check(t, "reverse", i, at, v, real(want[at]))
				}
			}
			for at, v := range tall.Float64s() {
				check(t, "forward", i, at, v, real(want[at]))
			}
			k++
		}
		if k == 0 && len(c.vars()) > 0 {
			t.Error("no operand was tried")
		}
	})
}

func check(t *testing.T, mode string, operand, at int, got, want float64) {
	t.Helper()
	if got != want && !(math.Abs(got-want) <= 1e-12*math.Max(1, math.Abs(want))) && (got == got || want == want) {
		t.Errorf("%s, operand %d, element %d: got %v, want %v", mode, operand, at, got, want)
	}
}

// constant reports whether operand i is not differentiated.
func (c Case) constant(i int) bool {
	for _, k := range c.Const {
		if k == i {
			return true
		}
	}
	return false
}
