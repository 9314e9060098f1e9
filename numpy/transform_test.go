package numpy

import (
	"math"
	"math/cmplx"
	"testing"
)

// near checks an array against numbers and a shape.
func near(t *testing.T, name string, got Array, want []float64, shape ...int) {
	t.Helper()
	if !sameShape(got.Shape(), shape) {
		t.Errorf("%s: shape %v, want %v", name, got.Shape(), shape)
		return
	}
	for i, v := range got.Float64s() {
		if !(math.Abs(v-want[i]) <= 1e-12*math.Max(1, math.Abs(want[i]))) {
			t.Errorf("%s: got %v, want %v", name, got.Float64s(), want)
			return
		}
	}
}

func nearComplex(t *testing.T, name string, got Array, want []complex128, shape ...int) {
	t.Helper()
	if !sameShape(got.Shape(), shape) || !got.IsComplex() {
		t.Errorf("%s: shape %v, complex %v, want %v", name, got.Shape(), got.IsComplex(), shape)
		return
	}
	for i, v := range got.Complex128s() {
		if cmplx.Abs(v-want[i]) > 1e-12*math.Max(1, cmplx.Abs(want[i])) {
			t.Errorf("%s: got %v, want %v", name, got.Complex128s(), want)
			return
		}
	}
}

// polynomial returns the function from n numbers to an array of shape (m,2) with
// elements c[i][j]·x[j mod n]·x[i mod n]².
func polynomial(m int) func(x Array) Array {
	c := Reshape(linspace(1, 2, 2*m), m, 2)
	return func(x Array) Array {
		var rows []Array
		n := x.Len()
		for i := range m {
			for j := range 2 {
				y := Mul(x.At(j%n), Mul(x.At(i%n), x.At(i%n)))
				rows = append(rows, Mul(c.At(i, j), y))
			}
		}
		return gatherRows(rows, m, 2)
	}
}

// gatherRows puts scalars together in the shape.
func gatherRows(xs []Array, shape ...int) Array {
	sum := Wrap(make([]float64, len(xs)))
	for i, x := range xs {
		sum = Add(sum, Mul(x, identity(sum, i, i+1).At(0)))
	}
	return Reshape(sum, shape...)
}

func TestJacobian(t *testing.T) {
	// Tall, square and wide, so that both modes are taken.
	for _, n := range []int{1, 2, 3, 4, 5, 30} {
		for _, m := range []int{1, 2, 3, 20} {
			x := FromSlice(linspace(0.5, 1.5, 30).Float64s()[:n])
			v := x.Float64s()
			var want []float64
			c := linspace(1, 2, 2*m).Float64s()
			for i := range m {
				for j := range 2 {
					row := make([]float64, n)
					row[j%n] += c[2*i+j] * v[i%n] * v[i%n]
					row[i%n] += c[2*i+j] * v[j%n] * 2 * v[i%n]
					want = append(want, row...)
				}
			}
			f := polynomial(m)
			near(t, "Jacobian", Jacobian(f)(x), want, m, 2, n)
			near(t, "JacobianArgs", JacobianArgs(func(x ...Array) Array { return f(x[0]) })(x)[0], want, m, 2, n)
			near(t, "JacobianTree", JacobianTree(func(x map[string]Array) Array { return f(x["x"]) })(map[string]Array{"x": x})["x"], want, m, 2, n)
			near(t, "TensorJacobianProduct", TensorJacobianProduct(f)(x, Reshape(onesLike(Wrap(make([]float64, 2*m))), m, 2)),
				SumTo(Reshape(Jacobian(f)(x), 2*m, n), 1, n).Float64s(), n)
			all := Reshape(Jacobian(func(w Array) Array { return w })(Wrap(make([]float64, 2*m))), 2*m, m, 2)
			near(t, "TensorJacobianProduct of all", TensorJacobianProduct(f)(x, all), want, 2*m, n)
		}
	}
	x := Reshape(linspace(1, 2, 6), 2, 3)
	j := Jacobian(func(x Array) Array { return Transpose(Mul(x, x)) })(x)
	if !sameShape(j.Shape(), []int{3, 2, 2, 3}) {
		t.Fatalf("shape %v", j.Shape())
	}
	for a := range 3 {
		for b := range 2 {
			for c := range 2 {
				for d := range 3 {
					want := 0.0
					if a == d && b == c {
						want = 2 * x.At(c, d).Float64()
					}
					if got := j.At(a, b, c, d).Float64(); math.Abs(got-want) > 1e-14 {
						t.Errorf("element %d,%d,%d,%d: got %v, want %v", a, b, c, d, got, want)
					}
				}
			}
		}
	}
	near(t, "of a scalar", Jacobian(Exp)(Scalar(0)), []float64{1})
	near(t, "of nothing", Jacobian(func(x Array) Array { return Exp(x) })(FromSlice(nil)), nil, 0, 0)
	near(t, "of a constant", Jacobian(func(x Array) Array { return Scalar(1) })(linspace(0, 1, 2)), []float64{0, 0}, 2)
}

