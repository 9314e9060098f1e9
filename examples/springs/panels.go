package main

import (
	"bytes"
	"image/color"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	figureWidth  = 11 * vg.Inch
	figureHeight = 5.5 * vg.Inch
	figureDPI    = 120
	figureMargin = vg.Length(6)
	panelGap     = vg.Length(18)
)

// The palette of Okabe and Ito can be told apart by colour-blind people.
var (
	black  = color.RGBA{0x00, 0x00, 0x00, 0xff}
	blue   = color.RGBA{0x00, 0x72, 0xb2, 0xff}
	orange = color.RGBA{0xd5, 0x5e, 0x00, 0xff}
	sky    = color.RGBA{0x56, 0xb4, 0xe9, 0xff}
	pale   = color.RGBA{0xe4, 0xe4, 0xe4, 0xff}
)

// A panel is a plot. In an equal one a unit of x is as long as one of y.
type panel struct {
	*plot.Plot
	equal bool
}

// A figure is panels side by side.
type figure []panel

func newPlot(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text = title
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.Legend.Top = true
	p.Legend.Padding = vg.Points(3)
	p.Legend.TextStyle.Font.Size = font.Length(10)
	return p
}

func grid(p *plot.Plot) {
	g := plotter.NewGrid()
	g.Vertical.Color, g.Horizontal.Color = pale, pale
	p.Add(g)
}

func line(p plotter.XYs, c color.Color, width float64) *plotter.Line {
	return &plotter.Line{XYs: p, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(width)}}
}

func dots(p plotter.XYs, c color.Color, radius float64) *plotter.Scatter {
	return &plotter.Scatter{XYs: p, GlyphStyle: draw.GlyphStyle{Color: c, Radius: vg.Points(radius), Shape: draw.CircleGlyph{}}}
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
		part := draw.Crop(all, x, x+width-all.Size().X, 0, 0)
		if p.equal {
			equalize(p.Plot, part)
		}
		p.Draw(part)
	}
}

// equalize widens one axis of p so that both have the same scale on c. The room
// for the axes depends a little on their labels.
func equalize(p *plot.Plot, c draw.Canvas) {
	for range 3 {
		size := p.DataCanvas(c).Size()
		perX, perY := (p.X.Max-p.X.Min)/float64(size.X), (p.Y.Max-p.Y.Min)/float64(size.Y)
		if perX < perY {
			widen(&p.X, perY*float64(size.X))
		} else {
			widen(&p.Y, perX*float64(size.Y))
		}
	}
}

func widen(a *plot.Axis, length float64) {
	mid := (a.Min + a.Max) / 2
	a.Min, a.Max = mid-length/2, mid+length/2
}

func (f figure) svg() ([]byte, error) {
	c := vgsvg.New(figureWidth, figureHeight)
	f.draw(c)
	return encode(c)
}

func (f figure) png() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(figureWidth, figureHeight), vgimg.UseDPI(figureDPI))
	f.draw(c)
	return encode(vgimg.PngCanvas{Canvas: c})
}

func encode(w io.WriterTo) ([]byte, error) {
	var b bytes.Buffer
	_, err := w.WriteTo(&b)
	return b.Bytes(), err
}
