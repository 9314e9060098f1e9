package main

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/dualjet/dualjet/examples/internal/figure"
)

// Misread digits are shown in a grid.
const (
	columns = 6
	lines   = 4
	cell    = 1.3  // width of a place, in digits
	height  = 1.85 // so that digits are square
)

// figure draws the losses, and the digits that the network misread.
func (h history) figure() figure.Figure {
	p := figure.NewPlot("Loss while learning", "epoch", "mean of -log p")
	figure.Grid(p)
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	for _, s := range []struct {
		name   string
		scores []score
		color  color.Color
	}{{"train", h.train, figure.Blue}, {"test", h.test, figure.Orange}} {
		var at plotter.XYs
		for i, s := range s.scores {
			at = append(at, plotter.XY{X: float64(i), Y: max(s.loss, 1e-9)})
		}
		l := figure.Line(at, s.color, 1.6)
		p.Add(l)
		p.Legend.Add(s.name, l)
	}
	return figure.Row(p, h.misread())
}

// misread returns a picture of digits that were misread, as many as have a
// place.
func (h history) misread() *plot.Plot {
	p := plot.New()
	p.HideAxes()
	p.X.Min, p.X.Max, p.X.Padding = 0, cell*columns, 0
	p.Y.Min, p.Y.Max, p.Y.Padding = -height*lines, 0, 0
	total := 0
	for i, g := range h.network.guess(h.digits) {
		is := int(h.digits.y.Float64s()[i])
		if g == is {
			continue
		}
		if total < columns*lines {
			x, y := cell*float64(total%columns), -height*float64(total/columns)
			p.Add(&picture{x + (cell-1)/2, y, h.digits.x.At(i).Float64s()}, label(x+cell/2, y-1.08, fmt.Sprintf("%d, read as %d", is, g)))
		}
		total++
	}
	p.Title.Text = fmt.Sprintf("Misread: %d of %d in the test", total, h.digits.len())
	if total > columns*lines {
		p.Title.Text += fmt.Sprintf(", of which %d here", columns*lines)
	}
	p.Title.Padding = vg.Points(8)
	return p
}

func label(x, y float64, text string) plot.Plotter {
	style := plot.New().X.Tick.Label
	style.XAlign, style.YAlign = draw.XCenter, draw.YTop
	return &plotter.Labels{XYs: plotter.XYs{{X: x, Y: y}}, Labels: []string{text}, TextStyle: []draw.TextStyle{style}}
}

// A picture is a digit of width 1 whose upper left corner is at x, y.
type picture struct {
	x, y  float64
	pixel []float64 // from 0 to 1
}

// Plot implements plot.Plotter.
func (m *picture) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	square := func(i, j, n float64, fill color.Color) {
		left, right := tx(m.x+j/side), tx(m.x+(j+n)/side)
		top, bottom := ty(m.y-i/side), ty(m.y-(i+n)/side)
		c.FillPolygon(fill, []vg.Point{{X: left, Y: top}, {X: right, Y: top}, {X: right, Y: bottom}, {X: left, Y: bottom}})
	}
	square(0, 0, side, figure.Pale)
	for k, v := range m.pixel {
		if v > 0 {
			square(float64(k/side), float64(k%side), 1, shade(v))
		}
	}
}

// shade returns a colour between pale for 0 and black for 1.
func shade(v float64) color.Color { return color.Gray{Y: uint8(float64(figure.Pale.R)*(1-v) + 0.5)} }
