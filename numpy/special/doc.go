// Package special holds special functions of arrays in SciPy's names
// (scipy.special): the gamma and beta families, Bessel and Airy functions, error
// functions, exponential, trigonometric, Fresnel and elliptic integrals, the
// zeta function, and those of statistics and information theory.
//
// All act on elements, with broadcasting, and have derivatives of any order
// for every operand that is a real number, shape parameters among them: those
// of [GammaInc] and [BetaInc] and the order of [Iv] are differentiated in
// their series and continued fractions. Only the orders of [Jv], [Yv], [Kv] and
// [Kve] have no derivative. Operands are real; complex ones make the functions
// panic with a numpy.Error.
//
// Values and first and second derivatives were compared with the
// arbitrary-precision library mpmath by the tables and scripts in testdata; the
// relative error is some 1e-13 or less where the documentation says nothing
// else, away from zeros.
package special
