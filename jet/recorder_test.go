package jet

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
)

// A recordCase is a function of two arguments, all of whose recorded
// coefficients must be those that are computed at once.
type recordCase[T dual.Real[T]] struct {
	name string
	f    func(x, y T) T
	x, y float64 // values
}

func recordCases[T dual.Real[T]]() []recordCase[T] {
	var list []recordCase[T]
	at := func(name string, f func(x, y T) T, x, y float64) {
		list = append(list, recordCase[T]{fmt.Sprintf("%s(%v, %v)", name, x, y), f, x, y})
	}
	one := func(name string, f func(x T) T, x ...float64) {
		for _, x := range x {
			at(name, func(x, _ T) T { return f(x) }, x, 0.3)
		}
	}
	one("Sqrt", T.Sqrt, 0.7, 3)
	one("Cbrt", T.Cbrt, 0.7, -3)
	one("Exp", T.Exp, 0, -2)
	one("Exp2", T.Exp2, 0, 1.5)
	one("Expm1", T.Expm1, 0, -3)
	one("Log", T.Log, 0.2, 5)
	one("Log2", T.Log2, 0.2, 5)
	one("Log10", T.Log10, 0.2, 5)
	one("Log1p", T.Log1p, 0, 5)
	one("Sin", T.Sin, 0, 2)
	one("Cos", T.Cos, 0, 2)
	one("Sincos", func(x T) T { s, c := x.Sincos(); return s.Div(c.AddConst(3)) }, 0, 2)
	one("Tan", T.Tan, 0, 1.2)
	one("Asin", T.Asin, 0, 0.7)
	one("Acos", T.Acos, 0, -0.7)
	one("Atan", T.Atan, 0, -3)
	one("Sinh", T.Sinh, 0, 1)
	one("Cosh", T.Cosh, 0, -1)
	one("Tanh", T.Tanh, 0, -3)
	one("Asinh", T.Asinh, 0, -3)
	one("Acosh", T.Acosh, 1.5)
	one("Atanh", T.Atanh, 0, 0.8)
	one("Erf", T.Erf, 0, 2)
	one("Erfc", T.Erfc, 0, 3, 41)
	one("Erfcx", T.Erfcx, 0, 2)
	one("Erfinv", T.Erfinv, 0, 0.8)
	one("NormCDF", T.NormCDF, 0, 2)
	one("LogNormCDF", T.LogNormCDF, 0.5, -2, -30)
	one("Gamma", T.Gamma, 1.5, -0.4)
	one("Lgamma", T.Lgamma, 1.5, 7)
	one("Digamma", T.Digamma, 1.5, 7)
	one("Polygamma", func(x T) T { return x.Polygamma(2) }, 1.5)
	one("BesselJ", func(x T) T { return x.BesselJ(2) }, 1.5)
	one("BesselY", func(x T) T { return x.BesselY(1) }, 1.5)
	one("BesselI", func(x T) T { return x.BesselI(0) }, 1.5)
	one("BesselK", func(x T) T { return x.BesselK(1) }, 1.5)
	one("Logistic", T.Logistic, 0, 3)
	one("Softplus", T.Softplus, 0, -3)
	one("Sinc", T.Sinc, 0, 2)
	one("LambertW", T.LambertW, 0, 3)
	one("Abs", T.Abs, 0, 2, -2)
	one("AbsTwice", func(x T) T { return x.Abs().Mul(x.Abs().AddConst(1)) }, 0)
	one("Sign", T.Sign, 2, -2)
	one("Clamp", func(x T) T { return x.Clamp(-1, 1) }, 2, 0.5, -3)
	one("ClampEmpty", func(x T) T { return x.Clamp(1, -1) }, 2)
	one("Floor", func(x T) T { return x.Floor().Add(x) }, 2.5)
	one("Ceil", func(x T) T { return x.Ceil().Mul(x) }, 2.5)
	one("Round", func(x T) T { return x.Sub(x.Round()) }, 2.6)
	one("Trunc", func(x T) T { return x.Div(x.Trunc()) }, -2.6)
	one("PowFloor", func(x T) T { return x.Pow(x.Floor()) }, 3.6, -2.5)
	one("Inv", T.Inv, 0.7)
	one("Neg", T.Neg, 0.7)
	one("Sqr", T.Sqr, 0.7, 0)
	one("Scale", func(x T) T { return x.Scale(3) }, 0.7)
	one("AddConst", func(x T) T { return x.AddConst(3) }, 0.7)
	one("Const", func(x T) T { return x.Const(3) }, 0.7)
	one("Zero", func(T) (z T) { return z }, 0.7)
	one("FromZero", func(x T) T { var z T; return z.Add(x).Sub(z).Mul(z.AddConst(2)) }, 0.7)
	one("Same", func(x T) T { return x }, 0.7)
	for _, p := range []float64{0, 1, 2, 3, 7, -1, -2, 0.5, 1.5, -0.3, 2000} {
		one(fmt.Sprintf("PowReal %v", p), func(x T) T { return x.PowReal(p) }, 0.98)
	}
	for _, n := range []int{0, 1, 2, 3, 4, 8, 11, -1, -3, 2000} {
		one(fmt.Sprintf("PowInt %d", n), func(x T) T { return x.PowInt(n) }, 0.98, -1.01)
	}
	for _, n := range []int{1, 2, 5} {
		one(fmt.Sprintf("PowInt %d", n), func(x T) T { return x.PowInt(n) }, 0)
	}
	one("Apply", func(x T) T {
		return x.Apply(func(k int, v float64) float64 { return math.Exp(v) })
	}, 0.3)
	at("Add", T.Add, 1, 2)
	at("Sub", T.Sub, 1, 2)
	at("Mul", T.Mul, 1, 2)
	at("AZMul", T.AZMul, 1, 2)
	at("FMA", func(x, y T) T { return x.FMA(y, x) }, 1, 2)
	at("Div", T.Div, 1, 2)
	at("Div", T.Div, 0, 2)
	at("Pow", T.Pow, 1.5, 2)
	at("PowConst", func(x, y T) T { return x.Pow(y.Const(2.5)) }, 1.5, 2)
	at("ConstPow", func(x, y T) T { return x.Const(2.5).Pow(y) }, 1.5, 2)
	at("Hypot", T.Hypot, 1.5, -2)
	at("Hypot", T.Hypot, 1e-170, -2e-170)
	at("HypotConst", func(x, y T) T { return x.Const(3).Hypot(y) }, 1.5, -2)
	at("Atan2", T.Atan2, 1.5, -2)
	at("Atan2", T.Atan2, 0, -2)
	at("Atan2Const", func(x, y T) T { return x.Const(1).Atan2(y) }, 0, -2)
	at("Max", T.Max, 1, 2)
	at("Max", T.Max, 1, 1)
	at("Min", T.Min, 1, 2)
	at("Min", T.Min, 2, 2)
	at("MaxConst", func(x, y T) T { return x.Const(3).Max(y) }, 1, 3)
	at("MaxConst", func(x, y T) T { return x.Const(4).Max(y) }, 1, 3)
	at("Mod", T.Mod, 7.5, 2)
	at("Copysign", T.Copysign, 1, -2)
	at("Copysign", T.Copysign, 0, -2)
	return list
}

