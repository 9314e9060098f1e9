package numpy_test

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	np "github.com/dualjet/dualjet/numpy"
)

// equal reports whether an array has the shape and the elements, NaN equal to
// NaN.
func equal(x np.Array, shape []int, elements ...float64) bool {
	return slices.Equal(x.Shape(), shape) && slices.EqualFunc(x.Float64s(), elements, func(a, b float64) bool { return a == b || a != a && b != b })
}

func TestOf(t *testing.T) {
	type celsius float32
	for _, c := range []struct {
		v        any
		shape    []int
		elements []float64
	}{
		{2, []int{}, []float64{2}},
		{uint8(3), []int{}, []float64{3}},
		{true, []int{}, []float64{1}},
		{[]float64{1, 2}, []int{2}, []float64{1, 2}},
		{[]int{1, -2}, []int{2}, []float64{1, -2}},
		{[2]bool{true, false}, []int{2}, []float64{1, 0}},
		{[]celsius{0.5}, []int{1}, []float64{0.5}},
		{[][]float64{{1, 2}, {3, 4}, {5, 6}}, []int{3, 2}, []float64{1, 2, 3, 4, 5, 6}},
		{[][][]int32{{{1}, {2}}, {{3}, {4}}}, []int{2, 2, 1}, []float64{1, 2, 3, 4}},
		{[2][3]float64{{1, 2, 3}, {4, 5, 6}}, []int{2, 3}, []float64{1, 2, 3, 4, 5, 6}},
		{[]float64{}, []int{0}, nil},
		{[][]float64{{}, {}}, []int{2, 0}, nil},
		{[]any{1, 2.5, uint16(3)}, []int{3}, []float64{1, 2.5, 3}},
		{[]np.Array{np.Scalar(1), np.Scalar(2)}, []int{2}, []float64{1, 2}},
		{[]np.Array{np.Ones(2), np.Zeros(2)}, []int{2, 2}, []float64{1, 1, 0, 0}},
		{mat.NewDense(2, 2, []float64{1, 2, 3, 4}).T(), []int{2, 2}, []float64{1, 3, 2, 4}},
		{mat.NewVecDense(2, []float64{1, 2}), []int{2}, []float64{1, 2}},
	} {
		if got := np.Of(c.v); !equal(got, c.shape, c.elements...) {
			t.Errorf("Of(%v) has shape %v:\n%v", c.v, got.Shape(), got)
		}
	}
	z := np.Of([][]complex64{{1, 2i}})
	if !z.IsComplex() || !slices.Equal(z.Complex128s(), []complex128{1, 2i}) || z.NDim() != 2 {
		t.Errorf("complex: got %v", z)
	}
	if z := np.Of(mat.NewCDense(1, 2, []complex128{1, 2i})); !slices.Equal(z.Complex128s(), []complex128{1, 2i}) {
		t.Errorf("CDense: got %v", z)
	}
}

// TestOfTraced differentiates through a list of numbers.
func TestOfTraced(t *testing.T) {
	g := np.Grad(func(x np.Array) np.Array {
		y := np.Of([]any{x.At(0), 2.0, np.Mul(x.At(0), x.At(1))})
		return np.Sum(np.Mul(y, np.FromSlice([]float64{1, 10, 100})))
	})(np.FromSlice([]float64{3, 5}))
	if !equal(g, []int{2}, 501, 300) {
		t.Errorf("got %v, want [501 300]", g)
	}
}

// TestOfCopies changes a slice afterwards.
func TestOfCopies(t *testing.T) {
	v := [][]float64{{1}, {2}}
	x := np.Of(v)
	v[1][0] = 7
	row := []float64{1}
	y := np.Of(row)
	row[0] = 7
	if !equal(x, []int{2, 1}, 1, 2) || !equal(y, []int{1}, 1) {
		t.Errorf("got %v and %v", x, y)
	}
}

