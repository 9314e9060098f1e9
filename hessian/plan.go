package hessian

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"

	"github.com/dualjet/dualjet/mixed"
)

// A Method is a way to find a Hessian or a Jacobian. Its value is its name.
type Method string

// The methods for Hessians. Products are taken several in a sweep where that is
// estimated to be faster.
const (
	// EdgePushing goes once backwards over the operations (Gower & Mello, Optim.
	// Methods Softw. 27, 2012).
	EdgePushing Method = "edge pushing"
	// DirectColoring reads the entries off the products of [Direct] recovery.
	DirectColoring Method = "coloring"
	// SubstitutionColoring solves for the entries in the fewer products of
	// recovery by [Substitution].
	SubstitutionColoring Method = "substitution"
	// DenseProducts takes a product with each unit vector.
	DenseProducts Method = "products"
)

// The methods for Jacobians.
const (
	// ColumnColoring goes forward once for each colour of columns.
	ColumnColoring Method = "columns"
	// RowColoring goes backwards once for each colour of rows.
	RowColoring Method = "rows"
	// BothColoring goes by columns or by rows, but for the longest rows or columns,
	// which go the other way.
	BothColoring Method = "columns and rows"
)

// Plan tells how a sparse Hessian or Jacobian is found, and why so.
type Plan struct {
	Method   Method
	Products int // with vectors, which is the number of colours; 0 for edge pushing
	NNZ      int // entries, of a Hessian in the lower triangle
	// Reason is a text such as "3 products are estimated to take 1.4 times as long".
	// Where no coloring was made it is about the fewest that could be enough.
	Reason string
}

// String returns a text such as "edge pushing, 199999 nonzeros: 3 products are
// estimated to take 1.4 times as long".
func (p Plan) String() string {
	s := string(p.Method)
	if p.Products > 0 {
		s += fmt.Sprintf(" with %d products", p.Products)
	}
	s += fmt.Sprintf(", %d nonzeros", p.NNZ)
	if p.Reason != "" {
		s += ": " + p.Reason
	}
	return s
}

// plan is what is known of a recording.
type plan struct {
	prog     atomic.Pointer[mixed.Program] // nil if it is of one point only
	print    [2]uint64                     // its fingerprint
	pattern  *Pattern                      // nil: too dense
	coloring *Coloring                     // nil: not needed for the Hessian
	blocks   bool                          // of several products at a time
	public   Plan

	once sync.Once
	star *Coloring // made when first needed
}

// direct returns a coloring for direct recovery.
func (pl *plan) direct() *Coloring {
	pl.once.Do(func() {
		pl.star = pl.coloring
		if pl.star == nil || pl.star.how != Direct {
			pl.star = NewColoring(pl.pattern, Direct)
		}
	})
	return pl.star
}

// maxEdges bounds the pattern: beyond it a Hessian is dense.
const maxEdges = 1 << 26

// A cost is what the time of the ways to a Hessian depends on.
type cost struct {
	ops, operands, n int // operations besides the n variables, operands in lists
	edges            edgeCount
}

// An edgeCount says how many edges edge pushing makes: those that are replaced by
// others, and those between variables, in short columns and in others.
type edgeCount struct{ inner, short, long int }

// costOf returns the cost of p but for its edges.
func costOf(p *mixed.Program) cost {
	n, _ := p.Dims()
	return cost{ops: p.Len() - n, operands: p.Stats().Operands, n: n}
}

// Products with more than large operations wait for memory. Beyond huge four at a
// time take too much of it, 64 bytes an operation.
const (
	large = 1 << 18
	huge  = 1 << 22
)

// The methods return a time in nanoseconds on one machine; only the ratios
// matter.

func (c cost) pushing() float64 {
	e := c.edges
	return float64(c.ops) + 4*float64(c.operands) + 6*float64(e.inner) + 5*float64(e.short) + 12*float64(e.long)
}

func (c cost) singles(colors int) float64 {
	return float64(colors) * c.waiting() * (4*float64(c.ops) + 1.5*float64(c.operands) + 3*float64(c.n))
}

func (c cost) blocks(colors int) float64 {
	if c.ops+c.operands > huge {
		return math.Inf(1)
	}
	return float64((colors+lanes-1)/lanes) * c.waiting() * (7*float64(c.ops) + 5*float64(c.operands) + 22*float64(c.n))
}

