package jet

import "math"

// Radius returns an estimate of the radius of convergence of x, the distance
// from t = 0 to the next singularity of the function in the complex plane. A
// step of an ODE solver or a rescaling by [Jet.Dilate] may take it; it is no
// bound.
//
// Ratios of successive coefficients are plotted against 1/k and extrapolated to
// 0: c[k]/c[k-1] itself where its sign does not change, as with one singularity on
// the real axis (Domb and Sykes, Proc. R. Soc. A 240, 1957), and
// √((c[k+1]c[k-1]-c[k]²)/(c[k]c[k-2]-c[k-1]²)) for a pair of complex ones (Mercer and
// Roberts, SIAM J. Appl. Math. 50, 1990). A series in t², as of an even or odd
// function, or in a higher power, is first written as one in that power. Where
// neither applies, or with less than 4 coefficients, the last coefficients give the root |c[k]|^(-1/k) (Jorba and
// Zou, Exp. Math. 14, 2005, §3.2).
//
// Special cases are:
//
//	Radius = +Inf for a polynomial, whose coefficients end in more zeros than
//	there are between others
//	Radius = +Inf where the ratios extrapolate to 0, as for exp, sin, cos
//	Radius = NaN if the value, or all but one coefficient, is unknown or 0
func (x Jet[F]) Radius() float64 {
	c := x.lift().c[:max(x.KnownOrder()+1, 0)]
	// The terms that are not 0 are t^(first+step·i) for some i.
	first, last, step, gap := -1, -1, 0, 0
	for k, v := range c {
		if v == 0 {
			continue
		}
		if first < 0 {
			// An odd function of order 2 must not pass for a polynomial.
			first, gap = k, min(k, 1)
		} else {
			step, gap = gcd(step, k-last), max(gap, k-last-1)
		}
		last = k
	}
	switch {
	case len(c) > 0 && (len(x.c) <= 1 || len(c)-1-last > gap):
		return math.Inf(1)
	case step == 0:
		return math.NaN()
	}
	var d []float64
	for k := first; k <= last; k += step {
		d = append(d, float64(c[k]))
	}
	return math.Pow(radius(d, first/step), 1/float64(step))
}

// radius is Radius for the coefficients c[k] of t^(k+lead), of which the first
// and the last are not 0.
func radius(c []float64, lead int) float64 {
	root := func(k int) float64 { return math.Pow(math.Abs(c[0]/c[k]), 1/float64(k)) }
	n := len(c) - 1
	if n < 3 {
		return root(n)
	}
	// Domb and Sykes, in the last half.
	lo := max(len(c)/2, 1)
	steady := true
	ratio := make([]float64, len(c))
	for k := n; k >= lo; k-- {
		ratio[k] = c[k] / c[k-1]
		steady = steady && ratio[k]*ratio[n] > 0
	}
	if steady {
		if r, ok := reciprocal(ratio[lo:], lo+lead); ok {
			return r
		}
	}
	// Mercer and Roberts.
	var b []float64
	for k := n - 1; k >= max(lo, 2); k-- {
		q := (c[k+1]*c[k-1] - c[k]*c[k]) / (c[k]*c[k-2] - c[k-1]*c[k-1])
		if !(q > 0) || math.IsInf(q, 0) {
			break
		}
		b = append([]float64{math.Sqrt(q)}, b...)
	}
	if len(b) >= max(3, len(c)/4) {
		if r, ok := reciprocal(b, n-len(b)+lead); ok {
			return r
		}
	}
	return min(root(n), root(n-1))
}

// reciprocal returns 1/|r|, where r is the value at 1/k = 0 of the line through
// the points (1/k, y) for k from lo on, by least squares. It returns +Inf if r
// differs from 0 by no more than the scatter of the points or has the opposite
// sign of the y, and fails if the points do not lie on a line.
func reciprocal(y []float64, lo int) (r float64, ok bool) {
	n := float64(len(y))
	var sx, sy, sxx, sxy float64
	for i, v := range y {
		u := 1 / float64(lo+i)
		sx, sy = sx+u, sy+v
		sxx, sxy = sxx+u*u, sxy+u*v
	}
	slope := (n*sxy - sx*sy) / (n*sxx - sx*sx)
	if len(y) < 3 {
		slope = 0
	}
	at := (sy - slope*sx) / n
	var scatter, size float64
	for i, v := range y {
		scatter = max(scatter, math.Abs(v-at-slope/float64(lo+i)))
		size = max(size, math.Abs(v))
	}
	switch {
	case !(scatter <= 0.1*size):
		return 0, false
	case at*y[0] <= 0 || math.Abs(at) <= scatter+1e-10*size:
		return math.Inf(1), true
	}
	return 1 / math.Abs(at), true
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
