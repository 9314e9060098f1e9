package jet_test

import (
	"errors"
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
)

// kepler is the motion around a unit mass at the origin.
func kepler[T dual.Real[T]](dst []T, _ T, y []T) {
	r2 := y[0].Sqr().Add(y[1].Sqr())
	w := r2.Mul(r2.Sqrt()).Inv()
	dst[0], dst[1] = y[2], y[3]
	dst[2], dst[3] = y[0].Mul(w).Neg(), y[1].Mul(w).Neg()
}

// keplerStart returns the state at the pericentre of an orbit with semi-major
// axis 1.
func keplerStart(e float64) []float64 {
	return []float64{1 - e, 0, 0, math.Sqrt((1 + e) / (1 - e))}
}

func keplerEnergy(y []float64) float64 {
	return (y[2]*y[2]+y[3]*y[3])/2 - 1/math.Hypot(y[0], y[1])
}

// The restricted three-body problem and its periodic orbit by Arenstorf, as in
// Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.0.
const (
	arenstorfMu     = 0.012277471
	arenstorfPeriod = 17.0652165601579625588917206249
	arenstorfSpeed  = -2.00158510637908252240537862224
)

func arenstorf[T dual.Real[T]](dst []T, _ T, y []T) {
	a := y[0].AddConst(arenstorfMu)
	b := y[0].AddConst(arenstorfMu - 1)
	y2 := y[1].Sqr()
	r1 := a.Sqr().Add(y2)
	r2 := b.Sqr().Add(y2)
	w1 := r1.Mul(r1.Sqrt()).Inv().Scale(1 - arenstorfMu)
	w2 := r2.Mul(r2.Sqrt()).Inv().Scale(arenstorfMu)
	dst[0], dst[1] = y[2], y[3]
	dst[2] = y[0].Add(y[3].Scale(2)).Sub(a.Mul(w1)).Sub(b.Mul(w2))
	dst[3] = y[1].Sub(y[2].Scale(2)).Sub(y[1].Mul(w1.Add(w2)))
}

func arenstorfStart() []float64 { return []float64{0.994, 0, 0, arenstorfSpeed} }

// jacobi is the Jacobi constant.
func jacobi(y []float64) float64 {
	r1 := math.Hypot(y[0]+arenstorfMu, y[1])
	r2 := math.Hypot(y[0]+arenstorfMu-1, y[1])
	return y[0]*y[0] + y[1]*y[1] + 2*(1-arenstorfMu)/r1 + 2*arenstorfMu/r2 - y[2]*y[2] - y[3]*y[3]
}

func distance(x, y []float64) float64 {
	d := 0.0
	for i := range x {
		d = math.Hypot(d, x[i]-y[i])
	}
	return d
}

// solve fails the test on an error.
func solve(t testing.TB, f func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64), y0 []float64, t0, t1 float64, s *jet.ODESettings) *jet.ODESolution {
	t.Helper()
	sol, err := jet.SolveODE(f, y0, t0, t1, s)
	if err != nil {
		t.Fatal(err)
	}
	return sol
}

func TestProbe(t *testing.T) {
	y0 := keplerStart(0.6)
	sol := solve(t, kepler, y0, 0, 200*math.Pi, nil)
	y := sol.Final(nil)
	t.Log(sol.Len(), sol.Evaluations(), sol.Rejected(), (keplerEnergy(y)+0.5)/0.5, distance(y, y0))
	y0 = arenstorfStart()
	sol = solve(t, arenstorf, y0, 0, arenstorfPeriod, nil)
	y = sol.Final(nil)
	t.Log(sol.Len(), sol.Evaluations(), sol.Rejected(), (jacobi(y)-jacobi(y0))/jacobi(y0), distance(y, y0), y)
	var e *jet.ODEError
	sol, err := jet.SolveODE(func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0].Sqr() }, []float64{1}, 0, 2, nil)
	t.Log(err, errors.As(err, &e), sol.Len(), 1-sol.End(), sol.Rejected())
	sol, err = jet.SolveODE(func(dst []jet.Jet64, _ jet.Jet64, y []jet.Jet64) { dst[0] = y[0] }, []float64{1}, 0, 1, nil)
	t.Log(err, sol.Len(), sol.Final(nil)[0]-math.E)
	sol, err = jet.SolveODE(func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0] = t.Abs() }, []float64{0}, -1, 1.3, nil)
	t.Log(err, sol.Len(), sol.Rejected(), sol.Final(nil)[0]-(1+1.69)/2, sol.Times(nil))
	sol, err = jet.SolveODE(func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0] = t.Sign() }, []float64{0}, -1, 1.3, nil)
	t.Log(err, sol.Len(), sol.Rejected(), sol.Final(nil)[0]-.3)
	sol, err = jet.SolveODE(func(dst []jet.Jet64, t jet.Jet64, y []jet.Jet64) { dst[0] = t.Sqr().Mul(y[0]) }, []float64{1}, 0, 2, nil)
	t.Log(err, sol.Len(), sol.Rejected(), sol.Final(nil)[0]/math.Exp(8./3)-1)
}
