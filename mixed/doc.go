// Package mixed differentiates forward over reverse. It records what a function
// does as a program, sweeps that forward in an arithmetic which carries tangents,
// and backward for the derivatives of these for all variables at once: products
// with the Hessian at the price of a gradient, third derivatives, and the
// gradient of a derivative of any order along a line.
//
//	f := mixed.NewFunc(rosenbrock[mixed.Var])
//	p := f.At(x)                   // one recording
//	defer p.Close()
//	y, g := p.Value(), p.Gradient(nil)
//	hv := p.HVP(nil, v)            // each further one costs less than a gradient
//
// A [Var] has the methods of [dual.Real], so that a function generic in that
// serves this package and all others.
//
// # Programs and points
//
// [HVP], [ValueGradientHVP], [Directional], [DirectionalGradient] and
// [Elementwise] take a function and record it each time. A [Func] keeps the
// recording, a [Program], and records again where it does not hold. A [Point] is
// a program at one x. It has the local first and second derivatives of every
// operation and the adjoints, computed once; a product with the Hessian is then
// a sweep forward and one backward on numbers, with no function to evaluate.
//
//	Value, Values, Gradient       of the function or of Σ w[i]·f[i]
//	HVP, HVPs, Quad               Hv, HV, uᵀHv
//	JVP                           Jv, for several results
//	D3                            the gradient of uᵀHv
//	Directional                   derivatives of f(x+t·v) of any order
//	DirectionalGradient           their gradients
//
// [Eval] replays a program in any arithmetic: dual numbers, jets, the variables
// of another tape. Engines of other kinds, such as that for sparse Hessians in
// package hessian, go through the operations as [Step]s: [Program.Structure] tells
// which derivatives an operation can have anywhere, [Point.Step] those at a point.
//
// # Branches
//
// A program is what the function did at one point. It is never used where the
// function would do something else. Methods and functions with cases, such as
// Abs, Max, Floor, [dual.Where] and [dual.LogSumExp], are operations that decide
// anew at each point. [dual.Less] is how a function should decide between two
// computations: the comparison is recorded, and checked at each point. If the
// function looks at a value in another way, by Value or Lead, the program holds
// only where it was recorded, unless [Unsteered] declares that nothing depends
// on it. Where a program does not hold, [Program.At] returns an [ErrBranch], and
// [Func.At] records again. A function that decides by something else than its
// argument, such as a clock, cannot be seen through.
//
// # Guarantees
//
// Programs and Funcs serve any number of goroutines, a point one at a time. With
// destinations given and points closed nothing is allocated in steady state.
// Results do not depend on the number of workers. Mistakes panic with an
// [Error]; numbers never do, NaN and infinities flow through. At singular points
// the answers are those of package dual, see docs/edges.md: an exact 0 absorbs
// the infinite, and at a kink a direction in which the argument keeps its sign
// counts.
//
// # Cost
//
// In units of a gradient by package reverse, of the same function: recording
// takes 0.8 to 1, a replay of the program at another point a quarter, the
// derivatives at a point 0.5 to 0.8, a product with the Hessian 0.4 to 1.1, and
// half of that where [Point.HVPs] takes several. A third derivative takes some
// 4.5. An operation takes 12 bytes in a program and 64 more at a point; operands
// of the fused functions on slices take 12.
package mixed
