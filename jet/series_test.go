package jet_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/jet"
)

type series = jet.Series[float64]

// A seriesOp is a method of Series that sets its receiver, with the method of
// Jet of the same name.
type seriesOp struct {
	name   string
	inputs int // operands of type Series
	apply  func(z *series, x []*series)
	want   func(x []jet.Jet64) jet.Jet64
}

// seriesOps returns all methods of Series that set the receiver from another
// Series.
func seriesOps(t testing.TB) []seriesOp {
	const c, d, n = 0.75, 1.5, 2
	sine := func(k int, v float64) float64 { return math.Sin(v + float64(k)*math.Pi/2) }
	var ops []seriesOp
	typ := reflect.TypeFor[*series]()
	jets := reflect.TypeFor[jet.Jet64]()
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		twin, ok := jets.MethodByName(m.Name)
		if !ok || m.Type.NumIn() < 2 || m.Type.In(1) != typ {
			continue
		}
		op := seriesOp{name: m.Name, inputs: 1}
		twinFunc := twin.Func.Interface()
		switch f := m.Func.Interface().(type) {
		case func(z, x *series) *series:
			op.apply = func(z *series, x []*series) { f(z, x[0]) }
			op.want = func(x []jet.Jet64) jet.Jet64 { return twinFunc.(func(jet.Jet64) jet.Jet64)(x[0]) }
		case func(z, x, y *series) *series:
			op.inputs = 2
			op.apply = func(z *series, x []*series) { f(z, x[0], x[1]) }
			op.want = func(x []jet.Jet64) jet.Jet64 { return twinFunc.(func(x, y jet.Jet64) jet.Jet64)(x[0], x[1]) }
		case func(z, x, y, u *series) *series:
			op.inputs = 3
			op.apply = func(z *series, x []*series) { f(z, x[0], x[1], x[2]) }
			op.want = func(x []jet.Jet64) jet.Jet64 { return twinFunc.(func(x, y, u jet.Jet64) jet.Jet64)(x[0], x[1], x[2]) }
		case func(z, x *series, c float64) *series:
			op.apply = func(z *series, x []*series) { f(z, x[0], c) }
			op.want = func(x []jet.Jet64) jet.Jet64 { return twinFunc.(func(jet.Jet64, float64) jet.Jet64)(x[0], c) }
		case func(z, x *series, c, d float64) *series:
			op.apply = func(z *series, x []*series) { f(z, x[0], c, d) }
			op.want = func(x []jet.Jet64) jet.Jet64 {
				return twinFunc.(func(jet.Jet64, float64, float64) jet.Jet64)(x[0], c, d)
			}
		case func(z, x *series, n int) *series:
			op.apply = func(z *series, x []*series) { f(z, x[0], n) }
			op.want = func(x []jet.Jet64) jet.Jet64 { return twinFunc.(func(jet.Jet64, int) jet.Jet64)(x[0], n) }
		case func(z, x *series, f func(k int, v float64) float64) *series:
			op.apply = func(z *series, x []*series) { f(z, x[0], sine) }
			op.want = func(x []jet.Jet64) jet.Jet64 { return x[0].Apply(sine) }
		case func(z, x, c *series) (*series, *series):
			op.inputs = 2 // the second is an output
			op.apply = func(z *series, x []*series) {
				if x[1] != z {
					f(z, x[0], x[1])
				} else {
					z.Sin(x[0])
				}
			}
			op.want = func(x []jet.Jet64) jet.Jet64 { return x[0].Sin() }
		default:
			t.Fatalf("%s: type %T not known", m.Name, f)
		}
		ops = append(ops, op)
	}
	return ops
}

