package hessian

import (
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
	color   *jacobianColors
	public  Plan

	// The entries by colours, those of columns before those of rows: the values
	// number where of a sweep, which go to pos, for colour c in [ptr[c], ptr[c+1]).
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
	if last != nil && last.pattern != nil &&
		slices.Equal(last.pattern.Ptr, rect.Ptr) && slices.Equal(last.pattern.Col, rect.Col) {
		pl.pattern, pl.color, pl.public = last.pattern, last.color, last.public
	} else {
		pl.pattern = &jacPattern{Rect: rect}
		pl.color, pl.public = colorJacobian(rect, using)
	}
	k := pl.color
	colors := k.columns + k.rows
	pl.ptr = make([]int, colors+1)
	pl.pos, pl.where = make([]int32, len(rect.Col)), make([]uint32, len(rect.Col))
	for i := range out {
		for _, j := range rect.Col[rect.Ptr[i]:rect.Ptr[i+1]] {
			pl.ptr[k.of(i, int(j))+1]++
		}
	}
	for c := range colors {
		pl.ptr[c+1] += pl.ptr[c]
	}
	next := slices.Clone(pl.ptr)
	for i, o := range out {
		for e := rect.Ptr[i]; e < rect.Ptr[i+1]; e++ {
			j := int(rect.Col[e])
			c := k.of(i, j)
			at := o
			if c >= k.columns {
				at = uint32(j) + 1
			}
			pl.pos[next[c]], pl.where[next[c]] = int32(e), at
			next[c]++
		}
	}
	return pl
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
	k, l := pl.color, &q.linear
	l.init(q.q)
	for c := 0; c < k.columns; c += lanes {
		last := min(c+lanes, k.columns)
		seed(l.w[1:q.p.n+1], k.column, c, last)
		l.forward()
		pl.read(dst.val, l.w, c, last)
	}
	for c := 0; c < k.rows; c += lanes {
		last := min(c+lanes, k.rows)
		clear(l.w)
		for i, o := range pl.out {
			if r := int(k.row[i]); r >= c && r < last {
				l.w[o][r-c] = 1
			}
		}
		l.backward()
		pl.read(dst.val, l.w, k.columns+c, k.columns+last)
	}
	return dst
}

// seed puts 1 into the lane of each colour from c to before last, else 0.
func seed(w []lane, color []int32, c, last int) {
	for j := range w {
		w[j] = lane{}
		if k := int(color[j]); k >= c && k < last {
			w[j][k-c] = 1
		}
	}
}

// read stores the entries of colours c to before last, which are in the lanes of w.
func (pl *jacobianPlan) read(val []float64, w []lane, c, last int) {
	for k := c; k < last; k++ {
		for e := pl.ptr[k]; e < pl.ptr[k+1]; e++ {
			val[pl.pos[e]] = w[pl.where[e]][k-c]
		}
	}
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
// with a coloring of the columns or of the rows, whichever takes fewer colours, or
// of both, where the longest rows or columns go the other way; a sweep takes four of
// them. [Program.JacobianPlan] tells. Weights do not matter.
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
