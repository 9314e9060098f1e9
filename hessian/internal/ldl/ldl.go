// Package ldl factorizes sparse symmetric matrices: P·A·Pᵀ = L·D·Lᵀ with an
// order P that keeps L sparse, found once for a pattern. There is no pivoting,
// so that matrices which are neither positive nor quasi-definite may fail.
//
// The factorization goes row by row up the elimination tree (Davis, Algorithm
// 849: a concise sparse Cholesky factorization package, ACM TOMS 31, 2005).
package ldl

import "math"

// A Factor is the factorization of a matrix. Its zero value is not usable; see
// [New].
type Factor struct {
	n         int
	perm, inv []int32 // row k of L is row perm[k] of A
	parent    []int32 // in the elimination tree
	ptr       []int   // the upper triangle of P·A·Pᵀ by columns
	row       []int32
	pos       []int32 // where the values are in the lower triangle of A

	lp []int // L by columns, without the diagonal
	li []int32
	lx []float64
	d  []float64

	y, z          []float64
	flag, pattern []int32
	fill          []int
	same          []bool    // column k+1 of L has the entries of column k below it
	zx            []float64 // the inverse where L has entries
	zd            []float64
}

// New analyses the n×n matrices whose lower triangle has the rows
// row[aptr[j]:aptr[j+1]] in column j. The vertices next to v in the graph are
// adj[gptr[v]:gptr[v+1]].
func New(n int, aptr []int, row []int32, gptr []int, adj []int32) *Factor {
	f := &Factor{n: n, perm: MinimumDegree(gptr, adj)}
	f.permute(aptr, row)
	f.tree()
	f.postorder()
	f.permute(aptr, row)
	f.tree()
	nnz := f.count(math.MaxInt)

	// The given order may be as good, and is better to memory.
	g := &Factor{n: n, perm: make([]int32, n)}
	for v := range g.perm {
		g.perm[v] = int32(v)
	}
	g.permute(aptr, row)
	g.tree()
	if m := g.count(nnz); m >= 0 {
		f, nnz = g, m
	}

	f.li, f.lx, f.d = make([]int32, nnz), make([]float64, nnz), make([]float64, n)
	f.y, f.z = make([]float64, n), make([]float64, n)
	f.fill = make([]int, n)
	f.same = make([]bool, n)
	f.runs()
	return f
}

// permute sets the upper triangle of P·A·Pᵀ.
func (f *Factor) permute(aptr []int, row []int32) {
	n := f.n
	f.inv = make([]int32, n)
	for k, v := range f.perm {
		f.inv[v] = int32(k)
	}
	f.ptr = make([]int, n+1)
	f.row, f.pos = make([]int32, len(row)), make([]int32, len(row))
	for pass := range 2 {
		for j := range n {
			for k := aptr[j]; k < aptr[j+1]; k++ {
				a, b := f.inv[row[k]], f.inv[j]
				c := max(a, b)
				if pass == 0 {
					f.ptr[c+1]++
				} else {
					q := f.ptr[c]
					f.row[q], f.pos[q] = min(a, b), int32(k)
					f.ptr[c]++
				}
			}
		}
		if pass == 0 {
			for c := range n {
				f.ptr[c+1] += f.ptr[c]
			}
		}
	}
	copy(f.ptr[1:], f.ptr[:n])
	if n > 0 {
		f.ptr[0] = 0
	}
}

// tree sets the elimination tree (Liu 1990).
func (f *Factor) tree() {
	f.parent = make([]int32, f.n)
	ancestor := make([]int32, f.n)
	for k := range f.n {
		f.parent[k], ancestor[k] = -1, -1
		for _, i := range f.row[f.ptr[k]:f.ptr[k+1]] {
			for i >= 0 && int(i) < k {
				next := ancestor[i]
				ancestor[i] = int32(k)
				if next < 0 {
					f.parent[i] = int32(k)
				}
				i = next
			}
		}
	}
}

