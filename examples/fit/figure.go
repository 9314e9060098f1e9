package main

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	figureWidth  = 9 * vg.Inch
	figureHeight = 5 * vg.Inch
	figureDPI    = 150
	figureMargin = vg.Length(6)
	legendWidth  = 1.65 * vg.Inch // on the right, where no datum can be

	// The true curve lies in [-1.2, 3.5]. What lies outside of these is drawn
	// as a triangle at the edge.
	yMin, yMax = -2.5, 5.5
	yEdge      = 0.12 // of the triangles from the edge
)

// The palette of Okabe and Ito can be told apart by colour-blind people.
var (
	blue   = color.RGBA{0x00, 0x72, 0xb2, 0xff}
	orange = color.RGBA{0xd5, 0x5e, 0x00, 0xff}
	black  = color.RGBA{0x00, 0x00, 0x00, 0xff}
	grey   = color.RGBA{0x8a, 0x8a, 0x8a, 0xff}
	pale   = color.RGBA{0xe4, 0xe4, 0xe4, 0xff}
)

// A drawing is a plot with its legend beside it.
type drawing struct {
	plot   *plot.Plot
	legend plot.Legend
}

// figure draws the data, the true curve and the fits. Without a least-squares
// fit, nil, it draws the rest.
func figure(data []datum, robust, squares *result) drawing {
	p := plot.New()
	p.Title.Text = "A damped oscillation with outliers"
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text = "time t (s)"
	p.Y.Label.Text = "displacement y (mm)"
	p.X.Tick.Marker = ticks(0, tMax, 2)
	p.Y.Tick.Marker = ticks(-2, 5, 1)
	legend := plot.NewLegend()
	legend.Top = true
	legend.Left = true
	legend.XOffs = vg.Points(10)
	legend.YOffs = -vg.Points(30)
	legend.Padding = vg.Points(4)

	grid := plotter.NewGrid()
	grid.Vertical.Color = pale
	grid.Horizontal.Color = pale
	p.Add(grid)

	inside, above, below := split(data)
	dots := scatter(inside, draw.CircleGlyph{}, 2)
	p.Add(dots)
	legend.Add("data", dots)
	if len(above)+len(below) > 0 {
		up, down := scatter(above, triangle(1), 3.5), scatter(below, triangle(-1), 3.5)
		p.Add(up, down)
		legend.Add(fmt.Sprintf("off the scale (%d)", len(above)+len(below)), up)
	}
	add := func(name string, f func(t float64) float64, style draw.LineStyle) {
		line := &plotter.Line{XYs: trace(f), LineStyle: style}
		p.Add(line)
		legend.Add(name, line)
	}
	if squares != nil {
		add("least squares", squares.curve, draw.LineStyle{Color: orange, Width: vg.Points(1.6)})
	}
	add("Student t", robust.curve, draw.LineStyle{Color: blue, Width: vg.Points(2.4)})
	add("truth", truth, draw.LineStyle{Color: black, Width: vg.Points(1.1), Dashes: []vg.Length{vg.Points(4), vg.Points(4)}})
	p.X.Min, p.X.Max = -0.15, tMax+0.15
	p.Y.Min, p.Y.Max = yMin, yMax
	return drawing{p, legend}
}

// split returns the data inside of the frame, and those above and below it at
// its edges.
func split(data []datum) (inside, above, below plotter.XYs) {
	for _, d := range data {
		switch {
		case d.y > yMax:
			above = append(above, plotter.XY{X: d.t, Y: yMax - yEdge})
		case d.y < yMin:
			below = append(below, plotter.XY{X: d.t, Y: yMin + yEdge})
		default:
			inside = append(inside, plotter.XY{X: d.t, Y: d.y})
		}
	}
	return inside, above, below
}

func scatter(p plotter.XYs, shape draw.GlyphDrawer, radius float64) *plotter.Scatter {
	return &plotter.Scatter{XYs: p, GlyphStyle: draw.GlyphStyle{Color: grey, Radius: vg.Points(radius), Shape: shape}}
}

// A triangle is a filled glyph that points up (1) or down (-1).
type triangle vg.Length

func (s triangle) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	r, h := style.Radius, vg.Length(s)*style.Radius
	c.FillPolygon(style.Color, []vg.Point{{X: at.X - r, Y: at.Y - h}, {X: at.X + r, Y: at.Y - h}, {X: at.X, Y: at.Y + h}})
}

// trace returns points of f, close enough for a smooth line.
func trace(f func(t float64) float64) plotter.XYs {
	const n = 400
	var p plotter.XYs
	for i := range n + 1 {
		t := tMax * float64(i) / n
		// A point far outside would be a coordinate too large for some viewers.
		if y := f(t); !math.IsNaN(y) {
			p = append(p, plotter.XY{X: t, Y: min(max(y, 10*yMin), 10*yMax)})
		}
	}
	return p
}

// ticks returns labelled ticks from lo to hi.
func ticks(lo, hi, step float64) plot.ConstantTicks {
	var t plot.ConstantTicks
	for v := lo; v <= hi; v += step {
		t = append(t, plot.Tick{Value: v, Label: fmt.Sprint(v)})
	}
	return t
}

// draw draws to all of c, on white.
func (d drawing) draw(c vg.CanvasSizer) {
	all := draw.New(c)
	all.SetColor(color.White)
	all.Fill(all.Path())
	all = draw.Crop(all, figureMargin, -figureMargin, figureMargin, -figureMargin)
	d.plot.Draw(draw.Crop(all, 0, -legendWidth, 0, 0))
	d.legend.Draw(draw.Crop(all, all.Size().X-legendWidth, 0, 0, 0))
}

func (d drawing) svg() ([]byte, error) {
	c := vgsvg.New(figureWidth, figureHeight)
	d.draw(c)
	return encode(c)
}

func (d drawing) png() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(figureWidth, figureHeight), vgimg.UseDPI(figureDPI))
	d.draw(c)
	return encode(vgimg.PngCanvas{Canvas: c})
}

func encode(w io.WriterTo) ([]byte, error) {
	var b bytes.Buffer
	_, err := w.WriteTo(&b)
	return b.Bytes(), err
}
