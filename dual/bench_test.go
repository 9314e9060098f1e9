package dual_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/dualjet/dualjet/dual"
	"gonum.org/v1/gonum/mat"
	gonum "gonum.org/v1/gonum/num/dual"
)

// The chained Rosenbrock function once for each way to write it. The bodies
// are the same, operation by operation.

func rosenbrockFloat(x []float64) float64 {
	s := 0.0
	for i := range len(x) - 1 {
		a := x[i+1] - x[i]*x[i]
		b := x[i] - 1
		s = s + 100*(a*a) + b*b
	}
	return s
}

func rosenbrockNumber(x []dual.Number64) dual.Number64 {
	var s dual.Number64
	for i := range len(x) - 1 {
		a := x[i+1].Sub(x[i].Sqr())
		b := x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100)).Add(b.Sqr())
	}
	return s
}

func rosenbrockNumber3(x []dual.Number3) dual.Number3 {
	var s dual.Number3
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

func rosenbrockGonum(x []gonum.Number) gonum.Number {
	var s gonum.Number
	one := gonum.Number{Real: 1}
	for i := range len(x) - 1 {
		a := gonum.Sub(x[i+1], gonum.Mul(x[i], x[i]))
		b := gonum.Sub(x[i], one)
		s = gonum.Add(gonum.Add(s, gonum.Scale(100, gonum.Mul(a, a))), gonum.Mul(b, b))
	}
	return s
}

// rosenbrockGonumPow squares as a user of gonum might, by PowReal.
func rosenbrockGonumPow(x []gonum.Number) gonum.Number {
	var s gonum.Number
	one := gonum.Number{Real: 1}
	for i := range len(x) - 1 {
		a := gonum.Sub(x[i+1], gonum.PowReal(x[i], 2))
		b := gonum.Sub(x[i], one)
		s = gonum.Add(gonum.Add(s, gonum.Scale(100, gonum.PowReal(a, 2))), gonum.PowReal(b, 2))
	}
	return s
}

// versus times two functions in turns and reports the median of the ratios
// b/a, which holds while the machine drifts, beside the time of b.
func versus(b *testing.B, what string, plain, f func()) {
	b.ReportAllocs()
	run := func(f func(), n int) float64 {
		t := time.Now()
		for range n {
			f()
		}
		return float64(time.Since(t))
	}
	// Each turn takes about 200 µs, and so do both together twice that.
	turns := func(f func()) int { return int(2e5/max(run(f, 8)/8, 1)) + 1 }
	np, nf := turns(plain), turns(f)
	var ratios []float64
	for range 201 {
		ratios = append(ratios, run(f, nf)/float64(nf)/(run(plain, np)/float64(np)))
	}
	for b.Loop() {
		f()
	}
	b.ReportMetric(median(ratios), "×"+what)
}

func median(x []float64) float64 {
	// Selection by counting is quick enough for a few hundred.
	for _, m := range x {
		below, above := 0, 0
		for _, v := range x {
			if v < m {
				below++
			}
			if v > m {
				above++
			}
		}
		if below <= len(x)/2 && above <= len(x)/2 {
			return m
		}
	}
	return math.NaN()
}

var sink float64

// BenchmarkSweep times one evaluation of Rosenbrock, n = 100, in each type
// beside the plain function.
func BenchmarkSweep(b *testing.B) {
	const n = 100
	x := point(n)
	plain := func() { sink = rosenbrockFloat(x) }
	number := make([]dual.Number64, n)
	number3 := make([]dual.Number3, n)
	hyper := make([]dual.Hyper, n)
	float := make([]dual.Float, n)
	nested := make([]nest1, n)
	nestedN := make([]dual.Nested[dual.Number64], n)
	for i, v := range x {
		number[i] = dual.Number64{V: v, D: 1}
		number3[i] = dual.Number3{V: v, D1: 1}
		hyper[i] = dual.Hyper{V: v, D1: 1, D2: 1}
		float[i] = dual.Float(v)
		nested[i] = dual.Variable(dual.Float(v))
		nestedN[i] = dual.Variable(number[i])
	}
	b.Run("float64", func(b *testing.B) { versus(b, "plain", plain, plain) })
	b.Run("Number", func(b *testing.B) { versus(b, "plain", plain, func() { sink = rosenbrockNumber(number).D }) })
	b.Run("Number3", func(b *testing.B) { versus(b, "plain", plain, func() { sink = rosenbrockNumber3(number3).D1 }) })
	b.Run("Hyper", func(b *testing.B) { versus(b, "plain", plain, func() { sink = rosenbrockHyper(hyper).D12 }) })
	b.Run("generic/Float", func(b *testing.B) { versus(b, "plain", plain, func() { sink = float64(rosenbrockReal(float)) }) })
	b.Run("generic/Number", func(b *testing.B) { versus(b, "plain", plain, func() { sink = rosenbrockReal(number).D }) })
	b.Run("generic/Number3", func(b *testing.B) { versus(b, "plain", plain, func() { sink = rosenbrockReal(number3).D1 }) })
	b.Run("generic/Nested", func(b *testing.B) { versus(b, "plain", plain, func() { sink = float64(rosenbrockReal(nested).D) }) })
	b.Run("generic/Nested[Number]", func(b *testing.B) { versus(b, "plain", plain, func() { sink = rosenbrockReal(nestedN).D.D }) })
}

// BenchmarkGradient times whole gradients of Rosenbrock, n = 96.
func BenchmarkGradient(b *testing.B) {
	const n = 96
	x, dst := point(n), make([]float64, n)
	three := func() { dual.Gradient(dst, rosenbrockNumber3, x) }
	number := make([]dual.Number64, n)
	one := func() {
		for i := range x {
			number[i] = dual.Number64{V: x[i]}
		}
		for i := range x {
			number[i].D = 1
			dst[i] = rosenbrockNumber(number).D
			number[i].D = 0
		}
	}
	peer := make([]gonum.Number, n)
	other := func(f func([]gonum.Number) gonum.Number) func() {
		return func() {
			for i := range x {
				peer[i] = gonum.Number{Real: x[i]}
			}
			for i := range x {
				peer[i].Emag = 1
				dst[i] = f(peer).Emag
				peer[i].Emag = 0
			}
		}
	}
	b.Run("Number3", func(b *testing.B) { versus(b, "plain", func() { sink = rosenbrockFloat(x) }, three) })
	b.Run("Number", func(b *testing.B) { versus(b, "three-tangents", three, one) })
	b.Run("gonum/Mul", func(b *testing.B) { versus(b, "three-tangents", three, other(rosenbrockGonum)) })
	b.Run("gonum/PowReal", func(b *testing.B) { versus(b, "three-tangents", three, other(rosenbrockGonumPow)) })
	b.Run("generic", func(b *testing.B) {
		versus(b, "three-tangents", three, func() { dual.Gradient(dst, rosenbrockReal, x) })
	})
}

// BenchmarkHessian times dense Hessians of Rosenbrock.
func BenchmarkHessian(b *testing.B) {
	for _, n := range []int{5, 20} {
		x, dst := point(n), mat.NewSymDense(n, nil)
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			versus(b, "plain", func() { sink = rosenbrockFloat(x) }, func() { dual.Hessian(dst, rosenbrockHyper, x) })
		})
	}
}

