package dual_test

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
)

// FuzzPrograms runs random functions of three variables in every number type.
// All must agree to rounding, and with central differences to their accuracy.
func FuzzPrograms(f *testing.F) { adtest.FuzzPrograms(f, checkProgram) }

// TestPrograms is a longer fixed run of FuzzPrograms.
func TestPrograms(t *testing.T) { adtest.Programs(t, checkProgram) }

func checkProgram(t *testing.T, p adtest.Program, x []float64) {
	t.Helper()
	y, grad := dual.ValueAndGradient(nil, func(x []dual.Number3) dual.Number3 { return adtest.Run(p, x) }, x)
	if math.IsNaN(y) || math.IsInf(y, 0) {
		t.Fatalf("value %g at %v of\n%v", y, x, p)
	}
	hess := rows(dual.Hessian(nil, func(x []dual.Hyper) dual.Hyper { return adtest.Run(p, x) }, x))
	y1, grad1 := nested1Mode.Gradient(func(x []nest1) nest1 { return adtest.Run(p, x) }, x)
	_, grad2 := numberMode.Gradient(func(x []dual.Number64) dual.Number64 { return adtest.Run(p, x) }, x)
	hess2 := nested2Mode.Hessian(func(x []nest2) nest2 { return adtest.Run(p, x) }, x)

	// Rounding grows with the size of the derivatives along the way, of which
	// the second ones are a measure.
	scale := 1 + math.Abs(y)
	for i := range x {
		scale = max(scale, math.Abs(grad[i]))
		for j := range x {
			scale = max(scale, math.Abs(hess[i][j]))
		}
	}
	differ := func(a, b, tol float64) bool { return !(math.Abs(a-b) <= tol*scale) }

	if differ(y, y1, 1e-13) {
		t.Errorf("Number3 and Nested: values %v and %v", y, y1)
	}
	for i := range x {
		if differ(grad[i], grad1[i], 1e-11) || differ(grad[i], grad2[i], 1e-11) {
			t.Errorf("gradient[%d]: Number3 %v, Number %v, Nested %v", i, grad[i], grad2[i], grad1[i])
		}
		for j := range x {
			if differ(hess[i][j], hess2[i][j], 1e-10) {
				t.Errorf("Hessian[%d,%d]: Hyper %v, Nested² %v", i, j, hess[i][j], hess2[i][j])
			}
		}
	}

	// Differences: of values for the gradient, of gradients for the Hessian.
	// Richardson's step cancels the error of second order, and the estimate
	// of the rest tells how far the result can be trusted. Where it is large,
	// a branch of the program flips between the points or the function turns
	// too fast, and differences tell nothing.
	const trust = 1e-3
	value := func(x []float64) []float64 {
		z := make([]dual.Float, len(x))
		for i, v := range x {
			z[i] = dual.Float(v)
		}
		return []float64{float64(adtest.Run(p, z))}
	}
	slope := func(x []float64) []float64 {
		return dual.Gradient(nil, func(x []dual.Number3) dual.Number3 { return adtest.Run(p, x) }, x)
	}
	for i := range x {
		d, e := difference(value, x, i)
		if e[0] < trust*(1+math.Abs(grad[i])) && math.Abs(d[0]-grad[i]) > 20*e[0]+1e-7*scale {
			t.Errorf("gradient[%d] = %v, differences give %v ± %.2g", i, grad[i], d[0], e[0])
		}
		d, e = difference(slope, x, i)
		for j := range x {
			if e[j] < trust*(1+math.Abs(hess[i][j])) && math.Abs(d[j]-hess[i][j]) > 20*e[j]+1e-7*scale {
				t.Errorf("Hessian[%d,%d] = %v, differences give %v ± %.2g", i, j, hess[i][j], d[j], e[j])
			}
		}
	}
	if t.Failed() {
		t.Logf("at %v of\n%v", x, p)
	}
}

// difference returns the derivative of f for x[i] by central differences and
// an estimate of its error.
func difference(f func([]float64) []float64, x []float64, i int) (d, e []float64) {
	const h = 1e-3
	central := func(h float64) []float64 {
		z := append([]float64(nil), x...)
		z[i] = x[i] + h
		up, step := f(z), z[i]
		z[i] = x[i] - h
		step -= z[i]
		down := f(z)
		for k := range up {
			up[k] = (up[k] - down[k]) / step
		}
		return up
	}
	a, b, c := central(h), central(h/2), central(h/4)
	for k := range a {
		r1, r2 := b[k]+(b[k]-a[k])/3, c[k]+(c[k]-b[k])/3
		d = append(d, r2+(r2-r1)/15)
		e = append(e, math.Abs(r2-r1)+math.Abs(c[k]-b[k])*1e-2)
	}
	return d, e
}
