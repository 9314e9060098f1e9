package mixed_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
)

// one makes a function of a slice from one of a number.
func one(f func(mixed.Var) mixed.Var) func([]mixed.Var) mixed.Var {
	return func(x []mixed.Var) mixed.Var { return f(x[0]) }
}

// varMode takes value, gradient and products with the Hessian from one
// recording.
var varMode = adtest.Mode[mixed.Var]{
	Name:  "Var",
	Order: 2,
	Derivatives: func(f func(mixed.Var) mixed.Var, x float64) []float64 {
		y, g, h := mixed.ValueGradientHVP(nil, nil, one(f), []float64{x}, []float64{1})
		return []float64{y, g[0], h[0]}
	},
	Gradient: func(f func([]mixed.Var) mixed.Var, x []float64) (y float64, grad []float64) {
		y, grad, _ = mixed.ValueGradientHVP(nil, nil, f, x, make([]float64, len(x)))
		return y, grad
	},
	Hessian: func(f func([]mixed.Var) mixed.Var, x []float64) [][]float64 {
		h := make([][]float64, len(x))
		for i := range x {
			v := make([]float64, len(x))
			v[i] = 1
			h[i] = mixed.HVP(nil, f, x, v)
		}
		return h
	},
	PlainQuotients: true,
}

// highest is the order up to which tests of series go, that of the tables.
const highest = 8

// taylorMode replays the recording with Taylor series up to the given order.
func taylorMode(order int) adtest.Mode[mixed.Var] {
	return adtest.Mode[mixed.Var]{
		Name:        fmt.Sprintf("Var by series of order %d", order),
		Order:       order,
		Directional: true,
		Derivatives: func(f func(mixed.Var) mixed.Var, x float64) []float64 {
			return mixed.Directional(nil, one(f), []float64{x}, []float64{1}, order)
		},
		Gradient: slopes,
	}
}

// slopes takes a gradient by derivatives along each axis.
func slopes(f func([]mixed.Var) mixed.Var, x []float64) (y float64, grad []float64) {
	for i := range x {
		v := make([]float64, len(x))
		v[i] = 1
		d := mixed.Directional(nil, f, x, v, 1)
		y, grad = d[0], append(grad, d[1])
	}
	return y, grad
}

// backMode differentiates with the gradient of derivatives along a line.
func backMode(order int) adtest.Mode[mixed.Var] {
	return adtest.Mode[mixed.Var]{
		Name:        fmt.Sprintf("Var by series of order %d, backwards", order),
		Order:       order,
		Directional: true,
		Derivatives: func(f func(mixed.Var) mixed.Var, x float64) []float64 {
			d := mixed.Directional(nil, one(f), []float64{x}, []float64{1}, 0)
			for k := range order {
				d = append(d, mixed.DirectionalGradient(nil, one(f), []float64{x}, []float64{1}, k)[0])
			}
			return d
		},
		Gradient:       slopes,
		PlainQuotients: true,
	}
}

// adjointMode takes gradients from adjoints that are series.
var adjointMode = adtest.Mode[mixed.Var]{
	Name:  "Var by adjoint series",
	Order: 1,
	Gradient: func(f func([]mixed.Var) mixed.Var, x []float64) (y float64, grad []float64) {
		v := make([]float64, len(x))
		return mixed.Directional(nil, f, x, v, 0)[0], mixed.DirectionalGradient(nil, f, x, v, 0)
	},
}

func TestGolden(t *testing.T) {
	adtest.Golden(t, varMode)
	adtest.Golden(t, taylorMode(highest))
	adtest.Golden(t, backMode(highest))
}

func TestSweep(t *testing.T) {
	adtest.Sweep(t, varMode)
	adtest.Sweep(t, taylorMode(highest))
	adtest.Sweep(t, backMode(highest))
}

func TestEdges(t *testing.T) {
	adtest.Edges(t, varMode)
	adtest.Edges(t, adjointMode)
	for order := 1; order <= highest; order++ {
		adtest.Edges(t, taylorMode(order))
	}
}

func TestIdentities(t *testing.T) {
	adtest.Identities(t, varMode)
	adtest.Identities(t, taylorMode(highest))
	adtest.Identities(t, backMode(highest))
}

func TestSpecialValues(t *testing.T) {
	adtest.Special(t, varMode)
	adtest.Special(t, taylorMode(highest))
	adtest.Special(t, backMode(highest))
}

// TestPrograms compares all derivatives of random functions with those by other
// modes. FuzzPrograms goes on.
func TestPrograms(t *testing.T) { adtest.Programs(t, checkProgram) }

