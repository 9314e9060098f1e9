package problems

import (
	"maps"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
)

var sink float64

// versus times two functions in turns and reports the median of the ratios
// f/plain, which holds while the machine drifts, beside the time of f. The
// recording of a tape is in the time.
func versus(b *testing.B, plain, f func()) {
	b.ReportAllocs()
	runtime.LockOSThread() // for clock
	defer runtime.UnlockOSThread()
	run := func(f func(), n int) float64 {
		t := clock()
		for range n {
			f()
		}
		return float64(clock()-t) / float64(n)
	}
	// Each turn takes about 200 µs, but at least one call.
	turns := func(f func()) int { return int(2e5/max(run(f, 2), 1)) + 1 }
	np, nf := turns(plain), turns(f)
	var ratios []float64
	for start := time.Now(); len(ratios) < 11 || len(ratios) < 201 && time.Since(start) < 300*time.Millisecond; {
		ratios = append(ratios, run(f, nf)/run(plain, np))
	}
	for b.Loop() {
		f()
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "×plain")
}

// BenchmarkGradient times the problems with one output.
func BenchmarkGradient(b *testing.B) {
	for _, p := range scalars(b) {
		dst := make([]float64, len(p.x))
		plain := func() { sink = p.plain(p.x) }
		b.Run(p.name+"/plain", func(b *testing.B) { versus(b, plain, plain) })
		b.Run(p.name+"/by-hand", func(b *testing.B) { versus(b, plain, func() { p.gradient(dst, p.x) }) })
		for _, name := range slices.Sorted(maps.Keys(p.tape)) {
			f := p.tape[name]
			b.Run(p.name+"/reverse/"+name, func(b *testing.B) {
				versus(b, plain, func() { reverse.Gradient(dst, f, p.x) })
			})
		}
	}
}

// BenchmarkTerms times sums that are differentiated term by term.
func BenchmarkTerms(b *testing.B) {
	for _, name := range gmmFiles {
		g := read(b, ReadGMM, name)
		p := g.Params()
		dst := make([]float64, len(p))
		var terms gmmByTerms
		b.Run(name, func(b *testing.B) {
			versus(b, func() { sink = g.Value(p) }, func() { terms.gradient(dst, g, p) })
			b.ReportMetric(float64(terms.tape.Bytes()), "tape-B")
		})
	}
	l := NewLogistic(1000, 50, 1)
	p := l.Params()
	dst := make([]float64, len(p))
	for name, term := range map[string]func(l *Logistic, p []reverse.Var, i int) reverse.Var{
		"Var": LogisticTermVar, "scalar": LogisticTermScalar,
	} {
		f := func(i int, x []reverse.Var) reverse.Var {
			if i == l.N {
				return LogisticPenalty(l, x)
			}
			return term(l, x, i)
		}
		b.Run("Logistic/"+name, func(b *testing.B) {
			versus(b, func() { sink = l.Value(p) }, func() { reverse.GradientSum(dst, l.N+1, f, p) })
		})
	}
}

// BenchmarkBA times the Jacobian of an observation by both modes, the function
// being generic in each: five sweeps with three tangents, or one with two
// adjoints.
func BenchmarkBA(b *testing.B) {
	p := read(b, ReadBA, "ba1_n49_m7776_p31843.txt")
	x := p.Gather(nil, p.Params(), 0)
	out, dst, jac := make([]float64, 2), make([]float64, 2*BAParams), mat.NewDense(2, BAParams, nil)
	plain := func() { p.Observation(out, x) }
	forward, back := baOf[dual.Number3](p), baOf[reverse.Var](p)
	b.Run("plain", func(b *testing.B) { versus(b, plain, plain) })
	b.Run("by-hand", func(b *testing.B) { versus(b, plain, func() { p.Jacobian(dst, x) }) })
	b.Run("forward", func(b *testing.B) { versus(b, plain, func() { dual.Jacobian(jac, forward, x) }) })
	b.Run("reverse", func(b *testing.B) { versus(b, plain, func() { reverse.Jacobian(jac, back, x) }) })
}
