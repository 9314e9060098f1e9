// Package special holds special functions of arrays in SciPy's names
// (scipy.special): the gamma and beta families, Bessel and Airy functions, error
// functions, exponential, trigonometric, Fresnel and elliptic integrals, the
// zeta function, and those of statistics and information theory.
//
//	gamma, beta     Gamma GammaLn GammaSgn RGamma Poch MultiGammaLn Digamma Psi
//	                Polygamma Beta BetaLn; incomplete: GammaInc GammaIncC BetaInc
//	Bessel          J0 J1 Jn Jv Y0 Y1 Yn Yv; modified: I0 I1 Iv K0 K1 Kn Kv;
//	                scaled: I0e I1e Ive Kve; spherical: SphericalJn SphericalYn
//	                SphericalIn SphericalKn
//	Airy            Airy
//	error function  Erf Erfc Erfcx Erfi Erfinv Erfcinv Dawsn
//	integrals       Exp1 ExpI ExpN Sici Fresnel EllipK EllipE
//	zeta, Lambert   Zeta LambertW
//	statistics      Ndtr LogNdtr Ndtri Expit LogExpit Logit LogSumExp Softmax
//	                LogSoftmax
//	information     Entr RelEntr KlDiv XLogY XLog1pY
//
// All but the sums of [LogSumExp], [Softmax] and [LogSoftmax] act on elements, with broadcasting, and have derivatives of any order
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