func TestGonum(t *testing.T) {
	x := np.Of([][]float64{{1, 2, 3}, {4, 5, 6}})
	for name, y := range map[string]np.Array{
		"whole": x, "transposed": x.T(), "part": x.Index(np.From(1), np.Step(-2)), "column": x.Index(np.Whole, np.I(1)),
	} {
		shape := y.Shape()
		m, n := shape[0], 1
		if len(shape) == 2 {
			n = shape[1]
		}
		want := mat.NewDense(m, n, y.CopyTo(nil))
		if !mat.Equal(y.Matrix(), want) || !mat.Equal(y.Matrix().T(), want.T()) || !mat.Equal(y.Dense(), want) {
			t.Errorf("%s: got %v, want %v", name, mat.Formatted(y.Matrix()), mat.Formatted(want))
		}
		if len(shape) == 1 && !mat.Equal(y.Vector(), want.ColView(0)) {
			t.Errorf("%s: got vector %v", name, mat.Formatted(y.Vector()))
		}
	}
	d := x.Dense()
	d.Set(0, 0, 9)
	if x.At(0, 0).Float64() != 1 {
		t.Error("Dense shares memory")
	}
	var prod mat.Dense
	prod.Mul(x.Matrix(), x.T().Matrix())
	if want := mat.NewDense(2, 2, []float64{14, 32, 32, 77}); !mat.Equal(&prod, want) {
		t.Errorf("product %v", mat.Formatted(&prod))
	}
	if err := recovered(func() { x.Matrix().At(2, 0) }); err != mat.ErrRowAccess {
		t.Errorf("At(2, 0): panic %v", err)
	}
	if err := recovered(func() { x.Matrix().At(0, 3) }); err != mat.ErrColAccess {
		t.Errorf("At(0, 3): panic %v", err)
	}
}

