package jet

import (
	"fmt"
	"math/big"
)

// polarize returns directions and weights such that for every f
//
//	∂ⁱf = Σ weights[j]·[t^K] f(x + t·dirs[j]),  K = |i|.
//
// All elements of index are positive. The identity Σ (-1)^|m| ∏C(i_p,m_p)
// (Σ (i_p-2m_p)·x_p)^K = 2^K·K!·∏x_p^i_p is that of the K-th central difference.
// As (-d) gives (-1)^K times the coefficient of d and g·d gives g^K times, only
// directions without a common factor remain.
func polarize(index []int) (dirs [][]int, weights []float64) {
	order := 0
	for _, k := range index {
		order += k
	}
	at := map[string]int{}
	var sums []*big.Int
	for m := make([]int, len(index)); m != nil; m = next(m, index) {
		w := big.NewInt(1)
		d := make([]int, len(index))
		total, divisor, lead := 0, 0, 0
		for p, k := range index {
			w.Mul(w, new(big.Int).Binomial(int64(k), int64(m[p])))
			d[p] = k - 2*m[p]
			total += m[p]
			divisor = divisorOf(divisor, d[p])
			if lead == 0 {
				lead = d[p]
			}
		}
		if divisor == 0 {
			continue
		}
		if lead < 0 {
			divisor = -divisor
		}
		for p := range d {
			d[p] /= divisor
		}
		w.Mul(w, new(big.Int).Exp(big.NewInt(int64(divisor)), big.NewInt(int64(order)), nil))
		if total%2 == 1 {
			w.Neg(w)
		}
		key := fmt.Sprint(d)
		j, ok := at[key]
		if !ok {
			j = len(dirs)
			at[key] = j
			dirs, sums = append(dirs, d), append(sums, new(big.Int))
		}
		sums[j].Add(sums[j], w)
	}
	half := new(big.Int).Lsh(big.NewInt(1), uint(order))
	n := 0
	for j, s := range sums {
		if s.Sign() != 0 {
			w, _ := new(big.Rat).SetFrac(s, half).Float64()
			dirs[n], weights = dirs[j], append(weights, w)
			n++
		}
	}
	return dirs[:n], weights
}

// next returns the multi-index after m in the box up to top, or nil after the
// last. It changes m.
func next(m, top []int) []int {
	for p := range m {
		if m[p]++; m[p] <= top[p] {
			return m
		}
		m[p] = 0
	}
	return nil
}

// divisorOf returns the greatest common divisor of x ≥ 0 and y.
func divisorOf(x, y int) int {
	y = max(y, -y)
	for y != 0 {
		x, y = y, x%y
	}
	return x
}

// noiseOf returns Σ |weights[j]|·h_K(|dirs[j]|)/∏i!, where h_K is the
// complete homogeneous symmetric polynomial of degree K = |i|: how large the
// terms of a polarization can be if no Taylor coefficient of f of order K is
// larger than that in question.
func noiseOf(index []int, dirs [][]int, weights []float64) float64 {
	order := 0
	for _, k := range index {
		order += k
	}
	h := make([]float64, order+1)
	sum := 0.0
	for j, d := range dirs {
		clear(h)
		h[0] = 1
		for _, x := range d {
			for k := 1; k <= order; k++ {
				h[k] += float64(max(x, -x)) * h[k-1]
			}
		}
		sum += max(weights[j], -weights[j]) * h[order]
	}
	for _, k := range index {
		sum = overFactorialFloat(sum, k)
	}
	return sum
}
