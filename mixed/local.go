package mixed

import (
	"math"
	"slices"

	"github.com/dualjet/dualjet/dual"
)

// A local is the linear and quadratic part of one operation. As with the
// records of package reverse there are no pointers.
//
//   - One operand x, for y is 0: jx and c are the first and second derivative.
//   - Two operands, curved like a product: jx and jy are the first derivatives,
//     c is the mixed second one, and the others are 0.
//   - Else y is elsewhere, and x the index in Point.full or, for an operation of
//     several operands, in Point.jac; see listLocal.
//
// The second derivatives are multiplied by the adjoint of the operation once
// that is known.
type local struct {
	jx, jy, c float64
	x, y      uint32
}

const elsewhere = 1<<32 - 1

// set sets the fields one by one: a copy of a struct made elsewhere would have
// to wait for that to reach memory.
func (l *local) set(jx, jy, c float64, x, y uint32) {
	l.jx, l.jy, l.c, l.x, l.y = jx, jy, c, x, y
}

// A full is the local of an operation of two operands in general.
type full struct {
	x, y          uint32
	jx, jy        float64
	cxx, cxy, cyy float64
}

// localOf sets the local of an operation with the value z, except where
// differentiate does it.
func (q *Point) localOf(l *local, o op, z float64) {
	if o.code.isNary() {
		q.listLocal(l, o, z)
		return
	}
	if o.code.isBinary() {
		q.binaryLocal(l, o, z)
		return
	}
	p, v := q.prog, q.val[o.x]
	var j, h float64
	switch o.code {
	case opNeg, opSubFrom:
		j = -1
	case opInv:
		j = -z * z
		h = -2 * j * z
	case opAbs:
		j = float64(sign(v))
		if v == 0 {
			q.kinks++
		}
		if v != v {
			j, h = v, v
		}
	case opSign:
		if v != v {
			j, h = v, v
		}
	case opApply:
		f := p.funcs[o.y]
		if j, h = z, z; z == z {
			j, h = f(1, v), f(2, v)
		}
	case opPoly:
		_, j, h = horner(p.poly(o), v)
	default:
		j, h = unaryPartials(o.code, p.par[o.y], v, z)
	}
	l.set(j, 0, h, o.x, 0)
}

// sign returns -1, 0 or 1, and 0 for NaN.
func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// inactive reports whether number i is a constant.
func (p *Program) inactive(i uint32) bool { return p.ops[i].code == opConst }

// binaryLocal is localOf for two operands.
func (q *Point) binaryLocal(l *local, o op, z float64) {
	p, v, w := q.prog, q.val[o.x], q.val[o.y]
	f := full{x: o.x, y: o.y}
	switch o.code {
	case opAZMul:
		f.jx, f.jy, f.cxy = w, v, 1
	case opDiv:
		f.jx, f.jy = 1/w, -z/w
		f.cxy, f.cyy = -1/w/w, 2*z/w/w
	case opCopysign:
		// The sign of y is a constant.
		f.jx = math.Copysign(float64(sign(v)), float64(sign(v))*math.Copysign(1, w))
		if v == 0 {
			q.kinks++
		}
		if z != z {
			f.jx, f.cxx = z, z
		}
	case opMod:
		f.jx, f.jy = 1, -math.Round((v-z)/w)
		if z != z {
			f.jx, f.jy = z, z
			f.cxx, f.cxy, f.cyy = z, z, z
		}
	case opMax, opMin:
		f.jx, f.jy = shares(v, w, z)
		if v == w {
			q.kinks++
		}
		if f.jx != f.jx {
			f.cxx, f.cxy, f.cyy = z, z, z
		}
	default:
		q.ruleLocal(&f, o, z)
	}
	switch x, y := p.inactive(o.x), p.inactive(o.y); {
	case x && y:
		l.set(0, 0, 0, 0, 0)
	case x:
		l.set(f.jy, 0, f.cyy, f.y, 0)
	case y:
		l.set(f.jx, 0, f.cxx, f.x, 0)
	case f.cxx == 0 && f.cyy == 0:
		l.set(f.jx, f.jy, f.cxy, f.x, f.y)
	default:
		q.full = append(q.full, f)
		l.set(0, 0, 0, uint32(len(q.full)-1), elsewhere)
	}
}

