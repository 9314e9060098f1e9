package mixed

// An Operation is one operation of a program, as algorithms want it that go
// through the operations by themselves, such as those for sparse Hessians.
// Numbers are known by their index: variable i has index i+1, and the index of a
// result is greater than those of its operands. Constants are left out.
type Operation struct {
	Name  string // of the method or function, such as "Mul"
	Index int    // of the result

	// Operands are the numbers on which the result depends. First are its
	// derivatives for them, and Adjoint is the derivative of the function for the
	// result; at a Program they are empty and 0.
	Operands []int
	First    []float64
	Adjoint  float64

	// Second are the second derivatives.
	Second []Pair
}

// A Pair is a second derivative of an operation for the numbers X ≥ Y, times the
// adjoint. For X = Y it is the one for that number twice.
type Pair struct {
	X, Y int
	C    float64
}

// Operations calls yield for each operation of the program, from the first to
// the last, until it returns false. Second has a pair, with C = 0, for all
// numbers that the operation couples other than linearly, whatever the values;
// so it tells where a Hessian can have elements. The Operation is good until
// yield returns.
func (p *Program) Operations(yield func(*Operation) bool) {
	var op Operation
	var list []uint32
	for i := p.n + 1; i < len(p.ops); i++ {
		o := p.ops[i]
		if o.code == opConst {
			continue
		}
		op.reset(p, i)
		list = p.operands(o, list[:0])
		for _, a := range list {
			op.operand(p, a)
		}
		p.couple(&op, o, list)
		if !yield(&op) {
			return
		}
	}
}

// Operations calls yield for each operation of the point, from the last to the
// first, until it returns false. Second has the pairs that are not 0. The
// Operation is good until yield returns.
func (q *Point) Operations(yield func(*Operation) bool) {
	q.check()
	q.differentiate()
	var op Operation
	p := q.prog
	for i := len(p.ops) - 1; i > p.n; i-- {
		if p.ops[i].code == opConst {
			continue
		}
		op.reset(p, i)
		op.Adjoint = q.bar[i]
		q.slopes(i, func(x uint32, j float64) {
			if op.operand(p, x) {
				op.First = append(op.First, j)
			}
		})
		q.bends(i, func(x, y uint32, c float64, diagonal bool) {
			if x == y && !diagonal {
				c *= 2
			}
			op.pair(p, x, y, c)
		})
		if !yield(&op) {
			return
		}
	}
}

func (op *Operation) reset(p *Program, i int) {
	op.Name, op.Index, op.Adjoint = p.ops[i].code.String(), i, 0
	op.Operands, op.First, op.Second = op.Operands[:0], op.First[:0], op.Second[:0]
}

// operand adds number x, and reports whether it is not a constant.
func (op *Operation) operand(p *Program, x uint32) bool {
	if p.inactive(x) {
		return false
	}
	op.Operands = append(op.Operands, int(x))
	return true
}

func (op *Operation) pair(p *Program, x, y uint32, c float64) {
	if !p.inactive(x) && !p.inactive(y) {
		op.Second = append(op.Second, Pair{int(max(x, y)), int(min(x, y)), c})
	}
}

// couple adds the pairs of operands that o couples.
func (p *Program) couple(op *Operation, o op, args []uint32) {
	switch o.code {
	case opNeg, opScale, opAddConst, opSubFrom, opAbs, opSign, opAdd, opSub, opCopysign, opMod, opMax, opMin,
		opWhere, opSum, opLinComb:
	case opMul, opAZMul:
		op.pair(p, o.x, o.y, 0)
	case opDiv:
		op.pair(p, o.x, o.y, 0)
		op.pair(p, o.y, o.y, 0)
	case opFMA, opDot:
		for n := p.args[o.x]; n > 0; n-- {
			op.pair(p, args[0], args[1], 0)
			args = args[2:]
		}
	case opSumSq:
		for _, a := range args {
			op.pair(p, a, a, 0)
		}
	default:
		if opUnaryEnd < o.code && o.code < opStepEnd || o.code == opPoly && len(p.poly(o)) < 3 {
			return
		}
		for k, a := range args {
			for l := range k {
				op.pair(p, a, args[l], 0)
			}
			if o.code != opProd {
				op.pair(p, a, a, 0)
			}
		}
	}
}
