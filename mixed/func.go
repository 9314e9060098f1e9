package mixed

import "sync/atomic"

// A Func is a function with the program that it was last seen to do. At a point
// where the program does not hold it is recorded again, so that there are no
// branches to worry about. It may be used by any number of goroutines if the
// function may.
type Func struct {
	f         func([]Var) Var
	unsteered bool
	prog      atomic.Pointer[Program]
}

// NewFunc returns a Func for f, which must not keep its argument.
func NewFunc(f func([]Var) Var, opts ...Option) *Func {
	checkFunc("NewFunc", f == nil)
	return &Func{f: f, unsteered: settings(opts).unsteered}
}

// At returns the point x of the function. It calls the function if its program
// does not hold there, and each time if it looks at values, unless the option
// [Unsteered] was given. As long as the program holds nothing is allocated in
// steady state, if points are closed when they are done with.
func (f *Func) At(x []float64) *Point {
	p := f.prog.Load()
	if p != nil && p.n == len(x) {
		if q, err := p.At(x); err == nil {
			return q
		}
	}
	q := points.Get().(*Point)
	if p != nil {
		q.rec.reserve(p)
	}
	q.record(f.f, x)
	if q.prog.look.at == 0 || f.unsteered {
		q.prog = q.rec.program(f.unsteered)
		f.prog.Store(q.prog)
	}
	return q
}

// Program returns the program of the last recording that holds at other points
// too, nil if there is none yet.
func (f *Func) Program() *Program { return f.prog.Load() }
