package hessian

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

var (
	_ optimize.Method   = (*TrustRegion)(nil)
	_ optimize.Statuser = (*TrustRegion)(nil)
)

// TrustRegion is a method for [optimize.Minimize] that minimizes a quadratic
// model of the function within a radius, by conjugate gradients from
// Hessian-vector products (Steihaug), and adapts the radius to how well the
// model predicts the function (Nocedal & Wright, Numerical Optimization, 2006,
// algorithms 4.1 and 7.2). It follows negative curvature to the radius, so that
// it leaves saddles faster than [NewtonCG], and evaluates the function once for
// a step. It needs memory for a dozen vectors. The problem must have Func and
// Grad.
//
//	res, err := optimize.Minimize(problem, x, nil, &hessian.TrustRegion{HVP: hvp})
//
// A trial point where the function is NaN or +Inf shrinks the radius. If a
// product or the gradient at an accepted point is not finite, or its square
// overflows, the run ends with a [*NonFiniteError]; if the function does not fall
// where the gradient says so, with [ErrGradient] or optimize.ErrNoProgress, and if
// without a MaxRadius the radius exceeds 1e150, with [ErrUnbounded].
type TrustRegion struct {
	// HVP stores the product of the Hessian at x with v in dst. It must not
	// change or keep x and v.
	HVP func(dst, x, v []float64)
	// Radius is the first radius. 0 stands for 1.
	Radius float64
	// MaxRadius bounds the radius. 0 stands for no bound.
	MaxRadius float64
	// MaxCG limits the products in one iteration. 0 stands for twice the number
	// of variables.
	MaxCG int
	// GradStopThreshold stops the run when the largest absolute entry of the
	// gradient is below it. 0 stands for 1e-12, NaN for never.
	GradStopThreshold float64

	cg     conjugate
	x      []float64
	grad   []float64
	status optimize.Status
	err    error
}

// Uses tells gonum which functions of the problem are needed. It returns an
// error if HVP is nil or there is no gradient.
func (m *TrustRegion) Uses(has optimize.Available) (optimize.Available, error) {
	return uses("TrustRegion", m.HVP == nil, has)
}

// Init prepares a run. It panics with an [Error] if a radius is negative or
// NaN, or Radius is greater than MaxRadius.
func (m *TrustRegion) Init(dim, tasks int) int {
	if !(m.Radius >= 0 && m.MaxRadius >= 0) || m.MaxRadius > 0 && m.Radius > m.MaxRadius {
		fail("TrustRegion: Radius = %v and MaxRadius = %v, want 0 ≤ Radius ≤ MaxRadius", m.Radius, m.MaxRadius)
	}
	m.status, m.err = optimize.NotTerminated, nil
	m.cg.init(m.HVP, dim, m.MaxCG)
	m.x, m.grad = make([]float64, dim), make([]float64, dim)
	return 1
}

// Status returns how the last run ended, if it ended by itself.
func (m *TrustRegion) Status() (optimize.Status, error) { return m.status, m.err }

// Stats returns the counts of the last run.
func (m *TrustRegion) Stats() MethodStats { return m.cg.stats }

// Run is called by [optimize.Minimize].
func (m *TrustRegion) Run(operation chan<- optimize.Task, result <-chan optimize.Task, tasks []optimize.Task) {
	s := session{operation: operation, result: result, task: tasks[0]}
	m.status, m.err = m.minimize(&s)
	s.finish()
}

func (m *TrustRegion) minimize(s *session) (optimize.Status, error) {
	// The fractions of the predicted decrease below which a step is rejected,
	// below which the radius shrinks and above which it grows.
	const accept, poor, good = 0.1, 0.25, 0.75
	radius, most := m.Radius, m.MaxRadius
	if most == 0 {
		most = math.MaxFloat64
	}
	if radius == 0 {
		radius = min(1, most)
	}
	ok, err := s.start()
	if err != nil {
		return optimize.Failure, err
	}
	var slopes hidden
	for ok {
		if radius > 1e150 && m.MaxRadius == 0 {
			return optimize.Failure, ErrUnbounded
		}
		loc := s.task.Location
		if small(loc.Gradient, m.GradStopThreshold) {
			return optimize.GradientThreshold, nil
		}
		if err := m.cg.step(loc.X, loc.Gradient, radius); err != nil {
			return optimize.Failure, err
		}
		f := loc.F
		copy(m.x, loc.X)
		floats.AddTo(loc.X, m.x, m.cg.z)
		if floats.Equal(loc.X, m.x) {
			return optimize.Failure, optimize.ErrNoProgress
		}
		if !s.do(optimize.FuncEvaluation) {
			break
		}
		loc = s.task.Location
		// The decrease over the predicted one. Near the minimum, where rounding
		// hides it, it is that of the trapezoidal rule.
		predicted := -m.cg.model(loc.Gradient)
		ratio := (f - loc.F) / predicted
		known, decrease := false, 0.0
		switch {
		case math.IsInf(loc.F, 1) || math.IsNaN(ratio):
			ratio = -1
		case max(predicted, math.Abs(f-loc.F)) <= rounding*math.Abs(f):
			copy(m.grad, loc.Gradient)
			if !s.do(optimize.GradEvaluation) {
				return optimize.NotTerminated, nil
			}
			loc = s.task.Location
			decrease = -0.5 * (floats.Dot(m.grad, m.cg.z) + floats.Dot(loc.Gradient, m.cg.z))
			ratio = decrease / predicted
			known = true
		}
		switch length := floats.Norm(m.cg.z, 2); {
		case ratio < poor:
			radius = poor * min(radius, length)
		case ratio > good && m.cg.boundary:
			radius = min(2*radius, most)
		}
		if !(ratio >= accept) {
			m.cg.stats.Rejected++
			copy(loc.X, m.x)
			loc.F = f
			if known {
				copy(loc.Gradient, m.grad)
			}
			continue
		}
		if !known {
			slopes.sum = 0
			if !s.do(optimize.GradEvaluation) {
				break
			}
		} else if err := slopes.add(f, loc.F, decrease); err != nil {
			return optimize.Failure, err
		}
		if err := s.finiteGradient(); err != nil {
			return optimize.Failure, err
		}
		ok = s.do(optimize.MajorIteration)
	}
	return optimize.NotTerminated, nil
}