// recorded returns the coefficients of f at the series c, computed order by
// order. What is unknown holds a NaN.
func recorded[F float](f func(x []Jet[F]) Jet[F], c [][]F) []F {
	n := len(c[0])
	w := &Workspace[F]{buf: make([]F, 1<<16)}
	for i := range w.buf {
		w.buf[i] = F(math.NaN())
	}
	w.rec = &program[F]{n: n}
	x := make([]Jet[F], len(c))
	for i := range x {
		x[i] = w.sized(n, c[i][0])
	}
	prog := w.rec
	y := f(x)
	w.rec = nil
	for k := 1; k < n; k++ {
		for i := range x {
			x[i].c[k] = c[i][k]
		}
		prog.advance(k)
	}
	z := make([]F, n)
	copy(z, y.c)
	return z
}

// nestedRecorded is recorded for other coefficients.
func nestedRecorded[T dual.Real[T]](f func(x []Nested[T]) Nested[T], c [][]T) []T {
	n := len(c[0])
	w := &NestedWorkspace[T]{buf: make([]T, 1<<16)}
	for i := range w.buf {
		w.buf[i] = w.buf[i].Const(math.NaN())
	}
	w.rec = &nestedProgram[T]{n: n}
	x := make([]Nested[T], len(c))
	for i := range x {
		x[i] = w.sized(n, c[i][0])
	}
	prog := w.rec
	y := f(x)
	w.rec = nil
	for k := 1; k < n; k++ {
		for i := range x {
			x[i].c[k] = c[i][k]
		}
		prog.advance(k)
	}
	z := make([]T, n)
	copy(z, y.c)
	return z
}

const recordOrder = 9

func randomSeries(rng *rand.Rand, head float64) []float64 {
	c := []float64{head}
	for k := 1; k <= recordOrder; k++ {
		c = append(c, rng.NormFloat64()*math.Abs(head)/4)
		if head == 0 {
			c[k] = rng.NormFloat64() / 4
		}
	}
	return c
}

func sameSeries(t *testing.T, name string, got, want []float64, tol float64) {
	t.Helper()
	scale := 0.0
	for _, v := range want {
		scale = max(scale, math.Abs(v))
	}
	for k := range want {
		if !(math.Abs(got[k]-want[k]) <= tol*scale) {
			t.Errorf("%s: coefficient %d: got %v, want %v", name, k, got[k], want[k])
			return
		}
	}
}

