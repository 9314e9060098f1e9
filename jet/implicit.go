package jet

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Inverse returns the Taylor series of the inverse function of f at y₀ = f(x₀) up
// to the given order: x as a series in y - y₀, of value x₀. To expand about a
// given y₀, find its x₀ by [Root] first. It evaluates f once and reverts the
// result, see [Jet.Revert].
//
// An error is returned if f'(x₀) is 0 or not finite. Inverse panics with an
// [Error] if f is nil or order is negative.
func Inverse(f func(x Jet64) Jet64, x0 float64, order int) (Jet64, error) {
	checkFunc("Inverse", f == nil)
	checkOrder("Inverse", order)
	if order == 0 {
		return New(x0), nil
	}
	y := f(Variable(x0, order))
	if d := y.coeff(1); d == 0 || d-d != 0 {
		return Jet64{}, fmt.Errorf("jet: Inverse: the derivative at %v is %v", x0, d)
	}
	return y.Revert().withHead(x0), nil
}

// Root returns a zero of f, found from x0 by Newton's method with steps that are
// halved until |f| decreases. It evaluates f in series of order 1 and 0.
//
// An error is returned if there is no convergence, or where f or its derivative
// is not finite or the derivative is 0. Root panics with an [Error] if f is nil.
func Root(f func(x Jet64) Jet64, x0 float64) (float64, error) {
	checkFunc("Root", f == nil)
	s := newSystem("Root", func(_ Jet64, y []Jet64) []Jet64 { return []Jet64{f(y[0])} }, 0, []float64{x0})
	err := s.solve()
	return s.y[0], err
}

// Implicit returns the Taylor series at x₀ of the function y(x) that solves
// f(x, y) = 0, up to the given order. The value y(x₀) is the solution that
// Newton's method finds from y0. It evaluates f once for each order, in series of
// that order.
//
// An error is returned if Newton's method does not converge, or if ∂f/∂y there is
// 0 or not finite. Implicit panics with an [Error] if f is nil or order is
// negative.
func Implicit(f func(x, y Jet64) Jet64, x0, y0 float64, order int) (Jet64, error) {
	checkFunc("Implicit", f == nil)
	checkOrder("Implicit", order)
	y, err := implicit("Implicit", func(x Jet64, y []Jet64) []Jet64 { return []Jet64{f(x, y[0])} }, x0, []float64{y0}, order)
	if err != nil {
		return Jet64{}, err
	}
	return y[0], nil
}

// ImplicitSystem is [Implicit] for n equations and unknowns: it returns the
// Taylor series at x₀ of the functions y[i](x) that solve f(x, y) = 0, where f
// returns as many values as y has elements. The slice that f gets must not be
// kept.
//
// An error is returned if Newton's method does not converge, or if the Jacobian
// for y is singular there, or nearly so, or not finite. ImplicitSystem panics with
// an [Error] if f is nil, if order is negative, or if f returns another number of
// values.
func ImplicitSystem(f func(x Jet64, y []Jet64) []Jet64, x0 float64, y0 []float64, order int) ([]Jet64, error) {
	checkFunc("ImplicitSystem", f == nil)
	checkOrder("ImplicitSystem", order)
	return implicit("ImplicitSystem", f, x0, y0, order)
}

func implicit(name string, f func(x Jet64, y []Jet64) []Jet64, x0 float64, y0 []float64, order int) ([]Jet64, error) {
	n := len(y0)
	y := make([]Jet64, n)
	if n == 0 {
		return y, nil
	}
	s := newSystem(name, f, x0, y0)
	if err := s.solve(); err != nil {
		return nil, err
	}
	for i := range y {
		y[i] = Jet64{c: make([]float64, order+1)}
		y[i].c[0] = s.y[i]
	}
	// Coefficient k of f(x, y) is J·y_k and something that depends on the lower
	// ones, with J the Jacobian at (x₀, y₀).
	for k := 1; k <= order; k++ {
		s.w.Reset()
		for i := range s.in {
			s.in[i] = s.w.New(y[i].c[:k+1]...)
		}
		s.call(s.w.Variable(x0, k))
		for i := range n {
			s.r.SetVec(i, -s.out[i].coeff(k))
		}
		if err := s.lu.SolveVecTo(s.d, false, s.r); err != nil {
			return nil, fmt.Errorf("jet: %s: the Jacobian at x = %v, y = %v: %w", name, x0, s.y, err)
		}
		for i := range n {
			y[i].c[k] = s.d.AtVec(i)
		}
	}
	return y, nil
}

