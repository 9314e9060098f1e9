//go:build numpycheck

package numpy

import "math"

// With this build tag memory is lent to the smallest arrays too, and what comes
// back is filled with NaN: whoever still uses it computes NaN.

const lendMin = 2

const poison = true

func spoil(x []float64) {
	for i := range x {
		x[i] = math.NaN()
	}
}
