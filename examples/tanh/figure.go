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
	figureWidth  = 8 * vg.Inch
	figureHeight = 5 * vg.Inch
	figureDPI    = 150
	figureMargin = vg.Length(6)
)

// palette is that of Okabe and Ito, made to be told apart by colour-blind
// people, with two darker colours at the end for its yellow, too faint on white.
var palette = [maxOrder + 1]color.RGBA{
	{0x00, 0x00, 0x00, 0xff},
	{0x00, 0x72, 0xb2, 0xff},
	{0xd5, 0x5e, 0x00, 0xff},
	{0x00, 0x9e, 0x73, 0xff},
	{0xcc, 0x79, 0xa7, 0xff},
	{0xe6, 0x9f, 0x00, 0xff},
	{0x56, 0xb4, 0xe9, 0xff},
	{0x88, 0x22, 0x55, 0xff},
	{0x77, 0x77, 0x77, 0xff},
}

// figure draws one curve an order, each divided by its maximum: on a common
// scale the highest would flatten the others.
func figure(t table) *plot.Plot {
	p := plot.New()
	p.Title.Text = "tanh and its derivatives, each divided by its maximum"
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text = "x"
	p.Y.Label.Text = "derivative of order k"
	p.X.Tick.Marker = ticks(-6, 6, 2)
	p.Y.Tick.Marker = ticks(-1, 1, 0.5)
	p.Legend.Top = true
	p.Legend.Left = true
	p.Legend.XOffs = vg.Points(12)
	p.Legend.YOffs = -vg.Points(18)
	p.Legend.Padding = vg.Points(3)

	grid := plotter.NewGrid()
	grid.Vertical.Color = color.Gray{0xe4}
	grid.Horizontal.Color = color.Gray{0xe4}
	p.Add(grid)
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
	return p
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

// ticks returns labelled ticks from lo to hi.
func ticks(lo, hi, step float64) plot.ConstantTicks {
	var t plot.ConstantTicks
	for v := lo; v <= hi; v += step {
		t = append(t, plot.Tick{Value: v, Label: fmt.Sprint(v)})
	}
	return t
}

func svg(p *plot.Plot) ([]byte, error) {
	c := vgsvg.New(figureWidth, figureHeight)
	p.Draw(paper(c))
	return encode(c)
}

func png(p *plot.Plot) ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(figureWidth, figureHeight), vgimg.UseDPI(figureDPI))
	p.Draw(paper(c))
	return encode(vgimg.PngCanvas{Canvas: c})
}

// paper paints c white and returns it without its margin.
func paper(c vg.CanvasSizer) draw.Canvas {
	d := draw.New(c)
	d.SetColor(color.White)
	d.Fill(d.Path())
	return draw.Crop(d, figureMargin, -figureMargin, figureMargin, -figureMargin)
}

func encode(w io.WriterTo) ([]byte, error) {
	var b bytes.Buffer
	_, err := w.WriteTo(&b)
	return b.Bytes(), err
}
