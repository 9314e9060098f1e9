package numpy

import "slices"

// Covariances and weighted means.

// Cov returns the matrix of covariances of the variables that are the rows of
// x, with an observation in each column; a vector is one variable, and that of
// a single one is a scalar. Sums are divided by the number of observations less 1, or
// less what [DDof] says. See [CovOf] for weights and more variables.
func Cov(x Array, opts ...ReduceOption) Array {
	ddof := 1
	for _, o := range opts {
		if o.axes != nil || o.keep {
			fail("Cov: an option other than DDof")
		}
		ddof = o.ddof
	}
	return cov("Cov", x, ddof, CovOptions{})
}

// CorrCoef returns the matrix of correlation coefficients of the variables that
// are the rows of x; see [Cov].
func CorrCoef(x Array) Array { return corrCoef("CorrCoef", x, CovOptions{}) }

// CovOptions are what [CovOf] is told besides the variables.
type CovOptions struct {
	// Y holds more variables, with as many observations. The zero value is
	// none.
	Y Array
	// Columns tells that variables are columns, observations rows.
	Columns bool
	// FWeights says how often each observation counts.
	FWeights []int
	// AWeights are weights of the observations, such as their reliabilities.
	// The zero value weighs all alike.
	AWeights Array
}

// CovOf is [Cov] with options. Of weighted observations sums are divided by
// the sum s of the weights if ddof is 0, and otherwise by s less ddof times the
// weighted mean of AWeights, as in NumPy. It is differentiable in x, Y and
// AWeights.
func CovOf(x Array, ddof int, o CovOptions) Array { return cov("CovOf", x, ddof, o) }

// CorrCoefOf is [CorrCoef] with options.
func CorrCoefOf(x Array, o CovOptions) Array { return corrCoef("CorrCoefOf", x, o) }

func cov(name string, x Array, ddof int, o CovOptions) Array {
	x = o.variables(name, x)
	if !o.Y.isZero() {
		y := o.variables(name, o.Y)
		if x.Shape()[1] != y.Shape()[1] {
			fail("%s: %d and %d observations", name, x.Shape()[1], y.Shape()[1])
		}
		x = Concatenate(0, x, y)
	}
	n := x.Shape()[1]
	weights, less := o.weights(name, n)
	var c Array
	if weights.isZero() {
		d := Sub(x, Mean(x, Axis(1), KeepDims))
		c = MatMul(d, Conj(Transpose(d))).Scale(1 / float64(max(n-ddof, 0)))
	} else {
		total := Sum(weights)
		d := Sub(x, Div(Sum(Mul(x, weights), Axis(1), KeepDims), total))
		c = Div(MatMul(Mul(d, weights), Conj(Transpose(d))), ReLU(Sub(total, Div(less, total).Scale(float64(ddof)))))
	}
	if c.Size() == 1 {
		return Reshape(c)
	}
	return c
}

// variables returns x with a variable in each row.
func (o CovOptions) variables(name string, x Array) Array {
	switch {
	case x.NDim() == 1:
		return Reshape(x, 1, -1)
	case x.NDim() != 2 && o.Columns:
		fail("%s: shape %s, want a matrix with a variable in each column", name, shapeString(x.Shape()))
	case x.NDim() != 2:
		fail("%s: shape %s, want a matrix with a variable in each row", name, shapeString(x.Shape()))
	case o.Columns:
		return Transpose(x)
	}
	return x
}

// weights returns the weights of n observations, a zero value if all are 1, and
// the sum of them times AWeights.
func (o CovOptions) weights(name string, n int) (w, less Array) {
	if o.FWeights != nil {
		if len(o.FWeights) != n {
			fail("%s: %d weights for %d observations", name, len(o.FWeights), n)
		}
		w = fromInts(o.FWeights)
		for i, k := range o.FWeights {
			if k < 0 {
				fail("%s: weight %d is %d", name, i, k)
			}
		}
		less = Sum(w)
	}
	if a := o.AWeights; !a.isZero() {
		if a.NDim() != 1 || a.Size() != n {
			fail("%s: weights of shape %s for %d observations", name, shapeString(a.Shape()), n)
		}
		if w.isZero() {
			w = a
		} else {
			w = Mul(w, a)
		}
		less = Sum(Mul(w, a))
	}
	return w, less
}

func corrCoef(name string, x Array, o CovOptions) Array {
	c := cov(name, x, 1, o)
	if c.NDim() == 0 {
		return Div(c, c)
	}
	sd := Sqrt(Real(Diagonal(c, 0)))
	return Div(Div(c, Reshape(sd, -1, 1)), sd)
}

// AverageOf returns the mean of the elements of x with the given weights, and
// the sums of the weights it was divided by. The weights broadcast to the shape
// of x; along a single axis they may be a vector. It is differentiable in both.
func AverageOf(x, weights Array, opts ...ReduceOption) (mean, sum Array) {
	r := newReduction("AverageOf", x, opts)
	if a := slices.Index(r.along, true); a >= 0 && !slices.Contains(r.along[a+1:], true) && weights.NDim() == 1 && weights.Size() == x.Shape()[a] {
		shape := slices.Repeat([]int{1}, x.NDim())
		shape[a] = weights.Size()
		weights = Reshape(weights, shape...)
	}
	w := stretchTo("AverageOf", weights, x.Shape())
	sum = Sum(w, opts...)
	return Div(Sum(Mul(x, w), opts...), sum), sum
}
