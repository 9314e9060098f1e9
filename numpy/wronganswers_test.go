package numpy

import (
	"math"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/jet"
)

// The tests in this file are of cases that packages of arrays with derivatives
// are known to answer wrongly without a sign.

// repeat applies a mode of differentiation k times.
func (m mode) repeat(f func(Array) Array, k int) func(Array) Array {
	for range k {
		f = m.d(f)
	}
	return f
}

// checkRel checks numbers with a tolerance relative to each.
func checkRel(t *testing.T, name string, got Array, want []float64, tol float64) {
	t.Helper()
	for i, v := range got.Float64s() {
		if !(math.Abs(v-want[i]) <= tol*math.Abs(want[i])) {
			t.Errorf("%s: element %d is %v, want %v", name, i, v, want[i])
		}
	}
}

// TestWrongTanh takes high derivatives of (1-y)/(1+y) with y = exp(-2x), where
// squares of the divisor overflow and tails cancel.
func TestWrongTanh(t *testing.T) {
	x := linspace(-7, 7, 200)
	for _, m := range modes()[:3] {
		for _, k := range []int{6, 7} {
			got := m.repeat(tanhReadme, k)(x).Float64s()
			for i, v := range x.Float64s() {
				want := jet.Variable(v, k).Tanh().Derivative(k)
				if !(math.Abs(got[i]-want) <= 1e-6*math.Abs(want)+1e-9) {
					t.Fatalf("%s, order %d at %v: got %v, want %v", m.name, k, v, got[i], want)
				}
			}
		}
	}
}

// TestWrongReciprocal takes derivatives of 1/y where powers of y overflow
// though the derivative does not.
func TestWrongReciprocal(t *testing.T) {
	factorial := 1.0
	for k := 1; k <= 8; k++ {
		factorial *= float64(k)
		for _, y := range []float64{100, 1e3, 1e5, 1e20, 1e35, -1e39} {
			want := factorial * math.Pow(-1, float64(k)) / math.Pow(y, float64(k+1))
			if math.Abs(want) < 0x1p-1000 {
				continue
			}
			for _, m := range modes()[:3] {
				for name, f := range map[string]func(Array) Array{
					"Reciprocal": Reciprocal,
					"Div":        func(y Array) Array { return Div(Scalar(1), y) },
					"Inv":        Array.Inv,
				} {
					checkRel(t, m.name+" of "+name, m.repeat(f, k)(Scalar(y)), []float64{want}, 1e-13)
				}
			}
		}
	}
}

// TestWrongTails has derivatives that are 0 or tiny far out.
func TestWrongTails(t *testing.T) {
	for _, m := range modes() {
		for k := 1; k <= 3; k++ {
			if got := m.repeat(Tanh, k)(Scalar(-400)).Float64(); got != 0 {
				t.Errorf("%s: derivative %d of tanh at -400 is %v, want 0", m.name, k, got)
			}
		}
		checkRel(t, m.name+" of tanh at 20", m.at(Tanh, Scalar(20)), []float64{1.6993417021166355e-17}, 1e-14)
		checkRel(t, m.name+" of Softplus at -700", m.at(Softplus, Scalar(-700)), []float64{math.Exp(-700)}, 1e-13)
	}
}

// TestWrongSinc differentiates sin(πx)/(πx) at 0.
func TestWrongSinc(t *testing.T) {
	want := []float64{1, 0, -math.Pi * math.Pi / 3, 0, math.Pow(math.Pi, 4) / 5}
	for _, m := range modes()[:3] {
		for k, w := range want {
			if got := m.repeat(Sinc, k)(Scalar(0)).Float64(); math.Abs(got-w) > 1e-12*math.Max(1, w) {
				t.Errorf("%s: derivative %d is %v, want %v", m.name, k, got, w)
			}
		}
	}
}

