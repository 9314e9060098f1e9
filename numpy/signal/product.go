package signal

import (
	"runtime"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/cblas128"

	"github.com/dualjet/dualjet/internal/parallel"
	np "github.com/dualjet/dualjet/numpy"
)

// The convolution of arrays x (n, c, axes...) with kernels k (f, c, axes...)
// is the array z (n, f, positions) of the derivatives with respect to its
// elements of
//
//	Σ x[n, c, place of t at u]·k[f, c, t]·z[n, f, u],
//
// the sum over all indices, where a window tells the place. Its derivatives
// are again those of that sum, with respect to x and k: productOp is all three.
var productOp = &np.Op{Name: "signal.Convolve", Multilinear: true}

// The arrays of the sum.
const (
	inX = iota
	inK
	inZ
	inNone
)

// product is the parameter of productOp. The operands are the arrays but that
// of the result, in order.
type product struct {
	window
	n, c, f int
	result  int
	absorb  int // the array whose exact zeros absorb Inf and NaN, as those of derivatives do
}

const (
	// blockSize is the number of elements seen through windows that are written
	// out at a time, few enough for the cache.
	blockSize = 1 << 15
	// direct is the number of kernels up to which it is faster not to write
	// elements out.
	direct = 2
	// parallelFrom is the number of multiplications from which it pays to
	// share them.
	parallelFrom = 1 << 20
)

// operands returns which arrays the operands are.
func (p product) operands() [2]int {
	switch p.result {
	case inX:
		return [2]int{inK, inZ}
	case inK:
		return [2]int{inX, inZ}
	}
	return [2]int{inX, inK}
}

// shape returns that of the result.
func (p product) shape() []int {
	switch p.result {
	case inX:
		return append([]int{p.n, p.c}, p.in...)
	case inK:
		return append([]int{p.f, p.c}, p.kernel...)
	}
	return []int{p.n, p.f, size(p.out)}
}

func init() {
	productOp.Eval = func(c *np.Call) np.Array {
		p, x, y := c.Param.(product), c.In[0], c.In[1]
		shape := p.shape()
		if x.IsComplex() || y.IsComplex() {
			z := make([]complex128, size(shape))
			addProduct(p, z, x.Complex128s(), y.Complex128s())
			return np.WrapComplex(z, shape...)
		}
		z := make([]float64, size(shape))
		addProduct(p, z, x.Float64s(), y.Float64s())
		return np.Wrap(z, shape...)
	}
	productOp.JVP = func(c *np.Call, i int, v np.Array) np.Array {
		p, in := c.Param.(product), slices.Clone(c.In)
		if p.absorb == inNone {
			p.absorb = p.operands()[i]
		}
		in[i] = v
		return productOp.Apply(p, in...)
	}
	productOp.VJP = func(c *np.Call, i int, w np.Array) np.Array {
		p := c.Param.(product)
		in := p.operands()
		var arrays [3]np.Array
		arrays[p.result], arrays[in[1-i]] = w, c.In[1-i]
		if p.absorb != in[1-i] {
			p.absorb = p.result
		}
		p.result = in[i]
		in = p.operands()
		return productOp.Apply(p, arrays[in[0]], arrays[in[1]])
	}
}

// A sum is the sum that productOp is about, of which one array is the result.
type sum[T float64 | complex128] struct {
	product
	x, k, z                     []T
	places, elements, positions int // of the array, the window and the result
}

