package ldl

import (
	"math"
	"slices"
)

// MinimumDegree returns an order of the vertices of a graph in which the
// factors of a symmetric matrix have few entries: the approximate minimum
// degree of Amestoy, Davis & Duff (SIAM J. Matrix Anal. Appl. 17, 1996). The
// neighbours of vertex v are adj[ptr[v]:ptr[v+1]], without v.
//
// Eliminated vertices stay as elements, cliques of those that they were next
// to. The next one is that of the smallest bound on the number of neighbours,
// which the sizes of its elements give. Vertices that cannot be told apart are
// eliminated together. Dense rows come last.
func MinimumDegree(ptr []int, adj []int32) []int32 {
	n := max(len(ptr), 1) - 1
	m := &degrees{
		n: n, list: make([][]int32, n), elements: make([]int32, n), weight: make([]int32, n),
		degree: make([]int, n), parent: make([]int32, n), pivot: make([]bool, n), w: make([]int, n), mark: 1,
		hashHead: make([]int32, n), hashNext: make([]int32, n), hash: make([]int, n),
		queue: newQueue(n),
	}
	own := slices.Clone(adj)
	// A row is dense as in the paper, section 6.
	many := max(16, int(10*math.Sqrt(float64(n))))
	var last []int32
	for v := range n {
		m.parent[v], m.hashHead[v] = -1, -1
		m.w[v] = 1
		m.list[v] = own[ptr[v]:ptr[v+1]:ptr[v+1]]
		m.weight[v] = 1
		if len(m.list[v]) > many {
			m.weight[v] = 0
			m.done++
			last = append(last, int32(v))
		}
	}
	for v := n - 1; v >= 0; v-- {
		if m.weight[v] > 0 {
			for _, w := range m.list[v] {
				m.degree[v] += int(m.weight[w])
			}
			m.queue.push(int32(v), m.degree[v])
		}
	}
	var pivots []int32
	for m.done < n {
		p := m.queue.pop()
		pivots = append(pivots, p)
		m.eliminate(p)
	}

	// Vertices that were eliminated with a pivot follow it.
	next := make([]int32, n)
	head := make([]int32, n)
	for v := range head {
		head[v] = -1
	}
	for v := n - 1; v >= 0; v-- {
		if m.pivot[v] || m.parent[v] < 0 {
			continue
		}
		p := m.parent[v]
		for !m.pivot[p] {
			p = m.parent[p]
		}
		next[v], head[p] = head[p], int32(v)
	}
	order := make([]int32, 0, n)
	for _, p := range pivots {
		order = append(order, p)
		for v := head[p]; v >= 0; v = next[v] {
			order = append(order, v)
		}
	}
	return append(order, last...)
}

// degrees is the quotient graph. A vertex is a variable until it is a pivot,
// which becomes an element, or part of another.
type degrees struct {
	n, done  int
	list     [][]int32 // of a variable: its elements and then its variables; of an element: its variables
	elements []int32   // how many of the list are elements
	weight   []int32   // how many vertices a variable stands for: 0 if it is part of another, negative while in the element that is formed
	degree   []int     // of a variable: a bound on its neighbours; of an element: its size
	parent   []int32   // what the vertex is part of
	pivot    []bool
	w        []int // marks; 0: an element that is part of another
	mark     int

	hashHead, hashNext []int32
	hash               []int
	queue              *queue
	arena              []int32
}

