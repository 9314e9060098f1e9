// Package rule holds the derivative of every primitive function, each in one
// place and written once, in the arithmetic of any number type.
//
// A rule of one argument is a generic function
//
//	func Tanh[T Real[T]](x, y T) T
//
// that is given the argument x and the result y and returns the derivative of
// the primitive at x. It is itself written in T, so that a type whose numbers
// carry derivatives gets derivatives of the derivative from the same line. A
// primitive of two arguments has two rules, for instance PowX and PowY, which
// get both arguments and the result and return the partial derivatives.
//
// The comment of a rule carries directives that complete the entry:
//
//	//rule:value EXPR    the float64 function that computes the value
//	//rule:doc TEXT      what the method returns, as in "Tanh returns TEXT."
//	//rule:domain LO HI  the closed interval on which the value is not NaN
//	//rule:edge TEXT     what the derivative is at the singular points
//	//rule:order required  the parameter is an order and must not be negative
//	//rule:args X Y      the names of the operands, of two arguments
//
// The generator in gen reads this package and writes the tables Unary and
// Binary and float64 copies of the rules (zfloat.go here), and the methods of
// the number types of package dual. Rules know nothing of how a derivative is
// carried: that 0 times an infinite derivative is 0 where an argument does not
// vary, and that the derivative of a NaN is NaN, is the business of the types.
package rule

//go:generate go run ./gen
