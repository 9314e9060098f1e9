package problems

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// TestOpen opens all files of the test data.
func TestOpen(t *testing.T) {
	for name, kind := range map[string]string{
		"gmm_d2_K5.txt": "gmm", "gmm_d10_K5.txt": "gmm", "gmm_d10_K25.txt": "gmm", "ba_test.txt": "ba",
		"ba1_n49_m7776_p31843.txt": "ba", "lstm_l2_c1024.txt": "lstm", "hand1_t26_c100.txt": "ht", "hand3_t26_c200.txt": "ht",
	} {
		i, err := Open(filepath.Join("testdata", "adbench", name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var want any
		var x []float64
		switch kind {
		case "gmm":
			g := read(t, ReadGMM, name)
			want, x = g, g.Params()
		case "ba":
			b := read(t, ReadBA, name)
			want, x = b, b.Gather(nil, b.Params(), 2)
		case "lstm":
			m := read(t, ReadLSTM, name)
			want, x = m, m.Params()
		case "ht":
			h := hands(t)[name]
			want, x = h, h.Params()
		}
		if i.Kind != kind || !reflect.DeepEqual(i.Problem, want) || !slices.Equal(i.X, x) {
			t.Errorf("%s: a %s, not what the reader of %s finds", name, i.Kind, kind)
		}
	}
	if _, err := Open(filepath.Join("testdata", "none.txt")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v for no file", err)
	}
}

func TestOpenJSON(t *testing.T) {
	for kind, text := range goodJSON {
		i, err := readInstance(strings.NewReader("\n "+text), "x.json", fstest.MapFS{}, ".")
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if want, _, _ := strings.Cut(kind, "/"); i.Kind != want || len(i.X) == 0 {
			t.Errorf("%s: found a %s at %v", kind, i.Kind, i.X)
		}
		// The kinds without a problem are where they should be.
		if x, ok := map[string]float64{"particle": 0.25, "saddle": 1, "det": 1, "lse": 1}[kind]; ok && (i.Problem != nil || i.X[0] != x) {
			t.Errorf("%s: %+v", kind, i)
		}
	}
}

func TestOpenBad(t *testing.T) {
	theta := strings.Repeat("0.5\n", 26)
	small := fstest.MapFS{}
	for name, file := range smallHand() {
		small["model/"+name] = file
	}
	broken := fstest.MapFS{"model/bones.txt": {Data: []byte("b0\n")}}
	for _, c := range []struct {
		text, want string
		dir        fs.FS
	}{
		{"", "a.txt:1: the file ends before the sizes of an instance", small},
		{"5\n", "a.txt:1: 1 number, want the 2 or 3 sizes of an instance", small},
		{"1 2 3 4\n", "a.txt:1: more than 3 numbers", small},
		{"hello\n", `a.txt:1: "hello" is not a number`, small},
		{"2 3 4\n\n", "a.txt:3: the file ends before the line after the sizes", small},
		{"2 3 4\n\n1 2 3\n", "a.txt:3: 3 numbers, want 1 (gmm), 11 (ba) or a multiple of 4 (lstm)", small},
		{"2 1 3\n0.5\n1 2 3\n", "a.txt:3: more than 2 numbers", small},
		{"1 1 1\n" + camera, "a.txt:3: the file ends before the point", small},
		{"1 2 1\n1 2 3 4\n", "a.txt:3: the file ends before row of the main parameters 2 of 2", small},
		{"1 26\n0 1 1\n" + theta, "a.txt:2: 3 numbers, want 4 for point 1 of 1", small},
		{"1 26\n0 1 1 1\n" + theta, "a.txt:1: no folder model or hand_model", fstest.MapFS{"model": {}}},
		{"1 26\n0 1 1 1\n" + theta, "a.txt:1: data/model/bones.txt:1: 1 words between colons, want 34", broken},
		{"{", "a.txt:1: unexpected end", small},
		{"\n{}", "a.txt:1: no field of an input of GradBench", small},
		{"{\"x\": [1],\n\"n\": 0}", "a.txt:2: n: 0, want an integer from 2", small},
		{`{"theta": []}`, `a.txt:1: no field "us"`, small},
	} {
		_, err := readInstance(strings.NewReader(c.text), "a.txt", c.dir, "data")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%.60q\n got %v\nwant %s…", c.text, err, c.want)
		}
	}
	fails := errors.New("broken")
	if _, err := readInstance(iotest.ErrReader(fails), "a.txt", small, "."); !errors.Is(err, fails) {
		t.Errorf("error %v, want that of the reader", err)
	}
}

// A layout is a way to write a file of numbers.
type layout struct {
	name   string
	number func(v float64) string
	edit   func(text string) string
}

var layouts = []layout{
	{"plain", func(v float64) string { return fmt.Sprint(v) }, strings.Clone},
	{"scientific", func(v float64) string { return fmt.Sprintf("%.17e", v) }, strings.Clone},
	{"upper case, signs, tabs", func(v float64) string { return fmt.Sprintf("%+.17E", v) },
		func(s string) string { return strings.ReplaceAll(s, " ", "\t \t") }},
	{"CRLF, no end of the last line", func(v float64) string { return fmt.Sprintf("%.20g", v) },
		func(s string) string { return strings.TrimSuffix(strings.ReplaceAll(s, "\n", "\r\n"), "\r\n") }},
	{"blank lines and ends", func(v float64) string { return fmt.Sprint(v) },
		func(s string) string { return "\n\n  " + strings.ReplaceAll(s, "\n", "  \n \t\n") + "\n\n" }},
}

// lines writes rows of n numbers.
func (l layout) lines(b *bytes.Buffer, x []float64, n int) {
	for row := range slices.Chunk(x, n) {
		for i, v := range row {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(l.number(v))
		}
		b.WriteByte('\n')
	}
}

// open reads what was written.
func (l layout) open(t *testing.T, b *bytes.Buffer, dir fs.FS) *Instance {
	t.Helper()
	i, err := readInstance(iotest.HalfReader(strings.NewReader(l.edit(b.String()))), "odd.txt", dir, ".")
	if err != nil {
		t.Fatalf("%s: %v", l.name, err)
	}
	return i
}

func normals(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

// TestOddInstances writes instances of other sizes in all layouts, reads them, and
// checks values and derivatives.
func TestOddInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			for _, size := range [][3]int{{1, 1, 1}, {1, 3, 2}, {2, 1, 5}, {3, 4, 7}, {7, 2, 1}, {20, 2, 3}} {
				d, k, n := size[0], size[1], size[2]
				g := &GMM{D: d, K: k, N: n, Alphas: normals(r, k), Means: normals(r, k*d),
					ICF: normals(r, k*d*(d+1)/2), X: normals(r, n*d), Gamma: 0.5, M: 3}
				var b bytes.Buffer
				fmt.Fprintln(&b, d, k, n)
				l.lines(&b, g.Alphas, 1)
				l.lines(&b, g.Means, d)
				l.lines(&b, g.ICF, d*(d+1)/2)
				l.lines(&b, g.X, d)
				fmt.Fprintln(&b, l.number(0.5), 3)
				i := l.open(t, &b, nil)
				if !reflect.DeepEqual(i.Problem, g) {
					t.Fatalf("gmm %v: read %+v, want %+v", size, i.Problem, g)
				}
				got := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var { return GMMValue(nil, g, x) }, i.X)
				near(t, fmt.Sprintf("gmm %v", size), got, g.Gradient(nil, i.X), 1e-10)
			}
			for _, size := range [][3]int{{1, 2, 1}, {1, 5, 3}, {3, 4, 2}} {
				layers, c, bits := size[0], size[1], size[2]
				m := &LSTM{L: layers, C: c, B: bits, Main: normals(r, 8*layers*bits), Extra: normals(r, 3*bits),
					State: normals(r, 2*layers*bits), Sequence: normals(r, c*bits)}
				var b bytes.Buffer
				fmt.Fprintln(&b, layers, c, bits)
				l.lines(&b, m.Main, 4*bits)
				for _, part := range [][]float64{m.Extra, m.State, m.Sequence} {
					b.WriteByte('\n')
					l.lines(&b, part, bits)
				}
				i := l.open(t, &b, nil)
				if !reflect.DeepEqual(i.Problem, m) {
					t.Fatalf("lstm %v: read %+v, want %+v", size, i.Problem, m)
				}
				got := reverse.Gradient(nil, func(x []reverse.Var) reverse.Var { return LSTMValue(nil, m, x) }, i.X)
				near(t, fmt.Sprintf("lstm %v", size), got, m.Gradient(nil, i.X), 1e-10)
			}
			for _, size := range [][3]int{{1, 1, 1}, {3, 2, 9}} {
				b := &BA{N: size[0], M: size[1], P: size[2], Camera: [11]float64(normals(r, 11)),
					Point: [3]float64(normals(r, 3)), Weight: 0.7, Feature: [2]float64(normals(r, 2))}
				var text bytes.Buffer
				fmt.Fprintln(&text, b.N, b.M, b.P)
				l.lines(&text, b.Camera[:], 11)
				l.lines(&text, b.Point[:], 3)
				l.lines(&text, []float64{b.Weight}, 1)
				l.lines(&text, b.Feature[:], 2)
				i := l.open(t, &text, nil)
				if !reflect.DeepEqual(i.Problem, b) {
					t.Fatalf("ba %v: read %+v, want %+v", size, i.Problem, b)
				}
				near(t, fmt.Sprintf("ba %v", size), dual.Jacobian(nil, baOf[dual.Number3](b), i.X).RawMatrix().Data, b.Jacobian(nil, i.X), 1e-10)
			}
			l.oddHands(t, r)
		})
	}
}

