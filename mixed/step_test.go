package mixed_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/mixed"
)

// TestStep computes the gradient and uᵀHv from what steps say, and compares the
// numbers that are not 0 with the structure.
func TestStep(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	lists := func(x []mixed.Var) mixed.Var {
		a := dual.Norm(x[:3]).Mul(dual.LogSumExp(x)).Add(dual.Prod(x))
		b := dual.SumSq(x).Div(x[0]).Add(x[1].Hypot(x[2])).Sub(dual.Dot(x[:2], x[1:3]))
		c := dual.Where(x[0], a, b).Add(x[3].PowInt(3)).Add(dual.Poly(x[2], []float64{1, 2, 3}))
		return c.Mul(c).Add(x[1].FMA(x[1], x[3])).Add(x[0].Max(x[3]).Scale(3)).Add(x[2].Copysign(x[0])).Add(x[1].Floor()).
			Add(x[1].PowInt(2)).Add(x[2].Sqr().PowReal(2)).Add(x[0].PowReal(2)).Add(x[0].PowInt(-1))
	}
	for _, f := range append(functions(), function{name: "lists", n: 4, mixed: lists}) {
		for range 5 {
			x, u, v := random(r, f.n), random(r, f.n), random(r, f.n)
			p := mixed.Record(f.mixed, x)
			q, err := p.At(x)
			if err != nil {
				t.Fatal(err)
			}
			if k := q.Kinks(); k != 0 || q.Program() != p {
				t.Errorf("%s: %d kinks", f.name, k)
			}
			out := p.Outputs()
			if len(out) != 1 || int(out[0]) >= p.Len() {
				t.Fatalf("%s: outputs %v of %d", f.name, out, p.Len())
			}
			du, dv, bar := make([]float64, p.Len()), make([]float64, p.Len()), make([]float64, p.Len())
			copy(du[1:], u)
			copy(dv[1:], v)
			var s, can mixed.Step
			got := 0.0
			for i := f.n + 1; i < p.Len(); i++ {
				p.Structure(&can, i)
				may := map[uint32]bool{}
				for _, a := range can.Args {
					may[a] = true
				}
				q.Step(&s, i)
				curved := false
				for a, x := range s.Args {
					if s.Jac[a] != 0 && !may[x] {
						if p.Structure(&can, int(x)); len(can.Args) > 0 || x <= uint32(f.n) {
							t.Errorf("%s: operation %d: operand %d is not in the structure", f.name, i, x)
						}
					}
					du[i] += s.Jac[a] * du[x]
					dv[i] += s.Jac[a] * dv[x]
				}
				p.Structure(&can, i)
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
					t.Errorf("%s: operation %d has curvature", f.name, i)
				}
				bends := map[[2]uint32]bool{}
				bend := func(x, y uint32) { bends[[2]uint32{x, y}], bends[[2]uint32{y, x}] = true, true }
				for a, c := range can.Diag {
					if c != 0 {
						bend(can.Args[a], can.Args[a])
					}
				}
				for _, c := range can.Pairs {
					bend(can.Args[c.A], can.Args[c.B])
				}
				has := func(x, y uint32, c float64) {
					if c != 0 && can.Self == 0 && !bends[[2]uint32{x, y}] {
						t.Errorf("%s: operation %d, second derivative by %d and %d is not in the structure", f.name, i, x, y)
					}
				}
				for a, c := range s.Diag {
					has(s.Args[a], s.Args[a], c)
				}
				for _, c := range s.Pairs {
					has(s.Args[c.A], s.Args[c.B], c.C)
				}
				if x, y, jx, jy, c, ok := q.Simple(i); ok {
					short := mixed.Step{Args: []uint32{x}, Jac: []float64{jx}}
					switch {
					case y != 0:
						short.Args, short.Jac = append(short.Args, y), append(short.Jac, jy)
						if c != 0 {
							short.Pairs = []mixed.StepPair{{A: 0, B: 1, C: c}}
						}
					case c != 0:
						short.Diag = []float64{c}
					}
					if diff := cmp.Diff(short, s, cmpopts.EquateEmpty()); diff != "" {
						t.Errorf("%s: operation %d, Simple and Step: %s", f.name, i, diff)
					}
				}
			}
			if want := q.Quad(u, v); !(math.Abs(got-want) <= 1e-11*(1+math.Abs(want))) {
				t.Errorf("%s: uᵀHv by steps %v, want %v", f.name, got, want)
			}
			bar[out[0]] = 1
			for i := p.Len() - 1; i > f.n; i-- {
				q.Step(&s, i)
				for a, x := range s.Args {
					bar[x] += s.Jac[a] * bar[i]
				}
			}
			for i, g := range q.Gradient(nil) {
				if !(math.Abs(g-bar[i+1]) <= 1e-12*(1+math.Abs(g))) {
					t.Errorf("%s: gradient by steps %v, want %v", f.name, bar[i+1], g)
				}
			}
			q.Close()
		}
	}
}
