package linalg

import (
	"math"
	"testing"
)

// TestLevinson checks that the fast method solves systems by itself, without
// the factorization that helps where it fails.
func TestLevinson(t *testing.T) {
	for _, n := range []int{1, 2, 3, 20} {
		const m = 2
		elements := make([]complex128, 2*n-1)
		for i := range elements {
			x := float64(i*i + 1)
			elements[i] = complex(math.Sin(x), math.Cos(3*x))
		}
		elements[n-1] = complex(2*float64(n), 1)
		b := make([]complex128, n*m)
		for i := range b {
			b[i] = complex(float64(i%5)-2, float64(i%3))
		}
		if !solves(elements, levinson(elements, b, n, m), b, n, m) {
			t.Errorf("complex system of size %d is not solved", n)
		}
		reals, rb := make([]float64, len(elements)), make([]float64, len(b))
		for i, v := range elements {
			reals[i] = real(v)
		}
		for i, v := range b {
			rb[i] = real(v)
		}
		x := levinson(reals, rb, n, m)
		if !solves(reals, x, rb, n, m) {
			t.Errorf("real system of size %d is not solved", n)
		}
		x[0] += 1e-6
		if solves(reals, x, rb, n, m) {
			t.Errorf("a wrong solution of size %d passes", n)
		}
	}
}
