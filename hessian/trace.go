package hessian

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
)

// Trace estimates the trace of the symmetric n×n matrix whose products with
// vectors mul stores in dst, from so many products, and the standard error of
// that. With at least n products it is exact and the error 0. It is Hutch++
// (Meyer, Musco, Musco & Woodruff, SOSA 2021): a third of the products finds
// the space of the large eigenvalues, where another third takes the trace
// exactly, and the last one samples the rest. The error falls with 1/products
// where that of plain sampling falls with its root. It panics with an [Error]
// if products is less than 1 or n negative.
//
// For the exact trace of a sparse matrix sum up [Coloring.Diag].
func Trace(n int, mul func(dst, v []float64), products int, opts ...Option) (trace, stderr float64) {
	checkFunc("Trace", mul == nil)
	checkProducts("Trace", n, products)
	rnd := random(apply(opts).seed)
	v, w := make([]float64, n), make([]float64, n)
	if products >= n {
		for i := range n {
			clear(v)
			v[i] = 1
			mul(w, v)
			trace += w[i]
		}
		return trace, 0
	}
	third := products / 3
	var q [][]float64
	for range third {
		signs(v, rnd)
		y := make([]float64, n)
		mul(y, v)
		if before := floats.Norm(y, 2); project(y, q) > 1e-12*before {
			floats.Scale(1/floats.Norm(y, 2), y)
			q = append(q, y)
		}
	}
	for _, y := range q {
		mul(w, y)
		trace += floats.Dot(y, w)
	}
	// Samples of (1-QQᵀ)·A·(1-QQᵀ).
	samples := products - 2*third
	var sum, squares float64
	for range samples {
		signs(v, rnd)
		project(v, q)
		mul(w, v)
		s := floats.Dot(v, w)
		sum += s
		squares += s * s
	}
	mean := sum / float64(samples)
	if samples == 1 {
		return trace + mean, math.Inf(1)
	}
	variance := max(0, squares-sum*mean) / float64(samples-1)
	return trace + mean, math.Sqrt(variance / float64(samples))
}

// EstimateDiag puts an estimate of the diagonal of the symmetric matrix whose
// products with vectors mul stores in dst into dst and returns it, from so many
// products; with at least len(dst) it is exact. The variance of entry i is the
// sum of the squares of the others in its row, divided by products (Bekas,
// Kokiopoulou & Saad, Appl. Numer. Math. 57, 2007). It panics with an [Error]
// if products is less than 1.
//
// For the exact diagonal of a sparse matrix see [Coloring.Diag].
func EstimateDiag(dst []float64, mul func(dst, v []float64), products int, opts ...Option) []float64 {
	checkFunc("EstimateDiag", mul == nil)
	n := len(dst)
	checkProducts("EstimateDiag", n, products)
	rnd := random(apply(opts).seed)
	v, w := make([]float64, n), make([]float64, n)
	if products >= n {
		for i := range n {
			clear(v)
			v[i] = 1
			mul(w, v)
			dst[i] = w[i]
		}
		return dst
	}
	clear(dst)
	for range products {
		signs(v, rnd)
		mul(w, v)
		for i, s := range v {
			dst[i] += s * w[i]
		}
	}
	floats.Scale(1/float64(products), dst)
	return dst
}

func checkProducts(name string, n, products int) {
	if n < 0 || products < 1 {
		fail("%s: %d products for n = %d, want at least 1 and n ≥ 0", name, products, n)
	}
}

// signs fills v with random signs.
func signs(v []float64, rnd *rand.Rand) {
	var bits uint64
	for i := range v {
		if i%64 == 0 {
			bits = rnd.Uint64()
		}
		v[i] = float64(int(bits&1)*2 - 1)
		bits >>= 1
	}
}

// project takes the components along the orthonormal q out of v, twice for
// rounding, and returns the norm of what is left.
func project(v []float64, q [][]float64) float64 {
	for range 2 {
		for _, y := range q {
			floats.AddScaled(v, -floats.Dot(y, v), y)
		}
	}
	return floats.Norm(v, 2)
}
