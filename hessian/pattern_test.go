package hessian

import (
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// entries turns a list of pairs into an iterator.
func entries(pairs ...[2]int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for _, e := range pairs {
			if !yield(e[0], e[1]) {
				return
			}
		}
	}
}

// bandPattern is a full band.
func bandPattern(n, b int) *Pattern {
	return NewPattern(n, func(yield func(int, int) bool) {
		for i := range n {
			for j := max(0, i-b); j <= i; j++ {
				if !yield(i, j) {
					return
				}
			}
		}
	})
}

// arrowPattern is a diagonal and a full last row.
func arrowPattern(n int) *Pattern {
	return NewPattern(n, func(yield func(int, int) bool) {
		for i := range n {
			if !yield(i, i) || !yield(i, n-1) {
				return
			}
		}
	})
}

// gridPattern is that of the five-point star on an m×m grid.
func gridPattern(m int) *Pattern {
	return NewPattern(m*m, func(yield func(int, int) bool) {
		for i := range m * m {
			if !yield(i, i) || i%m > 0 && !yield(i, i-1) || i >= m && !yield(i, i-m) {
				return
			}
		}
	})
}

func randomPattern(rnd *rand.Rand, n, pairs int) *Pattern {
	return NewPattern(n, func(yield func(int, int) bool) {
		for range pairs {
			if !yield(rnd.IntN(n), rnd.IntN(n)) {
				return
			}
		}
	})
}

func randomSym(rnd *rand.Rand, p *Pattern) *Sym {
	s := NewSym(p, nil)
	for k := range s.val {
		s.val[k] = rnd.NormFloat64()
	}
	return s
}

// panicText returns the text of the Error with which f panics.
func panicText(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			err, ok := r.(Error)
			if !ok {
				panic(r)
			}
			text = err.Error()
		}
	}()
	f()
	return ""
}

func wantPanic(t *testing.T, want string, f func()) {
	t.Helper()
	if got := panicText(f); !strings.Contains(got, want) || !strings.HasPrefix(got, "hessian: ") {
		t.Errorf("panic %q, want one with %q", got, want)
	}
}

