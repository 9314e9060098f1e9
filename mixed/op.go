package mixed

// An opcode names an operation.
type opcode uint8

const (
	opInput opcode = iota
	opConst

	// One operand.
	opNeg
	opInv
	opScale    // p·x
	opAddConst // x+p
	opSubFrom  // p-x
	opSqr
	opAbs
	opSign
	opApply
	opPoly

	// Two operands.
	opAdd
	opSub
	opMul
	opAZMul
	opDiv
	opCopysign
	opMod
	opMax
	opMin

	// More of them; see op.
	opWhere
	opFMA
	opDot
	opSum
	opLinComb
	opSumSq
	opNorm
	opLogSumExp
	opProd

	opRules // see zop.go
)

var opNames = [opRules]string{
	"input", "constant",
	"Neg", "Inv", "Scale", "AddConst", "Sub", "Sqr", "Abs", "Sign", "Apply", "Poly",
	"Add", "Sub", "Mul", "AZMul", "Div", "Copysign", "Mod", "Max", "Min",
	"Where", "FMA", "Dot", "Sum", "LinComb", "SumSq", "Norm", "LogSumExp", "Prod",
}

// String returns the name of the method or function.
func (c opcode) String() string {
	if c < opRules {
		return opNames[c]
	}
	return ruleNames[c-opRules]
}

// isNary reports whether the operands of c are a list; see op.
func (c opcode) isNary() bool { return opWhere <= c && c < opRules }

// isBinary reports whether c has two operands.
func (c opcode) isBinary() bool {
	return opAdd <= c && c < opWhere || opStepEnd < c && c < opBinaryEnd
}

// An op is one operation of a program. Its index is that of its result.
//
//   - An operation of one argument has the operand x, and y is the index in par
//     of its parameter, if it has one; for Apply the index in funcs, for Poly
//     that of the number of coefficients in args, after which comes their index
//     in par.
//   - An operation of two arguments has the operands x and y.
//   - One of more has y operands, which follow the index x in args. What is at
//     x itself says: for Dot and FMA how many of the operands make products, in
//     pairs, the others being added; for LinComb where the coefficients begin in
//     par; else nothing.
//   - A constant is the element y of par.
type op struct {
	x, y uint32
	code opcode
	run  bool // the operands of a list are neighbours, so that the first one tells
}

// A guard is a comparison of two numbers of a program.
type guard struct {
	x, y uint32
	less bool // how it came out
}
