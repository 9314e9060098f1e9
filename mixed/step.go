package mixed

import (
	"math"
	"math/bits"
	"slices"
)

// A Step is one operation of a program as engines for second derivatives see
// it: its operands, its first derivatives and its curvature. The second
// derivatives times the adjoint of the operation are
//
//	diag(Diag) + Self·Jac·Jacᵀ + what Pairs say.
//
// Operands may occur twice. Number 0 and constants, which are operations
// without operands, may be among them; 1 to n are the variables, and operations
// have greater numbers than their operands. A Step is filled again and again
// without allocation.
type Step struct {
	Args  []uint32
	Jac   []float64
	Diag  []float64 // empty for zeros
	Pairs []StepPair
	Self  float64
}

// A StepPair tells that the second derivative with respect to the operands A and
// B, which are different indices in Args, is C.
type StepPair struct {
	A, B int32
	C    float64
}

func (s *Step) reset(args ...uint32) {
	s.Args = append(s.Args[:0], args...)
	s.Jac, s.Diag, s.Pairs, s.Self = s.Jac[:0], s.Diag[:0], s.Pairs[:0], 0
}

// Len returns the number of operations, variables and number 0 included.
func (p *Program) Len() int { return len(p.ops) }

// Outputs returns the indices of the results.
func (p *Program) Outputs() []uint32 { return slices.Clone(p.out) }

// Structure puts what operation i can be at any point into s, with a 1 for each
// number that may differ from 0. It panics if i is not that of an operation.
func (p *Program) Structure(s *Step, i int) {
	o := p.ops[i]
	switch {
	case o.code == opInput || o.code == opConst:
		s.reset()
	case o.code == opWhere:
		s.reset(p.list(o)[1:]...)
	case o.code.isNary():
		s.reset(p.list(o)...)
	case o.code.isBinary():
		s.reset(o.x, o.y)
	default:
		s.reset(o.x)
	}
	ones := func(x []float64) []float64 {
		for range s.Args {
			x = append(x, 1)
		}
		return x
	}
	switch o.code {
	case opInput, opConst, opNeg, opScale, opAddConst, opSubFrom, opAbs, opAdd, opSub, opMod, opMax, opMin,
		opWhere, opSum, opLinComb:
		// linear, or in pieces
	case opSign, opFloor, opCeil, opRound, opTrunc:
		s.Args = s.Args[:0]
	case opCopysign:
		s.Args = s.Args[:1]
	case opPoly:
		if p.args[o.y] > 2 {
			s.Diag = ones(s.Diag)
		}
	case opPowReal, opPowInt:
		if k := p.par[o.y]; k != 0 && k != 1 {
			s.Diag = ones(s.Diag)
		}
	case opMul, opAZMul:
		s.Pairs = append(s.Pairs, StepPair{0, 1, 1})
	case opDiv:
		s.Pairs = append(s.Pairs, StepPair{0, 1, 1})
		s.Diag = append(s.Diag, 0, 1)
	case opFMA, opDot:
		for k := range int32(p.args[o.x]) {
			s.Pairs = append(s.Pairs, StepPair{2 * k, 2*k + 1, 1})
		}
	case opNorm, opLogSumExp:
		s.Self = 1
	case opProd:
		for a := range int32(len(s.Args)) {
			for b := range a {
				s.Pairs = append(s.Pairs, StepPair{a, b, 1})
			}
		}
	default:
		s.Diag = ones(s.Diag)
		if o.code.isBinary() {
			s.Pairs = append(s.Pairs, StepPair{0, 1, 1})
		}
	}
	s.Jac = ones(s.Jac)
}

// Fingerprint returns what is the same for programs with the same variables,
// operations and results, whatever constants they have: their [Program.Structure] is
// the same throughout. Others differ in it but for a chance that is negligible.
func (p *Program) Fingerprint() [2]uint64 {
	h := [2]uint64{0x9e3779b97f4a7c15, 0xd1b54a32d192ed03}
	add := func(x, y uint64) {
		hi, lo := bits.Mul64(h[0]^x^0xa0761d6478bd642f, h[1]^y^0xe7037ed1a0b428db)
		h[0], h[1] = bits.RotateLeft64(h[0], 23)+(hi^x)*0x8ebc6af09c88c6e3, bits.RotateLeft64(h[1], 41)+(lo^y)*0x589965cc75374cc3
	}
	add(uint64(p.n), uint64(len(p.ops)))
	for _, o := range p.ops[p.n+1:] {
		y := uint64(o.y)
		switch {
		case o.code == opPowInt || o.code == opPowReal:
			y = math.Float64bits(p.par[o.y])
		case !o.code.isNary() && !o.code.isBinary() && o.code != opPoly:
			y = 0
		}
		add(uint64(o.x)|uint64(o.code)<<32, y)
	}
	for _, list := range [...][]uint32{p.args, p.out} {
		add(uint64(len(list)), 0)
		for ; len(list) > 1; list = list[2:] {
			add(uint64(list[0]), uint64(list[1]))
		}
		for _, a := range list {
			add(uint64(a), 0)
		}
	}
	return h
}