func TestSeriesComplete(t *testing.T) {
	have := map[string]bool{}
	for _, op := range seriesOps(t) {
		have[op.name] = true
	}
	typ := reflect.TypeFor[jet.Jet64]()
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		if m.Type.NumOut() > 0 && m.Type.Out(0) == typ && m.Name != "Const" && !have[m.Name] {
			t.Errorf("Series has no method %s", m.Name)
		}
	}
	if len(have) < 70 {
		t.Errorf("%d methods, want those of dual.Real and the tools", len(have))
	}
}

// same reports whether the coefficients of x and y are equal, NaN to NaN.
func same(x, y jet.Jet64) bool {
	if x.Order() != y.Order() {
		return false
	}
	for k := range x.Order() + 1 {
		if a, b := x.Coeff(k), y.Coeff(k); a != b && (a == a || b == b) {
			return false
		}
	}
	return true
}

// operands are series of all kinds: ordinary, singular, constant, unknown.
func operands(rng *rand.Rand) []jet.Jet64 {
	random := func(order int) jet.Jet64 {
		c := make([]float64, order+1)
		for k := range c {
			c[k] = rng.Float64()
		}
		return jet.New(c...)
	}
	inf, nan := math.Inf(1), math.NaN()
	return []jet.Jet64{
		random(0), random(1), random(2), random(6), random(6).Neg(), random(40),
		{}, jet.New(0.0), jet.New(0.0, 0, 0), jet.New(nan), jet.New(1, nan, 2), jet.New(inf, 1, 0), jet.New(-inf, 0),
		jet.Variable(0.0, 6), jet.Variable(0.0, 5).Sqr(), jet.Variable(1.0, 4),
	}
}

// TestSeriesAliasing checks every method against that of Jet where the operands
// are the receiver or one another.
func TestSeriesAliasing(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, op := range seriesOps(t) {
		for range 200 {
			list := operands(rng)
			jets := make([]jet.Jet64, op.inputs)
			args := make([]*series, op.inputs)
			for i := range args {
				jets[i] = list[rng.IntN(len(list))]
				args[i] = new(series).SetJet(jets[i])
				if i > 0 && rng.IntN(3) == 0 {
					j := rng.IntN(i)
					jets[i], args[i] = jets[j], args[j]
				}
			}
			z := new(series).SetJet(list[rng.IntN(len(list))])
			if rng.IntN(3) > 0 {
				z = args[rng.IntN(len(args))]
			}
			var kept []jet.Jet64
			for _, x := range args {
				kept = append(kept, x.Jet())
			}
			want := op.want(jets)
			op.apply(z, args)
			if got := z.Jet(); !same(got, want) {
				t.Fatalf("%s of %v: got %v, want %v", op.name, jets, got, want)
			}
			for i, x := range args {
				if x != z && !same(x.Jet(), kept[i]) && op.name != "Sincos" {
					t.Fatalf("%s changed operand %d from %v to %v", op.name, i, kept[i], x)
				}
			}
		}
	}
}

func TestSeriesSincos(t *testing.T) {
	for _, order := range []int{0, 1, 2, 6, 40} {
		x := jet.Variable(0.7, order)
		s, c := x.Sincos()
		var z, cos series
		if a, b := z.Sincos(new(series).SetJet(x), &cos); a != &z || b != &cos || !same(z.Jet(), s) || !same(cos.Jet(), c) {
			t.Errorf("order %d: Sincos = %v, %v, want %v, %v", order, a, b, s, c)
		}
		z.SetJet(x)
		if z.Sincos(&z, &cos); !same(z.Jet(), s) || !same(cos.Jet(), c) {
			t.Errorf("order %d: z.Sincos(z, cos) = %v, %v", order, &z, &cos)
		}
		cos.SetJet(x)
		if z.Sincos(&cos, &cos); !same(z.Jet(), s) || !same(cos.Jet(), c) {
			t.Errorf("order %d: z.Sincos(cos, cos) = %v, %v", order, &z, &cos)
		}
	}
}

