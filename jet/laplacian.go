package jet

import (
	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/internal/parallel"
)

// Laplacian returns the sum of the second derivatives Σ ∂²f/∂x_i² of f at x. It
// calls f once for 32 variables; see [Collapsed]. f must not keep its argument.
func Laplacian(f func([]Collapsed) Collapsed, x []float64, opts ...Option) float64 {
	checkFunc("Laplacian", f == nil)
	_, sum := collapsed("Laplacian", nil, f, x, operator{kind: laplacian, size: len(x)}, opts)
	return sum
}

// ValueGradientLaplacian puts the gradient of f at x into dst and returns it
// with the value and the Laplacian, which cost nothing beside that. A nil dst is
// allocated, otherwise nothing is in steady state by one of the [Workers]. It
// panics with an [Error] if the lengths of dst and x differ. f must not keep its
// argument.
func ValueGradientLaplacian(dst []float64, f func([]Collapsed) Collapsed, x []float64, opts ...Option) (y float64, grad []float64, laplace float64) {
	checkFunc("ValueGradientLaplacian", f == nil)
	if dst == nil {
		dst = make([]float64, len(x))
	}
	checkLen("ValueGradientLaplacian", "dst", len(dst), "x", len(x))
	y, laplace = collapsed("ValueGradientLaplacian", dst, f, x, operator{kind: laplacian, size: len(x)}, opts)
	return y, dst, laplace
}

// WeightedLaplacian returns Tr(σᵀ·H·σ) with the Hessian H of f at x: the sum of
// the second derivatives in the directions of the columns of sigma, a matrix of
// len(x) rows. That is the second-order term of a diffusion with noise σ. It
// calls f once for 32 columns; see [Collapsed]. It
// panics with an [Error] if the number of rows is not len(x). f must not keep
// its argument.
func WeightedLaplacian(f func([]Collapsed) Collapsed, x []float64, sigma *mat.Dense, opts ...Option) float64 {
	checkFunc("WeightedLaplacian", f == nil)
	if sigma == nil {
		fail("WeightedLaplacian: nil sigma")
	}
	r, c := sigma.Dims()
	if r != len(x) {
		fail("WeightedLaplacian: sigma is %d×%d, want len(x) = %d rows", r, c, len(x))
	}
	_, sum := collapsed("WeightedLaplacian", nil, f, x, operator{kind: weighted, size: c, sigma: sigma}, opts)
	return sum
}

// Bilaplacian returns Σ ∂⁴f/∂x_i²∂x_j² over all i and j, the Laplacian of the
// Laplacian of f at x. It sums fourth derivatives in the n² directions e_i and
// e_i ± e_j, by
//
//	12·∂⁴f/∂x_i²∂x_j² = D⁴(e_i+e_j) + D⁴(e_i-e_j) - 2·D⁴(e_i) - 2·D⁴(e_j),
//
// and calls f once for 32 of them; see [Collapsed]. f must not keep its argument.
func Bilaplacian(f func([]Collapsed) Collapsed, x []float64, opts ...Option) float64 {
	checkFunc("Bilaplacian", f == nil)
	_, sum := collapsed("Bilaplacian", nil, f, x, operator{kind: bilaplacian, size: len(x) * len(x)}, opts)
	return sum
}

// collapseBlock is how many directions go together. More make f run less often,
// fewer take less memory: a number of order 2 has up to 8 bytes for each, and one
// of order 4 has 24.
const collapseBlock = 32

// An operator is a weighted sum of derivatives in a number of directions.
type operator struct {
	kind  int
	size  int // number of directions
	sigma *mat.Dense
}

const (
	laplacian = iota
	weighted
	bilaplacian
)

// order returns the order of the derivatives.
func (o operator) order() int {
	if o.kind == bilaplacian {
		return 4
	}
	return 2
}

// A collapser evaluates blocks of directions.
type collapser struct {
	collapse
	x    []Collapsed
	dirs []float64 // n rows, a column for each direction
}

var collapsers pool[collapser]

// A blockSum is what a driver has from the blocks.
type blockSum struct {
	point []float64
	sums  []float64
	value float64
}

var blockSums pool[blockSum]

