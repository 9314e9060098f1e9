package numpy

import (
	"math"
	"slices"
	"testing"
)

// productTree is Prod of a vector by operations on numbers.
func productTree(x Array) Array {
	y := Scalar(1)
	for i := range x.Len() {
		y = Mul(y, x.At(i))
	}
	return y
}

// productsTree is CumProd of a vector, weighted and added up.
func productsTree(x Array) Array {
	sum, y := Scalar(0), Scalar(1)
	for i := range x.Len() {
		y = Mul(y, x.At(i))
		sum = Add(sum, y.Scale(float64(1+i%3)))
	}
	return sum
}

func cumProdSum(x Array) Array {
	w := make([]float64, x.Len())
	for i := range w {
		w[i] = float64(1 + i%3)
	}
	return Sum(Mul(CumProd(x), Wrap(w)))
}

// TestFactors compares derivatives of products of many factors, up to the
// fourth order and in mixed modes, with those of one product after the other.
func TestFactors(t *testing.T) {
	pairs := map[string][2]func(Array) Array{
		"Prod":    {func(x Array) Array { return Prod(x) }, productTree},
		"CumProd": {cumProdSum, productsTree},
	}
	along := func(f func(Array) Array, v Array) func(Array) Array {
		return func(x Array) Array {
			_, dot := JVP(f, x, v)
			return dot
		}
	}
	pull := func(f func(Array) Array, w Array) func(Array) Array {
		return Grad(func(x Array) Array { return Sum(Mul(f(x), w)) })
	}
	for name, x := range map[string]Array{
		"odd":     Wrap([]float64{1.5, -2, 0.5, 3, -1}),
		"even":    Wrap([]float64{1.5, -2, 0.5, 3}),
		"one":     Wrap([]float64{3}),
		"two":     Wrap([]float64{3, 4}),
		"0":       Wrap([]float64{1.5, -2, 0, 3, -1}),
		"00":      Wrap([]float64{0, -2, 3, 0, -1, 2}),
		"000":     Wrap([]float64{2, 0, 0, 3, 0}),
		"complex": WrapComplex([]complex128{1 + 2i, -1, 3i, 2 - 1i, 0}),
	} {
		n := x.Len()
		v := Cos(Arange(0, float64(n), 1))
		w := Sin(Arange(1, float64(n+1), 1))
		if x.IsComplex() {
			v = Add(v, WrapComplex([]complex128{1i}))
			w = AsComplex(w)
		}
		for op, f := range pairs {
			f := [2]func(Array) Array{f[0], f[1]}
			if x.IsComplex() {
				g := f
				f[0] = func(x Array) Array { return Real(g[0](x)) }
				f[1] = func(x Array) Array { return Real(g[1](x)) }
			}
			for mode, d := range map[string]func(func(Array) Array) Array{
				"value":    func(f func(Array) Array) Array { return f(x) },
				"gradient": func(f func(Array) Array) Array { return Grad(f)(x) },
				"jvp":      func(f func(Array) Array) Array { return along(f, v)(x) },
				"hvp":      func(f func(Array) Array) Array { return along(Grad(f), v)(x) },
				"hessian":  func(f func(Array) Array) Array { return Hessian(f)(x) },
				"pushes":   func(f func(Array) Array) Array { return Jacobian(along(Grad(f), v))(x) },
				"pull":     func(f func(Array) Array) Array { return pull(Grad(f), v)(x) },
				"gradient in the tangent": func(f func(Array) Array) Array {
					return along(Grad(func(v Array) Array {
						return along(func(x Array) Array { return along(f, v)(x) }, w)(x)
					}), w)(v)
				},
				"third":  func(f func(Array) Array) Array { return pull(along(Grad(f), v), w)(x) },
				"fourth": func(f func(Array) Array) Array { return along(pull(pull(Grad(f), w), v), w)(x) },
				"series": func(f func(Array) Array) Array {
					return Stack(0, TaylorCoefficients(f, x, v, w.AddConst(1), v, w)...)
				},
				"series of the gradient": func(f func(Array) Array) Array {
					return Stack(0, TaylorCoefficients(Grad(f), x, v, w, v)...)
				},
			} {
				if x.IsComplex() && mode != "value" && mode != "gradient" && mode != "jvp" && mode != "hvp" && mode != "series" {
					continue // Grad is for real functions
				}
				got, want := d(f[0]), d(f[1])
				if !sameShape(got.Shape(), want.Shape()) {
					t.Errorf("%s, %s, %s: shape %v, want %v", op, name, mode, got.Shape(), want.Shape())
					continue
				}
				if !AllClose(got, want, 1e-12, 1e-12) {
					t.Errorf("%s, %s, %s: %v, want %v", op, name, mode, got, want)
				}
			}
		}
	}
}

// TestFactorsInfinite checks that products of infinite elements with
// derivatives of 0 are 0.
func TestFactorsInfinite(t *testing.T) {
	inf := math.Inf(1)
	x := Wrap([]float64{2, inf, 3})
	second := Wrap([]float64{0, 1, 0})
	prod := func(x Array) Array { return Prod(x) }
	first := func(x Array) Array { return CumProd(x).At(0) }
	third := func(x Array) Array { return HVP(first)(x, second) }
	for name, c := range map[string]struct {
		got  Array
		want []float64
	}{
		"Prod":              {Grad(prod)(x), []float64{inf, 6, inf}},
		"Prod, 0":           {Grad(func(x Array) Array { return AZMul(Scalar(0), Prod(x)) })(x), []float64{0, 0, 0}},
		"Prod, second":      {HVP(prod)(x, second), []float64{3, 0, 2}},
		"Prod, Inf first":   {HVP(prod)(Wrap([]float64{inf, 2, 3, 4}), Wrap([]float64{0, 1, 0, 0})), []float64{12, 0, inf, inf}},
		"Prod, 0 and Inf":   {HVP(prod)(Wrap([]float64{0, 2, 3, 4}), Wrap([]float64{0, 0, 0, inf})), []float64{inf, math.NaN(), math.NaN(), 0}},
		"CumProd":           {Grad(first)(x), []float64{1, 0, 0}},
		"CumProd, second":   {third(x), []float64{0, 0, 0}},
		"CumProd, product":  {HVP(func(x Array) Array { return CumProd(x).At(2) })(x, second), []float64{3, 0, 2}},
		"CumProd, third":    {Grad(func(x Array) Array { return Sum(third(x)) })(x), []float64{0, 0, 0}},
		"NaN":               {Grad(prod)(Wrap([]float64{2, math.NaN(), 3})), []float64{math.NaN(), 6, math.NaN()}},
		"0 and Inf":         {Grad(prod)(Wrap([]float64{0, inf, 3})), []float64{inf, 0, math.NaN()}},
		"0, Inf, cumulated": {Grad(func(x Array) Array { return Sum(CumProd(x)) })(Wrap([]float64{0, inf})), []float64{inf, 0}},
	} {
		for i, got := range c.got.Float64s() {
			if want := c.want[i]; got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s: %v, want %v", name, c.got, c.want)
				break
			}
		}
	}
}

// TestFactorsMemory checks that the gradient of a long product takes memory for
// few arrays of its length.
func TestFactorsMemory(t *testing.T) {
	x := Wrap(slices.Repeat([]float64{1.5, 0.7}, 500))
	for name, f := range map[string]func(Array) Array{
		"Prod":    func(x Array) Array { return Prod(x) },
		"CumProd": func(x Array) Array { return CumProd(x).At(999) },
	} {
		grad := Grad(f)
		if n := testing.AllocsPerRun(5, func() { grad(x) }); n > 50 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
