package reverse_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/reverse"
	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
)

func point(n int) []float64 {
	rng := rand.New(rand.NewPCG(7, uint64(n)))
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

func near(got, want, tol float64) bool {
	return got == want || math.Abs(got-want) <= tol*max(1, math.Abs(want))
}

// rosenbrockGradient is the gradient by hand.
func rosenbrockGradient(x []float64) []float64 {
	g := make([]float64, len(x))
	for i := range len(x) - 1 {
		a := x[i+1] - x[i]*x[i]
		g[i] += -400*x[i]*a - 2*(1-x[i])
		g[i+1] += 200 * a
	}
	return g
}

func TestGradient(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 10, 1000} {
		x := point(n)
		want := rosenbrockGradient(x)
		y, got := reverse.ValueAndGradient(nil, rosenbrock, x)
		if !near(y, rosenbrockFloat(x), 1e-14) {
			t.Errorf("n = %d: value %v, want %v", n, y, rosenbrockFloat(x))
		}
		for i := range want {
			if !near(got[i], want[i], 1e-13) {
				t.Errorf("n = %d: gradient[%d] = %v, want %v", n, i, got[i], want[i])
			}
		}
		if got := reverse.Gradient(x, rosenbrock, x); !cmp.Equal(got, dual.Gradient(nil, rosenbrockReal, point(n)), approx) {
			t.Errorf("n = %d: dst = x gives %v", n, got)
		}
	}
}

var approx = cmp.Comparer(func(a, b float64) bool { return near(a, b, 1e-12) || math.IsNaN(a) && math.IsNaN(b) })

func rosenbrockReal[T dual.Real[T]](x []T) T {
	var s T
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].Neg().AddConst(1)
		s = s.Add(a.Sqr().Scale(100)).Add(b.Sqr())
	}
	return s
}

// outputs returns m functions of x that also mix in constants.
func outputs[T dual.Real[T]](m int) func(x []T) []T {
	return func(x []T) []T {
		y := make([]T, m)
		for i := range y {
			a, b := x[i%len(x)], x[(i*i+1)%len(x)]
			switch i % 4 {
			case 0:
				y[i] = a.Mul(b).Sin()
			case 1:
				y[i] = a.Exp().Div(b.Sqr().AddConst(2))
			case 2:
				y[i] = a // an input as an output
			default:
				y[i] = a.Const(3) // no dependence at all
			}
		}
		return y
	}
}

func TestJacobian(t *testing.T) {
	for n := 1; n < 10; n++ {
		for m := 1; m < 10; m++ {
			x := point(n)
			want := dual.Jacobian(nil, outputs[dual.Number3](m), x)
			if got := reverse.Jacobian(nil, outputs[reverse.Var](m), x); !mat.EqualApprox(got, want, 1e-14) {
				t.Errorf("%d×%d: Jacobian =\n%v\nwant\n%v", m, n, mat.Formatted(got), mat.Formatted(want))
			}
			big := mat.NewDense(m+2, n+3, nil)
			part := big.Slice(1, 1+m, 2, 2+n).(*mat.Dense)
			if reverse.Jacobian(part, outputs[reverse.Var](m), x); !mat.EqualApprox(part, want, 1e-14) {
				t.Errorf("%d×%d: wrong in part of a matrix", m, n)
			}
			w := point(m + 20)[:m]
			var vjp mat.VecDense
			vjp.MulVec(want.T(), mat.NewVecDense(m, w))
			for j, got := range reverse.VJP(nil, outputs[reverse.Var](m), x, w) {
				if !near(got, vjp.AtVec(j), 1e-14) {
					t.Errorf("%d×%d: VJP[%d] = %v, want %v", m, n, j, got, vjp.AtVec(j))
				}
			}
		}
	}
	if j := reverse.Jacobian(nil, func(x []reverse.Var) []reverse.Var { return x }, nil); !j.IsEmpty() {
		t.Error("no inputs: Jacobian is not empty")
	}
	if j := reverse.Jacobian(nil, func(x []reverse.Var) []reverse.Var { return nil }, []float64{1}); !j.IsEmpty() {
		t.Error("no outputs: Jacobian is not empty")
	}
}

