package main

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"math"

	"github.com/dualjet/dualjet/jet"
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
	blue   = color.RGBA{0x00, 0x72, 0xb2, 0xff}
	orange = color.RGBA{0xd5, 0x5e, 0x00, 0xff}
	green  = color.RGBA{0x00, 0x9e, 0x73, 0xff}
	grey   = color.RGBA{0x8a, 0x8a, 0x8a, 0xff}
	pale   = color.RGBA{0xe4, 0xe4, 0xe4, 0xff}
)

// A figure is two plots side by side. In equal ones a unit of x is as long as
// one of y.
type figure struct {
	plots [2]*plot.Plot
	equal bool
}

func newPlot(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text = title
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.Legend.Top = true
	p.Legend.Padding = vg.Points(3)
	p.Legend.TextStyle.Font.Size = font.Length(10)
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = pale, pale
	p.Add(grid)
	return p
}

func line(p plotter.XYs, c color.Color) *plotter.Line {
	return &plotter.Line{XYs: p, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(1.4)}}
}

func dots(p plotter.XYs, c color.Color, radius float64) *plotter.Scatter {
	return &plotter.Scatter{XYs: p, GlyphStyle: draw.GlyphStyle{Color: c, Radius: vg.Points(radius), Shape: draw.CircleGlyph{}}}
}

// path returns one period of o, close enough for a smooth line, and the ends of
// its steps.
func (o orbit) path(stop func() bool) (curve, steps plotter.XYs, err error) {
	sol, err := jet.SolveODE(o.jets, o.start, 0, o.period, &jet.ODESettings{Stop: stop})
	if err != nil {
		return nil, nil, err
	}
	const parts = 8 // of a step
	y := make([]float64, len(o.start))
	times := sol.Times(nil)
	for i, t := range times {
		sol.At(y, t)
		steps = append(steps, plotter.XY{X: y[0], Y: y[1]})
		curve = append(curve, plotter.XY{X: y[0], Y: y[1]})
		for j := 1; i+1 < len(times) && j < parts; j++ {
			sol.At(y, t+(times[i+1]-t)*float64(j)/parts)
			curve = append(curve, plotter.XY{X: y[0], Y: y[1]})
		}
	}
	return curve, steps, nil
}

// orbitFigure draws both orbits with the steps of the Taylor series.
func orbitFigure(e float64, stop func() bool) (figure, error) {
	p := newPlot(fmt.Sprintf("Kepler's orbit, e = %v", e), "x (semi-major axes)", "y (semi-major axes)")
	curve, steps, err := keplerOrbit(e, 1).path(stop)
	if err != nil {
		return figure{}, err
	}
	show(p, curve, steps, "satellite", map[string]plotter.XY{"mass": {}}, 0)

	q := newPlot("Arenstorf's orbit, rotating frame", "x (distances Earth-moon)", "y (distances Earth-moon)")
	if curve, steps, err = arenstorfOrbit().path(stop); err != nil {
		return figure{}, err
	}
	show(q, curve, steps, "satellite", map[string]plotter.XY{"Earth": {X: -moonMass}, "moon": {X: 1 - moonMass}}, 1-moonMass)
	return figure{[2]*plot.Plot{p, q}, true}, nil
}

