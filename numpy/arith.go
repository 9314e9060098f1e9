package numpy

// Arithmetic on elements.

var (
	addFloats = &binary{
		name: "Add",
		f:    func(x, y float64) float64 { return x + y },
		c:    func(x, y complex128) complex128 { return x + y },
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i := range dst {
				dst[i] = x[i] + y[i]
			}
		},
	}
	subFloats = &binary{
		name: "Sub",
		f:    func(x, y float64) float64 { return x - y },
		c:    func(x, y complex128) complex128 { return x - y },
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i := range dst {
				dst[i] = x[i] - y[i]
			}
		},
	}
	mulFloats = &binary{
		name: "Mul",
		f:    func(x, y float64) float64 { return x * y },
		c:    func(x, y complex128) complex128 { return x * y },
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i := range dst {
				dst[i] = x[i] * y[i]
			}
		},
	}
	divFloats = &binary{
		name: "Div",
		f:    func(x, y float64) float64 { return x / y },
		c:    func(x, y complex128) complex128 { return x / y },
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i := range dst {
				dst[i] = x[i] / y[i]
			}
		},
	}
	// azDivFloats and azNegMulFloats are x/y and -x·y, and 0 where x is.
	azDivFloats = &binary{
		name: "Div",
		f: func(x, y float64) float64 {
			if x == 0 {
				return 0
			}
			return x / y
		},
		c: func(x, y complex128) complex128 {
			if x == 0 {
				return 0
			}
			return x / y
		},
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i, v := range x {
				if v != 0 {
					v /= y[i]
				}
				dst[i] = v
			}
		},
	}
	azNegMulFloats = &binary{
		name: "Mul",
		f: func(x, y float64) float64 {
			if x == 0 {
				return 0
			}
			return -x * y
		},
		c: func(x, y complex128) complex128 {
			if x == 0 {
				return 0
			}
			return -x * y
		},
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i, v := range x {
				if v != 0 {
					v *= -y[i]
				}
				dst[i] = v
			}
		},
	}
	// bothMulFloats and bothNegMulFloats are x·y and -x·y, and 0 where x or y is.
	bothMulFloats = &binary{
		name: "Mul",
		f: func(x, y float64) float64 {
			if x == 0 || y == 0 {
				return 0
			}
			return x * y
		},
		c: func(x, y complex128) complex128 {
			if x == 0 || y == 0 {
				return 0
			}
			return x * y
		},
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i, v := range x {
				w := y[i]
				if v != 0 && w != 0 {
					dst[i] = v * w
				} else {
					dst[i] = 0
				}
			}
		},
	}
	bothNegMulFloats = &binary{
		name: "Mul",
		f: func(x, y float64) float64 {
			if x == 0 || y == 0 {
				return 0
			}
			return -x * y
		},
		c: func(x, y complex128) complex128 {
			if x == 0 || y == 0 {
				return 0
			}
			return -x * y
		},
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i, v := range x {
				w := y[i]
				if v != 0 && w != 0 {
					dst[i] = -v * w
				} else {
					dst[i] = 0
				}
			}
		},
	}
	azMulFloats = &binary{
		name: "AZMul",
		f: func(x, y float64) float64 {
			if x == 0 {
				return 0
			}
			return x * y
		},
		c: func(x, y complex128) complex128 {
			if x == 0 {
				return 0
			}
			return x * y
		},
		loop: func(dst, x, y []float64) {
			x, y = x[:len(dst)], y[:len(dst)]
			for i, v := range x {
				if v != 0 {
					v *= y[i]
				}
				dst[i] = v
			}
		},
	}
)

var (
	addOp   = &Op{Name: "Add", Linear: true, Broadcast: true}
	subOp   = &Op{Name: "Sub", Linear: true, Broadcast: true}
	mulOp   = &Op{Name: "Mul", Multilinear: true, Broadcast: true}
	azMulOp = &Op{Name: "AZMul", Broadcast: true}
	divOp   = &Op{Name: "Div", Broadcast: true}

	azDivOp    = &Op{Name: "Div", Broadcast: true}
	azNegMulOp = &Op{Name: "Mul", Broadcast: true}

	bothMulOp    = &Op{Name: "Mul", Broadcast: true}
	bothNegMulOp = &Op{Name: "Mul", Broadcast: true}

	scaleOp = &Op{Name: "Scale", Linear: true}
	shiftOp = &Op{Name: "AddConst"}
)

