package optimizers

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

// A Method is a rule by which a vector of parameters takes a step down. It
// keeps what it needs from step to step, so that one belongs to one
// minimisation.
type Method interface {
	// Update changes x, given the gradient there. It panics if the length is
	// not that of the steps before.
	Update(x, grad []float64)
}

// SGD is gradient descent with momentum: with the velocity v, which starts at
// 0, each step is v ← Mass·v - (1-Mass)·g, x ← x + Step·v.
type SGD struct {
	Step float64 // length of a step, times the gradient
	Mass float64 // how much of the velocity stays, in [0, 1)

	v []float64
}

// NewSGD returns SGD with a Mass of 0.9. A usual step is 0.1.
func NewSGD(step float64) *SGD { return &SGD{Step: step, Mass: 0.9} }

// Update implements [Method].
func (m *SGD) Update(x, grad []float64) {
	m.v = state("SGD", m.v, x, grad, 0)
	for i, g := range grad {
		m.v[i] = m.Mass*m.v[i] - (1-m.Mass)*g
		x[i] += m.Step * m.v[i]
	}
}

// RMSProp divides each element of the gradient by a running root mean square
// of it: with a that starts at 1, a ← Gamma·a + (1-Gamma)·g²,
// x ← x - Step·g/(√a+Eps).
type RMSProp struct {
	Step  float64 // length of a step
	Gamma float64 // how much of the mean square stays, in [0, 1)
	Eps   float64 // keeps the quotient finite

	a []float64
}

// NewRMSProp returns RMSProp with a Gamma of 0.9 and an Eps of 1e-8. A usual
// step is 0.1.
func NewRMSProp(step float64) *RMSProp { return &RMSProp{Step: step, Gamma: 0.9, Eps: 1e-8} }

// Update implements [Method].
func (m *RMSProp) Update(x, grad []float64) {
	m.a = state("RMSProp", m.a, x, grad, 1)
	for i, g := range grad {
		m.a[i] = m.Gamma*m.a[i] + (1-m.Gamma)*g*g
		x[i] -= m.Step * g / (math.Sqrt(m.a[i]) + m.Eps)
	}
}

// Adam is the method of Kingma and Ba (2015): running means m of the gradient
// and v of its square, both corrected for their start at 0, in steps of
// Step·m/(√v+Eps).
type Adam struct {
	Step   float64 // length of a step
	B1, B2 float64 // how much of the means stays, in [0, 1)
	Eps    float64 // keeps the quotient finite

	m, v   []float64
	p1, p2 float64 // 1 less the powers of B1 and B2
}

// NewAdam returns Adam with B1 = 0.9, B2 = 0.999 and an Eps of 1e-8. A usual
// step is 0.001.
func NewAdam(step float64) *Adam { return &Adam{Step: step, B1: 0.9, B2: 0.999, Eps: 1e-8} }

// Update implements [Method].
func (m *Adam) Update(x, grad []float64) {
	m.m = state("Adam", m.m, x, grad, 0)
	m.v = state("Adam", m.v, x, grad, 0)
	m.p1 = 1 - m.B1*(1-m.p1)
	m.p2 = 1 - m.B2*(1-m.p2)
	for i, g := range grad {
		m.m[i] = m.B1*m.m[i] + (1-m.B1)*g
		m.v[i] = m.B2*m.v[i] + (1-m.B2)*g*g
		x[i] -= m.Step * (m.m[i] / m.p1) / (math.Sqrt(m.v[i]/m.p2) + m.Eps)
	}
}

// state checks the lengths and returns the state s, made at the first step.
func state(name string, s, x, grad []float64, start float64) []float64 {
	if len(x) != len(grad) || s != nil && len(s) != len(x) {
		np.Fail("optimizers: %s: %d parameters, a gradient of %d, steps before of %d", name, len(x), len(grad), len(s))
	}
	if s == nil {
		s = make([]float64, len(x))
		for i := range s {
			s[i] = start
		}
	}
	return s
}
