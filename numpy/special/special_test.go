package special

import (
	"math"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// near checks a number to a tolerance relative to want.
func near(t *testing.T, got, want, tol float64, format string, args ...any) {
	t.Helper()
	if got == want || got != got && want != want || !math.IsInf(want, 0) && math.Abs(got-want) <= tol*math.Abs(want) {
		return
	}
	t.Errorf(format+": got %v, want %v (relative error %.2g)", append(args, got, want, math.Abs(got-want)/math.Abs(want))...)
}

func TestGammaInc(t *testing.T) {
	for _, g := range gammaIncGolden {
		near(t, GammaInc(np.Scalar(g.a), np.Scalar(g.x)).Float64(), g.d[0], 1e-14, "P(%v, %v)", g.a, g.x)
		near(t, GammaIncC(np.Scalar(g.a), np.Scalar(g.x)).Float64(), g.q, 1e-14, "Q(%v, %v)", g.a, g.x)
		f := func(a np.Array) np.Array { return GammaInc(a, np.Scalar(g.x)) }
		for k := 1; k <= 3; k++ {
			f = np.Grad(f)
			near(t, f(np.Scalar(g.a)).Float64(), g.d[k], 1e-13, "∂%d P(%v, %v)", k, g.a, g.x)
		}
	}
}

func TestBetaInc(t *testing.T) {
	for _, g := range betaIncGolden {
		near(t, betaIncDerivative(g.j, g.k, g.a, g.b, g.x), g.want, 1e-13, "∂%d∂%d I_%v(%v, %v)", g.j, g.k, g.x, g.a, g.b)
	}
}

func TestIve(t *testing.T) {
	for _, g := range iveGolden {
		for k, want := range g.d {
			tol := 1e-13
			if k > 0 {
				tol *= math.Max(1, math.Abs(g.d[0]/want))
			}
			near(t, iveDerivative(k, 0, g.v, g.x), want, tol, "∂%d Ive(%v, %v)", k, g.v, g.x)
		}
	}
}

func TestRGamma(t *testing.T) {
	for _, g := range rgammaGolden {
		f := RGamma
		for k, want := range g.d {
			near(t, f(np.Scalar(g.x)).Float64(), want, 1e-13, "∂%d RGamma(%v)", k, g.x)
			f = np.Deriv(f)
		}
	}
}

func TestErfcinv(t *testing.T) {
	for _, g := range erfcinvGolden {
		near(t, Erfcinv(np.Scalar(g[0])).Float64(), g[1], 1e-15, "Erfcinv(%v)", g[0])
	}
}

func TestEdges(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	s := np.Scalar
	for _, c := range []struct {
		name string
		got  np.Array
		want float64
	}{
		{"GammaInc(2, 0)", GammaInc(s(2), s(0)), 0},
		{"GammaInc(0, 2)", GammaInc(s(0), s(2)), 1},
		{"GammaInc(2, Inf)", GammaInc(s(2), s(inf)), 1},
		{"GammaIncC(Inf, 2)", GammaIncC(s(inf), s(2)), 1},
		{"GammaInc(-1, 2)", GammaInc(s(-1), s(2)), nan},
		{"GammaInc(2, -1)", GammaInc(s(2), s(-1)), nan},
		{"GammaInc(NaN, 1)", GammaInc(s(nan), s(1)), nan},
		{"BetaInc at 0", BetaInc(s(2), s(3), s(0)), 0},
		{"BetaInc at 1", BetaInc(s(2), s(3), s(1)), 1},
		{"BetaInc beyond", BetaInc(s(2), s(3), s(1.5)), nan},
		{"BetaInc of NaN", BetaInc(s(2), s(nan), s(0.5)), nan},
		{"Iv(0, 0)", Iv(s(0), s(0)), 1},
		{"Iv(2.5, 0)", Iv(s(2.5), s(0)), 0},
		{"Iv(-2.5, 0)", Iv(s(-2.5), s(0)), inf},
		{"Iv(0.5, -1)", Iv(s(0.5), s(-1)), nan},
		{"Iv(3, -1) + Iv(3, 1)", Iv(s(3), s(-1)).Add(Iv(s(3), s(1))), 0},
		{"Iv(NaN, 1)", Iv(s(nan), s(1)), nan},
		{"Ive(1, Inf)", Ive(s(1), s(inf)), 0},
		{"RGamma(-3)", RGamma(s(-3)), 0},
		{"RGamma(400)", RGamma(s(400)), 0},
		{"RGamma(NaN)", RGamma(s(nan)), nan},
		{"GammaSgn(-0.5)", GammaSgn(s(-0.5)), -1},
		{"GammaSgn(-1.5)", GammaSgn(s(-1.5)), 1},
		{"GammaSgn(-2)", GammaSgn(s(-2)), nan},
		{"Erfcinv(0)", Erfcinv(s(0)), inf},
		{"Erfcinv(2)", Erfcinv(s(2)), -inf},
		{"Erfcinv(3)", Erfcinv(s(3)), nan},
		{"Ndtri(0.5)", Ndtri(s(0.5)), 0},
		{"Logit(0)", Logit(s(0)), -inf},
		{"Logit(1)", Logit(s(1)), inf},
		{"Logit(2)", Logit(s(2)), nan},
		{"XLogY(0, 0)", XLogY(s(0), s(0)), 0},
		{"XLogY(0, NaN)", XLogY(s(0), s(nan)), nan},
		{"XLog1pY(0, -1)", XLog1pY(s(0), s(-1)), 0},
		{"Entr(0)", Entr(s(0)), 0},
		{"Entr(-1)", Entr(s(-1)), -inf},
		{"RelEntr(0, 0)", RelEntr(s(0), s(0)), 0},
		{"LogSumExp of a weight 0", LogSumExp(np.FromSlice([]float64{inf, 2}), np.FromSlice([]float64{0, 1})), 2},
		{"LogSumExp of -Inf", LogSumExp(np.FromSlice([]float64{-inf, -inf}), np.Array{}), -inf},
	} {
		if got := c.got.Float64(); got != c.want && !(got != got && c.want != c.want) {
			t.Errorf("%s = %v, want %v", c.name, got, c.want)
		}
	}
	// What does not vary adds nothing, even where its derivative is infinite.
	g := np.Grad(func(x np.Array) np.Array { return XLogY(x, x) })(s(0)).Float64()
	if !math.IsInf(g, -1) {
		t.Errorf("derivative of x·log x at 0: got %v, want -Inf", g)
	}
	near(t, np.Grad(func(y np.Array) np.Array { return XLogY(s(0), y) })(s(0)).Float64(), 0, 0, "derivative of 0·log y at 0")
}

// TestAbsorb has the derivatives of x·log y where a 0 in x absorbs, by every
// mode.
func TestAbsorb(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	logy := func(x np.Array) np.Array { return XLogY(x, np.Scalar(0)) }
	for _, c := range []struct {
		name string
		f    func(np.Array) np.Array
		x    float64
		want [3]float64
	}{
		{"0·log y", func(y np.Array) np.Array { return XLogY(np.Scalar(0), y) }, 0, [3]float64{0, 0, 0}},
		{"0·log y", func(y np.Array) np.Array { return XLogY(np.Scalar(0), y) }, -1, [3]float64{0, 0, 0}},
		{"0·log y", func(y np.Array) np.Array { return XLogY(np.Scalar(0), y) }, nan, [3]float64{nan, nan, 0}},
		{"2·log y", func(y np.Array) np.Array { return XLogY(np.Scalar(2), y) }, 0, [3]float64{-inf, inf, -inf}},
		{"x·log 0", logy, 0, [3]float64{0, -inf, 0}},
		{"x·log 0", logy, 1, [3]float64{-inf, -inf, 0}},
		{"x·log x", func(x np.Array) np.Array { return XLogY(x, x) }, 0, [3]float64{0, -inf, inf}},
		{"0·log(1+y)", func(y np.Array) np.Array { return XLog1pY(np.Scalar(0), y) }, -1, [3]float64{0, 0, 0}},
		{"x·log(1-1)", func(x np.Array) np.Array { return XLog1pY(x, np.Scalar(-1)) }, 0, [3]float64{0, -inf, 0}},
		{"2·log(1+y)", func(y np.Array) np.Array { return XLog1pY(np.Scalar(2), y) }, 1e-20, [3]float64{2e-20, 2, -2}},
		{"RelEntr(0, y)", func(y np.Array) np.Array { return RelEntr(np.Scalar(0), y) }, 0, [3]float64{0, 0, 0}},
		{"Entr", Entr, 0, [3]float64{0, inf, -inf}},
		{"Entr", Entr, -1, [3]float64{-inf, 0, 0}},
	} {
		taylor := np.ElementwiseDerivatives(c.f, 2)(np.Scalar(c.x))
		near(t, c.f(np.Scalar(c.x)).Float64(), c.want[0], 1e-15, "%s at %v", c.name, c.x)
		near(t, np.Deriv(c.f)(np.Scalar(c.x)).Float64(), c.want[1], 1e-15, "%s at %v: forward mode", c.name, c.x)
		near(t, np.Grad(c.f)(np.Scalar(c.x)).Float64(), c.want[1], 1e-15, "%s at %v: reverse mode", c.name, c.x)
		near(t, np.Deriv(np.Grad(c.f))(np.Scalar(c.x)).Float64(), c.want[2], 1e-15, "%s at %v: forward over reverse", c.name, c.x)
		near(t, taylor[1].Float64(), c.want[1], 1e-15, "%s at %v: Taylor", c.name, c.x)
		near(t, taylor[2].Float64(), c.want[2], 1e-15, "%s at %v: Taylor", c.name, c.x)
	}
}

func TestPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"complex": func() { GammaInc(np.ComplexScalar(1i), np.Scalar(1)) },
		"order":   func() { Polygamma(-1, np.Scalar(1)) },
		"expn":    func() { ExpN(-1, np.Scalar(1)) },
		"sphere":  func() { SphericalJn(-1, np.Scalar(1)) },
		"dim":     func() { MultiGammaLn(np.Scalar(3), 0) },
		"shapes":  func() { Beta(np.Zeros(2), np.Zeros(3)) },
	} {
		func() {
			defer func() {
				if _, ok := recover().(np.Error); !ok {
					t.Errorf("%s: no numpy.Error", name)
				}
			}()
			f()
		}()
	}
}

