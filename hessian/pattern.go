package hessian

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/dualjet/dualjet/hessian/internal/color"
)

// A Pattern is the set of the entries of a symmetric matrix that may differ
// from zero. It holds the lower triangle by columns, in 4 bytes for an entry
// and 8 for a column, never n² of anything. A Pattern does not change, so that
// goroutines may share it. The zero value is the pattern of a 0×0 matrix.
type Pattern struct {
	ptr []int   // column j is row[ptr[j]:ptr[j+1]]
	row []int32 // the rows i ≥ j, ascending

	once  sync.Once
	graph *color.Graph
}

// NewPattern returns the pattern of an n×n matrix with the given entries. One
// of (i, j) and (j, i) is enough; repetitions do not matter and nil stands for
// no entries. It takes time and memory in proportion to n and the number of
// entries. It panics with an [Error] if an index is out of range.
func NewPattern(n int, entries iter.Seq2[int, int]) *Pattern {
	if n < 0 || n > math.MaxInt32 {
		fail("NewPattern: n = %d, want 0 ≤ n < 2³¹", n)
	}
	var pairs [][2]int32 // row ≥ column
	if entries != nil {
		for i, j := range entries {
			if i < 0 || i >= n || j < 0 || j >= n {
				fail("NewPattern: entry (%d, %d) is outside of %d×%d", i, j, n, n)
			}
			pairs = append(pairs, [2]int32{int32(max(i, j)), int32(min(i, j))})
		}
	}
	if len(pairs) > math.MaxInt32 {
		fail("NewPattern: %d entries, want less than 2³¹", len(pairs))
	}
	// Sort by rows, then stably by columns: two counting sorts.
	pairs = countingSort(n, pairs, 0)
	pairs = countingSort(n, pairs, 1)
	pairs = slices.Compact(pairs)
	p := &Pattern{ptr: make([]int, n+1), row: make([]int32, len(pairs))}
	for k, e := range pairs {
		p.row[k] = e[0]
		p.ptr[e[1]+1]++
	}
	for j := range n {
		p.ptr[j+1] += p.ptr[j]
	}
	return p
}

// countingSort sorts pairs stably by the given one of their two indices.
func countingSort(n int, pairs [][2]int32, key int) [][2]int32 {
	next := make([]int, n+1)
	for _, e := range pairs {
		next[e[key]+1]++
	}
	for i := range n {
		next[i+1] += next[i]
	}
	sorted := make([][2]int32, len(pairs))
	for _, e := range pairs {
		sorted[next[e[key]]] = e
		next[e[key]]++
	}
	return sorted
}

// Dim returns the number of rows, which is that of columns.
func (p *Pattern) Dim() int { return max(len(p.ptr), 1) - 1 }

// NNZ returns the number of entries in the lower triangle, the diagonal
// included.
func (p *Pattern) NNZ() int { return len(p.row) }

// All returns an iterator over the entries (i, j) of the lower triangle,
// i ≥ j, by columns and by rows within them.
func (p *Pattern) All() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for j := range p.Dim() {
			for _, i := range p.row[p.ptr[j]:p.ptr[j+1]] {
				if !yield(int(i), j) {
					return
				}
			}
		}
	}
}

// Has reports whether (i, j) or, which is the same, (j, i) is in p. It panics
// with an [Error] if an index is out of range.
func (p *Pattern) Has(i, j int) bool {
	_, ok := p.find("Has", i, j)
	return ok
}

// find returns where the entry (i, j) is in p.row.
func (p *Pattern) find(name string, i, j int) (k int, ok bool) {
	if n := p.Dim(); i < 0 || i >= n || j < 0 || j >= n {
		fail("%s: entry (%d, %d) is outside of %d×%d", name, i, j, n, n)
	}
	i, j = max(i, j), min(i, j)
	k, ok = slices.BinarySearch(p.row[p.ptr[j]:p.ptr[j+1]], int32(i))
	return p.ptr[j] + k, ok
}

// Equal reports whether p and q are patterns of the same size with the same
// entries.
func (p *Pattern) Equal(q *Pattern) bool {
	return p == q || p.Dim() == q.Dim() && slices.Equal(p.row, q.row) && (p.Dim() == 0 || slices.Equal(p.ptr, q.ptr))
}

// Union returns the pattern that has the entries of p and those of q. It panics
// with an [Error] if the sizes differ. If one holds the other, it is returned
// itself.
func (p *Pattern) Union(q *Pattern) *Pattern {
	n := p.Dim()
	if q.Dim() != n {
		fail("Union: patterns are %d×%d and %d×%d", n, n, q.Dim(), q.Dim())
	}
	u := &Pattern{ptr: make([]int, n+1), row: make([]int32, 0, max(len(p.row), len(q.row)))}
	for j := range n {
		a, b := p.row[p.ptr[j]:p.ptr[j+1]], q.row[q.ptr[j]:q.ptr[j+1]]
		for len(a) > 0 && len(b) > 0 {
			i := min(a[0], b[0])
			u.row = append(u.row, i)
			if a[0] == i {
				a = a[1:]
			}
			if b[0] == i {
				b = b[1:]
			}
		}
		u.row = append(append(u.row, a...), b...)
		u.ptr[j+1] = len(u.row)
	}
	switch len(u.row) {
	case len(p.row):
		return p
	case len(q.row):
		return q
	}
	return u
}

// Bandwidth returns the largest i-j of the entries (i, j): 0 for a diagonal
// matrix, 1 for a tridiagonal one.
func (p *Pattern) Bandwidth() int {
	b := 0
	for j := range p.Dim() {
		if k := p.ptr[j+1]; k > p.ptr[j] {
			b = max(b, int(p.row[k-1])-j)
		}
	}
	return b
}

// String draws the pattern in up to 33 lines of text. The first tells the
// sizes. Each character of the others stands for two entries, one above the
// other, or for two square blocks of entries if the matrix is larger than
// 64×64: it is black where there is an entry.
func (p *Pattern) String() string {
	const most = 64
	n := p.Dim()
	size := max(1, (n+most-1)/most) // of a block
	w := (n + size - 1) / size
	black := make([]bool, w*(w+1))
	for i, j := range p.All() {
		i, j := i/size, j/size
		black[i*w+j] = true
		black[j*w+i] = true
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%d×%d, %d nonzeros in the lower triangle, bandwidth %d", n, n, p.NNZ(), p.Bandwidth())
	if size > 1 {
		fmt.Fprintf(&s, "; %d×%d entries a block", size, size)
	}
	line := make([]rune, w)
	for i := 0; i < w; i += 2 {
		for j := range w {
			k := 0
			if black[i*w+j] {
				k = 1
			}
			if black[(i+1)*w+j] {
				k += 2
			}
			line[j] = []rune(" ▀▄█")[k]
		}
		s.WriteString("\n" + strings.TrimRight(string(line), " "))
	}
	return s.String()
}

// adjacency returns the whole matrix by rows, without the diagonal. It is made
// when first needed.
func (p *Pattern) adjacency() *color.Graph {
	p.once.Do(func() { p.graph = color.NewGraph(p.Dim(), p.ptr, p.row) })
	return p.graph
}
