package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/examples/internal/exampletest"
	"github.com/dualjet/dualjet/reverse"
)

var example = exampletest.Program{Name: "fit", Run: run}

const defaultSeed = 3

// forward holds the terms in the numbers of dual.Gradient.
var forward = []struct {
	name string
	likelihood
	term func([]dual.Number3, datum) dual.Number3
}{
	{"student", studentLikelihood, student[dual.Number3]},
	{"gaussian", gaussianLikelihood, gaussian[dual.Number3]},
}

// randomPoint returns parameters of which none is far from where a fit goes.
func randomPoint(rnd *rand.Rand, n int) []float64 {
	x := start(n)
	for i := range x {
		x[i] += rnd.NormFloat64() / 2
	}
	return x
}

// closeTo reports whether x is within tol of y, relative to the largest element.
func closeTo(x, y []float64, tol float64) bool {
	return floats.Distance(x, y, math.Inf(1)) <= tol*floats.Norm(y, math.Inf(1))
}

func TestGradient(t *testing.T) {
	data := synthesize(100, defaultSeed)
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, l := range forward {
		for range 20 {
			x := randomPoint(rnd, l.dim)
			o := objective{likelihood: l.likelihood, data: data, workers: 1}
			o.evaluate(x)
			f := func(x []dual.Number3) dual.Number3 { return negLogLik(l.term, x, data) }
			value, want := dual.ValueAndGradient(nil, f, x)
			if !closeTo(o.grad, want, 1e-12) || apart(o.grad, want) > 1e-9 {
				t.Errorf("%s at %v:\nreverse %v\nforward %v", l.name, x, o.grad, want)
			}
			if math.Abs(o.value-value) > 1e-12*math.Abs(value) {
				t.Errorf("%s at %v: value %v, want %v", l.name, x, o.value, value)
			}
			if got := l.differences(x, data, 1e-5); !closeTo(got, o.grad, 1e-6) {
				t.Errorf("%s at %v:\ndifferences %v\nreverse     %v", l.name, x, got, o.grad)
			}
			whole := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var { return negLogLik(l.back, x, data) }, x)
			if !closeTo(whole, o.grad, 1e-12) {
				t.Errorf("%s at %v:\none tape     %v\nterm by term %v", l.name, x, whole, o.grad)
			}
		}
	}
}

// TestHessian compares with central differences of gradients.
func TestHessian(t *testing.T) {
	data := synthesize(60, defaultSeed)
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, l := range forward {
		o := objective{likelihood: l.likelihood, data: data, workers: 1}
		for range 5 {
			x := randomPoint(rnd, l.dim)
			got := o.hessian(x)
			want := mat.NewDense(l.dim, l.dim, nil)
			fd.Jacobian(want, o.gradient, x, &fd.JacobianSettings{Formula: fd.Central, Step: 1e-5})
			var d mat.Dense
			if d.Sub(got, want); mat.Norm(&d, 2) > 1e-6*mat.Norm(want, 2) {
				t.Errorf("%s at %v: got\n%v\nwant\n%v", l.name, x, mat.Formatted(got), mat.Formatted(want))
			}
		}
	}
}

// TestDensity compares the likelihoods with the distributions of gonum.
func TestDensity(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		x := randomPoint(rnd, len(parameters))
		d := datum{tMax * rnd.Float64(), 5 * rnd.NormFloat64()}
		mu, sigma, nu := curve(floatsOf(x), d.t).Value(), math.Exp(x[5]), math.Exp(x[6])
		for _, c := range []struct {
			name      string
			got, want float64
		}{
			{"student", student(floatsOf(x), d).Value(), -distuv.StudentsT{Mu: mu, Sigma: sigma, Nu: nu}.LogProb(d.y)},
			{"gaussian", gaussian(floatsOf(x), d).Value(), -distuv.Normal{Mu: mu, Sigma: sigma}.LogProb(d.y)},
		} {
			if !(math.Abs(c.got-c.want) <= 1e-11*(1+math.Abs(c.want))) {
				t.Errorf("%s at %v, %v: got %v, want %v", c.name, x, d, c.got, c.want)
			}
		}
	}
}

