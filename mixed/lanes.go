package mixed

import (
	"iter"
	"sync"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/internal/parallel"
)

// lanes is the number of directions that one sweep takes.
const lanes = 4

type lane = [lanes]float64

// A laneScratch is a scratch for several directions.
type laneScratch struct {
	dot, w []lane
	prod   []float64
	one    scratch
	v, hv  []float64
}

// laneScratches keeps those that are not in use, for any goroutine.
var laneScratches = sync.Pool{New: func() any { return new(laneScratch) }}

// HVPs puts the products of the Hessian at the point with the columns of v into
// those of dst and returns it. A sweep takes several of them. A nil dst is
// allocated and an empty one is given its size; it may be v. The option
// [Workers] spreads the sweeps over goroutines. It panics with an [Error] if v
// has not as many rows as there are variables, or dst has not the size of v.
func (q *Point) HVPs(dst *mat.Dense, v mat.Matrix, opts ...Option) *mat.Dense {
	q.check()
	rows, cols := v.Dims()
	checkLen("HVPs", "rows of v", rows, "the number of variables", q.prog.n)
	if dst == nil {
		dst = new(mat.Dense)
	}
	if rows == 0 || cols == 0 {
		return dst
	}
	if dst.IsEmpty() {
		dst.ReuseAs(rows, cols)
	} else if r, c := dst.Dims(); r != rows || c != cols {
		fail("HVPs: dst is %d×%d, want %d×%d", r, c, rows, cols)
	}
	q.differentiate()
	workers := settings(opts).workers
	if q.kinks > 0 {
		workers = 1 // for they share Point.hyper
	}
	if blocks := (cols + lanes - 1) / lanes; workers > 1 && blocks > 1 {
		q.hvpsParallel(dst, v, blocks, min(workers, blocks))
		return dst
	}
	s := laneScratches.Get().(*laneScratch)
	defer laneScratches.Put(s)
	for j := 0; j < cols; j += lanes {
		q.hvpBlock(s, dst, v, j, min(lanes, cols-j))
	}
	return dst
}

// hvpsParallel lets each worker take the next block until there is none. Which
// columns make a block does not depend on the workers.
func (q *Point) hvpsParallel(dst *mat.Dense, v mat.Matrix, blocks, workers int) {
	_, cols := v.Dims()
	parallel.Tasks(workers, blocks, func(tasks iter.Seq[int]) {
		s := laneScratches.Get().(*laneScratch)
		defer laneScratches.Put(s)
		for b := range tasks {
			j := b * lanes
			q.hvpBlock(s, dst, v, j, min(lanes, cols-j))
		}
	})
}

// hvpBlock does k columns from j on.
func (q *Point) hvpBlock(s *laneScratch, dst *mat.Dense, v mat.Matrix, j, k int) {
	n := q.prog.n
	if k > 1 && q.kinks == 0 {
		s.dot = resize(s.dot, len(q.loc))
		s.dot[0] = lane{}
		for i := range n {
			d := &s.dot[i+1]
			*d = lane{}
			for l := range k {
				d[l] = v.At(i, j+l)
			}
		}
		q.laneTangents(s)
		q.laneSecond(s)
		sum := 0.0
		for i := range n {
			for _, h := range s.w[i+1][:k] {
				sum += h * 0
			}
		}
		if sum == 0 {
			for i := range n {
				copy(dst.RawRowView(i)[j:], s.w[i+1][:k])
			}
			return
		}
	}
	s.v, s.hv = resize(s.v, n), resize(s.hv, n)
	for l := range k {
		for i := range n {
			s.v[i] = v.At(i, j+l)
		}
		q.hvp(&s.one, s.hv, s.v)
		for i, h := range s.hv {
			dst.Set(i, j+l, h)
		}
	}
}

// axpy adds c·x to y.
func axpy(y *lane, c float64, x *lane) {
	y[0] += c * x[0]
	y[1] += c * x[1]
	y[2] += c * x[2]
	y[3] += c * x[3]
}

// combine sets z to a·x + b·y.
func combine(z *lane, a float64, x *lane, b float64, y *lane) {
	z[0] = a*x[0] + b*y[0]
	z[1] = a*x[1] + b*y[1]
	z[2] = a*x[2] + b*y[2]
	z[3] = a*x[3] + b*y[3]
}

// accumulate adds a·x + b·y to z.
func accumulate(z *lane, a float64, x *lane, b float64, y *lane) {
	z[0] += a*x[0] + b*y[0]
	z[1] += a*x[1] + b*y[1]
	z[2] += a*x[2] + b*y[2]
	z[3] += a*x[3] + b*y[3]
}

