package numpy

import (
	"math"
	"slices"
)

// Functions that choose: the larger, the one where a condition holds. At a tie
// operands share the derivative equally.

var (
	maximumOp = &Op{Name: "Maximum", Broadcast: true}
	minimumOp = &Op{Name: "Minimum", Broadcast: true}
	fmaxOp    = &Op{Name: "FMax", Broadcast: true}
	fminOp    = &Op{Name: "FMin", Broadcast: true}
	whereOp   = &Op{Name: "Where", Broadcast: true}
	absOp     = &Op{Name: "Abs"}
	nanNumOp  = &Op{Name: "NanToNum"}
)

func init() {
	// In Maximum and Minimum NaN wins, in FMax and FMin it loses.
	maximumOp.choose(func(x, y float64) float64 { return max(x, y) }, func(x, y float64) bool { return x > y || x != x })
	minimumOp.choose(func(x, y float64) float64 { return min(x, y) }, func(x, y float64) bool { return x < y || x != x })
	fmaxOp.choose(fmax, func(x, y float64) bool { return x > y || y != y })
	fminOp.choose(func(x, y float64) float64 { return -fmax(-x, -y) }, func(x, y float64) bool { return x < y || y != y })

	whereOp.Eval = func(c *Call) Array { return whereValue(c.In[0], c.In[1], c.In[2]) }
	part := func(c *Call, i int, v Array) Array {
		switch i {
		case 1:
			return Where(c.In[0], v, Array{})
		case 2:
			return Where(c.In[0], Array{}, v)
		}
		return Array{}
	}
	whereOp.JVP, whereOp.VJP = part, part
	whereOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		terms := make([]Array, order)
		for k := range terms {
			if a, b := coef(x[1], k+1), coef(x[2], k+1); !a.isZero() || !b.isZero() {
				terms[k] = Where(c.In[0], a, b)
			}
		}
		return terms
	}

	absOp.Eval = func(c *Call) Array {
		b := c.In[0].data()
		z := newReal(b.lay)
		if b.complex() {
			for i, v := range b.complexes() {
				z.re[i] = math.Hypot(real(v), imag(v))
			}
			return plain(z)
		}
		for i, v := range b.reals() {
			z.re[i] = math.Abs(v)
		}
		return plain(z)
	}
	absOp.JVP = func(c *Call, _ int, v Array) Array {
		if x := c.In[0]; x.IsComplex() {
			return AZMul(v, azDiv(Conj(x), c.Out[0]))
		}
		return AZMul(v, Sign(c.In[0]))
	}
	absOp.VJP = absOp.JVP

	nanNumOp.Eval = func(c *Call) Array {
		b, by := c.In[0].data(), c.Param.([3]float64)
		z := newReal(b.lay)
		for i, v := range b.reals() {
			switch {
			case v != v:
				v = by[0]
			case math.IsInf(v, 1):
				v = by[1]
			case math.IsInf(v, -1):
				v = by[2]
			}
			z.re[i] = v
		}
		return plain(z)
	}
	nanNumOp.JVP = func(c *Call, _ int, v Array) Array { return AZMul(v, IsFinite(c.In[0])) }
	nanNumOp.VJP = nanNumOp.JVP
}

// choose makes op the choice by value, of which first tells where it is the
// first operand.
func (op *Op) choose(value func(x, y float64) float64, first func(x, y float64) bool) {
	share := pair(op.Name, func(x, y float64) float64 {
		switch {
		case x == y:
			return 0.5
		case first(x, y):
			return 1
		}
		return 0
	}, nil)
	shareOp := &Op{Name: op.Name, Broadcast: true, Flat: true, Eval: evalBinary(share)}
	weight := func(c *Call, i int) Array {
		w := shareOp.apply2(nil, c.In[0], c.In[1])
		if i == 1 {
			w = w.Neg().AddConst(1)
		}
		return w
	}
	b := pair(op.Name, value, nil)
	switch op {
	case maximumOp:
		b.loop = func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i, v := range x {
				dst[i] = max(v, y[i])
			}
		}
	case minimumOp:
		b.loop = func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i, v := range x {
				dst[i] = min(v, y[i])
			}
		}
	}
	op.define(b, func(c *Call, i int, v Array) Array { return AZMul(v, weight(c, i)) })
	op.Taylor = func(c *Call, x [][]Array, order int) []Array {
		terms := make([]Array, order)
		for k := range terms {
			for i := range x {
				if v := coef(x[i], k+1); !v.isZero() {
					terms[k] = plus(terms[k], AZMul(v, weight(c, i)))
				}
			}
		}
		return terms
	}
}

func fmax(x, y float64) float64 {
	switch {
	case x != x:
		return y
	case y != y:
		return x
	}
	return math.Max(x, y)
}

// Maximum returns the larger of x and y, element by element, and NaN where one
// is NaN. Complex numbers are ordered as by [Less].
func Maximum(x, y Array) Array {
	if x.IsComplex() || y.IsComplex() {
		return chooseComplex(x, y, Greater(x, y), IsNaN(x), IsNaN(y))
	}
	return maximumOp.apply2(nil, x, y)
}

// Minimum returns the smaller of x and y, element by element, and NaN where
// one is NaN; see [Maximum].
func Minimum(x, y Array) Array {
	if x.IsComplex() || y.IsComplex() {
		return chooseComplex(x, y, Less(x, y), IsNaN(x), IsNaN(y))
	}
	return minimumOp.apply2(nil, x, y)
}

// FMax is [Maximum], but takes the other where one is NaN.
func FMax(x, y Array) Array {
	if x.IsComplex() || y.IsComplex() {
		return chooseComplex(x, y, Greater(x, y), IsNaN(y), IsNaN(x))
	}
	return fmaxOp.apply2(nil, x, y)
}