// TestJacobianRuns counts how often the function runs.
func TestJacobianRuns(t *testing.T) {
	runs := 0
	f := func(x Array) Array { runs++; return Mul(Tanh(x), x) }
	x := linspace(0, 1, 9)
	for name, d := range map[string]func(){
		"Jacobian": func() { Jacobian(f)(x) },
		"Hessian":  func() { Hessian(func(x Array) Array { return Sum(f(x)) })(x) },
		"Hessian of many": func() {
			Hessian(f)(x)
		},
		"Laplacian": func() { Laplacian(func(x Array) Array { return Sum(f(x)) })(x) },
		"Linearize": func() {
			_, push := Linearize(f, x)
			push(x)
			push(x)
		},
		"VJP": func() {
			_, pull := VJP(f, x)
			pull(x)
			pull(x)
		},
		"HVPFunc": func() {
			_, _, h := HVPFunc(func(x Array) Array { return Sum(f(x)) }, x)
			h(x)
			h(x)
		},
		"GGNVP": func() {
			_, h := GGNVP(f, nil, x)
			h(x)
			h(x)
		},
	} {
		runs = 0
		d()
		if runs != 1 {
			t.Errorf("%s: %d runs of the function, want 1", name, runs)
		}
	}
}

// TestLinearizeOnce checks that a linearised function evaluates no function
// again: the program of its map has only linear operations.
func TestLinearizeOnce(t *testing.T) {
	x := linspace(0, 1, 5)
	_, p := linearize(one(func(x Array) Array { return Tanh(Tanh(Exp(x))) }), []Array{x})
	for _, s := range p.steps {
		if s.op == functionOp {
			t.Errorf("a step of the linear map is an %s", s.op.Name)
		}
	}
	if len(p.steps) > 4 {
		t.Errorf("%d steps, want at most 4", len(p.steps))
	}
}

// quartic is Σᵢ xᵢ·xᵢ₊₁³ with its derivatives.
func quartic(x Array) Array {
	var sum Array
	for i := range x.Len() - 1 {
		y := x.At(i + 1)
		sum = Add(sum, Mul(x.At(i), Mul(y, Mul(y, y))))
	}
	return sum
}

func quarticHessian(x []float64) []float64 {
	n := len(x)
	h := make([]float64, n*n)
	for i := range n - 1 {
		h[i*n+i+1] += 3 * x[i+1] * x[i+1]
		h[(i+1)*n+i] += 3 * x[i+1] * x[i+1]
		h[(i+1)*n+i+1] += 6 * x[i] * x[i+1]
	}
	return h
}

func times2(h, v []float64) []float64 {
	n := len(v)
	out := make([]float64, n)
	for i := range n {
		for j := range n {
			out[i] += h[i*n+j] * v[j]
		}
	}
	return out
}

