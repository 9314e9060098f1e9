// Package signal has convolutions of arrays of any dimension and the pooling
// of images, with derivatives: what convolutional networks are made of.
//
//	y := signal.Convolve(a, b, signal.Same)             // along all axes
//	y = signal.Convolve(images, filters, signal.Valid,  // batches and channels
//		signal.Axes([]int{2, 3}, []int{2, 3}), signal.DotAxes([]int{1}, []int{0}))
//	y = signal.MaxPool(y, [2]int{2, 2}, [2]int{2, 2})
//
// [Convolve] multiplies directly, [FFTConvolve] by Fourier transforms. The
// functions numpy.Convolve and numpy.Correlate are those of vectors.
package signal
