package hessian

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/num/hyperdual"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// versus times two functions in turns, and f for itself. It reports the median of
// the ratios of neighbouring turns f/base, which holds while the machine drifts.
func versus(b *testing.B, unit string, base, f func()) {
	b.ReportAllocs()
	run := func(f func(), n int) float64 {
		t := time.Now()
		for range n {
			f()
		}
		return float64(time.Since(t)) / float64(n)
	}
	turns := func(f func()) int { return int(2e5/max(run(f, 1), 1)) + 1 }
	nb, nf := turns(base), turns(f)
	var ratios []float64
	for start := time.Now(); len(ratios) < 7 || len(ratios) < 201 && time.Since(start) < 300*time.Millisecond; {
		ratios = append(ratios, run(f, nf)/run(base, nb))
	}
	for b.Loop() {
		f()
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], unit)
}

// A big is a large problem, for the tape of package reverse too.
type big struct {
	name string
	f    func(x []Var) Var
	tape func(x []reverse.Var) reverse.Var
	n    int
}

func (p big) x() []float64 {
	x := make([]float64, p.n)
	for i := range x {
		x[i] = math.Sin(float64(i))
	}
	return x
}

func rosenbrockTape(x []reverse.Var) reverse.Var {
	var s reverse.Var
	for i := range len(x) - 1 {
		s = s.Add(x[i+1].Sub(x[i].Sqr()).Sqr().Scale(100)).Add(x[i].Neg().AddConst(1).Sqr())
	}
	return s
}

func arrowTape(x []reverse.Var) reverse.Var {
	var s reverse.Var
	n := len(x) - 1
	for i := range n {
		s = s.Add(x[i].Sqr().Add(x[n].Sqr()).Sqr()).Sub(x[i].Scale(4)).AddConst(3)
	}
	return s
}

// windows is Σ sin² of sums of k neighbours.
func windows[T dual.Real[T]](k int) func(x []T) T {
	return func(x []T) T {
		var s T
		for i := range len(x) - k {
			s = s.Add(dual.Sum(x[i : i+k]).Sin().Sqr())
		}
		return s
	}
}

func power[T dual.Real[T]](x []T) T { return dual.Sum(x).Sqr().Sqr() }

var bigs = []big{
	{"Rosenbrock", rosenbrockVar, rosenbrockTape, 100},
	{"Rosenbrock", rosenbrockVar, rosenbrockTape, 1000},
	{"Rosenbrock", rosenbrockVar, rosenbrockTape, 100_000},
	{"Rosenbrock", rosenbrockVar, rosenbrockTape, 1_000_000},
	{"ARWHEAD", recorded["ARWHEAD"], arrowTape, 100_000},
	{"window 6", windows[Var](6), windows[reverse.Var](6), 100_000},
	{"window 11", windows[Var](11), windows[reverse.Var](11), 20_000},
	{"dense", power[Var], power[reverse.Var], 500},
}

// BenchmarkSparse times sparse Hessians, as the plan has it and in each way,
// beside a gradient by package reverse. The first is with the evaluation, the
// value and the gradient; the others are the Hessian alone at a point where the
// rest is known.
func BenchmarkSparse(b *testing.B) {
	const unit = "×gradient"
	for _, p := range bigs {
		x := p.x()
		g, hv := make([]float64, p.n), make([]float64, p.n)
		gradient := func() { reverse.Gradient(g, p.tape, x) }
		prog := Compile(p.f, x)
		pat := prog.Pattern()
		h := NewSym(pat, nil)
		b.Run(fmt.Sprintf("%s n=%d", p.name, p.n), func(b *testing.B) {
			b.Run("gradient", func(b *testing.B) { versus(b, unit, gradient, gradient) })
			b.Run("value+gradient+sparse", func(b *testing.B) {
				versus(b, unit, gradient, func() {
					q := prog.At(x)
					q.Value()
					q.Gradient(g)
					q.Sparse(h)
					q.Close()
				})
				b.Logf("plan: %v", prog.Plan())
			})
			q := prog.At(x)
			q.Gradient(g)
			s, col := new(pusher), NewColoring(pat, Direct)
			b.Run("pushing", func(b *testing.B) {
				_, e := s.pattern(q.q.Program(), maxEdges)
				versus(b, unit, gradient, func() { s.values(h, q.q) })
				b.ReportMetric(float64(e.inner+e.short+e.long)/float64(q.q.Program().Len()), "edges/op")
			})
			b.Run("coloring", func(b *testing.B) {
				versus(b, unit, gradient, func() { col.Sparse(h, q.HVP) })
				b.ReportMetric(float64(col.Colors()), "colors")
			})
			b.Run("blocks", func(b *testing.B) { versus(b, unit, gradient, func() { col.blocks(h, q.q) }) })
			b.Run("product", func(b *testing.B) { versus(b, unit, gradient, func() { q.HVP(hv, x) }) })
			q.Close()
		})
	}
}

