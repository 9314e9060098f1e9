//go:build !numpycheck

package numpy

// lendMin is the least number of numbers that memory is lent for.
const lendMin = 32

const poison = false

func spoil([]float64) {}
