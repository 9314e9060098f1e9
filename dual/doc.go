// Package dual differentiates by forward mode: functions run on numbers that
// carry their derivatives along.
//
//	func rosenbrock[T dual.Real[T]](x []T) T {
//		a, b := x[1].Sub(x[0].Sqr()), x[0].Neg().AddConst(1)
//		return a.Sqr().Scale(100).Add(b.Sqr())
//	}
//
//	g := dual.Gradient(nil, rosenbrock, []float64{-1.2, 1}) // -215.6, -88
//	h := dual.Hessian(nil, rosenbrock, []float64{-1.2, 1})  // *mat.SymDense
//
// The results are exact up to rounding: there is no step size. Loops, ifs,
// recursion and closures need no care.
//
// # Number types
//
// All have the method set [Real], which the other packages of this module
// share too.
//
//   - [Float] is a float64: values only.
//   - [Number] carries one tangent, in float32 or float64.
//   - [Number3] carries three tangents, for gradients.
//   - [Hyper] carries two tangents and the second derivative in both
//     directions, for Hessians.
//   - [Nested] adds one order of derivative to any type, itself included.
//
// A number is a small value: its operations return new ones and never share
// memory. The fields are exported, so that seeding a direction is an ordinary
// literal, Number64{V: x, D: 1}.
//
// # Drivers
//
// A driver takes a function and a point and seeds the tangents itself.
// [Derivative], [Gradient], [Jacobian], [JVP], [Hessian] and the rest take dst
// first where the result has a size; a nil dst is allocated, and with a dst
// given nothing is. A generic function is passed by its bare name. The function
// must not keep the slice that it is given.
//
// [NestedDerivative] and [NestedGradient] return numbers instead of floats, so
// that they can be used inside a function which is differentiated itself.
//
// # Perturbation confusion
//
// A derivative taken inside another one must keep both variables apart. Here
// the levels are types: a number of the outer level enters the inner function
// only through [Lift], and forgetting that does not compile. One hole is left:
// a driver inside a function for the same driver, with an outer variable used
// in the inner function at the same type. The build tag dualcheck finds it: the
// drivers then evaluate the function once more with all tangents 0 and panic
// if the result still has one. Run the tests with it now and then:
//
//	go test -tags dualcheck ./...
//
// # Errors, NaN and goroutines
//
// A mistake of the program, such as lengths that differ, panics with an
// [Error]. Numbers never do: NaN and infinities flow through, and docs/edges.md
// says what each function does at its singular points. Values and functions
// are free of shared state, so that any number of goroutines may differentiate
// at the same time.
//
// # Cost
//
// With methods on one type, a sweep with one tangent takes 2 to 2.5 times the
// time of the plain function, and one with three tangents 3 to 4 times. A function that is generic in T pays about 2 ns more for each
// operation. A gradient of n variables takes ⌈n/3⌉ sweeps, a Hessian n(n+1)/2.
package dual
