package main

import (
	"fmt"
	"io"
	"math"
	"time"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/hessian"
	"github.com/dualjet/dualjet/internal/progress"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/reverse"
)

// A sweep measures modes over a size, to see where one overtakes another.
type sweep struct {
	name   string
	figure string // name of the figure that it is drawn in
	title  string
	x      string   // what is swept
	series []string // modes
	pairs  [][2]string
	at     []int
	// prepare returns the plain function and the modes at a size, and the size
	// as the axis has it.
	prepare func(size int) (plain func(), runs []func(), x float64)
}

// A sweepResult is what was measured in a sweep.
type sweepResult struct {
	Name      string     `json:"name"`
	Title     string     `json:"title"`
	X         string     `json:"x"`
	Series    []series   `json:"series"`
	Crossings []crossing `json:"crossings"`
}

// A series is a mode over the size, as ratios to the plain function.
type series struct {
	Name   string  `json:"name"`
	Points []point `json:"points"`
}

type point struct {
	X     float64 `json:"x"`
	Ratio spread  `json:"ratio"`
	NS    float64 `json:"ns"`
}

// A crossing tells from which size on To is at least as fast as From, in all that
// was measured.
type crossing struct {
	From string  `json:"from"`
	To   string  `json:"to"`
	At   float64 `json:"at"`   // 0 if never
	Open bool    `json:"open"` // already at the smallest size
}

// longestCall is the time of a call beyond which a series ends.
const longestCall = 40 * time.Millisecond

// sweeps returns all sweeps.
func sweeps() []sweep {
	const f1, f3, back = "forward, one tangent", "forward, three tangents", "reverse"
	overtakes := [][2]string{{f1, back}, {f3, back}}
	modes := []string{f1, f3, back}
	variables := []int{1, 2, 3, 4, 6, 9, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256}
	return []sweep{
		{
			name: "gradient", figure: "modes-gradient", title: "Gradient of Rosenbrock's function, one type",
			x: "variables n", series: modes, pairs: overtakes, at: variables[1:],
			prepare: func(n int) (func(), []func(), float64) {
				return gradients(wave(n, 1, 0.3), problems.Rosenbrock, rosenbrockNum, rosenbrockNum3, problems.RosenbrockVar)
			},
		},
		{
			name: "generic", figure: "modes-gradient", title: "Gradient of Rosenbrock's function, generic",
			x: "variables n", series: modes, pairs: overtakes, at: variables[1:],
			prepare: func(n int) (func(), []func(), float64) {
				return gradients(wave(n, 1, 0.3), problems.Rosenbrock,
					problems.RosenbrockValue[num], problems.RosenbrockValue[num3], problems.RosenbrockValue[rev])
			},
		},
		{
			name: "network", figure: "modes-gradient", title: "Gradient of a network of 20 tanh units, generic",
			x: "variables n", series: modes, pairs: overtakes, at: variables,
			prepare: func(n int) (func(), []func(), float64) {
				f, dst := newNet(n, 20, 1), make([]float64, 1)
				plain := func(x []float64) float64 { return f.plain(dst, x)[0] }
				return gradients(wave(n, 0, 1), plain, first(netOf[num](f)), first(netOf[num3](f)), first(netOf[rev](f)))
			},
		},
		jacobians(6, modes, overtakes),
		jacobians(24, modes, overtakes),
		jacobians(96, modes, overtakes),
		{
			name: "hessian", figure: "modes-hessian", title: "Hessian of Rosenbrock's function, tridiagonal",
			x: "variables n", series: []string{"differences", "hyperdual", "n products", "dense", "sparse"},
			pairs: [][2]string{{"hyperdual", "dense"}, {"n products", "sparse"}, {"dense", "sparse"}},
			at:    []int{2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024},
			prepare: func(n int) (func(), []func(), float64) {
				x, h := wave(n, 1, 0.3), mat.NewSymDense(n, nil)
				p := hessian.Compile(problems.RosenbrockValue[mix], x)
				return func() { *sink = problems.Rosenbrock(x) }, []func(){
					func() { fd.Hessian(h, problems.Rosenbrock, x, nil) },
					func() { dual.Hessian(h, rosenbrockHyper, x) },
					sparse(problems.RosenbrockValue[mix], x, hessian.Using(hessian.DenseProducts)),
					func() {
						q := p.At(x)
						q.Dense(h)
						q.Close()
					},
					sparse(problems.RosenbrockValue[mix], x),
				}, float64(n)
			},
		},
		{
			name: "band", figure: "modes-hessian", title: "Band: Σ sin² of sums of w neighbours, 2000 variables",
			x: "width w", series: sparseWays, pairs: [][2]string{{"edge pushing", "coloring"}, {"edge pushing", "substitution"}},
			at: []int{1, 2, 3, 4, 6, 8, 12, 16, 24, 32},
			prepare: func(w int) (func(), []func(), float64) {
				x, plain := wave(2000, 0, 1), windowsPlain(w)
				return func() { *sink = plain(x) }, sparseRuns(windows[mix](w), x), float64(w)
			},
		},
		{
			name: "tridiagonal", figure: "modes-hessian", title: "Sparse Hessian of Rosenbrock's function",
			x: "variables n", series: sparseWays, pairs: [][2]string{{"coloring", "edge pushing"}, {"substitution", "edge pushing"}},
			at: []int{3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000},
			prepare: func(n int) (func(), []func(), float64) {
				x := wave(n, 1, 0.3)
				return func() { *sink = problems.Rosenbrock(x) }, sparseRuns(problems.RosenbrockValue[mix], x), float64(n)
			},
		},
		{
			name: "order", figure: "modes-order", title: "All derivatives up to order K of exp(sin x)·cos(exp x)",
			x: "order K", series: []string{"nested dual numbers", "series"},
			pairs: [][2]string{{"nested dual numbers", "series"}},
			at:    []int{1, 2, 3, 4, 5, 6, 7, 8},
			prepare: func(k int) (func(), []func(), float64) {
				const x = 0.7
				var w jet.Workspace[float64]
				return func() { *sink = sinExpPlain(x) }, []func(){
					nestings(x)[k-1],
					func() {
						w.Reset()
						*sink = sinExp(w.Variable(x, k)).Coeff(k)
					},
				}, float64(k)
			},
		},
	}
}

