package mixed

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// Eval evaluates a program with one result in the arithmetic of T: dual numbers,
// jets, anything. The type decides what happens at kinks. It returns an
// [ErrBranch] if p does not hold at the values of x. It panics with an [Error]
// if p has another number of variables or several results.
func Eval[T dual.Real[T]](p *Program, x []T) (T, error) {
	if len(p.out) != 1 {
		fail("Eval: the program has %d results; use EvalVector", len(p.out))
	}
	var e evaluation[T]
	if err := e.run("Eval", p, x); err != nil {
		var zero T
		return zero, err
	}
	return e.val[p.out[0]], nil
}

// EvalVector is [Eval] for any number of results, which it puts into dst and
// returns. A nil dst is allocated. It panics with an [Error] if dst has another
// length.
func EvalVector[T dual.Real[T]](dst []T, p *Program, x []T) ([]T, error) {
	if dst == nil {
		dst = make([]T, len(p.out))
	}
	checkLen("EvalVector", "dst", len(dst), "the number of results", len(p.out))
	var e evaluation[T]
	if err := e.run("EvalVector", p, x); err != nil {
		return nil, err
	}
	for i, o := range p.out {
		dst[i] = e.val[o]
	}
	return dst, nil
}

// An evaluation holds the numbers of a program in the arithmetic of T, and
// their adjoints.
type evaluation[T dual.Real[T]] struct {
	p    *Program
	val  []T
	bar  []T
	list []T
	coef []float64
}

// run computes all numbers from the variables x.
func (e *evaluation[T]) run(name string, p *Program, x []T) error {
	checkLen(name, "x", len(x), "the number of variables", p.n)
	e.set(p)
	copy(e.val[1:], x)
	e.forward()
	return p.holds(func(i uint32) float64 { return e.val[i].Value() })
}

// set makes room for the numbers of p.
func (e *evaluation[T]) set(p *Program) {
	e.p = p
	e.val = resize(e.val, len(p.ops))
	var zero T
	e.val[0] = zero
}

// forward computes the numbers that are not variables.
func (e *evaluation[T]) forward() {
	p, val := e.p, e.val
	for i := p.n + 1; i < len(p.ops); i++ {
		o := p.ops[i]
		if o.code.isNary() {
			val[i] = e.ofList(o)
			continue
		}
		x := val[o.x]
		switch o.code {
		case opConst:
			val[i] = x.Const(p.par[o.y])
		case opAdd:
			val[i] = x.Add(val[o.y])
		case opSub:
			val[i] = x.Sub(val[o.y])
		case opMul:
			val[i] = x.Mul(val[o.y])
		case opAZMul:
			val[i] = x.AZMul(val[o.y])
		case opDiv:
			val[i] = x.Div(val[o.y])
		case opCopysign:
			val[i] = x.Copysign(val[o.y])
		case opMod:
			val[i] = x.Mod(val[o.y])
		case opMax:
			val[i] = x.Max(val[o.y])
		case opMin:
			val[i] = x.Min(val[o.y])
		case opNeg:
			val[i] = x.Neg()
		case opInv:
			val[i] = x.Inv()
		case opScale:
			val[i] = x.Scale(p.par[o.y])
		case opAddConst:
			val[i] = x.AddConst(p.par[o.y])
		case opSubFrom:
			val[i] = x.Const(p.par[o.y]).Sub(x)
		case opSqr:
			val[i] = x.Sqr()
		case opAbs:
			val[i] = x.Abs()
		case opSign:
			val[i] = x.Sign()
		case opApply:
			val[i] = x.Apply(p.funcs[o.y])
		case opPoly:
			val[i] = dual.Poly(x, p.poly(o))
		default:
			if o.code < opStepEnd {
				val[i] = unaryEval(o.code, p.par[o.y], x)
			} else {
				val[i] = binaryEval(o.code, x, val[o.y])
			}
		}
	}
}

// operands returns the numbers of a list, until the next call.
func (e *evaluation[T]) operands(args []uint32) []T {
	e.list = resize(e.list, len(args))
	for k, a := range args {
		e.list[k] = e.val[a]
	}
	return e.list
}

