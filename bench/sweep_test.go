package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	_ "image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dualjet/dualjet/internal/progress"
)

// measured returns a sweep whose ratios are given.
func measured(name string, x []float64, ratios ...[]float64) sweepResult {
	r := sweepResult{Name: name, Title: "title", X: "size"}
	for i, y := range ratios {
		s := series{Name: string(rune('a' + i))}
		for j, v := range y {
			s.Points = append(s.Points, point{x[j], spread{v, 0.9 * v, 1.2 * v, 3}, v})
		}
		r.Series = append(r.Series, s)
	}
	return r
}

func TestCross(t *testing.T) {
	x := []float64{1, 2, 4, 8}
	for _, c := range []struct {
		a, b []float64
		at   float64
		open bool
		text string
	}{
		{[]float64{1, 2, 4, 8}, []float64{4, 4, 4, 4}, 4, false, "from 4.0"},
		{[]float64{1, 2, 4, 8}, []float64{3, 3, 3, 3}, 3, false, "from 3.0"},
		{[]float64{1, 2, 4, 8}, []float64{2.5, 5, 2.5, 2.5}, 3.16, false, "from 3.2"}, // not a lead that is lost again
		{[]float64{5, 5, 5, 5}, []float64{1, 1, 1, 1}, 1, true, "at all sizes measured, from 1"},
		{[]float64{5, 5, 5, 5}, []float64{9, 8, 7, 6}, 0, false, "not within what was measured"},
		{[]float64{5, 5, 5, 5}, []float64{1, 5.2, 4.9, 3}, 1, true, "at all sizes measured, from 1"}, // a tie
		{[]float64{5, 1}, []float64{1, 5, 1, 1}, 0, false, "not within what was measured"},           // one ends
		{nil, []float64{1}, 0, false, "not within what was measured"},
	} {
		got := measured("m", x, c.a, c.b).cross("a", "b")
		if math.Abs(got.At-c.at) > 0.01 || got.Open != c.open || got.String() != c.text {
			t.Errorf("%v and %v: %+v, %v", c.a, c.b, got, got)
		}
	}
}

// TestSweep runs a sweep that ends a slow series, and one that is interrupted.
func TestSweep(t *testing.T) {
	s := sweep{
		name: "s", title: "t", x: "n", series: []string{"slow", "fast"}, pairs: [][2]string{{"slow", "fast"}}, at: []int{1, 2, 3},
		prepare: func(n int) (func(), []func(), float64) {
			spin := func(d time.Duration) func() {
				return func() {
					for start := clock(); clock()-start < d; {
					}
				}
			}
			return spin(time.Microsecond), []func(){spin(longestCall + time.Millisecond), spin(time.Microsecond)}, float64(n)
		},
	}
	r, err := s.measure(&meter{ctx: t.Context(), time: time.Nanosecond}, &progress.Line{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Series[0].Points) != 1 || len(r.Series[1].Points) != 3 || len(r.Crossings) != 1 || r.Series[1].Points[2].X != 3 {
		t.Errorf("%+v", r)
	}
	var b bytes.Buffer
	r.print(&b)
	if lines := strings.Count(b.String(), "\n"); lines != 7 || !strings.Contains(b.String(), "fast overtakes slow: at all sizes measured, from 1\n") {
		t.Errorf("%d lines:\n%s", lines, b.String())
	}
}

func TestFigures(t *testing.T) {
	x := []float64{1, 2, 4, 8}
	results := []sweepResult{
		measured("gradient", x, []float64{1, 2, 3, 4}, []float64{9, 9, 9, 9}),
		measured("generic", x, []float64{5}),
		measured("network", []float64{0.01, 0.5}, []float64{1e6, 2e6}, nil),
		measured("order", x, []float64{1, 10, 100, 1e5}),
		measured("hessian", nil, nil, nil), // nothing measured, nothing drawn
	}
	names, figs := figures(results)
	if strings.Join(names, " ") != "modes-gradient modes-order" || len(figs["modes-gradient"]) != 3 || len(figs["modes-order"]) != 1 {
		t.Fatalf("figures %v", names)
	}
	for _, name := range names {
		svg, err := figs[name].encode("svg")
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		d := xml.NewDecoder(bytes.NewReader(svg))
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if c, ok := tok.(xml.CharData); ok {
				text.Write(c)
				text.WriteByte('\n')
			}
		}
		for _, want := range []string{"title\n", "size\n", "time / plain function\n", "\na\n"} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s has no text %q", name, want)
			}
		}
		png, err := figs[name].encode("png")
		if err != nil {
			t.Fatal(err)
		}
		if c, format, err := image.DecodeConfig(bytes.NewReader(png)); err != nil || format != "png" || c.Width < 300 || c.Height < 300 {
			t.Errorf("%s: %v %s, error %v", name, c, format, err)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		base   int
		lo, hi float64
		want   string
	}{
		{2, 0.9, 9, "1 2 3 4 5 6 7 8 9"},
		{2, 1, 300, "1 2 4 8 16 32 64 128 256"},
		{2, 0.1, 5, "1/8 1/4 1/2 1 2 4"},
		{2, 1, 1e4, "1 _ 4 _ 16 _ 64 _ 256 _ 1024 _ 4096 _"},
		{10, 0.9, 60, "1 2 5 10 20 50"},
		{10, 10, 2e5, "10 _ _ 100 _ _ 1000 _ _ 10⁴ _ _ 10⁵ _"},
		{10, 9000, 6e4, "10⁴ 2·10⁴ 5·10⁴"},
	} {
		var got []string
		for _, tick := range (powers{c.base}).Ticks(math.Log10(c.lo*0.999), math.Log10(c.hi*1.001)) {
			label := tick.Label
			if label == "" {
				label = "_"
			}
			got = append(got, label)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("base %d from %v to %v: %s, want %s", c.base, c.lo, c.hi, s, c.want)
		}
	}
}

// TestPlotCommand draws a sweep into a folder.
func TestPlotCommand(t *testing.T) {
	dir := t.TempDir()
	status, stdout, stderr := command(t.Context(), "-sweep", "order", "-time", "1ns", "-plot", dir, "-format", "svg", "-md", filepath.Join(dir, "s.md"))
	if status != 0 || stderr != "" {
		t.Fatalf("status %d, error %q, output\n%s", status, stderr, stdout)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 2 || filepath.Base(files[0]) != "modes-order.svg" {
		t.Errorf("files %v, error %v", files, err)
	}
	if !strings.Contains(stdout, "series overtakes nested dual numbers: ") {
		t.Errorf("output\n%s", stdout)
	}
	text, err := os.ReadFile(filepath.Join(dir, "s.md"))
	if err != nil || !strings.Contains(string(text), "| size | nested dual numbers | series |\n|---|---|---|\n| 1 | ") {
		t.Errorf("error %v, text\n%s", err, text)
	}
}
