package numpy

// A ReduceOption says along which axes a reduction goes and what shape it
// leaves.
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

// DDof makes Var and Std divide by the number of elements less n.
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
	r := &reduction{along: make([]bool, n), count: 1}
	keep := false
	var axes []int
	for _, o := range opts {
		keep = keep || o.keep
		r.ddof += o.ddof
		if o.axes != nil {
			axes = append(axes, o.axes...)
			if axes == nil {
				axes = []int{}
			}
		}
	}
	if axes == nil {
		for i := range r.along {
			r.along[i] = true
		}
	}
	for _, a := range axes {
		i := axis(name, a, n)
		if r.along[i] {
			fail("%s: axis %d twice", name, a)
		}
		r.along[i] = true
	}
	r.shape = []int{}
	for i, s := range x.Shape() {
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
