package hessian

import "github.com/dualjet/dualjet/mixed"

// pusher goes backwards over a program and keeps the second derivatives with
// respect to the numbers that are still to come, as edges of a graph: edge
// pushing (Gower & Mello, A new framework for the computation of Hessians,
// Optim. Methods Softw. 27, 2012). At the end only edges between variables are
// left, and they are the Hessian.
//
// The edges of a number to smaller ones are in a list. New ones are put before
// the others without a look for the same; they are joined when the turn of the
// number comes.
type pusher struct {
	head  []int32
	pool  []edge
	free  int32
	stamp []int32 // of numbers in row
	place []int32 // in row
	row   []edge  // the edges of the current number
	step  mixed.Step

	pushed int // edges that were made
	live   int
}

type edge struct {
	to, next int32
	w        float64
}

func (s *pusher) init(n int) {
	if cap(s.head) < n {
		s.head, s.stamp, s.place = make([]int32, n), make([]int32, n), make([]int32, n)
	}
	s.head, s.stamp, s.place = s.head[:n], s.stamp[:n], s.place[:n]
	for i := range n {
		s.head[i], s.stamp[i] = -1, -1
	}
	s.pool, s.free = s.pool[:0], -1
	s.pushed, s.live = 0, 0
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
	k := s.free
	if k < 0 {
		k = int32(len(s.pool))
		s.pool = append(s.pool, edge{})
	} else {
		s.free = s.pool[k].next
	}
	s.pool[k] = edge{int32(b), s.head[a], w}
	s.head[a] = k
	s.pushed++
	s.live++
}

// collect takes the edges of i into row, each neighbour once.
func (s *pusher) collect(i int) {
	s.row = s.row[:0]
	for k := s.head[i]; k >= 0; {
		e := &s.pool[k]
		if s.stamp[e.to] == int32(i) {
			s.row[s.place[e.to]].w += e.w
		} else {
			s.stamp[e.to], s.place[e.to] = int32(i), int32(len(s.row))
			s.row = append(s.row, *e)
		}
		next := e.next
		e.next, s.free = s.free, k
		s.live--
		k = next
	}
	s.head[i] = -1
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
	for k := s.head[i]; k >= 0; {
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
		if w == 0 || b == 0 {
			e.next, s.free = s.free, k
			s.live--
		} else {
			e.to, e.w, e.next = int32(b), w, s.head[a]
			s.head[a] = k
		}
		k = next
	}
	s.head[i] = -1
}

// split is push for an operation of two operands, without the edges that it
// makes by itself.
func (s *pusher) split(i int, x, y uint32, jx, jy float64) {
	for _, e := range s.row {
		if int(e.to) != i {
			if w := az(jx, e.w); w != 0 {
				s.add(x, uint32(e.to), w)
			}
			if w := az(jy, e.w); w != 0 {
				s.add(y, uint32(e.to), w)
			}
			continue
		}
		vx, vy := az(jx, e.w), az(jy, e.w)
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
	clear(dst.val)
	q.Kinks()
	for i := p.Len() - 1; i > n; i-- {
		x, y, jx, jy, c, ok := q.Simple(i)
		switch {
		case !ok:
			s.collect(i)
			q.Step(&s.step, i)
			s.push(i)
		case s.head[i] < 0:
			if c != 0 {
				s.create(x, y, c)
			}
		case y == 0:
			s.move(i, x, jx)
			if c != 0 {
				s.put(x, x, c)
			}
		default:
			s.collect(i)
			s.split(i, x, y, jx, jy)
			if c != 0 {
				s.add(x, y, c)
			}
		}
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

// pattern returns the pattern of the Hessian of p at any point, and the number
// of edges that it takes to find the values, in all and at a time. It gives up and
// returns nil when there are more than limit at a time.
func (s *pusher) pattern(p *mixed.Program, limit int) (pat *Pattern, pushed, most int) {
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
			return nil, s.pushed, len(s.pool)
		}
	}
	return NewPattern(n, func(yield func(int, int) bool) {
		for i := n; i > 0; i-- {
			s.collect(i)
			for _, e := range s.row {
				if !yield(i-1, int(e.to)-1) {
					return
				}
			}
		}
	}), s.pushed, len(s.pool)
}
