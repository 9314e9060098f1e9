package hessian

import (
	"fmt"
	"slices"

	"github.com/dualjet/dualjet/hessian/internal/color"
)

// jacobianColors tells how the entries of a Jacobian are found: (i, j) in the sum
// of the columns of the colour of j or in that of the rows of the colour of i.
type jacobianColors struct {
	column, row   []int32 // -1: none
	columns, rows int     // how many colours
	rowFirst      bool    // rows that have a colour go by it; else so do columns
}

// of returns the colour by which (i, j) is found, those of columns first.
func (k *jacobianColors) of(i, j int) int {
	if c := k.column[j]; c >= 0 && (!k.rowFirst || k.row[i] < 0) {
		return int(c)
	}
	return k.columns + int(k.row[i])
}

// transpose returns k for the transpose.
func (k *jacobianColors) transpose() *jacobianColors {
	return &jacobianColors{k.row, k.column, k.rows, k.columns, !k.rowFirst}
}

// colorJacobian chooses the way that takes the fewest colours.
func colorJacobian(a *color.Rect, using Method) (*jacobianColors, Plan) {
	nnz := len(a.Col)
	if nnz == 0 {
		if using == "" {
			using = ColumnColoring
		}
		return &jacobianColors{column: none(a.Cols), row: none(a.Rows())}, Plan{using, 0, 0, "the Jacobian is zero"}
	}
	t := a.T()
	switch using {
	case ColumnColoring:
		k := colorColumns(a)
		return k, Plan{using, k.columns, nnz, forced}
	case RowColoring:
		k := colorColumns(t).transpose()
		return k, Plan{using, k.rows, nnz, forced}
	case BothColoring:
		k := colorBoth(a, t)
		return k, Plan{using, k.columns + k.rows, nnz, forced}
	}
	// Entries of a row need columns of different colours.
	columns, rows := longest(a), longest(t)
	var k *jacobianColors
	pl := Plan{Method: ColumnColoring, NNZ: nnz}
	if columns <= rows {
		k = colorColumns(a)
		pl.Products, pl.Reason = k.columns, fmt.Sprintf("rows need at least %d", rows)
		if k.columns > rows {
			if r := colorColumns(t).transpose(); r.rows < k.columns {
				k = r
				pl = Plan{RowColoring, r.rows, nnz, fmt.Sprintf("columns need %d", pl.Products)}
			}
		}
	} else {
		k = colorColumns(t).transpose()
		pl = Plan{RowColoring, k.rows, nnz, fmt.Sprintf("columns need at least %d", columns)}
		if k.rows >= columns {
			if c := colorColumns(a); c.columns <= k.rows {
				k = c
				pl = Plan{ColumnColoring, c.columns, nnz, fmt.Sprintf("rows need %d", pl.Products)}
			}
		}
	}
	_, _, long := split(a)
	_, _, wide := split(t)
	if min(long, wide) < pl.Products {
		if both := colorBoth(a, t); both.columns+both.rows < pl.Products {
			k = both
			pl = Plan{BothColoring, both.columns + both.rows, nnz, fmt.Sprintf("columns alone need at least %d, rows %d", columns, rows)}
		}
	}
	return k, pl
}

// colorBoth has the longest rows go by rows and the rest by columns, or the longest
// columns by columns and the rest by rows. t is the transpose of a.
func colorBoth(a, t *color.Rect) *jacobianColors {
	_, _, long := split(a)
	_, _, wide := split(t)
	if wide < long {
		return colorWithout(t).transpose()
	}
	return colorWithout(a)
}

// split returns the rows of a, the longest first, and how many of these should go
// by themselves, so that they and the columns of the rest need the fewest colours:
// at least bound, the largest number of those rows in a column and the length of
// the next row together.
func split(a *color.Rect) (order []int, rows, bound int) {
	length := func(i int) int { return a.Ptr[i+1] - a.Ptr[i] }
	order = make([]int, a.Rows())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return length(j) - length(i) })
	in := make([]int, a.Cols)
	most := 0
	for k, i := range order {
		if b := most + length(i); k == 0 || b < bound {
			rows, bound = k, b
		}
		for _, j := range a.Col[a.Ptr[i]:a.Ptr[i+1]] {
			in[j]++
			most = max(most, in[j])
		}
	}
	return order, rows, bound
}

// colorWithout colours the longest rows, and the columns of the rest.
func colorWithout(a *color.Rect) *jacobianColors {
	order, rows, _ := split(a)
	long := make([]bool, a.Rows())
	for _, i := range order[:rows] {
		long[i] = true
	}
	k := colorColumns(rowsOf(a, long, false))
	r := colorColumns(rowsOf(a, long, true).T())
	k.row, k.rows, k.rowFirst = r.column, r.columns, true
	for i := range long {
		if !long[i] {
			k.row[i] = -1
		}
	}
	return k
}

// rowsOf returns a with the entries of those rows alone that are long, or not.
func rowsOf(a *color.Rect, long []bool, which bool) *color.Rect {
	b := &color.Rect{Cols: a.Cols, Ptr: make([]int, a.Rows()+1)}
	for i := range long {
		if long[i] == which {
			b.Col = append(b.Col, a.Col[a.Ptr[i]:a.Ptr[i+1]]...)
		}
		b.Ptr[i+1] = len(b.Col)
	}
	return b
}

// colorColumns colours the columns. Where rows are so long that this would take
// long, each has a colour of its own, for there are nearly as many anyway.
func colorColumns(a *color.Rect) *jacobianColors {
	work := 0
	for i := range a.Rows() {
		k := a.Ptr[i+1] - a.Ptr[i]
		work += k * k
	}
	k := &jacobianColors{row: none(a.Rows())}
	switch {
	case len(a.Col) == 0:
		k.column = none(a.Cols)
	case work > 1000*len(a.Col)+1e8:
		k.column, k.columns = make([]int32, a.Cols), a.Cols
		for j := range k.column {
			k.column[j] = int32(j)
		}
	default:
		k.column, k.columns = color.Columns(a)
	}
	return k
}

// longest returns the largest number of entries in a row.
func longest(a *color.Rect) int {
	k := 0
	for i := range a.Rows() {
		k = max(k, a.Ptr[i+1]-a.Ptr[i])
	}
	return k
}

func none(n int) []int32 {
	c := make([]int32, n)
	for i := range c {
		c[i] = -1
	}
	return c
}
