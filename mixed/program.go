package mixed

import (
	"math"
	"slices"

	"github.com/dualjet/dualjet/dual"
)

// A Program is what a function has done at one point: its operations, as data.
// It can be evaluated at other points, in float64 by [Program.At] and in any
// other arithmetic by [Eval]. It is immutable, and serves any number of
// goroutines.
//
// A program holds wherever the function would do the same operations. Abs, Max,
// Min, Clamp, Floor and their like, [dual.Where] and the functions of package
// dual on slices are single operations, which decide anew at each point. What
// [dual.Less] decides is recorded. Where a comparison comes out differently, or
// where the function has looked at a value in another way, [ErrBranch] is
// returned.
type Program struct {
	n     int  // variables
	ops   []op // 0 stands for inactive operands, then come the variables
	args  []uint32
	par   []float64
	funcs []func(k int, v float64) float64
	out   []uint32

	guards    []guard
	look      look
	unsteered bool
	x         []float64 // where it was recorded
}

// An Option changes how a program is recorded or how work is spread.
type Option struct {
	workers   int
	unsteered bool
}

// Workers spreads the work over n goroutines. The results do not depend on it.
// It panics with an [Error] if n is less than 1.
func Workers(n int) Option {
	if n < 1 {
		fail("Workers: n = %d, want at least 1", n)
	}
	return Option{workers: n}
}

// Unsteered declares that what a function does is not steered by the values
// that it looks at through Value or Lead: it prints or collects them. A program
// then holds in spite of them. If the declaration is false, so are the results.
func Unsteered() Option { return Option{unsteered: true} }

func settings(opts []Option) (s Option) {
	s.workers = 1
	for _, o := range opts {
		s.workers = max(s.workers, o.workers)
		s.unsteered = s.unsteered || o.unsteered
	}
	return s
}

// Record returns what f does at x. f must not keep its argument or use it in
// other goroutines.
func Record(f func([]Var) Var, x []float64, opts ...Option) *Program {
	checkFunc("Record", f == nil)
	r := recorders.Get().(*recorder)
	r.run(f, nil, x)
	return r.last(opts)
}

// RecordVector is [Record] for a function with several results.
func RecordVector(f func([]Var) []Var, x []float64, opts ...Option) *Program {
	checkFunc("RecordVector", f == nil)
	r := recorders.Get().(*recorder)
	r.runVector(f, nil, x)
	return r.last(opts)
}

// run records f at x. The variables are put into vars, if that is long enough,
// and returned.
func (r *recorder) run(f func([]Var) Var, vars []Var, x []float64) []Var {
	vars = r.inputs(vars, x)
	defer r.end()
	r.finish(f(vars))
	return vars
}

func (r *recorder) runVector(f func([]Var) []Var, vars []Var, x []float64) []Var {
	vars = r.inputs(vars, x)
	defer r.end()
	for _, y := range f(vars) {
		r.finish(y)
	}
	return vars
}

func (r *recorder) inputs(vars []Var, x []float64) []Var {
	r.begin(x)
	vars = slices.Grow(vars[:0], len(x))[:len(x)]
	for i := range vars {
		vars[i] = r.input(i)
	}
	return vars
}

// kept is the number of operations up to which the memory of a recording serves
// the next one. A larger recording becomes the program as it is.
const kept = 1 << 16

// last returns what is recorded by r, which is not used any more.
func (r *recorder) last(opts []Option) *Program {
	p := r.program(settings(opts).unsteered)
	if len(p.ops) <= kept {
		recorders.Put(r)
	}
	return p
}

// reserve makes room for a recording like the large program p.
func (r *recorder) reserve(p *Program) {
	if q := &r.prog; len(p.ops) > kept && cap(q.ops) < len(p.ops) {
		q.ops = make([]op, 0, len(p.ops))
		q.args = slices.Grow(q.args[:0], len(p.args))
		q.par = slices.Grow(q.par[:0], len(p.par))
	}
}

// program returns what is recorded, and leaves none of its memory to r.
func (r *recorder) program(unsteered bool) *Program {
	p := r.prog
	if len(p.ops) > kept {
		r.prog = Program{}
	} else {
		p.ops, p.args, p.par = slices.Clone(p.ops), slices.Clone(p.args), slices.Clone(p.par)
		p.funcs, p.out, p.guards, p.x = slices.Clone(p.funcs), slices.Clone(p.out), slices.Clone(p.guards), slices.Clone(p.x)
	}
	p.unsteered = unsteered
	return &p
}

// Dims returns the number of variables and that of results.
func (p *Program) Dims() (n, m int) { return p.n, len(p.out) }

// list returns the operands of an operation of several.
func (p *Program) list(o op) []uint32 { return p.args[o.x+1:][:o.y] }

// window returns what s, which is of all numbers, has of the operands of an
// operation on neighbours.
func (p *Program) window(o *op, s []float64) []float64 { return s[p.args[o.x+1]:][:o.y] }

// coeffs returns the coefficients of a linear combination.
func (p *Program) coeffs(o op) []float64 { return p.par[p.args[o.x]:][:o.y] }

// poly returns the coefficients of a polynomial.
func (p *Program) poly(o op) []float64 { return p.par[p.args[o.y+1]:][:p.args[o.y]] }

