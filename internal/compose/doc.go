// Package compose tests number types of one package over those of another:
// Taylor series of variables on a tape, and dual numbers of them. It has no
// code of its own.
package compose
