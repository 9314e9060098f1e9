package hessian

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Which tells which eigenvalues are wanted.
type Which int

const (
	Largest          Which = iota // the largest, as real numbers
	Smallest                      // the smallest, the most negative first
	LargestMagnitude              // those farthest from zero
)

// before reports whether the eigenvalue x is wanted more than y.
func (w Which) before(x, y float64) bool {
	switch w {
	case Smallest:
		return x < y
	case LargestMagnitude:
		return math.Abs(x) > math.Abs(y)
	}
	return x > y
}

// Eigenpairs is the result of [Eigen].
type Eigenpairs struct {
	Values    []float64  // the most wanted first
	Vectors   *mat.Dense // column i is a unit eigenvector for Values[i]
	Residuals []float64  // ‖A·v - λ·v‖, within which of λ there is an eigenvalue
	Products  int        // how many products with vectors it took
}

// A ConvergenceError tells that an iteration stopped before it was accurate.
type ConvergenceError struct {
	Products int // how many products with vectors were taken
}

// Error returns the text of e.
func (e *ConvergenceError) Error() string {
	return fmt.Sprintf("hessian: no convergence within %d products", e.Products)
}

// Eigen returns k eigenvalues and eigenvectors of the symmetric n×n matrix
// whose products with vectors mul stores in dst; k is at most n. It finds
// multiple eigenvalues as often as they occur. It takes some multiple of
// k/√gap products, where gap is the distance to the next eigenvalue relative to
// the whole spectrum, and memory for 3k+25 vectors.
//
// The method is that of Lanczos with full reorthogonalisation and thick
// restarts (Wu & Simon, SIAM J. Matrix Anal. Appl. 22, 2000), and then again in
// the space that is left, until nothing is found there that was wanted.
// [Tolerance] is for the residuals, relative to the largest absolute eigenvalue.
//
// If [MaxProducts] do not suffice, it returns the best approximations with
// their residuals and a [*ConvergenceError]; if a product is not finite, a
// [*NonFiniteError]. It panics with an [Error] if n or k is negative or k is
// greater than n.
func Eigen(n int, mul func(dst, v []float64), k int, which Which, opts ...Option) (*Eigenpairs, error) {
	checkFunc("Eigen", mul == nil)
	if k < 0 || k > n {
		fail("Eigen: k = %d eigenvalues of an n×n matrix with n = %d", k, n)
	}
	o := apply(opts)
	l := &lanczos{n: n, mul: mul, which: which, limit: o.products, rnd: random(o.seed), w: make([]float64, n)}
	if l.limit == 0 {
		l.limit = 20*n + 200*k
	}
	e := &Eigenpairs{}
	if k == 0 {
		return e, nil
	}
	vals, vecs, err := l.run(k, l.start(), o.tol)
	// Lanczos finds one vector for an eigenvalue. Others show up without it.
	for err == nil && k > 1 && len(vals) < n {
		l.found = vecs
		var more []float64
		var v [][]float64
		if more, v, err = l.run(1, l.start(), max(o.tol, 1e-5)); err != nil {
			break
		}
		worst := slices.SortedFunc(slices.Values(vals), l.compare)[k-1]
		if !which.before(more[0], worst) || math.Abs(more[0]-worst) <= o.tol*l.scale {
			break
		}
		if more, v, err = l.run(1, v[0], o.tol); err == nil {
			vals, vecs = append(vals, more[0]), append(vecs, v[0])
		}
	}
	if vals == nil {
		return nil, err
	}

	index := make([]int, len(vals))
	for i := range index {
		index[i] = i
	}
	slices.SortStableFunc(index, func(i, j int) int { return l.compare(vals[i], vals[j]) })
	e.Vectors = mat.NewDense(n, k, nil)
	for c, i := range index[:k] {
		v := vecs[i]
		l.product(v)
		floats.AddScaled(l.w, -vals[i], v)
		e.Values = append(e.Values, vals[i])
		e.Residuals = append(e.Residuals, floats.Norm(l.w, 2))
		e.Vectors.SetCol(c, v)
	}
	e.Products = l.products
	if c, ok := err.(*ConvergenceError); ok {
		c.Products = l.products
	}
	return e, err
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)) }

// lanczos looks for eigenvectors that are orthogonal to those found.
type lanczos struct {
	n        int
	mul      func(dst, v []float64)
	which    Which
	rnd      *rand.Rand
	products int
	limit    int
	scale    float64 // the largest absolute Ritz value
	found    [][]float64
	w        []float64
}

