package hessian

import "github.com/dualjet/dualjet/mixed"

// An Option changes how a function works: with how many goroutines, with which
// random numbers, to which accuracy. Functions ignore those that do not concern
// them.
type Option struct{ set func(*options) }

type options struct {
	workers  int
	seed     uint64
	tol      float64
	products int

	recording       []mixed.Option
	using, jacobian Method
}

func apply(opts []Option) options {
	o := options{workers: 1, seed: 1, tol: 1e-10}
	for _, opt := range opts {
		if opt.set != nil {
			opt.set(&o)
		}
	}
	return o
}

// Workers spreads products with vectors over n goroutines, which call the given
// function at the same time. Workers(1) is the default. The results do not
// depend on it. [Compile] and the methods of its points ignore it: edge pushing is
// one sweep, and goroutines with a point each do more. It panics with an [Error] if n is less than 1.
func Workers(n int) Option {
	if n < 1 {
		fail("Workers: n = %d, want at least 1", n)
	}
	return Option{func(o *options) { o.workers = n }}
}

// Seed chooses the random numbers of estimates and starting vectors. The same
// seed gives the same results; without one it is 1.
func Seed(seed uint64) Option { return Option{func(o *options) { o.seed = seed }} }

// Tolerance sets the relative accuracy at which iterations stop, without it
// 1e-10. It panics with an [Error] unless 0 < tol < 1.
func Tolerance(tol float64) Option {
	if !(tol > 0 && tol < 1) {
		fail("Tolerance: %v, want 0 < tol < 1", tol)
	}
	return Option{func(o *options) { o.tol = tol }}
}

// MaxProducts limits the products with vectors that an iteration may take,
// without it to 200 for each result and 20 for each row. It panics
// with an [Error] if n is less than 1.
func MaxProducts(n int) Option {
	if n < 1 {
		fail("MaxProducts: n = %d, want at least 1", n)
	}
	return Option{func(o *options) { o.products = n }}
}

// Unsteered is [mixed.Unsteered] for [Compile] and [CompileVector].
func Unsteered() Option {
	return Option{func(o *options) { o.recording = append(o.recording, mixed.Unsteered()) }}
}

// Using has [Compile] and [CompileVector] find Hessians or Jacobians by the given
// method instead of that which is estimated to be the fastest. It panics with an
// [Error] if there is no such method.
func Using(m Method) Option {
	switch m {
	case EdgePushing, DirectColoring, SubstitutionColoring, DenseProducts:
		return Option{func(o *options) { o.using = m }}
	case ColumnColoring, RowColoring, BothColoring:
		return Option{func(o *options) { o.jacobian = m }}
	}
	fail("Using: unknown method %q", m)
	return Option{}
}
