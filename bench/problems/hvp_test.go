package problems

import (
	"math"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
)

// A curved is a problem with one output as functions of the two types of
// variables. Where package reverse has a faster way to the gradient than from tape,
// it is gradient.
type curved struct {
	name     string
	x        []float64
	tape     func(x []reverse.Var) reverse.Var
	mixed    func(x []mixed.Var) mixed.Var
	gradient func(dst, x []float64)
}

func curvedProblems(t testing.TB) []curved {
	all := scalars(t)
	list := []curved{{"Rosenbrock", all[0].x, RosenbrockValue[reverse.Var], RosenbrockValue[mixed.Var], nil}}
	l := NewLogistic(1000, 50, 1)
	list = append(list, curved{"Logistic", l.Params(),
		func(x []reverse.Var) reverse.Var { return LogisticValue(l, x) },
		func(x []mixed.Var) mixed.Var { return LogisticValue(l, x) }, nil})
	for _, name := range gmmFiles {
		g, terms := read(t, ReadGMM, name), new(gmmByTerms)
		list = append(list, curved{name, g.Params(),
			func(x []reverse.Var) reverse.Var { return GMMValue(nil, g, x) },
			func(x []mixed.Var) mixed.Var { return GMMValue(nil, g, x) },
			func(dst, x []float64) { terms.gradient(dst, g, x) }})
	}
	m := read(t, ReadLSTM, "lstm_l2_c1024.txt")
	list = append(list, curved{"lstm_l2_c1024.txt", m.Params(),
		func(x []reverse.Var) reverse.Var { return LSTMValue(nil, m, x) },
		func(x []mixed.Var) mixed.Var { return LSTMValue(nil, m, x) }, nil})
	llsq, ode, kmeans := &LeastSquares{N: 200, M: 16}, ODE{Steps: 20}, NewKMeans(200, 5, 3, 1)
	band, gas := Band{N: 50, Lower: 5, Upper: 1}, NewHelmholtz(20)
	bodies, at := NewNBody(12, 1)
	return append(list,
		curved{"Det", matrix(6), DetValue[reverse.Var], DetValue[mixed.Var], nil},
		curved{"LeastSquares", sines(16),
			func(x []reverse.Var) reverse.Var { return LeastSquaresValue(llsq, x) },
			func(x []mixed.Var) mixed.Var { return LeastSquaresValue(llsq, x) }, nil},
		curved{"LSE", sines(500), LSEValue[reverse.Var], LSEValue[mixed.Var], nil},
		curved{"ODE", []float64{0.9, 1.2, 0.7, 1.1, 1.5, 0.8},
			func(x []reverse.Var) reverse.Var { return ODEValue(ode, x) },
			func(x []mixed.Var) mixed.Var { return ODEValue(ode, x) }, nil},
		curved{"KMeans", kmeans.Params(),
			func(x []reverse.Var) reverse.Var { return KMeansValue(kmeans, x) },
			func(x []mixed.Var) mixed.Var { return KMeansValue(kmeans, x) }, nil},
		curved{"Arrow", sines(60), ArrowValue[reverse.Var], ArrowValue[mixed.Var], nil},
		curved{"Band", sines(50),
			func(x []reverse.Var) reverse.Var { return BandValue(band, x) },
			func(x []mixed.Var) mixed.Var { return BandValue(band, x) }, nil},
		curved{"Helmholtz", gas.Params(),
			func(x []reverse.Var) reverse.Var { return HelmholtzValue(gas, x) },
			func(x []mixed.Var) mixed.Var { return HelmholtzValue(gas, x) }, nil},
		curved{"NBody", at,
			func(x []reverse.Var) reverse.Var { return NBodyEnergy(bodies, x) },
			func(x []mixed.Var) mixed.Var { return NBodyEnergy(bodies, x) }, nil})
}

// TestCurved checks the gradients of package mixed against those of package
// reverse, and products with the Hessian against differences of these.
func TestCurved(t *testing.T) {
	for _, p := range curvedProblems(t) {
		t.Run(p.name, func(t *testing.T) {
			v := make([]float64, len(p.x))
			for i := range v {
				v[i] = math.Sin(float64(5 * i))
			}
			_, grad, hv := mixed.ValueGradientHVP(nil, nil, p.mixed, p.x, v)
			near(t, "gradient", grad, reverse.Gradient(nil, p.tape, p.x), 1e-10)
			at := func(h float64) []float64 {
				x := make([]float64, len(p.x))
				for i := range x {
					x[i] = p.x[i] + h*v[i]
				}
				return reverse.Gradient(nil, p.tape, x)
			}
			const h = 1e-4
			a, b, c, d := at(-2*h), at(-h), at(h), at(2*h)
			for i := range a {
				a[i] = (8*(c[i]-b[i]) - (d[i] - a[i])) / (12 * h)
			}
			near(t, "HVP by differences", hv, a, 1e-5)
		})
	}
}

// BenchmarkHVP times products with the Hessian beside the fastest gradient that
// package reverse has: "record" from the function, which is recorded each time,
// "new" at a new point of a program that was recorded elsewhere, value and gradient
// included, and "another" for one more at a point. The ratios are to the gradient.
func BenchmarkHVP(b *testing.B) {
	for _, p := range curvedProblems(b) {
		n := len(p.x)
		dst, v := make([]float64, n), make([]float64, n)
		for i := range v {
			v[i] = 1 - float64(i%3)
		}
		gradient := func() { reverse.Gradient(dst, p.tape, p.x) }
		if p.gradient != nil {
			gradient = func() { p.gradient(dst, p.x) }
		}
		b.Run(p.name+"/gradient", func(b *testing.B) { versus(b, gradient, gradient) })
		b.Run(p.name+"/record", func(b *testing.B) {
			versus(b, gradient, func() { mixed.HVP(dst, p.mixed, p.x, v) })
		})
		prog := mixed.Record(p.mixed, p.x)
		x, turn := [2][]float64{slices.Clone(p.x), slices.Clone(p.x)}, 0
		for i := range p.x {
			x[1][i] += 1e-3
		}
		b.Run(p.name+"/new", func(b *testing.B) {
			versus(b, gradient, func() {
				turn = 1 - turn
				q, err := prog.At(x[turn])
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
