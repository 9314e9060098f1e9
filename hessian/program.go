package hessian

import (
	"slices"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/dualjet/dualjet/mixed"
)

// A Program is a function with what is known of its Hessian: the recording, the
// pattern, and how the values are found best. It is made by [Compile] or
// [CompileVector], and may be used by any number of goroutines if the function
// may.
type Program struct {
	f    function
	n    int
	plan atomic.Pointer[plan]
	memo memo

	using, jacobian Method // "" for the fastest
	rows            atomic.Pointer[jacobianPlan]
}

// Compile returns a Program for f at points such as x. f is recorded there and
// its pattern found; where f takes another branch it is recorded again, and the
// pattern is that of the new recording. A function that looks at values, by the
// method Value, is recorded at each point: it should decide by dual.Less, or, if
// it only prints them, pass [Unsteered]. The Hessian is found in the fastest way
// or in that which the option [Using] says. f must not keep its argument.
func Compile(f func([]mixed.Var) mixed.Var, x []float64, opts ...Option) *Program {
	checkFunc("Compile", f == nil)
	o := apply(opts)
	return compile(mixed.NewFunc(f, o.recording...), x, o)
}

func compile(f function, x []float64, o options) *Program {
	p := &Program{f: f, n: len(x), using: o.using, jacobian: o.jacobian}
	q := p.At(x)
	q.getPlan()
	q.Close()
	return p
}

// Dim returns the number of variables.
func (p *Program) Dim() int { return p.n }

// Pattern returns the pattern of the Hessian at all points where the function
// does what it did when it was last recorded. It comes from the operations, not
// from values, and may hold entries that are zero. It is nil if the Hessian is
// dense and too large to look at.
func (p *Program) Pattern() *Pattern { return p.plan.Load().pattern }

// Plan returns how the sparse Hessian is found, as of the last recording.
func (p *Program) Plan() Plan { return p.plan.Load().public }

// At returns the point x of the function. It panics with an [Error] if x has
// another length than that with which p was compiled. A program that holds at x
// is evaluated, else the function is recorded again.
func (p *Program) At(x []float64) *Point {
	checkLen("At", "x", len(x), "Dim()", p.n)
	pt := points.Get().(*Point)
	pt.q, pt.p, pt.weights, pt.rows, pt.linear.valid = p.f.At(x), p, pt.weights[:0], nil, false
	return pt
}

// points keeps those that are not in use.
var points = sync.Pool{New: func() any {
	q := new(Point)
	q.mul = q.HVP
	q.d3 = func(dst, v []float64) { q.D3(dst, q.u, v) }
	return q
}}

// A Point is a [Program] at one x, from one recording or evaluation. It belongs
// to one goroutine at a time.
type Point struct {
	q    *mixed.Point
	p    *Program
	plan *plan
	mul  func(dst, v []float64) // HVP
	h    Sym                    // for what is derived from it

	weights, jv []float64

	d3     func(dst, v []float64) // D3 with u
	u      []float64
	linear linear
	rows   *jacobianPlan // of a point that has it by itself
	j      Jac           // for what is derived from it
}

// Close gives the memory of the point back. After that it must not be used any
// more.
func (q *Point) Close() {
	q.at().Close()
	q.q, q.p, q.plan = nil, nil, nil
	points.Put(q)
}

// at returns the point underneath. It panics if q is closed.
func (q *Point) at() *mixed.Point {
	if q.q == nil {
		panic(Error("hessian: the point is closed"))
	}
	return q.q
}

func (q *Point) getPlan() *plan {
	if q.plan != nil {
		return q.plan
	}
	prog := q.at().Program()
	last := q.p.plan.Load()
	if last != nil && last.prog.Load() == prog {
		q.plan = last
		return last
	}
	q.plan = newPlan(prog, last, q.p.using)
	if prog == q.p.f.Program() {
		q.plan.prog.Store(prog)
	}
	q.p.plan.Store(q.plan)
	return q.plan
}

// Value returns the value of the function.
func (q *Point) Value() float64 { return q.at().Value() }

// Gradient puts the gradient into dst and returns it. A nil dst is allocated.
// It panics with a mixed.Error if dst has another length.
func (q *Point) Gradient(dst []float64) []float64 { return q.at().Gradient(dst) }