func TestOneEvaluation(t *testing.T) {
	o := objective{likelihood: studentLikelihood, data: synthesize(60, 1), workers: 1}
	x, g := start(o.dim), make([]float64, studentLikelihood.dim)
	value := o.fun(x)
	o.gradient(g, x)
	if o.fun(slices.Clone(x)) != value || o.evaluations != 1 {
		t.Errorf("%d evaluations, want 1", o.evaluations)
	}
	x[0]++ // the same slice, another point
	if o.fun(x) == value || o.evaluations != 2 {
		t.Errorf("%d evaluations, want 2", o.evaluations)
	}
	h := slices.Clone(g)
	o.gradient(g, x)
	if slices.Equal(g, h) || o.evaluations != 2 {
		t.Errorf("%d evaluations, want 2", o.evaluations)
	}
}

func TestRecovers(t *testing.T) {
	for _, seed := range []uint64{defaultSeed, 0, 1, 2, math.MaxUint64} {
		r, err := fit(studentLikelihood, synthesize(200, seed), 1)
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		for i, p := range parameters {
			v, se := r.estimate(i)
			if !(math.Abs(v-p.truth) <= 4*se && se < p.truth/2) {
				t.Errorf("seed %d: %s is %v ± %v, want %v", seed, p.name, v, se, p.truth)
			}
		}
		if !(r.norm <= 1e-8) {
			t.Errorf("seed %d: gradient of %v", seed, r.norm)
		}
	}
}

func TestWorkers(t *testing.T) {
	var want []byte
	for _, w := range []string{"1", "2", "5", "64"} {
		t.Chdir(t.TempDir())
		got := []byte(example.Report(t, "-n", "70", "-workers", w))
		for _, name := range []string{"fit.svg", "fit.png"} {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, data...)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s workers: another result", w)
		}
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	exampletest.Contains(t, example.Report(t, "-out", dir),
		": 200 points, seed 3\n",
		"\nτ          s         4    3.9720     0.2596   -0.1    2.9138     0.6641   -1.6\n",
		"\nν                  1.5    1.5206     0.2306   +0.1         -          -      -\n",
		"\nStudent t:     iterations ",
		"\nleast squares: iterations ",
		" with a step of 1e-05\n",
		"wrote "+filepath.Join(dir, "fit.svg")+"\n",
		"wrote "+filepath.Join(dir, "fit.png")+"\n",
	)
	exampletest.Picture(t, dir, "fit", 1350, 750,
		">data<", ">off the scale (3)<", ">least squares<", ">Student t<", ">truth<", ">time t (s)<", ">displacement y (mm)<",
	)
	exampletest.Files(t, dir, "fit.png", "fit.svg")
}

// TestNoLeastSquares takes data with an outlier so large that only the robust
// fit converges.
func TestNoLeastSquares(t *testing.T) {
	dir := t.TempDir()
	exampletest.Contains(t, example.Report(t, "-out", dir, "-seed", "93"),
		"\nleast squares: optimize: maximum number of major iterations reached\n")
	if svg := exampletest.Picture(t, dir, "fit", 1350, 750, ">Student t<"); bytes.Contains(svg, []byte(">least squares<")) {
		t.Error("least squares in the figure")
	}
}

// TestNoFit asks for what the data do not contain.
func TestNoFit(t *testing.T) {
	var data []datum
	for i := range 60 {
		data = append(data, datum{float64(i), math.NaN()})
	}
	for _, l := range []likelihood{studentLikelihood, gaussianLikelihood} {
		if r, err := fit(l, data, 1); err == nil {
			t.Errorf("got %v", r)
		}
	}
}

func TestWrong(t *testing.T) {
	example.Wrong(t, [][]string{
		{"-n", "49"}, {"-n", "0"}, {"-n", "-5"}, {"-n", "10001"}, {"-n", "1e3"}, {"-n", "NaN"}, {"-n", ""}, {"-n"},
		{"-n", "99999999999999999999"},
		{"-seed", "-1"}, {"-seed", "1.5"}, {"-seed", "x"}, {"-seed", ""}, {"-seed", "18446744073709551616"}, {"-seed"},
		{"-workers", "0"}, {"-workers", "-1"}, {"-workers", "65"}, {"-workers", "two"},
		{"--", "-n"}, {"-n", "60", "extra", "-seed", "2"},
		{"-out", "dir", "-workers", "99"},
	})
}

func TestHelp(t *testing.T) { example.Help(t, "-n points", "-seed s", "-workers w") }

func TestOutputFails(t *testing.T) { example.OutputFails(t, "fit.svg", "-n", "50") }
