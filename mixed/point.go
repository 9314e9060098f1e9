package mixed

import (
	"sync"

	"github.com/dualjet/dualjet/dual"
)

// A Point is a program at one point x, made by [Program.At], [Func.At] or
// [At]. It computes the values and derivatives there, each from what the ones
// before have left. It belongs to one goroutine at a time.
//
// If the program has several results, a point is about their sum Σ w[i]·f[i], in
// which all weights are 1 until [Point.Weigh] sets them.
type Point struct {
	prog *Program
	rec  recorder // of points that have recorded by themselves
	vars []Var

	val     []float64
	weights []float64
	stage   stage

	loc   []local
	jac   []float64 // of the operands in lists; see listLocal
	full  []full
	kinks int // operations at a point where only the direction decides
	bar   []float64

	s     scratch
	hyper evaluation[dual.Hyper]
	line  seriesWork
}

// A stage is how far a point has got.
type stage uint8

const (
	valued stage = iota + 1
	differentiated
)

// points keeps those that are not in use, for any goroutine.
var points = sync.Pool{New: func() any { return new(Point) }}

// At evaluates p at x. It returns an [ErrBranch] if p does not hold there. It
// panics with an [Error] if p has another number of variables.
//
// Nothing is allocated in steady state if points are closed when they are done
// with.
func (p *Program) At(x []float64) (*Point, error) {
	checkLen("Program.At", "x", len(x), "the number of variables", p.n)
	q := points.Get().(*Point)
	q.prog = p
	q.val = resize(q.val, len(p.ops))
	q.val[0] = 0
	copy(q.val[1:], x)
	p.replay(q.val)
	if err := p.holds(func(i uint32) float64 { return q.val[i] }); err != nil {
		q.prog = nil
		points.Put(q)
		return nil, err
	}
	q.begin()
	return q, nil
}

// begin sets the state of a point that has its values.
func (q *Point) begin() {
	q.stage = valued
	q.weights = resize(q.weights, len(q.prog.out))
	for i := range q.weights {
		q.weights[i] = 1
	}
}

// record makes q a point of what f does at x.
func (q *Point) record(f func([]Var) Var, x []float64) {
	q.rec.val = q.val
	q.vars = q.rec.run(f, q.vars, x)
	q.prog, q.val = &q.rec.prog, q.rec.val
	q.rec.val = nil
	if len(x) > kept {
		q.vars = nil
	}
	q.begin()
}

// Close gives the memory of q back. After that q must not be used any more.
func (q *Point) Close() {
	q.check()
	q.prog, q.stage = nil, 0
	points.Put(q)
}

func (q *Point) check() {
	if q.stage == 0 {
		panic(errClosed)
	}
}

// Dims returns the number of variables and that of results.
func (q *Point) Dims() (n, m int) {
	q.check()
	return q.prog.Dims()
}

// Value returns the value at the point.
func (q *Point) Value() float64 {
	q.check()
	if len(q.prog.out) == 1 && q.weights[0] == 1 {
		return q.val[q.prog.out[0]]
	}
	s := 0.0
	for i, o := range q.prog.out {
		if w := q.weights[i]; w != 0 {
			s += w * q.val[o]
		}
	}
	return s
}

// Values puts the results of the program into dst and returns it. A nil dst is
// allocated. It panics with an [Error] if dst has another length.
func (q *Point) Values(dst []float64) []float64 {
	q.check()
	dst = destination("Values", dst, len(q.prog.out))
	for i, o := range q.prog.out {
		dst[i] = q.val[o]
	}
	return dst
}

// Weigh sets the weights of the results. It panics with an [Error] if there are
// not as many as results.
func (q *Point) Weigh(w []float64) {
	q.check()
	checkLen("Weigh", "w", len(w), "the number of results", len(q.prog.out))
	copy(q.weights, w)
	q.stage = valued
}

// destination returns dst, or a new slice if it is nil, of length n.
func destination(name string, dst []float64, n int) []float64 {
	if dst == nil {
		return make([]float64, n)
	}
	checkLen(name, "dst", len(dst), "the number wanted", n)
	return dst
}

// Gradient puts the gradient at the point into dst and returns it. A nil dst is
// allocated. It panics with an [Error] if dst has another length.
func (q *Point) Gradient(dst []float64) []float64 {
	q.check()
	dst = destination("Gradient", dst, q.prog.n)
	q.differentiate()
	copy(dst, q.bar[1:])
	return dst
}
