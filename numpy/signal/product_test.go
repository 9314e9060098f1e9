package signal

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"runtime"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// TestBlocks compares products of matrices, block by block, with sums of
// products one by one.
func TestBlocks(t *testing.T) {
	type shape struct {
		n, c, f                  int
		in, kernel, start, steps []int
		sign                     int
	}
	for name, s := range map[string]shape{
		"small":             {2, 3, 4, []int{5, 6}, []int{2, 3}, []int{1, 2}, []int{1, 1}, -1},
		"one position":      {7, 3, 4, []int{3, 2}, []int{3, 2}, []int{2, 1}, []int{9, 9}, -1},
		"no axis":           {3, 2, 5, nil, nil, nil, nil, -1},
		"many positions":    {1, 2, 3, []int{50000}, []int{3}, []int{0}, []int{1}, -1},
		"strides":           {2, 2, 3, []int{40, 41}, []int{3, 4}, []int{-1, -2}, []int{2, 3}, 1},
		"many channels":     {2, 40, 3, []int{12, 12}, []int{7, 7}, []int{6, 6}, []int{1, 1}, -1},
		"large window":      {2, 2, 3, []int{40, 36}, []int{30, 31}, []int{25, 30}, []int{1, 1}, -1},
		"blocks in a row":   {2, 3, 3, []int{3, 200}, []int{2, 150}, []int{0, 10}, []int{1, 1}, -1},
		"nothing in sight":  {1, 1, 3, []int{4}, []int{2}, []int{9}, []int{1}, 1},
		"several at a time": {9, 4, 3, []int{9, 9}, []int{3, 3}, []int{2, 2}, []int{1, 1}, -1},
	} {
		w := window{in: s.in, kernel: s.kernel, start: s.start, stride: s.steps, sign: s.sign}
		for i, n := range s.in {
			w.out = append(w.out, max(1, (n-s.start[i]+s.steps[i]-1)/s.steps[i]))
		}
		r := rand.New(rand.NewPCG(1, 2))
		for result := range inNone {
			p := product{window: w, n: s.n, c: s.c, f: s.f, result: result, absorb: inNone}
			sizes := [3]int{inX: s.n * s.c * size(w.in), inK: s.f * s.c * size(w.kernel), inZ: s.n * s.f * size(w.out)}
			compare(t, name, p, sizes, func() float64 { return r.NormFloat64() }, math.Abs)
			compare(t, name+", complex", p, sizes, func() complex128 { return complex(r.NormFloat64(), r.NormFloat64()) }, cmplx.Abs)
		}
	}
}

func compare[T float64 | complex128](t *testing.T, name string, p product, sizes [3]int, random func() T, abs func(T) float64) {
	t.Helper()
	var a [3][]T
	for i, n := range sizes {
		a[i] = make([]T, n)
		if i != p.result {
			for j := range a[i] {
				a[i][j] = random()
			}
		}
	}
	results := make([][]T, 4)
	for i := range results {
		results[i] = make([]T, sizes[p.result])
		a[p.result] = results[i]
		s := sum[T]{p, a[inX], a[inK], a[inZ], size(p.in), size(p.kernel), size(p.out)}
		switch in := p.operands(); i {
		case 0:
			s.each(true)
		case 1:
			s.each(false)
		case 2:
			s.inBlocks(0, p.n)
		case 3:
			addProduct(p, a[p.result], a[in[0]], a[in[1]])
		}
	}
	for i, got := range results[1:] {
		for j, want := range results[0] {
			if abs(got[j]-want) > 1e-10*(1+abs(want)) {
				t.Errorf("%s, result %d, way %d: element %d is %v, want %v", name, p.result, i+1, j, got[j], want)
				break
			}
		}
	}
}

// TestMemory checks that a convolution and its gradients take memory for their
// results and a block, not for all that the windows see.
func TestMemory(t *testing.T) {
	images, filters := np.Ones(8, 16, 28, 28), np.Ones(16, 4, 5, 5)
	conv := func(x, y np.Array) np.Array {
		return np.Sum(Convolve(x, y, Same, Axes([]int{2, 3}, []int{2, 3}), DotAxes([]int{1}, []int{0})))
	}
	// All that the windows see has 20 MB, the images have 0.8 MB.
	const limit = 5 << 20
	for name, f := range map[string]func(){
		"value":               func() { conv(images, filters) },
		"gradient of filters": func() { np.Grad(func(y np.Array) np.Array { return conv(images, y) })(filters) },
		"gradient of images":  func() { np.Grad(func(x np.Array) np.Array { return conv(x, filters) })(images) },
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > limit {
			t.Errorf("%s: %d bytes", name, n)
		}
	}
}

// TestInfinite checks that derivatives of 0 are 0 also times Inf, and that
// nothing outside an array is multiplied.
func TestInfinite(t *testing.T) {
	inf := math.Inf(1)
	x, k := np.FromSlice([]float64{1, 0, 2}), np.FromSlice([]float64{3, inf})
	at := func(i int) func(np.Array) np.Array {
		return func(x np.Array) np.Array { return Convolve(x, k, Full).At(i) }
	}
	nan := math.NaN()
	for name, c := range map[string]struct {
		got  np.Array
		want []float64
	}{
		"value":     {Convolve(x, k, Full), []float64{3, inf, nan, inf}},
		"first":     {np.Grad(at(0))(x), []float64{3, 0, 0}},
		"second":    {np.Grad(at(1))(x), []float64{inf, 3, 0}},
		"of kernel": {np.Grad(func(k np.Array) np.Array { return Convolve(x, k, Full).At(1) })(k), []float64{0, 1}},
		"tangent":   {tangent(func(x np.Array) np.Array { return Convolve(x, k, Full) }, x, np.FromSlice([]float64{0, 0, 1})), []float64{0, 0, 3, inf}},
		"mixed":     {np.HVP(func(x np.Array) np.Array { return np.Mul(at(0)(x), x.At(2)) })(x, np.FromSlice([]float64{0, 0, 1})), []float64{3, 0, 0}},
	} {
		for i, got := range c.got.Float64s() {
			if want := c.want[i]; got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s: %v, want %v", name, c.got, c.want)
				break
			}
		}
	}
}

func tangent(f func(np.Array) np.Array, x, v np.Array) np.Array {
	_, dot := np.JVP(f, x, v)
	return dot
}
