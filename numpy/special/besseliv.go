package special

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/special"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// ivOp and iveOp are the derivatives of I_v(x) and of exp(-|x|)·I_v(x) of the
// orders in the parameter, a [2]int, for v and x.
var (
	ivOp  = &np.Op{Name: "special.Iv"}
	iveOp = &np.Op{Name: "special.Ive"}
)

func init() {
	for op, f := range map[*np.Op]func(k, l int, v, x float64) float64{ivOp: ivDerivative, iveOp: iveDerivative} {
		define(op, values2(op.Name, func(n any, v, x float64) float64 {
			order := n.([2]int)
			return f(order[0], order[1], v, x)
		}), func(c *np.Call, i int) np.Array {
			n := c.Param.([2]int)
			n[i]++
			return op.Apply(n, c.In...)
		})
	}
}

// Iv returns the modified Bessel function of the first kind of real order v,
// which has derivatives too. For negative x the order must be an integer and
// must not vary; otherwise the result is NaN. At x = 0 it is 1 for v = 0,
// infinite for negative v other than integers, and else 0; at +Inf it is +Inf.
// Where the derivative for v is far smaller than the value, as near v = 0, its
// error is relative to the latter. The value comes from the Wronskian
// with Kv, NIST DLMF 10.28.2, and Hankel's expansion, 10.40.1, derivatives for v
// from the latter and from the power series, 10.25.2.
func Iv(v, x np.Array) np.Array { return ivOp.Apply([2]int{}, v, x) }

// Ive returns exp(-|x|)·I_v(x), which does not overflow; see [Iv]. For an
// integer order derivatives at x = 0 are means of both sides. Unless x exceeds
// 40 and v²/2, the error of a derivative for x is relative to the value, of
// which the exponential has taken away most of the variation.
func Ive(v, x np.Array) np.Array { return iveOp.Apply([2]int{}, v, x) }

// besselDomain settles what the functions of order v do at a negative x: it
// returns |x| and the sign of the derivative of order l there, or false where
// the result is NaN.
func besselDomain(l int, v, x float64) (abs, sign float64, ok bool) {
	switch {
	case v != v || x != x || math.IsInf(v, 0):
		return 0, 0, false
	case x >= 0:
		return x, 1, true
	case v != math.Trunc(v):
		return 0, 0, false
	}
	return -x, alternate(int(math.Mod(v, 2))+l, 1), true
}

// ivDerivative returns the derivative of I_v(x) of order k for v and l for x,
// from those of neighbouring orders, NIST DLMF 10.29.5.
func ivDerivative(k, l int, v, x float64) float64 {
	x, sign, ok := besselDomain(l, v, x)
	switch {
	case !ok || sign < 0 && k > 0:
		return math.NaN()
	case math.IsInf(x, 1) && k == 0:
		return sign * x
	}
	sum := 0.0
	for i := range l + 1 {
		t := ivePositive(k, v+float64(2*i-l), x)
		if x == 0 && math.IsInf(t, 0) {
			return sign * t // as x goes to 0 the lowest order outweighs the others
		}
		sum += binomial(l, i) * t
	}
	e := math.Exp(0.5 * x) // twice, for exp(x) might overflow
	return sign * math.Ldexp(sum, -l) * e * e
}

// iveDerivative returns the derivative of exp(-|x|)·I_v(x) of order k for v and
// l for x.
func iveDerivative(k, l int, v, x float64) float64 {
	x, sign, ok := besselDomain(l, v, x)
	switch {
	case !ok || sign < 0 && k > 0:
		return math.NaN()
	case math.IsInf(x, 1):
		return 0
	case l > 0 && besselIsLarge(v, x):
		if k == 0 {
			return sign * besselLarge(dual.Float(v), x, -1, l).Value() / math.Sqrt(2*math.Pi*x)
		}
		return sign * besselLarge(jet.Variable(v, k), x, -1, l).Derivative(k) / math.Sqrt(2*math.Pi*x)
	}
	row := make([]float64, 2*l+1)
	for i := range row {
		row[i] = ivePositive(k, v+float64(i-l), x)
		if x == 0 && i&1 == 0 && math.IsInf(row[i], 0) {
			return sign * row[i]
		}
	}
	if x == 0 && l > 0 && v == math.Trunc(v) {
		other := append([]float64(nil), row...)
		return 0.5 * (besselNeighbours(row, 1) + besselNeighbours(other, -1))
	}
	return sign * besselNeighbours(row, 1)
}

// besselNeighbours returns what is left of a row of functions of successive
// orders if each is replaced by half the sum of its neighbours less s times
// itself until one remains. It overwrites the row.
func besselNeighbours(row []float64, s float64) float64 {
	for ; len(row) > 1; row = row[:len(row)-2] {
		for i := range len(row) - 2 {
			row[i] = 0.5*(row[i]+row[i+2]) - s*row[i+1]
		}
	}
	return row[0]
}

// ivePositive returns the k-th derivative of exp(-x)·I_v(x) for v, for x ≥ 0.
func ivePositive(k int, v, x float64) float64 {
	switch {
	case k == 0 && x > 0 && besselIsLarge(v, x):
		return besselLarge(dual.Float(v), x, -1, 0).Value() / math.Sqrt(2*math.Pi*x)
	case k == 0:
		return special.BesselIe(v, x)
	case math.IsInf(x, 1), x == 0 && v > 0:
		return 0
	case x == 0:
		return math.NaN()
	}
	var w jet.Workspace[float64]
	return ive(w.Variable(v, k), x).Derivative(k)
}

// ive returns exp(-x)·I_v(x) for positive x.
func ive[T dual.Real[T]](v T, x float64) T {
	order := v.Value()
	if besselIsLarge(order, x) {
		return besselLarge(v, x, -1, 0).Scale(1 / math.Sqrt(2*math.Pi*x))
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

// besselIsLarge reports whether Hankel's expansion has converged long before it
// diverges.
func besselIsLarge(v, x float64) bool { return x > 40 && v*v < 2*x }

// besselLarge returns √x times the l-th derivative for x of the expansion in
// x^(-1/2-k) with the coefficients a_k(v)·s^k of Hankel, DLMF 10.17.1: with
// s = -1 and 1 for I and K, 10.40.1 and 10.40.2.
func besselLarge[T dual.Real[T]](v T, x, s float64, l int) T {
	m := v.Sqr().Scale(4)
	t := v.Const(1)
	sum := t.Scale(besselSlope(0, l, x))
	// The terms of half an odd integer end, but not those of derivatives.
	bound := 1.0
	for k := 1.0; bound*math.Pow(2*k+1, float64(l)) > 1e-20 && k < 100; k++ {
		odd := (2*k - 1) * (2*k - 1)
		t = t.Mul(m.AddConst(-odd)).Scale(s / (8 * k * x))
		sum = sum.Add(t.Scale(besselSlope(k, l, x)))
		bound *= (m.Value() + odd) / (8 * k * x)
	}
	return sum
}

// besselSlope returns the l-th derivative of x^(-1/2-k), divided by that power.
func besselSlope(k float64, l int, x float64) float64 {
	c := 1.0
	for i := range l {
		c *= -(0.5 + k + float64(i)) / x
	}
	return c
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