// shares returns the derivatives of Max or Min of value z.
func shares(x, y, z float64) (jx, jy float64) {
	switch {
	case x == y:
		return 0.5, 0.5
	case x == z:
		return 1, 0
	case y == z:
		return 0, 1
	}
	return z, z // NaN
}

// ruleLocal fills in the derivatives of an operation with rules.
func (q *Point) ruleLocal(f *full, o op, z float64) {
	if z != z {
		f.jx, f.jy, f.cxx, f.cxy, f.cyy = z, z, z, z, z
		return
	}
	v, w := dual.Number64{V: q.val[o.x]}, dual.Number64{V: q.val[o.y]}
	active := [2]bool{!q.prog.inactive(o.x), !q.prog.inactive(o.y)}
	if active[0] {
		v.D = 1
		dx, dy := binaryPartials(o.code, v, w, active)
		f.jx, f.cxx = dx.V, dx.D
		f.jy, f.cxy = dy.V, dy.D
		v.D = 0
	}
	if active[1] {
		w.D = 1
		_, dy := binaryPartials(o.code, v, w, active)
		f.jy, f.cyy = dy.V, dy.D
	}
}

// listLocal is localOf for several operands, except products in pairs and linear
// combinations. It leaves the first derivatives in Point.jac, where x tells, and
// in c a number that the curvature needs.
func (q *Point) listLocal(l *local, o op, z float64) {
	p, val := q.prog, q.val
	args := p.list(o)
	if o.code == opWhere {
		at := args[2]
		if val[args[0]] > 0 {
			at = args[1]
		}
		l.set(1, 0, 0, at, 0)
		return
	}
	at := len(q.jac)
	q.jac = slices.Grow(q.jac, len(args))[:at+len(args)]
	jac := q.jac[at:]
	l.set(0, 0, 0, uint32(at), elsewhere)
	switch o.code {
	case opSum:
		for k := range jac {
			jac[k] = 1
		}
	case opSumSq:
		for k, a := range args {
			jac[k] = 2 * val[a]
		}
	case opNorm:
		q.normLocal(l, args, jac, z)
	case opLogSumExp:
		if !math.IsInf(z, 0) {
			l.c = 1
		}
		logSumExpLocal(args, jac, val, z)
	case opProd:
		prodLocal(args, jac, val)
	}
}

// normLocal sets the derivatives of a norm of value z, and l.c to 1/z.
func (q *Point) normLocal(l *local, args []uint32, jac []float64, z float64) {
	_, scaled, e := norm(args, q.val)
	switch {
	case z == 0:
		q.kinks++
		clear(jac)
	case math.IsInf(z, 1):
		for k, a := range args {
			jac[k] = 0
			if v := q.val[a]; math.IsInf(v, 0) {
				jac[k] = float64(sign(v))
			}
		}
	default:
		l.c = 1 / z
		for k, a := range args {
			jac[k] = math.Ldexp(q.val[a], -e) / scaled
		}
	}
}

// logSumExpLocal sets the derivatives of log Σ exp of value z. Infinities share
// as in a chain of Max.
func logSumExpLocal(args []uint32, jac, val []float64, z float64) {
	top := largest(args, val)
	if !math.IsInf(top, 0) {
		s := 0.0
		for k, a := range args {
			jac[k] = math.Exp(val[a] - top)
			s += jac[k]
		}
		for k := range jac {
			jac[k] /= s
		}
		return
	}
	clear(jac)
	if top < 0 {
		return
	}
	seen := false
	for k, a := range args {
		switch {
		case val[a] != z:
		case !seen:
			jac[k], seen = 1, true
		default:
			for l := range k {
				jac[l] /= 2
			}
			jac[k] = 0.5
		}
	}
}

// prodLocal sets the derivatives of a product: for each operand the product of
// those before it and those after it, which is right also if some are 0.
func prodLocal(args []uint32, jac, val []float64) {
	before := 1.0
	for k, a := range args {
		jac[k] = before
		before *= val[a]
	}
	after := 1.0
	for k := len(args) - 1; k >= 0; k-- {
		jac[k] *= after
		after *= val[args[k]]
	}
}

// resize returns s with n elements of undefined content.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
