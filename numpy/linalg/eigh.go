package linalg

import (
	"math"
	"math/cmplx"
	"slices"
	"sort"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/lapack64"

	np "github.com/dualjet/dualjet/numpy"
)

var (
	eighOp     = &np.Op{Name: "linalg.Eigh"}
	eigvalshOp = &np.Op{Name: "linalg.EigvalsH"}
)

func init() {
	eighOp.EvalAll = func(c *np.Call) []np.Array {
		w, v := eighValue(c.In[0])
		return []np.Array{w, v}
	}
	eighOp.JVPAll = func(c *np.Call, dot []np.Array) []np.Array {
		w, v := c.Out[0], c.Out[1]
		d := mul(mul(h(v), dot[0]), v)
		return []np.Array{np.Real(diag(d)), mul(v, np.AZMul(d, gaps(w)))}
	}
	eighOp.VJPAll = func(c *np.Call, bar []np.Array, _ []bool) []np.Array {
		w, v := c.Out[0], c.Out[1]
		var d np.Array
		if !isZero(bar[1]) {
			d = np.AZMul(mul(t(v), bar[1]), gaps(w))
		}
		if !isZero(bar[0]) {
			d = np.Add(d, np.AZMul(eye(w.Shape()[w.NDim()-1]), row(bar[0])))
		}
		return []np.Array{mul(mul(np.Conj(v), d), t(v))}
	}
	// Without vectors the algorithms take a fraction of the time.
	eigvalshOp.Eval = func(c *np.Call) np.Array { return eighValues(c.In[0]) }
	eigvalshOp.JVP = func(c *np.Call, _ int, dot np.Array) np.Array {
		v := eighOp.ApplyAll(nil, c.In[0])[1]
		return np.Real(np.Sum(np.Mul(np.Conj(v), mul(dot, v)), np.Axis(-2)))
	}
	eigvalshOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		v := eighOp.ApplyAll(nil, c.In[0])[1]
		return mul(np.Mul(np.Conj(v), row(w)), t(v))
	}
}

// gaps returns the matrices 1/(w_j-w_i) of the last axis of w, 0 where the two
// are equal.
func gaps(w np.Array) np.Array {
	return reciprocal(np.Sub(row(w), column(w)), scaled(rounding(w)))
}

// rounding returns the size of rounding errors of eigenvalues or singular
// values along the last axis.
func rounding(w np.Array) np.Array {
	n := float64(w.Shape()[w.NDim()-1])
	return largest(w).Scale(4 * n * 0x1p-52)
}

// reciprocal returns 1/d, and 0 where |d| is not larger than tol.
func reciprocal(d, tol np.Array) np.Array {
	zero := np.LessEqual(np.Abs(d.Detach()), tol)
	return np.Where(zero, np.Array{}, np.Div(np.Scalar(1), np.Where(zero, np.Scalar(1), d)))
}

// largest returns the largest moduli along the last axis, as constants.
func largest(w np.Array) np.Array {
	if w.Size() == 0 {
		return np.Sum(np.Abs(w.Detach()), np.Axis(-1))
	}
	return np.Max(np.Abs(w.Detach()), np.Axis(-1))
}

func eighValue(a np.Array) (w, v np.Array) {
	_, n := size(a)
	batch := lead(a)
	count := product(batch)
	ws := make([]float64, count*n)
	if a.IsComplex() {
		vs := append([]complex128{}, a.Complex128s()...)
		for i := range count {
			eighComplex(vs[i*n*n:(i+1)*n*n], ws[i*n:(i+1)*n], n, true)
		}
		v = np.WrapComplex(vs, append([]int{}, a.Shape()...)...)
	} else {
		vs := append([]float64{}, a.Float64s()...)
		for i := range count {
			eighReal(vs[i*n*n:(i+1)*n*n], ws[i*n:(i+1)*n], n, lapack.EVCompute)
		}
		v = np.Wrap(vs, append([]int{}, a.Shape()...)...)
	}
	return np.Wrap(ws, append(slices.Clone(batch), n)...), v
}

func eighValues(a np.Array) np.Array {
	_, n := size(a)
	count := product(lead(a))
	ws := make([]float64, count*n)
	for i := range count {
		if w := ws[i*n : (i+1)*n]; a.IsComplex() {
			eighComplex(slices.Clone(a.Complex128s()[i*n*n:(i+1)*n*n]), w, n, false)
		} else {
			eighReal(slices.Clone(a.Float64s()[i*n*n:(i+1)*n*n]), w, n, lapack.EVNone)
		}
	}
	return np.Wrap(ws, append(slices.Clone(lead(a)), n)...)
}

// finite reports whether x has no NaN or infinity.
func finite[T number](x []T) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}

// eighReal replaces the symmetric a by its eigenvectors if job says so.
func eighReal(a, w []float64, n int, job lapack.EVJob) {
	if n == 0 {
		return
	}
	ok := finite(a)
	if ok {
		work := make([]float64, 1)
		s := blas64.Symmetric{N: n, Stride: n, Data: a, Uplo: blas.Lower}
		lapack64.Syev(job, s, w, work, -1)
		work = make([]float64, int(work[0]))
		ok = lapack64.Syev(job, s, w, work, len(work))
	}
	if !ok {
		fillNaN(a)
		fillNaN(w)
	}
}

