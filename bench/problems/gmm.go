package problems

import (
	"io"
	"math"
	"slices"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// GMM is ADBench's fit of a Gaussian mixture model: the logarithm of the
// posterior density of K components in D dimensions for N points, under a
// Wishart prior for the inverse covariances QᵀQ,
//
//	Σᵢ log Σₖ exp(αₖ + tr log Qₖ - ½|Qₖ(xᵢ-μₖ)|²) - N log Σₖ exp αₖ - ½ND log 2π
//	  + Σₖ (M tr log Qₖ - ½γ²|Qₖ|² + C),
//
// where C = (D+M+1)·D·(log γ - ½ log 2) - log Γ_D(½(D+M+1)). This is the sign of
// the prior that GradBench has, and the right one; ADBench subtracts the last
// line instead.
type GMM struct {
	D, K, N int
	Alphas  []float64 // logarithms of the weights, up to a constant
	Means   []float64 // K rows of D
	// ICF holds for each component the matrix Q, which is lower triangular: D
	// logarithms of its diagonal, then what is below it column by column.
	ICF   []float64
	X     []float64 // N rows of D, or one that stands for all
	Gamma float64
	M     int
}

// ReadGMM reads a file of ADBench. The name is for errors. Where the file has one
// point for N > 1, this stands for all.
func ReadGMM(r io.Reader, name string) (*GMM, error) {
	in := newReader(r, name)
	size, err := in.sizes([3]string{"d", "k", "n"}, [3]int{1, 1, 1}, [3]int{maxDim, maxSize, maxSize})
	if err != nil {
		return nil, err
	}
	g := &GMM{D: size[0], K: size[1], N: size[2]}
	if g.Alphas, err = in.rows(nil, 1, g.K, 1, "alpha"); err != nil {
		return nil, err
	}
	if g.Means, err = in.rows(nil, 1, g.K, g.D, "mean"); err != nil {
		return nil, err
	}
	if g.ICF, err = in.rows(nil, 1, g.K, g.triangle(), "covariance factor"); err != nil {
		return nil, err
	}
	if g.X, err = in.want(nil, g.D, "point 1 of %d", g.N); err != nil {
		return nil, err
	}
	// Only the end of the file tells one point from the first of many.
	var prior []float64
	if g.N > 1 {
		row, err := in.numbers(max(g.D, 2))
		switch {
		case err == nil && !in.more():
			prior = row
		case err != nil || len(row) != g.D:
			return nil, in.explain(err, len(row), g.D, "point 2")
		default:
			g.X = append(g.X, row...)
			if g.X, err = in.rows(g.X, 3, g.N, g.D, "point"); err != nil {
				return nil, err
			}
		}
	}
	if prior == nil {
		if prior, err = in.want(nil, 2, "gamma and m"); err != nil {
			return nil, err
		}
	}
	if len(prior) != 2 {
		return nil, in.explain(nil, len(prior), 2, "gamma and m")
	}
	if g.Gamma = prior[0]; g.Gamma <= 0 {
		return nil, in.errorf("gamma = %v, want a positive number", g.Gamma)
	}
	if g.M, err = in.size("m", prior[1], 0, maxSize); err != nil {
		return nil, err
	}
	return g, in.end()
}

func (g *GMM) triangle() int { return g.D * (g.D + 1) / 2 }

// Len returns the number of parameters.
func (g *GMM) Len() int { return g.K * (1 + g.D + g.triangle()) }

// Params returns the parameters in one slice: Alphas, Means, ICF.
func (g *GMM) Params() []float64 {
	p := make([]float64, 0, g.Len())
	p = append(p, g.Alphas...)
	p = append(p, g.Means...)
	return append(p, g.ICF...)
}

// point returns the i-th point.
func (g *GMM) point(i int) []float64 {
	if len(g.X) == g.D {
		i = 0
	}
	return g.X[i*g.D:][:g.D]
}

// split returns the three parts of p.
func split[T any](g *GMM, p []T) (alphas, means, icf []T) {
	k := g.K * (1 + g.D)
	return p[:g.K], p[g.K:k], p[k:]
}

// constant returns the part of the value that does not depend on the
// parameters.
func (g *GMM) constant() float64 {
	d, n := float64(g.D), float64(g.D+g.M+1)
	gamma := 0.25 * d * (d - 1) * math.Log(math.Pi)
	for j := range g.D {
		v, _ := math.Lgamma(0.5 * (n - float64(j)))
		gamma += v
	}
	c := n*d*(math.Log(g.Gamma)-0.5*math.Ln2) - gamma
	return float64(g.K)*c - float64(g.N)*d*0.5*math.Log(2*math.Pi)
}

// Value returns the objective at p.
func (g *GMM) Value(p []float64) float64 {
	checkLen("GMM.Value", "p", len(p), g.Len())
	f := g.factor(p)
	main := make([]float64, g.K)
	c, y := make([]float64, g.D), make([]float64, g.D)
	v := g.constant() - float64(g.N)*logSumExp(f.alphas)
	for i := range g.N {
		for k := range g.K {
			main[k] = f.weights[k] - 0.5*squareNorm(f, k, g.point(i), c, y)
		}
		v += logSumExp(main)
	}
	for k := range g.K {
		s := 0.0
		for _, q := range f.rows(k) {
			s += q * q
		}
		v += float64(g.M)*f.traces[k] - 0.5*g.Gamma*g.Gamma*s
	}
	return v
}

// factors are the parameters as the terms want them.
type factors[T any] struct {
	g       *GMM
	alphas  []T
	means   []T
	traces  []T // tr log Qₖ
	weights []T // αₖ + tr log Qₖ
	// For each component the lower triangle of Q row by row, so that Q·x is a
	// product of slices.
	q []T
}

// rows returns the triangle of component k.
func (f *factors[T]) rows(k int) []T {
	n := f.g.triangle()
	return f.q[k*n : (k+1)*n]
}

// lay fills in what needs no arithmetic. The diagonals of q are left to the
// caller.
func (f *factors[T]) lay(g *GMM, p []T) (icf []T) {
	f.g = g
	f.alphas, f.means, icf = split(g, p)
	if n := g.K * g.triangle(); len(f.q) != n || len(f.traces) != g.K {
		f.q, f.traces, f.weights = make([]T, n), make([]T, g.K), make([]T, g.K)
	}
	for k := range g.K {
		q, below := f.rows(k), icf[k*g.triangle()+g.D:]
		at := 0
		for j := range g.D {
			for i := j + 1; i < g.D; i++ {
				q[i*(i+1)/2+j] = below[at]
				at++
			}
		}
	}
	return icf
}

func (g *GMM) factor(p []float64) *factors[float64] {
	f := new(factors[float64])
	icf := f.lay(g, p)
	for k := range g.K {
		q, diag := f.rows(k), icf[k*g.triangle():][:g.D]
		for i, v := range diag {
			f.traces[k] += v
			q[i*(i+3)/2] = math.Exp(v)
		}
		f.weights[k] = f.alphas[k] + f.traces[k]
	}
	return f
}

// squareNorm returns |Qₖ(μₖ-x)|². It leaves μₖ-x in c and the product in y.
func squareNorm(f *factors[float64], k int, x, c, y []float64) float64 {
	mean, q := f.means[k*len(x):][:len(x)], f.rows(k)
	s := 0.0
	for i, v := range x {
		c[i] = mean[i] - v
		t := 0.0
		for j, w := range q[:i+1] {
			t += w * c[j]
		}
		q = q[i+1:]
		y[i] = t
		s += t * t
	}
	return s
}

func logSumExp(x []float64) float64 {
	top := slices.Max(x)
	s := 0.0
	for _, v := range x {
		s += math.Exp(v - top)
	}
	return math.Log(s) + top
}

// GMMFactors are parameters that [GMMPrepare] has made ready for the terms,
// with room for these to work in. They belong to one goroutine.
type GMMFactors[T dual.Real[T]] struct {
	factors[T]
	// For each component the rows of (-Qμ, Q)/√2, as long as Q is lower
	// triangular. Times (1, x) they are what |Q(x-μ)|²/2 is the square of. So
	// only one factor of a product depends on the parameters, and a tape has
	// the operands of a row one after the other.
	affine  []T
	x       []float64 // 1, then the point
	y, main []T
}

// GMMPrepare puts p into f, which it returns, for [GMMTerm] and [GMMPrior]. A nil
// f is allocated. The objective is the prior and the terms for all i from 0 to
// N-1 together.
func GMMPrepare[T dual.Real[T]](f *GMMFactors[T], g *GMM, p []T) *GMMFactors[T] {
	checkLen("GMMPrepare", "p", len(p), g.Len())
	if f == nil {
		f = new(GMMFactors[T])
	}
	icf := f.lay(g, p)
	if len(f.y) != g.D || len(f.main) != g.K {
		f.affine = make([]T, g.K*(g.triangle()+g.D))
		f.x, f.y, f.main = make([]float64, 1+g.D), make([]T, g.D), make([]T, g.K)
	}
	row := f.affine
	for k := range g.K {
		q, diag := f.rows(k), icf[k*g.triangle():][:g.D]
		for i, v := range diag {
			q[i] = v.Exp()
			row[0] = dual.Dot(q[:i+1], f.means[k*g.D:][:i+1]).Scale(-math.Sqrt2 / 2)
			for j, v := range q[:i+1] {
				row[1+j] = v.Scale(math.Sqrt2 / 2)
			}
			q, row = q[i+1:], row[i+2:]
		}
		f.traces[k] = dual.Sum(diag)
		f.weights[k] = f.alphas[k].Add(f.traces[k])
	}
	return f
}

// GMMTerm returns the part of the objective that point i contributes.
func GMMTerm[T dual.Real[T]](f *GMMFactors[T], i int) T {
	f.x[0] = 1
	copy(f.x[1:], f.g.point(i))
	row := f.affine
	for k, w := range f.weights {
		for j := range f.y {
			f.y[j] = dual.LinComb(f.x[:j+2], row[:j+2])
			row = row[j+2:]
		}
		f.main[k] = w.Sub(dual.SumSq(f.y))
	}
	return dual.LogSumExp(f.main)
}

// GMMTermVar is [GMMTerm] for variables of a tape, with the methods that package
// dual finds out about at each call.
func GMMTermVar(f *GMMFactors[reverse.Var], i int) reverse.Var {
	f.x[0] = 1
	copy(f.x[1:], f.g.point(i))
	row := f.affine
	var on *reverse.Var
	for k, w := range f.weights {
		for j := range f.y {
			f.y[j] = on.FuseLinComb(f.x[:j+2], row[:j+2])
			row = row[j+2:]
		}
		f.main[k] = w.Sub(on.FuseSumSq(f.y))
	}
	return dual.LogSumExp(f.main)
}

// GMMPrior returns the part of the objective that does not depend on the points:
// the prior, the normalisation of the weights and the constants.
func GMMPrior[T dual.Real[T]](f *GMMFactors[T]) T {
	g := f.g
	v := dual.LogSumExp(f.alphas).Scale(-float64(g.N)).AddConst(g.constant())
	v = v.Add(dual.Sum(f.traces).Scale(float64(g.M)))
	return v.Sub(dual.SumSq(f.q).Scale(0.5 * g.Gamma * g.Gamma))
}

// GMMValue returns the objective at p. It uses f as [GMMPrepare] does.
func GMMValue[T dual.Real[T]](f *GMMFactors[T], g *GMM, p []T) T {
	return gmmValue(f, g, p, GMMTerm)
}

// GMMValueVar is [GMMValue] with [GMMTermVar].
func GMMValueVar(f *GMMFactors[reverse.Var], g *GMM, p []reverse.Var) reverse.Var {
	return gmmValue(f, g, p, GMMTermVar)
}

func gmmValue[T dual.Real[T]](f *GMMFactors[T], g *GMM, p []T, term func(*GMMFactors[T], int) T) T {
	f = GMMPrepare(f, g, p)
	v := GMMPrior(f)
	for i := range g.N {
		v = v.Add(term(f, i))
	}
	return v
}
