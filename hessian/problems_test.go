package hessian

import "math"

// A pair is a term of two variables (or one, if a is b) of a function: its value
// and its derivatives.
type pair struct {
	a, b                     int
	f, fa, fb, faa, fab, fbb float64
}

// A problem is a test problem whose terms are given with their derivatives by
// closed forms.
type problem struct {
	name  string
	x     []float64 // the usual start
	terms func(x []float64, add func(pair))
	min   float64 // the value at the minimum, NaN if there are several
}

func (p problem) fun(x []float64) float64 {
	f := 0.0
	p.terms(x, func(t pair) { f += t.f })
	return f
}

func (p problem) grad(dst, x []float64) {
	clear(dst)
	p.terms(x, func(t pair) {
		dst[t.a] += t.fa
		dst[t.b] += t.fb
	})
}

func (p problem) hvp(dst, x, v []float64) {
	clear(dst)
	p.terms(x, func(t pair) {
		dst[t.a] += t.faa*v[t.a] + t.fab*v[t.b]
		dst[t.b] += t.fab*v[t.a] + t.fbb*v[t.b]
	})
}

// square returns the term s·r² of the residual r with the given derivatives.
func square(s float64, a, b int, r, ra, rb, raa, rab, rbb float64) pair {
	return pair{a, b, s * r * r, 2 * s * r * ra, 2 * s * r * rb,
		2 * s * (ra*ra + r*raa), 2 * s * (ra*rb + r*rab), 2 * s * (rb*rb + r*rbb)}
}

// only returns the term g(x_a) with its derivatives.
func only(a int, f, fa, faa float64) pair { return pair{a: a, b: a, f: f, fa: fa, faa: faa} }

// repeated returns a vector of n numbers that repeat.
func repeated(n int, v ...float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = v[i%len(v)]
	}
	return x
}

func pow4(s float64, a, b int, ca, cb, r float64) pair {
	r2, r3 := 12*s*r*r, 4*s*r*r*r
	return pair{a, b, s * r * r * r * r, r3 * ca, r3 * cb, r2 * ca * ca, r2 * ca * cb, r2 * cb * cb}
}

func rosenbrock(n int) problem {
	return problem{"Rosenbrock", repeated(n, -1.2, 1), func(x []float64, add func(pair)) {
		for i := range len(x) - 1 {
			add(square(100, i, i+1, x[i+1]-x[i]*x[i], -2*x[i], 1, -2, 0, 0))
			add(only(i, (1-x[i])*(1-x[i]), 2*(x[i]-1), 2))
		}
	}, 0}
}

// problems are of Moré, Garbow & Hillstrom and of CUTEst.
var problems = []problem{
	rosenbrock(2),
	{"chained Rosenbrock", rosenbrock(50).x, rosenbrock(50).terms, math.NaN()},
	{"Wood", []float64{-3, -1, -3, -1}, func(x []float64, add func(pair)) {
		add(square(100, 0, 1, x[1]-x[0]*x[0], -2*x[0], 1, -2, 0, 0))
		add(square(1, 0, 0, 1-x[0], -1, 0, 0, 0, 0))
		add(square(90, 2, 3, x[3]-x[2]*x[2], -2*x[2], 1, -2, 0, 0))
		add(square(1, 2, 2, 1-x[2], -1, 0, 0, 0, 0))
		add(square(10, 1, 3, x[1]+x[3]-2, 1, 1, 0, 0, 0))
		add(square(0.1, 1, 3, x[1]-x[3], 1, -1, 0, 0, 0))
	}, 0},
	{"Powell singular", []float64{3, -1, 0, 1}, func(x []float64, add func(pair)) {
		add(square(1, 0, 1, x[0]+10*x[1], 1, 10, 0, 0, 0))
		add(square(5, 2, 3, x[2]-x[3], 1, -1, 0, 0, 0))
		add(pow4(1, 1, 2, 1, -2, x[1]-2*x[2]))
		add(pow4(10, 0, 3, 1, -1, x[0]-x[3]))
	}, 0},
	{"ARWHEAD", repeated(1000, 1), func(x []float64, add func(pair)) {
		n := len(x) - 1
		for i := range n {
			add(square(1, i, n, x[i]*x[i]+x[n]*x[n], 2*x[i], 2*x[n], 2, 0, 2))
			add(only(i, 3-4*x[i], -4, 0))
		}
	}, 0},
	{"NONDIA", repeated(1000, -1), func(x []float64, add func(pair)) {
		add(only(0, (x[0]-1)*(x[0]-1), 2*(x[0]-1), 2))
		for i := 1; i < len(x); i++ {
			add(square(100, 0, i, x[0]-x[i]*x[i], 1, -2*x[i], 0, 0, -2))
		}
	}, 0},
	{"LIARWHD", repeated(1000, 4), func(x []float64, add func(pair)) {
		for i := range x {
			if i == 0 {
				r := x[0]*x[0] - x[0]
				add(square(4, 0, 0, r, 2*x[0]-1, 0, 2, 0, 0))
			} else {
				add(square(4, 0, i, x[i]*x[i]-x[0], -1, 2*x[i], 0, 0, 2))
			}
			add(only(i, (x[i]-1)*(x[i]-1), 2*(x[i]-1), 2))
		}
	}, 0},
	{"TRIDIA", repeated(1000, 1), func(x []float64, add func(pair)) {
		add(only(0, (x[0]-1)*(x[0]-1), 2*(x[0]-1), 2))
		for i := 1; i < len(x); i++ {
			add(square(float64(i+1), i-1, i, 2*x[i]-x[i-1], -1, 2, 0, 0, 0))
		}
	}, 0},
	{"ENGVAL1", repeated(1000, 2), func(x []float64, add func(pair)) {
		for i := range len(x) - 1 {
			add(square(1, i, i+1, x[i]*x[i]+x[i+1]*x[i+1], 2*x[i], 2*x[i+1], 2, 0, 2))
			add(only(i, 3-4*x[i], -4, 0))
		}
	}, 1108.19469},
	{"COSINE", repeated(1000, 1), func(x []float64, add func(pair)) {
		for i := range len(x) - 1 {
			sin, cos := math.Sincos(x[i]*x[i] - x[i+1]/2)
			add(pair{i, i + 1, cos, -2 * x[i] * sin, sin / 2,
				-2*sin - 4*x[i]*x[i]*cos, x[i] * cos, -cos / 4})
		}
	}, math.NaN()},
	{"DQRTIC", repeated(1000, 2), func(x []float64, add func(pair)) {
		for i := range x {
			add(pow4(1, i, i, 1, 0, x[i]-float64(i+1)))
		}
	}, 0},
}
