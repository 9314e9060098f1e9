package compose

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/reverse"
)

// FuzzPrograms takes the gradient of each Taylor coefficient of a random
// function along a line: by a tape under the series, and by dual numbers under
// the series, one variable at a time.
func FuzzPrograms(f *testing.F) { adtest.FuzzPrograms(f, checkProgram) }

// TestPrograms is a longer fixed run of FuzzPrograms.
func TestPrograms(t *testing.T) { adtest.Programs(t, checkProgram) }

const order = 3

var direction = []float64{0.6, -0.3, 0.5}

func checkProgram(t *testing.T, p adtest.Program, x []float64) {
	t.Helper()
	var tape reverse.Tape
	vars := tape.Vars(nil, x)
	z := make([]jet.Nested[reverse.Var], len(x))
	for i, v := range vars {
		z[i] = jet.NewNested(v, v.Const(direction[i]), reverse.Var{}, reverse.Var{})
	}
	y := adtest.Run(p, z)
	for i := range x {
		d := make([]jet.Nested[dual.Number64], len(x))
		for j := range x {
			head := dual.Number64{V: x[j]}
			if i == j {
				head.D = 1
			}
			d[j] = jet.NewNested(head, dual.Number64{V: direction[j]}, dual.Number64{}, dual.Number64{})
		}
		want := adtest.Run(p, d)
		scale := 1.0
		for k := range order + 1 {
			scale = max(scale, math.Abs(want.Coeff(k).V), math.Abs(want.Coeff(k).D))
		}
		for k := range order + 1 {
			tape.Backward(y.Coeff(k))
			got, want := tape.Adjoint(vars[i]), want.Coeff(k)
			if !(math.Abs(got-want.D) <= 1e-10*scale) {
				t.Errorf("derivative of coefficient %d for x[%d]: reverse over Taylor %v, forward over Taylor %v", k, i, got, want.D)
			}
			if v := y.Coeff(k).Value(); !(math.Abs(v-want.V) <= 1e-12*scale) {
				t.Errorf("coefficient %d: %v on a tape, %v of dual numbers", k, v, want.V)
			}
		}
	}
	if t.Failed() {
		t.Logf("at %v of\n%v", x, p)
	}
}

// TestHVP takes a Hessian-vector product from the tape under a series of order
// 1, and from dual numbers of tape variables, beside the Hessian by dual.
func TestHVP(t *testing.T) {
	x, v := []float64{-1.2, 1, 0.7}, []float64{0.5, -1, 2}
	h := dual.Hessian(nil, rosenbrock[dual.Hyper], x)
	var tape reverse.Tape
	vars := tape.Vars(nil, x)
	z := make([]jet.Nested[reverse.Var], len(x))
	d := make([]dual.Nested[reverse.Var], len(x))
	for i, w := range vars {
		z[i] = jet.NewNested(w, w.Const(v[i]))
		d[i] = dual.Nested[reverse.Var]{V: w, D: w.Const(v[i])}
	}
	for _, slope := range []reverse.Var{rosenbrock(z).Coeff(1), rosenbrock(d).D} {
		tape.Backward(slope)
		for i := range x {
			want := 0.0
			for j := range x {
				want += h.At(i, j) * v[j]
			}
			if got := tape.Adjoint(vars[i]); math.Abs(got-want) > 1e-11*math.Abs(want) {
				t.Errorf("element %d of Hv = %v, want %v", i, got, want)
			}
		}
	}
}

func rosenbrock[T dual.Real[T]](x []T) T {
	var s T
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}
