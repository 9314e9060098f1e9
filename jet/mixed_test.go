package jet_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

// TestMixed compares every mixed derivative of up to six orders in up to four
// variables with nested duals.
func TestMixed(t *testing.T) {
	order := 6
	if testing.Short() || raceEnabled {
		order = 4
	}
	for n := 1; n <= 4; n++ {
		x := somewhere(n)
		for id := range samples {
			f := sampleOf[jet.Jet64](id)
			worst := 0.0
			multiIndices(n, order, func(index, vars []int) {
				want := nestedPartial(id, x, vars)
				got := jet.Mixed(f, x, index)
				if !within(got, want, 1e-12) {
					t.Errorf("function %d of %d variables, index %v: %v, want %v", id, n, index, got, want)
				}
				if want != 0 {
					worst = max(worst, math.Abs(got/want-1))
				}
			})
			t.Logf("function %d of %d variables: largest relative error %.1e", id, n, worst)
		}
	}
}

// TestMixedHigh goes to orders beyond nested duals.
func TestMixedHigh(t *testing.T) {
	x := somewhere(4)
	for _, index := range [][]int{{4, 4, 0, 0}, {6, 0, 0, 6}, {9, 1, 0, 0}, {3, 0, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4}, {12, 0, 0, 0}} {
		for id := range samples {
			want := nestedJets(id, x, index)
			if got := jet.Mixed(sampleOf[jet.Jet64](id), x, index); !within(got, want, 1e-11) {
				t.Errorf("function %d, index %v: %v, want %v, error %.1e", id, index, got, want, got/want-1)
			}
		}
	}
}

// TestMixedMany takes a derivative for so many variables that there is no curve.
func TestMixedMany(t *testing.T) {
	const n = 11
	index, x := make([]int, n), make([]float64, n)
	for i := range index {
		index[i], x[i] = 1, 0.1
	}
	p := jet.NewPartial(index)
	f := func(x []jet.Jet64) jet.Jet64 { return dual.Sum(x).Exp() }
	if y, want := p.At(f, x), math.Exp(0.1*n); p.Jets() != 1<<(n-1) || !within(y, want, 1e-11) {
		t.Errorf("%d jets, %v, want %d, %v", p.Jets(), y, 1<<(n-1), want)
	}
}

// TestMixedMonomials applies every derivative to every monomial of its order:
// the result is i! for its own and exactly 0 for all others.
func TestMixedMonomials(t *testing.T) {
	multiIndices(3, 5, func(index, vars []int) {
		p := jet.NewPartial(index)
		multiIndices(3, 5, func(power, list []int) {
			want := 0.0
			if slices.Equal(power, index) {
				want = 1
				for _, k := range index {
					want *= float64(new(big.Int).MulRange(1, int64(k)).Int64())
				}
			}
			got := p.At(func(x []jet.Jet64) jet.Jet64 {
				y := x[0].PowInt(power[0])
				return y.Mul(x[1].PowInt(power[1])).Mul(x[2].PowInt(power[2]))
			}, make([]float64, 3))
			if got != want {
				t.Errorf("index %v of the powers %v: %v, want %v", index, power, got, want)
			}
		})
	})
}

// TestMixedZero wants a result of exactly 0 where polarization leaves noise.
func TestMixedZero(t *testing.T) {
	p := jet.NewPartial([]int{2, 2, 2, 2})
	if n := p.Jets(); n != 40 {
		t.Errorf("%d jets, want 40", n)
	}
	if y := p.At(sampleOf[jet.Jet64](3), somewhere(4)); y != 0 {
		t.Errorf("derivative of a sum of functions of one variable: %v, want 0", y)
	}
}

func TestPartial(t *testing.T) {
	for _, c := range []struct {
		index []int
		jets  int
		noise float64
	}{
		{nil, 1, 1},
		{[]int{0, 0}, 1, 1},
		{[]int{0, 7, 0}, 1, 1},
		{[]int{1, 1}, 1, 1},
		{[]int{2, 0, 2}, 1, 1},
		{[]int{4, 4}, 8, 55.888888888888886},
		{[]int{2, 2, 2}, 13, 52},
		{[]int{1, 1, 1, 1}, 8, 35},
		{[]int{6, 6}, 16, 489.11240740740743},
	} {
		p := jet.NewPartial(c.index)
		if n, a := p.Jets(), p.Amplification(); n != c.jets || !within(a, c.noise, 1e-14) {
			t.Errorf("index %v: %d jets, amplification %v, want %d, %v", c.index, n, a, c.jets, c.noise)
		}
		if got := p.Index(nil); !slices.Equal(got, c.index) {
			t.Errorf("Index() = %v, want %v", got, c.index)
		}
	}
}

