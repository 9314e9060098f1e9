package numpy_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// random returns an array of normal numbers.
func random(r *rand.Rand, shape ...int) np.Array {
	n := 1
	for _, s := range shape {
		n *= s
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = r.NormFloat64()
	}
	return np.Wrap(v, append([]int{}, shape...)...)
}

// slowMatMul multiplies matrices of equal batches of one axis, one element
// after the other.
func slowMatMul(x, y np.Array) np.Array {
	b, m, k, n := x.Shape()[0], x.Shape()[1], x.Shape()[2], y.Shape()[2]
	z := make([]complex128, b*m*n)
	u, v := x.Complex128s(), y.Complex128s()
	for t := range b {
		for i := range m {
			for j := range n {
				for l := range k {
					z[(t*m+i)*n+j] += u[(t*m+i)*k+l] * v[(t*k+l)*n+j]
				}
			}
		}
	}
	return np.WrapComplex(z, b, m, n)
}

func near(x, y np.Array, tol float64) error {
	if !slices.Equal(x.Shape(), y.Shape()) {
		return fmt.Errorf("shape %v, want %v", x.Shape(), y.Shape())
	}
	v := y.Complex128s()
	for i, u := range x.Complex128s() {
		d := u - v[i]
		if !(math.Hypot(real(d), imag(d)) <= tol*(1+math.Hypot(real(v[i]), imag(v[i])))) {
			return fmt.Errorf("element %d is %v, want %v", i, u, v[i])
		}
	}
	return nil
}

// TestMatMulLayouts multiplies matrices small and large, that lie in all ways.
func TestMatMulLayouts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range [][4]int{{1, 1, 1, 1}, {2, 2, 3, 2}, {3, 1, 20, 30}, {2, 30, 20, 1}, {2, 1, 400, 1}, {3, 20, 1, 30},
		{2, 40, 30, 20}, {1, 70, 80, 90}, {0, 2, 3, 4}, {2, 0, 3, 4}, {2, 3, 0, 4}, {2, 3, 4, 0}} {
		b, m, k, n := s[0], s[1], s[2], s[3]
		for way := range 16 {
			x, y := random(r, b, m, k), random(r, b, k, n)
			if way&1 != 0 {
				x = np.Transpose(random(r, b, k, m), 0, 2, 1)
			}
			if way&2 != 0 {
				y = np.Transpose(random(r, b, n, k), 0, 2, 1)
			}
			if way&4 != 0 {
				x = np.Transpose(random(r, m, b, k), 1, 0, 2)
			}
			if way&8 != 0 {
				y = np.Complex(y, random(r, b, k, n))
			}
			got, want := np.MatMul(x, y), slowMatMul(x, y)
			if err := near(got, want, 1e-12); err != nil {
				t.Errorf("%v, way %d: %v", s, way, err)
			}
			if b == 0 {
				continue
			}
			// Vectors and matrices that stretch over the batch.
			one := np.Reshape(x, b*m, k)
			if err := near(np.MatMul(np.Reshape(one, b, m, k), y.At(0)),
				slowMatMul(x, np.BroadcastTo(y.At(0), b, k, n)), 1e-12); err != nil {
				t.Errorf("%v, way %d, one y: %v", s, way, err)
			}
			if err := near(np.MatMul(x.At(0), y), slowMatMul(np.BroadcastTo(x.At(0), b, m, k), y), 1e-12); err != nil {
				t.Errorf("%v, way %d, one x: %v", s, way, err)
			}
		}
	}
}

