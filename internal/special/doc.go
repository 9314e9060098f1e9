// Package special implements functions of a float64 that are missing from
// package math, or that package math does not compute to the accuracy which
// the derivative rules of this module rely on.
//
// It holds the gamma function and its logarithm ([Gamma], [Lgamma]), the
// polygamma functions ([Digamma], [Polygamma]), the logarithm of the beta
// function ([Lbeta]), the Bessel functions of integer order ([BesselJ],
// [BesselY], [BesselI], [BesselK]) and of real order ([BesselJY], [BesselKe],
// [BesselIe]), and functions of the error function, normal, logistic, sinc and Lambert W
// families. Of those whose Taylor series has no cheap recurrence it also has the
// derivatives of any order.
//
// # Accuracy
//
// Unless its documentation says otherwise a function is accurate to a few
// units in the last place, with a relative error below 1e-14, for all
// arguments, including huge, tiny and subnormal ones and those next to a zero
// or a pole. Where a function oscillates, or has zeros of no closed form, the
// error is as small compared to the amplitude or the terms of the formula in
// use. The tests compare with tables that were computed by the
// arbitrary-precision library mpmath; the scripts are in testdata.
//
// # Sources
//
// The formulas are those of the NIST Digital Library of Mathematical
// Functions, https://dlmf.nist.gov/, and cited by number. Tables of
// coefficients were derived with mpmath by the script testdata/gen_gamma.py.
//
// The functions do not allocate and keep no state.
package special