func TestHessian(t *testing.T) {
	const n = 6
	x := linspace(0.5, 1.5, n)
	v := linspace(-1, 2, n)
	h := quarticHessian(x.Float64s())
	hv := times2(h, v.Float64s())
	grad := Grad(quartic)(x).Float64s()
	near(t, "Hessian", Hessian(quartic)(x), h, n, n)
	near(t, "HVP", HVP(quartic)(x, v), hv, n)
	value, g, hvp := HVPFunc(quartic, x)
	near(t, "value of HVPFunc", value, quartic(x).Float64s())
	near(t, "gradient of HVPFunc", g, grad, n)
	near(t, "HVPFunc", hvp(v), hv, n)
	near(t, "HVPFunc of 0", hvp(Array{}), make([]float64, n), n)
	near(t, "HessianTensorProduct", HessianTensorProduct(quartic)(x, v), hv, n)
	eye := Jacobian(func(x Array) Array { return x })(x)
	near(t, "HessianTensorProduct of all", HessianTensorProduct(quartic)(x, Reshape(eye, 2, n/2, n)), h, 2, n/2, n)
	trace := 0.0
	for i := range n {
		trace += h[i*n+i]
	}
	near(t, "Laplacian", Laplacian(quartic)(x), []float64{trace})
	near(t, "Jacobian of Grad", Jacobian(Grad(quartic))(x), h, n, n)
	near(t, "HVPArgs", HVPArgs(func(x ...Array) Array { return quartic(x[0]) })([]Array{x}, []Array{v})[0], hv, n)
	near(t, "HessianArgs", HessianArgs(func(x ...Array) Array { return quartic(x[0]) })(x)[0][0], h, n, n)
	type tree struct{ X Array }
	near(t, "HVPTree", HVPTree(func(p tree) Array { return quartic(p.X) })(tree{x}, tree{v}).X, hv, n)
	near(t, "HessianTree", HessianTree(func(p tree) Array { return quartic(p.X) })(tree{x})[0][0], h, n, n)

	// An array of shape (2,3), and values that are not scalars.
	m := Reshape(x, 2, 3)
	near(t, "of a matrix", Hessian(func(m Array) Array { return quartic(Reshape(m, n)) })(m), h, 2, 3, 2, 3)
	near(t, "of shape (1,1)", Hessian(func(x Array) Array { return Reshape(quartic(x), 1, 1) })(x), h, 1, 1, n, n)
	two := make([]float64, 0, 2*n*n)
	for _, c := range []float64{1, 10} {
		for _, v := range h {
			two = append(two, c*v)
		}
	}
	near(t, "of two values", Hessian(func(x Array) Array {
		return Mul(FromSlice([]float64{1, 10}), quartic(x))
	})(x), two, 2, n, n)
	near(t, "of a linear function", Hessian(func(x Array) Array { return Sum(x) })(x), make([]float64, n*n), n, n)
}

// TestHessianNested takes third and fourth derivatives through the transforms
// of second order.
func TestHessianNested(t *testing.T) {
	x := linspace(0.5, 1.5, 3)
	v := x.Float64s()
	third := Jacobian(Hessian(quartic))(x)
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				want := 0.0
				for a := range 2 {
					b := a + 1
					ones := 0
					for _, l := range []int{i, j, k} {
						switch l {
						case a:
							ones++
						case b:
						default:
							ones = 9
						}
					}
					switch ones {
					case 0:
						want += 6 * v[a]
					case 1:
						want += 6 * v[b]
					}
				}
				if got := third.At(i, j, k).Float64(); math.Abs(got-want) > 1e-12 {
					t.Errorf("third derivative %d,%d,%d: got %v, want %v", i, j, k, got, want)
				}
			}
		}
	}
	// By every mode, along v of the trace: Σ 6xᵢxᵢ₊₁ by both.
	want := 0.0
	for i := range 2 {
		want += 6*v[i] + 6*v[i+1]
	}
	for _, m := range modes() {
		got := m.at(func(s Array) Array { return Laplacian(quartic)(Add(x, s)) }, Scalar(0)).Float64()
		if math.Abs(got-want) > 1e-12*want {
			t.Errorf("%s of Laplacian: got %v, want %v", m.name, got, want)
		}
	}
}

func TestGGNVP(t *testing.T) {
	f := polynomial(2)
	g := func(y Array) Array { return Sum(Exp(y)) }
	x := linspace(0.5, 1.5, 3)
	v := linspace(-1, 1, 3)
	j := Reshape(Jacobian(f)(x), 4, 3).Float64s()
	y := f(x)
	product := func(weight []float64) []float64 {
		out := make([]float64, 3)
		for k := range 4 {
			dot := 0.0
			for i := range 3 {
				dot += j[3*k+i] * v.Float64s()[i]
			}
			for i := range 3 {
				out[i] += weight[k] * j[3*k+i] * dot
			}
		}
		return out
	}
	y1, p1 := GGNVP(f, nil, x)
	near(t, "value", y1, y.Float64s(), 2, 2)
	near(t, "half the squares", p1(v), product([]float64{1, 1, 1, 1}), 3)
	_, p2 := GGNVP(f, g, x)
	near(t, "sum of exponentials", p2(v), product(Exp(y).Float64s()), 3)
}

