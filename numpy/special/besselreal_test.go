package special

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// TestBesselReal compares values and three derivatives for the argument with
// mpmath, see testdata/gen_besselreal.py.
func TestBesselReal(t *testing.T) {
	raw, err := os.ReadFile("testdata/besselreal.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][3]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) < 17 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, r := range rows {
		var v, x float64
		var d map[string][4]float64
		for i, p := range []any{&v, &x, &d} {
			if err := json.Unmarshal(r[i], p); err != nil {
				t.Fatal(err)
			}
		}
		for name, f := range map[string]func(v, x np.Array) np.Array{"Jv": Jv, "Yv": Yv, "Kve": Kve, "Ive": Ive} {
			g := func(x np.Array) np.Array { return f(np.Scalar(v), x) }
			for k, want := range d[name] {
				got := g(np.Scalar(x)).Float64()
				// Those that oscillate have zeros; the scaled ones vary slowly
				// while those they are made of do not.
				scale := math.Abs(want)
				switch {
				case name == "Jv" || name == "Yv":
					if x > math.Abs(v) {
						scale = math.Hypot(d["Jv"][k], d["Yv"][k])
					}
				case x <= 40:
					scale = math.Max(scale, math.Abs(d[name][0]))
				}
				if !(math.Abs(got-want) <= 2e-13*scale) {
					t.Errorf("derivative %d of %s(%v, %v): got %v, want %v, error %.2g", k, name, v, x, got, want, math.Abs(got-want)/scale)
				}
				g = np.Deriv(g)
			}
		}
		// Without the factor of an exponential.
		near(t, Kv(np.Scalar(v), np.Scalar(x)).Float64(), d["Kve"][0]*math.Exp(-x), 1e-13, "Kv(%v, %v)", v, x)
		if x < 700 {
			near(t, Iv(np.Scalar(v), np.Scalar(x)).Float64(), d["Ive"][0]*math.Exp(x), 2e-13, "Iv(%v, %v)", v, x)
		}
	}
}

// TestBesselEnds has values and derivatives for the argument where formulas
// are singular.
func TestBesselEnds(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	negZero := math.Copysign(0, -1)
	type fun = func(v, x np.Array) np.Array
	for _, c := range []struct {
		name string
		f    fun
		v, x float64
		want [4]float64 // derivatives
	}{
		{"Jv", Jv, 0, 0, [4]float64{1, 0, -0.5, 0}},
		{"Jv", Jv, 0, negZero, [4]float64{1, 0, -0.5, 0}},
		{"Jv", Jv, 1, 0, [4]float64{0, 0.5, 0, -0.375}},
		{"Jv", Jv, -1, 0, [4]float64{0, -0.5, 0, 0.375}},
		{"Jv", Jv, 0.5, 0, [4]float64{0, inf, -inf, inf}},
		{"Jv", Jv, 2.5, 0, [4]float64{0, 0, 0, inf}},
		{"Jv", Jv, -0.5, 0, [4]float64{inf, -inf, inf, -inf}},
		{"Jv", Jv, -1.5, 0, [4]float64{-inf, inf, -inf, inf}},
		{"Jv", Jv, 2, inf, [4]float64{}},
		{"Jv", Jv, 3, -2, [4]float64{-0.12894324947440205, 0.15941915440403464, -0.08146948464098524, -0.09172832203184527}},
		{"Jv", Jv, 0.5, -2, [4]float64{nan, nan, nan, nan}},
		{"Jv", Jv, nan, 2, [4]float64{nan, nan, nan, nan}},
		{"Jv", Jv, 2, nan, [4]float64{nan, nan, nan, nan}},
		{"Yv", Yv, 0, 0, [4]float64{-inf, inf, -inf, inf}},
		{"Yv", Yv, 1, 0, [4]float64{-inf, inf, -inf, inf}},
		{"Yv", Yv, 0.5, 0, [4]float64{-inf, inf, -inf, inf}},
		{"Yv", Yv, -0.5, 0, [4]float64{0, inf, -inf, inf}},
		{"Yv", Yv, 1.5, 1e-300, [4]float64{-inf, inf, -inf, inf}},
		{"Yv", Yv, 0.5, -1, [4]float64{nan, nan, nan, nan}},
		{"Yv", Yv, 0.5, inf, [4]float64{}},
		{"Kv", Kv, 0, 0, [4]float64{inf, -inf, inf, -inf}},
		{"Kv", Kv, -1.5, 0, [4]float64{inf, -inf, inf, -inf}},
		{"Kv", Kv, 0.5, inf, [4]float64{}},
		{"Kv", Kv, 0.5, 800, [4]float64{}},
		{"Kv", Kv, 0.5, -1, [4]float64{nan, nan, nan, nan}},
		{"Kve", Kve, 0.5, 0, [4]float64{inf, -inf, inf, -inf}},
		{"Kve", Kve, 3, inf, [4]float64{}},
		{"Kve", Kve, nan, 1, [4]float64{nan, nan, nan, nan}},
		{"Iv", Iv, 0, 0, [4]float64{1, 0, 0.5, 0}},
		{"Iv", Iv, 1, negZero, [4]float64{0, 0.5, 0, 0.375}},
		{"Iv", Iv, 0.5, 0, [4]float64{0, inf, -inf, inf}},
		{"Iv", Iv, -0.5, 0, [4]float64{inf, -inf, inf, -inf}},
		{"Iv", Iv, -1.5, 0, [4]float64{-inf, inf, -inf, inf}},
		{"Iv", Iv, 2, inf, [4]float64{inf, inf, inf, inf}},
		{"Iv", Iv, 3, -inf, [4]float64{-inf, inf, -inf, inf}},
		{"Iv", Iv, 3, -2, [4]float64{-0.21273995923985266, 0.36983850883895922, -0.50648561311004152, 0.56252706609166804}},
		{"Iv", Iv, 0, 800, [4]float64{inf, inf, inf, inf}},
		{"Ive", Ive, 0, 0, [4]float64{1, 0, 1.5, 0}},
		{"Ive", Ive, 0.5, 0, [4]float64{0, inf, -inf, inf}},
		{"Ive", Ive, 2, -inf, [4]float64{}},
		{"Ive", Ive, 0.5, -1, [4]float64{nan, nan, nan, nan}},
	} {
		f := func(x np.Array) np.Array { return c.f(np.Scalar(c.v), x) }
		for k, want := range c.want {
			near(t, f(np.Scalar(c.x)).Float64(), want, 1e-13, "%s(%v, %v): derivative %d", c.name, c.v, c.x, k)
			f = np.Deriv(f)
		}
	}
	// The product of a tiny and a huge factor.
	near(t, Iv(np.Scalar(300), np.Scalar(750)).Float64(), 1.3879203654889399e+298, 1e-12, "Iv(300, 750)")
}
