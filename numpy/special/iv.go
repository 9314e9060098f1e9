package special

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

// order is the parameter of ivOp: a Bessel function of real order, multiplied
// by e^-x if scaled.
type order struct {
	v      float64
	scaled bool
}

var ivOp = &np.Op{Name: "special.IV"}

func init() {
	ivOp.Eval = func(c *np.Call) np.Array {
		o := c.Param.(order)
		return each(func(x []float64) float64 { return bessel(o, x[0]) }, c.In[0])
	}
	// DLMF 10.29.1
	ivOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		o, x := c.Param.(order), c.In[0]
		var d np.Array
		if o.v == 0 {
			d = ivOp.Apply(order{1, o.scaled}, x)
		} else {
			d = np.Add(ivOp.Apply(order{o.v - 1, o.scaled}, x), ivOp.Apply(order{o.v + 1, o.scaled}, x)).Scale(0.5)
		}
		if o.scaled {
			d = np.Sub(d, np.Mul(np.Sign(x), c.Out[0]))
		}
		return np.AZMul(v, d)
	}
	ivOp.VJP = ivOp.JVP
}

// IV returns the modified Bessel function I_v(x) of real order. For negative x
// the order must be an integer.
func IV(v float64, x np.Array) np.Array { return ivOp.Apply(order{v, false}, x) }

// IVE returns exp(-|x|)·I_v(x), which does not overflow.
func IVE(v float64, x np.Array) np.Array { return ivOp.Apply(order{v, true}, x) }

// bessel sums the power series DLMF 10.25.2, whose terms do not cancel, and
// for large x the expansion 10.40.1.
func bessel(o order, x float64) float64 {
	v := o.v
	sign := 1.0
	if v == math.Trunc(v) {
		v = math.Abs(v)
		if x < 0 && math.Mod(v, 2) == 1 {
			sign = -1
		}
		x = math.Abs(x)
	}
	switch {
	case !(x >= 0):
		return math.NaN()
	case x == 0 && v == 0:
		return 1
	case x == 0 && v > 0:
		return 0
	}
	scale := 0.0
	if o.scaled {
		scale = -x
	}
	if x > 50 && x > 2*v*v {
		sum, term := 1.0, 1.0
		for k := 1.0; k < 40; k++ {
			next := -term * (4*v*v - (2*k-1)*(2*k-1)) / (8 * k * x)
			if math.Abs(next) > math.Abs(term) || sum+next == sum {
				break
			}
			term = next
			sum += term
		}
		return sign * math.Exp(x+scale) / math.Sqrt(2*math.Pi*x) * sum
	}
	lg, s := math.Lgamma(v + 1)
	if math.IsInf(lg, 0) {
		return math.NaN() // negative integers came in as positive ones
	}
	term := sign * float64(s) * math.Exp(v*math.Log(x/2)-lg+scale)
	sum := term
	for k := 1.0; ; k++ {
		term *= x * x / 4 / (k * (k + v))
		sum += term
		if math.Abs(term) <= 1e-17*math.Abs(sum) && k > -v {
			return sum
		}
	}
}

// each returns f of the elements of arrays, which broadcast.
func each(f func(x []float64) float64, xs ...np.Array) np.Array {
	ys := np.BroadcastArrays(xs...)
	in := make([][]float64, len(ys))
	for k, y := range ys {
		in[k] = y.Float64s()
	}
	out := make([]float64, len(in[0]))
	x := make([]float64, len(in))
	for i := range out {
		for k := range in {
			x[k] = in[k][i]
		}
		out[i] = f(x)
	}
	return np.Wrap(out, append([]int{}, ys[0].Shape()...)...)
}
