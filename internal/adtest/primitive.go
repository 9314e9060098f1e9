package adtest

import "github.com/dualjet/dualjet/dual"

// Unary returns the methods of one argument and no parameter, by name.
func Unary[T dual.Real[T]]() map[string]func(T) T { return unary[T]() }
