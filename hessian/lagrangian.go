package hessian

import "errors"

// ErrStructure is returned where a function takes a branch whose derivatives are
// not zero outside of the structure that a [Lagrangian] has announced.
var ErrStructure = errors.New("hessian: the structure of the derivatives has changed")

// A Lagrangian gives a solver for optimization with constraints what it asks for,
// in the form of Ipopt: an objective and constraints with their first derivatives,
// and the Hessian σ∇²f + Σλᵢ∇²cᵢ, each as a structure, once, and values in the
// same order. What is computed at one x is computed once. It belongs to one
// goroutine at a time; a [Program] may have many.
//
//	l := hessian.CompileVector(f, x).Lagrangian(x)
//	rows, cols := make([]int, l.NNZ()), make([]int, l.NNZ())
//	l.Structure(rows, cols)
//	err := l.Values(vals, x, sigma, lambda) // for each x, sigma, lambda
//
// Numbers that are not finite are passed on; solvers look for them.
type Lagrangian struct {
	p       *Program
	m       int // results
	memo    memo
	pattern *Pattern
	jac     *jacPattern   // of the constraints
	plan    *jacobianPlan // for the last recording
	h       Sym
	j       Jac
	w       []float64
}

// Lagrangian returns the Lagrangian of the results of p: the first is the
// objective, the others are the constraints. The structure is that at x, which
// holds wherever the function takes no other branch. It panics with an [Error] if p
// has no results, x has another length, or there are more than 2²⁶ entries.
func (p *Program) Lagrangian(x []float64) *Lagrangian {
	l := &Lagrangian{p: p}
	q := l.memo.at(p, x)
	_, l.m = q.q.Dims()
	if l.m == 0 {
		fail("Lagrangian: there is no objective")
	}
	l.w = make([]float64, l.m)
	l.pattern = q.Pattern()
	if l.pattern == nil {
		fail("Lagrangian: the Hessian of %d variables is dense", p.n)
	}
	l.jac = l.constraints(q).pattern
	if l.jac == nil {
		fail("Lagrangian: the Jacobian of %d constraints and %d variables is dense", l.m-1, p.n)
	}
	return l
}

// constraints returns the plan for the Jacobian of the constraints at q.
func (l *Lagrangian) constraints(q *Point) *jacobianPlan {
	prog := q.at().Program()
	if l.plan == nil || l.plan.prog == nil || l.plan.prog != prog {
		l.plan = newJacobianPlan(prog, prog.Outputs()[1:], l.plan, l.p.jacobian)
		if prog == l.p.f.Program() {
			l.plan.prog = prog
		}
	}
	return l.plan
}

// Dims returns the number of variables and that of constraints.
func (l *Lagrangian) Dims() (n, m int) { return l.p.n, l.m - 1 }

// at returns the point x with the weights σ and λ.
func (l *Lagrangian) at(name string, x []float64, sigma float64, lambda []float64) *Point {
	checkLen(name, "x", len(x), "the number of variables", l.p.n)
	q := l.memo.at(l.p, x)
	clear(l.w)
	l.w[0] = sigma
	copy(l.w[1:], lambda)
	q.Weigh(l.w)
	return q
}

// Objective returns the objective at x. It panics with an [Error] if x has another
// length than there are variables.
func (l *Lagrangian) Objective(x []float64) float64 {
	return l.at("Objective", x, 1, nil).Value()
}

// Gradient puts the gradient of the objective at x into dst and returns it. A nil
// dst is allocated. It panics with an [Error] if x, or a mixed.Error if dst, has
// another length than there are variables.
func (l *Lagrangian) Gradient(dst, x []float64) []float64 {
	return l.at("Gradient", x, 1, nil).Gradient(dst)
}

// Constraints puts the constraints at x into dst and returns it. A nil dst is
// allocated. It panics with an [Error] if a length is another.
func (l *Lagrangian) Constraints(dst, x []float64) []float64 {
	if dst == nil {
		dst = make([]float64, l.m-1)
	}
	checkLen("Constraints", "dst", len(dst), "the number of constraints", l.m-1)
	q := l.at("Constraints", x, 1, nil)
	copy(dst, q.Values(l.w)[1:])
	return dst
}

