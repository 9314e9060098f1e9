package special

import (
	"strings"

	np "github.com/dualjet/dualjet/numpy"
)

// values returns f at the elements of an array.
func values(name string, f func(float64) float64) func(*np.Call) np.Array {
	return func(c *np.Call) np.Array {
		real(name, c.In)
		x := c.In[0].Float64s()
		z := make([]float64, len(x))
		for i, v := range x {
			z[i] = f(v)
		}
		return np.Wrap(z, c.In[0].Shape()...)
	}
}

// values2 returns f at the elements of two arrays that stretch to one shape.
func values2(name string, f func(param any, x, y float64) float64) func(*np.Call) np.Array {
	return func(c *np.Call) np.Array {
		real(name, c.In)
		in := np.BroadcastArrays(c.In...)
		x, y := in[0].Float64s(), in[1].Float64s()
		z := make([]float64, len(x))
		for i, v := range x {
			z[i] = f(c.Param, v, y[i])
		}
		return np.Wrap(z, shape(in[0])...)
	}
}

// values3 is values2 for three arrays.
func values3(name string, f func(param any, x, y, z float64) float64) func(*np.Call) np.Array {
	return func(c *np.Call) np.Array {
		real(name, c.In)
		in := np.BroadcastArrays(c.In...)
		x, y, t := in[0].Float64s(), in[1].Float64s(), in[2].Float64s()
		z := make([]float64, len(x))
		for i, v := range x {
			z[i] = f(c.Param, v, y[i], t[i])
		}
		return np.Wrap(z, shape(in[0])...)
	}
}

// shape returns the shape of x, not nil for a scalar.
func shape(x np.Array) []int { return append([]int{}, x.Shape()...) }

// real panics if one of the operands is complex.
func real(name string, xs []np.Array) {
	for _, x := range xs {
		if x.IsComplex() {
			np.Fail("special: %s: not defined for complex numbers", strings.TrimPrefix(name, "special."))
		}
	}
}

// unary makes op the function f of a number whose derivative is d, an array
// operation on the operand and the result.
func unary(op *np.Op, f func(float64) float64, d func(x, y np.Array) np.Array) {
	op.Eval = values(op.Name, f)
	op.JVP = func(c *np.Call, _ int, v np.Array) np.Array { return np.AZMul(v, d(c.In[0], c.Out[0])) }
	op.VJP = op.JVP
	op.Broadcast = true
}

// apply returns the function of x that is given by its derivatives.
func apply(name string, x np.Array, f func(k int, x float64) float64) np.Array {
	real(name, []np.Array{x})
	return x.Apply(f)
}

// define makes op the function of several numbers whose derivative for operand
// i is d.
func define(op *np.Op, eval func(*np.Call) np.Array, d func(c *np.Call, i int) np.Array) {
	op.Eval = eval
	op.JVP = func(c *np.Call, i int, v np.Array) np.Array { return np.AZMul(v, d(c, i)) }
	op.VJP = op.JVP
	op.Broadcast = true
}

// binomial returns n over k.
func binomial(n, k int) float64 {
	b := 1.0
	for i := range k {
		b = b * float64(n-i) / float64(i+1)
	}
	return b
}

func oneMinus(x np.Array) np.Array { return x.Neg().AddConst(1) }
