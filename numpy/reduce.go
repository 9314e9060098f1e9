package numpy

import (
	"math"
	"slices"
)

// A ReduceOption says along which axes a reduction goes and what shape it
// leaves. An operation leaves aside what has no meaning for it, such as
// [DDof] for [Sum].
type ReduceOption struct {
	axes []int
	keep bool
	ddof int
}

// Axis makes a reduction go along the axes, which count from the end where
// negative. Without it all elements are reduced to a single one.
func Axis(axes ...int) ReduceOption { return ReduceOption{axes: append([]int{}, axes...)} }

// KeepDims makes a reduction keep the axes it goes along with a length of 1.
var KeepDims = ReduceOption{keep: true}

// DDof makes [Var], [Std] and [Cov] divide by the number of elements less n, 0
// if there are fewer.
func DDof(n int) ReduceOption { return ReduceOption{ddof: n} }

// A reduction is what the options say for an array.
type reduction struct {
	along []bool // axis by axis
	kept  []int  // the shape with a length of 1 along the axes
	shape []int  // of the result
	count int    // elements that each of the result stems from
	ddof  int
}

func newReduction(name string, x Array, opts []ReduceOption) *reduction {
	n := x.NDim()
	r := &reduction{along: make([]bool, n), count: 1, shape: []int{}, kept: []int{}}
	keep, named := false, false
	for _, o := range opts {
		keep = keep || o.keep
		r.ddof += o.ddof
		if o.axes == nil {
			continue
		}
		named = true
		for _, a := range o.axes {
			i := axis(name, a, n)
			if r.along[i] {
				fail("%s: axis %d twice", name, a)
			}
			r.along[i] = true
		}
	}
	for i, s := range x.Shape() {
		r.along[i] = r.along[i] || !named
		if r.along[i] {
			r.count *= s
			r.kept = append(r.kept, 1)
			if keep {
				r.shape = append(r.shape, 1)
			}
			continue
		}
		r.kept = append(r.kept, s)
		r.shape = append(r.shape, s)
	}
	return r
}

// Sum returns the sum of the elements of x, 0 for none.
func Sum(x Array, opts ...ReduceOption) Array {
	if len(opts) == 0 {
		return SumTo(x)
	}
	r := newReduction("Sum", x, opts)
	return Reshape(SumTo(x, r.kept...), r.shape...)
}

// Mean returns the mean of the elements of x, NaN for none.
func Mean(x Array, opts ...ReduceOption) Array {
	r := newReduction("Mean", x, opts)
	return Div(Reshape(SumTo(x, r.kept...), r.shape...), Scalar(float64(r.count)))
}

// Var returns the variance of the elements of x: the mean of |x-mean|², with
// [DDof] another divisor.
func Var(x Array, opts ...ReduceOption) Array {
	r := newReduction("Var", x, opts)
	n := r.divisor()
	if !x.IsComplex() {
		return Reshape(varOp.apply1(n, r.bands(x)), r.shape...)
	}
	d := r.deviation(x)
	d = Real(Mul(d, Conj(d)))
	return Div(Reshape(SumTo(d, r.kept...), r.shape...), Scalar(n))
}

// Std returns the standard deviation of the elements of x; see [Var]. Where
// all are the same its derivative is 0.
func Std(x Array, opts ...ReduceOption) Array {
	r := newReduction("Std", x, opts)
	n := r.divisor()
	if !x.IsComplex() {
		return Reshape(stdOp.apply1(n, r.bands(x)), r.shape...)
	}
	norm := norm2Op.apply1(nil, r.lines(r.deviation(x)))
	return Div(Reshape(norm, r.shape...), Scalar(math.Sqrt(n)))
}

// divisor returns what the sum of squares is divided by.
func (r *reduction) divisor() float64 { return float64(max(r.count-r.ddof, 0)) }