// TestJacobianEdges checks that infinite derivatives keep to their rows.
func TestJacobianEdges(t *testing.T) {
	inf := math.Inf(1)
	f := func(x []reverse.Var) []reverse.Var {
		return []reverse.Var{x[0].Sqrt(), x[1], x[0].Sqrt().Add(x[1])}
	}
	want := mat.NewDense(3, 2, []float64{inf, 0, 0, 1, inf, 1})
	if got := reverse.Jacobian(nil, f, []float64{0, 2}); !mat.Equal(got, want) {
		t.Errorf("by columns:\n%v", mat.Formatted(got))
	}
	g := func(x []reverse.Var) []reverse.Var { return f(x)[1:] }
	if got := reverse.Jacobian(nil, g, []float64{0, 2, 5}); !mat.Equal(got, mat.NewDense(2, 3, []float64{0, 1, 0, inf, 1, 0})) {
		t.Errorf("by rows:\n%v", mat.Formatted(got))
	}
}

func term(i int, x []reverse.Var) reverse.Var {
	return x[i%len(x)].Mul(x[(i*7+1)%len(x)]).Sin().AddConst(float64(i))
}

func TestGradientSum(t *testing.T) {
	for _, n := range []int{0, 1, 5, 64, 1000} {
		x := point(6)
		wantY, want := reverse.ValueAndGradient(nil, func(x []reverse.Var) reverse.Var {
			var s reverse.Var
			for i := range n {
				s = s.Add(term(i, x))
			}
			return s
		}, x)
		y, got := reverse.ValueAndGradientSum(nil, n, term, x)
		if !near(y, wantY, 1e-13) || !cmp.Equal(got, want, approx) {
			t.Errorf("n = %d: %v, %v, want %v, %v", n, y, got, wantY, want)
		}
		for workers := 1; workers < 9; workers++ {
			y2, got2 := reverse.ValueAndGradientSum(nil, n, term, x, reverse.Workers(workers))
			if y2 != y || !cmp.Equal(got2, got) {
				t.Errorf("n = %d: %d workers give another result", n, workers)
			}
		}
		if got2 := reverse.GradientSum(x, n, term, x); !cmp.Equal(got2, got) {
			t.Errorf("n = %d: dst = x gives %v, want %v", n, got2, got)
		}
	}
}

// TestSumMemory checks that a sum takes the memory of one term.
func TestSumMemory(t *testing.T) {
	var tape reverse.Tape
	x := tape.Vars(nil, point(10))
	pre := x[0].Exp() // shared by all terms
	m := tape.Mark()
	for i := range 100_000 {
		tape.BackwardTo(m, pre.Mul(term(i, x)), 1)
	}
	tape.Propagate()
	if n := tape.Bytes(); n > 4096 {
		t.Errorf("the tape takes %d bytes after 100,000 terms", n)
	}
	_, want := reverse.ValueAndGradient(nil, func(x []reverse.Var) reverse.Var {
		var s reverse.Var
		for i := range 100_000 {
			s = s.Add(x[0].Exp().Mul(term(i, x)))
		}
		return s
	}, point(10))
	for i, v := range x {
		if got := tape.Adjoint(v); math.Abs(got-want[i]) > 1e-9*math.Abs(want[i]) {
			t.Errorf("adjoint %d = %v, want %v", i, got, want[i])
		}
	}
}

// TestDeep records a chain of ten million operations: the sweep must not
// recurse, and the memory must be 32 bytes a record.
func TestDeep(t *testing.T) {
	if testing.Short() || debugEnabled {
		t.Skip("takes 320 MB, and long with the tag tapedebug")
	}
	const n = 10_000_000
	var tape reverse.Tape
	tape.Reserve(n + 1)
	x := tape.Var(1)
	y := x
	for range n / 2 {
		y = y.Neg().AddConst(1)
	}
	if tape.Len() != n+1 {
		t.Errorf("%d records, want %d", tape.Len(), n+1)
	}
	tape.Backward(y)
	if tape.Adjoint(x) != 1 || tape.Adjoint(y) != 1 {
		t.Errorf("adjoints %v, %v, want 1, 1", tape.Adjoint(x), tape.Adjoint(y))
	}
	if bytes := tape.Bytes(); bytes > 33*n {
		t.Errorf("%d bytes, want 32 a record", bytes)
	}
}

