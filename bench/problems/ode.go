package problems

import "github.com/dualjet/dualjet/dual"

// ODE is GradBench's initial value problem
//
//	y₀' = x₀, yᵢ' = xᵢ·yᵢ₋₁, y(0) = 0,
//
// from time 0 to 2 by Steps steps of the classical Runge–Kutta method. Its exact
// solution is yᵢ(t) = tⁱ⁺¹/(i+1)!·x₀⋯xᵢ, which the method finds for i < 4. The
// objective is the last yᵢ.
type ODE struct {
	Steps int
}

// rungeKutta has the weights of the classical method: those of the former slope
// in the argument of each stage, and those of the slopes in the step.
var rungeKutta = [4]struct{ in, out float64 }{{0, 1. / 6}, {0.5, 1. / 3}, {0.5, 1. / 3}, {1, 1. / 6}}

const odeTime = 2

func (o ODE) check(name string, n int) (h float64) {
	if o.Steps < 1 {
		fail("%s: Steps = %d, want at least 1", name, o.Steps)
	}
	if n < 1 {
		fail("%s: len(x) = 0, want at least 1", name)
	}
	return odeTime / float64(o.Steps)
}

// slope puts y' into dst.
func (o ODE) slope(dst, x, y []float64) {
	dst[0] = x[0]
	for i := 1; i < len(x); i++ {
		dst[i] = x[i] * y[i-1]
	}
}

// step takes y one step of length h ahead. It leaves the arguments of the four
// stages one after the other in u.
func (o ODE) step(y, x, u, k, sum []float64, h float64) {
	n := len(x)
	clear(sum)
	for s, w := range rungeKutta {
		u := u[s*n:][:n]
		copy(u, y)
		if w.in != 0 {
			for i := range u {
				u[i] += h * w.in * k[i]
			}
		}
		o.slope(k, x, u)
		for i := range sum {
			sum[i] += w.out * k[i]
		}
	}
	for i := range y {
		y[i] += h * sum[i]
	}
}

// Solve puts y at time 2 into dst, which has the length of x, and returns it. A
// nil dst is allocated.
func (o ODE) Solve(dst, x []float64) []float64 {
	h := o.check("ODE.Solve", len(x))
	dst = destination("ODE.Solve", dst, len(x))
	u, k, sum := make([]float64, 4*len(x)), make([]float64, len(x)), make([]float64, len(x))
	for range o.Steps {
		o.step(dst, x, u, k, sum, h)
	}
	return dst
}

// Value returns the objective at x.
func (o ODE) Value(x []float64) float64 {
	o.check("ODE.Value", len(x))
	return o.Solve(nil, x)[len(x)-1]
}

// ODESolve is [ODE.Solve] for any number type. It stores into dst, which must have
// the length of x, and returns it.
func ODESolve[T dual.Real[T]](o ODE, dst, x []T) []T {
	h := o.check("ODESolve", len(x))
	checkLen("ODESolve", "dst", len(dst), len(x))
	clear(dst)
	n := len(x)
	k, u, sum := make([]T, n), make([]T, n), make([]T, n)
	for range o.Steps {
		clear(sum)
		for _, w := range rungeKutta {
			copy(u, dst)
			if w.in != 0 {
				for i := range u {
					u[i] = u[i].Add(k[i].Scale(h * w.in))
				}
			}
			k[0] = x[0]
			for i := 1; i < n; i++ {
				k[i] = x[i].Mul(u[i-1])
			}
			for i := range sum {
				sum[i] = sum[i].Add(k[i].Scale(w.out))
			}
		}
		for i := range dst {
			dst[i] = dst[i].Add(sum[i].Scale(h))
		}
	}
	return dst
}

// ODEValue is [ODE.Value] for any number type.
func ODEValue[T dual.Real[T]](o ODE, x []T) T {
	return ODESolve(o, make([]T, len(x)), x)[len(x)-1]
}

// Gradient puts the gradient of the objective at x, by the stages in reverse, into
// dst and returns it. A nil dst is allocated.
func (o ODE) Gradient(dst, x []float64) []float64 {
	h := o.check("ODE.Gradient", len(x))
	dst = destination("ODE.Gradient", dst, len(x))
	n := len(x)
	u := make([]float64, 4*n*o.Steps)
	y, k, sum := make([]float64, n), make([]float64, n), make([]float64, n)
	for s := range o.Steps {
		o.step(y, x, u[4*n*s:][:4*n], k, sum, h)
	}
	bar, kbar, ubar, next := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	bar[n-1] = 1
	for s := 4*o.Steps - 1; s >= 0; s-- {
		u, stage := u[n*s:][:n], s%4
		if stage == 3 {
			copy(next, bar)
		}
		// The slope of this stage is in the step and in the argument of the
		// stage after it.
		in := 0.0
		if stage < 3 {
			in = rungeKutta[stage+1].in
		}
		for i := range kbar {
			kbar[i] = h * (rungeKutta[stage].out*next[i] + in*ubar[i])
		}
		dst[0] += kbar[0]
		for i := 1; i < n; i++ {
			dst[i] += kbar[i] * u[i-1]
			ubar[i-1] = kbar[i] * x[i]
		}
		ubar[n-1] = 0
		for i, v := range ubar {
			bar[i] += v
		}
	}
	return dst
}
