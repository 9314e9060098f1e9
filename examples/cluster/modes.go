package main

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/hessian"
)

// A molecule is a cluster at its minimum with its normal modes.
type molecule struct {
	x      []float64
	energy float64
	force  float64 // largest component of the gradient

	iterations, evaluations int
	stats                   hessian.MethodStats

	values    []float64 // eigenvalues of the Hessian, ascending
	vectors   mat.Dense
	laplacian float64

	// top are the largest eigenvalues without the Hessian, from products.
	top      *hessian.Eigenpairs
	residual float64 // the largest of |H·v - λ·v|, with the Hessian
}

// most is the number of eigenvalues that are found by products.
const most = 5

// analyse relaxes a cluster from x and diagonalizes its Hessian.
func analyse(x []float64) (*molecule, error) {
	p := hessian.Compile(energy, x)
	method := &hessian.TrustRegion{HVP: p.HVP, Radius: 0.1}
	settings := &optimize.Settings{GradientThreshold: 1e-11, Converger: optimize.NeverTerminate{}, MajorIterations: 1000}
	res, err := optimize.Minimize(p.Problem(), x, settings, method)
	if err == nil {
		err = res.Status.Err()
	}
	if err != nil {
		return nil, err
	}
	m := &molecule{x: res.X, iterations: res.MajorIterations, evaluations: res.FuncEvaluations, stats: method.Stats()}

	q := p.At(m.x)
	defer q.Close()
	m.energy, m.laplacian = q.Value(), q.Laplacian()
	m.force = floats.Norm(q.Gradient(nil), math.Inf(1))
	h := q.Dense(nil)
	var e mat.EigenSym
	if !e.Factorize(h, true) {
		return nil, errors.New("no eigenvalues")
	}
	m.values = e.Values(nil)
	e.VectorsTo(&m.vectors)

	if m.top, err = hessian.Eigen(len(m.x), q.HVP, most, hessian.Largest); err != nil {
		return nil, err
	}
	for i, value := range m.top.Values {
		v := m.top.Vectors.ColView(i)
		var r mat.VecDense
		r.MulVec(h, v)
		r.AddScaledVec(&r, -value, v)
		m.residual = max(m.residual, mat.Norm(&r, 2))
	}
	return m, nil
}

// apart returns the largest difference between the eigenvalues from products
// and those of the matrix.
func (m *molecule) apart() float64 {
	d := 0.0
	for i, v := range m.top.Values {
		d = max(d, math.Abs(v-m.values[len(m.values)-1-i]))
	}
	return d
}

// A level is an eigenvalue with the number of modes that share it.
type level struct {
	value      float64
	degeneracy int
}

// frequency returns that of the level in √(ε/m)/σ, as 2π by the period.
func (l level) frequency() float64 { return math.Sqrt(max(l.value, 0)) }

// argon is that unit in cm⁻¹ for atoms of argon: ε/k = 119.8 K, σ = 3.405 Å,
// m = 39.948 u.
var argon = math.Sqrt(119.8*1.380649e-23/(39.948*1.66053907e-27)) / 3.405e-10 / (2 * math.Pi * 29979245800)

// levels groups the vibrations by eigenvalue, and counts the other modes, whose
// eigenvalue is zero: the motions of the rigid cluster, which meet no force.
func (m *molecule) levels() (zeros int, levels []level) {
	top := m.values[len(m.values)-1]
	for _, v := range m.values {
		switch last := len(levels) - 1; {
		case math.Abs(v) < 1e-9*top:
			zeros++
		case last >= 0 && v-levels[last].value < 1e-7*top:
			levels[last].degeneracy++
		default:
			levels = append(levels, level{v, 1})
		}
	}
	return zeros, levels
}
