package hessian

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/dual"
)

// hs071Lagrangian is the closed form of its Hessian.
func hs071Lagrangian(x []float64, s, l, m float64) *mat.SymDense {
	return mat.NewSymDense(4, []float64{
		2*s*x[3] + 2*m, s*x[3] + l*x[2]*x[3], s*x[3] + l*x[1]*x[3], s*(2*x[0]+x[1]+x[2]) + l*x[1]*x[2],
		0, 2 * m, l * x[0] * x[3], s*x[0] + l*x[0]*x[2],
		0, 0, 2 * m, s*x[0] + l*x[0]*x[1],
		0, 0, 0, 2 * m,
	})
}

// TestHS071 finds the solution of hs071, with the bounds x₁ ≥ 1 and both
// constraints active, by Newton's method on the conditions of Karush, Kuhn and
// Tucker, with what a solver gets.
func TestHS071(t *testing.T) {
	x := []float64{1, 5, 5, 1}
	l := CompileVector(hs071, x).Lagrangian(x)
	n, m := l.Dims()
	if n != 4 || m != 2 || l.NNZ() != 10 || l.JacobianNNZ() != 8 {
		t.Fatalf("%d variables, %d constraints, %d and %d entries", n, m, l.NNZ(), l.JacobianNNZ())
	}
	rows, cols, vals := make([]int, 10), make([]int, 10), make([]float64, 10)
	l.Structure(rows, cols)
	if want := []int{0, 1, 2, 3, 1, 2, 3, 2, 3, 3}; !slices.Equal(rows, want) {
		t.Errorf("rows %v, want %v", rows, want)
	}
	if want := []int{0, 0, 0, 0, 1, 1, 1, 2, 2, 3}; !slices.Equal(cols, want) {
		t.Errorf("columns %v, want %v", cols, want)
	}
	jrows, jcols, jac := make([]int, 8), make([]int, 8), make([]float64, 8)
	l.JacobianStructure(jrows, jcols)
	if want := []int{0, 0, 0, 0, 1, 1, 1, 1}; !slices.Equal(jrows, want) {
		t.Errorf("rows %v, want %v", jrows, want)
	}
	if want := []int{0, 1, 2, 3, 0, 1, 2, 3}; !slices.Equal(jcols, want) {
		t.Errorf("columns %v, want %v", jcols, want)
	}

	lambda := []float64{-0.5, 0.2}
	var g, c []float64
	copy(x, []float64{1, 4.7, 3.9, 1.4})
	for range 30 {
		if err := l.Values(vals, x, 1, lambda); err != nil {
			t.Fatal(err)
		}
		want := hs071Lagrangian(x, 1, lambda[0], lambda[1])
		for k, v := range vals {
			if w := want.At(rows[k], cols[k]); !near(v, w, 1e-13) {
				t.Fatalf("(%d, %d) at %v is %v, want %v", rows[k], cols[k], x, v, w)
			}
		}
		if err := l.JacobianValues(jac, x); err != nil {
			t.Fatal(err)
		}
		g, c = l.Gradient(g, x), l.Constraints(c, x)
		// Variables 1, 2 and 3 with x₀ at its bound.
		kkt, rhs := mat.NewDense(5, 5, nil), mat.NewVecDense(5, nil)
		for k, v := range vals {
			if i, j := rows[k]-1, cols[k]-1; j >= 0 {
				kkt.Set(i, j, v)
				kkt.Set(j, i, v)
			}
		}
		for k, v := range jac {
			if j := jcols[k] - 1; j >= 0 {
				kkt.Set(3+jrows[k], j, v)
				kkt.Set(j, 3+jrows[k], v)
			}
		}
		for i := range 3 {
			rhs.SetVec(i, -g[i+1])
		}
		rhs.SetVec(3, 25-c[0])
		rhs.SetVec(4, 40-c[1])
		var step mat.VecDense
		if err := step.SolveVec(kkt, rhs); err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			x[i+1] += step.AtVec(i)
		}
		lambda[0], lambda[1] = step.AtVec(3), step.AtVec(4)
	}
	if f := l.Objective(x); math.Abs(f-17.0140173) > 5e-8 {
		t.Errorf("objective %.10g at %v, want 17.0140173", f, x)
	}
	if want := []float64{1, 4.7429994, 3.8211503, 1.3794082}; !floats.EqualApprox(x, want, 1e-7) {
		t.Errorf("%v, want %v", x, want)
	}
	if want := []float64{-0.55229366, 0.16146857}; !floats.EqualApprox(lambda, want, 1e-7) {
		t.Errorf("multipliers %v, want %v", lambda, want)
	}
}

