package problems

import (
	"math"
	"slices"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
	"github.com/dualjet/dualjet/reverse"
)

// A Nesting says by which modes a function is differentiated that has a gradient
// inside: the first letter is of the outer mode, forward or reverse, the second of
// the inner.
type Nesting int

// The four of GradBench.
const (
	FF Nesting = iota
	FR
	RF
	RR
)

// String returns GradBench's name of n.
func (n Nesting) String() string {
	if n < FF || n > RR {
		fail("Nesting: %d, want FF, FR, RF or RR", int(n))
	}
	return []string{"ff", "fr", "rf", "rr"}[n]
}

// An Inner puts the gradient by x of a function of x and c into dst, which has the
// length of x, and returns it. The outer mode differentiates it by both. It
// belongs to one goroutine.
type Inner[T dual.Real[T]] func(dst, x, c []T) []T

// InnerForward differentiates f by forward mode inside any other: what is outside
// enters lifted, and so cannot be taken for what is inside.
func InnerForward[T dual.Real[T]](f func(x, c []dual.Nested[T]) dual.Nested[T]) Inner[T] {
	var lifted []dual.Nested[T]
	inside := func(x []dual.Nested[T]) dual.Nested[T] { return f(x, lifted) }
	return func(dst, x, c []T) []T {
		lifted = lifted[:0]
		for _, v := range c {
			lifted = append(lifted, dual.Lift(v))
		}
		return dual.NestedGradient(dst, inside, x)
	}
}

// recorded is a function of n variables x and any number of c that is recorded
// once. At each point the program yields its gradient and products with its
// Hessian.
type recorded struct {
	f       *mixed.Func
	n       int
	z, v, g []float64 // x and c, a direction, a gradient
}

func record(n int, f func(x, c []mixed.Var) mixed.Var) *recorded {
	return &recorded{n: n, f: mixed.NewFunc(func(z []mixed.Var) mixed.Var { return f(z[:n:n], z[n:]) })}
}

// resize makes room for a point with m numbers.
func (r *recorded) resize(m int) {
	r.z, r.v, r.g = slices.Grow(r.z[:0], m)[:m], slices.Grow(r.v[:0], m)[:m], slices.Grow(r.g[:0], m)[:m]
}

// InnerReverseFloat differentiates f, of n variables x, by reverse mode with
// nothing outside.
func InnerReverseFloat(n int, f func(x, c []mixed.Var) mixed.Var) Inner[dual.Float] {
	r := record(n, f)
	return func(dst, x, c []dual.Float) []dual.Float {
		r.resize(n + len(c))
		for i := range r.z {
			r.z[i] = float64(pick(x, c, i))
		}
		p := r.f.At(r.z)
		defer p.Close()
		p.Gradient(r.g)
		for i := range dst {
			dst[i] = dual.Float(r.g[i])
		}
		return dst
	}
}

// InnerReverse differentiates f, of n variables x, by reverse mode inside forward
// mode: the tangent of a gradient is a product with the Hessian.
func InnerReverse(n int, f func(x, c []mixed.Var) mixed.Var) Inner[dual.Number64] {
	r := record(n, f)
	var hv []float64
	return func(dst, x, c []dual.Number64) []dual.Number64 {
		r.resize(n + len(c))
		hv = slices.Grow(hv[:0], len(r.z))[:len(r.z)]
		for i := range r.z {
			t := pick(x, c, i)
			r.z[i], r.v[i] = t.V, t.D
		}
		p := r.f.At(r.z)
		defer p.Close()
		p.Gradient(r.g)
		p.HVP(hv, r.v)
		for i := range dst {
			dst[i] = dual.Number64{V: r.g[i], D: hv[i]}
		}
		return dst
	}
}

