package main

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/dualjet/dualjet/examples/internal/figure"
)

// palette is that of package figure, with two darker colours at the end.
var palette = [maxOrder + 1]color.Color{
	figure.Black, figure.Blue, figure.Orange, figure.Green, figure.Purple, figure.Amber, figure.Sky,
	color.RGBA{0x88, 0x22, 0x55, 0xff}, color.RGBA{0x77, 0x77, 0x77, 0xff},
}

// figure draws one curve an order, each divided by its maximum: on a common
// scale the highest would flatten the others.
func (t table) figure() figure.Figure {
	p := plot.New()
	p.Title.Text = "tanh and its derivatives, each divided by its maximum"
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text = "x"
	p.Y.Label.Text = "derivative of order k"
	p.X.Tick.Marker = figure.Multiples(2)
	p.Y.Tick.Marker = figure.Multiples(0.5)
	p.Legend.Top = true
	p.Legend.Left = true
	p.Legend.XOffs = vg.Points(12)
	p.Legend.YOffs = -vg.Points(18)
	p.Legend.Padding = vg.Points(3)

	figure.Grid(p)
	for k, top := range t.max {
		style := draw.LineStyle{Color: palette[k], Width: vg.Points(1.6)}
		for _, run := range t.runs(k) {
			for i := range run {
				run[i].Y /= top
			}
			p.Add(&plotter.Line{XYs: run, LineStyle: style})
		}
		digits := max(2, 1+int(math.Log10(top))) // no exponent for large numbers
		p.Legend.Add(fmt.Sprintf("k = %d  (max %.*g)", k, digits, top), &plotter.Line{LineStyle: style})
	}
	p.X.Min, p.X.Max = xMin, xMax
	p.Y.Min, p.Y.Max = -1.08, 1.08
	return figure.Figure{Width: 8 * vg.Inch, Height: 5 * vg.Inch, DPI: 150, Content: p}
}

// runs returns the points of order k, broken where a value is not finite.
func (t table) runs(k int) []plotter.XYs {
	runs := []plotter.XYs{nil}
	for i, x := range t.x {
		y := t.d[i][k]
		if last := len(runs) - 1; !math.IsNaN(y) && !math.IsInf(y, 0) {
			runs[last] = append(runs[last], plotter.XY{X: x, Y: y})
		} else if len(runs[last]) > 0 {
			runs = append(runs, nil)
		}
	}
	if last := len(runs) - 1; len(runs[last]) == 0 {
		runs = runs[:last]
	}
	return runs
}