// eighComplex replaces the Hermitian a by its eigenvectors if vectors is true,
// by the method of Jacobi.
func eighComplex(a []complex128, w []float64, n int, vectors bool) {
	if !finite(a) {
		fillNaN(a)
		fillNaN(w)
		return
	}
	rows := 0 // of v
	if vectors {
		rows = n
	}
	v := make([]complex128, rows*n)
	for i := range n {
		if vectors {
			v[i*n+i] = 1
		}
		a[i*n+i] = complex(real(a[i*n+i]), 0)
	}
	for range 60 {
		moved := false
		for p := range n {
			for q := p + 1; q < n; q++ {
				r, ok := rotate(real(a[p*n+p]), real(a[q*n+q]), a[p*n+q], 0x1p-56)
				if !ok {
					a[p*n+q], a[q*n+p] = 0, 0
					continue
				}
				moved = true
				r.columns(a, n, n, p, q)
				r.rows(a, n, p, q)
				r.columns(v, rows, n, p, q)
			}
		}
		if !moved {
			break
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return real(a[order[i]*(n+1)]) < real(a[order[j]*(n+1)]) })
	for k, o := range order {
		w[k] = real(a[o*(n+1)])
	}
	for i := range rows {
		for k, o := range order {
			a[i*n+k] = v[i*n+o]
		}
	}
}

// A rotation of two columns x and y: x' = c·x - s·f·y, y' = s·x + c·f·y.
type rotation struct {
	c, s float64
	f    complex128 // of modulus 1
}

// rotate returns the rotation that makes the Hermitian matrix
// [[a, g], [conj(g), b]] diagonal, if g is not small compared with a and b.
func rotate(a, b float64, g complex128, tol float64) (rotation, bool) {
	r := cmplx.Abs(g)
	if r == 0 || r <= tol*math.Sqrt(math.Abs(a))*math.Sqrt(math.Abs(b)) || r < 0x1p-1000 {
		return rotation{}, false
	}
	tau := (b - a) / (2 * r)
	t := 1 / (math.Abs(tau) + math.Hypot(1, tau))
	if tau < 0 {
		t = -t
	}
	c := 1 / math.Hypot(1, t)
	return rotation{c, t * c, cmplx.Conj(g) / complex(r, 0)}, t != 0
}

// columns rotates two columns of m rows.
func (r rotation) columns(a []complex128, m, n, p, q int) {
	c, s := complex(r.c, 0), complex(r.s, 0)
	for i := range m {
		x, y := a[i*n+p], r.f*a[i*n+q]
		a[i*n+p], a[i*n+q] = c*x-s*y, s*x+c*y
	}
}

// rows rotates two rows, as the conjugate transpose.
func (r rotation) rows(a []complex128, n, p, q int) {
	c, s, f := complex(r.c, 0), complex(r.s, 0), cmplx.Conj(r.f)
	for j := range n {
		x, y := a[p*n+j], f*a[q*n+j]
		a[p*n+j], a[q*n+j] = c*x-s*y, s*x+c*y
	}
}

// Eigh returns the eigenvalues of Hermitian matrices, real and in ascending
// order, and the unitary matrices with the eigenvectors as columns. It takes
// the Hermitian part (a+aᴴ)/2, so that derivatives are Hermitian too; [Lower]
// and [Upper] make it read one triangle, as UPLO does in NumPy.
func Eigh(a np.Array, opts ...Option) (w, v np.Array) {
	square("Eigh", a)
	out := eighOp.ApplyAll(nil, hermitianOf(a, join(opts)))
	return out[0], out[1]
}

// EigvalsH returns the eigenvalues that [Eigh] returns, faster.
func EigvalsH(a np.Array, opts ...Option) np.Array {
	square("EigvalsH", a)
	return eigvalshOp.Apply(nil, hermitianOf(a, join(opts)))
}

// EighGeneral returns the solutions of the generalised eigenvalue problem
// a·v = w·b·v of Hermitian matrices a and positive definite ones b: the
// eigenvalues in ascending order and the matrices with the eigenvectors as
// columns, for which vᴴ·b·v is the identity. Options are those of [Eigh], for
// both. Where b is not positive definite the results are NaN.
func EighGeneral(a, b np.Array, opts ...Option) (w, v np.Array) {
	square("EighGeneral", a)
	square("EighGeneral", b)
	m, _ := size(a)
	n, _ := size(b)
	if _, ok := common(lead(a), lead(b)); !ok || m != n {
		doNotFit("EighGeneral", a, b)
	}
	// With b = l·lᴴ, of l⁻¹·a·l⁻ᴴ the vectors are lᴴ·v.
	l := Cholesky(b, opts...)
	a = hermitianOf(a, join(opts))
	w, v = Eigh(rightLower(l, solveLower(l, a)))
	return w, SolveTriangular(l, v, ConjTrans)
}
