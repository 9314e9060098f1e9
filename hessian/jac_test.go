package hessian

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/dual"
)

// denseJacobian is that at q by products with unit vectors.
func denseJacobian(q *Point) *mat.Dense {
	n, m := q.q.Dims()
	if n == 0 || m == 0 {
		return new(mat.Dense)
	}
	j := mat.NewDense(m, n, nil)
	v := make([]float64, n)
	for k := range n {
		v[k] = 1
		j.SetCol(k, q.q.JVP(nil, v))
		v[k] = 0
	}
	return j
}

// checkJacobian compares the ways to the Jacobian of f at points near x.
func checkJacobian(f func([]Var) []Var, x []float64, tol float64) error {
	rnd := rand.New(rand.NewPCG(5, uint64(len(x))))
	for _, m := range []Method{"", ColumnColoring, RowColoring, BothColoring} {
		var opts []Option
		if m != "" {
			opts = append(opts, Using(m))
		}
		p := CompileVector(f, x, opts...)
		var j *Jac
		var g *Sym
		for range 2 {
			y := make([]float64, len(x))
			for i := range y {
				y[i] = x[i] + 0.1*rnd.NormFloat64()
			}
			q := p.At(y)
			q.Weigh(make([]float64, len(q.Values(nil)))) // do not matter
			j = q.Jacobian(j)
			want := denseJacobian(q)
			rows, cols := j.Dims()
			if n, r := q.q.Dims(); rows != r || cols != n {
				return fmt.Errorf("%q: %d×%d, want %d×%d", m, rows, cols, r, n)
			}
			dense := q.DenseJacobian(nil)
			for i := range rows {
				for k := range cols {
					if w := want.At(i, k); !near(j.At(i, k), w, tol) || !near(dense.At(i, k), w, tol) {
						return fmt.Errorf("%q (%v): (%d, %d) is %v and %v, want %v", m, p.JacobianPlan(), i, k, j.At(i, k), dense.At(i, k), w)
					}
				}
			}
			w := make([]float64, rows)
			for i := range w {
				w[i] = rnd.NormFloat64()
			}
			g = j.Gram(g, w)
			for a := range cols {
				for b := range cols {
					sum := 0.0
					for i := range rows {
						sum += j.At(i, a) * w[i] * j.At(i, b)
					}
					if !near(g.At(a, b), sum, 1e3*tol) {
						return fmt.Errorf("%q: (%d, %d) of JᵀWJ is %v, want %v", m, a, b, g.At(a, b), sum)
					}
				}
			}
			v, got, gn := make([]float64, cols), make([]float64, cols), make([]float64, cols)
			for i := range v {
				v[i] = rnd.NormFloat64()
			}
			j.Gram(nil, nil).MulVec(got, v)
			q.GaussNewton(gn, v)
			jv := make([]float64, rows)
			j.MulVec(jv, v)
			byParts := make([]float64, cols)
			j.MulTransVec(byParts, jv)
			if scale := 1e-12 * (1 + floats.Norm(gn, math.Inf(1))); cols > 0 &&
				(floats.Distance(got, gn, math.Inf(1)) > scale || floats.Distance(byParts, gn, math.Inf(1)) > scale) {
				return fmt.Errorf("%q: product with JᵀJ %v and %v, want %v", m, got, byParts, gn)
			}
			q.Close()
		}
	}
	return nil
}

