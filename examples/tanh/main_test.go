package main

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/floats/scalar"

	"github.com/dualjet/dualjet/examples/internal/exampletest"
	"github.com/dualjet/dualjet/jet"
)

var example = exampletest.Program{Name: "tanh", Run: run}

// references are from a computation with 50 digits.
var references = []struct {
	x float64
	d [maxOrder + 1]float64
}{
	{-7, [...]float64{
		-0.99999833694394467174, 3.3261093449010854032e-6, 6.652207626789597363e-6,
		0.000013304371001584096183, 0.000026608564995518969206, 0.00005321642196242806892,
		0.00010643001182233877524, 0.00021284869530614060433, 0.00042565207768732694557,
	}},
	{-0.5, [...]float64{
		-0.4621171572600097585, 0.78644773296592741015, 0.72686198138358727554,
		-0.56520928825977036087, -3.9522195637245830509, -3.2666864719713926911,
		36.279540291791625494, 144.15204759284634167, -322.85931812366822796,
	}},
	{1.5, [...]float64{
		0.90514825364486643824, 0.1807066389236485306, -0.32713259728754782893,
		0.52689721958810280538, -0.59915000349183655302, -0.31916586346453186532,
		5.1077938002458442924, -19.986975095598431267, 40.973311243379242535,
	}},
	{20, [...]float64{
		0.9999999999999999915, 1.6993417021166355837e-17, -3.3986834042332711385e-17,
		6.7973668084665421615e-17, -1.3594733616933083861e-16, 2.7189467233866165874e-16,
		-5.4378934467732324355e-16, 1.0875786893546461914e-15, -2.1751573787092912e-15,
	}},
}

func TestReferences(t *testing.T) {
	const tol = 1e-12
	for _, test := range references {
		for _, f := range []struct {
			name string
			d    []float64
		}{
			{"exact", exact(test.x, maxOrder)},
			{"series", series(maxOrder)(test.x)},
			{"nested", nested(maxOrder)(test.x)},
		} {
			for k, want := range test.d {
				if !scalar.EqualWithinRel(f.d[k], want, tol) {
					t.Errorf("%s: order %d at %v: got %v, want %v", f.name, k, test.x, f.d[k], want)
				}
			}
		}
	}
}

func TestErrors(t *testing.T) {
	const tol = 1e-13 // of the maximum
	literals := [...]func(x float64) []float64{
		level0.of(literal), level1.of(literal), level2.of(literal),
		level3.of(literal), level4.of(literal), level5.of(literal),
		level6.of(literal), level7.of(literal), level8.of(literal),
	}
	x := floats.Span(make([]float64, 200), xMin, xMax)
	for k := range maxOrder + 1 {
		for _, f := range []struct {
			name string
			d    func(x float64) []float64
		}{
			{"series", series(k)},
			{"nested", nested(k)},
			{"literal, nested", literals[k]},
			{"literal, series", func(x float64) []float64 { return jet.Derivatives(nil, literal, x, k) }},
		} {
			tab := tabulate(f.d, x)
			if len(tab.err) != k+1 {
				t.Fatalf("%s: got %d orders, want %d", f.name, len(tab.err), k+1)
			}
			for j, err := range tab.err {
				if !(err <= tol*tab.max[j]) {
					t.Errorf("%s: order %d by %d levels: error %v of %v", f.name, j, k, err, tab.max[j])
				}
			}
		}
	}
}

func TestFar(t *testing.T) {
	for _, x := range []float64{400, 1e300, math.Inf(1)} {
		for _, x := range []float64{x, -x} {
			want := make([]float64, maxOrder+1)
			want[0] = math.Copysign(1, x)
			for i, m := range []method{series, nested} {
				if got := m(maxOrder)(x); !slices.Equal(got, want) {
					t.Errorf("method %d at %v: got %v, want %v", i, x, got, want)
				}
			}
		}
	}
	for _, m := range []method{series, nested} {
		for k, v := range m(maxOrder)(math.NaN()) {
			if !math.IsNaN(v) {
				t.Errorf("order %d at NaN: got %v", k, v)
			}
		}
	}
}

// TestNonFinite draws and writes a function that is NaN at many points and
// infinite at one.
func TestNonFinite(t *testing.T) {
	f := level2.of(literal)
	tab := tabulate(func(x float64) []float64 {
		if x == xMax {
			return []float64{1, 0, math.Inf(1)}
		}
		return f(100 * x)
	}, floats.Span(make([]float64, 20), xMin, xMax))
	for k, err := range tab.err {
		if !math.IsNaN(err) {
			t.Errorf("error of order %d: got %v, want NaN", k, err)
		}
	}
	if got := len(tab.runs(2)); got != 1 {
		t.Errorf("got %d runs, want 1", got)
	}
	fig := tab.figure()
	if _, err := fig.SVG(); err != nil {
		t.Error(err)
	}
	if _, err := fig.PNG(); err != nil {
		t.Error(err)
	}
	exampletest.Contains(t, string(tab.csv()), "NaN", "+Inf")
	var b bytes.Buffer
	tab.report(&b, series)
	exampletest.Contains(t, b.String(), "NaN")
}

