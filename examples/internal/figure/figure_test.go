package figure

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// A filled drawer fills its canvas and remembers where that was.
type filled struct {
	colour color.Color
	at     []vg.Rectangle
}

func (f *filled) Draw(c draw.Canvas) {
	c.SetColor(f.colour)
	c.Fill(c.Path())
	f.at = append(f.at, c.Rectangle)
}

func decode(t *testing.T, f Figure) image.Image {
	t.Helper()
	b, err := f.PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestFigure checks the size, and that the content is all but a white margin.
func TestFigure(t *testing.T) {
	f := Figure{Width: 2 * vg.Inch, Height: vg.Inch, DPI: 144, Content: &filled{colour: Blue}}
	img := decode(t, f)
	if got, want := img.Bounds(), image.Rect(0, 0, 288, 144); got != want {
		t.Fatalf("bounds %v, want %v", got, want)
	}
	const edge = 12 // 6 points
	for x := range 288 {
		for y := range 144 {
			var want color.Color = Blue
			if x < edge || y < edge || x >= 288-edge || y >= 144-edge {
				want = color.White
			}
			r, g, b, _ := img.At(x, y).RGBA()
			if r1, g1, b1, _ := want.RGBA(); r != r1 || g != g1 || b != b1 {
				t.Fatalf("at %d, %d: %v, want %v", x, y, img.At(x, y), want)
			}
		}
	}
	svg, err := f.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<svg width="144pt" height="72pt"`, "fill:#FFFFFF", "fill:#0072B2"} {
		if !bytes.Contains(svg, []byte(want)) {
			t.Errorf("%q is missing in\n%s", want, svg)
		}
	}
}

// TestRow checks that the parts are side by side, as wide and high as there is
// room.
func TestRow(t *testing.T) {
	for n := 1; n <= 3; n++ {
		var parts []Drawer
		for range n {
			parts = append(parts, &filled{colour: Sky})
		}
		f := Row(parts...)
		if _, err := f.SVG(); err != nil {
			t.Fatal(err)
		}
		decode(t, f)
		left := margin
		width := (f.Width - 2*margin - vg.Length(n-1)*gap) / vg.Length(n)
		for i, p := range parts {
			at := p.(*filled).at
			if len(at) != 2 {
				t.Fatalf("drawn %d times, want 2", len(at))
			}
			want := vg.Rectangle{Min: vg.Point{X: left, Y: margin}, Max: vg.Point{X: left + width, Y: f.Height - margin}}
			for _, r := range at {
				if d := max(distance(r.Min, want.Min), distance(r.Max, want.Max)); d > 1e-9 {
					t.Errorf("part %d of %d: %v, want %v", i, n, r, want)
				}
			}
			left += width + gap
		}
	}
}

func distance(a, b vg.Point) float64 { return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) }

// TestEqual checks that a unit of x is drawn as long as one of y, that the middle
// stays, and that nothing is cut off.
func TestEqual(t *testing.T) {
	for _, size := range [][2]float64{{1, 1}, {2, 1}, {1, 20}, {1e-3, 2e-3}, {100, 7}} {
		p := NewPlot("title", "x", "y")
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 3, 3+size[0], -1, -1+size[1]
		c := draw.New(vgimg.New(5*vg.Inch, 4*vg.Inch))
		Equal(p).Draw(c)
		on := p.DataCanvas(c).Size()
		x, y := float64(on.X)/(p.X.Max-p.X.Min), float64(on.Y)/(p.Y.Max-p.Y.Min)
		if math.Abs(x/y-1) > 0.01 {
			t.Errorf("%v: %v points a unit of x, %v of y", size, x, y)
		}
		for i, a := range []plot.Axis{p.X, p.Y} {
			mid := []float64{3, -1}[i] + size[i]/2
			if w := a.Max - a.Min; math.Abs((a.Min+a.Max)/2-mid) > 1e-9 || w < size[i]*(1-1e-9) {
				t.Errorf("%v: axis %d from %v to %v", size, i, a.Min, a.Max)
			}
		}
	}
}

// TestStyle draws with all helpers.
func TestStyle(t *testing.T) {
	p := NewPlot("the title", "the x", "the y")
	Grid(p)
	at := plotter.XYs{{X: 1, Y: 1}, {X: 2, Y: 3}}
	l, d := Line(at, Orange, 1.5), Dots(at, Green, 2)
	p.Add(l, d)
	p.Legend.Add("the line", l)
	b, err := Row(p).SVG()
	if err != nil {
		t.Fatal(err)
	}
	svg := string(b)
	for _, want := range []string{
		">the title<", ">the x<", ">the y<", ">the line<", "stroke:#E4E4E4", "stroke:#D55E00;stroke-width:1.5", "fill:#009E73",
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is missing in\n%s", want, svg)
		}
	}
	if strings.Index(svg, "#E4E4E4") > strings.Index(svg, "#D55E00") {
		t.Error("the grid is in front")
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		ticker plot.Ticker
		lo, hi float64
		values []float64
		labels []string
	}{
		{Multiples(1), 0, 3, []float64{0, 1, 2, 3}, []string{"0", "1", "2", "3"}},
		{Multiples(1), -0.4, 1.9, []float64{0, 1}, []string{"0", "1"}},
		{Multiples(0.5), -1.08, 0.7, []float64{-1, -0.5, 0, 0.5}, []string{"-1", "-0.5", "0", "0.5"}},
		{Multiples(2), -7, 7, []float64{-6, -4, -2, 0, 2, 4, 6}, []string{"-6", "-4", "-2", "0", "2", "4", "6"}},
		{Multiples(5), 1, 4, nil, nil},
		{Decades(2), 1e-3, 1e2, []float64{1e-3, 1e-2, 1e-1, 1, 10, 100}, []string{"", "1e-2", "", "1e0", "", "1e2"}},
		{Decades(2), 1e-4, 1e-2, []float64{1e-4, 1e-3, 1e-2}, []string{"1e-4", "", "1e-2"}}, // the logarithm of 1e-4 is above -4
		{Decades(3), 2e-7, 2e-3, []float64{1e-6, 1e-5, 1e-4, 1e-3}, []string{"1e-6", "", "", "1e-3"}},
	} {
		var values []float64
		var labels []string
		for _, tick := range c.ticker.Ticks(c.lo, c.hi) {
			values, labels = append(values, tick.Value), append(labels, tick.Label)
		}
		near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-15*math.Abs(b) }
		if !slices.EqualFunc(values, c.values, near) || !slices.Equal(labels, c.labels) {
			t.Errorf("%T(%v) from %v to %v: %v, %q, want %v, %q", c.ticker, c.ticker, c.lo, c.hi, values, labels, c.values, c.labels)
		}
	}
}
