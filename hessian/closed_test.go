package hessian

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/dual"
)

// A closed is a problem of any size whose derivatives are given by closed forms,
// independently of how f is written.
type closed struct {
	name string
	size int // the only one, if not 0
	f    func(x []Var) Var

	// first adds the terms of the value and of the gradient, second those of the
	// Hessian for i ≥ j. An entry without a term is not in the pattern.
	first  func(x []float64, f func(v float64), g func(i int, v float64))
	second func(x []float64, h func(i, j int, v float64))

	x func(rnd *rand.Rand) float64 // a coordinate, normal without it
}

// of has the first derivatives of a list of terms.
func of(name string) func(x []float64, f func(v float64), g func(i int, v float64)) {
	for _, p := range problems {
		if p.name == name {
			return func(x []float64, f func(v float64), g func(i int, v float64)) {
				p.terms(x, func(t pair) {
					f(t.f)
					g(t.a, t.fa)
					g(t.b, t.fb)
				})
			}
		}
	}
	panic(name)
}

func sq(x float64) float64 { return x * x }

// all calls yield for the entries of a lower triangle.
func all(n int, yield func(i, j int)) {
	for i := range n {
		for j := range i + 1 {
			yield(i, j)
		}
	}
}

func softmax(x []float64) (p []float64, lse float64) {
	lse = floats.LogSumExp(x)
	p = make([]float64, len(x))
	for i := range p {
		p[i] = math.Exp(x[i] - lse)
	}
	return p, lse
}

// logisticRow returns row k of a matrix of data.
func logisticRow(k, n int) []float64 {
	a := make([]float64, n)
	for j := range a {
		a[j] = math.Sin(float64(1+k+7*j)) / math.Sqrt(float64(n))
	}
	return a
}

const logisticRows = 6

