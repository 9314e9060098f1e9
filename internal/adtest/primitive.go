package adtest

import "github.com/dualjet/dualjet/dual"

// Unary returns the methods of one argument and no parameter, by name.
func Unary[T dual.Real[T]]() map[string]func(T) T { return unary[T]() }

// Primitives returns the methods as functions of one argument, by name; those
// with a parameter or a second operand for some values of it.
func Primitives[T dual.Real[T]]() map[string]func(T) T { return primitives[T]() }
