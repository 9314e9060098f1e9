package problems

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// Det is GradBench's determinant of an n×n matrix, given row by row, by expansion
// along the first row of each minor: n! products in all, for the sake of a deep
// recursion.
func Det(a []float64) float64 {
	m := newMinor("Det", len(a))
	return detPlain(&m, a, m.n)
}

// A minor is what is left of a matrix when its first rows and some columns are
// taken out. The columns are a list, in which next[j] follows column j and next[n]
// is the first; so one is taken out and put back without moving anything.
type minor struct {
	n    int
	next []int
}

func newMinor(name string, size int) minor {
	n := int(math.Sqrt(float64(size)))
	if n < 1 || n*n != size {
		fail("%s: len(a) = %d, want a square", name, size)
	}
	m := minor{n, make([]int, n+1)}
	for j := range n {
		m.next[j] = j + 1
	}
	m.next[n] = 0
	return m
}

// detPlain returns the determinant of the minor of the last k rows.
func detPlain(m *minor, a []float64, k int) float64 {
	row := a[(m.n-k)*m.n:]
	if k == 1 {
		return row[m.next[m.n]]
	}
	s, sign, before := 0.0, 1.0, m.n
	for range k {
		j := m.next[before]
		m.next[before] = m.next[j]
		s += sign * row[j] * detPlain(m, a, k-1)
		m.next[before] = j
		before, sign = j, -sign
	}
	return s
}

// DetValue is [Det] for any number type.
func DetValue[T dual.Real[T]](a []T) T {
	m := newMinor("DetValue", len(a))
	return detReal(&m, a, m.n)
}

func detReal[T dual.Real[T]](m *minor, a []T, k int) T {
	row := a[(m.n-k)*m.n:]
	if k == 1 {
		return row[m.next[m.n]]
	}
	var s T
	before := m.n
	for i := range k {
		j := m.next[before]
		m.next[before] = m.next[j]
		t := row[j].Mul(detReal(m, a, k-1))
		if i%2 == 0 {
			s = s.Add(t)
		} else {
			s = s.Sub(t)
		}
		m.next[before] = j
		before = j
	}
	return s
}

// DetTerm returns what element i of the first row contributes to [DetValue], which
// is the sum over the row. One term at a time needs the less memory on a tape.
func DetTerm[T dual.Real[T]](a []T, i int) T {
	m := newMinor("DetTerm", len(a))
	if i < 0 || i >= m.n {
		fail("DetTerm: i = %d, want from 0 to %d", i, m.n-1)
	}
	if m.n == 1 {
		return a[0]
	}
	before := (i + m.n) % (m.n + 1) // the end of the list for the first column
	m.next[before] = m.next[i]
	t := a[i].Mul(detReal(&m, a, m.n-1))
	if i%2 == 1 {
		t = t.Neg()
	}
	return t
}

// DetGradient puts the gradient of [Det] at a, the matrix of cofactors, into dst
// and returns it. A nil dst is allocated.
func DetGradient(dst, a []float64) []float64 {
	m := newMinor("DetGradient", len(a))
	dst = destination("DetGradient", dst, len(a))
	detAdjoint(dst, &m, a, m.n, 1)
	return dst
}

// detAdjoint is detPlain that also adds the derivatives of its result, times w, to
// dst. The adjoint of a smaller minor is known before its value is.
func detAdjoint(dst []float64, m *minor, a []float64, k int, w float64) float64 {
	at := (m.n - k) * m.n
	row, bar := a[at:], dst[at:]
	if k == 1 {
		bar[m.next[m.n]] += w
		return row[m.next[m.n]]
	}
	s, sign, before := 0.0, 1.0, m.n
	for range k {
		j := m.next[before]
		m.next[before] = m.next[j]
		det := detAdjoint(dst, m, a, k-1, w*sign*row[j])
		bar[j] += w * sign * det
		s += sign * row[j] * det
		m.next[before] = j
		before, sign = j, -sign
	}
	return s
}
