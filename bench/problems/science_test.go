package problems

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/hessian"
	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
)

// science are problems with one output from optimization, chemistry, finance and
// mechanics.
func science() []scalar {
	type tapes = map[string]func(x []reverse.Var) reverse.Var
	band, gas, put := Band{N: 50, Lower: 5, Upper: 1}, NewHelmholtz(20), Option{Strike: 95, Put: true}
	call := Option{Strike: 105}
	bodies, at := NewNBody(12, 1)
	market := []float64{100, 0.25, 0.75, 0.04}
	return []scalar{
		{"Arrow", sines(60), Arrow, ArrowGradient, ArrowValue[dual.Float], ArrowValue[dual.Number64],
			tapes{"generic": ArrowValue[reverse.Var]}},
		{"Band", sines(50), band.Value, band.Gradient,
			func(x []dual.Float) dual.Float { return BandValue(band, x) },
			func(x []dual.Number64) dual.Number64 { return BandValue(band, x) },
			tapes{"generic": func(x []reverse.Var) reverse.Var { return BandValue(band, x) }}},
		{"Helmholtz", gas.Params(), gas.Value, gas.Gradient,
			func(x []dual.Float) dual.Float { return HelmholtzValue(gas, x) },
			func(x []dual.Number64) dual.Number64 { return HelmholtzValue(gas, x) },
			tapes{"generic": func(x []reverse.Var) reverse.Var { return HelmholtzValue(gas, x) }}},
		{"Call", market, call.Value, call.Gradient,
			func(x []dual.Float) dual.Float { return OptionValue(call, x) },
			func(x []dual.Number64) dual.Number64 { return OptionValue(call, x) },
			tapes{"generic": func(x []reverse.Var) reverse.Var { return OptionValue(call, x) }}},
		{"Put", market, put.Value, put.Gradient,
			func(x []dual.Float) dual.Float { return OptionValue(put, x) },
			func(x []dual.Number64) dual.Number64 { return OptionValue(put, x) },
			tapes{"generic": func(x []reverse.Var) reverse.Var { return OptionValue(put, x) }}},
		{"NBody", at, bodies.Energy, bodies.Gradient,
			func(x []dual.Float) dual.Float { return NBodyEnergy(bodies, x) },
			func(x []dual.Number64) dual.Number64 { return NBodyEnergy(bodies, x) },
			tapes{"generic": func(x []reverse.Var) reverse.Var { return NBodyEnergy(bodies, x) }}},
	}
}

// TestSparseHVP checks products with the Hessians that have formulas, and the
// sparse Hessian as a whole.
func TestSparseHVP(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	for _, b := range []Band{{50, 5, 1}, {9, 0, 0}, {7, 20, 20}, {1, 2, 3}, {30, 0, 4}} {
		f := func(x []mixed.Var) mixed.Var { return BandValue(b, x) }
		sparseHVP(t, r, f, b.HVP, b.Params())
		sparseHVP(t, r, f, b.HVP, sines(b.N))
	}
	for _, n := range []int{2, 3, 40} {
		sparseHVP(t, r, ArrowValue[mixed.Var], ArrowHVP, sines(n))
	}
	// ARWHEAD starts from ones and is 0 at (1, …, 1, 0).
	x := []float64{1, 1, 1, 0}
	if y, g := Arrow(x), ArrowGradient(nil, x); y != 0 || !slices.Equal(g, make([]float64, 4)) {
		t.Errorf("minimum %v with gradient %v", y, g)
	}
}

func sparseHVP(t *testing.T, r *rand.Rand, f func([]mixed.Var) mixed.Var, hvp func(dst, x, v []float64) []float64, x []float64) {
	t.Helper()
	v := make([]float64, len(x))
	for i := range v {
		v[i] = r.NormFloat64()
	}
	want := hvp(nil, x, v)
	near(t, "HVP", mixed.HVP(nil, f, x, v), want, 1e-12)
	h := hessian.Compile(f, x).At(x).Sparse(nil)
	var got []float64
	want = nil
	for j := range x {
		clear(v)
		v[j] = 1
		want = append(want, hvp(nil, x, v)...)
		for i := range x {
			got = append(got, h.At(i, j))
		}
	}
	near(t, "sparse Hessian", got, want, 1e-12)
}

