package jet_test

import (
	"math"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

// Three functions, once for each way to write them: a polynomial of degree 7 by
// Horner's rule, a composition of exponentials and sines, and the chained
// Rosenbrock function.

var hornerCoeffs = [8]float64{1, -0.5, 0.25, 2, -1, 0.125, 0.75, -0.3}

func hornerFloat(x float64) float64 {
	s := hornerCoeffs[7]
	for k := 6; k >= 0; k-- {
		s = s*x + hornerCoeffs[k]
	}
	return s
}

func compositeFloat(x float64) float64 {
	return math.Sin(math.Exp(math.Sin(x))) * math.Exp(0.5*x)
}

func rosenbrockFloat(x []float64) float64 {
	s := 0.0
	for i := range len(x) - 1 {
		a := x[i+1] - x[i]*x[i]
		b := x[i] - 1
		s = s + 100*(a*a) + b*b
	}
	return s
}

func hornerJet2(x jet.Jet2) jet.Jet2 {
	s := x.Const(hornerCoeffs[7])
	for k := 6; k >= 0; k-- {
		s = s.Mul(x).AddConst(hornerCoeffs[k])
	}
	return s
}

func hornerJet3(x jet.Jet3) jet.Jet3 {
	s := x.Const(hornerCoeffs[7])
	for k := 6; k >= 0; k-- {
		s = s.Mul(x).AddConst(hornerCoeffs[k])
	}
	return s
}

func hornerHyper(x dual.Hyper) dual.Hyper {
	s := x.Const(hornerCoeffs[7])
	for k := 6; k >= 0; k-- {
		s = s.Mul(x).AddConst(hornerCoeffs[k])
	}
	return s
}

func hornerJet(x jet.Jet64) jet.Jet64 {
	s := x.Const(hornerCoeffs[7])
	for k := 6; k >= 0; k-- {
		s = s.Mul(x).AddConst(hornerCoeffs[k])
	}
	return s
}

func hornerSeries(z, x *series) *series {
	z.SetConst(hornerCoeffs[7])
	for k := 6; k >= 0; k-- {
		z.AddConst(z.Mul(z, x), hornerCoeffs[k])
	}
	return z
}

func hornerReal[T dual.Real[T]](x T) T {
	s := x.Const(hornerCoeffs[7])
	for k := 6; k >= 0; k-- {
		s = s.Mul(x).AddConst(hornerCoeffs[k])
	}
	return s
}

func compositeJet2(x jet.Jet2) jet.Jet2 { return x.Sin().Exp().Sin().Mul(x.Scale(0.5).Exp()) }

func compositeJet3(x jet.Jet3) jet.Jet3 { return x.Sin().Exp().Sin().Mul(x.Scale(0.5).Exp()) }

func compositeHyper(x dual.Hyper) dual.Hyper { return x.Sin().Exp().Sin().Mul(x.Scale(0.5).Exp()) }

func compositeJet(x jet.Jet64) jet.Jet64 { return x.Sin().Exp().Sin().Mul(x.Scale(0.5).Exp()) }

func compositeReal[T dual.Real[T]](x T) T { return x.Sin().Exp().Sin().Mul(x.Scale(0.5).Exp()) }

func rosenbrockJet2(x []jet.Jet2) jet.Jet2 {
	var s jet.Jet2
	for i := range len(x) - 1 {
		a := x[i+1].Sub(x[i].Sqr())
		b := x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100)).Add(b.Sqr())
	}
	return s
}

func rosenbrockJet3(x []jet.Jet3) jet.Jet3 {
	var s jet.Jet3
	for i := range len(x) - 1 {
		a := x[i+1].Sub(x[i].Sqr())
		b := x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100)).Add(b.Sqr())
	}
	return s
}

func rosenbrockHyper(x []dual.Hyper) dual.Hyper {
	var s dual.Hyper
	for i := range len(x) - 1 {
		a := x[i+1].Sub(x[i].Sqr())
		b := x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100)).Add(b.Sqr())
	}
	return s
}

func rosenbrockReal[T dual.Real[T]](x []T) T {
	var s T
	for i := range len(x) - 1 {
		a := x[i+1].Sub(x[i].Sqr())
		b := x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100)).Add(b.Sqr())
	}
	return s
}