// addProduct adds the product of two arrays to that of the result.
func addProduct[T float64 | complex128](p product, result, first, second []T) {
	if len(result) == 0 || len(first) == 0 || len(second) == 0 {
		return
	}
	in := p.operands()
	var a [3][]T
	a[p.result], a[in[0]], a[in[1]] = result, first, second
	s := sum[T]{p, a[inX], a[inK], a[inZ], size(p.in), size(p.kernel), size(p.out)}
	finite := allFinite(first) && allFinite(second)
	if !finite || p.f <= direct {
		s.each(finite)
		return
	}
	workers := 1
	if p.result != inK && p.n*p.c*p.f*s.elements >= parallelFrom/s.positions {
		workers = min(runtime.GOMAXPROCS(0), p.n)
	}
	if workers < 2 {
		s.inBlocks(0, p.n)
		return
	}
	parallel.Do(workers, func(w int) { s.inBlocks(w*p.n/workers, (w+1)*p.n/workers) })
}

func allFinite[T float64 | complex128](x []T) bool {
	var s T
	for _, v := range x {
		s += v * 0
	}
	return s == s
}

// each adds the products one by one.
func (s *sum[T]) each(finite bool) {
	step := s.step()
	s.runs(0, s.elements, 0, s.positions, func(t, u, at, n int) {
		for i := range s.n * s.c * s.f {
			b, c, f := i/s.f/s.c, i/s.f%s.c, i%s.f
			x := s.x[(b*s.c+c)*s.places+at:]
			k := &s.k[(f*s.c+c)*s.elements+t]
			z := s.z[(b*s.f+f)*s.positions+u:][:n]
			switch {
			case !finite:
				s.addCarefully(x, k, z, step)
			case s.result == inX:
				v := *k
				for i, w := range z {
					x[i*step] += v * w
				}
			case s.result == inK:
				var v T
				for i, w := range z {
					v += x[i*step] * w
				}
				*k += v
			case step == 1:
				v := *k
				for i, w := range x[:n] {
					z[i] += v * w
				}
			default:
				v := *k
				for i := range z {
					z[i] += v * x[i*step]
				}
			}
		}
	})
}

// addCarefully adds the products of a run where elements may be infinite.
func (s *sum[T]) addCarefully(x []T, k *T, z []T, step int) {
	for i := range z {
		a := [3]*T{inX: &x[i*step], inK: k, inZ: &z[i]}
		if s.absorb != inNone && *a[s.absorb] == 0 {
			continue
		}
		in := s.operands()
		*a[s.result] += *a[in[0]] * *a[in[1]]
	}
}

// inBlocks adds the products for the arrays from b0 up to b1, as products of
// matrices: the elements of x that windows see are written out, for some
// elements of the window and some positions at a time, or for all positions in
// some arrays.
func (s *sum[T]) inBlocks(b0, b1 int) {
	rows := s.c * s.elements
	nu := min(s.positions, max(64, blockSize/rows))
	nb := 1
	if nu == s.positions {
		nb = max(1, min(b1-b0, 256/nu, max(64, blockSize/rows)/nu))
	}
	nc, nt := s.c, s.elements
	if most := blockSize / nb / nu; rows > 2*most {
		nc, nt = max(1, most/s.elements), min(s.elements, most)
	}
	seen := make([]T, nc*nt*nb*nu)
	var z []T
	if nb > 1 {
		z = make([]T, s.f*nb*nu)
	}
	for b := b0; b < b1; b += nb {
		for c := 0; c < s.c; c += nc {
			for t := 0; t < s.elements; t += nt {
				for u := 0; u < s.positions; u += nu {
					s.block(box{b, min(b+nb, b1), c, min(c+nc, s.c), t, min(t+nt, s.elements), u, min(u+nu, s.positions)}, seen, z)
				}
			}
		}
	}
}

// A box is a part of the sum: arrays, channels, elements of the window and
// positions, each from one number up to another.
type box struct{ b0, b1, c0, c1, t0, t1, u0, u1 int }

