package mixed

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Optimize returns a program that does the same with fewer operations: what was
// computed twice is computed once, what no result needs is left out, operations
// on constants are carried out, and those that change nothing, such as a
// multiplication by 1, are dropped. Values are the same bit for bit. Derivatives
// are the same to rounding, for they are added up in another order. It takes
// about as long as some tens of gradients.
func (p *Program) Optimize() *Program {
	b := builder{old: p, index: make([]uint32, len(p.ops)), seen: make(map[string]uint32)}
	b.live = p.needed()
	b.par = []float64{0}
	b.x, b.n, b.look, b.unsteered, b.funcs = p.x, p.n, p.look, p.unsteered, p.funcs
	b.ops = slices.Clone(p.ops[:p.n+1])
	b.val = make([]float64, p.n+1, len(p.ops))
	for i := range b.ops {
		b.index[i] = uint32(i)
	}
	for i := p.n + 1; i < len(p.ops); i++ {
		if b.live[i] {
			b.index[i] = b.add(p.ops[i])
		}
	}
	for _, o := range p.out {
		b.out = append(b.out, b.index[o])
	}
	for _, g := range p.guards {
		g.x, g.y = b.index[g.x], b.index[g.y]
		if !slices.Contains(b.guards, g) {
			b.guards = append(b.guards, g)
		}
	}
	b.look.at = b.index[p.look.at]
	q := b.Program
	q.drop()
	return &q
}

// needed returns which numbers the results and guards of p depend on.
func (p *Program) needed() []bool {
	live := make([]bool, len(p.ops))
	for _, o := range p.out {
		live[o] = true
	}
	for _, g := range p.guards {
		live[g.x], live[g.y] = true, true
	}
	live[p.look.at] = true
	for i := len(p.ops) - 1; i > p.n; i-- {
		if live[i] {
			for _, a := range p.operands(p.ops[i], nil) {
				live[a] = true
			}
		}
	}
	return live
}

// operands appends the operands of o to dst.
func (p *Program) operands(o op, dst []uint32) []uint32 {
	switch {
	case o.code == opConst || o.code == opInput:
		return dst
	case o.code.isNary():
		return append(dst, p.list(o)...)
	case o.code.isBinary():
		return append(dst, o.x, o.y)
	}
	return append(dst, o.x)
}

// A builder makes an optimised program.
type builder struct {
	Program // the new one
	old     *Program
	live    []bool
	index   []uint32          // of the numbers of old in the new program
	seen    map[string]uint32 // operations by what they are
	val     []float64         // of constants
	key     []byte
	last    shared
	args    []uint32
}

// add adds the operation o of the old program, and returns its index.
func (b *builder) add(o op) uint32 {
	p := b.old
	b.args = p.operands(o, b.args[:0])
	constant := o.code != opConst && o.code != opApply
	for k, a := range b.args {
		a = b.index[a]
		b.args[k] = a
		constant = constant && b.ops[a].code == opConst
	}
	if i, ok := b.same(o); ok {
		return i
	}
	if o.code == opAdd || o.code == opMul {
		slices.Sort(b.args)
	}
	head := b.prepare(o)
	if i, ok := b.seen[string(b.key)]; ok {
		return i
	}
	n := b.emit(o, head)
	b.val = append(b.val, 0)
	last := b.ops[n]
	switch {
	case last.code == opConst:
		b.val[n] = b.Program.par[last.y]
	case constant:
		v := b.valueOfAny(last)
		b.ops = b.ops[:n]
		b.val = b.val[:n]
		b.par = append(b.par, v)
		b.ops = append(b.ops, op{0, uint32(len(b.par) - 1), opConst, false})
		b.val = append(b.val, v)
	}
	b.seen[string(b.key)] = n
	return n
}

// valueOfAny returns the value of an operation on constants.
func (b *builder) valueOfAny(o op) float64 {
	val := b.val
	switch o.code {
	case opAdd:
		return val[o.x] + val[o.y]
	case opSub:
		return val[o.x] - val[o.y]
	case opMul:
		return val[o.x] * val[o.y]
	case opScale:
		return b.par[o.y] * val[o.x]
	case opAddConst:
		return val[o.x] + b.par[o.y]
	case opSqr:
		return val[o.x] * val[o.x]
	}
	return b.valueOf(o, val)
}

// same returns the operand that is the result of o, if there is one.
func (b *builder) same(o op) (uint32, bool) {
	if len(b.args) == 0 {
		return 0, false
	}
	x := b.args[0]
	switch o.code {
	case opScale, opPowInt, opPowReal:
		return x, b.old.par[o.y] == 1
	case opAddConst:
		c := b.old.par[o.y]
		return x, c == 0 && math.Signbit(c)
	case opNeg:
		return b.ops[x].x, b.ops[x].code == opNeg
	}
	return 0, false
}