// vectorFunctions have Jacobians of all shapes.
var vectorFunctions = map[string]func(x []Var) []Var{
	"none":     func(x []Var) []Var { return nil },
	"constant": func(x []Var) []Var { return []Var{{}, dual.Sum(x).Const(2)} },
	"identity": func(x []Var) []Var { return x },
	"same":     func(x []Var) []Var { s := dual.SumSq(x); return []Var{s, s, s.Scale(2)} },
	"differences": func(x []Var) []Var {
		var r []Var
		for i := range len(x) - 1 {
			r = append(r, x[i+1].Sub(x[i].Sqr()).Scale(10), x[i].Neg().AddConst(1))
		}
		return r
	},
	"scan": func(x []Var) []Var { // lower triangle
		var s Var
		var r []Var
		for i := range x {
			s = s.Add(x[i].Sin())
			r = append(r, s.Sqr())
		}
		return r
	},
	"chain": func(x []Var) []Var { // one variable, many results from each other
		var r []Var
		if len(x) > 0 {
			s := x[0]
			for range 9 {
				s = s.Sin().AddConst(1)
				r = append(r, s)
			}
		}
		return r
	},
	"arrow": func(x []Var) []Var {
		if len(x) == 0 {
			return nil
		}
		r := []Var{dual.SumSq(x)}
		for _, v := range x[1:] {
			r = append(r, v.Mul(x[0]))
		}
		return r
	},
	"crosses": crosses(4),
	"crosses and arrow": func(x []Var) []Var {
		r := crosses(5)(x)
		if len(x) > 0 {
			r[0] = r[0].Add(dual.SumSq(x))
			for i := range r {
				r[i] = r[i].Add(x[0])
			}
		}
		return r
	},
	"lists": func(x []Var) []Var {
		return []Var{dual.Norm(x), dual.LogSumExp(x), dual.Prod(x), dual.Dot(x, x), dual.SumSq(x), dual.LinComb(make([]float64, len(x)), x)}
	},
	"pieces": func(x []Var) []Var {
		var r []Var
		for i := range x {
			r = append(r, x[i].Abs().Max(x[0]), dual.Where(x[i], x[i].Exp(), x[0].Sqr()), x[i].Floor(), x[i].PowReal(1.5))
		}
		return r
	},
}

// crosses has blocks of the given size with a full row and a full column, which
// is the last one in every other block.
func crosses(size int) func(x []Var) []Var {
	return func(x []Var) []Var {
		r := make([]Var, len(x))
		for b := 0; b < len(x); b += size {
			block := x[b:min(b+size, len(x))]
			at := b/size%2*len(block) - b/size%2
			for i, v := range block {
				r[b+i] = v.Sqr()
				if i != at {
					r[b+i] = v.Mul(block[at])
				}
			}
			r[b+at] = dual.SumSq(block)
		}
		return r
	}
}

func TestJacobian(t *testing.T) {
	for name, f := range vectorFunctions {
		for n := range 11 {
			if name == "lists" && n == 0 {
				continue
			}
			x := make([]float64, n)
			for i := range x {
				x[i] = 1.5 + math.Sin(float64(i))
			}
			if err := checkJacobian(f, x, 1e-14); err != nil {
				t.Errorf("%s, n = %d: %v", name, n, err)
			}
		}
	}
}

func FuzzJacobian(f *testing.F) {
	for seed := range uint64(30) {
		f.Add(seed, uint8(seed), uint8(3*seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n, m uint8) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		x := make([]float64, 1+n%16)
		for i := range x {
			x[i] = rnd.NormFloat64()
		}
		fun := func(x []Var) []Var {
			var r []Var
			for k := range 1 + m%16 {
				sub := make([]Var, 1+k%3)
				for i := range sub {
					sub[i] = x[(int(k)*7+i*5)%len(x)]
				}
				r = append(r, randomProgram(seed+uint64(k), len(sub), 8)(sub))
				if k%4 == 3 {
					r[k] = r[k].Mul(r[k-1])
				}
			}
			return r
		}
		if p := CompileVector(fun, x); p.At(x).q.Kinks() > 0 {
			return
		}
		if err := checkJacobian(fun, x, 1e-11); err != nil {
			t.Error(err)
		}
	})
}