// laneTangents is tangents in several directions.
func (q *Point) laneTangents(s *laneScratch) {
	loc := q.loc
	dot := s.dot[:len(loc)]
	for i := q.prog.n + 1; i < len(loc); i++ {
		l := &loc[i]
		switch l.y {
		case 0:
			d, x := &dot[i], &dot[l.x]
			d[0], d[1], d[2], d[3] = l.jx*x[0], l.jx*x[1], l.jx*x[2], l.jx*x[3]
		case elsewhere:
			q.laneListTangent(i, dot)
		default:
			combine(&dot[i], l.jx, &dot[l.x], l.jy, &dot[l.y])
		}
	}
}

func (q *Point) laneListTangent(i int, dot []lane) {
	d := &dot[i]
	o := q.prog.ops[i]
	if !o.code.isNary() {
		f := &q.full[q.loc[i].x]
		combine(d, f.jx, &dot[f.x], f.jy, &dot[f.y])
		return
	}
	*d = lane{}
	args := q.prog.list(o)
	if n := q.products(o); n > 0 {
		for ; n > 0; n-- {
			x, y := args[0], args[1]
			accumulate(d, q.val[y], &dot[x], q.val[x], &dot[y])
			args = args[2:]
		}
		for _, a := range args {
			axpy(d, 1, &dot[a])
		}
		return
	}
	jac := q.slope(i, o)
	for k, a := range args {
		axpy(d, jac[k], &dot[a])
	}
}

// laneSecond is second in several directions.
func (q *Point) laneSecond(s *laneScratch) {
	s.w = resize(s.w, len(q.loc))
	clear(s.w)
	loc := q.loc
	dot, w := s.dot[:len(loc)], s.w[:len(loc)]
	for i := len(loc) - 1; i > q.prog.n; i-- {
		l := &loc[i]
		switch l.y {
		case 0:
			accumulate(&w[l.x], l.jx, &w[i], l.c, &dot[l.x])
		case elsewhere:
			q.laneListSecond(s, i)
		default:
			accumulate(&w[l.x], l.jx, &w[i], l.c, &dot[l.y])
			accumulate(&w[l.y], l.jy, &w[i], l.c, &dot[l.x])
		}
	}
}

func (q *Point) laneListSecond(s *laneScratch, i int) {
	dot, w := s.dot, s.w
	b := &w[i]
	o := q.prog.ops[i]
	if !o.code.isNary() {
		f := &q.full[q.loc[i].x]
		dx, dy := &dot[f.x], &dot[f.y]
		axpy(&w[f.x], f.jx, b)
		accumulate(&w[f.x], f.cxx, dx, f.cxy, dy)
		axpy(&w[f.y], f.jy, b)
		accumulate(&w[f.y], f.cxy, dx, f.cyy, dy)
		return
	}
	bar := q.bar[i]
	args := q.prog.list(o)
	if n := q.products(o); n > 0 {
		val := q.val
		for ; n > 0; n-- {
			x, y := args[0], args[1]
			accumulate(&w[x], val[y], b, bar, &dot[y])
			accumulate(&w[y], val[x], b, bar, &dot[x])
			args = args[2:]
		}
		for _, a := range args {
			axpy(&w[a], 1, b)
		}
		return
	}
	if o.code == opProd {
		s.product(args, q.val, bar)
	}
	d0, d1, k := q.curvature(i, o)
	d0, d1 = bar*d0, bar*d1
	t := *b
	axpy(&t, -bar*k, &dot[i])
	jac := q.slope(i, o)
	if d0 == 0 && d1 == 0 {
		for m, a := range args {
			axpy(&w[a], jac[m], &t)
		}
		return
	}
	for m, a := range args {
		j := jac[m]
		accumulate(&w[a], j, &t, d0+d1*j, &dot[a])
	}
}

// product is that of scratch in several directions.
func (s *laneScratch) product(args []uint32, val []float64, bar float64) {
	n := len(args)
	s.prod = resize(s.prod, 2*n)
	for l := range lanes {
		v, d := 1.0, 0.0
		for k, a := range args {
			s.prod[k], s.prod[n+k] = v, d
			v, d = v*val[a], d*val[a]+v*s.dot[a][l]
		}
		v, d = 1, 0
		for k := n - 1; k >= 0; k-- {
			a := args[k]
			s.w[a][l] += bar * (s.prod[n+k]*v + s.prod[k]*d)
			v, d = v*val[a], d*val[a]+v*s.dot[a][l]
		}
	}
}