// NNZ returns the number of entries of the lower triangle of the Hessian.
func (l *Lagrangian) NNZ() int { return l.pattern.NNZ() }

// Structure puts the rows and columns of the lower triangle of the Hessian, row ≥
// column, from 0 on, into the slices: by columns, ascending, each once. It panics
// with an [Error] if a length is not NNZ().
func (l *Lagrangian) Structure(rows, cols []int) {
	checkLen("Structure", "rows", len(rows), "NNZ()", l.NNZ())
	checkLen("Structure", "cols", len(cols), "NNZ()", l.NNZ())
	k := 0
	for i, j := range l.pattern.All() {
		rows[k], cols[k] = i, j
		k++
	}
}

// Values puts the entries of σ∇²f + Σλᵢ∇²cᵢ at x into dst, in the order of
// [Lagrangian.Structure]. Functions of weight 0 do not matter, also where they are
// not finite. It returns an [ErrStructure] if there are others. It costs the sparse
// Hessian of one function, as [Program.Plan] says, and allocates nothing in steady
// state. It panics with an [Error] if a length is another.
func (l *Lagrangian) Values(dst, x []float64, sigma float64, lambda []float64) error {
	checkLen("Values", "dst", len(dst), "NNZ()", l.NNZ())
	checkLen("Values", "lambda", len(lambda), "the number of constraints", l.m-1)
	q := l.at("Values", x, sigma, lambda)
	if q.Pattern() == l.pattern {
		h := Sym{l.pattern, dst}
		l.h, h = h, l.h
		q.Sparse(&l.h)
		l.h = h
		return nil
	}
	// Another recording.
	h := q.Sparse(&l.h)
	clear(dst)
	k := 0
	for i, j := range h.p.All() {
		at, ok := l.pattern.find("Values", i, j)
		if !ok {
			return ErrStructure
		}
		dst[at] = h.val[k]
		k++
	}
	return nil
}

// JacobianNNZ returns the number of entries of the Jacobian of the constraints.
func (l *Lagrangian) JacobianNNZ() int { return len(l.jac.Col) }

// JacobianStructure puts the rows, which are the constraints, and columns of the
// Jacobian of the constraints, from 0 on, into the slices: by rows, ascending, each
// once. It panics with an [Error] if a length is not JacobianNNZ().
func (l *Lagrangian) JacobianStructure(rows, cols []int) {
	checkLen("JacobianStructure", "rows", len(rows), "JacobianNNZ()", l.JacobianNNZ())
	checkLen("JacobianStructure", "cols", len(cols), "JacobianNNZ()", l.JacobianNNZ())
	l.jac.triplets(rows, cols)
}

// JacobianValues puts the entries of the Jacobian of the constraints at x into dst,
// in the order of [Lagrangian.JacobianStructure]. It returns an [ErrStructure] if
// there are others. It costs a sweep for each four colours of columns or of rows,
// whichever are fewer, and allocates nothing in steady state. It panics with an
// [Error] if a length is another.
func (l *Lagrangian) JacobianValues(dst, x []float64) error {
	checkLen("JacobianValues", "dst", len(dst), "JacobianNNZ()", l.JacobianNNZ())
	checkLen("JacobianValues", "x", len(x), "the number of variables", l.p.n)
	q := l.memo.at(l.p, x)
	j := q.jacobian(&l.j, l.constraints(q))
	if j.p == l.jac {
		copy(dst, j.val)
		return nil
	}
	clear(dst)
	for i := range j.p.Rows() {
		for k := j.p.Ptr[i]; k < j.p.Ptr[i+1]; k++ {
			at, ok := l.jac.find(i, j.p.Col[k])
			if !ok {
				return ErrStructure
			}
			dst[at] = j.val[k]
		}
	}
	return nil
}

// Plans returns how the Hessian and the Jacobian of the constraints are found, as
// of the last recording.
func (l *Lagrangian) Plans() (hessian, jacobian Plan) { return l.p.Plan(), l.plan.public }
