package numpy

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// A Mode is a way of taking derivatives, or a set of them.
type Mode uint

// The modes, in order of the cost of a gradient.
const (
	Forward Mode = 1 << iota
	Reverse
	Taylor
	AllModes = Forward | Reverse | Taylor
)

// String returns the names of the modes in m, joined by "+".
func (m Mode) String() string {
	var s []string
	for _, name := range []string{"forward", "reverse", "Taylor"} {
		if m&1 != 0 {
			s = append(s, name)
		}
		m >>= 1
	}
	return strings.Join(s, "+")
}

// CheckGrads compares the derivatives of f at x in the given modes with
// differences of f, for use in tests. At an order above 1 it goes on with the
// derivatives themselves as functions of x and of the direction, so that every
// mix of modes is tried. It returns nil if they agree, otherwise an error that
// tells the mix of modes and the numbers. It is deterministic.
//
// f must be smooth around x. CheckGrads panics with an [Error] if the order is not
// positive or there is no mode. See [Checker] for functions of several arguments
// and for other tolerances.
func CheckGrads(f func(Array) Array, x Array, order int, modes Mode) error {
	return Checker{}.Check(func(x ...Array) Array { return f(x[0]) }, []Array{x}, order, modes)
}

// A Checker compares derivatives with differences; see [CheckGrads]. The zero
// value is ready to use.
type Checker struct {
	// Tol is the largest difference relative to the norm of the derivative;
	// 0 means 1e-6.
	Tol float64
	// Step is the length of a step of the differences relative to the
	// elements of the arguments; 0 means 1e-3.
	Step float64
	// Seed selects other random directions.
	Seed uint64
}

// Check is [CheckGrads] for a function of several arguments.
func (c Checker) Check(f func(...Array) Array, xs []Array, order int, modes Mode) error {
	if order < 1 {
		fail("CheckGrads: order %d is not positive", order)
	}
	if modes&AllModes == 0 {
		fail("CheckGrads: no mode is given")
	}
	if c.Tol == 0 {
		c.Tol = 1e-6
	}
	if c.Step == 0 {
		c.Step = 1e-3
	}
	return c.check(f, xs, order, modes, "", rand.New(rand.NewPCG(c.Seed, 1)))
}