func TestPattern(t *testing.T) {
	p := NewPattern(4, entries([2]int{0, 3}, [2]int{3, 0}, [2]int{2, 2}, [2]int{1, 2}, [2]int{0, 0}, [2]int{2, 2}))
	var got [][2]int
	for i, j := range p.All() {
		got = append(got, [2]int{i, j})
	}
	want := [][2]int{{0, 0}, {3, 0}, {2, 1}, {2, 2}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if p.Dim() != 4 || p.NNZ() != 4 || p.Bandwidth() != 3 {
		t.Errorf("dim %d, nnz %d, bandwidth %d", p.Dim(), p.NNZ(), p.Bandwidth())
	}
	for i := range 4 {
		for j := range 4 {
			if got, want := p.Has(i, j), slices.Contains(want, [2]int{max(i, j), min(i, j)}); got != want {
				t.Errorf("Has(%d, %d) = %v", i, j, got)
			}
		}
	}
	for i, j := range p.All() {
		if i != 0 || j != 0 {
			t.Errorf("the iteration went on to (%d, %d)", i, j)
		}
		break
	}
	wantPanic(t, "entry (0, 4) is outside of 4×4", func() { NewPattern(4, entries([2]int{0, 4})) })
	wantPanic(t, "entry (-1, 0) is outside of 4×4", func() { p.Has(-1, 0) })
	wantPanic(t, "n = -1", func() { NewPattern(-1, nil) })
}

func TestPatternEmpty(t *testing.T) {
	var zero Pattern
	for _, p := range []*Pattern{&zero, NewPattern(0, nil)} {
		if p.Dim() != 0 || p.NNZ() != 0 || p.Bandwidth() != 0 || !p.Equal(&zero) || p.Union(&zero).Dim() != 0 {
			t.Errorf("the empty pattern: %v", p)
		}
		if got, want := p.String(), "0×0, 0 nonzeros in the lower triangle, bandwidth 0"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if c := NewColoring(p, Direct); c.Colors() != 0 {
			t.Errorf("%d colours", c.Colors())
		}
	}
	if p := NewPattern(3, nil); p.Dim() != 3 || p.NNZ() != 0 || p.Equal(&zero) {
		t.Errorf("a pattern without entries: %v", p)
	}
}

func TestUnion(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for trial := range 100 {
		n := 1 + rnd.IntN(12)
		p, q := randomPattern(rnd, n, rnd.IntN(30)), randomPattern(rnd, n, rnd.IntN(30))
		u := p.Union(q)
		for i := range n {
			for j := range n {
				if u.Has(i, j) != (p.Has(i, j) || q.Has(i, j)) {
					t.Fatalf("trial %d: (%d, %d) of\n%v\n%v\n%v", trial, i, j, p, q, u)
				}
			}
		}
		if !u.Equal(q.Union(p)) || u.Union(p) != u || p.Union(u) != u {
			t.Fatalf("trial %d: unions differ", trial)
		}
	}
	wantPanic(t, "patterns are 2×2 and 3×3", func() { NewPattern(2, nil).Union(NewPattern(3, nil)) })
}

func TestPatternString(t *testing.T) {
	got := NewPattern(5, entries([2]int{0, 0}, [2]int{1, 1}, [2]int{2, 2}, [2]int{4, 0}, [2]int{3, 2})).String()
	want := "5×5, 5 nonzeros in the lower triangle, bandwidth 4\n" +
		"▀▄  ▀\n" +
		"  █▀\n" +
		"▀"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = bandPattern(100_000, 1).String()
	lines := strings.Split(got, "\n")
	if len(lines) != 33 || !strings.Contains(lines[0], "1563×1563 entries a block") || lines[1] != "██▄" {
		t.Errorf("got\n%s", got)
	}
}

func TestSym(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for trial := range 100 {
		n := 1 + rnd.IntN(12)
		p := randomPattern(rnd, n, rnd.IntN(40))
		s := randomSym(rnd, p)
		dense := s.ToSymDense(nil)
		if r, c := s.Dims(); r != n || c != n || s.SymmetricDim() != n || s.T() != mat.Matrix(s) || s.IsEmpty() {
			t.Fatalf("trial %d: %d×%d, want %d×%d", trial, r, c, n, n)
		}
		if !mat.Equal(s, dense) {
			t.Fatalf("trial %d: dense matrix differs", trial)
		}
		if b := SymOf(dense); !mat.Equal(b, dense) || !b.Pattern().Equal(p) {
			t.Fatalf("trial %d: sparse matrix of the dense one differs", trial)
		}
		if b := SymOf(s); !mat.Equal(b, dense) || !b.Pattern().Equal(p) {
			t.Fatalf("trial %d: sparse matrix of the sparse one differs", trial)
		}
		band, err := s.ToBand()
		if err != nil || !mat.Equal(band, dense) {
			t.Fatalf("trial %d: band matrix differs: %v", trial, err)
		}
		// The triangle named.
		rows, cols, vals := make([]int, s.NNZ()), make([]int, s.NNZ()), make([]float64, s.NNZ())
		s.LowerTriplets(rows, cols, vals)
		sum := mat.NewDense(n, n, nil)
		for k, v := range vals {
			i, j := rows[k], cols[k]
			if i < j {
				t.Fatalf("trial %d: triplet (%d, %d) is in the upper triangle", trial, i, j)
			}
			sum.Set(i, j, sum.At(i, j)+v)
			if i != j {
				sum.Set(j, i, sum.At(j, i)+v)
			}
		}
		if !mat.Equal(sum, dense) {
			t.Fatalf("trial %d: triplets differ", trial)
		}
		s.LowerTriplets(nil, nil, nil)

		sum.Zero()
		s.DoNonZero(func(i, j int, v float64) { sum.Set(i, j, sum.At(i, j)+v) })
		if !mat.Equal(sum, dense) {
			t.Fatalf("trial %d: DoNonZero differs", trial)
		}
		for i := range n {
			sum.Zero()
			last := -1
			s.DoRowNonZero(i, func(r, c int, v float64) {
				if r != i || c <= last {
					t.Fatalf("trial %d: DoRowNonZero(%d) at (%d, %d)", trial, i, r, c)
				}
				last = c
				sum.Set(r, c, v)
			})
			last = -1
			s.DoColNonZero(i, func(r, c int, v float64) {
				if c != i || r <= last || v != dense.At(r, c) {
					t.Fatalf("trial %d: DoColNonZero(%d) at (%d, %d)", trial, i, r, c)
				}
				last = r
			})
			if row := mat.Row(nil, i, dense); !slices.Equal(mat.Row(nil, i, sum), row) {
				t.Fatalf("trial %d: row %d differs", trial, i)
			}
		}

		// Products.
		x := mat.NewVecDense(n, nil)
		for i := range n {
			x.SetVec(i, rnd.NormFloat64())
		}
		var want, got mat.VecDense
		want.MulVec(dense, x)
		s.MulVecTo(&got, trial%2 == 0, x)
		if !mat.EqualApprox(&got, &want, 1e-13) {
			t.Fatalf("trial %d: product %v, want %v", trial, got, want)
		}
		s.MulVecTo(x, false, x)
		if !mat.Equal(x, &got) {
			t.Fatalf("trial %d: product in place differs", trial)
		}
		wide := mat.NewDense(n, 3, nil)
		wide.SetCol(1, want.RawVector().Data)
		var strided mat.VecDense
		s.MulVecTo(&strided, false, wide.ColView(1))
		var again mat.VecDense
		s.MulVecTo(&again, false, &want)
		if !mat.EqualApprox(&strided, &again, 1e-14) {
			t.Fatalf("trial %d: product of a column differs", trial)
		}
	}
}

func TestSymReuse(t *testing.T) {
	p := bandPattern(50, 2)
	var s Sym
	if !s.IsEmpty() || s.NNZ() != 0 {
		t.Error("the zero value is not empty")
	}
	s.ReuseAs(p)
	_, _, val := s.RawCSC()
	val[0] = 3
	if s.At(0, 0) != 3 {
		t.Error("the values of RawCSC are not those of the matrix")
	}
	if n := testing.AllocsPerRun(10, func() { s.ReuseAs(p) }); n != 0 {
		t.Errorf("ReuseAs allocates %v times", n)
	}
	if s.At(0, 0) != 0 {
		t.Error("ReuseAs leaves values")
	}
	x, y := make([]float64, 50), make([]float64, 50)
	if n := testing.AllocsPerRun(10, func() { s.MulVec(y, x) }); n != 0 {
		t.Errorf("MulVec allocates %v times", n)
	}
	a, b := mat.NewVecDense(50, x), mat.NewVecDense(50, y)
	if n := testing.AllocsPerRun(10, func() { s.MulVecTo(b, false, a) }); n != 0 {
		t.Errorf("MulVecTo allocates %v times", n)
	}
	s.Reset()
	if !s.IsEmpty() || s.SymmetricDim() != 0 {
		t.Error("Reset leaves a matrix")
	}
}

func TestSymPanics(t *testing.T) {
	s := NewSym(bandPattern(4, 1), nil)
	x := make([]float64, 4)
	wantPanic(t, "len(val) = 3, want p.NNZ() = 7", func() { NewSym(bandPattern(4, 1), make([]float64, 3)) })
	wantPanic(t, "(4, 0) is outside of 4×4", func() { s.At(4, 0) })
	wantPanic(t, "(0, -1) is outside of 4×4", func() { s.At(0, -1) })
	wantPanic(t, "outside", func() { s.DoRowNonZero(4, nil) })
	wantPanic(t, "outside", func() { s.DoColNonZero(4, nil) })
	wantPanic(t, "len(v) = 3", func() { s.MulVec(x, x[:3]) })
	wantPanic(t, "len(dst) = 3", func() { s.MulVec(x[:3], x) })
	wantPanic(t, "dst is v", func() { s.MulVec(x, x) })
	wantPanic(t, "len(x) = 3", func() { s.MulVecTo(new(mat.VecDense), false, mat.NewVecDense(3, nil)) })
	wantPanic(t, "len(dst) = 3", func() { s.MulVecTo(mat.NewVecDense(3, nil), false, mat.NewVecDense(4, nil)) })
	wantPanic(t, "dst is 3×3, want 4×4", func() { s.ToSymDense(mat.NewSymDense(3, nil)) })
	wantPanic(t, "len(rows) = 3, want NNZ() = 7", func() { s.LowerTriplets(make([]int, 3), nil, nil) })
}

func TestNotBand(t *testing.T) {
	if _, err := NewSym(arrowPattern(2000), nil).ToBand(); !errors.Is(err, ErrNotBand) {
		t.Errorf("the band of an arrow: %v", err)
	}
	if _, err := NewSym(arrowPattern(20), nil).ToBand(); err != nil {
		t.Errorf("the band of a small arrow: %v", err)
	}
	b, err := NewSym(bandPattern(100_000, 3), nil).ToBand()
	if err != nil {
		t.Fatal(err)
	}
	if n, k := b.SymBand(); n != 100_000 || k != 3 {
		t.Errorf("%d×%d of bandwidth %d", n, n, k)
	}
}
