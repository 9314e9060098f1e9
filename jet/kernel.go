package jet

import (
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/rule"
)

// This file holds the recurrences of Taylor arithmetic, once, for coefficients
// of any type T. The generator in gen rewrites them for native floats, where a
// method of T becomes an operator.
//
// A kernel computes coefficient k > 0 of its result z from the coefficients up
// to k of its operands and those below k of z; z[0] is set by the caller. So it
// serves a whole series, order by order, as well as a set of differential
// equations, whose solution is not known beyond k either. Operands may be
// shorter than z: what they lack is 0.
//
// Griewank and Walther, Evaluating Derivatives, chapter 13, has most of the
// recurrences.

// conv returns Σ x[j]·y[k-j] for j from lo to hi, as far as both exist. It adds
// up every other term by itself, for an addition has to wait for the one before.
func conv[T dual.Real[T]](x, y []T, k, lo, hi int) T {
	lo, hi = max(lo, k+1-len(y)), min(hi, len(x)-1)
	if lo > hi {
		return zero[T]()
	}
	x, y = x[lo:hi+1], y[k-hi:k-lo+1]
	a, b := x[1:], y[:len(y)-1]
	s := x[0].Mul(y[len(y)-1])
	if len(a) > 0 && len(b) > 0 {
		t := a[0].Mul(b[len(b)-1])
		a, b = a[1:], b[:len(b)-1]
		for len(a) >= 2 && len(b) >= 2 {
			s = s.Add(a[0].Mul(b[len(b)-1]))
			t = t.Add(a[1].Mul(b[len(b)-2]))
			a, b = a[2:], b[:len(b)-2]
		}
		if len(a) > 0 && len(b) > 0 {
			s = s.Add(a[0].Mul(b[len(b)-1]))
		}
		s = s.Add(t)
	}
	if isNaN(s) {
		return convAbsorb(x, y)
	}
	return s
}

// convAbsorb is conv in which a coefficient that is exactly 0 absorbs an
// infinite or unknown one.
func convAbsorb[T dual.Real[T]](x, y []T) T {
	s := zero[T]()
	for j := range x {
		if v, w := x[j], y[len(y)-1-j]; !isZero(v) && !isZero(w) {
			s = s.Add(v.AZMul(w))
		}
	}
	return s
}

// weigh returns Σ j·x[j]·y[k-j] for j from 1 to hi, as far as both exist.
func weigh[T dual.Real[T]](x, y []T, k, hi int) T {
	lo, hi := max(1, k+1-len(y)), min(hi, len(x)-1)
	if lo > hi {
		return zero[T]()
	}
	x, y = x[lo:hi+1], y[k-hi:k-lo+1]
	a, b, c := x[1:], y[:len(y)-1], float64(lo)
	s := x[0].Mul(y[len(y)-1]).Scale(c)
	if len(a) > 0 && len(b) > 0 {
		t := a[0].Mul(b[len(b)-1]).Scale(c + 1)
		a, b, c = a[1:], b[:len(b)-1], c+2
		for len(a) >= 2 && len(b) >= 2 {
			s = s.Add(a[0].Mul(b[len(b)-1]).Scale(c))
			t = t.Add(a[1].Mul(b[len(b)-2]).Scale(c + 1))
			a, b, c = a[2:], b[:len(b)-2], c+2
		}
		if len(a) > 0 && len(b) > 0 {
			s = s.Add(a[0].Mul(b[len(b)-1]).Scale(c))
		}
		s = s.Add(t)
	}
	if isNaN(s) {
		return weighAbsorb(x, y, float64(lo))
	}
	return s
}

// weighAbsorb is weigh with the rule of convAbsorb.
func weighAbsorb[T dual.Real[T]](x, y []T, c float64) T {
	s := zero[T]()
	for j := range x {
		if v, w := x[j], y[len(y)-1-j]; !isZero(v) && !isZero(w) {
			s = s.Add(v.Scale(c).AZMul(w))
		}
		c++
	}
	return s
}

