package main

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// exact is the tolerance of modes that are exact but for rounding.
const exact = 1e-10

// reference returns the derivatives of a kind by hand-written formulas. Where there
// are none for second derivatives, those of the gradient are differentiated by
// interpolation, which is as good as exact.
func (in *instance) reference(k kind) []float64 {
	if ref := in.refs[k]; ref != nil {
		return ref
	}
	n := len(in.x)
	var ref []float64
	switch k {
	case gradient, inner:
		ref = in.derivative(nil, in.x)
	case productHv:
		ref = in.byFormula(in.direction())
	case line:
		v := in.direction()
		for _, d := range [][]float64{in.reference(gradient), in.reference(productHv)} {
			s := 0.0
			for i, w := range v {
				s += d[i] * w
			}
			ref = append(ref, s)
		}
	case hessianH:
		v := make([]float64, n)
		for j := range n {
			v[j] = 1
			ref = append(ref, in.byFormula(v)...)
			v[j] = 0
		}
	case laplacian:
		ref = []float64{mat.Trace(mat.NewDense(n, n, in.reference(hessianH)))}
	}
	if in.refs == nil {
		in.refs = make(map[kind][]float64)
	}
	in.refs[k] = ref
	return ref
}

// byFormula returns the product of the Hessian with v.
func (in *instance) byFormula(v []float64) []float64 {
	if in.hvp != nil {
		return in.hvp(nil, in.x, v)
	}
	x := make([]float64, len(in.x))
	return slope(func(t float64) []float64 {
		for i := range x {
			x[i] = in.x[i] + t*v[i]
		}
		return in.derivative(nil, x)
	})
}

// slope returns the derivative of f at 0, by polynomials through its values at
// Chebyshev's points. A small interval costs digits by rounding, and a large one by
// what f has near it: the one is taken where two polynomials agree best.
func slope(f func(t float64) []float64) (best []float64) {
	least := math.Inf(1)
	for _, r := range []float64{0.004, 0.02, 0.06, 0.2} {
		a, b := interpolate(f, r, 12), interpolate(f, r, 16)
		far := 0.0
		for i, v := range a {
			far = max(far, math.Abs(v-b[i]))
		}
		if far < least || best == nil {
			best, least = b, far
		}
	}
	return best
}

// interpolate returns the derivative at 0 of the polynomial through n values of f
// in [-r, r].
func interpolate(f func(t float64) []float64, r float64, n int) (sum []float64) {
	t := make([]float64, n)
	for k := range t {
		t[k] = math.Cos((2*float64(k) + 1) * math.Pi / float64(2*n))
	}
	for k := range t {
		// The derivative of Lagrange's polynomial.
		d := 0.0
		for j := range t {
			if j == k {
				continue
			}
			p := 1 / (t[k] - t[j])
			for m := range t {
				if m != k && m != j {
					p *= -t[m] / (t[k] - t[m])
				}
			}
			d += p
		}
		y := f(r * t[k])
		if sum == nil {
			sum = make([]float64, len(y))
		}
		for i, v := range y {
			sum[i] += d / r * v
		}
	}
	return sum
}

// distance returns the largest difference between the elements of got and want,
// relative to the element, or to a hundredth of the largest or of size if that is
// more.
func distance(got, want []float64, size float64) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	far := 0.0
	for _, v := range want {
		size = max(size, math.Abs(v))
	}
	for i, v := range want {
		d := math.Abs(got[i] - v)
		if d > 0 {
			d /= max(math.Abs(v), 0.01*size)
		}
		if math.IsNaN(d) {
			return d
		}
		far = max(far, d)
	}
	return far
}

// check runs a job and compares what it left with the formulas. It returns by how
// much they differ.
func (m mode) check(in *instance, j *job) (far float64, err error) {
	j.run()
	size := 0.0
	if m.kind == laplacian { // whose terms may cancel
		for _, v := range in.reference(hessianH) {
			size = max(size, math.Abs(v))
		}
	}
	tol := m.tolerance
	if tol == 0 {
		tol = exact
	}
	if far = distance(j.got(), in.reference(m.kind), size); !(far <= tol) {
		err = fmt.Errorf("differs from the formulas by %.2g, want at most %.0e", far, tol)
	}
	return far, err
}

// What a check does not take on, for it would last too long.
const (
	mostEvaluations = 2e5 // of the plain function
	mostColumns     = 300 // of a Hessian by formulas
)

// tooLong says why a job is not checked, if it is not.
func (m mode) tooLong(in *instance, j *job) string {
	switch {
	case j.cost > mostEvaluations:
		return fmt.Sprintf("some %.0e evaluations are too many for a check", j.cost)
	case (m.kind == hessianH || m.kind == laplacian) && len(in.x) > mostColumns:
		return fmt.Sprintf("a Hessian of %d variables is too large for a check", len(in.x))
	}
	return ""
}
