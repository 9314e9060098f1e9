package main

import (
	"bytes"
	"compress/gzip"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/examples/internal/exampletest"
	np "github.com/dualjet/dualjet/numpy"
)

var example = exampletest.Program{Name: "digits", Run: run}

func all(t *testing.T) digits {
	t.Helper()
	d, err := read(packed)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func pack(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.Bytes()
}

func TestRead(t *testing.T) {
	d := all(t)
	if d.len() != 1797 || !slices.Equal(d.x.Shape(), []int{1797, 64}) || !slices.Equal(d.y.Shape(), []int{1797, 1}) {
		t.Fatalf("shapes %v and %v", d.x.Shape(), d.y.Shape())
	}
	// The first is a 0: an empty place in the middle, dark on the left.
	if d.y.At(0, 0).Float64() != 0 || d.x.At(0, 3*8+4).Float64() != 0 || d.x.At(0, 3*8+2).Float64() != 0.75 {
		t.Error("the first digit is another one")
	}
	counts := make([]int, classes)
	for _, v := range d.y.Ints() {
		counts[v]++
	}
	if want := []int{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}; !slices.Equal(counts, want) {
		t.Errorf("counts %v, want %v", counts, want)
	}
	train, test := split(d, source(1))
	if train.len() != 1347 || test.len() != 450 {
		t.Errorf("split into %d and %d", train.len(), test.len())
	}
	if got, want := np.Sum(train.x).Float64()+np.Sum(test.x).Float64(), np.Sum(d.x).Float64(); math.Abs(got-want) > 1e-6 {
		t.Errorf("pixels of the parts sum to %v, want %v", got, want)
	}
}

func TestReadWrong(t *testing.T) {
	zeros := strings.Repeat("0,", pixels)
	for name, file := range map[string][]byte{
		"no gzip":    []byte("0,0"),
		"cut off":    packed[:1000],
		"short line": pack("0,1\n"),
		"pixel":      pack(strings.Replace(zeros, "0", "17", 1) + "1\n"),
		"negative":   pack(strings.Replace(zeros, "0", "-1", 1) + "1\n"),
		"digit":      pack(zeros + "10\n"),
		"no number":  pack(zeros + "x\n"),
	} {
		if d, err := read(file); err == nil {
			t.Errorf("%s: no error, %d digits", name, d.len())
		}
	}
}

// TestLoss compares loss and guesses with loops over single numbers.
func TestLoss(t *testing.T) {
	_, d := split(all(t), source(3))
	n := newNetwork(source(1), pixels, 5, classes)
	x, y := d.x.Float64s(), d.y.Ints()
	guesses := n.guess(d)
	var loss float64
	right := 0
	for i := range d.len() {
		in := x[i*pixels : (i+1)*pixels]
		for k, l := range n.Layers {
			out := slices.Clone(l.B.Float64s())
			for a, v := range in {
				if k > 0 {
					v = math.Tanh(v)
				}
				for b := range out {
					out[b] += v * l.W.Float64s()[a*len(out)+b]
				}
			}
			in = out
		}
		sum, best := 0.0, 0
		for c, v := range in {
			sum += math.Exp(v)
			if v > in[best] {
				best = c
			}
		}
		loss -= in[y[i]] - math.Log(sum)
		if best == y[i] {
			right++
		}
		if guesses[i] != best {
			t.Errorf("digit %d: guess %d, want %d", i, guesses[i], best)
		}
	}
	loss /= float64(d.len())
	s := n.score(d)
	if math.Abs(s.loss-loss) > 1e-12 || s.accuracy != float64(right)/float64(d.len()) {
		t.Errorf("score %+v, want %v and %d of %d", s, loss, right, d.len())
	}
}

// TestGradient compares derivatives with differences, to the second order in
// all modes.
func TestGradient(t *testing.T) {
	d := all(t).take([]int{5, 6, 7, 8, 9, 10})
	flat, x, _ := np.FlattenFunc(func(n network) np.Array {
		return np.Add(n.loss(d), n.penalty().Scale(0.1))
	}, newNetwork(source(2), pixels, 3, classes))
	if err := np.CheckGrads(flat, x, 2, np.AllModes); err != nil {
		t.Error(err)
	}
}

// TestSharpness compares with a Hessian whose largest eigenvalue bounds all
// quadratic forms.
func TestSharpness(t *testing.T) {
	d := all(t).take([]int{0, 1, 2, 3})
	n := newNetwork(source(2), pixels, 1, classes)
	flat, x, _ := np.FlattenFunc(func(n network) np.Array { return n.loss(d) }, n)
	h := np.Hessian(flat)(x)
	trace := np.Trace(h, 0).Float64()
	square := np.Sum(np.Square(h)).Float64() // of all eigenvalues
	got := n.sharpness(d, 200, source(1))
	if !(got > 0 && got <= math.Sqrt(square) && got >= trace/float64(x.Size())) {
		t.Errorf("largest eigenvalue %v; trace %v, sum of squares %v", got, trace, square)
	}
	if again := n.sharpness(d, 200, source(2)); math.Abs(got-again) > 1e-6*got {
		t.Errorf("%v from one start, %v from another", got, again)
	}
}

// TestTrain checks that the network learns, whatever the seed.
func TestTrain(t *testing.T) {
	for seed := range uint64(2) {
		rnd := source(seed)
		train, test := split(all(t), rnd)
		seen := 0
		n := newNetwork(rnd, pixels, 48, classes).train(train, 15, rnd, func(epoch int, _ network) bool {
			if epoch != seen {
				t.Errorf("epoch %d, want %d", epoch, seen)
			}
			seen++
			return true
		})
		if seen != 16 {
			t.Errorf("called before and after %d epochs, want 15", seen-1)
		}
		if s := n.score(test); !(s.accuracy > 0.94) || !(s.loss < 0.25) {
			t.Errorf("seed %d: test %+v", seed, s)
		}
	}
}

// TestStop ends the training in the middle.
func TestStop(t *testing.T) {
	last := 0
	newNetwork(source(1), pixels, 2, classes).train(all(t), 10, source(1), func(epoch int, _ network) bool {
		last = max(last, epoch)
		return epoch < 2
	})
	if last != 2 {
		t.Errorf("epoch %d after the stop", last)
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	exampletest.Contains(t, example.Report(t, "-out", dir, "-epochs", "3", "-hidden", "10"),
		"Handwritten digits: 1347 to learn from, 450 for the test, 760 parameters, seed 1\n",
		"\nepoch    train     test    train     test  seconds\n",
		"\n    0  ", "\n    1  ", "\n    2  ", "\n    3  ",
		"\nThe largest curvature of the loss at the end is ",
		"wrote "+filepath.Join(dir, "digits.svg")+"\n",
		"wrote "+filepath.Join(dir, "digits.png")+"\n",
	)
	exampletest.Picture(t, dir, "digits", 1320, 660,
		">train<", ">test<", ">epoch<", ">Misread: ", ", read as ",
	)
	exampletest.Files(t, dir, "digits.png", "digits.svg")
}

func TestInterrupt(t *testing.T) { example.Interrupt(t) }

func TestWrong(t *testing.T) {
	example.Wrong(t, [][]string{
		{"-hidden", "0"}, {"-hidden", "-5"}, {"-hidden", "1001"}, {"-hidden", "1e3"}, {"-hidden", ""}, {"-hidden"},
		{"-epochs", "0"}, {"-epochs", "1001"}, {"-epochs", "-1"}, {"-epochs", "1.5"}, {"-epochs"},
		{"-seed", "-1"}, {"-seed", "x"}, {"-seed", "18446744073709551616"}, {"-seed"},
		{"--", "-epochs"}, {"-epochs", "1", "extra"},
	})
}

func TestHelp(t *testing.T) { example.Help(t, "-hidden units", "-epochs k", "-seed s") }

func TestOutputFails(t *testing.T) {
	example.OutputFails(t, "digits.svg", "-epochs", "1", "-hidden", "2")
}