// TestWrongSquareOfRoot squares a norm, whose derivative at 0 is infinite.
func TestWrongSquareOfRoot(t *testing.T) {
	f := func(x Array) Array { return Square(Sqrt(Sum(Square(x)))) }
	zero := FromSlice([]float64{0, 0})
	near(t, "Grad", Grad(f)(zero), []float64{0, 0}, 2)
	near(t, "where it is not 0", Grad(f)(linspace(1, 2, 2)), []float64{2, 4}, 2)
}

// TestWrongLoop applies a function to one element after the other.
func TestWrongLoop(t *testing.T) {
	f := func(x Array) Array {
		y := make([]Array, x.Len())
		for i := range y {
			y[i] = Mul(x.At(i), x.At(i))
		}
		return gatherRows(y, len(y))
	}
	for _, m := range modes() {
		near(t, m.name, m.d(f)(FromSlice([]float64{1, 2})), []float64{2, 4}, 2)
	}
}

// TestWrongCheckpoint has a checkpoint of a function that takes the variable
// from around it.
func TestWrongCheckpoint(t *testing.T) {
	for _, m := range modes() {
		got := m.at(func(x Array) Array {
			return Checkpoint(func(y Array) Array { return Mul(x, y) })(x)
		}, Scalar(3))
		near(t, m.name, got, []float64{6})
	}
}

// TestWrongMutation changes the numbers that an array was made of, before the
// way back.
func TestWrongMutation(t *testing.T) {
	c := []float64{1, 2}
	_, pull := VJP(func(x Array) Array { return Mul(x, FromSlice(c)) }, onesLike(linspace(0, 1, 2)))
	_, push := Linearize(func(x Array) Array { return Mul(x, FromSlice(c)) }, onesLike(linspace(0, 1, 2)))
	c[0], c[1] = 100, 100
	near(t, "VJP", pull(FromSlice([]float64{1, 1})), []float64{1, 2}, 2)
	near(t, "Linearize", push(FromSlice([]float64{1, 1})), []float64{1, 2}, 2)
}

// TestWrongPower takes mixed and high derivatives of powers.
func TestWrongPower(t *testing.T) {
	for _, m1 := range modes() {
		for _, m2 := range modes() {
			// ∂/∂y y·x^(y-1) at (2, 0), and the other order.
			got := m1.at(func(y Array) Array {
				return m2.at(func(x Array) Array { return Pow(x, y) }, Scalar(2))
			}, Scalar(0)).Float64()
			other := m1.at(func(x Array) Array {
				return m2.at(func(y Array) Array { return Pow(x, y) }, Scalar(0))
			}, Scalar(2)).Float64()
			if math.Abs(got-0.5) > 1e-15 || math.Abs(other-0.5) > 1e-15 {
				t.Errorf("%s, %s: mixed derivatives of x^y at (2, 0) are %v and %v, want 0.5", m1.name, m2.name, got, other)
			}
		}
	}
	self := func(x Array) Array { return Pow(x, x) }
	for _, m := range modes()[:3] {
		for k, want := range []float64{1, 1, 2, 3, 8, 10, 54} {
			if got := m.repeat(self, k)(Scalar(1)).Float64(); math.Abs(got-want) > 1e-12*want {
				t.Errorf("%s: derivative %d of x^x at 1 is %v, want %v", m.name, k, got, want)
			}
		}
	}
	for k, want := range []float64{1, 1, 2, 3, 8, 10, 54} {
		if got := ElementwiseDerivatives(self, 6)(Scalar(1))[k].Float64(); math.Abs(got-want) > 1e-12*want {
			t.Errorf("derivative %d of x^x at 1 is %v in one pass, want %v", k, got, want)
		}
	}
}

