package problems

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/reverse"
)

// An operand is a function of n variables, plain and for each number type.
type operand struct {
	name      string
	n         int
	plain     func([]float64) float64
	collapsed func([]jet.Collapsed) jet.Collapsed
	jets      func([]jet.Jet64) jet.Jet64
	hyper     func([]dual.Hyper) dual.Hyper
	nested    func([]dual.Nested[reverse.Var]) dual.Nested[reverse.Var]
}

// network is a neural network with one hidden layer of tanh units, as in
// physics-informed learning: dense in all its variables.
func network[T dual.Real[T]](x []T) T {
	s := x[0].Const(0)
	for h := range hiddenUnits {
		a := dual.LinComb(networkWeights[h][:len(x)], x).AddConst(0.1 * float64(h%7))
		s = s.Add(a.Tanh().Scale(networkWeights[h][h]))
	}
	return s
}

func networkPlain(x []float64) float64 {
	s := 0.0
	for h := range hiddenUnits {
		a := 0.1 * float64(h%7)
		for i, v := range x {
			a += v * networkWeights[h][i]
		}
		s += math.Tanh(a) * networkWeights[h][h]
	}
	return s
}

const hiddenUnits = 20

// networkWeights are those of the network, for up to 64 variables.
var networkWeights = func() (w [hiddenUnits][64]float64) {
	for h := range w {
		for i := range w[h] {
			w[h][i] = float64((h*31+i*17)%23-11) / 50
		}
	}
	return w
}()

// oscillators is a chain of pendulums, whose Hessian is tridiagonal.
func oscillators[T dual.Real[T]](x []T) T {
	s := x[0].Const(0)
	for i := range len(x) - 1 {
		s = s.Add(x[i+1].Sub(x[i]).Sqr().Scale(0.5)).Sub(x[i].Cos())
	}
	return s
}

func oscillatorsPlain(x []float64) float64 {
	s := 0.0
	for i := range len(x) - 1 {
		d := x[i+1] - x[i]
		s += 0.5*d*d - math.Cos(x[i])
	}
	return s
}

// gaussian is a product of all variables' functions, dense and cheap.
func gaussian[T dual.Real[T]](x []T) T {
	s := x[0].Const(1)
	for _, v := range x {
		s = s.Mul(v.Sqr().Scale(0.01).AddConst(1))
	}
	return s.Log().Neg().Exp()
}

func gaussianPlain(x []float64) float64 {
	s := 1.0
	for _, v := range x {
		s *= 0.01*v*v + 1
	}
	return math.Exp(-math.Log(s))
}

func operands(n int) []operand {
	return []operand{
		{"network", n, networkPlain, network[jet.Collapsed], network[jet.Jet64], network[dual.Hyper], network[dual.Nested[reverse.Var]]},
		{"oscillators", n, oscillatorsPlain, oscillators[jet.Collapsed], oscillators[jet.Jet64], oscillators[dual.Hyper], oscillators[dual.Nested[reverse.Var]]},
		{"product", n, gaussianPlain, gaussian[jet.Collapsed], gaussian[jet.Jet64], gaussian[dual.Hyper], gaussian[dual.Nested[reverse.Var]]},
	}
}

func sines(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Sin(float64(3*i + 1))
	}
	return x
}

// hvps takes a Laplacian by as many Hessian-vector products as there are
// variables, forward over reverse.
type hvps struct {
	tape reverse.Tape
	v    []reverse.Var
	x    []dual.Nested[reverse.Var]
}

func (h *hvps) laplacian(f func([]dual.Nested[reverse.Var]) dual.Nested[reverse.Var], x []float64) float64 {
	sum := 0.0
	if len(h.v) == 0 {
		h.v, h.x = make([]reverse.Var, len(x)), make([]dual.Nested[reverse.Var], len(x))
	}
	for i := range x {
		h.tape.Reset()
		h.tape.Vars(h.v, x)
		for j, v := range h.v {
			h.x[j] = dual.Lift(v)
		}
		h.x[i] = dual.Variable(h.v[i])
		h.tape.Backward(f(h.x).D)
		sum += h.tape.Adjoint(h.v[i])
	}
	return sum
}

// laplacians are the ways to a Laplacian at x.
func (p *operand) laplacians(x []float64) []struct {
	name string
	f    func()
} {
	var h hvps
	dst, v, coef := make([]float64, p.n), make([]float64, p.n), make([]float64, 3)
	each := func(d2 func() float64) func() {
		return func() {
			sink = 0
			for i := range v {
				v[i] = 1
				sink += d2()
				v[i] = 0
			}
		}
	}
	return []struct {
		name string
		f    func()
	}{
		{"collapsed", func() { sink = jet.Laplacian(p.collapsed, x) }},
		{"collapsed-gradient", func() { _, _, sink = jet.ValueGradientLaplacian(dst, p.collapsed, x) }},
		{"jets", each(func() float64 { return jet.Directional(coef, p.jets, x, v, 2)[2] })},
		{"hyperduals", each(func() float64 { _, _, d := dual.SecondDirectional(p.hyper, x, v); return d })},
		{"products", func() { sink = h.laplacian(p.nested, x) }},
	}
}

