package jet

import "github.com/dualjet/dualjet/dual"

// An opcode names a kernel.
type opcode uint8

const (
	opAdd opcode = iota
	opScale
	opMul
	opSqr
	opDiv
	opSqrt
	opPow
	opChain
	opExp
	opLog
	opSincos
	opTan
	opErfinv
	opLambert
	opGamma
	opCompose
	opAbs
)

// A nestedOp is one operation: its result z, its operands x and y, auxiliary
// series u and v, and a number p.
type nestedOp[T dual.Real[T]] struct {
	code    opcode
	z, x, y []T
	u, v    []T
	p       float64
}

// step computes coefficient k > 0 of the results. The first ones are set where
// the operation is made.
func (o *nestedOp[T]) step(k int) {
	switch o.code {
	case opAdd:
		addStep(o.z, o.x, o.y, o.p, k)
	case opScale:
		o.z[k] = at(o.x, k).Scale(o.p)
	case opMul:
		mulStep(o.z, o.x, o.y, k)
	case opSqr:
		sqrStep(o.z, o.x, k)
	case opDiv:
		divStep(o.z, o.x, o.y, k)
	case opSqrt:
		sqrtStep(o.z, o.x, k)
	case opPow:
		powStep(o.z, o.x, o.p, k)
	case opChain:
		chainStep(o.z, o.x, o.y, k)
	case opExp:
		expStep(o.z, o.x, o.p, k)
	case opLog:
		logStep(o.z, o.x, o.u[0], o.p, k)
	case opSincos:
		sincosStep(o.z, o.u, o.x, o.p, k)
	case opTan:
		tanStep(o.z, o.u, o.x, o.p, k)
	case opErfinv:
		erfinvStep(o.z, o.u, o.v, o.x, k)
	case opLambert:
		lambertStep(o.z, o.u, o.v, o.x, k)
	case opGamma:
		gammaStep(o.z, o.u, o.x, o.y, k)
	case opCompose:
		composeStep(o.z, o.x, o.u, o.v, k)
	case opAbs:
		o.p = absStep(o.z, o.x, o.p, k)
	}
}

// A nestedProgram is a recording of operations on series of n coefficients, all
// known through the same order, which it can raise.
type nestedProgram[T dual.Real[T]] struct {
	ops []nestedOp[T]
	n   int
}

// add appends o.
func (p *nestedProgram[T]) add(o *nestedOp[T]) {
	if len(o.z) != p.n {
		fail("a series of order %d from outside in a right-hand side of order %d", len(o.z)-1, p.n-1)
	}
	p.ops = append(p.ops, *o)
}

// advance computes coefficient k of all results, those below being known.
func (p *nestedProgram[T]) advance(k int) {
	for i := range p.ops {
		o := &p.ops[i]
		o.step(k)
	}
}
