package stats

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
	"github.com/dualjet/dualjet/numpy/special"
)

// A MultivariateNormal is a normal distribution of vectors with mean Mean and
// covariance matrix Cov. Its densities are NaN where Cov is not positive
// definite, unless AllowSingular is set: then it is a distribution on the
// support of a semidefinite Cov, differentiable in the point and the mean, and
// a point beside the support has the density of its projection there.
type MultivariateNormal struct {
	Mean, Cov     np.Array
	AllowSingular bool
}

// PDF returns the density at x, whose last axis is the vector.
func (d MultivariateNormal) PDF(x np.Array) np.Array { return exp(d.LogPDF(x)) }

// LogPDF returns the logarithm of the density at x, whose last axis is the
// vector.
func (d MultivariateNormal) LogPDF(x np.Array) np.Array {
	if d.Mean != (np.Array{}) {
		x = np.Sub(x, d.Mean)
	}
	n := d.dim()
	if x.NDim() == 0 || x.Shape()[x.NDim()-1] != n {
		np.Fail("stats: MultivariateNormal.LogPDF: points of shape %v for a covariance of shape %v", x.Shape(), d.Cov.Shape())
	}
	if d.AllowSingular {
		w, v := linalg.Eigh(d.Cov.Detach())
		return d.singular(x, w.Float64s(), v)
	}
	l := linalg.Cholesky(d.Cov)
	flat := np.Reshape(x, -1, n)
	z := linalg.SolveTriangular(l, np.Transpose(flat), linalg.Lower)
	square := np.Reshape(np.Sum(np.Square(z), np.Axis(0)), x.Shape()[:x.NDim()-1]...)
	logDet := np.Sum(np.Log(np.Diagonal(l, 0)))
	return square.Scale(-0.5).Sub(logDet).AddConst(-float64(n) * halfLog2Pi)
}

// singular is LogPDF on the eigenvectors v whose eigenvalues w are not 0.
func (d MultivariateNormal) singular(x np.Array, w []float64, v np.Array) np.Array {
	largest := 0.0
	for _, e := range w {
		largest = math.Max(largest, math.Abs(e))
	}
	weight := make([]float64, len(w))
	rank, logDet := 0, 0.0
	for i, e := range w {
		if e > 1e6*0x1p-52*largest {
			weight[i] = 1 / e
			logDet += math.Log(e)
			rank++
		}
	}
	z := np.MatMul(x, v)
	square := np.Sum(np.Mul(np.Square(z), np.FromSlice(weight)), np.Axis(-1))
	return square.Scale(-0.5).AddConst(-logDet/2 - float64(rank)*halfLog2Pi)
}

// Entropy returns the differential entropy.
func (d MultivariateNormal) Entropy() np.Array {
	n := d.dim()
	l := linalg.Cholesky(d.Cov)
	return np.Sum(np.Log(np.Diagonal(l, 0))).AddConst(float64(n) * (0.5 + halfLog2Pi))
}

func (d MultivariateNormal) dim() int {
	shape := d.Cov.Shape()
	if len(shape) != 2 || shape[0] != shape[1] {
		np.Fail("stats: MultivariateNormal: covariance of shape %v is not a square matrix", shape)
	}
	return shape[0]
}

// A Dirichlet is a distribution of vectors of positive numbers that sum to 1.
type Dirichlet struct{ Alpha np.Array }

// PDF returns the density at x, whose last axis is the vector. At the edges
// derivatives are limits from inside.
func (d Dirichlet) PDF(x np.Array) np.Array {
	edge := np.Greater(some(np.Equal(x, zero)), some(np.IsNaN(x)))
	return np.Where(edge, np.Mul(np.Prod(np.Pow(inside(edge, x), positive(d.Alpha).AddConst(-1)), np.Axis(-1)), np.Exp(d.logBeta().Neg())),
		exp(d.LogPDF(inside(np.LogicalNot(edge), x))))
}

// LogPDF returns the logarithm of the density at x, whose last axis is the
// vector; it is -Inf where an element is negative. It does not look whether x
// sums to 1.
func (d Dirichlet) LogPDF(x np.Array) np.Array {
	out := some(np.Less(x, zero))
	x = inside(np.LogicalNot(out), x)
	logp := np.Sum(special.XLogY(positive(d.Alpha).AddConst(-1), x), np.Axis(-1)).Sub(d.logBeta())
	return outside(out, logp, negInf)
}

// logBeta returns the logarithm of the beta function of all elements of Alpha.
func (d Dirichlet) logBeta() np.Array {
	last, alpha := np.Axis(-1), positive(d.Alpha)
	return np.Sum(special.GammaLn(alpha), last).Sub(special.GammaLn(np.Sum(alpha, last)))
}

// some tells which vectors along the last axis have an element where the
// condition holds.
func some(cond np.Array) np.Array { return np.Max(cond, np.Axis(-1)) }

// inside returns the vectors along the last axis for which the condition holds
// and vectors of ones for the others.
func inside(cond, x np.Array) np.Array { return np.Where(np.ExpandDims(cond, -1), x, one) }
