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
	r := newReduction("NanSum", x, opts)
	y, _ := present(x, 0)
	return r.sum(y)
}

// NanProd is [Prod] of the elements that are not NaN.
func NanProd(x Array, opts ...ReduceOption) Array {
	r := newReduction("NanProd", x, opts)
	y, _ := present(x, 1)
	return Reshape(prodOp.apply1(nil, r.lines(y)), r.shape...)
}

// NanMean is [Mean] of the elements that are not NaN, NaN if all are.
func NanMean(x Array, opts ...ReduceOption) Array {
	r := newReduction("NanMean", x, opts)
	y, there := present(x, 0)
	return Div(r.sum(y), r.sum(there))
}

// NanVar is [Var] of the elements that are not NaN, NaN if there are no more of
// them than [DDof] says.
func NanVar(x Array, opts ...ReduceOption) Array {
	r := newReduction("NanVar", x, opts)
	d, n := r.nanDeviation(x)
	if d.IsComplex() {
		d = Real(Mul(d, Conj(d)))
	} else {
		d = Square(d)
	}
	return Div(r.sum(d), n)
}

// NanStd is [Std] of the elements that are not NaN; see [NanVar].
func NanStd(x Array, opts ...ReduceOption) Array {
	r := newReduction("NanStd", x, opts)
	d, n := r.nanDeviation(x)
	norm := norm2Op.apply1(nil, r.lines(d))
	return Div(Reshape(norm, r.shape...), Sqrt(n))
}

// sum returns the sums of the elements of x.
func (r *reduction) sum(x Array) Array { return Reshape(SumTo(x, r.kept...), r.shape...) }

// nanDeviation returns x less its mean, 0 for NaN, and the divisors of the
// variance.
func (r *reduction) nanDeviation(x Array) (d, n Array) {
	y, there := present(x, 0)
	mean := Div(SumTo(y, r.kept...), SumTo(there, r.kept...))
	n = r.sum(there).AddConst(-float64(r.ddof))
	return Where(there, Sub(y, mean), Array{}), Where(Greater(n, Array{}), n, Scalar(math.NaN()))
}

// NanMax is [Max] of the elements that are not NaN, NaN if all are.
func NanMax(x Array, opts ...ReduceOption) Array { return nanMax("NanMax", x, opts) }

func nanMax(name string, x Array, opts []ReduceOption) Array {
	y, there := present(x, math.Inf(-1))
	top := extreme(name, y, takeMax, opts)
	return Where(Any(there, opts...), top, Scalar(math.NaN()))
}

// NanMin is [Min] of the elements that are not NaN, NaN if all are.
func NanMin(x Array, opts ...ReduceOption) Array { return nanMax("NanMin", x.Neg(), opts).Neg() }

// NanCumSum is [CumSum] with NaN taken for 0.
func NanCumSum(x Array, opts ...ReduceOption) Array {
	r := oneAxis("NanCumSum", x, opts, false)
	y, _ := present(x, 0)
	return r.back(cumSumOp.apply1(false, r.lines(y)), y, r.count)
}

// NanCumProd is [CumProd] with NaN taken for 1.
func NanCumProd(x Array, opts ...ReduceOption) Array {
	r := oneAxis("NanCumProd", x, opts, false)
	y, _ := present(x, 1)
	return r.back(cumProdOp.Apply(nil, r.lines(y)), y, r.count)
}

// NanArgMax is [ArgMax] of the elements that are not NaN, 0 if all are.
func NanArgMax(x Array, opts ...ReduceOption) Array {
	return nanArgMax("NanArgMax", x, opts)
}

// NanArgMin is [ArgMin] of the elements that are not NaN, 0 if all are.
func NanArgMin(x Array, opts ...ReduceOption) Array { return nanArgMax("NanArgMin", x.Neg(), opts) }

func nanArgMax(name string, x Array, opts []ReduceOption) Array {
	y, _ := present(x, math.Inf(-1))
	return argMax(name, y, opts)
}
