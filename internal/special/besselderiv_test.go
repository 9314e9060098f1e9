package special

import (
	"fmt"
	"math"
	"testing"
)

// besselDerivFuncs are the functions under test by the name of the table.
var besselDerivFuncs = []struct {
	name string
	f    func(n int, x float64) float64
	all  func(dst []float64, n int, x float64)
}{
	{"BesselJ", BesselJ, BesselJDerivatives},
	{"BesselY", BesselY, BesselYDerivatives},
	{"BesselI", BesselI, BesselIDerivatives},
	{"BesselK", BesselK, BesselKDerivatives},
}

// besselDerivative returns the k-th derivative alone, from a row that ends with it.
func besselDerivative(all func(dst []float64, n int, x float64), k, n int, x float64) float64 {
	dst := make([]float64, k+1)
	all(dst, n, x)
	return dst[k]
}

func TestBesselDerivativeGolden(t *testing.T) {
	tables := gammaGolden(t, "besselderiv.json")
	orders := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 21, 40, 41}
	for _, c := range besselDerivFuncs {
		t.Run(c.name, func(t *testing.T) {
			if len(tables[c.name]) < 100 {
				t.Fatalf("only %d rows", len(tables[c.name]))
			}
			var worst [2]float64
			var dst [41]float64
			for _, r := range tables[c.name] {
				n, x, want := int(r[0]), r[1], r[2:]
				c.all(dst[:], n, x)
				for i, w := range want {
					k := orders[i]
					if i+1 == len(want) || orders[i+1] != k+1 {
						continue
					}
					// Next to a zero the error is compared with a part of the
					// next derivative.
					scale := 0.0
					if c.name == "BesselJ" || c.name == "BesselY" {
						scale = 0.3 * min(1, math.Abs(x)/float64(k+1)) * math.Abs(want[i+1])
					}
					// In the transition region of large orders the functions
					// vary slowly, and neighbours nearly cancel.
					tol, class := 1e-14, 0
					if k > 12 {
						tol = 2e-14
					}
					if c.name == "BesselJ" && n > 10 {
						tol, class = 1e-12, 1
						if k > 12 {
							tol = 1e-8
						}
					}
					e := max(gammaError(dst[k], w, scale), gammaError(besselDerivative(c.all, k, n, x), w, scale))
					if k <= 12 {
						worst[class] = max(worst[class], e)
					}
					if !(e <= tol) {
						t.Errorf("derivative %d of order %d at %v = %v, want %v, error %.2g", k, n, x, dst[k], w, e)
					}
				}
			}
			t.Logf("largest errors to order 12: %.2g", worst)
		})
	}
}