// HVP puts the product of the Hessian with v into dst, which may be v. It panics
// with a mixed.Error if a length is another.
func (q *Point) HVP(dst, v []float64) { q.at().HVP(dst, v) }

// Quad returns uᵀHv. It panics with a mixed.Error if a length is another.
func (q *Point) Quad(u, v []float64) float64 { return q.at().Quad(u, v) }

// D3 puts the third derivative in the directions u and v, the gradient of uᵀHv,
// into dst and returns it. A nil dst is allocated. It panics with a mixed.Error
// if a length is another.
func (q *Point) D3(dst, u, v []float64) []float64 { return q.at().D3(dst, u, v) }

// Pattern returns the pattern of the Hessian, nil if it is dense and too large
// to look at.
func (q *Point) Pattern() *Pattern { return q.getPlan().pattern }

// Sparse puts the Hessian into dst and returns it. A nil dst is allocated;
// otherwise nothing is in steady state. Its pattern is that of the point. It is
// found as [Program.Plan] says; at kinks, such as Abs at 0, where products are not
// linear, always by edge pushing, with the first derivatives that Gradient takes.
// It panics with an [Error] if the Hessian has more than 2²⁶ entries on the way
// to it.
func (q *Point) Sparse(dst *Sym) *Sym {
	pl := q.getPlan()
	if pl.pattern == nil {
		fail("Sparse: the Hessian of %d variables is dense", q.p.n)
	}
	if dst == nil {
		dst = new(Sym)
	}
	if pl.coloring != nil && q.q.Kinks() == 0 {
		if pl.blocks {
			return pl.coloring.blocks(dst, q.q)
		}
		return pl.coloring.Sparse(dst, q.mul)
	}
	if dst.p != pl.pattern || len(dst.val) != pl.pattern.NNZ() {
		dst.ReuseAs(pl.pattern)
	}
	s := pushers.Get().(*pusher)
	s.values(dst, q.q)
	pushers.Put(s)
	return dst
}

// Dense puts the Hessian into dst and returns it. A nil dst is allocated and an
// empty one is given its size. It panics with an [Error] if dst has another
// size.
func (q *Point) Dense(dst *mat.SymDense) *mat.SymDense {
	switch pl := q.getPlan(); {
	case pl.pattern == nil:
		return products(dst, q.q)
	case pl.coloring != nil && q.q.Kinks() == 0:
		return q.Sparse(&q.h).ToSymDense(dst)
	}
	dst = sized("Dense", dst, q.p.n)
	s := pushers.Get().(*pusher)
	s.symDense(dst, q.q)
	pushers.Put(s)
	return dst
}

// Block puts the entries of the Hessian in the given rows and columns into dst
// and returns it, with one product for each of the fewer. A nil dst is allocated
// and an empty one is given its size. It panics with an [Error] if dst has
// another size or an index is out of range.
func (q *Point) Block(dst *mat.Dense, rows, cols []int) *mat.Dense {
	for _, i := range slices.Concat(rows, cols) {
		if i < 0 || i >= q.p.n {
			fail("Block: index %d of %d variables", i, q.p.n)
		}
	}
	if dst == nil {
		dst = new(mat.Dense)
	}
	if len(rows) == 0 || len(cols) == 0 {
		return dst
	}
	if dst.IsEmpty() {
		dst.ReuseAs(len(rows), len(cols))
	}
	if r, c := dst.Dims(); r != len(rows) || c != len(cols) {
		fail("Block: dst is %d×%d, want %d×%d", r, c, len(rows), len(cols))
	}
	v, h := make([]float64, q.p.n), make([]float64, q.p.n)
	transposed := len(rows) < len(cols)
	if transposed {
		rows, cols = cols, rows
	}
	for b, j := range cols {
		v[j] = 1
		q.HVP(h, v)
		v[j] = 0
		for a, i := range rows {
			if transposed {
				dst.Set(b, a, h[i])
			} else {
				dst.Set(a, b, h[i])
			}
		}
	}
	return dst
}

