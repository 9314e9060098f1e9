package hessian

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

// MethodStats counts what [NewtonCG] and [TrustRegion] did in a run beyond what
// gonum counts.
type MethodStats struct {
	Products          int // Hessian-vector products
	NegativeCurvature int // directions of negative curvature that ended the conjugate gradients
	Rejected          int // trial points that were not accepted
}

// defaultGradient is that of gonum's methods.
const defaultGradient = 1e-12

// uses is what both methods answer when gonum asks whether they can work.
func uses(name string, noHVP bool, has optimize.Available) (optimize.Available, error) {
	switch {
	case noHVP:
		return optimize.Available{}, Error("hessian: " + name + ": HVP is nil")
	case !has.Grad:
		return optimize.Available{}, optimize.ErrMissingGrad
	}
	return optimize.Available{Grad: true}, nil
}

// session is a method's side of a run of optimize.Minimize. It lets a method be
// written as a plain loop.
type session struct {
	operation chan<- optimize.Task
	result    <-chan optimize.Task
	task      optimize.Task
	over      bool // the other side ended the run
}

// do has the operation done at the location. It returns false if the run is
// over.
func (s *session) do(op optimize.Operation) bool {
	s.task.Op = op
	s.operation <- s.task
	task, ok := <-s.result
	if !ok || task.Op == optimize.PostIteration {
		s.over = true
		return false
	}
	s.task = task
	return true
}

// start evaluates what is not known of the first location and announces it. It
// returns false if the run is over or err tells why it cannot go on.
func (s *session) start() (ok bool, err error) {
	known := s.task.Op
	if !s.do((optimize.FuncEvaluation | optimize.GradEvaluation) &^ known) {
		return false, nil
	}
	loc := s.task.Location
	if math.IsInf(loc.F, 1) || math.IsNaN(loc.F) {
		return false, optimize.ErrFunc(loc.F)
	}
	for i, g := range loc.Gradient {
		if g-g != 0 {
			return false, optimize.ErrGrad{Grad: g, Index: i}
		}
	}
	return s.do(optimize.MajorIteration), nil
}

// finish ends the run, unless the other side did, and lets that side shut down.
func (s *session) finish() {
	if !s.over {
		s.task.Op = optimize.MethodDone
		s.operation <- s.task
	}
	for range s.result {
	}
	close(s.operation)
}

// finiteGradient returns an error if the gradient is not finite, unless the
// function is -Inf, which ends the run anyway.
func (s *session) finiteGradient() error {
	if math.IsInf(s.task.F, -1) {
		return nil
	}
	return finite("gradient", s.task.Gradient)
}

// rounding is the change of a function, relative to it, that may be nothing but
// rounding. Then the slopes tell more.
const rounding = 0x1p-40

// ErrGradient is returned by runs in which the function has not fallen as its
// gradient says: they are not of the same function.
var ErrGradient = errors.New("hessian: the function does not fall as its gradient says")

// ErrUnbounded is returned by runs that followed the function so far that the
// squares of lengths overflow: it seems to have no minimum.
var ErrUnbounded = errors.New("hessian: the function falls without bound")

// hidden adds up the decreases that only slopes tell of, so that a run on them
// cannot go on for ever where they are wrong.
type hidden struct {
	f   float64 // before the first
	sum float64
}

// add adds the decrease of a step from the value before to the value after. It
// returns an error if the sum should be visible and is not.
func (h *hidden) add(before, after, decrease float64) error {
	if h.sum == 0 {
		h.f = before
	}
	h.sum += decrease
	if math.Abs(h.f-after-h.sum) > 8*rounding*math.Abs(h.f) {
		return ErrGradient
	}
	return nil
}

// small reports whether the gradient is below the threshold, with gonum's
// meaning of 0 and NaN.
func small(grad []float64, threshold float64) bool {
	if threshold == 0 {
		threshold = defaultGradient
	}
	return floats.Norm(grad, math.Inf(1)) < threshold // never for NaN
}

// conjugate minimizes the quadratic model of a function by conjugate gradients.
type conjugate struct {
	hvp          func(dst, x, v []float64)
	z, hz        []float64 // the step and its product with the Hessian
	r, d, hd     []float64
	stats        MethodStats
	boundary     bool // the step ends at the radius
	maxIteration int
}

