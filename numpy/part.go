package numpy

import "slices"

// What an index says.

// A Part is what [Array.Index] does along an axis, or several.
type Part interface{ part() }

// An Index reads or writes part of an array, axis by axis, as x[…] does in
// NumPy: axes beyond its parts are taken whole.
type Index []Part

type (
	intPart  int
	spanPart struct {
		lo, hi, step  int
		fromLo, hiEnd bool // no bound is given
	}
	newAxis  struct{}
	ellipsis struct{}
	listPart struct {
		index []int
		shape []int // not nil
		fresh bool  // of an axis of length 1 that x has not
	}
	maskPart struct{ mask Array }
)

func (intPart) part()  {}
func (spanPart) part() {}
func (newAxis) part()  {}
func (ellipsis) part() {}
func (listPart) part() {}
func (maskPart) part() {}

var (
	// NewAxis inserts an axis of length 1.
	NewAxis Part = newAxis{}
	// Ellipsis takes as many axes whole as the other parts leave.
	Ellipsis Part = ellipsis{}
	// Whole takes an axis whole.
	Whole Part = spanPart{step: 1, fromLo: true, hiEnd: true}
)

// I takes one element of an axis, which disappears. A negative index counts
// from the end.
func I(i int) Part { return intPart(i) }

// Span takes the elements lo, lo+1, … before hi. Negative bounds count from the
// end, and those outside the array are moved to its ends.
func Span(lo, hi int) Part { return spanPart{lo: lo, hi: hi, step: 1} }

// From takes the elements from lo on.
func From(lo int) Part { return spanPart{lo: lo, step: 1, hiEnd: true} }

// To takes the elements before hi.
func To(hi int) Part { return spanPart{hi: hi, step: 1, fromLo: true} }

// SpanStep is [Span] in steps, which may be negative.
func SpanStep(lo, hi, step int) Part { return spanPart{lo: lo, hi: hi, step: step} }

// Step takes every step-th element of the whole axis, from its end if step is
// negative.
func Step(step int) Part { return spanPart{step: step, fromLo: true, hiEnd: true} }

// Ints takes elements in any order, also repeatedly. Several lists of an index
// are taken together, element by element, as in NumPy.
func Ints(index ...int) Part {
	return listPart{index: slices.Clone(index), shape: []int{len(index)}}
}

// IntsOf is [Ints] for an array of indices of any shape.
func IntsOf(index Array) Part {
	return listPart{index: index.Ints(), shape: append([]int{}, index.Shape()...)}
}

// Mask takes the elements where the array, which covers as many axes as it
// has, is not 0.
func Mask(mask Array) Part { return maskPart{mask} }
