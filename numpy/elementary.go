package numpy

import (
	"math"
	"math/cmplx"

	"github.com/dualjet/dualjet/internal/rule"
	"github.com/dualjet/dualjet/jet"
)

var expFunc = elementwise(function{
	name:   "Exp",
	f:      math.Exp,
	jet:    jet.Jet64.Exp,
	c:      cmplx.Exp,
	form:   func(_, y Array) Array { return y },
	simple: true,
})

var tanhFunc = elementwise(function{
	name: "Tanh",
	f:    math.Tanh,
	d:    rule.TanhFloat,
	jet:  jet.Jet64.Tanh,
	c:    cmplx.Tanh,
	form: func(_, y Array) Array { return Mul(y, y).Neg().AddConst(1) },
})

// Exp returns e raised to the power x.
func Exp(x Array) Array { return expFunc.of(x) }

// Exp returns e raised to the power x.
func (x Array) Exp() Array { return expFunc.of(x) }

// Tanh returns the hyperbolic tangent of x.
func Tanh(x Array) Array { return tanhFunc.of(x) }

// Tanh returns the hyperbolic tangent of x.
func (x Array) Tanh() Array { return tanhFunc.of(x) }