func init() {
	addOp.Eval = evalBinary(addFloats)
	addOp.scalar2 = addFloats.f
	addOp.VJP = func(_ *Call, _ int, w Array) Array { return w }
	addOp.JVP = addOp.VJP
	addOp.pull2 = func(_, _, _, w float64) (float64, float64) { return w, w }

	subOp.Eval = evalBinary(subFloats)
	subOp.scalar2 = subFloats.f
	subOp.VJP = func(_ *Call, i int, w Array) Array {
		if i == 1 {
			return w.Neg()
		}
		return w
	}
	subOp.JVP = subOp.VJP
	subOp.pull2 = func(_, _, _, w float64) (float64, float64) { return w, -w }

	// The tangent comes first, where a 0 absorbs.
	mulOp.Eval = evalBinary(mulFloats)
	mulOp.scalar2 = mulFloats.f
	mulOp.JVP = func(c *Call, i int, v Array) Array { return AZMul(v, c.In[1-i]) }
	mulOp.VJP = mulOp.JVP
	mulOp.pull2 = func(x, y, _, w float64) (float64, float64) {
		if w == 0 {
			return 0, 0
		}
		return w * y, w * x
	}

	azMulOp.Eval = evalBinary(azMulFloats)
	azMulOp.scalar2 = azMulFloats.f
	azMulOp.JVP = func(c *Call, i int, v Array) Array {
		if i == 1 {
			return bothMul(v, c.In[0])
		}
		return AZMul(v, c.In[1])
	}
	azMulOp.VJP = azMulOp.JVP
	azMulOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		return azMulOp.productTerms(c, x[0], x[1], order)
	}

	azNegMulOp.Eval = evalBinary(azNegMulFloats)
	azNegMulOp.scalar2 = azNegMulFloats.f
	azNegMulOp.JVP = func(c *Call, i int, v Array) Array {
		if i == 1 {
			return bothNegMul(v, c.In[0])
		}
		return azNegMul(v, c.In[1])
	}
	azNegMulOp.VJP = azNegMulOp.JVP
	azNegMulOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		return azNegMulOp.productTerms(c, x[0], x[1], order)
	}

	for op, f := range map[*Op]*binary{bothMulOp: bothMulFloats, bothNegMulOp: bothNegMulFloats} {
		op.Eval = evalBinary(f)
		op.scalar2 = f.f
		op.JVP = func(c *Call, i int, v Array) Array { return op.apply2(nil, v, c.In[1-i]) }
		op.VJP = op.JVP
		op.Taylor = func(c *Call, x [][]Array, order int) []Array {
			return op.productTerms(c, x[0], x[1], order)
		}
	}

	// The quotient is used again, never y², which overflows long before it.
	divOp.Eval = evalBinary(divFloats)
	divOp.scalar2 = divFloats.f
	divOp.pull2 = func(_, y, z, w float64) (float64, float64) {
		if w == 0 {
			return 0, 0
		}
		w /= y
		return w, azNegMulFloats.f(w, z)
	}
	azDivOp.Eval = evalBinary(azDivFloats)
	azDivOp.scalar2 = azDivFloats.f
	for op, mul := range map[*Op]func(x, y Array) Array{divOp: azNegMul, azDivOp: bothNegMul} {
		op.JVPAll = func(c *Call, v []Array) []Array {
			d := v[0]
			if !v[1].isZero() {
				d = plus(d, mul(v[1], c.Out[0]))
			}
			return []Array{azDiv(d, c.In[1])}
		}
		op.vjp2 = func(c *Call, w Array, _, need1 bool) (Array, Array) {
			x := azDiv(w, c.In[1])
			if !need1 {
				return x, Array{}
			}
			return x, mul(x, c.Out[0])
		}
		op.Taylor = divTaylor(mul)
	}

	scaleOp.Eval = func(c *Call) Array { return scaleValue(c.In[0], c.Param.(float64)) }
	scaleOp.scalar1 = func(c any, x *block) (float64, bool) {
		if !x.isNumber() {
			return 0, false
		}
		return c.(float64) * x.re[0], true
	}
	scaleOp.VJP = func(c *Call, _ int, w Array) Array { return w.Scale(c.Param.(float64)) }
	scaleOp.pull1 = func(c any, _, _, w float64) (float64, bool) { return c.(float64) * w, true }

	shiftOp.Eval = func(c *Call) Array { return shiftValue(c.In[0], c.Param.(float64)) }
	shiftOp.scalar1 = func(c any, x *block) (float64, bool) {
		if !x.isNumber() {
			return 0, false
		}
		return c.(float64) + x.re[0], true
	}
	shiftOp.JVP = func(_ *Call, _ int, v Array) Array { return v }
	shiftOp.VJP = shiftOp.JVP
	shiftOp.pull1 = func(_ any, _, _, w float64) (float64, bool) { return w, true }
	shiftOp.Taylor = func(_ *Call, x [][]Array, order int) []Array { return x[0][1:] }
}

// divTaylor returns the rule for the coefficients of z = x/y from those of
// x = z·y, where mul(y, z) is -y·z.
func divTaylor(mul func(y, z Array) Array) func(c *Call, x [][]Array, order int) []Array {
	return func(c *Call, x [][]Array, order int) []Array {
		z := []Array{c.Out[0]}
		for k := 1; k <= order; k++ {
			rest := coef(x[0], k)
			for j := 1; j <= k; j++ {
				if y := coef(x[1], j); !y.isZero() && !z[k-j].isZero() {
					rest = plus(rest, mul(y, z[k-j]))
				}
			}
			if !rest.isZero() {
				rest = azDiv(rest, c.In[1])
			}
			z = append(z, rest)
		}
		return z[1:]
	}
}