var closedForms = []closed{
	{name: "Rosenbrock", f: rosenbrockVar, first: of("Rosenbrock"),
		second: func(x []float64, h func(i, j int, v float64)) {
			for i := range len(x) - 1 {
				h(i, i, 1200*x[i]*x[i])
				h(i, i, -400*x[i+1])
				h(i, i, 2)
				h(i+1, i+1, 200)
				h(i+1, i, -400*x[i])
			}
		}},
	{name: "ARWHEAD", f: recorded["ARWHEAD"], first: of("ARWHEAD"),
		second: func(x []float64, h func(i, j int, v float64)) {
			n := len(x) - 1
			for i := range n {
				h(i, i, 12*x[i]*x[i]+4*x[n]*x[n])
				h(n, i, 8*x[i]*x[n])
				h(n, n, 4*x[i]*x[i]+12*x[n]*x[n])
			}
		}},
	{name: "NONDIA", f: recorded["NONDIA"], first: of("NONDIA"),
		second: func(x []float64, h func(i, j int, v float64)) {
			h(0, 0, 2+200*float64(len(x)-1))
			for i := 1; i < len(x); i++ {
				h(i, 0, -400*x[i])
				h(i, i, 1200*x[i]*x[i])
				h(i, i, -400*x[0])
			}
		}},
	{name: "LIARWHD", f: recorded["LIARWHD"], first: of("LIARWHD"),
		second: func(x []float64, h func(i, j int, v float64)) {
			h(0, 0, 48*x[0]*x[0])
			h(0, 0, -48*x[0])
			h(0, 0, 10+8*float64(len(x)-1))
			for i := 1; i < len(x); i++ {
				h(i, i, 48*x[i]*x[i])
				h(i, i, -16*x[0])
				h(i, i, 2)
				h(i, 0, -16*x[i])
			}
		}},
	{name: "TRIDIA", f: recorded["TRIDIA"], first: of("TRIDIA"),
		second: func(x []float64, h func(i, j int, v float64)) {
			h(0, 0, 2)
			for i := 1; i < len(x); i++ {
				k := float64(i + 1)
				h(i-1, i-1, 2*k)
				h(i, i, 8*k)
				h(i, i-1, -4*k)
			}
		}},
	{name: "ENGVAL1", f: recorded["ENGVAL1"], first: of("ENGVAL1"),
		second: func(x []float64, h func(i, j int, v float64)) {
			for i := range len(x) - 1 {
				h(i, i, 12*x[i]*x[i]+4*x[i+1]*x[i+1])
				h(i+1, i+1, 4*x[i]*x[i]+12*x[i+1]*x[i+1])
				h(i+1, i, 8*x[i]*x[i+1])
			}
		}},
	{name: "COSINE", f: recorded["COSINE"], first: of("COSINE"),
		second: func(x []float64, h func(i, j int, v float64)) {
			for i := range len(x) - 1 {
				sin, cos := math.Sincos(x[i]*x[i] - x[i+1]/2)
				h(i, i, -2*sin)
				h(i, i, -4*x[i]*x[i]*cos)
				h(i+1, i+1, -cos/4)
				h(i+1, i, x[i]*cos)
			}
		}},
	{name: "DQRTIC", f: recorded["DQRTIC"], first: of("DQRTIC"),
		second: func(x []float64, h func(i, j int, v float64)) {
			for i := range x {
				h(i, i, 12*sq(x[i]-float64(i+1)))
			}
		}},
	{name: "Wood", size: 4, f: recorded["Wood"], first: of("Wood"),
		second: func(x []float64, h func(i, j int, v float64)) {
			for i, c := range []float64{0: 100, 2: 90} {
				if c > 0 {
					h(i, i, 12*c*x[i]*x[i])
					h(i, i, -4*c*x[i+1])
					h(i, i, 2)
					h(i+1, i, -4*c*x[i])
					h(i+1, i+1, 2*c+20.2)
				}
			}
			h(3, 1, 19.8)
		}},
	{name: "Powell singular", size: 4, f: recorded["Powell singular"], first: of("Powell singular"),
		second: func(x []float64, h func(i, j int, v float64)) {
			a, b := 12*sq(x[1]-2*x[2]), 120*sq(x[0]-x[3])
			h(0, 0, 2+b)
			h(1, 0, 20)
			h(1, 1, 200+a)
			h(2, 1, -2*a)
			h(2, 2, 10+4*a)
			h(3, 0, -b)
			h(3, 2, -10)
			h(3, 3, 10+b)
		}},
	{name: "POWER",
		f: func(x []Var) Var {
			var s Var
			for i := range x {
				s = s.Add(x[i].Sqr().Scale(float64(i + 1)))
			}
			return s.Sqr().Scale(0.5)
		},
		first: func(x []float64, f func(v float64), g func(i int, v float64)) {
			s := 0.0
			for i := range x {
				s += float64(i+1) * x[i] * x[i]
			}
			f(s * s / 2)
			for i := range x {
				g(i, 2*s*float64(i+1)*x[i])
			}
		},
		second: func(x []float64, h func(i, j int, v float64)) {
			s := 0.0
			for i := range x {
				s += float64(i+1) * x[i] * x[i]
			}
			all(len(x), func(i, j int) { h(i, j, 4*float64((i+1)*(j+1))*x[i]*x[j]) })
			for i := range x {
				h(i, i, 2*float64(i+1)*s)
			}
		}},
	{name: "PENALTY1",
		f: func(x []Var) Var {
			var p Var
			for i := range x {
				p = p.Add(x[i].AddConst(-1).Sqr())
			}
			return p.Scale(penalty / 2).Add(dual.SumSq(x).AddConst(-0.25).Sqr().Scale(0.5))
		},
		first: func(x []float64, f func(v float64), g func(i int, v float64)) {
			s := floats.Dot(x, x) - 0.25
			f(s * s / 2)
			for i := range x {
				f(penalty / 2 * sq(x[i]-1))
				g(i, penalty*(x[i]-1))
				g(i, 2*s*x[i])
			}
		},
		second: func(x []float64, h func(i, j int, v float64)) {
			s := floats.Dot(x, x)
			all(len(x), func(i, j int) { h(i, j, 4*x[i]*x[j]) })
			for i := range x {
				h(i, i, penalty)
				h(i, i, 2*s)
				h(i, i, -0.5)
			}
		}},
	{name: "VARDIM", x: func(rnd *rand.Rand) float64 { return float64(rnd.IntN(7) - 3) },
		f: func(x []Var) Var {
			var s, t Var
			for i := range x {
				r := x[i].AddConst(-1)
				s = s.Add(r.Sqr())
				t = t.Add(r.Scale(float64(i + 1)))
			}
			return s.Add(t.Sqr()).Add(t.PowInt(4))
		},
		first: func(x []float64, f func(v float64), g func(i int, v float64)) {
			t := 0.0
			for i := range x {
				t += float64(i+1) * (x[i] - 1)
				f(sq(x[i] - 1))
			}
			f(t * t)
			f(t * t * t * t)
			for i := range x {
				g(i, 2*(x[i]-1))
				g(i, (2*t+4*t*t*t)*float64(i+1))
			}
		},
		second: func(x []float64, h func(i, j int, v float64)) {
			t := 0.0
			for i := range x {
				t += float64(i+1) * (x[i] - 1)
			}
			all(len(x), func(i, j int) { h(i, j, (2+12*t*t)*float64((i+1)*(j+1))) })
			for i := range x {
				h(i, i, 2)
			}
		}},
	{name: "log-sum-exp", f: dual.LogSumExp[Var],
		first: func(x []float64, f func(v float64), g func(i int, v float64)) {
			p, lse := softmax(x)
			f(lse)
			for i := range x {
				g(i, p[i])
			}
		},
		second: func(x []float64, h func(i, j int, v float64)) {
			p, _ := softmax(x)
			all(len(x), func(i, j int) { h(i, j, -p[i]*p[j]) })
			for i := range x {
				h(i, i, p[i])
			}
		}},
	{name: "Gaussian", x: func(rnd *rand.Rand) float64 { return rnd.NormFloat64() / 16 },
		f: func(x []Var) Var { return dual.SumSq(x).Scale(-0.5).Exp() },
		first: func(x []float64, f func(v float64), g func(i int, v float64)) {
			y := math.Exp(-floats.Dot(x, x) / 2)
			f(y)
			for i := range x {
				g(i, -y*x[i])
			}
		},
		second: func(x []float64, h func(i, j int, v float64)) {
			y := math.Exp(-floats.Dot(x, x) / 2)
			all(len(x), func(i, j int) { h(i, j, y*x[i]*x[j]) })
			for i := range x {
				h(i, i, -y)
			}
		}},
	{name: "product", f: dual.Prod[Var], x: nearOne, first: productFirst, second: productSecond},
	{name: "product, one by one", x: nearOne, first: productFirst, second: productSecond,
		f: func(x []Var) Var {
			p := x[0]
			for _, y := range x[1:] {
				p = p.Mul(y)
			}
			return p
		}},
	{name: "norm", f: dual.Norm[Var],
		first: func(x []float64, f func(v float64), g func(i int, v float64)) {
			r := floats.Norm(x, 2)
			f(r)
			for i := range x {
				g(i, x[i]/r)
			}
		},
		second: func(x []float64, h func(i, j int, v float64)) {
			if len(x) == 1 {
				return // |x|
			}
			r := floats.Norm(x, 2)
			all(len(x), func(i, j int) { h(i, j, -x[i]/r*x[j]/r/r) })
			for i := range x {
				h(i, i, 1/r)
			}
		}},
	{name: "logistic regression",
		f: func(x []Var) Var {
			var s Var
			for k := range logisticRows {
				z := dual.LinComb(logisticRow(k, len(x)), x)
				s = s.Add(z.Softplus()).Sub(z.Scale(float64(k % 2)))
			}
			return s
		},
		first: func(x []float64, f func(v float64), g func(i int, v float64)) {
			for k := range logisticRows {
				a := logisticRow(k, len(x))
				z, y := floats.Dot(a, x), float64(k%2)
				f(math.Log1p(math.Exp(z)))
				f(-y * z)
				for i := range x {
					g(i, a[i]/(1+math.Exp(-z)))
					g(i, -a[i]*y)
				}
			}
		},
		second: func(x []float64, h func(i, j int, v float64)) {
			for k := range logisticRows {
				a := logisticRow(k, len(x))
				z := floats.Dot(a, x)
				p := 1 / (1 + math.Exp(-z)) / (1 + math.Exp(z))
				all(len(x), func(i, j int) { h(i, j, p*a[i]*a[j]) })
			}
		}},
}

