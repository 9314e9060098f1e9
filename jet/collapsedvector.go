package jet

import "math"

// The methods below do a function of package dual in one step. What a sum
// gathers from a term is only in the directions of that term, so that a linear
// combination of variables costs no more than its length.

// A reach is the range of directions of several numbers.
type reach struct {
	lo, hi int
	w      *collapse
}

func (r *reach) add(x Collapsed) {
	s := x.span()
	switch {
	case len(s.a) == 0:
		if r.w == nil {
			r.w = s.w
		}
	case r.lo == r.hi:
		*r = reach{s.lo, s.lo + s.size(), s.w}
	default:
		r.w.check(s.w)
		r.lo, r.hi = min(r.lo, s.lo), max(r.hi, s.lo+s.size())
	}
}

// zero returns a span of zeros, or that of constants.
func (r *reach) zero() *span {
	switch {
	case r.w == nil:
		return &constantSpan
	case r.lo == r.hi:
		return &r.w.none
	}
	z := r.w.span(r.lo, r.hi-r.lo, 0)
	clear(z.a)
	return z
}

// scratch returns room for as many numbers as x has.
func scratch(x []Collapsed) []Collapsed {
	var r reach
	for _, v := range x {
		r.add(v)
	}
	if r.w == nil {
		return make([]Collapsed, len(x))
	}
	if cap(r.w.scratch) < len(x) {
		r.w.scratch = make([]Collapsed, len(x))
	}
	return r.w.scratch[:len(x)]
}

// gather adds p·x to z.
func (z *span) gather(p float64, x Collapsed) {
	if !x.constant() {
		z.top += product(p, x.s.top)
		z.accumulate(p, x.s)
	}
}

// gatherProduct adds x·y, of which the values are done, to z.
func (z *span) gatherProduct(x, y Collapsed) {
	z.gather(y.v, x)
	z.gather(x.v, y)
	switch {
	case x.constant() || y.constant():
	case z.w.order == 2:
		z.top += cross2(x.s, y.s)
	default:
		z.top += z.cross4(x.s, y.s)
	}
}

// FuseSum is dual.Sum. Its receiver is not used, as in all methods here.
func (*Collapsed) FuseSum(x []Collapsed) Collapsed {
	var r reach
	v := 0.0
	for i, x := range x {
		r.add(x)
		if i == 0 {
			v = x.v
		} else {
			v += x.v
		}
	}
	z := r.zero()
	for _, x := range x {
		z.gather(1, x)
	}
	return Collapsed{v, z}
}

// FuseLinComb is dual.LinComb for slices of equal length.
func (*Collapsed) FuseLinComb(c []float64, x []Collapsed) Collapsed {
	var r reach
	v := 0.0
	for i, x := range x {
		r.add(x)
		v += c[i] * x.v
	}
	z := r.zero()
	for i, x := range x {
		z.gather(c[i], x)
	}
	return Collapsed{v, z}
}

// FuseDot is dual.Dot for slices of equal length.
func (*Collapsed) FuseDot(x, y []Collapsed) Collapsed {
	var r reach
	v := 0.0
	for i, x := range x {
		r.add(x)
		r.add(y[i])
		v += x.v * y[i].v
	}
	z := r.zero()
	for i, x := range x {
		z.gatherProduct(x, y[i])
	}
	return Collapsed{v, z}
}

// FuseSumSq is dual.SumSq.
func (c *Collapsed) FuseSumSq(x []Collapsed) Collapsed { return c.FuseDot(x, x) }

// FuseNorm is dual.Norm for a finite largest magnitude big > 0.
func (c *Collapsed) FuseNorm(x []Collapsed, big float64) Collapsed {
	// A power of two scales exactly; two steps, for its inverse may overflow.
	_, e := math.Frexp(big)
	down, up := math.Ldexp(1, -e/2), math.Ldexp(1, e/2)
	y := scratch(x)
	for i, v := range x {
		y[i] = v.Scale(down).Scale(down)
	}
	return c.FuseDot(y, y).Sqrt().Scale(up).Scale(up)
}

// FuseLogSumExp is dual.LogSumExp for a finite largest value top.
func (c *Collapsed) FuseLogSumExp(x []Collapsed, top float64) Collapsed {
	y := scratch(x)
	for i, v := range x {
		y[i] = v.AddConst(-top).Exp()
	}
	return c.FuseSum(y).Log().AddConst(top)
}

// FuseProd is dual.Prod for at least one element.
func (*Collapsed) FuseProd(x []Collapsed) Collapsed {
	s := x[0]
	for _, v := range x[1:] {
		s = s.Mul(v)
	}
	return s
}

// FusePoly is dual.Poly, by Horner's rule for the polynomial and its Taylor
// coefficients at the value of x.
func (*Collapsed) FusePoly(x Collapsed, c []float64) Collapsed {
	var d coefs
	for i := len(c) - 1; i >= 0; i-- {
		for k := len(d) - 1; k > 0; k-- {
			d[k] = d[k]*x.v + d[k-1]
		}
		d[0] = d[0]*x.v + c[i]
	}
	return x.compose(&d)
}
