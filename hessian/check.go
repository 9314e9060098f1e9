package hessian

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// A CheckError tells which two ways to the same number disagree at a point.
type CheckError struct {
	What      string // such as "the sparse Hessian times v"
	Than      string // such as "the product with v"
	Index     int    // of the entry, 0 for numbers
	Got, Want float64
}

// Error returns the text of e.
func (e *CheckError) Error() string {
	return fmt.Sprintf("hessian: entry %d of %s is %v, %s has %v", e.Index, e.What, e.Got, e.Than, e.Want)
}

// Check compares the derivatives at x with each other and with differences,
// along random directions: the gradient with differences of the value, the
// product with the Hessian with differences of the gradient, the sparse Hessian
// with products, and uᵀHv with vᵀHu. It returns a [*CheckError] for the first
// that disagree, and a [*NonFiniteError] if a value or derivative is not
// finite. Differences are good for about 5 digits; where the function has a kink
// or its curvature changes quickly they may disagree with right derivatives. It
// panics with an [Error] if x has another length than that with which p was
// compiled.
func (p *Program) Check(x []float64, opts ...Option) error {
	q := p.At(x)
	defer q.Close()
	g := q.Gradient(nil)
	if err := finite("value", []float64{q.Value()}); err != nil {
		return err
	}
	if err := finite("gradient", g); err != nil {
		return err
	}
	if p.n == 0 {
		return nil
	}
	rnd := random(apply(opts).seed)
	u, v := make([]float64, p.n), make([]float64, p.n)
	size := 0.0
	for i := range v {
		u[i], v[i] = rnd.NormFloat64(), rnd.NormFloat64()
		size = max(size, math.Abs(x[i]))
	}
	hv, hu := make([]float64, p.n), make([]float64, p.n)
	q.HVP(hv, v)
	q.HVP(hu, u)
	if err := finite("product", hv); err != nil {
		return err
	}
	scale := floats.Norm(hv, math.Inf(1))
	agree := func(what, than string, got, want []float64, scale, tol float64) error {
		for i := range got {
			if !(math.Abs(got[i]-want[i]) <= tol*scale) {
				return &CheckError{what, than, i, got[i], want[i]}
			}
		}
		return nil
	}
	// Exact ways.
	const exact, rough = 1e-9, 1e-4
	a, b := floats.Dot(u, hv), floats.Dot(v, hu)
	// What cancels leaves errors of rounding that only the gradient tells of.
	rounding := 1e-5 * floats.Norm(g, math.Inf(1)) / max(1, size) * math.Sqrt(floats.Dot(u, u)*floats.Dot(v, v))
	terms := rounding + math.Sqrt(floats.Dot(u, u)*floats.Dot(hv, hv)) + math.Sqrt(floats.Dot(v, v)*floats.Dot(hu, hu))
	if err := agree("uᵀHv", "vᵀHu", []float64{a}, []float64{b}, terms, exact); err != nil {
		return err
	}
	if q.getPlan().pattern != nil {
		got := make([]float64, p.n)
		q.Sparse(&q.h).MulVec(got, v)
		if err := agree("the sparse Hessian times v", "the product with v", got, hv, max(scale, math.Abs(a))+rounding, exact); err != nil {
			return err
		}
	}
	// Differences over a step that balances their error and rounding.
	h := math.Cbrt(0x1p-52) * max(1, size) / floats.Norm(v, math.Inf(1))
	at := func(step float64) (float64, []float64) {
		y := make([]float64, p.n)
		floats.AddScaledTo(y, x, step, v)
		r := p.At(y)
		defer r.Close()
		return r.Value(), r.Gradient(nil)
	}
	f1, g1 := at(h)
	f0, g0 := at(-h)
	slope := math.Sqrt(floats.Dot(g, g) * floats.Dot(v, v))
	noise := 0x1p-50 * max(math.Abs(f1), math.Abs(f0)) / h / rough
	err := agree("the gradient along v", "differences of the value",
		[]float64{floats.Dot(g, v)}, []float64{(f1 - f0) / (2 * h)}, slope+math.Abs(a)*h+noise, rough)
	if err != nil {
		return err
	}
	noise = 0x1p-50 * floats.Norm(g, math.Inf(1)) / h / rough
	floats.Sub(g1, g0)
	floats.Scale(1/(2*h), g1)
	return agree("the product with v", "differences of the gradient", hv, g1, scale+noise, rough)
}
