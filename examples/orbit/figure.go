package main

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"

	"github.com/dualjet/dualjet/examples/internal/figure"
	"github.com/dualjet/dualjet/jet"
)

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
func orbitFigure(e float64, stop func() bool) (figure.Figure, error) {
	p := figure.NewPlot(fmt.Sprintf("Kepler's orbit, e = %v", e), "x (semi-major axes)", "y (semi-major axes)")
	curve, steps, err := keplerOrbit(e, 1).path(stop)
	if err != nil {
		return figure.Figure{}, err
	}
	show(p, curve, steps, "satellite", map[string]plotter.XY{"mass": {}}, 0)

	q := figure.NewPlot("Arenstorf's orbit, rotating frame", "x (distances Earth-moon)", "y (distances Earth-moon)")
	if curve, steps, err = arenstorfOrbit().path(stop); err != nil {
		return figure.Figure{}, err
	}
	show(q, curve, steps, "satellite", map[string]plotter.XY{"Earth": {X: -moonMass}, "moon": {X: 1 - moonMass}}, 1-moonMass)
	return figure.Row(figure.Equal(p), figure.Equal(q)), nil
}

// show adds an orbit, moved by dx, and the bodies.
func show(p *plot.Plot, curve, steps plotter.XYs, name string, bodies map[string]plotter.XY, dx float64) {
	figure.Grid(p)
	for _, xy := range []plotter.XYs{curve, steps} {
		for i := range xy {
			xy[i].X += dx
		}
	}
	l, s := figure.Line(curve, figure.Blue, 1.4), figure.Dots(steps, figure.Blue, 2)
	p.Add(l, s)
	p.Legend.Add(name, l)
	p.Legend.Add(fmt.Sprintf("steps (%d)", len(steps)-1), s)
	for _, b := range []struct {
		name   string
		colour color.Color
		radius float64
	}{{"mass", figure.Orange, 6}, {"Earth", figure.Green, 6}, {"moon", figure.Grey, 4}} {
		if at, ok := bodies[b.name]; ok {
			d := figure.Dots(plotter.XYs{at}, b.colour, b.radius)
			p.Add(d)
			p.Legend.Add(b.name, d)
		}
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = figure.Multiples(0.5), figure.Multiples(0.5)
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
func errorFigure(kepler, arenstorf comparison) figure.Figure {
	p := figure.NewPlot("Kepler: error of the position", "time (periods)", "error (semi-major axes)")
	kepler.draw(p, 2*math.Pi)
	q := figure.NewPlot("Arenstorf: error of the Jacobi constant", "time (months / 2π)", "relative error")
	arenstorf.draw(q, 1)
	return figure.Row(p, q)
}

func (c comparison) draw(p *plot.Plot, unit float64) {
	figure.Grid(p)
	for i, r := range []struct {
		name   string
		trail  *trail
		colour color.Color
	}{{"Dormand-Prince", c.rungeKutta, figure.Orange}, {"Taylor", c.taylor, figure.Blue}} {
		if l := figure.Line(r.trail.points(unit), r.colour, 1.4); len(l.XYs) > 0 {
			p.Add(l)
			p.Legend.Add(fmt.Sprintf("%s, tolerance %.0e", r.name, c.tols[i]), l)
		}
	}
	p.Y.Scale = plot.LogScale{}
	p.Y.Tick.Marker = figure.Decades(2)
	p.Y.Min = math.Pow(10, math.Floor(math.Log10(max(p.Y.Min, floor))))
	p.Y.Max = math.Pow(10, math.Ceil(math.Log10(max(p.Y.Max, floor)))+2)
	p.X.Min, p.X.Max = 0, c.taylor.end/unit
}
