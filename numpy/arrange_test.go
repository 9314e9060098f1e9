package numpy_test

import (
	"slices"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// TestArrangeMessages checks the text of panics: the operation and what is
// wrong.
func TestArrangeMessages(t *testing.T) {
	x, v, s, c := np.Zeros(2, 3), np.Zeros(4), np.Scalar(1), np.ComplexScalar(1i)
	widths := [][2]int{{1, 1}, {0, 2}}
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { np.ExpandDims(x, 0, -4) }, "ExpandDims: axis -4 twice"},
		{func() { np.ExpandDims(x, 4, 0) }, "ExpandDims: axis 4 of an array of 4 dimensions"},
		{func() { np.MoveAxes(x, []int{0}, nil) }, "MoveAxes: 1 axes to 0 places"},
		{func() { np.MoveAxes(x, []int{0, -2}, []int{0, 1}) }, "MoveAxes: axis -2 or place 1 twice"},
		{func() { np.MoveAxes(x, []int{0, 1}, []int{1, 1}) }, "MoveAxes: axis 1 or place 1 twice"},
		{func() { np.Rot90(x, 1, 0) }, "Rot90: 1 axes, want two"},
		{func() { np.Rot90(v, 1) }, "Rot90: shape (4) has no plane"},
		{func() { np.RollAxes(x, []int{1}, nil) }, "RollAxes: 1 shifts for 0 axes"},
		{func() { np.Diagonal(x, 0, 1, -1) }, "Diagonal: axis -1 twice"},
		{func() { np.Trace(v, 0) }, "Trace: shape (4) is not that of a matrix"},
		{func() { np.FillDiagonal(np.Zeros(2, 2, 3), s) }, "FillDiagonal: shape (2,2,3) has no diagonal"},
		{func() { np.FillDiagonal(x, v) }, "FillDiagonal: value of shape (4) for a part of shape (2)"},
		{func() { np.BroadcastShapes([]int{2, 3}, []int{4}) }, "BroadcastShapes: shapes (2,3) and (4) do not broadcast"},
		{func() { np.Pad(np.Zeros(0, 3), widths, np.PadEdge) }, "Pad: widths 1 and 1 along axis 0 of shape (0,3)"},
		{func() { np.PadConstant(x, widths, v) }, "PadConstant: value of shape (4) for a part of shape (2,2)"},
		{func() { np.PadRamp(x, [][2]int{{-1, 0}, {0, 0}}, s) }, "PadRamp: widths -1 and 0 along axis 0"},
		{func() { np.Block([][]np.Array{{x}, {}}) }, "Block: []numpy.Array of no array"},
		{func() { np.Block([]any{x, []np.Array{x}}) }, "Block: slices are nested 0 and 1 deep"},
		{func() { np.Block([]any{x, nil}) }, "Block: nil is not an array"},
		{func() { np.Block(2.5) }, "Block: float64 of no array"},
		{func() { np.InsertAt(x, []int{4}, s, 1) }, "InsertAt: index 4 along axis 1 of shape (2,3)"},
		{func() { np.InsertAt(x, []int{0, 0}, v, 1) }, "InsertAt: value of shape (4) for a part of shape (2,2)"},
		{func() { np.FromFunction(func(...np.Array) np.Array { return v }, 2, 3) }, "FromFunction: value of shape (4) for a part of shape (2,3)"},
		{func() { np.Linspace(0, 1, -1) }, "Linspace: -1 numbers"},
		{func() { np.UnravelIndex(np.Scalar(6), 2, 3) }, "UnravelIndex: index 6 in shape (2,3)"},
		{func() { np.RavelMultiIndex([]np.Array{s, np.Scalar(-1)}, 2, 3) }, "RavelMultiIndex: index -1 along axis 1 of shape (2,3)"},
		{func() { np.RavelMultiIndex([]np.Array{s}, 2, 3) }, "RavelMultiIndex: indices along 1 axes of shape (2,3)"},
		{func() { np.Put(x, []int{6}, s) }, "Put: index 6 along axis 0 of shape (6)"},
		{func() { np.Put(x, []int{1}, np.Zeros(0)) }, "Put: no value for 1 elements"},
		{func() { np.Place(x, v, s) }, "Place: mask of shape (4) for shape (2,3)"},
		{func() { np.PutMask(x, v, s) }, "PutMask: mask of shape (4) for shape (2,3)"},
		{func() { np.Gradients(x, []np.Array{s, s, s}, 1) }, "Gradients: spacing of 3 axes, want 2"},
		{func() { np.Gradients(x, nil, 3) }, "Gradients: edges of order 3, want 1 or 2"},
		{func() { np.Gradients(x, nil, 2, 0) }, "Gradients: 2 samples along axis 0 of shape (2,3), want at least 3"},
		{func() { np.Gradients(x, []np.Array{v}, 1, 1) }, "Gradients: points of shape (4) for axis 1 of shape (2,3)"},
		{func() { np.DiffEnds(x, 1, 0, v, s) }, "Concatenate: shapes"},
		{func() { np.Unwrap(v, 0, 0) }, "Unwrap: period 0 is not above 0"},
		{func() { np.InterpPeriod(v, v, v, 0) }, "InterpPeriod: period of 0"},
		{func() { np.CovOf(np.Zeros(2, 2, 2), 1, np.CovOptions{Columns: true}) }, "CovOf: shape (2,2,2), want a matrix with a variable in each column"},
		{func() { np.CovOf(x, 1, np.CovOptions{Y: v}) }, "CovOf: 3 and 4 observations"},
		{func() { np.CovOf(x, 1, np.CovOptions{FWeights: []int{1, -1, 1}}) }, "CovOf: weight 1 is -1"},
		{func() { np.CovOf(x, 1, np.CovOptions{FWeights: []int{1}}) }, "CovOf: 1 weights for 3 observations"},
		{func() { np.CorrCoefOf(x, np.CovOptions{AWeights: v}) }, "CorrCoefOf: weights of shape (4) for 3 observations"},
		{func() { np.Average(x, v) }, "AverageOf: value of shape (4) for a part of shape (2,3)"},
		{func() { np.LexSort() }, "LexSort: no key"},
		{func() { np.LexSort(x, v) }, "LexSort: shapes (2,3) and (4) differ"},
		{func() { np.Quantile(x, 0.5, -1) }, "Quantile: there is no method -1"},
		{func() { np.Pad(v, [][2]int{{1, 1}}, -1) }, "Pad: there is no mode -1"},
		{func() { np.CheckGrads(np.Sin, v, 1, 0) }, "CheckGrads: no mode is given"},
		{func() { np.CheckGrads(np.Sin, v, 0, np.AllModes) }, "CheckGrads: order 0 is not positive"},
		{func() { np.Arange(0, 1, 0) }, "Arange: a step of 0"},
		{func() { np.Median(c) }, "Median: not defined for complex numbers"},
		{func() { np.Quantiles(v, []float64{0.5, -1}, np.QuantileLinear) }, "Quantiles: quantile -1 is not between 0 and 1"},
		{func() { np.Histogram(x, s) }, "Histogram: bounds of shape (), want a vector of at least 2"},
		{func() { np.HistogramDD(x, []np.Array{v}, s, false) }, "HistogramDD: points of shape (2,3) for bounds in 1 dimensions"},
		{func() { np.HistogramBinEdges(x, 0, 0, 1) }, "HistogramBinEdges: 0 bins"},
		{func() { np.PolyDiv(x, v) }, "PolyDiv: shapes (2,3) and (4), want vectors that are not empty"},
		{func() { np.Poly(x) }, "Poly: coefficients of shape (2,3), want a vector"},
		{func() { np.PolyInt(v, 3, s, s) }, "PolyInt: 2 constants for 3 integrals"},
		{func() { np.Bartlett(-1) }, "Bartlett: -1 points"},
		{func() { np.ApplyAlongAxis(np.Neg, 1, np.Zeros(0, 3)) }, "ApplyAlongAxis: no vector in shape (0,3)"},
		{func() { np.ApplyOverAxes(func(x np.Array, _ int) np.Array { return np.Sum(x) }, x, 0) }, "ApplyOverAxes: shape () for shape (2,3)"},
		{func() { np.DiagIndices(2, 0) }, "DiagIndices: 0 axes of length 2"},
	} {
		err := np.Maybe(c.f)
		if err == nil || !strings.HasPrefix(err.Error(), "numpy: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want numpy: %s", err, c.want)
		}
	}
}