// collapsed returns the value of f at x and the operator, and puts the gradient
// into grad if that is not nil.
func collapsed(name string, grad []float64, f func([]Collapsed) Collapsed, x []float64, o operator, opts []Option) (y, sum float64) {
	blocks := (o.size + collapseBlock - 1) / collapseBlock
	b := blockSums.get()
	defer blockSums.put(b)
	b.point = append(b.point[:0], x...) // grad may be x
	b.sums = append(b.sums[:0], make([]float64, blocks)...)
	if checking || blocks == 0 {
		c := make([]Collapsed, len(x))
		for i, v := range x {
			c[i].v = v
		}
		y := f(c)
		if !y.constant() && !y.flat() {
			fail("%s: f captures a number that is differentiated outside (perturbation confusion)", name)
		}
		b.value = y.v
	}
	b.run(grad, f, o, workersOf(opts, blocks))
	for _, s := range b.sums {
		sum += s
	}
	return b.value, sum * factorial(o.order())
}

func (b *blockSum) run(grad []float64, f func([]Collapsed) Collapsed, o operator, workers int) {
	if workers <= 1 {
		b.blocks(grad, f, o, 0, 1)
		return
	}
	parallel.Do(workers, func(k int) { b.blocks(grad, f, o, k, workers) })
}

// blocks evaluates f for the blocks lo, lo+step, ….
func (b *blockSum) blocks(grad []float64, f func([]Collapsed) Collapsed, o operator, lo, step int) {
	c := collapsers.get()
	defer collapsers.put(c)
	for i := lo; i < len(b.sums); i += step {
		first := i * collapseBlock
		y := c.block(f, b.point, o, first, min(first+collapseBlock, o.size))
		b.sums[i] = y.span().top
		if i == 0 {
			b.value = y.v
		}
		if grad != nil {
			out := grad[first:min(first+collapseBlock, o.size)]
			clear(out)
			if !y.constant() {
				copy(out[y.s.lo:], y.s.row(1))
			}
		}
	}
}

// block returns f for the directions lo to hi of the operator.
func (c *collapser) block(f func([]Collapsed) Collapsed, point []float64, o operator, lo, hi int) Collapsed {
	n, m := len(point), hi-lo
	if cap(c.x) < n {
		c.x = make([]Collapsed, n)
	}
	c.x = c.x[:n]
	c.reset(o.order())
	c.dirs = append(c.dirs[:0], make([]float64, n*m)...)
	c.weights = c.weights[:0]
	switch o.kind {
	case laplacian:
		for r := range m {
			c.dirs[(lo+r)*m+r] = 1
		}
	case weighted:
		for i := range n {
			copy(c.dirs[i*m:(i+1)*m], o.sigma.RawRowView(i)[lo:hi])
		}
	case bilaplacian:
		for r := range m {
			i, j, t := o.pair(n, lo+r)
			c.dirs[i*m+r] = 1
			if j != i {
				c.dirs[j*m+r] = t
				c.weights = append(c.weights, 1./6)
			} else {
				c.weights = append(c.weights, float64(4-n)/3)
			}
		}
	}
	for i, v := range point {
		c.x[i] = c.variable(v, c.dirs[i*m:(i+1)*m])
	}
	y := f(c.x)
	if !y.constant() {
		c.check(y.s.w)
	}
	return y
}

// pair returns the direction e_i + t·e_j, or e_i for j = i, with the given
// number, of a Bilaplacian in n variables.
func (o operator) pair(n, number int) (i, j int, t float64) {
	if number < n {
		return number, number, 1
	}
	i, t = (number-n)/2, 1-2*float64((number-n)%2)
	for j = 1; i >= j; j++ {
		i -= j
	}
	return i, j, t
}

// variable returns the variable of value v with the given first coefficients.
func (w *collapse) variable(v float64, dirs []float64) Collapsed {
	lo, hi := 0, len(dirs)
	for lo < hi && dirs[lo] == 0 {
		lo++
	}
	for hi > lo && dirs[hi-1] == 0 {
		hi--
	}
	if lo == hi {
		return Collapsed{v, &w.none}
	}
	s := w.span(lo, hi-lo, 0)
	clear(s.a)
	copy(s.a, dirs[lo:hi])
	return Collapsed{v, s}
}
