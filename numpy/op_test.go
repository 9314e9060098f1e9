package numpy

import (
	"slices"
	"testing"
)

// TestOpRules takes all modes through operations that give as few rules as an
// Op may have, and so through every way to make the others of them.
func TestOpRules(t *testing.T) {
	curve := func(c *Call) Array { return Mul(Exp(c.In[0]), c.In[1]) }
	slope := func(c *Call, i int, v Array) Array {
		if i == 0 {
			return Mul(v, Mul(Exp(c.In[0]), c.In[1]))
		}
		return Mul(v, Exp(c.In[0]))
	}
	both := func(c *Call) []Array { return []Array{Mul(Sin(c.In[0]), c.In[1]), Square(c.In[1])} }
	push := func(c *Call, v []Array) []Array {
		var out [2]Array
		if !v[0].isZero() {
			out[0] = Mul(v[0], Mul(Cos(c.In[0]), c.In[1]))
		}
		if !v[1].isZero() {
			out[0] = plus(out[0], Mul(v[1], Sin(c.In[0])))
			out[1] = Mul(v[1], c.In[1].Scale(2))
		}
		return out[:]
	}
	pull := func(c *Call, w []Array, need []bool) []Array {
		out := make([]Array, 2)
		if need[0] && !w[0].isZero() {
			out[0] = Mul(w[0], Mul(Cos(c.In[0]), c.In[1]))
		}
		if need[1] {
			if !w[0].isZero() {
				out[1] = Mul(w[0], Sin(c.In[0]))
			}
			if !w[1].isZero() {
				out[1] = plus(out[1], Mul(w[1], c.In[1].Scale(2)))
			}
		}
		return out
	}
	sum3 := func(c *Call) Array { return Add(c.In[0], Add(c.In[1].Scale(2), c.In[2].Scale(-3))) }
	product3 := func(c *Call) Array { return Mul(Mul(c.In[0], c.In[1]), c.In[2]) }
	x, y, z := Cos(Arange(0, 6, 1)).AddConst(2), Sin(Arange(1, 7, 1)), Arange(1, 7, 1)
	tall, wide := Reshape(x.Index(To(2)), 2, 1), y.Index(To(3))
	for _, test := range []struct {
		name string
		op   *Op
		in   []Array
	}{
		{"JVP", &Op{Eval: curve, JVP: slope}, []Array{x, y}},
		{"VJP", &Op{Eval: curve, VJP: slope}, []Array{x, y}},
		{"JVP, broadcast", &Op{Eval: curve, JVP: slope, Broadcast: true}, []Array{tall, wide}},
		{"VJP, broadcast", &Op{Eval: curve, VJP: slope, Broadcast: true}, []Array{tall, wide}},
		{"VJP, broadcast, other way round", &Op{Eval: curve, VJP: slope, Broadcast: true}, []Array{wide, tall}},
		{"VJPAdd", &Op{Eval: curve, VJPAdd: func(c *Call, i int, w Array, sum *Accumulator) {
			sum.Add(slope(c, i, w).Scale(0.25))
			sum.Add(Array{})
			sum.Add(slope(c, i, w).Scale(0.5))
			sum.Add(slope(c, i, w).Scale(0.25))
		}}, []Array{x, y}},
		{"JVPAll of one", &Op{Eval: curve, JVPAll: func(c *Call, v []Array) []Array {
			var dot Array
			for i := range v {
				if !v[i].isZero() {
					dot = plus(dot, slope(c, i, v[i]))
				}
			}
			return []Array{dot}
		}}, []Array{x, y}},
		{"VJPAll of one", &Op{Eval: curve, VJPAll: func(c *Call, w []Array, need []bool) []Array {
			out := make([]Array, 2)
			for i := range out {
				if need[i] {
					out[i] = slope(c, i, w[0])
				}
			}
			return out
		}}, []Array{x, y}},
		{"JVPAll", &Op{EvalAll: both, JVPAll: push}, []Array{x, y}},
		{"VJPAll", &Op{EvalAll: both, VJPAll: pull}, []Array{x, y}},
		{"both", &Op{EvalAll: both, JVPAll: push, VJPAll: pull}, []Array{x, y}},
		{"linear", &Op{Eval: sum3, Linear: true, VJP: func(_ *Call, i int, w Array) Array {
			return w.Scale([]float64{1, 2, -3}[i])
		}}, []Array{x, y, z}},
		{"linear, several", &Op{
			EvalAll: func(c *Call) []Array { return []Array{c.In[0].Scale(2), Sub(c.In[0], c.In[1])} },
			Linear:  true,
			VJPAll: func(_ *Call, w []Array, _ []bool) []Array {
				out := []Array{w[1], w[1].Neg()}
				if !w[0].isZero() {
					out[0] = plus(out[0], w[0].Scale(2))
				}
				return out
			},
		}, []Array{x, y}},
		{"linear in each of two", &Op{
			Eval: func(c *Call) Array { return Mul(c.In[0], c.In[1]) }, Multilinear: true,
			VJP: func(c *Call, i int, w Array) Array { return Mul(w, c.In[1-i]) },
		}, []Array{x, y}},
		{"linear in each of three", &Op{
			Eval: product3, Multilinear: true,
			VJP: func(c *Call, i int, w Array) Array { return Mul(w, Mul(c.In[(i+1)%3], c.In[(i+2)%3])) },
		}, []Array{x, y, z}},
		{"linear in each of three, with JVP", &Op{
			Eval: product3, Multilinear: true,
			JVP: func(c *Call, i int, v Array) Array { return Mul(v, Mul(c.In[(i+1)%3], c.In[(i+2)%3])) },
		}, []Array{x, y, z}},
	} {
		test.op.Name = "test"
		apply := func(in ...Array) Array {
			if test.op.EvalAll == nil {
				return test.op.Apply(nil, in...)
			}
			out := test.op.ApplyAll(nil, in...)
			return Add(out[0], Mul(out[1], out[1]))
		}
		if err := (Checker{}).Check(apply, test.in, 2, AllModes); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		series := func(f func(...Array) Array, in []Array) {
			line := func(s Array) Array {
				at := slices.Clone(in)
				for i, x := range at {
					at[i] = x.Add(Mul(s, Square(x)).Scale(0.5)).Add(Mul(s, s))
				}
				return f(at...)
			}
			nested := line
			for k, got := range ElementwiseDerivatives(line, 3)(Scalar(0.1)) {
				if want := nested(Scalar(0.1)); !AllClose(got, want, 1e-10, 1e-10) {
					t.Errorf("%s: derivative %d along a path is %v, want %v", test.name, k, got, want)
				}
				f := nested
				nested = func(s Array) Array { _, dot := JVP(f, s, Scalar(1)); return dot }
			}
		}
		series(apply, test.in)
		for i := range test.in {
			// One operand alone varies.
			single := func(xs ...Array) Array {
				in := slices.Clone(test.in)
				in[i] = xs[0]
				return apply(in...)
			}
			if err := (Checker{}).Check(single, test.in[i:i+1], 2, AllModes); err != nil {
				t.Errorf("%s: operand %d: %v", test.name, i, err)
			}
			series(single, test.in[i:i+1])
		}
	}
}

