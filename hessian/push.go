package hessian

import (
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/mixed"
)

// pusher goes backwards over a program and keeps the second derivatives with
// respect to the numbers that are still to come, as edges of a graph: edge
// pushing (Gower & Mello, A new framework for the computation of Hessians,
// Optim. Methods Softw. 27, 2012). At the end only edges between variables are
// left, and they are the Hessian.
//
// The edges of a number to smaller ones are in a list. New ones are put before
// the others without a look for the same; they are joined when the turn of the
// number comes. Edges between variables go to their place in the Hessian at once,
// if that is there and quickly found.
type pusher struct {
	head  []int32 // 0: no edges. Between two uses all are 0.
	pool  []edge  // the first is not in use
	free  int32   // 0: none
	place []int32 // where numbers are in row, if they are
	row   []edge  // the edges of the current number
	step  mixed.Step

	pushed int // edges that were made
	live   int

	vars   uint32 // numbers up to it are variables with places for their edges
	sym    *Sym
	dense  []float64 // or an upper triangle, by rows
	stride int
}

type edge struct {
	to, next int32
	w        float64
}

func (s *pusher) init(n int) {
	if cap(s.head) < n {
		s.head, s.place = make([]int32, n), make([]int32, n)
	}
	s.head, s.place = s.head[:n], s.place[:n]
	if s.pool == nil {
		s.pool = make([]edge, 1, 64)
	}
	s.pool, s.free = s.pool[:1], 0
	s.pushed, s.live = 0, 0
	s.vars = 0
}

// add adds w to the second derivative with respect to a and b, and w to that
// with respect to b and a.
func (s *pusher) add(a, b uint32, w float64) {
	if a == b {
		w *= 2
	}
	s.put(a, b, w)
}

func (s *pusher) put(a, b uint32, w float64) {
	if a < b {
		a, b = b, a
	}
	if b == 0 {
		return
	}
	s.pushed++
	if a <= s.vars && s.settle(a, b, w) {
		return
	}
	k := s.free
	if k == 0 {
		if len(s.pool) == cap(s.pool) {
			s.grow()
		}
		k = int32(len(s.pool))
		s.pool = s.pool[:k+1]
	} else {
		s.free = s.pool[k].next
	}
	s.pool[k] = edge{int32(b), s.head[a], w}
	s.head[a] = k
	s.live++
}

// grow doubles the pool. What is not in use yet has not been touched either,
// which append would do.
func (s *pusher) grow() {
	pool := make([]edge, len(s.pool), 2*len(s.pool))
	copy(pool, s.pool)
	s.pool = pool
}

// short is how many entries a column may have to be searched for each edge.
const short = 16

// settle adds w to the entry of the variables a ≥ b of the Hessian. It reports
// whether that is quickly found.
func (s *pusher) settle(a, b uint32, w float64) bool {
	if s.dense != nil {
		s.dense[int(b-1)*s.stride+int(a-1)] += w
		return true
	}
	p := s.sym.p
	k, end := p.ptr[b-1], p.ptr[b]
	if end-k > short {
		return false
	}
	for uint32(p.row[k]) != a-1 {
		k++
	}
	s.sym.val[k] += w
	return true
}

// drop frees the edge k.
func (s *pusher) drop(k int32) {
	s.pool[k].next, s.free = s.free, k
	s.live--
}

// collect takes the edges of i into row, each neighbour once.
func (s *pusher) collect(i int) {
	s.row = s.row[:0]
	for k := s.head[i]; k != 0; {
		e := s.pool[k]
		if at := int(s.place[e.to]); at < len(s.row) && s.row[at].to == e.to {
			s.row[at].w += e.w
		} else {
			s.place[e.to] = int32(len(s.row))
			s.row = append(s.row, e)
		}
		s.drop(k)
		k = e.next
	}
	s.head[i] = 0
}

// push replaces the edges in row, which are those of number i, by edges of the
// operands in step, and adds the edges that the operation makes by itself.
func (s *pusher) push(i int) {
	t := &s.step
	self := t.Self
	for _, e := range s.row {
		if int(e.to) == i {
			self += e.w
			continue
		}
		for a, x := range t.Args {
			if w := az(t.Jac[a], e.w); w != 0 {
				s.add(x, uint32(e.to), w)
			}
		}
	}
	if self != 0 {
		for a, x := range t.Args {
			j := az(t.Jac[a], self)
			if j == 0 {
				continue
			}
			if w := az(j, t.Jac[a]); w != 0 {
				s.put(x, x, w)
			}
			for b := range a {
				if w := az(j, t.Jac[b]); w != 0 {
					s.add(x, t.Args[b], w)
				}
			}
		}
	}
	for a, c := range t.Diag {
		if c != 0 {
			s.put(t.Args[a], t.Args[a], c)
		}
	}
	for _, p := range t.Pairs {
		if p.C != 0 {
			s.add(t.Args[p.A], t.Args[p.B], p.C)
		}
	}
}

// create adds the edge of an operation of one operand, where y is 0, or two.
func (s *pusher) create(x, y uint32, c float64) {
	if y == 0 {
		s.put(x, x, c)
		return
	}
	s.add(x, y, c)
}

// move is push for an operation of one operand. It takes the edges over as they
// are: they do not become more, and the same ones are joined later.
func (s *pusher) move(i int, x uint32, j float64) {
	for k := s.head[i]; k != 0; {
		e := &s.pool[k]
		next := e.next
		w, to := az(j, e.w), uint32(e.to)
		switch to {
		case uint32(i):
			w, to = az(j, w), x
		case x:
			w *= 2
		}
		a, b := max(x, to), min(x, to)
		if w == 0 || b == 0 || a <= s.vars && s.settle(a, b, w) {
			s.drop(k)
		} else {
			e.to, e.w, e.next = int32(b), w, s.head[a]
			s.head[a] = k
		}
		k = next
	}
	s.head[i] = 0
}

