package figure

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The colours are those of Okabe and Ito, made to be told apart by colour-blind
// people, and greys. Their yellow is missing, too faint on white.
var (
	Black  = color.RGBA{0x00, 0x00, 0x00, 0xff}
	Blue   = color.RGBA{0x00, 0x72, 0xb2, 0xff}
	Orange = color.RGBA{0xd5, 0x5e, 0x00, 0xff}
	Green  = color.RGBA{0x00, 0x9e, 0x73, 0xff}
	Purple = color.RGBA{0xcc, 0x79, 0xa7, 0xff}
	Amber  = color.RGBA{0xe6, 0x9f, 0x00, 0xff}
	Sky    = color.RGBA{0x56, 0xb4, 0xe9, 0xff}
	Grey   = color.RGBA{0x8a, 0x8a, 0x8a, 0xff}
	Pale   = color.RGBA{0xe4, 0xe4, 0xe4, 0xff}
)

// NewPlot returns an empty plot with its texts, the legend at the top.
func NewPlot(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text = title
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.Legend.Top = true
	p.Legend.Padding = vg.Points(3)
	p.Legend.TextStyle.Font.Size = font.Length(10)
	return p
}

// Grid adds pale lines at the ticks of p, behind what is added later.
func Grid(p *plot.Plot) {
	g := plotter.NewGrid()
	g.Vertical.Color, g.Horizontal.Color = Pale, Pale
	p.Add(g)
}

// Line returns a line of width points.
func Line(p plotter.XYs, c color.Color, width float64) *plotter.Line {
	return &plotter.Line{XYs: p, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(width)}}
}

// Dots returns filled circles with a radius in points.
func Dots(p plotter.XYs, c color.Color, radius float64) *plotter.Scatter {
	return &plotter.Scatter{XYs: p, GlyphStyle: draw.GlyphStyle{Color: c, Radius: vg.Points(radius), Shape: draw.CircleGlyph{}}}
}