func TestSafety(t *testing.T) {
	var a, b reverse.Tape
	xa, xb := a.Var(1), b.Var(2)
	const foreign = "reverse: operation on a variable that is not on the tape"
	for _, c := range []struct {
		name string
		call func()
		want string
	}{
		{"two tapes", func() { xa.Add(xb) }, foreign},
		{"two tapes, Mul", func() { xa.Mul(xb) }, foreign},
		{"two tapes, Pow", func() { xa.Pow(xb) }, foreign},
		{"Backward of another tape", func() { a.Backward(xb) }, "reverse: Tape.Backward: the variable is of another tape"},
		{"Adjoint of another tape", func() { a.Adjoint(xb) }, "reverse: Tape.Adjoint: the variable is of another tape"},
		{"after Reset", func() {
			var t reverse.Tape
			x := t.Var(1)
			t.Reset()
			t.Var(1)
			x.Neg()
		}, foreign},
		{"after Reset, Adjoint", func() {
			var t reverse.Tape
			x := t.Var(1)
			t.Reset()
			t.Adjoint(x)
		}, foreign},
		{"after Rewind", func() {
			var t reverse.Tape
			x := t.Var(1)
			m := t.Mark()
			y := x.Exp()
			t.Rewind(m)
			x.Exp() // takes the place of y
			y.Neg()
		}, foreign},
		{"after Rewind of an outer mark", func() {
			var t reverse.Tape
			x := t.Var(1)
			m := t.Mark()
			x.Exp()
			t.Mark()
			y := x.Exp()
			t.Rewind(m)
			x.Exp().Exp().Exp()
			y.Neg()
		}, foreign},
		{"mark of another tape", func() { a.Rewind(b.Mark()) }, "reverse: Tape.Rewind: the mark is of another tape"},
		{"mark of an earlier recording", func() {
			var t reverse.Tape
			m := t.Mark()
			t.Reset()
			t.Rewind(m)
		}, "reverse: Tape.Rewind: the mark is of an earlier recording"},
		{"mark taken back", func() {
			var t reverse.Tape
			m := t.Mark()
			t.Var(1)
			n := t.Mark()
			t.Rewind(m)
			t.Var(1)
			t.Rewind(n)
		}, "reverse: Tape.Rewind: the mark has been taken back"},
		{"BackwardTo", func() {
			var t reverse.Tape
			m := t.Mark()
			t.Reset()
			t.BackwardTo(m, t.Var(1), 1)
		}, "reverse: Tape.BackwardTo: the mark is of an earlier recording"},
		{"Vars", func() { a.Vars(make([]reverse.Var, 1), []float64{1, 2}) }, "reverse: Tape.Vars: len(dst) = 1, want len(x) = 2"},
		{"Reserve", func() { a.Reserve(-1) }, "reverse: Tape.Reserve: n = -1 is negative"},
		{"nil Gradient", func() { reverse.Gradient(nil, nil, nil) }, "reverse: Gradient: nil function"},
		{"nil VJP", func() { reverse.VJP(nil, nil, nil, nil) }, "reverse: VJP: nil function"},
		{"nil Jacobian", func() { reverse.Jacobian(nil, nil, nil) }, "reverse: Jacobian: nil function"},
		{"nil GradientSum", func() { reverse.GradientSum(nil, 1, nil, nil) }, "reverse: GradientSum: nil function"},
		{"GradientSum n", func() { reverse.GradientSum(nil, -1, term, nil) }, "reverse: GradientSum: n = -1 is negative"},
		{"GradientSum dst", func() { reverse.GradientSum(make([]float64, 1), 1, term, []float64{1, 2}) }, "reverse: GradientSum: len(dst) = 1, want len(x) = 2"},
		{"Workers", func() { reverse.Workers(0) }, "reverse: Workers: n = 0, want at least 1"},
		{"Gradient dst", func() { reverse.Gradient(make([]float64, 1), rosenbrock, point(2)) }, "reverse: Gradient: len(dst) = 1, want len(x) = 2"},
		{"VJP w", func() { reverse.VJP(nil, outputs[reverse.Var](3), point(2), point(2)) }, "reverse: VJP: len(w) = 2, want len(f(x)) = 3"},
		{"Jacobian dst", func() { reverse.Jacobian(mat.NewDense(1, 1, nil), outputs[reverse.Var](3), point(2)) }, "reverse: Jacobian: dst is 1×1, want 3 outputs × len(x) = 2"},
		{"Polygamma", func() { xa.Polygamma(-1) }, "reverse: Polygamma: order -1 is negative"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				err, ok := recover().(reverse.Error)
				if !ok || !strings.HasPrefix(err.Error(), c.want) {
					t.Errorf("panic %q, want %q", err, c.want)
				}
			}()
			c.call()
		})
	}
}

