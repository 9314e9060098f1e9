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
		{"Softmax", func(x []reverse.Var) reverse.Var { return dual.Softmax(nil, x)[0] }, func(x []dual.Number3) dual.Number3 { return dual.Softmax(nil, x)[0] }, 1 + n},
		{"Axpy", func(x []reverse.Var) reverse.Var { return dual.Sum(dual.Axpy(nil, x[0], x, x)) },
			func(x []dual.Number3) dual.Number3 { return dual.Sum(dual.Axpy(nil, x[0], x, x)) }, 1 + n},
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

// patterns are choices of operands among five variables, by index, where -1 is
// a constant.
var patterns = map[string][]int{
	"empty":      {},
	"one":        {2},
	"constant":   {-1},
	"in a row":   {1, 2, 3},
	"all":        {0, 1, 2, 3, 4},
	"backwards":  {3, 2, 1},
	"gap":        {0, 1, 3},
	"repeated":   {2, 2, 2},
	"mixed":      {-1, 0, 1},
	"mixed last": {3, 4, -1},
	"constants":  {-1, -1, -1},
}

func choose[T dual.Real[T]](x []T, pattern []int) []T {
	y := make([]T, len(pattern))
	for i, k := range pattern {
		if k < 0 {
			y[i] = x[0].Const(float64(i) - 0.5)
		} else {
			y[i] = x[k]
		}
	}
	return y
}

// vectorFuncs are the functions of package dual on two slices.
func vectorFuncs[T dual.Real[T]]() map[string]func(x, y []T) []T {
	one := func(f func(x []T) T) func(x, y []T) []T {
		return func(x, y []T) []T { return []T{f(x), f(y)} }
	}
	var zero T
	c := []float64{2, 0, -3, 1, 7}
	axpy := func(a func(x []T) T) func(x, y []T) []T {
		return func(x, y []T) []T {
			if len(x) == 0 {
				return dual.Axpy(nil, zero, x, y)
			}
			return dual.Axpy(nil, a(x), x, y)
		}
	}
	return map[string]func(x, y []T) []T{
		"Sum":                one(dual.Sum[T]),
		"SumSq":              one(dual.SumSq[T]),
		"Norm":               one(dual.Norm[T]),
		"LogSumExp":          one(dual.LogSumExp[T]),
		"Prod":               one(dual.Prod[T]),
		"Dot":                func(x, y []T) []T { return []T{dual.Dot(x, y)} },
		"LinComb":            func(x, y []T) []T { return []T{dual.LinComb(c[:len(x)], x), dual.LinComb(c[:len(y)], y)} },
		"Softmax":            func(x, y []T) []T { return append(dual.Softmax(nil, x), dual.Softmax(y, y)...) },
		"Axpy":               axpy(func(x []T) T { return x[0] }),
		"Axpy by a constant": axpy(func(x []T) T { return x[0].Const(-2) }),
		"Axpy in place":      func(x, y []T) []T { return append(dual.Axpy(x, zero.Const(3), x, y), dual.Axpy(y, x[0], x, y)...) },
		"MatVec":             func(x, y []T) []T { return dual.MatVec(nil, [][]T{x, y, x, choose(x, make([]int, len(x)))}, y) },
		"MatVec of no rows":  func(x, y []T) []T { return dual.MatVec(nil, nil, y) },
	}
}

// TestFusedOperands has all functions with operands next to each other and not,
// constants and the same variable again, by all kinds of sweep.
func TestFusedOperands(t *testing.T) {
	at := []float64{0.5, -1.5, 0, 2, 0.25}
	forward, tape := vectorFuncs[dual.Number3](), vectorFuncs[reverse.Var]()
	for name := range tape {
		for px, xs := range patterns {
			for py, ys := range patterns {
				if len(xs) != len(ys) || len(xs) == 0 && name == "Axpy in place" {
					continue
				}
				// More outputs than inputs are swept forwards.
				columns := func(x []reverse.Var) []reverse.Var {
					y := tape[name](choose(x, xs), choose(x, ys))
					for range x {
						y = append(y, x[0])
					}
					return y
				}
				want := dual.Jacobian(nil, func(x []dual.Number3) []dual.Number3 {
					y := forward[name](choose(x, xs), choose(x, ys))
					for range x {
						y = append(y, x[0])
					}
					return y
				}, at)
				m := want.RawMatrix().Rows - len(at)
				got := reverse.Jacobian(nil, columns, at)
				if !mat.EqualApprox(got, want, 1e-14) {
					t.Errorf("%s of %s and %s by columns:\n%v\nwant\n%v", name, px, py, mat.Formatted(got), mat.Formatted(want))
				}
				for i := range m {
					f := func(x []reverse.Var) []reverse.Var { return columns(x)[i : i+1] }
					row := reverse.Jacobian(nil, f, at).RawRowView(0)
					grad := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var { return f(x)[0] }, at)
					if want := want.RawRowView(i); !cmp.Equal(row, want, approx) || !cmp.Equal(grad, want, approx) {
						t.Errorf("%s of %s and %s: output %d by rows %v, gradient %v, want %v", name, px, py, i, row, grad, want)
					}
				}
			}
		}
	}
}

