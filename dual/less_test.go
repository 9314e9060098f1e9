package dual_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

func TestLess(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		x, y float64
		want bool
	}{
		{1, 2, true}, {2, 1, false}, {1, 1, false}, {math.Inf(-1), 0, true},
		{nan, 1, false}, {1, nan, false}, {math.Copysign(0, -1), 0, false},
	} {
		less(t, "Float", dual.Float(0), c.x, c.y, c.want)
		less(t, "Number", dual.Number64{D: 1}, c.x, c.y, c.want)
		less(t, "Number3", dual.Number3{D1: 1}, c.x, c.y, c.want)
		less(t, "Hyper", dual.Hyper{D12: 1}, c.x, c.y, c.want)
		less(t, "Nested", dual.Nested[dual.Number64]{}, c.x, c.y, c.want)
	}
	if dual.Less(dual.Number64{V: 1, D: 1}, dual.Number64{V: 1, D: 2}) {
		t.Error("Less looks at tangents")
	}
}

// TestLessAllocs checks that the look for a method of the type costs nothing.
func TestLessAllocs(t *testing.T) {
	x, y := dual.Number64{V: 1, D: 1}, dual.Number64{V: 2}
	n := testing.AllocsPerRun(100, func() {
		if dual.Less(x, y) {
			x = dual.Where(x, x, y)
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func less[T dual.Real[T]](t *testing.T, name string, z T, x, y float64, want bool) {
	t.Helper()
	if got := dual.Less(z.Const(x), z.Const(y)); got != want {
		t.Errorf("%s: %v < %v is %v", name, x, y, got)
	}
}

func ExampleLess() {
	larger := func(x []dual.Number3) dual.Number3 {
		if dual.Less(x[0], x[1]) {
			return x[1].Sqr()
		}
		return x[0].Sqr()
	}
	fmt.Println(dual.Gradient(nil, larger, []float64{3, 2}))
	// Output:
	// [6 0]
}