// TestMatMulGradients compares derivatives, of all batches, with differences.
// TestMatMulVectors multiplies vectors that lie in all ways, short ones and
// long ones, with vectors and with matrices.
func TestMatMulVectors(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, k := range []int{1, 5, 600} {
		for name, v := range map[string]np.Array{
			"as they lie": random(r, k),
			"reversed":    np.Flip(random(r, k)),
			"stretched":   np.BroadcastTo(random(r, 1), k),
			"every third": random(r, 3*k).Index(np.Step(3)),
			"backwards":   random(r, 3*k).Index(np.Step(-3)),
			"column":      random(r, k, 2).Index(np.Whole, np.I(1)),
		} {
			packed := np.FromSlice(v.Float64s(), k)
			for other, x := range map[string]np.Array{
				"vector":     random(r, k),
				"reversed":   np.Flip(random(r, k)),
				"matrix":     random(r, k, 3),
				"transposed": np.Transpose(random(r, 3, k)),
				"wide":       random(r, k, 7),
				"reversed 2": np.Flip(random(r, k, 3)),
			} {
				what := fmt.Sprintf("%s, %s, %d elements", name, other, k)
				whole := np.FromSlice(x.Float64s(), x.Shape()...)
				slow := np.Sum(np.Mul(np.Reshape(packed, k, 1), np.Reshape(whole, k, -1)), np.Axis(0))
				want := slow
				if x.NDim() == 1 {
					want = slow.At(0)
				}
				if err := near(np.MatMul(v, x), want, 1e-12); err != nil {
					t.Errorf("%s: %v", what, err)
				}
				if err := near(np.MatMul(np.Transpose(x), v), want, 1e-12); err != nil {
					t.Errorf("%s, behind: %v", what, err)
				}
				grad := func(v, x np.Array) np.Array {
					return np.Grad(func(v np.Array) np.Array { return np.Sum(np.Square(np.MatMul(v, x))) })(v)
				}
				if err := near(grad(v, x), grad(packed, whole), 1e-11); err != nil {
					t.Errorf("%s, gradient: %v", what, err)
				}
			}
		}
	}
}

func TestMatMulGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range [][2][]int{
		{{3}, {3}}, {{2, 3}, {3}}, {{3}, {3, 2}}, {{2, 3}, {3, 2}}, {{2, 2, 3}, {3}}, {{3}, {2, 3, 2}},
		{{2, 2, 3}, {3, 2}}, {{2, 3}, {2, 3, 2}}, {{2, 2, 3}, {2, 3, 1}}, {{2, 1, 2, 3}, {3, 3, 2}},
		{{1, 2, 3}, {2, 3, 2}}, {{2, 1, 2, 3}, {1, 2, 3, 2}}, {{1, 1, 2, 3}, {3, 2}}, {{2, 3}, {1, 1, 3, 2}},
	} {
		x, y := random(r, s[0]...), random(r, s[1]...)
		for name, f := range map[string]func(np.Array) np.Array{
			"x":    func(x np.Array) np.Array { return np.Sum(np.Sin(np.MatMul(x, y))) },
			"both": func(x np.Array) np.Array { return np.Sum(np.Sin(np.MatMul(x, np.Mul(y, np.Mean(x))))) },
		} {
			if err := np.CheckGrads(f, x, 2, np.Forward|np.Reverse); err != nil {
				t.Errorf("%v, %s: %v", s, name, err)
			}
		}
		f := func(y np.Array) np.Array { return np.Sum(np.Sin(np.MatMul(np.Mul(x, np.Mean(y)), y))) }
		if err := np.CheckGrads(f, y, 2, np.Forward|np.Reverse); err != nil {
			t.Errorf("%v, y: %v", s, err)
		}
	}
}