// Program returns the program of which q is a point. It may not be used after q
// is closed.
func (q *Point) Program() *Program {
	q.check()
	return q.prog
}

// Kinks returns how many operations are at a point where the direction decides
// what the derivative is, such as Abs at 0. Products with the Hessian are then
// not linear. Steps have the derivatives that [Point.Gradient] takes there.
func (q *Point) Kinks() int {
	q.check()
	q.differentiate()
	return q.kinks
}

// Simple returns operation i at the point if it has one operand x, or two and is
// curved like their product; y is 0 if there is one. jx and jy are the first
// derivatives, and c is the second one for x twice, or for x and y, times the
// adjoint. ok is false for other operations, for which there is [Point.Step]. As
// for that there must have been a call of [Point.Kinks] or another method that
// differentiates.
func (q *Point) Simple(i int) (x, y uint32, jx, jy, c float64, ok bool) {
	l := &q.loc[i]
	return l.x, l.y, l.jx, l.jy, l.c, l.y != elsewhere
}

// Step puts operation i at the point into s. There must have been a call of
// [Point.Kinks] or another method that differentiates.
func (q *Point) Step(s *Step, i int) {
	l := &q.loc[i]
	o := q.prog.ops[i]
	switch {
	case l.y == 0:
		s.reset(l.x)
		s.Jac = append(s.Jac, l.jx)
		if l.c != 0 {
			s.Diag = append(s.Diag, l.c)
		}
	case l.y != elsewhere:
		s.reset(l.x, l.y)
		s.Jac = append(s.Jac, l.jx, l.jy)
		if l.c != 0 {
			s.Pairs = append(s.Pairs, StepPair{0, 1, l.c})
		}
	case !o.code.isNary():
		f := &q.full[l.x]
		s.reset(f.x, f.y)
		s.Jac = append(s.Jac, f.jx, f.jy)
		s.Diag = append(s.Diag, f.cxx, f.cyy)
		s.Pairs = append(s.Pairs, StepPair{0, 1, f.cxy})
	default:
		q.listStep(s, i, o)
	}
}

func (q *Point) listStep(s *Step, i int, o op) {
	args, bar := q.prog.list(o), q.bar[i]
	s.reset(args...)
	if n := q.products(o); n > 0 {
		for k := range int32(n) {
			x, y := args[2*k], args[2*k+1]
			s.Jac = append(s.Jac, q.val[y], q.val[x])
			s.Pairs = append(s.Pairs, StepPair{2 * k, 2*k + 1, bar})
		}
		for range args[2*n:] {
			s.Jac = append(s.Jac, 1)
		}
		return
	}
	s.Jac = append(s.Jac, q.slope(i, o)...)
	if bar == 0 {
		return
	}
	if o.code == opProd {
		// Diag has the products of all operands from the end to each, for now.
		for range args {
			s.Diag = append(s.Diag, 1)
		}
		for a := len(args) - 1; a > 0; a-- {
			s.Diag[a-1] = s.Diag[a] * q.val[args[a]]
		}
		before := bar
		for a := range args {
			c := before // times those between a and b
			for b := a + 1; b < len(args); b++ {
				s.Pairs = append(s.Pairs, StepPair{int32(a), int32(b), c * s.Diag[b]})
				c *= q.val[args[b]]
			}
			before *= q.val[args[a]]
		}
		s.Diag = s.Diag[:0]
		return
	}
	d0, d1, k := q.curvature(i, o)
	if k != 0 { // bar may be infinite
		s.Self = -bar * k
	}
	if d0 != 0 || d1 != 0 {
		for _, j := range s.Jac {
			s.Diag = append(s.Diag, bar*(d0+d1*j))
		}
	}
}