func ones[T any](n int, v T) []T { return slices.Repeat([]T{v}, n) }

// BenchmarkSmall times one evaluation in each type beside the plain function.
func BenchmarkSmall(b *testing.B) {
	type nest2 = dual.Nested[dual.Number64]
	type nest3 = dual.Nested[nest2]
	const x, n = 0.7, 100
	one := dual.Number64{V: x, D: 1}
	two := dual.Variable(one)
	three := dual.Variable(two)
	var w jet.Workspace[float64]
	inJet := func(order int, f func(jet.Jet64) jet.Jet64) func() {
		return func() { w.Reset(); sink = f(w.Variable(x, order)).Coeff(order) }
	}
	inJets := func(order int) func() {
		var u jet.Workspace[float64]
		y := make([]jet.Jet64, n)
		return func() {
			u.Reset()
			for i := range y {
				y[i] = u.Variable(x, order)
			}
			sink = rosenbrockReal(y).Coeff(order)
		}
	}
	var sx, sz series
	for _, c := range []struct {
		name  string
		plain func()
		types map[string]func()
	}{
		{"Horner", func() { sink = hornerFloat(x) }, map[string]func(){
			"2/Jet2":    func() { sink = hornerJet2(jet.Jet2{C0: x, C1: 1}).C2 },
			"3/Jet3":    func() { sink = hornerJet3(jet.Jet3{C0: x, C1: 1}).C3 },
			"2/Hyper":   func() { sink = hornerHyper(dual.Hyper{V: x, D1: 1, D2: 1}).D12 },
			"2/Nested":  func() { sink = hornerReal(two).D.D },
			"3/Nested":  func() { sink = hornerReal(three).D.D.D },
			"2/Jet":     inJet(2, hornerJet),
			"3/Jet":     inJet(3, hornerJet),
			"3/Series":  func() { sink = hornerSeries(&sz, sx.SetVariable(x, 3)).Coeff(3) },
			"2/generic": func() { sink = hornerReal(jet.Jet2{C0: x, C1: 1}).C2 },
			"3/generic": func() { sink = hornerReal(jet.Jet3{C0: x, C1: 1}).C3 },
		}},
		{"Composite", func() { sink = compositeFloat(x) }, map[string]func(){
			"2/Jet2":   func() { sink = compositeJet2(jet.Jet2{C0: x, C1: 1}).C2 },
			"3/Jet3":   func() { sink = compositeJet3(jet.Jet3{C0: x, C1: 1}).C3 },
			"2/Hyper":  func() { sink = compositeHyper(dual.Hyper{V: x, D1: 1, D2: 1}).D12 },
			"2/Nested": func() { sink = compositeReal(two).D.D },
			"3/Nested": func() { sink = compositeReal(three).D.D.D },
			"2/Jet":    inJet(2, compositeJet),
			"3/Jet":    inJet(3, compositeJet),
		}},
		{"Rosenbrock", func() { sink = rosenbrockFloat(ones100) }, map[string]func(){
			"2/Jet2":   with(ones(n, jet.Jet2{C0: x, C1: 1}), func(v []jet.Jet2) { sink = rosenbrockJet2(v).C2 }),
			"3/Jet3":   with(ones(n, jet.Jet3{C0: x, C1: 1}), func(v []jet.Jet3) { sink = rosenbrockJet3(v).C3 }),
			"2/Hyper":  with(ones(n, dual.Hyper{V: x, D1: 1, D2: 1}), func(v []dual.Hyper) { sink = rosenbrockHyper(v).D12 }),
			"2/Nested": with(ones(n, two), func(v []nest2) { sink = rosenbrockReal(v).D.D }),
			"3/Nested": with(ones(n, three), func(v []nest3) { sink = rosenbrockReal(v).D.D.D }),
			"2/Jet":    inJets(2),
			"3/Jet":    inJets(3),
		}},
	} {
		b.Run(c.name+"/1/float64", func(b *testing.B) { toPlain(b, c.plain, c.plain) })
		names := []string{}
		for name := range c.types {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			b.Run(c.name+"/"+name, func(b *testing.B) { toPlain(b, c.plain, c.types[name]) })
		}
	}
}

var ones100 = ones(100, 0.7)

func with[T any](v []T, f func([]T)) func() { return func() { f(v) } }
