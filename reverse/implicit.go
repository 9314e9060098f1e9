package reverse

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// ErrNoConvergence is what [Root] and [FixedPoint] return, with the details
// wrapped around it, when their iteration does not get there.
var ErrNoConvergence = errors.New("no convergence")

// ErrSingular is what [Root] and [Solve] return, with the details wrapped
// around it, when their matrix is singular to working precision.
var ErrSingular = errors.New("singular matrix")

// Iteration limits the iterations of [Root] and [FixedPoint]. The zero value,
// or nil, stands for the defaults.
type Iteration struct {
	// Tol is the largest change of an element in the last step, relative to
	// the larger of its magnitude and 1. The default is 1e-13.
	Tol float64

	// Max is the largest number of steps. The default is 100 for Root and
	// 10,000 for FixedPoint.
	Max int
}

func (it *Iteration) limits(steps int) (float64, int) {
	tol := 1e-13
	if it != nil && it.Tol > 0 {
		tol = it.Tol
	}
	if it != nil && it.Max > 0 {
		steps = it.Max
	}
	return tol, steps
}

// Root returns a solution s of g(s, p) = 0, found by Newton's method from s0,
// as a function of p: its derivative is that of the implicit function theorem,
// -(∂g/∂s)⁻¹·∂g/∂p, at the cost of some sweeps over one recording of g, and
// does not depend on how the solution was found. g returns as many numbers as
// s0 has, and must use no variables but its arguments.
//
// The error wraps [ErrNoConvergence] or [ErrSingular]. If ∂g/∂s is singular at
// the solution itself, the derivatives are NaN.
func Root(g func(s, p []Var) []Var, s0 []float64, p []Var, it *Iteration) ([]Var, error) {
	checkFunc("Root", g == nil)
	tol, steps := it.limits(100)
	at := values(p)
	s := append([]float64(nil), s0...)
	residual := func(s []float64) []float64 { return values(g(constants(s), constants(at))) }
	r := residual(s)
	checkLen("Root", "g(s, p)", len(r), "s", len(s))
	for range steps {
		jac := Jacobian(nil, func(s []Var) []Var { return g(s, constants(at)) }, s)
		step, err := solveDense(jac, r, false)
		if err != nil {
			return nil, fmt.Errorf("reverse: Root: the Jacobian at %v: %w", s, err)
		}
		// Newton's step, halved while it makes things worse.
		next, norm := make([]float64, len(s)), maxAbs(r)
		for h := 1.0; ; h /= 2 {
			for i := range s {
				next[i] = s[i] - h*step[i]
			}
			r = residual(next)
			if n := maxAbs(r); n <= norm || h < 1e-9 {
				break
			}
		}
		done := small(next, s, tol)
		s = append(s[:0], next...)
		if done {
			return implicit(g, s, p, at), nil
		}
	}
	return nil, fmt.Errorf("reverse: Root: residual %.3g after %d steps: %w", maxAbs(r), steps, ErrNoConvergence)
}

// FixedPoint returns a solution s of s = f(s, p), found by repeating f from s0,
// as a function of p: its derivative is (1 - ∂f/∂s)⁻¹·∂f/∂p, at the cost of some
// sweeps over one recording of f, and does not depend on how many iterations it
// took. f returns as many numbers as s0 has, and must use no variables but its
// arguments. The error wraps [ErrNoConvergence].
func FixedPoint(f func(s, p []Var) []Var, s0 []float64, p []Var, it *Iteration) ([]Var, error) {
	checkFunc("FixedPoint", f == nil)
	tol, steps := it.limits(10_000)
	at := values(p)
	s := append([]float64(nil), s0...)
	for range steps {
		next := values(f(constants(s), constants(at)))
		checkLen("FixedPoint", "f(s, p)", len(next), "s", len(s))
		done := small(next, s, tol)
		s = next
		if done {
			g := func(s, p []Var) []Var {
				y := f(s, p)
				r := make([]Var, len(s))
				for i := range s {
					r[i] = s[i].Sub(y[i])
				}
				return r
			}
			return implicit(g, s, p, at), nil
		}
	}
	return nil, fmt.Errorf("reverse: FixedPoint: %v after %d steps: %w", s, steps, ErrNoConvergence)
}

// implicit records s, a solution of g(s, p) = 0, as a function of p.
func implicit(g func(s, p []Var) []Var, s []float64, p []Var, at []float64) []Var {
	t := tapeOf(p)
	if t == nil {
		return constants(s)
	}
	n := len(s)
	return t.statement(p, s, func(pbar, w []float64) {
		// With λ = (∂g/∂s)⁻ᵀ·w the adjoint of p is -(∂g/∂p)ᵀ·λ.
		both := append(append([]float64(nil), s...), at...)
		h := func(x []Var) []Var { return g(x[:n], x[n:]) }
		jac := Jacobian(nil, h, both)
		lambda, err := solveDense(jac.Slice(0, n, 0, n), w, true)
		if err != nil {
			for i := range pbar {
				pbar[i] = math.NaN()
			}
			return
		}
		for i := range pbar {
			for k, l := range lambda {
				pbar[i] -= l * jac.At(k, n+i)
			}
		}
	})
}

// Solve returns the solution x of the linear equations a·x = b, where a holds
// the n×n coefficients by row. In one statement: the adjoint of b is a⁻ᵀ·w and
// that of a its product with -xᵀ. It panics with an [Error] if len(a) is not
// len(b)². The error wraps [ErrSingular].
func Solve(a, b []Var) ([]Var, error) {
	n := len(b)
	if len(a) != n*n {
		fail("Solve: len(a) = %d, want len(b)² = %d", len(a), n*n)
	}
	if n == 0 {
		return nil, nil
	}
	m := mat.NewDense(n, n, values(a))
	x, err := solveDense(m, values(b), false)
	if err != nil {
		return nil, fmt.Errorf("reverse: Solve: %d equations: %w", n, err)
	}
	operands := append(append([]Var(nil), a...), b...)
	t := tapeOf(operands)
	if t == nil {
		return constants(x), nil
	}
	return t.statement(operands, x, func(bar, w []float64) {
		lambda, err := solveDense(m, w, true)
		if err != nil {
			panic(err) // it was regular on the way there
		}
		for i, l := range lambda {
			for j, v := range x {
				bar[i*n+j] = -l * v
			}
			bar[n*n+i] = l
		}
	}), nil
}

// solveDense solves a·x = b, or aᵀ·x = b.
func solveDense(a mat.Matrix, b []float64, trans bool) ([]float64, error) {
	if len(b) == 0 {
		return nil, nil
	}
	for _, v := range b {
		if v-v != 0 {
			return nil, ErrSingular
		}
	}
	var lu mat.LU
	lu.Factorize(a)
	x := mat.NewVecDense(len(b), nil)
	if err := lu.SolveVecTo(x, trans, mat.NewVecDense(len(b), append([]float64(nil), b...))); err != nil {
		if c, ok := err.(mat.Condition); !ok || math.IsInf(float64(c), 1) || math.IsNaN(float64(c)) {
			return nil, ErrSingular
		}
	}
	return x.RawVector().Data, nil
}

func maxAbs(x []float64) float64 {
	m := 0.0
	for _, v := range x {
		m = max(m, math.Abs(v))
	}
	return m
}

// small reports whether x and y agree to tol, relative to the larger of their
// elements and 1.
func small(x, y []float64, tol float64) bool {
	for i := range x {
		if !(math.Abs(x[i]-y[i]) <= tol*max(1, math.Abs(x[i]))) {
			return false
		}
	}
	return true
}
