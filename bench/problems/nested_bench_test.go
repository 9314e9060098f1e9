package problems

import (
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
)

// BenchmarkHand times the Jacobian of hand tracking: nine or ten sweeps with three
// tangents, or one with an adjoint for each residual.
func BenchmarkHand(b *testing.B) {
	for name, h := range hands(b) {
		p, cols := h.Params(), HandParams
		forward, back := handOf[dual.Number3](h), handOf[reverse.Var](h)
		if h.Us != nil {
			p, cols = append([]float64{0, 0}, h.Theta...), 2+HandParams
			forward, back = handShiftedOf[dual.Number3](h), handShiftedOf[reverse.Var](h)
		}
		out, jac := make([]float64, len(h.Points)), mat.NewDense(len(h.Points), cols, nil)
		plain := func() { h.Residuals(out, h.Params()) }
		b.Run(name+"/plain", func(b *testing.B) { versus(b, plain, plain) })
		b.Run(name+"/by-hand", func(b *testing.B) { versus(b, plain, func() { h.Jacobian(jac.RawMatrix().Data, h.Params()) }) })
		b.Run(name+"/forward", func(b *testing.B) { versus(b, plain, func() { dual.Jacobian(jac, forward, p) }) })
		b.Run(name+"/reverse", func(b *testing.B) { versus(b, plain, func() { reverse.Jacobian(jac, back, p) }) })
	}
}

// BenchmarkNested times the outer gradients of functions with a gradient inside.
// The ratios are to the functions with the inner gradient by hand.
func BenchmarkNested(b *testing.B) {
	w, p, start := []float64{0.1}, []float64{0.7, -0.4}, [2]float64{1, 1}
	dst := make([]float64, 2)
	particle, saddle := func() { sink = Particle(w[0]) }, func() { sink = Saddle(p, start) }
	for _, n := range nestings {
		f, g := NewParticle(n), NewSaddle(n, start)
		b.Run("particle/"+n.String(), func(b *testing.B) { versus(b, particle, func() { f.Gradient(dst[:1], w) }) })
		b.Run("saddle/"+n.String(), func(b *testing.B) { versus(b, saddle, func() { g.Gradient(dst, p) }) })
	}
}
