package problems

import "math"

// Gradient puts the gradient of the objective at p, by formulas, into dst and
// returns it. A nil dst is allocated.
func (g *GMM) Gradient(dst, p []float64) []float64 {
	checkLen("GMM.Gradient", "p", len(p), g.Len())
	d, n := g.D, g.triangle()
	f := g.factor(p)
	dst = destination("GMM.Gradient", dst, g.Len())
	alphas, means, icf := split(g, dst)

	bar := make([]float64, len(f.q)) // adjoints of the triangles
	sum := make([]float64, g.K*d)    // Σ wₖ·Qₖ(μₖ-x) over the points
	main := make([]float64, g.K)
	c, y := make([]float64, g.K*d), make([]float64, g.K*d)
	for i := range g.N {
		x := g.point(i)
		for k := range g.K {
			main[k] = f.weights[k] - 0.5*squareNorm(f, k, x, c[k*d:][:d], y[k*d:][:d])
		}
		lse := logSumExp(main)
		for k := range g.K {
			w := math.Exp(main[k] - lse)
			alphas[k] += w
			c, y, q := c[k*d:][:d], y[k*d:][:d], bar[k*n:]
			for r, v := range y {
				t := w * v
				sum[k*d+r] += t
				row := q[:r+1]
				for j := range row {
					row[j] -= t * c[j]
				}
				q = q[r+1:]
			}
		}
	}

	lse := logSumExp(f.alphas)
	for k := range g.K {
		q, b := f.rows(k), bar[k*n:][:n]
		for j := range b {
			b[j] -= g.Gamma * g.Gamma * q[j]
		}
		// The mean enters through Q(μ-x), and the diagonal by its logarithm,
		// also in the trace.
		at := d
		for j := range d {
			diag := j * (j + 3) / 2
			icf[k*n+j] = b[diag]*q[diag] + alphas[k] + float64(g.M)
			means[k*d+j] -= q[diag] * sum[k*d+j]
			for i := j + 1; i < d; i++ {
				below := i*(i+1)/2 + j
				icf[k*n+at] = b[below]
				means[k*d+j] -= q[below] * sum[k*d+i]
				at++
			}
		}
		alphas[k] -= float64(g.N) * math.Exp(f.alphas[k]-lse)
	}
	return dst
}
