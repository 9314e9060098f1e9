package numpy

import "slices"

// Polynomials, by their coefficients, the highest power first.

// PolyAdd returns the sum of two polynomials.
func PolyAdd(p, q Array) Array {
	p, q = sameLength("PolyAdd", p, q)
	return Add(p, q)
}

// PolySub returns the difference of two polynomials.
func PolySub(p, q Array) Array {
	p, q = sameLength("PolySub", p, q)
	return Sub(p, q)
}

// sameLength returns the polynomials with zeros before the shorter one.
func sameLength(name string, p, q Array) (_, _ Array) {
	n := max(terms(name, p), terms(name, q))
	pad := func(p Array) Array {
		if p.Size() == n {
			return p
		}
		return Reshape(place(Reshape(p, 1, -1), n-p.Size(), n), n)
	}
	return pad(p), pad(q)
}

// terms returns the number of coefficients of p.
func terms(name string, p Array) int {
	if p.NDim() != 1 {
		fail("%s: coefficients of shape %s, want a vector", name, shapeString(p.Shape()))
	}
	return p.Size()
}

// PolyMul returns the product of two polynomials. It panics with an [Error] if
// one has no coefficients.
func PolyMul(p, q Array) Array {
	checkVectors("PolyMul", p, q)
	return Convolve(p, q, ConvolveFull)
}

// PolyDiv returns the quotient and the remainder of two polynomials. The
// remainder has as many coefficients as v less one, or those of u if these are
// fewer. The first coefficient of v must not be 0. It panics with an [Error] if
// a polynomial has no coefficients.
func PolyDiv(u, v Array) (quo, rem Array) {
	checkVectors("PolyDiv", u, v)
	m, n := u.Size(), v.Size()
	if m < n {
		if quo = Zeros(1); u.IsComplex() || v.IsComplex() {
			quo, u = AsComplex(quo), AsComplex(u)
		}
		return quo, u
	}
	parts := make([]Array, m-n+1)
	for k := range parts {
		d := Div(u.At(0), v.At(0))
		parts[k] = d
		u = u.Index(From(1))
		u = Sub(u, Reshape(place(Reshape(Mul(v.Index(From(1)), d), 1, n-1), 0, u.Size()), u.Size()))
	}
	if u.Size() == 0 {
		u = Mul(parts[0], Scalar(0))
	}
	return HStack(parts...), AtLeast1D(u)
}

// Poly returns the polynomial with the given roots and a first coefficient of 1.
// That of complex roots has complex coefficients, also if they are conjugate.
func Poly(roots Array) Array {
	terms("Poly", roots)
	p := Ones(1)
	for i := range roots.Size() {
		p = Sub(HStack(p, Scalar(0)), Mul(HStack(Scalar(0), p), roots.At(i)))
	}
	return p
}

// PolyDer returns the m-th derivative of a polynomial.
func PolyDer(p Array, m int) Array {
	n := terms("PolyDer", p)
	if m < 0 {
		fail("PolyDer: derivative %d", m)
	}
	factor := make([]float64, max(0, n-m))
	for i := range factor {
		factor[i] = 1
		for k := range m {
			factor[i] *= float64(n - 1 - i - k)
		}
	}
	return Mul(p.Index(To(len(factor))), Wrap(factor))
}

// PolyInt returns the m-th integral of a polynomial, whose constants are 0 or
// those that are given: one for each integral, the first one first, or a single
// one for all.
func PolyInt(p Array, m int, constants ...Array) Array {
	n := terms("PolyInt", p)
	if m < 0 {
		fail("PolyInt: integral %d", m)
	}
	if len(constants) > 0 {
		if len(constants) == 1 && m > 1 {
			constants = slices.Repeat(constants, m)
		}
		if len(constants) != m {
			fail("PolyInt: %d constants for %d integrals", len(constants), m)
		}
		for _, k := range constants {
			p = HStack(PolyInt(p, 1).Index(To(-1)), k)
		}
		return p
	}
	factor := make([]float64, n)
	for i := range factor {
		factor[i] = 1
		for k := range m {
			factor[i] /= float64(n - i + k)
		}
	}
	y := Mul(p, Wrap(factor))
	return Reshape(place(Reshape(y, 1, n), 0, n+m), n+m)
}

// Polyval returns the polynomial with the coefficients p, the highest power
// first, at x.
func Polyval(p, x Array) Array {
	n := terms("Polyval", p)
	y := x.Scale(0)
	for i := range n {
		y = Add(Mul(y, x), p.At(i))
	}
	return y
}