// compare orders eigenvalues, the most wanted first.
func (l *lanczos) compare(x, y float64) int {
	switch {
	case l.which.before(x, y):
		return -1
	case l.which.before(y, x):
		return 1
	}
	return 0
}

func (l *lanczos) product(v []float64) {
	l.mul(l.w, v)
	l.products++
}

// start returns a random vector.
func (l *lanczos) start() []float64 {
	v := make([]float64, l.n)
	for i := range v {
		v[i] = l.rnd.NormFloat64()
	}
	return v
}

// orthogonalize makes w orthogonal to the basis and to what was found, and
// returns the coefficients on the basis in h, which it adds to. Twice is enough
// (Kahan).
func (l *lanczos) orthogonalize(w []float64, basis [][]float64, h []float64) {
	for range 2 {
		for _, v := range l.found {
			floats.AddScaled(w, -floats.Dot(v, w), v)
		}
		for i, v := range basis {
			c := floats.Dot(v, w)
			floats.AddScaled(w, -c, v)
			h[i] += c
		}
	}
}

// unit stores in dst a unit vector orthogonal to the basis and to what was
// found: the direction of start as far as there is one.
func (l *lanczos) unit(dst, start []float64, basis [][]float64, h []float64) {
	copy(dst, start)
	for {
		before := floats.Norm(dst, 2)
		l.orthogonalize(dst, basis, h)
		if after := floats.Norm(dst, 2); after > 1e-10*before {
			floats.Scale(1/after, dst)
			return
		}
		copy(dst, l.start())
	}
}

// run returns the k most wanted eigenpairs in the space that is left.
func (l *lanczos) run(k int, start []float64, tol float64) (vals []float64, vecs [][]float64, err error) {
	free := l.n - len(l.found)
	k = min(k, free)
	m := min(free, max(2*k+12, 24))
	basis := make([][]float64, m+1)
	for i := range basis {
		basis[i] = make([]float64, l.n)
	}
	h := make([]float64, m+1)
	l.unit(basis[0], start, nil, h)
	t := mat.NewSymDense(m, nil)
	var eig mat.EigenSym
	var s mat.Dense
	theta := make([]float64, m)
	index := make([]int, m)
	beta := 0.0
	keep := 0
	for {
		for j := keep; j < m; j++ {
			l.product(basis[j])
			if err := finite("product", l.w); err != nil {
				return nil, nil, err
			}
			l.scale = max(l.scale, floats.Norm(l.w, 2))
			clear(h)
			l.orthogonalize(l.w, basis[:j+1], h)
			for i := range j + 1 {
				t.SetSym(i, j, h[i])
			}
			beta = floats.Norm(l.w, 2)
			switch {
			case beta > 1e-14*l.scale:
				floats.ScaleTo(basis[j+1], 1/beta, l.w)
			case j+1 < free:
				// The space is invariant. Go on with another.
				beta = 0
				l.unit(basis[j+1], l.start(), basis[:j+1], h)
			default:
				beta = 0
			}
		}
		// Near 1, where gonum does not have to scale.
		scale := l.scale
		if scale == 0 {
			scale = 1
		}
		t.ScaleSym(1/scale, t)
		if !eig.Factorize(t, true) {
			return nil, nil, &ConvergenceError{l.products}
		}
		eig.Values(theta)
		floats.Scale(scale, theta)
		eig.VectorsTo(&s)
		for i := range index {
			index[i] = i
			l.scale = max(l.scale, math.Abs(theta[i]))
		}
		slices.SortStableFunc(index, func(i, j int) int { return l.compare(theta[i], theta[j]) })
		done := true
		for _, i := range index[:k] {
			done = done && beta*math.Abs(s.At(m-1, i)) <= tol*l.scale
		}
		if !done && l.products >= l.limit {
			err = &ConvergenceError{l.products}
		}
		keep = k
		if !done && err == nil {
			keep = min(k+(m-k)/2, m-1)
		}
		next := make([][]float64, keep)
		for c, i := range index[:keep] {
			next[c] = make([]float64, l.n)
			for j, v := range basis[:m] {
				floats.AddScaled(next[c], s.At(j, i), v)
			}
		}
		if done || err != nil {
			for _, i := range index[:k] {
				vals = append(vals, theta[i])
			}
			return vals, next, err
		}
		copy(basis, next)
		basis[keep], basis[m] = basis[m], make([]float64, l.n)
		t.Zero()
		for c, i := range index[:keep] {
			t.SetSym(c, c, theta[i])
		}
	}
}
