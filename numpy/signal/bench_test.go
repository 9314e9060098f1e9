package signal_test

import (
	"math/rand/v2"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/signal"
)

func random(seed uint64, shape ...int) np.Array {
	r := rand.New(rand.NewPCG(seed, 1))
	n := 1
	for _, s := range shape {
		n *= s
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = r.NormFloat64()
	}
	return np.Wrap(v, shape...)
}

// layer is a convolution of images with filters.
func layer(images, filters np.Array) np.Array {
	return signal.Convolve(images, filters, signal.Valid,
		signal.Axes([]int{2, 3}, []int{2, 3}), signal.DotAxes([]int{1}, []int{0}))
}

// BenchmarkLayer measures a convolution of 32 images of digits with 6 filters,
// its gradient with respect to these, to the images, and pooling on top.
func BenchmarkLayer(b *testing.B) {
	images, filters := random(1, 32, 1, 28, 28), random(2, 1, 6, 5, 5)
	pool := [2]int{2, 2}
	b.Run("value", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			layer(images, filters)
		}
	})
	for _, t := range []struct {
		name string
		f    func(np.Array) np.Array
		x    np.Array
	}{
		{"filters", func(x np.Array) np.Array { return np.Sum(layer(images, x)) }, filters},
		{"images", func(x np.Array) np.Array { return np.Sum(layer(x, filters)) }, images},
		{"max", func(x np.Array) np.Array { return np.Sum(signal.MaxPool(layer(images, x), pool, pool)) }, filters},
	} {
		b.Run(t.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				np.Grad(t.f)(t.x)
			}
		})
	}
}