func floats64[F float](x []F) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

// checkRecorded compares f computed order by order with f computed at once, by
// native jets.
func checkRecorded[F float](t *testing.T, name string, f func(x []Jet[F]) Jet[F], c [][]float64, tol float64) {
	t.Helper()
	x := make([]Jet[F], len(c))
	d := make([][]F, len(c))
	for i := range c {
		d[i] = make([]F, len(c[i]))
		for k, v := range c[i] {
			d[i][k] = F(v)
		}
		x[i] = New(d[i]...)
	}
	want := make([]F, len(c[0]))
	copy(want, f(x).c)
	sameSeries(t, name, floats64(recorded(f, d)), floats64(want), tol)
}

// checkNestedRecorded does the same with dual numbers as coefficients.
func checkNestedRecorded(t *testing.T, name string, f func(x []Nested[dual.Number64]) Nested[dual.Number64], c, v [][]float64, tol float64) {
	t.Helper()
	x := make([]Nested[dual.Number64], len(c))
	d := make([][]dual.Number64, len(c))
	for i := range c {
		d[i] = make([]dual.Number64, len(c[i]))
		for k := range c[i] {
			d[i][k] = dual.Number64{V: c[i][k], D: v[i][k]}
		}
		x[i] = NewNested(d[i]...)
	}
	want := make([]dual.Number64, len(c[0]))
	copy(want, f(x).c)
	got := nestedRecorded(f, d)
	for _, part := range []func(dual.Number64) float64{
		func(x dual.Number64) float64 { return x.V },
		func(x dual.Number64) float64 { return x.D },
	} {
		var g, w []float64
		for k := range want {
			g, w = append(g, part(got[k])), append(w, part(want[k]))
		}
		sameSeries(t, name, g, w, tol)
	}
}

func TestRecorded(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	c64, c32, cd := recordCases[Jet64](), recordCases[Jet[float32]](), recordCases[Nested[dual.Number64]]()
	for i := range c64 {
		for range 4 {
			x, y := randomSeries(rng, c64[i].x), randomSeries(rng, c64[i].y)
			c := [][]float64{x, y}
			name := c64[i].name
			f := func(x []Jet64) Jet64 { return c64[i].f(x[0], x[1]) }
			checkRecorded(t, "Jet64: "+name, f, c, 1e-14)
			if math.Abs(c64[i].x) > 1e-30 || c64[i].x == 0 {
				f := func(x []Jet[float32]) Jet[float32] { return c32[i].f(x[0], x[1]) }
				checkRecorded(t, "Jet[float32]: "+name, f, c, 1e-5)
			}
			fd := func(x []Nested[dual.Number64]) Nested[dual.Number64] { return cd[i].f(x[0], x[1]) }
			v := [][]float64{randomSeries(rng, 1), randomSeries(rng, 1)}
			v[0][0], v[1][0] = 0, 0 // a tie would be decided by the tangent
			checkNestedRecorded(t, "Nested: "+name, fd, c, v, 1e-13)
		}
	}
}

// TestRecordedTies checks ties that are decided at a higher order, or never.
func TestRecordedTies(t *testing.T) {
	for m := 1; m <= 4; m++ {
		for _, sign := range []float64{1, -1, 0} {
			x, y := make([]float64, 6), []float64{2, 3, -1, 4, 5, 7}
			copy(x, y)
			x[m] += sign
			for _, f := range []func(x []Jet64) Jet64{
				func(x []Jet64) Jet64 { return x[0].Max(x[1]) },
				func(x []Jet64) Jet64 { return x[0].Min(x[1]) },
				func(x []Jet64) Jet64 { return x[0].Sub(x[1]).Abs() },
			} {
				checkRecorded(t, fmt.Sprint("order ", m, " sign ", sign), f, [][]float64{x, y}, 1e-15)
			}
		}
	}
}

func TestRecordedPrograms(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	n := 0
	adtest.Programs(t, func(t *testing.T, p adtest.Program, x []float64) {
		if n++; n > 400 {
			return
		}
		c, v := make([][]float64, len(x)), make([][]float64, len(x))
		for i := range x {
			c[i], v[i] = randomSeries(rng, x[i]), randomSeries(rng, 1)
		}
		checkRecorded(t, p.String(), func(x []Jet64) Jet64 { return adtest.Run(p, x) }, c, 1e-10)
		if n%10 == 0 {
			checkNestedRecorded(t, p.String(), func(x []Nested[dual.Number64]) Nested[dual.Number64] { return adtest.Run(p, x) }, c, v, 1e-10)
		}
	})
}
