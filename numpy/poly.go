package numpy

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

// PolyInt returns the m-th integral of a polynomial, whose constants are 0.
func PolyInt(p Array, m int) Array {
	n := terms("PolyInt", p)
	if m < 0 {
		fail("PolyInt: integral %d", m)
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
