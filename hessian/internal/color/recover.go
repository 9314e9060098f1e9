package color

import "errors"

// ErrColoring says that a colouring is not what the recovery asks for.
var ErrColoring = errors.New("color: the colouring does not determine the entries")

// A Reading recovers a matrix by reading each entry of it off a sum of columns.
type Reading struct {
	Color  []int32 // of each vertex; -1: its column is in no sum
	Colors int
	ptr    []int
	pos    []int32 // places of entries, by colours
	row    []int32 // rows where they are found
}

// NewReading returns how to read off the entries of the lower triangle with the
// rows row[ptr[j]:ptr[j+1]] in column j, whose graph is g. Sums that are not
// needed, which happens where there is no diagonal, are left out, and the
// colours numbered anew. It takes linear time.
func NewReading(g *Graph, ptr []int, row []int32, color []int32) (*Reading, error) {
	colors := Count(color)
	// An end of an edge can be the row in which it is read if no other of its
	// neighbours has the colour of the other end.
	const (
		lower = 1 << iota // the row is the larger end
		upper
	)
	ends := make([]uint8, len(row))
	count := make([]int32, colors)
	for v := range g.N() {
		for _, w := range g.neighbors(int32(v)) {
			count[color[w]]++
		}
		for e := g.Ptr[v]; e < g.Ptr[v+1]; e++ {
			if w := g.Adj[e]; count[color[w]] == 1 {
				if int(w) < v {
					ends[g.Edge[e]] |= lower
				} else {
					ends[g.Edge[e]] |= upper
				}
			}
		}
		if count[color[v]] != 0 {
			return nil, ErrColoring
		}
		for _, w := range g.neighbors(int32(v)) {
			count[color[w]] = 0
		}
	}
	// First what there is no choice about, then the others from the sums that
	// are needed anyway.
	number := make([]int32, colors) // of entries read off a sum
	for j := range g.N() {
		for k := ptr[j]; k < ptr[j+1]; k++ {
			switch i := row[k]; {
			case int(i) == j || ends[k] == lower:
				ends[k] = lower
				number[color[j]]++
			case ends[k] == upper:
				number[color[i]]++
			case ends[k] == 0:
				return nil, ErrColoring
			}
		}
	}
	for j := range g.N() {
		for k := ptr[j]; k < ptr[j+1]; k++ {
			if i := row[k]; ends[k] == lower|upper {
				if number[color[j]] == 0 && number[color[i]] > 0 {
					ends[k] = upper
					number[color[i]]++
				} else {
					ends[k] = lower
					number[color[j]]++
				}
			}
		}
	}

	r := &Reading{Color: make([]int32, g.N()), pos: make([]int32, len(row)), row: make([]int32, len(row))}
	rename := make([]int32, colors)
	next := make([]int, colors)
	total := 0
	for c, k := range number {
		rename[c] = -1
		if k > 0 {
			rename[c] = int32(r.Colors)
			r.Colors++
			r.ptr = append(r.ptr, total)
			next[c] = total
			total += int(k)
		}
	}
	r.ptr = append(r.ptr, total)
	for v, c := range color {
		r.Color[v] = rename[c]
	}
	for j := range g.N() {
		for k := ptr[j]; k < ptr[j+1]; k++ {
			at, c := row[k], color[j]
			if ends[k] == upper {
				at, c = int32(j), color[row[k]]
			}
			r.pos[next[c]], r.row[next[c]] = int32(k), at
			next[c]++
		}
	}
	return r, nil
}

// Column reads the entries that are found in the sum of the columns of colour c
// and stores them in val. Different colours have different entries.
func (r *Reading) Column(val []float64, c int, sum []float64) {
	pos, row := r.pos[r.ptr[c]:r.ptr[c+1]], r.row[r.ptr[c]:r.ptr[c+1]]
	row = row[:len(pos)]
	for k, p := range pos {
		val[p] = sum[row[k]]
	}
}

// A Substituting recovers a symmetric matrix by substitution in the trees of an
// acyclic colouring.
type Substituting struct {
	Color  []int32
	Colors int
	diag   []int32 // places of the diagonal entries, -1 for none
	steps  []step
}

// step determines an entry at a leaf of what is left of the trees.
type step struct{ pos, leaf, parent int32 }

// NewSubstituting returns how to determine the entries of the lower triangle
// with the rows row[ptr[j]:ptr[j+1]] in column j, whose graph is g. Leaves are
// taken from the trees layer by layer, so that the depth, over which errors of
// rounding add up, is least. It takes linear time.
func NewSubstituting(g *Graph, ptr []int, row []int32, color []int32) (*Substituting, error) {
	n := g.N()
	s := &Substituting{Color: color, Colors: Count(color), diag: make([]int32, n)}
	for j := range n {
		s.diag[j] = -1
		if k := ptr[j]; k < ptr[j+1] && int(row[k]) == j {
			s.diag[j] = int32(k)
		}
	}
	// A knot is a vertex in the tree of its colour and another: it stands for
	// the neighbours of that colour, as many as degree says, whose edges have
	// the exclusive or given.
	type knot struct{ degree, edges int32 }
	var knots []knot
	knotOf := uncolored(s.Colors)      // the last one of a colour
	ends := make([][2]int32, len(row)) // the knots at the larger and the smaller end of an edge
	vertex := make([]int32, 0, n)      // of a knot
	for v := range n {
		first := int32(len(knots))
		for e := g.Ptr[v]; e < g.Ptr[v+1]; e++ {
			w, k := g.Adj[e], g.Edge[e]
			c := color[w]
			if c == color[v] {
				return nil, ErrColoring
			}
			if knotOf[c] < first {
				knotOf[c] = int32(len(knots))
				knots = append(knots, knot{})
				vertex = append(vertex, int32(v))
			}
			a := &knots[knotOf[c]]
			a.degree++
			a.edges ^= k
			if int(w) < v {
				ends[k][0] = knotOf[c]
			} else {
				ends[k][1] = knotOf[c]
			}
		}
	}
	queue := make([]int32, 0, len(knots))
	for a, k := range knots {
		if k.degree == 1 {
			queue = append(queue, int32(a))
		}
	}
	s.steps = make([]step, 0, g.Edges())
	for head := 0; head < len(queue); head++ {
		a := queue[head]
		if knots[a].degree == 0 {
			continue // the other end came first
		}
		k := knots[a].edges
		b := ends[k][0] + ends[k][1] - a
		s.steps = append(s.steps, step{k, vertex[a], vertex[b]})
		knots[a].degree = 0
		knots[b].degree--
		knots[b].edges ^= k
		if knots[b].degree == 1 {
			queue = append(queue, b)
		}
	}
	if len(s.steps) != g.Edges() {
		return nil, ErrColoring
	}
	return s, nil
}

// Recover stores the entries in val, given the sums of the columns of each
// colour, which it overwrites with what is left: zeros, up to rounding, if the
// matrix is symmetric.
func (s *Substituting) Recover(val []float64, sums [][]float64) {
	for v, k := range s.diag {
		if k >= 0 {
			val[k] = sums[s.Color[v]][v]
		}
	}
	for _, t := range s.steps {
		x := sums[s.Color[t.parent]]
		h := x[t.leaf]
		x[t.leaf] = 0
		val[t.pos] = h
		sums[s.Color[t.leaf]][t.parent] -= h
	}
}
