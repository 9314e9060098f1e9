package main

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

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
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), []string{"-out", dir, "-periods", "2"}, &stdout, &stderr); code != 0 || stderr.Len() > 0 {
			t.Fatalf("exit status %d: %s", code, &stderr)
		}
		for _, want := range []string{
			"Kepler's orbit, eccentricity 0.6, 2 periods\n",
			"\nArenstorf's orbit around Earth and moon, one period\n",
			"\n    2e-16     24  ",
			"\nAn error of the start grows up to 2.4e+06 times as large, a rounding by 1e-16 to 2e-10.\n",
			"wrote " + filepath.Join(dir, "orbit.svg") + "\n",
			"wrote " + filepath.Join(dir, "error.png") + "\n",
		} {
			if !strings.Contains(stdout.String(), want) {
				t.Errorf("%q is missing in\n%s", want, &stdout)
			}
		}
		// Closure errors at the smallest tolerance.
		for _, row := range strings.Split(stdout.String(), "\n") {
			if f := strings.Fields(row); len(f) > 5 && f[0] == "2e-16" {
				if v, err := strconv.ParseFloat(f[4], 64); err != nil || !(v < 2e-11) {
					t.Errorf("closure %s in %q", f[4], row)
				}
			}
		}
		svg, err := os.ReadFile(filepath.Join(dir, "orbit.svg"))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{">satellite<", ">mass<", ">Earth<", ">moon<", ">x (semi-major axes)<", ">y (distances Earth-moon)<"} {
			if !bytes.Contains(svg, []byte(want)) {
				t.Errorf("orbit.svg lacks %q", want)
			}
		}
		if first != nil && !bytes.Equal(svg, first) {
			t.Error("a second run draws another orbit.svg")
		}
		first = svg
	}
	for _, name := range []string{"orbit.png", "error.png"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		img, format, err := image.Decode(bytes.NewReader(b))
		if err != nil || format != "png" || img.Bounds() != image.Rect(0, 0, 1320, 660) {
			t.Fatalf("%s: %s %v, error %v", name, format, img.Bounds(), err)
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{"error.png", "error.svg", "orbit.png", "orbit.svg"}) {
		t.Errorf("files: %v", got)
	}
}

// TestEqual checks that a unit of x is drawn as long as one of y.
func TestEqual(t *testing.T) {
	for _, e := range []float64{0, 0.6, maxEccentricity} {
		f, err := orbitFigure(e, never)
		if err != nil {
			t.Fatal(err)
		}
		c := draw.New(vgimg.New(figureWidth, figureHeight))
		half := (c.Size().X - panelGap) / 2
		for i, p := range f.plots {
			panel := draw.Crop(c, vg.Length(i)*(half+panelGap), vg.Length(i)*(half+panelGap)+half-c.Size().X, 0, 0)
			equalize(p, panel)
			size := p.DataCanvas(panel).Size()
			x, y := float64(size.X)/(p.X.Max-p.X.Min), float64(size.Y)/(p.Y.Max-p.Y.Min)
			if math.Abs(x/y-1) > 0.01 {
				t.Errorf("e = %v, plot %d: %v points a unit of x, %v of y", e, i, x, y)
			}
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
	if err := o.report(&b, never, &progress{}); err != nil || !strings.Contains(b.String(), "stuck") {
		t.Errorf("error %v\n%s", err, &b)
	}
	if _, err := o.compare(1e-2, never, func(float64, []float64) float64 { return 1 }); err != nil {
		t.Error(err)
	}
}

func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	var stdout, stderr bytes.Buffer
	if code := run(ctx, []string{"-out", dir}, &stdout, &stderr); code != 1 || stderr.String() != "orbit: interrupted\n" || stdout.Len() > 0 {
		t.Errorf("exit status %d: %q, %q", code, &stdout, &stderr)
	}
	if got := names(t, dir); len(got) > 0 {
		t.Errorf("files: %v", got)
	}
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

func TestProgress(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range []*progress{newProgress(f), newProgress(&bytes.Buffer{})} {
		if p.w != nil {
			t.Error("progress on what is no terminal")
		}
		p.show("a")
		p.clear()
	}
	var b bytes.Buffer
	p := progress{w: &b}
	p.show("abc")
	p.show("x")
	p.clear()
	if got, want := b.String(), "\r\rabc\r   \rx\r \r"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWrong(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"-e", "-0.1"}, {"-e", "1"}, {"-e", "0.96"}, {"-e", "NaN"}, {"-e", "round"}, {"-e", ""}, {"-e"},
		{"-periods", "0"}, {"-periods", "-1"}, {"-periods", "1001"}, {"-periods", "1.5"}, {"-periods", "many"},
		{"-tol", "0"}, {"-tol", "1e-15"}, {"-tol", "1"}, {"-tol", "NaN"}, {"-tol", "-1e-6"},
		{"-out", "missing"}, {"-out", "file"}, {"-out", "file/dir"}, {"-out", ""}, {"-out", "a\nb"},
		{"-zz"}, {"-zz\nz"}, {"--", "-e"}, {"extra"}, {""}, {"-e", "0.5", "extra"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), args, &stdout, &stderr); code != 2 {
			t.Errorf("%q: exit status %d, want 2", args, code)
		}
		if s := stderr.String(); !strings.HasPrefix(s, "orbit: ") || strings.Index(s, "\n") != len(s)-1 {
			t.Errorf("%q: not one line: %q", args, s)
		}
		if stdout.Len() > 0 {
			t.Errorf("%q: unexpected output %q", args, &stdout)
		}
	}
	if got := names(t, "."); !slices.Equal(got, []string{"file"}) {
		t.Errorf("files: %v", got)
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-h"}, &stdout, &stderr); code != 0 || stderr.Len() > 0 {
		t.Errorf("exit status %d: %s", code, &stderr)
	}
	for _, want := range []string{"usage: orbit", "-out dir", "-e eccentricity", "-periods n", "-tol tolerance"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("%q is missing in\n%s", want, &stdout)
		}
	}
}

type fullWriter struct{}

func (fullWriter) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestOutputFails(t *testing.T) {
	args := []string{"-periods", "1", "-e", "0.1", "-out"}
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), append(args, t.TempDir()), fullWriter{}, &stderr); code != 1 || stderr.String() != "orbit: no space\n" {
		t.Errorf("standard output: exit status %d: %s", code, &stderr)
	}
	stderr.Reset()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "orbit.svg"), 0o777); err != nil {
		t.Fatal(err)
	}
	if code := run(t.Context(), append(args, dir), &stdout, &stderr); code != 1 || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("file: exit status %d: %s", code, &stderr)
	}
}

// names returns the names of the files in dir.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