// show adds an orbit, moved by dx, and the bodies.
func show(p *plot.Plot, curve, steps plotter.XYs, name string, bodies map[string]plotter.XY, dx float64) {
	for _, xy := range []plotter.XYs{curve, steps} {
		for i := range xy {
			xy[i].X += dx
		}
	}
	l, s := line(curve, blue), dots(steps, blue, 2)
	p.Add(l, s)
	p.Legend.Add(name, l)
	p.Legend.Add(fmt.Sprintf("steps (%d)", len(steps)-1), s)
	for _, b := range []struct {
		name   string
		colour color.Color
		radius float64
	}{{"mass", orange, 6}, {"Earth", green, 6}, {"moon", grey, 4}} {
		if at, ok := bodies[b.name]; ok {
			d := dots(plotter.XYs{at}, b.colour, b.radius)
			p.Add(d)
			p.Legend.Add(b.name, d)
		}
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = halves{}, halves{}
	// Room for the legend.
	p.Y.Max += 0.35 * (p.Y.Max - p.Y.Min)
	margin := 0.05 * (p.X.Max - p.X.Min)
	p.X.Min, p.X.Max, p.Y.Min = p.X.Min-margin, p.X.Max+margin, p.Y.Min-margin
}

// floor is the smallest error that is drawn.
const floor = 1e-17

// A trail holds the largest error in each of equal parts of the time.
type trail struct {
	end float64
	top []float64
}

func newTrail(end float64) *trail { return &trail{end, make([]float64, 300)} }

func (r *trail) see(t, err float64) {
	i := min(int(t/r.end*float64(len(r.top))), len(r.top)-1)
	r.top[i] = max(r.top[i], err)
}

// points returns the trail with times in the given unit. Parts without a step
// are left out.
func (r *trail) points(unit float64) plotter.XYs {
	var p plotter.XYs
	for i, e := range r.top {
		if e > 0 && !math.IsInf(e, 1) {
			p = append(p, plotter.XY{X: (float64(i) + 0.5) * r.end / float64(len(r.top)) / unit, Y: max(e, floor)})
		}
	}
	return p
}

// A comparison is the error over time of both methods.
type comparison struct {
	taylor, rungeKutta *trail
	tols               [2]float64
}

// errorFigure draws the errors over time.
func errorFigure(kepler, arenstorf comparison) figure {
	p := newPlot("Kepler: error of the position", "time (periods)", "error (semi-major axes)")
	kepler.draw(p, 2*math.Pi)
	q := newPlot("Arenstorf: error of the Jacobi constant", "time (months / 2π)", "relative error")
	arenstorf.draw(q, 1)
	return figure{[2]*plot.Plot{p, q}, false}
}

func (c comparison) draw(p *plot.Plot, unit float64) {
	for i, r := range []struct {
		name   string
		trail  *trail
		colour color.Color
	}{{"Dormand-Prince", c.rungeKutta, orange}, {"Taylor", c.taylor, blue}} {
		if l := line(r.trail.points(unit), r.colour); len(l.XYs) > 0 {
			p.Add(l)
			p.Legend.Add(fmt.Sprintf("%s, tolerance %.0e", r.name, c.tols[i]), l)
		}
	}
	p.Y.Scale = plot.LogScale{}
	p.Y.Tick.Marker = decades{}
	p.Y.Min = math.Pow(10, math.Floor(math.Log10(max(p.Y.Min, floor))))
	p.Y.Max = math.Pow(10, math.Ceil(math.Log10(max(p.Y.Max, floor)))+2)
	p.X.Min, p.X.Max = 0, c.taylor.end/unit
}

// decades marks every other power of ten.
type decades struct{}

func (decades) Ticks(lo, hi float64) []plot.Tick {
	var t []plot.Tick
	for e := math.Ceil(math.Log10(lo) - 1e-9); e <= math.Log10(hi)+1e-9; e++ {
		tick := plot.Tick{Value: math.Pow(10, e)}
		if math.Mod(e, 2) == 0 {
			tick.Label = fmt.Sprintf("1e%.0f", e)
		}
		t = append(t, tick)
	}
	return t
}

// halves marks the multiples of 0.5.
type halves struct{}

func (halves) Ticks(lo, hi float64) []plot.Tick {
	var t []plot.Tick
	for k := math.Ceil(2 * lo); k <= 2*hi; k++ {
		t = append(t, plot.Tick{Value: k / 2, Label: fmt.Sprint(k/2 + 0)}) // no -0
	}
	return t
}

// draw draws to all of c, on white.
func (f figure) draw(c vg.CanvasSizer) {
	all := draw.New(c)
	all.SetColor(color.White)
	all.Fill(all.Path())
	all = draw.Crop(all, figureMargin, -figureMargin, figureMargin, -figureMargin)
	half := (all.Size().X - panelGap) / 2
	for i, p := range f.plots {
		x := vg.Length(i) * (half + panelGap)
		panel := draw.Crop(all, x, x+half-all.Size().X, 0, 0)
		if f.equal {
			equalize(p, panel)
		}
		p.Draw(panel)
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