// deviation returns x less its mean.
func (r *reduction) deviation(x Array) Array {
	return Sub(x, Div(SumTo(x, r.kept...), Scalar(float64(r.count))))
}

// Prod returns the product of the elements of x, 1 for none. Its derivatives
// are right also where elements are 0.
func Prod(x Array, opts ...ReduceOption) Array {
	if len(opts) == 0 && x.NDim() == 1 {
		return prodOp.apply1(nil, x)
	}
	r := newReduction("Prod", x, opts)
	return Reshape(prodOp.apply1(nil, r.lines(x)), r.shape...)
}

var norm2Op = &Op{Name: "Std"}

func init() {
	// The norm of a line, scaled by the largest element, so that squares
	// neither overflow nor vanish.
	norm2Op.Eval = func(c *Call) Array {
		b := c.In[0].data()
		m, n := b.lay.shape[0], b.lay.shape[1]
		z := newReal(newLayout([]int{m, 1}))
		abs := Abs(plain(b)).data().reals()
		for i := range m {
			z.re[i] = norm2(abs[i*n : (i+1)*n])
		}
		return plain(z)
	}
	norm2Op.JVP = func(c *Call, _ int, v Array) Array {
		return lineSums(Mul(v, azDiv(Conj(c.In[0]), c.Out[0])))
	}
	norm2Op.VJP = func(c *Call, _ int, w Array) Array { return Mul(w, azDiv(Conj(c.In[0]), c.Out[0])) }
}

// norm2 returns the Euclidean norm of numbers that are not negative.
func norm2(x []float64) float64 {
	top := 0.0
	for _, v := range x {
		top = max(top, v)
	}
	if top == 0 || math.IsInf(top, 0) || math.IsNaN(top) {
		return top
	}
	if top > 1e-140 && top < 1e140 {
		s := 0.0
		for _, v := range x {
			s += v * v
		}
		return math.Sqrt(s)
	}
	s := 0.0
	for _, v := range x {
		s += (v / top) * (v / top)
	}
	return top * math.Sqrt(s)
}

// lineSums returns the sums of lines, as lines of one element.
func lineSums(lines Array) Array { return SumTo(lines, lines.Shape()[0], 1) }

// lineFloats returns the elements of m lines of n real numbers.
func (x Array) lineFloats() (in []float64, m, n int) {
	shape := x.Shape()
	return x.Float64s(), shape[0], shape[1]
}

// Max returns the largest element of x, NaN if one is NaN. Elements that tie
// share the derivative equally. Complex numbers are ordered as by [Less]. It
// panics with an [Error] if there is none.
func Max(x Array, opts ...ReduceOption) Array { return extreme("Max", x, takeMax, opts) }

// Min returns the smallest element of x; see [Max].
func Min(x Array, opts ...ReduceOption) Array { return extreme("Min", x, takeMin, opts) }

// AMax is another name of [Max].
func AMax(x Array, opts ...ReduceOption) Array { return Max(x, opts...) }

// AMin is another name of [Min].
func AMin(x Array, opts ...ReduceOption) Array { return Min(x, opts...) }

// Ptp returns the range of the elements of x, the largest less the smallest.
func Ptp(x Array, opts ...ReduceOption) Array {
	return Sub(extreme("Ptp", x, takeMax, opts), extreme("Ptp", x, takeMin, opts))
}

func extreme(name string, x Array, sign any, opts []ReduceOption) Array {
	r := newReduction(name, x, opts)
	r.nonEmpty(name, x)
	switch {
	case !x.IsComplex():
		return Reshape(maxOp.apply1(sign, r.bands(x)), r.shape...)
	case sign == takeMin:
		return Reshape(maxComplex(r.lines(x.Neg())).Neg(), r.shape...)
	}
	return Reshape(maxComplex(r.lines(x)), r.shape...)
}

// nonEmpty panics if there is nothing to reduce.
func (r *reduction) nonEmpty(name string, x Array) {
	if r.count == 0 {
		fail("%s: nothing to reduce in shape %s", name, shapeString(x.Shape()))
	}
}

