package reverse_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
)

// fusedCase is a function of one slice that has a fused form for Var.
type fusedCase struct {
	name    string
	tape    func(x []reverse.Var) reverse.Var
	forward func(x []dual.Number3) dual.Number3
	records int // for n variables
}

func fusedCases(n int) []fusedCase {
	c := point(n + 1)[:n]
	return []fusedCase{
		{"Sum", dual.Sum[reverse.Var], dual.Sum[dual.Number3], 1},
		{"Dot", func(x []reverse.Var) reverse.Var { return dual.Dot(x, x) }, func(x []dual.Number3) dual.Number3 { return dual.Dot(x, x) }, 1},
		{"LinComb", func(x []reverse.Var) reverse.Var { return dual.LinComb(c, x) }, func(x []dual.Number3) dual.Number3 { return dual.LinComb(c, x) }, 1},
		{"SumSq", dual.SumSq[reverse.Var], dual.SumSq[dual.Number3], 1},
		{"Norm", dual.Norm[reverse.Var], dual.Norm[dual.Number3], 1},
		{"LogSumExp", dual.LogSumExp[reverse.Var], dual.LogSumExp[dual.Number3], 1},
		{"Prod", dual.Prod[reverse.Var], dual.Prod[dual.Number3], 1},
		{"Poly", func(x []reverse.Var) reverse.Var { return dual.Poly(x[0], c) }, func(x []dual.Number3) dual.Number3 { return dual.Poly(x[0], c) }, 1},
		{"Softmax", func(x []reverse.Var) reverse.Var { return dual.Softmax(nil, x)[0] }, func(x []dual.Number3) dual.Number3 { return dual.Softmax(nil, x)[0] }, 1 + 2*n},
		{"Axpy", func(x []reverse.Var) reverse.Var { return dual.Sum(dual.Axpy(nil, x[0], x, x)) },
			func(x []dual.Number3) dual.Number3 { return dual.Sum(dual.Axpy(nil, x[0], x, x)) }, 1 + 2*n},
		{"MatVec", func(x []reverse.Var) reverse.Var { return dual.Sum(dual.MatVec(nil, [][]reverse.Var{x, x}, x)) },
			func(x []dual.Number3) dual.Number3 { return dual.Sum(dual.MatVec(nil, [][]dual.Number3{x, x}, x)) }, 3},
	}
}

func TestFused(t *testing.T) {
	for _, x := range [][]float64{point(2), point(5), point(12), {0, 2, 3}, {0, 0, 3}, {3e200, -4e200}, {3e-200, 4e-200}, {-700, 800, 3}} {
		for _, c := range fusedCases(len(x)) {
			wantY, want := dual.ValueAndGradient(nil, c.forward, x)
			y, got := reverse.ValueAndGradient(nil, c.tape, x)
			if math.IsInf(wantY, 0) || math.IsNaN(wantY) {
				continue // such as the product of 1e200 and 1e200
			}
			if math.Abs(y-wantY) > 1e-14*math.Abs(wantY) || !cmp.Equal(got, want, approx) {
				t.Errorf("%s at %v: %v, %v, want %v, %v", c.name, x, y, got, wantY, want)
			}
			var tape reverse.Tape
			v := tape.Vars(nil, x)
			c.tape(v)
			if n := tape.Len() - len(x); n != c.records {
				t.Errorf("%s: %d records, want %d", c.name, n, c.records)
			}
		}
	}
}

