package dual

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Gradient puts the gradient of f at x into dst and returns it. A nil dst is
// allocated, otherwise nothing is. It calls f ⌈n/3⌉ times for n variables, so
// that reverse mode wins for more than some dozens of them. It panics with an
// [Error] if the lengths of dst and x differ. f must not keep its argument.
func Gradient(dst []float64, f func([]Number3) Number3, x []float64) []float64 {
	_, dst = valueAndGradient("Gradient", dst, f, x)
	return dst
}

// ValueAndGradient is [Gradient] that returns the value of f too.
func ValueAndGradient(dst []float64, f func([]Number3) Number3, x []float64) (y float64, grad []float64) {
	return valueAndGradient("ValueAndGradient", dst, f, x)
}

func valueAndGradient(name string, dst []float64, f func([]Number3) Number3, x []float64) (float64, []float64) {
	checkFunc(name, f == nil)
	if dst == nil {
		dst = make([]float64, len(x))
	}
	checkLen(name, "dst", len(dst), "x", len(x))
	w := numbers3.get(len(x))
	defer numbers3.put(w)
	constants(w.x, x, func(x float64) Number3 { return Number3{V: x} })
	if checking {
		z := f(w.x)
		checkLeak(name, z.D1, z.D2, z.D3)
	}
	if len(x) == 0 {
		return f(w.x).V, dst
	}
	// dst may be x itself: elements of x are read before theirs of dst is
	// written, since a pass needs only the workspace.
	y := math.NaN()
	for i := 0; i < len(x); i += 3 {
		seed3(w.x, i, 1)
		z := f(w.x)
		seed3(w.x, i, 0)
		y = z.V
		dst[i] = z.D1
		if i+1 < len(x) {
			dst[i+1] = z.D2
		}
		if i+2 < len(x) {
			dst[i+2] = z.D3
		}
	}
	return y, dst
}

// seed3 gives x[i], x[i+1] and x[i+2], as far as there are such, the tangent t
// in a direction of their own.
func seed3(x []Number3, i int, t float64) {
	x[i].D1 = t
	if i+1 < len(x) {
		x[i+1].D2 = t
	}
	if i+2 < len(x) {
		x[i+2].D3 = t
	}
}

// Hessian puts the matrix of second derivatives of f at x into dst and returns
// it. A nil dst is allocated and an empty one is given its size, otherwise
// nothing is allocated. It calls f n(n+1)/2 times for n variables, which is
// right for some dozens of them. It panics with an [Error] if dst has another
// size. f must not keep its argument.
func Hessian(dst *mat.SymDense, f func([]Hyper) Hyper, x []float64) *mat.SymDense {
	checkFunc("Hessian", f == nil)
	n := len(x)
	if dst == nil {
		dst = new(mat.SymDense)
	}
	if n == 0 && dst.IsEmpty() {
		return dst
	}
	if dst.IsEmpty() {
		dst.ReuseAsSym(n)
	} else if r := dst.SymmetricDim(); r != n {
		fail("Hessian: dst is %d×%d, want len(x) = %d", r, r, n)
	}
	w := hypers.get(n)
	defer hypers.put(w)
	constants(w.x, x, func(x float64) Hyper { return Hyper{V: x} })
	if checking {
		z := f(w.x)
		checkLeak("Hessian", z.D1, z.D2, z.D12)
	}
	for i := range w.x {
		w.x[i].D1 = 1
		for j := i; j < n; j++ {
			w.x[j].D2 = 1
			dst.SetSym(i, j, f(w.x).D12)
			w.x[j].D2 = 0
		}
		w.x[i].D1 = 0
	}
	return dst
}
