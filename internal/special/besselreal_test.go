package special

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

func TestBesselRealGolden(t *testing.T) {
	raw, err := os.ReadFile("testdata/besselreal.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][6]float64
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) < 50 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, r := range rows {
		v, x := r[0], r[1]
		scale := 0.0
		if x > v {
			scale = math.Hypot(r[2], r[3]) // they oscillate
		}
		j, y := BesselJY(v, x)
		for _, c := range []struct {
			name      string
			got, want float64
			scale     float64
		}{
			{"J", j, r[2], scale}, {"Y", y, r[3], scale}, {"exp(x)K", BesselKe(v, x), r[4], 0},
			{"exp(-x)I", BesselIe(v, x), r[5], 0},
		} {
			if e := gammaError(c.got, c.want, c.scale); e > 1e-14 {
				t.Errorf("%s(%v, %v): got %v, want %v, error %.2g", c.name, v, x, c.got, c.want, e)
			}
		}
	}
}

// Where the order is an integer or half of one there are other ways.
func TestBesselRealOrders(t *testing.T) {
	for _, x := range []float64{1e-5, 0.3, 1.5, 1.99, 2, 2.01, 7, 24.9, 25, 25.1, 33, 60, 300, 1e5} {
		for _, n := range []int{0, 1, 2, 5, 11, 24, 30, 61} {
			v := float64(n)
			j, y := BesselJY(v, x)
			scale := 0.0
			if x > v {
				scale = math.Hypot(j, y)
			}
			for name, w := range map[string][2]float64{"J": {j, BesselJ(n, x)}, "Y": {y, BesselY(n, x)}} {
				if e := gammaError(w[0], w[1], scale); e > 1e-14 {
					t.Errorf("%s(%d, %v): %v, of integer order %v, error %.2g", name, n, x, w[0], w[1], e)
				}
			}
			if x < 600 {
				if e := gammaError(BesselKe(v, x)*math.Exp(-x), BesselK(n, x), 0); e > 1e-14 {
					t.Errorf("K(%d, %v): %v, of integer order %v, error %.2g", n, x, BesselKe(v, x)*math.Exp(-x), BesselK(n, x), e)
				}
			}
		}
		a := math.Sqrt(2 / (math.Pi * x))
		s, c := math.Sincos(x)
		for name, w := range map[string][2]float64{
			"J(1/2)": {first(BesselJY(0.5, x)), a * s}, "Y(1/2)": {second(BesselJY(0.5, x)), -a * c},
			"Y(3/2)": {second(BesselJY(1.5, x)), -a * (c/x + s)}, "K(1/2)": {BesselKe(0.5, x), a * math.Pi / 2},
		} {
			if e := gammaError(w[0], w[1], a); e > 2e-15*math.Max(1, w[1]/a) {
				t.Errorf("%s at %v: %v, want %v", name, x, w[0], w[1])
			}
		}
	}
}

func first(a, _ float64) float64  { return a }
func second(_, b float64) float64 { return b }

func TestBesselRealSpecial(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct{ v, x, j, y, k float64 }{
		{0, 0, 1, -inf, inf},
		{0.5, 0, 0, -inf, inf},
		{0.5, math.Copysign(0, -1), 0, -inf, inf},
		{0.5, inf, 0, 0, 0},
		{0.5, -1, nan, nan, nan},
		{-0.5, 1, nan, nan, nan},
		{inf, 1, nan, nan, nan},
		{nan, 1, nan, nan, nan},
		{1, nan, nan, nan, nan},
		{500.5, 1, 0, -inf, inf},
		{0.5, 5e-324, math.Sqrt(2/math.Pi) * math.Sqrt(5e-324), -math.Sqrt(2/math.Pi) / math.Sqrt(5e-324), math.Sqrt(math.Pi/2) / math.Sqrt(5e-324)},
	} {
		j, y := BesselJY(c.v, c.x)
		for i, w := range [][2]float64{{j, c.j}, {y, c.y}, {BesselKe(c.v, c.x), c.k}} {
			if !gammaSame(w[0], w[1]) && !(math.Abs(w[0]-w[1]) <= 2e-13*math.Abs(w[1])) {
				t.Errorf("%c(%v, %v): got %v, want %v", "JYK"[i], c.v, c.x, w[0], w[1])
			}
		}
	}
}

func TestBesselIe(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct{ v, x, want float64 }{
		{0, 0, 1}, {2.5, 0, 0}, {-3, 0, 0}, {-0.5, 0, inf}, {-1.5, 0, -inf}, {1, inf, 0}, {-1.5, inf, 0},
		{1, -1, nan}, {nan, 1, nan}, {1, nan, nan}, {inf, 1, nan}, {400, 0.5, 0},
		{-2, 3, BesselI(2, 3) * math.Exp(-3)},
		{-0.5, 1.5, 0.34195239904516043},
		{-2.3, 4, 0.099107636006746768},
		{0.5, 1e-300, math.Sqrt(2e-300 / math.Pi)},
	} {
		if got := BesselIe(c.v, c.x); gammaError(got, c.want, 0) > 2e-15 {
			t.Errorf("BesselIe(%v, %v) = %v, want %v", c.v, c.x, got, c.want)
		}
	}
}

func TestBesselRealAllocs(t *testing.T) {
	for _, x := range []float64{1, 10, 50, 1000} {
		if n := testing.AllocsPerRun(10, func() {
			BesselJY(7.5, x)
			BesselKe(7.5, x)
			BesselIe(-7.5, x)
		}); n != 0 {
			t.Errorf("%v allocations at %v", n, x)
		}
	}
}