func (c *conjugate) init(hvp func(dst, x, v []float64), n, maxIteration int) {
	if len(c.z) != n {
		x := make([]float64, 5*n)
		c.z, c.hz, c.r, c.d, c.hd = x[:n:n], x[n:2*n:2*n], x[2*n:3*n:3*n], x[3*n:4*n:4*n], x[4*n:]
	}
	if maxIteration == 0 {
		maxIteration = max(20, 2*n)
	}
	c.hvp, c.maxIteration, c.stats = hvp, maxIteration, MethodStats{}
}

// step is minimize, which sees to it that the step is finite.
func (c *conjugate) step(x, g []float64, radius float64) error {
	if err := c.minimize(x, g, radius); err != nil {
		return err
	}
	return finite("step", c.z)
}

// minimize finds a step z with ‖z‖ ≤ radius that lowers the model
// g·z + ½z·H·z: the minimizer to a residual of min(½, √‖g‖)‖g‖ if H is positive
// definite on the way and it lies inside. It is algorithm 7.2 of Nocedal &
// Wright, Numerical Optimization, 2006 (Steihaug 1983), and with an infinite
// radius algorithm 7.1, but that it does not throw away the direction of negative
// curvature that ends it: it goes along as far as for the opposite curvature,
// which is downhill too.
func (c *conjugate) minimize(x, g []float64, radius float64) error {
	clear(c.z)
	clear(c.hz)
	c.boundary = false
	copy(c.r, g)
	floats.ScaleTo(c.d, -1, g)
	rr := floats.Dot(c.r, c.r)
	if math.IsInf(rr, 1) {
		return &NonFiniteError{"squared length of the gradient", 0, rr}
	}
	norm := math.Sqrt(rr)
	tol := min(0.5, math.Sqrt(norm)) * norm
	for k := range c.maxIteration {
		c.stats.Products++
		c.hvp(c.hd, x, c.d)
		if err := finite("product", c.hd); err != nil {
			return err
		}
		curvature := floats.Dot(c.d, c.hd)
		if noise := 0x1p-52 * floats.Norm(c.d, 2) * floats.Norm(c.hd, 2); curvature <= noise {
			c.stats.NegativeCurvature++
			switch {
			case !math.IsInf(radius, 1):
				c.advance(toRadius(c.z, c.d, radius))
				c.boundary = true
			case curvature < -noise:
				c.advance(rr / -curvature)
			case k == 0:
				c.advance(1)
			}
			return nil
		}
		alpha := rr / curvature
		if !math.IsInf(radius, 1) && beyond(c.z, alpha, c.d, radius) {
			c.advance(toRadius(c.z, c.d, radius))
			c.boundary = true
			return nil
		}
		c.advance(alpha)
		floats.AddScaled(c.r, alpha, c.hd)
		next := floats.Dot(c.r, c.r)
		if math.Sqrt(next) <= tol {
			return nil
		}
		floats.Scale(next/rr, c.d)
		floats.Sub(c.d, c.r)
		rr = next
	}
	return nil
}

func (c *conjugate) advance(alpha float64) {
	floats.AddScaled(c.z, alpha, c.d)
	floats.AddScaled(c.hz, alpha, c.hd)
}

// model returns the change of the quadratic model at the step.
func (c *conjugate) model(g []float64) float64 {
	return floats.Dot(g, c.z) + 0.5*floats.Dot(c.z, c.hz)
}

// beyond reports whether ‖z+αd‖ ≥ radius.
func beyond(z []float64, alpha float64, d []float64, radius float64) bool {
	zz, zd, dd := floats.Dot(z, z), floats.Dot(z, d), floats.Dot(d, d)
	return !(zz+alpha*(2*zd+alpha*dd) < radius*radius)
}

// toRadius returns the positive τ with ‖z+τd‖ = radius.
func toRadius(z, d []float64, radius float64) float64 {
	zz, zd, dd := floats.Dot(z, z), floats.Dot(z, d), floats.Dot(d, d)
	rest := max(0, radius*radius-zz)
	root := math.Sqrt(zd*zd + dd*rest)
	if zd > 0 {
		return rest / (zd + root)
	}
	return (root - zd) / dd
}
