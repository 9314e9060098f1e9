package main

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/dualjet/dualjet/examples/internal/figure"
)

// clusterFigure draws the spectrum and the atoms.
func clusterFigure(n int, m *molecule) figure.Figure {
	return figure.Row(spectrum(n, m), figure.Equal(atoms(m)))
}

// spectrum draws a stick for each level, as high as it has modes.
func spectrum(n int, m *molecule) *plot.Plot {
	zeros, levels := m.levels()
	p := figure.NewPlot(fmt.Sprintf("%d vibrations of %d atoms, %d levels", 3*n-zeros, n, len(levels)),
		"frequency ω (√(ε/m)/σ)", "modes of the level")
	figure.Grid(p)
	right := 1.05 * levels[len(levels)-1].frequency()
	labels := plotter.XYLabels{}
	highest := 0
	for _, l := range levels {
		highest = max(highest, l.degeneracy)
	}
	for d := highest; d > 0; d-- {
		var stick *plotter.Line
		var tops plotter.XYs
		for _, l := range levels {
			if l.degeneracy == d {
				at := plotter.XY{X: l.frequency(), Y: float64(d)}
				stick = figure.Line(plotter.XYs{{X: at.X}, at}, stickColours[(d-1)%len(stickColours)], 1.8)
				p.Add(stick)
				tops = append(tops, at)
			}
		}
		if stick == nil {
			continue
		}
		p.Legend.Add(fmt.Sprintf("%d-fold, %d levels", d, len(tops)), stick)
		last := math.Inf(-1)
		for _, at := range tops {
			if at.X-last > right/40 { // the label fits beside the last one
				labels.XYs, labels.Labels = append(labels.XYs, at), append(labels.Labels, fmt.Sprint(d))
				last = at.X
			}
		}
	}
	marks, err := plotter.NewLabels(labels)
	if err != nil {
		panic(err) // there are as many labels as points
	}
	for i := range marks.TextStyle {
		marks.TextStyle[i].XAlign = text.XCenter
		marks.TextStyle[i].Font.Size = vg.Points(9)
	}
	marks.Offset.Y = vg.Points(3)
	p.Add(marks)
	p.Y.Tick.Marker = figure.Multiples(1)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, right, 0, 1.35*float64(highest) // for the legend
	return p
}

// atoms draws the atoms as balls, those in front last, and lines between
// neighbours.
func atoms(m *molecule) *plot.Plot {
	p := figure.NewPlot(fmt.Sprintf("The cluster at its minimum, %.6f ε", m.energy), "σ", "σ")
	b := newBalls(m.x)
	p.Add(b)
	for i, count := range b.counts {
		name := fmt.Sprintf("%d atoms at %.3f σ", count, b.radii[i])
		if count == 1 {
			name = "1 atom in the centre"
		}
		p.Legend.Add(name, figure.Dots(nil, shellColours[i%len(shellColours)], 4))
	}
	margin := 0.4
	p.X.Min, p.X.Max = p.X.Min-margin, p.X.Max+margin
	p.Y.Min, p.Y.Max = p.Y.Min-margin, p.Y.Max+margin+0.2*(p.Y.Max-p.Y.Min) // for the legend
	p.X.Tick.Marker, p.Y.Tick.Marker = figure.Multiples(1), figure.Multiples(1)
	return p
}

const (
	ball = 0.2 // radius
	bond = 1.3 // neighbours are no farther
)

var (
	shellColours = [...]color.Color{figure.Orange, figure.Blue, figure.Sky, figure.Green}
	stickColours = [...]color.Color{figure.Black, figure.Purple, figure.Orange, figure.Green, figure.Blue}
)

// balls are atoms as seen from far up the z axis, with the shells in which they
// lie.
type balls struct {
	at     [][3]float64
	shell  []int
	radii  []float64 // of the shells
	counts []int
}

// newBalls turns the atoms so that few hide others.
func newBalls(x []float64) *balls {
	var b balls
	var centre [3]float64
	for i, v := range x {
		centre[i%3] += 3 * v / float64(len(x))
	}
	for i := 0; i < len(x); i += 3 {
		a := [3]float64{x[i] - centre[0], x[i+1] - centre[1], x[i+2] - centre[2]}
		a[0], a[2] = turn(a[0], a[2], 0.35)
		a[1], a[2] = turn(a[1], a[2], 0.25)
		b.at = append(b.at, a)
	}
	radius := func(a [3]float64) float64 { return distance(a[:], make([]float64, 3)) }
	slices.SortFunc(b.at, func(a, e [3]float64) int { return cmp.Compare(radius(a), radius(e)) })
	for _, a := range b.at {
		last := len(b.radii) - 1
		if r := radius(a); last < 0 || r-b.radii[last] > 1e-3 {
			b.radii, b.counts = append(b.radii, r), append(b.counts, 0)
			last++
		}
		b.counts[last]++
		b.shell = append(b.shell, last)
	}
	return &b
}

// turn rotates a vector by an angle.
func turn(x, y, angle float64) (float64, float64) {
	s, c := math.Sincos(angle)
	return c*x - s*y, s*x + c*y
}

func (b *balls) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, ymin = math.Inf(1), math.Inf(1)
	xmax, ymax = -xmin, -ymin
	for _, a := range b.at {
		xmin, xmax = min(xmin, a[0]), max(xmax, a[0])
		ymin, ymax = min(ymin, a[1]), max(ymax, a[1])
	}
	return xmin, xmax, ymin, ymax
}

// Plot draws from back to front. A line goes from the surface of an atom to that
// of another, as far in front as its middle.
func (b *balls) Plot(c draw.Canvas, p *plot.Plot) {
	type part struct {
		depth float64
		draw  func()
	}
	var parts []part
	x, y := p.Transforms(&c)
	point := func(x3, y3 float64) vg.Point { return vg.Point{X: x(x3), Y: y(y3)} }
	radius := x(ball) - x(0)
	for i, a := range b.at {
		parts = append(parts, part{a[2], func() {
			style := draw.GlyphStyle{Color: shellColours[b.shell[i]%len(shellColours)], Radius: radius, Shape: draw.CircleGlyph{}}
			c.DrawGlyph(style, point(a[0], a[1]))
			style.Color, style.Shape = color.Black, draw.RingGlyph{}
			c.DrawGlyph(style, point(a[0], a[1]))
		}})
		for _, e := range b.at[:i] {
			d := distance(a[:], e[:])
			if d > bond {
				continue
			}
			s := ball / d
			parts = append(parts, part{(a[2] + e[2]) / 2, func() {
				c.StrokeLines(draw.LineStyle{Color: color.Gray{0xa0}, Width: vg.Points(1.2)}, []vg.Point{
					point(a[0]+s*(e[0]-a[0]), a[1]+s*(e[1]-a[1])),
					point(e[0]+s*(a[0]-e[0]), e[1]+s*(a[1]-e[1])),
				})
			}})
		}
	}
	slices.SortStableFunc(parts, func(a, e part) int { return cmp.Compare(a.depth, e.depth) })
	for _, p := range parts {
		p.draw()
	}
}
