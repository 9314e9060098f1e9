package main

import (
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/dualjet/dualjet/examples/internal/command"
	"github.com/dualjet/dualjet/examples/internal/exampletest"
	"github.com/dualjet/dualjet/hessian"
)

var example = exampletest.Program{Name: "springs", Run: run}

func never() bool { return false }

func ignore(iterate) {}

// TestDerivatives compares with the forces and stiffnesses of springs in closed
// form: with d = p-q and r = |d| the Hessian of k/2·(r-l)² for p is
// k·((1-l/r)·I + l/r³·d·dᵀ).
func TestDerivatives(t *testing.T) {
	n := net{side: 7, slack: 0.8}
	x := n.start()
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range x {
		x[i] += 0.05 * rnd.NormFloat64()
	}
	energy, grad := 0.0, make([]float64, n.dim())
	hess := make([][]float64, n.dim())
	for i := range hess {
		hess[i] = make([]float64, n.dim())
	}
	for k := 2; k < len(x); k += 3 {
		energy += weight / 25 * x[k]
		grad[k] = weight / 25.0
	}
	for a, b := range n.springs {
		p, q := n.node(x, a), n.node(x, b)
		d := [3]float64{p[0] - q[0], p[1] - q[1], p[2] - q[2]}
		r, l := math.Hypot(math.Hypot(d[0], d[1]), d[2]), 0.8/6
		energy += stiffness / 2 * (r - l) * (r - l)
		i, j := n.index(a[0], a[1]), n.index(b[0], b[1])
		for c := range 3 {
			f := stiffness * (r - l) * d[c] / r
			if i >= 0 {
				grad[i+c] += f
			}
			if j >= 0 {
				grad[j+c] -= f
			}
			for e := range 3 {
				h := stiffness * l / (r * r * r) * d[c] * d[e]
				if c == e {
					h += stiffness * (1 - l/r)
				}
				for _, k := range [2]int{i, j} {
					if k >= 0 {
						hess[k+c][k+e] += h
					}
				}
				if i >= 0 && j >= 0 {
					hess[i+c][j+e] -= h
					hess[j+c][i+e] -= h
				}
			}
		}
	}
	p := hessian.Compile(n.energy, n.start())
	q := p.At(x)
	defer q.Close()
	if math.Abs(q.Value()-energy) > 1e-12*energy {
		t.Errorf("energy %v, want %v", q.Value(), energy)
	}
	g, h := q.Gradient(nil), q.Sparse(nil)
	for i := range grad {
		if math.Abs(g[i]-grad[i]) > 1e-12*weight {
			t.Errorf("gradient %d: %v, want %v", i, g[i], grad[i])
		}
		for j := range grad {
			if math.Abs(h.At(i, j)-hess[i][j]) > 1e-12*stiffness {
				t.Errorf("Hessian %d, %d: %v, want %v", i, j, h.At(i, j), hess[i][j])
			}
		}
	}
}

// TestLinear takes springs without rest length. Their energy is quadratic, so
// that one step does it, and the heights solve Poisson's equation: that of the
// frame, which is bilinear, and a load that a series of sines resolves.
func TestLinear(t *testing.T) {
	n := net{side: 12, slack: 0}
	r, err := n.relax(tolerance, never, ignore)
	if err != nil || len(r.history) != 2 {
		t.Fatalf("%d iterates, error %v", len(r.history), err)
	}
	m := n.side - 1
	sin := func(k, i int) float64 { return math.Sin(math.Pi * float64(k*i) / float64(m)) }
	for i := 1; i < m; i++ {
		for j := 1; j < m; j++ {
			sag := 0.0
			for k := 1; k < m; k++ {
				for l := 1; l < m; l++ {
					sumK, sumL := 0.0, 0.0
					for s := 1; s < m; s++ {
						sumK += sin(k, s)
						sumL += sin(l, s)
					}
					a, b := math.Sin(math.Pi*float64(k)/float64(2*m)), math.Sin(math.Pi*float64(l)/float64(2*m))
					sag += sumK * sumL * sin(k, i) * sin(l, j) / (a*a + b*b) / float64(m*m)
				}
			}
			sag *= weight / float64((m-1)*(m-1)) / stiffness
			want := n.frame(i, j)
			want[2] -= sag
			got := n.node(r.x, [2]int{i, j})
			for c := range got {
				if math.Abs(got[c]-want[c]) > 1e-12 {
					t.Errorf("node %d, %d: %v, want %v", i, j, got, want)
					break
				}
			}
		}
	}
}