// square returns coefficient k > 0 of x².
func square[T dual.Real[T]](x []T, k int) T {
	s := conv(x, x, k, 0, (k-1)/2).Scale(2)
	if h := k / 2; k == 2*h && h < len(x) {
		s = s.Add(x[h].Sqr())
	}
	return s
}

// at returns x[k], or 0 beyond the end.
func at[T dual.Real[T]](x []T, k int) T {
	if k < len(x) {
		return x[k]
	}
	return zero[T]()
}

// trim returns x without zeros at its end, which would only cost time: the
// square of a variable has one term a coefficient.
func trim[T dual.Real[T]](x []T) []T {
	for len(x) > 1 && isZero(x[len(x)-1]) {
		x = x[:len(x)-1]
	}
	return x
}

// ratio returns x/y, and 0 where x is exactly 0, whatever y.
func ratio[T dual.Real[T]](x, y T) T {
	if isZero(x) {
		return x
	}
	return x.Div(y)
}

// plus returns x+y.
func plus[T dual.Real[T]](x, y T) T { return x.Add(y) }

// weight returns c·x, and 0 where c is exactly 0.
func weight[T dual.Real[T]](c, x T) T { return c.AZMul(x) }

// signOne returns ±1 with the sign of x, element by element.
func signOne[T dual.Real[T]](x T) T { return x.Const(1).Copysign(x) }

// signs returns the signs of the first coefficients that are not 0, element by
// element, and 0 where all are.
func signs[T dual.Real[T]](x []T) T {
	s := x[0].Sign()
	for k := 1; k < len(x); k++ {
		s = s.Add(s.Sqr().Neg().AddConst(1).AZMul(x[k].Sign()))
	}
	return s
}

// share returns 1 where side·s is 1, ½ where s is 0, and 0 elsewhere.
func share[T dual.Real[T]](s T, side int) T { return s.Scale(0.5 * float64(side)).AddConst(0.5) }

// addStep takes z = x + p·y for z[k], where p is 1 or -1.
func addStep[T dual.Real[T]](z, x, y []T, p float64, k int) {
	switch {
	case k >= len(y):
		z[k] = at(x, k)
	case k < len(x) && p > 0:
		z[k] = x[k].Add(y[k])
	case k < len(x):
		z[k] = x[k].Sub(y[k])
	case p > 0:
		z[k] = y[k]
	default:
		z[k] = y[k].Neg()
	}
}

func mulStep[T dual.Real[T]](z, x, y []T, k int) { z[k] = conv(x, y, k, 0, k) }

func sqrStep[T dual.Real[T]](z, x []T, k int) { z[k] = square(x, k) }

// divStep takes z·y = x for z[k]. The residual of the rounded z[0] enters too,
// for x[k] and z[0]·y[k] often cancel: the derivatives of (1-y)/(1+y) for a
// large y are all in the digits that z[0] has lost.
func divStep[T dual.Real[T]](z, x, y []T, k int) {
	t := at(x, k)
	if v := at(y, k); !isZero(v) {
		t = v.Neg().FMA(z[0], t)
		if lo := rule.Residual(x[0].Value(), z[0].Value(), y[0].Value()); lo != 0 {
			t = t.Sub(v.Scale(lo))
		}
	}
	z[k] = ratio(t.Sub(conv(z, y, k, 1, k-1)), y[0])
}

// sqrtStep takes z² = x for z[k].
func sqrtStep[T dual.Real[T]](z, x []T, k int) {
	t := at(x, k)
	if k > 2 {
		t = t.Sub(conv(z, z, k, 1, (k-1)/2).Scale(2))
	}
	if k%2 == 0 {
		t = t.Sub(z[k/2].Sqr())
	}
	z[k] = ratio(t, z[0].Scale(2))
}