// split is push for an operation of two operands, without the edges that it
// makes by itself.
func (s *pusher) split(i int, x, y uint32, jx, jy float64) {
	k := s.head[i]
	if e := s.pool[k]; e.next == 0 {
		s.drop(k)
		s.head[i] = 0
		s.splitEdge(i, e, x, y, jx, jy)
		return
	}
	s.collect(i)
	for _, e := range s.row {
		s.splitEdge(i, e, x, y, jx, jy)
	}
}

func (s *pusher) splitEdge(i int, e edge, x, y uint32, jx, jy float64) {
	vx, vy := az(jx, e.w), az(jy, e.w)
	if int(e.to) != i {
		if vx != 0 {
			s.add(x, uint32(e.to), vx)
		}
		if vy != 0 {
			s.add(y, uint32(e.to), vy)
		}
		return
	}
	if w := az(jx, vx); w != 0 {
		s.put(x, x, w)
	}
	if w := az(jx, vy); w != 0 {
		s.add(x, y, w)
	}
	if w := az(jy, vy); w != 0 {
		s.put(y, y, w)
	}
}

// az returns x·y, and 0 where either is exactly 0.
func az(x, y float64) float64 {
	if x == 0 || y == 0 {
		return 0
	}
	return x * y
}

// values puts the Hessian at q into dst, which has the pattern.
func (s *pusher) values(dst *Sym, q *mixed.Point) {
	p := q.Program()
	n, _ := p.Dims()
	s.init(p.Len())
	s.vars, s.sym, s.dense = uint32(n), dst, nil
	clear(dst.val)
	s.sweep(q)
	s.sym = nil
	if s.live == 0 {
		return
	}
	g := dst.p.adjacency()
	place := s.place
	for i := n; i > 0; i-- {
		s.collect(i)
		if len(s.row) == 0 {
			continue
		}
		for e := g.Ptr[i-1]; e < g.Ptr[i]; e++ {
			j := g.Adj[e]
			if int(j) >= i {
				break
			}
			place[j+1] = g.Edge[e]
		}
		place[i] = int32(dst.p.ptr[i-1])
		for _, e := range s.row {
			dst.val[place[e.to]] += e.w
		}
	}
}

// symDense puts the Hessian at q into dst, which has the size.
func (s *pusher) symDense(dst *mat.SymDense, q *mixed.Point) {
	p := q.Program()
	n, _ := p.Dims()
	s.init(p.Len())
	raw := dst.RawSymmetric()
	s.vars, s.dense, s.stride = uint32(n), raw.Data, raw.Stride
	for i := range n {
		clear(raw.Data[i*raw.Stride:][i:n])
	}
	s.sweep(q)
	s.dense = nil
}

// sweep goes over the operations at q.
func (s *pusher) sweep(q *mixed.Point) {
	q.Kinks()
	n := int(s.vars)
	for i := q.Program().Len() - 1; i > n; i-- {
		x, y, jx, jy, c, ok := q.Simple(i)
		switch {
		case !ok:
			s.collect(i)
			q.Step(&s.step, i)
			s.push(i)
			continue
		case s.head[i] == 0:
		case y == 0:
			s.move(i, x, jx)
		default:
			s.split(i, x, y, jx, jy)
		}
		if c != 0 {
			s.create(x, y, c)
		}
	}
}

// pattern returns the pattern of the Hessian of p at any point, and the number
// of edges that it takes to find the values. It gives up and returns nil when there
// are more than limit at a time.
func (s *pusher) pattern(p *mixed.Program, limit int) (pat *Pattern, edges edgeCount) {
	n, _ := p.Dims()
	s.init(p.Len())
	active := make([]bool, p.Len())
	for _, o := range p.Outputs() {
		active[o] = true
	}
	for i := p.Len() - 1; i > n; i-- {
		s.collect(i)
		if !active[i] {
			continue
		}
		for k := range s.row {
			s.row[k].w = 1 // not to grow
		}
		p.Structure(&s.step, i)
		for _, x := range s.step.Args {
			active[x] = true
		}
		s.push(i)
		if s.live > limit {
			clear(s.head)
			return nil, edges
		}
	}
	edges.inner, edges.short = s.pushed-s.live, s.live
	pat = &Pattern{ptr: make([]int, n+1)}
	for i := n; i > 0; i-- {
		s.collect(i)
		for _, e := range s.row {
			pat.ptr[e.to]++
			s.put(uint32(i), uint32(e.to), 1)
		}
	}
	for j := range n {
		pat.ptr[j+1] += pat.ptr[j]
	}
	// With rows in ascending order each column gets its own in that order. What is
	// in ptr[j] is where column j has got to, and at the end where it ends.
	pat.row = make([]int32, pat.ptr[n])
	copy(pat.ptr[1:], pat.ptr[:n])
	pat.ptr[0] = 0
	for i := 1; i <= n; i++ {
		for k := s.head[i]; k != 0; k = s.pool[k].next {
			next := &pat.ptr[s.pool[k].to]
			pat.row[*next] = int32(i - 1)
			*next++
		}
		s.head[i] = 0
	}
	long := 0
	for j := range n {
		if k := pat.ptr[j+1] - pat.ptr[j]; k > short {
			long += k
		}
	}
	if long > 0 { // each entry is taken to come from as many edges
		edges.long = int(float64(edges.short) * float64(long) / float64(pat.NNZ()))
		edges.short -= edges.long
	}
	return pat, edges
}
