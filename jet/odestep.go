package jet

import "math"

// An integrator carries a solution from step to step. The state has dim
// components of y, which alone decide about steps, and then derivatives.
type integrator struct {
	s   *ODESettings
	sys odeSystem
	sol *ODESolution
	dim int

	// The time is t+tlo and the state y+lo.
	t, tlo, t1 float64
	dir        float64 // 1 or -1
	y, lo, dy  []float64
	c          []float64 // the series of the state in (t'-t)/h
	h          float64   // signed
	nextY      []float64
	nextLo     []float64
	wall       float64 // distance of a place that could not be reached, or 0
	events     *odeEvents
}

func newIntegrator(s *ODESettings, sys odeSystem, dim int, state []float64, t0, t1 float64) *integrator {
	n := len(state)
	g := &integrator{
		s: s, sys: sys, dim: dim,
		t: t0, t1: t1, dir: 1,
		y: make([]float64, n), lo: make([]float64, n), dy: make([]float64, dim),
		c: make([]float64, n*(s.Order+1)), nextY: make([]float64, n), nextLo: make([]float64, n),
	}
	if t1 < t0 {
		g.dir = -1
	}
	copy(g.y, state)
	g.sol = newODESolution(s, state, dim, t0)
	g.events = newODEEvents(s, dim, g.sol)
	return g
}

func (g *integrator) fail(err error, step float64, component int) error {
	return &ODEError{Err: err, T: g.t, Step: step, Component: component}
}

// notFinite returns the index of the first element of x that is NaN or
// infinite, and -1 if there is none.
func notFinite(x []float64) int {
	for i, v := range x {
		if v-v != 0 {
			return i
		}
	}
	return -1
}

// blame returns the component of y to which element i of the state belongs.
func (g *integrator) blame(i int) int {
	if i >= g.dim {
		i = (i - g.dim) % g.dim
	}
	return i
}

func (g *integrator) run() error {
	if d := g.t1 - g.t; d-d != 0 {
		return g.fail(ErrODENonFinite, 0, -1)
	}
	if i := notFinite(g.y); i >= 0 {
		return g.fail(ErrODENonFinite, 0, g.blame(i))
	}
	if g.t == g.t1 {
		return nil
	}
	g.record(g.t, g.y)
	if i := notFinite(g.dy); i >= 0 {
		return g.fail(ErrODENonFinite, 0, i)
	}
	g.h = g.dir * g.firstScale()
	for g.t != g.t1 {
		switch {
		case g.s.Stop != nil && g.s.Stop():
			return g.fail(ErrODEStopped, 0, -1)
		case g.sol.steps == g.s.MaxSteps:
			return g.fail(ErrODETooManySteps, 0, -1)
		}
		size, err := g.expand()
		if err != nil {
			return err
		}
		if done, err := g.step(size); done || err != nil {
			return err
		}
	}
	return nil
}

// record runs the right-hand side.
func (g *integrator) record(t float64, y []float64) {
	g.sys.record(t, y, g.dy)
	g.sol.evaluations++
}

// firstScale guesses the length in which the state changes. Only its order of
// magnitude matters.
func (g *integrator) firstScale() float64 {
	h := min(math.Abs(g.t1-g.t), g.s.MaxStep)
	var y, dy float64
	for i, v := range g.dy {
		y, dy = max(y, math.Abs(g.y[i])), max(dy, math.Abs(v))
	}
	if r := y / dy; r > 0 && r < h {
		h = r
	}
	return powerOfTwo(h)
}

// powerOfTwo returns the largest power of two that is no larger than h > 0.
func powerOfTwo(h float64) float64 {
	_, e := math.Frexp(h)
	return math.Ldexp(1, max(e-1, -1000))
}

// expand computes the series of the state and returns the size of the step that
// they allow. Their variable is scaled to that size by a power of two, so that
// coefficients neither overflow nor underflow.
func (g *integrator) expand() (float64, error) {
	room := 600 / float64(g.s.Order)
	for try := 0; ; try++ {
		g.sys.expand(g.h, g.c)
		if i := notFinite(g.c); i >= 0 {
			if try == 40 {
				return 0, g.fail(ErrODENonFinite, 0, g.blame(i/(g.s.Order+1)))
			}
			g.h *= 0x1p-32
			if g.h == 0 {
				g.h, try = g.dir*0x1p-1000, 39
			}
			continue
		}
		u := g.size()
		h := min(u*math.Abs(g.h), g.s.MaxStep, math.Abs(g.t1-g.t))
		if math.Abs(math.Log2(h/math.Abs(g.h))) <= room || try == 40 {
			return u * math.Abs(g.h), nil
		}
		g.h = g.dir * powerOfTwo(h)
	}
}

// size returns how far the series of y reach within tolerance, as a multiple of
// h. It is infinite for polynomials.
func (g *integrator) size() float64 {
	k := g.s.Order
	logRel, logAbs := math.Log(g.s.RelTol), math.Log(g.s.AbsTol)
	best := math.Inf(1)
	for i := range g.dim {
		c := g.c[i*(k+1) : (i+1)*(k+1)]
		// The first terms that may not be 0.
		var head [3]float64
		from := min(leading(c), k-2)
		for m := range head {
			head[m] = math.Log(math.Abs(c[from+m]))
		}
		// The last two terms, or the last that is not 0 of a third of all.
		for j, found := k, false; j > 1 && (j >= k-1 || !found && 3*j >= 2*k); j-- {
			if c[j] == 0 {
				continue
			}
			found = true
			l := math.Log(math.Abs(c[j]))
			reach := (logAbs - l) / float64(j)
			// It may be RelTol times one of the first three.
			for m := range min(3, j-from) {
				reach = max(reach, (head[m]+logRel-l)/float64(j-from-m))
			}
			if !math.IsInf(reach, -1) { // not all that comes before is 0
				best = min(best, reach)
			}
		}
	}
	// The safety factor of Jorba and Zou.
	u := math.Exp(best - 0.7/float64(k-1))
	for u < math.MaxFloat64 && g.humped(u) {
		u *= 0.9
	}
	return u
}

