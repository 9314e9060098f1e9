package special

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// J0 returns the Bessel function of the first kind J₀(x).
func J0(x np.Array) np.Array { return x.BesselJ(0) }

// J1 returns the Bessel function of the first kind J₁(x).
func J1(x np.Array) np.Array { return x.BesselJ(1) }

// Jn returns the Bessel function of the first kind of integer order n.
func Jn(n int, x np.Array) np.Array { return x.BesselJ(n) }

// Y0 returns the Bessel function of the second kind Y₀(x).
func Y0(x np.Array) np.Array { return x.BesselY(0) }

// Y1 returns the Bessel function of the second kind Y₁(x).
func Y1(x np.Array) np.Array { return x.BesselY(1) }

// Yn returns the Bessel function of the second kind of integer order n.
func Yn(n int, x np.Array) np.Array { return x.BesselY(n) }

// I0 returns the modified Bessel function of the first kind I₀(x).
func I0(x np.Array) np.Array { return x.BesselI(0) }

// I1 returns the modified Bessel function of the first kind I₁(x).
func I1(x np.Array) np.Array { return x.BesselI(1) }

// I0e returns exp(-|x|)·I₀(x).
func I0e(x np.Array) np.Array { return Ive(np.Scalar(0), x) }

// I1e returns exp(-|x|)·I₁(x).
func I1e(x np.Array) np.Array { return Ive(np.Scalar(1), x) }

// K0 returns the modified Bessel function of the second kind K₀(x).
func K0(x np.Array) np.Array { return x.BesselK(0) }

// K1 returns the modified Bessel function of the second kind K₁(x).
func K1(x np.Array) np.Array { return x.BesselK(1) }

// Kn returns the modified Bessel function of the second kind of integer order
// n.
func Kn(n int, x np.Array) np.Array { return x.BesselK(n) }

// ivOp and iveOp are the k-th derivative for the order v of I_v(x) and of
// exp(-|x|)·I_v(x); the parameter is k.
var (
	ivOp  = &np.Op{Name: "special.Iv"}
	iveOp = &np.Op{Name: "special.Ive"}
)

func init() {
	define(ivOp, values2("Iv", func(k any, v, x float64) float64 {
		return iveDerivative(k.(int), v, x) * math.Exp(math.Abs(x))
	}), func(c *np.Call, i int) np.Array {
		if i == 0 {
			return ivOp.Apply(c.Param.(int)+1, c.In...)
		}
		return neighbours(ivOp, c)
	})
	define(iveOp, values2("Ive", func(k any, v, x float64) float64 { return iveDerivative(k.(int), v, x) }),
		func(c *np.Call, i int) np.Array {
			if i == 0 {
				return iveOp.Apply(c.Param.(int)+1, c.In...)
			}
			return neighbours(iveOp, c).Sub(np.Mul(np.Sign(c.In[1]), c.Out[0]))
		})
}

// neighbours returns (I_{v-1} + I_{v+1})/2, DLMF 10.29.1.
func neighbours(op *np.Op, c *np.Call) np.Array {
	v, x := c.In[0], c.In[1]
	return op.Apply(c.Param, v.AddConst(-1), x).Add(op.Apply(c.Param, v.AddConst(1), x)).Scale(0.5)
}

// Iv returns the modified Bessel function of the first kind of real order v,
// which has derivatives too. For negative x the order must be an integer and
// must not vary; otherwise the result is NaN. Where the derivative for v is far
// smaller than the value, as near v = 0, its error is relative to the latter.
func Iv(v, x np.Array) np.Array { return ivOp.Apply(0, v, x) }

// Ive returns exp(-|x|)·I_v(x), which does not overflow; see [Iv].
func Ive(v, x np.Array) np.Array { return iveOp.Apply(0, v, x) }