func TestBesselDerivativeSpecial(t *testing.T) {
	inf, nan, negz := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	const huge, tiny = math.MaxInt, math.MinInt
	for _, n := range []int{0, 1, 2, 3, 12, 50, 1000, -1, -2, -3, -20, huge, tiny, tiny + 1} {
		for _, x := range []float64{0, negz, 5e-324, 1e-310, 1e-300, 1e-100, 0.5, 1, 30, 690, 1e3, 1e6, inf,
			-5e-324, -1e-100, -0.5, -30, -1e6, -inf, nan} {
			if math.Abs(x) > 1e5 && (n > 1e5 || n < -1e5) {
				continue // as many steps as x is large
			}
			for _, c := range besselDerivFuncs {
				isNaN := math.IsNaN(x) || x < 0 && (c.name == "BesselY" || c.name == "BesselK")
				for _, order := range []int{1, 2, 5, 13, 41} {
					dst := make([]float64, order)
					c.all(dst, n, x)
					for k, d := range dst {
						if math.IsNaN(d) != isNaN {
							t.Errorf("%s: derivative %d of order %d at %v = %v", c.name, k, n, x, d)
						}
					}
					if v := c.f(n, x); !gammaSame(dst[0], v) {
						t.Errorf("%s: order %d at %v: %v, want the function, %v", c.name, n, x, dst[0], v)
					}
				}
			}
		}
		for k := range 41 {
			// Limits at the poles, those from above.
			s := inf
			if k&1 == 1 {
				s = -inf
			}
			if v := besselDerivative(BesselKDerivatives, k, n, 0); v != s {
				t.Errorf("BesselK: derivative %d of order %d at 0 is %v, want %v", k, n, v, s)
			}
			if n < 0 && n&1 == 1 {
				s = -s
			}
			if v := besselDerivative(BesselYDerivatives, k, n, 0); v != -s {
				t.Errorf("BesselY: derivative %d of order %d at 0 is %v, want %v", k, n, v, -s)
			}
			// Terms of the power series, DLMF 10.2.2 and 10.25.2, where 2**-k
			// times the binomial coefficient is exact.
			j, i := 0.0, 0.0
			if a := max(n, -n); 0 <= a && a <= k && (k-a)&1 == 0 {
				i = 1
				for m := 1; m <= k; m++ {
					if i *= float64(m) / 2; m <= (k-a)/2 {
						i /= float64(m)
					}
					if m <= (k+a)/2 {
						i /= float64(m)
					}
				}
				j = i
				if (k-a)&2 != 0 {
					j = -j
				}
				if n < 0 && n&1 == 1 {
					j = -j
				}
			}
			for _, x := range []float64{0, negz} {
				if v := besselDerivative(BesselJDerivatives, k, n, x); gammaError(v, j, 0) > 4e-15 {
					t.Errorf("BesselJ: derivative %d of order %d at %v is %v, want %v", k, n, x, v, j)
				}
				if v := besselDerivative(BesselIDerivatives, k, n, x); gammaError(v, i, 0) > 4e-15 {
					t.Errorf("BesselI: derivative %d of order %d at %v is %v, want %v", k, n, x, v, i)
				}
			}
		}
	}
	for _, c := range besselDerivFuncs {
		c.all(nil, 3, 1) // no order, nothing to do
	}
}

// TestBesselDerivativeEquation checks the differentiated equation of Bessel,
//
//	x²·fₖ₊₂ + (2k+1)·x·fₖ₊₁ + (k² ± x² - n²)·fₖ ± 2k·x·fₖ₋₁ ± k(k-1)·fₖ₋₂ = 0,
//
// with errors compared to the largest term.
func TestBesselDerivativeEquation(t *testing.T) {
	for _, c := range besselDerivFuncs {
		s := 1.0
		if c.name == "BesselI" || c.name == "BesselK" {
			s = -1
		}
		for n := -3; n <= 12; n++ {
			for x := 0.01; x < 300; x *= 1.3 {
				var d [23]float64
				c.all(d[:], n, x)
				for k := 2; k <= 20; k++ {
					fk, fn := float64(k), float64(n)
					sum, scale := 0.0, 0.0
					for _, v := range []float64{
						x * x * d[k+2], (2*fk + 1) * x * d[k+1], (fk*fk - fn*fn) * d[k], s * x * x * d[k],
						s * 2 * fk * x * d[k-1], s * fk * (fk - 1) * d[k-2],
					} {
						sum += v
						scale = max(scale, math.Abs(v))
					}
					if scale < 1e-280 || scale > 1e300 {
						continue
					}
					if !(math.Abs(sum) <= 2e-14*scale) {
						t.Errorf("%s: n = %d, x = %v, k = %d: %.2g", c.name, n, x, k, sum/scale)
					}
				}
			}
		}
	}
}

func TestBesselDerivativeAllocs(t *testing.T) {
	var dst [16]float64
	if n := testing.AllocsPerRun(10, func() {
		for _, x := range []float64{0.3, 7, 60} {
			BesselJDerivatives(dst[:], 3, x)
			BesselYDerivatives(dst[:], 3, x)
			BesselIDerivatives(dst[:], 3, x)
			BesselKDerivatives(dst[:], 3, x)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkBesselDerivatives(b *testing.B) {
	for _, c := range besselDerivFuncs {
		for _, n := range []int{4, 13} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				dst := make([]float64, n)
				x := 0.1
				for b.Loop() {
					c.all(dst, 2, x)
					if x += 0.37; x > 30 {
						x -= 29.9
					}
				}
			})
		}
	}
}
