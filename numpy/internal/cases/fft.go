package cases

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/fft"
)

func init() { groups = append(groups, transforms) }

// transforms returns the cases of package fft: even and odd lengths, cut and
// padded ones, all axes and scales.
func transforms() []Case {
	var all []Case
	add := func(op, py string, f func(np.Array) np.Array, x np.Array) {
		all = append(all, Case{Op: "fft." + op, Py: py, F: one(f), In: []np.Array{x}})
	}
	type function = func(np.Array, ...fft.Option) np.Array
	for _, t := range []struct {
		name, py string
		f        function
	}{
		{"FFT", "fft", fft.FFT}, {"IFFT", "ifft", fft.IFFT},
		{"RFFT", "rfft", fft.RFFT}, {"IRFFT", "irfft", fft.IRFFT},
		{"HFFT", "hfft", fft.HFFT}, {"IHFFT", "ihfft", fft.IHFFT},
	} {
		apply := func(opts ...fft.Option) func(np.Array) np.Array {
			return func(x np.Array) np.Array { return t.f(x, opts...) }
		}
		py := func(args string) string { return fmt.Sprintf("fft.%s(x0%s)", t.py, args) }
		operands := []np.Array{normal(1, 4), normal(2, 5)}
		if t.name != "RFFT" && t.name != "IHFFT" {
			operands = append(operands, complexes(1, 4), complexes(2, 5))
		}
		for _, x := range operands {
			add(t.name, py(""), apply(), x)
			add(t.name, py(", n=3"), apply(fft.N(3)), x)
			add(t.name, py(", n=7"), apply(fft.N(7)), x)
			add(t.name, py(", n=8, norm='ortho'"), apply(fft.N(8), fft.Ortho), x)
			add(t.name, py(", norm='forward'"), apply(fft.ForwardNorm), x)
		}
		add(t.name, py(", axis=0"), apply(fft.Axes(0)), normal(3, 3, 2))
		add(t.name, py(", axis=-2, n=4"), apply(fft.Axes(-2), fft.N(4)), normal(4, 2, 3, 2))
	}
	for _, t := range []struct {
		name, py string
		f        function
		real     bool
	}{
		{"FFT2", "fft2", fft.FFT2, false}, {"IFFT2", "ifft2", fft.IFFT2, false},
		{"FFTN", "fftn", fft.FFTN, false}, {"IFFTN", "ifftn", fft.IFFTN, false},
		{"RFFT2", "rfft2", fft.RFFT2, true}, {"IRFFT2", "irfft2", fft.IRFFT2, false},
		{"RFFTN", "rfftn", fft.RFFTN, true}, {"IRFFTN", "irfftn", fft.IRFFTN, false},
	} {
		apply := func(opts ...fft.Option) func(np.Array) np.Array {
			return func(x np.Array) np.Array { return t.f(x, opts...) }
		}
		py := func(args string) string { return fmt.Sprintf("fft.%s(x0%s)", t.py, args) }
		operands := []np.Array{normal(1, 3, 4)}
		if !t.real {
			operands = append(operands, complexes(1, 3, 4))
		}
		for _, x := range operands {
			add(t.name, py(""), apply(), x)
			add(t.name, py(", s=(4, 3), axes=(0, 1), norm='ortho'"), apply(fft.N(4, 3), fft.Axes(0, 1), fft.Ortho), x)
			add(t.name, py(", axes=(1, 0)"), apply(fft.Axes(1, 0)), x)
		}
		add(t.name, py(", axes=(0, 2)"), apply(fft.Axes(0, 2)), normal(3, 2, 2, 3))
		// Lengths alone are those of the last axes.
		add(t.name, py(", s=(3, 4), axes=(1, 2)"), apply(fft.N(3, 4)), normal(3, 2, 2, 3))
	}
	for _, x := range []np.Array{normal(1, 4), normal(1, 5), complexes(1, 3), normal(1, 3, 4)} {
		add("FFTShift", "fft.fftshift(x0)", func(x np.Array) np.Array { return fft.FFTShift(x) }, x)
		add("IFFTShift", "fft.ifftshift(x0)", func(x np.Array) np.Array { return fft.IFFTShift(x) }, x)
	}
	add("FFTShift", "fft.fftshift(x0, axes=1)", func(x np.Array) np.Array { return fft.FFTShift(x, 1) }, normal(1, 3, 5))
	add("IFFTShift", "fft.ifftshift(x0, axes=(0,))", func(x np.Array) np.Array { return fft.IFFTShift(x, 0) }, normal(1, 3, 5))
	for _, n := range []int{1, 4, 5} {
		all = append(all,
			Case{Op: "fft.FFTFreq", Py: fmt.Sprintf("fft.fftfreq(%d, 0.5)", n), Flat: true,
				F: func([]np.Array) np.Array { return fft.FFTFreq(n, 0.5) }},
			Case{Op: "fft.RFFTFreq", Py: fmt.Sprintf("fft.rfftfreq(%d, 0.5)", n), Flat: true,
				F: func([]np.Array) np.Array { return fft.RFFTFreq(n, 0.5) }})
	}
	return all
}