// powStep takes x·z' = p·z·x' for z[k].
func powStep[T dual.Real[T]](z, x []T, p float64, k int) {
	s := zero[T]()
	for j := 1; j <= min(k, len(x)-1); j++ {
		if c := (p+1)*float64(j) - float64(k); c != 0 {
			s = s.Add(x[j].Mul(z[k-j]).Scale(c))
		}
	}
	z[k] = ratio(s, x[0].Scale(float64(k)))
}

// chainStep takes z' = g·x' for z[k].
func chainStep[T dual.Real[T]](z, x, g []T, k int) { z[k] = over(weigh(x, g, k, k), k) }

// expStep takes z' = c·z·x' for z[k].
func expStep[T dual.Real[T]](z, x []T, c float64, k int) {
	z[k] = over(weigh(x, z, k, k), k).Scale(c)
}

// logStep takes x·z' = c·x' for z[k], where r stands for x[0].
func logStep[T dual.Real[T]](z, x []T, r T, c float64, k int) {
	z[k] = ratio(at(x, k).Scale(c).Sub(over(weigh(z, x, k, k-1), k)), r)
}

// sincosStep takes s' = c·x' and c' = sign·s·x' for s[k] and c[k].
func sincosStep[T dual.Real[T]](s, c, x []T, sign float64, k int) {
	t := over(weigh(x, s, k, k), k)
	s[k] = over(weigh(x, c, k, k), k)
	c[k] = t.Scale(sign)
}

// tanStep takes z' = g·x' and g' = sign·(z²)' for z[k] and g[k]. That
// keeps the digits which 1-z² would lose in the tails of tanh.
func tanStep[T dual.Real[T]](z, g, x []T, sign float64, k int) {
	chainStep(z, x, g, k)
	g[k] = square(z, k).Scale(sign)
}

// erfinvStep takes z' = e·x', u = z² and e' = e·u' for z[k], u[k] and e[k].
func erfinvStep[T dual.Real[T]](z, u, e, x []T, k int) {
	chainStep(z, x, e, k)
	u[k] = square(z, k)
	chainStep(e, u, e, k)
}

// lambertStep takes h·z' = x', g' = g·z' and h = g + x for z[k], g[k] and h[k],
// where g = exp z and h = (1+z)·exp z.
func lambertStep[T dual.Real[T]](z, g, h, x []T, k int) {
	z[k] = ratio(at(x, k).Sub(over(weigh(z, h, k, k-1), k)), h[0])
	chainStep(g, z, g, k)
	h[k] = g[k].Add(at(x, k))
}

// gammaStep takes z' = g·x' and g = z·p for z[k] and g[k], where p is
// the digamma function of x.
func gammaStep[T dual.Real[T]](z, g, x, p []T, k int) {
	chainStep(z, x, g, k)
	g[k] = conv(z, p, k, 0, k)
}

// composeStep takes z = Σ d[i]·(x-x[0])^i for z[k]. Row i-1 of q, of len(z)
// elements, holds the power i.
func composeStep[T dual.Real[T]](z, x, d, q []T, k int) {
	n := len(z)
	s := zero[T]()
	for i := 1; i <= k; i++ {
		p := at(x, k)
		if i > 1 {
			p = conv(x, q[(i-2)*n:(i-1)*n], k, 1, k-i+1)
		}
		q[(i-1)*n+k] = p
		if !isZero(p) {
			s = s.Add(p.Mul(d[i]))
		}
	}
	z[k] = s
}

// absStep takes z = |x| for z[k] where x[0] is 0. The sign is that of the first
// coefficient of x that is not 0, and 0 before; it returns the new one.
func absStep[T dual.Real[T]](z, x []T, sign float64, k int) float64 {
	if k == 1 {
		sign = 0
	}
	if sign == 0 {
		sign = float64(signOf(at(x, k)))
	}
	z[k] = at(x, k).Scale(sign)
	return sign
}
