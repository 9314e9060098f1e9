package main

import (
	"math"

	gonumdual "gonum.org/v1/gonum/num/dual"
	"gonum.org/v1/gonum/num/hyperdual"

	"github.com/dualjet/dualjet/bench/problems"
	np "github.com/dualjet/dualjet/numpy"
)

// Rosenbrock's function once for each type, as one who is after speed writes it:
// methods of a type parameter are not inlined.

func rosenbrockNum(x []num) num {
	var s num
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}

func rosenbrockNum3(x []num3) num3 {
	var s num3
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}

func rosenbrockHyper(x []hyper) hyper {
	var s hyper
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}

// rosenbrockHVP is the product with the Hessian by formulas.
func rosenbrockHVP(dst, x, v []float64) []float64 {
	if dst == nil {
		dst = make([]float64, len(x))
	}
	clear(dst)
	for i := range len(x) - 1 {
		diag, off := 1200*x[i]*x[i]-400*x[i+1]+2, -400*x[i]
		dst[i] += diag*v[i] + off*v[i+1]
		dst[i+1] += off*v[i] + 200*v[i+1]
	}
	return dst
}

// productHVP is the product with the matrix of f/(xᵢxⱼ), whose diagonal is 0.
func productHVP(dst, x, v []float64) []float64 {
	dst = problems.SpeelpenningGradient(dst, x)
	dot := 0.0
	for i, w := range v {
		dot += w / x[i]
	}
	for i, w := range v {
		dst[i] *= dot - w/x[i]
	}
	return dst
}

// logisticHVP is the product with XᵀWX + λ, where W is diagonal.
func logisticHVP(l *problems.Logistic) func(dst, p, v []float64) []float64 {
	return func(dst, p, v []float64) []float64 {
		if dst == nil {
			dst = make([]float64, l.D)
		}
		for j, w := range v {
			dst[j] = l.Lambda * w
		}
		for i := range l.N {
			x := l.X[i*l.D:][:l.D]
			z, s := 0.0, 0.0
			for j, c := range x {
				z += c * p[j]
				s += c * v[j]
			}
			e := math.Exp(-math.Abs(z))
			s *= e / ((1 + e) * (1 + e))
			for j, c := range x {
				dst[j] += s * c
			}
		}
		return dst
	}
}

// lseHVP is the product with diag(p) - p·pᵀ, where p is the gradient.
func lseHVP(dst, x, v []float64) []float64 {
	dst = problems.LSEGradient(dst, x)
	dot := 0.0
	for i, p := range dst {
		dot += p * v[i]
	}
	for i := range dst {
		dst[i] *= v[i] - dot
	}
	return dst
}

// Functions in operations on arrays.

func rosenbrockArray(x np.Array) np.Array {
	head, tail := x.Index(np.To(-1)), x.Index(np.From(1))
	a, b := np.Sub(tail, np.Square(head)), head.AddConst(-1)
	return np.Sum(np.Add(np.Square(a).Scale(100), np.Square(b)))
}

func productArray(x np.Array) np.Array { return np.Prod(x) }

func lseArray(x np.Array) np.Array { return np.LogSumExp(x) }

func logisticArray(l *problems.Logistic) func(p np.Array) np.Array {
	x := make([]float64, len(l.X)) // the rows times their labels, with the sign of the loss
	for i, y := range l.Y {
		for j, v := range l.X[i*l.D:][:l.D] {
			x[i*l.D+j] = -y * v
		}
	}
	signed := np.Wrap(x, l.N, l.D)
	return func(p np.Array) np.Array {
		return np.Add(np.Sum(np.Softplus(np.MatMul(signed, p))), np.Sum(np.Square(p)).Scale(0.5*l.Lambda))
	}
}

// Functions for the numbers of gonum.

func constant(v float64) gonumdual.Number { return gonumdual.Number{Real: v} }

func rosenbrockGonum(x []gonumdual.Number) gonumdual.Number {
	var s gonumdual.Number
	for i := range len(x) - 1 {
		a := gonumdual.Sub(x[i+1], gonumdual.Mul(x[i], x[i]))
		b := gonumdual.Sub(x[i], constant(1))
		s = gonumdual.Add(s, gonumdual.Add(gonumdual.Scale(100, gonumdual.Mul(a, a)), gonumdual.Mul(b, b)))
	}
	return s
}

