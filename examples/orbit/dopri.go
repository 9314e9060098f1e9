package main

import (
	"errors"
	"math"

	"github.com/dualjet/dualjet/jet"
)

// errStuck says that a step is too small: with a coarse tolerance an orbit can
// spiral into the centre.
var errStuck = errors.New("step too small")

// dormandPrince integrates y' = f(y) from 0 to end by the embedded Runge-Kutta
// method of orders 5 and 4 of Dormand and Prince, with the PI controller of
// DOPRI5 (Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I,
// II.4-5, and the code). tol is relative and absolute tolerance. y is
// overwritten; it is shown to see after every step.
func dormandPrince(f func(dst, y []float64), y []float64, end, tol float64, stop func() bool, see observe) (steps, evaluations int, err error) {
	const beta, alpha = 0.04, 0.2 - 0.04*0.75
	var k [7][]float64
	for i := range k {
		k[i] = make([]float64, len(y))
	}
	z := append([]float64(nil), y...)
	f(k[0], z)
	evaluations++
	see(0, y)
	t, h, last := 0.0, 1e-4, 1e-4
	for t < end {
		switch {
		case steps&1023 == 0 && stop():
			return steps, evaluations, jet.ErrODEStopped
		case !(t+h > t):
			return steps, evaluations, errStuck
		}
		final := t+h >= end
		if final {
			h = end - t
		}
		for i, a := range dormandPrinceA {
			for j := range y {
				s := 0.0
				for m, c := range a {
					s += c * k[m][j]
				}
				z[j] = y[j] + h*s
			}
			f(k[i+1], z)
			evaluations++
		}
		e := 0.0
		for j := range y {
			d := 0.0
			for m := range k {
				d += dormandPrinceE[m] * k[m][j]
			}
			r := h * d / (tol + tol*max(math.Abs(y[j]), math.Abs(z[j])))
			e += r * r / float64(len(y))
		}
		e = max(math.Sqrt(e), 1e-10)
		if !(e <= 1) {
			h /= min(math.Pow(e, alpha)/0.9, 5)
			continue
		}
		if t += h; final {
			t = end
		}
		copy(y, z)
		k[0], k[6] = k[6], k[0]
		h /= min(max(math.Pow(e, alpha)/math.Pow(last, beta)/0.9, 0.1), 5)
		last = max(e, 1e-4)
		steps++
		see(t, y)
	}
	return steps, evaluations, nil
}

var (
	dormandPrinceA = [6][]float64{
		{1. / 5},
		{3. / 40, 9. / 40},
		{44. / 45, -56. / 15, 32. / 9},
		{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
		{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
		{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
	}
	dormandPrinceE = [7]float64{71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40}
)
