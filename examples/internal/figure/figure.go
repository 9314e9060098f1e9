// Package figure draws the pictures of the examples, plots of gonum on white
// paper in one style.
package figure

import (
	"bytes"
	"image/color"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	margin = vg.Length(6)  // around a figure
	gap    = vg.Length(18) // between the parts of a row
)

// A Drawer draws to all of a canvas, as a [plot.Plot] does.
type Drawer interface {
	Draw(c draw.Canvas)
}

// A Figure is a content with a margin.
type Figure struct {
	Width, Height vg.Length // with the margin
	DPI           int       // of the PNG
	Content       Drawer
}

// Row returns a figure of parts of equal width, side by side.
func Row(parts ...Drawer) Figure { return Figure{11 * vg.Inch, 5.5 * vg.Inch, 120, row(parts)} }

// SVG returns the figure as a file.
func (f Figure) SVG() ([]byte, error) {
	c := vgsvg.New(f.Width, f.Height)
	f.draw(c)
	return encode(c)
}

// PNG returns the figure as a file.
func (f Figure) PNG() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(f.Width, f.Height), vgimg.UseDPI(f.DPI))
	f.draw(c)
	return encode(vgimg.PngCanvas{Canvas: c})
}

// draw draws to all of c, on white.
func (f Figure) draw(c vg.CanvasSizer) {
	all := draw.New(c)
	all.SetColor(color.White)
	all.Fill(all.Path())
	f.Content.Draw(draw.Crop(all, margin, -margin, margin, -margin))
}

func encode(w io.WriterTo) ([]byte, error) {
	var b bytes.Buffer
	_, err := w.WriteTo(&b)
	return b.Bytes(), err
}

type row []Drawer

func (r row) Draw(c draw.Canvas) {
	width := (c.Size().X - gap*vg.Length(len(r)-1)) / vg.Length(len(r))
	for i, p := range r {
		x := vg.Length(i) * (width + gap)
		p.Draw(draw.Crop(c, x, x+width-c.Size().X, 0, 0))
	}
}

// Equal returns a drawer of p that widens one of its axes first, so that a unit
// of x is as long as one of y.
func Equal(p *plot.Plot) Drawer { return equal{p} }

type equal struct{ *plot.Plot }

// Draw measures more than once: the room for the axes depends a little on their
// labels.
func (e equal) Draw(c draw.Canvas) {
	for range 3 {
		size := e.DataCanvas(c).Size()
		perX, perY := (e.X.Max-e.X.Min)/float64(size.X), (e.Y.Max-e.Y.Min)/float64(size.Y)
		if perX < perY {
			widen(&e.X, perY*float64(size.X))
		} else {
			widen(&e.Y, perX*float64(size.Y))
		}
	}
	e.Plot.Draw(c)
}

func widen(a *plot.Axis, length float64) {
	mid := (a.Min + a.Max) / 2
	a.Min, a.Max = mid-length/2, mid+length/2
}
