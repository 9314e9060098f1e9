package main

import (
	"math"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/examples/internal/exampletest"
	"github.com/dualjet/dualjet/hessian"
)

var example = exampletest.Program{Name: "cluster", Run: run}

// TestDerivatives compares with closed forms: with u' = 4(6r⁻⁷ - 12r⁻¹³) the
// force on an atom is the sum of u'/r times its distances, and the Hessian for
// it and another one is minus v·ddᵀ/r² + u'/r·(I - ddᵀ/r²), v the derivative of u'.
func TestDerivatives(t *testing.T) {
	x := shapes[13].start(7)
	grad, hess := make([]float64, len(x)), mat.NewSymDense(len(x), nil)
	value := 0.0
	for i := 0; i < len(x); i += 3 {
		for j := 0; j < len(x); j += 3 {
			if i == j {
				continue
			}
			r := distance(x[i:i+3], x[j:j+3])
			u1 := 4 * (6*math.Pow(r, -7) - 12*math.Pow(r, -13))
			u2 := 4 * (156*math.Pow(r, -14) - 42*math.Pow(r, -8))
			value += 2 * (math.Pow(r, -12) - math.Pow(r, -6)) // each pair comes twice
			for c := range 3 {
				d := x[i+c] - x[j+c]
				grad[i+c] += u1 / r * d
				for e := c; e < 3; e++ {
					h := (u2 - u1/r) * d * (x[i+e] - x[j+e]) / (r * r)
					if c == e {
						h += u1 / r
					}
					hess.SetSym(i+c, i+e, hess.At(i+c, i+e)+h)
					if i < j {
						hess.SetSym(i+c, j+e, -h)
						hess.SetSym(i+e, j+c, -h)
					}
				}
			}
		}
	}
	p := hessian.Compile(energy, x)
	q := p.At(x)
	defer q.Close()
	if math.Abs(q.Value()-value) > 1e-12*math.Abs(value) {
		t.Errorf("energy %v, want %v", q.Value(), value)
	}
	for i, g := range q.Gradient(nil) {
		if math.Abs(g-grad[i]) > 1e-10 {
			t.Errorf("gradient %d: %v, want %v", i, g, grad[i])
		}
	}
	if h := q.Dense(nil); !mat.EqualApprox(h, hess, 1e-9) {
		var d mat.Dense
		d.Sub(h, hess)
		t.Errorf("the Hessian is off by %v", mat.Norm(&d, 1))
	}
	if got, want := laplacian(x), mat.Trace(hess); math.Abs(got-want) > 1e-11*math.Abs(want) {
		t.Errorf("Laplacian %v, want %v", got, want)
	}
	if err := p.Check(x); err != nil {
		t.Error(err)
	}
}

// TestModes checks the energies against the literature, and how many modes have
// how many others of the same frequency against the representations of the
// groups Ih (1, 3, 4, 5) and Oh (1, 2, 3).
func TestModes(t *testing.T) {
	for n, want := range map[int][6]int{
		13: {1: 1, 3: 3, 4: 2, 5: 3},
		38: {1: 9, 2: 9, 3: 27},
		55: {1: 3, 3: 17, 4: 10, 5: 13},
	} {
		for _, seed := range []uint64{1, 2, math.MaxUint64} {
			m, err := analyse(shapes[n].start(seed))
			if err != nil {
				t.Errorf("%d: %v", n, err)
				continue
			}
			if math.Abs(m.energy-shapes[n].energy) > 5e-7 || !(m.force <= 1e-11) {
				t.Errorf("%d: energy %v, force %v", n, m.energy, m.force)
			}
			zeros, levels := m.levels()
			var got [6]int
			for _, l := range levels {
				got[l.degeneracy]++
			}
			if zeros != 6 || got != want {
				t.Errorf("%d: %d zeros, levels %v, want %v", n, zeros, got, want)
			}
			trace := laplacian(m.x)
			if d := max(math.Abs(sum(m.values)-trace), math.Abs(m.laplacian-trace)); d > 1e-11*trace {
				t.Errorf("%d: traces %v, %v, %v", n, sum(m.values), m.laplacian, trace)
			}
			top := m.values[len(m.values)-1]
			if m.apart() > 1e-12*top || m.residual > 1e-9*top {
				t.Errorf("%d: eigenvalues off by %v, residuals %v", n, m.apart(), m.residual)
			}
		}
	}
}

// TestArgon compares with the conversion in steps: ω of 1 has the period 2πσ√(m/ε),
// which is 13.5 ps.
func TestArgon(t *testing.T) {
	period := 2 * math.Pi * 3.405e-10 * math.Sqrt(39.948*1.66053907e-27/(119.8*1.380649e-23))
	if math.Abs(period-13.55e-12) > 0.01e-12 {
		t.Errorf("period %v s", period)
	}
	if want := 1 / (29979245800 * period); math.Abs(argon-want) > 1e-12 {
		t.Errorf("got %v, want %v", argon, want)
	}
}

func TestShapes(t *testing.T) {
	for n, s := range shapes {
		if len(s.atoms) != n {
			t.Errorf("%d atoms, want %d", len(s.atoms), n)
		}
		for c := range 3 {
			sum := 0.0
			for _, a := range s.atoms {
				sum += a[c]
			}
			if math.Abs(sum) > 1e-9 {
				t.Errorf("%d: not centred", n)
			}
		}
		x := s.start(3)
		for i := 0; i < len(x); i += 3 {
			for j := 0; j < i; j += 3 {
				if d := distance(x[i:i+3], x[j:j+3]); d < 0.7 {
					t.Errorf("%d: atoms %d and %d at a distance of %v", n, i/3, j/3, d)
				}
			}
		}
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	exampletest.Contains(t, example.Report(t, "-out", dir),
		"13 atoms, icosahedron\n",
		"energy -44.326801 ε, known minimum -44.326801 ε;",
		"\n    0.000000          0.000000          0.000      6  translations and rotations, |λ| below 1e-1",
		"\n  592.739760         24.346247         59.939      3\n",
		"\nLaplacian, closed form   5274.742548536\n",
		"\nThe largest 5 eigenvalues took ",
		"wrote "+filepath.Join(dir, "cluster.svg")+"\n",
		"wrote "+filepath.Join(dir, "cluster.png")+"\n",
	)
	exampletest.Picture(t, dir, "cluster", 1320, 660,
		">33 vibrations of 13 atoms, 9 levels<", ">frequency ω (√(ε/m)/σ)<", ">modes of the level<", ">5-fold, 3 levels<",
		">σ<", ">12 atoms at 1.082 σ<", ">1 atom in the centre<",
	)
	exampletest.Files(t, dir, "cluster.png", "cluster.svg")
}

// TestNoMinimum starts where two atoms are at one place.
func TestNoMinimum(t *testing.T) {
	if m, err := analyse(make([]float64, 9)); err == nil {
		t.Errorf("got %+v", m)
	}
}

func TestWrong(t *testing.T) {
	example.Wrong(t, [][]string{
		{"-n", "12"}, {"-n", "0"}, {"-n", "-13"}, {"-n", "1e1"}, {"-n", "many"}, {"-n", ""}, {"-n"},
		{"-seed", "-1"}, {"-seed", "1.5"}, {"-seed", ""}, {"-seed", "18446744073709551616"}, {"-seed"},
		{"--", "-n"}, {"-n", "13", "extra"},
	})
}

func TestHelp(t *testing.T) { example.Help(t, "-n atoms", "-seed s") }

func TestOutputFails(t *testing.T) { example.OutputFails(t, "cluster.svg") }
