// Package special holds special functions of arrays in SciPy's names
// (scipy.special): the gamma and beta families, Bessel functions, error
// functions, and those of statistics and information theory.
//
// All act on elements, with broadcasting, and have derivatives of any order
// for every operand that is a real number, shape parameters among them: those
// of [GammaInc] and [BetaInc] and the order of [Iv] are differentiated in
// their series and continued fractions. Operands are real; complex ones make
// the functions panic with a numpy.Error.
package special