const penalty = 1e-2

func nearOne(rnd *rand.Rand) float64 { return 1 + 0.1*rnd.NormFloat64() }

func productFirst(x []float64, f func(v float64), g func(i int, v float64)) {
	p := floats.Prod(x)
	f(p)
	for i := range x {
		g(i, p/x[i])
	}
}

func productSecond(x []float64, h func(i, j int, v float64)) {
	p := floats.Prod(x)
	all(len(x), func(i, j int) {
		if i != j {
			h(i, j, p/x[i]/x[j])
		}
	})
}

// A total is a sum of terms with that of their magnitudes, to which errors are
// relative: a sum may cancel.
type total struct{ sum, size float64 }

func (s *total) add(v float64) {
	s.sum += v
	s.size += math.Abs(v)
}

// TestClosedForms compares all that a point computes with closed forms, entry by
// entry, at two points with the same program and matrix.
func TestClosedForms(t *testing.T) {
	const tol = 1e-13
	sizes := []int{1, 2, 3, 10, 1000}
	if testing.Short() || raceEnabled {
		sizes[4] = 100
	}
	worst := map[string]float64{}
	for _, c := range closedForms {
		for _, n := range sizes {
			if c.size > 0 && n != sizes[0] {
				continue
			}
			if c.size > 0 {
				n = c.size
			}
			rnd := rand.New(rand.NewPCG(uint64(n), 11))
			x := make([]float64, n)
			prog := Compile(c.f, repeated(n, 0.5, 0.75))
			var h *Sym
			dense := new(mat.SymDense)
			for range 2 {
				for i := range x {
					x[i] = rnd.NormFloat64()
					if c.x != nil {
						x[i] = c.x(rnd)
					}
				}
				var value total
				grad, diag, prod := make([]total, n), make([]total, n), make([]total, n)
				v := make([]float64, n)
				for i := range v {
					v[i] = rnd.NormFloat64()
				}
				want, has, entries := make([]total, n*n), make([]bool, n*n), 0
				c.first(x, value.add, func(i int, v float64) { grad[i].add(v) })
				c.second(x, func(i, j int, a float64) {
					if !has[i*n+j] {
						has[i*n+j] = true
						entries++
					}
					want[i*n+j].add(a)
					prod[i].add(a * v[j])
					if i != j {
						prod[j].add(a * v[i])
					} else {
						diag[i].add(a)
					}
				})
				compare := func(what string, i int, got float64, want total, tol float64) {
					err := math.Abs(got - want.sum)
					if !(err <= tol*want.size) {
						t.Fatalf("%s, n = %d: %s %d is %v, want %v", c.name, n, what, i, got, want.sum)
					}
					if err > 0 {
						worst[what] = max(worst[what], err/want.size)
					}
				}

				q := prog.At(x)
				compare("value", 0, q.Value(), value, tol)
				for i, g := range q.Gradient(nil) {
					compare("gradient", i, g, grad[i], tol)
				}
				hv := make([]float64, n)
				q.HVP(hv, v)
				for i, p := range hv {
					compare("product", i, p, prod[i], tol)
				}
				for i, d := range q.Diag(nil) {
					compare("diagonal", i, d, diag[i], tol)
				}
				pat := q.Pattern()
				if pat.NNZ() != entries {
					t.Fatalf("%s, n = %d: %d entries in the pattern, want %d", c.name, n, pat.NNZ(), entries)
				}
				h = q.Sparse(h)
				q.Dense(dense)
				pushed := NewSym(pat, nil)
				new(pusher).values(pushed, q.q)
				direct := NewColoring(pat, Direct)
				ways := []struct {
					what string
					h    *Sym
				}{
					{"sparse", h}, {"edge pushing", pushed}, {"direct coloring", direct.Sparse(nil, q.HVP)},
					{"blocks", direct.blocks(new(Sym), q.q)}, {"substitution", NewColoring(pat, Substitution).Sparse(nil, q.HVP)},
				}
				largest := floats.Norm(h.val, math.Inf(1))
				k := 0
				for i, j := range pat.All() {
					w := want[i*n+j]
					if !has[i*n+j] {
						t.Fatalf("%s, n = %d: (%d, %d) is in the pattern", c.name, n, i, j)
					}
					for _, way := range ways {
						w := w
						if way.what == "substitution" {
							w.size = max(w.size, largest)
						}
						compare(way.what, i*n+j, way.h.val[k], w, tol)
					}
					compare("dense", i*n+j, dense.At(j, i), w, tol)
					k++
				}
				for i := range n {
					for j := range i + 1 {
						if dense.At(i, j) != 0 && !has[i*n+j] {
							t.Fatalf("%s, n = %d: (%d, %d) is %v outside of the pattern", c.name, n, i, j, dense.At(i, j))
						}
					}
				}
				q.Close()
			}
		}
	}
	for what, err := range worst {
		t.Logf("%s: largest relative error %.1e", what, err)
	}
}

