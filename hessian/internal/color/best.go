package color

import "slices"

// rounds is how often Best starts anew from the classes of the best colouring.
const rounds = 8

// Best colours g by the algorithms in all orders and returns the colouring with
// the fewest colours, the first of those, and how many there are. Then it takes
// the classes of that colouring one after the other, from the last to the first
// or from the largest to the smallest, which brings distance colourings no more
// colours than before and often fewer (Culberson 1992), and mostly other ones
// too. It stops when there cannot be fewer than it has.
func Best(g *Graph, alg algorithm) (color []int32, colors int) {
	colors = g.N() + 1
	enough := least(g)
	for o := range orders {
		if colors <= enough {
			return color, colors
		}
		if c := alg(g, o.Of(g), colors-1); c != nil {
			color, colors = c, Count(c)
		}
	}
	for k := range rounds {
		if colors <= enough {
			break
		}
		c := alg(g, classes(color, colors, k%2 == 0), colors)
		if c == nil {
			break
		}
		color, colors = c, Count(c)
	}
	return color, colors
}

// classes returns the vertices by colours, the largest classes first or the
// last.
func classes(color []int32, colors int, largest bool) []int32 {
	size := make([]int, colors)
	for _, c := range color {
		size[c]++
	}
	rank := make([]int, colors)
	for c := range rank {
		rank[c] = colors - 1 - c
	}
	if largest {
		slices.SortStableFunc(rank, func(c, d int) int { return size[d] - size[c] })
	}
	begin := make([]int, colors)
	next := 0
	for _, c := range rank {
		begin[c] = next
		next += size[c]
	}
	order := make([]int32, len(color))
	for v, c := range color {
		order[begin[c]] = int32(v)
		begin[c]++
	}
	return order
}

// Direct returns the best colouring that allows direct recovery: a star
// colouring or, where it is affordable and can win, one of distance 2, which is
// one too.
func Direct(g *Graph) (color []int32, colors int) {
	if dense(g) {
		return trivial(g.N()), g.N()
	}
	color, colors = Best(g, Star)
	// A vertex and its neighbours need different colours.
	if g.MaxDegree()+1 < colors && g.squares() <= 100*len(g.Adj)+1e7 {
		if c, k := Best(g, Distance2); k < colors {
			return c, k
		}
	}
	return color, colors
}

// Substitution returns the best acyclic colouring.
func Substitution(g *Graph) (color []int32, colors int) {
	if dense(g) {
		return trivial(g.N()), g.N()
	}
	return Best(g, Acyclic)
}

// Diagonal returns the best colouring in which neighbours differ.
func Diagonal(g *Graph) (color []int32, colors int) { return Best(g, Distance1) }

// Count returns the number of colours.
func Count(color []int32) int {
	if len(color) == 0 {
		return 0
	}
	return int(slices.Max(color)) + 1
}

// dense reports whether g is complete, so that no two vertices may share a
// colour.
func dense(g *Graph) bool { n := g.N(); return g.Edges() == n*(n-1)/2 }

func trivial(n int) []int32 {
	color := make([]int32, n)
	for v := range color {
		color[v] = int32(v)
	}
	return color
}

// least returns a number of colours that suffices for no colouring that has
// fewer: 0, 1 or 2.
func least(g *Graph) int { return min(g.N(), 1+min(g.Edges(), 1)) }