func recovered(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// TestMessages checks the text of panics: the operation and the shapes.
func TestMessages(t *testing.T) {
	x, v := np.Zeros(2, 3), np.Zeros(4)
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { np.Of([][]float64{{1, 2}, {3}}) }, "Of: element 1 has shape (1), element 0 (2)"},
		{func() { np.Of("text") }, "Of: string is not a number"},
		{func() { np.Of(nil) }, "Of: nil is not a number"},
		{func() { np.FromSlice([]float64{1, 2, 3}, 2, 2) }, "FromSlice: 3 elements do not fill shape (2,2)"},
		{func() { np.Zeros(2, -1) }, "negative length in shape (2,-1)"},
		{func() { np.Reshape(x, 4, 2) }, "Reshape: shape (2,3) does not fit shape (4,2)"},
		{func() { np.Reshape(x, -1, -1) }, "Reshape: shape (-1,-1)"},
		{func() { np.Reshape(x, 4, -1) }, "Reshape: shape (2,3) does not fit shape (4,-1)"},
		{func() { np.Transpose(x, 0) }, "Transpose: 1 axes for shape (2,3)"},
		{func() { np.Transpose(x, 0, -2) }, "Transpose: axis -2 twice"},
		{func() { np.BroadcastTo(v, 2, 3) }, "BroadcastTo: shape (4) does not stretch to (2,3)"},
		{func() { np.Sum(x, np.Axis(2)) }, "Sum: axis 2 of an array of 2 dimensions"},
		{func() { np.Mean(x, np.Axis(0, -2)) }, "Mean: axis -2 twice"},
		{func() { np.Max(np.Zeros(0, 3)) }, "Max: nothing to reduce in shape (0,3)"},
		{func() { np.ArgMax(np.Zeros(0)) }, "ArgMax: nothing to reduce in shape (0)"},
		{func() { np.Sort(x, np.Axis(0, 1)) }, "Sort: 2 axes, want one"},
		{func() { np.Quantile(v, 1.5, np.QuantileLinear) }, "Quantile: quantile 1.5 is not between 0 and 1"},
		{func() { np.Add(x, v) }, "Add: shapes (2,3) and (4) do not"},
		{func() { x.At(2) }, "At: index 2 along axis 0 of shape (2,3)"},
		{func() { x.At(0, -4) }, "At: index -4 along axis 1 of shape (2,3)"},
		{func() { x.At(0, 0, 0) }, "At: 3 indices for shape (2,3)"},
		{func() { x.Index(np.I(0), np.I(3)) }, "Index: index 3 along axis 1 of shape (2,3)"},
		{func() { x.Index(np.Ints(0, 2)) }, "Index: index 2 along axis 0 of shape (2,3)"},
		{func() { x.Index(np.Ints(0, 1), np.Ints(0, 1, 2)) }, "Index: index arrays of shapes (2) and (3) do not broadcast"},
		{func() { x.Index(np.Mask(v)) }, "Index: mask of shape (4) for axes of shape (2)"},
		{func() { x.Index(np.Whole, np.Whole, np.Whole) }, "Index: an index of 3 axes for shape (2,3)"},
		{func() { x.Index(np.Ellipsis, np.Ellipsis) }, "Index: more than one Ellipsis"},
		{func() { x.Index(np.Step(0)) }, "Index: a span with steps of 0"},
		{func() { np.SetAt(x, np.Index{np.I(0)}, v) }, "SetAt: value of shape (4) for a part of shape (3)"},
		{func() { np.AddAt(x, np.Index{np.I(2)}, v) }, "AddAt: index 2 along axis 0 of shape (2,3)"},
		{func() { np.FromSlice([]float64{0.5}).Ints() }, "Ints: element 0 is 0.5"},
		{func() { np.Concatenate(0, x, np.Zeros(2, 4)) }, "Concatenate: "},
		{func() { np.Stack(0, x, v) }, "Stack: "},
		{func() { np.Split(x, 2, 1) }, "Split: "},
		{func() { np.Pad(x, [][2]int{{1, 1}}, np.PadZero) }, "Pad: widths of 1 axes for shape (2,3)"},
		{func() { np.Convolve(x, v, np.ConvolveFull) }, "Convolve: shapes (2,3) and (4), want vectors that are not empty"},
		{func() { np.Correlate(np.Zeros(0), v, np.ConvolveFull) }, "Correlate: shapes (0) and (4)"},
		{func() { np.Cov(np.Zeros(2, 2, 2)) }, "Cov: shape (2,2,2), want a matrix"},
		{func() { np.PolyAdd(x, v) }, "PolyAdd: coefficients of shape (2,3), want a vector"},
		{func() { np.Interp(v, v, x) }, "Interp: points of shapes (4) and (2,3)"},
		{func() { np.GradientAt(x, v, 1) }, "GradientAt: points of shape (4) for axis 1 of shape (2,3)"},
		{func() { np.Gradient(np.Zeros(1), 1, 0) }, "Gradient: 1 samples along axis 0 of shape (1), want at least 2"},
		{func() { np.BinCount(np.FromSlice([]float64{-1}), np.Scalar(1), 0) }, "BinCount: -1 is negative"},
		{func() { np.Trapezoid(x, v, 1) }, "Trapezoid: points of shape (4) for axis 1 of shape (2,3)"},
		{func() { x.Vector() }, "Vector: shape (2,3) is not that of a vector"},
		{func() { np.Zeros(2, 2, 2).Matrix() }, "Matrix: shape (2,2,2) is not that of a matrix"},
		{func() { np.Zeros(0).Dense() }, "Dense: gonum has no empty matrix of shape (0)"},
		{func() { np.ComplexScalar(1).Float64s() }, "Float64s: complex array of shape ()"},
	} {
		err := np.Maybe(c.f)
		if err == nil || !strings.HasPrefix(err.Error(), "numpy: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want numpy: %s", err, c.want)
		}
	}
}

// TestAtAllocations reads elements, which loops do.
func TestAtAllocations(t *testing.T) {
	x := np.Reshape(np.Arange(0, 10000, 1), 100, 100)
	sum := 0.0
	n := testing.AllocsPerRun(100, func() { sum += x.At(3, 4).Float64() })
	if n > 1 {
		t.Errorf("At allocates %v times", n)
	}
}

