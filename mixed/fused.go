package mixed

import (
	"math"
	"slices"
)

// first returns the recording of the first variable among x, nil if there is
// none.
func first(x []Var) *recorder {
	for i := range x {
		if x[i].r != nil {
			return x[i].r
		}
	}
	return nil
}

// FuseLess reports whether x < y, and records that it was so: the program holds
// where the comparison comes out the same. It is what dual.Less calls.
func (*Var) FuseLess(x, y Var) bool {
	less := x.v < y.v
	if r := x.join(y); r != nil {
		i, j := r.operand(x), r.operand(y)
		r.prog.guards = append(r.prog.guards, guard{i, j, less})
	}
	return less
}

// nary records an operation on the operands that were appended to the list at.
func (r *recorder) nary(code opcode, at uint32) Var {
	args := r.prog.args[at+1:]
	o := op{at, uint32(len(args)), code, isRun(args)}
	z := r.push(o.x, o.y, code, r.prog.listValue(o, r.val))
	r.prog.ops[len(r.prog.ops)-1].run = o.run
	return z
}

// isRun reports whether each of args, of which there is one at least, is next to
// the one before.
func isRun(args []uint32) bool {
	if len(args) == 0 {
		return false
	}
	first := args[0]
	for k, a := range args {
		if a != first+uint32(k) {
			return false
		}
	}
	return true
}

// FuseSum returns the sum of the elements of x, as one operation. It is what
// dual.Sum calls.
func (*Var) FuseSum(x []Var) Var {
	c := 0.0
	r := first(x)
	if r == nil {
		for i := range x {
			c += x[i].v
		}
		return Var{v: c}
	}
	at, constants := r.list(0), 0
	for i := range x {
		if x[i].r == nil {
			c += x[i].v
			constants++
			continue
		}
		r.prog.args = append(r.prog.args, r.index(x[i]))
	}
	return r.nary(opSum, at).plus(c, constants)
}

// plus adds the sum c of so many constants to the variable x.
func (x Var) plus(c float64, constants int) Var {
	if constants > 0 {
		return x.AddConst(c)
	}
	return x
}

// FuseDot returns the sum of x[i]·y[i], as one operation. It is what dual.Dot
// calls. Products with constants, if there are both kinds, are one by
// themselves.
func (*Var) FuseDot(x, y []Var) Var {
	r, s := first(x), first(y)
	if r == nil {
		r = s
	}
	if r == nil {
		v := 0.0
		for i := range x {
			v += x[i].v * y[i].v
		}
		return Var{v: v}
	}
	at := r.list(0)
	c, constants, scaled := 0.0, 0, 0
	y = y[:len(x)]
	args := slices.Grow(r.prog.args, 2*len(x))
	list, n, v := args[len(args):len(args)+2*len(x)], 0, 0.0
	for i := range x {
		a, b := &x[i], &y[i]
		switch {
		case a.r == r && b.r == r:
			if (a.id^r.gen|b.id^r.gen)>>indexBits != 0 {
				panic(errForeign)
			}
			list[n], list[n+1] = uint32(a.id), uint32(b.id)
			n += 2
			v += a.v * b.v
		case a.r == nil && b.r == nil:
			c += a.v * b.v
			constants++
		case a.r == nil || b.r == nil:
			scaled++
		default:
			panic(errForeign)
		}
	}
	r.prog.args = args[:len(args)+n]
	var z Var
	if n > 0 {
		r.prog.args[at] = uint32(n / 2)
		z = r.push(at, uint32(n), opDot, v)
	}
	if scaled > 0 {
		at := r.list(0)
		r.coef = r.coef[:0]
		for i := range x {
			a, b := x[i], y[i]
			if a.r == nil {
				a, b = b, a
			}
			if a.r != nil && b.r == nil {
				r.prog.args = append(r.prog.args, r.index(a))
				r.coef = append(r.coef, b.v)
			}
		}
		r.prog.args[at] = r.coefficients(r.coef)
		l := r.nary(opLinComb, at)
		if n > 0 {
			l = z.Add(l)
		}
		z = l
	}
	return z.plus(c, constants)
}