// TestWrongBranch has branches that are not taken and have no derivative.
func TestWrongBranch(t *testing.T) {
	for name, f := range map[string]func(x Array) Array{
		"Sqrt":      func(x Array) Array { return Where(GreaterEqual(x, Scalar(0)), x, Sqrt(x.Neg())) },
		"Log":       func(x Array) Array { return Where(Greater(x, Scalar(-3)), x, Log(x.Neg())) },
		"Div":       func(x Array) Array { return Where(GreaterEqual(x, Scalar(0)), x, Div(Scalar(1), x.AddConst(-1))) },
		"Sqrt of 0": func(x Array) Array { return Where(GreaterEqual(x, Scalar(0)), x, Sqrt(x.AddConst(-1))) },
		"Log of 0":  func(x Array) Array { return Where(GreaterEqual(x, Scalar(0)), x, Log(x.AddConst(-1))) },
		"Pow":       func(x Array) Array { return Where(GreaterEqual(x, Scalar(0)), x, Pow(x.Neg(), Scalar(0.5))) },
	} {
		for _, m1 := range modes() {
			if got := m1.at(f, Scalar(1)).Float64(); got != 1 {
				t.Errorf("%s, %s: got %v, want 1", name, m1.name, got)
			}
			for _, m2 := range modes() {
				if got := m1.at(m2.d(f), Scalar(1)).Float64(); got != 0 {
					t.Errorf("%s, %s, %s: got %v, want 0", name, m1.name, m2.name, got)
				}
			}
		}
		for _, m1 := range modes()[:4] {
			for _, m2 := range modes()[:4] {
				for _, m3 := range modes()[:4] {
					if got := m1.at(m2.d(m3.d(f)), Scalar(1)).Float64(); got != 0 {
						t.Errorf("%s, %s, %s, %s: got %v, want 0", name, m1.name, m2.name, m3.name, got)
					}
				}
			}
		}
	}
}

// TestWrongKinks has the conventions where there are two one-sided derivatives:
// their mean.
func TestWrongKinks(t *testing.T) {
	zero, one := Scalar(0), Scalar(1)
	for _, c := range []struct {
		name string
		f    func(x Array) Array
		at   float64
		want float64
	}{
		{"|x|", Abs, 0, 0},
		{"max(x, 0)", func(x Array) Array { return Maximum(x, zero) }, 0, 0.5},
		{"min(0, x)", func(x Array) Array { return Minimum(zero, x) }, 0, 0.5},
		{"max(x, x)", func(x Array) Array { return Maximum(x, x) }, 2, 1},
		{"max(x, 3x)", func(x Array) Array { return Maximum(x, x.Scale(3)) }, 0, 2},
		{"clip below", func(x Array) Array { return Clip(x, zero, one) }, 0, 0.5},
		{"clip above", func(x Array) Array { return Clip(x, zero, one) }, 1, 0.5},
		{"clip inside", func(x Array) Array { return Clip(x, zero, one) }, 0.5, 1},
		{"hypot(x, x)", func(x Array) Array { return Hypot(x, x) }, 0, 0},
	} {
		for _, m := range modes() {
			if got := m.at(c.f, Scalar(c.at)).Float64(); got != c.want {
				t.Errorf("%s of %s at %v: got %v, want %v", m.name, c.name, c.at, got, c.want)
			}
		}
	}
}

// TestWrongProd has zeros among the factors: one, two and three.
func TestWrongProd(t *testing.T) {
	x := FromSlice([]float64{2, 0, 3})
	prod := func(x Array) Array { return Prod(x) }
	near(t, "Grad", Grad(prod)(x), []float64{0, 6, 0}, 3)
	near(t, "Hessian", Hessian(prod)(x), []float64{0, 3, 0, 3, 0, 2, 0, 2, 0}, 3, 3)
	near(t, "Grad of two zeros", Grad(prod)(FromSlice([]float64{2, 0, 0})), []float64{0, 0, 0}, 3)
	near(t, "Hessian of two zeros", Hessian(prod)(FromSlice([]float64{2, 0, 0})), []float64{0, 0, 0, 0, 0, 2, 0, 2, 0}, 3, 3)
	cum := func(x Array) Array { return Sum(CumProd(x)) }
	near(t, "CumProd", Grad(cum)(x), []float64{1, 8, 0}, 3)
	near(t, "Hessian of CumProd", Hessian(cum)(x), []float64{0, 4, 0, 4, 0, 2, 0, 2, 0}, 3, 3)
	for _, m := range modes() {
		for k, want := range []float64{0, 0, 0, 6, 0} {
			got := m.repeat(func(s Array) Array { return Prod(Mul(s, onesLike(x))) }, k)(Scalar(0)).Float64()
			if got != want {
				t.Errorf("%s: derivative %d of s³ as a product is %v at 0, want %v", m.name, k, got, want)
			}
		}
	}
}

