package jet_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"reflect"
	"regexp"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

var jet2Mode = adtest.Mode[jet.Jet2]{
	Name:        "Jet2",
	Order:       2,
	Directional: true,
	Derivatives: func(f func(jet.Jet2) jet.Jet2, x float64) []float64 {
		y := f(jet.Jet2{C0: x, C1: 1})
		return []float64{y.C0, y.C1, 2 * y.C2}
	},
	Gradient: func(f func([]jet.Jet2) jet.Jet2, x []float64) (y float64, grad []float64) {
		v := make([]jet.Jet2, len(x))
		for i := range x {
			v[i].C0 = x[i]
		}
		for i := range x {
			v[i].C1 = 1
			z := f(v)
			v[i].C1 = 0
			y, grad = z.C0, append(grad, z.C1)
		}
		return y, grad
	},
	Fixed:         true,
	PlainProducts: true,
}

var jet3Mode = adtest.Mode[jet.Jet3]{
	Name:        "Jet3",
	Order:       3,
	Directional: true,
	Derivatives: func(f func(jet.Jet3) jet.Jet3, x float64) []float64 {
		y := f(jet.Jet3{C0: x, C1: 1})
		return []float64{y.C0, y.C1, 2 * y.C2, 6 * y.C3}
	},
	Gradient: func(f func([]jet.Jet3) jet.Jet3, x []float64) (y float64, grad []float64) {
		v := make([]jet.Jet3, len(x))
		for i := range x {
			v[i].C0 = x[i]
		}
		for i := range x {
			v[i].C1 = 1
			z := f(v)
			v[i].C1 = 0
			y, grad = z.C0, append(grad, z.C1)
		}
		return y, grad
	},
	Fixed:         true,
	PlainProducts: true,
}

func TestSmallGolden(t *testing.T) {
	adtest.Golden(t, jet2Mode)
	adtest.Golden(t, jet3Mode)
}

func TestSmallSweep(t *testing.T) {
	adtest.Sweep(t, jet2Mode)
	adtest.Sweep(t, jet3Mode)
}

func TestSmallEdges(t *testing.T) {
	adtest.Edges(t, jet2Mode)
	adtest.Edges(t, jet3Mode)
}

func TestSmallIdentities(t *testing.T) {
	adtest.Identities(t, jet2Mode)
	adtest.Identities(t, jet3Mode)
}

func TestSmallSpecialValues(t *testing.T) {
	adtest.Special(t, jet2Mode)
	adtest.Special(t, jet3Mode)
}

// A small is a type of fixed order.
type small[T small[T]] interface {
	dual.Real[T]
	Jet() jet.Jet64
}

// plain names the methods that are plain IEEE arithmetic on Jet2 and Jet3.
var plain = map[string]bool{"Mul": true, "Sqr": true, "Scale": true}