// prepare sets the key of o, and returns what is at the head of its list.
func (b *builder) prepare(o op) (head uint32) {
	p := b.old
	k := append(b.key[:0], byte(o.code))
	for _, a := range b.args {
		k = binary.LittleEndian.AppendUint32(k, a)
	}
	bits := func(c float64) { k = binary.LittleEndian.AppendUint64(k, math.Float64bits(c)) }
	switch {
	case o.code == opLinComb:
		for _, c := range p.coeffs(o) {
			bits(c)
		}
	case o.code.isNary():
		head = p.args[o.x]
		k = binary.LittleEndian.AppendUint32(k, head)
	case o.code.isBinary():
	case o.code == opApply:
		k = binary.LittleEndian.AppendUint32(k, o.y)
	case o.code == opPoly:
		for _, c := range p.poly(o) {
			bits(c)
		}
	default:
		bits(p.par[o.y])
	}
	b.key = k
	return head
}

// emit appends o with the operands in args.
func (b *builder) emit(o op, head uint32) uint32 {
	p := b.old
	z := op{code: o.code}
	switch {
	case o.code.isNary():
		if o.code == opLinComb {
			head = b.last.place(&b.Program, p.coeffs(o))
		}
		z.x, z.y = uint32(len(b.Program.args)), o.y
		b.Program.args = append(append(b.Program.args, head), b.args...)
	case o.code.isBinary():
		z.x, z.y = b.args[0], b.args[1]
	case o.code == opApply:
		z.x, z.y = b.args[0], o.y
	case o.code == opPoly:
		c := p.poly(o)
		z.x, z.y = b.args[0], uint32(len(b.Program.args))
		b.Program.args = append(b.Program.args, uint32(len(c)), uint32(len(b.par)))
		b.par = append(b.par, c...)
	default:
		if len(b.args) > 0 {
			z.x = b.args[0]
		}
		if o.y != 0 {
			z.y = uint32(len(b.par))
			b.par = append(b.par, p.par[o.y])
		}
	}
	b.ops = append(b.ops, z)
	return uint32(len(b.ops) - 1)
}

// drop removes what is not needed, after all is built.
func (p *Program) drop() {
	live := p.needed()
	index := make([]uint32, len(p.ops))
	n := uint32(p.n + 1)
	for i := range p.ops {
		switch {
		case i <= p.n:
			index[i] = uint32(i)
			continue
		case !live[i]:
			continue
		}
		o := p.ops[i]
		switch {
		case o.code == opConst:
		case o.code.isNary():
			args := p.list(o)
			for k, a := range args {
				args[k] = index[a]
			}
			o.run = o.code != opDot && isRun(args)
		case o.code.isBinary():
			o.x, o.y = index[o.x], index[o.y]
		default:
			o.x = index[o.x]
		}
		p.ops[n], index[i] = o, n
		n++
	}
	p.ops = slices.Clip(p.ops[:n])
	for i, o := range p.out {
		p.out[i] = index[o]
	}
	for i, g := range p.guards {
		p.guards[i] = guard{index[g.x], index[g.y], g.less}
	}
	p.look.at = index[p.look.at]
}

// Stats says what a program consists of.
type Stats struct {
	Variables  int
	Results    int
	Operations int // without variables and constants
	Constants  int // that are operands by themselves
	Fused      int // operations with a list of operands, as by dual.Dot
	Operands   int // in these lists
	Guards     int // comparisons by dual.Less
	Bytes      int // of the program
	PointBytes int // of a point with first and second derivatives
}

// Stats returns what p consists of.
func (p *Program) Stats() Stats {
	s := Stats{
		Variables: p.n,
		Results:   len(p.out),
		Guards:    len(p.guards),
		Bytes:     12*len(p.ops) + 4*len(p.args) + 8*len(p.par) + 4*len(p.out) + 12*len(p.guards) + 8*len(p.x),
		// Value, local, adjoint, tangent and that of the adjoint.
		PointBytes: (8+32+8+8+8)*len(p.ops) + 8*len(p.args),
	}
	for _, o := range p.ops[p.n+1:] {
		switch {
		case o.code == opConst:
			s.Constants++
			continue
		case o.code.isNary():
			s.Fused++
			s.Operands += int(o.y)
		}
		s.Operations++
	}
	return s
}

// String returns a table of s.
func (s Stats) String() string {
	var b strings.Builder
	line := func(name string, n int) { fmt.Fprintf(&b, "%-12s %12d\n", name, n) }
	line("variables", s.Variables)
	line("results", s.Results)
	line("operations", s.Operations)
	line("constants", s.Constants)
	line("fused", s.Fused)
	line("operands", s.Operands)
	line("guards", s.Guards)
	line("bytes", s.Bytes)
	line("point bytes", s.PointBytes)
	return b.String()
}