// TestGolden has numbers from elsewhere.
func TestGolden(t *testing.T) {
	tenths := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(i) / 10
		}
		return x
	}
	// scipy.optimize.rosen_hess and rosen_hess_prod.
	h := Compile(rosenbrockVar, tenths(4)).At(tenths(4)).Dense(nil)
	want := mat.NewSymDense(4, []float64{-38, 0, 0, 0, 0, 134, -40, 0, 0, -40, 130, -80, 0, 0, -80, 200})
	if !mat.EqualApprox(h, want, 1e-13) {
		t.Errorf("Rosenbrock: %v", mat.Formatted(h))
	}
	hv := make([]float64, 9)
	v := tenths(9)
	floats.Scale(5, v)
	Compile(rosenbrockVar, tenths(9)).At(tenths(9)).HVP(hv, v)
	if !floats.EqualApprox(hv, []float64{0, 27, -10, -95, -192, -265, -278, -195, -180}, 1e-12) {
		t.Errorf("Rosenbrock: product %v", hv)
	}
	// Powell's Hessian at 0 has rank 2.
	h = Compile(recorded["Powell singular"], make([]float64, 4)).At(make([]float64, 4)).Dense(nil)
	want = mat.NewSymDense(4, []float64{2, 20, 0, 0, 20, 200, 0, 0, 0, 0, 10, -10, 0, 0, -10, 10})
	if !mat.Equal(h, want) {
		t.Errorf("Powell: %v", mat.Formatted(h))
	}
	// A constant Hessian of integers, and VARDIM where t = 0.
	h = Compile(recorded["TRIDIA"], tenths(3)).At(tenths(3)).Dense(nil)
	if want = mat.NewSymDense(3, []float64{6, -8, 0, -8, 22, -12, 0, -12, 24}); !mat.Equal(h, want) {
		t.Errorf("TRIDIA: %v", mat.Formatted(h))
	}
	for _, c := range closedForms {
		if c.name == "VARDIM" {
			h = Compile(c.f, tenths(2)).At([]float64{3, 0}).Dense(nil)
			if want = mat.NewSymDense(2, []float64{4, 4, 4, 10}); !mat.Equal(h, want) {
				t.Errorf("VARDIM: %v", mat.Formatted(h))
			}
		}
	}
}

