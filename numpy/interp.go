package numpy

import "math"

// Functions by their samples.

// Interp returns at x the function that is linear between the points (xp, fp),
// of ascending xp, and constant beyond them. It is differentiable in all three
// arguments; at a point the derivative is the mean of those of both sides.
func Interp(x, xp, fp Array) Array {
	n := xp.Size()
	if xp.NDim() != 1 || fp.NDim() != 1 || n != fp.Size() || n == 0 {
		fail("Interp: points of shapes %s and %s, want vectors of the same length", shapeString(xp.Shape()), shapeString(fp.Shape()))
	}
	if n == 1 {
		return Add(x.Scale(0), fp)
	}
	flat := Clip(Ravel(x), xp.At(0), xp.At(-1))
	above, below := segments(xp, flat, true), segments(xp, flat, false)
	y := interpIn(above, flat, xp, fp)
	if !sameShape(above, below) {
		y = Add(y, interpIn(below, flat, xp, fp)).Scale(0.5)
	}
	return Reshape(y, x.Shape()...)
}

// InterpEnds is [Interp] with other values beyond the points: left before the
// first and right behind the last one.
func InterpEnds(x, xp, fp, left, right Array) Array {
	y := Interp(x, xp, fp)
	y = Where(Less(x, xp.At(0)), left, y)
	return Where(Greater(x, xp.At(-1)), right, y)
}

// InterpPeriod is [Interp] for a function of the given period, which goes on
// from the last point to the first one of the next period. The points may be
// in any order and in any period.
func InterpPeriod(x, xp, fp Array, period float64) Array {
	n := xp.Size()
	if xp.NDim() != 1 || fp.NDim() != 1 || n != fp.Size() || n == 0 {
		fail("InterpPeriod: points of shapes %s and %s, want vectors of the same length", shapeString(xp.Shape()), shapeString(fp.Shape()))
	}
	if period == 0 {
		fail("InterpPeriod: period of 0")
	}
	period = math.Abs(period)
	p := Scalar(period)
	at := Mod(xp, p)
	order := ArgSort(at).Ints()
	at, fp = Take(at, order, 0), Take(fp, order, 0)
	at = HStack(at.At(-1).AddConst(-period), at, at.At(0).AddConst(period))
	return Interp(Mod(x, p), at, HStack(fp.At(-1), fp, fp.At(0)))
}

// segments returns for each element of x the index of the segment between
// neighbours of xp it lies in: of two, the upper one or else the lower one.
func segments(xp, x Array, upper bool) []int {
	index := SearchSorted(xp, x, upper).Ints()
	for i, k := range index {
		index[i] = min(max(k-1, 0), xp.Size()-2)
	}
	return index
}

// interpIn returns the values at x of the linear functions of segments.
func interpIn(segment []int, x, xp, fp Array) Array {
	next := make([]int, len(segment))
	for i, k := range segment {
		next[i] = k + 1
	}
	x0, x1 := Take(xp, segment, 0), Take(xp, next, 0)
	f0, f1 := Take(fp, segment, 0), Take(fp, next, 0)
	return Add(f0, Mul(Div(Sub(x, x0), Sub(x1, x0)), Sub(f1, f0)))
}
