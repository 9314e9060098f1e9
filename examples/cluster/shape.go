package main

import (
	"math"
	"math/rand/v2"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
)

// Lengths are in σ, where two atoms have no energy, and energies in ε, by which
// they attract each other most; masses are those of an atom.

// energy is that of Lennard-Jones, 4(r⁻¹² - r⁻⁶) for each pair of atoms. x holds
// three coordinates for each.
func energy(x []mixed.Var) mixed.Var {
	var terms []mixed.Var
	for i := 0; i < len(x); i += 3 {
		for j := 0; j < i; j += 3 {
			r2 := dual.SumSq([]mixed.Var{x[i].Sub(x[j]), x[i+1].Sub(x[j+1]), x[i+2].Sub(x[j+2])})
			terms = append(terms, dual.Poly(r2.PowInt(-3), []float64{0, -4, 4}))
		}
	}
	return dual.Sum(terms)
}

// laplacian is that of the energy in closed form: for each pair twice that of
// u(r) in space, 4·(132·r⁻¹⁴ - 30·r⁻⁸).
func laplacian(x []float64) float64 {
	sum := 0.0
	for i := 0; i < len(x); i += 3 {
		for j := 0; j < i; j += 3 {
			r2 := 0.0
			for c := range 3 {
				d := x[i+c] - x[j+c]
				r2 += d * d
			}
			sum += 8 * (132*math.Pow(r2, -7) - 30*math.Pow(r2, -4))
		}
	}
	return sum
}

// A shape is where the atoms of a cluster are before it relaxes, up to scale,
// and the energy of the lowest minimum that is known for it (D. J. Wales and
// others, The Cambridge Cluster Database).
type shape struct {
	name   string
	atoms  [][3]float64
	energy float64
}

// shapes are the clusters by the number of atoms.
var shapes = map[int]shape{
	13: {"icosahedron", icosahedron(), -44.326801},
	38: {"truncated octahedron", octahedron(), -173.928427},
	55: {"icosahedron of two shells", mackay(), -279.248470},
}

// icosahedron is an atom at the centre and twelve around it.
func icosahedron() [][3]float64 {
	atoms := [][3]float64{{}}
	for _, a := range []float64{-1, 1} {
		for _, b := range []float64{-math.Phi, math.Phi} {
			atoms = append(atoms, [3]float64{0, a, b}, [3]float64{a, b, 0}, [3]float64{b, 0, a})
		}
	}
	return atoms
}

// mackay is an icosahedron with a second shell: its corners twice as far out,
// and the middles of the edges between them.
func mackay() [][3]float64 {
	inner := icosahedron()
	atoms := inner
	for i, a := range inner[1:] {
		atoms = append(atoms, [3]float64{2 * a[0], 2 * a[1], 2 * a[2]})
		for _, b := range inner[1 : 1+i] {
			if math.Abs(distance(a[:], b[:])-2) < 1e-9 {
				atoms = append(atoms, [3]float64{a[0] + b[0], a[1] + b[1], a[2] + b[2]})
			}
		}
	}
	return atoms
}

// octahedron is cut from a face-centred lattice, the points whose coordinates
// have an odd sum, around a hole.
func octahedron() [][3]float64 {
	var atoms [][3]float64
	for i := -2; i <= 2; i++ {
		for j := -2; j <= 2; j++ {
			for k := -2; k <= 2; k++ {
				if (i+j+k)%2 != 0 && i*i+j*j+k*k <= 5 {
					atoms = append(atoms, [3]float64{float64(i), float64(j), float64(k)})
				}
			}
		}
	}
	return atoms
}

// start returns the coordinates of a shape with a shortest distance of 1.1, and
// every atom moved a little.
func (s shape) start(seed uint64) []float64 {
	shortest := math.Inf(1)
	for i, a := range s.atoms {
		for _, b := range s.atoms[:i] {
			shortest = min(shortest, distance(a[:], b[:]))
		}
	}
	rnd := rand.New(rand.NewPCG(seed, 0))
	var x []float64
	for _, a := range s.atoms {
		for _, v := range a {
			x = append(x, 1.1*v/shortest+0.05*rnd.NormFloat64())
		}
	}
	return x
}

func distance(a, b []float64) float64 {
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}