// TestWrongStd has deviations that are all 0.
func TestWrongStd(t *testing.T) {
	for name, f := range map[string]func(x Array) Array{
		"Std":       func(x Array) Array { return Std(x) },
		"Std, DDof": func(x Array) Array { return Std(x, DDof(1)) },
		"Var":       func(x Array) Array { return Var(x) },
	} {
		near(t, name, Grad(f)(FromSlice([]float64{3, 3, 3})), []float64{0, 0, 0}, 3)
		_, dot := JVP(f, FromSlice([]float64{3, 3, 3}), FromSlice([]float64{1, 1, 1}))
		near(t, name, dot, []float64{0})
	}
}

// TestWrongTies has several largest elements, which share the derivative.
func TestWrongTies(t *testing.T) {
	x := FromSlice([]float64{1, 3, 3, 0})
	near(t, "Max", Grad(func(x Array) Array { return Max(x) })(x), []float64{0, 0.5, 0.5, 0}, 4)
	near(t, "Min", Grad(func(x Array) Array { return Min(x.Neg()) })(x), []float64{0, -0.5, -0.5, 0}, 4)
}

// TestWrongInfinity has tangents of 0 where the other factor is infinite or NaN.
func TestWrongInfinity(t *testing.T) {
	inf := FromSlice([]float64{math.Inf(1), math.NaN(), 2})
	v := FromSlice([]float64{0, 0, 1})
	for name, mul := range map[string]func(x, y Array) Array{
		"Mul": Mul, "AZMul": AZMul, "bothMul": bothMul, "Div": func(x, y Array) Array { return Div(y, x.Inv()) },
	} {
		_, dot := JVP(func(y Array) Array { return mul(inf, y) }, onesLike(inf), v)
		near(t, name, dot, []float64{0, 0, 2}, 3)
		_, pull := VJP(func(y Array) Array { return mul(inf, y) }, onesLike(inf))
		near(t, name, pull(v), []float64{0, 0, 2}, 3)
	}
	_, dot := JVP(func(y Array) Array { return azNegMul(inf, y) }, onesLike(inf), v)
	near(t, "azNegMul", dot, []float64{0, 0, -2}, 3)
}

// TestWrongDiagonal takes the diagonal of a matrix that is not square.
func TestWrongDiagonal(t *testing.T) {
	x := FromSlice([]float64{1, 2, 3, 4, 5, 6}, 2, 3)
	near(t, "Diag", Grad(func(x Array) Array { return Sum(Square(Diag(x, 0))) })(x), []float64{2, 0, 0, 0, 10, 0}, 2, 3)
	near(t, "Trace", Grad(func(x Array) Array { return Trace(Square(x), 1) })(x), []float64{0, 4, 0, 0, 0, 12}, 2, 3)
}

// TestWrongGoroutines nests derivatives in many goroutines at the same time.
func TestWrongGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for k := range 100 {
				// d/dx of x·d/dy((x+k)·y²) at y = 2.
				got := Grad(func(x Array) Array {
					return Mul(x, Grad(func(y Array) Array { return Mul(x.AddConst(float64(k)), Square(y)) })(Scalar(2)))
				})(Scalar(3)).Float64()
				if want := 4 * float64(6+k); got != want {
					t.Errorf("got %v, want %v", got, want)
				}
			}
		})
	}
	wg.Wait()
}
