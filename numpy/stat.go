package numpy

import (
	"math"
	"slices"
)

// Covariances and counts.

// Cov returns the matrix of covariances of the variables that are the rows of
// x, with an observation in each column; a vector is one variable, and the
// result a scalar. Sums are divided by the number of observations less 1, or
// less what [DDof] says.
func Cov(x Array, opts ...ReduceOption) Array {
	ddof := 1
	for _, o := range opts {
		if o.axes != nil || o.keep {
			fail("Cov: an option other than DDof")
		}
		ddof = o.ddof
	}
	return cov("Cov", x, float64(ddof))
}

func cov(name string, x Array, ddof float64) Array {
	if x.NDim() < 1 || x.NDim() > 2 {
		fail("%s: shape %s, want a matrix with a variable in each row", name, shapeString(x.Shape()))
	}
	if x.NDim() == 1 {
		return Reshape(cov(name, Reshape(x, 1, -1), ddof))
	}
	d := Sub(x, Mean(x, Axis(1), KeepDims))
	return MatMul(d, Conj(Transpose(d))).Scale(1 / (float64(x.Shape()[1]) - ddof))
}

// CorrCoef returns the matrix of correlation coefficients of the variables that
// are the rows of x; see [Cov].
func CorrCoef(x Array) Array {
	c := cov("CorrCoef", x, 1)
	if c.NDim() == 0 {
		return Div(c, c)
	}
	sd := Sqrt(Real(Diagonal(c, 0)))
	return Div(Div(c, Reshape(sd, -1, 1)), sd)
}

// BinCount returns for each of the numbers 0, 1, … how often it is in x, or,
// more generally, the sum of the weights that stand there, which broadcast to
// the shape of x: Scalar(1) to count. There are as many results as the largest
// number in x asks for, but at least n. It is differentiable in the weights.
func BinCount(x, weights Array, n int) Array {
	index := x.Ints()
	for _, i := range index {
		if i < 0 {
			fail("BinCount: %d is negative", i)
		}
		n = max(n, i+1)
	}
	w := Ravel(stretchTo("BinCount", weights, x.Shape()))
	return scatterSum([]int{n}, []scatter{pick{slices.Clone(index), []int{len(index)}}}, []Array{w})
}

// UniqueAll returns the different elements of x, as [Unique] does, the index in
// the flattened array of the first of each, for each element of x the index of
// its kind among them, and how often each occurs.
func UniqueAll(x Array) (values, index, inverse, counts Array) {
	flat := x.Detach().Float64s()
	first, kind := kinds(flat)
	count := make([]float64, len(first))
	back := make([]float64, len(flat))
	for i, k := range kind {
		count[k]++
		back[i] = float64(k)
	}
	values = Take(Ravel(x), first, 0)
	return values, fromInts(first), Wrap(back, slices.Clone(x.Shape())...), Wrap(count)
}

// kinds returns the indices of the first of equal numbers, in ascending order
// of the numbers, and for each number which of them it equals. NaN equals NaN.
func kinds(x []float64) (first, kind []int) {
	kind = make([]int, len(x))
	for _, j := range argSort(x, 1, len(x)) {
		if k := len(first); k == 0 || x[j] != x[first[k-1]] && !(math.IsNaN(x[j]) && math.IsNaN(x[first[k-1]])) {
			first = append(first, j)
		}
		kind[j] = len(first) - 1
	}
	return first, kind
}
