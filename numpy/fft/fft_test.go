package fft_test

import (
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"sync"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/fft"
)

// sample returns n complex numbers.
func sample(n int) np.Array {
	c := make([]complex128, n)
	for i := range c {
		c[i] = complex(math.Sin(float64(3*i+1)), math.Cos(float64(i*i)))
	}
	return np.WrapComplex(c)
}

// TestSum compares with the sum that defines the transform, for lengths with
// and without large prime factors.
func TestSum(t *testing.T) {
	for _, n := range []int{1, 2, 3, 16, 30, 37, 97} {
		x := sample(n)
		got := fft.FFT(x).Complex128s()
		back := fft.IFFT(fft.FFT(x)).Complex128s()
		for k := range n {
			var want complex128
			for j, v := range x.Complex128s() {
				want += v * cmplx.Rect(1, -2*math.Pi*float64(j*k%n)/float64(n))
			}
			if cmplx.Abs(got[k]-want) > 1e-13*float64(n) {
				t.Errorf("n = %d: coefficient %d is %v, want %v", n, k, got[k], want)
			}
			if cmplx.Abs(back[k]-x.Complex128s()[k]) > 1e-14*float64(n) {
				t.Errorf("n = %d: the inverse gives %v for %v", n, back[k], x.Complex128s()[k])
			}
		}
	}
}

// TestUnitary checks that norms are kept with Ortho, along every axis.
func TestUnitary(t *testing.T) {
	x := np.Reshape(sample(24), 2, 3, 4)
	for axis := range 3 {
		y := fft.FFT(x, fft.Axes(axis), fft.Ortho)
		a, b := 0.0, 0.0
		for i, v := range x.Complex128s() {
			w := y.Complex128s()[i]
			a += real(v)*real(v) + imag(v)*imag(v)
			b += real(w)*real(w) + imag(w)*imag(w)
		}
		if math.Abs(a-b) > 1e-13*a {
			t.Errorf("axis %d: squares sum to %g, want %g", axis, b, a)
		}
	}
}

// TestShiftEmpty checks that arrays without elements have nothing to shift.
func TestShiftEmpty(t *testing.T) {
	for _, shape := range [][]int{{0}, {0, 3}, {2, 0}} {
		x := np.FromSlice(nil, shape...)
		for name, y := range map[string]np.Array{"FFTShift": fft.FFTShift(x), "IFFTShift": fft.IFFTShift(x), "last": fft.FFTShift(x, -1)} {
			if !slices.Equal(y.Shape(), shape) {
				t.Errorf("%s: shape %v, want %v", name, y.Shape(), shape)
			}
		}
	}
}

func TestMessages(t *testing.T) {
	x := np.FromSlice([]float64{1, 2, 3})
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { fft.FFT(x, fft.Axes(1)) }, "fft: FFT: axis 1 of an array of 1 dimensions"},
		{func() { fft.FFT(np.Scalar(1)) }, "fft: FFT: axis -1 of an array of 0 dimensions"},
		{func() { fft.FFT(x, fft.N(0)) }, "fft: FFT: length 0 is not positive"},
		{func() { fft.FFT2(x) }, "fft: FFT2: axis -2 of an array of 1 dimensions"},
		{func() { fft.FFTN(x, fft.N(2, 3), fft.Axes(0)) }, "fft: FFTN: 2 lengths for 1 axes"},
		{func() { fft.IRFFT(np.FromSlice([]float64{1})) }, "fft: IRFFT: a single coefficient leaves no length: set N"},
		{func() { fft.FFT(np.FromSlice(nil)) }, "fft: FFT: an axis has length 0"},
		{func() { fft.FFTFreq(0, 1) }, "fft: FFTFreq: length 0 is not positive"},
	} {
		if err := np.Maybe(c.f); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// The gradient of the power in a band of frequencies.
func ExampleRFFT() {
	power := func(x np.Array) np.Array {
		y := fft.RFFT(x)
		return np.Sum(np.Real(np.Mul(y, np.Conj(y))))
	}
	x := np.FromSlice([]float64{1, 0, -1, 0})
	for _, v := range np.Grad(power)(x).Float64s() {
		fmt.Printf("%.4g ", v)
	}
	fmt.Println()
	// Output:
	// 4 0 -4 0
}

func BenchmarkRFFTGrad(b *testing.B) {
	x := np.Real(sample(1024))
	g := np.Grad(func(x np.Array) np.Array {
		y := fft.RFFT(x)
		return np.Sum(np.Real(np.Mul(y, np.Conj(y))))
	})
	b.ReportAllocs()
	for b.Loop() {
		g(x)
	}
}

// TestTogether checks that derivatives, which share the tables of the
// transform, may be taken by several goroutines.
func TestTogether(t *testing.T) {
	x := np.Sin(np.Arange(0, 1200, 1))
	for name, f := range map[string]func(np.Array) np.Array{
		"FFT":  func(x np.Array) np.Array { return np.Real(fft.FFT(x)) },
		"RFFT": func(x np.Array) np.Array { return np.Real(fft.RFFT(x)) },
		"IRFFT": func(x np.Array) np.Array {
			return fft.IRFFT(x, fft.N(1500))
		},
		"FFT2": func(x np.Array) np.Array { return np.Imag(fft.FFT2(np.Reshape(np.Concatenate(0, x, x, x), 60, 60))) },
	} {
		y, pull := np.VJP(f, x)
		w := np.Cos(np.Reshape(np.Arange(0, float64(y.Size()), 1), y.Shape()...))
		var wg sync.WaitGroup
		wrong := make([]bool, 4)
		for i := range wrong {
			w := w.Scale(float64(i + 1))
			want := pull(w).Float64s()
			wg.Go(func() {
				for range 50 {
					wrong[i] = wrong[i] || !slices.Equal(pull(w).Float64s(), want)
				}
			})
		}
		wg.Wait()
		if slices.Contains(wrong, true) {
			t.Errorf("%s: other derivatives than one at a time", name)
		}
	}
}
