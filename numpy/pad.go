package numpy

import "slices"

// A PadMode says what [Pad] puts around an array.
type PadMode int

// The modes of [Pad], in NumPy's names. The last four take the elements along
// the axis that is padded.
const (
	PadZero         PadMode = iota // zeros
	PadEdge                        // the element at the edge
	PadReflect                     // the array mirrored at the edge element
	PadSymmetric                   // the array mirrored behind the edge element
	PadWrap                        // the array from its other end
	PadReflectOdd                  // twice the edge element less PadReflect
	PadSymmetricOdd                // twice the edge element less PadSymmetric
	PadMaximum                     // the largest element
	PadMinimum                     // the smallest element
	PadMean                        // the mean
	PadMedian                      // the median
)

// Pad returns x with widths[i][0] elements before and widths[i][1] behind it
// along axis i. It panics with an [Error] if an axis that is padded with other
// than zeros is empty. See [PadConstant] and [PadRamp] for other numbers.
func Pad(x Array, widths [][2]int, mode PadMode) Array {
	if mode < PadZero || mode > PadMedian {
		fail("Pad: there is no mode %d", mode)
	}
	checkWidths("Pad", x, widths, mode != PadZero)
	for a, w := range widths {
		if w != [2]int{} {
			x = mode.along(x, a, w)
		}
	}
	return x
}

func checkWidths(name string, x Array, widths [][2]int, full bool) {
	if len(widths) != x.NDim() {
		fail("%s: widths of %d axes for shape %s", name, len(widths), shapeString(x.Shape()))
	}
	for a, w := range widths {
		if w[0] < 0 || w[1] < 0 || full && x.Shape()[a] == 0 && w != [2]int{} {
			fail("%s: widths %d and %d along axis %d of shape %s", name, w[0], w[1], a, shapeString(x.Shape()))
		}
	}
}

// along pads x along axis a.
func (m PadMode) along(x Array, a int, w [2]int) Array {
	around := func(v Array) Array { return Concatenate(a, Repeat(v, w[0], a), x, Repeat(v, w[1], a)) }
	switch m {
	case PadZero:
		return padNumbers(x, a, w, Array{}, Array{})
	case PadMaximum:
		return around(Max(x, Axis(a), KeepDims))
	case PadMinimum:
		return around(Min(x, Axis(a), KeepDims))
	case PadMean:
		return around(Mean(x, Axis(a), KeepDims))
	case PadMedian:
		return around(Median(x, Axis(a), KeepDims))
	}
	n := x.Shape()[a]
	index := make([]int, 0, w[0]+n+w[1])
	// What stands at i is factor·x[index] + last·x[n-1] + first·x[0].
	var factor, first, last []float64
	for i := -w[0]; i < n+w[1]; i++ {
		at, turned, turns := m.source(i, n)
		index = append(index, at)
		factor = append(factor, 1-2*truth(turned))
		last = append(last, 2*float64(turns)+2*truth(turned))
		first = append(first, -2*float64(turns))
	}
	y := Take(x, index, a)
	if m != PadReflectOdd && m != PadSymmetricOdd {
		return y
	}
	y = Mul(y, column(factor, a, x.NDim()))
	y = Add(y, Mul(Take(x, []int{-1}, a), column(last, a, x.NDim())))
	return Add(y, Mul(Take(x, []int{0}, a), column(first, a, x.NDim())))
}

// column returns the numbers along axis a of n.
func column(v []float64, a, n int) Array {
	shape := slices.Repeat([]int{1}, n)
	shape[a] = len(v)
	return Wrap(v, shape...)
}

// source returns the index in 0 … n-1 of what stands at i, whether it stands
// there mirrored, and how many whole periods away.
func (m PadMode) source(i, n int) (at int, turned bool, periods int) {
	period := n
	switch m {
	case PadEdge:
		return min(max(i, 0), n-1), false, 0
	case PadReflect, PadReflectOdd:
		period = max(1, 2*n-2)
	case PadSymmetric, PadSymmetricOdd:
		period = 2 * n
	}
	at = (i%period + period) % period
	periods = (i - at) / period
	if at < n {
		return at, false, periods
	}
	if m == PadReflect || m == PadReflectOdd {
		return period - at, true, periods
	}
	return period - 1 - at, true, periods
}

// PadConstant is [Pad] with numbers: values[i][0] before and values[i][1]
// behind x along axis i. They broadcast, so that a scalar serves everywhere.
// It is differentiable in them.
func PadConstant(x Array, widths [][2]int, values Array) Array {
	checkWidths("PadConstant", x, widths, false)
	values = stretchTo("PadConstant", values, []int{x.NDim(), 2})
	for a, w := range widths {
		x = padNumbers(x, a, w, values.At(a, 0), values.At(a, 1))
	}
	return x
}

func padNumbers(x Array, a int, w [2]int, before, after Array) Array {
	fill := func(v Array, n int) Array {
		shape := slices.Clone(x.Shape())
		shape[a] = n
		return BroadcastTo(v, shape...)
	}
	return Concatenate(a, fill(before, w[0]), x, fill(after, w[1]))
}

// PadRamp is [Pad] with numbers that lead in equal steps from the edge of x to
// ends[i][0] before and ends[i][1] behind it along axis i. They broadcast. It
// is differentiable in them.
func PadRamp(x Array, widths [][2]int, ends Array) Array {
	checkWidths("PadRamp", x, widths, true)
	ends = stretchTo("PadRamp", ends, []int{x.NDim(), 2})
	for a, w := range widths {
		ramp := func(n, edge, side int) Array {
			t := make([]float64, n)
			for i := range t {
				t[i] = float64(i) / float64(n)
			}
			up := column(t, a, x.NDim())
			return Add(Mul(Take(x, []int{edge}, a), up), Mul(ends.At(a, side), up.Neg().AddConst(1)))
		}
		x = Concatenate(a, ramp(w[0], 0, 0), x, Flip(ramp(w[1], -1, 1), a))
	}
	return x
}
