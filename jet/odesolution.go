package jet

import (
	"math"
	"slices"
)

// An ODESolution is the solution of a set of differential equations as
// [SolveODE] found it: the Taylor series of every step, so that it is known at
// every t between Start and End. It is immutable.
type ODESolution struct {
	dim, order  int
	width       int // of the state
	steps       int
	evaluations int
	rejected    int
	keep        bool

	start, end float64
	state      []float64 // at the end
	t          []float64 // the starts of the steps, and their low parts
	tlo        []float64
	h          []float64 // the units of their series
	c          []float64 // the series
	roots      []ODERoot
	terminated bool
}

func newODESolution(s *ODESettings, state []float64, dim int, t0 float64) *ODESolution {
	return &ODESolution{
		dim: dim, width: len(state), order: s.Order, keep: !s.Discard,
		start: t0, end: t0, state: slices.Clone(state),
	}
}

// add appends a step from t+tlo to next, u·h away.
func (s *ODESolution) add(t, tlo, h, u float64, c []float64, next float64) {
	if !s.keep {
		s.t, s.tlo, s.h, s.c = s.t[:0], s.tlo[:0], s.h[:0], s.c[:0]
	}
	s.t, s.tlo, s.h = append(s.t, t), append(s.tlo, tlo), append(s.h, h)
	s.c = append(s.c, c...)
	s.steps++
	s.end = next
}

// Len returns the number of steps.
func (s *ODESolution) Len() int { return s.steps }

// Order returns the order of the Taylor series.
func (s *ODESolution) Order() int { return s.order }

// Evaluations returns how often the right-hand side was run: once a step, once
// at the end and once for each step that was rejected. Every step also raises
// one of these runs to the order of the series.
func (s *ODESolution) Evaluations() int { return s.evaluations }

// Rejected returns the number of steps that were shortened because the
// right-hand side had changed its branch.
func (s *ODESolution) Rejected() int { return s.rejected }

// Start returns the t at which the solution starts.
func (s *ODESolution) Start() float64 { return s.start }

// End returns the t at which the solution ends: t1, a terminal event, or the
// place of an error.
func (s *ODESolution) End() float64 { return s.end }

// Final puts the state at End into dst and returns it. A nil dst is allocated.
// It panics with an [Error] if dst has another length than the state.
func (s *ODESolution) Final(dst []float64) []float64 {
	dst = s.dst("Final", dst)
	copy(dst, s.state[:s.dim])
	return dst
}

// Times puts the ends of the steps into dst, Start first and End last, and
// returns it. A nil dst is allocated. With discarded steps these are only the
// ends of the last one. It panics with an [Error] if dst has another length
// than one more than there are steps.
func (s *ODESolution) Times(dst []float64) []float64 {
	if dst == nil {
		dst = make([]float64, len(s.t)+1)
	}
	if len(dst) != len(s.t)+1 {
		fail("Times: len(dst) = %d, want %d", len(dst), len(s.t)+1)
	}
	copy(dst, s.t)
	dst[len(s.t)] = s.end
	return dst
}

// At puts y(t) into dst and returns it. A nil dst is allocated. Where the
// solution is not known, outside Start and End or in discarded steps, the
// components are NaN. It panics with an [Error] if dst has another length than
// the state.
func (s *ODESolution) At(dst []float64, t float64) []float64 {
	dst = s.dst("At", dst)
	s.lanes(dst, 0, t, 0)
	return dst
}

// DerivativeAt puts the k-th derivative of y at t into dst; see [ODESolution.At].
// It is that of the Taylor polynomial, and loses some digits for every k. It
// panics with an [Error] if k is negative.
func (s *ODESolution) DerivativeAt(dst []float64, t float64, k int) []float64 {
	checkOrder("DerivativeAt", k)
	dst = s.dst("DerivativeAt", dst)
	s.lanes(dst, 0, t, k)
	return dst
}

func (s *ODESolution) dst(name string, dst []float64) []float64 {
	if dst == nil {
		dst = make([]float64, s.dim)
	}
	if len(dst) != s.dim {
		fail("%s: len(dst) = %d, want the dimension %d", name, len(dst), s.dim)
	}
	return dst
}

// lanes puts the k-th derivatives of the elements of the state from the given
// one on into dst.
func (s *ODESolution) lanes(dst []float64, from int, t float64, k int) {
	if k == 0 && t == s.end {
		copy(dst, s.state[from:])
		return
	}
	i, ok := s.find(t)
	if !ok {
		for j := range dst {
			dst[j] = math.NaN()
		}
		return
	}
	n := s.order + 1
	u := ((t - s.t[i]) - s.tlo[i]) / s.h[i]
	c := s.c[(i*s.width+from)*n:]
	for j := range dst {
		dst[j] = polynomialDerivative(c[j*n:(j+1)*n], u, k)
		for range k {
			dst[j] /= s.h[i] // a power of two
		}
	}
}

// find returns the step that holds t.
func (s *ODESolution) find(t float64) (int, bool) {
	lo, hi := s.start, s.end
	if len(s.t) > 0 {
		lo = s.t[0]
	}
	if lo > hi {
		lo, hi = hi, lo
	}
	if !(lo <= t && t <= hi) || len(s.t) == 0 {
		return 0, false
	}
	i, ok := slices.BinarySearchFunc(s.t, t, func(a, t float64) int {
		switch {
		case a == t:
			return 0
		case (a < t) == (s.h[0] > 0):
			return -1
		}
		return 1
	})
	if !ok {
		i--
	}
	return i, true
}

// polynomialDerivative returns the k-th derivative of Σ c[j]·u^j.
func polynomialDerivative(c []float64, u float64, k int) float64 {
	s := 0.0
	for j := len(c) - 1; j >= k; j-- {
		f := c[j]
		for i := range k {
			f *= float64(j - i)
		}
		s = s*u + f
	}
	return s
}
