package numpy

import "math"

// Sorting.

// A key is a number as sorting sees it, and its index in the line.
type key struct {
	bits uint64 // in the order of the numbers
	at   int
}

// orderBits returns bits whose order is that of numbers, NaN last. They are the
// same for -0 and 0, and for all NaN.
func orderBits(v float64) uint64 {
	if v != v {
		return math.MaxUint64
	}
	b := math.Float64bits(v + 0) // -0 becomes 0
	if b>>63 != 0 {
		return ^b
	}
	return b | 1<<63
}

// radixFrom is the length from which on keys are sorted digit by digit, and
// insertTo the one up to which they are inserted.
const (
	radixFrom = 100
	insertTo  = 12
)

// sortKeys sorts x, keys that are equal in their order, with a buffer of the
// same length. It returns the one of the two that holds the result, and the
// other.
func sortKeys(x, buf []key) (sorted, rest []key) {
	if len(x) >= radixFrom {
		return radixSort(x, buf)
	}
	for lo := 0; lo < len(x); lo += insertTo {
		part := x[lo:min(lo+insertTo, len(x))]
		for i := 1; i < len(part); i++ {
			k, j := part[i], i
			for ; j > 0 && part[j-1].bits > k.bits; j-- {
				part[j] = part[j-1]
			}
			part[j] = k
		}
	}
	for width := insertTo; width < len(x); width *= 2 {
		for lo := 0; lo < len(x); lo += 2 * width {
			mid, hi := min(lo+width, len(x)), min(lo+2*width, len(x))
			merge(buf[lo:hi], x[lo:mid], x[mid:hi])
		}
		x, buf = buf, x
	}
	return x, buf
}

// merge puts the sorted keys of a and b into dst, equal ones of a first.
func merge(dst, a, b []key) {
	for k := range dst {
		if len(b) == 0 || len(a) > 0 && a[0].bits <= b[0].bits {
			dst[k], a = a[0], a[1:]
		} else {
			dst[k], b = b[0], b[1:]
		}
	}
}

// radixSort is sortKeys by one digit after the other, the lowest first.
func radixSort(x, buf []key) (sorted, rest []key) {
	const digit, digits = 8, 8
	var count [digits][1 << digit]int
	for _, k := range x {
		for d := range digits {
			count[d][k.bits>>(d*digit)&(1<<digit-1)]++
		}
	}
	for d := range digits {
		next := &count[d]
		if next[x[0].bits>>(d*digit)&(1<<digit-1)] == len(x) {
			continue // all have the same digit
		}
		at := 0
		for i, n := range next {
			next[i] = at
			at += n
		}
		for _, k := range x {
			i := k.bits >> (d * digit) & (1<<digit - 1)
			buf[next[i]] = k
			next[i]++
		}
		x, buf = buf, x
	}
	return x, buf
}

// argSort returns the indices that sort each of m lines of n numbers, NaN
// last, equal ones in their order.
func argSort(in []float64, m, n int) []int {
	index := make([]int, len(in))
	room := make([]key, 2*n)
	for i := range m {
		keys := room[:n]
		for j, v := range in[i*n : (i+1)*n] {
			keys[j] = key{orderBits(v), j}
		}
		keys, _ = sortKeys(keys, room[n:])
		for j, k := range keys {
			index[i*n+j] = k.at
		}
	}
	return index
}

// argSortComplex is argSort for complex numbers: by their real parts, those with
// the same ones by their imaginary parts, and behind all others those of which
// the imaginary, the real, or both parts are NaN.
func argSortComplex(in []complex128, m, n int) []int {
	index := make([]int, len(in))
	room := make([]key, 2*n)
	for i := range m {
		line := in[i*n : (i+1)*n]
		keys, buf := room[:n], room[n:]
		for j := range keys {
			keys[j].at = j
		}
		for _, bits := range []func(z complex128) uint64{
			func(z complex128) uint64 { return orderBits(imag(z)) },
			func(z complex128) uint64 { return orderBits(real(z)) },
			func(z complex128) uint64 { return uint64(truth(math.IsNaN(imag(z))) + 2*truth(math.IsNaN(real(z)))) },
		} {
			for j := range keys {
				keys[j].bits = bits(line[keys[j].at])
			}
			keys, buf = sortKeys(keys, buf)
		}
		for j, k := range keys {
			index[i*n+j] = k.at
		}
	}
	return index
}

// sorting returns the indices that sort each line.
func sorting(lines Array) []int {
	m, n := lines.Shape()[0], lines.Shape()[1]
	if lines.IsComplex() {
		return argSortComplex(lines.Complex128s(), m, n)
	}
	return argSort(lines.Float64s(), m, n)
}

// Sort returns x with its elements in ascending order along an axis, the last
// one if none is given, NaN at the end. Complex numbers are in the order of
// their real parts, those with the same real part in that of their imaginary
// parts. Equal elements stay in their order, and the derivative of each place
// is that of the element that stands there.
func Sort(x Array, opts ...ReduceOption) Array {
	r := oneAxis("Sort", x, opts, true)
	lines := r.lines(x)
	return r.back(gatherLines(lines, sorting(lines)), x, r.count)
}

