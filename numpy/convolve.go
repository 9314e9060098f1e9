package numpy

import "slices"

// A ConvolveMode tells which part of a convolution is wanted.
type ConvolveMode int

const (
	// ConvolveFull is wherever the two overlap, m+n-1 elements.
	ConvolveFull ConvolveMode = iota
	// ConvolveSame is the central part that has the length of the longer one.
	ConvolveSame
	// ConvolveValid is where the shorter one lies within the longer one.
	ConvolveValid
)

// String returns the name of m in NumPy.
func (m ConvolveMode) String() string {
	switch m {
	case ConvolveFull:
		return "full"
	case ConvolveSame:
		return "same"
	case ConvolveValid:
		return "valid"
	}
	return "?"
}

// span returns the first element of the full convolution of m and n elements
// that the mode wants, and how many.
func (m ConvolveMode) span(name string, a, b int) (lo, n int) {
	long, short := max(a, b), min(a, b)
	switch m {
	case ConvolveFull:
		return 0, long + short - 1
	case ConvolveSame:
		return (short - 1) / 2, long
	case ConvolveValid:
		return short - 1, long - short + 1
	}
	fail("%s: mode %d", name, int(m))
	return
}

// Convolve returns the convolution of two vectors, Σⱼ a[j]·v[i-j]. It panics
// with an [Error] for empty ones and for arrays of other dimensions.
func Convolve(a, v Array, mode ConvolveMode) Array {
	checkVectors("Convolve", a, v)
	if v.Size() > a.Size() {
		a, v = v, a
	}
	lo, n := mode.span("Convolve", a.Size(), v.Size())
	return slidingOp.apply2(sliding{lo, 1, -1, n}, v, a)
}

// Correlate returns the correlation of two vectors, Σⱼ a[i+j]·conj(v[j]). It
// panics with an [Error] for empty ones and for arrays of other dimensions.
func Correlate(a, v Array, mode ConvolveMode) Array {
	checkVectors("Correlate", a, v)
	v = Conj(v)
	lo, n := mode.span("Correlate", a.Size(), v.Size())
	// Element u of the full correlation is Σⱼ v[j]·a[u-(len(v)-1)+j]. NumPy
	// computes that of a longer v as that of a, reversed.
	if v.Size() > a.Size() {
		if mode == ConvolveSame {
			lo = (a.Size() + v.Size() - 1 - n) - lo
		}
		return slidingOp.apply2(sliding{v.Size() - 1 - lo, -1, 1, n}, a, v)
	}
	return slidingOp.apply2(sliding{lo - v.Size() + 1, 1, 1, n}, v, a)
}

func checkVectors(name string, a, v Array) {
	if a.NDim() != 1 || v.NDim() != 1 || a.Size() == 0 || v.Size() == 0 {
		fail("%s: shapes %s and %s, want vectors that are not empty", name, shapeString(a.Shape()), shapeString(v.Shape()))
	}
}

// slidingOp is z[i] = Σⱼ x[j]·y[start+di·i+dj·j] of two vectors, where
// elements of y that are not there are 0: convolutions and correlations, whose
// derivatives are of the same kind.
var slidingOp = &Op{Name: "Convolve", Multilinear: true}

// sliding tells the indices; n is the length of the result, and di and dj are
// 1 or -1.
type sliding struct{ start, di, dj, n int }

func init() {
	slidingOp.Eval = func(c *Call) Array {
		s, a, b := c.Param.(sliding), c.In[0].data(), c.In[1].data()
		lay := newLayout([]int{s.n})
		if a.complex() || b.complex() {
			z := newComplex(lay)
			slide(s, z.cx, a.complexes(), b.complexes())
			return plain(z)
		}
		z := newReal(lay)
		slide(s, z.re, a.reals(), b.reals())
		return plain(z)
	}
	slidingOp.VJP = func(c *Call, i int, w Array) Array {
		s := c.Param.(sliding)
		if i == 0 {
			return slidingOp.apply2(sliding{s.start, s.dj, s.di, c.In[0].Size()}, w, c.In[1])
		}
		// j = dj·(l-start-di·i) for element l of y.
		return slidingOp.apply2(sliding{-s.dj * s.start, s.dj, -s.di * s.dj, c.In[1].Size()}, w, c.In[0])
	}
}

func slide[T float64 | complex128](s sliding, z, x, y []T) {
	if s.dj < 0 {
		x = slices.Clone(x)
		slices.Reverse(x)
		s.start -= len(x) - 1
	}
	if s.di < 0 {
		s.start -= len(z) - 1
		defer slices.Reverse(z)
	}
	// z[i] += x[j]·y[start+i+j], over i in the inner loop if there are more.
	if len(x) <= len(z) {
		for j, v := range x {
			at := s.start + j
			lo, hi := max(0, -at), min(len(z), len(y)-at)
			if lo >= hi {
				continue
			}
			dst, src := z[lo:hi], y[at+lo:at+hi]
			for i := range dst {
				dst[i] += v * src[i]
			}
		}
		return
	}
	for i := range z {
		at := s.start + i
		lo, hi := max(0, -at), min(len(x), len(y)-at)
		if lo >= hi {
			continue
		}
		var sum T
		src := y[at+lo : at+hi]
		for j, v := range x[lo:hi] {
			sum += v * src[j]
		}
		z[i] = sum
	}
}
