package hessian

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/hessian/internal/color"
	"github.com/dualjet/dualjet/mixed"
)

// jacobianPlan is what is known of the first derivatives of a recording.
type jacobianPlan struct {
	prog    *mixed.Program // nil if it is of one point only
	pattern *jacPattern    // nil: too dense
	out     []uint32       // the results, as numbers of the program
	color   []int32        // of columns or rows
	public  Plan

	// The entries by colours: the values number where of a sweep, which go to
	// pos, for colour c in [ptr[c], ptr[c+1]).
	ptr   []int
	pos   []int32
	where []uint32
}

// newJacobianPlan returns the plan for the results out of p.
func newJacobianPlan(p *mixed.Program, out []uint32, last *jacobianPlan, using Method) *jacobianPlan {
	n, _ := p.Dims()
	pl := &jacobianPlan{out: out}
	rect := dependencies(p, out)
	if rect == nil {
		pl.public = Plan{RowColoring, len(out), len(out) * n, "too dense"}
		return pl
	}
	if last != nil && last.pattern != nil && last.pattern.Cols == n &&
		slices.Equal(last.pattern.Ptr, rect.Ptr) && slices.Equal(last.pattern.Col, rect.Col) {
		pl.pattern, pl.color, pl.public = last.pattern, last.color, last.public
	} else {
		pl.pattern = &jacPattern{Rect: rect}
		pl.color, pl.public = colorJacobian(rect, using)
	}
	colors := pl.public.Products
	of := func(i int, k int) int32 { // the colour by which entry k in row i is found
		if pl.public.Method == RowColoring {
			return pl.color[i]
		}
		return pl.color[pl.pattern.Col[k]]
	}
	pl.ptr = make([]int, colors+1)
	pl.pos, pl.where = make([]int32, len(rect.Col)), make([]uint32, len(rect.Col))
	for i := range out {
		for k := rect.Ptr[i]; k < rect.Ptr[i+1]; k++ {
			pl.ptr[of(i, k)+1]++
		}
	}
	for c := range colors {
		pl.ptr[c+1] += pl.ptr[c]
	}
	next := slices.Clone(pl.ptr)
	for i, o := range out {
		for k := rect.Ptr[i]; k < rect.Ptr[i+1]; k++ {
			c := of(i, k)
			at := o
			if pl.public.Method == RowColoring {
				at = uint32(rect.Col[k]) + 1
			}
			pl.pos[next[c]], pl.where[next[c]] = int32(k), at
			next[c]++
		}
	}
	return pl
}

// colorJacobian colours the columns or the rows, whichever takes fewer colours.
func colorJacobian(a *color.Rect, using Method) ([]int32, Plan) {
	nnz := len(a.Col)
	t := a.T()
	if nnz == 0 {
		if using == "" {
			using = ColumnColoring
		}
		return make([]int32, max(a.Rows(), a.Cols)), Plan{using, 0, 0, "the Jacobian is zero"}
	}
	// Entries of a row need columns of different colours.
	columns, rows := longest(a), longest(t)
	switch {
	case using == ColumnColoring:
		c, k := colorColumns(a)
		return c, Plan{ColumnColoring, k, nnz, forced}
	case using == RowColoring:
		c, k := colorColumns(t)
		return c, Plan{RowColoring, k, nnz, forced}
	case columns <= rows:
		c, k := colorColumns(a)
		if k <= rows {
			return c, Plan{ColumnColoring, k, nnz, fmt.Sprintf("rows need at least %d", rows)}
		}
		if r, l := colorColumns(t); l < k {
			return r, Plan{RowColoring, l, nnz, fmt.Sprintf("columns need %d", k)}
		} else {
			return c, Plan{ColumnColoring, k, nnz, fmt.Sprintf("rows need %d", l)}
		}
	default:
		r, l := colorColumns(t)
		if l < columns {
			return r, Plan{RowColoring, l, nnz, fmt.Sprintf("columns need at least %d", columns)}
		}
		if c, k := colorColumns(a); k <= l {
			return c, Plan{ColumnColoring, k, nnz, fmt.Sprintf("rows need %d", l)}
		} else {
			return r, Plan{RowColoring, l, nnz, fmt.Sprintf("columns need %d", k)}
		}
	}
}

// longest returns the largest number of entries in a row.
func longest(a *color.Rect) int {
	k := 0
	for i := range a.Rows() {
		k = max(k, a.Ptr[i+1]-a.Ptr[i])
	}
	return k
}

// colorColumns colours the columns. Where rows are so long that this would take
// long, each has a colour of its own, for there are nearly as many anyway.
func colorColumns(a *color.Rect) ([]int32, int) {
	work := 0
	for i := range a.Rows() {
		k := a.Ptr[i+1] - a.Ptr[i]
		work += k * k
	}
	if work > 1000*len(a.Col)+1e8 {
		c := make([]int32, a.Cols)
		for j := range c {
			c[j] = int32(j)
		}
		return c, a.Cols
	}
	return color.Columns(a)
}

