package numpy

import "slices"

// Sets of numbers: arrays of different elements in ascending order.

// Unique returns the different elements of x in ascending order, each the
// first of its kind, NaN once at the end. Complex numbers are ordered as by
// [Sort].
func Unique(x Array) Array {
	first, _ := kinds(x)
	return Take(Ravel(x), first, 0)
}

// UniqueAll returns the different elements of x, as [Unique] does, the index in
// the flattened array of the first of each, for each element of x the index of
// its kind among them, and how often each occurs.
func UniqueAll(x Array) (values, index, inverse, counts Array) {
	first, kind := kinds(x)
	count := make([]float64, len(first))
	back := make([]float64, len(kind))
	for i, k := range kind {
		count[k]++
		back[i] = float64(k)
	}
	values = Take(Ravel(x), first, 0)
	return values, fromInts(first), Wrap(back, slices.Clone(x.Shape())...), Wrap(count)
}

// kinds returns the indices in the flattened array of the first of equal
// elements, in ascending order of these, and for each element which of them it
// equals. NaN equals NaN.
func kinds(x Array) (first, kind []int) {
	flat := Reshape(x.Detach(), 1, -1)
	kind = make([]int, x.Size())
	z := flat.Complex128s()
	for _, j := range sorting(flat) {
		if k := len(first); k == 0 || !alike(z[j], z[first[k-1]]) {
			first = append(first, j)
		}
		kind[j] = len(first) - 1
	}
	return first, kind
}

// alike reports whether numbers are equal or both NaN.
func alike(x, y complex128) bool { return x == y || hasNaN(x) && hasNaN(y) }

// UniqueAlong returns the different parts of x along an axis, in the order of
// their first elements, those with the same ones of their second, and so on.
func UniqueAlong(x Array, axis int) Array {
	a := axisOf("UniqueAlong", axis, x)
	n := x.Shape()[a]
	width := product(x.Shape()[:a]) * product(x.Shape()[a+1:])
	rows := Reshape(MoveAxis(x.Detach(), a, 0), n, width)
	keys := make([]Array, 0, 2*width)
	for j := width - 1; j >= 0; j-- {
		column := rows.Index(Whole, I(j))
		if x.IsComplex() {
			keys = append(keys, Imag(column))
		}
		keys = append(keys, Real(column))
	}
	order := firstAxes(n)
	if width > 0 {
		order = LexSort(keys...).Ints()
	}
	z := rows.Complex128s()
	var first []int
	for _, i := range order {
		if k := len(first); k == 0 || !slices.Equal(z[i*width:(i+1)*width], z[first[k-1]*width:(first[k-1]+1)*width]) {
			first = append(first, i)
		}
	}
	return Take(x, first, a)
}

// IsIn tells which elements of x are also in set.
func IsIn(x, set Array) Array {
	have := map[complex128]bool{}
	for _, v := range set.Complex128s() {
		have[v] = true
	}
	out := make([]float64, x.Size())
	for i, v := range x.Complex128s() {
		out[i] = truth(have[v])
	}
	return Wrap(out, slices.Clone(x.Shape())...)
}

// Union1D returns the different elements of x and y in ascending order.
func Union1D(x, y Array) Array { return Unique(Append(x, y)) }

// Intersect1D returns the different elements of x that are also in y, in
// ascending order.
func Intersect1D(x, y Array) Array { return Extract(IsIn(Unique(x), y), Unique(x)) }

// SetDiff1D returns the different elements of x that are not in y, in ascending
// order.
func SetDiff1D(x, y Array) Array { return Extract(LogicalNot(IsIn(Unique(x), y)), Unique(x)) }

// SetXor1D returns the different elements that are in one of x and y only, in
// ascending order.
func SetXor1D(x, y Array) Array { return Union1D(SetDiff1D(x, y), SetDiff1D(y, x)) }
