package problems

import (
	"testing"

	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
)

// A curved is a problem with one output as functions of the two types of
// variables.
type curved struct {
	name  string
	x     []float64
	tape  func(x []reverse.Var) reverse.Var
	mixed func(x []mixed.Var) mixed.Var
}

func curvedProblems(t testing.TB) []curved {
	all := scalars(t)
	list := []curved{{"Rosenbrock", all[0].x, RosenbrockValue[reverse.Var], RosenbrockValue[mixed.Var]}}
	l := NewLogistic(1000, 50, 1)
	list = append(list, curved{"Logistic", l.Params(),
		func(x []reverse.Var) reverse.Var { return LogisticValue(l, x) },
		func(x []mixed.Var) mixed.Var { return LogisticValue(l, x) }})
	for _, name := range gmmFiles {
		g := read(t, ReadGMM, name)
		list = append(list, curved{name, g.Params(),
			func(x []reverse.Var) reverse.Var { return GMMValue(nil, g, x) },
			func(x []mixed.Var) mixed.Var { return GMMValue(nil, g, x) }})
	}
	m := read(t, ReadLSTM, "lstm_l2_c1024.txt")
	return append(list, curved{"lstm_l2_c1024.txt", m.Params(),
		func(x []reverse.Var) reverse.Var { return LSTMValue(nil, m, x) },
		func(x []mixed.Var) mixed.Var { return LSTMValue(nil, m, x) }})
}

// BenchmarkHVP times products with the Hessian beside a gradient by package
// reverse: from the function, which is recorded each time, and one more at a
// point. The ratios are to the gradient.
func BenchmarkHVP(b *testing.B) {
	for _, p := range curvedProblems(b) {
		n := len(p.x)
		dst, v := make([]float64, n), make([]float64, n)
		for i := range v {
			v[i] = 1 - float64(i%3)
		}
		gradient := func() { reverse.Gradient(dst, p.tape, p.x) }
		b.Run(p.name+"/gradient", func(b *testing.B) { versus(b, gradient, gradient) })
		b.Run(p.name+"/record", func(b *testing.B) {
			versus(b, gradient, func() { mixed.HVP(dst, p.mixed, p.x, v) })
		})
		prog := mixed.Record(p.mixed, p.x)
		b.Run(p.name+"/replay", func(b *testing.B) {
			versus(b, gradient, func() {
				q, err := prog.At(p.x)
				if err != nil {
					b.Fatal(err)
				}
				q.HVP(dst, v)
				q.Close()
			})
		})
		b.Run(p.name+"/another", func(b *testing.B) {
			q, err := prog.At(p.x)
			if err != nil {
				b.Fatal(err)
			}
			defer q.Close()
			versus(b, gradient, func() { q.HVP(dst, v) })
		})
	}
}

// BenchmarkHVPs times eight products at a point at once. The ratio is to eight
// single ones.
func BenchmarkHVPs(b *testing.B) {
	for _, p := range curvedProblems(b) {
		n := len(p.x)
		v, dst := mat.NewDense(n, 8, nil), mat.NewDense(n, 8, nil)
		cols := make([][]float64, 8)
		for j := range cols {
			cols[j] = make([]float64, n)
			for i := range n {
				cols[j][i] = 1 - float64((i+j)%3)
			}
			v.SetCol(j, cols[j])
		}
		q := mixed.NewFunc(p.mixed).At(p.x)
		one := make([]float64, n)
		single := func() {
			for _, v := range cols {
				q.HVP(one, v)
			}
		}
		b.Run(p.name, func(b *testing.B) { versus(b, single, func() { q.HVPs(dst, v) }) })
		b.Run(p.name+"/workers", func(b *testing.B) { versus(b, single, func() { q.HVPs(dst, v, mixed.Workers(2)) }) })
		q.Close()
	}
}