// listValue returns the value of an operation of several operands.
func (p *Program) listValue(o op, val []float64) float64 {
	args := p.list(o)
	s := 0.0
	switch o.code {
	case opWhere:
		if val[args[0]] > 0 {
			return val[args[1]]
		}
		return val[args[2]]
	case opFMA:
		return azFMA(val[args[0]], val[args[1]], val[args[2]])
	case opDot:
		for ; len(args) >= 2; args = args[2:] {
			s += val[args[0]] * val[args[1]]
		}
	case opSum:
		for _, a := range args {
			s += val[a]
		}
	case opLinComb:
		c := p.coeffs(o)
		if o.run {
			x := p.window(&o, val)
			for i, c := range c[:len(x)] {
				s += c * x[i]
			}
			return s
		}
		for i, c := range c {
			s += c * val[args[i]]
		}
	case opSumSq:
		for _, a := range args {
			s += val[a] * val[a]
		}
	case opNorm:
		s, _, _ = norm(args, val)
	case opLogSumExp:
		top := largest(args, val)
		if math.IsInf(top, 0) {
			return top
		}
		for _, a := range args {
			s += math.Exp(val[a] - top)
		}
		return math.Log(s) + top
	case opProd:
		s = 1
		for _, a := range args {
			s *= val[a]
		}
	}
	return s
}

// norm returns the Euclidean length s of the operands, and that of the operands
// after a division by 2^e, which is of the order of 1 if s is neither 0 nor
// infinite.
func norm(args []uint32, val []float64) (s, scaled float64, e int) {
	big := 0.0
	for _, a := range args {
		big = max(big, math.Abs(val[a]))
	}
	if big == 0 || big-big != 0 {
		return big, big, 0
	}
	_, e = math.Frexp(big)
	for _, a := range args {
		y := math.Ldexp(val[a], -e)
		scaled += y * y
	}
	scaled = math.Sqrt(scaled)
	return math.Ldexp(scaled, e), scaled, e
}

// largest returns the largest of the operands, and NaN if any is NaN.
func largest(args []uint32, val []float64) float64 {
	top := math.Inf(-1)
	for _, a := range args {
		top = max(top, val[a])
	}
	return top
}

// replay computes the numbers of the program from the variables, which are in
// val.
func (p *Program) replay(val []float64) {
	ops, par := p.ops, p.par
	val = val[:len(ops)]
	for i := p.n + 1; i < len(ops); i++ {
		o := ops[i]
		switch o.code {
		case opAdd:
			val[i] = val[o.x] + val[o.y]
		case opSub:
			val[i] = val[o.x] - val[o.y]
		case opMul:
			val[i] = val[o.x] * val[o.y]
		case opScale:
			val[i] = par[o.y] * val[o.x]
		case opAddConst:
			val[i] = val[o.x] + par[o.y]
		case opSqr:
			val[i] = val[o.x] * val[o.x]
		case opConst:
			val[i] = par[o.y]
		case opLinComb, opSumSq:
			val[i] = p.listValue(o, val)
		default:
			val[i] = p.valueOf(o, val)
		}
	}
}

// valueOf returns the value of any other operation.
func (p *Program) valueOf(o op, val []float64) float64 {
	if o.code.isNary() {
		return p.listValue(o, val)
	}
	x := val[o.x]
	switch code := o.code; {
	case code > opStepEnd:
		return binaryValue(code, x, val[o.y])
	case code >= opRules:
		return unaryValue(code, p.par[o.y], x)
	}
	switch o.code {
	case opNeg:
		return -x
	case opInv:
		return 1 / x
	case opSubFrom:
		return p.par[o.y] - x
	case opAbs:
		return math.Abs(x)
	case opSign:
		return float64(dual.Float(x).Sign())
	case opApply:
		return p.funcs[o.y](0, x)
	case opPoly:
		v, _, _ := horner(p.poly(o), x)
		return v
	case opAZMul:
		return azMul(x, val[o.y])
	case opDiv:
		return x / val[o.y]
	case opCopysign:
		return math.Copysign(x, val[o.y])
	case opMod:
		return math.Mod(x, val[o.y])
	case opMax:
		return math.Max(x, val[o.y])
	case opMin:
		return math.Min(x, val[o.y])
	}
	panic(badCode)
}

// holds returns a *BranchError if the program is not what the function would do
// at the point of which value returns the numbers, by index.
func (p *Program) holds(value func(i uint32) float64) error {
	if l := p.look; l.at != 0 && !p.unsteered {
		for i, v := range p.x {
			if w := value(uint32(i + 1)); math.Float64bits(v) != math.Float64bits(w) {
				return &BranchError{Op: l.how, Of: p.ops[l.at].code.String(), Index: int(l.at), X: l.v, Y: l.v}
			}
		}
	}
	for _, g := range p.guards {
		x, y := value(g.x), value(g.y)
		if (x < y) != g.less {
			of := max(g.x, g.y)
			if p.ops[of].code == opConst {
				of = min(g.x, g.y)
			}
			return &BranchError{Op: "Less", Of: p.ops[of].code.String(), Index: int(of), X: x, Y: y}
		}
	}
	return nil
}
