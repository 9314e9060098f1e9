package numpy

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		format string
		x      Array
		want   string
	}{
		{"%v", Scalar(1.5), "1.5"},
		{"%v", Array{}, "0"},
		{"%v", FromSlice([]float64{1, 2, 3}), "[1. 2. 3.]"},
		{"%v", FromSlice([]float64{1, -2.5, 10.25}), "[ 1.   -2.5  10.25]"},
		{"%v", FromSlice([]float64{1.0 / 3, 1}), "[0.33333333 1.        ]"},
		{"%v", FromSlice([]float64{math.NaN(), math.Inf(1), math.Inf(-1)}), "[ nan  inf -inf]"},
		{"%v", FromSlice([]float64{1e-10, 1}), "[1.e-10 1.e+00]"},
		{"%v", FromSlice(nil), "[]"},
		{"%v", Reshape(FromSlice([]float64{1, 2, 3, 4}), 2, 2), "[[1. 2.]\n [3. 4.]]"},
		{"%v", Reshape(FromSlice([]float64{1, 2, 3, 4}), 2, 1, 2), "[[[1. 2.]]\n\n [[3. 4.]]]"},
		{"%v", FromComplex([]complex128{1 + 2i, -0.5i}), "[ 1.+2.j 0.-0.5j]"},
		{"%v", ComplexScalar(1 + 2i), "(1+2i)"},
		{"%.2f", FromSlice([]float64{1, 2.345}), "[1.00 2.35]"},
		{"%6.1e", FromSlice([]float64{1, 20}), "[1.0e+00 2.0e+01]"},
		{"%v", Arange(0, 2000, 1), "[   0.    1.    2. ... 1997. 1998. 1999.]"},
		{"%d", FromSlice([]float64{1}), "%!d(numpy.Array of shape (1))"},
	} {
		if got := fmt.Sprintf(c.format, c.x); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.format, got, c.want)
		}
	}
	Grad(func(x Array) Array {
		if got := fmt.Sprint(x); got != "3" {
			t.Errorf("in a derivative: got %s", got)
		}
		return x
	})(Scalar(3))
	if s := Zeros(40, 40).String(); strings.Count(s, "\n") != 6 || !strings.Contains(s, "...") {
		t.Errorf("large matrix: got\n%s", s)
	}
}
