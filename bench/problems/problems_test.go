package problems

import (
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// read reads a file of the test data.
func read[P any](t testing.TB, f func(io.Reader, string) (P, error), name string) P {
	t.Helper()
	r, err := os.Open(filepath.Join("testdata", "adbench", name))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p, err := f(r, name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var gmmFiles = []string{"gmm_d2_K5.txt", "gmm_d10_K5.txt", "gmm_d10_K25.txt"}

// A scalar is a problem with one output in all of its forms.
type scalar struct {
	name     string
	x        []float64
	plain    func(x []float64) float64
	gradient func(dst, x []float64) []float64
	float    func(x []dual.Float) dual.Float
	number   func(x []dual.Number64) dual.Number64
	tape     map[string]func(x []reverse.Var) reverse.Var
}

// scalars are all problems with one output.
func scalars(t testing.TB) []scalar {
	type tapes = map[string]func(x []reverse.Var) reverse.Var
	line := make([]float64, 1000)
	for i := range line {
		line[i] = 1 + 0.3*math.Sin(float64(3*i))
	}
	var sums RosenbrockSums[reverse.Var]
	list := []scalar{
		{"Rosenbrock", line, Rosenbrock, RosenbrockGradient, RosenbrockValue[dual.Float], RosenbrockValue[dual.Number64],
			tapes{"generic": RosenbrockValue[reverse.Var], "Var": RosenbrockVar, "fused": sums.Value}},
		{"Speelpenning", line[:100], Speelpenning, SpeelpenningGradient, SpeelpenningValue[dual.Float], SpeelpenningValue[dual.Number64],
			tapes{"generic": SpeelpenningValue[reverse.Var], "Prod": dual.Prod[reverse.Var]}},
	}
	logistic := NewLogistic(1000, 50, 1)
	list = append(list, scalar{"Logistic", logistic.Params(), logistic.Value, logistic.Gradient,
		func(x []dual.Float) dual.Float { return LogisticValue(logistic, x) },
		func(x []dual.Number64) dual.Number64 { return LogisticValue(logistic, x) },
		tapes{
			"generic": func(x []reverse.Var) reverse.Var { return LogisticValue(logistic, x) },
			"Var":     func(x []reverse.Var) reverse.Var { return LogisticVar(logistic, x) },
			"scalar":  func(x []reverse.Var) reverse.Var { return LogisticScalar(logistic, x) },
		}})
	for _, name := range gmmFiles {
		g := read(t, ReadGMM, name)
		var f GMMFactors[reverse.Var]
		list = append(list, scalar{name, g.Params(), g.Value, g.Gradient,
			func(x []dual.Float) dual.Float { return GMMValue(nil, g, x) },
			func(x []dual.Number64) dual.Number64 { return GMMValue(nil, g, x) },
			tapes{
				"generic": func(x []reverse.Var) reverse.Var { return GMMValue(&f, g, x) },
				"Var":     func(x []reverse.Var) reverse.Var { return GMMValueVar(&f, g, x) },
			}})
	}
	m := read(t, ReadLSTM, "lstm_l2_c1024.txt")
	var state LSTMState[reverse.Var]
	list = append(list, scalar{"lstm_l2_c1024.txt", m.Params(), m.Value, m.Gradient,
		func(x []dual.Float) dual.Float { return LSTMValue(nil, m, x) },
		func(x []dual.Number64) dual.Number64 { return LSTMValue(nil, m, x) },
		tapes{
			"generic": func(x []reverse.Var) reverse.Var { return LSTMValue(&state, m, x) },
			"Var":     func(x []reverse.Var) reverse.Var { return LSTMValueVar(&state, m, x) },
		}})
	return append(append(list, gradbench()...), science()...)
}

// distance returns the largest difference between the elements of got and want,
// relative to the element, or to a hundredth of the largest if that is more.
func distance(t *testing.T, got, want []float64) float64 {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d elements, want %d", len(got), len(want))
	}
	top, far := 0.0, 0.0
	for _, v := range want {
		top = max(top, math.Abs(v))
	}
	for i, v := range want {
		far = max(far, math.Abs(got[i]-v)/max(math.Abs(v), 0.01*top))
	}
	return far
}

func near(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	far := distance(t, got, want)
	t.Logf("%s: %.1e", what, far)
	if !(far <= tol) {
		t.Errorf("%s differs by %.2g, want at most %.0e", what, far, tol)
	}
}

func TestValue(t *testing.T) {
	for _, p := range scalars(t) {
		t.Run(p.name, func(t *testing.T) {
			x := make([]dual.Float, len(p.x))
			for i, v := range p.x {
				x[i] = dual.Float(v)
			}
			want := []float64{p.plain(p.x)}
			near(t, "generic value", []float64{float64(p.float(x))}, want, 1e-13)
			for name, f := range p.tape {
				y, _ := reverse.ValueAndGradient(nil, f, p.x)
				near(t, name+" value on a tape", []float64{y}, want, 1e-13)
			}
		})
	}
}

func TestGradient(t *testing.T) {
	for _, p := range scalars(t) {
		t.Run(p.name, func(t *testing.T) {
			want := p.gradient(nil, p.x)
			if again := p.gradient(slices.Clone(want), p.x); !slices.Equal(again, want) {
				t.Error("the gradient depends on what dst holds")
			}
			for name, f := range p.tape {
				near(t, name+" gradient by reverse mode", reverse.Gradient(nil, f, p.x), want, 1e-10)
			}
			directions(t, p, want)
		})
	}
}

// directions compares the gradient with derivatives in random directions by
// forward mode and by differences.
func directions(t *testing.T, p scalar, grad []float64) {
	r := rand.New(rand.NewPCG(1, 2))
	x, v := make([]dual.Number64, len(p.x)), make([]float64, len(p.x))
	for range 2 {
		want, size := 0.0, 0.0
		for i := range x {
			v[i] = r.NormFloat64()
			x[i] = dual.Number64{V: p.x[i], D: v[i]}
			want += grad[i] * v[i]
			size += math.Abs(grad[i] * v[i])
		}
		got := p.number(x).D
		if e := math.Abs(got-want) / size; !(e < 1e-12) {
			t.Errorf("by forward mode %v, want %v: off by %.2g", got, want, e)
		} else {
			t.Logf("direction by forward mode: %.1e", e)
		}
		const h = 1e-5
		at := func(h float64) float64 {
			y := slices.Clone(p.x)
			for i := range y {
				y[i] += h * v[i]
			}
			return p.plain(y)
		}
		got = (8*(at(h)-at(-h)) - (at(2*h) - at(-2*h))) / (12 * h)
		if e := math.Abs(got-want) / size; !(e < 1e-6) {
			t.Errorf("by differences %v, want %v: off by %.2g", got, want, e)
		} else {
			t.Logf("direction by differences: %.1e", e)
		}
	}
}

func TestNewLogistic(t *testing.T) {
	a, b, c := NewLogistic(200, 3, 7), NewLogistic(200, 3, 7), NewLogistic(200, 3, 8)
	if !slices.Equal(a.X, b.X) || !slices.Equal(a.Y, b.Y) || slices.Equal(a.X, c.X) {
		t.Error("the data are not those of the seed")
	}
	ones := 0
	for _, y := range a.Y {
		if y != 1 && y != -1 {
			t.Fatalf("label %v", y)
		}
		if y == 1 {
			ones++
		}
	}
	if ones < 50 || ones > 150 {
		t.Errorf("%d of 200 labels are 1", ones)
	}
}

func TestLengths(t *testing.T) {
	g := &GMM{D: 1, K: 1, N: 1, X: []float64{0}, Gamma: 1}
	m := &LSTM{L: 1, C: 2, B: 1, State: make([]float64, 2), Sequence: make([]float64, 2)}
	l := NewLogistic(3, 2, 1)
	b := &BA{N: 1, M: 1, P: 1}
	for name, f := range map[string]func(){
		"GMM.Value":          func() { g.Value(make([]float64, 4)) },
		"GMM.Gradient":       func() { g.Gradient(make([]float64, 1), make([]float64, 3)) },
		"GMMPrepare":         func() { GMMValue(nil, g, make([]dual.Float, 2)) },
		"LSTM.Value":         func() { m.Value(nil) },
		"LSTM.Gradient":      func() { m.Gradient(nil, make([]float64, 1)) },
		"LSTMValue":          func() { LSTMValue(nil, m, make([]dual.Float, 2)) },
		"Logistic.Value":     func() { l.Value(nil) },
		"Logistic.Gradient":  func() { l.Gradient(nil, make([]float64, 3)) },
		"LogisticValue":      func() { LogisticValue(l, make([]dual.Float, 1)) },
		"NewLogistic":        func() { NewLogistic(0, 1, 1) },
		"RosenbrockGradient": func() { RosenbrockGradient(make([]float64, 1), make([]float64, 3)) },
		"BA.Residuals":       func() { b.Residuals(nil, nil) },
		"BA.Observation":     func() { b.Observation(nil, make([]float64, 14)) },
		"BA.Jacobian":        func() { b.Jacobian(make([]float64, 29), make([]float64, 15)) },
		"BAObservation":      func() { BAObservation(b, make([]dual.Float, 1), make([]dual.Float, 15)) },
		"BA.Gather":          func() { b.Gather(nil, make([]float64, 14), 0) },
	} {
		panicsWith(t, name, f)
	}
}

// panicsWith checks that f panics with an Error of the named function.
func panicsWith(t *testing.T, name string, f func()) {
	t.Run(name, func(t *testing.T) {
		defer func() {
			e, ok := recover().(Error)
			if want := "problems: " + name + ":"; !ok || len(e) < len(want) || string(e[:len(want)]) != want {
				t.Errorf("panics with %q, want %q…", e, want)
			}
		}()
		f()
	})
}
