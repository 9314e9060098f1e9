package numpy_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// random returns an array of normal numbers.
func random(r *rand.Rand, shape ...int) np.Array {
	n := 1
	for _, s := range shape {
		n *= s
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = r.NormFloat64()
	}
	return np.Wrap(v, append([]int{}, shape...)...)
}

// slowMatMul multiplies matrices of equal batches of one axis, one element
// after the other.
func slowMatMul(x, y np.Array) np.Array {
	b, m, k, n := x.Shape()[0], x.Shape()[1], x.Shape()[2], y.Shape()[2]
	z := make([]complex128, b*m*n)
	u, v := x.Complex128s(), y.Complex128s()
	for t := range b {
		for i := range m {
			for j := range n {
				for l := range k {
					z[(t*m+i)*n+j] += u[(t*m+i)*k+l] * v[(t*k+l)*n+j]
				}
			}
		}
	}
	return np.WrapComplex(z, b, m, n)
}

func near(x, y np.Array, tol float64) error {
	if !slices.Equal(x.Shape(), y.Shape()) {
		return fmt.Errorf("shape %v, want %v", x.Shape(), y.Shape())
	}
	v := y.Complex128s()
	for i, u := range x.Complex128s() {
		d := u - v[i]
		if !(math.Hypot(real(d), imag(d)) <= tol*(1+math.Hypot(real(v[i]), imag(v[i])))) {
			return fmt.Errorf("element %d is %v, want %v", i, u, v[i])
		}
	}
	return nil
}

// TestMatMulLayouts multiplies matrices small and large, that lie in all ways.
func TestMatMulLayouts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range [][4]int{{1, 1, 1, 1}, {2, 2, 3, 2}, {3, 1, 20, 30}, {2, 30, 20, 1}, {2, 1, 400, 1}, {3, 20, 1, 30},
		{2, 40, 30, 20}, {1, 70, 80, 90}, {0, 2, 3, 4}, {2, 0, 3, 4}, {2, 3, 0, 4}, {2, 3, 4, 0}} {
		b, m, k, n := s[0], s[1], s[2], s[3]
		for way := range 16 {
			x, y := random(r, b, m, k), random(r, b, k, n)
			if way&1 != 0 {
				x = np.Transpose(random(r, b, k, m), 0, 2, 1)
			}
			if way&2 != 0 {
				y = np.Transpose(random(r, b, n, k), 0, 2, 1)
			}
			if way&4 != 0 {
				x = np.Transpose(random(r, m, b, k), 1, 0, 2)
			}
			if way&8 != 0 {
				y = np.Complex(y, random(r, b, k, n))
			}
			got, want := np.MatMul(x, y), slowMatMul(x, y)
			if err := near(got, want, 1e-12); err != nil {
				t.Errorf("%v, way %d: %v", s, way, err)
			}
			if b == 0 {
				continue
			}
			// Vectors and matrices that stretch over the batch.
			one := np.Reshape(x, b*m, k)
			if err := near(np.MatMul(np.Reshape(one, b, m, k), y.At(0)),
				slowMatMul(x, np.BroadcastTo(y.At(0), b, k, n)), 1e-12); err != nil {
				t.Errorf("%v, way %d, one y: %v", s, way, err)
			}
			if err := near(np.MatMul(x.At(0), y), slowMatMul(np.BroadcastTo(x.At(0), b, m, k), y), 1e-12); err != nil {
				t.Errorf("%v, way %d, one x: %v", s, way, err)
			}
		}
	}
}

// TestMatMulGradients compares derivatives, of all batches, with differences.
func TestMatMulGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range [][2][]int{
		{{3}, {3}}, {{2, 3}, {3}}, {{3}, {3, 2}}, {{2, 3}, {3, 2}}, {{2, 2, 3}, {3}}, {{3}, {2, 3, 2}},
		{{2, 2, 3}, {3, 2}}, {{2, 3}, {2, 3, 2}}, {{2, 2, 3}, {2, 3, 1}}, {{2, 1, 2, 3}, {3, 3, 2}},
		{{1, 2, 3}, {2, 3, 2}}, {{2, 1, 2, 3}, {1, 2, 3, 2}}, {{1, 1, 2, 3}, {3, 2}}, {{2, 3}, {1, 1, 3, 2}},
	} {
		x, y := random(r, s[0]...), random(r, s[1]...)
		for name, f := range map[string]func(np.Array) np.Array{
			"x":    func(x np.Array) np.Array { return np.Sum(np.Sin(np.MatMul(x, y))) },
			"both": func(x np.Array) np.Array { return np.Sum(np.Sin(np.MatMul(x, np.Mul(y, np.Mean(x))))) },
		} {
			if err := np.CheckGrads(f, x, 2, np.Forward|np.Reverse); err != nil {
				t.Errorf("%v, %s: %v", s, name, err)
			}
		}
		f := func(y np.Array) np.Array { return np.Sum(np.Sin(np.MatMul(np.Mul(x, np.Mean(y)), y))) }
		if err := np.CheckGrads(f, y, 2, np.Forward|np.Reverse); err != nil {
			t.Errorf("%v, y: %v", s, err)
		}
	}
}
