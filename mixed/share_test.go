package mixed

import (
	"math"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// TestShare counts the coefficients that a program has, which combinations of the
// same ones or of the first of them share.
func TestShare(t *testing.T) {
	c := []float64{1, -2, 3, 0}
	negative := []float64{1, -2, 3, math.Copysign(0, -1)}
	for name, f := range map[string]struct {
		f    func(x []Var) Var
		want int
	}{
		"the same": {func(x []Var) Var { return dual.LinComb(c, x).Mul(dual.LinComb(c, x)) }, 4},
		"less":     {func(x []Var) Var { return dual.LinComb(c, x).Mul(dual.LinComb(c[:2], x[1:3])) }, 4},
		"more":     {func(x []Var) Var { return dual.LinComb(c[:2], x[:2]).Mul(dual.LinComb(c, x)) }, 4},
		"more, with another between": {func(x []Var) Var {
			return dual.LinComb(c[:2], x[:2]).Scale(5).Mul(dual.LinComb(c, x))
		}, 7},
		"others":   {func(x []Var) Var { return dual.LinComb(c, x).Mul(dual.LinComb(c[1:], x[1:])) }, 7},
		"signs":    {func(x []Var) Var { return dual.LinComb(c, x).Mul(dual.LinComb(negative, x)) }, 8},
		"constant": {func(x []Var) Var { return dual.LinComb(c, []Var{x[0], {}, x[1], x[2]}).Mul(dual.LinComb(c, x)) }, 3 + 1 + 4},
		"dot": {func(x []Var) Var {
			y := make([]Var, len(c))
			for i := range y {
				y[i] = Var{v: c[i]}
			}
			return dual.Dot(y, x).Mul(dual.LinComb(c, x))
		}, 4},
	} {
		x := []float64{1, 2, 4, 8}
		p := Record(f.f, x)
		if got := len(p.par) - 1; got != f.want {
			t.Errorf("%s: %d coefficients, want %d", name, got, f.want)
		}
		want := HVP(nil, naive(f.f), x, x)
		for _, p := range []*Program{p, p.Optimize()} {
			q, err := p.At(x)
			if err != nil {
				t.Fatal(err)
			}
			if got := q.HVP(nil, x); !slices.Equal(got, want) {
				t.Errorf("%s: product %v, want %v", name, got, want)
			}
			q.Close()
		}
	}
}

// naive is f for variables that are not neighbours.
func naive(f func(x []Var) Var) func(x []Var) Var {
	return func(x []Var) Var {
		y := make([]Var, len(x))
		for i := range x {
			y[len(x)-1-i] = x[len(x)-1-i].Scale(1)
		}
		return f(y)
	}
}

// TestLargeRecordings makes programs of recordings that are too large to be copied,
// and wants the next ones not to touch them.
func TestLargeRecordings(t *testing.T) {
	f := func(k int) func(x []Var) Var {
		return func(x []Var) Var {
			y := x[0]
			for range kept {
				y = y.Add(x[k])
			}
			return y.Sqr()
		}
	}
	x := []float64{1, 2, 3}
	var programs []*Program
	fn := NewFunc(f(2))
	for range 2 {
		q := fn.At(x)
		if q.Program() != fn.Program() {
			t.Error("the point has another program")
		}
		q.Close()
	}
	At(f(1), []float64{5, 5, 5}).Close() // with what is left of that
	programs = append(programs, Record(f(0), x), Record(f(1), x), fn.Program())
	for k, p := range programs {
		q, err := p.At(x)
		if err != nil {
			t.Fatal(err)
		}
		if y := 1 + kept*x[k]; q.Value() != y*y {
			t.Errorf("program %d: %v, want %v", k, q.Value(), y*y)
		}
		q.Close()
	}
	if q := At(f(1), x); q.Value() != (1+2*kept)*(1+2*kept) || q.Gradient(nil)[1] != 2*kept*(1+2*kept) {
		t.Errorf("At: value %v, gradient %v", q.Value(), q.Gradient(nil))
	}
}

// TestReserve records a large program again where it takes another branch, in
// about as many allocations as it has slices.
func TestReserve(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector allocates")
	}
	fn := NewFunc(func(x []Var) Var {
		y := x[0]
		if dual.Less(x[0], Var{}) {
			y = y.Neg()
		}
		for range 2 * kept {
			y = y.Scale(1)
		}
		return y
	})
	x := []float64{1}
	fn.At(x).Close()
	n := testing.AllocsPerRun(6, func() {
		x[0] = -x[0]
		q := fn.At(x)
		if q.Value() != 1 {
			t.Errorf("value %v", q.Value())
		}
		q.Close()
	})
	if n > 45 {
		t.Errorf("%v allocations", n)
	}
}

// TestFingerprint wants programs to have the same one if and only if their operations
// are the same.
func TestFingerprint(t *testing.T) {
	seen := map[[2]uint64]string{}
	for name, f := range map[string]func(x []Var) Var{
		"Add":       func(x []Var) Var { return x[0].Add(x[1]) },
		"Sub":       func(x []Var) Var { return x[0].Sub(x[1]) },
		"swapped":   func(x []Var) Var { return x[1].Sub(x[0]) },
		"longer":    func(x []Var) Var { return x[0].Add(x[1]).Neg() },
		"result":    func(x []Var) Var { x[0].Add(x[1]).Neg(); return x[0] },
		"Sum":       func(x []Var) Var { return dual.Sum(x) },
		"Sum of 2":  func(x []Var) Var { return dual.Sum(x[:2]) },
		"others":    func(x []Var) Var { return dual.Sum(x[1:]) },
		"SumSq":     func(x []Var) Var { return dual.SumSq(x) },
		"apart":     func(x []Var) Var { return dual.SumSq([]Var{x[2], x[0]}) },
		"together":  func(x []Var) Var { return dual.SumSq([]Var{x[0], x[2]}) },
		"power 1":   func(x []Var) Var { return x[0].PowInt(1) },
		"power 2":   func(x []Var) Var { return x[0].PowInt(2) },
		"real":      func(x []Var) Var { return x[0].PowReal(2) },
		"line":      func(x []Var) Var { return dual.Poly(x[0], []float64{1, 2}) },
		"parabola":  func(x []Var) Var { return dual.Poly(x[0], []float64{1, 2, 3}) },
		"parameter": func(x []Var) Var { return x[0].Scale(x[0].Value()) },
	} {
		p, q := Record(f, []float64{1, 2, 3}), Record(f, []float64{4, 5, 6})
		if p.Fingerprint() != q.Fingerprint() {
			t.Errorf("%s: another one at another point", name)
		}
		if other, ok := seen[p.Fingerprint()]; ok {
			t.Errorf("%s and %s have the same", name, other)
		}
		seen[p.Fingerprint()] = name
	}
}
