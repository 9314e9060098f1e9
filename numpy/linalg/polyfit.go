package linalg

import (
	np "github.com/dualjet/dualjet/numpy"
)

// A FitOption says how [Polyfit] fits.
type FitOption struct {
	weights  np.Array
	weighted bool
	rcond    float64
	cut      bool
	unscaled bool
}

// Weights gives the points weights, by which the residuals are multiplied
// before they are squared: the reciprocals of standard deviations.
func Weights(w np.Array) FitOption { return FitOption{weights: w, weighted: true} }

// RCond sets up to which part of the largest singular value of the scaled
// powers others count as 0, instead of the number of points times 2⁻⁵².
func RCond(rcond float64) FitOption { return FitOption{rcond: rcond, cut: true} }

// Unscaled makes [PolyfitCov] take the weights as known standard deviations:
// the covariances are not multiplied by the mean square of the residuals.
var Unscaled = FitOption{unscaled: true}

// Polyfit returns the coefficients of the polynomial of a degree, the highest
// power first as numpy.Polyval takes them, for which the sum of squares of the
// differences to y at the points x is least. The vector x has m points; y is a
// vector too, or an m×k matrix for k polynomials, the columns of the result.
// It has derivatives by x, y and weights. If there are fewer than degree+1
// different points the powers, scaled to length 1, get the coefficients of
// least norm.
//
// It panics with a numpy.Error if the degree is negative, there is no point or
// shapes do not fit.
func Polyfit(x, y np.Array, degree int, opts ...FitOption) np.Array {
	return newFit("Polyfit", x, y, degree, opts).coef
}

// PolyfitCov returns what [Polyfit] does with the covariances of the
// coefficients, n×n for n = degree+1, or n×n×k if y is a matrix. They are
// scaled by the mean square of the residuals, with m-n degrees of freedom; see
// [Unscaled]. They are infinite or NaN if m is n, and it panics with a
// numpy.Error if m is less. Fewer than n different points give NaN.
func PolyfitCov(x, y np.Array, degree int, opts ...FitOption) (coef, cov np.Array) {
	f := newFit("PolyfitCov", x, y, degree, opts)
	m, n := size(f.a)
	if m < n {
		np.Fail("linalg: PolyfitCov: %d points for a polynomial of degree %d", m, degree)
	}
	// The inverse of aᵀ·a by the factor r of a.
	_, r := QR(f.a)
	inv := triangularOp.Apply(triangle{up: true}, r, eye(n))
	cov = np.Div(mul(inv, t(inv)), np.Mul(column(f.scale), f.scale))
	if f.unscaled {
		return f.coef, cov
	}
	d := np.Sub(mul(f.a, np.Mul(f.coef, f.scaleOf(f.coef))), f.b)
	s := np.Sum(np.Square(d), np.Axis(0)).Scale(1 / float64(m-n))
	if y.NDim() == 2 {
		return f.coef, np.Mul(column(cov), s)
	}
	return f.coef, np.Mul(cov, s)
}

// A fit is a problem of least squares a·z = b, where a has the powers divided
// by their lengths, scale, and its solution.
type fit struct {
	a, b, scale, coef np.Array
	unscaled          bool
}

func newFit(name string, x, y np.Array, degree int, opts []FitOption) fit {
	var o FitOption
	for _, p := range opts {
		if p.weighted {
			o.weights, o.weighted = p.weights, true
		}
		if p.cut {
			o.rcond, o.cut = p.rcond, true
		}
		o.unscaled = o.unscaled || p.unscaled
	}
	if degree < 0 {
		np.Fail("linalg: %s: degree %d", name, degree)
	}
	m := x.Size()
	if x.NDim() != 1 || m == 0 || y.NDim() != 1 && y.NDim() != 2 || y.Len() != m {
		doNotFit(name, x, y)
	}
	if !o.cut {
		o.rcond = float64(m) * 0x1p-52
	}
	f := fit{a: np.Vander(x, degree+1), b: y, unscaled: o.unscaled}
	if o.weighted {
		w := o.weights
		if w.NDim() != 1 || w.Len() != m {
			doNotFit(name, x, w)
		}
		f.a = np.Mul(f.a, column(w))
		if y.NDim() == 2 {
			w = column(w)
		}
		f.b = np.Mul(y, w)
	}
	f.scale = Norm(f.a, Axis(0))
	f.scale = np.Where(np.Equal(f.scale.Detach(), np.Array{}), np.Scalar(1), f.scale)
	f.a = np.Div(f.a, f.scale)
	f.coef = LstSq(f.a, f.b, o.rcond)
	f.coef = np.Div(f.coef, f.scaleOf(f.coef))
	return f
}

// scaleOf returns the lengths of the powers in a shape that goes with
// coefficients.
func (f fit) scaleOf(coef np.Array) np.Array {
	if coef.NDim() == 2 {
		return column(f.scale)
	}
	return f.scale
}
