package numpy

import (
	"fmt"
	"strings"
)

// A Program is a function as the sequence of operations on arrays that it did
// once; see [Record]. It is immutable, and any number of goroutines may use it.
type Program struct {
	p      *program
	shapes [][]int // of the arguments
	out    []int   // shape of the value
}

// Record runs f on arrays like xs and returns the operations that it did and
// on which its value depends. What does not depend on the arguments has been
// computed. What f reads from the numbers in xs, as for a branch or an index, is
// part of the program: it is not read anew from others.
//
// The function may itself take derivatives: the program of np.Grad(f) has the
// operations of the way there and back.
func Record(f func(x ...Array) Array, xs ...Array) *Program {
	p, ys := recordProgram(list(f), xs, false, recording{shapes: true})
	r := &Program{p: p, out: ys[0].Shape()}
	for _, x := range xs {
		r.shapes = append(r.shapes, x.Shape())
	}
	return r
}

// Len returns the number of operations.
func (p *Program) Len() int { return len(p.p.steps) }

// Run does the operations on other arguments. It can be differentiated. It
// panics with an [Error] if their number or their shapes are not those that the
// program was recorded with.
func (p *Program) Run(xs ...Array) Array {
	if len(xs) != len(p.shapes) {
		fail("Program: %d arguments, want %d", len(xs), len(p.shapes))
	}
	for i, x := range xs {
		if !sameShape(x.Shape(), p.shapes[i]) {
			fail("Program: argument %d has shape %s, want %s", i, shapeString(x.Shape()), shapeString(p.shapes[i]))
		}
	}
	return p.p.run(xs)[0]
}

// Map runs the program for many arguments at once. They lie along a first axis
// before those of the arguments that the program was recorded with, as do the
// values; an argument without that axis is the same for all. The operations
// work on all of them together where they can, which is faster than a loop:
// with the program of a gradient Map gives the gradient for each of many data.
// It can be differentiated. It panics with an [Error] if the number or the
// shapes of the arguments do not fit.
func (p *Program) Map(xs ...Array) Array {
	if len(xs) != len(p.shapes) {
		fail("Program.Map: %d arguments, want %d", len(xs), len(p.shapes))
	}
	n := -1
	in := make([]batch, len(xs))
	for i, x := range xs {
		in[i].x = x
		shape := x.Shape()
		switch {
		case sameShape(shape, p.shapes[i]):
			continue
		case len(shape) == 0 || !sameShape(shape[1:], p.shapes[i]) || n >= 0 && shape[0] != n:
			fail("Program.Map: argument %d has shape %s, want %s or the same after an axis of the length of the others'", i, shapeString(shape), shapeString(p.shapes[i]))
		}
		n, in[i].many = shape[0], true
	}
	if n < 0 {
		fail("Program.Map: no argument has a further axis")
	}
	if n == 0 {
		return Wrap([]float64{}, concat([]int{0}, p.out)...)
	}
	y := p.p.runBatch(in, n)[0]
	if !y.many {
		return BroadcastTo(y.x, concat([]int{n}, p.out)...)
	}
	return y.x
}

// String returns the program as text, an operation a line, with the shapes of
// the results:
//
//	v0 (3) = Mul(x0, x0)
//	v1 () = SumTo(v0)
//	return v1
//
// Arguments are called x0, x1 and so on. The derivative of order k of a
// function of numbers has its name with k primes.
func (p *Program) String() string {
	var b strings.Builder
	for i := range p.p.steps {
		s := &p.p.steps[i]
		for j, y := range s.out {
			if j > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s %s", p.name(operand{slot: s.first + j}), shapeString(y.Shape()))
		}
		var args []string
		for _, o := range s.in {
			args = append(args, p.name(o))
		}
		name, param := s.name()
		if param != "" {
			args = append(args, param)
		}
		fmt.Fprintf(&b, " = %s(%s)\n", name, strings.Join(args, ", "))
	}
	fmt.Fprintf(&b, "return %s\n", p.name(p.p.out[0]))
	return b.String()
}

// DOT returns the program as a directed graph in the language of Graphviz, to
// be drawn by its command dot.
func (p *Program) DOT() string {
	var b strings.Builder
	b.WriteString("digraph {\n\tnode [shape=box]\n")
	constants := 0
	node := func(o operand) string {
		name := p.name(o)
		if o.slot < 0 {
			constants++
			fmt.Fprintf(&b, "\tc%d [label=%q, shape=plaintext]\n", constants, name)
			return fmt.Sprintf("c%d", constants)
		}
		return name
	}
	for i, shape := range p.shapes {
		fmt.Fprintf(&b, "\tx%d [label=\"x%d %s\", shape=ellipse]\n", i, i, shapeString(shape))
	}
	for i := range p.p.steps {
		s := &p.p.steps[i]
		for j, y := range s.out {
			result := p.name(operand{slot: s.first + j})
			name, param := s.name()
			label := strings.TrimSpace(name + " " + param)
			fmt.Fprintf(&b, "\t%s [label=\"%s %s\"]\n", result, label, shapeString(y.Shape()))
			for _, o := range s.in {
				fmt.Fprintf(&b, "\t%s -> %s\n", node(o), result)
			}
		}
	}
	fmt.Fprintf(&b, "\tvalue [label=\"value %s\", shape=ellipse]\n\t%s -> value\n}\n", shapeString(p.out), node(p.p.out[0]))
	return b.String()
}

// name is what an operand is called.
func (p *Program) name(o operand) string {
	n := len(p.shapes)
	switch {
	case o.slot >= n:
		return fmt.Sprintf("v%d", o.slot-n)
	case o.slot >= 0:
		return fmt.Sprintf("x%d", o.slot)
	case o.x.Size() == 1 && !o.x.IsComplex():
		return fmt.Sprint(o.x.Float64())
	}
	return "constant " + shapeString(o.x.Shape())
}

// name is what the operation is called, and its parameter if that is simple.
func (s *instruction) name() (name, param string) {
	switch p := s.param.(type) {
	case *derivative:
		return p.name + strings.Repeat("'", p.k), ""
	case float64:
		return s.op.Name, fmt.Sprint(p)
	}
	return s.op.Name, ""
}
