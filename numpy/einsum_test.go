package numpy_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// TestEinsumRandom compares products of up to four operands, with diagonals
// and with axes of length 1 that stretch, with loops over all indices.
func TestEinsumRandom(t *testing.T) {
	const letters = "abcde"
	r := rand.New(rand.NewPCG(5, 6))
	length := []int{2, 3, 2, 1, 4}
	stretched := 0
	for range 400 {
		var (
			parts []string
			xs    []np.Array
		)
		for range 1 + r.IntN(4) {
			var part []byte
			var shape []int
			for range r.IntN(4) {
				l := r.IntN(len(letters))
				n := length[l]
				if r.IntN(6) == 0 {
					n = 1
					stretched++
				}
				if k := slices.Index(part, letters[l]); k >= 0 {
					n = shape[k]
				}
				part, shape = append(part, letters[l]), append(shape, n)
			}
			size := 1
			for _, n := range shape {
				size *= n
			}
			v := make([]float64, size)
			for i := range v {
				v[i] = r.NormFloat64()
			}
			parts, xs = append(parts, string(part)), append(xs, np.Wrap(v, append([]int{}, shape...)...))
		}
		in := strings.Join(parts, ",")
		out := ""
		for _, l := range r.Perm(len(letters)) {
			if strings.Contains(in, letters[l:l+1]) && r.IntN(2) == 0 {
				out += letters[l : l+1]
			}
		}
		got := np.Einsum(in+"->"+out, xs...)
		shape, want := einsumLoops(parts, out, xs)
		if !slices.Equal(got.Shape(), shape) {
			t.Errorf("%s->%s: shape %v, want %v", in, out, got.Shape(), shape)
			continue
		}
		for i, v := range got.Float64s() {
			if math.Abs(v-want[i]) > 1e-12*(1+math.Abs(want[i])) {
				t.Errorf("%s->%s: element %d is %v, want %v", in, out, i, v, want[i])
				break
			}
		}
	}
	if stretched < 50 {
		t.Errorf("only %d axes of length 1", stretched)
	}
}

// einsumLoops returns the shape and the elements of the sums.
func einsumLoops(parts []string, out string, xs []np.Array) (shape []int, sums []float64) {
	length := map[byte]int{}
	all := []byte(out)
	for i, p := range parts {
		for k, n := range xs[i].Shape() {
			length[p[k]] = max(length[p[k]], n)
			if !slices.Contains(all, p[k]) {
				all = append(all, p[k])
			}
		}
	}
	shape = []int{}
	size := 1
	for i := range len(out) {
		shape = append(shape, length[out[i]])
		size *= length[out[i]]
	}
	sums = make([]float64, size)
	index := map[byte]int{}
	var loop func(rest []byte)
	loop = func(rest []byte) {
		if len(rest) > 0 {
			for index[rest[0]] = range length[rest[0]] {
				loop(rest[1:])
			}
			return
		}
		term := 1.0
		for i, p := range parts {
			at := 0
			for k, n := range xs[i].Shape() {
				at = at*n + min(index[p[k]], n-1)
			}
			term *= xs[i].Float64s()[at]
		}
		at := 0
		for i := range len(out) {
			at = at*length[out[i]] + index[out[i]]
		}
		sums[at] += term
	}
	loop(all)
	return shape, sums
}

// TestEinsumLabels checks capital letters, blanks and more axes than a short
// specification has.
func TestEinsumLabels(t *testing.T) {
	m := np.Reshape(np.Arange(0, 6, 1), 2, 3)
	long := np.Ones(2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 3)
	for _, c := range []struct {
		spec  string
		in    []np.Array
		shape []int
		sum   float64
	}{
		{"Zz", []np.Array{m}, []int{2, 3}, 15},
		{"zZ", []np.Array{m}, []int{3, 2}, 15},
		{" i Z , Z k -> k i ", []np.Array{m, np.Transpose(m)}, []int{2, 2}, 5 + 14*2 + 50},
		{"...z->...", []np.Array{long}, []int{2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1}, 24},
		{"a...,...->...a", []np.Array{long, np.Ones(3)}, []int{1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 3, 2}, 24},
		{"a,b,c,d,e,f", slices.Repeat([]np.Array{np.Ones(2)}, 6), []int{2, 2, 2, 2, 2, 2}, 64},
	} {
		z := np.Einsum(c.spec, c.in...)
		if !slices.Equal(z.Shape(), c.shape) || np.Sum(z).Float64s()[0] != c.sum {
			t.Errorf("%q: shape %v, sum %v, want %v, %v", c.spec, z.Shape(), np.Sum(z), c.shape, c.sum)
		}
	}
}

// TestEinsumMemory checks that a product of matrices takes hardly more memory
// than by MatMul.
func TestEinsumMemory(t *testing.T) {
	x := np.Ones(3, 3)
	if n := testing.AllocsPerRun(10, func() { np.Einsum("ij,jk->ik", x, x) }); n > 5 {
		t.Errorf("%v allocations", n)
	}
}
