package hessian

import (
	"sync"
	"sync/atomic"

	"github.com/dualjet/dualjet/mixed"
)

// CompileVector returns a Program for a function with several results, whose
// points are about the sum of the results with the weights that [Point.Weigh]
// sets, 1 at first: the Lagrangian of an optimization with constraints, if the
// first result is the objective; for solvers see [Program.Lagrangian]. The pattern
// is that for any weights. f must not keep its argument.
//
//	p := hessian.CompileVector(f, x0)   // objective and constraints
//	q := p.At(x)
//	q.Weigh(weights)                    // σ and the multipliers λ
//	h := q.Sparse(nil)
func CompileVector(f func([]mixed.Var) []mixed.Var, x []float64, opts ...Option) *Program {
	checkFunc("CompileVector", f == nil)
	o := apply(opts)
	return compile(&vectorFunc{f: f, opts: o.recording}, x, o)
}

// function is a mixed.Func, of one result or several.
type function interface {
	At(x []float64) *mixed.Point
	Program() *mixed.Program
}

// vectorFunc is a function of several results with the last recording.
type vectorFunc struct {
	f    func([]mixed.Var) []mixed.Var
	opts []mixed.Option
	mu   sync.Mutex // held while recording
	prog atomic.Pointer[mixed.Program]
}

// Program returns the last recording.
func (v *vectorFunc) Program() *mixed.Program { return v.prog.Load() }

// At returns the point x. It records if the program does not hold there.
func (v *vectorFunc) At(x []float64) *mixed.Point {
	if p := v.prog.Load(); p != nil {
		if q, err := p.At(x); err == nil {
			return q
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	p := mixed.RecordVector(v.f, x, v.opts...)
	q, err := p.At(x)
	if err != nil {
		panic(err) // it was recorded there
	}
	v.prog.Store(p)
	return q
}

// Weigh sets the weights of the results. It panics with a mixed.Error if there
// are not as many as results.
func (q *Point) Weigh(w []float64) {
	q.at().Weigh(w)
	q.weights = append(q.weights[:0], w...)
}

// Values puts the results of the function into dst and returns it. A nil dst is
// allocated. It panics with a mixed.Error if dst has another length.
func (q *Point) Values(dst []float64) []float64 { return q.at().Values(dst) }

// GaussNewton puts the product of JᵀJ with v into dst, where J is the matrix of
// the derivatives of the results: the part of the Hessian of half the sum of
// their squares that is never negative, and all of it where they are zero. It
// costs about two gradients. The matrix itself is [Jac.Gram]. It panics with a mixed.Error if a length is another.
func (q *Point) GaussNewton(dst, v []float64) {
	p := q.at()
	_, m := p.Dims()
	if cap(q.jv) < m {
		q.jv = make([]float64, m)
	}
	q.jv = p.JVP(q.jv[:m], v)
	if len(q.weights) != m {
		q.weights = q.weights[:0]
		for range m {
			q.weights = append(q.weights, 1)
		}
	}
	p.Weigh(q.jv)
	defer p.Weigh(q.weights)
	p.Gradient(dst)
}