// Average returns the mean of the elements of x with the given weights; see
// [AverageOf].
func Average(x, weights Array, opts ...ReduceOption) Array {
	mean, _ := AverageOf(x, weights, opts...)
	return mean
}

// LogSumExp returns log Σ exp(x) without overflow.
func LogSumExp(x Array, opts ...ReduceOption) Array {
	r := newReduction("LogSumExp", x, opts)
	top := r.top(x)
	s := SumTo(Exp(Sub(x, top)), r.kept...)
	return Reshape(Add(Log(s), top), r.shape...)
}

// top returns the largest elements as constants, in the shape kept, and 0 where
// that is not finite.
func (r *reduction) top(x Array) Array {
	if r.count == 0 {
		return Array{}
	}
	top := Reshape(maxOp.apply1(takeMax, r.bands(x.Detach())), r.kept...)
	return Where(IsFinite(top), top, Array{})
}

// Softmax returns exp(x) divided by its sums along the axis.
func Softmax(x Array, axis int) Array { return Exp(LogSoftmax(x, axis)) }

// LogSoftmax returns the logarithm of [Softmax].
func LogSoftmax(x Array, axis int) Array { return Sub(x, LogSumExp(x, Axis(axis), KeepDims)) }

// Reductions without a derivative.

var (
	argMaxOp = &Op{Name: "ArgMax", Flat: true}
	countOp  = &Op{Name: "CountNonzero", Flat: true}
)

func init() {
	argMaxOp.Eval = func(c *Call) Array {
		in, m, n := c.In[0].lineFloats()
		z := newReal(newLayout([]int{m, 1}))
		for i := range m {
			best := 0
			for j, v := range in[i*n : (i+1)*n] {
				if t := in[i*n+best]; v > t || v != v && t == t {
					best = j
				}
			}
			z.re[i] = float64(best)
		}
		return plain(z)
	}
	countOp.Eval = func(c *Call) Array {
		in, m, n := c.In[0].lineFloats()
		z := newReal(newLayout([]int{m, 1}))
		for i := range m {
			for _, v := range in[i*n : (i+1)*n] {
				z.re[i] += truth(v != 0)
			}
		}
		return plain(z)
	}
}

// ArgMax returns the index of the first largest element, along an axis or, of
// the flattened array, over all.
func ArgMax(x Array, opts ...ReduceOption) Array { return argMax("ArgMax", x, opts) }

func argMax(name string, x Array, opts []ReduceOption) Array {
	r := oneAxis(name, x, opts, false)
	r.nonEmpty(name, x)
	if x.IsComplex() {
		best := largest(r.lines(x.Detach()))
		for i := range best {
			best[i] = best[i][:1]
		}
		return Reshape(fromInts(slices.Concat(best...)), r.shape...)
	}
	return Reshape(argMaxOp.apply1(nil, r.lines(x)), r.shape...)
}

// ArgMin returns the index of the first smallest element; see [ArgMax].
func ArgMin(x Array, opts ...ReduceOption) Array { return argMax("ArgMin", x.Neg(), opts) }

// CountNonzero returns the number of elements that are not 0.
func CountNonzero(x Array, opts ...ReduceOption) Array {
	return newReduction("CountNonzero", x, opts).countNonzero(x)
}

func (r *reduction) countNonzero(x Array) Array {
	return Reshape(countOp.apply1(nil, r.lines(NotEqual(x, Array{}))), r.shape...)
}

// All tells whether no element is 0.
func All(x Array, opts ...ReduceOption) Array {
	r := newReduction("All", x, opts)
	return Equal(r.countNonzero(x), Scalar(float64(r.count)))
}

// Any tells whether some element is not 0.
func Any(x Array, opts ...ReduceOption) Array {
	return Greater(newReduction("Any", x, opts).countNonzero(x), Array{})
}
