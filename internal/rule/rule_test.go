package rule

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestUnary checks each entry of the table by itself: the derivative against
// central differences of the value, and the domain.
func TestUnary(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, p := range Unary {
		lo, hi := max(p.Lo, -5), min(p.Hi, 5)
		for range 200 {
			x := lo + (hi-lo)*(0.02+0.96*rng.Float64())
			if p.Lo < -1e300 && math.Abs(x-math.Round(x)) < 0.1 {
				x += 0.3 // keep clear of the poles of the gamma family
			}
			y := p.Value(x)
			if math.IsNaN(y) {
				t.Errorf("%s(%g) is NaN inside its domain [%g, %g]", p.Name, x, p.Lo, p.Hi)
				continue
			}
			got := p.Deriv(x, y)
			h := 1e-3 * min(1, x-p.Lo, p.Hi-x)
			d := func(h float64) float64 { return (p.Value(x+h) - p.Value(x-h)) / (2 * h) }
			// Two Richardson steps: what is left is of sixth order.
			a, b, c := d(h), d(h/2), d(h/4)
			r1, r2 := b+(b-a)/3, c+(c-b)/3
			want := r2 + (r2-r1)/15
			if tol := 1e-8*(1+math.Abs(want)) + 10*math.Abs(r2-r1); !(math.Abs(got-want) <= tol) {
				t.Errorf("%s′(%g) = %g, differences give %g ± %.1g", p.Name, x, got, want, tol)
			}
		}
		for _, x := range []float64{math.Nextafter(p.Lo, math.Inf(-1)), p.Lo - 1, math.Nextafter(p.Hi, math.Inf(1)), p.Hi + 1} {
			if y := p.Value(x); !math.IsInf(p.Lo, -1) && (x < p.Lo || x > p.Hi) && !math.IsNaN(y) {
				t.Errorf("%s(%g) = %g outside its domain [%g, %g]", p.Name, x, y, p.Lo, p.Hi)
			}
		}
	}
}

// TestSubnormalLog checks the remedy for the logarithm of subnormal numbers.
func TestSubnormalLog(t *testing.T) {
	for _, e := range []int{-1074, -1073, -1060, -1040, -1023, -1022, -1021} {
		x := math.Ldexp(1, e)
		if got, want := LogValue(x), float64(e)*math.Ln2; math.Abs(got-want) > 2e-13 {
			t.Errorf("log 2^%d = %.17g, want %.17g", e, got, want)
		}
		if got, want := Log10Value(x), float64(e)*(math.Ln2/math.Ln10); math.Abs(got-want) > 1e-13 {
			t.Errorf("log10 2^%d = %.17g, want %.17g", e, got, want)
		}
	}
}