func TestRuns(t *testing.T) {
	nan := math.NaN()
	tab := table{
		x: []float64{0, 1, 2, 3, 4, 5, 6},
		d: [][]float64{{nan}, {1}, {2}, {nan}, {math.Inf(1)}, {3}, {nan}},
	}
	var got []int
	for _, run := range tab.runs(0) {
		got = append(got, len(run))
	}
	if want := []int{2, 1}; !slices.Equal(got, want) {
		t.Errorf("lengths: got %v, want %v", got, want)
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	csv := filepath.Join(dir, "points.csv")
	var first []byte
	for range 2 {
		exampletest.Contains(t, example.Report(t, "-out", dir, "-csv", csv),
			"tanh at 200 points of [-7, 7]\n",
			"\n    6           52.2564  ",
			"\nx = -400: -1 0 0 0 0 0 0\n",
			"wrote "+filepath.Join(dir, "tanh.svg")+"\n",
			"wrote "+filepath.Join(dir, "tanh.png")+"\n",
			"wrote "+csv+"\n",
		)
		svg := exampletest.Picture(t, dir, "tanh", 1200, 750)
		if got := bytes.Count(svg, []byte(">k = ")); got != 7 {
			t.Errorf("%d entries in the legend, want 7", got)
		}
		if first != nil && !bytes.Equal(svg, first) {
			t.Error("a second run draws another tanh.svg")
		}
		first = svg
	}
	want := tabulate(series(6), floats.Span(make([]float64, 200), xMin, xMax)).csv()
	if got, err := os.ReadFile(csv); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s\nerror %v", csv, got, want, err)
	}
	exampletest.Files(t, dir, "points.csv", "tanh.png", "tanh.svg")
}

// TestNested checks the flag: the same numbers by another way, and the ratio of
// times.
func TestNested(t *testing.T) {
	report := example.Report(t, "-out", t.TempDir(), "-n", "20", "-order", "4", "-nested")
	if !regexp.MustCompile(`\nnested dual numbers take \d+\.\d times as long as series\n`).MatchString(report) {
		t.Errorf("no ratio of times in\n%s", report)
	}
	for _, x := range []float64{-6.5, 0, 0.3, 4} {
		s, n := series(6)(x), nested(6)(x)
		if !floats.EqualApprox(s, n, 1e-12) {
			t.Errorf("at %v: series %v, nested %v", x, s, n)
		}
	}
}

func TestCSV(t *testing.T) {
	digits := regexp.MustCompile(`^-?\d\.\d{16}e[-+]\d\d$`)
	for order := range maxOrder + 1 {
		x := floats.Span(make([]float64, 11), xMin, xMax)
		b := tabulate(series(order), x).csv()
		rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Split("x,d0,d1,d2,d3,d4,d5,d6,d7,d8", ",")[:order+2]
		if !slices.Equal(rows[0], want) {
			t.Errorf("header: got %v, want %v", rows[0], want)
		}
		if len(rows) != 12 {
			t.Fatalf("got %d lines, want 12", len(rows))
		}
		for i, x := range x {
			for j, want := range append([]float64{x}, series(order)(x)...) {
				s := rows[i+1][j]
				got, err := strconv.ParseFloat(s, 64)
				if err != nil || math.Float64bits(got) != math.Float64bits(want) || !digits.MatchString(s) {
					t.Errorf("line %d: got %q, want %v", i+2, s, want)
				}
			}
		}
	}
}

func TestWrong(t *testing.T) {
	example.Wrong(t, [][]string{
		{"-n", "1"}, {"-n", "0"}, {"-n", "-5"}, {"-n", "10001"}, {"-n", "1e3"}, {"-n", "NaN"}, {"-n", ""}, {"-n"},
		{"-n", "99999999999999999999"},
		{"-order", "-1"}, {"-order", "9"}, {"-order", "six"}, {"-order", "2.5"},
		{"-csv", "missing/x.csv"}, {"-csv", "file/x.csv"}, {"-csv", "dir"}, {"-csv", "dir/"}, {"-csv", "missing/"},
		{"-csv", "tanh.svg"}, {"-csv", "dir/../tanh.png"}, {"-out", "dir", "-csv", "dir/tanh.png"},
		{"--", "-n"}, {"-n", "5", "extra", "-order", "2"},
		{"-csv", "ok.csv", "-order", "99"}, {"-csv", "ok.csv", "-out", "missing"},
	})
}

func TestHelp(t *testing.T) { example.Help(t, "-n points", "-order k", "-csv file", "-nested") }

func TestOutputFails(t *testing.T) { example.OutputFails(t, "tanh.svg", "-n", "2") }