func TestJacobianPlan(t *testing.T) {
	x := make([]float64, 1000)
	for _, c := range []struct {
		name, want string
	}{
		{"differences", "columns with 2 products, 2997 nonzeros: rows need at least 3"},
		{"arrow", "columns and rows with 3 products, 2998 nonzeros: columns alone need at least 1000, rows 1000"},
		{"same", "rows with 3 products, 3000 nonzeros: columns need at least 1000"},
		{"crosses", "columns and rows with 3 products, 2500 nonzeros: columns alone need at least 4, rows 4"},
		{"crosses and arrow", "columns and rows with 7 products, 4590 nonzeros: columns alone need at least 1000, rows 1000"},
		{"chain", "columns with 1 products, 9 nonzeros: rows need at least 9"},
		{"constant", "columns, 0 nonzeros: the Jacobian is zero"},
		{"none", "columns, 0 nonzeros: the Jacobian is zero"},
	} {
		p := CompileVector(vectorFunctions[c.name], x)
		if got := p.JacobianPlan().String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	// Long rows must not cost their square.
	x = make([]float64, 200_000)
	p := CompileVector(func(x []Var) []Var { return append(vectorFunctions["differences"](x), dual.SumSq(x)) }, x)
	if pl := p.JacobianPlan(); pl.Products > 4 {
		t.Error(pl)
	}
	p = CompileVector(vectorFunctions["arrow"], x)
	if pl := p.JacobianPlan(); pl.Products != 3 {
		t.Error(pl)
	}
	if got := Compile(func(x []Var) Var { x[0].Value(); return x[1] }, x[:2]).JacobianPlan().Reason; !strings.Contains(got, "each point") {
		t.Error(got)
	}
}

// TestJacobianBranches records again.
func TestJacobianBranches(t *testing.T) {
	for _, unseen := range []bool{false, true} {
		p := CompileVector(func(x []Var) []Var {
			less := dual.Less(x[0], x[1])
			if unseen {
				less = x[0].Value() < x[1].Value()
			}
			if less {
				return []Var{x[0].Mul(x[1]), x[1]}
			}
			return []Var{x[0], x[2].Sin()}
		}, []float64{0, 1, 2})
		for _, x := range [][]float64{{0, 1, 2}, {2, 1, 1}, {3, 1, 2}, {1, 2, 3}} {
			q := p.At(x)
			want := mat.NewDense(2, 3, []float64{x[1], x[0], 0, 0, 1, 0})
			if x[0] > x[1] {
				want = mat.NewDense(2, 3, []float64{1, 0, 0, 0, 0, math.Cos(x[2])})
			}
			if got := q.DenseJacobian(nil); !mat.EqualApprox(got, want, 1e-15) || q.Jacobian(nil).NNZ() > 3 {
				t.Errorf("at %v:\n%v", x, mat.Formatted(got))
			}
			q.Close()
		}
	}
}

// TestJacobianInfinite has derivatives that are infinite or NaN: what does not
// depend on them is right.
func TestJacobianInfinite(t *testing.T) {
	f := func(x []Var) []Var {
		return []Var{x[0].Sqrt().Add(x[1]), x[1].Mul(x[2]), x[0].Log().Mul(x[2])}
	}
	for _, m := range []Method{ColumnColoring, RowColoring, BothColoring} {
		p := CompileVector(f, []float64{0, 2, 3}, Using(m))
		q := p.At([]float64{0, 2, 3})
		j := q.Jacobian(nil)
		inf := math.Inf(1)
		want := mat.NewDense(3, 3, []float64{inf, 1, 0, 0, 3, 2, inf, 0, -inf})
		if !mat.Equal(j, want) {
			t.Errorf("%s:\n%v", m, mat.Formatted(j))
		}
		q.Close()
		q = p.At([]float64{math.NaN(), 2, 3})
		j = q.Jacobian(j)
		if !math.IsNaN(j.At(0, 0)) || !math.IsNaN(j.At(2, 2)) || j.At(1, 1) != 3 || j.At(1, 2) != 2 || j.At(0, 1) != 1 {
			t.Errorf("%s, NaN:\n%v", m, mat.Formatted(j))
		}
		q.Close()
	}
}

func TestJacMethods(t *testing.T) {
	p := CompileVector(hs071, []float64{1, 5, 5, 1})
	q := p.At([]float64{1, 2, 3, 4})
	defer q.Close()
	j := q.Jacobian(nil)
	m, n := j.Dims()
	if m != 3 || n != 4 || j.NNZ() != 12 {
		t.Fatalf("%d×%d with %d entries", m, n, j.NNZ())
	}
	rows, cols, vals := make([]int, 12), make([]int, 12), make([]float64, 12)
	j.Triplets(rows, cols, vals)
	ptr, raw, v := j.RawCSR()
	k := 0
	j.DoNonZero(func(r, c int, x float64) {
		if rows[k] != r || cols[k] != c || vals[k] != x || int(raw[k]) != c || v[k] != x || k < ptr[r] || k >= ptr[r+1] || j.At(r, c) != x {
			t.Errorf("entry %d is (%d, %d) %v", k, r, c, x)
		}
		k++
	})
	if k != 12 || j.T().At(3, 1) != 6 {
		t.Errorf("%d entries, (1, 3) is %v", k, j.At(1, 3))
	}
	var zero Jac
	if r, c := zero.Dims(); r != 0 || c != 0 || zero.NNZ() != 0 || zero.Gram(nil, nil).SymmetricDim() != 0 || !zero.ToDense(nil).IsEmpty() {
		t.Errorf("the zero value is %d×%d", r, c)
	}
	zero.Triplets(nil, nil, nil)
	zero.MulVec(nil, nil)
	wantPanic(t, "At: row 3 of 3", func() { j.At(3, 0) })
	wantPanic(t, "At: column 4 of 4", func() { j.At(0, 4) })
	wantPanic(t, "DoRowNonZero: row -1 of 3", func() { j.DoRowNonZero(-1, nil) })
	wantPanic(t, "len(rows) = 1, want NNZ() = 12", func() { j.Triplets(rows[:1], nil, nil) })
	wantPanic(t, "len(cols) = 1, want NNZ() = 12", func() { j.Triplets(nil, cols[:1], nil) })
	wantPanic(t, "len(vals) = 1, want NNZ() = 12", func() { j.Triplets(nil, nil, vals[:1]) })
	wantPanic(t, "len(w) = 2, want rows = 3", func() { j.Gram(nil, vals[:2]) })
	wantPanic(t, "dst is 2×2, want 3×4", func() { j.ToDense(mat.NewDense(2, 2, nil)) })
	wantPanic(t, "MulVec: len(v) = 2, want columns = 4", func() { j.MulVec(vals[:3], vals[:2]) })
	wantPanic(t, "MulVec: len(dst) = 2, want rows = 3", func() { j.MulVec(vals[:2], vals[:4]) })
	wantPanic(t, "MulTransVec: len(w) = 2, want rows = 3", func() { j.MulTransVec(vals[:4], vals[:2]) })
	wantPanic(t, "MulTransVec: len(dst) = 2, want columns = 4", func() { j.MulTransVec(vals[:2], vals[:3]) })
}

func TestJacobianAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	for _, m := range []Method{ColumnColoring, RowColoring, BothColoring} {
		p := CompileVector(vectorFunctions["differences"], make([]float64, 50), Using(m))
		x := repeated(50, 0.5, 1)
		var j Jac
		var g Sym
		d := mat.NewDense(98, 50, nil)
		do := func() {
			q := p.At(x)
			q.Jacobian(&j).Gram(&g, nil)
			q.DenseJacobian(d)
			q.Close()
		}
		do()
		if n := testing.AllocsPerRun(20, do); n > 0 {
			t.Errorf("%s: %v allocations", m, n)
		}
	}
}

