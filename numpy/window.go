package numpy

import "math"

// Windows by which signals are weighted.

// taper returns f at n points from -1 to 1 at equal distances, 1 for a single
// one.
func taper(name string, n int, f func(t float64) float64) Array {
	if n < 0 {
		fail("%s: %d points", name, n)
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
		if n > 1 {
			v[i] = f(float64(2*i+1-n) / float64(n-1))
		}
	}
	return Wrap(v)
}

// Bartlett returns the Bartlett window of n points, a triangle that is 0 at the
// ends.
func Bartlett(n int) Array {
	return taper("Bartlett", n, func(t float64) float64 { return 1 - math.Abs(t) })
}

// Hanning returns the Hann window of n points, ½+½cos(πt) for t from -1 to 1.
func Hanning(n int) Array {
	return taper("Hanning", n, func(t float64) float64 { return 0.5 + 0.5*math.Cos(math.Pi*t) })
}

// Hamming returns the Hamming window of n points, 0.54+0.46cos(πt).
func Hamming(n int) Array {
	return taper("Hamming", n, func(t float64) float64 { return 0.54 + 0.46*math.Cos(math.Pi*t) })
}

// Blackman returns the Blackman window of n points,
// 0.42+0.5cos(πt)+0.08cos(2πt).
func Blackman(n int) Array {
	return taper("Blackman", n, func(t float64) float64 {
		return 0.42 + 0.5*math.Cos(math.Pi*t) + 0.08*math.Cos(2*math.Pi*t)
	})
}

// Kaiser returns the Kaiser window of n points, I0(beta·√(1-t²))/I0(beta), for a
// number beta. It is differentiable in it.
func Kaiser(n int, beta Array) Array {
	t := taper("Kaiser", n, func(t float64) float64 { return math.Sqrt((1 - t) * (1 + t)) })
	return Div(I0(Mul(beta, t)), I0(beta))
}

// I0 returns the modified Bessel function of the first kind and order 0.
func I0(x Array) Array { return x.BesselI(0) }
