// Package numpy computes with n-dimensional arrays that differentiate: what
// autograd is to NumPy, this is to Go. It is meant to be imported as np.
//
//	f := func(x np.Array) np.Array { return np.Sum(np.Tanh(np.Mul(x, x))) }
//	x := np.FromSlice([]float64{-1, 0, 1})
//	g := np.Grad(f)(x)                    // the gradient, an array like x
//	h := np.Hessian(f)(x)                 // of shape (3, 3)
//	d := np.ElementwiseGrad(np.Tanh)(x)   // tanh′ of each element
//
// A function of arrays goes in and a function of arrays comes out, which may
// go in again. The results are exact up to rounding: there is no step size.
// Loops, ifs, recursion and closures need no care. A tutorial is in
// docs/tutorial-numpy.md, a comparison with autograd in docs/autograd.md.
//
// # Arrays
//
// An [Array] holds float64 or complex128 numbers and is immutable. Operations
// return new arrays; those that only look at the elements in another way, such
// as [Reshape] of what lies in order, [Transpose] and slices, share memory.
// [FromSlice] copies its argument and [Wrap] takes it over; [Of] takes nested
// slices and matrices of gonum. [Array.Float64s], [Array.Float64], [Array.Ints]
// and [Array.Matrix] lead back, free of derivatives. Package fmt prints arrays
// as NumPy does.
//
// Shapes broadcast as in NumPy: they are aligned at the last axis, and an axis
// of length 1, or one that is missing, stretches. Axes and indices count from
// the end where negative. A vector has the shape (n), a scalar the shape (),
// and the zero value of Array is the scalar 0. Reductions take options:
// [Axis], [KeepDims], [DDof].
//
// [Array.Index] reads with a list of parts, x.Index(np.Whole, np.Span(1, 3)) for
// x[:, 1:3], and [SetAt] and [AddAt] return arrays with a part replaced or
// added to. Masks and lists of indices work as in NumPy, also repeated ones.
//
// # Operations
//
// Functions have NumPy's names in Go's spelling, and most have a method too:
// Add(x, y) is x.Add(y). An Array has all methods of dual.Real, so that a
// function written for any number type runs on arrays, element by element.
// docs/numpy.md lists all operations with the derivatives that they have. By
// topic there are:
//
//	making          Of FromSlice FromComplex Wrap WrapComplex Scalar ComplexScalar
//	                Zeros Ones Full ZerosLike OnesLike FullLike EmptyLike Eye
//	                Identity Tri Vander FromFunction
//	ranges, grids   Arange Linspace Logspace Geomspace LinspaceOf LogspaceOf
//	                GeomspaceOf Meshgrid MGrid OGrid Indices
//	windows         Bartlett Blackman Hamming Hanning Kaiser
//	arithmetic      Add Sub Mul Div Neg Positive Reciprocal FMA AZMul Pow Mod FMod
//	                FloorDivide DivMod Hypot LdExp FrExp ModF
//	powers, logs    Sqrt Cbrt Square Exp Exp2 Expm1 Log Log2 Log10 Log1p LogAddExp
//	                LogAddExp2
//	angles          Sin Cos Tan Arcsin Arccos Arctan Arctan2 Sinc Deg2Rad Rad2Deg
//	                Unwrap
//	hyperbolic      Sinh Cosh Tanh Arcsinh Arccosh Arctanh
//	networks        Sigmoid Softplus ReLU SiLU GELU Softmax LogSoftmax
//	special         I0; package special has many
//	signs, bounds   Abs Fabs Sign Copysign SignBit Heaviside Clip Maximum Minimum FMax
//	                FMin NanToNum NanToNumOf
//	rounding        Floor Ceil Round Rint Trunc
//	complex         Complex AsComplex Real Imag Conj Angle RealIfClose
//	comparisons     Less LessEqual Greater GreaterEqual Equal NotEqual IsClose
//	                AllClose ArrayEqual ArrayEquiv
//	truth           LogicalAnd LogicalOr LogicalXor LogicalNot All Any CountNonzero
//	                IsFinite IsInf IsNaN IsPosInf IsNegInf IsReal IsComplex
//	sums            Sum Prod Mean Average AverageOf LogSumExp CumSum CumProd Trapezoid
//	                BinCount; NanSum NanProd NanMean NanCumSum NanCumProd
//	statistics      Var Std Median Quantile Quantiles Percentile Cov CovOf CorrCoef
//	                CorrCoefOf; NanVar NanStd NanMedian NanQuantile NanPercentile
//	extremes        Max Min Ptp ArgMax ArgMin; NanMax NanMin NanArgMax NanArgMin
//	histograms      Histogram HistogramOf Histogram2D HistogramDD HistogramBinEdges
//	                Digitize
//	differences     Diff DiffEnds EDiff1D Gradient GradientAt Gradients
//	products        MatMul Dot Inner Outer VDot TensorDot TensorDotAxes Einsum Kron
//	                Cross; package linalg has more
//	convolutions    Convolve Correlate; package signal has those of several axes
//	polynomials     Polyval Poly PolyAdd PolySub PolyMul PolyDiv PolyDer PolyInt;
//	                linalg.Polyfit
//	interpolation   Interp InterpEnds InterpPeriod
//	shapes          Reshape Ravel Squeeze ExpandDims AtLeast1D AtLeast2D AtLeast3D
//	                Resize BroadcastTo BroadcastArrays BroadcastShapes SumTo
//	axes            Transpose MatrixTranspose SwapAxes MoveAxis MoveAxes RollAxis
//	order           Flip FlipLR FlipUD Rot90 Roll RollAxes RollFlat
//	joining         Concatenate Stack VStack HStack DStack ColumnStack Block Append
//	                Insert InsertAt Delete
//	splitting       Split SplitAt ArraySplit VSplit HSplit DSplit Unstack TrimZeros
//	repeating       Repeat RepeatEach Tile Pad PadConstant PadRamp
//	diagonals       Diag DiagFlat MakeDiagonal Diagonal FillDiagonal Trace Tril Triu
//	choosing        Where Select Choose Piecewise Take TakeAlongAxis Compress Extract
//	writing         SetAt AddAt Put PutAlongAxis PutMask Place
//	indices         Nonzero FlatNonzero ArgWhere SearchSorted DiagIndices TrilIndices
//	                TriuIndices RavelMultiIndex UnravelIndex
//	parts of Index  I Span SpanStep From To Step Ints IntsOf Mask Ix Whole NewAxis
//	                Ellipsis
//	sorting         Sort ArgSort MSort LexSort Partition ArgPartition
//	sets            Unique UniqueAll UniqueAlong IsIn Union1D Intersect1D SetDiff1D
//	                SetXor1D
//	functions       Vectorize ApplyAlongAxis ApplyOverAxes
//	files           Save Load SaveZ SaveZCompressed LoadZ WriteNPY ReadNPY WriteNPZ
//	                WriteNPZCompressed ReadNPZ WriteText ReadText
//
// Some have other names besides, as Multiply is Mul. A name in Of is that of a
// function with more operands or options: [Cov] and [CovOf], [Linspace] between
// numbers and [LinspaceOf] between arrays. One in Nan leaves NaN out.
//
// More operations are in the packages below this one: linalg, fft, signal,
// special, stats, random and integrate; package optimizers has methods of
// descent. [Op], [CustomVJP] and [CustomJVP] make operations of one's own.
//
// # Derivatives
//
// A function from n to m numbers has these derivatives, at the cost of so many
// passes:
//
//	Grad, ValueAndGrad              gradient, m = 1                  1 back
//	GradAndAux                      the same, other results beside   1 back
//	ElementwiseGrad                 of each element by itself        1 back
//	Deriv                           the same                         1 forward
//	ElementwiseDerivatives          the same, orders 0 to K          1 series
//	JVP, Linearize                  Jacobian times vector            1 forward
//	VJP, TensorJacobianProduct      vector times Jacobian            1 back
//	Jacobian                        shape of value, of argument      min(n, m)
//	Hessian                         shape of argument, twice         n
//	HVP, HVPFunc                    Hessian times vector             1 forward over back
//	HessianTensorProduct            the same, many vectors           1 for each
//	Laplacian                       trace of the Hessian             n
//	GGNVP                           Gauss-Newton times vector        1 forward, 1 back
//	TaylorCoefficients              series along a path              1 series
//	HolomorphicGrad                 complex derivative               1 back
//
// Passes that belong together run as one batch on arrays with one more axis.
// JVP, Linearize, VJP, HVPFunc, GGNVP and TaylorCoefficients take a point at once,
// the others return functions of it, as do all with Args in their names.
//
// Names in Args are for functions of several arguments, as in [GradArgs], and
// names in Tree for functions of structs, slices and maps that hold arrays, as
// in [GradTree]. [Flatten] and [FlattenFunc] make a vector of such a tree;
// [Leaves], [Paths], [WithLeaves] and [MapTree] are for what goes through its
// arrays. [Checkpoint] and [CheckpointLoop] compute again instead of keeping,
// [FixedPoint] has the derivative of a solution, [Record] returns the operations
// of a function as a [Program]. [CheckGrads] compares derivatives with
// differences, in tests.
//
// # Modes and nesting
//
// There are three [Mode] values: forward mode carries a tangent with each array,
// reverse mode keeps the operations and goes back over them, and Taylor mode
// carries a series. The rules of an operation are written in operations, so
// that each mode runs inside each other to any order, and a derivative taken
// within a function of another variable keeps the two apart. Comparisons and
// methods like [Array.Float64] see numbers only.
//
// An array that is part of a derivative must not leave the function that is
// differentiated in any other way than as its result: it is of no use once the
// derivative has been taken, and says so by a panic. Its numbers may: by
// [Array.Detach] or [Array.Float64s].
//
// # Kinks and singular points
//
// At a kink the derivative is the mean of both sides: 0 for |x| at 0, ½ for
// max(x, 0) at 0 and on the bounds of [Clip], equal parts for the elements that
// are the largest together. It is 0 for norms and standard deviations at 0. What
// does not vary contributes exactly 0, also next to an infinite or undefined
// slope, so that a branch of [Where] that is not taken does no harm. Rounding
// and comparisons have the derivative 0. docs/edges.md has the whole contract,
// which all packages of this module share.
//
// # Complex numbers
//
// The gradient of a real function u by x+iy is ∂u/∂x - i∂u/∂y. Cotangents pair
// with tangents as Re(w·v), without conjugation, so that rules have no
// conjugates that the real ones have not, and the derivative of a holomorphic
// function is what [HolomorphicGrad], [Deriv] and [Jacobian] say. Functions of
// real arrays stay real: the square root of -1 is NaN, that of [AsComplex] of it
// is i.
//
// # Errors
//
// A mistake of the program, such as shapes that do not fit, panics with an
// [Error] that names the operation and the shapes. [Maybe] returns it as an
// error, and [Fail] is for operations of one's own. Numbers never panic: NaN and
// infinities flow through. What data decide, such as whether [FixedPoint]
// converges, is an ordinary error.
//
// # Goroutines
//
// Arrays, programs and the functions that transforms return may be used by any
// number of goroutines. Operations on large arrays use several themselves; the
// results do not depend on how many.
//
// # Cost
//
// An operation on small arrays costs mainly its overhead: of the order of 0.1 µs
// and 64 bytes for a result, 0.5 to 1 µs and 0.5 KB with its way back. From some
// hundred elements on the arithmetic counts, and a gradient takes two to four
// times the function. Reverse mode keeps the arrays that the rules of the
// operations want; derivatives that are computed in one go use the memory of
// what lies between their arguments and results again for the next. They hold
// at most 64 MB for that, until the garbage collector has run twice. Series of order K take about K²/2 times the function.
// Programs of many operations on single numbers are the field of package
// reverse, which needs 4 to 8 ns for each.
package numpy
