package mixed

import (
	"math"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// TestStep compares what steps say with the sweeps of the point, and the
// numbers that are not 0 with the structure.
func TestStep(t *testing.T) {
	f := func(x []Var) Var {
		a := dual.Norm(x[:3]).Mul(dual.LogSumExp(x)).Add(dual.Prod(x))
		b := dual.SumSq(x).Div(x[0]).Add(x[1].Hypot(x[2])).Sub(dual.Dot(x[:2], x[1:3]))
		c := dual.Where(x[0], a, b).Add(x[3].PowInt(3)).Add(dual.Poly(x[2], []float64{1, 2, 3}))
		return c.Mul(c).Add(x[1].FMA(x[1], x[3])).Add(x[0].Max(x[3]).Scale(3)).Add(x[2].Copysign(x[0])).Add(x[1].Floor())
	}
	x := []float64{0.5, 1.5, -0.75, 2}
	p := Record(f, x)
	q, err := p.At(x)
	if err != nil {
		t.Fatal(err)
	}
	u, v := []float64{1, -2, 0.5, 0.25}, []float64{0.3, 0.7, -1, 2}
	want := q.Quad(u, v)
	if k := q.Kinks(); k != 0 || q.Program() != p {
		t.Errorf("%d kinks", k)
	}
	du, dv := make([]float64, p.Len()), make([]float64, p.Len())
	copy(du[1:], u)
	copy(dv[1:], v)
	var s, can Step
	got := 0.0
	for i := len(u) + 1; i < p.Len(); i++ {
		p.Structure(&can, i)
		may := map[uint32]bool{}
		for _, a := range can.Args {
			may[a] = true
		}
		q.Step(&s, i)
		curved := false
		for a, x := range s.Args {
			if s.Jac[a] != 0 && !may[x] && p.ops[x].code != opConst {
				t.Errorf("operation %d, %v: operand %d is not in the structure", i, p.ops[i].code, x)
			}
			du[i] += s.Jac[a] * du[x]
			dv[i] += s.Jac[a] * dv[x]
		}
		got += s.Self * du[i] * dv[i]
		curved = curved || s.Self != 0
		for a, c := range s.Diag {
			got += c * du[s.Args[a]] * dv[s.Args[a]]
			curved = curved || c != 0
		}
		for _, c := range s.Pairs {
			a, b := s.Args[c.A], s.Args[c.B]
			got += c.C * (du[a]*dv[b] + du[b]*dv[a])
			curved = curved || c.C != 0
		}
		if can := can.Self != 0 || len(can.Diag)+len(can.Pairs) > 0; curved && !can {
			t.Errorf("operation %d, %v, has curvature", i, p.ops[i].code)
		}
		if curved && q.Straight(i) {
			t.Errorf("operation %d, %v, is not straight", i, p.ops[i].code)
		}
	}
	if math.Abs(got-want) > 1e-12*math.Abs(want) {
		t.Errorf("uᵀHv by steps %v, want %v", got, want)
	}
	if out := p.Outputs(); len(out) != 1 || int(out[0]) >= p.Len() {
		t.Errorf("outputs %v of %d", out, p.Len())
	}
}