// TestComplex checks that complex operands are refused with a message.
func TestComplex(t *testing.T) {
	one, z := np.Scalar(1), np.ComplexScalar(1+1i)
	for name, f := range map[string]func(x np.Array) np.Array{
		"Gamma": Gamma, "GammaLn": GammaLn, "RGamma": RGamma, "GammaSgn": GammaSgn, "Digamma": Digamma,
		"Polygamma": func(x np.Array) np.Array { return Polygamma(2, x) }, "Erf": Erf, "Erfc": Erfc, "Erfcx": Erfcx, "Erfi": Erfi,
		"Erfinv": Erfinv, "Erfcinv": Erfcinv, "Ndtr": Ndtr, "LogNdtr": LogNdtr, "Ndtri": Ndtri, "Logit": Logit,
		"LambertW": LambertW, "J0": J0, "J1": J1, "Y0": Y0, "K1": K1, "I0": I0, "I1e": I1e, "Dawsn": Dawsn, "Exp1": Exp1, "ExpI": ExpI,
		"Sici":     func(x np.Array) np.Array { y, _ := Sici(x); return y },
		"Fresnel":  func(x np.Array) np.Array { y, _ := Fresnel(x); return y },
		"Airy":     func(x np.Array) np.Array { y, _, _, _ := Airy(x); return y },
		"EllipK":   EllipK,
		"EllipE":   EllipE,
		"Beta":     func(x np.Array) np.Array { return Beta(one, x) },
		"BetaLn":   func(x np.Array) np.Array { return BetaLn(one, x) },
		"GammaInc": func(x np.Array) np.Array { return GammaInc(one, x) },
		"BetaInc":  func(x np.Array) np.Array { return BetaInc(one, one, x) },
		"Jv":       func(x np.Array) np.Array { return Jv(one, x) },
		"Yv":       func(x np.Array) np.Array { return Yv(one, x) },
		"Kv":       func(x np.Array) np.Array { return Kv(one, x) },
		"Kve":      func(x np.Array) np.Array { return Kve(one, x) },
		"Iv":       func(x np.Array) np.Array { return Iv(one, x) },
		"Zeta":     func(x np.Array) np.Array { return Zeta(x, one) },
		"Poch":     func(x np.Array) np.Array { return Poch(x, one) },
		"XLogY":    func(x np.Array) np.Array { return XLogY(one, x) },
		"XLog1pY":  func(x np.Array) np.Array { return XLog1pY(one, x) },
	} {
		err := np.Maybe(func() { f(z) })
		if err == nil || !strings.HasSuffix(err.Error(), ": not defined for complex numbers") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	// A real path of a real operand, of which the order may not vary.
	err := np.Maybe(func() { np.Grad(func(v np.Array) np.Array { return Jv(v, one) })(one) })
	if want := "special: Jv: no derivative for the order"; err == nil || err.Error() != want {
		t.Errorf("derivative for the order: got %v, want %q", err, want)
	}
	if _, dot := np.JVP(func(x np.Array) np.Array { return Jv(one, x) }, one, one); dot.Float64() == 0 {
		t.Error("no derivative for the argument")
	}
}

// TestMixed compares mixed derivatives of shape and argument in both orders,
// which go through different rules.
func TestMixed(t *testing.T) {
	times := func(n int, f func(np.Array) np.Array) func(np.Array) np.Array {
		for range n {
			f = np.Deriv(f)
		}
		return f
	}
	one := np.Scalar(1.5)
	for name, f := range map[string]func(a, x np.Array) np.Array{
		"GammaInc": GammaInc, "GammaIncC": GammaIncC, "Iv": Iv, "Ive": Ive,
		"BetaInc":          func(a, x np.Array) np.Array { return BetaInc(a, one, x) },
		"BetaInc for b":    func(b, x np.Array) np.Array { return BetaInc(one, b, x) },
		"BetaInc for both": func(a, x np.Array) np.Array { return BetaInc(a, np.Square(a), x) },
	} {
		for _, p := range [][2]float64{{0.75, 0.25}, {2.5, 0.5}, {3, 0.875}} {
			a, x := np.Scalar(p[0]), np.Scalar(p[1])
			for n := 1; n <= 4; n++ {
				inner := np.Deriv(func(x np.Array) np.Array {
					return times(n, func(a np.Array) np.Array { return f(a, x) })(a)
				})(x).Float64()
				outer := times(n, func(a np.Array) np.Array {
					return np.Deriv(func(x np.Array) np.Array { return f(a, x) })(x)
				})(a).Float64()
				near(t, inner, outer, 1e-9, "%s: derivative for x, and %d times for a, at %v", name, n, p)
			}
		}
	}
}