// A system is a set of equations f(x0, y) = 0 with an approximate solution y.
type system struct {
	name    string
	f       func(x Jet64, y []Jet64) []Jet64
	x0      float64
	y       []float64
	in, out []Jet64
	w       Workspace[float64]
	j       *mat.Dense // ∂f/∂y
	lu      mat.LU     // its factors
	r, d    *mat.VecDense
}

func newSystem(name string, f func(x Jet64, y []Jet64) []Jet64, x0 float64, y0 []float64) *system {
	n := len(y0)
	return &system{
		name: name, f: f, x0: x0, y: append([]float64(nil), y0...), in: make([]Jet64, n),
		j: mat.NewDense(n, n, nil), r: mat.NewVecDense(n, nil), d: mat.NewVecDense(n, nil),
	}
}

// call evaluates f at x and s.in.
func (s *system) call(x Jet64) {
	s.out = s.f(x, s.in)
	if len(s.out) != len(s.y) {
		fail("%s: f returns %d values for %d unknowns", s.name, len(s.out), len(s.y))
	}
}

// residual returns the largest |f| at y.
func (s *system) residual(y []float64) (norm float64) {
	s.w.Reset()
	for i := range s.in {
		s.in[i] = s.w.New(y[i])
	}
	s.call(s.w.New(s.x0))
	for _, r := range s.out {
		if v := math.Abs(r.Value()); !(v <= norm) {
			norm = v
		}
	}
	return norm
}

// linearize sets s.r to -f and factors the Jacobian at s.y.
func (s *system) linearize() error {
	finite := true
	for j := range s.y {
		s.w.Reset()
		for i := range s.in {
			s.in[i] = s.w.New(s.y[i])
		}
		s.in[j] = s.w.Variable(s.y[j], 1)
		s.call(s.w.New(s.x0))
		for i, r := range s.out {
			v, d := r.Value(), r.coeff(1)
			s.j.Set(i, j, d)
			s.r.SetVec(i, -v)
			finite = finite && v-v == 0 && d-d == 0
		}
	}
	if !finite {
		return s.fail("function or derivative not finite")
	}
	s.lu.Factorize(s.j)
	if c := s.lu.Cond(); !(c < 1/0x1p-52) {
		return s.fail(fmt.Sprintf("Jacobian with condition number %.3g", c))
	}
	return nil
}

func (s *system) fail(what string) error {
	if s.name == "Root" {
		return fmt.Errorf("jet: Root: %s at x = %v", what, s.y[0])
	}
	return fmt.Errorf("jet: %s: %s at x = %v, y = %v", s.name, what, s.x0, s.y)
}

// solve moves s.y to a solution and factors the Jacobian there.
func (s *system) solve() error {
	n := len(s.y)
	next := make([]float64, n)
	scale := 0.0
	for iter := 0; ; iter++ {
		if err := s.linearize(); err != nil {
			return err
		}
		norm := mat.Norm(s.r, math.Inf(1))
		if norm == 0 {
			return nil
		}
		if err := s.lu.SolveVecTo(s.d, false, s.r); err != nil {
			return s.fail(err.Error())
		}
		step := mat.Norm(s.d, math.Inf(1))
		for _, v := range s.y {
			scale = max(scale, math.Abs(v))
		}
		better := false
		for c := 1.0; !better && c > 1e-6; c /= 2 {
			for i := range next {
				next[i] = s.y[i] + c*s.d.AtVec(i)
			}
			better = s.residual(next) < norm
		}
		if !better && step <= 0x1p-30*scale+0x1p-46 {
			return nil // rounding errors are all that is left; at a double root they are larger
		}
		if !better || iter == 100 {
			return s.fail("no convergence")
		}
		copy(s.y, next)
	}
}
