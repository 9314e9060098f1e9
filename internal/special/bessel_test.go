package special

import (
	"math"
	"testing"
)

func TestBesselGolden(t *testing.T) {
	tables := gammaGolden(t, "bessel.json")
	// A recurrence to order 50 has rounding errors of ½ ulp in each step;
	// 4e-15 is 18 ulp. Where J and Y oscillate the scale is the amplitude.
	for _, c := range []struct {
		name string
		f    func(n int, x float64) float64
		tol  float64
	}{
		{"BesselJ", BesselJ, 4e-15},
		{"BesselY", BesselY, 4e-15},
		{"BesselI", BesselI, 4e-15},
		{"BesselK", BesselK, 4e-15},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows []gammaRow
			for _, r := range tables[c.name] {
				if r[0] <= 50 {
					rows = append(rows, r)
					continue
				}
				// Errors grow with the order.
				scale := 0.0
				if len(r) > 3 {
					scale = r[3]
				}
				if e := gammaError(c.f(int(r[0]), r[1]), r[2], scale); e > 2e-14 {
					t.Errorf("%v: got %v, error %.2g", r, c.f(int(r[0]), r[1]), e)
				}
			}
			gammaCheck(t, rows, 2, c.tol, func(a []float64) float64 { return c.f(int(a[0]), a[1]) })
		})
	}
}

func TestBesselSpecial(t *testing.T) {
	inf, nan, negz := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	const huge, tiny = math.MaxInt, math.MinInt
	for _, n := range []int{0, 1, 2, 3, 50, 1000, -1, -2, -3, huge, tiny} {
		if v := BesselJ(n, nan); !math.IsNaN(v) {
			t.Errorf("J(%d, NaN) = %v", n, v)
		}
		if v := BesselY(n, nan); !math.IsNaN(v) {
			t.Errorf("Y(%d, NaN) = %v", n, v)
		}
		if v := BesselI(n, nan); !math.IsNaN(v) {
			t.Errorf("I(%d, NaN) = %v", n, v)
		}
		if v := BesselK(n, nan); !math.IsNaN(v) {
			t.Errorf("K(%d, NaN) = %v", n, v)
		}
		want := 0.0
		if n == 0 {
			want = 1
		}
		for _, x := range []float64{0, negz} {
			if v := BesselJ(n, x); v != want {
				t.Errorf("J(%d, %v) = %v", n, x, v)
			}
			if v := BesselI(n, x); v != want {
				t.Errorf("I(%d, %v) = %v", n, x, v)
			}
			if v := BesselK(n, x); v != inf {
				t.Errorf("K(%d, %v) = %v", n, x, v)
			}
			want := -inf
			if n < 0 && n&1 == 1 {
				want = inf
			}
			if v := BesselY(n, x); v != want {
				t.Errorf("Y(%d, %v) = %v", n, x, v)
			}
		}
		for _, x := range []float64{inf, -inf} {
			if v := BesselJ(n, x); v != 0 {
				t.Errorf("J(%d, %v) = %v", n, x, v)
			}
			want := inf
			if x < 0 && n&1 == 1 {
				want = -inf
			}
			if v := BesselI(n, x); v != want {
				t.Errorf("I(%d, %v) = %v", n, x, v)
			}
		}
		if v := BesselK(n, inf); v != 0 {
			t.Errorf("K(%d, +Inf) = %v", n, v)
		}
		if v := BesselY(n, inf); v != 0 {
			t.Errorf("Y(%d, +Inf) = %v", n, v)
		}
		for _, x := range []float64{-1, -inf, -5e-324} {
			if v := BesselY(n, x); !math.IsNaN(v) {
				t.Errorf("Y(%d, %v) = %v", n, x, v)
			}
			if v := BesselK(n, x); !math.IsNaN(v) {
				t.Errorf("K(%d, %v) = %v", n, x, v)
			}
		}
	}
	for _, c := range []struct {
		name    string
		f       func(int, float64) float64
		n       int
		x, want float64
	}{
		{"J", BesselJ, 0, 5e-324, 1},
		{"J", BesselJ, 1, 1e-310, 5e-311},
		{"J", BesselJ, 1, -1e-9, -5e-10},
		{"J", BesselJ, -1, -1e-310, 5e-311},
		{"J", BesselJ, 2, 1e-310, 0},
		{"J", BesselJ, huge, 100, 0},
		{"J", BesselJ, tiny, 100, 0},
		{"Y", BesselY, 0, 5e-324, -473.999073423004},
		{"Y", BesselY, 1, 5e-324, -inf},
		{"Y", BesselY, 2, 1e-310, -inf},
		{"Y", BesselY, 50, 1e-300, -inf},
		{"Y", BesselY, huge, 100, -inf},
		{"Y", BesselY, -50, 1e-300, -inf},
		{"I", BesselI, 0, 5e-324, 1},
		{"I", BesselI, 1, 1e-310, 5e-311},
		{"I", BesselI, -1, -1e-310, -5e-311},
		{"I", BesselI, 0, 720, inf},
		{"I", BesselI, 3, -720, -inf},
		{"I", BesselI, 0, 1e300, inf},
		{"I", BesselI, huge, 100, 0},
		{"I", BesselI, 100000, 1000, 0},
		{"I", BesselI, 1000000, 1e6, inf},
		{"K", BesselK, 0, 5e-324, 744.55600343704},
		{"K", BesselK, 1, 5e-324, inf},
		{"K", BesselK, 1, 1e-300, 1e300},
		{"K", BesselK, 2, 1e-300, inf},
		{"K", BesselK, 0, 800, 0},
		{"K", BesselK, 50, 1e300, 0},
		{"K", BesselK, huge, 100, inf},
		{"K", BesselK, tiny, 100, inf},
	} {
		if v := c.f(c.n, c.x); gammaError(v, c.want, 0) > 1e-14 {
			t.Errorf("%s(%d, %v) = %v, want %v", c.name, c.n, c.x, v, c.want)
		}
	}
}