// gradients returns the three modes of a function with one result.
func gradients(x []float64, plain func([]float64) float64, f1 func([]num) num, f3 func([]num3) num3, back func([]rev) rev) (func(), []func(), float64) {
	dst := make([]float64, len(x))
	in := &instance{x: x, scalar: scalar{num: f1, num3: f3}}
	one, _ := forward(in)
	return func() { *sink = plain(x) }, []func(){
		one.run,
		func() { dual.Gradient(dst, f3, x) },
		func() { reverse.Gradient(dst, back, x) },
	}, float64(len(x))
}

// jacobians sweeps the results of a network of n variables.
func jacobians(n int, modes []string, pairs [][2]string) sweep {
	return sweep{
		name: fmt.Sprint("jacobian-", n), figure: "modes-jacobian", title: fmt.Sprintf("Jacobian of a network, %d variables, generic", n),
		x: "results for each variable m/n", series: modes, pairs: swap(pairs), at: []int{1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 96, 192, 384},
		prepare: func(m int) (func(), []func(), float64) {
			f, x, dst, jac := newNet(n, 20, m), wave(n, 0, 1), make([]float64, m), mat.NewDense(m, n, nil)
			in := &instance{x: x, vector: &vector{m: m, num: netOf[num](f)}}
			one, _ := forward(in)
			f3, back := netOf[num3](f), netOf[rev](f)
			return func() { f.plain(dst, x) }, []func(){
				one.run,
				func() { dual.Jacobian(jac, f3, x) },
				func() { reverse.Jacobian(jac, back, x) },
			}, float64(m) / float64(n)
		},
	}
}

// swap returns the pairs the other way round.
func swap(pairs [][2]string) [][2]string {
	var s [][2]string
	for _, p := range pairs {
		s = append(s, [2]string{p[1], p[0]})
	}
	return s
}

