package color

// An algorithm colours the vertices of g in an order, each with the first
// colour that it may have. It gives up and returns nil as soon as it needs more
// than limit colours.
type algorithm func(g *Graph, order []int32, limit int) []int32

// palette tells which colours the current vertex may not have, by stamps.
type palette []int32

func newPalette(g *Graph, limit int) palette {
	p := make(palette, min(limit, g.N())+1)
	for c := range p {
		p[c] = -1
	}
	return p
}

// first returns the first colour that v may have.
func (p palette) first(v int32) int32 {
	c := int32(0)
	for p[c] == v {
		c++
	}
	return c
}

func uncolored(n int) []int32 {
	color := make([]int32, n)
	for v := range color {
		color[v] = -1
	}
	return color
}

// Distance1 colours so that neighbours differ. It takes linear time.
func Distance1(g *Graph, order []int32, limit int) []int32 {
	color := uncolored(g.N())
	forbidden := newPalette(g, limit)
	for _, v := range order {
		for _, w := range g.neighbors(v) {
			if c := color[w]; c >= 0 {
				forbidden[c] = v
			}
		}
		c := forbidden.first(v)
		if int(c) >= limit {
			return nil
		}
		color[v] = c
	}
	return color
}

// Distance2 colours so that neighbours and vertices with a common neighbour
// differ. It takes the sum of the squares of the degrees.
func Distance2(g *Graph, order []int32, limit int) []int32 {
	color := uncolored(g.N())
	forbidden := newPalette(g, limit)
	for _, v := range order {
		for _, w := range g.neighbors(v) {
			if c := color[w]; c >= 0 {
				forbidden[c] = v
			}
			for _, x := range g.neighbors(w) {
				if c := color[x]; c >= 0 {
					forbidden[c] = v
				}
			}
		}
		c := forbidden.first(v)
		if int(c) >= limit {
			return nil
		}
		color[v] = c
	}
	return color
}

// A shade tells of a vertex w that it has neighbours of a colour. There is one
// for each colour, not for each neighbour, so that vertices with very many
// neighbours, the dense rows of a matrix, cost no more than others: the
// algorithms for stars and trees go through the shades of the neighbours of a
// vertex where those of 2007 go through the neighbours.
type shade struct {
	color int32
	link  int32 // see the algorithms
}

// shades has the shades of each vertex, in the space of its neighbours.
type shades struct {
	g    *Graph
	data []shade
	len  []int32
	top  []int32 // the largest colour among them
}

func newShades(g *Graph) *shades {
	return &shades{g: g, data: make([]shade, len(g.Adj)), len: make([]int32, g.N()), top: uncolored(g.N())}
}

func (s *shades) of(w int32) []shade { return s.data[s.g.Ptr[w]:][:s.len[w]] }

// find returns the shade of w with colour c, nil if there is none.
func (s *shades) find(w, c int32) *shade {
	if c > s.top[w] {
		return nil
	}
	list := s.of(w)
	for k := range list {
		if list[k].color == c {
			return &list[k]
		}
	}
	return nil
}

func (s *shades) add(w, c, link int32) *shade {
	p := &s.data[s.g.Ptr[w]+int(s.len[w])]
	*p = shade{c, link}
	s.len[w]++
	s.top[w] = max(s.top[w], c)
	return p
}

// What the link of a shade of w may be in Star, if it is not the only neighbour
// of that colour.
const (
	hub   = -1 // w has several neighbours of the colour: it is the hub of a star
	spoke = -2 // w has one neighbour of the colour, which is the hub of a star that w belongs to
)