// leading returns the index of the first element that is not 0, or the length.
func leading(c []float64) int {
	for i, v := range c {
		if v != 0 {
			return i
		}
	}
	return len(c)
}

// humped reports whether a term of a series is larger than the first three at
// u·h. Such terms cancel, and digits with them.
func (g *integrator) humped(u float64) bool {
	k := g.s.Order
	for i := range g.dim {
		c := g.c[i*(k+1) : (i+1)*(k+1)]
		top, power := 0.0, 1.0
		for j, v := range c[min(leading(c), k):] {
			v = math.Abs(v) * power
			switch {
			case j < 3:
				top = max(top, v)
			case v > 2*top:
				return true
			}
			power *= u
		}
	}
	return false
}

// step takes a step of the given size, or a shorter one. It reports whether
// this was the last.
func (g *integrator) step(size float64) (done bool, err error) {
	// A step of few bits hardly depends on the platform's exp and log, and t is
	// often exact.
	size = min(math.Float64frombits(math.Float64bits(size)&^(1<<32-1)), g.s.MaxStep)
	if g.wall > 0 {
		size = min(size, g.wall)
	}
	rejected := 0.0
	for {
		next, least := g.t1, g.leastStep()
		if left := math.Abs(g.t1 - g.t); size < left {
			if size < least {
				return true, g.fail(ErrODEStepTooSmall, size, -1)
			}
			next = g.t + g.dir*size
		} else {
			size = left
		}
		// The difference is exact, or tlo takes up what is lost.
		d := (next - g.t) - g.tlo
		u := d / g.h
		g.extrapolate(u)
		bad := notFinite(g.nextY)
		if bad < 0 {
			g.record(next, g.nextY)
			bad = notFinite(g.dy)
		}
		if bad < 0 && (size < 2*least || g.consistent(u)) {
			switch {
			case size < 2*least:
				g.wall = 0
			case rejected > 0:
				g.wall = rejected - size
			default:
				g.wall = max(g.wall-size, 0)
			}
			return g.accept(next, d, u)
		}
		if bad >= 0 && size < 2*least {
			return true, g.fail(ErrODENonFinite, size, g.blame(bad))
		}
		g.sol.rejected++
		rejected = size
		size /= 2
	}
}

// leastStep returns the smallest step.
func (g *integrator) leastStep() float64 {
	if g.s.MinStep > 0 {
		return g.s.MinStep
	}
	return max(0x1p-50*math.Abs(g.t), 0x1p-100*math.Abs(g.t1-g.t))
}

// extrapolate computes the state at u·h.
func (g *integrator) extrapolate(u float64) {
	k := g.s.Order
	for i := range g.y {
		g.nextY[i], g.nextLo[i] = advanceSum(g.c[i*(k+1):(i+1)*(k+1)], u, g.lo[i])
	}
}

// advanceSum returns Σ c[j]·u^j + lo as a sum of two numbers. Rounding enters
// at the term of u² only.
func advanceSum(c []float64, u, lo float64) (sum, rest float64) {
	v := 0.0
	for j := len(c) - 1; j > 1; j-- {
		v = (v + c[j]) * u
	}
	v, e := twoSum(c[1], v)
	p := v * u
	e = math.FMA(v, u, -p) + e*u
	s, f := twoSum(c[0], p)
	return twoSum(s, f+(e+lo))
}

// twoSum returns a+b as the rounded sum and its error (Knuth).
func twoSum(a, b float64) (sum, rest float64) {
	s := a + b
	t := s - a
	return s, (a - (s - t)) + (b - t)
}

// consistent reports whether the right-hand side at u·h is the derivative of
// the series. It is not when a branch has turned on the way.
func (g *integrator) consistent(u float64) bool {
	const (
		slack = 100  // of the tolerance of a step
		noise = 1e-9 // of a right-hand side that cancels
	)
	k := g.s.Order
	for i := range g.dim {
		c := g.c[i*(k+1) : (i+1)*(k+1)]
		slope, top, power := 0.0, math.Abs(c[0]), 1.0
		for j := 1; j <= k; j++ {
			slope += float64(j) * c[j] * power
			power *= u
			top = max(top, math.Abs(c[j]*power))
		}
		want := g.h * g.dy[i]
		defect := math.Abs(slope - want)
		if defect*u > slack*(g.s.AbsTol+max(g.s.RelTol, 0x1p-52)*top) && defect > noise*(math.Abs(slope)+math.Abs(want)) {
			return false
		}
	}
	return true
}

// accept stores the step to next, which is u·h = d away.
func (g *integrator) accept(next, d, u float64) (done bool, err error) {
	at, stop := g.events.scan(g.t, g.tlo, g.h, u, g.c)
	if stop {
		u, d = at, at*g.h
		g.extrapolate(u)
		next = g.t + (g.tlo + d)
	}
	g.sol.add(g.t, g.tlo, g.h, u, g.c, next)
	_, e := twoSum(g.t, d)
	g.t, g.tlo = next, g.tlo+e
	g.y, g.nextY = g.nextY, g.y
	g.lo, g.nextLo = g.nextLo, g.lo
	copy(g.sol.state, g.y)
	if stop {
		return true, nil
	}
	// Scale the next series to this step.
	g.h = g.dir * powerOfTwo(math.Abs(d))
	return false, nil
}
