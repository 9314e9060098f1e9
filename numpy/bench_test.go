package numpy_test

import (
	"math"
	"slices"
	"testing"
	"time"

	np "github.com/dualjet/dualjet/numpy"
)

// BenchmarkLayer measures the same as bench/peers/numpy_layer.py, under the same
// names. The metric best-ns is the fastest of many short rounds, and ratio the
// median of what a call takes in multiples of the plain Go function, measured
// in turn with it.
func BenchmarkLayer(b *testing.B) {
	point := np.Scalar(0.5)
	tanh := np.Grad(np.Tanh)
	x := 0.5
	layer(b, "tanh-gradient", func() { sink += math.Tanh(x) }, func() { kept = tanh(point) })
	readme := np.Grad(tanhByExp)
	layer(b, "tanh-by-exp-gradient", func() { sink += plainTanhByExp(x) }, func() { kept = readme(point) })

	xs := wave(1000)
	at := np.FromSlice(xs)
	plain := func() { sink += plainRosenbrock(xs) }
	array, loop := np.Grad(rosenbrock), np.Grad(rosenbrockLoop)
	layer(b, "rosenbrock-1000-gradient", plain, func() { kept = array(at) })
	layer(b, "rosenbrock-1000-loop-gradient", plain, func() { kept = loop(at) })

	ys := wave(100)
	y, v := np.FromSlice(ys), np.Cos(np.Arange(0, 100, 1))
	plain = func() { sink += plainRosenbrock(ys) }
	hvp := np.HVP(rosenbrock)
	layer(b, "rosenbrock-100-hvp", plain, func() { kept = hvp(y, v) })
	_, _, product := np.HVPFunc(rosenbrock, y)
	layer(b, "rosenbrock-100-hvp-again", plain, func() { kept = product(v) })

	points := np.Linspace(-7, 7, 200)
	for _, c := range []struct {
		name  string
		plain func(float64) float64
		f     func(np.Array) np.Array
	}{
		{"tanh", math.Tanh, np.Tanh},
		{"tanh-by-exp", plainTanhByExp, tanhByExp},
	} {
		plain := func() {
			for _, v := range points.Float64s() {
				sink += c.plain(v)
			}
		}
		nested := c.f
		for range 6 {
			nested = np.ElementwiseGrad(nested)
		}
		layer(b, c.name+"-6-elementwise-200", plain, func() { kept = nested(points) })
		series := np.ElementwiseDerivatives(c.f, 6)
		layer(b, c.name+"-6-series-200", plain, func() { kept = series(points)[6] })
	}

	m := newNetwork(256, 784, 200, 10)
	network, params := np.GradArgs(m.loss()), m.arrays()
	layer(b, "mlp-784-200-10-gradient", func() { sink += m.value() }, func() { kept = network(params...)[0] })
}

// What benchmarks compute, so that it is not left out.
var (
	sink float64
	kept np.Array
)

// layer runs a benchmark of f.
func layer(b *testing.B, name string, plain, f func()) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f()
		}
		best, ratio := inTurns(plain, f)
		b.ReportMetric(best, "best-ns")
		b.ReportMetric(ratio, "ratio")
	})
}

// inTurns measures plain and f in short rounds, one after the other. It returns
// the least time of f in nanoseconds and the median ratio.
func inTurns(plain, f func()) (best, ratio float64) {
	const (
		round = 200 * time.Microsecond
		limit = 300 * time.Millisecond
	)
	times := func(f func(), n int) float64 {
		start := time.Now()
		for range n {
			f()
		}
		return float64(time.Since(start)) / float64(n)
	}
	calls := func(f func()) int {
		f()
		n := 1
		for times(f, n)*float64(n) < float64(round) {
			n *= 2
		}
		return n
	}
	m, n := calls(plain), calls(f)
	best = math.Inf(1)
	var ratios []float64
	for start := time.Now(); len(ratios) < 5 || time.Since(start) < limit; {
		p, t := times(plain, m), times(f, n)
		best, ratios = min(best, t), append(ratios, t/p)
	}
	slices.Sort(ratios)
	return best, ratios[len(ratios)/2]
}

// wave is the point of the benchmarks.
func wave(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1 + 0.3*math.Sin(3*float64(i))
	}
	return x
}

// rosenbrock is the chained function of Rosenbrock in operations on arrays.
func rosenbrock(x np.Array) np.Array {
	head, tail := x.Index(np.To(-1)), x.Index(np.From(1))
	valley := np.Square(np.Sub(tail, np.Square(head)))
	return np.Sum(np.Add(np.Square(np.Sub(np.Scalar(1), head)), valley.Scale(100)))
}

// rosenbrockLoop is rosenbrock element by element.
func rosenbrockLoop(x np.Array) np.Array {
	var sum np.Array
	for i := range x.Len() - 1 {
		a := np.Sub(x.At(i+1), np.Square(x.At(i)))
		sum = np.Add(sum, np.Add(np.Square(a).Scale(100), np.Square(np.Sub(np.Scalar(1), x.At(i)))))
	}
	return sum
}

func plainRosenbrock(x []float64) (sum float64) {
	for i, v := range x[:len(x)-1] {
		a, b := x[i+1]-v*v, 1-v
		sum += 100*a*a + b*b
	}
	return sum
}

// tanhByExp is tanh by its definition.
func tanhByExp(x np.Array) np.Array {
	y := np.Exp(x.Scale(-2))
	return np.Div(np.Sub(np.Scalar(1), y), np.Add(np.Scalar(1), y))
}

func plainTanhByExp(x float64) float64 {
	y := math.Exp(-2 * x)
	return (1 - y) / (1 + y)
}

// TestLayer checks that the functions of the benchmarks are what they are
// compared with, and their derivatives.
func TestLayer(t *testing.T) {
	xs := wave(50)
	x, v := np.FromSlice(xs), np.Cos(np.Arange(0, 50, 1))
	grad, product := make([]float64, 50), make([]float64, 50)
	for i := range xs[:49] {
		a := xs[i+1] - xs[i]*xs[i]
		grad[i] += -400*a*xs[i] - 2*(1-xs[i])
		grad[i+1] += 200 * a
		v, w := v.Float64s()[i], v.Float64s()[i+1]
		product[i] += (800*xs[i]*xs[i]-400*a+2)*v - 400*xs[i]*w
		product[i+1] += 200*w - 400*xs[i]*v
	}
	same := func(what string, got np.Array, want []float64) {
		t.Helper()
		for i, g := range got.Float64s() {
			if !(math.Abs(g-want[i]) <= 1e-12*(1+math.Abs(want[i]))) {
				t.Errorf("%s: element %d is %v, want %v", what, i, g, want[i])
			}
		}
	}
	for name, f := range map[string]func(np.Array) np.Array{"arrays": rosenbrock, "loop": rosenbrockLoop} {
		y, g := np.ValueAndGrad(f)(x)
		same(name, y, []float64{plainRosenbrock(xs)})
		same(name+", gradient", g, grad)
		same(name+", product", np.HVP(f)(x, v), product)
		_, _, hvp := np.HVPFunc(f, x)
		same(name+", product again", hvp(v), product)
	}
	points := np.Linspace(-3, 3, 7)
	want := np.ElementwiseDerivatives(np.Tanh, 2)(points)
	same("tanh by exp", tanhByExp(points), want[0].Float64s())
	same("its derivative", np.ElementwiseGrad(tanhByExp)(points), want[1].Float64s())
	m := newNetwork(12, 20, 15, 4)
	same("network", m.loss()(m.arrays()...), []float64{m.value()})
}
