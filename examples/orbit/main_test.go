package main

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/examples/internal/exampletest"
	"github.com/dualjet/dualjet/examples/internal/figure"
)

var example = exampletest.Program{Name: "orbit", Run: run}

func never() bool { return false }

// TestTaylor checks that both orbits close about as well as the rounding of one
// number at the start allows.
func TestTaylor(t *testing.T) {
	for _, o := range []orbit{keplerOrbit(0.6, 20), keplerOrbit(0, 3), keplerOrbit(maxEccentricity, 3), arenstorfOrbit()} {
		r, err := o.taylor(machine, never, nil)
		if err != nil {
			t.Fatal(err)
		}
		amp, err := o.amplification(never)
		if err != nil {
			t.Fatal(err)
		}
		if !(r.closure <= 4e-16*amp) || !(r.energy <= 1e-12) {
			t.Errorf("%s: %+v with an amplification of %v", o.name, r, amp)
		}
	}
}

// TestRungeKutta checks that the error falls with the tolerance.
func TestRungeKutta(t *testing.T) {
	for _, o := range []orbit{keplerOrbit(0.6, 2), arenstorfOrbit()} {
		last := result{closure: 1}
		for _, tol := range []float64{1e-7, 1e-9, 1e-11} {
			r, err := o.rungeKutta(tol, never, nil)
			if err != nil {
				t.Fatal(err)
			}
			// The error of a method of order 5 falls by about 100, the step by 2.5.
			if !(r.closure < last.closure/10) || r.evaluations < 6*r.steps+1 || last.steps > 0 && r.steps > 4*last.steps {
				t.Errorf("%s: %+v after %+v", o.name, r, last)
			}
			last = r
		}
	}
}

// TestPlain checks that the right-hand sides for jets and for float64 are the
// same functions.
func TestPlain(t *testing.T) {
	for _, o := range []orbit{keplerOrbit(0.3, 1), arenstorfOrbit()} {
		a, errA := o.taylor(1e-14, never, nil)
		b, errB := o.rungeKutta(1e-13, never, nil)
		if errA != nil || errB != nil || !(a.closure < 1e-9) || !(b.closure < 1e-8) {
			t.Errorf("%s: %+v, %+v, errors %v, %v", o.name, a, b, errA, errB)
		}
	}
}

func TestKeplerExact(t *testing.T) {
	for _, e := range []float64{0, 0.3, 0.6, maxEccentricity} {
		for i := range 200 {
			at := float64(i) / 7
			x, y := keplerExact(e, at)
			// Kepler's equation backwards.
			a := math.Atan2(y/math.Sqrt(1-e*e), x+e)
			if d := math.Remainder(a-e*math.Sin(a)-at, 2*math.Pi); !(math.Abs(d) <= 1e-13) {
				t.Errorf("e = %v at %v: the mean anomaly is off by %v", e, at, d)
			}
		}
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	var first []byte
	for range 2 {
		report := example.Report(t, "-out", dir, "-periods", "2")
		exampletest.Contains(t, report,
			"Kepler's orbit, eccentricity 0.6, 2 periods\n",
			"\nArenstorf's orbit around Earth and moon, one period\n",
			"\n    2e-16     24  ",
			"\nAn error of the start grows up to 2.4e+06 times as large, a rounding by 1e-16 to 2e-10.\n",
			"wrote "+filepath.Join(dir, "orbit.svg")+"\n",
			"wrote "+filepath.Join(dir, "error.png")+"\n",
		)
		// Closure errors at the smallest tolerance.
		for _, row := range strings.Split(report, "\n") {
			if f := strings.Fields(row); len(f) > 5 && f[0] == "2e-16" {
				if v, err := strconv.ParseFloat(f[4], 64); err != nil || !(v < 2e-11) {
					t.Errorf("closure %s in %q", f[4], row)
				}
			}
		}
		svg := exampletest.Picture(t, dir, "orbit", 1320, 660,
			">satellite<", ">mass<", ">Earth<", ">moon<", ">x (semi-major axes)<", ">y (distances Earth-moon)<")
		if first != nil && !bytes.Equal(svg, first) {
			t.Error("a second run draws another orbit.svg")
		}
		first = svg
	}
	exampletest.Picture(t, dir, "error", 1320, 660, ">Kepler: error of the position<", ">Taylor, tolerance 2e-16<")
	exampletest.Files(t, dir, "error.png", "error.svg", "orbit.png", "orbit.svg")
}

// TestEqual measures Kepler's ellipse in the figure: a unit of x is as long as one
// of y.
func TestEqual(t *testing.T) {
	for _, e := range []float64{0, 0.6, maxEccentricity} {
		f, err := orbitFigure(e, never)
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.PNG()
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		var box image.Rectangle
		left := img.Bounds()
		left.Min.Y, left.Max.X = 100, left.Max.X/2 // below the legend
		for x := left.Min.X; x < left.Max.X; x++ {
			for y := left.Min.Y; y < left.Max.Y; y++ {
				if img.At(x, y) == color.Color(figure.Blue) {
					box = box.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		const dot = 6 // pixels that dots and line are wide
		got, want := float64(box.Dy()-dot)/float64(box.Dx()-dot), math.Sqrt(1-e*e)
		if math.Abs(got-want) > 0.01 {
			t.Errorf("e = %v: an ellipse in %v, heights to widths %v, want %v", e, box, got, want)
		}
	}
}

// TestStuck follows an orbit that the method of Dormand and Prince loses.
func TestStuck(t *testing.T) {
	o := keplerOrbit(0.9, 300)
	if _, err := o.rungeKutta(1e-2, never, nil); !errors.Is(err, errStuck) {
		t.Skipf("it does not: %v", err)
	}
	var b bytes.Buffer
	if err := o.report(&b, never, func(string) {}); err != nil || !strings.Contains(b.String(), "stuck") {
		t.Errorf("error %v\n%s", err, &b)
	}
	if _, err := o.compare(1e-2, never, func(float64, []float64) float64 { return 1 }); err != nil {
		t.Error(err)
	}
}

func TestInterrupt(t *testing.T) {
	example.Interrupt(t)
	// Both methods stop in the middle.
	for _, follow := range []func(o orbit, stop func() bool) error{
		func(o orbit, stop func() bool) error { _, err := o.taylor(machine, stop, nil); return err },
		func(o orbit, stop func() bool) error { _, err := o.rungeKutta(1e-12, stop, nil); return err },
	} {
		calls := 0
		err := follow(keplerOrbit(0.6, 1000), func() bool { calls++; return calls == 3 })
		if err == nil || calls != 3 {
			t.Errorf("%d calls, error %v", calls, err)
		}
	}
}

func TestWrong(t *testing.T) {
	example.Wrong(t, [][]string{
		{"-e", "-0.1"}, {"-e", "1"}, {"-e", "0.96"}, {"-e", "NaN"}, {"-e", "round"}, {"-e", ""}, {"-e"},
		{"-periods", "0"}, {"-periods", "-1"}, {"-periods", "1001"}, {"-periods", "1.5"}, {"-periods", "many"},
		{"-tol", "0"}, {"-tol", "1e-15"}, {"-tol", "1"}, {"-tol", "NaN"}, {"-tol", "-1e-6"},
		{"--", "-e"}, {"-e", "0.5", "extra"},
	})
}

func TestHelp(t *testing.T) { example.Help(t, "-e eccentricity", "-periods n", "-tol tolerance") }

func TestOutputFails(t *testing.T) { example.OutputFails(t, "orbit.svg", "-periods", "1", "-e", "0.1") }