// BenchmarkCompile times what is done once, beside a gradient.
func BenchmarkCompile(b *testing.B) {
	for _, p := range bigs {
		x := p.x()
		b.Run(fmt.Sprintf("%s n=%d", p.name, p.n), func(b *testing.B) {
			versus(b, "×gradient", func() { reverse.Gradient(nil, p.tape, x) }, func() { Compile(p.f, x) })
		})
	}
}

// BenchmarkMemory reports the memory that the process has got from the system, and
// where the system tells the most of it that was in use, when a large Hessian is
// there, without anything before: run it alone and once.
func BenchmarkMemory(b *testing.B) {
	p := big{"", rosenbrockVar, nil, 1_000_000}
	x, g := p.x(), make([]float64, p.n)
	for b.Loop() {
		q := Compile(p.f, x).At(x)
		q.Gradient(g)
		q.Sparse(nil)
		q.Close()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB")
	status, _ := os.ReadFile("/proc/self/status")
	if _, s, ok := strings.Cut(string(status), "VmHWM:"); ok {
		if kB, err := strconv.Atoi(strings.Fields(s)[0]); err == nil {
			b.ReportMetric(float64(kB)*1024/1e6, "peak-MB")
		}
	}
}

func rosenbrockHyper(x []hyperdual.Number) hyperdual.Number {
	var s hyperdual.Number
	one := hyperdual.Number{Real: 1}
	for i := range len(x) - 1 {
		a := hyperdual.Sub(x[i+1], hyperdual.Mul(x[i], x[i]))
		c := hyperdual.Sub(one, x[i])
		s = hyperdual.Add(s, hyperdual.Add(hyperdual.Scale(100, hyperdual.Mul(a, a)), hyperdual.Mul(c, c)))
	}
	return s
}

func rosenbrockFloat(x []float64) float64 {
	s := 0.0
	for i := range len(x) - 1 {
		s += 100*sq(x[i+1]-x[i]*x[i]) + sq(1-x[i])
	}
	return s
}

// BenchmarkDense times a dense Hessian of 100 variables, and what gonum has in its
// place beside it: differences and hyperdual numbers.
func BenchmarkDense(b *testing.B) {
	const n = 100
	p := Compile(rosenbrockVar, make([]float64, n))
	x := big{n: n}.x()
	h := mat.NewSymDense(n, nil)
	dense := func() {
		q := p.At(x)
		q.Dense(h)
		q.Close()
	}
	const unit = "×dense"
	b.Run("dense", func(b *testing.B) { versus(b, unit, dense, dense) })
	b.Run("record", func(b *testing.B) {
		versus(b, unit, dense, func() {
			q := Compile(rosenbrockVar, x).At(x)
			q.Dense(h)
			q.Close()
		})
	})
	b.Run("fd", func(b *testing.B) { versus(b, unit, dense, func() { fd.Hessian(h, rosenbrockFloat, x, nil) }) })
	y := make([]hyperdual.Number, n)
	byHyperdual := func() {
		for i := range x {
			y[i] = hyperdual.Number{Real: x[i]}
		}
		for i := range n {
			y[i].E1mag = 1
			for j := range i + 1 {
				y[j].E2mag = 1
				h.SetSym(i, j, rosenbrockHyper(y).E1E2mag)
				y[j].E2mag = 0
			}
			y[i].E1mag = 0
		}
	}
	b.Run("hyperdual", func(b *testing.B) { versus(b, unit, dense, byHyperdual) })
	want := p.At(x).Dense(nil)
	if byHyperdual(); !mat.EqualApprox(h, want, 1e-10) {
		b.Error("hyperdual numbers disagree")
	}
}

// BenchmarkHVP times a product of 100 variables: with the evaluation at a new
// point, and one more.
func BenchmarkHVP(b *testing.B) {
	const n = 100
	p := Compile(rosenbrockVar, make([]float64, n))
	x, hv, g := big{n: n}.x(), make([]float64, n), make([]float64, n)
	gradient := func() { reverse.Gradient(g, rosenbrockTape, x) }
	b.Run("new", func(b *testing.B) {
		versus(b, "×gradient", gradient, func() {
			q := p.At(x)
			q.HVP(hv, x)
			q.Close()
		})
	})
	b.Run("another", func(b *testing.B) {
		q := p.At(x)
		defer q.Close()
		versus(b, "×gradient", gradient, func() { q.HVP(hv, x) })
	})
}

// bordered returns the pattern of a band with some dense rows.
func bordered(n, band, rows int) *Pattern {
	return NewPattern(n, func(yield func(i, j int) bool) {
		for i := range n {
			for j := max(0, i-band); j <= i; j++ {
				if !yield(i, j) {
					return
				}
			}
			for k := range rows {
				if !yield(i, k*n/rows) {
					return
				}
			}
		}
	})
}

// BenchmarkColoring colours 100,000 columns.
func BenchmarkColoring(b *testing.B) {
	p := bordered(100_000, 5, 5)
	p.adjacency()
	for _, how := range []Recovery{Direct, Substitution, Diagonal} {
		b.Run(how.String(), func(b *testing.B) {
			b.ReportAllocs()
			var c *Coloring
			for b.Loop() {
				c = NewColoring(p, how)
			}
			b.ReportMetric(float64(c.Colors()), "colors")
		})
	}
}