// TestThird compares third derivatives of Rosenbrock's function with closed
// forms.
func TestThird(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{1, 2, 3, 10, 1000} {
		x, u, v, want := make([]float64, n), make([]float64, n), make([]float64, n), make([]total, n)
		for i := range x {
			x[i], u[i], v[i] = rnd.NormFloat64(), rnd.NormFloat64(), rnd.NormFloat64()
		}
		for i := range n - 1 {
			want[i].add(2400 * x[i] * u[i] * v[i])
			want[i].add(-400 * u[i] * v[i+1])
			want[i].add(-400 * u[i+1] * v[i])
			want[i+1].add(-400 * u[i] * v[i])
		}
		for i, got := range Compile(rosenbrockVar, x).At(x).D3(nil, u, v) {
			if !(math.Abs(got-want[i].sum) <= 1e-13*want[i].size) {
				t.Errorf("n = %d: element %d is %v, want %v", n, i, got, want[i].sum)
			}
		}
	}
}

// TestSpecialPoints has problems where formulas go wrong.
func TestSpecialPoints(t *testing.T) {
	// Products with zeros: entries without them stay exact.
	for _, c := range closedForms {
		if c.name != "product" && c.name != "product, one by one" {
			continue
		}
		prog := Compile(c.f, []float64{1, 2, 3, 5})
		for _, x := range [][]float64{{0, 2, 3, 5}, {2, 0, 0, 5}, {2, 0, 0, 0}, {0, 0, 0, 0}, {7, 0, 3, 5}} {
			q := prog.At(x)
			h := q.Sparse(nil)
			for i := range 4 {
				for j := range 4 {
					want := 1.0
					for k := range 4 {
						if k != i && k != j {
							want *= x[k]
						}
					}
					if i == j {
						want = 0
					}
					if got := h.At(i, j); got != want {
						t.Errorf("%s at %v: (%d, %d) is %v, want %v", c.name, x, i, j, got, want)
					}
				}
			}
			if err := checkHessian(q, 4, 0); err != nil {
				t.Errorf("%s at %v: %v", c.name, x, err)
			}
			q.Close()
		}
	}
	// Exponentials that overflow.
	prog := Compile(dual.LogSumExp[Var], make([]float64, 3))
	near := prog.At([]float64{0, 1, 2}).Dense(nil)
	for _, s := range []float64{1000, -1000} {
		q := prog.At([]float64{s, s + 1, s + 2})
		if h := q.Dense(nil); !mat.EqualApprox(h, near, 1e-15) {
			t.Errorf("log-sum-exp at %v: %v", s, mat.Formatted(h))
		}
		hv := make([]float64, 3)
		if q.HVP(hv, []float64{1, 1, 1}); floats.Norm(hv, math.Inf(1)) > 1e-15 {
			t.Errorf("log-sum-exp: product with ones %v", hv)
		}
	}
	// A norm at 0 is a kink: 0 by convention, and the pattern stays.
	q := Compile(dual.Norm[Var], []float64{1, 2}).At([]float64{0, 0})
	if h := q.Sparse(nil); q.Value() != 0 || h.NNZ() != 3 || floats.Norm(h.val, 1) != 0 {
		t.Errorf("norm at 0: %v", h.val)
	}
	// At a minimum where the Hessian vanishes.
	if h := Compile(recorded["DQRTIC"], make([]float64, 3)).At([]float64{1, 2, 3}).Sparse(nil); floats.Norm(h.val, 1) != 0 {
		t.Errorf("DQRTIC at the minimum: %v", h.val)
	}
}

