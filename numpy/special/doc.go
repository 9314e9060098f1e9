// Package special has the special functions of SciPy on arrays that
// differentiate, in every argument unless it is an int or a float64.
//
//	p := special.GammaInc(a, x)    // ∂p/∂a too, to any order
//
// Arguments broadcast. Values are accurate to some units in the last place but
// near zeros, derivatives of the first order about as well; the derivatives of
// the incomplete functions for their parameters lose digits where they are
// small compared to the function.
//
// Outside the domain of a function value and derivative are NaN.
package special