// TestPartialAlmostPure wants no interpolation where one variable is once.
func TestPartialAlmostPure(t *testing.T) {
	for k := 1; k <= 40; k++ {
		if p := jet.NewPartial([]int{k, 0, 1}); p.Jets() != 1 || p.Amplification() != 1 {
			t.Errorf("index (%d,0,1): %d jets, amplification %v", k, p.Jets(), p.Amplification())
		}
	}
	y := jet.Mixed(func(x []jet.Jet64) jet.Jet64 { return x[0].Exp().Mul(x[1].Sin()) }, []float64{0, 0.5}, []int{19, 1})
	if want := math.Cos(0.5); !within(y, want, 1e-15) {
		t.Errorf("index (19,1): %v, want %v", y, want)
	}
}

// TestMixedSingular takes derivatives where f has none, or none of its numbers.
func TestMixedSingular(t *testing.T) {
	f := func(x []jet.Jet64) jet.Jet64 { return x[0].Mul(x[1]).Log() }
	for _, x := range [][]float64{{math.NaN(), 1}, {-1, 1}} {
		for _, index := range [][]int{{1, 0}, {1, 1}, {4, 4}} {
			if y := jet.Mixed(f, x, index); !math.IsNaN(y) {
				t.Errorf("index %v at %v: %v, want NaN", index, x, y)
			}
		}
	}
	// An infinite constant is no obstacle to other variables.
	g := func(x []jet.Jet64) jet.Jet64 { return x[0].Mul(x[1]).Add(x[2].Exp()) }
	for _, index := range [][]int{{1, 1, 0}, {0, 0, 3}} {
		if y := jet.Mixed(g, []float64{2, 3, math.Inf(-1)}, index); y != float64(index[0]) {
			t.Errorf("index %v with an infinite variable: %v, want %v", index, y, index[0])
		}
	}
}

// FuzzMixed takes the mixed derivatives of polynomials with small integer
// coefficients at integers, which no rounding disturbs.
func FuzzMixed(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}, []byte{1, 2, 0}, []byte{2, 1, 1})
	f.Add([]byte{200, 20, 3, 0, 5, 6, 7, 80, 9, 1, 1, 1}, []byte{3, 250, 1}, []byte{1, 1, 2})
	f.Fuzz(func(t *testing.T, terms, at, index []byte) {
		if len(at) < 3 || len(index) < 3 || len(terms) > 60 {
			t.Skip()
		}
		x, i := make([]float64, 3), make([]int, 3)
		for p := range x {
			x[p], i[p] = float64(int8(at[p])%4), int(index[p]%4)
		}
		// A term is c·x^a·y^b·z^c.
		poly := func(x []jet.Jet64) jet.Jet64 {
			var s jet.Jet64
			for t := terms; len(t) >= 4; t = t[4:] {
				p := x[0].Const(float64(int8(t[0])))
				for j, v := range x {
					p = p.Mul(v.PowInt(int(t[j+1] % 5)))
				}
				s = s.Add(p)
			}
			return s
		}
		want := 0.0
		for t := terms; len(t) >= 4; t = t[4:] {
			p := float64(int8(t[0]))
			for j, v := range x {
				k := int(t[j+1] % 5)
				for range i[j] {
					p *= float64(k)
					k--
				}
				p *= math.Pow(v, float64(max(k, 0)))
			}
			want += p
		}
		// Weights and the coefficients of powers are binary fractions here, up to
		// factorials of 3.
		if got := jet.Mixed(poly, x, i); !within(got, want, 1e-12) && math.Abs(got-want) > 1e-9 {
			t.Errorf("index %v at %v: %v, want %v", i, x, got, want)
		}
	})
}
