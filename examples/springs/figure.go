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
	"github.com/dualjet/dualjet/hessian"
)

// netFigure draws the net at rest and how its forces vanished.
func netFigure(n net, r *relaxation) figure.Figure {
	p := figure.NewPlot(fmt.Sprintf("The net at rest, %d×%d nodes", n.side, n.side), "m", "m")
	const threads = 40 // more would be a solid area
	every := max((n.side-1)/threads, 1)
	var thread, edge *plotter.Line
	for i := 0; i < n.side; i += every {
		if i+every >= n.side {
			i = n.side - 1 // the edge in any case
		}
		for _, l := range [2]*plotter.Line{
			n.thread(r.x, func(j int) [2]int { return [2]int{i, j} }),
			n.thread(r.x, func(j int) [2]int { return [2]int{j, i} }),
		} {
			p.Add(l)
			if i == 0 || i == n.side-1 {
				l.LineStyle = draw.LineStyle{Color: figure.Black, Width: vg.Points(2)}
				edge = l
			} else {
				thread = l
			}
		}
	}
	p.Legend.Add("frame", edge)
	name := "threads"
	if every > 1 {
		name = fmt.Sprintf("threads, one in %d", every)
	}
	p.Legend.Add(name, thread)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = p.X.Min-0.05, p.X.Max+0.05, p.Y.Min-0.05, p.Y.Max+0.15

	q := figure.NewPlot("Newton's method", "step", "largest force (N)")
	figure.Grid(q)
	var force, shifted plotter.XYs
	for i, it := range r.history {
		at := plotter.XY{X: float64(i), Y: max(it.force, 1e-17)}
		force = append(force, at)
		if it.shift > 0 {
			shifted = append(shifted, at)
		}
	}
	path, ends := figure.Line(force, figure.Blue, 1.4), figure.Dots(force, figure.Blue, 2.5)
	q.Add(path, ends)
	q.Legend.Add("largest component of the gradient", path)
	if len(shifted) > 0 {
		d := figure.Dots(shifted, figure.Orange, 4)
		q.Add(d)
		q.Legend.Add("Hessian not positive definite, shifted", d)
	}
	q.Y.Scale, q.Y.Tick.Marker, q.X.Tick.Marker = plot.LogScale{}, figure.Decades(3), whole{}
	q.Y.Min = math.Pow(10, math.Floor(math.Log10(q.Y.Min)))
	q.Y.Max = math.Pow(10, math.Ceil(math.Log10(q.Y.Max))+2) // for the legend
	return figure.Row(figure.Equal(p), q)
}

// thread returns the line through the nodes at(0), at(1), …
func (n net) thread(x []float64, at func(j int) [2]int) *plotter.Line {
	var path plotter.XYs
	for j := range n.side {
		path = append(path, project(n.node(x, at(j))))
	}
	return figure.Line(path, figure.Sky, 0.5)
}

// project looks at a point in the direction of (1, 1, -0.7), so that the raised
// corners are left and right.
func project(p [3]float64) plotter.XY {
	const down = 0.7
	norm := math.Sqrt(2 + down*down)
	return plotter.XY{
		X: (p[0] - p[1]) / math.Sqrt2,
		Y: (down*(p[0]+p[1])/math.Sqrt2 + math.Sqrt2*p[2]) / norm,
	}
}

// hessianFigure draws how full the Hessian is: all of it, and its first rows.
func hessianFigure(n net, h *hessian.Sym) figure.Figure {
	dim := h.SymmetricDim()
	few := min(4*3*(n.side-2), dim)
	all := spy(h, dim)
	all.Title.Text = fmt.Sprintf("Hessian, %d×%d, %d nonzeros", dim, dim, nonzeros(h))
	corner := spy(h, few)
	corner.Title.Text = fmt.Sprintf("its first %d rows and columns", few)
	return figure.Row(figure.Equal(all), figure.Equal(corner))
}

// nonzeros returns the number of entries in both triangles.
func nonzeros(h *hessian.Sym) int { return 2*h.NNZ() - h.SymmetricDim() }

// fillings are the colours of blocks of which less than a share is filled.
var fillings = []struct {
	below  float64
	name   string
	colour color.Color
}{
	{0.01, "below 1 %", color.RGBA{0xb5, 0xd4, 0xe9, 0xff}},
	{0.1, "1 to 10 %", color.RGBA{0x42, 0x92, 0xc6, 0xff}},
	{math.Inf(1), "above 10 %", color.RGBA{0x08, 0x30, 0x6b, 0xff}},
}

const maxBlocks = 120

// spy draws which of the first dim rows and columns of h have entries. Large
// matrices are drawn in blocks, by the share of their entries that are stored.
func spy(h *hessian.Sym, dim int) *plot.Plot {
	p := figure.NewPlot("", "column", "row")
	width := (dim + maxBlocks - 1) / maxBlocks
	blocks := (dim + width - 1) / width
	counts := make([]int, blocks*blocks)
	h.DoNonZero(func(i, j int, _ float64) {
		if i < dim && j < dim {
			counts[i/width*blocks+j/width]++
		}
	})
	p.Legend.Add("stored entries of a block")
	for _, f := range fillings {
		p.Legend.Add(f.name, swatch{f.colour})
	}
	p.Add(raster{counts, blocks, float64(width), float64(dim)})
	p.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, float64(dim), 0, float64(dim)
	return p
}

// A raster draws the counts in blocks of a matrix of dim rows, row by row.
type raster struct {
	counts []int
	blocks int
	width  float64
	dim    float64
}

func (r raster) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for k, count := range r.counts {
		if count == 0 {
			continue
		}
		top, left := float64(k/r.blocks)*r.width, float64(k%r.blocks)*r.width
		bottom, right := min(top+r.width, r.dim), min(left+r.width, r.dim)
		share := float64(count) / (r.width * r.width)
		i := 0
		for share >= fillings[i].below {
			i++
		}
		c.FillPolygon(fillings[i].colour, []vg.Point{
			{X: x(left), Y: y(top)}, {X: x(right), Y: y(top)}, {X: x(right), Y: y(bottom)}, {X: x(left), Y: y(bottom)},
		})
	}
}

// A swatch is a filled square in a legend.
type swatch struct{ colour color.Color }

func (s swatch) Thumbnail(c *draw.Canvas) {
	c.FillPolygon(s.colour, []vg.Point{c.Min, {X: c.Min.X, Y: c.Max.Y}, c.Max, {X: c.Max.X, Y: c.Min.Y}})
}

// whole marks whole numbers, no more than a dozen.
type whole struct{}

func (whole) Ticks(lo, hi float64) []plot.Tick {
	var t []plot.Tick
	step := math.Ceil((hi - lo) / 12)
	for k := math.Ceil(lo); k <= hi; k += max(step, 1) {
		t = append(t, plot.Tick{Value: k, Label: fmt.Sprint(k)})
	}
	return t
}