// sparseProgram has n variables, an objective and m constraints, each of few
// variables.
func sparseProgram(seed uint64, m int) func(x []Var) []Var {
	return func(x []Var) []Var {
		rnd := rand.New(rand.NewPCG(seed, 9))
		pick := func() Var { return x[rnd.IntN(len(x))] }
		var f Var
		for i := range x {
			f = f.Add(x[i].Sub(pick()).Cos())
		}
		r := []Var{f}
		for k := range m {
			switch k % 4 {
			case 0:
				r = append(r, pick().Mul(pick()).Sin())
			case 1:
				r = append(r, pick().Exp().Add(pick()).Add(pick()))
			case 2:
				r = append(r, dual.SumSq([]Var{pick(), pick(), pick()}))
			case 3:
				r = append(r, pick().Div(pick().Sqr().AddConst(1)))
			}
		}
		return r
	}
}

func checkLagrangian(l *Lagrangian, x []float64, rnd *rand.Rand) error {
	n, m := l.Dims()
	lambda := make([]float64, m)
	for i := range lambda {
		lambda[i] = rnd.NormFloat64()
	}
	sigma := rnd.NormFloat64()
	q := l.p.At(x)
	defer q.Close()
	q.Weigh(append([]float64{sigma}, lambda...))
	want := columns(q, n)
	rows, cols, vals := make([]int, l.NNZ()), make([]int, l.NNZ()), make([]float64, l.NNZ())
	l.Structure(rows, cols)
	if err := l.Values(vals, x, sigma, lambda); err != nil {
		return err
	}
	got := mat.NewSymDense(n, nil)
	for k, v := range vals {
		if rows[k] < cols[k] || k > 0 && (cols[k-1] > cols[k] || cols[k-1] == cols[k] && rows[k-1] >= rows[k]) {
			return fmt.Errorf("entry %d is (%d, %d)", k, rows[k], cols[k])
		}
		got.SetSym(rows[k], cols[k], v)
	}
	if !mat.EqualApprox(got, want, 1e-12) {
		return fmt.Errorf("got\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
	rows, cols, vals = make([]int, l.JacobianNNZ()), make([]int, l.JacobianNNZ()), make([]float64, l.JacobianNNZ())
	l.JacobianStructure(rows, cols)
	if err := l.JacobianValues(vals, x); err != nil {
		return err
	}
	all := denseJacobian(q)
	j := mat.NewDense(m+1, n, nil)
	j.SetRow(0, l.Gradient(nil, x))
	for k, v := range vals {
		j.Set(rows[k]+1, cols[k], v)
	}
	if !mat.EqualApprox(j, all, 1e-13) {
		return fmt.Errorf("Jacobian\n%v\nwant\n%v", mat.Formatted(j), mat.Formatted(all))
	}
	f := q.Values(nil)
	if got := append([]float64{l.Objective(x)}, l.Constraints(nil, x)...); !floats.Equal(got, f) {
		return fmt.Errorf("results %v, want %v", got, f)
	}
	return nil
}

func TestLagrangianSparse(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 12))
	for _, n := range []int{1, 2, 3, 17, 60} {
		for _, m := range []int{0, 1, 2, 40} {
			for _, opts := range [][]Option{nil, {Using(EdgePushing), Using(ColumnColoring)}, {Using(SubstitutionColoring), Using(RowColoring)}} {
				x := make([]float64, n)
				l := CompileVector(sparseProgram(uint64(n+m), m), x, opts...).Lagrangian(x)
				for range 3 {
					for i := range x {
						x[i] = rnd.NormFloat64()
					}
					if err := checkLagrangian(l, x, rnd); err != nil {
						t.Errorf("n = %d, m = %d: %v", n, m, err)
					}
				}
			}
		}
	}
}

// TestLagrangianBranches goes through branches with less, the same and more than
// the structure.
func TestLagrangianBranches(t *testing.T) {
	f := func(x []Var) []Var {
		switch zero := x[0].Const(0); {
		case dual.Less(x[0], zero):
			return []Var{x[0].Sqr(), x[1].Add(x[0])}
		case dual.Less(x[1], zero):
			return []Var{x[0].Sqr(), x[2]}
		case dual.Less(x[2], zero):
			return []Var{x[2].Sqr(), x[1]}
		}
		return []Var{x[0].Mul(x[1]).Exp(), x[0].Mul(x[1])}
	}
	at := []float64{1, 1, 1}
	l := CompileVector(f, at).Lagrangian(at)
	rnd := rand.New(rand.NewPCG(1, 13))
	for range 2 {
		for _, x := range [][]float64{{1, 1, 1}, {-1, 1, 1}, {1, 2, 3}, {-2, 1, 2}} {
			if err := checkLagrangian(l, x, rnd); err != nil {
				t.Errorf("at %v: %v", x, err)
			}
		}
		if err := l.JacobianValues(make([]float64, 2), []float64{1, -1, 1}); !errors.Is(err, ErrStructure) {
			t.Errorf("Jacobian: %v", err)
		}
		if err := l.Values(make([]float64, 3), []float64{1, 1, -1}, 1, at[:1]); !errors.Is(err, ErrStructure) {
			t.Errorf("Hessian: %v", err)
		}
	}
	// A function that looks at values is recorded each time.
	l = CompileVector(func(x []Var) []Var {
		if x[0].Value() < 0 {
			return []Var{x[0].Sqr(), x[1]}
		}
		return []Var{x[0].Mul(x[1]).Exp(), x[0].Mul(x[1])}
	}, at).Lagrangian(at)
	for _, x := range [][]float64{{1, 1, 1}, {-1, 1, 1}, {1, 2, 3}, {-2, 1, 2}} {
		if err := checkLagrangian(l, x, rnd); err != nil {
			t.Errorf("at %v: %v", x, err)
		}
	}
}