// checkSmall compares every method of T with that of Jet64 on operands that are
// ordinary, singular, constant, infinite and unknown.
func checkSmall[T small[T]](t *testing.T, order int, conv func(jet.Jet64) T) {
	typ, jets := reflect.TypeFor[T](), reflect.TypeFor[jet.Jet64]()
	rng := rand.New(rand.NewPCG(uint64(order), 1))
	inf, nan := math.Inf(1), math.NaN()
	random := func() jet.Jet64 {
		c := make([]float64, order+1)
		for k := range c {
			switch rng.IntN(8) {
			case 0, 1, 2:
				c[k] = []float64{0, 0, 0, math.Copysign(0, -1), 1, -1, 0.5, 2, inf, -inf, nan}[rng.IntN(11)]
			case 3:
				c[k] = 0
			default:
				c[k] = 3 * rng.NormFloat64()
			}
		}
		if rng.IntN(8) == 0 {
			e := 400*rng.IntN(2) - 200
			for k := range c {
				c[k] = math.Ldexp(c[k], e)
			}
		}
		return jet.New(c...)
	}
	sine := func(k int, v float64) float64 { return math.Sin(v + float64(k)*math.Pi/2) }
	count := 0
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		twin, ok := jets.MethodByName(m.Name)
		if !ok || m.Type.NumOut() == 0 || m.Type.Out(0) != typ || m.Name == "Const" {
			continue
		}
		count++
		runs := 2000
		if testing.Short() {
			runs = 200
		}
		for range runs {
			in := []reflect.Value{}
			jin := []reflect.Value{}
			for a := range m.Type.NumIn() {
				switch p := m.Type.In(a); p.Kind() {
				case reflect.Float64:
					c := []float64{0, 1, -1, 2, 0.5, 2.5, -1.5, rng.NormFloat64()}[rng.IntN(8)]
					in, jin = append(in, reflect.ValueOf(c)), append(jin, reflect.ValueOf(c))
				case reflect.Int:
					n := rng.IntN(4)
					in, jin = append(in, reflect.ValueOf(n)), append(jin, reflect.ValueOf(n))
				case reflect.Func:
					in, jin = append(in, reflect.ValueOf(sine)), append(jin, reflect.ValueOf(sine))
				default:
					x := random()
					in, jin = append(in, reflect.ValueOf(conv(x))), append(jin, reflect.ValueOf(x))
				}
			}
			got, want := m.Func.Call(in), twin.Func.Call(jin)
			for r := range got {
				x, y := got[r].Interface().(T).Jet(), want[r].Interface().(jet.Jet64)
				if !agree(x, y, plain[m.Name]) {
					t.Errorf("%T.%s(%v) = %#v, Jet finds %#v", conv(jet.Jet64{}), m.Name, values(jin), x, y)
				}
			}
			if t.Failed() {
				break
			}
		}
	}
	if count < 65 {
		t.Errorf("%d methods, want those of dual.Real", count)
	}
}

func values(list []reflect.Value) (v []any) {
	for _, x := range list {
		v = append(v, x.Interface())
	}
	return v
}

// agree reports whether x and y are equal but for rounding, relative to the
// largest coefficient. If lax, those of x may be NaN.
func agree(x, y jet.Jet64, lax bool) bool {
	scale := 0.0
	for k := range y.Order() + 1 {
		if v := math.Abs(y.Coeff(k)); v > scale && !math.IsInf(v, 0) {
			scale = v
		}
	}
	for k := range x.Order() + 1 {
		a, b := x.Coeff(k), y.Coeff(k)
		switch {
		case a == b, a != a && (lax || b != b):
		case !(math.Abs(a-b) <= 1e-10*scale+1e-300):
			return false
		}
	}
	return true
}

// TestSmallAgree checks that Jet2 and Jet3 compute as Jet64 does.
func TestSmallAgree(t *testing.T) {
	checkSmall(t, 2, jet.Jet64.Jet2)
	checkSmall(t, 3, jet.Jet64.Jet3)
}

func TestSmallConvert(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		x    jet.Jet64
		want string
	}{
		{jet.Jet64{}, "jet.Jet2{C0:0, C1:0, C2:0}"},
		{jet.New(3.0), "jet.Jet2{C0:3, C1:0, C2:0}"},
		{jet.New(3.0, 2), "jet.Jet2{C0:3, C1:2, C2:math.NaN()}"},
		{jet.New(3, nan, 2.5), "jet.Jet2{C0:3, C1:math.NaN(), C2:2.5}"},
		{jet.New(1.0, 2, 3, 4, 5), "jet.Jet2{C0:1, C1:2, C2:3}"},
	} {
		if got := fmt.Sprintf("%#v", c.x.Jet2()); got != c.want {
			t.Errorf("%v as Jet2 = %s, want %s", c.x, got, c.want)
		}
	}
	if got, want := jet.New(1.0, 2, 3).Jet3(), "1 + 2t + 3t² + O(t³)"; fmt.Sprint(got) != want {
		t.Errorf("Jet3 = %v, want %s", got, want)
	}
	if got, want := jet.New[float32](0.5, 1).Jet2(), "0.5 + t + O(t²)"; fmt.Sprint(got) != want {
		t.Errorf("Jet2 = %v, want %s", got, want)
	}
	y := jet.Jet3{C0: 1, C1: 2, C2: -0.5, C3: 4}
	for format, want := range map[string]string{
		"%v":   "1 + 2t − ½t² + 4t³ + O(t⁴)",
		"%.1f": "1.0 + 2.0t − 0.5t² + 4.0t³ + O(t⁴)",
		"%#v":  "jet.Jet3{C0:1, C1:2, C2:-0.5, C3:4}",
	} {
		if got := fmt.Sprintf(format, y); got != want {
			t.Errorf("Sprintf(%q) = %q, want %q", format, got, want)
		}
	}
	for k, want := range []float64{1, 2, -1, 24} {
		if got := y.Derivative(k); got != want {
			t.Errorf("Derivative(%d) = %v, want %v", k, got, want)
		}
	}
	x := jet.Jet2{C0: 1, C1: 2, C2: 3}
	for k, want := range []float64{1, 2, 6} {
		if got := x.Derivative(k); got != want {
			t.Errorf("Derivative(%d) = %v, want %v", k, got, want)
		}
	}
}