// Star colours so that a path of four vertices has at least three colours,
// that is, so that any two colours induce stars. It is algorithm 4.1 of
// Gebremedhin, Tarafdar, Manne & Pothen 2007 with shades: it takes, for each
// edge, the number of different colours around its ends at most.
func Star(g *Graph, order []int32, limit int) []int32 {
	color := uncolored(g.N())
	forbidden := newPalette(g, limit)
	one := newPalette(g, limit) // the colour occurs among the neighbours of the vertex
	two := newPalette(g, limit) // it occurs twice
	s := newShades(g)
	spokes := make([]int32, g.N()) // how many shades are spokes
	for _, v := range order {
		near := g.neighbors(v)
		for _, w := range near {
			if c := color[w]; c >= 0 {
				if one[c] == v {
					two[c] = v
				}
				one[c], forbidden[c] = v, v
			}
		}
		for _, w := range near {
			switch c := color[w]; {
			case c < 0:
			case two[c] == v:
				// v is a hub: v with the colour of a neighbour x of w would
				// make a path x-w-v-w' of two colours.
				for _, e := range s.of(w) {
					forbidden[e.color] = v
				}
			case spokes[w] > 0:
				// v with the colour of a hub x next to w would make a path
				// v-w-x-y of two colours.
				for _, e := range s.of(w) {
					if e.link == spoke {
						forbidden[e.color] = v
					}
				}
			}
		}
		c := forbidden.first(v)
		if int(c) >= limit {
			return nil
		}
		color[v] = c
		for _, w := range near {
			cw := color[w]
			if cw < 0 {
				continue
			}
			link := w // of the shade of v
			switch e := s.find(w, c); {
			case two[cw] == v:
				s.add(w, c, spoke)
				spokes[w]++
				if s.find(v, cw) == nil {
					s.add(v, cw, hub)
				}
				continue
			case e == nil:
				s.add(w, c, v)
			default:
				if x := e.link; x >= 0 {
					// The second leaf makes w a hub.
					e.link = hub
					s.find(x, cw).link = spoke
					spokes[x]++
				}
				link = spoke
				spokes[v]++
			}
			s.add(v, cw, link)
		}
	}
	return color
}

// Acyclic colours so that a cycle has at least three colours, that is, so that
// any two colours induce trees. It is algorithm 3.1 of Gebremedhin, Tarafdar,
// Manne & Pothen 2007 with shades, whose links are the trees: it takes, for
// each edge, the number of different colours around its ends at most, times
// that of finding a tree.
func Acyclic(g *Graph, order []int32, limit int) []int32 {
	color := uncolored(g.N())
	forbidden := newPalette(g, limit)
	one := newPalette(g, limit)
	two := newPalette(g, limit)
	s := newShades(g)
	var trees forest
	var seen []int32 // the vertex that met the tree last
	group := make([]*shade, len(one))
	for _, v := range order {
		near := g.neighbors(v)
		for _, w := range near {
			if c := color[w]; c >= 0 {
				if one[c] == v {
					two[c] = v
				}
				one[c], forbidden[c] = v, v
			}
		}
		for _, w := range near {
			c := color[w]
			if c < 0 || two[c] != v {
				continue
			}
			// A tree that v would touch twice would become a cycle.
			for _, e := range s.of(w) {
				if forbidden[e.color] == v {
					continue
				}
				t := trees.find(e.link)
				if seen[t] == v {
					forbidden[e.color] = v
				}
				seen[t] = v
			}
		}
		c := forbidden.first(v)
		if int(c) >= limit {
			return nil
		}
		color[v] = c
		for _, w := range near {
			if cw := color[w]; cw >= 0 {
				group[cw] = nil
			}
		}
		for _, w := range near {
			cw := color[w]
			if cw < 0 {
				continue
			}
			e := s.find(w, c)
			mine := group[cw]
			switch {
			case e == nil && mine == nil:
				seen = append(seen, -1)
				t := trees.plant()
				s.add(w, c, t)
				group[cw] = s.add(v, cw, t)
			case e == nil:
				s.add(w, c, mine.link)
			case mine == nil:
				group[cw] = s.add(v, cw, e.link)
			default:
				trees.join(mine.link, e.link)
			}
		}
	}
	return color
}

// forest is a set of disjoint trees that grow together.
type forest []int32

// plant adds a tree.
func (f *forest) plant() int32 {
	t := int32(len(*f))
	*f = append(*f, t)
	return t
}

// find returns the tree that t has become a part of. It halves the path.
func (f forest) find(t int32) int32 {
	for f[t] != t {
		f[t] = f[f[t]]
		t = f[t]
	}
	return t
}

// join makes one tree of two. The older one gives the name.
func (f forest) join(t, u int32) {
	t, u = f.find(t), f.find(u)
	f[max(t, u)] = min(t, u)
}
