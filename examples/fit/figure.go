package main

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/dualjet/dualjet/examples/internal/figure"
)

const (
	legendWidth = 1.65 * vg.Inch // on the right, where no datum can be

	// The true curve lies in [-1.2, 3.5]. What lies outside of these is drawn
	// as a triangle at the edge.
	yMin, yMax = -2.5, 5.5
	yEdge      = 0.12 // of the triangles from the edge
)

// A drawing is a plot with its legend beside it.
type drawing struct {
	plot   *plot.Plot
	legend plot.Legend
}

// fitFigure draws the data, the true curve and the fits. Without a least-squares
// fit, nil, it draws the rest.
func fitFigure(data []datum, robust, squares *result) figure.Figure {
	p := plot.New()
	p.Title.Text = "A damped oscillation with outliers"
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text = "time t (s)"
	p.Y.Label.Text = "displacement y (mm)"
	p.X.Tick.Marker = figure.Multiples(2)
	p.Y.Tick.Marker = figure.Multiples(1)
	legend := plot.NewLegend()
	legend.Top = true
	legend.Left = true
	legend.XOffs = vg.Points(10)
	legend.YOffs = -vg.Points(30)
	legend.Padding = vg.Points(4)

	figure.Grid(p)
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
		add("least squares", squares.curve, draw.LineStyle{Color: figure.Orange, Width: vg.Points(1.6)})
	}
	add("Student t", robust.curve, draw.LineStyle{Color: figure.Blue, Width: vg.Points(2.4)})
	add("truth", truth, draw.LineStyle{Color: figure.Black, Width: vg.Points(1.1), Dashes: []vg.Length{vg.Points(4), vg.Points(4)}})
	p.X.Min, p.X.Max = -0.15, tMax+0.15
	p.Y.Min, p.Y.Max = yMin, yMax
	return figure.Figure{Width: 9 * vg.Inch, Height: 5 * vg.Inch, DPI: 150, Content: drawing{p, legend}}
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
	return &plotter.Scatter{XYs: p, GlyphStyle: draw.GlyphStyle{Color: figure.Grey, Radius: vg.Points(radius), Shape: shape}}
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

func (d drawing) Draw(c draw.Canvas) {
	d.plot.Draw(draw.Crop(c, 0, -legendWidth, 0, 0))
	d.legend.Draw(draw.Crop(c, c.Size().X-legendWidth, 0, 0, 0))
}