// postorder reorders so that the subtrees of the elimination tree are numbered
// without gaps, which changes neither the tree nor the fill.
func (f *Factor) postorder() {
	n := f.n
	head, next := make([]int32, n), make([]int32, n)
	for k := range head {
		head[k] = -1
	}
	for k := n - 1; k >= 0; k-- {
		if p := f.parent[k]; p >= 0 {
			next[k], head[p] = head[p], int32(k)
		}
	}
	perm := make([]int32, 0, n)
	var stack []int32
	for root := range n {
		if f.parent[root] >= 0 {
			continue
		}
		stack = append(stack, int32(root))
		for len(stack) > 0 {
			k := stack[len(stack)-1]
			if c := head[k]; c >= 0 {
				head[k] = next[c]
				stack = append(stack, c)
				continue
			}
			stack = stack[:len(stack)-1]
			perm = append(perm, f.perm[k])
		}
	}
	f.perm = perm
}

// count sets the places of the columns of L and returns how many entries there
// are, -1 if there are more than limit.
func (f *Factor) count(limit int) int {
	n := f.n
	f.lp = make([]int, n+1)
	f.flag, f.pattern = make([]int32, n), make([]int32, n)
	nnz := 0
	for k := range n {
		f.flag[k] = int32(k)
		for _, i := range f.row[f.ptr[k]:f.ptr[k+1]] {
			for ; f.flag[i] != int32(k); i = f.parent[i] {
				f.flag[i] = int32(k)
				f.lp[i+1]++
				nnz++
			}
		}
		if nnz > limit {
			return -1
		}
	}
	for k := range n {
		f.lp[k+1] += f.lp[k]
	}
	return nnz
}

// runs finds the columns that are like the next ones.
func (f *Factor) runs() {
	for k, p := range f.parent {
		f.same[k] = int(p) == k+1 && f.lp[k+1]-f.lp[k] == f.lp[k+2]-f.lp[k+1]+1
	}
}

// NNZ returns the number of entries of L below the diagonal.
func (f *Factor) NNZ() int { return len(f.li) }

// D returns the diagonal of D, in the order of L.
func (f *Factor) D() []float64 { return f.d }

// tiny is how much smaller than its terms a pivot must not be: what is left is
// rounding.
const tiny = 8 * 0x1p-52

// Factorize factorizes the matrix with the given values plus shift times the
// identity. If a pivot is zero up to rounding, infinite, NaN or, where all must
// be positive, negative, it stops and returns its row and itself, otherwise -1.
func (f *Factor) Factorize(val []float64, shift float64, positive bool) (row int, pivot float64) {
	y, flag, pattern := f.y, f.flag, f.pattern
	lp, li, lx, fill := f.lp, f.li, f.lx, f.fill
	clear(y)
	copy(fill, lp)
	for k := range flag {
		flag[k] = -1
	}
	for k := range f.n {
		// The pattern of row k: the paths from its entries up to k.
		top := f.n
		flag[k] = int32(k)
		for q := f.ptr[k]; q < f.ptr[k+1]; q++ {
			i := f.row[q]
			y[i] += val[f.pos[q]]
			length := 0
			for ; flag[i] != int32(k); i = f.parent[i] {
				flag[i] = int32(k)
				pattern[length] = i
				length++
			}
			for length > 0 {
				top--
				length--
				pattern[top] = pattern[length]
			}
		}
		d := y[k] + shift
		y[k] = 0
		terms := math.Abs(d)
		ready := 0 // how many columns have been subtracted already
		for p, i := range pattern[top:] {
			begin, end := lp[i], fill[i]
			yi := y[i]
			y[i] = 0
			switch {
			case ready > 0:
				ready--
			case f.same[i]:
				ready = f.subtract(pattern[top+p:], yi) - 1
			default:
				rows, vals := li[begin:end], lx[begin:end]
				vals = vals[:len(rows)]
				for q, r := range rows {
					y[r] -= vals[q] * yi
				}
			}
			l := yi / f.d[i]
			d -= l * yi
			terms += math.Abs(l * yi)
			li[end], lx[end] = int32(k), l
			fill[i] = end + 1
		}
		if !(math.Abs(d) > tiny*terms) || math.IsInf(d, 0) || positive && d < 0 {
			return int(f.perm[k]), d
		}
		f.d[k] = d
	}
	return -1, 0
}

