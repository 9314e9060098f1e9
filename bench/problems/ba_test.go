package problems

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

var baFiles = []string{"ba_test.txt", "ba1_n49_m7776_p31843.txt"}

// TestBAReference checks against the numbers in ADBench's own tests.
func TestBAReference(t *testing.T) {
	b := read(t, ReadBA, "ba_test.txt")
	p := b.Params()
	got := b.Residuals(nil, p)
	if len(p) != 62 || len(got) != 30 {
		t.Fatalf("%d parameters and %d residuals, want 62 and 30", len(p), len(got))
	}
	for i := range b.P {
		near(t, "residuals", got[2*i:2*i+2], []float64{-2.69048849235189402e-01, 2.59944792677901881e-01}, 1e-11)
		near(t, "weight error", got[20+i:21+i], []float64{8.26092651515999976e-01}, 1e-15)
	}
	jac := b.Jacobian(nil, b.Gather(nil, p, 3))
	near(t, "Jacobian", jac[:13], []float64{
		2.28877202208246757e+02, 6.34574811495545418e+02, -7.82222866259340549e+02,
		2.42892615607159668e+00, -1.17828079628011313e+01, 2.54169312487743460e+00,
		-1.03657084958518086e+00, 4.17022000000000004e-01, 0,
		-3.50739521096005205e+02, -9.12107773668008576e+02,
		-2.42892615607159668e+00, 1.17828079628011313e+01}, 1e-11)
}

func baOf[T dual.Real[T]](b *BA) func(x []T) []T {
	dst := make([]T, 2)
	return func(x []T) []T { return BAObservation(b, dst, x) }
}

func TestBAJacobian(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range baFiles {
		b := read(t, ReadBA, name)
		base := b.Gather(nil, b.Params(), b.P-1)
		points := [][]float64{base}
		// Rotations by small angles and none, and anything else.
		for _, scale := range []float64{0, 1e-300, 1e-160, 1e-149, 1e-9, 1e-4, 1e-2, 1, 3} {
			x := slices.Clone(base)
			for i := range x {
				x[i] *= 1 + 0.1*r.NormFloat64()
			}
			for i := range 3 {
				x[i] = scale * r.NormFloat64()
			}
			points = append(points, x)
		}
		for _, x := range points {
			float := make([]dual.Float, BAParams)
			for i, v := range x {
				float[i] = dual.Float(v)
			}
			want := b.Observation(nil, x)
			got := baOf[dual.Float](b)(float)
			// A residual is a small difference of a projection and a feature.
			for i, f := range b.Feature {
				f *= x[14]
				near(t, "generic projection", []float64{float64(got[i]) + f}, []float64{want[i] + f}, 1e-13)
			}

			jac := b.Jacobian(nil, x)
			near(t, "by forward mode", dual.Jacobian(nil, baOf[dual.Number3](b), x).RawMatrix().Data, jac, 1e-10)
			near(t, "by reverse mode", reverse.Jacobian(nil, baOf[reverse.Var](b), x).RawMatrix().Data, jac, 1e-10)
			diff := make([]float64, 2*BAParams)
			for j := range x {
				y, h := slices.Clone(x), 1e-4*max(1e-2, math.Abs(x[j]))
				at := func(h float64, i int) float64 {
					y[j] = x[j] + h
					return b.Observation(nil, y)[i]
				}
				for i := range 2 {
					diff[i*BAParams+j] = (8*(at(h, i)-at(-h, i)) - (at(2*h, i) - at(-2*h, i))) / (12 * h)
				}
			}
			near(t, "by differences", diff, jac, 1e-5)
		}
	}
}
