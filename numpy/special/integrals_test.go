package special

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// ofNumbers are the functions of testdata/functions.json.
var ofNumbers = map[string]func(x []np.Array) np.Array{
	"Exp0":     func(x []np.Array) np.Array { return ExpN(0, x[0]) },
	"Exp1":     func(x []np.Array) np.Array { return Exp1(x[0]) },
	"Exp2":     func(x []np.Array) np.Array { return ExpN(2, x[0]) },
	"Exp5":     func(x []np.Array) np.Array { return ExpN(5, x[0]) },
	"ExpI":     func(x []np.Array) np.Array { return ExpI(x[0]) },
	"Si":       func(x []np.Array) np.Array { y, _ := Sici(x[0]); return y },
	"Ci":       func(x []np.Array) np.Array { _, y := Sici(x[0]); return y },
	"FresnelS": func(x []np.Array) np.Array { y, _ := Fresnel(x[0]); return y },
	"FresnelC": func(x []np.Array) np.Array { _, y := Fresnel(x[0]); return y },
	"Dawsn":    func(x []np.Array) np.Array { return Dawsn(x[0]) },
	"Erfi":     func(x []np.Array) np.Array { return Erfi(x[0]) },
	"EllipK":   func(x []np.Array) np.Array { return EllipK(x[0]) },
	"EllipE":   func(x []np.Array) np.Array { return EllipE(x[0]) },
	"Zeta":     func(x []np.Array) np.Array { return Zeta(x[0], x[1]) },
	"Poch":     func(x []np.Array) np.Array { return Poch(x[0], x[1]) },
	"Ai":       func(x []np.Array) np.Array { y, _, _, _ := Airy(x[0]); return y },
	"Ai'":      func(x []np.Array) np.Array { _, y, _, _ := Airy(x[0]); return y },
	"Bi":       func(x []np.Array) np.Array { _, _, y, _ := Airy(x[0]); return y },
	"Bi'":      func(x []np.Array) np.Array { _, _, _, y := Airy(x[0]); return y },
	"KlDiv":    func(x []np.Array) np.Array { return KlDiv(x[0], x[1]) },
}

func init() {
	for name, f := range map[string]func(int, np.Array) np.Array{"J": SphericalJn, "Y": SphericalYn, "I": SphericalIn, "K": SphericalKn} {
		for _, n := range []int{0, 1, 2, 7} {
			ofNumbers["Spherical"+name+strconv.Itoa(n)] = func(x []np.Array) np.Array { return f(n, x[0]) }
		}
	}
}

// TestFunctions compares with mpmath, see testdata/gen_functions.py.
func TestFunctions(t *testing.T) {
	raw, err := os.ReadFile("testdata/functions.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][4]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) < 400 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, r := range rows {
		var name string
		var x []float64
		var n []int
		var want float64
		for i, p := range []any{&name, &x, &n, &want} {
			if err := json.Unmarshal(r[i], p); err != nil {
				t.Fatal(err)
			}
		}
		got := derivative(ofNumbers[name], x, n)
		tol := 1e-13
		// Where a function oscillates, or has a zero, the error is as small
		// compared to the amplitude.
		floor := math.Abs(want)
		switch {
		case name == "Dawsn" && math.Abs(x[0]) < 7:
			tol *= math.Pow(30, float64(n[0]))
		case name == "ExpI" && n[0] == 0, name == "Ci" && x[0] < 2:
			floor = math.Max(floor, 1)
		case name == "Ci":
			floor = math.Max(floor, 1/x[0])
		case (name == "Ai" || name == "Bi") && x[0] < -1:
			floor = math.Max(floor, math.Pow(-x[0], float64(n[0])/2-0.25))
		case strings.HasPrefix(name, "SphericalJ") || strings.HasPrefix(name, "SphericalY"):
			if x[0] > 10 {
				floor = math.Max(floor, 1/x[0])
			}
		case name == "Ai" || name == "Bi":
			tol = 1e-14
		}
		if !(math.Abs(got-want) <= tol*floor) {
			t.Errorf("%s%v: derivative %v: got %v, want %v, error %.2g", name, x, n, got, want, math.Abs(got-want)/floor)
		}
	}
}

