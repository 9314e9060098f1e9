package linalg

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"

	np "github.com/dualjet/dualjet/numpy"
)

// mulOp is the product of matrices, with broadcasting over the batch.
var mulOp = &np.Op{Name: "linalg.product", Multilinear: true, Broadcast: true}

func init() {
	mulOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() || c.In[1].IsComplex() {
			return product2[complex128](c.In[0], c.In[1])
		}
		return product2[float64](c.In[0], c.In[1])
	}
	mulOp.VJP = func(c *np.Call, i int, w np.Array) np.Array {
		if i == 0 {
			return mul(w, t(c.In[1]))
		}
		return mul(t(c.In[0]), w)
	}
}

// mul returns the products of the matrices of x and y.
func mul(x, y np.Array) np.Array { return mulOp.Apply(nil, x, y) }

func product2[T number](x, y np.Array) np.Array {
	m, k := size(x)
	_, n := size(y)
	batch, _ := common(lead(x), lead(y))
	x, dx := stretch(x, batch)
	y, dy := stretch(y, batch)
	xs, ys := elements[T](x), elements[T](y)
	count := product(batch)
	z := make([]T, count*m*n)
	for b := range count {
		multiply(z[b*m*n:(b+1)*m*n], xs[b*dx:b*dx+m*k], ys[b*dy:b*dy+k*n], m, k, n)
	}
	return wrap(z, append(batch, m, n)...)
}

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
