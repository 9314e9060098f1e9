package special

import (
	"math"
	"strings"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/special"
	np "github.com/dualjet/dualjet/numpy"
)

// The operations are the l-th derivatives for x; the parameter is l.
var (
	jvOp  = &np.Op{Name: "special.Jv"}
	yvOp  = &np.Op{Name: "special.Yv"}
	kvOp  = &np.Op{Name: "special.Kv"}
	kveOp = &np.Op{Name: "special.Kve"}
)

func init() {
	for op, f := range map[*np.Op]func(l int, v, x float64) float64{
		jvOp: jvDerivative, yvOp: yvDerivative, kvOp: kvDerivative, kveOp: kveDerivative,
	} {
		define(op, values2(op.Name, func(l any, v, x float64) float64 { return f(l.(int), v, x) }),
			func(c *np.Call, i int) np.Array {
				if i == 0 {
					np.Fail("special: %s: no derivative for the order", strings.TrimPrefix(op.Name, "special."))
				}
				return op.Apply(c.Param.(int)+1, c.In...)
			})
	}
}

// Jv returns the Bessel function of the first kind of real order v. For
// negative x the order must be an integer; otherwise the result is NaN. At
// x = 0 it is 1 for v = 0, infinite for negative v other than integers, and
// else 0.
//
// The error is a few units in the last place of the amplitude of Jv and Yv, or
// of the function itself where |v| exceeds x; it grows with the order, to some
// 2e-14 at 1000. The order has no derivative: if it varies Jv panics with a
// numpy.Error as soon as a derivative is wanted.
func Jv(v, x np.Array) np.Array { return jvOp.Apply(0, v, x) }

// Yv returns the Bessel function of the second kind of real order v, which is
// NaN for negative x and -Inf at 0 unless v is negative; see [Jv].
func Yv(v, x np.Array) np.Array { return yvOp.Apply(0, v, x) }

// Kv returns the modified Bessel function of the second kind of real order v,
// which is NaN for negative x and +Inf at 0. The order has no derivative; see
// [Jv].
func Kv(v, x np.Array) np.Array { return kvOp.Apply(0, v, x) }

// Kve returns exp(x)·K_v(x), which does not underflow; see [Kv], and [Ive] for
// the accuracy of derivatives.
func Kve(v, x np.Array) np.Array { return kveOp.Apply(0, v, x) }

// wholeOrder is the largest order for which the functions of integer order
// serve.
const wholeOrder = 1 << 30

func jvDerivative(l int, v, x float64) float64 {
	x, sign, ok := besselDomain(l, v, x)
	switch {
	case !ok:
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	case v == math.Trunc(v) && math.Abs(v) < wholeOrder:
		d := make([]float64, l+1)
		special.BesselJDerivatives(d, int(v), x)
		return sign * d[l]
	case v < 0:
		// J_{-v} = cos πv·J_v - sin πv·Y_v, NIST DLMF 10.4.6, where the latter
		// outweighs the former if both are infinite.
		sin, cos := special.SincosPi(-v)
		return outweigh(weigh(cos, jvDerivative(l, -v, x)), weigh(-sin, yvDerivative(l, -v, x)))
	}
	sum := 0.0
	for i := range l + 1 {
		t := jAt(v+float64(2*i-l), x)
		if x == 0 && math.IsInf(t, 0) {
			return t // as x goes to 0 the lowest order outweighs the others
		}
		sum += alternate(i, binomial(l, i)) * t
	}
	return math.Ldexp(sum, -l)
}

// jAt returns J_v(x) for x ≥ 0.
func jAt(v, x float64) float64 {
	if v < 0 {
		return jvDerivative(0, v, x)
	}
	j, _ := special.BesselJY(v, x)
	return j
}

func yvDerivative(l int, v, x float64) float64 {
	switch {
	case v != v || math.IsInf(v, 0) || !(x >= 0):
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	case x == 0 && v >= 0:
		return alternate(l, math.Inf(-1))
	case v == math.Trunc(v) && math.Abs(v) < wholeOrder:
		d := make([]float64, l+1)
		special.BesselYDerivatives(d, int(v), x)
		return d[l]
	case v < 0:
		sin, cos := special.SincosPi(-v)
		return outweigh(weigh(sin, jvDerivative(l, -v, x)), weigh(cos, yvDerivative(l, -v, x)))
	}
	sum := 0.0
	for i := range l + 1 {
		sum = outweigh(sum, alternate(i, binomial(l, i))*yAt(v+float64(2*i-l), x))
	}
	return math.Ldexp(sum, -l)
}

// yAt returns Y_v(x) for x ≥ 0.
func yAt(v, x float64) float64 {
	if v < 0 {
		return yvDerivative(0, v, x)
	}
	_, y := special.BesselJY(v, x)
	return y
}

// weigh returns c·x, and 0 where c is 0.
func weigh(c, x float64) float64 {
	if c == 0 {
		return 0
	}
	return c * x
}

// outweigh returns a+b, and b where both are infinite.
func outweigh(a, b float64) float64 {
	if math.IsInf(b, 0) {
		return b
	}
	return a + b
}

func kvDerivative(l int, v, x float64) float64 {
	switch {
	case v != v || math.IsInf(v, 0) || !(x >= 0):
		return math.NaN()
	case x == 0:
		return alternate(l, math.Inf(1))
	}
	sum := 0.0
	for i := range l + 1 {
		sum += binomial(l, i) * special.BesselKe(math.Abs(v+float64(2*i-l)), x)
	}
	e := math.Exp(-0.5 * x)
	return alternate(l, math.Ldexp(sum, -l)) * e * e
}

func kveDerivative(l int, v, x float64) float64 {
	switch {
	case v != v || math.IsInf(v, 0) || !(x >= 0):
		return math.NaN()
	case x == 0:
		return alternate(l, math.Inf(1))
	case math.IsInf(x, 1):
		return 0
	case l > 0 && besselIsLarge(v, x):
		return besselLarge(dual.Float(v), x, 1, l).Value() * math.Sqrt(math.Pi/(2*x))
	}
	row := make([]float64, 2*l+1)
	for i := range row {
		row[i] = special.BesselKe(math.Abs(v+float64(i-l)), x)
	}
	if y := alternate(l, besselNeighbours(row, 1)); y == y {
		return y
	}
	return alternate(l, math.Inf(1)) // close to 0, where all overflow
}