// evalBinary returns the value rule of an operation on pairs of elements.
func evalBinary(op *binary) func(*Call) Array {
	return func(c *Call) Array { return op.value(c.In[0], c.In[1]) }
}

// Add returns x+y.
func Add(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return addFloats.value(x, y)
	}
	return addOp.apply2(nil, x, y)
}

// Sub returns x-y.
func Sub(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return subFloats.value(x, y)
	}
	return subOp.apply2(nil, x, y)
}

// Mul returns the products of elements of x and y.
func Mul(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return mulFloats.value(x, y)
	}
	return mulOp.apply2(nil, x, y)
}

// AZMul returns the products of elements of x and y, and 0 where that of x is
// exactly 0, also if that of y is infinite or NaN ("absolute zero").
func AZMul(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return azMulFloats.value(x, y)
	}
	return azMulOp.apply2(nil, x, y)
}

// azDiv returns x/y, and 0 where x is exactly 0.
func azDiv(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return azDivFloats.value(x, y)
	}
	return azDivOp.apply2(nil, x, y)
}

// azNegMul returns -x·y, and 0 where x is exactly 0.
func azNegMul(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return azNegMulFloats.value(x, y)
	}
	return azNegMulOp.apply2(nil, x, y)
}

// bothMul returns x·y, and 0 where x or y is exactly 0.
func bothMul(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return bothMulFloats.value(x, y)
	}
	return bothMulOp.apply2(nil, x, y)
}

// bothNegMul returns -x·y, and 0 where x or y is exactly 0.
func bothNegMul(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return bothNegMulFloats.value(x, y)
	}
	return bothNegMulOp.apply2(nil, x, y)
}

// Div returns the quotients of elements of x and y.
func Div(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return divFloats.value(x, y)
	}
	return divOp.apply2(nil, x, y)
}

// Add returns x+y.
func (x Array) Add(y Array) Array { return Add(x, y) }

// Sub returns x-y.
func (x Array) Sub(y Array) Array { return Sub(x, y) }

// Mul returns x·y, element by element.
func (x Array) Mul(y Array) Array { return Mul(x, y) }

// AZMul returns x·y; see the function [AZMul].
func (x Array) AZMul(y Array) Array { return AZMul(x, y) }

// Div returns x/y.
func (x Array) Div(y Array) Array { return Div(x, y) }

// Neg returns -x.
func (x Array) Neg() Array { return x.Scale(-1) }

// Inv returns 1/x.
func (x Array) Inv() Array { return Div(Scalar(1), x) }

// Scale returns c·x.
func (x Array) Scale(c float64) Array {
	if x.n == nil {
		return scaleValue(x, c)
	}
	return scaleOp.apply1(c, x)
}

// AddConst returns x+c.
func (x Array) AddConst(c float64) Array {
	if x.n == nil {
		return shiftValue(x, c)
	}
	return shiftOp.apply1(c, x)
}

func scaleValue(x Array, c float64) Array {
	b := x.data()
	if b.complex() {
		z := newComplex(b.lay)
		for i, v := range b.complexes() {
			z.cx[i] = complex(c*real(v), c*imag(v))
		}
		return plain(z)
	}
	if b.uniform() {
		return plain(b.filled(c * b.re[b.lay.off]))
	}
	z := b.like(b.lay)
	in := b.reals()
	if len(in) < grain {
		scaleLoop(z.re, in, c)
		return plain(z)
	}
	split(len(in), grain, func(lo, hi int) { scaleLoop(z.re[lo:hi], in[lo:hi], c) })
	return plain(z)
}

func shiftValue(x Array, c float64) Array {
	b := x.data()
	if b.complex() {
		z := newComplex(b.lay)
		for i, v := range b.complexes() {
			z.cx[i] = v + complex(c, 0)
		}
		return plain(z)
	}
	z := b.like(b.lay)
	in := b.reals()
	if len(in) < grain {
		shiftLoop(z.re, in, c)
		return plain(z)
	}
	split(len(in), grain, func(lo, hi int) { shiftLoop(z.re[lo:hi], in[lo:hi], c) })
	return plain(z)
}

func scaleLoop(dst, x []float64, c float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = c * x[i]
	}
}

func shiftLoop(dst, x []float64, c float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = x[i] + c
	}
}

// Subtract is another name of [Sub].
func Subtract(x, y Array) Array { return Sub(x, y) }

// Multiply is another name of [Mul].
func Multiply(x, y Array) Array { return Mul(x, y) }

// Divide is another name of [Div].
func Divide(x, y Array) Array { return Div(x, y) }

// TrueDivide is another name of [Div].
func TrueDivide(x, y Array) Array { return Div(x, y) }
