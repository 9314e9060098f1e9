package hessian

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestColoring(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct {
		name                string
		p                   *Pattern
		direct, trees, diag int
	}{
		{"tridiagonal", bandPattern(100, 1), 3, 2, 2},
		{"band", bandPattern(100, 4), 9, 5, 5},
		{"arrow", arrowPattern(100), 2, 2, 2},
		{"grid", gridPattern(10), 6, 4, 2},
		{"dense", bandPattern(10, 9), 10, 10, 10},
		{"random", randomPattern(rnd, 60, 150), 10, 6, 5},
		{"no entries", NewPattern(7, nil), 1, 1, 1},
		{"one", bandPattern(1, 0), 1, 1, 1},
	} {
		for _, how := range []Recovery{Direct, Substitution, Diagonal} {
			s := randomSym(rnd, c.p)
			col := NewColoring(c.p, how)
			if got, want := col.Colors(), []int{c.direct, c.trees, c.diag}[how]; got > want {
				t.Errorf("%s, %v: %d colours, want at most %d", c.name, how, got, want)
			}
			if col.Pattern() != c.p || col.Recovery() != how {
				t.Errorf("%s, %v: made for another", c.name, how)
			}
			for _, workers := range []int{1, 3} {
				diag := col.Diag(nil, s.MulVec, Workers(workers))
				for i, v := range diag {
					if v != s.At(i, i) {
						t.Errorf("%s, %v: diagonal entry %d is %v, want %v", c.name, how, i, v, s.At(i, i))
					}
				}
				if how == Diagonal {
					continue
				}
				got := col.Sparse(nil, s.MulVec, Workers(workers))
				for k, v := range got.val {
					if d := math.Abs(v - s.val[k]); how == Direct && d != 0 || d > 1e-11 {
						t.Errorf("%s, %v: entry %d is %v, want %v", c.name, how, k, v, s.val[k])
					}
				}
				if len(got.val) > 0 {
					got.val[0] = 7
				}
				again := col.Sparse(got, s.MulVec)
				if again != got || len(s.val) > 0 && math.Abs(got.val[0]-s.val[0]) > 1e-11 {
					t.Errorf("%s, %v: second recovery differs", c.name, how)
				}
			}
		}
	}
}

func TestColoringAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	p := bandPattern(200, 2)
	s := randomSym(rand.New(rand.NewPCG(1, 1)), p)
	mul := s.MulVec
	for _, how := range []Recovery{Direct, Substitution} {
		c := NewColoring(p, how)
		dst := c.Sparse(nil, mul)
		if n := testing.AllocsPerRun(20, func() { c.Sparse(dst, mul) }); n > 0 {
			t.Errorf("%v: %v allocations", how, n)
		}
	}
}

// TestColoringPanic checks that a panic of a product in a worker reaches the
// caller.
func TestColoringPanic(t *testing.T) {
	c := NewColoring(bandPattern(20, 3), Direct)
	defer func() {
		if r := recover(); r != "no product" {
			t.Errorf("recovered %v", r)
		}
	}()
	c.Sparse(nil, func(_, v []float64) {
		if slices.Index(v, 1) > 0 {
			panic("no product")
		}
	}, Workers(2))
}

// TestColoringHollow has a pattern without most of the diagonal, and products with
// a matrix that has it: what is not in the pattern is 0.
func TestColoringHollow(t *testing.T) {
	p := NewPattern(4, entries([2]int{1, 0}, [2]int{2, 1}, [2]int{3, 3}))
	s := NewSym(p.Union(bandPattern(4, 0)), nil)
	s.DoNonZero(func(i, j int, _ float64) {
		k, _ := s.p.find("", i, j)
		s.val[k] = float64(1 + i + j)
	})
	c := NewColoring(p, Diagonal)
	for _, workers := range []int{1, 2} {
		d := c.Diag(repeated(4, 9), s.MulVec, Workers(workers))
		for i, want := range []float64{0, 0, 0, 7} {
			if d[i] != want {
				t.Errorf("%d workers: diagonal %v", workers, d)
				break
			}
		}
	}
}

func TestColoringMisuse(t *testing.T) {
	p := bandPattern(4, 1)
	c := NewColoring(p, Diagonal)
	wantPanic(t, "unknown recovery 7", func() { NewColoring(p, 7) })
	wantPanic(t, "diagonal only", func() { c.Sparse(nil, NewSym(p, nil).MulVec) })
	wantPanic(t, "nil function", func() { c.Sparse(nil, nil) })
	wantPanic(t, "nil function", func() { c.Diag(nil, nil) })
	wantPanic(t, "len(dst) = 3", func() { c.Diag(make([]float64, 3), NewSym(p, nil).MulVec) })
	wantPanic(t, "column 4 of 4", func() { c.Color(4) })
	wantPanic(t, "n = 0", func() { Workers(0) })
	wantPanic(t, "want 0 < tol < 1", func() { Tolerance(math.NaN()) })
	wantPanic(t, "n = 0", func() { MaxProducts(0) })
	for how, want := range map[Recovery]string{Direct: "direct", Substitution: "substitution", Diagonal: "diagonal", -1: "unknown"} {
		if got := how.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
