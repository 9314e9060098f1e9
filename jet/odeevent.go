package jet

import (
	"math"
	"slices"
)

// An ODEEvent is a condition on the solution of a differential equation: that a
// function of t and y changes its sign.
//
// In every step G is expanded along the solution, in pieces if need be until
// its own series has converged, and all sign changes of that polynomial are
// isolated by Descartes' rule in the Bernstein basis and then located to full
// precision. None is missed, however many there are in a step, but for pairs so
// close that rounding merges them, some 1e-8 of a step; and rounding may make a
// pair of a zero at which G keeps its sign, which else is no event. An event
// within 1e-9 of a step from the start counts as past, so that an integration
// can go on where an event has stopped it. One at t1 itself may go unnoticed.
type ODEEvent struct {
	// G is the function of which the zero is the event.
	G func(t Jet64, y []Jet64) Jet64

	// Direction is 1 for zeros at which G rises as the integration goes on, -1
	// for those at which it falls, and 0 for both.
	Direction int

	// Terminal says that the integration ends at the first such event.
	Terminal bool
}

// An ODERoot is an event that happened.
type ODERoot struct {
	Event  int       // index of the event in the settings
	T      float64   // when
	Y      []float64 // the state
	Rising bool      // whether G rises as the integration goes on
}

// Roots returns the events in the order in which the integration met them. The
// caller must not change them.
func (s *ODESolution) Roots() []ODERoot { return s.roots }

// Terminated reports whether a terminal event, the last of the roots, has ended
// the integration.
func (s *ODESolution) Terminated() bool { return s.terminated }

const (
	eventDepth  = 10    // of halvings of a step until G converges
	eventWidth  = 40    // of halvings of a piece to isolate a zero
	eventPast   = 1e-9  // of a piece, below which a zero is taken for a rounding error
	eventSettle = 1e-13 // what is left of a series that has converged
)

// odeEvents looks for events.
type odeEvents struct {
	list    []ODEEvent
	dim     int
	settle  float64
	sol     *ODESolution
	w       Workspace[float64]
	y       []Jet64
	sign    []int // of each G, after what was found so far
	found   []eventRoot
	g       []float64 // the polynomial G on [0, 1]
	b       []float64 // Bernstein coefficients, a stack
	at      []float64 // zeros of g
	t, tlo  float64
	h       float64
	c       []float64
	current int
}

// An eventRoot is a zero of G number event at u·h.
type eventRoot struct {
	u      float64
	event  int
	rising bool
}

func newODEEvents(s *ODESettings, dim int, sol *ODESolution) *odeEvents {
	if len(s.Events) == 0 {
		return &odeEvents{}
	}
	n := s.Order + 1
	return &odeEvents{
		list: s.Events, dim: dim, sol: sol, settle: max(eventSettle, 10*s.RelTol),
		y: make([]Jet64, dim), sign: make([]int, len(s.Events)), g: make([]float64, n),
		b: make([]float64, n*(eventWidth+2)),
	}
}

// scan looks for events in the step from t+tlo of the length u·h, where the
// state has the series c in (t'-t)/h. It returns the place of a terminal one.
func (e *odeEvents) scan(t, tlo, h, u float64, c []float64) (at float64, stop bool) {
	e.t, e.tlo, e.h, e.c = t, tlo, h, c
	e.found = e.found[:0]
	for i := range e.list {
		e.current = i
		e.search(0, u, 0)
	}
	slices.SortStableFunc(e.found, func(a, b eventRoot) int {
		switch {
		case a.u < b.u:
			return -1
		case a.u > b.u:
			return 1
		}
		return 0
	})
	for _, r := range e.found {
		n := len(c) / e.sol.width
		y := make([]float64, e.dim)
		for i := range y {
			y[i] = polynomialDerivative(c[i*n:(i+1)*n], r.u, 0)
		}
		e.sol.roots = append(e.sol.roots, ODERoot{Event: r.event, T: t + (tlo + r.u*h), Y: y, Rising: r.rising})
		if e.list[r.event].Terminal {
			e.sol.terminated = true
			return r.u, true
		}
	}
	return 0, false
}

// search looks for events between lo and hi.
func (e *odeEvents) search(lo, hi float64, depth int) {
	e.expand(lo, hi-lo)
	k := len(e.g) - 1
	top, finite := 0.0, true
	for _, v := range e.g {
		top = max(top, math.Abs(v))
		finite = finite && v-v == 0
	}
	if depth < eventDepth && !(finite && max(math.Abs(e.g[k]), math.Abs(e.g[k-1])) <= e.settle*top) {
		mid := lo + (hi-lo)/2
		e.search(lo, mid, depth+1)
		e.search(mid, hi, depth+1)
		return
	}
	if !finite {
		e.sign[e.current] = 0
		return
	}
	before := 0
	for _, v := range e.g {
		if before = signOfFloat(v); before != 0 {
			break
		}
	}
	if before == 0 {
		return
	}
	e.at = e.at[:0]
	e.isolate()
	last := e.sign[e.current]
	near := len(e.at) > 0 && e.at[0] < eventPast
	switch {
	case last == 0 && near && lo == 0 && e.sol.steps == 0, last == -before && near:
		e.at = e.at[1:]
		before = -before
	case last == -before:
		e.add(lo, before > 0) // on the border of two steps
	}
	for _, v := range e.at {
		before = -before
		e.add(lo+v*(hi-lo), before > 0)
	}
	e.sign[e.current] = before
}

