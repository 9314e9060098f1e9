package problems

import (
	"io"
	"math"

	"github.com/dualjet/dualjet/dual"
)

// BA is ADBench's bundle adjustment: the residuals of P observations of M points
// by N cameras. Observation i is of point i mod M by camera i mod N and has a
// weight of its own. All cameras, points, weights and features start from the
// same values.
//
// An observation depends on 15 parameters, those of the camera (rotation r as
// axis times angle, centre C, focal length f, principal point u, radial
// distortion k), the point X and the weight w. With p the first two coordinates
// of R(r)·(X-C) divided by the third, its two residuals are
//
//	w·(f·(1 + k₁|p|² + k₂|p|⁴)·p + u - feature).
type BA struct {
	N, M, P int
	Camera  [11]float64 // r₁ r₂ r₃ C₁ C₂ C₃ f u₁ u₂ k₁ k₂
	Point   [3]float64
	Weight  float64
	Feature [2]float64
}

// BAParams is the number of parameters that an observation depends on.
const BAParams = 15

// ReadBA reads a file of ADBench. The name is for errors.
func ReadBA(r io.Reader, name string) (*BA, error) {
	in := newReader(r, name)
	size, err := in.sizes([3]string{"n", "m", "p"}, [3]int{1, 1, 1}, [3]int{maxSize, maxSize, maxSize})
	if err != nil {
		return nil, err
	}
	b := &BA{N: size[0], M: size[1], P: size[2]}
	for _, part := range []struct {
		dst  []float64
		what string
	}{
		{b.Camera[:], "the camera"}, {b.Point[:], "the point"},
		{nil, "the weight"}, {b.Feature[:], "the feature"},
	} {
		row, err := in.want(nil, max(len(part.dst), 1), "%s", part.what)
		if err != nil {
			return nil, err
		}
		if part.dst == nil {
			b.Weight = row[0]
		}
		copy(part.dst, row)
	}
	return b, in.end()
}

// Len returns the number of parameters of the whole problem.
func (b *BA) Len() int { return 11*b.N + 3*b.M + b.P }

// Params returns the parameters of the whole problem in one slice: cameras,
// points, weights.
func (b *BA) Params() []float64 {
	p := make([]float64, 0, b.Len())
	for range b.N {
		p = append(p, b.Camera[:]...)
	}
	for range b.M {
		p = append(p, b.Point[:]...)
	}
	for range b.P {
		p = append(p, b.Weight)
	}
	return p
}

// Gather puts the parameters of observation i into dst, of length [BAParams],
// and returns it. A nil dst is allocated.
func (b *BA) Gather(dst, p []float64, i int) []float64 {
	checkLen("BA.Gather", "p", len(p), b.Len())
	dst = destination("BA.Gather", dst, BAParams)
	copy(dst, p[11*(i%b.N):][:11])
	copy(dst[11:], p[11*b.N+3*(i%b.M):][:3])
	dst[14] = p[11*b.N+3*b.M+i]
	return dst
}

// Residuals puts the 3·P residuals at p into dst and returns it: two for each
// observation, then 1-w² for each weight. A nil dst is allocated.
func (b *BA) Residuals(dst, p []float64) []float64 {
	checkLen("BA.Residuals", "p", len(p), b.Len())
	dst = destination("BA.Residuals", dst, 3*b.P)
	var x [BAParams]float64
	for i := range b.P {
		b.Gather(x[:], p, i)
		b.Observation(dst[2*i:2*i+2], x[:])
		dst[2*b.P+i] = 1 - x[14]*x[14]
	}
	return dst
}

// Observation puts the two residuals of an observation with the parameters x
// into dst and returns it. A nil dst is allocated.
func (b *BA) Observation(dst, x []float64) []float64 {
	checkLen("BA.Observation", "x", len(x), BAParams)
	dst = destination("BA.Observation", dst, 2)
	p := rotate([3]float64(x), [3]float64{x[11] - x[3], x[12] - x[4], x[13] - x[5]})
	u, v := p[0]/p[2], p[1]/p[2]
	s := u*u + v*v
	d := (x[9]*s + x[10]*(s*s) + 1) * x[6]
	dst[0] = (u*d + x[7] - b.Feature[0]) * x[14]
	dst[1] = (v*d + x[8] - b.Feature[1]) * x[14]
	return dst
}

// noAngle is the square of an angle that counts as none: to first order there is
// no difference, and the quotients are no good any more.
const noAngle = 1e-300

// rotate returns x rotated about r by the angle |r|.
func rotate(r, x [3]float64) [3]float64 {
	t2 := r[0]*r[0] + r[1]*r[1] + r[2]*r[2]
	n := cross(r, x)
	if t2 < noAngle {
		return [3]float64{x[0] + n[0], x[1] + n[1], x[2] + n[2]}
	}
	t := math.Sqrt(t2)
	sin, cos := math.Sincos(t)
	a, b := sin/t, (r[0]*x[0]+r[1]*x[1]+r[2]*x[2])*((1-cos)/t2)
	for i := range n {
		n[i] = x[i]*cos + n[i]*a + r[i]*b
	}
	return n
}

func cross(a, b [3]float64) [3]float64 {
	return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// BAObservation is [BA.Observation] for any number type. It stores into dst,
// which must have length 2, and returns it.
func BAObservation[T dual.Real[T]](b *BA, dst, x []T) []T {
	checkLen("BAObservation", "x", len(x), BAParams)
	checkLen("BAObservation", "dst", len(dst), 2)
	p := rotateReal([3]T(x), [3]T{x[11].Sub(x[3]), x[12].Sub(x[4]), x[13].Sub(x[5])})
	u, v := p[0].Div(p[2]), p[1].Div(p[2])
	s := u.Sqr().Add(v.Sqr())
	d := x[9].Mul(s).Add(x[10].Mul(s.Sqr())).AddConst(1).Mul(x[6])
	dst[0] = u.Mul(d).Add(x[7]).AddConst(-b.Feature[0]).Mul(x[14])
	dst[1] = v.Mul(d).Add(x[8]).AddConst(-b.Feature[1]).Mul(x[14])
	return dst
}

// rotateReal is rotate for any number type.
func rotateReal[T dual.Real[T]](r, x [3]T) [3]T {
	t2 := r[0].Sqr().Add(r[1].Sqr()).Add(r[2].Sqr())
	n := [3]T{
		r[1].Mul(x[2]).Sub(r[2].Mul(x[1])),
		r[2].Mul(x[0]).Sub(r[0].Mul(x[2])),
		r[0].Mul(x[1]).Sub(r[1].Mul(x[0])),
	}
	if t2.Value() < noAngle {
		return [3]T{x[0].Add(n[0]), x[1].Add(n[1]), x[2].Add(n[2])}
	}
	t := t2.Sqrt()
	sin, cos := t.Sincos()
	a := sin.Div(t)
	b := cos.Neg().AddConst(1).Div(t2)
	b = b.Mul(r[0].Mul(x[0]).Add(r[1].Mul(x[1])).Add(r[2].Mul(x[2])))
	for i := range n {
		n[i] = x[i].Mul(cos).Add(n[i].Mul(a)).Add(r[i].Mul(b))
	}
	return n
}