func (c cost) waiting() float64 {
	if c.ops+c.operands > large {
		return 1.3
	}
	return 1
}

var pushers = sync.Pool{New: func() any { return new(pusher) }}

// newPlan returns the plan for p by the given method, "" for the fastest. If the
// last one is of the same operations, it is returned, and if it has the same pattern,
// that and its coloring are taken over.
func newPlan(p *mixed.Program, last *plan, using Method) *plan {
	s := pushers.Get().(*pusher)
	defer pushers.Put(s)
	n, _ := p.Dims()
	pl := &plan{print: p.Fingerprint()}
	if last != nil && last.print == pl.print {
		return last
	}
	size := costOf(p)
	pl.pattern, size.edges = s.pattern(p, maxEdges)
	if pl.pattern == nil {
		pl.public = Plan{DenseProducts, n, n * (n + 1) / 2, fmt.Sprintf("edge pushing has more than %d edges at a time", maxEdges)}
		return pl
	}
	same := last != nil && last.pattern != nil && last.pattern.Equal(pl.pattern)
	if same {
		pl.pattern = last.pattern
	}
	nnz := pl.pattern.NNZ()
	if using == EdgePushing {
		pl.public = Plan{EdgePushing, 0, nnz, forced}
		return pl
	}
	if least := leastColors(pl.pattern); using == "" && !(same && last.coloring != nil) {
		if products, pushing := min(size.singles(least), size.blocks(least)), size.pushing(); products > pushing {
			pl.public = Plan{EdgePushing, 0, nnz, slower(least, products/pushing) + ", and fewer are not enough"}
			return pl
		}
	}
	var c *Coloring
	switch {
	case same && (using != "" || last.coloring != nil):
		c = last.coloring
	case same:
		c = last.direct()
	case using == SubstitutionColoring:
		c = NewColoring(pl.pattern, Substitution)
	case using == DenseProducts:
		c = unitColoring(pl.pattern)
	default:
		c = NewColoring(pl.pattern, Direct)
	}
	singles, blocks := size.singles(c.Colors()), size.blocks(c.Colors())
	pl.blocks = blocks < singles && c.how == Direct
	pl.public = Plan{DirectColoring, c.Colors(), nnz, forced}
	switch products, pushing := min(singles, blocks), size.pushing(); {
	case using != "":
		pl.public.Method = using
	case products > pushing:
		pl.public = Plan{EdgePushing, 0, nnz, slower(c.Colors(), products/pushing)}
		pl.star = c
		pl.once.Do(func() {})
		return pl
	case c.Colors() == 0:
		pl.public.Reason = "the Hessian is zero"
	default:
		pl.public.Reason = fmt.Sprintf("edge pushing is estimated to take %.2g times as long", pushing/products)
	}
	pl.coloring = c
	return pl
}

func slower(products int, times float64) string {
	if products == 1 {
		return fmt.Sprintf("1 product is estimated to take %.2g times as long", times)
	}
	return fmt.Sprintf("%d products are estimated to take %.2g times as long", products, times)
}

// leastColors returns a number of products below which there is no direct
// recovery. Columns with an entry in common have different colors, and the entries
// between two colors make a forest of stars. A column without a diagonal entry may
// do without a color.
func leastColors(p *Pattern) int {
	degree := make([]int32, p.Dim())
	edges, columns, diagonals := 0, 0, 0
	for i, j := range p.All() {
		if i != j {
			degree[i]++
			degree[j]++
			edges++
		}
	}
	if edges == 0 {
		return min(p.NNZ(), 1)
	}
	for j, d := range degree {
		if d > 0 {
			columns++
			if row := p.row[p.ptr[j]:p.ptr[j+1]]; len(row) > 0 && int(row[0]) == j {
				diagonals++
			}
		}
	}
	// A forest has less edges than vertices, and the pairs of c colors have c-1
	// times all vertices.
	least := edges/columns + 2
	if least == 2 {
		for i, j := range p.All() {
			if i != j && degree[i] > 1 && degree[j] > 1 {
				least = 3 // for a path of four, or a triangle
				break
			}
		}
	}
	if diagonals < columns {
		least--
	}
	return least
}

const forced = "as the option Using says"