// TestValidAfterRewind checks that nothing that is still on the tape is taken
// for stale, with more rewinds and marks than there are bits for them.
func TestValidAfterRewind(t *testing.T) {
	var tape reverse.Tape
	for range 3 {
		tape.Reset()
		x := tape.Var(0.5)
		pre := x.Exp()
		outer := tape.Mark()
		mid := pre.Sin()
		for range 100 {
			inner := tape.Mark()
			z := mid.Mul(pre).Add(x)
			deep := tape.Mark()
			z.Neg().Exp()
			tape.Rewind(deep)
			z.Exp()
			tape.Rewind(inner)
			mid.Add(x)
		}
		var marks []reverse.Mark
		for range 30 {
			marks = append(marks, tape.Mark())
			mid = mid.Sin()
		}
		for i := len(marks) - 1; i >= 0; i-- {
			tape.Rewind(marks[i])
			pre.Add(x)
		}
		tape.Rewind(outer)
		y := pre.Mul(x)
		tape.Backward(y)
		if want := math.Exp(0.5) * 1.5; !near(tape.Adjoint(x), want, 1e-15) {
			t.Errorf("adjoint %v, want %v", tape.Adjoint(x), want)
		}
	}
}

// TestConstants checks that constants are not recorded and work with any tape.
func TestConstants(t *testing.T) {
	var a, b, zero reverse.Tape
	var c reverse.Var
	c = c.AddConst(2).Mul(c.Const(3)).Exp().Max(c).Pow(c.Const(2))
	xa, xb := a.Var(1), b.Var(1)
	xa.Mul(c)
	c.Add(xb)
	if a.Len() != 2 || b.Len() != 2 {
		t.Errorf("%d and %d records, want 2", a.Len(), b.Len())
	}
	if n := zero.Len(); n != 0 {
		t.Errorf("an unused tape has %d records", n)
	}
	zero.Backward(c)
	if d := zero.Adjoint(c); d != 0 {
		t.Errorf("adjoint of a constant = %v", d)
	}
}

// TestTapesApart runs gradients of different functions on 8 goroutines.
func TestTapesApart(t *testing.T) {
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			x := point(20 + k)
			want := rosenbrockGradient(x)
			var tape reverse.Tape
			for range 100 {
				tape.Reset()
				v := tape.Vars(nil, x)
				tape.Backward(rosenbrock(v))
				got := reverse.Gradient(nil, rosenbrock, x)
				for i := range want {
					if !near(got[i], want[i], 1e-12) || tape.Adjoint(v[i]) != got[i] {
						t.Errorf("goroutine %d: gradient[%d] = %v and %v, want %v", k, i, got[i], tape.Adjoint(v[i]), want[i])
						return
					}
				}
				reverse.GradientSum(nil, 100, term, x, reverse.Workers(3))
			}
		})
	}
	wg.Wait()
}

func TestPanicInside(t *testing.T) {
	for _, workers := range []int{1, 4} {
		func() {
			defer func() {
				if r := recover(); fmt.Sprint(r) != "boom" {
					t.Errorf("%d workers: recovered %v, want boom", workers, r)
				}
			}()
			reverse.GradientSum(nil, 100, func(i int, x []reverse.Var) reverse.Var {
				if i == 50 {
					panic("boom")
				}
				return x[0]
			}, point(2), reverse.Workers(workers))
		}()
	}
	if got, want := reverse.Gradient(nil, rosenbrock, point(5)), rosenbrockGradient(point(5)); !cmp.Equal(got, want, approx) {
		t.Errorf("after a panic: %v, want %v", got, want)
	}
}

