package color

import (
	"math/rand/v2"
	"slices"
)

// lower is the lower triangle of a pattern by columns.
type lower struct {
	n   int
	ptr []int
	row []int32
}

func (p lower) graph() *Graph { return NewGraph(p.n, p.ptr, p.row) }

// build makes a pattern of entries in any order, with repetitions. The diagonal
// is full unless it is hollow.
func build(n int, hollow bool, entries func(add func(i, j int))) lower {
	cols := make([][]int32, n)
	if !hollow {
		for j := range cols {
			cols[j] = append(cols[j], int32(j))
		}
	}
	entries(func(i, j int) { cols[min(i, j)] = append(cols[min(i, j)], int32(max(i, j))) })
	p := lower{n: n, ptr: []int{0}}
	for _, c := range cols {
		slices.Sort(c)
		p.row = append(p.row, slices.Compact(c)...)
		p.ptr = append(p.ptr, len(p.row))
	}
	return p
}

func band(n, b int, add func(i, j int)) {
	for i := range n {
		for j := max(0, i-b); j < i; j++ {
			add(i, j)
		}
	}
}

func cliques(n int, add func(i, j int), vars func(i int) []int) {
	for i := range n {
		v := vars(i)
		for a := range v {
			for b := range a {
				add(v[a], v[b])
			}
		}
	}
}

func grid(n, dims, diagonals int, add func(i, j int)) {
	at := func(c [3]int) int { return (c[2]*n+c[1])*n + c[0] }
	var c [3]int
	depth := 1
	if dims == 3 {
		depth = n
	}
	for c[2] = range depth {
		for c[1] = range n {
			for c[0] = range n {
				for d := range dims {
					if e := c; e[d] > 0 {
						e[d]--
						add(at(c), at(e))
					}
				}
				if diagonals > 0 && c[1] > 0 {
					if c[0] > 0 {
						add(at(c), at([3]int{c[0] - 1, c[1] - 1, c[2]}))
					}
					if c[0] < n-1 {
						add(at(c), at([3]int{c[0] + 1, c[1] - 1, c[2]}))
					}
				}
			}
		}
	}
}

// patterns lists patterns of well-known test problems with the largest numbers
// of colours that are acceptable: for direct recovery, substitution, distance 2
// and the diagonal.
var patterns = []struct {
	name                                  string
	p                                     lower
	direct, substitution, distance2, diag int
}{
	{"diagonal", build(2000, false, func(func(i, j int)) {}), 1, 1, 1, 1},
	{"tridiagonal", build(2000, false, func(add func(i, j int)) { band(2000, 1, add) }), 3, 2, 3, 2},
	{"band 2", build(2000, false, func(add func(i, j int)) { band(2000, 2, add) }), 5, 3, 5, 3},
	{"band 3", build(2000, false, func(add func(i, j int)) { band(2000, 3, add) }), 7, 4, 7, 4},
	{"band 5", build(2000, false, func(add func(i, j int)) { band(2000, 5, add) }), 11, 6, 11, 6},
	{"band 10", build(2000, false, func(add func(i, j int)) { band(2000, 10, add) }), 21, 11, 21, 11},
	{"BRYBND", build(2000, false, func(add func(i, j int)) {
		cliques(2000, add, func(i int) []int {
			var v []int
			for j := max(0, i-5); j <= min(1999, i+1); j++ {
				v = append(v, j)
			}
			return v
		})
	}), 13, 7, 13, 7},
	{"arrow", build(2000, false, func(add func(i, j int)) {
		for i := range 1999 {
			add(i, 1999)
		}
	}), 2, 2, 2000, 2},
	{"arrow, first row", build(2000, false, func(add func(i, j int)) {
		for i := range 1999 {
			add(i+1, 0)
		}
	}), 2, 2, 2000, 2},
	{"arrow and tridiagonal", build(2000, false, func(add func(i, j int)) {
		band(2000, 1, add)
		for i := range 1999 {
			add(i, 1999)
		}
	}), 4, 3, 2000, 3},
	{"BDQRTIC", build(2000, false, func(add func(i, j int)) {
		cliques(1996, add, func(i int) []int { return []int{i, i + 1, i + 2, i + 3, 1999} })
	}), 8, 5, 2000, 5},
	{"blocks of 5", build(2000, false, func(add func(i, j int)) {
		cliques(400, add, func(i int) []int { return []int{5 * i, 5*i + 1, 5*i + 2, 5*i + 3, 5*i + 4} })
	}), 5, 5, 5, 5},
	{"WOODS", build(2000, false, func(add func(i, j int)) {
		for i := 0; i < 2000; i += 4 {
			add(i, i+1)
			add(i+2, i+3)
			add(i+1, i+3)
		}
	}), 3, 2, 3, 2},
	{"CHAINWOO", build(2000, false, func(add func(i, j int)) {
		for i := 0; i+3 < 2000; i += 2 {
			add(i, i+1)
			add(i+2, i+3)
			add(i+1, i+3)
		}
	}), 3, 2, 4, 2},
	{"5-point grid", build(45*45, false, func(add func(i, j int)) { grid(45, 2, 0, add) }), 5, 4, 7, 2},
	{"9-point grid", build(45*45, false, func(add func(i, j int)) { grid(45, 2, 1, add) }), 9, 6, 9, 4},
	{"7-point grid", build(12*12*12, false, func(add func(i, j int)) { grid(12, 3, 0, add) }), 10, 6, 12, 2},
	{"DIXMAANE-H", build(1998, false, func(add func(i, j int)) {
		const m = 666
		band(3*m, 1, add)
		for i := range 2 * m {
			add(i, i+m)
		}
		for i := range m {
			add(i, i+2*m)
		}
	}), 6, 4, 7, 3},
	{"BROYDN7D", build(2000, false, func(add func(i, j int)) {
		band(2000, 2, add)
		for i := range 1000 {
			add(i, i+1000)
		}
	}), 7, 5, 10, 3},
	{"NONCVXU2", build(2000, false, func(add func(i, j int)) {
		cliques(2000, add, func(i int) []int {
			i++
			return distinct(i-1, (3*i-2)%2000, (7*i-3)%2000)
		})
	}), 11, 5, 14, 5},
	{"random", build(2000, false, func(add func(i, j int)) {
		rnd := rand.New(rand.NewPCG(1, 2))
		for range 3 * 2000 {
			if i, j := rnd.IntN(2000), rnd.IntN(2000); i != j {
				add(i, j)
			}
		}
	}), 13, 6, 19, 5},
	{"SPARSINE", build(2000, false, func(add func(i, j int)) {
		cliques(2000, add, func(i int) []int {
			i++
			return distinct(i-1, (2*i-1)%2000, (3*i-1)%2000, (5*i-1)%2000, (7*i-1)%2000, (11*i-1)%2000)
		})
	}), 59, 24, 103, 14},
}

func distinct(v ...int) []int {
	slices.Sort(v)
	return slices.Compact(v)
}

// bordered is a band of 5 with 5 dense rows at the end, which the usual star
// colouring takes the square of n for.
func bordered(n int) lower {
	return build(n, false, func(add func(i, j int)) {
		band(n, 5, add)
		for i := range n {
			for j := range 5 {
				if d := n - 1 - j; d != i {
					add(d, i)
				}
			}
		}
	})
}

func randomPattern(rnd *rand.Rand, n, pairs int, hollow bool) lower {
	return build(n, hollow, func(add func(i, j int)) {
		for range pairs {
			if i, j := rnd.IntN(n), rnd.IntN(n); i != j {
				add(i, j)
			}
		}
	})
}
