// Package fft computes discrete Fourier transforms of arrays that differentiate.
//
//	x := np.Linspace(0, 1, 16)
//	y := fft.RFFT(x)                          // shape (9), complex
//	z := fft.FFT(x, fft.N(32), fft.Ortho)     // padded with zeros, unitary
//	w := fft.FFT2(x2, fft.Axes(0, 1))
//
// All eighteen functions of numpy.fft are here, for any length, odd ones too.
// Transforms are linear, so that their derivatives are transforms again: any
// order and mode of differentiation costs what the transform costs. Lengths
// without large prime factors are fast, the cost being n times the sum of the
// prime factors of n.
//
// Arrays may be shared by goroutines. A length or axis that does not fit
// panics with a numpy.Error.
package fft
