package linalg

import (
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"

	np "github.com/dualjet/dualjet/numpy"
)

var (
	eigOp     = &np.Op{Name: "linalg.Eig"}
	eigvalsOp = &np.Op{Name: "linalg.Eigvals"}
)

func init() {
	eigOp.EvalAll = func(c *np.Call) []np.Array {
		w, v := eigValue(c.In[0])
		return []np.Array{w, v}
	}
	eigOp.JVPAll = func(c *np.Call, dot []np.Array) []np.Array {
		w, v := c.Out[0], c.Out[1]
		d := solve(v, mul(dot[0], v))
		dv := mul(v, np.AZMul(d, gaps(w)))
		// Vectors keep their length and move as little as possible.
		along := np.Sum(np.Mul(np.Conj(v), dv), np.Axis(-2))
		return []np.Array{diag(d), np.Sub(dv, np.Mul(v, row(along)))}
	}
	// Without vectors, the values might come in another order.
	eigvalsOp.Eval = func(c *np.Call) np.Array {
		w, _ := eigValue(c.In[0])
		return w
	}
	eigvalsOp.JVP = func(c *np.Call, _ int, dot np.Array) np.Array {
		v := eigOp.ApplyAll(nil, c.In[0])[1]
		return diag(solve(v, mul(dot, v)))
	}
}

func eigValue(a np.Array) (w, v np.Array) {
	_, n := size(a)
	batch := lead(a)
	count := product(batch)
	ws, vs := make([]complex128, count*n), make([]complex128, count*n*n)
	for i := range count {
		wi, vi := ws[i*n:(i+1)*n], vs[i*n*n:(i+1)*n*n]
		ok := true
		if a.IsComplex() {
			ok = eigComplex(a.Complex128s()[i*n*n:(i+1)*n*n], wi, vi, n)
		} else {
			ok = eigReal(a.Float64s()[i*n*n:(i+1)*n*n], wi, vi, n)
		}
		if !ok {
			fillNaN(wi)
			fillNaN(vi)
		}
	}
	return np.WrapComplex(ws, append(slices.Clone(batch), n)...), np.WrapComplex(vs, append([]int{}, a.Shape()...)...)
}

func eigReal(a []float64, w, v []complex128, n int) bool {
	if n == 0 || !finite(a) {
		return n == 0
	}
	var e mat.Eigen
	if !e.Factorize(mat.NewDense(n, n, slices.Clone(a)), mat.EigenRight) {
		return false
	}
	e.Values(w)
	var vec mat.CDense
	e.VectorsTo(&vec)
	for i := range n {
		for j := range n {
			v[i*n+j] = vec.At(i, j)
		}
	}
	return true
}

func eigComplex(a []complex128, w, v []complex128, n int) bool {
	t, q, ok := schur(a, n)
	if !ok {
		return false
	}
	small := 0.0
	for _, x := range t {
		small = math.Max(small, cmplx.Abs(x)*0x1p-52)
	}
	x := make([]complex128, n)
	for k := range n {
		w[k] = t[k*n+k]
		clear(x)
		x[k] = 1
		for i := k - 1; i >= 0; i-- {
			s := complex128(0)
			for j := i + 1; j <= k; j++ {
				s += t[i*n+j] * x[j]
			}
			d := t[i*n+i] - t[k*n+k]
			if cmplx.Abs(d) < small {
				d = complex(small, 0)
			}
			if s != 0 {
				x[i] = -s / d
			}
		}
		norm := 0.0
		for i := range n {
			s := complex128(0)
			for j := 0; j <= k; j++ {
				s += q[i*n+j] * x[j]
			}
			v[i*n+k] = s
			norm = math.Hypot(norm, cmplx.Abs(s))
		}
		for i := range n {
			v[i*n+k] /= complex(norm, 0)
		}
	}
	return true
}

// Eig returns the eigenvalues of square matrices, in no particular order, and
// the matrices with the eigenvectors, of length 1, as columns. The results are
// complex even if all eigenvalues are real. At a matrix without a basis of
// eigenvectors derivatives are infinite or NaN.
func Eig(a np.Array) (w, v np.Array) {
	square("Eig", a)
	out := eigOp.ApplyAll(nil, a)
	return out[0], out[1]
}

// Eigvals returns the eigenvalues that [Eig] returns.
func Eigvals(a np.Array) np.Array {
	square("Eigvals", a)
	return eigvalsOp.Apply(nil, a)
}
