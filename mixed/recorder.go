package mixed

import (
	"math"
	"sync"
)

// indexBits is the number of bits of an index, maxNodes the size of a program
// that they allow. The bit above them is 0 in the identity of a variable unless
// the program is too large.
const (
	indexBits = 31
	maxNodes  = 1<<indexBits - 1
)

// A recorder is a program in the making, with the values of its numbers.
type recorder struct {
	prog  Program
	val   []float64
	gen   uint64 // the number of the recording, in the upper half; see Var.id
	base  uint64 // what to add to the number of operations for the last one's id
	limit int    // on the number of operands and parameters

	block shared
	coef  []float64
}

// recorders keeps those that are not in use, for any goroutine.
var recorders = sync.Pool{New: func() any { return new(recorder) }}

// begin starts a recording at x.
func (r *recorder) begin(x []float64) {
	r.gen += 1 << 32
	if r.limit == 0 {
		r.limit = maxNodes
	}
	p := &r.prog
	p.n = len(x)
	p.args = p.args[:0]
	r.block = shared{}
	p.par = append(p.par[:0], 0) // where operations without a parameter look
	clear(p.funcs)
	p.funcs = p.funcs[:0]
	p.guards, p.out = p.guards[:0], p.out[:0]
	p.look = look{}
	p.unsteered = false
	p.x = append(p.x[:0], x...)
	r.base = r.gen - 1
	r.val, p.ops = r.val[:0], p.ops[:0]
	r.push(0, 0, opConst, 0)
	for _, v := range x {
		r.push(0, 0, opInput, v)
	}
}

// input returns variable i.
func (r *recorder) input(i int) Var { return Var{r.val[i+1], r, r.gen | uint64(i+1)} }

// end closes the recording: its variables must not be used any more.
func (r *recorder) end() {
	r.gen += 1 << 32
	if len(r.val) > maxNodes {
		panic(errLimit)
	}
}

// finish notes that y is an output of the program.
func (r *recorder) finish(y Var) {
	i := r.operand(y)
	r.prog.out = append(r.prog.out, i)
}

// push appends an operation with the value v. The limit is seen to by index and
// end, so that push can be inlined.
func (r *recorder) push(x, y uint32, code opcode, v float64) Var {
	r.val = append(r.val, v)
	r.prog.ops = append(r.prog.ops, op{x, y, code, false})
	return Var{v, r, r.base + uint64(len(r.val))}
}

// pair is push for two variables, of which x is in r.
func (r *recorder) pair(x, y Var, code opcode, v float64) Var {
	if y.r != r || (x.id^r.gen|y.id^r.gen)>>indexBits != 0 {
		panic(errForeign)
	}
	return r.push(uint32(x.id), uint32(y.id), code, v)
}

// index returns the index of a variable.
func (r *recorder) index(x Var) uint32 {
	if x.r != r || (x.id^r.gen)>>indexBits != 0 {
		panic(errForeign)
	}
	return uint32(x.id)
}

// operand returns the index of a variable or constant.
func (r *recorder) operand(x Var) uint32 {
	if x.r != nil {
		return r.index(x)
	}
	return uint32(r.push(0, r.param(x.v), opConst, x.v).id)
}

// param returns the index of a parameter.
func (r *recorder) param(p float64) uint32 {
	if len(r.prog.par) >= r.limit {
		panic(errLimit)
	}
	r.prog.par = append(r.prog.par, p)
	return uint32(len(r.prog.par) - 1)
}

// coefficients returns the index of parameters with the values c.
func (r *recorder) coefficients(c []float64) uint32 {
	at := r.block.place(&r.prog, c)
	if len(r.prog.par) > r.limit {
		panic(errLimit)
	}
	return at
}

// A shared is the block of parameters that the last linear combinations have in
// common. A function that goes through data often takes the same numbers several
// times, or the first of them.
type shared struct{ at, end int }

// place returns the index in par of parameters with the values c, which it appends
// if they are not there.
func (s *shared) place(p *Program, c []float64) uint32 {
	block := p.par[s.at:s.end]
	same := 0
	for same < min(len(block), len(c)) && math.Float64bits(block[same]) == math.Float64bits(c[same]) {
		same++
	}
	switch {
	case same == len(c):
	case same == len(block) && s.end == len(p.par):
		p.par = append(p.par, c[same:]...)
		s.end = len(p.par)
	default:
		s.at = len(p.par)
		p.par = append(p.par, c...)
		s.end = len(p.par)
	}
	return uint32(s.at)
}

// ternary records an operation on three numbers.
func (r *recorder) ternary(code opcode, head uint32, x, y, z Var, v float64) Var {
	a, b, c := r.operand(x), r.operand(y), r.operand(z)
	at := r.list(head)
	r.prog.args = append(r.prog.args, a, b, c)
	return r.push(at, 3, code, v)
}

// list begins a list of operands, and returns its index.
func (r *recorder) list(head uint32) uint32 {
	if len(r.prog.args) >= r.limit {
		panic(errLimit)
	}
	r.prog.args = append(r.prog.args, head)
	return uint32(len(r.prog.args) - 1)
}

// observe notes that the function has looked at the value of x. Variables of
// recordings that have ended may be looked at.
func (r *recorder) observe(x Var, how string) {
	if l := &r.prog.look; l.at == 0 && x.id&^(1<<32-1) == r.gen {
		*l = look{uint32(x.id), x.v, how}
	}
}

// A look is the first time that a function has looked at a value.
type look struct {
	at  uint32 // index of the number, 0 if it never has
	v   float64
	how string
}
