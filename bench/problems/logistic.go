package problems

import (
	"math"
	"math/rand/v2"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// Logistic is logistic regression of N labels on D features, without intercept:
// the negative log-likelihood and a quadratic penalty,
//
//	Σᵢ log(1 + exp(-yᵢ·xᵢᵀp)) + ½λ|p|².
type Logistic struct {
	N, D   int
	X      []float64 // N rows of D
	Y      []float64 // labels, 1 or -1
	Lambda float64
}

// NewLogistic returns an instance with normal features and labels drawn from
// the model, the same for the same seed.
func NewLogistic(n, d int, seed uint64) *Logistic {
	if n < 1 || d < 1 {
		fail("NewLogistic: n = %d, d = %d, want at least 1", n, d)
	}
	r := rand.New(rand.NewPCG(seed, 0))
	l := &Logistic{N: n, D: d, X: make([]float64, n*d), Y: make([]float64, n), Lambda: 0.1}
	truth := make([]float64, d)
	for j := range truth {
		truth[j] = 2 * r.NormFloat64() / math.Sqrt(float64(d))
	}
	for i := range l.Y {
		z := 0.0
		for j, w := range truth {
			v := r.NormFloat64()
			l.X[i*d+j] = v
			z += w * v
		}
		l.Y[i] = 1
		if r.Float64()*(1+math.Exp(-z)) > 1 {
			l.Y[i] = -1
		}
	}
	return l
}

// Params returns a point to differentiate at.
func (l *Logistic) Params() []float64 {
	p := make([]float64, l.D)
	for j := range p {
		p[j] = math.Sin(float64(j + 1))
	}
	return p
}

// row returns the features of datum i.
func (l *Logistic) row(i int) []float64 { return l.X[i*l.D:][:l.D] }

// margin returns -yᵢ·xᵢᵀp.
func (l *Logistic) margin(p []float64, i int) float64 {
	z := 0.0
	for j, v := range l.row(i) {
		z += v * p[j]
	}
	return -l.Y[i] * z
}

// Value returns the objective at p.
func (l *Logistic) Value(p []float64) float64 {
	checkLen("Logistic.Value", "p", len(p), l.D)
	s := 0.0
	for _, v := range p {
		s += v * v
	}
	s *= 0.5 * l.Lambda
	for i := range l.N {
		z := l.margin(p, i)
		s += max(z, 0) + math.Log1p(math.Exp(-math.Abs(z)))
	}
	return s
}

// LogisticTerm returns the part of the objective that datum i contributes.
func LogisticTerm[T dual.Real[T]](l *Logistic, p []T, i int) T {
	return dual.LinComb(l.row(i), p).Scale(-l.Y[i]).Softplus()
}

// LogisticPenalty returns the part of the objective that does not depend on the
// data.
func LogisticPenalty[T dual.Real[T]](l *Logistic, p []T) T {
	return dual.SumSq(p).Scale(0.5 * l.Lambda)
}

// LogisticValue returns the objective at p.
func LogisticValue[T dual.Real[T]](l *Logistic, p []T) T {
	checkLen("LogisticValue", "p", len(p), l.D)
	s := LogisticPenalty(l, p)
	for i := range l.N {
		s = s.Add(LogisticTerm(l, p, i))
	}
	return s
}

// LogisticVar is [LogisticValue] for variables of a tape.
func LogisticVar(l *Logistic, p []reverse.Var) reverse.Var {
	return logisticVarSum(l, p, LogisticTermVar)
}

// LogisticScalar is [LogisticVar] in plain loops, with a record for each
// operation.
func LogisticScalar(l *Logistic, p []reverse.Var) reverse.Var {
	return logisticVarSum(l, p, LogisticTermScalar)
}

func logisticVarSum(l *Logistic, p []reverse.Var, term func(*Logistic, []reverse.Var, int) reverse.Var) reverse.Var {
	checkLen("LogisticVar", "p", len(p), l.D)
	s := LogisticPenalty(l, p)
	for i := range l.N {
		s = s.Add(term(l, p, i))
	}
	return s
}

// LogisticTermVar is [LogisticTerm] with the functions of [Logistic.Value] and
// the methods that package dual finds out about at each call.
func LogisticTermVar(l *Logistic, p []reverse.Var, i int) reverse.Var {
	var on *reverse.Var
	return softplusVar(on.FuseLinComb(l.row(i), p).Scale(-l.Y[i]))
}

// LogisticTermScalar is [LogisticTermVar] in a plain loop.
func LogisticTermScalar(l *Logistic, p []reverse.Var, i int) reverse.Var {
	var z reverse.Var
	for j, v := range l.row(i) {
		z = p[j].FMA(z.Const(v), z)
	}
	return softplusVar(z.Scale(-l.Y[i]))
}

func softplusVar(x reverse.Var) reverse.Var {
	v := x.Value()
	e := math.Exp(-math.Abs(v))
	d := 1 / (1 + e)
	if v < 0 {
		d *= e
	}
	return x.Chain(max(v, 0)+math.Log1p(e), d)
}

// Gradient puts the gradient of the objective at p, by formulas, into dst and
// returns it. A nil dst is allocated.
func (l *Logistic) Gradient(dst, p []float64) []float64 {
	checkLen("Logistic.Gradient", "p", len(p), l.D)
	dst = destination("Logistic.Gradient", dst, l.D)
	for i := range l.N {
		w := -l.Y[i] / (1 + math.Exp(-l.margin(p, i)))
		for j, v := range l.row(i) {
			dst[j] += w * v
		}
	}
	for j, v := range p {
		dst[j] += l.Lambda * v
	}
	return dst
}
