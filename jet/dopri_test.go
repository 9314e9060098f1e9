package jet_test

import "math"

// dormandPrince integrates y' = f(t, y) from t0 to t1 > t0 by the embedded
// Runge-Kutta method of orders 5 and 4 of Dormand and Prince, with the PI
// controller of DOPRI5 (Hairer, Nørsett and Wanner, Solving Ordinary
// Differential Equations I, II.4-5, and the code). tol is relative and absolute
// tolerance. y is overwritten.
func dormandPrince(f func(dst []float64, t float64, y []float64), y []float64, t0, t1, tol float64) (steps, evaluations int) {
	const beta, alpha = 0.04, 0.2 - 0.04*0.75
	var k [7][]float64
	for i := range k {
		k[i] = make([]float64, len(y))
	}
	z := make([]float64, len(y))
	stage := func(i int, t float64) {
		f(k[i], t, z)
		evaluations++
	}
	t, h, last := t0, 1e-4*(t1-t0), 1e-4
	copy(z, y)
	stage(0, t)
	for t < t1 {
		if t+h >= t1 || t+h == t {
			h = t1 - t
		}
		for i := 1; i < 7; i++ {
			for j := range y {
				s := 0.0
				for m := range i {
					s += dormandPrinceA[i-1][m] * k[m][j]
				}
				z[j] = y[j] + h*s
			}
			stage(i, t+dormandPrinceC[i-1]*h)
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
		grow := math.Pow(e, alpha) / math.Pow(last, beta)
		if e <= 1 {
			t += h
			if math.Abs(t1-t) <= 1e-14*math.Abs(t1) {
				t = t1
			}
			copy(y, z)
			k[0], k[6] = k[6], k[0]
			last = max(e, 1e-4)
			steps++
			h /= min(max(grow/0.9, 0.1), 5)
		} else {
			h /= min(math.Pow(e, alpha)/0.9, 5)
		}
	}
	return steps, evaluations
}

var (
	dormandPrinceC = [6]float64{1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1}
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