// TestConfusion nests reverse mode in itself and in forward mode: each tape is
// a level of its own.
func TestConfusion(t *testing.T) {
	// x·d/dy(x·y) = x², whose derivative at 4 is 8: forward outside.
	f := func(x dual.Number64) dual.Number64 {
		d := dual.NestedDerivative(func(y dual.Nested[dual.Number64]) dual.Nested[dual.Number64] { return dual.Lift(x).Mul(y) }, x)
		return x.Mul(d)
	}
	if d := dual.Derivative(f, 4); d != 8 {
		t.Errorf("forward in forward: %v, want 8", d)
	}
	// The same with reverse mode outside and forward mode inside.
	g := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var {
		d := dual.NestedDerivative(func(y dual.Nested[reverse.Var]) dual.Nested[reverse.Var] { return dual.Lift(x[0]).Mul(y) }, x[0])
		return x[0].Mul(d)
	}, []float64{4})
	if g[0] != 8 {
		t.Errorf("forward in reverse: %v, want 8", g[0])
	}
	// A tape inside a function that a tape records yields a number, and an
	// outer variable inside it is found out.
	defer func() {
		if err, ok := recover().(reverse.Error); !ok {
			t.Errorf("reverse in reverse with an outer variable: recovered %v", err)
		}
	}()
	reverse.Gradient(nil, func(x []reverse.Var) reverse.Var {
		return x[0].Scale(reverse.Gradient(nil, func(y []reverse.Var) reverse.Var { return x[0].Add(y[0]) }, []float64{1})[0])
	}, []float64{1})
}

