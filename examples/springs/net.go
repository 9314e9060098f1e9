package main

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
)

// The net is stretched in a square frame of 1 m, of which two opposite corners
// are raised. Lengths are in m, forces in N, energies in J.
const (
	stiffness = 100.0 // of a spring, N/m
	weight    = 60.0  // of the net
	raised    = 0.5   // height of two corners, the others lie at 0
)

// A net has side×side nodes, tied by springs to their neighbours. Those at the
// edge are fixed to the frame; the others can move, and have three coordinates
// each in the vectors below.
type net struct {
	side  int
	slack float64 // rest length of a spring by the width of a mesh
}

// dim returns the number of variables.
func (n net) dim() int { return 3 * (n.side - 2) * (n.side - 2) }

// index returns where the coordinates of the node in row i and column j start,
// or -1 if it is fixed.
func (n net) index(i, j int) int {
	if i == 0 || j == 0 || i == n.side-1 || j == n.side-1 {
		return -1
	}
	return 3 * ((i-1)*(n.side-2) + j - 1)
}

// frame returns the place of a node at the edge.
func (n net) frame(i, j int) [3]float64 {
	x, y := n.place(j), n.place(i)
	return [3]float64{x, y, raised * (x + y - 2*x*y)}
}

// place returns the coordinate of row or column i in the plane.
func (n net) place(i int) float64 { return float64(i) / float64(n.side-1) }

// rest returns the rest length of a spring.
func (n net) rest() float64 { return n.slack / float64(n.side-1) }

// start returns the flat net: nothing but the edge feels the frame yet.
func (n net) start() []float64 {
	x := make([]float64, n.dim())
	for i := range n.side {
		for j := range n.side {
			if k := n.index(i, j); k >= 0 {
				x[k], x[k+1] = n.place(j), n.place(i)
			}
		}
	}
	return x
}

// load is the weight of a node that can move.
func (n net) load() float64 { return 3 * weight / float64(n.dim()) }

// springs calls yield for each spring with the rows and columns of its ends.
func (n net) springs(yield func(a, b [2]int) bool) {
	for i := range n.side {
		for j := range n.side {
			if j+1 < n.side && !yield([2]int{i, j}, [2]int{i, j + 1}) ||
				i+1 < n.side && !yield([2]int{i, j}, [2]int{i + 1, j}) {
				return
			}
		}
	}
}

// energy is the function to be minimized: that of the springs, and the height of
// the nodes times their weight.
func (n net) energy(x []mixed.Var) mixed.Var {
	node := func(at [2]int) [3]mixed.Var {
		if k := n.index(at[0], at[1]); k >= 0 {
			return [3]mixed.Var(x[k:])
		}
		var p [3]mixed.Var // constants: these are not varied
		for c, v := range n.frame(at[0], at[1]) {
			p[c] = p[c].Const(v)
		}
		return p
	}
	var stretch, height []mixed.Var
	for a, b := range n.springs {
		p, q := node(a), node(b)
		d := dual.Norm([]mixed.Var{p[0].Sub(q[0]), p[1].Sub(q[1]), p[2].Sub(q[2])})
		stretch = append(stretch, d.AddConst(-n.rest()))
	}
	for k := 2; k < len(x); k += 3 {
		height = append(height, x[k])
	}
	// Sums of many terms are one operation each.
	return dual.SumSq(stretch).Scale(stiffness / 2).Add(dual.Sum(height).Scale(n.load()))
}

// node returns the place of a node.
func (n net) node(x []float64, at [2]int) [3]float64 {
	if k := n.index(at[0], at[1]); k >= 0 {
		return [3]float64(x[k:])
	}
	return n.frame(at[0], at[1])
}

// lift returns the vertical force of the frame on the net, without any
// derivative: at rest it carries the weight.
func (n net) lift(x []float64) float64 {
	sum := 0.0
	for a, b := range n.springs {
		fixedA, fixedB := n.index(a[0], a[1]) < 0, n.index(b[0], b[1]) < 0
		if fixedA == fixedB {
			continue // inside, or from frame to frame
		}
		p, q := n.node(x, a), n.node(x, b)
		d := math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
		f := stiffness * (d - n.rest()) * (p[2] - q[2]) / d
		if fixedA {
			sum += f
		} else {
			sum -= f
		}
	}
	return sum
}

// middle returns the height of the middle of the net.
func (n net) middle(x []float64) float64 {
	lo, hi := (n.side-1)/2, n.side/2
	sum := 0.0
	for _, at := range [][2]int{{lo, lo}, {lo, hi}, {hi, lo}, {hi, hi}} {
		sum += n.node(x, at)[2]
	}
	return sum / 4
}
