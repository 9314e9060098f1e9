package numpy

import (
	"fmt"
	"math"
	"math/cmplx"
)

// FixedPoint returns the x with f(a, x) = x that the iteration x ← f(a, x) from
// x0 leads to. It ends where no element changes by more than tol times the
// largest magnitude in x, or tol itself if that is larger. The error says that
// this did not happen within maxIter steps, or that x was not finite any more;
// then the x that is returned with it is the last and has no derivative. It
// panics with an [Error] if maxIter is not positive or the shape of f(a, x) is
// not that of x0.
//
// The derivative by a, and by arrays that f takes from around it, is that of
// the solution, whatever the path to it: an iteration of its own with the same
// tolerance, which holds to any order and in every mode. Where it does not
// converge within maxIter steps the derivative is NaN. The derivative by x0
// is 0.
func FixedPoint(f func(a, x Array) Array, a, x0 Array, tol float64, maxIter int) (x Array, err error) {
	if maxIter < 1 {
		fail("FixedPoint: %d steps", maxIter)
	}
	g := func(x Array) Array { return f(a, x) }
	return fixedPoint(g, x0, fixedLimit{tol, tol, maxIter})
}

// A fixedLimit says when an iteration ends: if the change is at most rel times
// the largest magnitude or abs, or after a number of steps.
type fixedLimit struct {
	rel, abs float64
	steps    int
}

// A fixed is the parameter of fixedPointOp: x ↦ f(x), whose inputs are x and
// captured arrays, and where it is known to be a fixed point.
type fixed struct {
	p     *program
	x     Array
	in    []*block // of the captured arrays there
	limit fixedLimit
}

var fixedPointOp = &Op{Name: "FixedPoint"}

func fixedPoint(f func(Array) Array, x0 Array, limit fixedLimit) (Array, error) {
	varies := false
	x, err := iterate(func(x Array) Array {
		if !varies {
			y := f(x)
			varies = y.n != nil
			return y.Detach()
		}
		// Recorded, so that no other trace takes part in the steps.
		_, ys := newProgram(one(f), []Array{x}, false)
		return ys[0]
	}, x0.Detach(), limit)
	if err != nil || !varies {
		return x, err
	}
	p, _ := newProgram(one(f), []Array{x}, true)
	if top(p.captured) == nil {
		return x, nil
	}
	s := &fixed{p: p, x: x, in: make([]*block, len(p.captured)), limit: limit}
	for i, c := range p.captured {
		s.in[i] = c.data()
	}
	return fixedPointOp.Apply(s, p.captured...), nil
}

// iterate applies f to constants until it has converged.
func iterate(f func(Array) Array, x Array, limit fixedLimit) (Array, error) {
	for k := 1; k <= limit.steps; k++ {
		y := f(x)
		if !sameShape(x.Shape(), y.Shape()) {
			fail("FixedPoint: shape %s of the value is not shape %s of the point", shapeString(y.Shape()), shapeString(x.Shape()))
		}
		change, size := distance(y, x)
		x = y
		switch {
		case math.IsNaN(change), math.IsInf(size, 0):
			return x, fmt.Errorf("numpy: FixedPoint: not finite after %d steps", k)
		case change <= max(limit.abs, max(limit.rel, 0x1p-50)*size):
			return x, nil
		}
	}
	return x, fmt.Errorf("numpy: FixedPoint: not converged after %d steps", limit.steps)
}

// distance returns the largest magnitude in y-x and that in y. NaN anywhere
// makes the first NaN.
func distance(y, x Array) (change, size float64) {
	xs, ys := x.Complex128s(), y.Complex128s()
	for i := range ys {
		d := ys[i] - xs[i]
		if cmplx.IsNaN(d) {
			return math.NaN(), math.NaN()
		}
		change = max(change, cmplx.Abs(d))
		size = max(size, cmplx.Abs(ys[i]))
	}
	return change, size
}

func init() {
	fixedPointOp.Eval = func(c *Call) Array {
		s := c.Param.(*fixed)
		same := true
		for i, x := range c.In {
			same = same && x.data() == s.in[i]
		}
		if same {
			return s.x
		}
		return orNaN(iterate(func(x Array) Array { return s.p.run(prepend(x, c.In))[0] }, s.x, s.limit))
	}
	// With x = f(x, a): ẋ = ∂f/∂x·ẋ + ∂f/∂a·ȧ.
	fixedPointOp.JVPAll = func(c *Call, v []Array) []Array {
		s := c.Param.(*fixed)
		x := c.Out[0]
		_, dots := jvp(s.p.run, prepend(x, c.In), prepend(Array{}, v))
		if dots[0].isZero() {
			return dots
		}
		_, push := linearize(func(xs []Array) []Array { return s.p.run(prepend(xs[0], c.In)) }, []Array{x})
		return []Array{s.limit.linear(push, like(dots[0], x))}
	}
	// With the cotangent w of x: u = w + (∂f/∂x)ᵀ·u, and (∂f/∂a)ᵀ·u is that of a.
	fixedPointOp.VJPAll = func(c *Call, w []Array, need []bool) []Array {
		s := c.Param.(*fixed)
		x := c.Out[0]
		if w[0].isZero() {
			return make([]Array, len(c.In))
		}
		by := newLinear(func(xs []Array) []Array { return s.p.run(prepend(xs[0], c.In)) }, []Array{x})
		u := s.limit.linear(by.pullProgram(), like(w[0], x))
		pull, _ := vjp(func(in []Array) []Array { return s.p.run(prepend(x, in)) }, c.In)
		return pull([]Array{u})
	}
}

// linear returns the u with u = b + A·u for the linear map A.
func (limit fixedLimit) linear(a *program, b Array) Array {
	limit.abs = 0
	return orNaN(fixedPoint(func(u Array) Array {
		return plus(a.run([]Array{u})[0], b)
	}, b, limit))
}

// orNaN returns x, or NaN in its place if there is an error.
func orNaN(x Array, err error) Array {
	if err != nil {
		return x.Scale(math.NaN())
	}
	return x
}

func prepend(x Array, xs []Array) []Array { return append([]Array{x}, xs...) }