// oddHands is TestOddInstances for hand tracking, simple and complicated. The model
// is written as the layout says as well.
func (l layout) oddHands(t *testing.T, r *rand.Rand) {
	dir := fstest.MapFS{}
	for name, file := range smallHand() {
		text := l.edit(string(file.Data))
		dir["model/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, n := range []int{1, 5} {
		for _, us := range [][]float64{nil, normals(r, 2*n)} {
			var b bytes.Buffer
			fmt.Fprintln(&b, n, HandParams)
			points := normals(r, 3*n)
			for i := range n {
				index := i % 3
				if us != nil {
					index = 0
				}
				fmt.Fprint(&b, index, " ")
				l.lines(&b, points[3*i:][:3], 3)
			}
			if us != nil {
				l.lines(&b, us, 2)
			}
			l.lines(&b, normals(r, HandParams), 1)
			i := l.open(t, &b, dir)
			h := i.Problem.(*Hand)
			if !slices.Equal(h.Points, points) || !slices.Equal(h.Us, us) || len(i.X) != HandParams+len(us) {
				t.Fatalf("ht with %d points: read %+v", n, h)
			}
			jac := h.Jacobian(nil, i.X)
			if us != nil {
				jac = h.expand(jac)
			}
			near(t, fmt.Sprintf("ht with %d points", n), reverse.Jacobian(nil, handOf[reverse.Var](h), i.X).RawMatrix().Data, jac, 1e-10)
		}
	}
}

// FuzzOpen checks that a file of any content is an instance whose value can be
// computed, or an error with a place.
func FuzzOpen(f *testing.F) {
	small := fstest.MapFS{}
	for name, file := range smallHand() {
		small["model/"+name] = file
	}
	for _, s := range []string{goodGMM, goodLSTM, goodBA, "1 26\n0 1 1 1\n0.5 0.5\n" + strings.Repeat("0.5\n", 26)} {
		f.Add(s)
	}
	for _, s := range goodJSON {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		i, err := readInstance(strings.NewReader(text), "a.txt", small, ".")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "a.txt:") {
				t.Errorf("error without a place: %v", err)
			}
			return
		}
		switch p := i.Problem.(type) {
		case *GMM:
			if p.N < 1000 {
				p.Gradient(nil, i.X)
			}
		case *BA:
			p.Jacobian(nil, i.X)
		case *LSTM:
			p.Gradient(nil, i.X)
		case *Hand:
			p.Jacobian(nil, i.X)
		case *LeastSquares:
			if p.N < 1000 {
				p.Gradient(nil, i.X)
			}
		case ODE:
			if p.Steps < 1000 {
				p.Gradient(nil, i.X)
			}
		case *KMeans:
			p.Gradient(nil, i.X)
		}
	})
}

// TestDetTerm checks that the terms make up the determinant.
func TestDetTerm(t *testing.T) {
	for n := 1; n <= 5; n++ {
		a := matrix(n)
		s := 0.0
		for i := range n {
			s += float64(DetTerm(floats(a), i))
		}
		near(t, "sum", []float64{s}, []float64{Det(a)}, 1e-13)
		term := func(i int, a []reverse.Var) reverse.Var { return DetTerm(a, i) }
		near(t, "gradient", reverse.GradientSum(nil, n, term, a), DetGradient(nil, a), 1e-12)
	}
	panicsWith(t, "DetTerm", func() { DetTerm(floats(matrix(2)), 2) })
}
