package numpy_test

import (
	"fmt"
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// BenchmarkReduce compares reductions and products with plain loops; see
// [BenchmarkLayer] for the metrics.
func BenchmarkReduce(b *testing.B) {
	benchProducts(b)
	for _, n := range []int{100, 1000} {
		for axis := range 2 {
			benchAxis(b, n, axis)
		}
	}
}

func benchProducts(b *testing.B) {
	const n = 1000
	xs := wave(n)
	x, v := np.FromSlice(xs), np.Cos(np.Arange(0, n, 1))
	prod := func() {
		p := 1.0
		for _, v := range xs {
			p *= v
		}
		sink += p
	}
	layer(b, "prod", prod, func() { kept = np.Prod(x) })
	grad := np.Grad(func(x np.Array) np.Array { return np.Prod(x) })
	layer(b, "prod-gradient", prod, func() { kept = grad(x) })
	hvp := np.HVP(func(x np.Array) np.Array { return np.Prod(x) })
	layer(b, "prod-hvp", prod, func() { kept = hvp(x, v) })
	_, _, again := np.HVPFunc(func(x np.Array) np.Array { return np.Prod(x) }, x)
	layer(b, "prod-hvp-again", prod, func() { kept = again(v) })
	nan := np.Grad(func(x np.Array) np.Array { return np.NanProd(x) })
	layer(b, "nanprod-gradient", prod, func() { kept = nan(x) })

	cum := func() {
		out := make([]float64, n)
		p := 1.0
		for i, v := range xs {
			p *= v
			out[i] = p
		}
		sink += out[n-1]
	}
	layer(b, "cumprod", cum, func() { kept = np.CumProd(x) })
	grad = np.Grad(func(x np.Array) np.Array { return np.Sum(np.CumProd(x)) })
	layer(b, "cumprod-gradient", cum, func() { kept = grad(x) })
	hvp = np.HVP(func(x np.Array) np.Array { return np.Sum(np.CumProd(x)) })
	layer(b, "cumprod-hvp", cum, func() { kept = hvp(x, v) })
}

func benchAxis(b *testing.B, n, axis int) {
	xs := wave(n * n)
	x := np.Wrap(xs, n, n)
	sum := func() []float64 {
		out := make([]float64, n)
		if axis == 1 {
			for i := range n {
				s := 0.0
				for _, v := range xs[i*n : (i+1)*n] {
					s += v
				}
				out[i] = s
			}
			return out
		}
		for i := range n {
			for j, v := range xs[i*n : (i+1)*n] {
				out[j] += v
			}
		}
		return out
	}
	plainSum := func() { sink += sum()[0] }
	plainVar := func() {
		mean := sum()
		out := make([]float64, n)
		for i := range mean {
			mean[i] /= float64(n)
		}
		for i := range n {
			row := xs[i*n : (i+1)*n]
			if axis == 0 {
				for j, v := range row {
					d := v - mean[j]
					out[j] += d * d
				}
				continue
			}
			m, s := mean[i], 0.0
			for _, v := range row {
				s += (v - m) * (v - m)
			}
			out[i] = s
		}
		for i := range out {
			out[i] /= float64(n)
		}
		sink += out[0]
	}
	max := func() []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = math.Inf(-1)
		}
		if axis == 1 {
			for i := range n {
				s := out[i]
				for _, v := range xs[i*n : (i+1)*n] {
					if v > s || v != v {
						s = v
					}
				}
				out[i] = s
			}
			return out
		}
		for i := range n {
			for j, v := range xs[i*n : (i+1)*n] {
				if v > out[j] || v != v {
					out[j] = v
				}
			}
		}
		return out
	}
	plainMax := func() { sink += max()[0] }
	plainLSE := func() {
		top := max()
		out := make([]float64, n)
		for i := range n {
			row := xs[i*n : (i+1)*n]
			if axis == 0 {
				for j, v := range row {
					out[j] += math.Exp(v - top[j])
				}
				continue
			}
			m, s := top[i], 0.0
			for _, v := range row {
				s += math.Exp(v - m)
			}
			out[i] = s
		}
		for i := range out {
			out[i] = math.Log(out[i]) + top[i]
		}
		sink += out[0]
	}
	for _, c := range []struct {
		name  string
		plain func()
		f     func(np.Array, ...np.ReduceOption) np.Array
	}{
		{"sum", plainSum, np.Sum},
		{"mean", plainSum, np.Mean},
		{"var", plainVar, np.Var},
		{"std", plainVar, np.Std},
		{"max", plainMax, np.Max},
		{"min", plainMax, np.Min},
		{"logsumexp", plainLSE, np.LogSumExp},
	} {
		name := fmt.Sprintf("%s-%d-axis-%d", c.name, n, axis)
		layer(b, name, c.plain, func() { kept = c.f(x, np.Axis(axis)) })
		grad := np.Grad(func(x np.Array) np.Array { return np.Sum(c.f(x, np.Axis(axis))) })
		layer(b, name+"-gradient", c.plain, func() { kept = grad(x) })
	}
}

