package numpy

// Methods for the functions of their names, as NumPy has them. Max and Min are
// those of dual.Real, of two arrays: see the functions for reductions.

// Sum returns the sum of the elements; see the function [Sum].
func (x Array) Sum(opts ...ReduceOption) Array { return Sum(x, opts...) }

// Mean returns the mean of the elements; see the function [Mean].
func (x Array) Mean(opts ...ReduceOption) Array { return Mean(x, opts...) }

// Prod returns the product of the elements; see the function [Prod].
func (x Array) Prod(opts ...ReduceOption) Array { return Prod(x, opts...) }

// Var returns the variance of the elements; see the function [Var].
func (x Array) Var(opts ...ReduceOption) Array { return Var(x, opts...) }

// Std returns the standard deviation of the elements; see the function [Std].
func (x Array) Std(opts ...ReduceOption) Array { return Std(x, opts...) }

// Ptp returns the range of the elements; see the function [Ptp].
func (x Array) Ptp(opts ...ReduceOption) Array { return Ptp(x, opts...) }

// All tells whether no element is 0; see the function [All].
func (x Array) All(opts ...ReduceOption) Array { return All(x, opts...) }

// Any tells whether some element is not 0; see the function [Any].
func (x Array) Any(opts ...ReduceOption) Array { return Any(x, opts...) }

// ArgMax returns the index of the largest element; see the function [ArgMax].
func (x Array) ArgMax(opts ...ReduceOption) Array { return ArgMax(x, opts...) }

// ArgMin returns the index of the smallest element; see the function [ArgMin].
func (x Array) ArgMin(opts ...ReduceOption) Array { return ArgMin(x, opts...) }

// ArgSort returns the indices that sort x; see the function [ArgSort].
func (x Array) ArgSort(opts ...ReduceOption) Array { return ArgSort(x, opts...) }

// CumSum returns sums up to each element; see the function [CumSum].
func (x Array) CumSum(opts ...ReduceOption) Array { return CumSum(x, opts...) }

// CumProd returns products up to each element; see the function [CumProd].
func (x Array) CumProd(opts ...ReduceOption) Array { return CumProd(x, opts...) }

// Clip returns x within bounds; see the function [Clip].
func (x Array) Clip(lo, hi Array) Array { return Clip(x, lo, hi) }

// Reshape returns x in another shape; see the function [Reshape].
func (x Array) Reshape(shape ...int) Array { return Reshape(x, shape...) }

// Ravel returns the elements as a vector.
func (x Array) Ravel() Array { return Ravel(x) }

// Flatten returns the elements as a vector, as [Array.Ravel] does.
func (x Array) Flatten() Array { return Ravel(x) }

// Transpose returns x with its axes permuted; see the function [Transpose].
func (x Array) Transpose(axes ...int) Array { return Transpose(x, axes...) }

// SwapAxes returns x with two axes exchanged; see the function [SwapAxes].
func (x Array) SwapAxes(a, b int) Array { return SwapAxes(x, a, b) }

// Squeeze returns x without axes of length 1; see the function [Squeeze].
func (x Array) Squeeze(axes ...int) Array { return Squeeze(x, axes...) }

// Repeat returns x with each element n times; see the function [Repeat].
func (x Array) Repeat(n, axis int) Array { return Repeat(x, n, axis) }

// Take returns elements by their indices; see the function [Take].
func (x Array) Take(index []int, axis int) Array { return Take(x, index, axis) }

// Compress returns parts of x where a condition holds; see the function
// [Compress].
func (x Array) Compress(cond Array, axis int) Array { return Compress(cond, x, axis) }

// Diagonal returns a diagonal of two axes; see the function [Diagonal].
func (x Array) Diagonal(offset int, axes ...int) Array { return Diagonal(x, offset, axes...) }

// Trace returns the sum of a diagonal; see the function [Trace].
func (x Array) Trace(offset int, axes ...int) Array { return Trace(x, offset, axes...) }