func rosenbrockGonumHess(x []hyperdual.Number) hyperdual.Number {
	var s hyperdual.Number
	one := hyperdual.Number{Real: 1}
	for i := range len(x) - 1 {
		a := hyperdual.Sub(x[i+1], hyperdual.Mul(x[i], x[i]))
		b := hyperdual.Sub(x[i], one)
		s = hyperdual.Add(s, hyperdual.Add(hyperdual.Scale(100, hyperdual.Mul(a, a)), hyperdual.Mul(b, b)))
	}
	return s
}

func productGonum(x []gonumdual.Number) gonumdual.Number {
	p := constant(1)
	for _, v := range x {
		p = gonumdual.Mul(p, v)
	}
	return p
}

func productGonumHess(x []hyperdual.Number) hyperdual.Number {
	p := hyperdual.Number{Real: 1}
	for _, v := range x {
		p = hyperdual.Mul(p, v)
	}
	return p
}

func arrowGonum(x []gonumdual.Number) gonumdual.Number {
	n := len(x) - 1
	z2 := gonumdual.Mul(x[n], x[n])
	var s gonumdual.Number
	for _, v := range x[:n] {
		t := gonumdual.Add(gonumdual.Mul(v, v), z2)
		s = gonumdual.Add(s, gonumdual.Add(gonumdual.Sub(gonumdual.Mul(t, t), gonumdual.Scale(4, v)), constant(3)))
	}
	return s
}

func lseGonum(x []gonumdual.Number) gonumdual.Number {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, v.Real)
	}
	var s gonumdual.Number
	for _, v := range x {
		s = gonumdual.Add(s, gonumdual.Exp(gonumdual.Sub(v, constant(top))))
	}
	return gonumdual.Add(gonumdual.Log(s), constant(top))
}

func logisticGonum(l *problems.Logistic) func(p []gonumdual.Number) gonumdual.Number {
	return func(p []gonumdual.Number) gonumdual.Number {
		var s gonumdual.Number
		for _, v := range p {
			s = gonumdual.Add(s, gonumdual.Mul(v, v))
		}
		s = gonumdual.Scale(0.5*l.Lambda, s)
		for i, y := range l.Y {
			var z gonumdual.Number
			for j, v := range l.X[i*l.D:][:l.D] {
				z = gonumdual.Add(z, gonumdual.Scale(v, p[j]))
			}
			z = gonumdual.Scale(-y, z)
			// log(1+exp z), from the side that does not overflow.
			t := z
			if z.Real > 0 {
				s = gonumdual.Add(s, z)
				t = gonumdual.Scale(-1, z)
			}
			s = gonumdual.Add(s, gonumdual.Log(gonumdual.Add(constant(1), gonumdual.Exp(t))))
		}
		return s
	}
}

func llsqGonum(l *problems.LeastSquares) func(x []gonumdual.Number) gonumdual.Number {
	return func(x []gonumdual.Number) gonumdual.Number {
		var s gonumdual.Number
		for i := range l.N {
			t := -1 + 2*float64(i)/float64(l.N-1)
			sign := 0.0
			if t != 0 {
				sign = math.Copysign(1, t)
			}
			r, p := constant(sign), 1.0
			for _, v := range x {
				r = gonumdual.Sub(r, gonumdual.Scale(p, v))
				p *= t
			}
			s = gonumdual.Add(s, gonumdual.Mul(r, r))
		}
		return gonumdual.Scale(0.5, s)
	}
}

func nbodyGonum(b *problems.NBody) func(x []gonumdual.Number) gonumdual.Number {
	return func(x []gonumdual.Number) gonumdual.Number {
		var s gonumdual.Number
		for i, m := range b.Mass {
			for j := range i {
				r2 := constant(b.Soft * b.Soft)
				for l := range 3 {
					d := gonumdual.Sub(x[3*i+l], x[3*j+l])
					r2 = gonumdual.Add(r2, gonumdual.Mul(d, d))
				}
				s = gonumdual.Sub(s, gonumdual.Scale(m*b.Mass[j], gonumdual.Inv(gonumdual.Sqrt(r2))))
			}
		}
		return s
	}
}
