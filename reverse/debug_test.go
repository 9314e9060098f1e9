package reverse_test

import (
	"errors"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// here returns the line that calls it.
func here() int {
	_, _, line, _ := runtime.Caller(1)
	return line
}

// findings returns those in err.
func findings(err error) (all []*reverse.NonFiniteError) {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range j.Unwrap() {
			all = append(all, findings(e)...)
		}
	}
	if e, ok := err.(*reverse.NonFiniteError); ok {
		all = append(all, e)
	}
	return all
}

// harmonic is generic.
func harmonic[T dual.Real[T]](x []T, line *int) T {
	var s T
	for _, v := range x {
		s, *line = s.Add(v.Inv()), here()
	}
	return s
}

func TestDiagnose(t *testing.T) {
	type nested = dual.Nested[dual.Nested[reverse.Var]]
	var line int
	inf := math.Inf(1)
	for name, c := range map[string]struct {
		x    []float64
		f    func(x []reverse.Var) reverse.Var
		want []string // what, operation and value
	}{
		"finite": {[]float64{1, 2}, rosenbrock, nil},
		"value": {[]float64{0, 3}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].Mul(x[1]).Log(), here()
			return x[1].Add(y.Exp())
		}, []string{"value Log -Inf"}},
		"NaN": {[]float64{-1}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].Sqrt(), here()
			return y.AddConst(1)
		}, []string{"value Sqrt NaN", "adjoint Sqrt NaN"}},
		"adjoint": {[]float64{0}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].Sqrt(), here()
			return y.AddConst(1)
		}, []string{"adjoint Sqrt +Inf"}},
		"adjoint of Mul": {[]float64{1e200, 1}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].Mul(x[1]), here()
			return y.Scale(1e-300).Scale(1e300).Scale(1e-250).AddConst(1).Scale(1e250)
		}, nil},
		"adjoint by overflow": {[]float64{1e200, 1e-300}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].Mul(x[1]), here()
			return y.Scale(1e200)
		}, []string{"adjoint Mul +Inf"}},
		"one after the other": {[]float64{0, 1}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].AZMul(x[0].Log()).Add(x[0].Sqrt()), here() // 0·log 0 is 0
			return y
		}, []string{"value Log -Inf", "adjoint Sqrt +Inf"}},
		"generic": {[]float64{1, 0}, func(x []reverse.Var) reverse.Var {
			return harmonic(x, &line)
		}, []string{"value Inv +Inf", "adjoint Inv -Inf"}},
		"Dot": {[]float64{1e200, 1}, func(x []reverse.Var) (y reverse.Var) {
			y, line = dual.Dot(x, x), here()
			return y
		}, []string{"value Dot +Inf"}},
		"adjoint of LinComb": {[]float64{1e-300, 1e-300}, func(x []reverse.Var) (y reverse.Var) {
			y, line = dual.LinComb([]float64{1, 1e200}, x), here()
			return y.Scale(1e200)
		}, []string{"adjoint LinComb +Inf"}},
		"nested": {[]float64{0}, func(x []reverse.Var) (y reverse.Var) {
			z := nested{}.Const(1)
			z.V.V = x[0]
			z, line = dual.Sum([]nested{z, z.Log()}), here()
			return z.V.V
		}, []string{"value Log -Inf", "adjoint Log +Inf"}},
		"method value": {[]float64{0}, func(x []reverse.Var) (y reverse.Var) {
			f := x[0].Log
			y, line = f(), here()
			return y.Const(0)
		}, []string{"value Log -Inf"}},
		"AZMul is Mul": {[]float64{1e200}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].AZMul(x[0]), here()
			return y.Const(0)
		}, []string{"value Mul +Inf"}},
		"Max": {[]float64{1, 1}, func(x []reverse.Var) (y reverse.Var) {
			nan := x[0].Const(math.NaN())
			y, line = x[0].Sub(x[1]).Max(nan), here()
			return y.Const(0)
		}, []string{"value Max NaN"}},
		"constant operand": {[]float64{1}, func(x []reverse.Var) (y reverse.Var) {
			y, line = x[0].Add(x[0].Const(inf)), here()
			return y.Const(0)
		}, []string{"value Add +Inf"}},
		"Checkpoint": {[]float64{0}, func(x []reverse.Var) (y reverse.Var) {
			f := reverse.Checkpoint(func(x []reverse.Var) []reverse.Var {
				y, line = x[0].AddConst(1).AddConst(-1).Cbrt(), here()
				return []reverse.Var{y}
			})
			return f(x)[0]
		}, []string{"adjoint Cbrt +Inf"}},
		"Steps": {[]float64{0.5}, func(x []reverse.Var) (y reverse.Var) {
			return reverse.Steps(10, 2, func(k int, s []reverse.Var) (next []reverse.Var) {
				if k < 5 {
					return []reverse.Var{s[0].Sqr()}
				}
				next, line = []reverse.Var{s[0].Scale(1e300)}, here()
				return next
			}, x)[0]
		}, []string{"value Scale +Inf", "adjoint Scale +Inf"}},
	} {
		err := reverse.Diagnose(c.f, c.x)
		if !debugEnabled {
			if err == nil || !strings.Contains(err.Error(), "tapedebug") || findings(err) != nil {
				t.Errorf("without the tag: %v", err)
			}
			continue
		}
		var got []string
		for _, e := range findings(err) {
			v := strings.Fields(e.Error())
			became := v[slices.Index(v, "became")+1]
			got = append(got, e.What+" "+e.Op+" "+became)
			if filepath.Base(e.File) != "debug_test.go" || e.Line != line {
				t.Errorf("%s: %s:%d, want line %d", name, e.File, e.Line, line)
			}
		}
		if !slices.Equal(got, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestDiagnoseNil(t *testing.T) {
	defer func() {
		if err, ok := recover().(reverse.Error); !ok || err.Error() != "reverse: Diagnose: nil function" {
			t.Errorf("panic %q", err)
		}
	}()
	reverse.Diagnose(nil, nil)
}

func TestNonFiniteError(t *testing.T) {
	e := reverse.NonFiniteError{What: "value", Value: math.Inf(-1), Of: 17, Index: 17, Op: "Log", File: "/src/model.go", Line: 42}
	if got, want := e.Error(), "reverse: value of Log became -Inf at model.go:42 (record 17)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	e.What, e.Value, e.Of, e.Op = "adjoint", math.NaN(), 16, "Sqrt"
	if got, want := e.Error(), "reverse: adjoint of record 16 became NaN through Sqrt at model.go:42 (record 17)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestFirstNonFinite follows the recordings of a tape.
func TestFirstNonFinite(t *testing.T) {
	var tape reverse.Tape
	if !debugEnabled {
		if err := tape.FirstNonFinite(); err == nil || !strings.Contains(err.Error(), "tapedebug") {
			t.Errorf("without the tag: %v", err)
		}
		t.Skip("needs the tag tapedebug")
	}
	check := func(want ...reverse.NonFiniteError) {
		t.Helper()
		err := tape.FirstNonFinite()
		got := findings(err)
		if (err == nil) != (len(want) == 0) || len(got) != len(want) {
			t.Errorf("found %v, want %v", err, want)
			return
		}
		for i, w := range want {
			w.File = got[i].File
			if w != *got[i] {
				t.Errorf("found %+v, want %+v", *got[i], w)
			}
			if filepath.Base(w.File) != "debug_test.go" {
				t.Errorf("found in %s", w.File)
			}
		}
	}
	inf := math.Inf(1)
	check()

	x, line := tape.Vars(nil, []float64{1, inf}), here()
	x[0].Mul(x[1])
	check(reverse.NonFiniteError{What: "value", Value: inf, Of: 2, Index: 2, Op: "Var", Line: line})
	tape.Reset()
	check()

	// A record takes the place of others.
	x = tape.Vars(nil, []float64{1, 2})
	for range 3 {
		m := tape.Mark()
		x[0].Mul(x[1]).Exp().Sin()
		tape.Rewind(m)
	}
	check()
	x[0].Add(x[1])
	y, line := x[0].Scale(inf), here()
	value := reverse.NonFiniteError{What: "value", Value: inf, Of: 4, Index: 4, Op: "Scale", Line: line}
	check(value)
	y.Exp().Log() // later
	check(value)

	// A sweep keeps what was found, and a rewind too.
	tape.Backward(x[0].Scale(3))
	check(value)
	m := tape.Mark()
	z, line := x[0].AddConst(-1).Abs().Sqrt(), here()
	tape.BackwardTo(m, z, 1)
	k := tape.Len() + 1
	check(value, reverse.NonFiniteError{What: "adjoint", Value: inf, Of: k + 1, Index: k + 2, Op: "Sqrt", Line: line})

	// The seed is to blame.
	tape.Reset()
	u, line := tape.Var(1), here()
	tape.BackwardTo(tape.Mark(), u, inf)
	check()
	tape.Propagate()
	check(reverse.NonFiniteError{What: "adjoint", Value: inf, Of: 1, Index: 1, Op: "Var", Line: line})

	// Adjoints of constants are of no interest.
	tape.Reset()
	u = tape.Var(0)
	tape.Backward(u.Div(u.Const(1e-320)).Add(u))
	for _, e := range findings(tape.FirstNonFinite()) {
		if e.Of == 0 {
			t.Errorf("found a constant: %v", e)
		}
	}

	err := reverse.Diagnose(func(x []reverse.Var) reverse.Var { return x[0].Const(inf) }, []float64{1})
	var e *reverse.NonFiniteError
	if !errors.As(err, &e) || e.Error() != "reverse: value of a constant became +Inf" {
		t.Errorf("constant result: %v", err)
	}
}

// TestDeepStack records far inside of package dual.
func TestDeepStack(t *testing.T) {
	if !debugEnabled {
		t.Skip("needs the tag tapedebug")
	}
	type (
		n3 = dual.Nested[dual.Nested[dual.Nested[reverse.Var]]]
		n6 = dual.Nested[dual.Nested[dual.Nested[n3]]]
		n9 = dual.Nested[dual.Nested[dual.Nested[n6]]]
	)
	var line int
	all := findings(reverse.Diagnose(func(x []reverse.Var) reverse.Var {
		var z n9
		z.V.V.V.V.V.V.V.V.V = x[0]
		z, line = z.Mul(z), here()
		return z.V.V.V.V.V.V.V.V.V.Const(0)
	}, []float64{1e200}))
	if len(all) != 1 || all[0].Op != "Mul" || filepath.Base(all[0].File) != "debug_test.go" || all[0].Line != line {
		t.Errorf("found %v, want Mul in line %d", all, line)
	}
}