// Diag puts the diagonal of the Hessian into dst and returns it. A nil dst is
// allocated. It panics with an [Error] if dst has another length.
func (q *Point) Diag(dst []float64) []float64 {
	if dst == nil {
		dst = make([]float64, q.p.n)
	}
	checkLen("Diag", "dst", len(dst), "Dim()", q.p.n)
	if q.getPlan().pattern == nil {
		v, h := make([]float64, q.p.n), make([]float64, q.p.n)
		for j := range v {
			v[j] = 1
			q.HVP(h, v)
			v[j] = 0
			dst[j] = h[j]
		}
		return dst
	}
	h := q.Sparse(&q.h)
	for j := range dst {
		dst[j] = 0
		if k := h.p.ptr[j]; k < h.p.ptr[j+1] && int(h.p.row[k]) == j {
			dst[j] = h.val[k]
		}
	}
	return dst
}

// Laplacian returns the trace of the Hessian.
func (q *Point) Laplacian() float64 { return floats.Sum(q.Diag(nil)) }

// HVP puts the product of the Hessian at x with v into dst: what [NewtonCG] and
// [TrustRegion] ask for. It keeps the last point, which it shares with
// [Program.Problem], so that products at one x take one recording. It may be
// used by several goroutines, one after the other.
func (p *Program) HVP(dst, x, v []float64) {
	p.memo.mu.Lock()
	defer p.memo.mu.Unlock()
	p.memo.at(p, x).HVP(dst, v)
}

// memo keeps the last point.
type memo struct {
	mu    sync.Mutex
	x     []float64
	point *Point
	h     *Sym
	err   error
}

func (m *memo) at(p *Program, x []float64) *Point {
	if m.point != nil && slices.Equal(m.x, x) { // never with NaN
		return m.point
	}
	if m.point != nil {
		m.point.Close()
	}
	m.point = nil
	m.point = p.At(x)
	m.x = append(m.x[:0], x...)
	return m.point
}

// refuse keeps the first error for Status.
func (m *memo) refuse(err error) {
	if m.err == nil {
		m.err = err
	}
}

// Problem returns the function with its derivatives for [optimize.Minimize].
// What is computed at one x is computed once. A Hessian that is not finite,
// which gonum's Newton would silently do without, ends the run with a
// [*NonFiniteError].
//
//	res, err := optimize.Minimize(p.Problem(), x, nil, &optimize.Newton{})
//	res, err := optimize.Minimize(p.Problem(), x, nil, &hessian.NewtonCG{HVP: p.HVP})
//
// Without a method gonum takes LBFGS, which needs no Hessian. Where the value at
// the minimum is not 0, rounding hides the last of the descent from gonum's Newton
// with any line search: below a gradient of some 1e-6 of its size at the start it
// may end with an error. [NewtonCG] and [TrustRegion] look at slopes there; with
// them the gradient alone may decide:
//
//	settings := &optimize.Settings{GradientThreshold: 1e-9, Converger: optimize.NeverTerminate{}}
func (p *Program) Problem() optimize.Problem {
	m := &p.memo
	m.mu.Lock()
	m.err = nil
	m.mu.Unlock()
	return optimize.Problem{
		Func: func(x []float64) float64 {
			m.mu.Lock()
			defer m.mu.Unlock()
			return m.at(p, x).Value()
		},
		Grad: func(grad, x []float64) {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.at(p, x).Gradient(grad)
		},
		Hess: func(h *mat.SymDense, x []float64) {
			m.mu.Lock()
			defer m.mu.Unlock()
			q := m.at(p, x)
			if q.getPlan().pattern == nil {
				q.Dense(h)
				for i := range p.n {
					row := h.RawSymmetric().Data[i*h.RawSymmetric().Stride:]
					m.refuse(finite("Hessian", row[i:p.n]))
				}
				return
			}
			m.h = q.Sparse(m.h)
			m.refuse(finite("Hessian", m.h.val))
			m.h.ToSymDense(h)
		},
		Status: func() (optimize.Status, error) {
			m.mu.Lock()
			defer m.mu.Unlock()
			if m.err != nil {
				return optimize.Failure, m.err
			}
			return optimize.NotTerminated, nil
		},
	}
}