// TestFusedMixed has constants among the operands, other statements before and
// after, rewinds, and several outputs by rows and by columns.
func TestFusedMixed(t *testing.T) {
	f := func(x []reverse.Var) []reverse.Var {
		k := x[0].Const(2)
		a := dual.Sum([]reverse.Var{k, x[0].Exp(), x[1]})
		b := dual.Dot([]reverse.Var{k, a, x[1]}, []reverse.Var{x[0], k, a})
		return []reverse.Var{b, dual.LogSumExp([]reverse.Var{a, k, b}), dual.Prod([]reverse.Var{k, x[0], x[1], x[0].Const(0)}), dual.SumSq([]reverse.Var{k, a})}
	}
	g := func(x []dual.Number3) []dual.Number3 {
		k := x[0].Const(2)
		a := k.Add(x[0].Exp()).Add(x[1])
		b := k.Mul(x[0]).Add(a.Mul(k)).Add(x[1].Mul(a))
		return []dual.Number3{b, a.Exp().Add(k.Exp()).Add(b.Exp()).Log(), x[0].Const(0).Mul(x[0]), k.Sqr().Add(a.Sqr())}
	}
	x := []float64{0.5, -1.5}
	want := dual.Jacobian(nil, g, x)
	if got := reverse.Jacobian(nil, f, x); !mat.EqualApprox(got, want, 1e-13) {
		t.Errorf("by columns:\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
	for i := range 4 {
		row := reverse.Jacobian(nil, func(x []reverse.Var) []reverse.Var { return f(x)[i : i+1] }, x)
		for j := range 2 {
			if !near(row.At(0, j), want.At(i, j), 1e-13) {
				t.Errorf("row %d by rows: %v", i, mat.Formatted(row))
			}
		}
	}
	var tape reverse.Tape
	v := tape.Vars(nil, x)
	m := tape.Mark()
	for range 3 {
		tape.BackwardTo(m, f(v)[0], 1)
	}
	tape.Propagate()
	for j := range v {
		if got := tape.Adjoint(v[j]); !near(got, 3*want.At(0, j), 1e-13) {
			t.Errorf("three times: adjoint %d = %v, want %v", j, got, 3*want.At(0, j))
		}
	}
}

func TestFusedConstants(t *testing.T) {
	c := []reverse.Var{reverse.Var{}.Const(2), reverse.Var{}.Const(3)}
	for _, f := range fusedCases(2) {
		y := f.tape(c)
		var d []dual.Number3
		for _, v := range c {
			d = append(d, dual.Number3{V: v.Value()})
		}
		if want := f.forward(d).V; !near(y.Value(), want, 1e-15) {
			t.Errorf("%s of constants = %v, want %v", f.name, y, want)
		}
	}
	if s := dual.Sum[reverse.Var](nil); s.Value() != 0 {
		t.Errorf("empty sum = %v", s)
	}
	if p := dual.Prod[reverse.Var](nil); p.Value() != 1 {
		t.Errorf("empty product = %v", p)
	}
}

// TestFusedForeign checks that a stale operand is found and leaves no trace.
func TestFusedForeign(t *testing.T) {
	var a, b reverse.Tape
	x, y := a.Var(1), b.Var(2)
	before := a.Len()
	func() {
		defer func() {
			if _, ok := recover().(reverse.Error); !ok {
				t.Error("no panic")
			}
		}()
		dual.Sum([]reverse.Var{x, y})
	}()
	if a.Len() != before {
		t.Error("a record was left behind")
	}
	z := dual.Sum([]reverse.Var{x, x})
	a.Backward(z)
	if a.Adjoint(x) != 2 {
		t.Errorf("adjoint %v, want 2", a.Adjoint(x))
	}
}

func TestFusedAllocs(t *testing.T) {
	if raceEnabled || debugEnabled {
		t.Skip("the race detector and the tag tapedebug allocate")
	}
	x, dst := point(20), make([]float64, 20)
	for _, c := range fusedCases(20) {
		switch c.name {
		case "Softmax", "Axpy", "MatVec":
			continue // they allocate their result
		}
		if n := testing.AllocsPerRun(100, func() { reverse.Gradient(dst, c.tape, x) }); n != 0 {
			t.Errorf("%s: %v allocations a run, want 0", c.name, n)
		}
		if n := testing.AllocsPerRun(100, func() { dual.Gradient(dst, c.forward, x) }); n != 0 {
			t.Errorf("%s of Number3: %v allocations a run, want 0", c.name, n)
		}
	}
}

func ExampleGradient() {
	f := func(x []reverse.Var) reverse.Var { return x[0].Mul(x[1]).Sin().Add(dual.SumSq(x)) }
	fmt.Printf("%.4f\n", reverse.Gradient(nil, f, []float64{1, 2}))
	// Output:
	// [1.1677 3.5839]
}
