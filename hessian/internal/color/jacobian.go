package color

import "slices"

// A Rect is the pattern of an m×n matrix by rows: row i has entries in the
// columns Col[Ptr[i]:Ptr[i+1]].
type Rect struct {
	Cols int
	Ptr  []int
	Col  []int32
}

// Rows returns the number of rows.
func (a *Rect) Rows() int { return max(len(a.Ptr), 1) - 1 }

// T returns the transpose, with ascending columns.
func (a *Rect) T() *Rect {
	t := &Rect{Cols: a.Rows(), Ptr: make([]int, a.Cols+1), Col: make([]int32, len(a.Col))}
	for _, j := range a.Col {
		t.Ptr[j+1]++
	}
	for j := range a.Cols {
		t.Ptr[j+1] += t.Ptr[j]
	}
	next := append([]int(nil), t.Ptr[:a.Cols]...)
	for i := range a.Rows() {
		for _, j := range a.Col[a.Ptr[i]:a.Ptr[i+1]] {
			t.Col[next[j]] = int32(i)
			next[j]++
		}
	}
	return t
}

// Columns colours the columns of a so that no row has entries in two columns of
// a colour: the entry (i, j) is then row i of the sum of the columns of the
// colour of j. It tries the natural order and that of falling numbers of
// neighbours, counted with repetition, and takes the sum of the squares of the
// numbers of entries in rows. For groups of rows pass a.T().
func Columns(a *Rect) (color []int32, colors int) {
	t := a.T()
	colors = a.Cols + 1
	for _, o := range []Order{Natural, LargestFirst} {
		c := columns(a, t, o, colors-1)
		if c != nil {
			color, colors = c, Count(c)
		}
	}
	return color, colors
}

func columns(a, t *Rect, o Order, limit int) []int32 {
	n := a.Cols
	order := make([]int32, n)
	for j := range order {
		order[j] = int32(j)
	}
	if o == LargestFirst {
		weight := make([]int, n)
		for j := range n {
			for _, i := range t.Col[t.Ptr[j]:t.Ptr[j+1]] {
				weight[j] += a.Ptr[i+1] - a.Ptr[i]
			}
		}
		slices.SortStableFunc(order, func(j, k int32) int { return weight[k] - weight[j] })
	}
	color := uncolored(n)
	forbidden := make(palette, min(limit, n)+1)
	for c := range forbidden {
		forbidden[c] = -1
	}
	for _, j := range order {
		for _, i := range t.Col[t.Ptr[j]:t.Ptr[j+1]] {
			for _, k := range a.Col[a.Ptr[i]:a.Ptr[i+1]] {
				if c := color[k]; c >= 0 {
					forbidden[c] = j
				}
			}
		}
		c := forbidden.first(j)
		if int(c) >= limit {
			return nil
		}
		color[j] = c
	}
	return color
}
