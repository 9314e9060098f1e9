package jet

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// revertStep takes Σ x[i]·z^i = s, i from 1, for coefficient k of z, a series in
// s without constant term. Row i-1 of q, of len(z) elements, holds z^i. All terms
// but x[1]·z[k] have only the coefficients of z below k.
func revertStep[T dual.Real[T]](z, x, q []T, k int) {
	n, head := len(z), zero[T]()
	if k == 1 {
		head = head.AddConst(-1)
	}
	for i := 2; i <= k; i++ {
		q[(i-1)*n+k] = conv(z, q[(i-2)*n:(i-1)*n], k, 1, k-i+1)
		if !isZero(q[(i-1)*n+k]) {
			head = head.Add(q[(i-1)*n+k].Mul(x[i]))
		}
	}
	z[k] = ratio(head, x[1].Neg())
	q[k] = z[k]
}

// whole returns x and fails if its coefficients are not known yet, because
// operations on it are recorded.
func (x Nested[T]) whole(name string) Nested[T] {
	if len(x.c) > 1 && x.recording() {
		fail("%s: the series is the unknown solution of a differential equation", name)
	}
	return x
}

// Eval returns the sum of the known terms of x at t: the value at t of the
// function that x is the series of, but for O(t^(k+1)) with k the known order.
// Horner's rule.
func (x Nested[T]) Eval(t T) T {
	x.whole("Eval")
	if isZero(t) {
		return x.head()
	}
	k := max(x.KnownOrder(), 0)
	head := at(x.c, k)
	for k--; k >= 0; k-- {
		head = head.Mul(t).Add(x.c[k])
	}
	return head
}

// Compose returns f(y), where x is the series of f at the value y₀ of y:
// Σ x.Coeff(k)·(y-y₀)^k. For a y that starts at 0 this is the composition of two
// series in t. It costs K³/6 multiplications.
func (x Nested[T]) Compose(y Nested[T]) Nested[T] {
	x, y = x.lift(), y.lift()
	w, n := x.join(y)
	z := w.sized(n, x.c[0])
	switch {
	case len(x.c) == 1 || !isNaN(y.c[0]) && y.flat():
		return z.fill(1, zero[T]())
	case isNaN(y.c[0]):
		return z.fill(0, y.c[0])
	}
	m := w.mark()
	q := w.alloc(n * (n - 1))
	w.apply(&nestedOp[T]{code: opCompose, z: z.c, x: y.c, u: x.c, v: q})
	w.release(m)
	return z
}

// Revert returns the inverse function of x: with s = x - x.Coeff(0) it is t as a
// series in s, of value 0, so that x.Compose(x.Revert()) is x.Coeff(0) + s, and
// x.Revert().Compose(x) is t. Where x.Coeff(1) is 0 there is no such series, and
// all its coefficients but the value are NaN; for a constant x, so is the value.
//
// The coefficients follow one by one from Σ x.Coeff(i)·t^i = s, which takes K³/6
// multiplications, half as many as Lagrange's formula.
func (x Nested[T]) Revert() Nested[T] {
	x = x.whole("Revert").lift()
	n := len(x.c)
	z := x.w.sized(n, zero[T]())
	if n == 1 || x.c[1].Value() == 0 {
		return z.fill(min(n-1, 1), x.c[0].Const(math.NaN()))
	}
	m := x.w.mark()
	q := x.w.alloc(n * (n - 1))
	for k := 1; k < n; k++ {
		revertStep(z.c, x.c, q, k)
	}
	x.w.release(m)
	return z
}

// Dilate returns x(ρt): coefficient k times ρ^k. With ρ near the radius of
// convergence the coefficients keep about one size up to the highest orders,
// where they would overflow or underflow otherwise.
func (x Nested[T]) Dilate(rho float64) Nested[T] {
	x = x.whole("Dilate").lift()
	z := x.w.sized(len(x.c), x.c[0])
	for k := 1; k < len(z.c); k++ {
		if z.c[k] = zero[T](); rho != 0 && !isZero(x.c[k]) {
			// In two factors, for ρ^k alone may overflow.
			z.c[k] = x.c[k].Scale(math.Pow(rho, float64(k/2))).Scale(math.Pow(rho, float64(k-k/2)))
		}
	}
	return z
}

// Truncate returns x up to the given order, and x itself if its order is not
// higher. What is left at order 0 is a constant. It panics with an [Error] if
// order is negative.
func (x Nested[T]) Truncate(order int) Nested[T] {
	checkOrder("Truncate", order)
	if order >= x.Order() {
		return x
	}
	return Nested[T]{x.c[: order+1 : order+1], x.w}
}
