package color

import "slices"

// An Order tells in which order a greedy algorithm takes the vertices.
type Order int

// The orders. No one is best for all matrices.
const (
	Natural         Order = iota // as they are numbered
	LargestFirst                 // by falling degree
	SmallestLast                 // last the vertex of least degree, before it that of least degree among the others, …
	IncidenceDegree              // next the vertex with the most neighbours taken
	orders
)

// Of returns the vertices of g in the order. It takes linear time.
func (o Order) Of(g *Graph) []int32 {
	n := g.N()
	order := make([]int32, n)
	for v := range order {
		order[v] = int32(v)
	}
	switch o {
	case LargestFirst:
		slices.SortStableFunc(order, func(v, w int32) int { return g.Degree(int(w)) - g.Degree(int(v)) })
	case SmallestLast:
		b := newBuckets(n, func(v int32) int { return g.Degree(int(v)) })
		for k := n - 1; k >= 0; k-- {
			v := b.popMin()
			order[k] = v
			for _, w := range g.neighbors(v) {
				b.move(w, -1)
			}
		}
	case IncidenceDegree:
		b := newBuckets(n, func(int32) int { return 0 })
		for k := range n {
			v := b.popMax()
			order[k] = v
			for _, w := range g.neighbors(v) {
				b.move(w, 1)
			}
		}
	}
	return order
}

// buckets is a priority queue of vertices with small integer keys: a doubly
// linked list for each key.
type buckets struct {
	key        []int32 // -1: taken
	next, prev []int32 // -1: none
	head       []int32
	min, max   int
}

func newBuckets(n int, key func(int32) int) *buckets {
	b := &buckets{
		key: make([]int32, n), next: make([]int32, n), prev: make([]int32, n), head: make([]int32, n+1),
	}
	for k := range b.head {
		b.head[k] = -1
	}
	for v := n - 1; v >= 0; v-- {
		b.push(int32(v), key(int32(v)))
	}
	return b
}

func (b *buckets) push(v int32, key int) {
	b.key[v] = int32(key)
	b.prev[v], b.next[v] = -1, b.head[key]
	if h := b.head[key]; h >= 0 {
		b.prev[h] = v
	}
	b.head[key] = v
	b.min, b.max = min(b.min, key), max(b.max, key)
}

func (b *buckets) remove(v int32) {
	if p := b.prev[v]; p >= 0 {
		b.next[p] = b.next[v]
	} else {
		b.head[b.key[v]] = b.next[v]
	}
	if n := b.next[v]; n >= 0 {
		b.prev[n] = b.prev[v]
	}
	b.key[v] = -1
}

// move changes the key of v unless it is taken.
func (b *buckets) move(v int32, by int) {
	if k := int(b.key[v]); k >= 0 {
		b.remove(v)
		b.push(v, k+by)
	}
}

func (b *buckets) popMin() int32 {
	for b.head[b.min] < 0 {
		b.min++
	}
	v := b.head[b.min]
	b.remove(v)
	return v
}

func (b *buckets) popMax() int32 {
	for b.head[b.max] < 0 {
		b.max--
	}
	v := b.head[b.max]
	b.remove(v)
	return v
}
