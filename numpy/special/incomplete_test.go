package special

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// derivative returns the derivative of f at x, of order n[i] for operand i.
func derivative(f func(x []np.Array) np.Array, x []float64, n []int) float64 {
	in := make([]np.Array, len(x))
	for i, v := range x {
		in[i] = np.Scalar(v)
	}
	for i := range n {
		for range n[i] {
			g := f
			f = func(x []np.Array) np.Array {
				return np.Deriv(func(v np.Array) np.Array {
					y := append([]np.Array{}, x...)
					y[i] = v
					return g(y)
				})(x[i])
			}
		}
	}
	return f(in).Float64()
}

var (
	ofGammaInc  = func(x []np.Array) np.Array { return GammaInc(x[0], x[1]) }
	ofGammaIncC = func(x []np.Array) np.Array { return GammaIncC(x[0], x[1]) }
	ofBetaInc   = func(x []np.Array) np.Array { return BetaInc(x[0], x[1], x[2]) }
)

// TestIncomplete compares all first and second derivatives with mpmath, see
// testdata/gen_incomplete.py.
func TestIncomplete(t *testing.T) {
	raw, err := os.ReadFile("testdata/incomplete.json")
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		x []float64
		d map[string]string
	}
	var rows map[string][][2]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	count := 0
	for name, f := range map[string]func(x []np.Array) np.Array{"gamma": ofGammaInc, "beta": ofBetaInc} {
		for _, raw := range rows[name] {
			var r row
			if err := json.Unmarshal(raw[0], &r.x); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw[1], &r.d); err != nil {
				t.Fatal(err)
			}
			for orders, text := range r.d {
				want, err := strconv.ParseFloat(text, 64)
				if err != nil && !math.IsInf(want, 0) {
					t.Fatal(err)
				}
				n := make([]int, len(r.x))
				g := f
				if orders == "Q" {
					g = ofGammaIncC
				} else {
					for i := range n {
						n[i] = int(orders[i] - '0')
					}
				}
				count++
				near(t, derivative(g, r.x, n), want, 2e-12, "%s %v: derivative %s", name, r.x, orders)
			}
		}
	}
	if count < 400 {
		t.Errorf("only %d values", count)
	}
}

