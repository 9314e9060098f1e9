package mixed

import (
	"slices"
	"testing"
	"time"

	"github.com/dualjet/dualjet/reverse"
)

func rosenVar(x []Var) Var {
	var s Var
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}
func rosenRev(x []reverse.Var) reverse.Var {
	var s reverse.Var
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}

// versus times two functions in turns and reports the median of the ratios
// f/base, which holds while the machine drifts, beside the time of f.
func versus(b *testing.B, base, f func()) {
	b.ReportAllocs()
	run := func(f func(), n int) float64 {
		t := time.Now()
		for range n {
			f()
		}
		return float64(time.Since(t)) / float64(n)
	}
	turns := func(f func()) int { return int(2e5/max(run(f, 2), 1)) + 1 }
	np, nf := turns(base), turns(f)
	var ratios []float64
	for start := time.Now(); len(ratios) < 11 || len(ratios) < 201 && time.Since(start) < 300*time.Millisecond; {
		ratios = append(ratios, run(f, nf)/run(base, np))
	}
	for b.Loop() {
		f()
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "×gradient")
}

// BenchmarkSteps times each step to a Hessian-vector product of the Rosenbrock
// function in 100 variables beside a gradient by package reverse.
func BenchmarkSteps(b *testing.B) {
	x := make([]float64, 100)
	for i := range x {
		x[i] = float64(i%7) / 5
	}
	dst := make([]float64, 100)
	var r recorder
	var vars []Var
	p := Record(rosenVar, x)
	q, err := p.At(x)
	if err != nil {
		b.Fatal(err)
	}
	q.HVP(dst, x)
	gradient := func() { reverse.Gradient(dst, rosenRev, x) }
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"reverse.Gradient", gradient},
		{"record", func() { vars = r.run(rosenVar, vars, x) }},
		{"replay", func() { p.replay(q.val) }},
		{"differentiate", func() { q.stage = valued; q.differentiate() }},
		{"tangents", func() { q.tangents(&q.s) }},
		{"second", func() { q.second(&q.s) }},
		{"HVP", func() { q.HVP(dst, x) }},
		{"Quad", func() { q.Quad(x, x) }},
		{"D3", func() { q.D3(dst, x, x) }},
		{"function HVP", func() { HVP(dst, rosenVar, x, x) }},
	} {
		b.Run(c.name, func(b *testing.B) { versus(b, gradient, c.f) })
	}
}