// subtract subtracts the first columns of L in the path, up to 4 that are next to
// each other and have the same entries below, times their entries of the row y
// from that, all in one go. It returns how many. y0 is the first of their entries,
// which is not in y any more.
func (f *Factor) subtract(path []int32, y0 float64) int {
	cols, i := 1, int(path[0])
	for cols < min(len(path), 4) && int(path[cols]) == i+cols && f.same[i+cols-1] {
		cols++
	}
	// The first entries of each column are in those after it.
	var c [4]float64
	c[0] = y0
	y := f.y
	for a := range cols {
		if a > 0 {
			c[a] = y[i+a]
		}
		begin := f.lp[i+a]
		for b := a + 1; b < cols; b++ {
			y[i+b] -= f.lx[begin+b-a-1] * c[a]
		}
	}
	last := i + cols - 1
	rows := f.li[f.lp[last]:f.fill[last]]
	n := len(rows)
	vals := func(a int) []float64 { return f.lx[f.lp[i+a]+cols-1-a:][:n] }
	c0, c1, c2, c3 := c[0], c[1], c[2], c[3]
	switch cols {
	case 1:
		v0 := vals(0)[:n] // the length again, for the compiler
		for q, r := range rows {
			y[r] -= v0[q] * c0
		}
	case 2:
		v0, v1 := vals(0)[:n], vals(1)[:n]
		for q, r := range rows {
			y[r] -= v0[q]*c0 + v1[q]*c1
		}
	case 3:
		v0, v1, v2 := vals(0)[:n], vals(1)[:n], vals(2)[:n]
		for q, r := range rows {
			y[r] -= v0[q]*c0 + v1[q]*c1 + v2[q]*c2
		}
	case 4:
		v0, v1, v2, v3 := vals(0)[:n], vals(1)[:n], vals(2)[:n], vals(3)[:n]
		for q, r := range rows {
			y[r] -= v0[q]*c0 + v1[q]*c1 + (v2[q]*c2 + v3[q]*c3)
		}
	}
	return cols
}

// Solve puts the solution of A·x = b into dst, which may be b.
func (f *Factor) Solve(dst, b []float64) {
	x := f.y
	for k, v := range f.perm {
		x[k] = b[v]
	}
	for j := range f.n {
		xj := x[j]
		if xj == 0 {
			continue
		}
		rows, vals := f.li[f.lp[j]:f.lp[j+1]], f.lx[f.lp[j]:f.lp[j+1]]
		vals = vals[:len(rows)]
		for q, i := range rows {
			x[i] -= vals[q] * xj
		}
	}
	for j := f.n - 1; j >= 0; j-- {
		xj := x[j] / f.d[j]
		rows, vals := f.li[f.lp[j]:f.lp[j+1]], f.lx[f.lp[j]:f.lp[j+1]]
		vals = vals[:len(rows)]
		for q, i := range rows {
			xj -= vals[q] * x[i]
		}
		x[j] = xj
	}
	for k, v := range f.perm {
		dst[v] = x[k]
	}
}

// InvDiag puts the diagonal of the inverse into dst. It computes the entries of
// the inverse where L has entries, from the last column to the first, which
// needs no others (Takahashi, Fagan & Chin 1973).
func (f *Factor) InvDiag(dst []float64) {
	n := f.n
	if f.zx == nil {
		f.zx, f.zd = make([]float64, len(f.lx)), make([]float64, n)
	}
	// y is read only where column j has entries; l is zero elsewhere.
	y, l := f.y, f.z
	for j := n - 1; j >= 0; j-- {
		begin, end := f.lp[j], f.lp[j+1]
		rows, vals := f.li[begin:end], f.lx[begin:end]
		for q, i := range rows {
			y[i], l[i] = 0, vals[q]
		}
		for q, k := range rows {
			lk := vals[q]
			sum := f.zd[k] * lk
			below, zk := f.li[f.lp[k]:f.lp[k+1]], f.zx[f.lp[k]:f.lp[k+1]]
			zk = zk[:len(below)]
			for r, i := range below {
				z := zk[r]
				y[i] += z * lk
				sum += z * l[i]
			}
			y[k] += sum
		}
		d := 1 / f.d[j]
		for q, i := range rows {
			f.zx[begin+q] = -y[i]
			d += vals[q] * y[i]
			l[i] = 0
		}
		f.zd[j] = d
	}
	for k, v := range f.perm {
		dst[v] = f.zd[k]
	}
}