// TestLaplacian has powers of the norm in three dimensions, where that of ‖x‖ᵖ is
// p(p+1)‖x‖ᵖ⁻²: for p = -1 it vanishes.
func TestLaplacian(t *testing.T) {
	x := []float64{0.5, -1.25, 2}
	r := floats.Norm(x, 2)
	for _, p := range []float64{-2, -1, 0, 0.5, 1, 2, 3, 4.5} {
		q := Compile(func(x []Var) Var { return dual.Norm(x).PowReal(p) }, x).At(x)
		if got, want := q.Laplacian(), p*(p+1)*math.Pow(r, p-2); math.Abs(got-want) > 1e-14*(1+p*p)*math.Pow(r, p-2) {
			t.Errorf("p = %v: %v, want %v", p, got, want)
		}
	}
}

// TestLogDet compares second derivatives of log det X, by elimination, with
// -tr(X⁻¹UX⁻¹V).
func TestLogDet(t *testing.T) {
	const n = 4
	logDet := func(x []Var) Var {
		a := append([]Var(nil), x...)
		var s Var
		for k := range n {
			s = s.Add(a[k*n+k].Log())
			for i := k + 1; i < n; i++ {
				f := a[i*n+k].Div(a[k*n+k])
				for j := k; j < n; j++ {
					a[i*n+j] = a[i*n+j].Sub(f.Mul(a[k*n+j]))
				}
			}
		}
		return s
	}
	rnd := rand.New(rand.NewPCG(3, 8))
	x, u, v := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	for i := range x {
		x[i], u[i], v[i] = rnd.NormFloat64(), rnd.NormFloat64(), rnd.NormFloat64()
		if i%(n+1) == 0 {
			x[i] += 5
		}
	}
	q := Compile(logDet, x).At(x)
	var inv, a, b, ab mat.Dense
	if err := inv.Inverse(mat.NewDense(n, n, x)); err != nil {
		t.Fatal(err)
	}
	a.Mul(&inv, mat.NewDense(n, n, u))
	b.Mul(&inv, mat.NewDense(n, n, v))
	ab.Mul(&a, &b)
	if got, want := q.Quad(u, v), -ab.Trace(); math.Abs(got-want) > 1e-13*math.Abs(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if err := checkHessian(q, n*n, 1e-13); err != nil {
		t.Error(err)
	}
}

// TestQuadratic has f = xᵀAx for integers A: the Hessian is A + Aᵀ to the bit.
func TestQuadratic(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 1))
	for _, n := range []int{0, 1, 2, 3, 10, 60} {
		for _, fill := range []float64{0.1, 0.5, 1} {
			a := make([]float64, n*n)
			x := make([]float64, n)
			for i := range a {
				if rnd.Float64() < fill {
					a[i] = float64(rnd.IntN(19) - 9)
				}
			}
			for i := range x {
				x[i] = float64(rnd.IntN(9) - 4)
			}
			prog := Compile(func(x []Var) Var {
				var s Var
				for k, c := range a {
					if c != 0 {
						s = s.Add(x[k/n].Mul(x[k%n]).Scale(c))
					}
				}
				return s
			}, x)
			q := prog.At(x)
			h := q.Sparse(nil)
			for i := range n {
				for j := range n {
					if got, want := h.At(i, j), a[i*n+j]+a[j*n+i]; got != want || want != 0 && !prog.Pattern().Has(i, j) {
						t.Errorf("n = %d: (%d, %d) is %v, want %v", n, i, j, got, want)
					}
				}
			}
			if n > 0 {
				if err := checkHessian(q, n, 0); err != nil {
					t.Errorf("n = %d: %v", n, err)
				}
			}
		}
	}
}