// TestIncompleteEnds has derivatives at the ends of the domain, limits from
// inside.
func TestIncompleteEnds(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name string
		f    func(x []np.Array) np.Array
		x    []float64
		n    []int
		want float64
	}{
		{"GammaInc", ofGammaInc, []float64{1, 0}, []int{0, 1}, 1},
		{"GammaInc", ofGammaInc, []float64{1, 0}, []int{0, 2}, -1},
		{"GammaInc", ofGammaInc, []float64{1, 0}, []int{0, 3}, 1},
		{"GammaInc", ofGammaInc, []float64{1, 0}, []int{1, 1}, -inf},
		{"GammaInc", ofGammaInc, []float64{2, 0}, []int{0, 1}, 0},
		{"GammaInc", ofGammaInc, []float64{2, 0}, []int{0, 2}, 1},
		{"GammaInc", ofGammaInc, []float64{2, 0}, []int{0, 3}, -2},
		{"GammaInc", ofGammaInc, []float64{2, 0}, []int{1, 1}, 0},
		{"GammaInc", ofGammaInc, []float64{0.5, 0}, []int{0, 1}, inf},
		{"GammaInc", ofGammaInc, []float64{0.5, 0}, []int{0, 2}, -inf},
		{"GammaInc", ofGammaInc, []float64{1.5, 0}, []int{0, 2}, inf},
		{"GammaInc", ofGammaInc, []float64{1.5, 0}, []int{2, 0}, 0},
		{"GammaInc", ofGammaInc, []float64{2, inf}, []int{1, 1}, 0},
		{"GammaInc", ofGammaInc, []float64{0, 0.75}, []int{1, 0}, -0.34034081291124}, // -E₁(x)
		{"GammaInc", ofGammaInc, []float64{0, 2}, []int{1, 0}, -0.048900510708061118},
		{"GammaInc", ofGammaInc, []float64{0, 2}, []int{0, 1}, 0},
		{"GammaInc", ofGammaInc, []float64{0, 2}, []int{1, 1}, math.Exp(-2) / 2},
		{"GammaInc", ofGammaInc, []float64{nan, 2}, []int{1, 1}, nan},
		{"GammaInc", ofGammaInc, []float64{-1, 2}, []int{1, 0}, nan},
		{"GammaIncC", ofGammaIncC, []float64{1, 0}, []int{0, 1}, -1},
		{"GammaIncC", ofGammaIncC, []float64{1, 0}, []int{0, 2}, 1},
		{"BetaInc", ofBetaInc, []float64{1, 3, 0}, []int{0, 0, 1}, 3},
		{"BetaInc", ofBetaInc, []float64{1, 3, 0}, []int{0, 0, 2}, -6},
		{"BetaInc", ofBetaInc, []float64{1, 3, 0}, []int{0, 1, 1}, 1},
		{"BetaInc", ofBetaInc, []float64{1, 3, 0}, []int{0, 2, 1}, 0},
		{"BetaInc", ofBetaInc, []float64{1, 3, 0}, []int{1, 0, 1}, -inf},
		{"BetaInc", ofBetaInc, []float64{1, 3, 0}, []int{1, 0, 0}, 0},
		{"BetaInc", ofBetaInc, []float64{2, 3, 0}, []int{0, 0, 2}, 12},
		{"BetaInc", ofBetaInc, []float64{2, 3, 1}, []int{0, 0, 3}, 24},
		{"BetaInc", ofBetaInc, []float64{2, 1, 1}, []int{0, 0, 1}, 2},
		{"BetaInc", ofBetaInc, []float64{2, 1, 1}, []int{0, 0, 2}, 2},
		{"BetaInc", ofBetaInc, []float64{2, 1, 1}, []int{1, 0, 1}, 1},
		{"BetaInc", ofBetaInc, []float64{2, 1, 1}, []int{0, 1, 1}, -inf},
		{"BetaInc", ofBetaInc, []float64{2, 0.5, 1}, []int{0, 0, 1}, inf},
		{"BetaInc", ofBetaInc, []float64{2, 0.5, 1}, []int{0, 0, 2}, inf},
		{"BetaInc", ofBetaInc, []float64{1, 1, 0.25}, []int{0, 0, 2}, 0},
		{"BetaInc", ofBetaInc, []float64{1, 2, nan}, []int{0, 0, 1}, nan},
		// The integral of t^(a-1)·(1-t)^(b-1), where b is 1, is x^a.
		{"BetaInc", ofBetaInc, []float64{2.5, 1, 0.25}, []int{0, 0, 3}, 2.5 * 1.5 * 0.5 * 2},
		{"BetaInc", ofBetaInc, []float64{3, 1, 1e-20}, []int{0, 0, 3}, 6},
	} {
		near(t, derivative(c.f, c.x, c.n), c.want, 1e-13, "%s%v: derivative of orders %v", c.name, c.x, c.n)
	}
}

// TestIncompleteOutside checks that outside of their domain the functions and
// all derivatives are NaN, also where the formulas have numbers there.
func TestIncompleteOutside(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		f    func(x []np.Array) np.Array
		x    [][]float64
	}{
		{"BetaInc", ofBetaInc,
			[][]float64{{2, 2, 1.5}, {2, 3, -0.5}, {-1, 2, 0.5}, {2, -1, 0.5}, {nan, 2, 0.5}, {2, nan, 0.5}, {2, 2, nan}}},
		{"GammaInc", ofGammaInc,
			[][]float64{{2, -0.5}, {-1, 0.5}, {nan, 1}, {2, nan}}},
		{"GammaIncC", ofGammaIncC,
			[][]float64{{2, -0.5}, {-1, 0.5}, {nan, 1}, {2, nan}}},
	} {
		for _, x := range c.x {
			for i := range x {
				for order := range 3 {
					n := make([]int, len(x))
					n[i] = order
					if got := derivative(c.f, x, n); got == got {
						t.Errorf("%s%v: derivative of order %d for operand %d is %v, want NaN", c.name, x, order, i, got)
					}
				}
			}
		}
	}
}