// TestMatMulNaN checks that a product with NaN or Inf is never left out of a
// value, and always of a derivative where its other factor is exactly 0.
func TestMatMulNaN(t *testing.T) {
	for _, s := range [][3]int{{1, 2, 1}, {2, 2, 2}, {1, 400, 1}, {1, 40, 30}, {30, 40, 1}, {20, 30, 20}, {20, 30, 40}} {
		m, k, n := s[0], s[1], s[2]
		for _, way := range []string{"", "x", "y", "xy"} {
			for _, left := range []bool{false, true} {
				x, y := make([]float64, m*k), make([]float64, k*n)
				if left {
					x[0], x[len(x)-1] = math.NaN(), math.Inf(1)
				} else {
					y[0], y[len(y)-1] = math.NaN(), math.Inf(1)
				}
				a, b := np.Wrap(x, m, k), np.Wrap(y, k, n)
				if way == "x" || way == "xy" {
					a = np.Transpose(np.Wrap(np.Transpose(a).Float64s(), k, m))
				}
				if way == "y" || way == "xy" {
					b = np.Transpose(np.Wrap(np.Transpose(b).Float64s(), n, k))
				}
				z := np.MatMul(a, b)
				first, last := z.At(0, 0).Float64(), z.At(-1, -1).Float64()
				if !math.IsNaN(first) || !math.IsNaN(last) {
					t.Errorf("%v transposed %q, NaN left %v: corners %v and %v, want NaN", s, way, left, first, last)
				}
				var dot np.Array
				if left {
					_, dot = np.JVP(func(b np.Array) np.Array { return np.MatMul(a, b) }, b, np.Wrap(make([]float64, k*n), k, n))
				} else {
					_, dot = np.JVP(func(a np.Array) np.Array { return np.MatMul(a, b) }, a, np.Wrap(make([]float64, m*k), m, k))
				}
				if v := np.Sum(np.Abs(dot)).Float64(); v != 0 {
					t.Errorf("%v transposed %q, NaN left %v: derivative in direction 0 has norm %v", s, way, left, v)
				}
			}
		}
	}
	// So do those of derivatives of derivatives, and of those backwards.
	y := np.FromSlice([]float64{math.Inf(1), 2}, 2, 1)
	f := func(x np.Array) np.Array {
		return np.Sum(np.MatMul(np.Where(np.FromSlice([]float64{0, 1}), x, np.Scalar(0)), y))
	}
	for name, g := range map[string]np.Array{
		"gradient": np.Grad(f)(np.FromSlice([]float64{1, 2}, 1, 2)),
		"second":   np.Grad(func(x np.Array) np.Array { return np.Sum(np.Grad(f)(x)) })(np.FromSlice([]float64{1, 2}, 1, 2)),
	} {
		if math.IsNaN(np.Sum(g).Float64()) {
			t.Errorf("%s: %v", name, g.Float64s())
		}
	}
}

