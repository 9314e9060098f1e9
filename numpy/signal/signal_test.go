package signal_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/signal"
)

func ExampleConvolve() {
	// Two filters, horizontal and vertical differences, of one image.
	image := np.FromSlice([]float64{
		0, 0, 0,
		0, 1, 1,
		0, 1, 1,
	}, 1, 1, 3, 3)
	filters := np.FromSlice([]float64{
		1, -1, 0, 0,
		1, 0, -1, 0,
	}, 1, 2, 2, 2)
	z := signal.Convolve(image, filters, signal.Valid,
		signal.Axes([]int{2, 3}, []int{2, 3}), signal.DotAxes([]int{1}, []int{0}))
	fmt.Println(z.Shape())
	fmt.Println(z.At(0, 0).Float64s(), z.At(0, 1).Float64s())
	// Output:
	// [1 2 2 2]
	// [1 0 1 0] [1 1 0 0]
}

func ExampleMaxPool() {
	x := np.FromSlice([]float64{
		1, 2, 3, 4,
		5, 6, 7, 8,
	}, 2, 4)
	z := signal.MaxPool(x, [2]int{2, 2}, [2]int{2, 2})
	fmt.Println(z.Shape(), z.Float64s())
	// Output: [1 2] [6 8]
}

// TestStrides compares strided convolutions with parts of whole ones.
func TestStrides(t *testing.T) {
	x, y := random(1, 2, 7, 9), random(2, 3, 3, 2)
	axes := signal.Axes([]int{1, 2}, []int{1, 2})
	for _, mode := range []signal.Mode{signal.Full, signal.Same, signal.Valid} {
		whole := signal.Convolve(x, y, mode, axes)
		for _, s := range [][2]int{{1, 1}, {2, 3}, {4, 1}, {10, 10}} {
			part := signal.Convolve(x, y, mode, axes, signal.Strides(s[0], s[1]))
			n := whole.Shape()
			if want := []int{2, 3, (n[2] + s[0] - 1) / s[0], (n[3] + s[1] - 1) / s[1]}; !slices.Equal(part.Shape(), want) {
				t.Fatalf("%v, strides %v: shape %v, want %v", mode, s, part.Shape(), want)
			}
			for i := range part.Shape()[2] {
				for j := range part.Shape()[3] {
					got, want := part.At(1, 2, i, j).Float64(), whole.At(1, 2, i*s[0], j*s[1]).Float64()
					if math.Abs(got-want) > 1e-14 {
						t.Errorf("%v, strides %v at %d, %d: %v, want %v", mode, s, i, j, got, want)
					}
				}
			}
		}
	}
	f := func(x np.Array) np.Array {
		return np.Sum(np.Sin(signal.Convolve(x, np.Mul(y, np.Mean(x)), signal.Same, axes, signal.Strides(3, 2))))
	}
	if err := np.CheckGrads(f, random(1, 2, 4, 5), 2, np.Forward|np.Reverse); err != nil {
		t.Error(err)
	}
}

// TestEmpty convolves no images, and with no filters.
func TestEmpty(t *testing.T) {
	for _, s := range [][2][]int{{{0, 1, 4, 4}, {1, 2, 3, 3}}, {{2, 1, 4, 4}, {1, 0, 3, 3}}, {{2, 0, 4, 4}, {0, 3, 3, 3}}} {
		x, y := random(1, s[0]...), random(2, s[1]...)
		want := []int{s[0][0], s[1][1], 2, 2}
		if z := layer(x, y); !slices.Equal(z.Shape(), want) || np.Sum(z).Float64() != 0 {
			t.Errorf("%v: shape %v, want %v", s, z.Shape(), want)
		}
		g := np.Grad(func(x np.Array) np.Array { return np.Sum(layer(x, y)) })(x)
		if !slices.Equal(g.Shape(), s[0]) {
			t.Errorf("%v: gradient of shape %v", s, g.Shape())
		}
	}
}

// TestPoolSpecials checks NaN, and the shares of equal elements.
func TestPoolSpecials(t *testing.T) {
	two := [2]int{2, 2}
	x := np.FromSlice([]float64{1, 3, math.NaN(), 0, 3, 3, 1, math.Inf(1)}, 2, 4)
	z := signal.MaxPool(x, two, two).Float64s()
	if z[0] != 3 || !math.IsNaN(z[1]) {
		t.Errorf("%v, want [3 NaN]", z)
	}
	g := np.Grad(func(x np.Array) np.Array { return np.Sum(signal.MaxPool(x, two, two)) })(x).Float64s()
	if third := 1.0 / 3; !slices.Equal(g, []float64{0, third, 1, 0, third, third, 0, 0}) {
		t.Errorf("gradient %v", g)
	}
	low := np.FromSlice([]float64{math.Inf(-1), math.Inf(-1)}, 1, 2)
	if z := signal.MaxPool(low, [2]int{1, 2}, two).Float64(); !math.IsInf(z, -1) {
		t.Errorf("maximum of -Inf is %v", z)
	}
	c := np.FromComplex([]complex128{1, 2i, 3, 2}, 2, 2)
	if z := signal.AvgPool(c, two, two).Complex128(); z != 1.5+0.5i {
		t.Errorf("mean of complex numbers is %v", z)
	}
}

// TestErrors checks what panics say.
func TestErrors(t *testing.T) {
	x, y := random(1, 2, 3), random(2, 3, 2)
	two := [2]int{2, 2}
	for want, f := range map[string]func(){
		"signal: Convolve: none of the shapes (2,3) and (3,2) lies within the other": func() { signal.Convolve(x, y, signal.Valid) },
		"signal: Convolve: shapes (2,3) and (3) do not align along axes [0 1] and [0], dot axes [] and []": func() {
			signal.Convolve(x, random(1, 3), signal.Full)
		},
		"signal: Convolve: shapes (2,3) and (3,2) do not align along axes [1] and [1], dot axes [0] and [0]": func() {
			signal.Convolve(x, y, signal.Full, signal.DotAxes([]int{0}, []int{0}))
		},
		"signal: Convolve: an axis twice among [1 1] of shape (2,3)": func() {
			signal.Convolve(x, y, signal.Full, signal.Axes([]int{1, -1}, []int{0, 1}))
		},
		"signal: Convolve: axis 2 of shape (2,3)": func() {
			signal.Convolve(x, y, signal.Full, signal.Axes([]int{2}, []int{0}))
		},
		"signal: Convolve: shapes (0,3) and (3,2) are empty along axes of the convolution": func() {
			signal.Convolve(random(1, 0, 3), y, signal.Full)
		},
		"signal: Convolve: 3 strides for 2 axes":                           func() { signal.Convolve(x, y, signal.Full, signal.Strides(1, 2, 3)) },
		"signal: Convolve: stride 0":                                       func() { signal.Convolve(x, y, signal.Full, signal.Strides(0)) },
		"signal: Convolve: mode 5":                                         func() { signal.Convolve(x, y, 5) },
		"signal: MaxPool: shape (3) has no two axes":                       func() { signal.MaxPool(random(1, 3), two, two) },
		"signal: AvgPool: window (2,2) with strides (2,2) for shape (1,3)": func() { signal.AvgPool(random(1, 1, 3), two, two) },
		"signal: MaxPool: not defined for complex numbers":                 func() { signal.MaxPool(np.AsComplex(x), two, two) },
	} {
		err := np.Maybe(f)
		if err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
