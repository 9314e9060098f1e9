package special

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
	np "github.com/dualjet/dualjet/numpy"
)

// SphericalJn returns the spherical Bessel function of the first kind jₙ(x), for
// n ≥ 0; it is 1 at 0 for n = 0 and else 0. SphericalJn and the other spherical
// Bessel functions panic with a numpy.Error if n is negative. They are those of
// the order n+1/2, NIST DLMF 10.47(ii), derivatives come from neighbouring
// orders, 10.51.1 and 10.51.4.
func SphericalJn(n int, x np.Array) np.Array {
	return spherical("SphericalJn", n, x, 1, -1, func(n int, x float64) float64 {
		switch {
		case x < sphericalSmall:
			return sphericalSeries(n, x, -1)
		case math.IsInf(x, 1):
			return 0
		}
		j, _ := special.BesselJY(float64(n)+0.5, x)
		return j * math.Sqrt(math.Pi/2) / math.Sqrt(x)
	}, 0)
}

// SphericalYn returns the spherical Bessel function of the second kind yₙ(x), for
// n ≥ 0; it is -Inf at 0. See [SphericalJn].
func SphericalYn(n int, x np.Array) np.Array {
	return spherical("SphericalYn", n, x, 1, -1, func(n int, x float64) float64 {
		if math.IsInf(x, 1) {
			return 0
		}
		_, y := special.BesselJY(float64(n)+0.5, x)
		return y * math.Sqrt(math.Pi/2) / math.Sqrt(x)
	}, 1)
}

// SphericalIn returns the modified spherical Bessel function of the first kind
// iₙ(x), for n ≥ 0; it is 1 at 0 for n = 0 and else 0. See [SphericalJn].
func SphericalIn(n int, x np.Array) np.Array {
	return spherical("SphericalIn", n, x, 1, 1, func(n int, x float64) float64 {
		switch {
		case x < sphericalSmall:
			return sphericalSeries(n, x, 1)
		case math.IsInf(x, 1):
			return x
		}
		e := math.Exp(0.5 * x) // twice, for exp(x) might overflow
		return special.BesselIe(float64(n)+0.5, x) * math.Sqrt(math.Pi/2) / math.Sqrt(x) * e * e
	}, 0)
}

// SphericalKn returns the modified spherical Bessel function of the second kind
// kₙ(x), for n ≥ 0; it is +Inf at 0 and NaN for negative x. See [SphericalJn].
func SphericalKn(n int, x np.Array) np.Array {
	return spherical("SphericalKn", n, x, -1, -1, func(n int, x float64) float64 {
		if math.IsInf(x, 1) {
			return 0
		}
		e := math.Exp(-0.5 * x)
		return special.BesselKe(float64(n)+0.5, x) * math.Sqrt(math.Pi/2) / math.Sqrt(x) * e * e
	}, -1)
}

// sphericalSmall is the bound on x below which two terms of the power series are
// enough.
const sphericalSmall = 1e-4

// sphericalSeries returns jₙ(x) for s = -1 and iₙ(x) for s = 1, where x is
// small; DLMF 10.53.1 and 10.53.3.
func sphericalSeries(n int, x, s float64) float64 {
	p := 1 + 0.5*s*x*x/float64(2*n+3)
	for i := 1; i <= n && p != 0; i++ {
		p *= x / float64(2*i+1)
	}
	return p
}

// spherical returns the function of order n of a family whose derivatives are
// (p·n·f(n-1) + q·(n+1)·f(n+1))/(2n+1). For negative x it is that of -x times
// the power n+parity of -1, or NaN if parity is negative.
func spherical(name string, n int, x np.Array, p, q float64, f func(n int, x float64) float64, parity int) np.Array {
	if n < 0 {
		np.Fail("special: %s: order %d is negative", name, n)
	}
	return apply(name, x, func(k int, x float64) float64 {
		sign := 1.0
		if x < 0 && parity >= 0 {
			x, sign = -x, alternate(n+parity+k, 1)
		}
		// the orders lo to n+k
		lo := max(0, n-k)
		row := make([]float64, n+k-lo+1)
		for i := range row {
			row[i] = f(lo+i, x)
		}
		for ; k > 0; k-- {
			// Of order 0, and of the lowest one where it is no longer needed,
			// there is none before.
			before := 0.0
			for i := range len(row) - 1 {
				m := float64(lo + i)
				d := q * (m + 1) * row[i+1]
				if before != 0 {
					d += p * m * before
				}
				before, row[i] = row[i], d/(2*m+1)
			}
			row = row[:len(row)-1]
		}
		return sign * row[n-lo]
	})
}
