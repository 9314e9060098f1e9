package dual_test

import (
	"strings"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

type (
	level0 = dual.Number64
	level1 = dual.Nested[level0]
	level2 = dual.Nested[level1]
)

// derive is d/dx at any level.
func derive[T dual.Real[T]](f func(dual.Nested[T]) dual.Nested[T], x T) T {
	return dual.NestedDerivative(f, x)
}

// TestPerturbationConfusion holds the classic cases in which a differentiation
// operator inside another one mistakes the outer variable for its own.
func TestPerturbationConfusion(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(x level0) level0
		x    float64
		want float64
	}{
		{"x·d/dy(x+y)", func(x level0) level0 {
			return x.Mul(derive(func(y level1) level1 { return dual.Lift(x).Add(y) }, x))
		}, 1, 1},
		{"x·d/dy(x·y)", func(x level0) level0 {
			return x.Mul(derive(func(y level1) level1 { return dual.Lift(x).Mul(y) }, x))
		}, 4, 8},
		{"constant inner point", func(x level0) level0 {
			return x.Mul(derive(func(y level1) level1 { return dual.Lift(x).Add(y) }, x.Const(2)))
		}, 1, 1},
		// d/dx x·d/dy y·d/dz(x·y·z) = d/dx x·d/dy(x·y²) = d/dx 2x²y = 4xy, and
		// with y = x in the inner points 2x³, whose derivative is 6x².
		{"three levels", func(x level0) level0 {
			return x.Mul(derive(func(y level1) level1 {
				return y.Mul(derive(func(z level2) level2 {
					return dual.Lift(dual.Lift(x)).Mul(dual.Lift(y)).Mul(z)
				}, y))
			}, x))
		}, 3, 54},
		// A closure that returns a closure over the outer variable.
		{"closures", func(x level0) level0 {
			shift := func(s level0) func(level1) level1 {
				return func(y level1) level1 { return y.Add(dual.Lift(s)).Sqr() }
			}
			return derive(shift(x), x) // 2(y+x) at y = x
		}, 5, 4},
		// Recursion: the k-th step differentiates for its own variable a
		// function that holds the outer one.
		{"recursion", func(x level0) level0 {
			var f func(k int, x level0) level0
			f = func(k int, x level0) level0 {
				if k == 0 {
					return x
				}
				return derive(func(y level1) level1 { return y.Mul(dual.Lift(f(k-1, x))) }, x)
			}
			return f(5, x).Mul(x)
		}, 2, 4},
	} {
		if got := dual.Derivative(c.f, c.x); got != c.want {
			t.Errorf("%s at %g: derivative %v, want %v", c.name, c.x, got, c.want)
		}
	}
}

// TestSameLevelCapture uses the outer variable without another level. With the
// build tag dualcheck that panics, without it it adds up two derivatives.
func TestSameLevelCapture(t *testing.T) {
	capture := func() float64 {
		return dual.Derivative(func(x dual.Number64) dual.Number64 {
			d := dual.Derivative(func(y dual.Number64) dual.Number64 { return x.Add(y) }, 1)
			return x.Scale(d)
		}, 1)
	}
	nested := func() float64 {
		return dual.Derivative(func(x level0) level0 {
			return derive(func(y level1) level1 {
				return dual.Lift(derive(func(z level1) level1 { return y.Add(z) }, x))
			}, x)
		}, 1)
	}
	for name, f := range map[string]func() float64{"Derivative": capture, "NestedDerivative": nested} {
		func() {
			defer func() {
				err, ok := recover().(dual.Error)
				if ok != checkEnabled || ok && !strings.Contains(err.Error(), "perturbation confusion") {
					t.Errorf("%s: recovered %q with the check enabled: %v", name, err, checkEnabled)
				}
			}()
			f()
		}()
	}
}