func TestComplex(t *testing.T) {
	z := FromComplex([]complex128{1 + 2i, 0.5 - 1i})
	cube := func(z Array) Array { return Mul(z, Mul(z, z)) }
	// The square of the magnitude of Σz³ as a real number.
	want := []complex128{}
	sum := func(z Array) Array { return Sum(cube(z)) }
	for _, c := range z.Complex128s() {
		want = append(want, 3*c*c)
	}
	nearComplex(t, "HolomorphicGrad", HolomorphicGrad(sum)(z), want, 2)
	nearComplex(t, "ElementwiseGrad", ElementwiseGrad(cube)(z), want, 2)
	nearComplex(t, "Deriv", Deriv(cube)(z), want, 2)
	nearComplex(t, "Grad of Real", Grad(func(z Array) Array { return Real(sum(z)) })(z), want, 2)
	nearComplex(t, "Grad of what is real", Grad(func(z Array) Array { return Real(Sum(z)) })(z), []complex128{1, 1}, 2)
	j := Jacobian(cube)(z)
	nearComplex(t, "Jacobian", j, []complex128{want[0], 0, 0, want[1]}, 2, 2)
	jr := Jacobian(func(z Array) Array { return Real(cube(z)) })(z)
	nearComplex(t, "Jacobian of Real", jr, []complex128{want[0], 0, 0, want[1]}, 2, 2)
	// More real values than arguments: ∂/∂x - i∂/∂y of Re(c·z²) is 2cz.
	tall := Jacobian(func(z Array) Array {
		return Real(Mul(FromComplex([]complex128{1, 1i, 2}), Mul(z, z)))
	})(ComplexScalar(1 + 2i))
	nearComplex(t, "tall Jacobian of Real", tall, []complex128{2 + 4i, -4 + 2i, 4 + 8i}, 3)
	// Complex values of a real argument.
	x := FromSlice([]float64{1, 2})
	i := ComplexScalar(1i)
	spin := func(x Array) Array { return Exp(Mul(i, x)) }
	e := []complex128{1i * cmplx.Exp(1i), 1i * cmplx.Exp(2i)}
	nearComplex(t, "Deriv by a real argument", Deriv(spin)(x), e, 2)
	nearComplex(t, "Jacobian by a real argument", Jacobian(spin)(x), []complex128{e[0], 0, 0, e[1]}, 2, 2)
	_, push := Linearize(spin, x)
	nearComplex(t, "Linearize by a real argument", push(onesLike(x)), e, 2)
	c := TaylorCoefficients(spin, Scalar(0.3), Scalar(1), Array{}, Array{})
	for k, f := range []complex128{1, 1i, -0.5, -1i / 6} {
		nearComplex(t, "Taylor by a real argument", c[k], []complex128{f * cmplx.Exp(0.3i)})
	}
	h := Hessian(func(z Array) Array { return sum(z) })(z)
	nearComplex(t, "Hessian", h, []complex128{6 * (1 + 2i), 0, 0, 6 * (0.5 - 1i)}, 2, 2)
}

func TestGradAndAux(t *testing.T) {
	type aux struct {
		Name  string
		Loss  float64
		Parts []Array
		More  map[string]any
		Same  *Array
	}
	f := func(x Array) (Array, aux) {
		y := Mul(x, x)
		s := Sum(y)
		return s, aux{"a", s.Float64(), []Array{y, x}, map[string]any{"y": y, "n": 3, "list": []any{y, nil}}, &y}
	}
	x := linspace(1, 3, 3)
	g, a := GradAndAux(f)(x)
	near(t, "gradient", g, []float64{2, 4, 6}, 3)
	if a.Name != "a" || a.Loss != 14 || a.More["n"] != 3 {
		t.Errorf("other values are %v", a)
	}
	for _, y := range []Array{a.Parts[0], a.More["y"].(Array), a.More["list"].([]any)[0].(Array), *a.Same} {
		if y.n != nil {
			t.Error("an array of the derivative has leaked")
		}
		near(t, "aux", Add(y, Scalar(0)), []float64{1, 4, 9}, 3)
	}
	// Inside of another derivative the second result still varies.
	for _, m := range modes() {
		got := m.at(func(s Array) Array {
			_, y := GradAndAux(func(x Array) (Array, Array) { return Sum(x), Mul(s, Mul(x, s)) })(Scalar(3))
			return y
		}, Scalar(2)).Float64()
		if got != 12 {
			t.Errorf("%s: got %v, want 12", m.name, got)
		}
	}
	type hidden struct{ y Array }
	wantFail(t, "hidden", "GradAndAux: unexported field .y", func() {
		GradAndAux(func(x Array) (Array, hidden) { return Sum(x), hidden{x} })(x)
	})
}

