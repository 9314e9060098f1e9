// Package reverse differentiates by reverse mode: a tape records what a
// function does, and a sweep backwards over it yields the derivatives for all
// variables at once.
//
//	func rosenbrock(x []reverse.Var) reverse.Var {
//		var s reverse.Var
//		for i := range len(x) - 1 {
//			a, b := x[i+1].Sub(x[i].Sqr()), x[i].Neg().AddConst(1)
//			s = s.Add(a.Sqr().Scale(100)).Add(b.Sqr())
//		}
//		return s
//	}
//
//	y, g := reverse.ValueAndGradient(nil, rosenbrock, x) // n = 10 or 100,000
//
// A [Var] has the methods of [dual.Real], so that a function generic in that
// works too, at some 2 ns more for each operation.
//
// # Tapes
//
// The drivers, [Gradient], [VJP], [Jacobian] and [GradientSum], use tapes of
// their own. [GradientOf] takes a struct of numbers, slices and maps for the
// parameters; [Flatten] and [Unflatten] turn one into a vector and back. With a
// [Tape] in hand one records freely:
//
//	var t reverse.Tape
//	x := t.Vars(nil, []float64{1, 2})
//	y := x[0].Mul(x[1]).Sin()
//	t.Backward(y)
//	fmt.Println(t.Adjoint(x[0]), t.Adjoint(x[1]))
//
// [Tape.Mark] and [Tape.BackwardTo] differentiate a long sum in the memory of
// one term, [Checkpoint] and [Steps] a long computation in that of one part.
// [Custom], [Root], [FixedPoint] and [Solve] are statements with derivatives of
// their own, and [Var.Chain] is one for a function of one variable. A build with
// the tag tapedebug tells where numbers became NaN or infinite; see [Diagnose].
//
// The functions of package dual on slices, Sum, Dot, LinComb, SumSq, Norm,
// LogSumExp, Prod and Poly, take one record each, and Softmax, Axpy and MatVec
// one for each result. They are quickest with operands that were recorded one
// after the other, such as those of [Tape.Vars] or results of a loop that does
// one operation: these need no indices.
//
// Constants are not recorded. The sweep is a loop, so that the depth of the
// computation does not matter. A derivative that is exactly 0 passes nothing
// on, and neither does an adjoint of 0, even where the other is infinite: the
// contract at singular points is that of package dual, in docs/edges.md.
//
// # Guarantees
//
// A tape and its variables belong to one goroutine at a time; different tapes
// have nothing in common. A variable used where it does not belong panics: on
// another tape, after a Reset, after a rewind took it back. An operation
// tells other tapes by a code, which misses one in 700,000; Backward and
// Adjoint compare the tapes themselves. All panics are of type [Error]. NaN and
// infinities flow through. In steady state nothing is allocated.
//
// # Cost
//
// A record takes 24 bytes and its adjoint 8. An operand of a fused statement
// takes 8 bytes, or 12 if they are not next to each other. Recording and
// sweeping an operation takes 4 to 8 ns together, an operand 1 to 3 ns, so that a
// gradient costs 2 to 7 times a function of some weight, and some 40 times one
// that is a handful of additions and multiplications for each variable. What a
// gradient costs besides is about 60 ns. See docs/performance.md.
package reverse