func BenchmarkFlat(b *testing.B) {
	for _, n := range []int{10, 1000, 100000} {
		xs := wave(n)
		ys := make([]float64, n)
		for i := range ys {
			ys[i] = 1 + 0.3*math.Cos(float64(i))
		}
		x, y := np.FromSlice(xs), np.FromSlice(ys)
		run := func(name string, plain func(out []float64), f func() np.Array) {
			layer(b, fmt.Sprintf("%s-%d", name, n), func() {
				out := make([]float64, n)
				plain(out)
				sink += out[0]
			}, func() { kept = f() })
		}
		run("floor", func(out []float64) {
			for i, v := range xs {
				out[i] = math.Floor(v)
			}
		}, func() np.Array { return np.Floor(x) })
		run("rint", func(out []float64) {
			for i, v := range xs {
				out[i] = math.RoundToEven(v)
			}
		}, func() np.Array { return np.Rint(x) })
		run("sign", func(out []float64) {
			for i, v := range xs {
				switch {
				case v > 0:
					out[i] = 1
				case v < 0:
					out[i] = -1
				default:
					out[i] = v
				}
			}
		}, func() np.Array { return np.Sign(x) })
		run("isnan", func(out []float64) {
			for i, v := range xs {
				if v != v {
					out[i] = 1
				}
			}
		}, func() np.Array { return np.IsNaN(x) })
		run("isfinite", func(out []float64) {
			for i, v := range xs {
				if v-v == 0 {
					out[i] = 1
				}
			}
		}, func() np.Array { return np.IsFinite(x) })
		run("less", func(out []float64) {
			for i, v := range xs {
				if v < ys[i] {
					out[i] = 1
				}
			}
		}, func() np.Array { return np.Less(x, y) })
		run("equal", func(out []float64) {
			for i, v := range xs {
				if v == ys[i] {
					out[i] = 1
				}
			}
		}, func() np.Array { return np.Equal(x, y) })
		run("greater-number", func(out []float64) {
			for i, v := range xs {
				if v > 1 {
					out[i] = 1
				}
			}
		}, func() np.Array { return np.Greater(x, np.Scalar(1)) })
		run("and", func(out []float64) {
			for i, v := range xs {
				if v != 0 && ys[i] != 0 {
					out[i] = 1
				}
			}
		}, func() np.Array { return np.LogicalAnd(x, y) })
	}
}

func BenchmarkMatMul(b *testing.B) {
	for _, n := range []int{2, 3, 4, 6, 8, 16, 32} {
		for _, batch := range []int{1, 100} {
			xs, ys := wave(batch*n*n), wave(batch*n*n)
			plain := func() {
				z := make([]float64, batch*n*n)
				for k := range batch {
					x, y, z := xs[k*n*n:(k+1)*n*n], ys[k*n*n:(k+1)*n*n], z[k*n*n:(k+1)*n*n]
					for i := range n {
						row := z[i*n : (i+1)*n]
						for l, v := range x[i*n : (i+1)*n] {
							for j, u := range y[l*n : (l+1)*n] {
								row[j] += v * u
							}
						}
					}
				}
				sink += z[0]
			}
			shape := []int{batch, n, n}
			if batch == 1 {
				shape = shape[1:]
			}
			x, y := np.Wrap(xs, shape...), np.Wrap(ys, shape...)
			name := fmt.Sprintf("%dx%d-%d", n, n, batch)
			layer(b, name, plain, func() { kept = np.MatMul(x, y) })
			grad := np.GradArgs(func(a ...np.Array) np.Array { return np.Sum(np.MatMul(a[0], a[1])) })
			layer(b, name+"-gradient", plain, func() { kept = grad(x, y)[0] })
		}
	}
	xs, ys := wave(10), wave(10)
	x, y := np.FromSlice(xs), np.FromSlice(ys)
	dot := func() {
		s := 0.0
		for i, v := range xs {
			s += v * ys[i]
		}
		sink += s
	}
	layer(b, "dot-10", dot, func() { kept = np.Dot(x, y) })
	grad := np.GradArgs(func(a ...np.Array) np.Array { return np.Dot(a[0], a[1]) })
	layer(b, "dot-10-gradient", dot, func() { kept = grad(x, y)[0] })
	m, w := np.Wrap(wave(9), 3, 3), np.Wrap(wave(9), 3, 3)
	mul := func() { kept = np.MatMul(m, w) }
	layer(b, "einsum-3x3", mul, func() { kept = np.Einsum("ij,jk->ik", m, w) })
	mulGrad := np.GradArgs(func(a ...np.Array) np.Array { return np.Sum(np.MatMul(a[0], a[1])) })
	einGrad := np.GradArgs(func(a ...np.Array) np.Array { return np.Sum(np.Einsum("ij,jk->ik", a[0], a[1])) })
	layer(b, "einsum-3x3-gradient", func() { kept = mulGrad(m, w)[0] }, func() { kept = einGrad(m, w)[0] })
	layer(b, "einsum-3x3-alone", mul, func() { kept = np.Einsum("ij,kj", m, w) })
	layer(b, "einsum-trace", mul, func() { kept = np.Einsum("ii->", m) })
	layer(b, "einsum-three", mul, func() { kept = np.Einsum("ij,jk,kl->il", m, w, m) })
}