// TestJacobianParallel shares a program and the pattern of matrices.
func TestJacobianParallel(t *testing.T) {
	p := CompileVector(vectorFunctions["differences"], make([]float64, 30))
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			x := repeated(30, float64(k), 1)
			q := p.At(x)
			defer q.Close()
			j := q.Jacobian(nil)
			g := j.Gram(nil, nil)
			p.JacobianPlan()
			if got, want := j.At(0, 0), -20*x[0]; got != want || g.At(0, 0) != want*want+1 {
				t.Errorf("%v, want %v", got, want)
			}
		})
	}
	wg.Wait()
}

func BenchmarkJacobian(b *testing.B) {
	const n = 100_000
	p := CompileVector(vectorFunctions["differences"], make([]float64, n))
	x := repeated(n, 0.5, 1)
	q := p.At(x)
	g, v := make([]float64, n), repeated(n, 1, 2)
	var j Jac
	var h Sym
	q.Jacobian(&j)
	b.Run("gradient", func(b *testing.B) {
		for b.Loop() {
			q := p.At(x)
			q.Gradient(g)
			q.Close()
		}
	})
	b.Run("product", func(b *testing.B) {
		for b.Loop() {
			q.GaussNewton(g, v)
		}
	})
	b.Run("sparse", func(b *testing.B) {
		for b.Loop() {
			q := p.At(x)
			q.Jacobian(&j)
			q.Close()
		}
	})
	b.Run("Gram", func(b *testing.B) {
		for b.Loop() {
			j.Gram(&h, nil)
		}
	})
	b.Run("compile", func(b *testing.B) {
		prog := q.q.Program()
		for b.Loop() {
			newJacobianPlan(prog, prog.Outputs(), nil, "")
		}
	})
}