// ofList returns the value of an operation of several operands.
func (e *evaluation[T]) ofList(o op) T {
	args := e.p.list(o)
	switch o.code {
	case opWhere:
		return dual.Where(e.val[args[0]], e.val[args[1]], e.val[args[2]])
	case opFMA:
		return e.val[args[0]].FMA(e.val[args[1]], e.val[args[2]])
	case opDot:
		n := len(args) / 2
		x := resize(e.list, 2*n)
		for k := range n {
			x[k], x[n+k] = e.val[args[2*k]], e.val[args[2*k+1]]
		}
		e.list = x
		return dual.Dot(x[:n], x[n:])
	case opSum:
		return dual.Sum(e.operands(args))
	case opLinComb:
		return dual.LinComb(e.p.coeffs(o), e.operands(args))
	case opSumSq:
		return dual.SumSq(e.operands(args))
	case opNorm:
		return dual.Norm(e.operands(args))
	case opLogSumExp:
		return dual.LogSumExp(e.operands(args))
	case opProd:
		return dual.Prod(e.operands(args))
	}
	panic(badCode)
}

func isZero[T dual.Real[T]](x T) bool {
	order, _ := x.Lead()
	return order < 0
}

// pass adds b·j to the adjoint of number x. Zeros absorb.
func (e *evaluation[T]) pass(x uint32, b, j T) {
	if e.p.inactive(x) || isZero(j) {
		return
	}
	e.bar[x] = e.bar[x].Add(b.AZMul(j))
}

// backward computes the adjoints of all numbers from those of the results, the
// weights.
func (e *evaluation[T]) backward(weights []float64) {
	p, val := e.p, e.val
	e.bar = resize(e.bar, len(p.ops))
	clear(e.bar)
	for i, o := range p.out {
		e.bar[o] = e.bar[o].Add(val[o].Const(weights[i]))
	}
	for i := len(p.ops) - 1; i > p.n; i-- {
		b := e.bar[i]
		o := p.ops[i]
		switch {
		case isZero(b) || o.code == opConst:
		case o.code.isNary():
			e.backList(o, b, val[i])
		case o.code.isBinary():
			e.backBinary(o, b, val[i])
		default:
			e.backUnary(o, b, val[i])
		}
	}
}

func (e *evaluation[T]) backUnary(o op, b, z T) {
	p, x := e.p, e.val[o.x]
	switch o.code {
	case opNeg, opSubFrom:
		e.bar[o.x] = e.bar[o.x].Sub(b)
		return
	case opAddConst:
		e.bar[o.x] = e.bar[o.x].Add(b)
		return
	case opScale:
		if c := p.par[o.y]; c != 0 {
			e.bar[o.x] = e.bar[o.x].Add(b.Scale(c))
		}
		return
	}
	var j T
	switch v := z.Value(); {
	case v != v:
		j = z // the formulas do not look at the domain
	case o.code == opInv:
		j = z.Sqr().Neg()
	case o.code == opSqr:
		j = x.Scale(2)
	case o.code == opAbs:
		j = x.Const(float64(keptSign(x)))
	case o.code == opSign:
		return
	case o.code == opApply:
		f := p.funcs[o.y]
		j = x.Apply(func(k int, v float64) float64 { return f(k+1, v) })
	case o.code == opPoly:
		c := p.poly(o)
		if len(c) < 2 {
			return
		}
		d := resize(e.coef, len(c)-1)
		e.coef = d
		for k := range d {
			d[k] = float64(k+1) * c[k+1]
		}
		j = dual.Poly(x, d)
	default:
		j = unaryRule(o.code, p.par[o.y], x, z)
	}
	e.pass(o.x, b, j)
}

// keptSign returns the sign that x has around its point, and 0 at a kink. A
// series follows its direction.
func keptSign[T dual.Real[T]](x T) int {
	order, sign := x.Lead()
	if order&1 != 0 && !followsDirection[T]() {
		return 0
	}
	return sign
}

// followsDirection reports whether T is a type of Taylor series.
func followsDirection[T any]() bool {
	_, ok := any((*T)(nil)).(interface{ KnownOrder() int })
	return ok
}