func TestGreeks(t *testing.T) {
	for _, c := range []struct {
		o Option
		x []float64
	}{
		{Option{Strike: 105}, []float64{100, 0.25, 0.75, 0.04}},
		{Option{Strike: 95, Put: true}, []float64{100, 0.25, 0.75, 0.04}},
		{Option{Strike: 100}, []float64{100, 0.01, 0.01, 0}},
		{Option{Strike: 300, Put: true}, []float64{20, 0.6, 3, -0.01}},
		{Option{Strike: 150}, []float64{100, 0.2, 0.1, 0.05}}, // far out of the money
	} {
		got, want := OptionGreeks(c.o, c.x), c.o.Greeks(c.x)
		for name, v := range map[string][2]float64{
			"value": {got.Value, want.Value}, "delta": {got.Delta, want.Delta}, "gamma": {got.Gamma, want.Gamma},
			"vega": {got.Vega, want.Vega}, "theta": {got.Theta, want.Theta}, "rho": {got.Rho, want.Rho},
		} {
			near(t, name, v[:1], v[1:], 1e-11)
		}
	}
	// Hull, Options, Futures, and Other Derivatives: 42, 40, 20 % for half a year
	// at 10 % make 4.76 and 0.81.
	x := []float64{42, 0.2, 0.5, 0.1}
	call, put := Option{Strike: 40}.Value(x), Option{Strike: 40, Put: true}.Value(x)
	if math.Abs(call-4.76) > 5e-3 || math.Abs(put-0.81) > 5e-3 {
		t.Errorf("call %v, put %v, want 4.76 and 0.81", call, put)
	}
	if parity := 42 - 40*math.Exp(-0.05); math.Abs(call-put-parity) > 1e-13 {
		t.Errorf("call - put = %v, want %v", call-put, parity)
	}
}

// TestNBody checks that forces and torques cancel, and two bodies by Newton's law.
func TestNBody(t *testing.T) {
	b, x := NewNBody(9, 2)
	f := b.Forces(nil, x)
	var total, torque [3]float64
	for i := range b.Mass {
		c := cross([3]float64(x[3*i:]), [3]float64(f[3*i:]))
		for l := range 3 {
			total[l] += f[3*i+l]
			torque[l] += c[l]
		}
	}
	for l := range 3 {
		if math.Abs(total[l]) > 1e-12 || math.Abs(torque[l]) > 1e-12 {
			t.Errorf("force %v, torque %v", total, torque)
		}
	}
	two := &NBody{Mass: []float64{2, 3}}
	near(t, "two bodies", two.Forces(nil, []float64{0, 0, 0, 0, 0, 2}), []float64{0, 0, 1.5, 0, 0, -1.5}, 0)
	grad := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var { return NBodyEnergy(b, x) }, x)
	for i := range grad {
		grad[i] = -grad[i]
	}
	near(t, "forces by reverse mode", grad, f, 1e-12)
}

func TestSciencePanics(t *testing.T) {
	x := make([]float64, 3)
	b, gas := Band{N: 4}, NewHelmholtz(4)
	n, _ := NewNBody(2, 1)
	for name, f := range map[string]func(){
		"Arrow":              func() { Arrow(nil) },
		"ArrowGradient":      func() { ArrowGradient(x[:2], x) },
		"ArrowHVP":           func() { ArrowHVP(nil, x, x[:2]) },
		"Band.Value":         func() { b.Value(x) },
		"Band.Gradient":      func() { Band{N: 3, Lower: -1}.Gradient(nil, x) },
		"Band.HVP":           func() { Band{N: 3}.HVP(nil, x, x[:2]) },
		"BandValue":          func() { BandValue(b, floats(x)) },
		"Helmholtz.Value":    func() { gas.Value(x) },
		"Helmholtz.Gradient": func() { gas.Gradient(x, gas.Params()) },
		"HelmholtzValue":     func() { HelmholtzValue(gas, floats(x)) },
		"NewHelmholtz":       func() { NewHelmholtz(0) },
		"Option.Value":       func() { Option{}.Value(x) },
		"Option.Gradient":    func() { Option{}.Gradient(x, make([]float64, 4)) },
		"Option.Greeks":      func() { Option{}.Greeks(x) },
		"OptionGreeks":       func() { OptionGreeks(Option{}, x) },
		"OptionValue":        func() { OptionValue(Option{}, floats(x)) },
		"NBody.Energy":       func() { n.Energy(x) },
		"NBody.Gradient":     func() { n.Gradient(x, make([]float64, 6)) },
		"NBody.Forces":       func() { n.Forces(nil, x) },
		"NBodyEnergy":        func() { NBodyEnergy(n, floats(x)) },
		"NewNBody":           func() { NewNBody(0, 1) },
	} {
		panicsWith(t, name, f)
	}
}