// FMin is [Minimum], but takes the other where one is NaN.
func FMin(x, y Array) Array {
	if x.IsComplex() || y.IsComplex() {
		return chooseComplex(x, y, Less(x, y), IsNaN(y), IsNaN(x))
	}
	return fminOp.apply2(nil, x, y)
}

// chooseComplex returns x where a holds, else y where b holds, else x where it
// is first, else y, and the mean of both where they are equal.
func chooseComplex(x, y, first, a, b Array) Array {
	z := Where(LogicalOr(a, LogicalAnd(first, LogicalNot(b))), x, y)
	tie := Equal(x, y)
	if !slices.Contains(tie.Float64s(), 1) {
		return z
	}
	return Where(tie, Add(x, y).Scale(0.5), z)
}

// Clip returns x with the elements below lo and above hi replaced by these. On
// a bound the derivative is half that of x. Where lo > hi the result is hi. An
// infinite bound is none.
func Clip(x, lo, hi Array) Array { return Minimum(Maximum(x, lo), hi) }

// Where returns x where the condition is not 0, and y elsewhere, after
// broadcasting all three. The derivative of what is not taken is 0, even where
// it is infinite or NaN.
func Where(cond, x, y Array) Array { return whereOp.Apply(nil, cond, x, y) }

func whereValue(cond, x, y Array) Array {
	shape, ok := broadcastShape(x.Shape(), y.Shape())
	if ok {
		shape, ok = broadcastShape(shape, cond.Shape())
	}
	if !ok {
		fail("Where: shapes %s, %s and %s do not broadcast", shapeString(cond.Shape()), shapeString(x.Shape()), shapeString(y.Shape()))
	}
	if cond.IsComplex() {
		cond = NotEqual(cond, Array{})
	}
	lay := newLayout(shape)
	c, dc := stretched(cond, shape, reals)
	if x.IsComplex() || y.IsComplex() {
		z := newComplex(lay)
		p, dp := stretched(x, shape, complexes)
		q, dq := stretched(y, shape, complexes)
		selectInto(z.cx, c, p, q, dc, dp, dq)
		return plain(z)
	}
	z := like2(lay, x.data(), y.data())
	p, dp := stretched(x, shape, reals)
	q, dq := stretched(y, shape, reals)
	selectInto(z.re, c, p, q, dc, dp, dq)
	return plain(z)
}

// reals and complexes return the numbers of x for an operation, which does not
// hold them.
func reals(x Array) []float64 { return x.data().reals() }

func complexes(x Array) []complex128 { return x.data().complexes() }

// stretched returns the elements of x in the shape and the step between them,
// which is 0 for a single one.
func stretched[T any](x Array, shape []int, elements func(Array) []T) ([]T, int) {
	if x.Size() == 1 {
		return elements(x), 0
	}
	return elements(BroadcastTo(x, shape...)), 1
}

// selectInto puts p into z where c is not 0, and q elsewhere, in their steps.
func selectInto[T any](z []T, c []float64, p, q []T, dc, dp, dq int) {
	if dc+dp+dq == 3 {
		c, p, q = c[:len(z)], p[:len(z)], q[:len(z)]
		for i, v := range c {
			if v != 0 {
				z[i] = p[i]
			} else {
				z[i] = q[i]
			}
		}
		return
	}
	for i := range z {
		if c[i*dc] != 0 {
			z[i] = p[i*dp]
		} else {
			z[i] = q[i*dq]
		}
	}
}

// Select returns for each element the first of the choices whose condition is
// not 0 there, and otherwise if there is none.
func Select(conds, choices []Array, otherwise Array) Array {
	if len(conds) != len(choices) {
		fail("Select: %d conditions for %d choices", len(conds), len(choices))
	}
	for i := len(conds) - 1; i >= 0; i-- {
		otherwise = Where(conds[i], choices[i], otherwise)
	}
	return otherwise
}

// Piecewise returns for each element of x the function of it whose condition
// is the last to hold there, as in NumPy, and 0 where none holds. A function
// beyond the conditions serves in place of 0.
func Piecewise(x Array, conds []Array, funcs []func(Array) Array) Array {
	if n := len(funcs) - len(conds); n != 0 && n != 1 {
		fail("Piecewise: %d conditions for %d functions", len(conds), len(funcs))
	}
	y := Array{}
	if len(funcs) > len(conds) {
		y = funcs[len(conds)](x)
	}
	for i, cond := range conds {
		y = Where(cond, funcs[i](x), y)
	}
	return stretchTo("Piecewise", y, x.Shape())
}

// Abs returns the absolute values of x, real also for complex numbers. At 0
// the derivative is 0.
func Abs(x Array) Array { return absOp.apply1(nil, x) }

// NanToNum returns x with NaN replaced by 0 and infinities by the largest
// numbers, also in each part of complex numbers.
func NanToNum(x Array) Array {
	return NanToNumOf(x, 0, math.MaxFloat64, -math.MaxFloat64)
}

// NanToNumOf is [NanToNum] with other numbers in place of NaN, +Inf and -Inf.
func NanToNumOf(x Array, nan, posInf, negInf float64) Array {
	if x.IsComplex() {
		return Complex(NanToNumOf(Real(x), nan, posInf, negInf), NanToNumOf(Imag(x), nan, posInf, negInf))
	}
	return nanNumOp.apply1([3]float64{nan, posInf, negInf}, x)
}

// Absolute is another name of [Abs].
func Absolute(x Array) Array { return Abs(x) }

// Fabs is [Abs] for real arrays. It panics with an [Error] if x is complex.
func Fabs(x Array) Array {
	if x.IsComplex() {
		fail("Fabs: not defined for complex numbers")
	}
	return Abs(x)
}
