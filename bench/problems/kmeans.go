package problems

import (
	"math"
	"math/rand/v2"

	"github.com/dualjet/dualjet/dual"
)

// KMeans is GradBench's clustering of N points in D dimensions: the sum over the
// points of the squared distance to the closest of K centroids,
//
//	Σᵢ minₖ |xᵢ-cₖ|².
//
// Its Hessian is diagonal: twice the number of points of each centroid. Newton's
// method divides the gradient by it, which is how K-means goes.
type KMeans struct {
	N, K, D int
	X       []float64 // N rows of D
}

// NewKMeans returns an instance with points that are normal about K centres, the
// same for the same seed.
func NewKMeans(n, k, d int, seed uint64) *KMeans {
	if n < 1 || k < 1 || d < 1 {
		fail("NewKMeans: n = %d, k = %d, d = %d, want at least 1", n, k, d)
	}
	r := rand.New(rand.NewPCG(seed, 0))
	m := &KMeans{N: n, K: k, D: d, X: make([]float64, n*d)}
	centres := make([]float64, k*d)
	for i := range centres {
		centres[i] = 3 * r.NormFloat64()
	}
	for i := range m.X {
		m.X[i] = r.NormFloat64() + centres[i/d%k*d+i%d]
	}
	return m
}

// Params returns centroids to start from, the first points.
func (m *KMeans) Params() []float64 {
	c := make([]float64, m.K*m.D)
	copy(c, m.X)
	for i := range c { // off the points, where nothing is special
		c[i] += 0.1 * math.Sin(float64(i+1))
	}
	return c
}

// Closest returns the centroid that is closest to point i, the first at a tie, and
// the squared distance.
func (m *KMeans) Closest(c []float64, i int) (k int, dist float64) {
	x := m.X[i*m.D:][:m.D]
	dist = math.Inf(1)
	for j := range m.K {
		s := 0.0
		for l, v := range c[j*m.D:][:m.D] {
			s += (v - x[l]) * (v - x[l])
		}
		if s < dist {
			k, dist = j, s
		}
	}
	return k, dist
}

// Value returns the objective for the centroids c.
func (m *KMeans) Value(c []float64) float64 {
	checkLen("KMeans.Value", "c", len(c), m.K*m.D)
	v := 0.0
	for i := range m.N {
		_, dist := m.Closest(c, i)
		v += dist
	}
	return v
}

// KMeansTerm returns the part of the objective that point i contributes. All
// distances are in the Min, so that what is recorded holds for any centroids. It
// works in diff, which must have length D.
func KMeansTerm[T dual.Real[T]](m *KMeans, c, diff []T, i int) T {
	x := m.X[i*m.D:][:m.D]
	var best T
	for k := range m.K {
		for l, v := range c[k*m.D:][:m.D] {
			diff[l] = v.AddConst(-x[l])
		}
		if s := dual.SumSq(diff); k == 0 {
			best = s
		} else {
			best = best.Min(s)
		}
	}
	return best
}

// KMeansValue is [KMeans.Value] for any number type.
func KMeansValue[T dual.Real[T]](m *KMeans, c []T) T {
	checkLen("KMeansValue", "c", len(c), m.K*m.D)
	diff := make([]T, m.D)
	var s T
	for i := range m.N {
		s = s.Add(KMeansTerm(m, c, diff, i))
	}
	return s
}

// Gradient puts the gradient of the objective at c, by formulas, into dst and
// returns it. A nil dst is allocated.
func (m *KMeans) Gradient(dst, c []float64) []float64 {
	checkLen("KMeans.Gradient", "c", len(c), m.K*m.D)
	dst = destination("KMeans.Gradient", dst, len(c))
	for i := range m.N {
		k, _ := m.Closest(c, i)
		for l := range m.D {
			dst[k*m.D+l] += 2 * (c[k*m.D+l] - m.X[i*m.D+l])
		}
	}
	return dst
}

// Diagonal puts the diagonal of the Hessian at c, by formulas, into dst and
// returns it. A nil dst is allocated.
func (m *KMeans) Diagonal(dst, c []float64) []float64 {
	checkLen("KMeans.Diagonal", "c", len(c), m.K*m.D)
	dst = destination("KMeans.Diagonal", dst, len(c))
	for i := range m.N {
		k, _ := m.Closest(c, i)
		for l := range m.D {
			dst[k*m.D+l] += 2
		}
	}
	return dst
}