// InnerReverseVar differentiates f, of n variables x, by reverse mode inside
// reverse mode: the gradient is a statement on the outer tape, and its adjoint a
// product with the Hessian.
func InnerReverseVar(n int, f func(x, c []mixed.Var) mixed.Var) Inner[reverse.Var] {
	r := record(n, f)
	value := func(z []float64) []float64 {
		p := r.f.At(z)
		defer p.Close()
		return p.Gradient(nil)[:n]
	}
	vjp := func(z, _, w []reverse.Var) []reverse.Var {
		r.resize(len(z))
		clear(r.v)
		for i, v := range z {
			r.z[i] = v.Value()
		}
		for i, v := range w {
			r.v[i] = v.Value()
		}
		p := r.f.At(r.z)
		defer p.Close()
		p.HVP(r.g, r.v)
		bar := make([]reverse.Var, len(z))
		for i := range bar {
			bar[i] = bar[i].Const(r.g[i])
		}
		return bar
	}
	return func(dst, x, c []reverse.Var) []reverse.Var {
		z := append(append(make([]reverse.Var, 0, n+len(c)), x...), c...)
		copy(dst, reverse.Custom(z, value, vjp))
		return dst
	}
}

// pick returns element i of x followed by c.
func pick[T any](x, c []T, i int) T {
	if i < len(x) {
		return x[i]
	}
	return c[i-len(x)]
}

// A Nested is a function with a gradient inside, differentiated by a [Nesting].
type Nested struct {
	float   func(x []dual.Float) dual.Float
	forward func(x []dual.Number64) dual.Number64 // or nil
	reverse func(x []reverse.Var) reverse.Var
}

// Value returns the function at x.
func (f *Nested) Value(x []float64) float64 {
	y := make([]dual.Float, len(x))
	for i, v := range x {
		y[i] = dual.Float(v)
	}
	return float64(f.float(y))
}

// Gradient puts the gradient at x, by the outer mode, into dst and returns it. A
// nil dst is allocated.
func (f *Nested) Gradient(dst, x []float64) []float64 {
	if f.forward == nil {
		return reverse.Gradient(dst, f.reverse, x)
	}
	dst = destination("Nested.Gradient", dst, len(x))
	v := make([]float64, len(x))
	for i := range x {
		v[i] = 1
		_, dst[i] = dual.Directional(f.forward, x, v)
		v[i] = 0
	}
	return dst
}

// Minimize returns a minimum near x, found by GradBench's gradient descent.
func (f *Nested) Minimize(x []float64) []float64 {
	y := make([]dual.Float, len(x))
	for i, v := range x {
		y[i] = dual.Float(v)
	}
	grad := make([]float64, len(x))
	y = descend(f.float, func(dst, y []dual.Float) {
		z := make([]float64, len(y))
		for i, v := range y {
			z[i] = float64(v)
		}
		for i, v := range f.Gradient(grad, z) {
			dst[i] = dual.Float(v)
		}
	}, y)
	z := make([]float64, len(y))
	for i, v := range y {
		z[i] = float64(v)
	}
	return z
}

// descendLimit bounds the steps of descend, which are endless where the function
// has no minimum or is NaN.
const descendLimit = 100_000

// descend is GradBench's gradient descent. The step is doubled after ten that went
// down and halved after one that did not. Decisions look at values only, so that
// the result can be differentiated.
func descend[T dual.Real[T]](f func(x []T) T, gradient func(dst, x []T), x []T) []T {
	x = slices.Clone(x)
	g, next := make([]T, len(x)), make([]T, len(x))
	y := f(x)
	gradient(g, x)
	eta, down := 1e-5, 0
	for range descendLimit {
		size, dist := 0.0, 0.0
		for i, v := range g {
			size = math.Hypot(size, v.Value())
			next[i] = x[i].Sub(v.Scale(eta))
			dist = math.Hypot(dist, x[i].Value()-next[i].Value())
		}
		if size <= 1e-5 {
			break
		}
		if down == 10 {
			eta, down = 2*eta, 0
			continue
		}
		if dist <= 1e-5 {
			break
		}
		if z := f(next); z.Value() < y.Value() {
			copy(x, next)
			y = z
			gradient(g, x)
			down++
		} else {
			eta, down = eta/2, 0
		}
	}
	return x
}
