package jet_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

var sink float64

// alternate times f and g in turns and returns the median of the ratios f/g,
// which holds while the machine drifts.
func alternate(f, g func()) float64 {
	run := func(f func(), n int) float64 {
		t := time.Now()
		for range n {
			f()
		}
		return float64(time.Since(t)) / float64(n)
	}
	// Each turn takes about 200 µs, but at least one call.
	turns := func(f func()) int { return int(2e5/max(run(f, 8), 1)) + 1 }
	nf, ng := turns(f), turns(g)
	var ratios []float64
	for start := time.Now(); len(ratios) < 11 || len(ratios) < 201 && time.Since(start) < 300*time.Millisecond; {
		ratios = append(ratios, run(f, nf)/run(g, ng))
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

// versus times f and reports how many times as fast as base it is.
func versus(b *testing.B, unit string, base, f func()) {
	ratio := alternate(base, f)
	b.ReportAllocs()
	for b.Loop() {
		f()
	}
	b.ReportMetric(ratio, unit)
}

// toPlain times f and reports how many times as long as plain it takes.
func toPlain(b *testing.B, plain, f func()) {
	ratio := alternate(f, plain)
	b.ReportAllocs()
	for b.Loop() {
		f()
	}
	b.ReportMetric(ratio, "×plain")
}

type (
	nest1 = dual.Nested[dual.Float]
	nest2 = dual.Nested[nest1]
	nest3 = dual.Nested[nest2]
	nest4 = dual.Nested[nest3]
	nest5 = dual.Nested[nest4]
	nest6 = dual.Nested[nest5]
)

func variable6(x float64) nest6 {
	v := dual.Variable[dual.Float]
	return dual.Variable(dual.Variable(dual.Variable(dual.Variable(dual.Variable(v(dual.Float(x)))))))
}

func sinExp[T dual.Real[T]](x T) T { return x.Sin().Exp().Mul(x.Exp().Cos()) }

func sinExpFloat(x float64) float64 { return math.Exp(math.Sin(x)) * math.Cos(math.Exp(x)) }

func writtenTanh[T dual.Real[T]](x T) T {
	y := x.Scale(-2).Exp()
	return y.Neg().AddConst(1).Div(y.AddConst(1))
}

// BenchmarkOrder6 compares ways to six derivatives of one variable.
func BenchmarkOrder6(b *testing.B) {
	var w jet.Workspace[float64]
	nested := func() { sink = sinExp(variable6(0.7)).Value() }
	plain := func() { sink = sinExpFloat(0.7) }
	b.Run("plain", func(b *testing.B) { versus(b, "×nested", nested, plain) })
	b.Run("nested", func(b *testing.B) { versus(b, "×nested", nested, nested) })
	b.Run("Nested[Float]", func(b *testing.B) {
		var w jet.NestedWorkspace[dual.Float]
		versus(b, "×nested", nested, func() {
			w.Reset()
			sink = sinExp(w.Variable(0.7, 6)).Value()
		})
	})
	b.Run("Jet", func(b *testing.B) {
		versus(b, "×nested", nested, func() {
			w.Reset()
			sink = sinExp(w.Variable(0.7, 6)).Value()
		})
	})
	concrete := func(x jet.Jet64) jet.Jet64 { return x.Sin().Exp().Mul(x.Exp().Cos()) }
	b.Run("Jet, one type", func(b *testing.B) {
		versus(b, "×nested", nested, func() {
			w.Reset()
			sink = concrete(w.Variable(0.7, 6)).Value()
		})
	})
}

// BenchmarkTanh sweeps six derivatives of the written-out tanh over 200 points.
func BenchmarkTanh(b *testing.B) {
	var w jet.Workspace[float64]
	b.ReportAllocs()
	for b.Loop() {
		for i := range 200 {
			w.Reset()
			sink = writtenTanh(w.Variable(-7+14*float64(i)/199, 6)).Coeff(6)
		}
	}
}

// BenchmarkOps times single operations by order.
func BenchmarkOps(b *testing.B) {
	for _, op := range []struct {
		name string
		f    func(x, y jet.Jet64) jet.Jet64
	}{
		{"Add", jet.Jet64.Add},
		{"Mul", jet.Jet64.Mul},
		{"Sqr", func(x, _ jet.Jet64) jet.Jet64 { return x.Sqr() }},
		{"Div", jet.Jet64.Div},
		{"Sqrt", func(x, _ jet.Jet64) jet.Jet64 { return x.Sqrt() }},
		{"Exp", func(x, _ jet.Jet64) jet.Jet64 { return x.Exp() }},
		{"Log", func(x, _ jet.Jet64) jet.Jet64 { return x.Log() }},
		{"Sin", func(x, _ jet.Jet64) jet.Jet64 { return x.Sin() }},
		{"Tanh", func(x, _ jet.Jet64) jet.Jet64 { return x.Tanh() }},
		{"Erf", func(x, _ jet.Jet64) jet.Jet64 { return x.Erf() }},
		{"Atan2", jet.Jet64.Atan2},
	} {
		for _, k := range []int{2, 6, 20} {
			b.Run(op.name+"/K="+string(rune('0'+k/10))+string(rune('0'+k%10)), func(b *testing.B) {
				var w jet.Workspace[float64]
				x, y := jet.Variable(0.7, k).Exp().Coeffs(nil), jet.Variable(1.3, k).Exp().Coeffs(nil)
				b.ReportAllocs()
				for b.Loop() {
					w.Reset()
					sink = op.f(w.New(x...), w.New(y...)).Value()
				}
			})
		}
	}
}
