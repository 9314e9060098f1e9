package dual_test

import (
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"gonum.org/v1/gonum/mat"
)

type (
	nest1 = dual.Nested[dual.Float]
	nest2 = dual.Nested[nest1]
	nest3 = dual.Nested[nest2]
	nest4 = dual.Nested[nest3]
)

var numberMode = adtest.Mode[dual.Number64]{
	Name:  "Number",
	Order: 1,
	Derivatives: func(f func(dual.Number64) dual.Number64, x float64) []float64 {
		y, d := dual.ValueAndDerivative(f, x)
		return []float64{y, d}
	},
	Gradient: func(f func([]dual.Number64) dual.Number64, x []float64) (y float64, grad []float64) {
		grad = make([]float64, len(x))
		for i := range x {
			v := make([]float64, len(x))
			v[i] = 1
			y, grad[i] = dual.Directional(f, x, v)
		}
		return y, grad
	},
	PlainProducts: true,
}

var number3Mode = adtest.Mode[dual.Number3]{
	Name:  "Number3",
	Order: 1,
	Derivatives: func(f func(dual.Number3) dual.Number3, x float64) []float64 {
		y, d := dual.ValueAndGradient(nil, func(x []dual.Number3) dual.Number3 { return f(x[0]) }, []float64{x})
		return []float64{y, d[0]}
	},
	Gradient: func(f func([]dual.Number3) dual.Number3, x []float64) (y float64, grad []float64) {
		return dual.ValueAndGradient(nil, f, x)
	},
	PlainProducts: true,
}

var hyperMode = adtest.Mode[dual.Hyper]{
	Name:  "Hyper",
	Order: 2,
	Derivatives: func(f func(dual.Hyper) dual.Hyper, x float64) []float64 {
		y, d, dd := dual.SecondDerivative(f, x)
		return []float64{y, d, dd}
	},
	Gradient: func(f func([]dual.Hyper) dual.Hyper, x []float64) (y float64, grad []float64) {
		grad = make([]float64, len(x))
		for i := range x {
			v := make([]float64, len(x))
			v[i] = 1
			y, grad[i], _ = dual.SecondDirectional(f, x, v)
		}
		return y, grad
	},
	Hessian: func(f func([]dual.Hyper) dual.Hyper, x []float64) [][]float64 {
		return rows(dual.Hessian(nil, f, x))
	},
	PlainProducts: true,
}

func rows(m mat.Matrix) [][]float64 {
	r, c := m.Dims()
	list := make([][]float64, r)
	for i := range list {
		list[i] = make([]float64, c)
		for j := range list[i] {
			list[i][j] = m.At(i, j)
		}
	}
	return list
}

// nested1Mode differentiates with Nested[Float].
var nested1Mode = adtest.Mode[nest1]{
	Name:  "Nested[Float]",
	Order: 1,
	Derivatives: func(f func(nest1) nest1, x float64) []float64 {
		y := f(dual.Variable(dual.Float(x)))
		return []float64{float64(y.V), float64(y.D)}
	},
	Gradient: func(f func([]nest1) nest1, x []float64) (y float64, grad []float64) {
		v := make([]dual.Float, len(x))
		for i := range x {
			v[i] = dual.Float(x[i])
		}
		for _, d := range dual.NestedGradient(nil, f, v) {
			grad = append(grad, float64(d))
		}
		c := make([]nest1, len(x))
		for i := range c {
			c[i] = dual.Lift(v[i])
		}
		return f(c).Value(), grad
	},
}

// nested2Mode differentiates with Nested[Nested[Float]].
var nested2Mode = adtest.Mode[nest2]{
	Name:  "Nested²",
	Order: 2,
	Derivatives: func(f func(nest2) nest2, x float64) []float64 {
		y := f(dual.Variable(dual.Variable(dual.Float(x))))
		return []float64{float64(y.V.V), float64(y.V.D), float64(y.D.D)}
	},
	Gradient: func(f func([]nest2) nest2, x []float64) (y float64, grad []float64) {
		for i := range x {
			z := f(seed2(x, i, i))
			y, grad = z.Value(), append(grad, float64(z.V.D))
		}
		return y, grad
	},
	Hessian: func(f func([]nest2) nest2, x []float64) [][]float64 {
		h := make([][]float64, len(x))
		for i := range x {
			for j := range x {
				h[i] = append(h[i], float64(f(seed2(x, i, j)).D.D))
			}
		}
		return h
	},
}

