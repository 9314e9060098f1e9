package main

import (
	"bytes"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// visible is the distance of quartiles, as a logarithm, that does not hide behind a
// dot.
const visible = 0.05

const (
	panelWidth  = 5 * vg.Inch
	panelHeight = 3.9 * vg.Inch
	panelMargin = vg.Length(6)
	panelGap    = vg.Length(8)
	figureDPI   = 96
)

// The palette of Okabe and Ito can be told apart by colour-blind people.
var (
	palette = []color.Color{
		color.RGBA{0xd5, 0x5e, 0x00, 0xff}, // vermilion
		color.RGBA{0x00, 0x72, 0xb2, 0xff}, // blue
		color.RGBA{0x00, 0x9e, 0x73, 0xff}, // green
		color.RGBA{0xcc, 0x79, 0xa7, 0xff}, // purple
		color.RGBA{0x00, 0x00, 0x00, 0xff}, // black
	}
	glyphs = []draw.GlyphDrawer{draw.CircleGlyph{}, draw.SquareGlyph{}, draw.PyramidGlyph{}, draw.CrossGlyph{}, draw.RingGlyph{}}
	pale   = color.RGBA{0xe4, 0xe4, 0xe4, 0xff}
)

// A figure is sweeps in two columns, on logarithmic scales.
type figure []*plot.Plot

// figures returns the figures of the sweeps by name, in order.
func figures(results []sweepResult) (names []string, figs map[string]figure) {
	figs = make(map[string]figure)
	for _, r := range results {
		name := r.Name
		for _, s := range sweeps() {
			if s.name == r.Name {
				name = s.figure
			}
		}
		p := r.plot()
		if p == nil {
			continue
		}
		if figs[name] == nil {
			names = append(names, name)
		}
		figs[name] = append(figs[name], p)
	}
	return names, figs
}

// plot draws the series with their quartiles, nil if there is no point.
func (r sweepResult) plot() *plot.Plot {
	p := plot.New()
	p.Title.Text = r.Title
	p.Title.Padding = vg.Points(8)
	p.Title.TextStyle.Font.Size = font.Length(12)
	p.X.Label.Text, p.Y.Label.Text = r.X, "time / plain function"
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.Padding = vg.Points(2)
	p.Legend.TextStyle.Font.Size = font.Length(10)
	p.X.Tick.Marker, p.Y.Tick.Marker = powers{2}, powers{10}

	g := plotter.NewGrid()
	g.Vertical.Color, g.Horizontal.Color = pale, pale
	p.Add(g)
	lo, hi, left, right := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i, s := range r.Series {
		if len(s.Points) == 0 {
			continue
		}
		var at, spreads plotter.XYs
		var quartiles plotter.YErrors
		for _, t := range s.Points {
			x, y, q1, q3 := math.Log10(t.X), math.Log10(t.Ratio.Median), math.Log10(t.Ratio.Q1), math.Log10(t.Ratio.Q3)
			at = append(at, plotter.XY{X: x, Y: y})
			if q3-q1 > visible {
				spreads = append(spreads, at[len(at)-1])
				quartiles = append(quartiles, struct{ Low, High float64 }{y - q1, q3 - y})
			}
			lo, hi = min(lo, q1), max(hi, q3)
			left, right = min(left, x), max(right, x)
		}
		c := palette[i%len(palette)]
		l := &plotter.Line{XYs: at, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(1.4)}}
		d := &plotter.Scatter{XYs: at, GlyphStyle: draw.GlyphStyle{Color: c, Radius: vg.Points(2.6), Shape: glyphs[i%len(glyphs)]}}
		e := &plotter.YErrorBars{XYs: spreads, YErrors: quartiles, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(0.8)}, CapWidth: vg.Points(4)}
		p.Add(l, e, d)
		p.Legend.Add(s.Name, l, d)
	}
	if math.IsInf(hi, 0) {
		return nil
	}
	// Room for the legend above, and for curves that are flat.
	p.X.Min, p.X.Max = left-0.05, right+0.05
	if right-left > 3 {
		p.X.Tick.Marker = powers{10}
	}
	height := max(hi-lo, 0.6)
	p.Y.Min, p.Y.Max = lo-0.06*height, lo+height*(1.06+0.07*float64(len(r.Series)))
	return p
}

// powers marks powers of 2, all whole numbers if they are few, or the numbers 1, 2
// and 5 times powers of ten, on an axis of decimal logarithms. It labels as many as there is room for. Gonum's
// LogScale has the titles of axes in the wrong place.
type powers struct{ base int }

func (t powers) Ticks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	add := func(v float64, major bool) {
		if at := math.Log10(v); at >= lo && at <= hi {
			tick := plot.Tick{Value: at}
			if major {
				tick.Label = label(v)
			}
			ticks = append(ticks, tick)
		}
	}
	if t.base == 2 && hi-lo < 1.05 && lo > -0.1 {
		for v := 1.0; math.Log10(v) <= hi; v++ {
			add(v, true)
		}
		return ticks
	}
	if t.base == 2 {
		first, last := math.Ceil(lo/math.Log10(2)), math.Floor(hi/math.Log10(2))
		for k := first; k <= last; k++ {
			add(math.Exp2(k), last-first < 10 || math.Mod(k, 2) == 0)
		}
		return ticks
	}
	for k := math.Floor(lo); k <= hi; k++ {
		for _, c := range []float64{1, 2, 5} {
			add(c*math.Pow(10, k), c == 1 || hi-lo < 3.5)
		}
	}
	return ticks
}

// label formats a mark: a fraction of powers of two as such.
func label(v float64) string {
	switch {
	case v < 1 && math.Log2(v) == math.Trunc(math.Log2(v)):
		return fmt.Sprintf("1/%g", 1/v)
	case v >= 1e4:
		e := math.Floor(math.Log10(v) + 1e-9)
		power := "10" + superscript(int(e))
		if c := math.Round(v / math.Pow(10, e)); c > 1 {
			return fmt.Sprintf("%g·%s", c, power)
		}
		return power
	}
	return fmt.Sprintf("%.4g", v)
}

// columns is how many plots are side by side.
const columns = 2

func (f figure) size() (width, height vg.Length) {
	cols, rows := min(columns, len(f)), (len(f)+columns-1)/columns
	return panelWidth*vg.Length(cols) + panelGap*vg.Length(cols-1), panelHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
}

// draw draws to all of c, on white.
func (f figure) draw(c vg.CanvasSizer) {
	all := draw.New(c)
	all.SetColor(color.White)
	all.Fill(all.Path())
	for i, p := range f {
		x, y := vg.Length(i%columns)*(panelWidth+panelGap), vg.Length(i/columns)*(panelHeight+panelGap)
		w, h := all.Size().X, all.Size().Y
		panel := draw.Crop(all, x, x+panelWidth-w, h-y-panelHeight, -y)
		p.Draw(draw.Crop(panel, panelMargin, -panelMargin, panelMargin, -panelMargin))
	}
}

// encode returns the figure as a file in a format, svg or png.
func (f figure) encode(format string) ([]byte, error) {
	var b bytes.Buffer
	w, h := f.size()
	if format == "svg" {
		c := vgsvg.New(w, h)
		f.draw(c)
		_, err := c.WriteTo(&b)
		return b.Bytes(), err
	}
	c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(figureDPI))
	f.draw(c)
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(&b)
	return b.Bytes(), err
}
