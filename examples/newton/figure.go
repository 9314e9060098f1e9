package main

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/dualjet/dualjet/examples/internal/figure"
)

// estimateFigure draws the estimates with their errors, and how far they are off.
func estimateFigure(e estimate) figure.Figure {
	p := figure.NewPlot("Estimates ± standard errors", "coefficient", "value")
	bars(p, e, func(_ int, v float64) float64 { return v })
	q := figure.NewPlot("The same, from the truth, in standard errors", "coefficient", "(value - truth) / standard error by the Hessian")
	bars(q, e, func(i int, v float64) float64 { return (v - coefficients[i].truth) / e.hessian[i] })
	return figure.Row(p, q)
}

// bars draws what scale makes of the estimates and of their error bars.
func bars(p *plot.Plot, e estimate, scale func(i int, v float64) float64) {
	figure.Grid(p)
	var names []string
	var zero plotter.XYs
	for i, c := range coefficients {
		names = append(names, c.name)
		y := scale(i, c.truth)
		zero = append(zero, plotter.XY{X: float64(i) - 0.3, Y: y}, plotter.XY{X: float64(i) + 0.3, Y: y})
	}
	for i := 0; i < len(zero); i += 2 {
		l := figure.Line(zero[i:i+2], figure.Black, 1)
		p.Add(l)
		if i == 0 {
			p.Legend.Add("truth", l)
		}
	}
	for _, s := range []struct {
		name   string
		errors []float64
		shift  float64
		style  draw.LineStyle
	}{
		{"errors by the Hessian", e.hessian, -0.1, draw.LineStyle{Color: figure.Blue, Width: vg.Points(1.6)}},
		{"errors by the bootstrap", e.bootstrap, 0.1, draw.LineStyle{Color: figure.Orange, Width: vg.Points(1.6)}},
	} {
		var at plotter.XYs
		var err plotter.YErrors
		for i, x := range e.x {
			y := scale(i, x)
			at = append(at, plotter.XY{X: float64(i) + s.shift, Y: y})
			err = append(err, struct{ Low, High float64 }{y - scale(i, x-s.errors[i]), scale(i, x+s.errors[i]) - y})
		}
		b := &plotter.YErrorBars{XYs: at, YErrors: err, LineStyle: s.style, CapWidth: vg.Points(7)}
		d := figure.Dots(at, s.style.Color, 2.5)
		p.Add(b, d)
		p.Legend.Add(s.name, d, figure.Line(nil, s.style.Color, 1.6))
	}
	p.NominalX(names...)
	p.X.Min, p.X.Max = -0.5, float64(len(names))-0.5
	height := p.Y.Max - p.Y.Min
	p.Y.Min, p.Y.Max = p.Y.Min-0.05*height, p.Y.Max+0.25*height // for the legend
}
