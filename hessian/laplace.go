package hessian

import "math"

// A Laplace is the approximation of the density exp(-f), up to its factor, by a
// Gaussian at a minimum of f: that of a posterior or a likelihood, if f is its
// negative logarithm. The mean is the minimizer and the covariance the inverse of
// the Hessian (Tierney & Kadane, J. Amer. Statist. Assoc. 81, 1986). The zero
// value is ready for [Laplace.Fit]. It belongs to one goroutine at a time.
type Laplace struct {
	h     Sym
	f     LDL
	value float64
}

// Fit takes the Hessian at q and factorizes it. That q is a minimum is up to the
// caller. It returns a [*NonFiniteError] if the value is not finite, and a
// [*PivotError], with the index of a variable that the data do not determine, if
// the Hessian is not positive definite; l has no fit then. It panics with an
// [Error] if the Hessian has more than 2²⁶ entries on the way to it. It costs a
// sparse Hessian and a factorization, and nothing is allocated for a second point
// of the same recording.
func (l *Laplace) Fit(q *Point) error {
	l.f.valid = false
	l.value = q.Value()
	if l.value-l.value != 0 {
		return &NonFiniteError{"value", 0, l.value}
	}
	return l.f.FactorizePositive(q.Sparse(&l.h))
}

func (l *Laplace) check(name string) {
	if !l.f.valid {
		fail("%s: there is no fit", name)
	}
}

// Variances puts the diagonal of the covariance matrix into dst and returns it, at
// the cost of [LDL.InvDiag]. A nil dst is allocated. It panics with an [Error] if
// dst has another length or there is no fit.
func (l *Laplace) Variances(dst []float64) []float64 {
	l.check("Variances")
	return l.f.InvDiag(dst)
}

// StandardErrors puts the roots of the variances into dst and returns it. A nil
// dst is allocated. It panics with an [Error] if dst has another length or there
// is no fit.
func (l *Laplace) StandardErrors(dst []float64) []float64 {
	l.check("StandardErrors")
	dst = l.f.InvDiag(dst)
	for i, v := range dst {
		dst[i] = math.Sqrt(v)
	}
	return dst
}

// Covariance puts column j of the covariance matrix into dst and returns it, at
// the cost of a solution with the factors. A nil dst is allocated. It panics with
// an [Error] if dst has another length, j is out of range or there is no fit.
func (l *Laplace) Covariance(dst []float64, j int) []float64 {
	l.check("Covariance")
	n := l.h.SymmetricDim()
	if j < 0 || j >= n {
		fail("Covariance: column %d of %d", j, n)
	}
	if dst == nil {
		dst = make([]float64, n)
	}
	checkLen("Covariance", "dst", len(dst), "rows", n)
	clear(dst)
	dst[j] = 1
	l.f.Solve(dst, dst)
	return dst
}

// LogDet returns the logarithm of the determinant of the Hessian. It panics with
// an [Error] if there is no fit.
func (l *Laplace) LogDet() float64 {
	l.check("LogDet")
	log, _ := l.f.LogDet()
	return log
}

// LogEvidence returns the logarithm of ∫exp(-f), which is
// -f + ½·n·log 2π - ½·log det H: the evidence for a model, if f is the negative
// logarithm of the likelihood times the prior. It is exact for Gaussians. It panics
// with an [Error] if there is no fit.
func (l *Laplace) LogEvidence() float64 {
	l.check("LogEvidence")
	n := float64(l.h.SymmetricDim())
	return -l.value + 0.5*(n*math.Log(2*math.Pi)-l.LogDet())
}
