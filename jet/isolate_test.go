package jet

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// fromRoots returns the coefficients of Π (x - r) in a polynomial with n of
// them.
func fromRoots(n int, roots ...float64) []float64 {
	c := make([]float64, n)
	c[0] = 1
	for i, r := range roots {
		for j := i + 1; j >= 0; j-- {
			c[j] *= -r
			if j > 0 {
				c[j] += c[j-1]
			}
		}
	}
	return c
}

func isolated(c []float64) []float64 {
	e := &odeEvents{g: c, b: make([]float64, len(c)*(eventWidth+2))}
	e.isolate()
	return e.at
}

func TestIsolate(t *testing.T) {
	third := 1. / 3
	for _, test := range []struct {
		roots, want []float64
		tol         float64
	}{
		{nil, nil, 0},
		{[]float64{0.25}, []float64{0.25}, 0},
		{[]float64{-0.25, 1.5}, nil, 0},
		{[]float64{0.25, 0.5, 0.75}, []float64{0.25, 0.5, 0.75}, 1e-15},
		{[]float64{0.5, 0.25, 0.75, 0.125, 0.875}, []float64{0.125, 0.25, 0.5, 0.75, 0.875}, 1e-14},
		// Exact double zeros are no changes of sign, triple ones are.
		{[]float64{0.5, 0.5}, nil, 0},
		{[]float64{0.25, 0.25, 0.25}, []float64{0.25}, 1e-5},
		{[]float64{0.5, 0.5, 0.5}, []float64{0.5}, 1e-5},
		{[]float64{third, third, third}, []float64{third}, 1e-5},
		// The ends do not belong.
		{[]float64{0, 0.5}, []float64{0.5}, 0},
		{[]float64{0.5, 1}, []float64{0.5}, 0},
		{[]float64{0, 1}, nil, 0},
		{[]float64{0, 0, 0.5, 1, 1}, []float64{0.5}, 1e-15},
	} {
		for _, n := range []int{len(test.roots) + 1, 25} {
			if n < 3 {
				continue
			}
			got := isolated(fromRoots(n, test.roots...))
			ok := len(got) == len(test.want)
			for i := 0; ok && i < len(got); i++ {
				ok = math.Abs(got[i]-test.want[i]) <= test.tol
			}
			if !ok {
				t.Errorf("zeros %v, %d coefficients: got %v, want %v", test.roots, n, got, test.want)
			}
		}
	}
	// A square that touches 0 where that is not exact may be two zeros or none.
	for _, roots := range [][]float64{{third, third}, {0.25, 0.25, 0.75, 0.75}} {
		if got := isolated(fromRoots(9, roots...)); len(got)%2 != 0 {
			t.Errorf("zeros %v: got %v", roots, got)
		}
	}
}

// TestIsolateRandom checks that all of several random zeros are found.
func TestIsolateRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		var roots, want []float64
		for range 1 + rng.IntN(7) {
			r := math.Round(rng.Float64()*300-100) / 100 // apart by 0.01 at least
			if slices.Contains(roots, r) || r == 0 || r == 1 {
				continue
			}
			roots = append(roots, r)
			if 0 < r && r < 1 {
				want = append(want, r)
			}
		}
		slices.Sort(want)
		got := isolated(fromRoots(12, roots...))
		ok := len(got) == len(want)
		for i := 0; ok && i < len(got); i++ {
			ok = math.Abs(got[i]-want[i]) < 1e-6
		}
		if !ok {
			t.Errorf("zeros %v: got %v", roots, got)
		}
	}
}
