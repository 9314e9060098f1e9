package jet

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// A Rational is the quotient of two polynomials in t, whose coefficients are
// held from the constant term on. The zero value is 0/0, NaN everywhere.
type Rational struct {
	Num, Den []float64
}

// Eval returns the value of r at t, by Horner's rule.
func (r Rational) Eval(t float64) float64 { return horner(r.Num, t) / horner(r.Den, t) }

func horner(c []float64, t float64) (s float64) {
	for k := len(c) - 1; k >= 0; k-- {
		s = s*t + c[k]
	}
	return s
}

// Taylor returns the Taylor series of r at t up to the given order. It panics
// with an [Error] if the order is negative.
func (r Rational) Taylor(t float64, order int) Jet64 {
	x := Variable(t, order)
	poly := func(c []float64) (s Jet64) {
		for k := len(c) - 1; k >= 0; k-- {
			s = s.Mul(x).AddConst(c[k])
		}
		return s
	}
	return poly(r.Num).Div(poly(r.Den))
}

// Poles returns the zeros of the denominator, eigenvalues of its companion
// matrix, in no particular order. Near a pole of the function that r
// approximates there is one of them, the better the closer to 0; others come
// with a zero of the numerator nearby and mean nothing. It returns an error if
// the eigenvalues do not converge.
func (r Rational) Poles() ([]complex128, error) { return roots(r.Den) }

// Zeros returns the zeros of the numerator, as Poles does those of the
// denominator.
func (r Rational) Zeros() ([]complex128, error) { return roots(r.Num) }

// roots returns the zeros of the polynomial Σ c[k]·t^k.
func roots(c []float64) ([]complex128, error) {
	n := len(c) - 1
	for n > 0 && c[n] == 0 {
		n--
	}
	if n < 1 {
		return nil, nil
	}
	m := mat.NewDense(n, n, nil)
	for k := range n {
		if v := -c[k] / c[n]; v-v != 0 {
			return nil, fmt.Errorf("jet: zeros of a polynomial: coefficient %d of %d is %v of the highest", k, n, -v)
		}
		m.Set(k, n-1, -c[k]/c[n])
		if k > 0 {
			m.Set(k, k-1, 1)
		}
	}
	var e mat.Eigen
	if !e.Factorize(m, mat.EigenNone) {
		return nil, errors.New("jet: zeros of a polynomial: no convergence")
	}
	return e.Values(nil), nil
}

// Pade returns the Padé approximant of x with a numerator of degree m and a
// denominator of degree n, whose constant term is 1: the Rational with the
// coefficients of x up to m+n. It often converges far beyond the radius of
// convergence of x. It costs n³/3 multiplications.
//
// An error is returned if a coefficient up to m+n is not finite or unknown, or
// if the equations for the denominator are singular or nearly so: then the
// approximant does not exist, or is one of lower degrees, as that of an even
// function is for an odd n. Pade panics with an [Error] if m or
// n is negative, or if m+n exceeds the order of x and x is no constant.
func (x Jet[F]) Pade(m, n int) (Rational, error) {
	if m < 0 || n < 0 {
		fail("Pade: degree %d of %d/%d is negative", min(m, n), m, n)
	}
	if len(x.c) > 1 && m+n > x.Order() {
		fail("Pade: degrees %d/%d, the order of the series is %d", m, n, x.Order())
	}
	c := make([]float64, m+n+1)
	for k := range c {
		c[k] = float64(atFloat(x.c, k))
		if c[k]-c[k] != 0 {
			return Rational{}, fmt.Errorf("jet: Pade: coefficient %d is %v", k, c[k])
		}
	}
	// In units of the radius of convergence, or so, the coefficients have about
	// one size. A power of two scales exactly.
	_, e := math.Frexp(unit(c))
	for k := range c {
		c[k] = math.Ldexp(c[k], k*e)
	}
	r := Rational{make([]float64, m+1), make([]float64, n+1)}
	r.Den[0] = 1
	// The coefficients m+1…m+n of Den·x are 0 (Baker and Graves-Morris, Padé
	// Approximants, §1.1).
	a, b := mat.NewDense(max(n, 1), max(n, 1), nil), mat.NewVecDense(max(n, 1), nil)
	zero := true
	for i := range n {
		for j := range n {
			if k := m + i - j; k >= 0 {
				a.Set(i, j, c[k])
			}
		}
		b.SetVec(i, -c[m+1+i])
		zero = zero && c[m+1+i] == 0
	}
	if !zero {
		q := mat.NewVecDense(n, r.Den[1:])
		if err := q.SolveVec(a, b); err != nil {
			return Rational{}, fmt.Errorf("jet: Pade: no approximant of degrees %d/%d: %w", m, n, err)
		}
	}
	for k := range r.Num {
		for j := range min(k, n) + 1 {
			r.Num[k] += r.Den[j] * c[k-j]
		}
	}
	for k := range r.Num {
		r.Num[k] = math.Ldexp(r.Num[k], -k*e)
	}
	for k := range r.Den {
		r.Den[k] = math.Ldexp(r.Den[k], -k*e)
	}
	return r, nil
}

// unit returns a t at which the first and the last term that are not 0 have
// one size.
func unit(c []float64) float64 {
	first, last := -1, -1
	for k, v := range c {
		if v != 0 {
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	if first == last {
		return 1
	}
	// In logarithms, for the quotient may overflow.
	d := math.Log2(math.Abs(c[first])) - math.Log2(math.Abs(c[last]))
	return math.Exp2(min(max(d/float64(last-first), -300), 300))
}