// seed2 returns x with the inner tangent at i and the outer one at j.
func seed2(x []float64, i, j int) []nest2 {
	z := make([]nest2, len(x))
	for k, v := range x {
		z[k] = dual.Lift(dual.Lift(dual.Float(v)))
	}
	z[i].V.D = 1
	z[j].D.V = 1
	return z
}

// nestedNumberMode has fast duals as coefficients.
var nestedNumberMode = adtest.Mode[dual.Nested[dual.Number64]]{
	Name:  "Nested[Number]",
	Order: 2,
	Derivatives: func(f func(dual.Nested[dual.Number64]) dual.Nested[dual.Number64], x float64) []float64 {
		y := f(dual.Variable(dual.Number64{V: x, D: 1}))
		return []float64{y.V.V, y.V.D, y.D.D}
	},
	Gradient: func(f func([]dual.Nested[dual.Number64]) dual.Nested[dual.Number64], x []float64) (y float64, grad []float64) {
		v := make([]dual.Number64, len(x))
		for i := range x {
			v[i].V = x[i]
		}
		for _, d := range dual.NestedGradient(nil, f, v) {
			grad = append(grad, d.V)
		}
		c := make([]dual.Nested[dual.Number64], len(x))
		for i := range c {
			c[i] = dual.Lift(v[i])
		}
		return f(c).Value(), grad
	},
	PlainProducts: true,
}

// nested4Mode is four levels deep.
var nested4Mode = adtest.Mode[nest4]{
	Name:  "Nested⁴",
	Order: 4,
	Derivatives: func(f func(nest4) nest4, x float64) []float64 {
		y := f(dual.Variable(dual.Variable(dual.Variable(dual.Variable(dual.Float(x))))))
		return []float64{float64(y.V.V.V.V), float64(y.V.V.V.D), float64(y.V.V.D.D), float64(y.V.D.D.D), float64(y.D.D.D.D)}
	},
	Gradient: func(f func([]nest4) nest4, x []float64) (y float64, grad []float64) {
		c := make([]nest4, len(x))
		for i, v := range x {
			c[i] = c[i].Const(v)
		}
		for i := range x {
			c[i].V.V.V.D = 1
			z := f(c)
			y, grad = z.Value(), append(grad, float64(z.V.V.V.D))
			c[i].V.V.V.D = 0
		}
		return y, grad
	},
}

func TestGolden(t *testing.T) {
	adtest.Golden(t, numberMode)
	adtest.Golden(t, number3Mode)
	adtest.Golden(t, hyperMode)
	adtest.Golden(t, nested1Mode)
	adtest.Golden(t, nested2Mode)
	adtest.Golden(t, nestedNumberMode)
	adtest.Golden(t, nested4Mode)
}

func TestEdges(t *testing.T) {
	adtest.Edges(t, numberMode)
	adtest.Edges(t, number3Mode)
	adtest.Edges(t, hyperMode)
	adtest.Edges(t, nested1Mode)
	adtest.Edges(t, nested2Mode)
	adtest.Edges(t, nestedNumberMode)
	adtest.Edges(t, nested4Mode)
}

func TestIdentities(t *testing.T) {
	adtest.Identities(t, numberMode)
	adtest.Identities(t, number3Mode)
	adtest.Identities(t, hyperMode)
	adtest.Identities(t, nested2Mode)
	adtest.Identities(t, nestedNumberMode)
	adtest.Identities(t, nested4Mode)
}

func TestSpecialValues(t *testing.T) {
	adtest.Special(t, numberMode)
	adtest.Special(t, number3Mode)
	adtest.Special(t, hyperMode)
	adtest.Special(t, nested1Mode)
	adtest.Special(t, nested2Mode)
	adtest.Special(t, nestedNumberMode)
	adtest.Special(t, nested4Mode)
}

func TestSweep(t *testing.T) {
	adtest.Sweep(t, numberMode)
	adtest.Sweep(t, number3Mode)
	adtest.Sweep(t, hyperMode)
	adtest.Sweep(t, nested1Mode)
	adtest.Sweep(t, nested2Mode)
	adtest.Sweep(t, nestedNumberMode)
	adtest.Sweep(t, nested4Mode)
}