func (m *degrees) eliminate(p int32) {
	m.pivot[p] = true
	weight := m.weight[p]
	m.done += int(weight)
	m.weight[p] = -weight

	// The new element.
	size := 0
	begin := len(m.arena)
	add := func(i int32) {
		if wi := m.weight[i]; wi > 0 {
			size += int(wi)
			m.weight[i] = -wi
			m.arena = append(m.arena, i)
			m.queue.remove(i)
		}
	}
	for k, e := range m.list[p] {
		if k >= int(m.elements[p]) {
			add(e)
			continue
		}
		if m.w[e] == 0 {
			continue
		}
		for _, i := range m.list[e] {
			add(i)
		}
		m.absorb(e, p)
	}
	element := m.arena[begin:len(m.arena):len(m.arena)]
	if len(m.arena) > 1<<16 {
		m.arena = nil // elements keep what they need of it
	}

	// What the other elements have outside of the new one.
	m.mark += m.n + 1
	for _, i := range element {
		wi := int(-m.weight[i])
		for _, e := range m.list[i][:m.elements[i]] {
			switch {
			case m.w[e] == 0:
			case m.w[e] >= m.mark:
				m.w[e] -= wi
			default:
				m.w[e] = m.degree[e] + m.mark - wi
			}
		}
	}

	// New lists and bounds of the variables.
	for _, i := range element {
		list := m.list[i]
		d, h, q := 0, 0, 0
		for _, e := range list[:m.elements[i]] {
			if m.w[e] == 0 {
				continue
			}
			outside := m.w[e] - m.mark
			if outside <= 0 {
				m.absorb(e, p) // it is part of the new one
				continue
			}
			d += outside
			h += int(e)
			list[q] = e
			q++
		}
		variables := q
		for _, j := range list[m.elements[i]:] {
			wj := m.weight[j]
			if wj <= 0 {
				continue
			}
			d += int(wj)
			h += int(j)
			list[q] = j
			q++
		}
		if d == 0 {
			// It has no other neighbours than the pivot has.
			wi := -m.weight[i]
			m.parent[i], m.weight[i], m.list[i] = p, 0, nil
			weight += wi
			size -= int(wi)
			m.done += int(wi)
			continue
		}
		m.degree[i] = min(m.degree[i], d)
		// There is room: p was in the list, or an element that is gone.
		list = list[:q+1]
		list[q] = list[variables]
		list[variables] = list[0]
		list[0] = p
		m.list[i], m.elements[i] = list, int32(variables+1)
		h %= m.n
		m.hash[i] = h
		m.hashNext[i], m.hashHead[h] = m.hashHead[h], i
	}
	m.mark += m.n + 1
	m.merge(element)

	// Put the variables back.
	keep := element[:0]
	for _, i := range element {
		wi := -m.weight[i]
		if wi <= 0 {
			continue
		}
		m.weight[i] = wi
		m.degree[i] = min(m.degree[i]+size-int(wi), m.n-m.done-int(wi))
		m.queue.push(i, m.degree[i])
		keep = append(keep, i)
	}
	m.weight[p] = weight
	m.list[p], m.degree[p] = keep, size
	m.w[p] = 1
	if len(keep) == 0 {
		m.w[p] = 0
	}
}

// absorb makes the element e a part of p.
func (m *degrees) absorb(e, p int32) { m.w[e], m.parent[e], m.list[e] = 0, p, nil }

// merge makes one of the variables of the element that have the same lists.
func (m *degrees) merge(element []int32) {
	for _, i := range element {
		if m.weight[i] == 0 || m.hashHead[m.hash[i]] < 0 {
			continue
		}
		h := m.hash[i]
		i := m.hashHead[h]
		m.hashHead[h] = -1
		for ; i >= 0 && m.hashNext[i] >= 0; i = m.hashNext[i] {
			for _, e := range m.list[i] {
				m.w[e] += m.mark // all are less than mark
			}
			before := i
			for j := m.hashNext[i]; j >= 0; j = m.hashNext[j] {
				same := len(m.list[i]) == len(m.list[j]) && m.elements[i] == m.elements[j]
				if same {
					for _, e := range m.list[j] {
						same = same && m.w[e] >= m.mark
					}
				}
				if !same {
					before = j
					continue
				}
				m.weight[i] += m.weight[j] // both negative
				m.weight[j], m.parent[j], m.list[j] = 0, i, nil
				m.hashNext[before] = m.hashNext[j]
			}
			for _, e := range m.list[i] {
				m.w[e] -= m.mark
			}
		}
	}
}

// queue has the variables by bounds on their degrees: a doubly linked list for
// each.
type queue struct {
	key, next, prev, head []int32
	min                   int
}

func newQueue(n int) *queue {
	q := &queue{key: make([]int32, n), next: make([]int32, n), prev: make([]int32, n), head: make([]int32, n)}
	for k := range q.head {
		q.head[k] = -1
	}
	return q
}

func (q *queue) push(v int32, key int) {
	q.key[v] = int32(key)
	q.prev[v], q.next[v] = -1, q.head[key]
	if h := q.head[key]; h >= 0 {
		q.prev[h] = v
	}
	q.head[key] = v
	q.min = min(q.min, key)
}

func (q *queue) remove(v int32) {
	if p := q.prev[v]; p >= 0 {
		q.next[p] = q.next[v]
	} else {
		q.head[q.key[v]] = q.next[v]
	}
	if n := q.next[v]; n >= 0 {
		q.prev[n] = q.prev[v]
	}
}

func (q *queue) pop() int32 {
	for q.head[q.min] < 0 {
		q.min++
	}
	v := q.head[q.min]
	q.remove(v)
	return v
}