func (e *odeEvents) add(u float64, rising bool) {
	if d := e.list[e.current].Direction; d == 0 || d > 0 == rising {
		e.found = append(e.found, eventRoot{u, e.current, rising})
	}
}

// expand computes G at lo + width·v as a polynomial in v.
func (e *odeEvents) expand(lo, width float64) {
	n := len(e.g)
	e.w.Reset()
	for i := range e.y {
		y := e.w.sized(n, 0)
		copy(y.c, e.c[i*n:])
		if lo != 0 {
			shiftPolynomial(y.c, lo)
		}
		p := 1.0
		for j := range y.c {
			y.c[j] *= p
			p *= width
		}
		e.y[i] = y
	}
	t := e.w.sized(n, e.t+(e.tlo+lo*e.h))
	clear(t.c[1:])
	t.c[1] = e.h * width
	g := e.list[e.current].G(t, e.y)
	clear(e.g[copy(e.g, g.c):])
}

// shiftPolynomial turns Σ c[j]·u^j into the polynomial of u-a.
func shiftPolynomial(c []float64, a float64) {
	for i := range c {
		for j := len(c) - 2; j >= i; j-- {
			c[j] += a * c[j+1]
		}
	}
}

// isolate appends the zeros of the polynomial g in (0, 1) at which it changes
// sign, in order.
func (e *odeEvents) isolate() {
	rest := 0.0
	for _, v := range e.g[1:] {
		rest += math.Abs(v)
	}
	if math.Abs(e.g[0]) > rest {
		return
	}
	n := len(e.g)
	k := n - 1
	// Coefficient i is Σ c[j]·C(i,j)/C(k,j).
	for i := range n {
		s, r := 0.0, 1.0
		for j := 0; j <= i; j++ {
			s += e.g[j] * r
			if j < i {
				r *= float64(i-j) / float64(k-j)
			}
		}
		e.b[i] = s
	}
	e.split(0, 0, 1)
}

// split isolates the zeros in (lo, hi) by the Bernstein coefficients of the
// given level of the stack.
func (e *odeEvents) split(level int, lo, hi float64) {
	n := len(e.g)
	b := e.b[level*n : (level+1)*n]
	changes, first, last := 0, 0, 0
	for _, v := range b {
		s := signOfFloat(v)
		if s == 0 {
			continue
		}
		if first == 0 {
			first = s
		}
		if last == -s {
			changes++
		}
		last = s
	}
	switch {
	case changes == 0:
		return
	case changes == 1:
		e.at = append(e.at, e.refine(lo, hi, first))
		return
	case level == eventWidth:
		if first != last {
			e.at = append(e.at, (lo+hi)/2)
		}
		return
	}
	// De Casteljau: the left half goes up the stack, the right half stays.
	mid := (lo + hi) / 2
	left := e.b[(level+1)*n : (level+2)*n]
	for i := range n {
		left[i] = b[0]
		for j := range n - 1 - i {
			b[j] = (b[j] + b[j+1]) / 2
		}
	}
	// b now holds the right half, from its end.
	zero := left[n-1] == 0
	before, after := 0, 0
	if zero {
		before, after = edgeSign(left, true), edgeSign(b, false)
	}
	e.split(level+1, lo, mid)
	if zero && before == -after {
		e.at = append(e.at, mid)
	}
	copy(left, b)
	e.split(level+1, mid, hi)
}

// edgeSign returns the sign of the first, or last, element that is not 0.
func edgeSign(b []float64, last bool) int {
	sign := 0
	for _, v := range b {
		if s := signOfFloat(v); s != 0 {
			sign = s
			if !last {
				break
			}
		}
	}
	return sign
}

// refine returns the one zero of g in (lo, hi), above lo of which g has the
// given sign: Newton's method within bisection.
func (e *odeEvents) refine(lo, hi float64, sign int) float64 {
	x := (lo + hi) / 2
	for range 100 {
		y := polynomialDerivative(e.g, x, 0)
		switch signOfFloat(y) {
		case 0:
			return x
		case sign:
			lo = x
		default:
			hi = x
		}
		next := x - y/polynomialDerivative(e.g, x, 1)
		if !(lo < next && next < hi) {
			next = (lo + hi) / 2
		}
		if math.Abs(next-x) <= 0x1p-54*x || next == lo || next == hi {
			return next
		}
		x = next
	}
	return x
}
