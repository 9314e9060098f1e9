package numpy

import "math"

// Reductions that leave NaN out.

// present returns x with NaN replaced, and where it was not NaN.
func present(x Array, instead float64) (y, there Array) {
	there = presentOp.apply1(nil, x)
	return Where(there, x, Scalar(instead)), there
}

// NanSum is [Sum] of the elements that are not NaN.
func NanSum(x Array, opts ...ReduceOption) Array {
	y, _ := present(x, 0)
	return Sum(y, opts...)
}

// NanProd is [Prod] of the elements that are not NaN.
func NanProd(x Array, opts ...ReduceOption) Array {
	y, _ := present(x, 1)
	return Prod(y, opts...)
}

// NanMean is [Mean] of the elements that are not NaN, NaN if all are.
func NanMean(x Array, opts ...ReduceOption) Array {
	y, there := present(x, 0)
	return Div(Sum(y, opts...), Sum(there, opts...))
}

// NanVar is [Var] of the elements that are not NaN.
func NanVar(x Array, opts ...ReduceOption) Array {
	d, n := nanDeviation("NanVar", x, opts)
	if d.IsComplex() {
		d = Real(Mul(d, Conj(d)))
	} else {
		d = Square(d)
	}
	return Div(Sum(d, opts...), n)
}

// NanStd is [Std] of the elements that are not NaN.
func NanStd(x Array, opts ...ReduceOption) Array {
	r := newReduction("NanStd", x, opts)
	d, n := nanDeviation("NanStd", x, opts)
	norm := norm2Op.apply1(nil, r.lines(d))
	return Div(Reshape(norm, r.shape...), Sqrt(n))
}

// nanDeviation returns x less its mean, 0 for NaN, and the divisors of the
// variance.
func nanDeviation(name string, x Array, opts []ReduceOption) (d, n Array) {
	r := newReduction(name, x, opts)
	y, there := present(x, 0)
	mean := Div(SumTo(y, r.kept...), SumTo(there, r.kept...))
	return Where(there, Sub(y, mean), Array{}), Sum(there, opts...).AddConst(-float64(r.ddof))
}

// NanMax is [Max] of the elements that are not NaN, NaN if all are.
func NanMax(x Array, opts ...ReduceOption) Array {
	y, there := present(x, math.Inf(-1))
	return Where(Any(there, opts...), Max(y, opts...), Scalar(math.NaN()))
}

// NanMin is [Min] of the elements that are not NaN, NaN if all are.
func NanMin(x Array, opts ...ReduceOption) Array { return NanMax(x.Neg(), opts...).Neg() }

// NanCumSum is [CumSum] with NaN taken for 0.
func NanCumSum(x Array, opts ...ReduceOption) Array {
	y, _ := present(x, 0)
	return CumSum(y, opts...)
}

// NanCumProd is [CumProd] with NaN taken for 1.
func NanCumProd(x Array, opts ...ReduceOption) Array {
	y, _ := present(x, 1)
	return CumProd(y, opts...)
}

// NanArgMax is [ArgMax] of the elements that are not NaN, 0 if all are.
func NanArgMax(x Array, opts ...ReduceOption) Array {
	y, _ := present(x, math.Inf(-1))
	return ArgMax(y, opts...)
}

// NanArgMin is [ArgMin] of the elements that are not NaN, 0 if all are.
func NanArgMin(x Array, opts ...ReduceOption) Array { return NanArgMax(x.Neg(), opts...) }
