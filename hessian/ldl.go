package hessian

import (
	"fmt"
	"math"

	"github.com/dualjet/dualjet/hessian/internal/ldl"
)

// A PivotError tells why a matrix could not be factorized: in row Index what
// was left of the diagonal entry was Pivot, which is zero up to rounding, not
// finite, or negative where it has to be positive.
type PivotError struct {
	Index int
	Pivot float64
}

// Error returns the text of e.
func (e *PivotError) Error() string {
	return fmt.Sprintf("hessian: the matrix cannot be factorized: pivot %v in row %d", e.Pivot, e.Index)
}

// An LDL is the factorization of a sparse symmetric matrix, permuted so that
// the factors stay sparse, into L·D·Lᵀ with a unit lower triangle L and a
// diagonal D. There is no pivoting: it is for matrices that are positive or
// negative definite or quasi-definite. Other indefinite ones may fail or lose
// digits.
//
// The zero value is ready for use. The order is found once for a [Pattern]; as
// long as that is the same, nothing more is allocated. It is by approximate
// minimum degree (Amestoy, Davis & Duff 1996) or the given one if that has no
// more entries, as for a band.
//
// An LDL belongs to one goroutine at a time.
type LDL struct {
	p     *Pattern
	f     *ldl.Factor
	valid bool
}

// Factorize factorizes a. If a pivot is zero up to rounding or not finite, it
// returns a [*PivotError], and f has no factorization.
func (f *LDL) Factorize(a *Sym) error { return f.factorize(a, 0, false) }

// FactorizePositive is like [LDL.Factorize] but returns a [*PivotError] too
// if a is not positive definite.
func (f *LDL) FactorizePositive(a *Sym) error { return f.factorize(a, 0, true) }

// FactorizeShifted factorizes a plus a multiple of the identity that makes it
// positive definite, and returns that multiple: 0 if a itself is positive
// definite. It is algorithm 3.3 of Nocedal & Wright, Numerical Optimization,
// 2006, with steps relative to the largest diagonal entry. It returns a
// [*PivotError] if a is not finite or too large.
func (f *LDL) FactorizeShifted(a *Sym) (shift float64, err error) {
	least, largest := math.Inf(1), 0.0
	p := a.Pattern()
	for j := range p.Dim() {
		d := 0.0
		if k := p.ptr[j]; k < p.ptr[j+1] && int(p.row[k]) == j {
			d = a.val[k]
		}
		least, largest = min(least, d), max(largest, math.Abs(d))
	}
	if largest == 0 {
		largest = 1
	}
	const first, increase = 1e-3, 4
	beta := first * largest
	if !(least > 0) {
		shift = beta - least
	}
	for {
		err = f.factorize(a, shift, true)
		if err == nil {
			return shift, nil
		}
		if pivot := err.(*PivotError).Pivot; !(math.Abs(pivot) <= math.MaxFloat64 && shift < math.MaxFloat64) {
			return shift, err
		}
		shift = max(increase*shift, beta)
	}
}

func (f *LDL) factorize(a *Sym, shift float64, positive bool) error {
	if p := a.Pattern(); f.f == nil || f.p != p {
		g := p.adjacency()
		f.f, f.p = ldl.New(p.Dim(), p.ptr, p.row, g.Ptr, g.Adj), p
	}
	row, pivot := f.f.Factorize(a.val, shift, positive)
	f.valid = row < 0
	if !f.valid {
		return &PivotError{row, pivot}
	}
	return nil
}

func (f *LDL) check(name string) {
	if !f.valid {
		fail("%s: there is no factorization", name)
	}
}

// NNZ returns the number of entries of L below the diagonal. It panics with an
// [Error] if there is no factorization.
func (f *LDL) NNZ() int {
	f.check("NNZ")
	return f.f.NNZ()
}

// Inertia returns how many eigenvalues are positive and how many negative
// (Sylvester's law). It panics with an [Error] if there is no factorization.
func (f *LDL) Inertia() (positive, negative int) {
	f.check("Inertia")
	for _, d := range f.f.D() {
		if d > 0 {
			positive++
		} else {
			negative++
		}
	}
	return positive, negative
}

// LogDet returns the logarithm of the absolute value of the determinant, and
// its sign. It panics with an [Error] if there is no factorization.
func (f *LDL) LogDet() (log, sign float64) {
	f.check("LogDet")
	sign = 1
	for _, d := range f.f.D() {
		log += math.Log(math.Abs(d))
		if d < 0 {
			sign = -sign
		}
	}
	return log, sign
}

// Solve puts the solution x of A·x = b into dst, which may be b. It panics with
// an [Error] if a length is not that of A or there is no factorization.
func (f *LDL) Solve(dst, b []float64) {
	f.check("Solve")
	checkLen("Solve", "dst", len(dst), "rows", f.p.Dim())
	checkLen("Solve", "b", len(b), "rows", f.p.Dim())
	f.f.Solve(dst, b)
}

// InvDiag puts the diagonal of the inverse into dst and returns it: the
// variances, if the matrix is the Hessian of a negative log-likelihood at its
// minimum. It costs about three factorizations, not n solutions, and the memory
// of L once more. A nil dst is allocated. It panics with an [Error] if dst has
// another length or there is no factorization.
func (f *LDL) InvDiag(dst []float64) []float64 {
	f.check("InvDiag")
	if dst == nil {
		dst = make([]float64, f.p.Dim())
	}
	checkLen("InvDiag", "dst", len(dst), "rows", f.p.Dim())
	f.f.InvDiag(dst)
	return dst
}