// TestFusedZero checks that zeros absorb infinities and NaN in the derivatives
// and in the adjoints.
func TestFusedZero(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, pattern := range []string{"in a row", "backwards", "mixed"} {
		var tape reverse.Tape
		x := tape.Vars(nil, []float64{1, 0, 2, 0, 1})
		v := choose(x, patterns[pattern])
		zeros := choose(x, []int{1, 1, 1})
		for name, y := range map[string]reverse.Var{
			"LinComb": dual.LinComb([]float64{0, 0, 0}, v),
			"Dot":     dual.Dot(v, zeros),
			"MatVec":  dual.MatVec(nil, [][]reverse.Var{zeros}, v)[0],
			"Axpy":    dual.Axpy(nil, x[1], x[:1], x[2:3])[0],
		} {
			for _, w := range []float64{inf, nan} {
				tape.BackwardTo(tape.Mark(), y, w)
				tape.Propagate()
				for i := range x {
					got := tape.Adjoint(x[i])
					switch {
					case name == "Axpy" && (i == 1 || i == 2), name != "Axpy" && name != "LinComb" && i == 1:
						if got-got == 0 {
							t.Errorf("%s of %s: adjoint %d = %v, want not finite", name, pattern, i, got)
						}
					case name == "LinComb" && got != 0, got != 0 && (name == "Axpy" || i == 4):
						t.Errorf("%s of %s: adjoint %d = %v, want 0", name, pattern, i, got)
					}
				}
				tape.Backward(x[0].Const(0)) // clears
			}
			// No adjoint goes through an infinite derivative.
			tape.Backward(dual.LinComb([]float64{inf, nan, inf}, v).Scale(0))
			for i := range x {
				if got := tape.Adjoint(x[i]); got != 0 {
					t.Errorf("%s: adjoint %d = %v behind a 0", pattern, i, got)
				}
			}
		}
	}
	s := dual.Softmax(nil, []reverse.Var{{}, reverse.Var{}.Const(math.Inf(-1))})
	if s[0].Value() != 1 || s[1].Value() != 0 {
		t.Errorf("Softmax(0, -Inf) = %v", s)
	}
}

func TestFusedForeignVectors(t *testing.T) {
	var a, b reverse.Tape
	x, y := a.Vars(nil, []float64{1, 2}), b.Vars(nil, []float64{3, 4})
	m := a.Mark()
	stale := []reverse.Var{x[0].Exp(), x[1].Exp()}
	a.Rewind(m)
	for _, other := range [][]reverse.Var{y, stale, {x[0], y[1]}, {stale[0], x[1]}} {
		for name, f := range map[string]func(){
			"Dot":                   func() { dual.Dot(x, other) },
			"LinComb":               func() { dual.LinComb([]float64{1, 2, 3}, append(x[:1:1], other...)) },
			"Softmax":               func() { dual.Softmax(nil, append(x[:1:1], other...)) },
			"Axpy, scalar":          func() { dual.Axpy(nil, y[0], x, x) },
			"Axpy":                  func() { dual.Axpy(nil, x[0], x, other) },
			"Axpy by a constant":    func() { dual.Axpy(nil, x[0].Const(1), other, x) },
			"Axpy of constants":     func() { dual.Axpy(nil, x[0], dual.Softmax(nil, make([]reverse.Var, 2)), other) },
			"MatVec, row":           func() { dual.MatVec(nil, [][]reverse.Var{x, other}, x) },
			"MatVec, vector":        func() { dual.MatVec(nil, [][]reverse.Var{x}, other) },
			"MatVec, constant row":  func() { dual.MatVec(nil, [][]reverse.Var{make([]reverse.Var, 2), x}, other) },
			"MatVec, constant rows": func() { dual.MatVec(nil, [][]reverse.Var{x, other}, make([]reverse.Var, 2)) },
		} {
			func() {
				defer func() {
					if _, ok := recover().(reverse.Error); !ok {
						t.Errorf("%s: no panic", name)
					}
				}()
				f()
			}()
		}
	}
	// Nothing of it is in the way.
	a.Backward(dual.Dot(x, x))
	if a.Adjoint(x[0]) != 2 || a.Adjoint(x[1]) != 4 {
		t.Errorf("adjoints %v, %v, want 2, 4", a.Adjoint(x[0]), a.Adjoint(x[1]))
	}
}

func TestFusedAllocs(t *testing.T) {
	if raceEnabled || debugEnabled {
		t.Skip("the race detector and the tag tapedebug allocate")
	}
	x, dst := point(20), make([]float64, 20)
	vars, rows := make([]reverse.Var, 20), make([][]reverse.Var, 20)
	cases := append(fusedCases(20),
		fusedCase{name: "Softmax", tape: func(x []reverse.Var) reverse.Var { return dual.Softmax(vars, x)[0] }},
		fusedCase{name: "Axpy", tape: func(x []reverse.Var) reverse.Var { return dual.Axpy(vars, x[0], x, x)[0] }},
		fusedCase{name: "MatVec", tape: func(x []reverse.Var) reverse.Var {
			for i := range rows {
				rows[i] = x
			}
			return dual.MatVec(vars, rows, x)[0]
		}})
	for _, c := range cases {
		switch {
		case c.forward == nil:
		case c.name == "Softmax" || c.name == "Axpy" || c.name == "MatVec":
			continue // they allocate their result
		default:
			if n := testing.AllocsPerRun(100, func() { dual.Gradient(dst, c.forward, x) }); n != 0 {
				t.Errorf("%s of Number3: %v allocations a run, want 0", c.name, n)
			}
		}
		if n := testing.AllocsPerRun(100, func() { reverse.Gradient(dst, c.tape, x) }); n != 0 {
			t.Errorf("%s: %v allocations a run, want 0", c.name, n)
		}
	}
}

func ExampleGradient() {
	f := func(x []reverse.Var) reverse.Var { return x[0].Mul(x[1]).Sin().Add(dual.SumSq(x)) }
	fmt.Printf("%.4f\n", reverse.Gradient(nil, f, []float64{1, 2}))
	// Output:
	// [1.1677 3.5839]
}
