package numpy

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func sequence(shape ...int) Array {
	return Reshape(Arange(0, float64(product(shape)), 1), shape...)
}

// TestIndexCorners has the cases in which rules meet, with what NumPy gives.
func TestIndexCorners(t *testing.T) {
	for _, c := range []struct {
		name  string
		got   Array
		shape []int
		want  []float64
	}{
		{"a scalar array of indices", sequence(3, 2).Index(IntsOf(Scalar(1))), []int{2}, []float64{2, 3}},
		{"an ellipsis for no axis separates", sequence(2, 2, 2).Index(Whole, Ints(0, 1, 1), Ellipsis, Ints(1, 0, 0)),
			[]int{3, 2}, []float64{1, 5, 2, 6, 2, 6}},
		{"lists side by side stay", sequence(2, 2, 2).Index(Whole, Ints(0, 1, 1), Ints(1, 0, 0)),
			[]int{2, 3}, []float64{1, 2, 2, 5, 6, 6}},
		{"a large step", sequence(5).Index(SpanStep(1, 5, math.MaxInt)), []int{1}, []float64{1}},
		{"a large step down", sequence(5).Index(SpanStep(4, 0, math.MinInt)), []int{1}, []float64{4}},
		{"bounds far outside", sequence(3).Index(Span(math.MinInt, math.MaxInt)), []int{3}, []float64{0, 1, 2}},
		{"a scalar mask of a scalar", Scalar(5).Index(Mask(Scalar(1))), []int{1}, []float64{5}},
		{"a scalar mask that is false", Scalar(5).Index(Mask(Scalar(0))), []int{0}, []float64{}},
		{"a scalar mask of a vector", sequence(2).Index(Mask(Scalar(1))), []int{1, 2}, []float64{0, 1}},
		{"a scalar mask of a vector, false", sequence(2).Index(Mask(Scalar(0))), []int{0, 2}, []float64{}},
		{"indices stretch x", TakeAlongAxis(sequence(1, 3), FromSlice([]float64{2, 0}, 2, 1), 1), []int{2, 1}, []float64{2, 0}},
		{"where a scalar is not 0", ArgWhere(Scalar(5)), []int{1, 0}, []float64{}},
		{"a transposed array", Transpose(sequence(2, 3)).Index(Step(-2), I(1)), []int{2}, []float64{5, 3}},
		{"a part of a part", sequence(10).Index(Step(-3)).Index(Span(1, 3)), []int{2}, []float64{6, 3}},
	} {
		if !slices.Equal(c.got.Shape(), c.shape) || !slices.Equal(c.got.Float64s(), c.want) {
			t.Errorf("%s: got %v of shape %v, want %v of shape %v", c.name, c.got.Float64s(), c.got.Shape(), c.want, c.shape)
		}
	}
}