// TestClassics differentiates x·∂f/∂y at (x, y) by x, in both orders of the
// modes. To mix up the two would give other results.
func TestClassics(t *testing.T) {
	type N = dual.Nested[reverse.Var]
	const x, y = 2, 3
	for _, c := range []struct {
		name string
		f    func(x, y N) N
		want float64
	}{
		{"x+y", N.Add, 1},
		{"x·y", N.Mul, 2 * x},
		{"x·y²", func(x, y N) N { return x.Mul(y.Sqr()) }, 4 * x * y},
		{"x²/y", func(x, y N) N { return x.Sqr().Div(y) }, -3. * x * x / (y * y)},
		{"sin xy", func(x, y N) N { return x.Mul(y).Sin() }, 2*x*math.Cos(x*y) - x*x*y*math.Sin(x*y)},
	} {
		inside := reverse.Gradient(nil, func(v []reverse.Var) reverse.Var {
			d := dual.NestedDerivative(func(y N) N { return c.f(dual.Lift(v[0]), y) }, v[0].Const(y))
			return v[0].Mul(d)
		}, []float64{x})[0]
		if !near(inside, c.want, 1e-15) {
			t.Errorf("%s, forward in reverse: %v, want %v", c.name, inside, c.want)
		}
		// The tape has ∂f/∂y of the value and of the tangent for x.
		var tape reverse.Tape
		v := tape.Var(y)
		r := c.f(dual.Variable(v.Const(x)), dual.Lift(v))
		tape.Backward(r.V)
		g := tape.Adjoint(v)
		tape.Backward(r.D)
		if got := g + x*tape.Adjoint(v); !near(got, c.want, 1e-15) {
			t.Errorf("%s, reverse in forward: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestChain(t *testing.T) {
	f := func(x []reverse.Var) reverse.Var {
		v := x[0].Value()
		return x[0].Chain(v*v*v, 3*v*v).Mul(x[1])
	}
	if y, g := reverse.ValueAndGradient(nil, f, []float64{2, 5}); y != 40 || g[0] != 60 || g[1] != 8 {
		t.Errorf("2³·5 = %v with gradient %v", y, g)
	}
	if c := (reverse.Var{}).Chain(3, 4); c != (reverse.Var{}).Const(3) {
		t.Errorf("a constant gives %v", c)
	}
	g := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var { return x[0].Chain(math.NaN(), 1) }, []float64{1})
	if !math.IsNaN(g[0]) {
		t.Errorf("the derivative of NaN is %v", g[0])
	}
}

// TestFMA has constants at all places and zeros that absorb.
func TestFMA(t *testing.T) {
	inf := math.Inf(1)
	for _, at := range [][]float64{{2, 3, 5}, {0, inf, 5}, {0, 3, 0}, {1e8 + 1, 1e8 - 1, -1e16}} {
		for k := range 8 {
			f := func(x []dual.Number3) dual.Number3 { return x[0].FMA(x[1], x[2]) }
			g := func(x []reverse.Var) reverse.Var { return x[0].FMA(x[1], x[2]) }
			wantY, want := dual.ValueAndGradient(nil, func(x []dual.Number3) dual.Number3 { return f(fix(x, k)) }, at)
			y, got := reverse.ValueAndGradient(nil, func(x []reverse.Var) reverse.Var { return g(fix(x, k)) }, at)
			if y != wantY || !cmp.Equal(got, want, approx) {
				t.Errorf("FMA%v, constants %03b: %v, %v, want %v, %v", at, k, y, got, wantY, want)
			}
		}
	}
}

// fix returns x with constants in the places that have a bit in k.
func fix[T dual.Real[T]](x []T, k int) []T {
	y := append([]T(nil), x...)
	for i, v := range x {
		if k>>i&1 != 0 {
			y[i] = v.Const(v.Value())
		}
	}
	return y
}

func TestAllocs(t *testing.T) {
	if raceEnabled || debugEnabled {
		t.Skip("the race detector and the tag tapedebug allocate")
	}
	x, dst, w := point(30), make([]float64, 30), point(31)[:12]
	jac := mat.NewDense(12, 30, nil)
	out := make([]reverse.Var, 12)
	f := func(x []reverse.Var) []reverse.Var {
		for i := range out {
			out[i] = x[i].Mul(x[i+1])
		}
		return out
	}
	for name, call := range map[string]func(){
		"Gradient":    func() { reverse.Gradient(dst, rosenbrock, x) },
		"VJP":         func() { reverse.VJP(dst, f, x, w) },
		"Jacobian":    func() { reverse.Jacobian(jac, f, x) },
		"GradientSum": func() { reverse.GradientSum(dst, 100, term, x) },
	} {
		if n := testing.AllocsPerRun(100, call); n != 0 {
			t.Errorf("%s: %v allocations a run, want 0", name, n)
		}
	}
}

// TestInline checks that the compiler inlines what the speed rests on.
func TestInline(t *testing.T) {
	if debugEnabled {
		t.Skip("not with the tag tapedebug")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command")
	}
	cmd := exec.Command(goTool, "build", "-gcflags=-m", ".")
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Run(); err != nil {
		t.Skipf("go build: %v", err)
	}
	for _, name := range []string{
		`\(\*Tape\)\.push`, `Var\.op1`, `Var\.op2`, `Var\.Add`, `Var\.Sub`, `Var\.Mul`, `Var\.Neg`, `Var\.Inv`,
		`Var\.Scale`, `Var\.AddConst`, `Var\.Sqr`, `Var\.Value`, `Var\.Const`, `scan\.see`,
	} {
		if !regexp.MustCompile(`can inline ` + name + `\b`).Match(out.Bytes()) {
			t.Errorf("%s is not inlined", name)
		}
	}
}

// FuzzPrograms compares gradients of random functions with those of dual.
func FuzzPrograms(f *testing.F) { adtest.FuzzPrograms(f, checkProgram) }

func TestPrograms(t *testing.T) { adtest.Programs(t, checkProgram) }

func checkProgram(t *testing.T, p adtest.Program, x []float64) {
	t.Helper()
	y, want := dual.ValueAndGradient(nil, func(x []dual.Number3) dual.Number3 { return adtest.Run(p, x) }, x)
	z, got := reverse.ValueAndGradient(nil, func(x []reverse.Var) reverse.Var { return adtest.Run(p, x) }, x)
	// A second derivative measures how much rounding may have grown.
	scale := 1 + math.Abs(y)
	h := dual.Hessian(nil, func(x []dual.Hyper) dual.Hyper { return adtest.Run(p, x) }, x)
	for i := range x {
		scale = max(scale, math.Abs(want[i]), math.Abs(h.At(i, i)))
	}
	if !near(z, y, 1e-13) {
		t.Errorf("value %v, dual finds %v", z, y)
	}
	for i := range x {
		if math.Abs(got[i]-want[i]) > 1e-11*scale {
			t.Errorf("gradient[%d] = %v, dual finds %v", i, got[i], want[i])
		}
	}
	if t.Failed() {
		t.Logf("at %v of\n%v", x, p)
	}
}
