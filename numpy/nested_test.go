package numpy

import (
	"math"
	"reflect"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

// A method is a method of dual.Real as a function of one variable, with points
// at which it is smooth.
type method[T any] struct {
	name string
	at   []float64
	f    func(x T) T
}

// Points of mixed signs and sizes, among them tails, zeros and neighbours of
// zero.
var (
	wholeLine = []float64{-20, -3, -1.2, -0.4, -1e-10, 0, 1e-10, 0.2, 0.7, 1.3, 2.6, 20}
	noZero    = []float64{-20, -3.2, -1.2, -0.4, -1e-10, 1e-10, 0.2, 0.7, 1.3, 2.6, 20}
	halfLine  = []float64{1e-10, 0.2, 0.7, 1.3, 2.6, 20}
	interval  = []float64{-0.999, -0.6, -0.4, -1e-10, 0, 1e-10, 0.2, 0.45, 0.55, 0.97}
	noJump    = []float64{-20.3, -3.2, -1.7, -0.4, -1e-10, 1e-10, 0.2, 0.7, 1.3, 2.6, 20.1}
)

// methods returns all methods of dual.Real that are functions of a number.
// Their other operand varies too, and so do those of elements.
func methods[T dual.Real[T]]() []method[T] {
	other := func(x T) T { return x.Scale(-0.7).AddConst(2.3) }
	return []method[T]{
		{"Apply", wholeLine, func(x T) T {
			return x.Apply(func(k int, v float64) float64 { return math.Sin(v + float64(k)*math.Pi/2) })
		}},
		{"Add", wholeLine, func(x T) T { return x.Add(other(x)) }},
		{"Sub", wholeLine, func(x T) T { return x.Sub(other(x)) }},
		{"Mul", wholeLine, func(x T) T { return x.Mul(other(x)) }},
		{"AZMul", wholeLine, func(x T) T { return x.AZMul(other(x)) }},
		{"FMA", wholeLine, func(x T) T { return x.FMA(other(x), x.Sqr()) }},
		{"Div", wholeLine, func(x T) T { return x.Div(other(x)) }},
		{"Neg", wholeLine, func(x T) T { return x.Neg() }},
		{"Inv", noZero, func(x T) T { return x.Inv() }},
		{"Scale", wholeLine, func(x T) T { return x.Scale(1.7) }},
		{"AddConst", wholeLine, func(x T) T { return x.AddConst(1.7) }},
		{"Sqr", wholeLine, func(x T) T { return x.Sqr() }},

		{"Sqrt", halfLine, func(x T) T { return x.Sqrt() }},
		{"Cbrt", noZero, func(x T) T { return x.Cbrt() }},
		{"Hypot", wholeLine, func(x T) T { return x.Hypot(other(x)) }},
		{"Pow", halfLine, func(x T) T { return x.Pow(other(x)) }},
		{"PowReal", halfLine, func(x T) T { return x.PowReal(1.6) }},
		{"PowReal", wholeLine, func(x T) T { return x.PowReal(3) }},
		{"PowInt", wholeLine, func(x T) T { return x.PowInt(5) }},
		{"PowInt", wholeLine, func(x T) T { return x.PowInt(1) }},
		{"PowInt", noZero, func(x T) T { return x.PowInt(-3) }},

		{"Exp", wholeLine, func(x T) T { return x.Exp() }},
		{"Exp2", wholeLine, func(x T) T { return x.Exp2() }},
		{"Expm1", wholeLine, func(x T) T { return x.Expm1() }},
		{"Log", halfLine, func(x T) T { return x.Log() }},
		{"Log2", halfLine, func(x T) T { return x.Log2() }},
		{"Log10", halfLine, func(x T) T { return x.Log10() }},
		{"Log1p", halfLine, func(x T) T { return x.Log1p() }},

		{"Sin", wholeLine, func(x T) T { return x.Sin() }},
		{"Cos", wholeLine, func(x T) T { return x.Cos() }},
		{"Sincos", wholeLine, func(x T) T { s, c := x.Sincos(); return s.Add(c.Scale(2)) }},
		{"Tan", wholeLine, func(x T) T { return x.Tan() }},
		{"Asin", interval, func(x T) T { return x.Asin() }},
		{"Acos", interval, func(x T) T { return x.Acos() }},
		{"Atan", append([]float64{-3e12, 1e11}, wholeLine...), func(x T) T { return x.Atan() }},
		{"Atan2", wholeLine, func(x T) T { return x.Atan2(other(x)) }},
		{"Sinh", wholeLine, func(x T) T { return x.Sinh() }},
		{"Cosh", wholeLine, func(x T) T { return x.Cosh() }},
		{"Tanh", wholeLine, func(x T) T { return x.Tanh() }},
		{"Asinh", append([]float64{-3e12, 1e11}, wholeLine...), func(x T) T { return x.Asinh() }},
		{"Acosh", []float64{1.001, 1.3, 2.6, 20}, func(x T) T { return x.Acosh() }},
		{"Atanh", interval, func(x T) T { return x.Atanh() }},

		{"Erf", wholeLine, func(x T) T { return x.Erf() }},
		{"Erfc", wholeLine, func(x T) T { return x.Erfc() }},
		{"Erfcx", wholeLine, func(x T) T { return x.Erfcx() }},
		{"Erfinv", interval, func(x T) T { return x.Erfinv() }},
		{"NormCDF", append([]float64{-36, 60}, wholeLine...), func(x T) T { return x.NormCDF() }},
		{"LogNormCDF", append([]float64{-40, -19}, wholeLine...), func(x T) T { return x.LogNormCDF() }},
		{"Gamma", noJump, func(x T) T { return x.Gamma() }},
		{"Lgamma", noJump, func(x T) T { return x.Lgamma() }},
		{"Digamma", noJump, func(x T) T { return x.Digamma() }},
		{"Polygamma", noJump, func(x T) T { return x.Polygamma(2) }},
		{"BesselJ", wholeLine, func(x T) T { return x.BesselJ(1) }},
		{"BesselY", halfLine[1:], func(x T) T { return x.BesselY(1) }},
		{"BesselI", wholeLine, func(x T) T { return x.BesselI(2) }},
		{"BesselK", halfLine[1:], func(x T) T { return x.BesselK(0) }},

		{"Logistic", wholeLine, func(x T) T { return x.Logistic() }},
		{"Softplus", wholeLine, func(x T) T { return x.Softplus() }},
		{"Sinc", wholeLine, func(x T) T { return x.Sinc() }},
		{"LambertW", append([]float64{-0.36, -0.2, 0}, halfLine...), func(x T) T { return x.LambertW() }},

		{"Abs", noZero, func(x T) T { return x.Abs() }},
		{"Sign", noZero, func(x T) T { return x.Sign() }},
		{"Max", wholeLine, func(x T) T { return x.Max(other(x)) }},
		{"Max", noZero, func(x T) T { return x.Max(x.Const(0)) }},
		{"Min", wholeLine, func(x T) T { return x.Min(other(x)) }},
		{"Clamp", wholeLine, func(x T) T { return x.Clamp(-1.1, 1.1).Mul(x) }},
		{"Floor", noJump, func(x T) T { return x.Floor().Mul(x) }},
		{"Ceil", noJump, func(x T) T { return x.Ceil().Mul(x) }},
		{"Round", noJump, func(x T) T { return x.Round().Mul(x) }},
		{"Trunc", noJump, func(x T) T { return x.Trunc().Mul(x) }},
		{"Mod", wholeLine, func(x T) T { return x.AddConst(0.1).Mod(other(x)) }},
		{"Mod", []float64{5, 7, -3}, func(x T) T { return x.Mod(x.Const(2)) }},
		{"Copysign", noZero, func(x T) T { return x.Sqr().Copysign(x) }},
	}
}

// TestMethods checks that the table has all methods of dual.Real.
func TestMethods(t *testing.T) {
	have := map[string]bool{"Const": true, "Value": true, "Lead": true}
	for _, m := range methods[Array]() {
		have[m.name] = true
	}
	typ := reflect.TypeFor[dual.Real[Array]]()
	for i := range typ.NumMethod() {
		if name := typ.Method(i).Name; !have[name] {
			t.Errorf("no test for %s", name)
		}
	}
}

// elementsNear checks the elements of got, one for each of the points, against
// the function want, up to the relative error tol.
func elementsNear(t *testing.T, what string, got Array, at []float64, tol float64, want func(v float64) float64) {
	t.Helper()
	g := BroadcastTo(got, len(at)).Float64s()
	for i, v := range at {
		w := want(v)
		if g[i] == w || w != w && g[i] != g[i] || math.Abs(w) < 1e-300 && math.Abs(g[i]) < 1e-300 {
			continue
		}
		if e := math.Abs(g[i]/w - 1); !(e <= tol) {
			t.Errorf("%s at %g = %.17g, want %.17g (%.1e)", what, v, g[i], w, e)
		}
	}
}

// TestMethodElements checks the methods of Array, and their tangents, against
// those of the dual numbers, element by element.
func TestMethodElements(t *testing.T) {
	floats, numbers := methods[dual.Float](), methods[dual.Number64]()
	for i, m := range methods[Array]() {
		x := FromSlice(m.at)
		elementsNear(t, m.name, m.f(x), m.at, 1e-15, func(v float64) float64 { return float64(floats[i].f(dual.Float(v))) })
		_, dot := JVP(m.f, x, onesLike(x))
		elementsNear(t, m.name+"′", dot, m.at, 1e-13, func(v float64) float64 { return numbers[i].f(dual.Number64{V: v, D: 1}).D })
	}
}

type (
	arrays1 = dual.Nested[Array]
	arrays2 = dual.Nested[arrays1]
	floats1 = dual.Nested[dual.Float]
	floats2 = dual.Nested[floats1]
)

// TestDualElements checks dual numbers of arrays against dual numbers of
// floats.
func TestDualElements(t *testing.T) {
	first, second, want := methods[arrays1](), methods[arrays2](), methods[floats2]()
	for i, m := range methods[Array]() {
		x := FromSlice(m.at)
		at := func(v float64) floats2 { return want[i].f(dual.Variable(dual.Variable(dual.Float(v)))) }
		y := first[i].f(dual.Variable(x))
		elementsNear(t, m.name, y.V, m.at, 1e-15, func(v float64) float64 { return at(v).Value() })
		elementsNear(t, m.name+"′", y.D, m.at, 1e-12, func(v float64) float64 { return float64(at(v).D.V) })
		z := second[i].f(dual.Variable(dual.Variable(x)))
		elementsNear(t, m.name+"″", z.D.D, m.at, 1e-12, func(v float64) float64 { return float64(at(v).D.D) })
	}
}

// TestJetElements checks jets of arrays against jets of floats.
func TestJetElements(t *testing.T) {
	const order = 4
	nested, want := methods[jet.Nested[Array]](), methods[jet.Jet64]()
	for i, m := range methods[Array]() {
		y := nested[i].f(jet.NestedVariable(FromSlice(m.at), order))
		for k := range order + 1 {
			elementsNear(t, m.name+" coefficient "+string(rune('0'+k)), y.Coeff(k), m.at, 1e-11, func(v float64) float64 {
				return want[i].f(jet.Variable(v, order)).Coeff(k)
			})
		}
		if known := y.KnownOrder(); known != order {
			t.Errorf("%s is known to order %d, want %d", m.name, known, order)
		}
	}
}

// bell is a scalar function with branches of many kinds in its derivatives.
func bell[T dual.Real[T]](x T) T {
	u := x.Tanh().Add(x.Sqr().Neg().Exp()).Hypot(x.Asinh().AddConst(2))
	v := x.LogNormCDF().Mul(x.Logistic()).Sub(x.Erf())
	w := x.Sub(u).Max(v).Clamp(-3, 3)
	return u.Mul(v).Add(w.Sqr()).Div(x.Atan().AddConst(2)).Add(x.Abs().Sqrt().Sin())
}

// TestGenericFunction checks one function, written for dual.Real, under all
// mixes of three derivatives of dual numbers and jets with Grad.
func TestGenericFunction(t *testing.T) {
	at := []float64{-21, -3, -1.1, -0.3, 0.2, 0.8, 1.7, 4, 25}
	x := FromSlice(at)
	exact := func(k int) func(v float64) float64 {
		return func(v float64) float64 { return bell(jet.Variable(v, 3)).Derivative(k) }
	}
	elementsNear(t, "value", bell(x), at, 1e-13, exact(0))

	grad := func(f func(Array) Array) func(Array) Array {
		return Grad(func(x Array) Array { return Sum(f(x)) })
	}
	byDual := func(x Array) Array { return bell(dual.Variable(x)).D }
	byDual2 := func(x Array) Array { return bell(dual.Variable(dual.Variable(x))).D.D }
	byJet := func(k int) func(Array) Array {
		return func(x Array) Array { return bell(jet.NestedVariable(x, k)).Derivative(k) }
	}
	for _, test := range []struct {
		name  string
		f     func(Array) Array
		order int
	}{
		{"dual", byDual, 1},
		{"dual of dual", byDual2, 2},
		{"jet", byJet(3), 3},
		{"Grad", grad(bell[Array]), 1},
		{"Grad of dual", grad(byDual), 2},
		{"Grad of dual of dual", grad(byDual2), 3},
		{"Grad of jet", grad(byJet(2)), 3},
		{"Grad of Grad of dual", grad(grad(byDual)), 3},
		{"Grad of Grad of jet", grad(grad(byJet(1))), 3},
		{"JVP of jet", func(x Array) Array {
			_, dot := JVP(byJet(2), x, onesLike(x))
			return dot
		}, 3},
		{"jet of dual", func(x Array) Array {
			y := bell(jet.NestedVariable(dual.Variable(x), 2)).Derivative(2)
			return y.D
		}, 3},
		{"dual of jet", func(x Array) Array {
			return bell(dual.Variable(jet.NestedVariable(x, 2))).D.Derivative(2)
		}, 3},
	} {
		elementsNear(t, test.name, test.f(x), at, 1e-10, exact(test.order))
	}
}

// TestNaNElements checks that what is NaN stays NaN, and only that.
func TestNaNElements(t *testing.T) {
	at := []float64{-2, math.NaN(), 0.5, 3}
	x := FromSlice(at)
	functions, jets := methods[arrays1](), methods[jet.Nested[Array]]()
	for i, m := range methods[dual.Number64]() {
		if m.name == "Apply" {
			continue
		}
		want := func(v float64) float64 { return m.f(dual.Number64{V: v, D: 1}).D }
		elementsNear(t, m.name+" of dual", functions[i].f(dual.Variable(x)).D, at, 1e-12, want)
		elementsNear(t, m.name+" of jet", jets[i].f(jet.NestedVariable(x, 2)).Coeff(1), at, 1e-11, want)
	}
}

// TestFixedExponents checks a power of which the exponents differ but do not
// vary, where that of a negative number is an integer.
func TestFixedExponents(t *testing.T) {
	at, exponents := []float64{-2, 0.5, 3, -1.5}, []float64{3, 0.4, -1.2, -2}
	x, p := FromSlice(at), FromSlice(exponents)
	jets := jet.NestedVariable(x, 3).Pow(jet.NewNested(p))
	duals := dual.Variable(dual.Variable(x)).Pow(dual.Lift(dual.Lift(p)))
	want := func(k int) func(v float64) float64 {
		return func(v float64) float64 {
			for i := range at {
				if at[i] == v {
					return jet.Variable(v, 3).PowReal(exponents[i]).Derivative(k)
				}
			}
			return math.NaN()
		}
	}
	for k := range 4 {
		elementsNear(t, "Pow of jet", jets.Derivative(k), at, 1e-13, want(k))
	}
	elementsNear(t, "Pow of dual", duals.D.D, at, 1e-13, want(2))
}