func (c Checker) check(f func(...Array) Array, xs []Array, order int, modes Mode, path string, rnd *rand.Rand) error {
	vs := make([]Array, len(xs))
	for i, x := range xs {
		vs[i] = direction(x, rnd)
	}
	y := f(xs...)
	want := c.difference(f, xs, vs)
	noise := norm(y) * 1e-11 / c.Step
	compare := func(mode, what string, got, want Array) error {
		if !sameShape(got.Shape(), want.Shape()) {
			return fmt.Errorf("%s%s %s: shape %s, want %s", path, mode, what, shapeString(got.Shape()), shapeString(want.Shape()))
		}
		e := norm(got.Sub(want))
		if scale := math.Max(norm(got), norm(want)); !(e <= c.Tol*scale+noise) {
			return fmt.Errorf("%s%s %s: got %v, differences give %v (relative error %.2g)",
				path, mode, what, got.Complex128s(), want.Complex128s(), e/scale)
		}
		return nil
	}
	if modes&Forward != 0 {
		if err := compare("forward", "derivative", tangentOf(f, xs, vs), want); err != nil {
			return err
		}
		if order > 1 {
			g := func(z ...Array) Array { return tangentOf(f, z[:len(xs)], z[len(xs):]) }
			if err := c.check(g, append(append([]Array{}, xs...), vs...), order-1, modes, path+"forward, then ", rnd); err != nil {
				return err
			}
		}
	}
	if modes&Taylor != 0 {
		if err := compare("Taylor", "coefficient 1", coefficientOf(f, xs, vs), want); err != nil {
			return err
		}
		if order > 1 {
			g := func(z ...Array) Array { return coefficientOf(f, z[:len(xs)], z[len(xs):]) }
			if err := c.check(g, append(append([]Array{}, xs...), vs...), order-1, modes, path+"Taylor, then ", rnd); err != nil {
				return err
			}
		}
	}
	if modes&Reverse != 0 {
		w := direction(y, rnd)
		pull := func(z ...Array) []Array {
			back, ys := vjp(list(f), z[:len(xs)])
			g := back([]Array{conform(z[len(xs)], ys[0], false)})
			for i := range g {
				g[i] = g[i].orZeros(z[i])
			}
			return g
		}
		got, sum := Array{}, 0.0
		for i, g := range pull(append(append([]Array{}, xs...), w)...) {
			if !sameShape(g.Shape(), xs[i].Shape()) {
				return fmt.Errorf("%sreverse cotangent %d: shape %s, want %s", path, i, shapeString(g.Shape()), shapeString(xs[i].Shape()))
			}
			got = got.Add(pairing(g, vs[i]))
			sum += norm(g) * norm(vs[i])
		}
		e := math.Abs(got.Float64() - pairing(w, want).Float64())
		if scale := math.Max(sum, norm(w)*norm(want)); !(e <= c.Tol*scale+noise*norm(w)) {
			return fmt.Errorf("%sreverse derivative: got %v, differences give %v (relative error %.2g)",
				path, got.Float64(), pairing(w, want).Float64(), e/scale)
		}
		for i := range xs {
			if order > 1 {
				g := func(z ...Array) Array { return pull(z...)[i] }
				if err := c.check(g, append(append([]Array{}, xs...), w), order-1, modes, path+fmt.Sprintf("reverse for argument %d, then ", i), rnd); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// difference returns the derivative of f along vs from values at four points,
// with an error of the fourth order of the step.
func (c Checker) difference(f func(...Array) Array, xs, vs []Array) Array {
	at := func(h float64) Array {
		moved := make([]Array, len(xs))
		for i := range xs {
			moved[i] = xs[i].Add(vs[i].Scale(h))
		}
		return f(moved...)
	}
	h := c.Step
	return at(h).Sub(at(-h)).Scale(8).Sub(at(2 * h).Sub(at(-2 * h))).Scale(1 / (12 * h))
}

// direction returns a random array like x, of elements in proportion to those
// of x.
func direction(x Array, rnd *rand.Rand) Array {
	size := func(v float64) float64 {
		if v == 0 {
			return 1
		}
		return v
	}
	draw := func() float64 { return math.Copysign(0.3+0.7*rnd.Float64(), rnd.Float64()-0.5) }
	if x.IsComplex() {
		v := append([]complex128{}, x.Complex128s()...)
		for i, z := range v {
			r := size(math.Hypot(real(z), imag(z)))
			v[i] = complex(r*draw(), r*draw())
		}
		return WrapComplex(v, x.Shape()...).reshaped(x)
	}
	v := append([]float64{}, x.Float64s()...)
	for i, z := range v {
		v[i] = size(math.Abs(z)) * draw()
	}
	return Wrap(v, x.Shape()...).reshaped(x)
}

// reshaped gives x the shape of y, of the same size.
func (x Array) reshaped(y Array) Array { return Reshape(x, y.Shape()...) }

// norm returns the Euclidean norm of x.
func norm(x Array) float64 {
	s := 0.0
	for _, v := range x.Complex128s() {
		s = math.Hypot(s, math.Hypot(real(v), imag(v)))
	}
	return s
}

// pairing returns Re Σ w·v.
func pairing(w, v Array) Array { return Real(Sum(Mul(w, v))) }

// tangentOf returns the derivative of f at xs along vs.
func tangentOf(f func(...Array) Array, xs, vs []Array) Array {
	ys, dots := jvp(list(f), xs, vs)
	return like(dots[0], ys[0])
}

// coefficientOf returns coefficient 1 of f along xs + t·vs by Taylor series.
func coefficientOf(f func(...Array) Array, xs, vs []Array) Array {
	path := make([][]Array, len(xs))
	for i, x := range xs {
		path[i] = []Array{x, vs[i]}
	}
	ys := taylorAll(list(f), path, 1)
	return like(ys[0][1], ys[0][0])
}