// TestSeriesAllocs checks that no method allocates in steady state.
func TestSeriesAllocs(t *testing.T) {
	for _, x0 := range []float64{0.3, 0} {
		x := new(series).SetVariable(x0, 12)
		y := new(series).SetCoeffs(0.4, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3)
		var z series
		args := []*series{x, y, y}
		for _, op := range seriesOps(t) {
			for range 12 {
				op.apply(&z, args[:op.inputs])
			}
			if n := testing.AllocsPerRun(20, func() { op.apply(&z, args[:op.inputs]) }); n != 0 {
				t.Errorf("%s at %g: %v allocations, want 0", op.name, x0, n)
			}
		}
		buf := make([]float64, 20)
		if n := testing.AllocsPerRun(20, func() {
			z.Set(x).SetVariable(1, 12).SetConst(2).SetJet(jet.Jet64{}).SetCoeffs(buf[:9]...)
			_ = z.Eval(0.1) + z.Value() + z.Coeff(1) + z.Derivative(2) + z.Coeffs(buf)[0] + float64(z.Order()+z.KnownOrder())
			z.Lead()
		}); n != 0 {
			t.Errorf("others: %v allocations, want 0", n)
		}
	}
}

func TestSeriesZero(t *testing.T) {
	var x, z series
	if z.Add(&x, &x); z.Order() != 0 || z.Value() != 0 {
		t.Errorf("0+0 = %v", &z)
	}
	if z.Cos(&x); z.Value() != 1 {
		t.Errorf("cos 0 = %v", &z)
	}
	if got := jet.NewSeries[float32](1, 2).Jet(); got.Order() != 1 || got.Coeff(1) != 2 {
		t.Errorf("NewSeries(1, 2) = %v", got)
	}
	// An operand of other length than before.
	z.SetVariable(1, 40)
	if z.Mul(x.SetVariable(2, 3), &x); !same(z.Jet(), jet.New(4.0, 4, 1, 0)) {
		t.Errorf("(2+t)² = %v", &z)
	}
	if got := (*series)(nil); fmt.Sprint(got) != "<nil>" {
		t.Errorf("nil prints as %q", fmt.Sprint(got))
	}
}

// TestSeriesGoroutines reads operands from two goroutines, for the race
// detector.
func TestSeriesGoroutines(t *testing.T) {
	x := jet.NewSeries(0.5, 1, 0, 0, 0)
	var wg sync.WaitGroup
	got := make([]series, 2)
	for i := range got {
		wg.Go(func() {
			for range 100 {
				got[i].Mul(got[i].Exp(x), x)
			}
		})
	}
	wg.Wait()
	if want := x.Jet().Exp().Mul(x.Jet()); !same(got[0].Jet(), want) || !same(got[1].Jet(), want) {
		t.Errorf("got %v and %v, want %v", &got[0], &got[1], want)
	}
}

// FuzzSeries checks chains of operations in place on two series against the
// same operations on jets.
func FuzzSeries(f *testing.F) {
	f.Add([]byte{1, 2, 3, 40, 50, 60, 70, 80}, 0.3, 1.0, 2.0)
	ops := seriesOps(f)
	f.Fuzz(func(t *testing.T, code []byte, a, b, c float64) {
		x := []*series{jet.NewSeries(a, b, c), jet.NewSeries(c, 1, a, b)}
		y := []jet.Jet64{x[0].Jet(), x[1].Jet()}
		for i, k := range code[:min(len(code), 12)] {
			op := ops[(int(k>>2)+64*(i%2))%len(ops)]
			if op.name == "Sincos" || op.name == "Integrate" {
				continue
			}
			z, u := int(k&1), int(k>>1&1)
			args := []*series{x[u], x[1-u], x[u]}
			y[z] = op.want([]jet.Jet64{y[u], y[1-u], y[u]})
			if op.apply(x[z], args[:op.inputs]); !same(x[z].Jet(), y[z]) {
				t.Fatalf("step %d, %s: got %v, want %v", i, op.name, x[z], y[z])
			}
		}
	})
}