// TestSmall has functions of no variable or one, and those that use a variable
// twice or not at all.
func TestSmall(t *testing.T) {
	type xs = []float64
	for _, c := range []struct {
		name string
		f    func(x []Var) Var
		x    xs
		want func(x float64) float64 // the only entry, at (0, 0)
		nnz  int
	}{
		{"no variable", func([]Var) Var { return Var{}.Const(3) }, xs{}, nil, 0},
		{"constant", func(x []Var) Var { return x[0].Const(3) }, xs{2}, nil, 0},
		{"linear", func(x []Var) Var { return x[0].Scale(3) }, xs{2}, nil, 0},
		{"x", func(x []Var) Var { return x[0] }, xs{2}, nil, 0},
		{"x·x", func(x []Var) Var { return x[0].Mul(x[0]) }, xs{2}, func(float64) float64 { return 2 }, 1},
		{"x-x", func(x []Var) Var { return x[0].Sub(x[0]) }, xs{2}, nil, 0},
		{"x/x", func(x []Var) Var { return x[0].Div(x[0]) }, xs{2}, func(float64) float64 { return 0 }, 1},
		{"x·x-x·x", func(x []Var) Var { return x[0].Mul(x[0]).Sub(x[0].Mul(x[0])) }, xs{2}, func(float64) float64 { return 0 }, 1},
		{"x^x", func(x []Var) Var { return x[0].Pow(x[0]) }, xs{2},
			func(x float64) float64 { return math.Pow(x, x) * (sq(1+math.Log(x)) + 1/x) }, 1},
		{"hypot(x, x)", func(x []Var) Var { return x[0].Hypot(x[0]) }, xs{2}, func(float64) float64 { return 0 }, 1},
		{"x·(x, x)", func(x []Var) Var { return dual.Dot([]Var{x[0], x[0]}, []Var{x[0], x[0]}) }, xs{2}, func(float64) float64 { return 4 }, 1},
		{"x·x·x", func(x []Var) Var { return dual.Prod([]Var{x[0], x[0], x[0]}) }, xs{2}, func(x float64) float64 { return 6 * x }, 1},
		{"‖(x, x)‖²", func(x []Var) Var { return dual.Norm([]Var{x[0], x[0]}).Sqr() }, xs{2}, func(float64) float64 { return 4 }, 1},
		{"unused", func(x []Var) Var { x[1].Mul(x[2]); return x[0].PowInt(3) }, xs{2, 3, 4}, func(x float64) float64 { return 6 * x }, 1},
		{"used for nothing", func(x []Var) Var { return x[0].PowInt(3).Add(x[1].Mul(x[2]).Scale(1).Floor()) }, xs{2, 3, 4.25},
			func(x float64) float64 { return 6 * x }, 1},
	} {
		p := Compile(c.f, c.x)
		for k := range 2 {
			x := append(xs(nil), c.x...)
			for i := range x {
				x[i] += float64(k) / 2
			}
			q := p.At(x)
			h := q.Sparse(nil)
			if h.NNZ() != c.nnz || h.SymmetricDim() != len(x) || p.Pattern().NNZ() != c.nnz || len(q.Gradient(nil)) != len(x) {
				t.Errorf("%s: %d entries of %d variables", c.name, h.NNZ(), len(x))
			}
			if c.want != nil {
				if got, want := h.At(0, 0), c.want(x[0]); math.Abs(got-want) > 2e-15*max(1, math.Abs(want)) {
					t.Errorf("%s at %v: %v, want %v", c.name, x, got, want)
				}
			}
			if len(x) > 0 {
				if err := checkHessian(q, len(x), 2e-15); err != nil {
					t.Errorf("%s: %v", c.name, err)
				}
			} else if d := q.Dense(nil); d.SymmetricDim() != 0 || q.Laplacian() != 0 || len(q.Diag(nil)) != 0 || q.Quad(nil, nil) != 0 {
				t.Errorf("%s: dense %v", c.name, d)
			}
			if err := p.Check(x); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			q.Close()
		}
	}
}

