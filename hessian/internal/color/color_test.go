package color

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The checkers know nothing of the algorithms.

func checkDistance1(g *Graph, color []int32) error {
	for v := range g.N() {
		for _, w := range g.neighbors(int32(v)) {
			if color[v] == color[w] {
				return fmt.Errorf("neighbours %d and %d have colour %d", v, w, color[v])
			}
		}
	}
	return nil
}

func checkDistance2(g *Graph, color []int32) error {
	if err := checkDistance1(g, color); err != nil {
		return err
	}
	for v := range g.N() {
		seen := map[int32]int32{}
		for _, w := range g.neighbors(int32(v)) {
			if x, ok := seen[color[w]]; ok {
				return fmt.Errorf("neighbours %d and %d of %d have colour %d", x, w, v, color[w])
			}
			seen[color[w]] = w
		}
	}
	return nil
}

// checkStar looks for an edge v-w that has a neighbour of v with the colour of
// w on one side and one of w with the colour of v on the other.
func checkStar(g *Graph, color []int32) error {
	if err := checkDistance1(g, color); err != nil {
		return err
	}
	type shade struct{ v, c int32 }
	count := map[shade]int{}
	for v := range g.N() {
		for _, w := range g.neighbors(int32(v)) {
			count[shade{int32(v), color[w]}]++
		}
	}
	for v := range g.N() {
		for _, w := range g.neighbors(int32(v)) {
			if count[shade{int32(v), color[w]}] > 1 && count[shade{w, color[v]}] > 1 {
				return fmt.Errorf("a path around %d-%d has two colours", v, w)
			}
		}
	}
	return nil
}

// checkAcyclic looks for cycles in the graphs that pairs of colours induce by
// counting: a forest has one edge less than vertices for each of its trees.
func checkAcyclic(g *Graph, color []int32) error {
	if err := checkDistance1(g, color); err != nil {
		return err
	}
	edges := map[[2]int32][][2]int32{}
	for v := range g.N() {
		for _, w := range g.neighbors(int32(v)) {
			if color[v] < color[w] {
				c := [2]int32{color[v], color[w]}
				edges[c] = append(edges[c], [2]int32{int32(v), w})
			}
		}
	}
	for c, list := range edges {
		// Depth-first search for an edge back.
		near := map[int32][]int32{}
		for _, e := range list {
			near[e[0]] = append(near[e[0]], e[1])
			near[e[1]] = append(near[e[1]], e[0])
		}
		seen := map[int32]bool{}
		for root := range near {
			if seen[root] {
				continue
			}
			seen[root] = true
			stack := [][2]int32{{root, -1}}
			for len(stack) > 0 {
				v, from := stack[len(stack)-1][0], stack[len(stack)-1][1]
				stack = stack[:len(stack)-1]
				for _, w := range near[v] {
					if w == from {
						continue
					}
					if seen[w] {
						return fmt.Errorf("a cycle through %d-%d has the colours %v", v, w, c)
					}
					seen[w] = true
					stack = append(stack, [2]int32{w, v})
				}
			}
		}
	}
	return nil
}

var algorithms = []struct {
	name  string
	alg   algorithm
	check func(*Graph, []int32) error
}{
	{"distance 1", Distance1, checkDistance1},
	{"distance 2", Distance2, checkDistance2},
	{"star", Star, checkStar},
	{"acyclic", Acyclic, checkAcyclic},
}

func TestCheckers(t *testing.T) {
	path := build(4, false, func(add func(i, j int)) { band(4, 1, add) }).graph()
	square := build(4, false, func(add func(i, j int)) { band(4, 1, add); add(0, 3) }).graph()
	for _, c := range []struct {
		g      *Graph
		color  []int32
		checks [4]bool // distance 1, distance 2, star, acyclic
	}{
		{path, []int32{0, 0, 1, 2}, [4]bool{}},
		{path, []int32{0, 1, 0, 1}, [4]bool{true, false, false, true}},
		{path, []int32{0, 1, 0, 2}, [4]bool{true, false, true, true}},
		{path, []int32{0, 1, 2, 0}, [4]bool{true, true, true, true}},
		{square, []int32{0, 1, 0, 1}, [4]bool{true, false, false, false}},
		{square, []int32{0, 1, 0, 2}, [4]bool{true, false, true, true}},
		{square, []int32{0, 1, 2, 3}, [4]bool{true, true, true, true}},
	} {
		for k, a := range algorithms {
			if err := a.check(c.g, c.color); (err == nil) != c.checks[k] {
				t.Errorf("%s of %v: %v", a.name, c.color, err)
			}
		}
	}
}

