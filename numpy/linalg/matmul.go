package linalg

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"

	np "github.com/dualjet/dualjet/numpy"
)

// mul returns the products of the matrices of x and y.
func mul(x, y np.Array) np.Array { return np.MatMul(x, y) }

// multiply adds the product of an m×k and a k×n matrix to z.
func multiply[T number](z, x, y []T, m, k, n int) {
	if r, ok := any(z).([]float64); ok && m*k*n >= 512 {
		blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, general(any(x).([]float64), m, k), general(any(y).([]float64), k, n), 1, general(r, m, n))
		return
	}
	for i := range m {
		dst := z[i*n : (i+1)*n]
		for j, v := range x[i*k : (i+1)*k] {
			src := y[j*n : (j+1)*n][:len(dst)]
			for l := range dst {
				dst[l] += v * src[l]
			}
		}
	}
}

func general(x []float64, m, n int) blas64.General {
	return blas64.General{Rows: m, Cols: n, Stride: max(n, 1), Data: x}
}
