package numpy

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// slowOrder is argSort by the library.
func slowOrder(line []float64) []int {
	index := firstAxes(len(line))
	slices.SortStableFunc(index, func(a, b int) int {
		switch x, y := line[a], line[b]; {
		case x != x || y != y:
			return cmp.Compare(truth(x != x), truth(y != y))
		case x == y: // also -0 and 0
			return 0
		default:
			return cmp.Compare(x, y)
		}
	})
	return index
}

func TestArgSort(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), math.MaxFloat64, -0x1p-1074, math.Float64frombits(0xfff8000000000001)}
	kinds := map[string]func() float64{
		"normal": r.NormFloat64,
		"ties":   func() float64 { return float64(r.IntN(5) - 2) },
		"odd":    func() float64 { return odd[r.IntN(len(odd))] },
		"same":   func() float64 { return 3 },
		"bits":   func() float64 { return math.Float64frombits(r.Uint64()) },
	}
	for name, draw := range kinds {
		for _, n := range []int{0, 1, 2, insertTo, insertTo + 1, 2*insertTo + 1, 100, radixFrom - 1, radixFrom, 1000} {
			const m = 2
			in := make([]float64, m*n)
			for i := range in {
				in[i] = draw()
			}
			got := argSort(in, m, n)
			for i := range m {
				if want := slowOrder(in[i*n : (i+1)*n]); !slices.Equal(got[i*n:(i+1)*n], want) {
					t.Errorf("%s, %d numbers, line %d: got %v, want %v", name, n, i, got[i*n:(i+1)*n], want)
				}
			}
		}
	}
}

// BenchmarkArgSort compares with the library's stable sort.
// TestMaxComplexTies checks that complex numbers that tie share the derivative,
// in lines with more of them and with fewer.
func TestMaxComplexTies(t *testing.T) {
	x := FromComplex([]complex128{2 + 1i, 1, 2 + 1i, 2 - 1i, 3, 1i, 3, 3, -1, 0, 5, 4}, 3, 4)
	v := FromComplex([]complex128{1, 2, 3, 4, 5, 6, 7i, 9, 1, 2, 3i, 4}, 3, 4)
	third := 1.0 / 3
	for name, f := range map[string]func(Array) Array{
		"Max":     func(x Array) Array { return Max(x, Axis(1)) },
		"Min":     func(x Array) Array { return Min(x.Neg(), Axis(1)).Neg() },
		"of rows": func(x Array) Array { return Max(Transpose(x), Axis(0)) },
	} {
		y, dot := JVP(f, x, v)
		nearComplex(t, name, y, []complex128{2 + 1i, 3, 5}, 3)
		nearComplex(t, name, dot, []complex128{2, complex(14*third, 7*third), 3i}, 3)
		g := Grad(func(x Array) Array { return Sum(Real(f(x))) })(x)
		nearComplex(t, name, g, []complex128{0.5, 0, 0.5, 0, complex(third, 0), 0, complex(third, 0), complex(third, 0), 0, 0, 1, 0}, 3, 4)
	}
}

func BenchmarkArgSort(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{10, 100, 1000, 100000} {
		m := 100000 / n
		in := make([]float64, m*n)
		for i := range in {
			in[i] = r.NormFloat64()
		}
		run := func(name string, sort func()) {
			b.Run(fmt.Sprintf("n=%d/%s", n, name), func(b *testing.B) {
				for b.Loop() {
					sort()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(in)), "ns/element")
			})
		}
		run("keys", func() { argSort(in, m, n) })
		run("library", func() {
			for i := range m {
				slowOrder(in[i*n : (i+1)*n])
			}
		})
	}
}