func (e *evaluation[T]) backBinary(o op, b, z T) {
	x, y := e.val[o.x], e.val[o.y]
	switch o.code {
	case opAdd:
		e.bar[o.x] = e.bar[o.x].Add(b)
		e.bar[o.y] = e.bar[o.y].Add(b)
		return
	case opSub:
		e.bar[o.x] = e.bar[o.x].Add(b)
		e.bar[o.y] = e.bar[o.y].Sub(b)
		return
	case opMul, opAZMul:
		e.pass(o.x, b, y)
		e.pass(o.y, b, x)
		return
	case opDiv:
		e.pass(o.x, b, y.Inv())
		if !e.p.inactive(o.y) {
			e.pass(o.y, b, z.Div(y).Neg())
		}
		return
	case opMax, opMin:
		switch d := x.Sub(y); {
		case math.IsNaN(z.Value()):
			e.pass(o.x, b, z)
			e.pass(o.y, b, z)
		case x.Value() == y.Value() && keptSign(d) != 0:
			if keptSign(d) > 0 == (o.code == opMax) {
				e.pass(o.x, b, x.Const(1))
			} else {
				e.pass(o.y, b, x.Const(1))
			}
		default:
			jx, jy := shares(x.Value(), y.Value(), z.Value())
			e.pass(o.x, b, x.Const(jx))
			e.pass(o.y, b, x.Const(jy))
		}
		return
	}
	if math.IsNaN(z.Value()) {
		e.pass(o.x, b, z)
		e.pass(o.y, b, z)
		return
	}
	switch o.code {
	case opCopysign:
		j := float64(keptSign(x))
		if math.Signbit(y.Value()) {
			j = -j
		}
		e.pass(o.x, b, x.Const(j))
	case opMod:
		e.pass(o.x, b, x.Const(1))
		e.pass(o.y, b, x.Const(-math.Round((x.Value()-z.Value())/y.Value())))
	default:
		active := [2]bool{!e.p.inactive(o.x), !e.p.inactive(o.y)}
		jx, jy := binaryRule(o.code, x, y, z, active)
		e.pass(o.x, b, jx)
		e.pass(o.y, b, jy)
	}
}

func (e *evaluation[T]) backList(o op, b, z T) {
	p, val := e.p, e.val
	args := p.list(o)
	switch o.code {
	case opWhere:
		at := args[2]
		if val[args[0]].Value() > 0 {
			at = args[1]
		}
		e.bar[at] = e.bar[at].Add(b)
	case opFMA, opDot:
		for n := p.args[o.x]; n > 0; n-- {
			e.pass(args[0], b, val[args[1]])
			e.pass(args[1], b, val[args[0]])
			args = args[2:]
		}
		for _, a := range args {
			e.bar[a] = e.bar[a].Add(b)
		}
	case opSum:
		for _, a := range args {
			e.bar[a] = e.bar[a].Add(b)
		}
	case opLinComb:
		for k, c := range p.coeffs(o) {
			if a := args[k]; c != 0 {
				e.bar[a] = e.bar[a].Add(b.Scale(c))
			}
		}
	case opSumSq:
		for _, a := range args {
			e.pass(a, b, val[a].Scale(2))
		}
	case opNorm:
		e.backNorm(args, b, z)
	case opLogSumExp:
		e.backLogSumExp(args, b, z)
	case opProd:
		e.backProd(args, b)
	}
}

func (e *evaluation[T]) backNorm(args []uint32, b, z T) {
	switch v := z.Value(); {
	case v == 0:
		if !followsDirection[T]() || isZero(z) {
			return
		}
	case math.IsInf(v, 1):
		for _, a := range args {
			if v := e.val[a].Value(); math.IsInf(v, 0) {
				e.pass(a, b, z.Const(math.Copysign(1, v)))
			}
		}
		return
	}
	for _, a := range args {
		e.pass(a, b, e.val[a].Div(z))
	}
}

func (e *evaluation[T]) backLogSumExp(args []uint32, b, z T) {
	switch v := z.Value(); {
	case v != v:
		for _, a := range args {
			e.pass(a, b, z)
		}
		return
	case !math.IsInf(v, 0):
		// Without z, whose rounding would count where it is large.
		top := math.Inf(-1)
		for _, a := range args {
			top = max(top, e.val[a].Value())
		}
		x, sum := e.operands(args), z.Const(0)
		for k, v := range x {
			if math.IsInf(v.Value(), -1) {
				x[k] = z.Const(0)
				continue
			}
			x[k] = v.AddConst(-top).Exp()
			sum = sum.Add(x[k])
		}
		for k, a := range args {
			e.pass(a, b, x[k].Div(sum))
		}
		return
	}
	n := len(args)
	at := make([]uint32, n)
	val, jac := make([]float64, n), make([]float64, n)
	for k, a := range args {
		at[k], val[k] = uint32(k), e.val[a].Value()
	}
	logSumExpLocal(at, jac, val, z.Value())
	for k, a := range args {
		e.pass(a, b, z.Const(jac[k]))
	}
}

func (e *evaluation[T]) backProd(args []uint32, b T) {
	before := resize(e.list, len(args))
	e.list = before
	s := b.Const(1)
	for k, a := range args {
		before[k] = s
		s = s.Mul(e.val[a])
	}
	s = b.Const(1)
	for k := len(args) - 1; k >= 0; k-- {
		e.pass(args[k], b, before[k].Mul(s))
		s = s.Mul(e.val[args[k]])
	}
}