// block is the part of inBlocks for a box. It uses the memory of seen, and of
// z unless there is one array only.
func (s *sum[T]) block(x box, seen, z []T) {
	rows, cols := (x.c1-x.c0)*(x.t1-x.t0), (x.b1-x.b0)*(x.u1-x.u0)
	seen = seen[:rows*cols]
	k, ldk := s.k[x.c0*s.elements+x.t0:], s.c*s.elements
	ldz := cols
	if x.b1-x.b0 == 1 {
		z, ldz = s.z[x.b0*s.f*s.positions+x.u0:], s.positions
	} else {
		s.copyZ(x, func(at, in, n int) { copy(z[at:at+n], s.z[in:in+n]) })
	}
	switch s.result {
	case inZ:
		clear(seen)
		s.see(x, seen)
		multiplyAdd(blas.NoTrans, blas.NoTrans, s.f, cols, rows, k, ldk, seen, cols, 1, z, ldz)
		if x.b1-x.b0 > 1 {
			s.copyZ(x, func(at, in, n int) { copy(s.z[in:in+n], z[at:at+n]) })
		}
	case inK:
		clear(seen)
		s.see(x, seen)
		multiplyAdd(blas.NoTrans, blas.Trans, s.f, rows, cols, z, ldz, seen, cols, 1, k, ldk)
	case inX:
		multiplyAdd(blas.Trans, blas.NoTrans, rows, cols, s.f, k, ldk, z, ldz, 0, seen, cols)
		s.see(x, seen)
	}
}

// copyZ calls f for every run of z in a box: where it lies in a matrix whose
// rows belong to the kernels, where in z, and its length.
func (s *sum[T]) copyZ(x box, f func(at, in, n int)) {
	n := x.u1 - x.u0
	for i := range s.f {
		for b := x.b0; b < x.b1; b++ {
			f((i*(x.b1-x.b0)+b-x.b0)*n, (b*s.f+i)*s.positions+x.u0, n)
		}
	}
}

// see copies the elements of x that are seen at the positions of a box, or, if
// x is the result, adds what stands for them to it.
func (s *sum[T]) see(x box, seen []T) {
	step, width := s.step(), x.u1-x.u0
	s.runs(x.t0, x.t1, x.u0, x.u1, func(t, u, at, n int) {
		for c := x.c0; c < x.c1; c++ {
			for b := x.b0; b < x.b1; b++ {
				i := (((c-x.c0)*(x.t1-x.t0)+t-x.t0)*(x.b1-x.b0)+b-x.b0)*width + u - x.u0
				part, whole := seen[i:i+n], s.x[(b*s.c+c)*s.places+at:]
				switch {
				case s.result == inX:
					for i, v := range part {
						whole[i*step] += v
					}
				case step == 1:
					copy(part, whole)
				default:
					for i := range part {
						part[i] = whole[i*step]
					}
				}
			}
		}
	})
}

// multiplyAdd puts x·y + beta·z, matrices with the given distances of rows, in
// the place of z, which has m rows and n columns; x or its transpose has k
// columns.
func multiplyAdd[T float64 | complex128](tx, ty blas.Transpose, m, n, k int, x []T, ldx int, y []T, ldy int, beta float64, z []T, ldz int) {
	rx, cx, ry, cy := m, k, k, n
	if tx == blas.Trans {
		rx, cx = k, m
	}
	if ty == blas.Trans {
		ry, cy = n, k
	}
	switch z := any(z).(type) {
	case []float64:
		blas64.Gemm(tx, ty, 1,
			blas64.General{Rows: rx, Cols: cx, Stride: ldx, Data: any(x).([]float64)},
			blas64.General{Rows: ry, Cols: cy, Stride: ldy, Data: any(y).([]float64)}, beta,
			blas64.General{Rows: m, Cols: n, Stride: ldz, Data: z})
	case []complex128:
		cblas128.Gemm(tx, ty, 1,
			cblas128.General{Rows: rx, Cols: cx, Stride: ldx, Data: any(x).([]complex128)},
			cblas128.General{Rows: ry, Cols: cy, Stride: ldy, Data: any(y).([]complex128)}, complex(beta, 0),
			cblas128.General{Rows: m, Cols: n, Stride: ldz, Data: z})
	}
}
