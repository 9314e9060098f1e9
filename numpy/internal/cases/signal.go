package cases

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/signal"
)

func init() { groups = append(groups, convolutions) }

// convolutions returns the cases of package signal and those of vectors.
func convolutions() []Case {
	var all []Case
	modes := []signal.Mode{signal.Full, signal.Same, signal.Valid}
	for _, mode := range modes {
		for _, s := range [][2]int{{5, 3}, {3, 5}, {4, 4}, {6, 2}, {2, 5}, {1, 1}} {
			for _, in := range [][]np.Array{
				{normal(1, s[0]), normal(2, s[1])},
				{complexes(1, s[0]), complexes(2, s[1])},
			} {
				if s[0] < 3 && in[0].IsComplex() {
					continue
				}
				all = append(all,
					Case{Op: "Convolve", Py: fmt.Sprintf("np.convolve(x0, x1, mode='%v')", mode), In: in,
						F: func(x []np.Array) np.Array { return np.Convolve(x[0], x[1], mode) }},
					Case{Op: "Correlate", Py: fmt.Sprintf("np.correlate(x0, x1, mode='%v')", mode), In: in,
						F: func(x []np.Array) np.Array { return np.Correlate(x[0], x[1], mode) }})
			}
		}
	}
	add := func(py string, x, y np.Array, mode signal.Mode, opts ...signal.Option) {
		all = append(all, Case{Op: "signal.Convolve", Py: py, In: []np.Array{x, y}, Tol: 1e-12,
			F: func(x []np.Array) np.Array { return signal.Convolve(x[0], x[1], mode, opts...) }},
			Case{Op: "signal.FFTConvolve", Py: py, In: []np.Array{x, y}, Tol: 1e-12,
				F: func(x []np.Array) np.Array { return signal.FFTConvolve(x[0], x[1], mode, opts...) }})
	}
	for _, mode := range modes {
		py := fmt.Sprintf("sig.convolve(x0, x1, mode='%v')", mode)
		add(py, normal(1, 5), normal(2, 3), mode)
		add(py, normal(1, 4, 4), normal(2, 2, 3), mode)
		add(py, normal(1, 2, 2), normal(2, 3, 4), mode)
		add(py, normal(1, 2, 3, 3), normal(2, 2, 2, 1), mode)
		add(py, complexes(1, 3, 3), normal(2, 2, 2), mode)
	}
	add("sig.convolve(x0, x1, mode='full')", normal(1, 2, 4), normal(2, 3, 2), signal.Full)
	add("sig.convolve(x0, x1, mode='same')", normal(1, 2, 4), normal(2, 3, 2), signal.Same)
	add("sig.convolve(x0, x1, mode='full')[::2, ::3]", normal(1, 3, 4), normal(2, 2, 3), signal.Full, signal.Strides(2, 3))
	add("sig.convolve(x0, x1, mode='same')[::2, ::2]", normal(1, 5, 4), normal(2, 2, 3), signal.Same, signal.Strides(2))

	// Images (image, channel, row, column) with filters (channel, filter, row,
	// column), and others with the axes elsewhere.
	images := func(row string, b, f, c int) string {
		return fmt.Sprintf("np.array([[sum(sig.convolve(%s) for c in range(%d)) for f in range(%d)] for b in range(%d)])", row, c, f, b)
	}
	for _, mode := range []signal.Mode{signal.Full, signal.Valid} {
		add(images(fmt.Sprintf("x0[b, c], x1[c, f], mode='%v'", mode), 2, 2, 2), normal(1, 2, 2, 4, 4), normal(2, 2, 2, 3, 2), mode,
			signal.Axes([]int{2, 3}, []int{2, 3}), signal.DotAxes([]int{1}, []int{0}))
		add(images(fmt.Sprintf("x0[f, c], x1[c, b], mode='%v'", mode), 2, 2, 1)+".transpose(1, 0, 2, 3)",
			normal(1, 2, 1, 2, 2), normal(2, 1, 2, 3, 3), mode,
			signal.Axes([]int{-2, -1}, []int{2, 3}), signal.DotAxes([]int{1}, []int{0}))
		add(fmt.Sprintf("np.array([[sig.convolve(x0[:, b], x1[f], mode='%v') for f in range(3)] for b in range(2)])", mode),
			normal(1, 4, 2), normal(2, 3, 2), mode, signal.Axes([]int{0}, []int{1}))
		add(fmt.Sprintf("sum(sig.convolve(x0[c].T, x1[c], mode='%v') for c in range(2))", mode),
			normal(1, 2, 3, 4), normal(2, 2, 2, 2), mode, signal.Axes([]int{2, 1}, []int{1, 2}), signal.DotAxes([]int{0}, []int{0}))
	}

	for _, t := range []struct {
		name, py string
		f        func(x np.Array, window, stride [2]int) np.Array
	}{
		{"MaxPool", "max", signal.MaxPool}, {"AvgPool", "mean", signal.AvgPool},
	} {
		for _, p := range []struct {
			py             string
			shape          []int
			window, stride [2]int
		}{
			{"x0[..., i::2, j::2] for i in range(2) for j in range(2)", []int{2, 4, 6}, [2]int{2, 2}, [2]int{2, 2}},
			{"x0[..., i:i+2, j:j+3:2] for i in range(3) for j in range(2)", []int{4, 4}, [2]int{3, 2}, [2]int{1, 2}},
			{"x0[..., i:i+4:3, j:j+1] for i in range(2) for j in range(3)", []int{1, 2, 5, 3}, [2]int{2, 3}, [2]int{3, 1}},
		} {
			all = append(all, Case{Op: "signal." + t.name, In: []np.Array{normal(1, p.shape...)},
				Py: fmt.Sprintf("np.%s(np.stack([%s]), axis=0)", t.py, p.py),
				F:  one(func(x np.Array) np.Array { return t.f(x, p.window, p.stride) })})
		}
	}
	return append(all, Case{Op: "signal.MaxPool", Py: "np.array([[2., 3.]])", In: []np.Array{np.FromSlice([]float64{1, 2, 3, 0, 2, 2, 1, 3}, 2, 4)},
		Kink: true, NoJac: true, Note: "the largest share the derivative",
		F: one(func(x np.Array) np.Array { return signal.MaxPool(x, [2]int{2, 2}, [2]int{2, 2}) })})
}
