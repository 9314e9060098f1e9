// Package jet computes with truncated Taylor series, jets, and so gets
// derivatives of any order from one run of a function.
//
//	x := jet.Variable(0.7, 8)     // 0.7 + t + O(t⁹)
//	y := x.Sin().Exp()
//	y.Derivative(8)               // the eighth derivative of exp(sin x) at 0.7
//	fmt.Printf("%.4v\n", y)       // 1.904 + 1.457t − 0.05641t² − … + O(t⁹)
//
// A jet holds the value of a function and its first K derivatives in one
// direction. It costs K²/2 multiplications an operation where nested dual
// numbers cost 3^K.
//
// # Number types
//
// All have the method set [dual.Real] at every order.
//
//   - [Jet] has coefficients of float64 or float32, with native arithmetic.
//   - [Nested] has coefficients of any other type: dual numbers for the
//     derivatives of Taylor coefficients, other jets, variables of a tape.
//   - [Jet2] and [Jet3] have the fixed orders 2 and 3 and stay in registers. They
//     cost some 1.5 and 2.5 times the plain function, far less than a Jet.
//   - [Collapsed] sums the derivatives in many directions, for Laplacians.
//
// Coefficients are normalised, the k-th derivative divided by k!, so that
// order 40 does not overflow. [Jet.Coeff] returns them and [Jet.Derivative] the
// derivatives.
//
// [Series] is a Jet whose operations change it in place, in the manner of
// math/big, for loops that must not allocate.
//
// # Series as objects
//
// Jets can be evaluated at a t by [Jet.Eval], composed and inverted as functions
// by [Jet.Compose] and [Jet.Revert], and differentiated and integrated for t. They
// print as 1 + 2t − ½t² + O(t³). [Jet.Radius] estimates how far a series
// converges, and [Jet.Pade] turns it into a rational function that often reaches
// farther. [Inverse], [Implicit] and [ImplicitSystem] find the series of functions
// that are given by equations.
//
// # Known orders
//
// A jet knows in which direction its variable moves, t → 0+. Where a function
// is singular at the value of its argument it follows the first terms that are
// not 0: √(t²) is t, |−t²| is t², sin(t)/t is 1 − t²/6 + …. Such steps cost
// orders: √(t⁴+2t⁵+O(t⁷)) is known through t⁴ only. Coefficients that are not
// known are NaN, never 0, and [Jet.KnownOrder] tells how many are. A coefficient
// that is exactly 0 absorbs infinite and unknown ones. The table of all singular
// points is in docs/edges.md.
//
// # Drivers
//
// A driver takes a function and a point and makes the jets itself.
//
//   - [Derivatives] and [Taylor] differentiate a function of one variable, and
//     [DerivativesEach] at many points.
//   - [Directional] differentiates one of several variables along a line.
//   - [Mixed] and [Partial] give a single mixed derivative of any order, to full
//     accuracy, and [Tensor] all up to an order.
//   - [Laplacian], [ValueGradientLaplacian], [WeightedLaplacian] and [Bilaplacian]
//     sum derivatives of order 2 and 4 in one run. For 50 variables a Laplacian
//     takes 20 to 110 times as long as the function, a half to a tenth of 50
//     hyperdual runs and 1/40 or less of 50 Hessian-vector products.
//
// The function must not keep its argument. The build tag dualcheck makes drivers
// find functions that capture a number which a driver outside differentiates.
//
// # Differential equations
//
// [SolveODE] integrates y' = f(t, y) by Taylor series, to the last digits of a
// float64 unless told otherwise:
//
//	func kepler[T dual.Real[T]](dst []T, _ T, y []T) {
//		w := y[0].Hypot(y[1]).PowInt(-3)
//		dst[0], dst[1] = y[2], y[3]
//		dst[2], dst[3] = y[0].Mul(w).Neg(), y[1].Mul(w).Neg()
//	}
//
//	sol, err := jet.SolveODE(kepler, []float64{0.4, 0, 0, 2}, 0, 100, nil)
//	sol.At(y, 12.34)
//
// Every step runs f once and keeps the series, so that the solution is known at
// all t; an [ODEEvent] finds where a function of t and y changes its sign.
// [SolveODESensitivity] also differentiates the solution for the initial state
// and for parameters. A step of order K costs K²/2 multiplications for each
// product, quotient or elementary function in f, and no allocation but for what
// is kept. At an error of 1e-9 that takes some 25 steps a revolution of the
// orbit above and a third of the time of the Runge-Kutta method of Dormand and
// Prince; at 1e-3 the latter is faster. Stiff equations are none of its
// strengths.
//
// # Workspaces and goroutines
//
// The results of operations are new jets. Those that descend from a
// [Workspace] live in its memory, and nothing is allocated in steady state. Jets
// without a workspace are immutable values, free for any number of goroutines.
//
// # Errors
//
// A mistake of the program, such as a negative order, panics with an [Error].
// Numbers never do: NaN and infinities flow through, and what ends an
// integration early is an error, with the solution up to there.
package jet