// TestMatMulErrors checks what panics say.
func TestMatMulErrors(t *testing.T) {
	a := func(shape ...int) np.Array {
		n := 1
		for _, s := range shape {
			n *= s
		}
		return np.Wrap(make([]float64, n), append([]int{}, shape...)...)
	}
	for want, f := range map[string]func(){
		"numpy: MatMul: shapes (3,4) and (5,6) do not align":                        func() { np.MatMul(a(3, 4), a(5, 6)) },
		"numpy: MatMul: shapes (4) and (3) do not align":                            func() { np.MatMul(a(4), a(3)) },
		"numpy: MatMul: shapes (2,3,4) and (3,4,3) do not align":                    func() { np.MatMul(a(2, 3, 4), a(3, 4, 3)) },
		"numpy: MatMul: shapes () and (3): a scalar is no matrix":                   func() { np.MatMul(a(), a(3)) },
		"numpy: Dot: shapes (3,4) and (3) do not align":                             func() { np.Dot(a(3, 4), a(3)) },
		"numpy: Dot: shapes (2,3,4) and (3,3) do not align":                         func() { np.Dot(a(2, 3, 4), a(3, 3)) },
		"numpy: Inner: shapes (3,4) and (3) do not align":                           func() { np.Inner(a(3, 4), a(3)) },
		"numpy: VDot: shapes (3,4) and (3) do not align":                            func() { np.VDot(a(3, 4), a(3)) },
		"numpy: TensorDot: shapes (3,4) and (3,4) do not align":                     func() { np.TensorDot(a(3, 4), a(3, 4), 1) },
		"numpy: TensorDot: 2 axes of shapes (3) and (3,4)":                          func() { np.TensorDot(a(3), a(3, 4), 2) },
		"numpy: TensorDotAxes: 1 axes of x and 0 of y":                              func() { np.TensorDotAxes(a(3), a(3), []int{0}, nil) },
		"numpy: TensorDotAxes: axis -1 twice":                                       func() { np.TensorDotAxes(a(3), a(3), []int{0, -1}, []int{0, 0}) },
		"numpy: TensorDotAxes: axis 1 of an array of 1 dimensions":                  func() { np.TensorDotAxes(a(3), a(3), []int{1}, []int{0}) },
		"numpy: Cross: shapes (4) and (3): vectors have two or three elements":      func() { np.Cross(a(4), a(3), -1) },
		"numpy: Einsum: \"ij,jk\": 1 operands given":                                func() { np.Einsum("ij,jk", a(2, 2)) },
		"numpy: Einsum: \"ij\": operand 0 has shape (2)":                            func() { np.Einsum("ij", a(2)) },
		"numpy: Einsum: \"i,i\": lengths 2 and 3 of one axis in shapes (2) and (3)": func() { np.Einsum("i,i", a(2), a(3)) },
		"numpy: Einsum: \"i->j\": axis j of the result is none of an operand":       func() { np.Einsum("i->j", a(2)) },
		"numpy: Einsum: \"i->ii\": axis i twice in the result":                      func() { np.Einsum("i->ii", a(2)) },
		"numpy: Einsum: \"i1\": '1' is no letter":                                   func() { np.Einsum("i1", a(2, 2)) },
		"numpy: Einsum: \"...i->i\": the result lacks \"...\"":                      func() { np.Einsum("...i->i", a(2, 2)) },
		"numpy: Convolve: shapes (0) and (3), want vectors that are not empty":      func() { np.Convolve(a(0), a(3), np.ConvolveFull) },
		"numpy: Correlate: shapes (2,2) and (3), want vectors that are not empty":   func() { np.Correlate(a(2, 2), a(3), np.ConvolveFull) },
		"numpy: Convolve: mode 7":                                                   func() { np.Convolve(a(2), a(3), 7) },
	} {
		err := np.Maybe(f)
		if err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestMatMulMemory checks that transposed matrices are multiplied as they lie,
// and that gradients take no memory but for results.
func TestMatMulMemory(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	const n = 300
	x, y := random(r, n, n), random(r, n, 4)
	z := random(r, 30, 10, n)
	for _, c := range []struct {
		name string
		f    func() np.Array
		max  int // in numbers
	}{
		{"xᵀ·y", func() np.Array { return np.MatMul(np.Transpose(x), y) }, 4 * n},
		{"yᵀ·x", func() np.Array { return np.MatMul(np.Transpose(y), x) }, 4 * n},
		{"Einsum", func() np.Array { return np.Einsum("ji,jk->ik", x, y) }, 4 * n},
		{"TensorDot", func() np.Array { return np.TensorDotAxes(y, x, []int{0}, []int{1}) }, 4 * n},
		{"batch", func() np.Array { return np.MatMul(z, y) }, 30 * 10 * 4},
		{"gradient", func() np.Array {
			return np.Grad(func(y np.Array) np.Array { return np.Sum(np.MatMul(z, y)) })(y)
		}, 2*30*10*4 + 4*n},
	} {
		before := allocated()
		c.f()
		if got := int(allocated()-before) / 8; got > c.max+2000 {
			t.Errorf("%s: memory for %d numbers, want %d", c.name, got, c.max)
		}
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestMatMulAllocs checks that a small product allocates its result only.
func TestMatMulAllocs(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	x, y := random(r, 2, 2), random(r, 2, 2)
	if n := testing.AllocsPerRun(100, func() { np.MatMul(x, y) }); n > 2 {
		t.Errorf("%v allocations", n)
	}
}