// sparse returns the Hessian at a new point of a program.
func sparse(f func([]mix) mix, x []float64, opts ...hessian.Option) func() {
	p := hessian.Compile(f, x, opts...)
	h := hessian.NewSym(p.Pattern(), nil)
	return func() {
		q := p.At(x)
		q.Sparse(h)
		q.Close()
	}
}

// sparseWays are the ways to a sparse Hessian of sparseRuns.
var sparseWays = []string{"edge pushing", "coloring", "substitution", "as planned"}

func sparseRuns(f func([]mix) mix, x []float64) []func() {
	return []func(){
		sparse(f, x, hessian.Using(hessian.EdgePushing)),
		sparse(f, x, hessian.Using(hessian.DirectColoring)),
		sparse(f, x, hessian.Using(hessian.SubstitutionColoring)),
		sparse(f, x),
	}
}

// measure runs the sweep. On an error, which is that of the context, the result has
// what was measured before.
func (s sweep) measure(m *meter, line *progress.Line) (r sweepResult, err error) {
	r = sweepResult{Name: s.name, Title: s.title, X: s.x}
	for _, name := range s.series {
		r.Series = append(r.Series, series{Name: name})
	}
	over := make([]bool, len(s.series))
sizes:
	for _, size := range s.at {
		plain, runs, x := s.prepare(size)
		for i, run := range runs {
			if over[i] {
				continue
			}
			line.Showf("sweep %s, %s %d, %s", s.name, s.x, size, s.series[i])
			var t measurement
			if t, err = m.versus(plain, run); err != nil {
				break sizes
			}
			r.Series[i].Points = append(r.Series[i].Points, point{x, t.Ratio, t.NS.Median})
			over[i] = t.NS.Median > float64(longestCall)
		}
	}
	for _, c := range s.pairs {
		r.Crossings = append(r.Crossings, r.cross(c[0], c[1]))
	}
	return r, err
}

func (r sweepResult) named(name string) series {
	for _, s := range r.Series {
		if s.Name == name {
			return s
		}
	}
	return series{}
}

// longest returns the points of the series that has the most.
func (r sweepResult) longest() (p []point) {
	for _, s := range r.Series {
		if len(s.Points) > len(p) {
			p = s.Points
		}
	}
	return p
}

// tie is how far apart, as a logarithm, times are that count as equal.
const tie = 0.05

// cross returns where to is at least as fast as from, interpolated between sizes on
// logarithmic scales.
func (r sweepResult) cross(from, to string) crossing {
	c := crossing{From: from, To: to}
	a, b := r.named(from).Points, r.named(to).Points
	for i := min(len(a), len(b)) - 1; i >= 0; i-- {
		lead := math.Log(a[i].Ratio.Median / b[i].Ratio.Median)
		if lead < -tie {
			if c.At != 0 { // it leads at the next size
				next := max(0, math.Log(a[i+1].Ratio.Median/b[i+1].Ratio.Median))
				c.At = a[i].X * math.Pow(a[i+1].X/a[i].X, lead/(lead-next))
			}
			return c
		}
		c.At = a[i].X
	}
	c.Open = c.At != 0
	return c
}

// String says where To overtakes From.
func (c crossing) String() string {
	switch {
	case c.At == 0:
		return "not within what was measured"
	case c.Open:
		return "at all sizes measured, from " + number(c.At)
	}
	return "from " + digits(c.At)
}

// number formats a size.
func number(x float64) string {
	if x == math.Trunc(x) && x < 1e6 {
		return fmt.Sprint(x)
	}
	return digits(x)
}

// print prints the ratios and crossings.
func (r sweepResult) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s: %s, × plain\n  %-32s", r.Name, r.Title, r.X)
	for _, s := range r.Series {
		fmt.Fprintf(w, "  %23s", s.Name)
	}
	fmt.Fprintln(w)
	for i, p := range r.longest() {
		fmt.Fprintf(w, "  %-32s", number(p.X))
		for _, s := range r.Series {
			cell := "-"
			if i < len(s.Points) {
				cell = s.Points[i].Ratio.String()
			}
			fmt.Fprintf(w, "  %23s", cell)
		}
		fmt.Fprintln(w)
	}
	for _, c := range r.Crossings {
		fmt.Fprintf(w, "  %s overtakes %s: %v\n", c.To, c.From, c)
	}
}
