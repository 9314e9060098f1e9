package problems

import (
	"math"
	"math/rand/v2"

	"github.com/dualjet/dualjet/dual"
)

// NBody is the potential energy of bodies that attract each other by Newton's law
// with softening ε,
//
//	-Σ mᵢ·mⱼ/√(|xᵢ-xⱼ|² + ε²) over i < j,
//
// as a function of their positions, three numbers for each. The forces are minus
// its gradient.
type NBody struct {
	Mass []float64
	Soft float64
}

// NewNBody returns n bodies and their positions, the same for the same seed.
func NewNBody(n int, seed uint64) (b *NBody, x []float64) {
	if n < 1 {
		fail("NewNBody: n = %d, want at least 1", n)
	}
	r := rand.New(rand.NewPCG(seed, 0))
	b, x = &NBody{Mass: make([]float64, n), Soft: 0.01}, make([]float64, 3*n)
	for i := range b.Mass {
		b.Mass[i] = 0.5 + r.Float64()
	}
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return b, x
}

// Energy returns the energy at x.
func (b *NBody) Energy(x []float64) float64 {
	checkLen("NBody.Energy", "x", len(x), 3*len(b.Mass))
	s := 0.0
	for i, m := range b.Mass {
		for j := range i {
			r2 := b.Soft * b.Soft
			for l := range 3 {
				d := x[3*i+l] - x[3*j+l]
				r2 += d * d
			}
			s -= m * b.Mass[j] / math.Sqrt(r2)
		}
	}
	return s
}

// NBodyEnergy is [NBody.Energy] for any number type.
func NBodyEnergy[T dual.Real[T]](b *NBody, x []T) T {
	checkLen("NBodyEnergy", "x", len(x), 3*len(b.Mass))
	var s T
	for i, m := range b.Mass {
		for j := range i {
			r2 := x[3*i].Sub(x[3*j]).Sqr()
			r2 = r2.Add(x[3*i+1].Sub(x[3*j+1]).Sqr())
			r2 = r2.Add(x[3*i+2].Sub(x[3*j+2]).Sqr())
			s = s.Sub(r2.AddConst(b.Soft * b.Soft).Sqrt().Inv().Scale(m * b.Mass[j]))
		}
	}
	return s
}

// Gradient puts the gradient of the energy at x, by Newton's law, into dst and
// returns it. A nil dst is allocated.
func (b *NBody) Gradient(dst, x []float64) []float64 {
	checkLen("NBody.Gradient", "x", len(x), 3*len(b.Mass))
	dst = destination("NBody.Gradient", dst, len(x))
	for i, m := range b.Mass {
		for j := range i {
			var d [3]float64
			r2 := b.Soft * b.Soft
			for l := range d {
				d[l] = x[3*i+l] - x[3*j+l]
				r2 += d[l] * d[l]
			}
			c := m * b.Mass[j] / (r2 * math.Sqrt(r2))
			for l, v := range d {
				dst[3*i+l] += c * v
				dst[3*j+l] -= c * v
			}
		}
	}
	return dst
}

// Forces puts the forces at x into dst and returns it. A nil dst is allocated.
func (b *NBody) Forces(dst, x []float64) []float64 {
	checkLen("NBody.Forces", "x", len(x), 3*len(b.Mass))
	dst = b.Gradient(dst, x)
	for i := range dst {
		dst[i] = -dst[i]
	}
	return dst
}