// TestIndexingIsSparse takes every element of a vector by itself: the way back
// must not cost a vector each.
func TestIndexingIsSparse(t *testing.T) {
	bytes := func(n int) uint64 {
		x := np.Arange(0, float64(n), 1)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		np.Grad(func(x np.Array) np.Array {
			s := np.Scalar(0)
			for i := range n {
				s = np.Add(s, x.At(i))
			}
			return s
		})(x)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	if small, large := bytes(500), bytes(2000); float64(large) > 6*float64(small) {
		t.Errorf("%d bytes for 500 elements, %d for 2000", small, large)
	}
}

func TestEmpty(t *testing.T) {
	nan := math.NaN()
	e, m := np.Zeros(0), np.Zeros(0, 3)
	for _, c := range []struct {
		name     string
		got      np.Array
		shape    []int
		elements []float64
	}{
		{"Sum", np.Sum(e), []int{}, []float64{0}},
		{"Sum axis 0", np.Sum(m, np.Axis(0)), []int{3}, []float64{0, 0, 0}},
		{"Sum axis 1", np.Sum(m, np.Axis(1)), []int{0}, nil},
		{"Prod", np.Prod(m, np.Axis(0)), []int{3}, []float64{1, 1, 1}},
		{"Mean", np.Mean(e), []int{}, []float64{nan}},
		{"Var", np.Var(e), []int{}, []float64{nan}},
		{"Sort", np.Sort(m), []int{0, 3}, nil},
		{"Sort axis 0", np.Sort(m, np.Axis(0)), []int{0, 3}, nil},
		{"CumSum", np.CumSum(e), []int{0}, nil},
		{"CumProd", np.CumProd(m, np.Axis(0)), []int{0, 3}, nil},
		{"Diff", np.Diff(e, 1, 0), []int{0}, nil},
		{"Unique", np.Unique(e), []int{0}, nil},
		{"All", np.All(e), []int{}, []float64{1}},
		{"Any", np.Any(e), []int{}, []float64{0}},
		{"T", m.T(), []int{3, 0}, nil},
		{"Ravel", np.Ravel(m), []int{0}, nil},
		{"Max axis 1 of none", np.Max(m, np.Axis(1)), []int{0}, nil},
		{"BinCount", np.BinCount(e, np.Scalar(1), 2), []int{2}, []float64{0, 0}},
		{"Cov", np.Cov(m), []int{0, 0}, nil},
		{"Resize", np.Resize(e, 2), []int{2}, []float64{0, 0}},
		{"TrimZeros", np.TrimZeros(np.Zeros(3)), []int{0}, nil},
		{"PolyDer", np.PolyDer(np.Ones(1), 3), []int{0}, nil},
		{"Interp", np.Interp(e, np.Arange(0, 3, 1), np.Ones(3)), []int{0}, nil},
		{"Histogram", np.Histogram(e, np.FromSlice([]float64{0, 1, 2})), []int{2}, []float64{0, 0}},
		{"Std of a constant", np.Std(np.Full(0.1, 10)), []int{}, []float64{0}},
	} {
		if !equal(c.got, c.shape, c.elements...) {
			t.Errorf("%s: got shape %v\n%v\nwant shape %v\n%v", c.name, c.got.Shape(), c.got, c.shape, c.elements)
		}
	}
}

// TestSumIsAccurate adds numbers whose naive sum is off in the tenth digit.
func TestSumIsAccurate(t *testing.T) {
	const n = 1 << 20
	x := np.Full(0.1, n)
	for name, got := range map[string]float64{
		"all": np.Sum(x).Float64(), "rows": np.Sum(np.Reshape(x, 1, n), np.Axis(1)).Float64(), "mean": np.Mean(x).Float64() * n,
	} {
		if e := math.Abs(got/(0.1*n) - 1); e > 1e-15 {
			t.Errorf("%s: relative error %.2g", name, e)
		}
	}
}

// TestInterpAtPoints looks at the derivative at the points: that of the mean of
// both sides.
func TestInterpAtPoints(t *testing.T) {
	xp, fp := np.FromSlice([]float64{0, 1, 3}), np.FromSlice([]float64{0, 2, 3})
	f := func(x np.Array) np.Array { return np.Sum(np.Interp(x, xp, fp)) }
	if got := np.Grad(f)(np.FromSlice([]float64{-1, 0, 0.5, 1, 2, 3, 4})); !equal(got, []int{7}, 0, 1, 2, 1.25, 0.5, 0.25, 0) {
		t.Errorf("got %v", got)
	}
}

// TestMethods compares the methods with the functions.
func TestMethods(t *testing.T) {
	x := np.Of([][]float64{{3, 1, 2}, {0, 5, -4}})
	axis := np.Axis(1)
	for name, c := range map[string][2]np.Array{
		"Sum": {x.Sum(axis), np.Sum(x, axis)}, "Mean": {x.Mean(), np.Mean(x)}, "Prod": {x.Prod(axis), np.Prod(x, axis)},
		"Var": {x.Var(axis), np.Var(x, axis)}, "Std": {x.Std(), np.Std(x)}, "Ptp": {x.Ptp(axis), np.Ptp(x, axis)},
		"All": {x.All(axis), np.All(x, axis)}, "Any": {x.Any(), np.Any(x)}, "ArgMax": {x.ArgMax(axis), np.ArgMax(x, axis)},
		"ArgMin": {x.ArgMin(axis), np.ArgMin(x, axis)}, "ArgSort": {x.ArgSort(), np.ArgSort(x)}, "CumSum": {x.CumSum(), np.CumSum(x)},
		"CumProd": {x.CumProd(axis), np.CumProd(x, axis)}, "Clip": {x.Clip(np.Scalar(0), np.Scalar(2)), np.Clip(x, np.Scalar(0), np.Scalar(2))},
		"Reshape": {x.Reshape(3, -1), np.Reshape(x, 3, 2)}, "Ravel": {x.Ravel(), np.Ravel(x)}, "Flatten": {x.Flatten(), np.Ravel(x)},
		"Transpose": {x.Transpose(1, 0), np.Transpose(x)}, "SwapAxes": {x.SwapAxes(0, 1), np.Transpose(x)},
		"Squeeze": {x.Reshape(1, 6).Squeeze(0), np.Ravel(x)}, "Repeat": {x.Repeat(2, 1), np.Repeat(x, 2, 1)},
		"Take": {x.Take([]int{2, 0}, 1), np.Take(x, []int{2, 0}, 1)}, "Compress": {x.Compress(np.FromSlice([]float64{0, 1}), 0), np.Compress(np.FromSlice([]float64{0, 1}), x, 0)},
		"Diagonal": {x.Diagonal(1), np.Diagonal(x, 1)}, "Trace": {x.Trace(-1), np.Trace(x, -1)},
	} {
		if !equal(c[0], c[1].Shape(), c[1].Float64s()...) {
			t.Errorf("%s: got\n%v\nwant\n%v", name, c[0], c[1])
		}
	}
}

// TestErrorNamesReduction has reductions that are made of others.
func TestErrorNamesReduction(t *testing.T) {
	for name, f := range map[string]func(np.Array, ...np.ReduceOption) np.Array{
		"Ptp": np.Ptp, "Any": np.Any, "All": np.All, "ArgMin": np.ArgMin, "ArgMax": np.ArgMax,
		"NanSum": np.NanSum, "NanProd": np.NanProd, "NanMean": np.NanMean, "NanVar": np.NanVar, "NanStd": np.NanStd,
		"NanMax": np.NanMax, "NanMin": np.NanMin, "NanArgMax": np.NanArgMax, "NanArgMin": np.NanArgMin,
		"NanCumSum": np.NanCumSum, "NanCumProd": np.NanCumProd,
	} {
		err := np.Maybe(func() { f(np.Ones(2), np.Axis(1)) })
		if err == nil || !strings.HasPrefix(err.Error(), "numpy: "+name+": ") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

// TestDDofTooLarge subtracts as much from the number of elements as there are,
// or more.
func TestDDofTooLarge(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	x := np.FromSlice([]float64{1, 2, 4, 5, 5, 5}, 2, 3)
	for name, f := range map[string]func(np.Array, ...np.ReduceOption) np.Array{"Var": np.Var, "Std": np.Std} {
		for _, ddof := range []int{3, 4, 9} {
			if got := f(x, np.Axis(1), np.DDof(ddof)); !equal(got, []int{2}, inf, nan) {
				t.Errorf("%s with DDof(%d): got %v, want [inf nan]", name, ddof, got)
			}
			if got := f(np.AsComplex(x), np.Axis(1), np.DDof(ddof)); !equal(got, []int{2}, inf, nan) {
				t.Errorf("%s of complex numbers with DDof(%d): got %v, want [inf nan]", name, ddof, got)
			}
		}
	}
	holes := np.FromSlice([]float64{nan, 1, 2, 5, nan, nan}, 2, 3)
	for name, f := range map[string]func(np.Array, ...np.ReduceOption) np.Array{"NanVar": np.NanVar, "NanStd": np.NanStd} {
		for _, ddof := range []int{2, 3, 9} {
			if got := f(holes, np.Axis(1), np.DDof(ddof)); !equal(got, []int{2}, nan, nan) {
				t.Errorf("%s with DDof(%d): got %v, want [nan nan]", name, ddof, got)
			}
		}
	}
}
