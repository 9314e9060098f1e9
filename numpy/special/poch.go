package special

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	np "github.com/dualjet/dualjet/numpy"
)

// pochOp is the derivative of the orders in the parameter, a [2]int, for x and
// m.
var pochOp = &np.Op{Name: "special.Poch"}

func init() {
	define(pochOp, values2("Poch", func(n any, x, m float64) float64 {
		order := n.([2]int)
		return pochDerivative(order[0], order[1], x, m)
	}), func(c *np.Call, i int) np.Array {
		n := c.Param.([2]int)
		n[i]++
		return pochOp.Apply(n, c.In...)
	})
}

// Poch returns the symbol of Pochhammer Γ(x+m)/Γ(x), for positive integers m the
// product x·(x+1)⋯(x+m-1). It is infinite where only x+m is 0, -1, -2, …, and 0
// where only x is; where both are and m is negative, or varies, it is NaN.
// For positive x and x+m it comes from Stirling's series, NIST DLMF 5.11.1, of
// which the large terms cancel in the formula.
func Poch(x, m np.Array) np.Array { return pochOp.Apply([2]int{}, x, m) }

func pochDerivative(j, k int, x, m float64) float64 {
	if math.IsInf(x, 0) || math.IsInf(m, 0) {
		return math.NaN()
	}
	return betaJets(j, k, x, m, poch[dual.Float], poch[jet.Jet64], poch[jet.Nested[jet.Jet64]])
}

func poch[T dual.Real[T]](x, m T) T {
	v, w := x.Value(), m.Value()
	whole := w == math.Trunc(w) && !varies(m)
	switch {
	case v > 0 && v+w > 0 && w >= -0.5:
		p, log := gammaRatio(x, m)
		return p.Mul(log.Exp())
	case v > 0 && v+w > 0:
		p, log := gammaRatio(x.Add(m), m.Neg())
		return p.Mul(log.Exp()).Inv()
	case whole && 0 <= w && w <= 200:
		p := x.Const(1)
		for i := range int(w) {
			p = p.Mul(x.AddConst(float64(i)))
		}
		return p
	}
	return x.Add(m).Gamma().Mul(rgamma(x))
}
