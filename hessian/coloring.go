package hessian

import (
	"iter"
	"sync"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/hessian/internal/color"
	"github.com/dualjet/dualjet/internal/parallel"
	"github.com/dualjet/dualjet/mixed"
)

// A Recovery is a way to find the entries of a sparse symmetric matrix in its
// products with few vectors.
type Recovery int

const (
	// Direct reads each entry off a product. It is exact: the entries are those
	// that a product with a unit vector has.
	Direct Recovery = iota
	// Substitution takes fewer products, for a band about half, and solves for
	// the entries. Errors of rounding add up along paths in trees, so that small
	// entries suffer where there are much larger ones.
	Substitution
	// Diagonal recovers the diagonal alone, with the fewest products.
	Diagonal
)

// String returns the name of r.
func (r Recovery) String() string {
	switch r {
	case Direct:
		return "direct"
	case Substitution:
		return "substitution"
	case Diagonal:
		return "diagonal"
	}
	return "unknown"
}

// A Coloring recovers symmetric matrices of one pattern from products with
// vectors, in each of which the columns of one colour add up. It does not
// change, so that goroutines may share it.
//
// For a tridiagonal matrix it takes 3 products, with [Substitution] 2, whatever
// the size; for an arrow 2; for a grid in the plane 5 and 4.
type Coloring struct {
	p       *Pattern
	how     Recovery
	color   []int32 // -1: the column is not needed
	colors  int
	reading *color.Reading
	trees   *color.Substituting
	work    sync.Pool // of *coloringWork
}

type coloringWork struct {
	v, sum []float64
	sums   [][]float64
	seeds  seeds
	block  mat.Dense
}

// NewColoring colours the columns of matrices of pattern p for the recovery. It
// tries several orders and keeps the best, by star, acyclic and distance
// colourings after Gebremedhin, Tarafdar, Manne & Pothen (SIAM J. Sci. Comput.
// 29, 2007). The time is in proportion to the number of entries times that of
// colours at most, also if some rows are dense; for 100,000 rows with some ten
// entries it is 0.3 s. It panics with an [Error] if there is no such recovery.
func NewColoring(p *Pattern, how Recovery) *Coloring {
	c := &Coloring{p: p, how: how}
	g := p.adjacency()
	var err error
	switch how {
	case Direct:
		c.color, _ = color.Direct(g)
		c.reading, err = color.NewReading(g, p.ptr, p.row, c.color)
		if err == nil {
			c.color, c.colors = c.reading.Color, c.reading.Colors
		}
	case Substitution:
		c.color, c.colors = color.Substitution(g)
		c.trees, err = color.NewSubstituting(g, p.ptr, p.row, c.color)
	case Diagonal:
		c.color, c.colors = color.Diagonal(g)
	default:
		fail("NewColoring: unknown recovery %d", int(how))
	}
	if err != nil {
		panic(err) // a bug
	}
	return c
}

// unitColoring gives each column a colour of its own.
func unitColoring(p *Pattern) *Coloring {
	c := &Coloring{p: p, how: Direct, color: make([]int32, p.Dim())}
	for j := range c.color {
		c.color[j] = int32(j)
	}
	var err error
	if c.reading, err = color.NewReading(p.adjacency(), p.ptr, p.row, c.color); err != nil {
		panic(err) // a bug
	}
	c.color, c.colors = c.reading.Color, c.reading.Colors
	return c
}

// Pattern returns the pattern for which c was made.
func (c *Coloring) Pattern() *Pattern { return c.p }

// Recovery returns the recovery for which c was made.
func (c *Coloring) Recovery() Recovery { return c.how }

// Colors returns the number of products that a recovery takes.
func (c *Coloring) Colors() int { return c.colors }

// Color returns the colour of column j, from 0 to Colors()-1, or -1 if no
// product needs it. It panics with an [Error] if j is out of range.
func (c *Coloring) Color(j int) int {
	if j < 0 || j >= len(c.color) {
		fail("Color: column %d of %d", j, len(c.color))
	}
	return int(c.color[j])
}

// Sparse puts the matrix whose products with vectors mul computes into dst and
// returns it. mul stores the product with v in dst; it is called once for each
// colour, with a v of zeros and ones, by several goroutines at the same time if
// there are [Workers]. A nil dst is allocated; otherwise nothing is in steady
// state with one worker. The entries off the pattern must be zero: where they
// are not, they are added to others. It panics with an [Error] if c is for the
// diagonal only.
func (c *Coloring) Sparse(dst *Sym, mul func(dst, v []float64), opts ...Option) *Sym {
	checkFunc("Sparse", mul == nil)
	if c.how == Diagonal {
		fail("Sparse: the coloring is for the diagonal only")
	}
	if dst == nil {
		dst = new(Sym)
	}
	if dst.p != c.p || len(dst.val) != c.p.NNZ() {
		dst.ReuseAs(c.p)
	}
	w := c.get()
	defer c.work.Put(w)
	workers := c.workers(opts)
	switch {
	case c.trees != nil:
		if w.sums == nil {
			w.sums = make([][]float64, c.colors)
			for k := range w.sums {
				w.sums[k] = make([]float64, len(c.color))
			}
		}
		if workers > 1 {
			c.parallel(workers, func(own *coloringWork, k int) { mul(w.sums[k], c.seed(own, k)) })
		} else {
			for k, sum := range w.sums {
				mul(sum, c.seed(w, k))
			}
		}
		c.trees.Recover(dst.val, w.sums)
	case workers > 1:
		c.parallel(workers, func(w *coloringWork, k int) {
			mul(w.sum, c.seed(w, k))
			c.reading.Column(dst.val, k, w.sum)
		})
	default:
		for k := range c.colors {
			mul(w.sum, c.seed(w, k))
			c.reading.Column(dst.val, k, w.sum)
		}
	}
	return dst
}