// TestRest checks that a net at rest is a minimum and hangs on the frame with
// its weight, also where Newton's method starts at an indefinite Hessian.
func TestRest(t *testing.T) {
	for _, n := range []net{{4, 0.5}, {5, 1}, {20, 0.9}, {40, 1}} {
		shifted := false
		r, err := n.relax(tolerance, never, func(it iterate) { shifted = shifted || it.shift > 0 })
		if err != nil {
			t.Errorf("%+v: %v", n, err)
			continue
		}
		if got := n.lift(r.x); math.Abs(got-weight) > 1e-8*weight {
			t.Errorf("%+v: the frame carries %v", n, got)
		}
		if err := new(hessian.LDL).FactorizePositive(r.hessian); err != nil {
			t.Errorf("%+v: %v", n, err)
		}
		if shifted != (n.slack == 1) {
			t.Errorf("%+v: shifted: %v", n, shifted)
		}
		for i := 1; i < len(r.history); i++ {
			if a, b := r.history[i-1].energy, r.history[i].energy; !(b <= a+1e-13*math.Abs(a)) {
				t.Errorf("%+v: energy %v after %v", n, b, a)
			}
		}
		// The net is as symmetric as its frame.
		for i := range n.side {
			for j := range i {
				a, b := n.node(r.x, [2]int{i, j}), n.node(r.x, [2]int{j, i})
				if math.Abs(a[0]-b[1])+math.Abs(a[1]-b[0])+math.Abs(a[2]-b[2]) > 1e-8 {
					t.Errorf("%+v: %d, %d is at %v, %d, %d at %v", n, i, j, a, j, i, b)
				}
			}
		}
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	exampletest.Contains(t, example.Report(t, "-out", dir, "-n", "30", "-rest", "1"),
		"A net of 30×30 nodes, 2352 variables: edge pushing, 18312 nonzeros",
		"\nThe frame carries 60.0000000000 N of a weight of 60 N.\n",
		" entries in L\n",
		"wrote "+filepath.Join(dir, "net.svg")+"\n",
		"wrote "+filepath.Join(dir, "hessian.png")+"\n",
	)
	exampletest.Picture(t, dir, "net", 1320, 660,
		">frame<", ">threads<", ">step<", ">largest force (N)<", ">m<", ">Hessian not positive definite, shifted<",
	)
	exampletest.Picture(t, dir, "hessian", 1320, 660,
		">Hessian, 2352×2352, 34272 nonzeros<", ">row<", ">column<", ">1 to 10 %<", ">its first 336 rows and columns<",
	)
	exampletest.Files(t, dir, "hessian.png", "hessian.svg", "net.png", "net.svg")
}

func TestInterrupt(t *testing.T) {
	example.Interrupt(t, "-n", "10")
	calls := 0
	r, err := net{10, 0.9}.relax(tolerance, func() bool { calls++; return calls == 3 }, ignore)
	if !errors.Is(err, command.ErrInterrupted) || len(r.history) != 2 {
		t.Errorf("%d iterates, error %v", len(r.history), err)
	}
}

func TestWrong(t *testing.T) {
	example.Wrong(t, [][]string{
		{"-n", "3"}, {"-n", "0"}, {"-n", "-5"}, {"-n", "401"}, {"-n", "1e2"}, {"-n", ""}, {"-n"},
		{"-rest", "-0.1"}, {"-rest", "1.01"}, {"-rest", "NaN"}, {"-rest", "Inf"}, {"-rest", "long"}, {"-rest", ""}, {"-rest"},
		{"--", "-n"}, {"-n", "10", "extra"},
	})
}

func TestHelp(t *testing.T) { example.Help(t, "-n nodes", "-rest length") }

func TestOutputFails(t *testing.T) { example.OutputFails(t, "net.svg", "-n", "5") }
