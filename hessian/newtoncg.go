package hessian

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

var (
	_ optimize.Method   = (*NewtonCG)(nil)
	_ optimize.Statuser = (*NewtonCG)(nil)
)

// NewtonCG is a method for [optimize.Minimize] that takes Newton steps without
// a Hessian matrix: from Hessian-vector products by conjugate gradients, only as
// accurate as pays and never along negative curvature, with a line search
// (Nocedal & Wright, Numerical Optimization, 2006, algorithm 7.1). It needs
// memory for a dozen vectors. The problem must have Func and Grad.
//
//	res, err := optimize.Minimize(problem, x, nil, &hessian.NewtonCG{HVP: hvp})
//
// A trial point where the function is NaN or +Inf is too far. If a product or
// the gradient at an accepted point is not finite, or its square overflows, the
// run ends with a [*NonFiniteError]; if the function does not fall where the
// gradient says so, with [ErrGradient] or an error of the line search. A function
// that falls without bound is followed until a limit of the settings is reached.
//
// gonum's own criterion ends a run when the function has not fallen for 100
// iterations. To have the gradient alone decide, say so:
//
//	settings := &optimize.Settings{GradientThreshold: 1e-8, Converger: optimize.NeverTerminate{}}
type NewtonCG struct {
	// HVP stores the product of the Hessian at x with v in dst. It must not
	// change or keep x and v.
	HVP func(dst, x, v []float64)
	// Linesearcher finds the length of the step, from 1 on. If it is nil, it is
	// halved, or less by interpolation, until the function decreases enough:
	// the condition of Armijo or, where rounding hides that, that of Hager &
	// Zhang.
	Linesearcher optimize.Linesearcher
	// MaxCG limits the products in one iteration. 0 stands for twice the number
	// of variables.
	MaxCG int
	// GradStopThreshold stops the run when the largest absolute entry of the
	// gradient is below it. 0 stands for 1e-12, NaN for never.
	GradStopThreshold float64

	cg     conjugate
	x      []float64
	status optimize.Status
	err    error
}

// Uses tells gonum which functions of the problem are needed. It returns an
// error if HVP is nil or there is no gradient.
func (m *NewtonCG) Uses(has optimize.Available) (optimize.Available, error) {
	return uses("NewtonCG", m.HVP == nil, has)
}

// Init prepares a run.
func (m *NewtonCG) Init(dim, tasks int) int {
	m.status, m.err = optimize.NotTerminated, nil
	m.cg.init(m.HVP, dim, m.MaxCG)
	m.x = make([]float64, dim)
	return 1
}

// Status returns how the last run ended, if it ended by itself.
func (m *NewtonCG) Status() (optimize.Status, error) { return m.status, m.err }

// Stats returns the counts of the last run.
func (m *NewtonCG) Stats() MethodStats { return m.cg.stats }

// Run is called by [optimize.Minimize].
func (m *NewtonCG) Run(operation chan<- optimize.Task, result <-chan optimize.Task, tasks []optimize.Task) {
	s := session{operation: operation, result: result, task: tasks[0]}
	m.status, m.err = m.minimize(&s)
	s.finish()
}

func (m *NewtonCG) minimize(s *session) (optimize.Status, error) {
	ok, err := s.start()
	if err != nil {
		return optimize.Failure, err
	}
	search := m.Linesearcher
	if search == nil {
		search = &armijo{}
	}
	for ok {
		loc := s.task.Location
		if small(loc.Gradient, m.GradStopThreshold) {
			return optimize.GradientThreshold, nil
		}
		if err := m.cg.step(loc.X, loc.Gradient, math.Inf(1)); err != nil {
			return optimize.Failure, err
		}
		if ok, err = m.search(s, search); err != nil {
			return optimize.Failure, err
		}
		if !ok {
			break
		}
		if err := s.finiteGradient(); err != nil {
			return optimize.Failure, err
		}
		ok = s.do(optimize.MajorIteration)
	}
	return optimize.NotTerminated, nil
}

// search moves the location along the step of the conjugate gradients.
func (m *NewtonCG) search(s *session, search optimize.Linesearcher) (ok bool, err error) {
	copy(m.x, s.task.X)
	slope := floats.Dot(s.task.Gradient, m.cg.z)
	if !(slope < 0) {
		return false, optimize.ErrNonDescentDirection
	}
	step := 1.0
	op := search.Init(s.task.F, slope, step)
	known := optimize.FuncEvaluation | optimize.GradEvaluation
	for last := math.NaN(); op != optimize.MajorIteration; {
		if step != last {
			if !math.IsNaN(last) {
				m.cg.stats.Rejected++
			}
			floats.AddScaledTo(s.task.X, m.x, step, m.cg.z)
			if floats.Equal(s.task.X, m.x) {
				return false, optimize.ErrNoProgress
			}
			last, known = step, 0
		}
		if !s.do(op) {
			return false, nil
		}
		known |= op
		f, g := math.NaN(), math.NaN()
		if known&optimize.FuncEvaluation != 0 {
			f = s.task.F
		}
		if known&optimize.GradEvaluation != 0 {
			g = floats.Dot(s.task.Gradient, m.cg.z)
		}
		if op, step, err = search.Iterate(f, g); err != nil {
			return false, err
		}
	}
	if missing := (optimize.FuncEvaluation | optimize.GradEvaluation) &^ known; missing != 0 {
		return s.do(missing), nil
	}
	return true, nil
}

// armijo is a line search for Newton steps, which are mostly right as they are:
// it asks for the function first and for the slope only where the decrease is
// lost in rounding.
type armijo struct {
	f, slope, step float64
	trial          float64 // the value at the step
	asked          bool    // for the slope
	hidden         hidden
}

func (a *armijo) Init(f, slope, step float64) optimize.Operation {
	*a = armijo{f: f, slope: slope, step: step, hidden: a.hidden}
	return optimize.FuncEvaluation
}

func (a *armijo) Iterate(f, slope float64) (optimize.Operation, float64, error) {
	const decrease, curvature = 1e-4, 0.9
	switch {
	case a.asked:
		a.asked = false
		if math.Abs(slope) <= curvature*-a.slope {
			err := a.hidden.add(a.f, a.trial, -0.5*a.step*(a.slope+slope))
			return optimize.MajorIteration, a.step, err
		}
		f = a.trial
	case f <= a.f+decrease*a.step*a.slope:
		a.hidden = hidden{}
		return optimize.MajorIteration, a.step, nil
	case math.Abs(f-a.f) <= rounding*math.Abs(a.f):
		a.asked, a.trial = true, f
		return optimize.GradEvaluation, a.step, nil
	}
	// The minimizer of the parabola through what is known, within reason.
	next := -a.slope * a.step * a.step / (2 * (f - a.f - a.slope*a.step))
	if !(next >= 0.1*a.step) {
		next = 0.1 * a.step
	}
	a.step = min(next, 0.5*a.step)
	if a.step < 1e-20 {
		return optimize.NoOperation, a.step, optimize.ErrLinesearcherFailure
	}
	return optimize.FuncEvaluation, a.step, nil
}
