package integrate

import (
	"fmt"
	"math"
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// Settings are the tolerances of [ODEInt]. A zero value stands for the
// default.
type Settings struct {
	// RelTol and AbsTol bound the error of a step, for each element of y, by
	// RelTol·|y| + AbsTol; 1e-8 both by default.
	RelTol, AbsTol float64
	// MaxSteps bounds the number of steps between two times; 10,000 by default.
	MaxSteps int
}

// ErrSteps is the error of a solution that would take more steps than
// Settings.MaxSteps, or steps too short for the numbers.
type ErrSteps struct {
	// Time is where the solver gave up, after Steps steps since the last time
	// of output.
	Time  float64
	Steps int
}

// Error tells where the solver gave up.
func (e ErrSteps) Error() string {
	return fmt.Sprintf("integrate: ODEInt: gave up at t = %g after %d steps", e.Time, e.Steps)
}

// The tableau of Dormand and Prince, J. Comp. Appl. Math. 6 (1980) 19.
var (
	nodes = [7]float64{0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1}
	stage = [7][]float64{
		{},
		{1.0 / 5},
		{3.0 / 40, 9.0 / 40},
		{44.0 / 45, -56.0 / 15, 32.0 / 9},
		{19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
		{9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
		{35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
	}
	// errorWeight is the difference from the method of the fourth order.
	errorWeight = [7]float64{
		71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
	}
)

// ODEInt solves y' = f(y, t) with y = y0 at t[0] and returns y at all times t,
// along the first axis. It is differentiable in y0, t and what f captures. The
// times are a vector in the order in which the solution visits them, usually
// increasing or decreasing; y is real or complex, of any shape, which f must
// return too. The method is that of Dormand and Prince, of order 5 with steps
// controlled by an error estimate of order 4. It is explicit: a stiff equation
// takes many steps.
//
// The error is an [ErrSteps] where the solution cannot be continued: it grows
// beyond all bounds, or f is NaN.
func ODEInt(f func(y, t np.Array) np.Array, y0, t np.Array, s *Settings) (np.Array, error) {
	set := Settings{}
	if s != nil {
		set = *s
	}
	if !(set.RelTol >= 0) || !(set.AbsTol >= 0) || set.MaxSteps < 0 {
		np.Fail("integrate: ODEInt: settings %+v are not all positive or 0", set)
	}
	if set.RelTol == 0 {
		set.RelTol = 1e-8
	}
	if set.AbsTol == 0 {
		set.AbsTol = 1e-8
	}
	if set.MaxSteps == 0 {
		set.MaxSteps = 10000
	}
	if t.NDim() != 1 || t.Size() == 0 {
		np.Fail("integrate: ODEInt: times of shape %v, want a vector", t.Shape())
	}
	checked := func(y, t np.Array) np.Array {
		dot := f(y, t)
		if !slices.Equal(dot.Shape(), y.Shape()) {
			np.Fail("integrate: ODEInt: f has shape %v, y %v", dot.Shape(), y.Shape())
		}
		return dot
	}
	out := []np.Array{y0}
	y := y0
	step := 0.0 // the length tried next, 0 for unknown
	for i := 1; i < t.Size(); i++ {
		var err error
		if y, step, err = set.interval(checked, y, t.At(i-1), t.At(i), step); err != nil {
			return np.Array{}, err
		}
		out = append(out, y)
	}
	return np.Stack(0, out...), nil
}

// interval takes y from time a to time b. The length of every step is a fixed
// part of the interval, so that it moves with a and b.
func (s *Settings) interval(f func(y, t np.Array) np.Array, y, a, b np.Array, step float64) (np.Array, float64, error) {
	length := np.Sub(b, a)
	whole := length.Float64()
	k0 := f(y, a)
	if whole == 0 {
		// A step of length 0, for its derivatives for the times.
		y, _, ratio := s.try(f, y, a, length, k0)
		if !(ratio <= 1) {
			return np.Array{}, 0, ErrSteps{a.Float64(), 0}
		}
		return y, step, nil
	}
	if step == 0 {
		step = s.firstStep(y, k0, math.Abs(whole))
	}
	done := 0.0
	for n := 0; done < 1; n++ {
		part := step / math.Abs(whole)
		last := done+part*(1+1e-10) >= 1
		if last {
			part = 1 - done
		}
		if n == s.MaxSteps || done+part == done || part != part {
			return np.Array{}, 0, ErrSteps{a.Float64() + done*whole, n}
		}
		h := length.Scale(part)
		at := np.Add(a, length.Scale(done))
		next, k, ratio := s.try(f, y, at, h, k0)
		factor := math.Min(5, math.Max(0.2, 0.9*math.Pow(ratio, -0.2)))
		if ratio != ratio {
			factor = 0.2
		}
		if !(ratio <= 1) {
			step = factor * part * math.Abs(whole)
			continue
		}
		y, k0 = next, k
		done += part
		if !last || factor < 1 {
			step = factor * part * math.Abs(whole)
		}
		if last {
			break
		}
	}
	return y, step, nil
}

// try makes one step. It returns the new y, f there, and the error relative to
// the tolerance.
func (s *Settings) try(f func(y, t np.Array) np.Array, y, t, h, k0 np.Array) (next, last np.Array, ratio float64) {
	k := [7]np.Array{k0}
	for i := 1; i < 7; i++ {
		next = np.Add(y, np.Mul(h, combine(stage[i], k[:i])))
		k[i] = f(next, np.Add(t, h.Scale(nodes[i])))
	}
	last = k[6]
	for i := range k {
		k[i] = k[i].Detach()
	}
	e := np.Mul(h.Detach(), combine(errorWeight[:], k[:])).Complex128s()
	old, now := y.Complex128s(), next.Complex128s()
	for i := range e {
		size := math.Max(abs(old[i]), abs(now[i]))
		ratio = math.Max(ratio, abs(e[i])/(s.AbsTol+s.RelTol*size))
	}
	// The last stage is the first of the next step.
	return next, last, ratio
}

func abs(z complex128) float64 { return math.Hypot(real(z), imag(z)) }

// combine returns Σ c[i]·k[i].
func combine(c []float64, k []np.Array) np.Array {
	var sum np.Array
	for i, w := range c {
		if w != 0 {
			sum = np.Add(sum, k[i].Scale(w))
		}
	}
	return sum
}

// firstStep guesses a length by how fast y changes (Hairer, Nørsett and Wanner,
// Solving Ordinary Differential Equations I, II.4).
func (s *Settings) firstStep(y, k np.Array, whole float64) float64 {
	d0, d1 := 0.0, 0.0
	v, dot := y.Complex128s(), k.Complex128s()
	for i := range v {
		scale := s.AbsTol + s.RelTol*abs(v[i])
		d0 = math.Max(d0, abs(v[i])/scale)
		d1 = math.Max(d1, abs(dot[i])/scale)
	}
	if d0 < 1e-5 || d1 < 1e-5 || d0 != d0 || d1 != d1 {
		return math.Min(whole, 1e-6*math.Max(1, whole))
	}
	return math.Min(whole, 0.01*d0/d1)
}