// seeds is the matrix of the sums of unit vectors of so many colours from the
// first on.
type seeds struct {
	color       []int32
	first, cols int
}

func (s *seeds) Dims() (r, c int) { return len(s.color), s.cols }
func (s *seeds) T() mat.Matrix    { return mat.Transpose{Matrix: s} }

func (s *seeds) At(i, j int) float64 {
	if int(s.color[i]) == s.first+j {
		return 1
	}
	return 0
}

// lanes is how many products a sweep takes.
const lanes = 4

// blocks is Sparse of a direct coloring for the Hessian at a point, which takes
// several products in one sweep.
func (c *Coloring) blocks(dst *Sym, q *mixed.Point) *Sym {
	if dst.p != c.p || len(dst.val) != c.p.NNZ() {
		dst.ReuseAs(c.p)
	}
	w := c.get()
	defer c.work.Put(w)
	for k := 0; k < c.colors; k += lanes {
		cols := min(lanes, c.colors-k)
		if cols == 1 {
			q.HVP(w.sum, c.seed(w, k))
			c.reading.Column(dst.val, k, w.sum)
			continue
		}
		w.seeds = seeds{c.color, k, cols}
		w.block.Reset()
		q.HVPs(&w.block, &w.seeds)
		raw := w.block.RawMatrix()
		for l := range cols {
			for i := range w.sum {
				w.sum[i] = raw.Data[i*raw.Stride+l]
			}
			c.reading.Column(dst.val, k+l, w.sum)
		}
	}
	return dst
}

// Diag puts the diagonal of the matrix whose products with vectors mul computes
// into dst and returns it, with as many calls of mul as there are colours. A nil
// dst is allocated. It panics with an [Error] if dst has another length.
func (c *Coloring) Diag(dst []float64, mul func(dst, v []float64), opts ...Option) []float64 {
	checkFunc("Diag", mul == nil)
	if dst == nil {
		dst = make([]float64, len(c.color))
	}
	checkLen("Diag", "dst", len(dst), "rows", len(c.color))
	clear(dst)
	if workers := c.workers(opts); workers > 1 {
		c.parallel(workers, func(w *coloringWork, k int) { c.diagonal(dst, w, k, mul) })
		return dst
	}
	w := c.get()
	defer c.work.Put(w)
	for k := range c.colors {
		c.diagonal(dst, w, k, mul)
	}
	return dst
}

// diagonal stores the diagonal entries of the columns of colour k.
func (c *Coloring) diagonal(dst []float64, w *coloringWork, k int, mul func(dst, v []float64)) {
	mul(w.sum, c.seed(w, k))
	p := c.p
	for j, cj := range c.color {
		if int(cj) == k && p.ptr[j] < p.ptr[j+1] && int(p.row[p.ptr[j]]) == j {
			dst[j] = w.sum[j]
		}
	}
}

// seed returns the sum of the unit vectors of colour k.
func (c *Coloring) seed(w *coloringWork, k int) []float64 {
	for j, cj := range c.color {
		w.v[j] = 0
		if int(cj) == k {
			w.v[j] = 1
		}
	}
	return w.v
}

func (c *Coloring) get() *coloringWork {
	if w, ok := c.work.Get().(*coloringWork); ok {
		return w
	}
	return &coloringWork{v: make([]float64, len(c.color)), sum: make([]float64, len(c.color))}
}

func (c *Coloring) workers(opts []Option) int {
	if len(opts) == 0 {
		return 1
	}
	return min(apply(opts).workers, c.colors)
}

// parallel calls do for each colour, with a workspace of the goroutine.
func (c *Coloring) parallel(workers int, do func(w *coloringWork, k int)) {
	parallelTasks(workers, c.colors, func() (func(int), func()) {
		w := c.get()
		return func(k int) { do(w, k) }, func() { c.work.Put(w) }
	})
}

// parallelTasks does the work from 0 to n-1 with so many goroutines, each of
// which gets its own function from start and calls the second one at the end.
func parallelTasks(workers, n int, start func() (do func(k int), end func())) {
	parallel.Tasks(workers, n, func(tasks iter.Seq[int]) {
		do, end := start()
		for k := range tasks {
			do(k)
		}
		end()
	})
}
