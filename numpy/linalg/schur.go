package linalg

import (
	"math"
	"math/cmplx"
)

// schur returns the Schur decomposition q·t·qᴴ of a: t is upper triangular
// with the eigenvalues on the diagonal, q is unitary. It reports whether a is
// finite and the iteration converged.
func schur(a []complex128, n int) (t, q []complex128, ok bool) {
	t = append([]complex128{}, a...)
	q = make([]complex128, n*n)
	for i := range n {
		q[i*n+i] = 1
	}
	if !finite(a) {
		return t, q, false
	}
	hessenberg(t, q, n)
	// A QR iteration with the shift of Wilkinson, explicit.
	hi, iter := n-1, 0
	rot := make([][2]complex128, n)
	for hi > 0 {
		l := hi
		for ; l > 0; l-- {
			s := cmplx.Abs(t[l*n+l]) + cmplx.Abs(t[(l-1)*n+l-1])
			if s == 0 {
				s = 1
			}
			if cmplx.Abs(t[l*n+l-1]) <= 0x1p-53*s {
				t[l*n+l-1] = 0
				break
			}
		}
		if l == hi {
			hi--
			iter = 0
			continue
		}
		if iter++; iter > 100 {
			return t, q, false
		}
		mu := wilkinson(t[(hi-1)*n+hi-1], t[(hi-1)*n+hi], t[hi*n+hi-1], t[hi*n+hi])
		if iter%10 == 0 {
			mu = t[hi*n+hi] + complex(cmplx.Abs(t[hi*n+hi-1]), 0)
		}
		for i := l; i <= hi; i++ {
			t[i*n+i] -= mu
		}
		for k := l; k < hi; k++ {
			x, y := t[k*n+k], t[(k+1)*n+k]
			r := math.Hypot(cmplx.Abs(x), cmplx.Abs(y))
			c, s := complex128(1), complex128(0)
			if r > 0 {
				c, s = x/complex(r, 0), y/complex(r, 0)
			}
			rot[k] = [2]complex128{c, s}
			for j := k; j < n; j++ {
				x, y := t[k*n+j], t[(k+1)*n+j]
				t[k*n+j], t[(k+1)*n+j] = cmplx.Conj(c)*x+cmplx.Conj(s)*y, c*y-s*x
			}
		}
		for k := l; k < hi; k++ {
			c, s := rot[k][0], rot[k][1]
			columns := func(m []complex128, rows int) {
				for i := range rows {
					x, y := m[i*n+k], m[i*n+k+1]
					m[i*n+k], m[i*n+k+1] = c*x+s*y, cmplx.Conj(c)*y-cmplx.Conj(s)*x
				}
			}
			columns(t, k+2)
			columns(q, n)
		}
		for i := l; i <= hi; i++ {
			t[i*n+i] += mu
		}
	}
	for i := range n {
		clear(t[i*n : i*n+i])
	}
	return t, q, true
}

// wilkinson returns the eigenvalue of [[a, b], [c, d]] that is closer to d.
func wilkinson(a, b, c, d complex128) complex128 {
	p := (a - d) / 2
	r := cmplx.Sqrt(p*p + b*c)
	if real(p)*real(r)+imag(p)*imag(r) < 0 {
		r = -r
	}
	if p+r == 0 {
		return d
	}
	return d - b*c/(p+r)
}

// hessenberg replaces t by qᴴ·t·q with zeros below the first subdiagonal.
func hessenberg(t, q []complex128, n int) {
	v := make([]complex128, n)
	for k := 0; k+2 < n; k++ {
		norm := 0.0
		for i := k + 1; i < n; i++ {
			norm = math.Hypot(norm, cmplx.Abs(t[i*n+k]))
		}
		if norm == 0 {
			continue
		}
		// v is the direction of the reflection that maps the column to a
		// multiple of the first unit vector.
		f := complex128(1)
		if x := t[(k+1)*n+k]; x != 0 {
			f = x / complex(cmplx.Abs(x), 0)
		}
		clear(v)
		for i := k + 1; i < n; i++ {
			v[i] = t[i*n+k] / complex(norm, 0)
		}
		v[k+1] += f
		vv := 0.0
		for _, x := range v {
			vv += real(x)*real(x) + imag(x)*imag(x)
		}
		tau := complex(2/vv, 0)
		for j := range n {
			s := complex128(0)
			for i := k + 1; i < n; i++ {
				s += cmplx.Conj(v[i]) * t[i*n+j]
			}
			for i := k + 1; i < n; i++ {
				t[i*n+j] -= tau * s * v[i]
			}
		}
		for _, m := range [][]complex128{t, q} {
			for i := range n {
				s := complex128(0)
				for j := k + 1; j < n; j++ {
					s += m[i*n+j] * v[j]
				}
				for j := k + 1; j < n; j++ {
					m[i*n+j] -= tau * s * cmplx.Conj(v[j])
				}
			}
		}
		for i := k + 2; i < n; i++ {
			t[i*n+k] = 0
		}
	}
}

// back returns q·t·qᴴ.
func back(t, q []complex128, n int) []complex128 {
	x, y := make([]complex128, n*n), make([]complex128, n*n)
	multiply(x, q, t, n, n, n)
	multiply(y, x, adjoint(q, n, n), n, n, n)
	return y
}