// Partition returns x with the element that Sort would put at position k along
// the axis there, none that is larger before it, and none that is smaller
// after it. (It sorts.)
func Partition(x Array, k int, opts ...ReduceOption) Array {
	r := oneAxis("Partition", x, opts, true)
	if k < -r.count || k >= r.count {
		fail("Partition: position %d of %d elements", k, r.count)
	}
	return Sort(x, opts...)
}

// MSort is [Sort] along the first axis.
func MSort(x Array) Array { return Sort(x, Axis(0)) }

// ArgSort returns the indices that sort x along an axis, the last one if none
// is given; see [Sort].
func ArgSort(x Array, opts ...ReduceOption) Array {
	r := oneAxis("ArgSort", x, opts, true)
	index := fromInts(sorting(r.lines(x.Detach())))
	return r.back(Reshape(index, r.rest(), r.count), x, r.count)
}

// LexSort returns the indices that sort by several keys, real arrays of one
// shape, along their last axis: by the last key, where it is the same by the one
// before, and so on.
func LexSort(keys ...Array) Array {
	if len(keys) == 0 {
		fail("LexSort: no key")
	}
	shape := keys[0].Shape()
	n := lastLen(shape)
	room := make([]key, 2*n)
	index := make([]int, product(shape))
	for _, x := range keys {
		if !sameShape(x.Shape(), shape) {
			fail("LexSort: shapes %s and %s differ", shapeString(shape), shapeString(x.Shape()))
		}
	}
	for lo := 0; lo < len(index); lo += n {
		order, buf := room[:n], room[n:]
		for j := range order {
			order[j].at = j
		}
		for _, x := range keys {
			line := x.Float64s()[lo : lo+n]
			for j := range order {
				order[j].bits = orderBits(line[order[j].at])
			}
			order, buf = sortKeys(order, buf)
		}
		for j, k := range order {
			index[lo+j] = k.at
		}
	}
	return Reshape(fromInts(index), shape...)
}

// ArgPartition returns the indices that partition x; see [Partition].
func ArgPartition(x Array, k int, opts ...ReduceOption) Array {
	r := oneAxis("ArgPartition", x, opts, true)
	if k < -r.count || k >= r.count {
		fail("ArgPartition: position %d of %d elements", k, r.count)
	}
	return ArgSort(x, opts...)
}

// largest returns for each line of complex numbers the indices of its largest
// elements, or of the first that is NaN.
func largest(lines Array) [][]int {
	m, n := lines.Shape()[0], lines.Shape()[1]
	out := make([][]int, m)
	z := lines.Complex128s()
	for i := range m {
		line, best := z[i*n:(i+1)*n], []int{0}
		for j, v := range line[1:] {
			top := line[best[0]]
			switch {
			case hasNaN(top):
			case hasNaN(v) || complexLess(top, v):
				best = []int{j + 1}
			case v == top:
				best = append(best, j+1)
			}
		}
		out[i] = best
	}
	return out
}

// maxComplex returns the largest element of each line of complex numbers, as a
// mean where several are equal.
func maxComplex(lines Array) Array {
	best := largest(lines.Detach())
	width := 0
	for _, b := range best {
		width = max(width, len(b))
	}
	var index []int
	var weight []float64
	for _, b := range best {
		for k := range width {
			index = append(index, b[k%len(b)])
			weight = append(weight, truth(k < len(b))/float64(len(b)))
		}
	}
	y := gatherLines(lines, index)
	if width == 1 {
		return y
	}
	return lineSums(AZMul(Wrap(weight, len(best), width), y))
}

// SearchSorted returns the indices at which the elements of v would go into the
// ascending vector x: before equal elements or, with right, after them. NaN is
// above all other numbers.
func SearchSorted(x, v Array, right bool) Array {
	if x.NDim() != 1 {
		fail("SearchSorted: shape %s is not that of a vector", shapeString(x.Shape()))
	}
	at := x.Detach().Float64s()
	out := make([]float64, v.Size())
	for i, t := range v.Detach().Float64s() {
		lo, hi := 0, len(at)
		for lo < hi {
			mid := int(uint(lo+hi) / 2)
			if e := at[mid]; e < t || t != t && e == e || right && (e == t || e != e && t != t) {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		out[i] = float64(lo)
	}
	return Reshape(Wrap(out), v.Shape()...)
}

// Digitize returns for each element of x the index of the bin it falls in: the
// number of ascending bounds that are not above it, or of descending bounds that
// are above it.
func Digitize(x, bounds Array) Array {
	if b := bounds.Detach(); b.NDim() == 1 && b.Size() > 1 && b.At(0).Float64() > b.At(-1).Float64() {
		return SearchSorted(Flip(b), x, true).Neg().AddConst(float64(b.Size()))
	}
	return SearchSorted(bounds, x, true)
}