// dependencies returns the variables on which each of the results out of p
// depends, by the operations that can have a derivative other than 0, and nil if
// there are more than maxEdges. It goes back from each result to the variables or
// to other results, of which it is known already, so that it takes no memory
// beyond the pattern.
func dependencies(p *mixed.Program, out []uint32) *color.Rect {
	n, _ := p.Dims()
	var s mixed.Step
	ptr := make([]uint32, p.Len()+1)
	var args []uint32
	for i := range p.Len() {
		if i > n {
			p.Structure(&s, i)
			for k, a := range s.Args {
				if a != 0 && s.Jac[k] != 0 {
					args = append(args, a)
				}
			}
		}
		ptr[i+1] = uint32(len(args))
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return int(out[i]) - int(out[j]) })
	rows := make([][]int32, len(out))
	done := make([]int32, p.Len()) // the row of a result, from 1 on
	seen := make([]int32, p.Len()) // the last row in which it was
	var stack []uint32
	var row []int32
	nnz := 0
	for r, i := range order {
		mark := int32(r + 1)
		row = row[:0]
		add := func(a uint32) {
			if seen[a] != mark {
				seen[a] = mark
				stack = append(stack, a)
			}
		}
		add(out[i])
		for len(stack) > 0 {
			a := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			switch {
			case a == 0:
			case int(a) <= n:
				row = append(row, int32(a)-1)
			case done[a] > 0:
				for _, j := range rows[done[a]-1] {
					if seen[j+1] != mark {
						seen[j+1] = mark
						row = append(row, j)
					}
				}
			default:
				for _, b := range args[ptr[a]:ptr[a+1]] {
					add(b)
				}
			}
		}
		if nnz += len(row); nnz > maxEdges {
			return nil
		}
		slices.Sort(row)
		rows[i] = slices.Clone(row)
		done[out[i]] = int32(i + 1)
	}
	a := &color.Rect{Cols: n, Ptr: make([]int, len(out)+1), Col: make([]int32, 0, nnz)}
	for i, row := range rows {
		a.Col = append(a.Col, row...)
		a.Ptr[i+1] = len(a.Col)
	}
	return a
}

// jacobian puts the Jacobian by the plan into dst.
func (q *Point) jacobian(dst *Jac, pl *jacobianPlan) *Jac {
	if pl.pattern == nil {
		fail("Jacobian: that of %d results and %d variables is dense", len(pl.out), q.p.n)
	}
	if dst == nil {
		dst = new(Jac)
	}
	if dst.p != pl.pattern || len(dst.val) != len(pl.pattern.Col) {
		dst.reuseAs(pl.pattern)
	}
	colors := pl.public.Products
	if colors == 0 {
		return dst
	}
	l := &q.linear
	l.init(q.q)
	for c := 0; c < colors; c += lanes {
		last := min(c+lanes, colors)
		if pl.public.Method == RowColoring {
			clear(l.w)
			for i, o := range pl.out {
				if k := int(pl.color[i]); k >= c && k < last {
					l.w[o][k-c] = 1
				}
			}
			l.backward()
		} else {
			for j := range q.p.n {
				w := &l.w[j+1]
				*w = lane{}
				if k := int(pl.color[j]); k >= c && k < last {
					w[k-c] = 1
				}
			}
			l.forward()
		}
		for k := c; k < last; k++ {
			for e := pl.ptr[k]; e < pl.ptr[k+1]; e++ {
				dst.val[pl.pos[e]] = l.w[pl.where[e]][k-c]
			}
		}
	}
	return dst
}

func (q *Point) jacobianPlan() *jacobianPlan {
	prog := q.at().Program()
	last := q.p.rows.Load()
	if last != nil && last.prog == prog {
		return last
	}
	if q.rows != nil {
		return q.rows
	}
	q.rows = newJacobianPlan(prog, prog.Outputs(), last, q.p.jacobian)
	if prog == q.p.f.Program() {
		q.rows.prog = prog
	}
	q.p.rows.Store(q.rows)
	return q.rows
}

// Jacobian puts the matrix of the derivatives of the results, a row for each, into
// dst and returns it. A nil dst is allocated, otherwise nothing is in steady
// state. Its pattern comes from the operations and is found at the first call,
// with a coloring of the columns or of the rows, whichever takes fewer colours; a
// sweep takes four of them. [Program.JacobianPlan] tells. Weights do not matter.
// At kinks the derivatives are those of Gradient. It panics with an [Error] if
// there are more than 2²⁶ entries.
func (q *Point) Jacobian(dst *Jac) *Jac { return q.jacobian(dst, q.jacobianPlan()) }

// DenseJacobian is [Point.Jacobian] with zeros included: a nil dst is allocated,
// an empty one is given its size, and it panics with an [Error] if dst has
// another size.
func (q *Point) DenseJacobian(dst *mat.Dense) *mat.Dense {
	return q.Jacobian(&q.j).ToDense(dst)
}

// JacobianPlan returns how the Jacobian is found, as of the last recording.
func (p *Program) JacobianPlan() Plan {
	last := p.rows.Load()
	if f := p.f.Program(); last == nil || f != nil && last.prog != f {
		if f == nil {
			return Plan{Reason: "the function is recorded at each point"}
		}
		last = newJacobianPlan(f, f.Outputs(), last, p.jacobian)
		last.prog = f
		p.rows.Store(last)
	}
	return last.public
}