func TestFunctionEnds(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	negZero := math.Copysign(0, -1)
	for _, c := range []struct {
		name string
		x    []float64
		n    []int
		want float64
	}{
		{"Exp1", []float64{0}, []int{0}, inf},
		{"Exp1", []float64{0}, []int{1}, -inf},
		{"Exp1", []float64{-1}, []int{0}, nan},
		{"Exp1", []float64{-1}, []int{1}, nan},
		{"Exp1", []float64{inf}, []int{0}, 0},
		{"Exp1", []float64{nan}, []int{1}, nan},
		{"Exp0", []float64{0}, []int{0}, inf},
		{"Exp2", []float64{0}, []int{0}, 1},
		{"Exp2", []float64{0}, []int{1}, -inf},
		{"Exp5", []float64{0}, []int{2}, 0.5},
		{"ExpI", []float64{0}, []int{0}, -inf},
		{"ExpI", []float64{-inf}, []int{0}, 0},
		{"ExpI", []float64{inf}, []int{0}, inf},
		{"ExpI", []float64{712}, []int{0}, 2.3216800841052115e+306},
		{"ExpI", []float64{nan}, []int{0}, nan},
		{"Si", []float64{negZero}, []int{0}, 0},
		{"Si", []float64{0}, []int{1}, 1},
		{"Si", []float64{-inf}, []int{0}, -math.Pi / 2},
		{"Si", []float64{inf}, []int{1}, 0},
		{"Ci", []float64{0}, []int{0}, -inf},
		{"Ci", []float64{0}, []int{1}, inf},
		{"Ci", []float64{-2}, []int{0}, 0.42298082877486498},
		{"Ci", []float64{-2}, []int{1}, math.Cos(2) / -2},
		{"Ci", []float64{inf}, []int{1}, 0},
		{"FresnelS", []float64{inf}, []int{0}, 0.5},
		{"FresnelC", []float64{-inf}, []int{0}, -0.5},
		{"FresnelC", []float64{0}, []int{1}, 1},
		{"FresnelS", []float64{nan}, []int{0}, nan},
		{"FresnelC", []float64{1 << 30}, []int{1}, 1}, // x²/4 is a whole number
		{"FresnelS", []float64{1<<30 + 1}, []int{1}, 1},
		{"Dawsn", []float64{0}, []int{1}, 1},
		{"Dawsn", []float64{inf}, []int{0}, 0},
		{"Dawsn", []float64{nan}, []int{2}, nan},
		{"Erfi", []float64{-inf}, []int{0}, -inf},
		{"Erfi", []float64{26.6}, []int{0}, 4.1328960530520519e+305},
		{"EllipK", []float64{1}, []int{0}, inf},
		{"EllipK", []float64{1}, []int{1}, inf},
		{"EllipK", []float64{2}, []int{0}, nan},
		{"EllipK", []float64{-inf}, []int{0}, 0},
		{"EllipK", []float64{nan}, []int{1}, nan},
		{"EllipE", []float64{1}, []int{0}, 1},
		{"EllipE", []float64{1}, []int{1}, -inf},
		{"EllipE", []float64{nan}, []int{1}, nan},
		{"EllipE", []float64{2}, []int{1}, nan},
		{"EllipE", []float64{-inf}, []int{0}, inf},
		{"Zeta", []float64{1, 2}, []int{0, 0}, inf},
		{"Zeta", []float64{0.5, 2}, []int{0, 0}, nan},
		{"Zeta", []float64{2, 0}, []int{0, 0}, nan},
		{"Zeta", []float64{2, inf}, []int{0, 1}, 0},
		{"Zeta", []float64{inf, 1}, []int{0, 0}, 1},
		{"Zeta", []float64{inf, 0.5}, []int{0, 0}, inf},
		{"Zeta", []float64{nan, 0.5}, []int{1, 0}, nan},
		{"SphericalJ0", []float64{0}, []int{0}, 1},
		{"SphericalJ0", []float64{0}, []int{1}, 0},
		{"SphericalJ0", []float64{0}, []int{2}, -1.0 / 3},
		{"SphericalJ1", []float64{0}, []int{1}, 1.0 / 3},
		{"SphericalJ2", []float64{-0.8}, []int{0}, 0.040750531425149823},
		{"SphericalJ1", []float64{-inf}, []int{1}, 0},
		{"SphericalJ1", []float64{nan}, []int{1}, nan},
		{"SphericalJ1", []float64{1e-300}, []int{0}, 1e-300 / 3},
		{"SphericalY0", []float64{0}, []int{0}, -inf},
		{"SphericalY0", []float64{0}, []int{1}, inf},
		{"SphericalY0", []float64{-0.8}, []int{0}, math.Cos(0.8) / 0.8},
		{"SphericalY2", []float64{inf}, []int{1}, 0},
		{"SphericalI0", []float64{0}, []int{2}, 1.0 / 3},
		{"SphericalI1", []float64{-2}, []int{0}, -(2*math.Cosh(2) - math.Sinh(2)) / 4},
		{"SphericalI0", []float64{inf}, []int{1}, inf},
		{"SphericalK0", []float64{0}, []int{1}, -inf},
		{"SphericalK0", []float64{-1}, []int{1}, nan},
		{"SphericalK2", []float64{inf}, []int{1}, 0},
		{"Poch", []float64{0, 2}, []int{0, 0}, 0},
		{"Poch", []float64{0, 2}, []int{1, 0}, 1},
		{"Poch", []float64{-2, 0}, []int{0, 0}, 1},
		{"Poch", []float64{-2, 0.5}, []int{0, 0}, 0},
		{"Poch", []float64{0.5, -0.5}, []int{0, 0}, inf},
		{"Poch", []float64{nan, 2}, []int{1, 0}, nan},
		{"Poch", []float64{2, inf}, []int{0, 0}, nan},
		{"Ai", []float64{inf}, []int{0}, 0},
		{"Bi", []float64{inf}, []int{0}, inf},
		{"Ai", []float64{-inf}, []int{0}, 0},
		{"Ai", []float64{nan}, []int{1}, nan},
		{"Ai'", []float64{0.5}, []int{1}, 0.5 * 0.23169360648083349},
		{"Bi'", []float64{0.5}, []int{0}, 0.5445725641405923},
		{"Ai'", []float64{-1e-300}, []int{0}, -0.25881940379280679841},
		{"KlDiv", []float64{0, 2}, []int{0, 0}, 2},
		{"KlDiv", []float64{0, 2}, []int{0, 1}, 1},
		{"KlDiv", []float64{-1, 2}, []int{0, 0}, inf},
		{"KlDiv", []float64{-1, 2}, []int{1, 0}, 0},
		{"KlDiv", []float64{0, 0}, []int{0, 0}, 0},
	} {
		near(t, derivative(ofNumbers[c.name], c.x, c.n), c.want, 2e-13, "%s%v: derivative %v", c.name, c.x, c.n)
	}
}