func TestLagrangianMistakes(t *testing.T) {
	x := []float64{1, 5, 5, 1}
	p := CompileVector(hs071, x)
	l := p.Lagrangian(x)
	v, w := make([]float64, 10), make([]float64, 2)
	i := make([]int, 10)
	wantPanic(t, "there is no objective", func() { CompileVector(func(x []Var) []Var { return nil }, x).Lagrangian(x) })
	wantPanic(t, "len(x) = 1", func() { p.Lagrangian(x[:1]) })
	wantPanic(t, "Structure: len(rows) = 9, want NNZ() = 10", func() { l.Structure(i[:9], i) })
	wantPanic(t, "Structure: len(cols) = 9, want NNZ() = 10", func() { l.Structure(i, i[:9]) })
	wantPanic(t, "Values: len(dst) = 9, want NNZ() = 10", func() { l.Values(v[:9], x, 1, w) })
	wantPanic(t, "Values: len(x) = 3, want the number of variables = 4", func() { l.Values(v, x[:3], 1, w) })
	wantPanic(t, "Values: len(lambda) = 1, want the number of constraints = 2", func() { l.Values(v, x, 1, w[:1]) })
	wantPanic(t, "JacobianStructure: len(rows) = 9, want JacobianNNZ() = 8", func() { l.JacobianStructure(i[:9], i[:8]) })
	wantPanic(t, "JacobianStructure: len(cols) = 9, want JacobianNNZ() = 8", func() { l.JacobianStructure(i[:8], i[:9]) })
	wantPanic(t, "JacobianValues: len(dst) = 9", func() { l.JacobianValues(v[:9], x) })
	wantPanic(t, "JacobianValues: len(x) = 3", func() { l.JacobianValues(v[:8], x[:3]) })
	wantPanic(t, "Objective: len(x) = 3", func() { l.Objective(x[:3]) })
	wantPanic(t, "Gradient: len(x) = 3", func() { l.Gradient(nil, x[:3]) })
	wantPanic(t, "Constraints: len(dst) = 3", func() { l.Constraints(v[:3], x) })

	// NaN comes out, but not of a function of weight 0.
	bad := []float64{math.NaN(), 5, 5, 1}
	if err := l.Values(v, bad, 1, w); err != nil || !math.IsNaN(v[3]) || v[0] != 2 {
		t.Errorf("%v: %v", v, err)
	}
	inf := CompileVector(func(x []Var) []Var { return []Var{x[0].Sqr(), x[0].Sqrt()} }, x).Lagrangian(x)
	if err := inf.Values(v[:1], make([]float64, 4), 3, w[:1]); err != nil || v[0] != 6 {
		t.Errorf("%v: %v", v[0], err)
	}
}

func TestLagrangianAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	for _, opts := range [][]Option{{Using(EdgePushing), Using(RowColoring)}, {Using(DirectColoring), Using(ColumnColoring)}, {Using(SubstitutionColoring)}, {Using(DenseProducts)}} {
		x := make([]float64, 40)
		l := CompileVector(sparseProgram(3, 30), x, opts...).Lagrangian(x)
		v, j, g, c, lambda := make([]float64, l.NNZ()), make([]float64, l.JacobianNNZ()), make([]float64, 40), make([]float64, 30), make([]float64, 30)
		do := func() {
			x[0]++
			l.Objective(x)
			l.Gradient(g, x)
			l.Constraints(c, x)
			if err := errors.Join(l.Values(v, x, 1, lambda), l.JacobianValues(j, x)); err != nil {
				t.Error(err)
			}
		}
		do()
		if n := testing.AllocsPerRun(20, do); n > 0 {
			h, j := l.Plans()
			t.Errorf("%v allocations: %v; %v", n, h, j)
		}
	}
}

// TestLagrangianParallel has one for each goroutine, of one program.
func TestLagrangianParallel(t *testing.T) {
	x := make([]float64, 25)
	p := CompileVector(sparseProgram(8, 20), x)
	var wg sync.WaitGroup
	for k := range uint64(6) {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(k, 14))
			l := p.Lagrangian(x)
			y := make([]float64, len(x))
			for i := range y {
				y[i] = rnd.NormFloat64()
			}
			if err := checkLagrangian(l, y, rnd); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
