package mixed

import "sync"

// maxNodes bounds the size of a program: indices stay below the mark elsewhere of
// a local.
const maxNodes = 1<<31 - 1

// A recorder is a program in the making, with the values of its numbers.
type recorder struct {
	prog  Program // without ops until the end
	ops   []op    // the first n are in use
	val   []float64
	n     int
	gen   uint64 // the number of the recording, in the upper half; see Var.id
	limit int    // on the number of operations
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
	p.par = append(p.par[:0], 0) // where operations without a parameter look
	clear(p.funcs)
	p.funcs = p.funcs[:0]
	p.guards, p.out = p.guards[:0], p.out[:0]
	p.look = look{}
	p.unsteered = false
	p.x = append(p.x[:0], x...)
	r.n = 0
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
	r.prog.ops = r.ops[:r.n]
}

// finish notes that y is an output of the program.
func (r *recorder) finish(y Var) {
	i := r.operand(y)
	r.prog.out = append(r.prog.out, i)
}

// push appends an operation with the value v. It writes fields one by one; see
// local.set.
func (r *recorder) push(x, y uint32, code opcode, v float64) Var {
	n := r.n
	if n >= len(r.val) || n >= len(r.ops) {
		r.grow()
	}
	r.n = n + 1
	r.val[n] = v
	o := &r.ops[n]
	o.x, o.y, o.code = x, y, code
	return Var{v, r, r.gen | uint64(n)}
}

// grow makes room for another operation.
func (r *recorder) grow() {
	if r.n >= r.limit {
		panic(errLimit)
	}
	n := max(2*r.n, len(r.ops), len(r.val), 256)
	r.val = append(r.val, make([]float64, n-len(r.val))...)
	r.ops = append(r.ops, make([]op, n-len(r.ops))...)
}

// index returns the index of a variable.
func (r *recorder) index(x Var) uint32 {
	if x.r != r || x.id&^(1<<32-1) != r.gen {
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
