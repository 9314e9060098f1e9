package main

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	panelWidth   = 5.2 * vg.Inch
	figureHeight = 4.2 * vg.Inch
	figureDPI    = 96
	figureMargin = vg.Length(6)
	panelGap     = vg.Length(16)
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

// A figure is sweeps side by side, on logarithmic scales.
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
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = powers{2}, powers{10}

	g := plotter.NewGrid()
	g.Vertical.Color, g.Horizontal.Color = pale, pale
	p.Add(g)
	lo, hi, left, right := math.Inf(1), 0.0, math.Inf(1), 0.0
	for i, s := range r.Series {
		if len(s.Points) == 0 {
			continue
		}
		var at plotter.XYs
		var quartiles plotter.YErrors
		for _, t := range s.Points {
			at = append(at, plotter.XY{X: t.X, Y: t.Ratio.Median})
			quartiles = append(quartiles, struct{ Low, High float64 }{t.Ratio.Median - t.Ratio.Q1, t.Ratio.Q3 - t.Ratio.Median})
			lo, hi = min(lo, t.Ratio.Q1), max(hi, t.Ratio.Q3)
			left, right = min(left, t.X), max(right, t.X)
		}
		c := palette[i%len(palette)]
		l := &plotter.Line{XYs: at, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(1.4)}}
		d := &plotter.Scatter{XYs: at, GlyphStyle: draw.GlyphStyle{Color: c, Radius: vg.Points(2.6), Shape: glyphs[i%len(glyphs)]}}
		e := &plotter.YErrorBars{XYs: at, YErrors: quartiles, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(0.8)}, CapWidth: vg.Points(4)}
		p.Add(l, e, d)
		p.Legend.Add(s.Name, l, d)
	}
	if hi == 0 {
		return nil
	}
	// Room above for the legend, whatever the range.
	room := 1 + 0.11*float64(len(r.Series))
	p.X.Min, p.X.Max = left/1.15, right*1.15
	p.Y.Min, p.Y.Max = lo/1.3, 1.3*lo*math.Pow(max(hi/lo, 4), room)
	return p
}

// powers marks the numbers 1, 2 and 5 times powers of ten, or the powers of 2, and
// labels as many as there is room for.
type powers struct{ base int }

func (t powers) Ticks(lo, hi float64) []plot.Tick {
	var at []float64
	if t.base == 2 {
		for k := math.Ceil(math.Log2(lo)); k <= math.Log2(hi); k++ {
			at = append(at, math.Exp2(k))
		}
	} else {
		for k := math.Floor(math.Log10(lo)); k <= math.Log10(hi); k++ {
			for _, c := range []float64{1, 2, 5} {
				if v := c * math.Pow(10, k); v >= lo && v <= hi {
					at = append(at, v)
				}
			}
		}
	}
	most := 10
	var ticks []plot.Tick
	for i, v := range at {
		label := label(v)
		if len(at) > most && (t.base == 2 && i%2 == 1 || t.base == 10 && math.Abs(math.Log10(v)-math.Round(math.Log10(v))) > 1e-9) {
			label = ""
		}
		ticks = append(ticks, plot.Tick{Value: v, Label: label})
	}
	return ticks
}

// label formats a mark: a fraction of powers of two as such.
func label(v float64) string {
	switch {
	case v < 1 && math.Log2(v) == math.Trunc(math.Log2(v)):
		return fmt.Sprintf("1/%g", 1/v)
	case v >= 1e5:
		return fmt.Sprintf("%.0e", v)
	}
	return fmt.Sprintf("%.4g", v)
}

func (f figure) width() vg.Length {
	return panelWidth*vg.Length(len(f)) + panelGap*vg.Length(len(f)-1)
}

// draw draws to all of c, on white.
func (f figure) draw(c vg.CanvasSizer) {
	all := draw.New(c)
	all.SetColor(color.White)
	all.Fill(all.Path())
	all = draw.Crop(all, figureMargin, -figureMargin, figureMargin, -figureMargin)
	width := (all.Size().X - panelGap*vg.Length(len(f)-1)) / vg.Length(len(f))
	for i, p := range f {
		x := vg.Length(i) * (width + panelGap)
		p.Draw(draw.Crop(all, x, x+width-all.Size().X, 0, 0))
	}
}

func (f figure) svg() ([]byte, error) {
	c := vgsvg.New(f.width(), figureHeight)
	f.draw(c)
	return encode(c)
}

func (f figure) png() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(f.width(), figureHeight), vgimg.UseDPI(figureDPI))
	f.draw(c)
	return encode(vgimg.PngCanvas{Canvas: c})
}

func encode(w io.WriterTo) ([]byte, error) {
	var b bytes.Buffer
	_, err := w.WriteTo(&b)
	return b.Bytes(), err
}
