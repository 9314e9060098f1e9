// Package hessian works with second derivatives: sparse symmetric matrices,
// their recovery from few Hessian-vector products, factorizations, spectra, and
// the optimizers for gonum that need no Hessian matrix.
//
//	p := hessian.NewPattern(n, pairs)                // which entries may differ from 0
//	c := hessian.NewColoring(p, hessian.Direct)      // 3 products for a tridiagonal matrix
//	h := c.Sparse(nil, func(dst, v []float64) { … }) // a product with v each
//	var f hessian.LDL
//	if err := f.FactorizePositive(h); err == nil { f.Solve(step, grad) }
//
// A Hessian-vector product is a function that stores the product with v in dst.
// Methods such as [Sym.MulVec] are of that type. What takes one takes any
// symmetric matrix, or a Gauss-Newton or Fisher matrix instead of a Hessian.
//
// # Sparse matrices
//
// A [Pattern] tells which entries may differ from zero, a [Sym] has their
// values: the lower triangle by columns. A Sym is a mat.Symmetric and converts
// to gonum's dense and band matrices, and to the triplets that solvers in other
// languages ask for. A [Coloring] recovers a Sym from products, in a number that
// does not grow with the size; [LDL] solves with it, shifts it to be positive
// definite, counts the signs of its eigenvalues and yields the diagonal of its
// inverse, the variances of an estimate. Nothing needs n² memory or time.
//
// # Spectra
//
// [Eigen] finds extreme eigenvalues and their vectors from products alone,
// [Trace] estimates the trace, [EstimateDiag] the diagonal. [Coloring.Diag] has
// the exact diagonal of a sparse matrix for the fewest products.
//
// # Optimization
//
// [NewtonCG] and [TrustRegion] are methods for gonum's optimize.Minimize: they
// converge like Newton's method, for a handful of vectors of memory. Both are
// for any number of variables, and both leave regions of negative curvature.
// [MethodStats] counts the products.
//
// # Guarantees
//
// A [Pattern] and a [Coloring] do not change and may be shared by goroutines. A
// [Sym] may be read by many at a time; an [LDL] and the methods belong to one.
// Results do not depend on [Workers] or GOMAXPROCS, and random numbers only on
// [Seed]. Where dst is given, nothing is allocated in steady state with one
// worker.
//
// Mistakes of the program, lengths above all, panic with an [Error]. What the
// data decide is an error: [PivotError], [NonFiniteError], [ConvergenceError],
// [ErrNotBand]. NaN flows through products and is refused by factorizations,
// iterations and methods.
//
// # Cost
//
// A coloring takes time in proportion to the entries times the colors at most,
// also with dense rows: 0.3 s for 100,000 rows in a band of 5 with 5 dense rows.
// LDL takes 30 ms for a band of 5 and 1 s for a grid in the plane with as many
// rows.
package hessian