// FuseLinComb returns the sum of c[i]·x[i], as one operation. It is what
// dual.LinComb calls.
func (*Var) FuseLinComb(c []float64, x []Var) Var {
	k := 0.0
	r := first(x)
	if r == nil {
		for i := range x {
			k += c[i] * x[i].v
		}
		return Var{v: k}
	}
	at, constants := r.list(0), 0
	c = c[:len(x)]
	args := slices.Grow(r.prog.args, len(x))
	list := args[len(args) : len(args)+len(x)]
	for i := range x {
		if x[i].r == nil {
			k += c[i] * x[i].v
			constants++
			continue
		}
		list[i-constants] = r.index(x[i])
	}
	r.prog.args = args[:len(args)+len(x)-constants]
	if constants > 0 {
		r.coef = r.coef[:0]
		for i := range x {
			if x[i].r != nil {
				r.coef = append(r.coef, c[i])
			}
		}
		c = r.coef
	}
	r.prog.args[at] = r.coefficients(c)
	return r.nary(opLinComb, at).plus(k, constants)
}

// FuseSumSq returns the sum of x[i]², as one operation. It is what dual.SumSq
// calls.
func (*Var) FuseSumSq(x []Var) Var {
	c := 0.0
	r := first(x)
	if r == nil {
		for i := range x {
			c += x[i].v * x[i].v
		}
		return Var{v: c}
	}
	at, constants := r.list(0), 0
	for i := range x {
		if x[i].r == nil {
			c += x[i].v * x[i].v
			constants++
			continue
		}
		r.prog.args = append(r.prog.args, r.index(x[i]))
	}
	return r.nary(opSumSq, at).plus(c, constants)
}

// FuseWholeNorm returns the Euclidean length of x, as one operation. It is what
// dual.Norm calls, before it looks at a value.
func (*Var) FuseWholeNorm(x []Var) Var {
	switch len(x) {
	case 0:
		return Var{}
	case 1:
		return x[0].Abs()
	}
	return all(opNorm, x)
}

// FuseWholeLogSumExp returns log Σ exp(x[i]), as one operation. It is what
// dual.LogSumExp calls, before it looks at a value.
func (*Var) FuseWholeLogSumExp(x []Var) Var {
	if len(x) == 0 {
		return Var{v: math.Inf(-1)}
	}
	return all(opLogSumExp, x)
}

// FuseProd returns the product of the elements of x, as one operation. It is
// what dual.Prod calls.
func (*Var) FuseProd(x []Var) Var { return all(opProd, x) }

// all records an operation on all elements of x, constants included.
func all(code opcode, x []Var) Var {
	r := first(x)
	if r == nil {
		r = recorders.Get().(*recorder)
		defer recorders.Put(r)
		r.begin(nil)
		v := all(code, append([]Var{r.operandVar(x[0])}, x[1:]...)).v
		r.end()
		return Var{v: v}
	}
	for i := range x {
		if x[i].r == nil {
			x = r.withNodes(x)
			break
		}
	}
	at := r.list(0)
	for i := range x {
		r.prog.args = append(r.prog.args, r.index(x[i]))
	}
	return r.nary(code, at)
}

// operandVar returns x as a number of the program.
func (r *recorder) operandVar(x Var) Var { return Var{x.v, r, r.gen | uint64(r.operand(x))} }

// withNodes returns x with its constants as numbers of the program.
func (r *recorder) withNodes(x []Var) []Var {
	y := make([]Var, len(x))
	for i := range x {
		y[i] = r.operandVar(x[i])
	}
	return y
}

// FuseNorm is FuseWholeNorm.
func (*Var) FuseNorm(x []Var, _ float64) Var { return (*Var)(nil).FuseWholeNorm(x) }

// FuseLogSumExp is FuseWholeLogSumExp.
func (*Var) FuseLogSumExp(x []Var, _ float64) Var { return (*Var)(nil).FuseWholeLogSumExp(x) }

// FusePoly returns the polynomial c[0] + c[1]·x + c[2]·x² + …, as one
// operation. It is what dual.Poly calls.
func (*Var) FusePoly(x Var, c []float64) Var {
	v, _, _ := horner(c, x.v)
	if x.r == nil {
		return Var{v: v}
	}
	r := x.r
	at := r.list(uint32(len(c)))
	r.prog.args = append(r.prog.args, uint32(len(r.prog.par)))
	for _, c := range c {
		r.param(c)
	}
	return r.push(r.index(x), at, opPoly, v)
}

// horner returns the value of a polynomial and its first two derivatives.
func horner(c []float64, x float64) (v, d, h float64) {
	for i := len(c) - 1; i >= 0; i-- {
		h = h*x + d
		d = d*x + v
		v = v*x + c[i]
	}
	return v, d, 2 * h
}
