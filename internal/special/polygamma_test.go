package special

import (
	"math"
	"testing"
)

func TestPolygammaGolden(t *testing.T) {
	tables := gammaGolden(t, "polygamma.json")
	// 14 ulp of max(|ψ(x)|, ψ(1-x)); a few ulp typically.
	t.Run("Digamma", func(t *testing.T) {
		gammaCheck(t, tables["Digamma"], 1, 3e-15, func(a []float64) float64 { return Digamma(a[0]) })
	})
	// The power -(n+1) of x multiplies the error of the cotangent of up to
	// 3 ulp by n+1, for the largest order here by 61.
	t.Run("Polygamma", func(t *testing.T) {
		var pos, neg []gammaRow
		for _, r := range tables["Polygamma"] {
			switch {
			case r[1] > 0:
				pos = append(pos, r)
			case r[0] <= 20:
				neg = append(neg, r)
			default:
				e := gammaError(Polygamma(int(r[0]), r[1]), r[2], r[3])
				if e > 3e-14 {
					t.Errorf("%v: error %.2g", r, e)
				}
			}
		}
		f := func(a []float64) float64 { return Polygamma(int(a[0]), a[1]) }
		gammaCheck(t, pos, 2, 3e-15, f)
		gammaCheck(t, neg, 2, 1e-14, f)
	})
}

func TestPolygammaSpecial(t *testing.T) {
	inf, nan, negz := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	for _, c := range []struct {
		n       int
		x, want float64
	}{
		{0, nan, nan}, {1, nan, nan}, {2, nan, nan},
		{0, inf, inf}, {1, inf, 0}, {2, inf, negz},
		{0, -inf, nan}, {1, -inf, nan}, {2, -inf, nan},
		{0, 0, -inf}, {0, negz, inf}, {1, 0, inf}, {1, negz, inf}, {2, 0, -inf}, {2, negz, inf},
		{0, -1, nan}, {1, -1, inf}, {2, -1, nan}, {3, -7, inf}, {4, -1e300, nan}, {5, -1e300, inf},
		{0, 5e-324, -inf}, {1, 1e-320, inf}, {2, 1e-320, -inf}, {2, -1e-320, inf}, {1, -1e-320, inf},
		{1, 1e300, 1e-300}, {2, 1e300, negz}, {3, 1e300, 0},
		{0, 1, -0.57721566490153286061}, {1, 1, math.Pi * math.Pi / 6}, {1, 0.5, math.Pi * math.Pi / 2},
		{3, 1, math.Pi * math.Pi * math.Pi * math.Pi / 15},
	} {
		got := Polygamma(c.n, c.x)
		if !gammaSame(got, c.want) && !(gammaError(got, c.want, 0) <= 1e-15 && c.want != 0) {
			t.Errorf("Polygamma(%d, %v) = %v, want %v", c.n, c.x, got, c.want)
		}
		if c.n == 0 {
			if d := Digamma(c.x); !gammaSame(d, got) {
				t.Errorf("Digamma(%v) = %v, want %v", c.x, d, got)
			}
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic for a negative order")
		}
	}()
	Polygamma(-1, 1)
}

// High orders, where n! or x**n alone would overflow or underflow.
func TestPolygammaHighOrder(t *testing.T) {
	for _, c := range []struct {
		n    int
		x, w float64
	}{
		{170, 1, 7.257415615307999e+306},
		{170, 1e3, 0}, // below
		{200, 1e3, 0},
	} {
		got := math.Abs(Polygamma(c.n, c.x))
		if c.w == 0 {
			// n! Σ (x+k)**-(n+1) lies between the integral and the
			// integral plus the first term.
			lg := Lgamma(float64(c.n)) - float64(c.n)*math.Log(c.x)
			lo := math.Exp(lg)
			hi := lo * (1 + float64(c.n)/c.x)
			if !(got > lo*(1-1e-12) && got < hi) {
				t.Errorf("Polygamma(%d, %v) = %v, want in [%v, %v]", c.n, c.x, got, lo, hi)
			}
		} else if gammaError(got, c.w, 0) > 1e-14 {
			t.Errorf("Polygamma(%d, %v) = %v, want %v", c.n, c.x, got, c.w)
		}
	}
}

func TestPolygammaRecurrence(t *testing.T) {
	// ψ⁽ⁿ⁾(x+1) = ψ⁽ⁿ⁾(x) + (-1)ⁿ n! x**-(n+1) for exact x+1; the error is
	// compared with the largest term.
	for n := 0; n <= 12; n++ {
		for x := -30.328125; x < 40; x += 0.171875 {
			if x == math.Floor(x) {
				continue
			}
			p, q := Polygamma(n, x), Polygamma(n, x+1)
			d := 1 / x
			for i := 1; i <= n; i++ {
				d *= -float64(i) / x
			}
			scale := math.Max(math.Abs(p), math.Abs(d))
			if x < 0 {
				scale = math.Max(scale, math.Abs(Polygamma(n, 1-x)))
			}
			if e := gammaError(q, p+d, scale); e > 1e-14 {
				t.Errorf("n = %d, x = %v: error %g", n, x, e)
			}
		}
	}
}

// The zero of ψ is between two float64 values; the sign changes there and the
// relative error stays small.
func TestDigammaRoot(t *testing.T) {
	lo, hi := Digamma(polyRoot), Digamma(math.Nextafter(polyRoot, 2))
	if !(lo < 0 && hi > 0) {
		t.Errorf("ψ next to its zero: %v, %v", lo, hi)
	}
	if e := gammaError(lo, -9.24126552172942752e-17, 0); e > 1e-15 {
		t.Errorf("ψ(%v) = %v, error %g", polyRoot, lo, e)
	}
}
