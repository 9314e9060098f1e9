package linalg

import (
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"

	np "github.com/dualjet/dualjet/numpy"
)

// Functions of matrices.

var (
	logmOp  = &np.Op{Name: "linalg.Logm"}
	sqrtmOp = &np.Op{Name: "linalg.Sqrtm"}
)

func init() {
	logmOp.Eval = func(c *np.Call) np.Array { return viaSchur(c.In[0], c.Param.(int), logTriangular) }
	frechet(logmOp)
	sqrtmOp.Eval = func(c *np.Call) np.Array { return viaSchur(c.In[0], 1, sqrtTriangular) }
	sqrtmOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array { return sylvesterSame(c.Out[0], v) }
	sqrtmOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return t(sylvesterSame(c.Out[0], t(w))) }
}

// twice returns [[a, v], [0, a]].
func twice(a, v np.Array) np.Array {
	_, n := size(a)
	first := mask(2*n, n, func(i, j int) bool { return i == j })
	last := mask(2*n, n, func(i, j int) bool { return i == j+n })
	block := np.Add(mul(mul(first, a), t(first)), mul(mul(last, a), t(last)))
	return np.Add(block, mul(mul(first, v), t(last)))
}

// upperRight returns the upper right quarters of matrices.
func upperRight(x np.Array) np.Array {
	_, n := size(x)
	return lastColumns(firstRows(x, n/2), n/2)
}

// frechet gives op the derivative that all functions of matrices have: that of
// a along v is the upper right block of the function of [[a, v], [0, a]]. The
// parameter is the number of times that eigenvalues occur in this way.
func frechet(op *np.Op) {
	var along func(copies int, a, v np.Array) np.Array
	along = func(copies int, a, v np.Array) np.Array {
		if v.IsComplex() && !a.IsComplex() {
			// The block matrix stays real, and with it the branch taken.
			i := np.ComplexScalar(1i)
			return np.Add(along(copies, a, np.Real(v)), np.Mul(i, along(copies, a, np.Imag(v))))
		}
		return upperRight(op.Apply(2*copies, twice(a, v)))
	}
	op.JVP = func(c *np.Call, _ int, v np.Array) np.Array { return along(c.Param.(int), c.In[0], v) }
	op.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return along(c.Param.(int), t(c.In[0]), w) }
}

// viaSchur returns the functions of the matrices of a that f computes for
// triangular ones. Those of real matrices are real if no eigenvalue is
// negative. Rounding errors of eigenvalues that occur several times are the
// larger for it. f gets the angle from the negative axis within which an
// eigenvalue lies on its upper side, 0 for complex matrices.
func viaSchur(a np.Array, copies int, f func(t []complex128, n int, angle float64)) np.Array {
	_, n := size(a)
	in := a.Complex128s()
	out := make([]complex128, 0, len(in))
	isReal := !a.IsComplex()
	angle := 0.0
	if isReal {
		angle = math.Pow(1e-13, 1/float64(copies))
	}
	for i := 0; i < len(in); i += n * n {
		s, q, ok := schur(in[i:i+n*n], n)
		if !ok {
			fillNaN(s)
			out = append(out, s...)
			continue
		}
		for k := range n {
			isReal = isReal && !negative(s[k*n+k], angle)
		}
		f(s, n, angle)
		out = append(out, back(s, q, n)...)
	}
	y := np.WrapComplex(out, append([]int{}, a.Shape()...)...)
	if isReal {
		return np.Real(y)
	}
	return y
}

// negative reports whether w is within an angle of the negative axis.
func negative(w complex128, angle float64) bool {
	return real(w) < 0 && math.Abs(imag(w)) <= -angle*real(w)
}

// sqrtTriangular replaces the triangular t by its principal square root.
func sqrtTriangular(t []complex128, n int, angle float64) {
	for j := range n {
		w := t[j*n+j]
		r := cmplx.Sqrt(w)
		if imag(r) < 0 && negative(w, angle) {
			r = -r
		}
		t[j*n+j] = r
		for i := j - 1; i >= 0; i-- {
			s := t[i*n+j]
			for k := i + 1; k < j; k++ {
				s -= t[i*n+k] * t[k*n+j]
			}
			if s != 0 {
				s /= t[i*n+i] + t[j*n+j]
			}
			t[i*n+j] = s
		}
	}
}

// logTriangular replaces the triangular t by its principal logarithm: inverse
// scaling and squaring with a Padé approximant, which is a Gauss-Legendre sum.
func logTriangular(t []complex128, n int, angle float64) {
	for i := range n {
		if t[i*n+i] == 0 {
			fillNaN(t)
			return
		}
	}
	roots := 0
	for ; roots < 100; roots++ {
		d := 0.0
		for i := range n {
			for j := i; j < n; j++ {
				v := t[i*n+j]
				if i == j {
					v--
				}
				d = math.Hypot(d, cmplx.Abs(v))
			}
		}
		if !(d > 0.25) {
			break
		}
		sqrtTriangular(t, n, angle)
	}
	for i := range n {
		t[i*n+i]--
	}
	const points = 8
	var at, weight [points]float64
	quad.Legendre{}.FixedLocations(at[:], weight[:], 0, 1)
	sum := make([]complex128, n*n)
	for k, p := range at {
		den := make([]complex128, n*n)
		for i := range den {
			den[i] = complex(p, 0) * t[i]
		}
		for i := range n {
			den[i*n+i]++
		}
		x := slices.Clone(t)
		triangular(triangle{up: true}, den, x, n, n)
		f := complex(math.Ldexp(weight[k], roots), 0)
		for i := range sum {
			sum[i] += f * x[i]
		}
	}
	copy(t, sum)
}

// Logm returns the principal logarithms of square matrices. The result is real
// if a is and no eigenvalue of it is negative. A singular matrix gives NaN.
func Logm(a np.Array) np.Array {
	square("Logm", a)
	return logmOp.Apply(1, a)
}

// Sqrtm returns the principal square roots of square matrices. The result is
// real if a is and no eigenvalue of it is negative. At a singular matrix
// derivatives are infinite or NaN.
func Sqrtm(a np.Array) np.Array {
	square("Sqrtm", a)
	return sqrtmOp.Apply(nil, a)
}

// Cosm returns the cosines of square matrices, from exponentials.
func Cosm(a np.Array) np.Array {
	square("Cosm", a)
	p, q := rotations(a)
	if !a.IsComplex() {
		return np.Real(p)
	}
	return np.Add(p, q).Scale(0.5)
}

// Sinm returns the sines of square matrices, from exponentials.
func Sinm(a np.Array) np.Array {
	square("Sinm", a)
	p, q := rotations(a)
	if !a.IsComplex() {
		return np.Imag(p)
	}
	return np.Mul(np.ComplexScalar(-0.5i), np.Sub(p, q))
}

// rotations returns the exponentials of i·a and, for complex matrices, of -i·a.
func rotations(a np.Array) (p, q np.Array) {
	ia := np.Mul(np.ComplexScalar(1i), a)
	if a.IsComplex() {
		q = Expm(ia.Neg())
	}
	return Expm(ia), q
}
