package numpy_test

import (
	"fmt"
	"math"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// TestString compares with what NumPy 2 prints.
func TestString(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	f := func(v ...float64) np.Array { return np.FromSlice(v) }
	for _, c := range []struct {
		x    np.Array
		want string
	}{
		{f(1, 2.25, 3.5), "[1.   2.25 3.5 ]"},
		{np.Reshape(f(1, -2, 3.5, 4), 2, 2), "[[ 1.  -2. ]\n" +
			" [ 3.5  4. ]]"},
		{f(1e10, 2.5), "[1.0e+10 2.5e+00]"},
		{f(1e10), "[1.e+10]"},
		{f(1./3, 2./3), "[0.33333333 0.66666667]"},
		{f(1, nan, inf, -inf), "[  1.  nan  inf -inf]"},
		{f(nan), "[nan]"},
		{f(inf), "[inf]"},
		{f(1e-5, 1), "[1.e-05 1.e+00]"},
		{f(), "[]"},
		{np.Zeros(2, 0), "[]"},
		{np.Zeros(0, 3), "[]"},
		{np.Reshape(np.Arange(0, 24, 1), 2, 3, 4), "[[[ 0.  1.  2.  3.]\n" +
			"  [ 4.  5.  6.  7.]\n" +
			"  [ 8.  9. 10. 11.]]\n" +
			"\n" +
			" [[12. 13. 14. 15.]\n" +
			"  [16. 17. 18. 19.]\n" +
			"  [20. 21. 22. 23.]]]"},
		{np.Arange(0, 1000, 1).Index(np.To(9)), "[0. 1. 2. 3. 4. 5. 6. 7. 8.]"},
		{np.Zeros(30), "[0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0.\n" +
			" 0. 0. 0. 0. 0. 0.]"},
		{np.Arange(0, 1001, 1), "[   0.    1.    2. ...  998.  999. 1000.]"},
		{np.Reshape(np.Arange(0, 2000, 1), 40, 50), "[[0.000e+00 1.000e+00 2.000e+00 ... 4.700e+01 4.800e+01 4.900e+01]\n" +
			" [5.000e+01 5.100e+01 5.200e+01 ... 9.700e+01 9.800e+01 9.900e+01]\n" +
			" [1.000e+02 1.010e+02 1.020e+02 ... 1.470e+02 1.480e+02 1.490e+02]\n" +
			" ...\n" +
			" [1.850e+03 1.851e+03 1.852e+03 ... 1.897e+03 1.898e+03 1.899e+03]\n" +
			" [1.900e+03 1.901e+03 1.902e+03 ... 1.947e+03 1.948e+03 1.949e+03]\n" +
			" [1.950e+03 1.951e+03 1.952e+03 ... 1.997e+03 1.998e+03 1.999e+03]]"},
		{np.Reshape(np.Arange(0, 1200, 1), 2, 150, 4), "[[[0.000e+00 1.000e+00 2.000e+00 3.000e+00]\n" +
			"  [4.000e+00 5.000e+00 6.000e+00 7.000e+00]\n" +
			"  [8.000e+00 9.000e+00 1.000e+01 1.100e+01]\n" +
			"  ...\n" +
			"  [5.880e+02 5.890e+02 5.900e+02 5.910e+02]\n" +
			"  [5.920e+02 5.930e+02 5.940e+02 5.950e+02]\n" +
			"  [5.960e+02 5.970e+02 5.980e+02 5.990e+02]]\n" +
			"\n" +
			" [[6.000e+02 6.010e+02 6.020e+02 6.030e+02]\n" +
			"  [6.040e+02 6.050e+02 6.060e+02 6.070e+02]\n" +
			"  [6.080e+02 6.090e+02 6.100e+02 6.110e+02]\n" +
			"  ...\n" +
			"  [1.188e+03 1.189e+03 1.190e+03 1.191e+03]\n" +
			"  [1.192e+03 1.193e+03 1.194e+03 1.195e+03]\n" +
			"  [1.196e+03 1.197e+03 1.198e+03 1.199e+03]]]"},
		{np.Arange(0, 30, 1).Scale(1. / 8), "[0.    0.125 0.25  0.375 0.5   0.625 0.75  0.875 1.    1.125 1.25  1.375\n" +
			" 1.5   1.625 1.75  1.875 2.    2.125 2.25  2.375 2.5   2.625 2.75  2.875\n" +
			" 3.    3.125 3.25  3.375 3.5   3.625]"},
		{np.Reshape(np.Arange(0, 50, 1), 2, 25).Scale(0.75), "[[ 0.    0.75  1.5   2.25  3.    3.75  4.5   5.25  6.    6.75  7.5   8.25\n" +
			"   9.    9.75 10.5  11.25 12.   12.75 13.5  14.25 15.   15.75 16.5  17.25\n" +
			"  18.  ]\n" +
			" [18.75 19.5  20.25 21.   21.75 22.5  23.25 24.   24.75 25.5  26.25 27.\n" +
			"  27.75 28.5  29.25 30.   30.75 31.5  32.25 33.   33.75 34.5  35.25 36.\n" +
			"  36.75]]"},
		{np.FromComplex([]complex128{1 + 2i, 3.5 - 1i}), "[1. +2.j 3.5-1.j]"},
		{np.FromComplex([]complex128{complex(nan, 1), complex(0, -inf)}), "[nan +1.j  0.-infj]"},
		{np.FromComplex([]complex128{complex(2, nan), complex(0.5, inf)}), "[2. +nanj 0.5+infj]"},
		{f(math.Copysign(0, -1), 0), "[-0.  0.]"},
		{f(1e100, -1e-300, nan), "[ 1.e+100 -1.e-300      nan]"},
		{f(123456.789, 1e7), "[  123456.789 10000000.   ]"},
		{f(1.23456789012e-7, 5), "[1.23456789e-07 5.00000000e+00]"},
		{f(0.1).AddConst(0.2), "[0.3]"},
		{f(0, 0), "[0. 0.]"},
	} {
		if got := c.x.String(); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}

func TestFormat(t *testing.T) {
	x := np.FromSlice([]float64{1, -2.5, 100})
	for _, c := range []struct {
		format string
		x      np.Array
		want   string
	}{
		{"%v", np.Scalar(2), "2"},
		{"%v", np.ComplexScalar(1 + 2i), "(1+2i)"},
		{"%.3f", np.Scalar(math.Pi), "3.142"},
		{"%.3v", np.Scalar(math.Pi), "3.14"},
		{"%.2f", x, "[  1.00  -2.50 100.00]"},
		{"%g", x, "[   1 -2.5  100]"},
		{"%+.0e", x, "[+1e+00 -2e+00 +1e+02]"},
		{"%7.1f", x, "[    1.0    -2.5   100.0]"},
		{"%.2v", np.FromSlice([]float64{1. / 3, 2}), "[0.33 2.  ]"},
		{"%s", x, "[  1.   -2.5 100. ]"},
		{"%.0v", x, "[  1.  -2. 100.]"},
		{"%.0v", np.FromSlice([]float64{10.25, 0.25, -0.25}), "[10.  0. -0.]"},
		{"%.0v", np.FromSlice([]float64{1e10, 0.5}), "[1.e+10 5.e-01]"},
		{"%+v", x, "[  +1.    -2.5 +100. ]"},
		{"%+v", np.FromSlice([]float64{math.Inf(1), math.NaN(), -1}), "[+inf +nan  -1.]"},
		{"%7v", x, "[    1.     -2.5   100. ]"},
		{"%v", np.Zeros(0), "[]"},
		{"%.2f", np.Zeros(2, 0), "[]"},
		{"%6.1f", np.FromSlice([]float64{math.NaN(), math.Inf(-1), 2}), "[   NaN   -Inf    2.0]"},
		{"%.1f", np.FromComplex([]complex128{1, 2i}), "[(1.0+0.0i) (0.0+2.0i)]"},
		{"%d", x, "%!d(numpy.Array of shape (3))"},
	} {
		if got := fmt.Sprintf(c.format, c.x); got != c.want {
			t.Errorf("%s: got %q, want %q", c.format, got, c.want)
		}
	}
	if got := len(fmt.Sprintf("%#v", np.Zeros(2000))); got < 4000 {
		t.Errorf("%%#v leaves elements out: %d bytes", got)
	}
}

// TestFormatTraced prints within a derivative.
func TestFormatTraced(t *testing.T) {
	var got string
	np.Grad(func(x np.Array) np.Array {
		got = fmt.Sprintf("%v %.1f", x, np.Mul(x, x))
		return np.Sum(x)
	})(np.FromSlice([]float64{1, 2.5}))
	if want := "[1.  2.5] [1.0 6.2]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