func TestCounts(t *testing.T) {
	for _, c := range patterns {
		t.Run(c.name, func(t *testing.T) {
			g := c.p.graph()
			clique := maxClique(g)
			test := func(what string, colors []int32, k, want int, check func(*Graph, []int32) error) {
				t.Helper()
				if err := check(g, colors); err != nil {
					t.Errorf("%s: %v", what, err)
				}
				if k > want || k != Count(colors) || k < clique {
					t.Errorf("%s: %d colours, want at most %d and at least %d", what, k, want, clique)
				}
			}
			direct, d := Direct(g)
			test("direct", direct, d, c.direct, checkStar)
			subst, s := Substitution(g)
			test("substitution", subst, s, c.substitution, checkAcyclic)
			dist2, d2 := Best(g, Distance2)
			test("distance 2", dist2, d2, c.distance2, checkDistance2)
			diag, d1 := Diagonal(g)
			test("diagonal", diag, d1, c.diag, checkDistance1)
			t.Logf("direct %d, substitution %d, distance 2 %d, diagonal %d", d, s, d2, d1)
		})
	}
}

// maxClique returns the size of a clique: a lower bound.
func maxClique(g *Graph) int {
	best := 0
	for v := range g.N() {
		clique := []int32{int32(v)}
		for _, w := range g.neighbors(int32(v)) {
			all := true
			for _, x := range clique {
				_, ok := slices.BinarySearch(g.neighbors(x), w)
				all = all && ok
			}
			if all {
				clique = append(clique, w)
			}
		}
		best = max(best, len(clique))
	}
	return best
}

func TestOrders(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for n := range 40 {
		g := randomPattern(rnd, n, 2*n, false).graph()
		for o := range orders {
			order := o.Of(g)
			seen := make([]bool, n)
			for _, v := range order {
				seen[v] = true
			}
			if len(order) != n || slices.Contains(seen, false) {
				t.Fatalf("order %d of %d vertices: %v", o, n, order)
			}
			degree := func(v int32, of []int32) int {
				d := 0
				for _, w := range g.neighbors(v) {
					if slices.Contains(of, w) {
						d++
					}
				}
				return d
			}
			for k, v := range order {
				for _, w := range order[k:] {
					switch {
					case o == LargestFirst && g.Degree(int(v)) < g.Degree(int(w)):
						t.Errorf("largest first: %d before %d", v, w)
					case o == IncidenceDegree && degree(v, order[:k]) < degree(w, order[:k]):
						t.Errorf("incidence degree: %d before %d", v, w)
					}
				}
				for _, w := range order[:k] {
					if o == SmallestLast && degree(v, order[:k]) > degree(w, order[:k+1]) {
						t.Errorf("smallest last: %d after %d", v, w)
					}
				}
			}
		}
	}
}

// symmetric is a random symmetric matrix of the pattern, and its columns.
type symmetric struct {
	p   lower
	val []float64
}

func randomMatrix(rnd *rand.Rand, p lower) symmetric {
	s := symmetric{p, make([]float64, len(p.row))}
	for k := range s.val {
		s.val[k] = rnd.NormFloat64()
	}
	return s
}

// sums returns the sums of the columns of each colour, each entry added by
// itself.
func (s symmetric) sums(color []int32, colors int) [][]float64 {
	b := make([][]float64, colors)
	for c := range b {
		b[c] = make([]float64, s.p.n)
	}
	for j := range s.p.n {
		for k := s.p.ptr[j]; k < s.p.ptr[j+1]; k++ {
			i := s.p.row[k]
			if c := color[j]; c >= 0 {
				b[c][i] += s.val[k]
			}
			if c := color[i]; c >= 0 && int(i) != j {
				b[c][j] += s.val[k]
			}
		}
	}
	return b
}

func checkRecovery(p lower, seed uint64) error {
	g := p.graph()
	s := randomMatrix(rand.New(rand.NewPCG(seed, 5)), p)
	for _, a := range algorithms[1:] {
		for o := range orders {
			color := a.alg(g, o.Of(g), p.n)
			if err := a.check(g, color); err != nil {
				return fmt.Errorf("%s in order %d: %v", a.name, o, err)
			}
			sub, err := NewSubstituting(g, p.ptr, p.row, color)
			if err != nil {
				return fmt.Errorf("%s in order %d: substitution: %v", a.name, o, err)
			}
			sums := s.sums(sub.Color, sub.Colors)
			got := make([]float64, len(s.val))
			sub.Recover(got, sums)
			for k, v := range got {
				if math.Abs(v-s.val[k]) > 1e-12*float64(1+p.n) {
					return fmt.Errorf("%s in order %d: substitution: got %v, want %v", a.name, o, v, s.val[k])
				}
			}
			if a.name == "acyclic" {
				continue
			}
			r, err := NewReading(g, p.ptr, p.row, color)
			if err != nil {
				return fmt.Errorf("%s in order %d: %v", a.name, o, err)
			}
			if r.Colors > Count(color) {
				return fmt.Errorf("%s in order %d: %d sums for %d colours", a.name, o, r.Colors, Count(color))
			}
			clear(got)
			for c, sum := range s.sums(r.Color, r.Colors) {
				r.Column(got, c, sum)
			}
			if !slices.Equal(got, s.val) {
				return fmt.Errorf("%s in order %d: got %v, want %v", a.name, o, got, s.val)
			}
		}
	}
	return nil
}

