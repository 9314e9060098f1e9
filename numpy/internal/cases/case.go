// Package cases lists the operations of the numpy packages, each at several
// shapes, axes and kinds of numbers. Its tests take every case through all
// modes of differentiation and compare it with NumPy, SciPy and JAX; the table
// of operations in docs/numpy.md is made from it.
//
// The reference values in testdata/golden.json.gz come from Python:
//
//	go run ./numpy/internal/cases/gen -dump | python3 numpy/internal/cases/testdata/golden.py
//
// and the table from
//
//	go run ./numpy/internal/cases/gen -docs docs/numpy.md
package cases

//go:generate go run ./gen -docs ../../../docs/numpy.md

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"

	np "github.com/dualjet/dualjet/numpy"
)

// A Case is an operation at some operands.
type Case struct {
	// Op is the exported name that the case covers: "Sum", "linalg.Solve".
	Op string
	// Py is the same in Python, with the operands x0, x1, … and np, the modules
	// sp (scipy), la (np.linalg), sla (scipy.linalg), fft (np.fft), ss
	// (scipy.special), st (scipy.stats). Empty if there is no counterpart.
	Py string
	F  func(x []np.Array) np.Array
	In []np.Array
	// Const lists operands that are not differentiated.
	Const []int
	// Flat tells that the result is locally constant.
	Flat bool
	// Kink tells that derivatives are not compared with differences, because
	// the operands lie on a kink. Modes are still compared with each other.
	Kink bool
	// NoJac tells that JAX has no Jacobian for it, or follows another
	// convention.
	NoJac bool
	// Tol is the relative tolerance for values, 1e-13 if 0; Jacobians have
	// ten times, derivatives against differences 1e-6.
	Tol float64
	// Note is for the table in the documentation: a restriction, a convention.
	Note string
}

// All returns every case.
func All() []Case {
	var all []Case
	for _, group := range groups {
		all = append(all, group()...)
	}
	return all
}

// groups holds the tables; each file adds its own.
var groups []func() []Case

// Key identifies a case in the golden file: its Python text and operands.
func (c Case) Key() string {
	h := fnv.New64a()
	for _, x := range c.In {
		fmt.Fprint(h, x.Shape(), x.Complex128s())
	}
	fmt.Fprint(h, c.Const)
	return fmt.Sprintf("%s @%016x", c.Py, h.Sum64())
}

// Args are the functions that make operands: the same numbers every time for
// the same shape and seed.

// normal returns standard normal numbers, none close to 0.
func normal(seed uint64, shape ...int) np.Array {
	return fill(seed, shape, func(r *rand.Rand) float64 {
		v := r.NormFloat64()
		return round(v + math.Copysign(0.1, v))
	})
}

// positive returns numbers in [0.5, 2).
func positive(seed uint64, shape ...int) np.Array {
	return fill(seed, shape, func(r *rand.Rand) float64 { return round(0.5 + 1.5*r.Float64()) })
}

// unit returns numbers in (-0.9, 0.9), none close to 0.
func unit(seed uint64, shape ...int) np.Array {
	return fill(seed, shape, func(r *rand.Rand) float64 {
		return round(math.Copysign(0.05+0.85*r.Float64(), r.Float64()-0.5))
	})
}

// complexes returns complex normal numbers.
func complexes(seed uint64, shape ...int) np.Array {
	r := rand.New(rand.NewPCG(seed, 2))
	c := make([]complex128, size(shape))
	for i := range c {
		c[i] = complex(round(r.NormFloat64()), round(r.NormFloat64()))
	}
	return np.WrapComplex(c, append([]int{}, shape...)...)
}

func fill(seed uint64, shape []int, draw func(*rand.Rand) float64) np.Array {
	r := rand.New(rand.NewPCG(seed, 1))
	v := make([]float64, size(shape))
	for i := range v {
		v[i] = draw(r)
	}
	return np.Wrap(v, append([]int{}, shape...)...)
}

func size(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

// round keeps the text of the operands short.
func round(v float64) float64 { return math.Round(v*1024) / 1024 }

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// one and two adapt functions of one or two arrays.
func one(f func(x np.Array) np.Array) func([]np.Array) np.Array {
	return func(x []np.Array) np.Array { return f(x[0]) }
}

func two(f func(x, y np.Array) np.Array) func([]np.Array) np.Array {
	return func(x []np.Array) np.Array { return f(x[0], x[1]) }
}