func FuzzPrograms(f *testing.F) { adtest.FuzzPrograms(f, checkProgram) }

var (
	dirU = []float64{0.6, -0.3, 0.5}
	dirV = []float64{-0.2, 0.7, 0.4}
)

type hyperDual = dual.Nested[dual.Hyper]

func checkProgram(t *testing.T, p adtest.Program, x []float64) {
	t.Helper()
	f := func(x []mixed.Var) mixed.Var { return adtest.Run(p, x) }
	prog := mixed.Record(f, x)
	q, err := prog.At(x)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, p, q, x)
	q.Close()
	if q, err = prog.Optimize().At(x); err != nil {
		t.Fatal(err)
	}
	compare(t, p, q, x)
	q.Close()
	// A recording elsewhere, if it comes to the same. Run limits large numbers.
	y := adtest.Run(p, []dual.Float{dual.Float(x[0]), dual.Float(x[1]), dual.Float(x[2])})
	if q, err = mixed.Record(f, []float64{0.3, -0.7, 1.1}, mixed.Unsteered()).At(x); err != nil {
		t.Fatal(err)
	}
	if q.Value() == float64(y) {
		compare(t, p, q, x)
	}
	q.Close()
	// With the function known it always does.
	fn := mixed.NewFunc(f)
	fn.At([]float64{0.3, -0.7, 1.1}).Close()
	q = fn.At(x)
	if q.Value() != float64(y) {
		t.Errorf("by a Func %v, want %v", q.Value(), y)
	}
	q.Close()
	if t.Failed() {
		t.Logf("at %v of\n%v", x, p)
	}
}

// compare checks all that q has to say about p at x.
func compare(t *testing.T, p adtest.Program, q *mixed.Point, x []float64) {
	t.Helper()
	y, g := reverse.ValueAndGradient(nil, func(x []reverse.Var) reverse.Var { return adtest.Run(p, x) }, x)
	h := dual.Hessian(nil, func(x []dual.Hyper) dual.Hyper { return adtest.Run(p, x) }, x)
	scale := 1 + math.Abs(y)
	near := func(what string, got, want, tol float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tol*scale) && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("%s = %.17g, want %.17g (scale %.3g)", what, got, want, scale)
		}
	}
	near("value", q.Value(), y, 1e-14)
	for _, g := range g {
		scale = max(scale, math.Abs(g))
	}
	for i, v := range q.Gradient(nil) {
		near("gradient", v, g[i], 1e-13)
	}
	for i := range x {
		for j := range x {
			scale = max(scale, math.Abs(h.At(i, j)))
		}
	}
	quad := 0.0
	for i, hv := range q.HVP(nil, dirV) {
		want := 0.0
		for j, v := range dirV {
			want += h.At(i, j) * v
		}
		near("HVP", hv, want, 1e-11)
		quad += dirU[i] * hv
	}
	near("Quad", q.Quad(dirU, dirV), quad, 1e-13)
	z := make([]hyperDual, len(x))
	for i := range x {
		z[i].V = dual.Hyper{V: x[i], D1: dirU[i], D2: dirV[i]}
	}
	third := make([]float64, len(x))
	for i := range x {
		z[i].D.V = 1
		third[i] = adtest.Run(p, z).D.D12
		z[i].D.V = 0
		scale = max(scale, math.Abs(third[i]))
	}
	for i, d := range q.D3(nil, dirU, dirV) {
		near("D3", d, third[i], 1e-10)
	}
	const order = 4
	along := make([]jet.Nested[dual.Number64], len(x))
	want := make([]float64, len(x))
	var series jet.Nested[dual.Number64]
	for i := range x {
		for j := range x {
			c := make([]dual.Number64, order+1)
			c[0].V, c[1].V = x[j], dirV[j]
			if i == j {
				c[0].D = 1
			}
			along[j] = jet.NewNested(c...)
		}
		series = adtest.Run(p, along)
		want[i] = series.Derivative(order).D
		for k := range order + 1 {
			scale = max(scale, math.Abs(series.Derivative(k).D), math.Abs(series.Derivative(k).V))
		}
	}
	for k, d := range q.Directional(nil, dirV, order) {
		near("Directional", d, series.Derivative(k).V, 1e-10)
	}
	for i, d := range q.DirectionalGradient(nil, dirV, order) {
		near("DirectionalGradient", d, want[i], 1e-9)
	}
	h2 := q.HVPs(nil, mat.NewDense(3, 2, []float64{dirU[0], dirV[0], dirU[1], dirV[1], dirU[2], dirV[2]}))
	for i, v := range q.HVP(nil, dirV) {
		near("HVPs", h2.At(i, 1), v, 1e-14)
	}
}
