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
	expmOp  = &np.Op{Name: "linalg.Expm"}
	logmOp  = &np.Op{Name: "linalg.Logm"}
	sqrtmOp = &np.Op{Name: "linalg.Sqrtm"}
)

func init() {
	expmOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() {
			return eachSquare(c.In[0], expmOf[complex128])
		}
		return eachSquare(c.In[0], expmOf[float64])
	}
	frechet(expmOp)
	logmOp.Eval = func(c *np.Call) np.Array { return viaSchur(c.In[0], c.Param.(int), logTriangular) }
	frechet(logmOp)
	sqrtmOp.Eval = func(c *np.Call) np.Array { return viaSchur(c.In[0], 1, sqrtTriangular) }
	sqrtmOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array { return sylvesterSame(c.Out[0], v) }
	sqrtmOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return t(sylvesterSame(c.Out[0], t(w))) }
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
		_, n := size(a)
		first := mask(2*n, n, func(i, j int) bool { return i == j })
		last := mask(2*n, n, func(i, j int) bool { return i == j+n })
		block := np.Add(mul(mul(first, a), t(first)), mul(mul(last, a), t(last)))
		block = np.Add(block, mul(mul(first, v), t(last)))
		return mul(mul(t(first), op.Apply(2*copies, block)), last)
	}
	op.JVP = func(c *np.Call, _ int, v np.Array) np.Array { return along(c.Param.(int), c.In[0], v) }
	op.VJP = func(c *np.Call, _ int, w np.Array) np.Array { return along(c.Param.(int), t(c.In[0]), w) }
}

// pade13 are the coefficients of the numerator of the Padé approximant of
// degree 13 of the exponential.
var pade13 = [14]float64{
	64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800,
	129060195264000, 10559470521600, 670442572800, 33522128640,
	1323241920, 40840800, 960960, 16380, 182, 1,
}

// expmOf replaces a by its exponential: scaling and squaring, Higham (2005).
func expmOf[T number](a []T, n int) {
	norm := 0.0
	for j := range n {
		s := 0.0
		for i := range n {
			s += abs(a[i*n+j])
		}
		norm = math.Max(norm, s)
	}
	if !finite(a) || math.IsInf(norm, 0) {
		fillNaN(a)
		return
	}
	squarings := 0
	if norm > 5.4 {
		_, squarings = math.Frexp(norm / 5.4)
	}
	scale := from[T](math.Ldexp(1, -squarings))
	x := slices.Clone(a)
	for i := range x {
		x[i] *= scale
	}
	times := func(x, y []T) []T {
		z := make([]T, n*n)
		multiply(z, x, y, n, n, n)
		return z
	}
	x2 := times(x, x)
	x4 := times(x2, x2)
	x6 := times(x4, x2)
	// sum returns the polynomial of degree 12 in x whose coefficients are those
	// of even index from k on.
	sum := func(k int) []T {
		z, y := make([]T, n*n), make([]T, n*n)
		c := func(i int) T { return from[T](pade13[i+k]) }
		for i := range z {
			z[i] = c(12)*x6[i] + c(10)*x4[i] + c(8)*x2[i]
		}
		multiply(y, x6, z, n, n, n)
		for i := range y {
			y[i] += c(6)*x6[i] + c(4)*x4[i] + c(2)*x2[i]
		}
		for i := range n {
			y[i*n+i] += c(0)
		}
		return y
	}
	u, v := times(x, sum(1)), sum(0)
	den := make([]T, n*n)
	for i := range u {
		den[i] = v[i] - u[i]
		v[i] += u[i]
	}
	factor(den, n).solve(v, n, false)
	for range squarings {
		v = times(v, v)
	}
	copy(a, v)
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

// Expm returns the exponentials of square matrices.
func Expm(a np.Array) np.Array {
	square("Expm", a)
	return expmOp.Apply(1, a)
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
