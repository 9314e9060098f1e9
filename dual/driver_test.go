package dual_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
)

// rosenbrock is the chained Rosenbrock function for any number type.
func rosenbrock[T dual.Real[T]](x []T) T {
	var s T
	for i := range len(x) - 1 {
		a := x[i+1].Sub(x[i].Sqr())
		b := x[i].Neg().AddConst(1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
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

func point(n int) []float64 {
	rng := rand.New(rand.NewPCG(5, uint64(n)))
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

// polar has two outputs for its first two inputs and one for each pair of
// neighbours.
func polar[T dual.Real[T]](x []T) []T {
	y := []T{x[0].Exp(), x[0]}
	for i := range len(x) - 1 {
		y = append(y, x[i].Sin().Mul(x[i+1]))
	}
	return y
}

func TestDerivativeDrivers(t *testing.T) {
	f := func(x dual.Number64) dual.Number64 { return x.Sin().Exp() }
	x := 0.7
	s, c := math.Sincos(x)
	e := math.Exp(s)
	if d := dual.Derivative(f, x); !near(d, e*c, 1e-15) {
		t.Errorf("Derivative = %v, want %v", d, e*c)
	}
	if y, d := dual.ValueAndDerivative(f, x); y != e || !near(d, e*c, 1e-15) {
		t.Errorf("ValueAndDerivative = %v, %v, want %v, %v", y, d, e, e*c)
	}
	y, d, dd := dual.SecondDerivative(func(x dual.Hyper) dual.Hyper { return x.Sin().Exp() }, x)
	if y != e || !near(d, e*c, 1e-15) || !near(dd, e*(c*c-s), 1e-14) {
		t.Errorf("SecondDerivative = %v, %v, %v, want %v, %v, %v", y, d, dd, e, e*c, e*(c*c-s))
	}
}

// TestGradientChunks runs through all numbers of variables around multiples of
// the three tangents of a pass.
func TestGradientChunks(t *testing.T) {
	for n := range 11 {
		x := point(n)
		want := rosenbrockGradient(x)
		dst := make([]float64, n)
		y, got := dual.ValueAndGradient(dst, rosenbrock, x)
		if n > 0 && &got[0] != &dst[0] {
			t.Errorf("n = %d: the result is not dst", n)
		}
		v := make([]dual.Float, n)
		for i := range x {
			v[i] = dual.Float(x[i])
		}
		if want := float64(rosenbrock(v)); y != want {
			t.Errorf("n = %d: value %v, want %v", n, y, want)
		}
		for i := range want {
			if !near(got[i], want[i], 1e-13) {
				t.Errorf("n = %d: gradient[%d] = %v, want %v", n, i, got[i], want[i])
			}
		}
		// One tangent at a time gives the same bits.
		_, single := numberMode.Gradient(rosenbrock, x)
		if n > 0 && !cmp.Equal(single, got) {
			t.Errorf("n = %d: one tangent gives %v, three give %v", n, single, got)
		}
		if again := dual.Gradient(nil, rosenbrock, x); n > 0 && !cmp.Equal(again, got) {
			t.Errorf("n = %d: the second call gives %v, the first %v", n, again, got)
		}
	}
}

func TestGradientInPlace(t *testing.T) {
	x := point(7)
	want := dual.Gradient(nil, rosenbrock, x)
	if got := dual.Gradient(x, rosenbrock, x); !cmp.Equal(got, want) {
		t.Errorf("dst = x: %v, want %v", got, want)
	}
}

func TestDirectional(t *testing.T) {
	x, v := point(6), point(7)[:6]
	g := rosenbrockGradient(x)
	h := dual.Hessian(nil, rosenbrock, x)
	want := mat.Dot(mat.NewVecDense(6, g), mat.NewVecDense(6, v))
	vec := mat.NewVecDense(6, v)
	curv := mat.Inner(vec, h, vec)
	if _, d := dual.Directional(rosenbrock, x, v); !near(d, want, 1e-13) {
		t.Errorf("Directional = %v, want %v", d, want)
	}
	if _, d, dd := dual.SecondDirectional(rosenbrock, x, v); !near(d, want, 1e-13) || !near(dd, curv, 1e-13) {
		t.Errorf("SecondDirectional = %v, %v, want %v, %v", d, dd, want, curv)
	}
}

func TestHessian(t *testing.T) {
	// The values of scipy.optimize.rosen_hess at 0.1·(0, 1, 2, 3).
	want := mat.NewSymDense(4, []float64{
		-38, 0, 0, 0,
		0, 134, -40, 0,
		0, -40, 130, -80,
		0, 0, -80, 200,
	})
	got := dual.Hessian(nil, rosenbrock, []float64{0, 0.1, 0.2, 0.3})
	if !mat.EqualApprox(got, want, 1e-13) {
		t.Errorf("Hessian =\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
	for n := range 5 {
		h := dual.Hessian(new(mat.SymDense), func(x []dual.Hyper) dual.Hyper { return dual.SumSq(x) }, point(n))
		if h.SymmetricDim() != n {
			t.Errorf("n = %d: Hessian has size %d", n, h.SymmetricDim())
		}
		for i := range n {
			for j := range n {
				if want := map[bool]float64{true: 2}[i == j]; h.At(i, j) != want {
					t.Errorf("n = %d: Hessian of |x|² has (%d,%d) = %v, want %v", n, i, j, h.At(i, j), want)
				}
			}
		}
	}
}

func TestJacobian(t *testing.T) {
	for n := 1; n < 12; n++ {
		x := point(n)
		want := mat.NewDense(n+1, n, nil)
		want.Set(0, 0, math.Exp(x[0]))
		want.Set(1, 0, 1)
		for i := range n - 1 {
			want.Set(i+2, i, math.Cos(x[i])*x[i+1])
			want.Set(i+2, i+1, math.Sin(x[i]))
		}
		got := dual.Jacobian(nil, polar, x)
		if !mat.EqualApprox(got, want, 1e-15) {
			t.Errorf("n = %d: Jacobian =\n%v\nwant\n%v", n, mat.Formatted(got), mat.Formatted(want))
		}
		for workers := 1; workers < 6; workers++ {
			dst := mat.NewDense(n+1, n, nil)
			if dual.Jacobian(dst, polar, x, dual.Workers(workers)); !mat.Equal(dst, got) {
				t.Errorf("n = %d: %d workers give another result", n, workers)
			}
		}
		v := point(n + 1)[:n]
		var jv mat.VecDense
		jv.MulVec(got, mat.NewVecDense(n, v))
		for i, d := range dual.JVP(nil, polar, x, v) {
			if !near(d, jv.AtVec(i), 1e-14) {
				t.Errorf("n = %d: JVP[%d] = %v, want %v", n, i, d, jv.AtVec(i))
			}
		}
	}
}

func TestJacobianShapes(t *testing.T) {
	identity := func(x []dual.Number3) []dual.Number3 { return x }
	got := dual.Jacobian(new(mat.Dense), identity, []float64{1, 2, 3, 4})
	if want := mat.NewDiagDense(4, []float64{1, 1, 1, 1}); !mat.Equal(got, want) {
		t.Errorf("Jacobian of the identity =\n%v", mat.Formatted(got))
	}
	if j := dual.Jacobian(nil, identity, nil); !j.IsEmpty() {
		t.Errorf("no inputs: Jacobian is not empty")
	}
	if j := dual.Jacobian(nil, func([]dual.Number3) []dual.Number3 { return nil }, []float64{1}); !j.IsEmpty() {
		t.Errorf("no outputs: Jacobian is not empty")
	}
	// A part of a larger matrix has a stride of its own.
	big := mat.NewDense(6, 6, nil)
	part := big.Slice(1, 4, 2, 5).(*mat.Dense)
	dual.Jacobian(part, identity, []float64{1, 2, 3})
	if mat.Sum(big) != 3 || big.At(1, 2) != 1 || big.At(3, 4) != 1 {
		t.Errorf("Jacobian in part of a matrix =\n%v", mat.Formatted(big))
	}
}

func TestErrors(t *testing.T) {
	fn := func(x []dual.Number64) dual.Number64 { return x[0] }
	f3 := func(x []dual.Number3) dual.Number3 { return x[0] }
	fh := func(x []dual.Hyper) dual.Hyper { return x[0] }
	j3 := func(x []dual.Number3) []dual.Number3 { return x }
	j1 := func(x []dual.Number64) []dual.Number64 { return x }
	x := []float64{1, 2, 3, 4, 5, 6, 7}
	calls := 0
	for _, c := range []struct {
		name string
		call func()
		want string
	}{
		{"nil Derivative", func() { dual.Derivative(nil, 1) }, "dual: Derivative: nil function"},
		{"nil ValueAndDerivative", func() { dual.ValueAndDerivative(nil, 1) }, "dual: ValueAndDerivative: nil function"},
		{"nil SecondDerivative", func() { dual.SecondDerivative(nil, 1) }, "dual: SecondDerivative: nil function"},
		{"nil Gradient", func() { dual.Gradient(nil, nil, x) }, "dual: Gradient: nil function"},
		{"nil Jacobian", func() { dual.Jacobian(nil, nil, x) }, "dual: Jacobian: nil function"},
		{"nil JVP", func() { dual.JVP(nil, nil, x, x) }, "dual: JVP: nil function"},
		{"nil Hessian", func() { dual.Hessian(nil, nil, x) }, "dual: Hessian: nil function"},
		{"nil NestedDerivative", func() { dual.NestedDerivative(nil, dual.Float(1)) }, "dual: NestedDerivative: nil function"},
		{"nil NestedGradient", func() { dual.NestedGradient(nil, nil, []dual.Float{1}) }, "dual: NestedGradient: nil function"},
		{"nil Directional", func() { dual.Directional(nil, x, x) }, "dual: Directional: nil function"},
		{"nil SecondDirectional", func() { dual.SecondDirectional(nil, x, x) }, "dual: SecondDirectional: nil function"},
		{"Gradient dst", func() { dual.Gradient(x[:2], f3, x) }, "dual: Gradient: len(dst) = 2, want len(x) = 7"},
		{"ValueAndGradient dst", func() { dual.ValueAndGradient(x[:2], f3, x) }, "dual: ValueAndGradient: len(dst) = 2, want len(x) = 7"},
		{"Directional v", func() { dual.Directional(fn, x, x[:3]) }, "dual: Directional: len(v) = 3, want len(x) = 7"},
		{"SecondDirectional v", func() { dual.SecondDirectional(fh, x, x[:3]) }, "dual: SecondDirectional: len(v) = 3, want len(x) = 7"},
		{"Hessian dst", func() { dual.Hessian(mat.NewSymDense(2, nil), fh, x) }, "dual: Hessian: dst is 2×2, want len(x) = 7"},
		{"Jacobian dst", func() { dual.Jacobian(mat.NewDense(2, 3, nil), j3, x) }, "dual: Jacobian: dst is 2×3, want 7 outputs × len(x) = 7"},
		{"Jacobian no inputs", func() { dual.Jacobian(mat.NewDense(2, 3, nil), j3, nil) }, "dual: Jacobian: dst is 2×3, want len(x) = 0 columns"},
		{"Jacobian workers", func() { dual.Jacobian(nil, j3, x, dual.Workers(0)) }, "dual: Workers: n = 0, want at least 1"},
		{"Jacobian outputs", func() {
			dual.Jacobian(nil, func(x []dual.Number3) []dual.Number3 { calls++; return x[:2+calls%3] }, x)
		}, "dual: Jacobian: f returned"},
		{"JVP v", func() { dual.JVP(nil, j1, x, x[:3]) }, "dual: JVP: len(v) = 3, want len(x) = 7"},
		{"JVP dst", func() { dual.JVP(x[:3], j1, x, x) }, "dual: JVP: len(dst) = 3, want len(f(x)) = 7"},
		{"NestedGradient dst", func() {
			dual.NestedGradient(make([]dual.Float, 2), func(x []nest1) nest1 { return x[0] }, make([]dual.Float, 3))
		}, "dual: NestedGradient: len(dst) = 2, want len(x) = 3"},
		{"Dot", func() { dual.Dot([]dual.Float{1}, nil) }, "dual: Dot: len(y) = 0, want len(x) = 1"},
		{"LinComb", func() { dual.LinComb([]float64{1, 2}, []dual.Float{1}) }, "dual: LinComb: len(x) = 1, want len(c) = 2"},
		{"Polygamma", func() { dual.Float(1).Polygamma(-1) }, "dual: Polygamma: order -1 is negative"},
		{"Polygamma of Number", func() { dual.Derivative(func(x dual.Number64) dual.Number64 { return x.Polygamma(-2) }, 1) }, "dual: Polygamma: order -2 is negative"},
		{"Polygamma of Nested", func() { (nest2{}).Polygamma(-2) }, "dual: Polygamma: order -2 is negative"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				err, ok := recover().(error)
				var want dual.Error
				if !ok || !errors.As(err, &want) || !strings.HasPrefix(err.Error(), c.want) {
					t.Errorf("panic %v, want %q", err, c.want)
				}
			}()
			c.call()
		})
	}
}

// TestPanicInside checks that a panic of the user's function comes through,
// from other goroutines too, and that the drivers work afterwards.
func TestPanicInside(t *testing.T) {
	x := point(20)
	for _, workers := range []int{1, 4} {
		func() {
			defer func() {
				if r := recover(); fmt.Sprint(r) != "boom" {
					t.Errorf("%d workers: recovered %v, want boom", workers, r)
				}
			}()
			dual.Jacobian(nil, func(x []dual.Number3) []dual.Number3 {
				if x[19].D2 != 0 {
					panic("boom")
				}
				return x
			}, x, dual.Workers(workers))
		}()
	}
	want := rosenbrockGradient(x)
	for i, d := range dual.Gradient(nil, rosenbrock, x) {
		if !near(d, want[i], 1e-12) {
			t.Errorf("after a panic: gradient[%d] = %v, want %v", i, d, want[i])
		}
	}
}

// TestReentrant calls drivers inside a function that a driver evaluates.
func TestReentrant(t *testing.T) {
	inner := func(c float64) float64 {
		return dual.Gradient(nil, rosenbrock, []float64{c, 2, 3, 4})[0]
	}
	got := dual.Gradient(nil, func(x []dual.Number3) dual.Number3 {
		return dual.Sum(x).Scale(inner(1))
	}, []float64{1, 2, 3, 4, 5})
	if want := inner(1); !cmp.Equal(got, []float64{want, want, want, want, want}) {
		t.Errorf("gradient = %v, want %v each", got, want)
	}
}

func TestConcurrent(t *testing.T) {
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			x := point(10 + k)
			want := rosenbrockGradient(x)
			dst := make([]float64, len(x))
			for range 200 {
				dual.Gradient(dst, rosenbrock, x)
				for i := range want {
					if !near(dst[i], want[i], 1e-12) {
						t.Errorf("goroutine %d: gradient[%d] = %v, want %v", k, i, dst[i], want[i])
						return
					}
				}
				dual.Jacobian(nil, polar, x, dual.Workers(3))
			}
		})
	}
	wg.Wait()
}

// TestNestedGradient takes a Hessian by a gradient of gradients and a third
// derivative through three levels.
func TestNestedGradient(t *testing.T) {
	x := point(5)
	want := dual.Hessian(nil, rosenbrock, x)
	for i := range x {
		row := dual.Gradient(nil, func(x []dual.Number3) dual.Number3 {
			return dual.NestedGradient(nil, rosenbrock, x)[i]
		}, x)
		for j := range x {
			if !near(row[j], want.At(i, j), 1e-13) {
				t.Errorf("(%d,%d): %v, want %v", i, j, row[j], want.At(i, j))
			}
		}
	}
	third := dual.Derivative(func(x dual.Number64) dual.Number64 {
		return dual.NestedDerivative(func(x dual.Nested[dual.Number64]) dual.Nested[dual.Number64] {
			return dual.NestedDerivative(func(x dual.Nested[dual.Nested[dual.Number64]]) dual.Nested[dual.Nested[dual.Number64]] {
				return x.PowInt(5)
			}, x)
		}, x)
	}, 2)
	if third != 60*4 {
		t.Errorf("third derivative of x⁵ at 2 = %v, want 240", third)
	}
}

func TestAllocs(t *testing.T) {
	if raceEnabled || checkEnabled {
		t.Skip("the race detector and the confusion check allocate")
	}
	x := point(31)
	v := point(31)
	dst := make([]float64, 31)
	hess := mat.NewSymDense(31, nil)
	jac := mat.NewDense(31, 31, nil)
	out3 := make([]dual.Number3, 31)
	out := make([]dual.Number64, 31)
	exps := func(x []dual.Number3) []dual.Number3 {
		for i := range x {
			out3[i] = x[i].Exp()
		}
		return out3
	}
	concrete := func(x []dual.Number3) dual.Number3 {
		var s dual.Number3
		for i := range len(x) - 1 {
			s = s.Add(x[i].Mul(x[i+1]).Sin())
		}
		return s
	}
	for _, c := range []struct {
		name string
		call func()
	}{
		{"Derivative", func() { dual.Derivative(dual.Number64.Sin, 1) }},
		{"SecondDerivative", func() { dual.SecondDerivative(dual.Hyper.Sinc, 1) }},
		{"Gradient, generic", func() { dual.Gradient(dst, rosenbrock, x) }},
		{"Gradient, concrete", func() { dual.Gradient(dst, concrete, x) }},
		{"Directional", func() { dual.Directional(rosenbrock, x, v) }},
		{"SecondDirectional", func() { dual.SecondDirectional(rosenbrock, x, v) }},
		{"Hessian", func() { dual.Hessian(hess, rosenbrock, x) }},
		{"Jacobian", func() { dual.Jacobian(jac, exps, x) }},
		{"JVP", func() {
			dual.JVP(dst, func(x []dual.Number64) []dual.Number64 {
				for i := range x {
					out[i] = x[i].Exp()
				}
				return out
			}, x, v)
		}},
	} {
		if n := testing.AllocsPerRun(100, c.call); n != 0 {
			t.Errorf("%s: %v allocations a run, want 0", c.name, n)
		}
	}
}