func TestTransformsPanic(t *testing.T) {
	x := linspace(0, 1, 3)
	z := FromComplex([]complex128{1, 2})
	sum := func(x Array) Array { return Sum(x) }
	many := func(x ...Array) Array { return Mul(x[0], x[1]) }
	for _, c := range []struct {
		text string
		f    func()
	}{
		{"Grad: the value has shape (3), want a single number", func() { Grad(Exp)(x) }},
		{"ValueAndGrad: the value has shape (3)", func() { ValueAndGrad(Exp)(x) }},
		{"Grad: the value is complex: use HolomorphicGrad", func() { Grad(sum)(z) }},
		{"HVP: the value has shape (3)", func() { HVP(Exp)(x, x) }},
		{"HVPFunc: the value has shape (3)", func() { HVPFunc(Exp, x) }},
		{"Laplacian: the value has shape (3)", func() { Laplacian(Exp)(x) }},
		{"HolomorphicGrad: the argument is real", func() { HolomorphicGrad(sum)(x) }},
		{"HolomorphicGrad: the value, of shape (2)", func() { HolomorphicGrad(Exp)(z) }},
		{"HolomorphicGrad: the value, of shape ()", func() { HolomorphicGrad(func(z Array) Array { return Real(Sum(z)) })(z) }},
		{"ElementwiseGrad: shape () of the value is not shape (3)", func() { ElementwiseGrad(sum)(x) }},
		{"ElementwiseGrad: the value is complex", func() { ElementwiseGrad(func(x Array) Array { return Mul(x, ComplexScalar(1i)) })(x) }},
		{"JVP: the tangent has shape (), want (3)", func() { JVP(Exp, x, Scalar(1)) }},
		{"JVP: the tangent is complex", func() { JVP(Exp, x, FromComplex(make([]complex128, 3))) }},
		{"VJP: the cotangent has shape (3), want ()", func() { _, p := VJP(sum, x); p(x) }},
		{"VJP: the cotangent is complex", func() { _, p := VJP(sum, x); p(ComplexScalar(1)) }},
		{"Linearize: the tangent has shape (2), want (3)", func() { _, p := Linearize(Exp, x); p(linspace(0, 1, 2)) }},
		{"HVP: the direction has shape (2), want (3)", func() { HVP(sum)(x, linspace(0, 1, 2)) }},
		{"HVPFunc: the direction has shape (2), want (3)", func() { _, _, h := HVPFunc(sum, x); h(linspace(0, 1, 2)) }},
		{"GGNVP: the tangent has shape (2), want (3)", func() { _, h := GGNVP(Exp, nil, x); h(linspace(0, 1, 2)) }},
		{"TensorJacobianProduct: the last axes of shape (2) are not (3)", func() { TensorJacobianProduct(Exp)(x, linspace(0, 1, 2)) }},
		{"TensorJacobianProduct: the last axes of shape () are not (3)", func() { TensorJacobianProduct(Exp)(x, Scalar(1)) }},
		{"HessianTensorProduct: the last axes of shape (2) are not (3)", func() { HessianTensorProduct(sum)(x, linspace(0, 1, 2)) }},
		{"ElementwiseDerivatives: order -1 is negative", func() { ElementwiseDerivatives(Exp, -1) }},
		{"TaylorCoefficients: no coefficients", func() { TaylorCoefficients(Exp) }},
		{"TaylorCoefficients: the coefficient has shape (), want (3)", func() { TaylorCoefficients(Exp, x, Scalar(1)) }},
		{"GradArgs: argument 2 of a call with 2", func() { GradArgs(many, 2)(x, x) }},
		{"GradArgs: argument -3 of a call with 2", func() { GradArgs(many, -3)(x, x) }},
		{"GradArgs: argument -1 twice", func() { GradArgs(many, 1, -1)(x, x) }},
		{"GradArgs: the value has shape (3)", func() { GradArgs(many)(x, x) }},
		{"HVPArgs: 1 directions, want 2", func() { HVPArgs(many)([]Array{x, x}, []Array{x}) }},
		{"JVPArgs: the tangent has shape (), want (3)", func() { JVPArgs(many, 1)([]Array{x, x}, []Array{Scalar(1)}) }},
	} {
		wantFail(t, c.text, c.text, c.f)
	}
}