// maxClique returns the size of a largest clique among the variables with a
// diagonal entry. p is small.
func maxClique(p *Pattern) int {
	best := 0
	for set := range uint(1) << p.Dim() {
		whole := true
		for i := range p.Dim() {
			whole = whole && (set>>i&1 == 0 || p.Has(i, i))
			for j := range i {
				whole = whole && ((set>>i)&(set>>j)&1 == 0 || p.Has(i, j))
			}
		}
		if whole {
			best = max(best, bits.OnesCount(set))
		}
	}
	return best
}

// checkProperties checks what holds for any function, at a point away from
// kinks.
func checkProperties(t *testing.T, f func(x []Var) Var, p *Program, q *Point, x []float64, rnd *rand.Rand) {
	n := len(x)
	normal := func() []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = rnd.NormFloat64()
		}
		return v
	}
	u, v := normal(), normal()
	hu, hv, got := make([]float64, n), make([]float64, n), make([]float64, n)
	q.HVP(hu, u)
	q.HVP(hv, v)
	h := q.Sparse(nil)
	size := floats.Norm(h.val, math.Inf(1))
	large := 1e-10 * (1 + size) * float64(n)

	h.MulVec(got, v)
	if d := floats.Distance(got, hv, math.Inf(1)); !(d <= large) {
		t.Errorf("the sparse matrix times v is %v, the product %v", got, hv)
	}
	a, b := floats.Dot(u, hv), floats.Dot(v, hu)
	if !(math.Abs(a-b) <= large) || !(math.Abs(q.Quad(u, v)-a) <= large) {
		t.Errorf("uᵀHv = %v, vᵀHu = %v, Quad %v", a, b, q.Quad(u, v))
	}
	dense := q.Dense(nil)
	for i := range n {
		for j := range n {
			if dense.At(i, j) != dense.At(j, i) || dense.At(i, j) != h.At(i, j) {
				t.Errorf("(%d, %d): dense %v and %v, sparse %v", i, j, dense.At(i, j), dense.At(j, i), h.At(i, j))
			}
		}
	}
	// The diagonal of a clique needs as many colours.
	if pat := q.Pattern(); n <= 8 {
		for _, how := range []Recovery{Direct, Substitution} {
			if c, k := NewColoring(pat, how), maxClique(pat); pat.NNZ() > 0 && c.Colors() < k {
				t.Errorf("%v coloring: %d colours, but a clique of %d", how, c.Colors(), k)
			}
		}
	}
	// ∇²(f∘B) = BᵀHB.
	m := 1 + n/2
	at := make([]float64, m) // B·at + x, with B·at = 0
	mix := mat.NewDense(n, m, nil)
	for i := range n {
		for j := range m {
			mix.Set(i, j, float64(rnd.IntN(5)-2))
		}
	}
	affine := func(y []Var) Var {
		z := make([]Var, n)
		for i := range z {
			z[i] = dual.LinComb(mix.RawRowView(i), y).AddConst(x[i])
		}
		return f(z)
	}
	r := Compile(affine, at).At(at)
	defer r.Close()
	var want mat.Dense
	want.Product(mix.T(), dense, mix)
	if got := r.Dense(nil); !mat.EqualApprox(got, &want, 1e-9*(1+size)*float64(n)) {
		t.Errorf("of f∘B\n%v\nBᵀHB\n%v", mat.Formatted(got), mat.Formatted(&want))
	}
	// Differences of the gradient, where the third derivatives let them be
	// good.
	const step = 1e-5
	grad := func(s float64) []float64 {
		y := make([]float64, n)
		floats.AddScaledTo(y, x, s, v)
		return Compile(f, y).At(y).Gradient(nil)
	}
	diff := func(s float64) []float64 {
		g := grad(s)
		floats.Sub(g, grad(-s))
		floats.Scale(1/(2*s), g)
		return g
	}
	one, two := diff(step), diff(2*step)
	for i := range hv {
		if e := math.Abs(one[i] - two[i]); e < 1e-4 && math.Abs(one[i]-hv[i]) > e+1e-5 {
			t.Errorf("element %d of Hv is %v, by differences %v", i, hv[i], one[i])
		}
	}
}
