package jet

import (
	"errors"
	"fmt"
	"math"
)

// ODESettings are the options of [SolveODE]. The zero value has the defaults.
type ODESettings struct {
	// RelTol bounds the error that one step makes in a component of the state,
	// relative to the size of that component in the step. If it is 0 it is
	// 2⁻⁵², the precision of a float64.
	RelTol float64

	// AbsTol is an error of a step that is allowed in any case.
	AbsTol float64

	// Order is the order of the Taylor series, at least 2. If it is 0 it
	// follows from RelTol: 24 for the default, 17 for 1e-10.
	Order int

	// MinStep is the size below which a step is an error. If it is 0 that is a
	// few units in the last place of t.
	MinStep float64

	// MaxStep bounds the steps. 0 stands for no bound.
	MaxStep float64

	// MaxSteps bounds the number of steps. If it is 0 it is 100000.
	MaxSteps int

	// Discard says that no step is to be kept but the last, so that memory does
	// not grow with their number.
	Discard bool

	// Events are to be located.
	Events []ODEEvent

	// Stop is called before every step and ends the integration with
	// [ErrODEStopped] when it returns true, as func() bool { return ctx.Err() !=
	// nil } does for a cancelled context. It may be nil.
	Stop func() bool
}

// What ends an integration early, for [errors.Is].
var (
	// ErrODENonFinite says that the right-hand side or the state is NaN or
	// infinite.
	ErrODENonFinite = errors.New("not finite")
	// ErrODEStepTooSmall says that a step would be shorter than allowed: the
	// solution has a singularity, or it is too stiff.
	ErrODEStepTooSmall = errors.New("step too small")
	// ErrODETooManySteps says that MaxSteps did not do.
	ErrODETooManySteps = errors.New("too many steps")
	// ErrODEStopped says that Stop did.
	ErrODEStopped = errors.New("stopped")
)

// An ODEError says why and where an integration ended early.
type ODEError struct {
	Err       error   // one of the ErrODE variables
	T         float64 // how far the solution reaches
	Step      float64 // the step that was to be taken, 0 if unknown
	Component int     // of the state, -1 if none is to blame
}

// Error returns the text of e.
func (e *ODEError) Error() string {
	s := fmt.Sprintf("jet: SolveODE: %v at t = %v", e.Err, e.T)
	if e.Step != 0 {
		s += fmt.Sprintf(", step %.3g", e.Step)
	}
	if e.Component >= 0 {
		s += fmt.Sprintf(", component %d", e.Component)
	}
	return s
}

// Unwrap returns e.Err.
func (e *ODEError) Unwrap() error { return e.Err }

// SolveODE integrates y' = f(t, y) from y(t0) = y0 to t1, which may lie before
// t0, by Taylor series in t.
//
// f puts the derivative of each component of y into dst, which has the length
// of y; what it leaves alone is 0. It runs once a step with jets of which only
// the value is known, so that it must not ask for coefficients, and it must not
// keep its arguments. The operations it carries out are recorded and then
// raised to the order of the series one coefficient at a time, which costs K²/2
// multiplications an operation for order K. A generic function
//
//	func f[T dual.Real[T]](dst []T, t T, y []T)
//
// is passed by its name.
//
// The step is that of Jorba and Zou (A Software Package for the Numerical
// Integration of ODEs by Means of High-Order Taylor Methods, Experimental
// Mathematics 14, 2005, sections 3.1 and 3.2), taken for each component: the
// last two terms of its series bound it. The state is a sum of two float64, so
// that no digits are lost when steps are added up.
//
// Branches of f, Abs and Max included, hold from the start of a step on. At the
// end of each the derivative of the series is compared with f there; if a
// branch has turned in between they differ, and the step is shortened until
// they agree. So a kink or jump of f costs up to 60 steps, 200 evaluations and a
// little accuracy; an event locates it exactly, and MaxStep finds a branch that
// turns and turns back within a step. Where f is not analytic at the start of a
// step, as √t is at 0, there is no series, which is an error. So are quotients
// like (sin t)/t at 0, but not Sinc.
//
// An error is an [*ODEError]. The solution reaches as far as that says, and
// never is nil. SolveODE panics with an [Error] if f is nil, a setting is
// negative or NaN, or the order is 1.
func SolveODE(f func(dst []Jet64, t Jet64, y []Jet64), y0 []float64, t0, t1 float64, settings *ODESettings) (*ODESolution, error) {
	checkFunc("SolveODE", f == nil)
	s := settings.resolve("SolveODE")
	sys := &odeJets{f: f, c: make([]float64, len(y0))}
	sys.rec.init(len(y0), s.Order+1)
	g := newIntegrator(&s, sys, len(y0), y0, t0, t1)
	err := g.run()
	return g.sol, err
}

// resolve returns the settings with defaults filled in.
func (s *ODESettings) resolve(name string) ODESettings {
	var r ODESettings
	if s != nil {
		r = *s
	}
	for _, v := range []struct {
		name  string
		value float64
	}{
		{"RelTol", r.RelTol}, {"AbsTol", r.AbsTol}, {"MinStep", r.MinStep}, {"MaxStep", r.MaxStep},
		{"MaxSteps", float64(r.MaxSteps)}, {"Order", float64(r.Order)},
	} {
		if !(v.value >= 0) {
			fail("%s: %s = %v is negative or NaN", name, v.name, v.value)
		}
	}
	if r.Order == 1 {
		fail("%s: Order = 1, want at least 2", name)
	}
	for i, e := range r.Events {
		if e.G == nil {
			fail("%s: Events[%d] has a nil function", name, i)
		}
	}
	if r.RelTol == 0 {
		r.RelTol = 0x1p-52
	}
	if r.Order == 0 {
		// 1 - log(RelTol)/2 takes the fewest multiplications for a given length
		// of time (Jorba and Zou, section 3.1). As there is other work in a
		// step, some more are faster, as measured on the orbits of the tests.
		r.Order = max(2, int(math.Ceil(5-math.Log(r.RelTol)/2)))
	}
	if r.MaxStep == 0 {
		r.MaxStep = math.Inf(1)
	}
	if r.MaxSteps == 0 {
		r.MaxSteps = 100_000
	}
	return r
}

// An odeSystem expands solutions into series. Its state consists of the
// components of y and, after them, of derivatives of those.
type odeSystem interface {
	// record evaluates the right-hand side at t and the given state. It
	// returns the derivatives of the components of y.
	record(t float64, state, dy []float64)
	// expand puts the series of the state in (t-t₀)/h for the last t₀ recorded
	// into c, one after the other.
	expand(h float64, c []float64)
}

// odeJets is the system of plain jets.
type odeJets struct {
	f   func(dst []Jet64, t Jet64, y []Jet64)
	rec recorder[float64]
	c   []float64
}

func (s *odeJets) record(t float64, state, dy []float64) {
	copy(s.c, state)
	s.rec.record(t, s.c, s.f)
	for i, z := range s.rec.dy {
		dy[i] = z.Value()
	}
}

func (s *odeJets) expand(h float64, c []float64) {
	s.rec.expand(h)
	for _, y := range s.rec.y {
		c = c[copy(c, y.c):]
	}
}