// BenchmarkFunctions times a method of each type beside the float64 function.
func BenchmarkFunctions(b *testing.B) {
	x := 0.7
	for _, f := range []struct {
		name   string
		plain  func(float64) float64
		number func(dual.Number64) dual.Number64
		hyper  func(dual.Hyper) dual.Hyper
	}{
		{"Sqrt", math.Sqrt, dual.Number64.Sqrt, dual.Hyper.Sqrt},
		{"Exp", math.Exp, dual.Number64.Exp, dual.Hyper.Exp},
		{"Log", math.Log, dual.Number64.Log, dual.Hyper.Log},
		{"Sin", math.Sin, dual.Number64.Sin, dual.Hyper.Sin},
		{"Tanh", math.Tanh, dual.Number64.Tanh, dual.Hyper.Tanh},
		{"Atan", math.Atan, dual.Number64.Atan, dual.Hyper.Atan},
		{"Erf", math.Erf, dual.Number64.Erf, dual.Hyper.Erf},
		{"Gamma", math.Gamma, dual.Number64.Gamma, dual.Hyper.Gamma},
		{"PowReal", func(x float64) float64 { return math.Pow(x, 2.5) },
			func(x dual.Number64) dual.Number64 { return x.PowReal(2.5) },
			func(x dual.Hyper) dual.Hyper { return x.PowReal(2.5) }},
		{"PowInt", func(x float64) float64 { return math.Pow(x, 3) },
			func(x dual.Number64) dual.Number64 { return x.PowInt(3) },
			func(x dual.Hyper) dual.Hyper { return x.PowInt(3) }},
		{"Div", func(x float64) float64 { return 1.3 / x },
			func(x dual.Number64) dual.Number64 { return dual.Number64{V: 1.3}.Div(x) },
			func(x dual.Hyper) dual.Hyper { return dual.Hyper{V: 1.3}.Div(x) }},
	} {
		plain := func() { sink = f.plain(x) }
		b.Run(f.name+"/Number", func(b *testing.B) {
			versus(b, "plain", plain, func() { sink = f.number(dual.Number64{V: x, D: 1}).D })
		})
		b.Run(f.name+"/Hyper", func(b *testing.B) {
			versus(b, "plain", plain, func() { sink = f.hyper(dual.Hyper{V: x, D1: 1, D2: 1}).D12 })
		})
	}
}