// TestOpMissingRules checks the messages of operations without derivatives.
func TestOpMissingRules(t *testing.T) {
	op := &Op{Name: "test", Eval: func(c *Call) Array { return Add(c.In[0], c.In[1]) }}
	all := &Op{Name: "tests", EvalAll: func(c *Call) []Array { return c.In }}
	linear := &Op{Name: "linear", Eval: func(c *Call) Array { return c.In[0] }, Linear: true}
	product := &Op{Name: "product", Eval: func(c *Call) Array { return Mul(c.In[0], c.In[1]) }, Multilinear: true}
	x := Arange(0, 3, 1)
	f := func(v Array) Array { return Sum(op.Apply(nil, x, v)) }
	for _, test := range []struct {
		f    func()
		want string
	}{
		{func() { Grad(f)(x) }, "numpy: test: no VJP rule for operand 1"},
		{func() { JVP(f, x, x) }, "numpy: test: no JVP rule for operand 1"},
		{func() { TaylorCoefficients(f, x, x) }, "numpy: test: no JVP rule for operand 1"},
		{func() { Grad(func(x Array) Array { return Sum(linear.Apply(nil, x)) })(x) }, "numpy: linear: no VJP rule for operand 0"},
		{func() { Grad(func(x Array) Array { return Sum(product.Apply(nil, x, x)) })(x) }, "numpy: product: no VJP rule for operand 0"},
		{func() { all.Apply(nil, x) }, "numpy: tests: Apply of an operation with several results"},
	} {
		if err := Maybe(test.f); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}
