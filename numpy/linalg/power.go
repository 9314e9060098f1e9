package linalg

import (
	"math"
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// MatrixPower returns the powers of square matrices, of their inverses if n is
// negative.
func MatrixPower(a np.Array, n int) np.Array {
	square("MatrixPower", a)
	if n < 0 {
		a, n = Inv(a), -n
	}
	if n == 0 {
		_, k := size(a)
		one := np.BroadcastTo(eye(k), a.Shape()...)
		if a.IsComplex() {
			return np.AsComplex(one)
		}
		return one
	}
	var y np.Array
	for first := true; ; a = mul(a, a) {
		if n&1 != 0 {
			if first {
				y = a
			} else {
				y = mul(y, a)
			}
			first = false
		}
		if n >>= 1; n == 0 {
			return y
		}
	}
}

// FractionalMatrixPower returns the principal powers of square matrices: the
// exponentials of p times [Logm], and for integers what [MatrixPower] does. The
// result is real if a is and p is an integer or no eigenvalue is negative. A
// singular matrix gives NaN if p is no integer.
func FractionalMatrixPower(a np.Array, p float64) np.Array {
	square("FractionalMatrixPower", a)
	if math.IsNaN(p) || math.Abs(p) > 1<<53 {
		np.Fail("linalg: FractionalMatrixPower: power %g", p)
	}
	// The power of modulus up to a half is left to the logarithm.
	whole := math.RoundToEven(p)
	y := MatrixPower(a, int(whole))
	if p == whole {
		return y
	}
	return mul(y, Expm(Logm(a).Scale(p-whole)))
}

// MultiDot returns the product of two or more matrices in the order of the
// fewest multiplications. The first and the last may be vectors. Unlike in
// NumPy matrices may have leading axes, which broadcast.
func MultiDot(xs ...np.Array) np.Array {
	if len(xs) < 2 {
		np.Fail("linalg: MultiDot: %d arrays, want at least 2", len(xs))
	}
	xs = slices.Clone(xs)
	last := len(xs) - 1
	first1, last1 := xs[0].NDim() == 1, xs[last].NDim() == 1
	if first1 {
		xs[0] = row(xs[0])
	}
	if last1 {
		xs[last] = column(xs[last])
	}
	batch := []int{}
	for i, x := range xs {
		if x.NDim() < 2 {
			np.Fail("linalg: MultiDot: array %d has shape %s", i, shape(x))
		}
		m, _ := size(x)
		if i > 0 {
			if _, n := size(xs[i-1]); m != n {
				doNotFit("MultiDot", xs[i-1], x)
			}
		}
		var ok bool
		if batch, ok = common(batch, lead(x)); !ok {
			doNotFit("MultiDot", xs[0], x)
		}
	}
	y := chain(xs)
	m, n := size(y)
	out := slices.Clone(lead(y))
	if !first1 {
		out = append(out, m)
	}
	if !last1 {
		out = append(out, n)
	}
	if first1 || last1 {
		y = np.Reshape(y, out...)
	}
	return y
}

// chain multiplies matrices in the best order.
func chain(xs []np.Array) np.Array {
	n := len(xs)
	dim := func(i int) int {
		if i == n {
			_, k := size(xs[n-1])
			return k
		}
		k, _ := size(xs[i])
		return k
	}
	// cost and cut of the product of matrices i to j, inclusive.
	cost, cut := make([]int, n*n), make([]int, n*n)
	for l := 1; l < n; l++ {
		for i := 0; i+l < n; i++ {
			j := i + l
			cost[i*n+j] = -1
			for k := i; k < j; k++ {
				c := cost[i*n+k] + cost[(k+1)*n+j] + dim(i)*dim(k+1)*dim(j+1)
				if old := cost[i*n+j]; old < 0 || c < old {
					cost[i*n+j], cut[i*n+j] = c, k
				}
			}
		}
	}
	var prod func(i, j int) np.Array
	prod = func(i, j int) np.Array {
		if i == j {
			return xs[i]
		}
		k := cut[i*n+j]
		return mul(prod(i, k), prod(k+1, j))
	}
	return prod(0, n-1)
}
