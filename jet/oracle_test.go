package jet_test

import (
	"math"
	"math/rand/v2"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

// raise adds a level that differentiates for variable i.
func raise[T dual.Real[T]](x []T, i int) []dual.Nested[T] {
	y := make([]dual.Nested[T], len(x))
	for j, v := range x {
		y[j] = dual.Lift(v)
	}
	y[i] = dual.Variable(x[i])
	return y
}

// samples is the number of functions that sample knows.
const samples = 7

// sample is a function of any number of variables, by its number.
func sample[T dual.Real[T]](id int, x []T) T {
	switch id {
	case 0: // entire, all derivatives alike
		s := x[0].Const(0.3)
		for i, v := range x {
			s = s.Add(v.Scale(1 / (1 + float64(i))))
		}
		return s.Exp()
	case 1: // a near pole
		s := x[0].Const(2.5)
		for i, v := range x {
			s = s.Sub(v.Scale(0.6 + 0.2*float64(i)))
		}
		return s.Inv()
	case 2: // a product of different functions
		s := x[0].Sin()
		for i, v := range x[1:] {
			switch i % 3 {
			case 0:
				s = s.Mul(v.AddConst(3).Log())
			case 1:
				s = s.Mul(v.Tanh())
			default:
				s = s.Mul(v.Sqr().AddConst(1).Sqrt())
			}
		}
		return s
	case 3: // nothing mixed: exact zeros
		var s T
		for _, v := range x {
			s = s.Add(v.Cos())
		}
		return s
	case 4: // a polynomial
		s := x[0].Const(1)
		for i, v := range x {
			s = s.Mul(v.AddConst(0.5 * float64(i))).Add(v.PowInt(4)).AddConst(-1)
		}
		return s
	case 5: // scales far apart
		s := x[0].Scale(1e4)
		for i, v := range x[1:] {
			s = s.Add(v.Scale(math.Pow(10, float64(-i))))
		}
		return s.Scale(1e-4).Erf()
	default: // two steps of a logistic map with coupling
		a := x[0].Logistic()
		for range 2 {
			for _, v := range x {
				a = a.Mul(a.Neg().AddConst(1)).Mul(v.AddConst(3)).Add(v.Atan().Scale(0.1))
			}
		}
		return a
	}
}

// sampleOf returns sample for one type.
func sampleOf[T dual.Real[T]](id int) func([]T) T {
	return func(x []T) T { return sample(id, x) }
}

// nestedPartial returns the derivative of a sample for each of the given
// variables in turn, by nested dual numbers of up to six levels.
func nestedPartial(id int, x []float64, vars []int) float64 {
	x0 := make([]dual.Float, len(x))
	for i, v := range x {
		x0[i] = dual.Float(v)
	}
	if len(vars) == 0 {
		return float64(sample(id, x0))
	}
	x1 := raise(x0, vars[0])
	if len(vars) == 1 {
		return float64(sample(id, x1).D)
	}
	x2 := raise(x1, vars[1])
	if len(vars) == 2 {
		return float64(sample(id, x2).D.D)
	}
	x3 := raise(x2, vars[2])
	if len(vars) == 3 {
		return float64(sample(id, x3).D.D.D)
	}
	x4 := raise(x3, vars[3])
	if len(vars) == 4 {
		return float64(sample(id, x4).D.D.D.D)
	}
	x5 := raise(x4, vars[4])
	if len(vars) == 5 {
		return float64(sample(id, x5).D.D.D.D.D)
	}
	return float64(sample(id, raise(x5, vars[5])).D.D.D.D.D.D)
}

// nestedJets returns a mixed derivative of a sample of four variables by jets
// of jets.
func nestedJets(id int, x []float64, index []int) float64 {
	type (
		n2 = jet.Nested[jet.Jet64]
		n3 = jet.Nested[n2]
		n4 = jet.Nested[n3]
	)
	w := make([]n4, 4)
	for i, v := range x {
		switch i {
		case 1:
			w[i] = jet.NewNested(jet.NewNested(jet.NestedVariable(jet.New(v), index[1])))
		case 2:
			w[i] = jet.NewNested(jet.NestedVariable(jet.NewNested(jet.New(v)), index[2]))
		case 3:
			w[i] = jet.NestedVariable(jet.NewNested(jet.NewNested(jet.New(v))), index[3])
		case 0:
			w[i] = jet.NewNested(jet.NewNested(jet.NewNested(jet.Variable(v, index[0]))))
		}
	}
	return sample(id, w).Derivative(index[3]).Derivative(index[2]).Derivative(index[1]).Derivative(index[0])
}

// multiIndices calls do with every multi-index of n variables and of at most
// the given order, and with the variables that it lists.
func multiIndices(n, order int, do func(index, vars []int)) {
	index := make([]int, n)
	var walk func(p int, vars []int)
	walk = func(p int, vars []int) {
		if p == n {
			do(index, vars)
			return
		}
		for index[p] = 0; len(vars)+index[p] <= order; index[p]++ {
			list := append([]int(nil), vars...)
			for range index[p] {
				list = append(list, p)
			}
			walk(p+1, list)
		}
		index[p] = 0
	}
	walk(0, nil)
}

// somewhere returns a point of n variables.
func somewhere(n int) []float64 {
	rng := rand.New(rand.NewPCG(11, uint64(n)))
	x := make([]float64, n)
	for i := range x {
		x[i] = 0.7 * rng.NormFloat64()
	}
	return x
}

// within reports whether got is want to a relative error of tol.
func within(got, want, tol float64) bool {
	return got == want || math.Abs(got-want) <= tol*math.Abs(want) || math.IsNaN(got) && math.IsNaN(want)
}