func TestBesselWronskian(t *testing.T) {
	// J(n+1)Y(n) - J(n)Y(n+1) = 2/(πx), I(n)K(n+1) + I(n+1)K(n) = 1/x
	// (NIST DLMF 10.5.2, 10.28.2), with errors compared to the terms.
	for n := 0; n <= 50; n++ {
		for x := 0.01; x < 700; x *= 1.17 {
			j0, j1, y0, y1 := BesselJ(n, x), BesselJ(n+1, x), BesselY(n, x), BesselY(n+1, x)
			if !math.IsInf(y1, 0) && j1 > 1e-290 {
				u, v := j1*y0, j0*y1
				if e := gammaError(u-v, 2/(math.Pi*x), math.Abs(u)+math.Abs(v)); e > 8e-15 {
					t.Errorf("J, Y: n = %d, x = %v: error %g", n, x, e)
				}
			}
			i0, i1, k0, k1 := BesselI(n, x), BesselI(n+1, x), BesselK(n, x), BesselK(n+1, x)
			if !math.IsInf(k1, 0) && i1 > 1e-290 && k0 > 1e-290 {
				if e := gammaError(i0*k1+i1*k0, 1/x, 0); e > 8e-15 {
					t.Errorf("I, K: n = %d, x = %v: error %g", n, x, e)
				}
			}
		}
	}
}

func TestBesselParity(t *testing.T) {
	for n := 0; n <= 20; n++ {
		s := 1.0
		if n&1 == 1 {
			s = -1
		}
		for _, x := range []float64{1e-3, 0.5, 3, 11, 19.5, 60} {
			for _, c := range []struct {
				name     string
				a, b     float64
				wantSign float64
			}{
				{"J(-n)", BesselJ(-n, x), BesselJ(n, x), s},
				{"J(-x)", BesselJ(n, -x), BesselJ(n, x), s},
				{"J(-n, -x)", BesselJ(-n, -x), BesselJ(n, x), 1},
				{"Y(-n)", BesselY(-n, x), BesselY(n, x), s},
				{"I(-n)", BesselI(-n, x), BesselI(n, x), 1},
				{"I(-x)", BesselI(n, -x), BesselI(n, x), s},
				{"K(-n)", BesselK(-n, x), BesselK(n, x), 1},
			} {
				if c.a != c.wantSign*c.b {
					t.Errorf("%s, n = %d, x = %v: %v, want %v", c.name, n, x, c.a, c.wantSign*c.b)
				}
			}
		}
	}
}

// TestBesselRecurrence checks the recurrences across the boundaries of the
// methods, with errors compared to the largest term.
func TestBesselRecurrence(t *testing.T) {
	for n := 1; n <= 60; n++ {
		for x := 0.03; x < 500; x *= 1.11 {
			r := float64(2*n) / x
			a, b, c := BesselJ(n-1, x), r*BesselJ(n, x), BesselJ(n+1, x)
			amp := math.Sqrt(2/(math.Pi*x)) * (1 + r)
			if x < float64(n) {
				amp = math.Abs(a)
			}
			if a > 1e-290 || x > float64(n) {
				if e := gammaError(b-a, c, amp); e > 8e-15 {
					t.Errorf("J: n = %d, x = %v: error %g", n, x, e)
				}
			}
			a, b, c = BesselI(n-1, x), r*BesselI(n, x), BesselI(n+1, x)
			if c > 1e-290 {
				if e := gammaError(b+c, a, 0); e > 8e-15 {
					t.Errorf("I: n = %d, x = %v: error %g", n, x, e)
				}
			}
		}
	}
}