// iveDerivative returns the k-th derivative of exp(-|x|)·I_v(x) for v.
func iveDerivative(k int, v, x float64) float64 {
	whole := v == math.Trunc(v)
	sign := 1.0
	if x < 0 {
		if k > 0 || !whole {
			return math.NaN()
		}
		if math.Mod(v, 2) != 0 {
			sign = -1
		}
		x = -x
	}
	switch {
	case k == 0 && whole:
		v = math.Abs(v) // I_{-n} = I_n
	}
	switch {
	case v != v || x != x || math.IsInf(v, 0):
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	case x == 0 && v > 0:
		return 0
	case x == 0 && v == 0 && k == 0:
		return 1
	case x == 0 && k == 0:
		return math.Inf(1)
	case x == 0:
		return math.NaN()
	case k == 0:
		return sign * float64(ive(dual.Float(v), x))
	}
	return ive(jet.Variable(v, k), x).Derivative(k)
}

// ive returns exp(-x)·I_v(x) for positive x.
func ive[T dual.Real[T]](v T, x float64) T {
	order := v.Value()
	if x > 40 && order*order < 2*x {
		return iveLarge(v, x)
	}
	// The power series, DLMF 10.25.2, from its largest term on in both
	// directions. Terms before the first have the wrong sign, or are 0, and
	// stand alone.
	first := math.Max(0, math.Ceil(-order))
	peak := math.Max(first, math.Floor((math.Sqrt(order*order+x*x)-order)/2))
	h := math.Log(x / 2)
	lg, _ := math.Lgamma(peak + 1)
	term := v.AddConst(2 * peak).Scale(h).AddConst(-lg - x).Exp().Mul(rgamma(v.AddConst(peak + 1)))
	if order+peak > 20 { // before the reciprocal gamma function underflows
		term = v.AddConst(2 * peak).Scale(h).AddConst(-lg - x).Sub(v.AddConst(peak + 1).Lgamma()).Exp()
	}
	q := x * x / 4
	sum, t := term, term
	for k := peak + 1; ; k++ {
		t = t.Scale(q / k).Div(v.AddConst(k))
		sum = sum.Add(t)
		if !(math.Abs(t.Value()) > 1e-22*math.Abs(sum.Value())) {
			break
		}
	}
	t = term
	for k := peak; k > first; k-- {
		t = t.Mul(v.AddConst(k)).Scale(k / q)
		sum = sum.Add(t)
		if !(math.Abs(t.Value()) > 1e-22*math.Abs(sum.Value())) {
			break
		}
	}
	f := 1.0
	for k := 0.0; k < first; k++ {
		if k > 0 {
			f *= k
		}
		sum = sum.Add(v.AddConst(2 * k).Scale(h).AddConst(-x).Exp().Mul(rgamma(v.AddConst(k + 1))).Scale(1 / f))
	}
	return sum
}

// iveLarge is ive by Hankel's expansion, DLMF 10.40.1, where it has converged
// long before it diverges.
func iveLarge[T dual.Real[T]](v T, x float64) T {
	m := v.Sqr().Scale(4)
	sum := v.Const(1)
	t := sum
	// The terms of half an odd integer end, but not those of derivatives.
	bound := 1.0
	for k := 1.0; bound > 1e-20; k++ {
		odd := (2*k - 1) * (2*k - 1)
		t = t.Mul(m.AddConst(-odd)).Scale(-1 / (8 * k * x))
		sum = sum.Add(t)
		bound *= (m.Value() + odd) / (8 * k * x)
	}
	return sum.Scale(1 / math.Sqrt(2*math.Pi*x))
}

// rgamma returns 1/Γ(x), which is 0 at the poles: the product of the factors
// that lead to a positive argument.
func rgamma[T dual.Real[T]](x T) T {
	n := math.Max(0, math.Ceil(1-x.Value()))
	y := x.AddConst(n).Lgamma().Neg().Exp()
	if n == 0 && x.Value() < 20 {
		y = x.Gamma().Inv()
	}
	for i := n - 1; i >= 0; i-- {
		y = y.Mul(x.AddConst(i))
	}
	return y
}
