package reverse_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
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

// BenchmarkRosenbrock has 9 operations for each variable but one.
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

// BenchmarkSmall times what a gradient costs besides the operations.
func BenchmarkSmall(b *testing.B) {
	x, dst := []float64{2}, []float64{0}
	b.Run("Gradient", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			reverse.Gradient(dst, func(x []reverse.Var) reverse.Var { return x[0] }, x)
		}
	})
	b.Run("Tape", func(b *testing.B) {
		b.ReportAllocs()
		var t reverse.Tape
		for b.Loop() {
			t.Reset()
			v := t.Var(2)
			t.Backward(v)
			sink = t.Adjoint(v)
		}
	})
	b.Run("BackwardTo", func(b *testing.B) {
		b.ReportAllocs()
		var t reverse.Tape
		v := t.Var(2)
		m := t.Mark()
		for b.Loop() {
			t.BackwardTo(m, v, 1)
		}
	})
}

// BenchmarkDeep records and sweeps a chain of so many operations.
func BenchmarkDeep(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var t reverse.Tape
			t.Reserve(n + 1)
			for b.Loop() {
				t.Reset()
				y := t.Var(1)
				for range n / 2 {
					y = y.Neg().AddConst(1)
				}
				t.Backward(y)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/operation")
			b.ReportMetric(float64(t.Bytes())/float64(n), "tape-B/operation")
		})
	}
}

// benchmarkOp times n operations, and the recording and sweep of as many. Both
// sum up the results.
func benchmarkOp(b *testing.B, name string, float func(x, y float64) float64, tape func(x, y reverse.Var) reverse.Var) {
	const n = 100
	x := make([]float64, n+1)
	for i := range x {
		x[i] = 0.5 + float64(i%7)/7
	}
	perOp := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/operation")
	}
	b.Run(name+"/plain", func(b *testing.B) {
		for b.Loop() {
			s := 0.0
			for i := range n {
				s += float(x[i], x[i+1])
			}
			sink = s
		}
		perOp(b)
	})
	b.Run(name+"/tape", func(b *testing.B) {
		b.ReportAllocs()
		var t reverse.Tape
		v, z := t.Vars(nil, x), make([]reverse.Var, n)
		for b.Loop() {
			t.Reset()
			t.Vars(v, x)
			for i := range z {
				z[i] = tape(v[i], v[i+1])
			}
			t.Backward(dual.Sum(z))
		}
		perOp(b)
	})
}

// BenchmarkOp times operations of variables beside those of numbers. Both are
// called through a function value.
func BenchmarkOp(b *testing.B) {
	for _, op := range []struct {
		name  string
		float func(x, y float64) float64
		tape  func(x, y reverse.Var) reverse.Var
	}{
		{"Add", func(x, y float64) float64 { return x + y }, reverse.Var.Add},
		{"Sub", func(x, y float64) float64 { return x - y }, reverse.Var.Sub},
		{"Mul", func(x, y float64) float64 { return x * y }, reverse.Var.Mul},
		{"Div", func(x, y float64) float64 { return x / y }, reverse.Var.Div},
		{"FMA", func(x, y float64) float64 { return math.FMA(x, y, 2) },
			func(x, y reverse.Var) reverse.Var { return x.FMA(y, x.Const(2)) }},
		{"Neg", func(x, _ float64) float64 { return -x }, func(x, _ reverse.Var) reverse.Var { return x.Neg() }},
		{"Inv", func(x, _ float64) float64 { return 1 / x }, func(x, _ reverse.Var) reverse.Var { return x.Inv() }},
		{"Scale", func(x, _ float64) float64 { return 3 * x }, func(x, _ reverse.Var) reverse.Var { return x.Scale(3) }},
		{"AddConst", func(x, _ float64) float64 { return x + 3 }, func(x, _ reverse.Var) reverse.Var { return x.AddConst(3) }},
		{"Sqr", func(x, _ float64) float64 { return x * x }, func(x, _ reverse.Var) reverse.Var { return x.Sqr() }},
		{"Sqrt", func(x, _ float64) float64 { return math.Sqrt(x) }, func(x, _ reverse.Var) reverse.Var { return x.Sqrt() }},
		{"Exp", func(x, _ float64) float64 { return math.Exp(x) }, func(x, _ reverse.Var) reverse.Var { return x.Exp() }},
		{"Log", func(x, _ float64) float64 { return math.Log(x) }, func(x, _ reverse.Var) reverse.Var { return x.Log() }},
		{"Sin", func(x, _ float64) float64 { return math.Sin(x) }, func(x, _ reverse.Var) reverse.Var { return x.Sin() }},
		{"Tanh", func(x, _ float64) float64 { return math.Tanh(x) }, func(x, _ reverse.Var) reverse.Var { return x.Tanh() }},
		{"Logistic", func(x, _ float64) float64 { return 1 / (1 + math.Exp(-x)) },
			func(x, _ reverse.Var) reverse.Var { return x.Logistic() }},
		{"PowInt", func(x, _ float64) float64 { return x * x * x }, func(x, _ reverse.Var) reverse.Var { return x.PowInt(3) }},
		{"Pow", math.Pow, reverse.Var.Pow},
		{"Hypot", math.Hypot, reverse.Var.Hypot},
		{"Max", func(x, y float64) float64 { return max(x, y) }, reverse.Var.Max},
	} {
		benchmarkOp(b, op.name, op.float, op.tape)
	}
}

// BenchmarkFused times the functions of package dual on 50 operands, next to
// each other on the tape or not.
func BenchmarkFused(b *testing.B) {
	const n = 50
	c := make([]float64, n)
	for i := range c {
		c[i] = 0.5 + float64(i%7)/7
	}
	out, rows := make([]reverse.Var, n), make([][]reverse.Var, 4)
	for _, op := range []struct {
		name string
		tape func(x []reverse.Var) reverse.Var
	}{
		{"Sum", dual.Sum[reverse.Var]},
		{"Dot", func(x []reverse.Var) reverse.Var { return dual.Dot(x, x) }},
		{"LinComb", func(x []reverse.Var) reverse.Var { return dual.LinComb(c, x) }},
		{"SumSq", dual.SumSq[reverse.Var]},
		{"Norm", dual.Norm[reverse.Var]},
		{"LogSumExp", dual.LogSumExp[reverse.Var]},
		{"Prod", dual.Prod[reverse.Var]},
		{"Softmax", func(x []reverse.Var) reverse.Var { return dual.Softmax(out, x)[0] }},
		{"Axpy", func(x []reverse.Var) reverse.Var { return dual.Sum(dual.Axpy(out, x[0], x, x)) }},
		{"Axpy by a constant", func(x []reverse.Var) reverse.Var { return dual.Sum(dual.Axpy(out, x[0].Const(2), x, x)) }},
		{"MatVec4", func(x []reverse.Var) reverse.Var {
			for i := range rows {
				rows[i] = x
			}
			return dual.Sum(dual.MatVec(out[:len(rows)], rows, x))
		}},
	} {
		for _, step := range []int{1, 2} {
			name := op.name + "/neighbours"
			if step > 1 {
				name = op.name + "/apart"
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				var t reverse.Tape
				v, all := t.Vars(nil, c), make([]reverse.Var, step*n)
				t.Reset()
				t.Vars(all, make([]float64, step*n))
				for i := range v {
					v[i] = all[step*i].AddConst(c[i])
					if step > 1 {
						all[0].Neg()
					}
				}
				m := t.Mark()
				for b.Loop() {
					t.BackwardTo(m, op.tape(v), 1)
				}
			})
		}
	}
}
