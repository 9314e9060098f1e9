package numpy

import "testing"

// TestBatch compares Jacobians, for which linear maps are applied to batches,
// with derivatives in one direction after the other.
func TestBatch(t *testing.T) {
	row, column := Reshape(linspace(1, 2, 4), 1, 4), Reshape(linspace(-1, 1, 3), 3, 1)
	mat := Reshape(linspace(0.2, 0.8, 12), 3, 4)
	vjpOnly := CustomVJP("cube", func(x ...Array) Array { return Mul(x[0], Mul(x[0], x[0])) },
		func(_ Array, x []Array, w Array) []Array { return []Array{Mul(w, Mul(x[0], x[0])).Scale(3)} })
	two := &Op{Name: "both", Linear: true}
	two.EvalAll = func(c *Call) []Array { return []Array{c.In[0].Scale(2), Sum(c.In[0])} }
	two.VJPAll = func(c *Call, w []Array, _ []bool) []Array {
		return []Array{plus(w[0].orZeros(c.Out[0]).Scale(2), BroadcastTo(w[1].orZeros(Scalar(0)), c.In[0].Shape()...))}
	}
	for name, f := range map[string]func(x Array) Array{
		"elements":       func(x Array) Array { return Div(Mul(Exp(x), Tanh(x)), x.AddConst(3).Scale(2)) },
		"rows":           func(x Array) Array { return Mul(x, row) },
		"columns":        func(x Array) Array { return Add(Mul(x, column), column) },
		"scalar":         func(x Array) Array { return Mul(x, Sum(x)) },
		"stretch":        func(x Array) Array { return Mul(SumTo(x, 3, 1), SumTo(x, 4)) },
		"more axes":      func(x Array) Array { return Mul(x, Reshape(linspace(1, 2, 24), 2, 3, 4)) },
		"fewer axes":     func(x Array) Array { return Mul(Sum(x, Axis(0)), mat) },
		"broadcast":      func(x Array) Array { return Mul(BroadcastTo(x, 2, 3, 4), BroadcastTo(Sum(Mul(x, x)), 2, 3, 4)) },
		"shape":          func(x Array) Array { return Mul(Reshape(x, 2, 6), Reshape(Transpose(x), 2, 6)) },
		"parts":          func(x Array) Array { return Add(Mul(x.At(0), x.At(-1)), x.At(1, 2)) },
		"parts together": func(x Array) Array { return gatherRows([]Array{x.At(0, 1), Mul(x.At(2, 3), x.At(0, 0))}, 2) },
		"slopes":         Grad(func(x Array) Array { return Sum(Mul(Exp(x.At(0)), Mul(x.At(1), x.At(2)))) }),
		"custom":         func(x Array) Array { return Mul(vjpOnly(x), x) },
		"two results": func(x Array) Array {
			y := two.ApplyAll(nil, Mul(x, x))
			return Mul(y[0], y[1])
		},
		"checkpoint":   Checkpoint(func(x Array) Array { return Mul(Exp(x), Sum(x)) }),
		"fixed point":  contraction(t),
		"complex":      func(x Array) Array { return Exp(Mul(x, ComplexScalar(1i))) },
		"complex part": func(x Array) Array { return Real(Exp(Mul(Mul(x, x), ComplexScalar(1i)))) },
		"constant":     func(x Array) Array { return row },
	} {
		y := f(mat)
		jac := Jacobian(f)(mat)
		// The same through the other mode, by way of Hessians and pieces.
		l := newLinear(one(f), []Array{mat})
		forward := l.pushMany(mat.Size())(0, mat.Size(), func(lo, hi int) Array { return identity(mat, lo, hi) })
		forward = columnsToRows(forward, y.Shape(), mat.Shape())
		flat := Reshape(jac, y.Size(), mat.Size())
		for k := range mat.Size() {
			_, want := JVP(f, mat, identity(mat, k, k+1).At(0))
			w := Reshape(want, y.Size()).Complex128s()
			for i := range w {
				for mode, j := range map[string]Array{"Jacobian": flat, "forward": Reshape(forward, y.Size(), mat.Size())} {
					got := j.At(i, k).Complex128()
					if d := got - w[i]; real(d)*real(d)+imag(d)*imag(d) > 1e-22 {
						t.Fatalf("%s, %s: element %d, %d is %v, want %v", name, mode, i, k, got, w[i])
					}
				}
			}
		}
	}
}

// TestPieces has more columns than lie together.
func TestPieces(t *testing.T) {
	const n = 200
	x := linspace(0, 1, n)
	if n*n <= batchSize {
		t.Fatal("not enough columns")
	}
	f := func(x Array) Array { return Mul(x, Mul(x, Sum(x))) }
	v := x.Float64s()
	s := Sum(x).Float64()
	j := Jacobian(f)(x)
	h := Hessian(func(x Array) Array { return Sum(f(x)) })(x)
	trace := 0.0
	for a := range n {
		trace += 2*s + 4*v[a]
		for b := range n {
			want, want2 := v[a]*v[a], 2*v[a]+2*v[b]
			if a == b {
				want += 2 * v[a] * s
				want2 += 2 * s
			}
			if got := j.At(a, b).Float64(); got-want > 1e-12 || want-got > 1e-12 {
				t.Fatalf("Jacobian %d, %d: got %v, want %v", a, b, got, want)
			}
			if got := h.At(a, b).Float64(); got-want2 > 1e-12 || want2-got > 1e-12 {
				t.Fatalf("Hessian %d, %d: got %v, want %v", a, b, got, want2)
			}
		}
	}
	near(t, "Laplacian", Laplacian(func(x Array) Array { return Sum(f(x)) })(x), []float64{trace})
	// Pieces of what varies in another derivative.
	near(t, "nested", Grad(func(s Array) Array { return Sum(Jacobian(f)(Mul(s, x))) })(Scalar(1)),
		[]float64{Sum(j).Float64() * 2})
}
