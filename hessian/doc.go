// Package hessian works with second derivatives: Hessians of functions, dense
// and sparse, by exact differentiation; their recovery from few products with
// vectors; factorizations and spectra of sparse symmetric matrices; and the
// optimizers for gonum that need no Hessian matrix.
//
//	p := hessian.Compile(f, x0)              // f is a func([]mixed.Var) mixed.Var
//	q := p.At(x)                             // one evaluation
//	defer q.Close()
//	h, g := q.Sparse(nil), q.Gradient(nil)   // also Dense, Diag, Block, HVP, Quad, D3
//	res, err := optimize.Minimize(p.Problem(), x0, nil, &hessian.NewtonCG{HVP: p.HVP})
//
// For one Hessian at one point there are [Dense], [Sparse] and [HVP], which take
// the function by its name, also a generic one:
//
//	h := hessian.Dense(nil, f, x)
//
// # Functions
//
// A [Program] is a function that has been recorded once; a [Point] is a Program
// at one x. The pattern of the Hessian comes from the operations, so that it
// holds at every point and no entry is ever missed. The values come by edge
// pushing, which goes once backwards over the operations, or from products with
// vectors in which columns of one color add up, whichever is estimated to be
// faster; [Program.Plan] tells which and why, and [Using] decides instead. A
// function that takes another branch at another point is recorded again by itself.
// [Program.Check] compares all ways to the derivatives with each other and with
// differences.
//
// [CompileVector] takes a function with several results. [Program.Lagrangian] is
// for solvers with constraints: structures once, values at each point.
// [Point.Jacobian] is a sparse [Jac], and [Jac.Gram] the matrix of Gauss and Newton;
// its products with vectors are [Point.GaussNewton].
//
// Beyond the Hessian are [Point.SparseD3], its derivative in a direction, and
// [Laplace], standard errors and evidence from the Hessian at a minimum.
//
// The other parts of the package take Hessian-vector products from anywhere. A
// product is a function that stores the product with v in dst. [Point.HVP] and
// [Sym.MulVec] are of that type. What takes one takes any symmetric matrix, or a
// Gauss-Newton or Fisher matrix instead of a Hessian; [Operator] hands one to
// iterative solvers:
//
//	c := hessian.NewColoring(hessian.NewPattern(n, pairs), hessian.Direct)
//	h := c.Sparse(nil, func(dst, v []float64) { … }) // 3 products for a tridiagonal matrix
//	var f hessian.LDL
//	if err := f.FactorizePositive(h); err == nil { f.Solve(step, grad) }
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
// A [Pattern] and a [Coloring] do not change and may be shared by goroutines, and
// so may a [Program] if the function may. A [Sym] may be read by many at a time;
// a [Point], a [Lagrangian], a [Laplace], an [Operator], an [LDL] and the methods
// belong to one.
// Results do not depend on [Workers] or GOMAXPROCS, and random numbers only on
// [Seed]. Where dst is given, nothing is allocated in steady state with one
// worker.
//
// Mistakes of the program, lengths above all, panic with an [Error]. What the
// data decide is an error: [PivotError], [NonFiniteError], [ConvergenceError],
// [CheckError], [ErrNotBand], [ErrStructure], and where a function and its gradient
// disagree or there is no minimum [ErrGradient] and [ErrUnbounded]. NaN flows
// through products and is refused by factorizations, iterations and methods.
//
// # Cost
//
// In units of a gradient of the same function, a sparse Hessian takes 1.5 to 2 for
// Rosenbrock's function and for an arrow, and some 3 where six variables meet in a
// term. Compiling takes 2 to 10, and up to 50 if a coloring has to be made.
// A sparse Jacobian of few colours takes 3 to 5, SparseD3 some 5 for each
// color.
//
// A coloring takes time in proportion to the entries times the colors at most,
// also with dense rows: 0.3 s for 100,000 rows in a band of 5 with 5 dense rows.
// LDL takes 10 ms for a band of 5 and 0.2 s for a grid in the plane with as many
// rows.
package hessian
