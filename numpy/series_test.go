package numpy

import "testing"

// TestSeries compares series of higher order with nested derivatives, for what
// runs functions of the user in ways of its own.
func TestSeries(t *testing.T) {
	x := FromSlice([]float64{0.4, -0.9})
	f := func(x Array) Array { return Div(Mul(x, Tanh(x)), Exp(x).AddConst(2)) }
	mul := custom()["CustomVJP"]
	mul2 := custom()["CustomJVP"]
	p := Record(func(x ...Array) Array { return f(x[0]) }, x)
	for name, g := range map[string]func(Array) Array{
		"Checkpoint":           Checkpoint(f),
		"Checkpoint, captured": func(x Array) Array { return Checkpoint(func(y Array) Array { return Mul(f(x), y) })(f(x)) },
		"FixedPoint":           contraction(t),
		"CustomVJP":            func(x Array) Array { return mul(f(x), Mul(x, x)) },
		"CustomJVP":            func(x Array) Array { return mul2(f(x), Mul(x, x)) },
		"Program":              func(x Array) Array { return p.Run(x) },
		"Linearize": func(x Array) Array {
			_, push := Linearize(f, x)
			return push(Mul(x, x))
		},
		"JVP": func(x Array) Array { _, d := JVP(f, x, Mul(x, x)); return d },
		"VJP": func(x Array) Array { _, pull := VJP(f, x); return pull(Mul(x, x)) },
		"TaylorCoefficients": func(x Array) Array {
			return TaylorCoefficients(f, x, Mul(x, x), x)[2]
		},
		"HVP": func(x Array) Array {
			return HVP(func(x Array) Array { return Sum(f(x)) })(x, Mul(x, x))
		},
		"Jacobian": func(x Array) Array { return Sum(Jacobian(f)(x), Axis(1)) },
		"Hessian":  func(x Array) Array { return Sum(Hessian(func(x Array) Array { return Sum(f(x)) })(x), Axis(1)) },
		"GGNVP": func(x Array) Array {
			_, h := GGNVP(f, nil, x)
			return h(x)
		},
	} {
		all := ElementwiseDerivatives(g, 4)(x)
		nested := g
		for k, got := range all {
			want := nested(x).Float64s()
			for i, v := range got.Float64s() {
				if d := v - want[i]; d > 1e-9 || d < -1e-9 {
					t.Errorf("%s: derivative %d is %v, want %v", name, k, got.Float64s(), want)
					break
				}
			}
			nested = ElementwiseGrad(nested)
		}
	}
}
