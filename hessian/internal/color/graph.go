// Package color colours the vertices of sparse graphs, so that a matrix of a
// known pattern can be recovered from few products with vectors, and does so.
//
// The columns of one colour are added up to one vector of the product. What a
// colouring has to satisfy depends on how the matrix is recovered from the sums.
//
//   - Distance-1: neighbours differ. The diagonal can be read off.
//   - Distance-2: also vertices with a common neighbour differ. Every entry can
//     be read off, twice if it is symmetric (Curtis, Powell & Reid 1974).
//   - Star: neighbours differ and a path of four vertices has at least three
//     colours. Every entry of a symmetric matrix can be read off once.
//   - Acyclic: neighbours differ and a cycle has at least three colours. Two
//     colours induce trees, which yield the entries from the leaves to the root
//     by substitution.
//
// All algorithms are greedy and deterministic, and none needs more memory than
// a multiple of the number of entries. Sources: Gebremedhin, Manne & Pothen,
// What color is your Jacobian?, SIAM Review 47, 2005; Gebremedhin, Tarafdar,
// Manne & Pothen, New acyclic and star coloring algorithms with application to
// computing Hessians, SIAM J. Sci. Comput. 29, 2007.
package color

// A Graph is the adjacency of a symmetric matrix: the neighbours of vertex v
// are Adj[Ptr[v]:Ptr[v+1]], ascending, without v itself, and Edge has the place
// of each of the entries in the lower triangle.
type Graph struct {
	Ptr  []int
	Adj  []int32
	Edge []int32
}

// NewGraph returns the graph of the n×n matrix whose lower triangle has the
// rows row[ptr[j]:ptr[j+1]], ascending, in column j.
func NewGraph(n int, ptr []int, row []int32) *Graph {
	g := &Graph{Ptr: make([]int, n+1)}
	for j := range n {
		for _, i := range row[ptr[j]:ptr[j+1]] {
			if int(i) != j {
				g.Ptr[i+1]++
				g.Ptr[j+1]++
			}
		}
	}
	for v := range n {
		g.Ptr[v+1] += g.Ptr[v]
	}
	g.Adj = make([]int32, g.Ptr[n])
	g.Edge = make([]int32, g.Ptr[n])
	next := append([]int(nil), g.Ptr[:n]...)
	add := func(v int, w int32, k int) {
		g.Adj[next[v]], g.Edge[next[v]] = w, int32(k)
		next[v]++
	}
	// Columns come in ascending order, so that a vertex meets its smaller
	// neighbours before its own column.
	for j := range n {
		for k := ptr[j]; k < ptr[j+1]; k++ {
			if i := row[k]; int(i) != j {
				add(int(i), int32(j), k)
				add(j, i, k)
			}
		}
	}
	return g
}

// N returns the number of vertices.
func (g *Graph) N() int { return max(len(g.Ptr), 1) - 1 }

// Edges returns the number of edges.
func (g *Graph) Edges() int { return len(g.Adj) / 2 }

// Degree returns the number of neighbours of v.
func (g *Graph) Degree(v int) int { return g.Ptr[v+1] - g.Ptr[v] }

// MaxDegree returns the largest number of neighbours of a vertex.
func (g *Graph) MaxDegree() int {
	d := 0
	for v := range g.N() {
		d = max(d, g.Degree(v))
	}
	return d
}

func (g *Graph) neighbors(v int32) []int32 { return g.Adj[g.Ptr[v]:g.Ptr[v+1]] }

// squares returns the sum of the squares of the degrees, which is the cost of
// looking at all neighbours of all neighbours.
func (g *Graph) squares() int {
	s := 0
	for v := range g.N() {
		d := g.Degree(v)
		s += d * d
	}
	return s
}
