package reverse_test

import (
	"testing"

	"github.com/dualjet/dualjet/reverse"
)

func rosenbrockFloat(x []float64) float64 {
	s := 0.0
	for i := range len(x) - 1 {
		a := x[i+1] - x[i]*x[i]
		b := x[i] - 1
		s += 100*(a*a) + b*b
	}
	return s
}

func rosenbrock(x []reverse.Var) reverse.Var {
	var s reverse.Var
	for i := range len(x) - 1 {
		a := x[i+1].Sub(x[i].Mul(x[i]))
		b := x[i].AddConst(-1)
		s = s.Add(a.Mul(a).Scale(100).Add(b.Mul(b)))
	}
	return s
}

var sink float64

func BenchmarkRosenbrock(b *testing.B) {
	x := make([]float64, 1000)
	for i := range x {
		x[i] = float64(i%7) / 7
	}
	dst := make([]float64, len(x))
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			sink = rosenbrockFloat(x)
		}
	})
	b.Run("gradient", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			reverse.Gradient(dst, rosenbrock, x)
		}
	})
}