func TestRecovery(t *testing.T) {
	for _, c := range patterns {
		if c.distance2 > 500 {
			continue // distance 2 is checked by the fuzz test
		}
		if err := checkRecovery(c.p, 1); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzRecovery(f *testing.F) {
	for seed := range uint64(60) {
		f.Add(seed, uint8(seed), uint16(3*seed), seed%3 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, pairs uint16, hollow bool) {
		if n == 0 {
			pairs = 0
		}
		p := randomPattern(rand.New(rand.NewPCG(seed, 6)), int(n), int(pairs)%2048, hollow)
		if err := checkRecovery(p, seed); err != nil {
			t.Error(err)
		}
	})
}

// TestRefused checks that a colouring which does not do is noticed.
func TestRefused(t *testing.T) {
	p := build(4, false, func(add func(i, j int)) { band(4, 1, add); add(0, 3) })
	g := p.graph()
	for _, color := range [][]int32{{0, 0, 1, 2}, {0, 1, 0, 1}} {
		if _, err := NewReading(g, p.ptr, p.row, color); err != ErrColoring {
			t.Errorf("reading with %v: %v", color, err)
		}
		if _, err := NewSubstituting(g, p.ptr, p.row, color); err != ErrColoring {
			t.Errorf("substitution with %v: %v", color, err)
		}
	}
}

// TestHollow checks that sums nobody needs are left out.
func TestHollow(t *testing.T) {
	p := build(10, true, func(add func(i, j int)) {
		for i := range 9 {
			add(i+1, 0)
		}
	})
	g := p.graph()
	color, _ := Direct(g)
	r, err := NewReading(g, p.ptr, p.row, color)
	if err != nil || r.Colors != 1 {
		t.Errorf("an arrow without a diagonal: %d sums (%v), want 1", r.Colors, err)
	}
}

func TestColumns(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for trial := range 200 {
		m, n := rnd.IntN(30), rnd.IntN(30)
		a := &Rect{Cols: n, Ptr: []int{0}}
		for range m {
			var row []int32
			for j := range n {
				if rnd.IntN(8) == 0 {
					row = append(row, int32(j))
				}
			}
			a.Col = append(a.Col, row...)
			a.Ptr = append(a.Ptr, len(a.Col))
		}
		if b := a.T().T(); !slices.Equal(a.Col, b.Col) || !slices.Equal(a.Ptr, b.Ptr) || b.Cols != a.Cols {
			t.Fatalf("trial %d: transposed twice: %v, want %v", trial, b, a)
		}
		color, k := Columns(a)
		if k != Count(color) || len(color) != n {
			t.Fatalf("trial %d: %d colours of %v", trial, k, color)
		}
		for i := range m {
			seen := map[int32]bool{}
			for _, j := range a.Col[a.Ptr[i]:a.Ptr[i+1]] {
				if seen[color[j]] {
					t.Fatalf("trial %d: colour %d twice in row %d", trial, color[j], i)
				}
				seen[color[j]] = true
			}
		}
	}
}

func TestBordered(t *testing.T) {
	g := bordered(3000).graph()
	color, k := Direct(g)
	if err := checkStar(g, color); err != nil || k > 16 {
		t.Errorf("direct: %d colours, want at most 16: %v", k, err)
	}
	color, k = Substitution(g)
	if err := checkAcyclic(g, color); err != nil || k > 11 {
		t.Errorf("substitution: %d colours, want at most 11: %v", k, err)
	}
}

func BenchmarkBordered(b *testing.B) {
	p := bordered(100_000)
	g := p.graph()
	color, _ := Direct(g)
	tree, _ := Substitution(g)
	b.Run("graph", func(b *testing.B) {
		for b.Loop() {
			NewGraph(p.n, p.ptr, p.row)
		}
	})
	b.Run("one order", func(b *testing.B) {
		order := Natural.Of(g)
		for b.Loop() {
			Star(g, order, p.n)
		}
	})
	b.Run("direct", func(b *testing.B) {
		for b.Loop() {
			_, k := Direct(g)
			b.ReportMetric(float64(k), "colors")
		}
	})
	b.Run("substitution", func(b *testing.B) {
		for b.Loop() {
			_, k := Substitution(g)
			b.ReportMetric(float64(k), "colors")
		}
	})
	b.Run("reading", func(b *testing.B) {
		for b.Loop() {
			if _, err := NewReading(g, p.ptr, p.row, color); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("substituting", func(b *testing.B) {
		for b.Loop() {
			if _, err := NewSubstituting(g, p.ptr, p.row, tree); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkPatterns(b *testing.B) {
	for _, c := range patterns {
		g := c.p.graph()
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Direct(g)
			}
		})
	}
}