func TestIndexMistakes(t *testing.T) {
	x := Zeros(3, 4)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"Index: index 3 along axis 0 of shape (3,4)", func() { x.Index(I(3)) }},
		{"Index: index -5 along axis 1 of shape (3,4)", func() { x.Index(Whole, Ints(0, -5)) }},
		{"Index: an index of 3 axes for shape (3,4)", func() { x.Index(I(0), I(0), I(0)) }},
		{"Index: more than one Ellipsis", func() { x.Index(Ellipsis, Ellipsis) }},
		{"Index: part 1 of the index is nil", func() { x.Index(Whole, nil) }},
		{"Index: a span with steps of 0", func() { x.Index(SpanStep(0, 1, 0)) }},
		{"Index: mask of shape (4) for axes of shape (3)", func() { x.Index(Mask(Zeros(4))) }},
		{"Index: index arrays of shapes (2) and (3) do not broadcast", func() { x.Index(Ints(0, 1), Ints(0, 1, 2)) }},
		{"Ints: element 1 is 0.5", func() { IntsOf(FromSlice([]float64{1, 0.5})) }},
		{"Ints: element 0 is 1e+300", func() { IntsOf(Scalar(1e300)) }},
		{"SetAt: value of shape (5) for a part of shape (4)", func() { SetAt(x, Index{I(0)}, Zeros(5)) }},
		{"AddAt: value of shape (2,4) for a part of shape (4)", func() { AddAt(x, Index{I(0)}, Zeros(2, 4)) }},
		{"Take: index 4 along axis 1 of shape (3,4)", func() { Take(x, []int{4}, 1) }},
		{"Take: axis 2 of an array of 2 dimensions", func() { Take(x, nil, 2) }},
		{"TakeAlongAxis: indices of shape (2,1) for shape (3,4)", func() { TakeAlongAxis(x, Zeros(2, 1), 1) }},
		{"TakeAlongAxis: indices of shape (3) for shape (3,4)", func() { TakeAlongAxis(x, Zeros(3), 1) }},
		{"PutAlongAxis: index 4 along axis 1 of shape (3,4)", func() { PutAlongAxis(x, Full(4, 3, 1), Scalar(1), 1) }},
		{"Compress: condition of shape (3,4) is not a vector", func() { Compress(x, x, 0) }},
		{"Compress: index 3 along axis 0 of shape (3,4)", func() { Compress(Ones(4), x, 0) }},
		{"Extract: condition of shape (3) for shape (3,4)", func() { Extract(Ones(3), x) }},
		{"Choose: index 2 of 2 choices", func() { Choose(Scalar(2), x, x) }},
		{"Choose: no choice", func() { Choose(Scalar(0)) }},
		{"VSplit: shape (4) has no rows", func() { VSplit(Zeros(4), 2) }},
		{"Split: 3 equal parts along axis 1 of shape (3,4)", func() { Split(x, 3, 1) }},
		{"Concatenate: shapes (3,4) and (4) along axis 0", func() { Concatenate(0, x, Zeros(4)) }},
		{"Stack: shapes (3,4) and (4) differ", func() { Stack(0, x, Zeros(4)) }},
	} {
		if err := Maybe(c.f); err == nil || err.Error() != "numpy: "+c.want {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// TestIndexAgainstLoops compares random indices with element after element,
// and what goes back with what came from where.
func TestIndexAgainstLoops(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		shape := []int{1 + r.IntN(4), 1 + r.IntN(4), 1 + r.IntN(4)}
		x := sequence(shape...)
		var index Index
		at := make([][]int, 3) // the indices that remain of each axis
		dropped := make([]bool, 3)
		list := r.IntN(4) // at most one axis has a list, 3 for none
		for a, n := range shape {
			switch k := r.IntN(3); {
			case a == list:
				for range r.IntN(5) {
					at[a] = append(at[a], r.IntN(n))
				}
				index = append(index, Ints(at[a]...))
			case k == 0 && list == 3:
				at[a], dropped[a] = []int{r.IntN(n)}, true
				index = append(index, I(at[a][0]-n*r.IntN(2)))
			default:
				lo, hi, step := r.IntN(n), r.IntN(n+1), 1+r.IntN(3)
				if k == 1 {
					for i := lo; i < hi; i += step {
						at[a] = append(at[a], i)
					}
					index = append(index, SpanStep(lo, hi, step))
					break
				}
				for i := n - 1; i >= 0; i -= step {
					at[a] = append(at[a], i)
				}
				index = append(index, Step(-step))
			}
		}
		want, count := []float64{}, make([]float64, x.Size())
		for _, i := range at[0] {
			for _, j := range at[1] {
				for _, k := range at[2] {
					p := (i*shape[1]+j)*shape[2] + k
					want = append(want, float64(p))
					count[p] += float64(len(want))
				}
			}
		}
		wantShape := []int{}
		for a := range at {
			if !dropped[a] {
				wantShape = append(wantShape, len(at[a]))
			}
		}
		y, pull := VJP(func(x Array) Array { return x.Index(index...) }, x)
		w := Reshape(Arange(1, float64(len(want))+1, 1), wantShape...)
		about := fmt.Sprintf("%#v of shape %v", index, shape)
		if !slices.Equal(y.Shape(), wantShape) || !slices.Equal(y.Float64s(), want) {
			t.Fatalf("%s: got %v of shape %v, want %v of shape %v", about, y.Float64s(), y.Shape(), want, wantShape)
		}
		if got := pull(w).data().reals(); len(want) > 0 && !slices.Equal(got, count) {
			t.Fatalf("%s: cotangent %v, want %v", about, got, count)
		}
		if got := AddAt(Zeros(shape...), index, w); !slices.Equal(got.Float64s(), count) {
			t.Fatalf("%s: AddAt gives %v, want %v", about, got.Float64s(), count)
		}
		set := make([]float64, x.Size())
		for i, p := range want {
			set[int(p)] = float64(i + 1)
		}
		if got := SetAt(Zeros(shape...), index, w); !slices.Equal(got.Float64s(), set) {
			t.Fatalf("%s: SetAt gives %v, want %v", about, got.Float64s(), set)
		}
	}
}

// TestSetAtOverwritten checks that a value that another one replaced has no
// derivative, even where that of the other is infinite.
func TestSetAtOverwritten(t *testing.T) {
	_, pull := VJP(func(v Array) Array { return SetAt(Zeros(2), Index{Ints(0, 0)}, v) }, Ones(2))
	if got := pull(FromSlice([]float64{math.Inf(1), 1})).Float64s(); got[0] != 0 || !math.IsInf(got[1], 1) {
		t.Errorf("got %v, want [0 +Inf]", got)
	}
}

// TestIndexViews checks that spans share the memory of the array.
func TestIndexViews(t *testing.T) {
	x := sequence(1000, 4)
	for name, y := range map[string]Array{
		"rows": x.Index(Span(10, 500)), "column": x.Index(Whole, I(1)), "reversed": x.Index(Step(-1)), "new axis": x.Index(NewAxis),
	} {
		whole, part := x.data().re, y.data().re
		if &whole[len(whole)-1] != &part[:cap(part)][cap(part)-1] && &whole[40] != &part[0] {
			t.Errorf("%s: a copy", name)
		}
	}
}