// TestSmallAllocs checks that nothing is allocated away from singular points.
func TestSmallAllocs(t *testing.T) {
	x, y := jet.Jet2{C0: 0.4, C1: 1, C2: 2}, jet.Jet3{C0: 0.4, C1: 1, C2: 2, C3: 3}
	if n := testing.AllocsPerRun(100, func() { x = smallWork(x) }); n != 0 {
		t.Errorf("Jet2: %v allocations, want 0", n)
	}
	if n := testing.AllocsPerRun(100, func() { y = smallWork(y) }); n != 0 {
		t.Errorf("Jet3: %v allocations, want 0", n)
	}
}

func smallWork[T dual.Real[T]](x T) T {
	x = x.Sin().Exp().Div(x.AddConst(2)).Sqrt().Log().Cos().PowReal(2.5).Pow(x)
	x = x.BesselJ(2).Tanh().Erf().Gamma().Hypot(x).Atan2(x.Inv()).PowInt(3)
	x = x.Max(x.Neg()).Mod(x.Const(3)).FMA(x, x).Tanh().Sinh().Cosh().Erfcx().Cbrt()
	return x.Const(0.4).Add(x.Scale(1e-3))
}

// TestSmallPrograms compares random functions with jets of any order.
func TestSmallPrograms(t *testing.T) {
	adtest.Programs(t, func(t *testing.T, p adtest.Program, x []float64) {
		x2, x3, xj := make([]jet.Jet2, len(x)), make([]jet.Jet3, len(x)), make([]jet.Jet64, len(x))
		for i, v := range x {
			d := float64(i) - 0.5
			x2[i], x3[i], xj[i] = jet.Jet2{C0: v, C1: d}, jet.Jet3{C0: v, C1: d}, jet.New(v, d, 0, 0, 0)
		}
		want := adtest.Run(p, xj)
		// The next coefficient measures how much rounding may have grown.
		scale := 1.0
		for k := range 5 {
			scale = max(scale, math.Abs(want.Coeff(k)))
		}
		for k, got := range []jet.Jet64{adtest.Run(p, x2).Jet(), adtest.Run(p, x3).Jet()} {
			for i := range k + 3 {
				if d := math.Abs(got.Coeff(i) - want.Coeff(i)); !(d <= 1e-10*scale) {
					t.Errorf("order %d: coefficient %d = %v, want %v, at %v of\n%v", k+2, i, got.Coeff(i), want.Coeff(i), x, p)
				}
			}
		}
	})
}

// TestInline checks that the compiler inlines what the speed rests on.
func TestInline(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command")
	}
	cmd := exec.Command(goTool, "build", "-gcflags=-m", ".")
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Run(); err != nil {
		t.Skipf("go build: %v", err)
	}
	for _, typ := range []string{"Jet2", "Jet3"} {
		for _, name := range []string{"Add", "Sub", "Mul", "Neg", "Scale", "AddConst", "Sqr", "Value", "Const", "Max", "Min"} {
			if !regexp.MustCompile(`can inline ` + typ + `\.` + name + `\b`).Match(out.Bytes()) {
				t.Errorf("%s.%s is not inlined", typ, name)
			}
		}
	}
}
