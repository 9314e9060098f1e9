package main

import (
	"io"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
)

func kmeansCost(r io.Reader) (*job, error) {
	m, c, err := problems.ReadKMeans(r, input)
	if err != nil {
		return nil, err
	}
	return value(func() float64 { return m.Value(c) }), nil
}

// kmeansDirection divides the gradient by the diagonal of the Hessian, which is all
// of it and so its product with a vector of ones. Only the closest centroid of a
// point has derivatives; which one this is, comparisons of values tell. The squared
// distance from it is recorded once, as a function of the centroid and the point,
// and the program is run for each point.
func kmeansDirection(r io.Reader) (*job, error) {
	m, c, err := problems.ReadKMeans(r, input)
	if err != nil {
		return nil, err
	}
	d := m.D
	f := mixed.NewFunc(func(z []mixed.Var) mixed.Var {
		diff := make([]mixed.Var, d)
		for i := range diff {
			diff[i] = z[i].Sub(z[d+i])
		}
		return dual.SumSq(diff)
	})
	z, ones := make([]float64, 2*d), make([]float64, 2*d)
	for i := range d {
		ones[i] = 1
	}
	grad, hv := make([]float64, 2*d), make([]float64, 2*d)
	diagonal := make([]float64, len(c))
	j := vector(len(c), func(dst []float64) {
		clear(dst)
		clear(diagonal)
		for i := range m.N {
			k, _ := m.Closest(c, i)
			copy(z, c[k*d:][:d])
			copy(z[d:], m.X[i*d:][:d])
			p := f.At(z)
			p.Gradient(grad)
			p.HVP(hv, ones)
			p.Close()
			for l := range d {
				dst[k*d+l] += grad[l]
				diagonal[k*d+l] += hv[l]
			}
		}
		for i := range dst {
			dst[i] /= diagonal[i]
		}
	})
	flat := j.output
	j.output = func() any { return rows(flat().([]float64), d) }
	return j, nil
}