// TestLaplacians checks that all ways agree.
func TestLaplacians(t *testing.T) {
	for _, p := range operands(50) {
		x := sines(p.n)
		v := make([]dual.Float, p.n)
		for i := range x {
			v[i] = dual.Float(x[i])
		}
		y, _, want := jet.ValueGradientLaplacian(nil, p.collapsed, x)
		if w := p.plain(x); math.Abs(y-w) > 1e-14*math.Abs(w) {
			t.Errorf("%s: value %v, want %v", p.name, y, w)
		}
		for _, c := range p.laplacians(x) {
			if c.f(); math.Abs(sink-want) > 1e-12*math.Abs(want) {
				t.Errorf("%s by %s: %v, want %v", p.name, c.name, sink, want)
			}
		}
	}
}

// BenchmarkLaplacian compares ways to a Laplacian of 50 variables with the
// plain function.
func BenchmarkLaplacian(b *testing.B) {
	for _, p := range operands(50) {
		x := sines(p.n)
		plain := func() { sink = p.plain(x) }
		for _, c := range p.laplacians(x) {
			c.f()
			b.Run(p.name+"/"+c.name, func(b *testing.B) { versus(b, plain, c.f) })
		}
	}
}

// BenchmarkBilaplacian compares a Bilaplacian of five variables with that by a
// jet in each direction.
func BenchmarkBilaplacian(b *testing.B) {
	for _, p := range operands(5) {
		x := sines(p.n)
		plain := func() { sink = p.plain(x) }
		v, coef := make([]float64, p.n), make([]float64, 5)
		jets := func() {
			sink = 0
			for i := range v {
				v[i] = 1
				sink += (1 - float64(p.n-1)/3) * jet.Directional(coef, p.jets, x, v, 4)[4]
				for j := range i {
					for _, t := range []float64{1, -1} {
						v[j] = t
						sink += jet.Directional(coef, p.jets, x, v, 4)[4] / 6
					}
					v[j] = 0
				}
				v[i] = 0
			}
		}
		collapsed := func() { sink = jet.Bilaplacian(p.collapsed, x) }
		b.Run(p.name+"/collapsed", func(b *testing.B) { versus(b, plain, collapsed) })
		b.Run(p.name+"/jets", func(b *testing.B) { versus(b, plain, jets) })
	}
}

// BenchmarkMixed compares a mixed derivative by jets with nested duals.
func BenchmarkMixed(b *testing.B) {
	type n4 = dual.Nested[dual.Nested[dual.Nested[dual.Nested[dual.Float]]]]
	for _, p := range operands(4) {
		x := sines(p.n)
		plain := func() { sink = p.plain(x) }
		for _, index := range [][]int{{1, 1, 0, 0}, {2, 2, 0, 0}, {1, 1, 1, 1}, {2, 2, 2, 2}} {
			d := jet.NewPartial(index)
			b.Run(fmt.Sprintf("%s/%v", p.name, index), func(b *testing.B) {
				versus(b, plain, func() { sink = d.At(p.jets, x) })
			})
		}
		f := map[string]func([]n4) n4{"network": network[n4], "oscillators": oscillators[n4], "product": gaussian[n4]}[p.name]
		w := make([]n4, p.n)
		b.Run(p.name+"/[1 1 1 1]/nested", func(b *testing.B) {
			versus(b, plain, func() {
				for i := range w {
					w[i] = dual.Lift(dual.Lift(dual.Lift(dual.Lift(dual.Float(x[i])))))
				}
				w[0].V.V.V.D = 1
				w[1].V.V.D.V = 1
				w[2].V.D.V.V = 1
				w[3].D.V.V.V = 1
				sink = float64(f(w).D.D.D.D)
			})
		})
	}
}

// BenchmarkTensor times the tensors of all derivatives of four variables.
func BenchmarkTensor(b *testing.B) {
	for _, p := range operands(4) {
		x := sines(p.n)
		plain := func() { sink = p.plain(x) }
		for _, order := range []int{2, 3, 4, 6} {
			var dst jet.Partials
			b.Run(fmt.Sprintf("%s/order=%d", p.name, order), func(b *testing.B) {
				versus(b, plain, func() { jet.Tensor(&dst, p.jets, x, order) })
			})
		}
	}
}