func TestBroadcastShapes(t *testing.T) {
	for _, c := range []struct {
		shapes [][]int
		want   []int
	}{
		{nil, []int{}},
		{[][]int{{3, 1}, {4}, {}}, []int{3, 4}},
		{[][]int{{2, 1, 0}, {5, 1}}, []int{2, 5, 0}},
	} {
		if got := np.BroadcastShapes(c.shapes...); !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.shapes, got, c.want)
		}
	}
}

// TestArrangeEmpty rearranges what has no elements.
func TestArrangeEmpty(t *testing.T) {
	e, m := np.Zeros(0), np.Zeros(0, 3)
	for _, c := range []struct {
		name  string
		got   np.Array
		shape []int
	}{
		{"Sort", np.Sort(np.AsComplex(e)), []int{0}},
		{"ArgSort", np.ArgSort(np.AsComplex(m)), []int{0, 3}},
		{"LexSort", np.LexSort(m, m), []int{0, 3}},
		{"LexSort of no element", np.LexSort(m.T()), []int{3, 0}},
		{"Unique", np.Unique(np.AsComplex(e)), []int{0}},
		{"UniqueAlong", np.UniqueAlong(m, 0), []int{0, 3}},
		{"UniqueAlong of empty rows", np.UniqueAlong(m.T(), 0), []int{1, 0}},
		{"IsIn", np.IsIn(m, e), []int{0, 3}},
		{"Intersect1D", np.Intersect1D(e, m), []int{0}},
		{"PadConstant", np.PadConstant(m, [][2]int{{1, 0}, {0, 1}}, np.Scalar(2)), []int{1, 4}},
		{"Diagonal", np.Diagonal(np.Zeros(2, 0, 3), 0, 0, 1), []int{3, 0}},
		{"FillDiagonal", np.FillDiagonal(m, np.Scalar(1)), []int{0, 3}},
		{"InsertAt", np.InsertAt(m, []int{0, 0}, np.Scalar(1), 0), []int{2, 3}},
		{"InsertAt nothing", np.InsertAt(m, nil, np.Zeros(0, 3), 0), []int{0, 3}},
		{"Put", np.Put(m, nil, e), []int{0, 3}},
		{"Place", np.Place(m, m, e), []int{0, 3}},
		{"HistogramOf", np.HistogramOf(e, np.FromSlice([]float64{0, 1, 2}), e, false), []int{2}},
		{"Indices", np.Indices(2, 0), []int{2, 2, 0}},
		{"MoveAxes", np.MoveAxes(np.Zeros(2, 0, 3), []int{0}, []int{2}), []int{0, 3, 2}},
		{"Trapezoid", np.Trapezoid(m, np.Scalar(1), 0), []int{3}},
	} {
		if !slices.Equal(c.got.Shape(), c.shape) {
			t.Errorf("%s: shape %v, want %v", c.name, c.got.Shape(), c.shape)
		}
	}
}
